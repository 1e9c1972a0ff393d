"""Finds the text of a gold file in a folder: by its name, by the case's id, or by its SHA-256."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from summarise.errors import InputError
from summarise.evaluation.gold import Case, Gold, did_you_mean, digest, read_text, restored


class Text(NamedTuple):
    """A text, its file and its bytes."""

    path: Path
    text: str
    data: bytes


class TextFolder:
    """The texts of a suite; which files there are is read once."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise InputError(
                f"there is no folder {str(folder)!r} to take texts from; name one with --texts DIR"
            )
        self.folder = folder

    @cached_property
    def _names(self) -> dict[str, Path]:
        return {path.name: path for path in sorted(self.folder.iterdir()) if path.is_file()}

    @cached_property
    def _stems(self) -> dict[str, Path]:
        return {path.stem: path for path in self._names.values() if path.suffix != ".json"}

    @cached_property
    def _digests(self) -> dict[str, Path]:
        """By content, for files that were renamed; each file is read once, none is kept."""
        return {digest(path.read_bytes()): path for path in self._names.values()}

    def case(self, gold: Gold) -> Case:
        """The gold with its text. Raises InputError where that is missing or another."""
        found = self.find(gold.id, gold.file, gold.sha256)
        return Case(restored(gold, found.text, found.data), found.text, found.path)

    def find(self, name: str, file: str | None = None, sha256: str | None = None) -> Text:
        """The text of the case `name`. Raises InputError where it is missing or another."""
        named = self._names.get(file or "") or self._stems.get(name)
        if named:
            text, data = read_text(named)
            if sha256 in (None, digest(data)):
                return Text(named, text, data)
        renamed = self._digests.get(sha256 or "")
        if renamed is None:
            wanted = (name, file or f"{name}.txt", sha256 or "")
            raise InputError(self._changed(named, *wanted) if named else self._missing(*wanted))
        return Text(renamed, *read_text(renamed))

    def _changed(self, named: Path, name: str, _: str, sha256: str) -> str:
        found = digest(named.read_bytes())
        return (
            f"the text of {name!r}, {str(named)!r}, is not the one that was labelled: its "
            f"SHA-256 is {found[:12]}..., expected {sha256[:12]}..., and no other file of "
            f"{str(self.folder)!r} has that; give the folder of the unchanged texts with "
            "--texts DIR"
        )

    def _missing(self, name: str, file: str, sha256: str) -> str:
        by_hash = f" (SHA-256 {sha256[:12]}...)" if sha256 else ""
        return (
            f"no text for {name!r}: expected {file!r}{by_hash} in {str(self.folder)!r}"
            f"{did_you_mean(file, self._names)}; give the folder that holds it with --texts DIR"
        )


def without_text(gold: Gold) -> Case:
    """A case whose gold holds the words itself. Raises InputError where it does not."""
    if gold.withheld:
        raise InputError(
            f"the gold of {gold.id!r} holds offsets without the words, and the suite gives no "
            f"texts; give the folder that holds {gold.file!r} (SHA-256 "
            f"{(gold.sha256 or '')[:12]}...) with --texts DIR"
        )
    return Case(gold)
