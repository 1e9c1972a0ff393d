"""Articles side by side: how many at a time, in which order told of, what a lost model leaves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import anyio
import pytest

from summarise.errors import InputError, ModelError, SummariseError
from summarise.records import Article
from summarise.tasks import in_order, single

Job = tuple[str, Article | SummariseError]
UNREADABLE = InputError("cannot be read")
LOST = ModelError("the key is refused")


def article(name: str) -> Article:
    return Article(id=name, sha256="", main_text=())


def jobs(names: str) -> Iterator[Job]:
    """A job a letter; an "x" cannot be read."""
    return ((name, UNREADABLE if name == "x" else article(name)) for name in names)


class Model:
    """Serves each article in its turn (of `turns`; those without one at once)."""

    def __init__(self, turns: str = "", lost_at: str = "", crash_at: str = "") -> None:
        self.order: list[str] = []
        self.most = 0
        self._turns, self._lost_at, self._crash_at = turns, lost_at, crash_at
        self._in_flight = 0

    async def serve(self, one: Article) -> str | SummariseError:
        self._in_flight += 1
        self.most = max(self.most, self._in_flight)
        try:
            await anyio.sleep(0.02 * self._turns.find(one.id) if one.id in self._turns else 0)
        finally:
            self._in_flight -= 1
        self.order.append(one.id)
        if one.id == self._lost_at:
            raise LOST
        if one.id == self._crash_at:
            raise ZeroDivisionError(one.id)
        return UNREADABLE if one.id == "u" else one.id.upper()


def served(names: str, model: Model, at_once: int) -> list[tuple[str, str | SummariseError]]:
    told: list[tuple[str, str | SummariseError]] = []
    run(names, model, at_once, told)
    return told


def run(
    names: str, model: Model, at_once: int, told: list[tuple[str, str | SummariseError]]
) -> None:
    def on_result(source: str, result: str | SummariseError) -> None:
        told.append((source, result))

    async def serve() -> None:
        await in_order(jobs(names), model.serve, at_once, on_result)

    anyio.run(serve)


@pytest.mark.parametrize(
    ("names", "turns", "at_once", "order", "most"),
    [
        ("abc", "", 1, "abc", 1),
        ("abc", "cba", 1, "abc", 1),
        ("abc", "cba", 3, "cba", 3),
        ("abcd", "bacd", 2, "bacd", 2),
        ("axbxu", "ubxa", 4, "uba", 3),
        ("xx", "", 2, "", 0),
        ("", "", 2, "", 0),
    ],
)
def test_results_are_told_of_in_the_order_given(
    names: str, turns: str, at_once: int, order: str, most: int
) -> None:
    model = Model(turns)
    results: Mapping[str, str | SummariseError] = {"x": UNREADABLE, "u": UNREADABLE}
    told = served(names, model, at_once)
    assert told == [(name, results.get(name, name.upper())) for name in names]
    assert ("".join(model.order), model.most) == (order, most)


def test_each_result_is_told_of_as_soon_as_those_before_it_are() -> None:
    when: list[str] = []
    model = Model("bac")

    async def serve(one: Article) -> str | SummariseError:
        result = await model.serve(one)
        when.append(f"{one.id} done")
        return result

    async def run() -> None:
        await in_order(jobs("abc"), serve, 2, lambda source, _: when.append(f"{source} told"))

    anyio.run(run)
    assert when == ["b done", "a done", "a told", "b told", "c done", "c told"]


@pytest.mark.parametrize(
    ("turns", "lost_at", "at_once", "told"),
    [
        ("", "b", 1, [("a", "A")]),
        ("", "a", 1, []),
        ("bcad", "c", 3, [("a", LOST), ("b", "B")]),
        ("bcad", "d", 4, [("a", "A"), ("b", "B"), ("c", "C")]),
        ("dbac", "a", 4, [("a", LOST), ("b", "B"), ("c", LOST), ("d", "D")]),
    ],
)
def test_what_is_done_when_the_model_is_lost_is_told_of(
    turns: str, lost_at: str, at_once: int, told: list[tuple[str, str | SummariseError]]
) -> None:
    model = Model(turns, lost_at)
    results: list[tuple[str, str | SummariseError]] = []
    with pytest.raises(ModelError) as raised:
        run("abcd", model, at_once, results)
    assert raised.value is LOST
    assert results == told


def test_bug_in_one_article_ends_the_run_as_itself() -> None:
    results: list[tuple[str, str | SummariseError]] = []
    with pytest.raises(ZeroDivisionError):
        run("abc", Model("cba", crash_at="b"), 3, results)
    assert results == []


def test_error_of_the_one_who_is_told_is_raised_as_itself() -> None:
    def refuse(_source: str, _result: str | SummariseError) -> None:
        raise BrokenPipeError

    async def run() -> None:
        await in_order(jobs("ab"), Model().serve, 2, refuse)

    with pytest.raises(BrokenPipeError):
        anyio.run(run)


@pytest.mark.parametrize(
    ("errors", "kind"),
    [
        ([ValueError("a"), LOST], ModelError),
        ([ValueError("a"), KeyError("b")], ValueError),
        ([ExceptionGroup("inner", [KeyError("b")])], KeyError),
        ([ExceptionGroup("inner", [KeyError("b"), LOST]), ValueError("a")], ModelError),
    ],
)
def test_error_of_ours_is_named_before_any_other(
    errors: list[Exception], kind: type[Exception]
) -> None:
    assert type(single(ExceptionGroup("tasks", errors))) is kind
