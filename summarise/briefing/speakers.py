"""How the source of a claim is named in a sentence: its article, its name, who passed it on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarise.briefing.material import Held, Material
from summarise.language.cues import PLATFORM_WORDS, PLATFORMS
from summarise.language.first_names import gender_of
from summarise.language.names import find_names, is_body, same_name, strip_titles
from summarise.language.places import country_of
from summarise.language.syntax import parse
from summarise.language.words import word_set

_PRONOUNS = word_set("he she it they we i you this that these those his her its their our my who")
_POSSESSIVES = word_set("his her its their our my this these that those")
_UNCOUNTED = word_set(
    """police military army media television radio government parliament congress staff press
    management research evidence data intelligence navy testimony footage information analysis"""
)
_WITH_THE = re.compile(
    r"(?:U\.?S\.?|United \w+|U\.?K\.?|U\.?N\.?|E\.?U\.?|European \w+|UAE|Netherlands|Philippines|"
    r"Bahamas|Maldives|Vatican|Kremlin|White House|Pentagon)(?![\w.])(?! [A-Z]|[’'])"
)
"""Names that always take an article."""
_DOCUMENTS = word_set(
    """estimate estimates report reports figure figures data document documents e-mail e-mails email
    emails file files record records letter letters statistics study studies survey surveys poll
    polls footage video videos photographs images account accounts statement"""
)
_AN = re.compile(r"[AEFHILMNORSX](?:[A-Z]|\.)|(?!U(?:\.|[A-Z])|(?i:eu|uni|use|one\b))[aeiouAEIOU]")
"""What "an" goes before: a vowel, or a letter whose name begins with one."""
_BEFORE_NAME = re.compile(r"\b(the|a|an)\s+\Z", re.IGNORECASE)
_OWNED = re.compile(r"[’']s?$")


@dataclass(frozen=True)
class Speaker:
    """Whom a claim is from: `name` as the claim has it, `phrase` as a sentence names it."""

    name: str
    phrase: str
    passed_on: str = ""
    """Who passed it on, as a clause to follow the name: "as reported by Dennik"."""

    @property
    def short(self) -> str:
        """The last name of a person, the whole phrase of a body or a group."""
        return self.name.split()[-1] if self.is_person else self.phrase

    @property
    def leans(self) -> bool:
        """Whether it is named by a word for somebody before it: "his office"."""
        return self.phrase.split()[0] in _POSSESSIVES

    @property
    def is_body(self) -> bool:
        """Whether it is a state or a body, of which "it said" can be said."""
        return self.phrase != self.name or is_body(self.name) or bool(country_of(self.name))

    @property
    def can_lead(self) -> bool:
        """Whether it can be the subject of "said" before what it says."""
        return not (self.leans or self.is_document)

    @property
    def is_document(self) -> bool:
        """Whether it is something written, by which a thing is so: "estimates", "a report"."""
        return self.name.split()[-1].lower() in _DOCUMENTS

    @property
    def is_person(self) -> bool:
        """Whether it looks like the name of one person."""
        words = self.name.split()
        if not 2 <= len(words) <= 3 or not all(word[:1].isupper() for word in words):
            return False
        return gender_of(self.name) is not None and not is_body(self.name)


def named_again(held: Held, who: Speaker) -> str:
    """A source behind words that open with its own name: a pronoun where its article uses one."""
    words = set(re.findall(r"\b[a-z]+\b", held.evidence.lower()))
    of_people = [one for one in ("he", "she") if one in words]
    if who.is_person:
        return of_people[0] if len(of_people) == 1 else who.short
    if of_people or not words & _OF_BODIES or goes_by_surname(who.name, held.article.view):
        return who.phrase
    return "it"


_OF_BODIES = word_set("it its itself")


def goes_by_surname(name: str, text: str) -> bool:
    """Whether the text has the last word of a name of several alone, as that of a person."""
    first, _, surname = name.rpartition(" ")
    known = gender_of(name) is not None
    return bool(first) and any(
        _is_alone(text, match.start(), match.end(), known=known)
        for match in re.finditer(rf"\b{re.escape(surname)}\b", text)
    )


def _is_alone(text: str, start: int, end: int, *, known: bool) -> bool:
    """ "Ms Brook", or "Brook said"; of a `known` first name the surname in any place."""
    before = _LAST_WORD.search(text, max(0, start - _REACH), start)
    word = before[1] if before else ""
    if _COURTESY.fullmatch(word):
        return True
    begins = not word or re.search(r"[.!?:][”\"’)]*$", word)
    alone = begins or (not word[:1].isupper() and word.lower() != "the")
    if not alone or re.match(r" [A-Z]", text[end : end + 2]):
        return False
    return known or bool(_SPEAKS.match(text, end))


_REACH = 40
"""Characters before a name in which the word before it ends."""
_LAST_WORD = re.compile(r"(?:^|\s)(\S+)\s+\Z")
_COURTESY = re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr|Mx)\.?")
_SPEAKS = re.compile(r",? (?:said|says|told|tells|added|adds|wrote|denied|denies|called)\b")


def speaker_of(held: Held, material: Material) -> Speaker | None:
    """Who a claim is from, by its source or, where it has none, by who passed it on."""
    claim = held.claim
    names = [claim.source] if claim.source else [via for via in claim.via[:1] if _is_voice(via)]
    if not names:
        return None
    text = material.text(held.article)
    name = _spelled(names[0].strip(), text)
    via = [
        _named(_spelled(v, text), text) for v in claim.via if claim.source and _is_other(v, name)
    ]
    return Speaker(name, _named(name, text), _passed_on(via, text))


def cannot_name(held: Held) -> bool:
    """Whether the source is only a pronoun, so that no sentence can name it."""
    source = held.claim.source
    first = source.split()[0].lower() if source and source.split() else ""
    if first in ("his", "her"):
        return not _opens_with_person(held.claim.text)
    return first in _POSSESSIVES or (source or "").strip().lower() in _PRONOUNS


def _opens_with_person(text: str) -> bool:
    """Whether the only person that a claim names is its subject: "his office" is that one's."""
    named = [text[start:end] for start, end in find_names(text)]
    people = [name for name in named if gender_of(strip_titles(name)) and not is_body(name)]
    return len(people) == 1 and people[0] in text[:_OPENING]


