"""Names in running text: a person in full where first named, by the surname from then on."""

from __future__ import annotations

import re
from functools import cached_property

from summarise.briefing.draft import Draft
from summarise.briefing.material import Material
from summarise.briefing.speakers import goes_by_surname
from summarise.language.names import find_names, is_body, same_name, strip_titles
from summarise.language.places import country_of

_LONGEST_NAME = 3


class Introduced:
    """Who was named before, as the sentences of a brief are read in turn."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._told: set[str] = set()
        self._platforms: set[tuple[str, str]] = set()

    def shortened(self, text: str, made: Draft) -> str:
        """The sentence of a draft with those named before by their surnames."""
        return self._without_platform(self._with_surnames(text, made), made)

    def _with_surnames(self, text: str, made: Draft) -> str:
        parts: list[str] = []
        done = 0
        for start, end in _spans(text):
            name = strip_titles(text[start:end])
            if not text[start:end].endswith(name) or not self._is_person(name, made):
                continue
            if name in self._told and not _is_quoted(text, start):
                first = end - len(name)
                parts += [text[done:first], name.split()[-1]]
                done = end
            self._told.add(name)
        return "".join([*parts, text[done:]])

    def _without_platform(self, text: str, made: Draft) -> str:
        """ "according to Ada Brook on Telegram" says where but once."""
        who = made.told.speaker
        if who is None or not who.passed_on.startswith("on "):
            return text
        key = (who.name, who.passed_on)
        if key not in self._platforms:
            self._platforms.add(key)
            return text
        surname = who.name.split()[-1]
        return re.sub(rf"({re.escape(surname)}) {re.escape(who.passed_on)}\b", r"\1", text)

    def _is_person(self, name: str, made: Draft) -> bool:
        """Whether an article that it cites also calls the one of that name by the surname alone."""
        words = name.split()
        if not 1 < len(words) <= _LONGEST_NAME or not all(word[:1].isupper() for word in words):
            return False
        if is_body(name) or country_of(name) or self._shares_surname(name):
            return False
        articles = {one.article.id: one.article for one in made.cited}
        texts = [self._material.text(article) for article in articles.values()]
        return any(goes_by_surname(name, text) for text in texts)

    def _shares_surname(self, name: str) -> bool:
        surname = name.split()[-1]
        return any(
            other.split()[-1] == surname and not same_name(other, name) for other in self._full
        )

    @cached_property
    def _full(self) -> frozenset[str]:
        """The names of several words in the claims and among their sources."""
        held = self._material.held.values()
        texts = [text for one in held for text in (one.claim.text, one.claim.source or "")]
        found = (strip_titles(text[a:b]) for text in texts for a, b in find_names(text))
        return frozenset(name for name in found if " " in name)


def _spans(text: str) -> list[tuple[int, int]]:
    """Where names stand, one that opens the sentence included."""
    found = find_names(text)
    opening = _OPENING.match(text)
    if opening and not any(start < opening.end() for start, _ in found):
        return [opening.span(), *found]
    return found


_OPENING = re.compile(r"(?:[A-Z][\w’'-]*[\w] ){1,4}[A-Z][\w-]*\w(?![\w-])")


def _is_quoted(text: str, place: int) -> bool:
    """Whether a place lies in a quotation, whose words stay as they are."""
    before = text[:place]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
