"""How sure a proposition is, and whether it denies something: from the words of its clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarise.language import cues as words
from summarise.language.syntax import child, children

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc, Token

    from summarise.records import Certainty, Polarity

_SUBJECTS = ("nsubj", "nsubjpass", "expl")


# certainty


def certainty(head: Token, tokens: Iterable[Token], *, hedged_cue: bool = False) -> Certainty:
    """The certainty of the proposition that `head` heads, whose words are `tokens`.

    `hedged_cue`: the cue that introduces it only estimates, expects, suggests.
    """
    near = set(tokens)
    governors = [head, *_governors(head), *_carried(head)]
    if any(_is_possible(t, near) for t in governors):
        return "possible"
    hedged = hedged_cue and not _gives_reason(head)
    if (
        hedged
        or head.lemma_ == "doubt"
        or any(_is_hedged(t) for t in governors)
        or _is_hearsay_above(head)
    ):
        return "probable"
    if any(_is_hedged_thing(t, head) for t in near) or any(_hedging_noun(t) for t in governors):
        return "probable"
    return "certain"


def _governors(head: Token) -> Iterator[Token]:
    """The verbs above that carry on the same clause: "is expected to rise" governs "rise"."""
    token = head
    while token.dep_ in ("xcomp", "conj", "auxpass") and token.head != token:
        if token.dep_ == "conj" and _is_finite(token):
            return
        token = token.head
        if token.pos_ in ("VERB", "AUX", "ADJ"):
            yield token


def _is_finite(verb: Token) -> bool:
    """Whether a conjunct starts anew: "is unlikely to play and faces a scan"."""
    if child(verb, *_SUBJECTS) is not None:
        return True
    own = verb.tag_ in ("VBZ", "VBP") or any(
        a.tag_ in ("MD", "VBZ", "VBP", "VBD") for a in children(verb, "aux", "auxpass")
    )
    return own or (verb.tag_ == "VBD" and verb.head.tag_ != "VBD")


def _carried(head: Token) -> Iterator[Token]:
    """The clause that a mere frame carries: "there are concerns that P", "I think that P"."""
    verdict = child(head, "acomp")
    if verdict is not None and verdict.lower_ in _VERDICTS:
        return
    for noun in children(head, "attr", "dobj", "nsubj"):
        if noun.lemma_ in words.WORRIES | words.HEDGE_NOUNS:
            yield from children(noun, "acl", "ccomp", "relcl")
    if head.lemma_ in words.OPINION:
        yield from children(head, "ccomp")


_VERDICTS = frozenset("false untrue wrong baseless unfounded groundless true correct".split())
""" "Reports that P were false" says for sure that they were."""


def _gives_reason(head: Token) -> bool:
    """ "Since it depends on loans": what a guess rests on is no guess."""
    opener = child(head, "mark")
    return (
        head.dep_ == "advcl"
        and opener is not None
        and opener.lower_ in ("since", "because", "after", "although", "though", "while")
    )


def _is_possible(verb: Token, near: set[Token]) -> bool:
    modal = any(a.lower_ in words.POSSIBLE_MODALS for a in children(verb, "aux"))
    if modal and not _is_ability_given_as_fact(verb):
        return True
    if child(verb, "neg") is not None and child(verb, "acomp") is not None:
        return _is_unclear(verb)
    adverb = any(a.lower_ in words.POSSIBLE_WORDS for a in children(verb, "advmod", "acomp"))
    return (adverb and verb in near | {verb}) or _is_unclear(verb)


def _is_unclear(verb: Token) -> bool:
    """ "It is not clear whether", "it is unclear who", "did not rule out"."""
    out = verb.lemma_ == "rule" and any(t.lower_ == "out" for t in children(verb, "prt"))
    if out and child(verb, "neg") is not None:
        return True
    state = child(verb, "acomp", "oprd")
    if state is not None and state.lower_ in ("clear", "known", "certain", "sure"):
        return child(verb, "neg") is not None or state.lower_ in words.UNSURE
    if state is not None and state.lower_ in words.UNSURE:
        return True
    return verb.lemma_ == "know" and child(verb, "neg") is not None and _is_passive(verb)


def _is_passive(verb: Token) -> bool:
    return child(verb, "auxpass") is not None


def _is_ability_given_as_fact(verb: Token) -> bool:
    """ "could not be resuscitated" tells what happened; "can be used" tells what a thing does."""
    modal = next((a.lower_ for a in children(verb, "aux") if a.lower_ in words.POSSIBLE_MODALS), "")
    nobody = any(_negative_phrase(s) for s in children(verb, *_SUBJECTS))
    if verb.lemma_ in ("confirm", "verify", "exclude"):
        return False
    denied = nobody or child(verb, "neg") is not None
    return modal in ("can", "ca") or (modal == "could" and denied)


def _is_hedged(verb: Token) -> bool:
    beside = children(verb, "advmod", "acomp")
    if any(a.lower_ in words.HEDGE_ADVERBS and not _is_compared(a) for a in beside):
        return True
    governed = verb.dep_ == "xcomp" and verb.head.lemma_ in words.HEDGE_VERBS
    itself = verb.lemma_ in words.HEDGE_VERBS and child(verb, "xcomp") is not None
    hearsay = verb.lemma_ in words.HEARSAY and _is_passive(verb) and child(verb, "xcomp")
    looks = (
        verb.lower_ in ("look", "looks", "sound", "sounds")
        and child(verb, "acomp", "oprd", "xcomp") is not None
    )
    seems = (
        verb.lemma_ in ("appear", "seem")
        and child(verb, "ccomp") is not None
        and _is_impersonal(verb)
    )
    forecast = verb.lemma_ == "forecast" and verb.tag_ == "VBN"
    thought = (
        verb.lemma_ in words.HEDGED_OPINION and child(verb, "ccomp") is not None and _is_own(verb)
    )
    adjective = verb.lower_ in words.HEDGE_ADJECTIVES and (
        verb.pos_ == "ADJ" or verb.tag_ == "VBN" or verb.dep_ in ("acl", "ROOT")
    )
    loose = adjective and verb.tag_ not in ("VBD", "VBZ", "VBP") and verb.lower_ != "supposed"
    loose = loose and not _is_active_perfect(verb)
    return bool(
        governed
        or itself
        or hearsay
        or seems
        or _has_nested_hedge(verb)
        or looks
        or forecast
        or thought
        or loose
    )


def _is_compared(likely: Token) -> bool:
    """ "Were twice as likely to fall ill": a rate that was measured, no guess."""
    degree = any(a.lower_ in ("as", "more", "less", "equally") for a in children(likely, "advmod"))
    return degree and likely.dep_ == "acomp" and child(likely, "xcomp") is not None


def _is_active_perfect(verb: Token) -> bool:
    """ "The pilot had reported smoke": somebody did so, and nothing is hedged."""
    have = any(a.lemma_ == "have" for a in children(verb, "aux"))
    return have and not _is_passive(verb)


def _is_impersonal(verb: Token) -> bool:
    return any(s.lower_ in ("it", "there") for s in children(verb, *_SUBJECTS))


def _has_nested_hedge(verb: Token) -> bool:
    """ "The shells most probably came": a hedge that hangs on the "most" before it."""
    return any(
        t.lower_ in words.HEDGE_ADVERBS and t.head.lower_ in ("most", "more", "very", "quite")
        for t in verb.doc[max(0, verb.i - 4) : verb.i + 3]
        if t.head.head == verb
    )


def _is_own(verb: Token) -> bool:
    subject = child(verb, "nsubj")
    return subject is not None and subject.lower_ in ("i", "we", "it", "he", "she", "they")


def _is_hearsay_above(head: Token) -> bool:
    """ "Has reportedly captured several, although they were injured": the rumour goes on."""
    if head.dep_ not in ("advcl", "conj"):
        return False
    above = _clause_above(head)
    subject = child(head, "nsubj", "nsubjpass")
    goes_on = subject is None or subject.pos_ == "PRON"
    rumoured = any(a.lower_ in words.RUMOUR_ADVERBS for a in children(above, "advmod"))
    return goes_on and rumoured


def _clause_above(head: Token) -> Token:
    token = head.head
    while token.dep_ in ("conj", "advcl") and token.head != token:
        token = token.head
    return token


def _is_hedged_thing(token: Token, head: Token) -> bool:
    """ "A suspected arsonist": only where it is what the clause is about."""
    if token.lower_ not in words.HEDGE_ADJECTIVES or token.dep_ != "amod":
        return False
    noun = token.head
    return noun == head or (noun.head == head and noun.dep_ in ("nsubj", "nsubjpass", "dobj"))


def _hedging_noun(verb: Token) -> bool:
    """ "indications that P", "reports of P": the noun that a clause hangs on."""
    above = (verb.head, verb.head.head)
    if verb.dep_ == "acl" and child(verb, "mark", *_SUBJECTS) is None:
        return False  # "a report commissioned in May" is no rumour
    return verb.dep_ in ("acl", "pcomp", "ccomp") and any(
        t.lemma_ in words.HEDGE_NOUNS and t.pos_ == "NOUN" and not _negative_phrase(t)
        for t in above
    )


# polarity


def polarity(doc: Doc) -> Polarity:
    """Whether a claim, parsed by itself, denies something: the negation sits in its main clause."""
    for root in (t for t in doc if t.dep_ == "ROOT"):
        if any(_denies(t) for t in (root, *_main(root))):
            return "negative"
    return "positive"


def _main(root: Token) -> Iterator[Token]:
    """What carries on the main clause: complements, and what "we see that" frames."""
    yield from children(root, "xcomp", "acomp", "attr", "auxpass", "oprd")
    yield from (c for c in children(root, "conj") if child(c, "nsubj", "nsubjpass") is None)
    if root.lemma_ in words.OPINION:
        yield from children(root, "ccomp")
    if root.lemma_ == "be":
        yield from children(root, "ccomp")
        for noun in children(root, "attr"):
            if noun.lemma_ in ("fact", "problem", "issue", "point", "truth"):
                yield from children(noun, "acl", "ccomp", "relcl")


def _denies(token: Token) -> bool:
    if token.lower_ in ("unlikely", "none", "no", "nobody", "nothing", "unclear"):
        return True
    denied = child(token, "dobj", "ccomp", "xcomp")
    if token.lemma_ in words.DENIALS and denied is not None and not _is_turned_down(token):
        return True
    if any(_is_negation(n) for n in token.children):
        return True
    return any(_negative_phrase(o) for o in children(token, "dobj", "attr", *_SUBJECTS))


def _is_turned_down(verb: Token) -> bool:
    """ "Rejected the offer", "rejected the criticism": an act, no denial of a statement."""
    thing = child(verb, "dobj")
    if verb.lemma_ != "reject" or thing is None:
        return False
    return thing.lemma_ not in words.CLAIM_NOUNS and child(verb, "ccomp") is None


def _is_negation(word: Token) -> bool:
    if word.lower_ in ("never", "hardly", "neither", "nor"):
        return True
    if word.lower_ == "longer" and any(c.lower_ == "no" for c in word.children):
        return True
    return word.dep_ == "neg" and not _contrasts(word)


def _contrasts(word: Token) -> bool:
    """ "It was Jobs, not Roe", "not only": a contrast denies nothing of the clause."""
    following = word.doc[word.i + 1] if word.i + 1 < len(word.doc) else None
    if following is not None and following.lower_ in ("only", "just", "least"):
        return True
    before = word.doc[word.i - 1].text if word.i else ""
    return before in {",", "–", "—", "--", "("} and word.lower_ == "not"


def _negative_phrase(head: Token) -> bool:
    if head.lower_ in ("nobody", "nothing", "none", "neither"):
        return True
    joined = [
        c for c in head.children if c.dep_ in ("det", "neg", "preconj", "cc", "amod", "advmod")
    ]
    return any(
        t.lower_ in ("no", "neither") or (t.lower_ == "not" and not _contrasts(t)) for t in joined
    )
