"""The recordings of a project: which there are, whose they are, what is wrong with them.

    cassettes/<suite or module>/<case>.yaml     a recording a case of a suite, or a test
    cassettes/<suite or module>/manifest.json   how each was made

A recording is owned by the case of a suite that plays it, or by the test that its manifest names.
Where the manifest names none, a folder `cassettes/<module>` is owned by that test module.
"""

from __future__ import annotations

import ast
import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from os.path import relpath
from pathlib import Path
from typing import TYPE_CHECKING

from summarise.cassette_checks import (
    MAX_KIB,
    PRUNE,
    PRUNED,
    Fault,
    Owner,
    Taped,
    checked,
    files,
    read_manifest,
    read_taped,
)
from summarise.errors import SummariseError
from summarise.manifest import MANIFEST, Entry, file_name, forget
from summarise.profiles import EMBEDDED_MODEL
from summarise.prompt import DEFAULT_PROMPT

if TYPE_CHECKING:
    from summarise.evaluation.suite import Suite

ROOT = "cassettes"


@dataclass(frozen=True)
class Library:
    """The suites of a project, and the folder from which its tests are named."""

    suites: tuple[Suite, ...] = ()
    root: Path = Path()

    def folders(self) -> list[Path]:
        """Where its recordings lie: those of its suites, and what is below `cassettes/`."""
        named = [suite.run.recordings for suite in self.suites if suite.run.recordings]
        below = [Path(self.root / ROOT), *sorted((self.root / ROOT).rglob("*/"))]
        found = {folder.resolve(): folder for folder in [*below, *named] if is_kept(folder)}
        return [_shown(folder) for folder in found]

    def cases(self, folder: Path) -> dict[Path, list[Owner]]:
        """The recordings that suites want in a folder, each with the cases that play it."""
        wanted: dict[Path, list[Owner]] = {}
        for suite in self.suites:
            place = suite.run.recordings
            if place is not None and place.resolve() == folder.resolve():
                for name in suite.case_ids():
                    wanted.setdefault(folder / file_name(name), []).append(_owner(suite, name))
        return wanted

    def tests(self, file: Path, entry: Entry | None) -> list[Owner]:
        """The test that owns a recording: the one its manifest names, else its folder's module."""
        if entry is not None and entry.owner:
            return [_test(entry.owner)] if _is_there(self.root, entry.owner) else []
        module = self._module(file)
        return [_test(module)] if module else []

    def _module(self, file: Path) -> str | None:
        try:
            within = file.resolve().parent.relative_to((self.root / ROOT).resolve())
        except ValueError:
            return None
        names = (f"tests/{within.as_posix()}.py", f"{within.as_posix()}.py")
        return next((name for name in names if (self.root / name).is_file()), None)


def is_kept(folder: Path) -> bool:
    """Whether recordings lie in a folder, or its manifest says that they did."""
    return folder.is_dir() and bool((folder / MANIFEST).exists() or files(folder))


def played_model(suite: Suite) -> str:
    """The model whose answers a suite's replay asks for."""
    return suite.run.model or EMBEDDED_MODEL


def played_prompt(suite: Suite) -> str:
    """The prompt that a suite's replay asks with."""
    return suite.run.prompt or DEFAULT_PROMPT


def _owner(suite: Suite, name: str) -> Owner:
    folder = relpath(suite.folder)
    return Owner(
        name=f"case {name!r} of {suite.name!r}",
        again=shlex.join(["summarise", "cassettes", "record", name, "--suite", folder]),
        same=f"{suite.gold.resolve()}/{name}",
        case=name,
        model=played_model(suite),
        prompt=played_prompt(suite),
    )


def _test(node: str) -> Owner:
    return Owner(
        name=f"test {node!r}",
        again=shlex.join(["pytest", node, "--record-mode=all"]),
        same=node,
    )


def _is_there(root: Path, node: str) -> bool:
    """Whether the test of a pytest node is still written; its parameters are not looked at."""
    module, *names = node.partition("[")[0].split("::")
    if not (root / module).is_file():
        return False
    return not names or tuple(names) in _defined(root / module)


@cache
def _defined(module: Path) -> frozenset[tuple[str, ...]]:
    """The functions of a module, and the methods of its classes."""
    try:
        return frozenset(_names(ast.parse(module.read_bytes()), ()))
    except (SyntaxError, ValueError):
        return frozenset()


