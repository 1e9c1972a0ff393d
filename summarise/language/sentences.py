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
from summarise.language.branches import HARMED
from summarise.language.gaps import GAPPED
from summarise.language.inflection import Tense, be, finite, infinitive
from summarise.language.partitives import PARTITIVE, counted_before
from summarise.language.phrases import Proposition, noun_phrase
from summarise.language.subjects import is_left
from summarise.language.syntax import chain_head, child
from summarise.language.turning import TURNED, turned_participle

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from summarise.records import UnitKind

_QUOTES = frozenset(['"', "“", "”", "''", "``"])
_CLOSING = {'"': '"', "“": "”", "``": "''", "''": "''"}
_MANY = frozenset(
    """all both few many most others several some two three four five six seven eight nine ten
    dozens hundreds thousands millions those these they them we half""".split()
)


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
    tokens = _with_whole_quotes(_without_loose_commas(one, tokens))
    put = {**_relatives(one, tokens), **(names or {}), **_infinitive(one, kind)}
    before = _auxiliaries(one, kind)
    form = _passive(one) if one.kind == TURNED else _finite_form(one)
    if form is not None:
        put[one.head.i] = form
        put |= _joined_forms(one) if one.kind != TURNED else {}
    put |= _agreeing(one) | _leaving(one)
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


# Punctuation


def _without_loose_commas(one: Proposition, tokens: Sequence[Token]) -> list[Token]:
    """Without the commas around what was taken out; one taken out by itself is put back."""
    kept: list[Token] = []
    for token in tokens:
        between = _between(kept[-1], token) if kept else []
        if between and all(_is_aside_mark(t) for t in between):
            kept += between if _are_one_clause(one, kept[-1], token) else []
        elif between and (_closes_apposition(kept, between) or _resumes(one, between, token)):
            kept += between[-1:] if kept[-1].text != "," else []
        elif between and token.text == "," and not _opens_subject(one, kept, token):
            continue
        elif between or (kept and token.i < kept[-1].i):
            while kept and kept[-1].text in (",", "–", "—") and kept[-1].i + 1 != token.i:
                kept.pop()
        kept.append(token)
    return _single_marks(kept)


def _closes_apposition(kept: Sequence[Token], between: Sequence[Token]) -> bool:
    """Whether a comma goes with an age left out: "Her husband, Alan Pine[, 61], was cleared"."""
    last = next((t for t in reversed(kept) if t.text != ","), kept[-1])
    named = next((t for t in (last, *last.ancestors) if t.dep_ == "appos"), None)
    if named is None or between[-1].text != "," or named.left_edge.i == 0:
        return False
    opening = named.doc[named.left_edge.i - 1]
    return opening.text == "," and opening in kept and named.left_edge in kept


def _resumes(one: Proposition, between: Sequence[Token], token: Token) -> bool:
    """Whether a comma goes with a speaker: "fell to 2%[, the bank said], the lowest since May"."""
    said = any(t.dep_ == "parataxis" for t in between)
    asides = between[0].text == between[-1].text == ","
    return said and asides and one.head.i < between[0].i and token.dep_ != "prep"


def _are_one_clause(one: Proposition, left: Token, right: Token) -> bool:
    """Whether two words were together in the sentence, and not brought together by a rule."""
    if left not in one.subject or right in one.subject:
        return True
    own = set(one.subject) <= set(one.head.subtree)
    return own and one.kind not in ("relcl", "acl", "appos", "amod", "including")


def _between(left: Token, right: Token) -> list[Token]:
    return list(left.doc[left.i + 1 : right.i]) if right.i > left.i + 1 else []


def _is_aside_mark(token: Token) -> bool:
    return token.text in {",", "–", "—", "--"} or token.text in _QUOTES


def _opens_subject(one: Proposition, kept: Sequence[Token], comma: Token) -> bool:
    """Whether a comma parts a fronted phrase from its subject: "In May, the mayor"."""
    fronted = bool(one.subject) and kept[-1].i < one.subject[0].i
    return fronted and comma.i + 1 == one.subject[0].i


def _single_marks(tokens: Iterable[Token]) -> list[Token]:
    kept: list[Token] = []
    for token in tokens:
        if kept and token.text == "," and kept[-1].text == ",":
            continue
        kept.append(token)
    return kept


