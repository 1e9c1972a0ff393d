"""Conjuncts and participles that the parser hung in the wrong place, put right in its tree.

"killed 9 and wounded 30" may be read as nine killed and "wounded" a word for the thirty. Each rule
looks for what the words cannot be (a passive with an object, a number that is wounded without a
"was") and hangs them as one of the clauses or things joined.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from summarise.language.branches import (
    GIVING,
    HARMED,
    HELPERS,
    ROUND,
    SUBJECTS,
    child,
    following_conjuncts,
    hang,
    is_active,
    is_counted,
    told_as,
)
from summarise.language.counted import COUNTING
from summarise.language.cues import SPEECH

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


_SEEING = frozenset(
    """see hear watch find catch keep leave have get show send spot notice feel want stop prevent
    like hate start begin continue avoid consider imagine remember set report record film""".split()
)
"""Verbs whose object may be doing something: "saw two men running"."""


def rejoined(doc: Doc) -> Doc:
    """The parse with its conjuncts and participles where they belong; the tokens stay."""
    for rule in (*_RULES, *COUNTING):
        for token in doc:
            rule(token)
    return doc


def _active_conjunct(verb: Token) -> None:
    """ "had killed 30, wounded 12 and seized a post": no passive has an object."""
    first = verb.head
    beside = verb.dep_ == "advcl" and verb.tag_ in ("VBN", "VBD")
    if not beside or first.i > verb.i or first.pos_ != "VERB":
        return
    if first.tag_ not in ("VBD", "VBN") or not is_active(first) or verb.lemma_ in GIVING:
        return
    if child(verb, "dobj") is None or child(verb, *SUBJECTS, *HELPERS, "mark") is not None:
        return
    if verb.left_edge != verb or verb.nbor(-1).text not in (",", "and"):
        return
    verb.dep_ = "conj"
    told_as(verb, first.tag_)
    for joined in following_conjuncts(verb):
        told_as(joined, first.tag_)


def _verb_before_count(word: Token) -> None:
    """ "killed 9 people and wounded dozens": dozens are not called wounded, they were wounded."""
    noun = word.head
    above = noun.head
    if word.dep_ != "amod" or noun.dep_ != "conj" or noun.left_edge != word or not word.i:
        return
    verb = above if above.pos_ == "VERB" else above.head
    if verb.pos_ != "VERB" or verb.tag_ not in ("VBD", "VBN") or not is_active(verb):
        return
    if above != verb and (above.dep_ != "dobj" or noun.lower_ not in ROUND):
        return
    if above == verb and child(noun, *SUBJECTS, *HELPERS) is not None:
        return
    joined = word.nbor(-1).dep_ == "cc" and _can_be_past(word)
    if not joined and (word.tag_ != "VBG" or word.nbor(-1).text != ","):
        return
    hang(word, verb, "conj" if joined else "advcl")
    word.pos_, word.tag_ = "VERB", verb.tag_ if joined else "VBG"
    hang(noun, word, "dobj")
    for joiner in [t for t in above.children if t.dep_ == "cc" and t.i < word.i]:
        joiner.head = verb


def _verb_in_row(word: Token) -> None:
    """ "halted trains, closed schools and grounded flights": with no "and" before the schools,
    "closed" is one of the verbs."""
    noun, doc = word.head, word.doc
    thing = noun.head
    verb = thing.head
    if word.dep_ != "amod" or noun.dep_ != "conj" or thing.dep_ != "dobj" or not word.i:
        return
    last = child(verb, "conj")
    if noun.left_edge != word or doc[word.i - 1].text != "," or last is None or last.i < noun.i:
        return
    past = verb.tag_ == "VBD" == last.tag_ and word.lower_.endswith("ed")
    same = verb.tag_ == "VB" == last.tag_ and word.lower_ in _ALSO_VERBS
    if not (past or same) or any(t.dep_ == "cc" for t in doc[thing.i : noun.i]):
        return
    hang(word, verb, "conj")
    word.pos_, word.tag_ = "VERB", verb.tag_
    hang(noun, word, "dobj")


_ALSO_VERBS = frozenset(["double", "triple", "quadruple"])


def _verb_joined_to_noun(verb: Token) -> None:
    """ "would create jobs, double capacity and cut costs": no noun is joined to a verb."""
    noun = verb.head
    above = next((t for t in noun.ancestors if t.pos_ == "VERB"), None)
    if verb.dep_ != "conj" or verb.tag_ != "VB" or noun.pos_ != "NOUN" or above is None:
        return
    if above.tag_ != "VB" or child(verb, "dobj") is None or child(verb, *SUBJECTS, "aux"):
        return
    for joiner in [t for t in noun.children if t.dep_ == "cc" and t.i < verb.i]:
        joiner.head = above
    hang(verb, above, "conj")
    for later in [t for t in above.children if t.dep_ == "prep" and t.i > verb.i]:
        hang(later, verb, "prep")


def _can_be_past(word: Token) -> bool:
    return word.tag_ in ("VBN", "VBD") or (word.tag_ == "JJ" and word.lower_ in HARMED)


def _had_done(verb: Token) -> None:
    """ "said it had sunk two, seized a third and taken 40 men": all of it is said.

    So it is in "say they sank two, seized a third", for it is not told in the tense of "say".
    """
    cue = verb.head
    said = child(cue, "ccomp")
    if verb.dep_ != "conj" or cue.lemma_ not in SPEECH or said is None or said.i < cue.i:
        return
    had = any(t.lemma_ == "have" for t in said.children if t.dep_ == "aux")
    past = cue.tag_ in ("VBZ", "VBP") and said.tag_ == "VBD"
    in_row = verb.i > 0 and verb.nbor(-1).text == ","
    if not (had or past) or verb.tag_ not in ("VBD", "VBN") or not in_row:
        return
    if child(verb, *SUBJECTS, *HELPERS) is not None or not is_active(said):
        return
    hang(verb, said, "conj")
    for joined in (verb, *following_conjuncts(verb)):
        told_as(joined, "VBN" if had else "VBD")


def _blamed_on(link: Token) -> None:
    """ "blamed the deaths on bad water": they were blamed on it, and lay on nothing."""
    thing = link.head
    if link.lower_ == "on" and thing.dep_ == "dobj" and thing.head.lemma_ in ("blame", "pin"):
        link.head = thing.head


def _lost_root(verb: Token) -> None:
    """ "The firm, which employs 90 people, filed for bankruptcy": what the firm did."""
    noun = verb.head
    if verb.dep_ != "acl" or verb.tag_ != "VBN" or noun.dep_ != "ROOT" or noun.pos_ != "NOUN":
        return
    relative = child(noun, "relcl")
    if relative is None or verb.left_edge.i < 2 or verb.nbor(-1).text != ",":
        return
    ends = relative.right_edge.i in (verb.left_edge.i - 2, verb.left_edge.i - 1)
    if not ends or not verb.lower_.endswith("ed") or child(verb, "agent", *SUBJECTS):
        return
    verb.head, verb.dep_, verb.tag_ = verb, "ROOT", "VBD"
    noun.head, noun.dep_ = verb, "nsubj"


def _found_so(state: Token) -> None:
    """ "found him guilty", "leaving 14 men dead": what became of them, and no clause."""
    verb, whom = state.head, child(state, "nsubj")
    if state.dep_ != "ccomp" or state.pos_ != "ADJ" or whom is None or whom.i < verb.i:
        return
    harmed = state.lower_ in HARMED and verb.lemma_ in _BRINGING
    if not harmed and whom.lower_ not in ("him", "her", "them", "me", "us"):
        return
    if whom.left_edge.i == verb.i + 1 and child(state, "mark", *HELPERS) is None:
        state.dep_ = "oprd"
        hang(whom, verb, "dobj")


_BRINGING = frozenset("leave cause find report declare pronounce".split())


def _subject_before_aside(noun: Token) -> None:
    """ "said the raids on Orsk, a town in the east, were fatal": the raids were."""
    cue = noun.head
    told = child(cue, "ccomp")
    if noun.dep_ != "dobj" or cue.lemma_ not in SPEECH or told is None or told.i < noun.i:
        return
    first = min([told, *(t for t in told.children if t.dep_ in HELPERS)], key=lambda t: t.i)
    finite = first.tag_ in ("VBD", "VBZ", "VBP", "MD")
    if not finite or child(told, "mark", *SUBJECTS) is not None or noun.i < cue.i:
        return
    passive = child(told, "auxpass") is not None
    hang(noun, told, "nsubjpass" if passive else "nsubj")


def _loose_participle(verb: Token) -> None:
    """ "will cut 200 jobs, saving 4m": what comes of it, and no second thing that it will."""
    first = verb.head
    if verb.dep_ != "conj" or verb.tag_ != "VBG" or first.tag_ == "VBG" or first.pos_ != "VERB":
        return
    if verb.i < first.i or verb.nbor(-1).text != "," or child(verb, *SUBJECTS, "aux") is not None:
        return
    links = (t for t in first.children if t.dep_ == "prep" and first.i < t.i < verb.i)
    listed = next((t for link in links for t in link.children if t.dep_ == "pcomp"), None)
    if listed is not None:
        hang(verb, listed, "conj")  # "accused him of stealing, jailing critics and lying"
    else:
        verb.dep_ = "advcl"


def _unmarked_conjunct(verb: Token) -> None:
    """ "killed 20 people wounded 90 and": a passive with an object, its comma lost."""
    noun = verb.head
    first = noun.head
    counted = child(verb, "dobj")
    if verb.dep_ != "acl" or verb.tag_ not in ("VBN", "VBD") or noun.dep_ != "dobj":
        return
    if counted is None or not is_counted(counted) or verb.lemma_ in GIVING:
        return
    if first.pos_ != "VERB" or first.tag_ not in ("VBD", "VBN") or not is_active(first):
        return
    if child(verb, *SUBJECTS, *HELPERS) is None and is_counted(noun):
        hang(verb, first, "conj")
        told_as(verb, first.tag_)


def _speakers_own(participle: Token) -> None:
    """ "said profits would fall, blaming weak demand": the profits blame nobody."""
    said = participle.head
    cue = said.head
    if participle.dep_ != "advcl" or participle.tag_ != "VBG" or said.dep_ != "ccomp":
        return
    if participle.lemma_ not in _ACCOUNTING or cue.lemma_ not in SPEECH or cue.i > said.i:
        return
    if participle.i > said.i and child(participle, "mark", *SUBJECTS) is None:
        participle.head = cue


_ACCOUNTING = frozenset("blame attribute accuse describe call cite urge thank praise".split())
"""What only somebody who speaks can do."""


def _lost_object(speaking: Token) -> None:
    """ "hurt 15 men on Friday villagers said": the men were hurt and said nothing."""
    noun, verb = child(speaking, "nsubj"), child(speaking, "ccomp")
    if noun is None or verb is None or speaking.lemma_ not in SPEECH or verb.i > noun.i:
        return
    if not is_counted(noun) or noun.left_edge.i != verb.i + 1 or not is_active(verb):
        return
    if verb.tag_ not in ("VBD", "VBZ") or child(verb, "dobj", "attr", "ccomp") is not None:
        return
    speaker = _speaker_behind(noun, speaking)
    if speaker is None:
        return
    hang(speaker, speaking, "nsubj")
    hang(noun, verb, "dobj")
    for below in [t for t in noun.children if t.i > noun.i and t.dep_ in ("prep", "npadvmod")]:
        hang(below, verb, below.dep_)


def _two_subjects(speaking: Token) -> None:
    """ "Raids by planes of the army killed 25 people, a monitor said": the raids did, and are no
    second speaker."""
    subjects = [t for t in speaking.children if t.dep_ == "nsubj" and t.i < speaking.i]
    if len(subjects) != 2 or speaking.lemma_ not in SPEECH or child(speaking, "ccomp"):
        return
    first, speaker = subjects
    verb = next((t for t in first.subtree if t.dep_ == "acl" and t.tag_ in ("VBN", "VBD")), None)
    if verb is None or child(verb, "dobj") is None or verb.i > speaker.left_edge.i:
        return
    hang(verb, speaking, "ccomp")
    hang(first, verb, "nsubj")
    told_as(verb, "VBD")


def _two_clauses(second: Token) -> None:
    """ "22 people drowned and dozens were missing": the first verb read as a participle."""
    subjects = [t for t in second.children if t.dep_ == "nsubj" and t.i < second.i]
    if len(subjects) != 2 or second.pos_ not in ("VERB", "AUX"):
        return
    noun = subjects[0]
    verb, joiner = child(noun, "acl"), child(noun, "cc")
    if verb is None or joiner is None or verb.tag_ != "VBN" or child(verb, "agent") is not None:
        return
    if verb.i != noun.i + 1 or not verb.i < joiner.i < subjects[1].left_edge.i:
        return
    if second.dep_ == "ROOT":
        verb.head, verb.dep_ = verb, "ROOT"
    else:
        verb.head, verb.dep_ = second.head, second.dep_
    verb.tag_ = "VBD"
    second.head, second.dep_ = verb, "conj"
    noun.head, joiner.head = verb, verb


def _speaker_behind(noun: Token, speaking: Token) -> Token | None:
    """Who speaks, where the parser made `noun` the speaker: set beside it, or after the verb."""
    beside = child(noun, "appos")
    if beside is not None:
        return beside
    after = child(speaking, "dobj")
    if after is not None and after.i > speaking.i and noun.i == speaking.i - 1:
        return after
    last = speaking.nbor(-1)
    dated = last.i > noun.i and any(t.ent_type_ == "DATE" for t in last.lefts)
    if dated and last.pos_ in ("NOUN", "PROPN") and last.dep_ == "pobj":
        for day in [t for t in last.lefts if t.ent_type_ == "DATE"]:
            hang(day, last.head, "pobj")
        return last
    return None


def _beside(participle: Token) -> None:
    """ "holds a third of the coast blocking nine ports": no third of it blocks."""
    verb = participle.head
    thing = child(participle, "nsubj")
    if participle.dep_ not in ("ccomp", "advcl") or participle.tag_ != "VBG" or thing is None:
        return
    if verb.lemma_ in _SEEING or verb.tag_ not in ("VBD", "VBZ", "VBP") or verb.i > thing.i:
        return
    if thing.tag_ in ("WDT", "WP", "PRP") or child(verb, "dobj", "nsubjpass") is not None:
        return
    if child(participle, "mark", *HELPERS) is not None or child(verb, "nsubj") is None:
        return
    hang(thing, verb, "dobj")
    participle.dep_ = "advcl"


def _beside_a_share(participle: Token) -> None:
    """ "holds 70 percent of the coast blocking nine ports": the same where its object is known."""
    above = participle.head
    verb = above.head if participle.dep_ == "acl" else above
    share = child(verb, "dobj")
    if participle.tag_ != "VBG" or participle.dep_ not in ("acl", "xcomp") or share is None:
        return
    if share.lower_ not in _SHARES or child(verb, "nsubj") is None or verb.lemma_ in _SEEING:
        return
    if share.i < participle.i and above in (share, verb) and child(participle, "dobj") is not None:
        participle.head, participle.dep_ = verb, "advcl"


_SHARES = frozenset("half third quarter fifth tenth part percent most much".split())


def _passive_conjunct(verb: Token) -> None:
    """ "built in 1962 and closed since a fire": two passives, one "was"."""
    first = verb.head
    if verb.dep_ != "conj" or verb.tag_ != "VBD" or first.tag_ != "VBN":
        return
    if first.dep_ not in ("acl", "advcl") or first.lower_ == first.lemma_:
        return
    if child(verb, "dobj", "ccomp", *SUBJECTS, *HELPERS) is None:
        verb.tag_ = "VBN"


_RULES: tuple[Callable[[Token], None], ...] = (
    _speakers_own,
    _beside,
    _beside_a_share,
    _lost_object,
    _two_subjects,
    _two_clauses,
    _active_conjunct,
    _unmarked_conjunct,
    _found_so,
    _subject_before_aside,
    _lost_root,
    _blamed_on,
    _had_done,
    _loose_participle,
    _verb_joined_to_noun,
    _verb_in_row,
    _verb_before_count,
    _passive_conjunct,
)
