"""What people are called beside their names in the texts of a story: whom they speak for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from summarise.language.names import same_name, strip_titles
from summarise.language.words import STOP, stem, word_set
from summarise.reconciliation.offices import FORMS, OFFICES, ROLES

_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:[’'][^\W_]+)*")
_OWNER = re.compile(r"[’']s?$")


def titles_beside(people: Iterable[str], texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What stands beside each person's name in the texts."""
    by_surname: dict[str, set[str]] = defaultdict(set)
    for name in people:
        *first, last = strip_titles(name).split()
        by_surname[_OWNER.sub("", last)].update(first)
    if not by_surname:
        return {}
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for text in dict.fromkeys(texts):
        for surname in by_surname.keys() & {_OWNER.sub("", word) for word in _WORD.findall(text)}:
            found[surname].update(dict.fromkeys(_beside(text, surname, by_surname[surname])))
    spelled = _spellings(by_surname)
    return {
        name: tuple(title for other in spelled[surname] for title in found.get(other, ()))
        for name in people
        for surname in [_OWNER.sub("", strip_titles(name).split()[-1])]
    }


def _spellings(surnames: Iterable[str]) -> dict[str, list[str]]:
    """The spellings of each surname: "Zelensky", "Zelenskyy"."""
    alike: dict[str, list[str]] = defaultdict(list)
    for name in sorted(surnames):
        alike[name[:3].lower()].append(name)
    return {
        name: [other for other in near if same_name(name, other)]
        for near in alike.values()
        for name in near
    }


_AFTER = re.compile(r"^(?: \([A-Z]+\))?, ((?:an? |the |its )?[^,.;:“”]{4,80})")
_APPOSED = re.compile(
    r"(?:^|[.;:”] |, )(?:\w+ (?:by|to|from) )?((?:an? |the |its |their )?[^,.;:“”]{4,80}),$",
    re.IGNORECASE,
)
"""A title that stands apart before the name: "a spokeswoman for the port, Ana Lund,"."""
_SAYING = re.compile(
    r"(?:said|says|told|tells|added|adds|wrote|warned|announced|according|who|which|where|when)\b"
)
"""What goes on with the sentence, and tells no title."""
_OF = re.compile(r"^ of (?:the )?([A-Z][\w-]+)")
_BESIDE = 120
"""Characters before and after a name within which a title stands."""
_LINKS = word_set("of for the and")


def _beside(text: str, surname: str, first_names: Collection[str]) -> Iterator[str]:
    """The titles before a name, and the apposition behind it."""
    for match in re.finditer(rf"\b{re.escape(surname)}\b", text):
        start, end = match.span()
        line = text[max(0, start - _BESIDE) : start].rsplit("\n\n", 1)[-1]
        words = line.split()
        title = _title_before(words, first_names)
        if not title and (before := _APPOSED.search(_without(words, first_names))):
            title = before[1] if _has_role(before[1].split()) else ""
        rest = text[end : end + _BESIDE]
        if title:
            of = _OF.match(rest)
            yield f"{of[1]}'s {title}" if of else title
        after = _AFTER.match(rest)
        if after and not _SAYING.match(after[1]) and _has_role(after[1].split()[:5]):
            yield after[1].strip()


def _without(words: Sequence[str], first_names: Collection[str]) -> str:
    """A text without the first names at its end."""
    end = len(words)
    while end and words[end - 1] in first_names:
        end -= 1
    return " ".join(words[:end])


def _title_before(words: list[str], first_names: Collection[str]) -> str:
    """The run of names, roles and links that ends a text, without the first names."""
    while words and (words[-1] in first_names or re.fullmatch(r"[A-Z]\.", words[-1])):
        words = words[:-1]
    start = len(words)
    while start and _is_of_title(words[start - 1]):
        start -= 1
    run = words[start:]
    while run and (run[0].lower() in _LINKS or run[0].lower() in STOP):
        run = run[1:]
    return " ".join(run) if _has_role(run) else ""


def _is_of_title(word: str) -> bool:
    if word[-1] in ',.;:!?”"' and not re.fullmatch(r"(?:[A-Z]\.)+|[A-Z][a-z]{1,3}\.", word):
        return False
    low = word.lower()
    return word[0].isupper() or low in _LINKS or stem(low) in ROLES | FORMS | OFFICES


def _has_role(words: Iterable[str]) -> bool:
    found = {stem(part.lower()) for word in words for part in _WORD.findall(word)}
    return not found.isdisjoint(ROLES | FORMS | OFFICES)