def _with_whole_quotes(tokens: Sequence[Token]) -> list[Token]:
    """Without quotation marks that lost their partner, unless its words are all there."""
    if not tokens:
        return []
    here = {t.i for t in tokens}
    partners = _partners(tokens[0].doc)
    gone, close = set(), None
    for token in tokens:
        if token.text not in _QUOTES or partners.get(token.i) in here:
            continue
        partner = partners.get(token.i)
        gone.add(token.i)
        if partner is not None and partner > token.i and token != tokens[0]:
            inside = tokens[0].doc[token.i : partner]
            if all(t.i in here or t.is_punct for t in inside) and partner - tokens[-1].i <= 2:
                gone.discard(token.i)
                close = tokens[0].doc[partner]
    kept = [t for t in tokens if t.i not in gone]
    empty = {n for a, b in pairwise(kept) if partners.get(a.i) == b.i for n in (a.i, b.i)}
    kept = [t for t in kept if t.i not in empty]
    if close is not None:
        return [*kept, close]
    enclosed = len(kept) > 2 and partners.get(kept[0].i) == kept[-1].i
    return kept[1:-1] if enclosed else kept


def _partners(doc: Doc) -> dict[int, int]:
    """Of each quotation mark, the index of the one that closes or opens it."""
    found: dict[int, int] = {}
    opened: int | None = None
    for token in doc:
        if token.text not in _QUOTES:
            continue
        if opened is None and token.text != "”":
            opened = token.i
        elif opened is not None and _CLOSING.get(doc[opened].text) == token.text:
            found[opened], found[token.i] = token.i, opened
            opened = None
        else:
            opened = token.i if token.text != "”" else None
    return found


# Verbs


def _leaving(one: Proposition) -> dict[int, str]:
    """The finite form of a borrowed "leaving": "leaving 14 dead and dozens missing"."""
    verb = chain_head(one.head)
    if not is_left(one.head) or verb.tag_ != "VBG" or verb not in one.body:
        return {}
    return {verb.i: finite(verb.lemma_, tense_above(verb), plural=is_plural(one.subject))}


def _agreeing(one: Proposition) -> dict[int, str]:
    """The form of a borrowed "were" or "have" that its own subject takes: "one was killed"."""
    own = child(one.head, "nsubj", "nsubjpass", "expl")
    if one.kind not in (GAPPED, "including") or own in one.subject:
        return {}
    helpers = [t for t in one.head.children if t.dep_ in ("aux", "auxpass")]
    first = min([one.head, *helpers], key=lambda t: t.i)
    if not one.subject or first.lower_ not in _FORMS:
        return {}
    return {first.i: _FORMS[first.lower_][is_plural(one.subject)]}


_FORMS = {
    "was": ("was", "were"),
    "were": ("was", "were"),
    "is": ("is", "are"),
    "are": ("is", "are"),
    "has": ("has", "have"),
    "have": ("has", "have"),
}
"""Helping verbs as one thing and as several take them."""


def _passive(one: Proposition) -> str:
    """The passive of a verb whose object became the subject: "was taken"."""
    own: dict[str, Tense] = {"VBD": "past", "VBZ": "present"}
    tense = own.get(one.head.tag_) or tense_above(one.head)
    return f"{be(tense, plural=is_plural(one.subject))} {turned_participle(one.head)}"


def _finite_form(one: Proposition) -> str | None:
    """The finite form of a participle that leads its clause: "rising 2%" is "rose 2%"."""
    head = one.head
    kind = head.dep_ if one.kind == "including" else one.kind
    if head.tag_ != "VBG" or kind not in ("acl", "advcl", "pcomp", "conj", "xcomp"):
        return None
    if not one.subject or child(head, "aux", "auxpass", "expl") is not None:
        return None
    if any(t.dep_ in ("aux", "auxpass") or t.tag_ == "MD" for t in one.body if t.i < head.i):
        return None
    tense = tense_above(head)
    if tense == "future" and kind == "acl":
        tense = "present"
    return finite(infinitive(head.lower_, head.lemma_), tense, plural=is_plural(one.subject))


def _joined_forms(one: Proposition) -> dict[int, str]:
    """The finite forms of what "or" joins: "either abstaining or voting against it"."""
    plural, tense = is_plural(one.subject), tense_above(one.head)
    return {
        t.i: finite(infinitive(t.lower_, t.lemma_), tense, plural=plural)
        for t in one.body
        if t.dep_ == "conj" and t.head == one.head and t.tag_ == "VBG"
    }