_OPENING = 60
"""Characters in which a subject stands, its title included."""


def _is_voice(via: str) -> bool:
    return via.rstrip(".") not in PLATFORMS and via.lower() not in _PRONOUNS


def _is_other(via: str, name: str) -> bool:
    words = via.split()
    return bool(words) and words[0].lower() not in _PRONOUNS and not same_name(via, name)


_KINDS = "|".join(f"{kind} " for kind in sorted(PLATFORM_WORDS))


def _passed_on(via: list[str], text: str) -> str:
    """The last who passed it on; on a platform it was posted."""
    if not via:
        return ""
    last = via[-1]
    on_it = re.search(rf"\bon (?:the )?(?:{_KINDS})?{re.escape(last)}\b", text)
    return f"on {last}" if on_it or last.rstrip(".") in PLATFORMS else f"as reported by {last}"


def _spelled(name: str, text: str) -> str:
    """The name with the capitals that the article gives it where its own has none."""
    bare = " ".join(name.split())
    if not bare.islower():
        return bare
    forms = {match.group() for match in re.finditer(rf"\b{re.escape(bare)}\b", text, re.IGNORECASE)}
    if not forms or bare in forms:
        return bare
    return min(forms, key=lambda form: (sum(map(str.isupper, form)), form))


def _named(name: str, text: str) -> str:
    """The name with the article that it goes with: "the Observatory", "a spokesman"."""
    first = name.split()[0].lower()
    if first in ("the", "a", "an"):
        return first + name[len(first) :]
    given = _article_before(name, text)
    if given and (given == "the" or name[:1].islower()):
        return f"{given} {name}"
    if _WITH_THE.match(name) and name.split()[-1][:1].isupper():
        return f"the {name}"
    if (name[:1].islower() or not is_body(name)) and _is_countable(name):
        return f"{'an' if _AN.match(name) else 'a'} {name}"
    return name


def _article_before(name: str, text: str) -> str | None:
    """ "the", "a" or "an" where the article has it before the name; an "a" wins for a role."""
    found = set()
    for match in re.finditer(rf"\b{re.escape(name)}\b", text):
        before = _BEFORE_NAME.search(text, max(0, match.start() - 6), match.start())
        after = text[match.end() : match.end() + 2]
        if before and not re.match(r" [A-Z]|[’'-]", after):
            found.add(before[1].lower())
    plain = _stands_bare(name, text)
    if name[:1].isupper() and plain and "the" in found and not is_body(name):
        return None
    return next((word for word in ("a", "an", "the") if word in found), None)


def _stands_bare(name: str, text: str) -> bool:
    """Whether the name also stands without an article inside a sentence."""
    return bool(re.search(rf"(?<!\bthe)(?<!\bThe) {re.escape(strip_titles(name))}\b", text))


def _is_countable(name: str) -> bool:
    """Whether a group that is no name is one person or body: "dock worker", not "survivors"."""
    doc = parse(f"according to {name}").doc
    head = next((t for t in doc if t.dep_ == "pobj"), None)
    if head is None or head.tag_ != "NN" or head.lower_ in _UNCOUNTED or not head.is_lower:
        return False
    return not any(t.dep_ in ("det", "poss", "nummod", "cc") or t.pos_ == "NUM" for t in head.lefts)
