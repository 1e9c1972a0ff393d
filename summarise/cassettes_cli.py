"""The commands under `summarise cassettes`: arguments in, exit code out.

Exit codes: 0 all is well; 1 a recording has a fault, or a case could not be recorded; 2 wrong use.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarise.errors import InputError, SummariseError, WeightsError
from summarise.eval_cli import SUITES, Texts
from summarise.terminal import Status, write_error, write_out, write_rich

if TYPE_CHECKING:
    from summarise.cassette_checks import Fault
    from summarise.cassette_record import Server
    from summarise.cassettes import Library
    from summarise.evaluation.suite import Suite
    from summarise.manifest import Entry

FOUND = 1

app = typer.Typer(
    help="Keep recordings of a model's answers fresh, small and free of secrets.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Folders = Annotated[
    list[Path] | None,
    typer.Argument(metavar="FOLDER", help="Folders of recordings; all of this project."),
]
SuiteOption = Annotated[
    Path | None,
    typer.Option("--suite", metavar="DIR", help="Folder of the suite; else those found here."),
]


@app.command()
def check(
    folders: Folders = None,
    suite: SuiteOption = None,
    texts: Texts = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Read only: play no case of a suite.")
    ] = False,
    max_kib: Annotated[
        int, typer.Option(metavar="N", min=1, help="The largest a recording may be.")
    ] = 512,
) -> None:
    """Find what is wrong with recordings, each fault with the command that mends it.

    The exit code is 1 where there is one.
    """
    from summarise import cassettes
    from summarise.cassette_checks import files

    library = _library(suite, texts)
    places = _places(folders, library)
    found = 0
    for fault in cassettes.check(places, library, quick=quick, max_kib=max_kib):
        found += 1
        _tell(fault)
    recordings = sum(len(files(place)) for place in places)
    write_out(f"{_count(recordings, 'recording')}, {_count(found, 'fault')}\n")
    raise typer.Exit(FOUND if found else 0)


@app.command()
def record(
    case: Annotated[
        list[str] | None, typer.Argument(metavar="CASE", help="Only these cases, or globs.")
    ] = None,
    suite: SuiteOption = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also those whose recording is good.")
    ] = False,
    model: Annotated[str | None, typer.Option(metavar="NAME", help="The model to ask.")] = None,
    base_url: Annotated[
        str | None, typer.Option(metavar="URL", help="An OpenAI-compatible server.")
    ] = None,
    texts: Texts = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
) -> None:
    """Record the cases of a suite whose recording is missing or does not fit any more.

    A case that fails leaves its old recording as it was, and does not stop the others. The exit
    code is 1 where one failed.
    """
    from summarise.cassette_record import Server

    found = _one_suite(suite, texts)
    names = found.case_ids(only=tuple(case) if case else None)
    wanted = names if everything else _outdated(found, names)
    done, failed = _record_each(found, wanted, Server(model, base_url), quiet)
    _sum_up(done, failed, len(names) - len(wanted))
    if model and found.run.model not in (None, model):
        sys.stderr.write(
            f"the suite {found.name!r} replays with {found.run.model!r}: set 'model' under [run] "
            f"in its suite.toml to {model!r} to play these\n"
        )
    raise typer.Exit(FOUND if failed else 0)


@app.command()
def prune(
    folders: Folders = None,
    suite: SuiteOption = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Delete without asking.")] = False,
) -> None:
    """Delete recordings that nothing plays, and entries of the manifest without a file.

    They are listed first. The exit code is 1 where some are left.
    """
    from summarise import cassettes

    library = _library(suite, None)
    found = cassettes.prunable(_places(folders, library), library)
    for fault in found:
        write_out(f"{fault.file}: {fault.what}\n")
    if not found:
        write_out("nothing to prune\n")
        return
    if not (yes or (sys.stdin.isatty() and typer.confirm(f"Delete these {len(found)}?"))):
        write_out(f"nothing was deleted; --yes deletes these {len(found)}\n")
        raise typer.Exit(FOUND)
    cassettes.prune(found)
    write_out(f"{len(found)} deleted\n")


@app.command()
def stats(folders: Folders = None, suite: SuiteOption = None) -> None:
    """Show what each recording holds, what it cost, and how it was made."""
    from summarise.cassette_stats import rows, table

    library = _library(suite, None)
    found = [row for place in _places(folders, library) for row in rows(place)]
    write_rich(table(found))


# --------------------------------------------------------------------------------------- helpers


def _library(suite: Path | None, texts: Path | None) -> Library:
    """What is found from here; a suite that is named goes before those."""
    from summarise.cassettes import Library

    return Library(tuple(_suites(suite, texts)))


def _suites(named: Path | None, texts: Path | None) -> Iterable[Suite]:
    from summarise.evaluation.suite import SUITE_FILE, load_suite

    below = sorted(path.parent for path in Path("evals").glob(f"*/{SUITE_FILE}"))
    here = [place for place in (*SUITES, *below) if (place / SUITE_FILE).is_file()]
    places = here if named is None else [named, *here]
    for place in {place.resolve(): place for place in reversed(places)}.values():
        yield load_suite(place, texts)


def _one_suite(named: Path | None, texts: Path | None) -> Suite:
    """The suite to record: the one named, else the only one here that keeps recordings."""
    from summarise.evaluation.suite import load_suite

    if named is not None:
        return load_suite(named, texts)
    kept = [suite for suite in _suites(None, texts) if suite.run.recordings is not None]
    if len(kept) != 1:
        names = ", ".join(repr(str(suite.folder)) for suite in kept) or "none"
        raise InputError(
            f"expected one suite here that names its recordings, found {names}: name its folder "
            "with --suite DIR; it needs 'recordings' under [run] in its suite.toml"
        )
    return kept[0]


def _places(folders: Sequence[Path] | None, library: Library) -> list[Path]:
    """The folders named, with those in them, else all of the project. Raises InputError."""
    from summarise.cassettes import is_kept

    if not folders:
        return library.folders()
    found: dict[Path, Path] = {}
    for folder in folders:
        if not folder.is_dir():
            raise InputError(f"there is no folder {str(folder)!r} of recordings")
        kept = [place for place in (folder, *sorted(folder.rglob("*/"))) if is_kept(place)]
        if not kept:
            raise InputError(f"{str(folder)!r} holds no recordings (*.yaml) and no manifest.json")
        found |= {place.resolve(): place for place in kept}
    return list(found.values())


def _tell(fault: Fault) -> None:
    what = fault.what.replace("\n", "\n    ")
    write_out(f"{fault.file}: {fault.kind}: {what}\n    mend: {fault.mend}\n")


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _outdated(suite: Suite, names: Sequence[str]) -> list[str]:
    """The cases to record, the reasons told."""
    from summarise.cassette_record import outdated

    reasons = outdated(suite, names)
    for name, faults in reasons.items():
        sys.stderr.write(f"{name}: {', '.join(dict.fromkeys(fault.kind for fault in faults))}\n")
    return [name for name in names if name in reasons]


def _record_each(
    suite: Suite, names: Sequence[str], server: Server, quiet: bool
) -> tuple[list[Entry], int]:
    """The entries of what was recorded, and how many cases failed."""
    import anyio

    from summarise.cassette_record import record as record_case

    status = Status(quiet)
    done: list[Entry] = []
    failed = 0
    for name in names:
        try:
            entry = anyio.run(record_case, suite, name, server, status.show)
        except SummariseError as error:
            status.clear()
            write_error(f"{name}: {error}")
            failed += 1
            if isinstance(error, WeightsError):  # no other case can do better
                return done, failed + len(names) - len(done) - failed
            continue
        status.clear()
        write_out(f"{name}: {_figures([entry])}\n")
        done.append(entry)
    return done, failed


def _sum_up(done: Sequence[Entry], failed: int, fresh: int) -> None:
    parts = [f"{_count(len(done), 'case')} recorded"]
    if done:
        parts.append(_figures(done))
    if failed:
        parts.append(f"{failed} failed")
    if fresh:
        parts.append(f"{fresh} good as they were (--all records them anew)")
    write_out(" · ".join(parts) + "\n")


def _figures(made: Sequence[Entry]) -> str:
    from summarise.cassette_stats import figures

    return figures(made)