_FORESEEING = frozenset(
    "expect forecast predict project promise pledge vow agree threaten anticipate".split()
)


def _infinitive(one: Proposition, kind: UnitKind) -> dict[int, str]:
    """The finite form of an infinitive that lost its verb: "believed to be based" is "is based"."""
    head = one.head
    planned = head.tag_ == "VBN" and one.kind in ("acl", "relcl")
    if not (head.tag_ == "VB" or planned) or not one.subject:
        return {}
    helpers = [t for t in head.children if t.dep_ in ("aux", "auxpass") and t.i < head.i]
    if not helpers or helpers[0].lower_ != "to" or any(t.tag_ == "MD" for t in helpers):
        return {}
    first = helpers[1] if len(helpers) > 1 else head
    if any(t.pos_ in ("AUX", "VERB") and t.i < first.i for t in one.body):
        return {}
    plural = is_plural(one.subject)
    if one.kind == "ROOT" and kind != "sentence":
        return {first.i: f"{be('present', plural=plural)} to {first.lower_}"}
    if one.kind in ("acl", "relcl"):
        return {first.i: f"{be('present', plural=plural)} to {first.lower_}"}
    if one.kind not in ("xcomp", "ccomp"):
        return {}
    tense: Tense = "future" if head.head.lemma_ in _FORESEEING else "present"
    return {first.i: finite(first.lemma_, tense, plural=plural)}


def _auxiliaries(one: Proposition, kind: UnitKind) -> dict[int, str]:
    """By token index, the form of "to be" that goes before it."""
    head = one.head
    if one.kind in ("appos", "amod"):
        return _linked(one)
    state = _counted_state(one)
    if state is not None:
        number = child(state, "nummod")
        single = number is not None and number.lower_ in ("one", "1")
        return {state.i: be("past", plural=not single)}
    if one.kind == "advmod":
        return {one.head.i: be("past", plural=is_plural(one.subject))}
    if one.kind == PARTITIVE:
        plural = head.lower_ not in ("one", "none")
        return {one.body[0].i: be(tense_above(head), plural=plural)}
    verb = _bare_participle(one, kind)
    if verb is None:
        return {}
    subject = one.subject or tuple(t for t in one.tokens if t.i < verb.i)
    past = verb.tag_ != "VBG"
    tense: Tense = "past" if past else tense_above(head) if one.kind != "ROOT" else "present"
    being = child(verb, "auxpass")
    place = being.i if being is not None and being.lower_ == "being" else verb.i
    if place != verb.i:
        tense = tense_above(head)
    if any(t.dep_ == "advmod" and t.i == place - 1 for t in verb.children):
        place -= 1
    return {place: be(tense, plural=is_plural(subject))}


def _counted_state(one: Proposition) -> Token | None:
    """The state of "12 dead", "31 wounded", as what somebody reports; else None."""
    if one.subject or one.kind not in ("dobj", "conj"):
        return None
    states = (t for t in one.body if t.lower_ in HARMED and t.pos_ in ("NOUN", "ADJ"))
    return next((t for t in states if child(t, "nummod") is not None), None)


def _bare_participle(one: Proposition, kind: UnitKind) -> Token | None:
    """The participle of a passive that lacks its "was": "built in 1971", "50 others injured"."""
    head = one.head
    first = chain_head(head)
    if head.tag_ == first.tag_ == "VBN" and first.dep_ in ("acl", "advcl", "pcomp"):
        aux = [t for t in one.body if t.dep_ in ("aux", "auxpass") and t.i < head.i]
        if all(t.lower_ == "being" for t in aux) and one.subject:
            return head
    if head.tag_ == "VBN" and one.kind == "conj" and one.subject:
        aux = [t for t in one.body if t.dep_ in ("aux", "auxpass") and t.i < head.i]
        if aux and all(t.lower_ == "being" for t in aux):
            return head
    # A whole sentence has a verb: one led by a noun was misread, and gets none put in.
    misread = one.kind == "ROOT" and kind == "sentence"
    if head.pos_ in ("NOUN", "PROPN", "PRON", "NUM") and not misread:
        verb = next((t for t in head.children if t.dep_ == "acl" and t in one.body), None)
        verb = verb or next((t for t in head.children if t.dep_ == "acl"), None)
        if verb is not None and verb.tag_ == "VBN" and _follows(verb, head):
            ends = max(t.i for t in verb.subtree) >= max(t.i for t in one.tokens)
            return verb if ends else None
    if kind in ("caption", "item", "headline") and one.kind == "ROOT":
        caption = kind == "caption" and head.tag_ == "VBD"
        if (head.tag_ == "VBN" or caption) and child(head, "aux", "auxpass", "dobj") is None:
            return head if one.subject and child(head, "prep") is not None else None
    return None


