"""A proposition worded as an English sentence, as far as rules can.

The parser's tokens are put in order (what is fronted, the subject, the rest), commas and quotation
marks that lost their partner go, a participle becomes a finite verb in the tense of the clause
above it, and a relative pronoun gives way to what it stands for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from summarise.language.ages import AGE
from summarise.language.gaps import GAPPED
from summarise.language.inflection import finite, infinitive
from summarise.language.partitives import PARTITIVE, counted_before
from summarise.language.phrases import Proposition, noun_phrase
from summarise.language.punctuation import (
    QUOTES,
    quote_partners,
    with_whole_quotes,
    without_loose_commas,
)
from summarise.language.syntax import child
from summarise.language.turning import TURNED
from summarise.language.verb_forms import (
    agreeing,
    auxiliaries,
    finite_form,
    infinitives,
    joined_forms,
    leaving,
    passive,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

    from summarise.records import UnitKind


def worded(
    one: Proposition, names: Mapping[int, str] | None = None, kind: UnitKind = "sentence"
) -> str:
    """The proposition as a sentence.

    `names` are words to put for the tokens of these indexes, as a name for "he"; `kind` is that of
    the unit of text: a caption or heading leaves "were" out.
    """
    if one.kind == AGE:
        return _sentence(f"{_text(one.subject)} is {one.body[0].lower_} years old")
    tokens = _in_order(one)
    tokens = with_whole_quotes(without_loose_commas(one, tokens))
    put = {**_relatives(one, tokens), **(names or {}), **infinitives(one, kind)}
    before = auxiliaries(one, kind)
    form = passive(one) if one.kind == TURNED else finite_form(one)
    if form is not None:
        put[one.head.i] = form
        put |= joined_forms(one) if one.kind != TURNED else {}
    put |= agreeing(one) | leaving(one)
    if one.kind == PARTITIVE and all(t.pos_ == "ADV" for t in one.body):
        put[one.body[-1].i] = f"{one.body[-1].text}{_done_before(one)}"
    return _sentence(_joined(tokens, put, before))


def _in_order(one: Proposition) -> list[Token]:
    """What is fronted, the subject, the rest; the rest stays in the order that the rule gave it."""
    below = set(one.head.subtree)
    if not one.subject or not set(one.subject) <= below:
        return [*one.subject, *(t for t in one.body if t not in one.subject)]
    if one.kind in (TURNED, GAPPED):
        return [*one.subject, *one.body]
    own = child(one.head, "nsubj", "nsubjpass")
    replaced = one.kind == "including" and own is not None and one.subject[0].i > one.head.i
    if set(one.body) <= below and not replaced and _is_ascending(one.body):
        return list(one.tokens)
    first = own.i if own is not None and replaced else one.subject[0].i
    front = [t for t in one.body if t in below and t.i < first]
    rest = [t for t in one.body if t not in front and t not in one.subject]
    return [*front, *one.subject, *rest]


def _is_ascending(tokens: Sequence[Token]) -> bool:
    return all(a.i < b.i for a, b in pairwise(tokens))


def _relatives(one: Proposition, tokens: Sequence[Token]) -> dict[int, str]:
    """What "whose", "of which" and a "which" that goes back to a clause are put as."""
    put = {}
    if one.kind == PARTITIVE:
        return {one.subject[-1].i: _whole_of(one)}
    for token in tokens:
        clause = next((t for t in (token, *token.ancestors) if t.dep_ == "relcl"), None)
        if token.lower_ in ("which", "whom") and clause is None and token.i - tokens[0].i <= 3:
            whole = _before_comma(tokens[0]) if token.dep_ == "pobj" else None
            if whole is not None and token.lower_ == "whom":
                whole = _people_before(whole)
            if whole is not None:
                put[token.i] = _within(noun_phrase(whole))
        if clause is None or token.tag_ not in ("WP$", "WDT", "WP"):
            continue
        if clause != one.head and clause not in set(one.head.ancestors):
            continue
        opens = token == tokens[0]
        people = _people_before(clause.head) if token.lower_ == "whom" else clause.head
        noun = (_text if opens else _within)(noun_phrase(people))
        if noun and clause.head not in one.tokens and token.tag_ == "WP$":
            put[token.i] = owner(noun)
        elif noun and clause.head not in one.tokens and token.dep_ == "pobj":
            shared = (
                token.head.lower_ == "of" and people.tag_ == "NNS" and people.left_edge == people
            )
            put[token.i] = f"the {noun}" if shared else noun
    if tokens and tokens[0].lower_ == "which" and tokens[0].i not in put:
        put[tokens[0].i] = "This"
    return put


def _text(phrase: Iterable[Token]) -> str:
    return _paired("".join(t.text_with_ws for t in phrase).strip(" ,"))


def _paired(text: str) -> str:
    """A phrase without its quotation marks where one of them has no partner."""
    whole = text.count('"') % 2 == 0 and text.count("“") == text.count("”")
    return text if whole else " ".join(re.sub('["“”]', "", text).split())


def _within(phrase: Sequence[Token]) -> str:
    """A phrase for the middle of a sentence."""
    return _paired("".join(_inside(t, opens=False) + t.whitespace_ for t in phrase).strip(" ,"))


def _before_comma(first: Token) -> Token | None:
    """The noun that a clause beginning with "half of which" goes back to."""
    if first.i < 2 or first.doc[first.i - 1].text != ",":
        return None
    noun = first.doc[first.i - 2]
    while noun.dep_ in ("compound", "nummod", "quantmod"):
        noun = noun.head
    return noun if noun.pos_ in ("NOUN", "PROPN", "NUM", "SYM") else None


def _done_before(one: Proposition) -> str:
    """The participle that an aside leaves out: "injuring 35, nine of them seriously"."""
    before = one.body[0].doc[: one.subject[0].i]
    verb = next((t for t in reversed(before) if t.pos_ == "VERB"), None)
    if verb is None or verb.tag_ not in ("VBG", "VBN", "VBD"):
        return ""
    regular = finite(infinitive(verb.lower_, verb.lemma_), "past", plural=True)
    return f" {verb.lower_ if verb.tag_ == 'VBN' else regular}"


def _people_before(nearest: Token) -> Token:
    """The counted noun that "all of whom" goes back to: "seven children had seizures"."""
    before = nearest.doc[: nearest.i + 1]
    counted = [t for t in before if t.tag_ == "NNS" and child(t, "nummod") is not None]
    return counted[-1] if counted and child(nearest, "nummod") is None else nearest


def _whole_of(one: Proposition) -> str:
    """The phrase that "them" goes back to in "12 people, most of them tourists", made definite."""
    whole = counted_before(one.tokens[0])
    phrase = noun_phrase(whole) if whole is not None else one.subject[-1:]
    again = (t.i for t in phrase if t.lower_ == "or" and t.nbor(-1).text == ",")
    end = next(again, one.tokens[0].i)  # "350 jobs, or 7% of the staff, most of them abroad"
    phrase = tuple(t for t in phrase if t.i < min(end, one.tokens[0].i))
    text = "".join(t.text_with_ws for t in phrase).strip(' ,"“”')
    bare = not any(t.dep_ in ("det", "poss") or t.tag_ in ("PRP", "PRP$", "WP") for t in phrase[:2])
    lead = phrase[0].lower_ if phrase else ""
    text = text[:1].lower() + text[1:] if phrase and phrase[0].pos_ not in ("PROPN",) else text
    text = re.sub(r"^(?:at least|about|around|nearly|some|more than|over|an?) ", "", text)
    return f"the {text}" if bare or lead in ("some", "a", "an") else text


def owner(noun: str) -> str:
    """The possessive of a noun phrase: "the union’s", "the Netherlands’"."""
    return f"{noun}’" if noun.endswith("s") else f"{noun}’s"


def _joined(tokens: Sequence[Token], put: Mapping[int, str], before: Mapping[int, str]) -> str:
    partners = quote_partners(tokens[0].doc) if tokens else {}
    out = ""
    for place, token in enumerate(tokens):
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        text = put.get(token.i) or _inside(token, opens=not out)
        if token.i in before and before[token.i] not in out.split()[-1:]:
            out += f"{before[token.i]} "
        close = token.text in QUOTES and partners.get(token.i, token.i) < token.i
        out = f"{out.rstrip()}{text}" if close else out + text
        opens = token.text in QUOTES and partners.get(token.i, -1) > token.i
        runs_on = after is not None and after.i == token.i + 1 and token.i not in put
        if not opens and (token.whitespace_ or not runs_on):
            out += " "
    return out


def _inside(token: Token, *, opens: bool) -> str:
    """A word that opened its sentence written small where it opens no more."""
    if opens or token.i > 0 or token.pos_ == "PROPN" or token.ent_type_ or token.lower_ == "i":
        return token.text
    return token.lower_ if token.text[1:].islower() else token.text


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    text = re.sub(r"\s+([,.;:!?])", r"\1", text)
    if text.count("'") == 1 or not re.search(r"['’]\W*$", text):
        text = re.sub(r"^['‘]+(?=\w)", "", text)
    text = re.sub(r"^[•·▪‣*]\s*", "", text).strip(" ,;:–—-[]")
    text = re.sub(r"^\((?=[^)]*$)", "", text)
    return text[:1].upper() + text[1:] + ("" if re.search(r"[.!?][\"”]?$", text) else ".")
