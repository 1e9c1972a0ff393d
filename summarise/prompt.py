"""Prompts as files: `prompts/<id>.md` holds front matter, then the messages, a section each.

A section opens with a line `# task.role`, where a task is one way to ask ("parts", "claims") and
a role is "system", "user", "assistant" or "again". Sections are Jinja templates with
StrictUndefined; an article's text is only ever a value given to one, never a template. The hash of
the file goes into each run, so that a result tells which words made it. Every value is `defused`
first: it may hold the tokens of a chat template, or the prompt's own headings.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from summarise.defused import all_defused, defused
from summarise.errors import PromptError
from summarise.records import Record

DEFAULT_PROMPT = "extract.v1"
"""The prompt of an extraction for which none is named."""

Message = dict[str, str]

_SECTION = re.compile(r"^# (\w+)\.(system|user|assistant|again)[ \t]*$", re.M)
_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.S)


class Example(Record):
    """One worked example: what fills the user's template, and the answer wanted."""

    given: dict[str, Any]
    answer: dict[str, Any]


class Prompt(Record):
    """A prompt file as read: `sections` by "task.role", `examples` by task."""

    id: str
    sha256: str
    changelog: str
    sections: dict[str, str]
    examples: dict[str, tuple[Example, ...]]

    def messages(self, task: str, **given: Any) -> list[Message]:
        """The system message, the worked examples, and the question filled with `given`.

        Raises PromptError where the file lacks the task or `given` lacks a variable.
        """
        asked = [_message("system", self._filled(task, "system", {}))]
        for example in self.examples.get(task, ()):
            asked.append(_message("user", self._filled(task, "user", example.given)))
            asked.append(_message("assistant", json.dumps(example.answer, ensure_ascii=False)))
        return [*asked, _message("user", self._filled(task, "user", all_defused(given)))]

    def again(self, task: str, asked: list[Message], answer: str, **given: Any) -> list[Message]:
        """The messages `asked`, the answer they got, and the question put once more."""
        told = _message("user", self._filled(task, "again", all_defused(given)))
        return [*asked, _message("assistant", defused(answer)), told]

    def _filled(self, task: str, role: str, given: dict[str, Any]) -> str:
        import jinja2

        name = f"{task}.{role}"
        if name not in self.sections:
            raise PromptError(
                f"prompt {self.id!r} has no section '# {name}' (it has {sorted(self.sections)!r})"
            )
        try:
            return str(_template(self.sections[name]).render(**given))
        except jinja2.TemplateError as error:
            raise PromptError(f"prompt {self.id!r}, section '# {name}': {error}") from error


def _message(role: str, content: str) -> Message:
    return {"role": role, "content": content}


@cache
def _environment() -> Any:
    import jinja2

    # what is rendered is a message to a model, no page: nothing is to be escaped
    return jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False)  # noqa: S701


@lru_cache(maxsize=64)
def _template(text: str) -> Any:
    """Compiled once: that takes longer than to fill it."""
    return _environment().from_string(text)


@cache
def load(prompt_id: str) -> Prompt:
    """The prompt of that id, or the one in the file of that path.

    Raises PromptError where there is none, naming the nearest, or where the file is malformed.
    """
    path = _path(prompt_id)
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise PromptError(f"{path.name!r} is not UTF-8: {error}; save it as UTF-8") from error
    front = _FRONT.match(text)
    if front is None:
        raise PromptError(f"{path.name!r} does not open with front matter between '---' lines")
    return _parsed(path, text[front.end() :], _front_matter(path, front[1]), raw)


def _parsed(path: Path, body: str, front: dict[str, Any], raw: bytes) -> Prompt:
    marks = list(_SECTION.finditer(body))
    ends = [*(mark.start() for mark in marks[1:]), len(body)]
    sections = {
        f"{mark[1]}.{mark[2]}": body[mark.end() : end].strip()
        for mark, end in zip(marks, ends, strict=True)
    }
    try:
        return Prompt(
            id=front.get("id", path.stem),
            sha256=hashlib.sha256(raw).hexdigest(),
            changelog=front.get("changelog", ""),
            sections=sections,
            examples=front.get("examples", {}),
        )
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise PromptError(f"{path.name!r}, front matter {place!r}: {first['msg']}") from error


def _front_matter(path: Path, text: str) -> dict[str, Any]:
    import yaml

    try:
        front = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise PromptError(f"{path.name!r}: its front matter is not YAML: {error}") from error
    if not isinstance(front, dict):
        raise PromptError(f"{path.name!r}: its front matter is {type(front).__name__}, not fields")
    return front


def _path(prompt_id: str) -> Path:
    if prompt_id.endswith(".md"):
        given = Path(prompt_id)
        if given.is_file():
            return given
        raise PromptError(f"no prompt file {prompt_id!r}; give a path to one, or an id")
    known = {path.stem: path for path in _shipped()}
    if prompt_id not in known:
        near = difflib.get_close_matches(prompt_id, known, n=1)
        hint = f"; nearest: {near[0]!r}" if near else ""
        raise PromptError(f"no prompt {prompt_id!r} (there are {sorted(known)!r}{hint})")
    return known[prompt_id]


def _shipped() -> Iterable[Path]:
    """The prompt files: in the wheel, or in the repository for an editable install."""
    here = Path(__file__).parent
    for folder in (here / "prompts", here.parent / "prompts"):
        if folder.is_dir():
            return sorted(folder.glob("*.md"))
    return ()