def _follows(verb: Token, noun: Token) -> bool:
    """Whether a participle comes right after its noun: "ships diverted", not set off by a comma."""
    first = min(t.i for t in verb.subtree)
    between = list(noun.doc[noun.i + 1 : first])
    return all(t.dep_ in ("prep", "pobj", "det", "compound") for t in between)


def _linked(one: Proposition) -> dict[int, str]:
    """An apposition is said of its noun: "Orsk is a town of 9,000 people"."""
    if not one.body:
        return {}
    plural = is_plural(one.subject) if _has_number(one.subject) else _is_many(one.head)
    return {one.body[0].i: be("present", plural=plural)}


def _has_number(subject: Sequence[Token]) -> bool:
    return any(t.pos_ in ("NOUN", "PROPN") and t.head not in subject for t in subject)


def tense_above(head: Token) -> Tense:
    """The tense of the clause that a participle hangs on."""
    above = head.head
    while above.pos_ not in ("VERB", "AUX") and above.head != above:
        above = above.head
    tags = {above.tag_, *(t.tag_ for t in above.children if t.dep_ in ("aux", "auxpass"))}
    modal = _modal(above)
    if modal in ("will", "shall"):
        return "future"
    if modal in ("would", "could", "may", "might"):
        return "conditional"
    passive = child(above, "auxpass")
    if passive is not None and passive.tag_ in ("VBZ", "VBP"):
        return "present"
    if "VBD" in tags or tags <= {"VBN"} or above.tag_ == "VBN":
        return "past"
    return "present" if tags & {"VBZ", "VBP"} else "past"


def _modal(verb: Token) -> str:
    """The modal of a verb, or the one that it shares with the first of its row."""
    shared = verb.dep_ == "conj" and (verb.tag_ == "VB" or verb.lower_ == verb.lemma_)
    for clause in (verb, chain_head(verb)) if shared else (verb,):
        for helper in clause.children:
            if helper.dep_ == "aux" and helper.tag_ == "MD":
                return str(helper.lower_)
    return ""


def is_plural(subject: Sequence[Token]) -> bool:
    """Whether a verb that stands with these words takes the plural."""
    heads = [t for t in subject if t.head not in subject or t.head == t]
    if not heads:
        return False
    head = heads[0]
    joined = any(t.dep_ == "conj" and t.head == head for t in subject)
    of = next(
        (t for t in subject if t.dep_ == "prep" and t.head == head and t.lower_ == "of"), None
    )
    if head.lower_ in _SHARES and of is not None and (part := child(of, "pobj")) is not None:
        return _is_many(part)
    return joined or _is_many(head)


_SHARES = frozenset(["most", "some", "half", "part", "all", "much", "third", "quarter", "percent"])


def _is_many(head: Token) -> bool:
    if head.lower_ in _MANY or head.tag_ in ("NNS", "NNPS"):
        return not (head.tag_ == "NNPS" and head.ent_type_ in ("ORG", "GPE"))
    if head.lower_ == "number" and child(head, "det") is not None:
        return child(head, "det").lower_ == "a"  # type: ignore[union-attr]
    if head.ent_type_ in ("ORG", "DATE", "MONEY"):
        return False
    return head.pos_ == "NUM" and head.lower_ not in ("one", "1")


# Relatives and joining


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
    partners = _partners(tokens[0].doc) if tokens else {}
    out = ""
    for place, token in enumerate(tokens):
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        text = put.get(token.i) or _inside(token, opens=not out)
        if token.i in before and before[token.i] not in out.split()[-1:]:
            out += f"{before[token.i]} "
        close = token.text in _QUOTES and partners.get(token.i, token.i) < token.i
        out = f"{out.rstrip()}{text}" if close else out + text
        opens = token.text in _QUOTES and partners.get(token.i, -1) > token.i
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