def _names(node: ast.AST, within: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield (*within, child.name)
        elif isinstance(child, ast.ClassDef):
            yield from _names(child, (*within, child.name))


def _shown(path: Path) -> Path:
    """The path from here, where that is shorter."""
    return min(Path(relpath(path)), path, key=lambda one: len(str(one)))


# --------------------------------------------------------------------------------------- checks


def check(
    folders: Iterable[Path], library: Library, *, quick: bool = False, max_kib: int = MAX_KIB
) -> Iterator[Fault]:
    """The faults of the recordings in `folders`, a recording after the other.

    Without `quick` each case of a suite is extracted from its recording, offline.
    """
    for folder in folders:
        yield from _checked_folder(folder, library, quick, max_kib)


def _checked_folder(folder: Path, library: Library, quick: bool, max_kib: int) -> Iterator[Fault]:
    found, wanted, entries, faults = _read_folder(folder, library)
    faults += _absent(folder, found, wanted, entries)
    unread = bool(faults) and faults[0].kind == "manifest"
    for taped in found:
        own = checked(taped, max_kib)
        faults += [fault for fault in own if not (unread and fault.kind == "unlisted")]
    if not quick:
        faults += _replayed(library, found)
    yield from sorted(faults, key=lambda fault: fault.file.name)


def _read_folder(
    folder: Path, library: Library
) -> tuple[list[Taped], dict[Path, list[Owner]], dict[str, Entry], list[Fault]]:
    entries, faults = read_manifest(folder)
    wanted = library.cases(folder)
    found = []
    for file in files(folder):
        entry = entries.get(file.name)
        owners = wanted.get(file) or library.tests(file, entry)
        taped, broken = read_taped(file, owners, entry)
        found.append(taped)
        faults += broken
    return found, wanted, entries, faults


def _absent(
    folder: Path,
    found: Sequence[Taped],
    wanted: dict[Path, list[Owner]],
    entries: dict[str, Entry],
) -> Iterator[Fault]:
    """What should be there and is not: by the manifest, or by a suite."""
    there = {taped.file for taped in found}
    for name in entries:
        file = folder / name
        if file not in there:
            owners = wanted.get(file, [])
            again, case = (owners[0].again, owners[0].case) if owners else (PRUNE, "")
            yield Fault(
                file, "lost", f"{MANIFEST} knows it, and there is no such file", again, case
            )
    for file, owners in wanted.items():
        if file not in there and file.name not in entries:
            what = f"there is no recording of {owners[0].name}"
            yield Fault(file, "missing", what, owners[0].again, owners[0].case)


def _replayed(library: Library, found: Sequence[Taped]) -> list[Fault]:
    """The faults that show when cases are played: each recording once, whatever suites share it."""
    import anyio

    from summarise.cassette_replay import faults_of, play
    from summarise.evaluation.run import articles

    async def all_played() -> list[Fault]:
        faults: list[Fault] = []
        for suite, taped in _playable(library, found):
            [name] = {owner.case for owner in taped.owners}
            try:
                [article] = articles(suite, only=(name,))
            except SummariseError as error:
                faults.append(taped.fault("unplayable", str(error), "mend the suite"))
                continue
            played = await play(article, taped.file, played_model(suite), played_prompt(suite))
            faults += faults_of(taped, played)
        return faults

    return anyio.run(all_played)


def _playable(library: Library, found: Sequence[Taped]) -> Iterator[tuple[Suite, Taped]]:
    """Recordings that one case owns and that can be read, each with its suite."""
    for taped in found:
        cases = {owner.same: owner for owner in taped.owners if owner.case}
        if taped.held is not None and len(cases) == 1:
            [owner] = cases.values()
            yield next(suite for suite in library.suites if _owns(suite, owner)), taped


def _owns(suite: Suite, owner: Owner) -> bool:
    return suite.run.recordings is not None and owner.same == _owner(suite, owner.case).same


# ---------------------------------------------------------------------------------------- prune


def prunable(folders: Iterable[Path], library: Library) -> list[Fault]:
    """What `prune` takes away: recordings that nothing owns, entries without a file."""
    faults = check(folders, library, quick=True)
    return [fault for fault in faults if fault.kind in PRUNED]


def prune(faults: Iterable[Fault]) -> None:
    """Delete the files of these faults, and their entries."""
    gone: dict[Path, list[str]] = {}
    for fault in faults:
        if fault.kind == "never played":  # a "lost" one is a name in a manifest, whatever it says
            fault.file.unlink(missing_ok=True)
        gone.setdefault(fault.file.parent, []).append(fault.file.name)
    for folder, names in gone.items():
        forget(folder, names)
