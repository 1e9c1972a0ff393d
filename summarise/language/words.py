"""Words of English as checks need them: stems, negation and its scope, opposites, hedges.

A `Word` is a word of a sentence with its stem, and whether a negation reaches it. Stems are light
(inflection only); irregular verbs go through a table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

_WORD = re.compile(
    r"\d[\d.,]*\d|\d+|[^\W\d_]+(?:[’'][^\W\d_]+)*(?:\.[A-Z]\b\.?)*|[,;:—–()“”\"….!?]"
)


def word_set(words: str) -> frozenset[str]:
    """The words of a table that is written as one text."""
    return frozenset(words.split())


STOP = word_set(
    """a an the this that these those it its he she they we you i his her their our your my me him
    them us who what when where why how which whose whom there here and or but nor so yet for of in
    on at by to from with within into onto upon as if than then about is are was were be been being
    am has have had do does did will would shall should can could may might must also just s t d ll
    re ve said say says saying according while after before during since until over under up out
    off more most some any all both each other such own same very still already"""
)
_IRREGULAR = """
be am is are was were been being | have has had having | do does did done doing | go goes went gone
say says said | make made | take took taken | give gave given | get got gotten | find found
rise rose risen | fall fell fallen | win won | lose lost | begin began begun | leave left
send sent | spend spent | lead led | hold held | keep kept | tell told | think thought
bring brought | buy bought | sell sold | build built | fight fought | catch caught | pay paid
meet met | shoot shot | strike struck | know knew known | grow grew grown | throw threw thrown
see saw seen | come came | become became | run ran | stand stood | understand understood
speak spoke spoken | break broke broken | choose chose chosen | drive drove driven
write wrote written | wear wore worn | die died dying dies | lie lay lain lying | feel felt
shrink shrank shrunk | sink sank sunk | hear heard | show shown | draw drew drawn | deny denied
withdraw withdrew withdrawn | flee fled | seek sought | man men | woman women | child children
people person | destabilize destabilise
"""
_SUFFIX = re.compile(r"(?:ies|ied|ing|edly|ed|es|s|ly)$")


@cache
def _irregular() -> dict[str, str]:
    groups = (group.split() for line in _IRREGULAR.splitlines() for group in line.split("|"))
    return {word: group[0] for group in groups for word in group}


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """The word without inflection, lower case: "killings" and "killed" are "kill"."""
    low = re.sub(r"[’']s?$", "", word.lower())
    if low in _irregular():
        return _irregular()[low]
    if (len(low) < 5 and not low.endswith("s")) or not low.isalpha():
        return low
    cut = _SUFFIX.sub(lambda m: "y" if m.group() in {"ies", "ied"} else "", low)
    if low.endswith("ss") or len(cut) < 3:
        return low
    if len(cut) > 3 and cut[-1] == cut[-2] and cut[-1] not in "lsz" and cut != low:
        cut = cut[:-1]
    cut = cut[:-1] if cut.endswith("e") and len(cut) > 3 else cut
    return _irregular().get(cut) or _irregular().get(cut + "e", cut)


_NOT = word_set(
    """not no never none neither nor without nobody nothing nowhere cannot hardly scarcely
    barely"""
)
_IMPLICIT = word_set(
    """deny refus fail lack declin unlike unable impossibl absent absence denial failure refusal
    reject dismiss doubt refut unabl prevent bar ban block stop avoid neither rule
    inability insufficient inadequat unprotect refrain stay free"""
) | {"unlikely", "minimal", "few", "little"}
_DENYING = word_set("doubt deny denial dismiss refut rule reject disput contradict")
_FLIPPING = word_set("refus fail declin unable unabl unlike unlikely impossibl deny doubt")
_BOUNDARY = frozenset([",", ";", ":", "—", "–", "(", ")", "“", "”", '"', ".", "!", "?", "…"])
_NEW_CLAUSE = frozenset(["but", "although", "though", "while", "because", "however", "despite"])
_REACH = 9


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence; `cue` marks a negation, `negated` a word within reach of one."""

    text: str
    stem: str
    cue: bool = False
    implicit: bool = False
    negated: bool = False

    @property
    def content(self) -> bool:
        """Whether the word carries meaning of its own."""
        return (
            self.text[0].isalnum()
            and self.text.lower() not in STOP
            and not self.cue
            and self.text.lower() not in {"any", "even", "ever", "yet", "having"}
        )


