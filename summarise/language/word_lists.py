"""Word lists are written as one string, and read with `words`."""

from __future__ import annotations


def words(text: str) -> list[str]:
    """The words of `text`, in order."""
    return text.split()
