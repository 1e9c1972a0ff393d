"""Who a line of an interview or a transcript says is speaking: "Q:", "AB:", "Brook:"."""

from __future__ import annotations

import re

from summarise.language.names import NameBook

_LABEL = re.compile(
    r"(?:[QA]\s?[:.]\s+|(?P<who>[A-Z]{2,3}|[A-Z][a-z][\w’'-]+(?: [A-Z][a-z][\w’'-]+)?):\s+"
    r"(?=\S+\s+\S+\s))(?=[“\"‘']?[A-Z\d])"
)
_CLOSED = re.compile(r"[.!?…][\"”’']*$")


def label_end(text: str) -> int:
    """Where the label at the start of a sentence ends; 0 without one.

    What ends without a stop is a headline, whose colon is no matter of speech alone.
    """
    label = _LABEL.match(text)
    return label.end() if label is not None and _CLOSED.search(text) else 0


def labelled(text: str, book: NameBook) -> str | None:
    """Who the label of a sentence names, by a full name of the article, where it is in it."""
    label = _LABEL.match(text) if label_end(text) else None
    who = label["who"] if label is not None else None
    if who is None:
        return None
    full = [form for form, _ in book.forms if " " in form]
    if who.isupper():
        return next((form for form in full if _initials(form) == who), None)
    return next((form for form in full if form.split()[-1] == who or form == who), None)


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split())
