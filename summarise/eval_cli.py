"""The commands under `summarise eval`: arguments in, exit code out.

Exit codes: 0 all is well; 1 the gate failed, a gold file has faults, or an article of a run failed;
2 wrong use, or nothing could be done.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarise.errors import InputError
from summarise.eval_output import (
    Outcome,
    ResultFormat,
    set_side_by_side,
    show,
    write_page,
    write_reports,
)
from summarise.files import safe_name
from summarise.terminal import Status, write_error, write_out, write_rich

if TYPE_CHECKING:
    from summarise.evaluation.predictions import Predictions
    from summarise.evaluation.store import Scores
    from summarise.evaluation.suite import Suite

FOUND, HERE = 1, Path()
SUITES = (Path("evals/suite"), Path("evals"), HERE)
"""Where a suite is looked for when none is named."""

app = typer.Typer(
    help="Score extractions against labelled gold, and guard them with a gate.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


SuiteArgument = Annotated[
    Path | None,
    typer.Argument(metavar="SUITE", help="Folder of a suite; evals/suite or the one here."),
]
SuiteOption = Annotated[
    Path | None,
    typer.Option("--suite", metavar="SUITE", help="Folder of the suite; else the one here."),
]
Split = Annotated[str | None, typer.Option(metavar="NAME", help="Only the cases of this split.")]
Only = Annotated[
    list[str] | None, typer.Option("--case", metavar="ID", help="Only this case, or this glob.")
]
Texts = Annotated[
    Path | None, typer.Option(metavar="DIR", help="The texts of a suite that leaves them out.")
]
Form = Annotated[
    ResultFormat,
    typer.Option("--format", "-f", metavar="FORMAT", help="table, markdown or json."),
]
Seed = Annotated[int, typer.Option(metavar="N", help="Seed of the resampling.")]
Out = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR", help="Write scores, an HTML page, Markdown, JUnit XML and JSON there."
    ),
]


@app.command()
def check(
    path: Annotated[Path, typer.Argument(help="A gold file, a folder of them, or a suite.")],
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as faults.")] = False,
) -> None:
    """Find the faults of gold files, each with its mend.

    The exit code is 1 where there is one.
    """
    from summarise.evaluation.faults import check as check_gold

    files, errors, warnings = 0, 0, 0
    for where, faults in check_gold(path):
        files += 1
        for fault in faults:
            errors += fault.level == "error"
            warnings += fault.level == "warning"
            write_out(f"{where.name}: {fault}\n")
    write_out(f"{files} gold files, {errors} errors, {warnings} warnings\n")
    raise typer.Exit(FOUND if errors or (strict and warnings) else 0)


@app.command()
def run(
    suite: SuiteArgument = None,
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="Where extractions, scores and reports go.")
    ] = Path("eval-results"),
    model: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Model; several are set side by side.")
    ] = None,
    prompt: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Prompt; several are set side by side.")
    ] = None,
    replay: Annotated[
        bool, typer.Option("--replay", help="Play the suite's recordings instead of a model.")
    ] = False,
    base_url: Annotated[
        str | None, typer.Option(metavar="URL", help="An OpenAI-compatible server.")
    ] = None,
    texts: Texts = None,
    split: Split = None,
    case: Only = None,
    output_format: Form = ResultFormat.TABLE,
    seed: Seed = 0,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
) -> None:
    """Extract the articles of a suite and score them.

    With several models or prompts, one table says which is better, by how much, and for how much.
    """
    from summarise.evaluation.predictions import PREDICTIONS, Predictions

    found = _suite(suite, texts)
    chosen = {"split": split, "only": tuple(case) if case else None}
    settings = {"replay": replay, "base_url": base_url}
    models: list[str | None] = list(model) if model else [None]
    prompts: list[str | None] = list(prompt) if prompt else [None]
    variants = list(dict.fromkeys(product(models, prompts)))
    folders = [out] if len(variants) == 1 else [out / name for name in _folders(variants)]
    results = [
        _run(found, folder, quiet, model=one, prompt=other, **chosen, **settings)
        for folder, (one, other) in zip(folders, variants, strict=True)
    ]
    if len(results) == 1:
        _finish(found, results[0], output_format, seed, out, Predictions(out / PREDICTIONS))
    else:
        set_side_by_side(results, out, output_format, seed)
    failed = [case for result in results for case in result.cases() if case.status == "failed"]
    for one in failed:
        write_error(f"{one.id}: {one.why}")
    raise typer.Exit(FOUND if failed else 0)


def _run(suite: Suite, out: Path, quiet: bool, **settings: Any) -> Scores:
    import anyio

    from summarise.evaluation.run import run as run_suite
    from summarise.tasks import single

    status = Status(quiet)

    async def work() -> Scores:
        return await run_suite(suite, out, on_progress=status.show, **settings)

    try:
        return anyio.run(work)
    except BaseExceptionGroup as group:
        raise single(group) from None
    finally:
        status.clear()


def _folders(variants: Iterable[tuple[str | None, str | None]]) -> list[str]:
    """A folder's name for each variant, numbered where two would share one."""
    names: list[str] = []
    for variant in variants:
        slug = _slug(*variant)
        taken = sum(name == slug or name.startswith(f"{slug}-") for name in names)
        names.append(f"{slug}-{taken + 1}" if slug in names else slug)
    return names


