"""Text of others made plain text, before it is put into a question to a model.

A server writes all messages into one string of its chat template and reads the template's tokens
wherever they stand, so that an article with `<|im_end|>` in it would end its own message. Such
tokens are parted by a blank; characters that no reader sees (tags, direction marks, zero-width
characters, controls) are left out; a line that is a heading of the prompt is put in quotation
marks. Offsets are not concerned: they are counted in what was read.
"""

from __future__ import annotations

import re
from typing import Any

_TOKEN = re.compile(
    r"<(?=[|｜/]?[^\W\d][\w ▁:-]{0,40}[|｜]?>)"  # <|im_start|>, </s>, <start_of_turn>, <｜User｜>
    r"|<(?=[|｜])"
    r"|\[(?=/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_(?:CALLS|RESULTS|CONTENT)|THINK)\])"
)
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # zero width, direction
    "\U000e0000-\U000e007f]"  # tags
)
_HEADING = re.compile(r"^[ \t]*((?:Article so far|Parts|Sentences):)[ \t]*$", re.M)


def defused(text: str) -> str:
    """The text with nothing in it that a model's server or the prompt would read as its own."""
    plain = _UNSEEN.sub("", text)
    return _HEADING.sub(r"“\1”", _TOKEN.sub(r"\g<0> ", plain))


def all_defused(given: Any) -> Any:
    """The same value, of strings, lists and dictionaries, with every string in it defused."""
    if isinstance(given, str):
        return defused(given)
    if isinstance(given, dict):
        return {key: all_defused(value) for key, value in given.items()}
    if isinstance(given, list | tuple):
        return [all_defused(value) for value in given]
    return given