def words(text: str) -> list[Word]:
    """The words and clause-breaking marks of `text`, with negation and its reach."""
    found: list[Word] = []
    left = 0
    for token in _WORD.findall(text):
        low = token.lower().replace("’", "'")
        if low in _BOUNDARY or low in _NEW_CLAUSE:
            # "neither A, B nor C" goes on over a comma; other negations end there.
            left = 0
        cue = low in _NOT or low.endswith("n't")
        base = stem(low)
        implicit = base in _IMPLICIT or low in _IMPLICIT
        found.append(Word(token, base, cue, implicit, negated=left > 0))
        left = _REACH if cue or base in _FLIPPING or low in _FLIPPING else max(0, left - 1)
    return found


def _focus(sentence: list[Word], place: int, count: int) -> list[Word]:
    """The first content words after a negation: what it negates."""
    focus: list[Word] = []
    for word in sentence[place + 1 : place + 1 + _REACH]:
        if word.text in _BOUNDARY or word.text.lower() in _NEW_CLAUSE:
            break
        if word.content:
            focus.append(word)
            if len(focus) == count:
                break
    return focus


def _is_cue(word: Word) -> bool:
    return word.cue or word.stem in _FLIPPING or word.text.lower() in _FLIPPING


def inserted_negation(claim: list[Word], evidence: list[Word]) -> str | None:
    """The word that `claim` negates and `evidence` affirms, if there is one."""
    for place, word in enumerate(claim):
        if not (word.cue or (word.stem in _FLIPPING and not _holds(word, evidence))):
            continue
        focus = _focus(claim, place, 3)
        shared = [item for item in focus if _holds(item, evidence)]
        if word.negated and not word.implicit and _is_doubled(claim, place, evidence):
            return " ".join([word.text, *(item.text for item in focus[:1])])
        if shared:
            doubted = _denied(shared[0], evidence) or shared[0].stem in _under_denial(evidence)
        else:
            doubted = any(other.cue or other.implicit for other in evidence)
            doubted = doubted or bool(_under_denial(evidence))
        if not doubted:
            return " ".join([word.text, *(item.text for item in focus[:1])])
    return None


def _is_doubled(claim: list[Word], place: int, evidence: list[Word]) -> bool:
    """ "Nobody is not on strike": a negation within another, which the evidence has but once."""
    nested = claim[place].text.lower()
    return sum(word.cue for word in claim) > sum(word.cue for word in evidence) and any(
        word.cue and word.text.lower() != nested for word in claim[:place]
    )


_AFFIRMING = word_set("say suggest claim add insist state announc argu tell maintain stress")


def _under_denial(evidence: list[Word]) -> frozenset[str]:
    """Stems of what a verb of denying governs, up to the next verb of saying."""
    denied: set[str] = set()
    active = False
    for place, word in enumerate(evidence):
        noun = place > 0 and evidence[place - 1].text.lower() in _ARTICLES
        if word.stem in _DENYING and not noun:
            active = True
        elif word.stem in _AFFIRMING or word.text in {";", "."}:
            active = False
        elif active:
            denied.add(word.stem)
    return frozenset(denied)


_ARTICLES = word_set("the a an this that its their of in any no")


def _holds(word: Word, evidence: list[Word]) -> bool:
    return any(other.stem == word.stem for other in evidence)


def _denied(word: Word, evidence: list[Word]) -> bool:
    """Whether the evidence denies the word, or puts the denial into a verb before it."""
    if any(other.stem == word.stem and other.negated for other in evidence):
        return True
    return any(
        other.implicit and word.stem in {item.stem for item in _focus(evidence, place, 3)}
        for place, other in enumerate(evidence)
    )