def _slug(*names: str | None) -> str:
    """A folder's name for a variant, made of letters that lead nowhere else."""
    parts = [safe_name(Path(name).name) for name in names if name]
    return "-".join(part for part in parts if part) or "default"


@app.command()
def score(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="A suite, or a folder of gold.")],
    predicted: Annotated[
        Path, typer.Argument(metavar="PRED", help="A folder of <case>.json with claims.")
    ],
    texts: Texts = None,
    split: Split = None,
    case: Only = None,
    out: Out = None,
    output_format: Form = ResultFormat.TABLE,
    seed: Seed = 0,
) -> None:
    """Score anyone's claims against gold."""
    from tempfile import TemporaryDirectory

    from summarise.evaluation.predictions import Predictions, save

    found = _suite(gold, texts)
    only = tuple(case) if case else None
    with TemporaryDirectory() as scratch:
        predictions = Predictions(predicted)
        scores = save(found, predictions, out or Path(scratch), split, only)
        _finish(found, scores, output_format, seed, out, predictions)


@app.command()
def compare(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="Scores, or a folder with them.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Scores, or a folder with them.")],
    metric: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Metric to test; give it again.")
    ] = None,
    output_format: Form = ResultFormat.TABLE,
    seed: Seed = 0,
) -> None:
    """Set two results over the same articles side by side: what differs, and how surely."""
    from summarise.evaluation import compare as comparing
    from summarise.evaluation import report
    from summarise.evaluation.metrics import TESTED
    from summarise.evaluation.store import Scores

    metrics = comparing.known_metrics(metric) if metric else TESTED
    comparison = comparing.compare(Scores(old), Scores(new), metrics=metrics, seed=seed)
    match output_format:
        case ResultFormat.JSON:
            write_out(comparison.model_dump_json(indent=2) + "\n")
        case ResultFormat.MARKDOWN:
            write_out(report.comparison_markdown(comparison))
        case ResultFormat.TABLE:
            write_rich(report.comparison_table(comparison))


@app.command()
def gate(
    result: Annotated[Path, typer.Argument(metavar="RESULT", help="Scores, or their folder.")],
    suite: SuiteOption = None,
    baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Scores to hold it against.")
    ] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Make this result the baseline.")
    ] = False,
    output_format: Form = ResultFormat.TABLE,
    texts: Texts = None,
    out: Out = None,
    seed: Seed = 0,
) -> None:
    """Pass or fail a result by the thresholds and the baseline of its suite.

    The exit code is 1 where it fails, 2 where it cannot be judged.
    """
    from summarise.evaluation import gate as gating
    from summarise.evaluation.predictions import PREDICTIONS, Predictions
    from summarise.evaluation.store import Scores

    found = _suite(suite, texts)
    scores = Scores(result)
    if scores.signature.suite != found.name:
        raise InputError(
            f"{str(result)!r} holds scores of the suite {scores.signature.suite!r}, not of "
            f"{found.name!r}: name its suite with --suite"
        )
    wanted = baseline or found.gate.baseline
    if accept:
        _accept(scores, wanted)
        return
    verdict = gating.gate(scores, found.gate, _baseline(wanted, named=baseline), seed=seed)
    outcome = Outcome.of(scores, verdict=verdict, estimates=verdict.estimates)
    show(outcome, output_format)
    if out is not None:
        write_reports(outcome, out)
        folder = scores.path.parent / PREDICTIONS
        if folder.is_dir() and found.texts is not None:  # else there is nothing to show on a page
            write_page(outcome, out, found, Predictions(folder))
    raise typer.Exit(0 if verdict.passed else FOUND)


def _baseline(wanted: Path | None, named: Path | None) -> Scores | None:
    """The baseline; a suite's own may not be there yet, which is said."""
    from summarise.evaluation.store import Scores

    if wanted is None or (named is None and not wanted.exists()):
        sys.stderr.write("no baseline: only floors and ceilings are held; --accept makes one\n")
        return None
    return Scores(wanted)


def _accept(scores: Scores, wanted: Path | None) -> None:
    from summarise.evaluation.store import write_scores

    if wanted is None:
        raise InputError(
            "--accept needs to know the baseline: name its file with --baseline, or set "
            "'baseline' under [gate] in suite.toml"
        )
    write_scores(wanted, scores.signature, scores.cases())
    write_out(f"{wanted} is now the baseline: {scores.signature}\n")


# ------------------------------------------------------------------------------------ shared


def _suite(path: Path | None, texts: Path | None) -> Suite:
    from summarise.evaluation.suite import SUITE_FILE, load_suite

    if path is None:
        path = next((place for place in SUITES if (place / SUITE_FILE).is_file()), None)
    if path is None:
        raise InputError(
            f"no suite was named, and there is no {SUITE_FILE!r} in "
            f"{', '.join(repr(str(place)) for place in SUITES)}: name its folder"
        )
    return load_suite(path, texts)


def _finish(
    suite: Suite,
    scores: Scores,
    output_format: ResultFormat,
    seed: int,
    out: Path | None,
    predictions: Predictions,
) -> None:
    """Show a result, and write it in every form where `out` is given."""
    outcome = Outcome.of(scores, seed)
    show(outcome, output_format)
    if out is not None:
        write_reports(outcome, out)
        write_page(outcome, out, suite, predictions)
