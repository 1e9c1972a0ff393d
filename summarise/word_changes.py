"""What has changed from one text to another: the words, the lines they stand in, or one character.

Characters that cannot be seen or are easily taken for another are named.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import islice

_MOST_LINES = 3
_MOST_WORDS = 4
_MOST_TOKENS = 3000  # of the part that differs: beyond, a word by word comparison takes seconds
_ABOUT = 70  # characters shown to each side of a change
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


def text_changes(old: str, new: str) -> str:
    """The difference of two texts that differ: what, then `-` and `+` lines that show where."""
    start, tail = _ends(old, new)
    cut_old, cut_new = old[start : len(old) - tail], new[start : len(new) - tail]
    if max(len(cut_old), len(cut_new)) == 1:
        return f"{_one_character(cut_old, cut_new)}\n{_shown_lines(old, new)}"
    return f"{_words(old, new)}\n{_shown_lines(old, new)}"


def named(character: str) -> str:
    """A character as it can be told apart from every other: 'é' U+00E9 LATIN SMALL …"""
    name = unicodedata.name(character, "without a name")
    hidden = character.isspace() or not character.isprintable() or unicodedata.combining(character)
    seen = "" if hidden else f"{character!r} "
    if character.isascii() and character.isalnum():
        return repr(character)
    return f"{seen}U+{ord(character):04X} {name}"


def visible(text: str) -> str:
    """`text` with escapes for what cannot be seen: a no-break space as <U+00A0>."""
    return "".join(
        character
        if character in " \n" or (character.isprintable() and not unicodedata.combining(character))
        else f"<U+{ord(character):04X}>"
        for character in text
    )


def _ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How much both begin with, and how much they end in after that."""
    start = _common(old, new)
    return start, _common(old[start:][::-1], new[start:][::-1])


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How much both begin with."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(old), len(new)))


def _one_character(old: str, new: str) -> str:
    if not old:
        return f"one character more, {named(new)}"
    if not new:
        return f"one character less, {named(old)}"
    return f"one character, recorded {named(old)}, asked {named(new)}"


def _words(old: str, new: str) -> str:
    tokens = _TOKEN.findall(old), _TOKEN.findall(new)
    changes = _token_changes(*tokens)
    if changes is None:
        return f"most of its words ({len(tokens[0])} recorded, {len(tokens[1])} asked)"
    shown = [_change(before, after) for before, after in islice(changes, _MOST_WORDS)]
    more = len(changes) - len(shown)
    return "; ".join(shown) + (f"; and {more} changes more" if more > 0 else "")


def _token_changes(old: list[str], new: list[str]) -> list[tuple[str, str]] | None:
    """What stands in place of what; None where too much differs to say."""
    start, tail = _ends(old, new)
    rest = old[start : len(old) - tail], new[start : len(new) - tail]
    if max(map(len, rest)) > _MOST_TOKENS:
        return None
    codes = SequenceMatcher(None, *rest, autojunk=False).get_opcodes()
    changed = [code for code in codes if code[0] != "equal"]
    return [("".join(rest[0][a:b]), "".join(rest[1][c:d])) for _, a, b, c, d in changed]


def _change(old: str, new: str) -> str:
    if not old.strip() and not new.strip():
        return f"white space, recorded {_blanks(old)}, asked {_blanks(new)}"
    if not old:
        return f"{_short(new)} added"
    if not new:
        return f"{_short(old)} left out"
    return f"recorded {_short(old)}, asked {_short(new)}"


def _blanks(text: str) -> str:
    return " ".join(f"U+{ord(character):04X}" for character in text[:8]) or "none"


def _short(text: str) -> str:
    shown = visible(text.strip() or text)
    return f"'{shown}'" if len(shown) <= 60 else f"'{shown[:60]} …'"


def _shown_lines(old: str, new: str) -> str:
    """The lines that differ, each cut to what lies about its change."""
    lines = old.split("\n"), new.split("\n")
    found: list[str] = []
    changed = 0
    for kind, a, b, c, d in SequenceMatcher(None, *lines, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for place in range(max(b - a, d - c)):
            changed += 1
            before = lines[0][a + place] if a + place < b else None
            after = lines[1][c + place] if c + place < d else None
            if changed <= _MOST_LINES:
                found += _line_pair(before, after)
    if changed > _MOST_LINES:
        found.append(f"  … and {changed - _MOST_LINES} lines more")
    return "\n".join(found)


def _line_pair(old: str | None, new: str | None) -> list[str]:
    if old is None or new is None:
        sign, line = ("+", new) if old is None else ("-", old)
        return [f"  {sign}{_around(line or '', 0, 0)}"]
    start, tail = _ends(old, new)
    return [
        f"  -{_around(old, start, len(old) - tail)}",
        f"  +{_around(new, start, len(new) - tail)}",
    ]


def _around(line: str, start: int, end: int) -> str:
    """`line` from a little before `start` to a little after `end`."""
    first = max(0, start - _ABOUT)
    last = min(len(line), min(end, start + _ABOUT) + _ABOUT)
    head, tail = "… " if first else "", " …" if last < len(line) else ""
    return f"{head}{visible(line[first:last])}{tail}"