def removed_negation(claim: list[Word], evidence: list[Word]) -> str | None:
    """The word that `evidence` negates and `claim` affirms, if there is one."""
    held = {word.stem for word in evidence}
    if any(_is_cue(word) or (word.implicit and word.stem not in held) for word in claim):
        return None
    mine = {word.stem for word in claim if word.content}
    for place, word in enumerate(evidence):
        if not _is_cue(word):
            continue
        focus = [item for item in _focus(evidence, place, 3) if not item.text.endswith("ly")][:1]
        focus = [item for item in focus if item.stem in mine]
        for item in focus:
            if word.stem in mine or any(o.stem == item.stem and not o.negated for o in evidence):
                continue
            return f"{word.text} … {item.text}"
    return None


def _denies(claim: list[Word]) -> bool:
    return any(_is_cue(word) or word.implicit for word in claim)


def has_negation(sentence: list[Word]) -> bool:
    """Whether anything in the sentence denies, in so many words or by meaning."""
    return _denies(sentence)


_OPPOSITES = """
confirm admit acknowledge / deny | slash trim reduce cut lower / raise higher | rise increase
climb grow gain jump soar surge / fall decrease drop decline shrink plunge slump tumble lose | win
/ lose | accept approve agree back support endorse / reject refuse oppose | allow permit let / ban
bar prohibit block forbid | open / close | buy acquire / sell | arrive enter / leave depart |
begin start launch / end stop finish halt | hire appoint / fire sack dismiss | include / exclude |
pass / fail | attack / defend | convict / acquit | arrest detain / release free | strengthen /
weaken | improve / worsen deteriorate | lead / trail | join / quit leave | advance / retreat
withdraw | capture seize gain / lose | succeed / fail | exceed surpass / miss | widen / narrow |
lift / impose | raise / lower cut | praise / criticise criticize condemn | live survive / die |
more / fewer less | higher / lower | above / below | many / few | major / minor | best / worst |
guilty / innocent | legal / illegal | possible / impossible | likely / unlikely | able / unable |
safe / unsafe dangerous | true / false | ally / enemy | victory / defeat | profit / loss |
remember / forget | push / pull | most / least | upheld uphold / overturn | expand / contract |
hot / cold | early / late | married / divorced | import / export | high / low | kill dead death
fatality die casualty / save rescue spare | strong / weak | support / oppose
"""


@cache
def _opposites() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for pair in " ".join(_OPPOSITES.split()).split("|"):
        left, right = ({stem(word) for word in side.split()} for side in pair.split("/"))
        for word in left:
            table.setdefault(word, set()).update(right)
        for word in right:
            table.setdefault(word, set()).update(left)
    return {word: frozenset(others) for word, others in table.items()}


def opposite(claim: list[Word], evidence: list[Word]) -> tuple[str, str] | None:
    """A word of the claim and its opposite in the evidence, which lacks the word itself."""
    held = {word.stem: word for word in evidence}
    mine = {word.stem for word in claim}
    for word in claim:
        others = _opposites().get(word.stem, frozenset())
        if not others or word.stem in held:
            continue
        for other in sorted(others & held.keys() - mine):
            same_side = _opposites().get(other, frozenset()) & held.keys()
            if held[other].negated == word.negated and not same_side:
                return word.text, held[other].text
    return None


MODALS = frozenset(["may", "might", "could"])
HEDGES = word_set(
    """reportedly allegedly supposedly purportedly apparently seemingly estimated believed expected
    thought likely probably possibly perhaps presumably suspected alleged presumed rumored
    rumoured"""
)
ASSESSING = word_set(
    """estimat belief believ expect think thought assess suggest suspect assum predict forecast
    indicat indication likely probabl appear seem report alleg claim fear warn risk hope project
    possibl possibility unlike unlikely would should may might could can cannot reportedly allegedly
    supposedly apparently perhaps signal concern anticipat plan potential consider doubt accord
    chance unclear uncertain whether if suppos purport apparent presum alleged plan schedul
    view opinion rumour rumor"""
)
