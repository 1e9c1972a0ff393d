"""Keys and account ids taken out of what servers say, before it reaches an error or a file."""

from __future__ import annotations

import re

_SECRET = re.compile(r"\b(?:sk|sess|org|proj)[-_][\w*-]{8,}")


def redacted(text: str, *known: str) -> str:
    """`text` without anything of the form of a key or an account id, nor any of `known`."""
    for secret in filter(None, known):
        text = text.replace(secret, "…")
    return _SECRET.sub("…", text)
