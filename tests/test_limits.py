"""Bounds on calls: how many at once, how many a minute, how long, what they cost."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from functools import partial
from typing import Any

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.calls import MOST_WAITS, Call, Calls
from summarise.completions import Completion
from summarise.errors import ModelError, SpendLimitError
from summarise.limits import Limits, PerMinute, Spend, Throttle, deadline
from summarise.pauses import Pauses, asked_to_wait, length, until_refilled
from summarise.profiles import profile_for
from summarise.retries import Failed

NOON = datetime(2025, 3, 4, 12, 0, 0, tzinfo=UTC)
MINI = profile_for("gpt-5.4-mini")
COUNTS = {"input_tokens": 100, "output_tokens": 10, "cached_tokens": 0}
GOOD = Completion(text="{}", counts=COUNTS)


# What servers say about waiting


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": " 0.5 "}, 0.5),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"retry-after": "Tue, 04 Mar 2025 12:00:30 GMT"}, 30.0),
        ({"retry-after": "Tue, 04 Mar 2025 13:00:30 +0100"}, 30.0),
        ({"retry-after": "Tue, 04 Mar 2025 11:59:00 GMT"}, 0.0),
        ({"retry-after": "Tuesday, 04-Mar-25 12:00:05 GMT"}, 5.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-3"}, None),
        ({"retry-after": "1e9"}, None),
        ({"retry-after": "Tue, 99 Mar 2025 12:00:30 GMT"}, None),
        ({"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "6m0s"}, 30.0),
        ({"x-ratelimit-remaining-tokens": "5", "x-ratelimit-reset-tokens": "6m0s"}, None),
        (
            {
                "x-ratelimit-remaining-requests": "0",
                "x-ratelimit-reset-requests": "20ms",
                "x-ratelimit-remaining-tokens": "0",
                "x-ratelimit-reset-tokens": "1.5s",
            },
            1.5,
        ),
        ({"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "?"}, None),
    ],
)
def test_how_long_a_server_asks_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    assert asked_to_wait(headers, NOON) == seconds


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        *[("1s", 1.0), ("1h2m3s", 3723.0), ("20ms", 0.02), ("1d", 86400.0)],
        *[("", None), ("1x", None), ("s", None), ("1s later", None), ("12", None)],
    ],
)
def test_lengths(text: str, seconds: float | None) -> None:
    assert length(text) == seconds


@given(said=st.text(max_size=40))
def test_whatever_is_said_is_no_exception(said: str) -> None:
    wait = asked_to_wait({"retry-after": said, "retry-after-ms": said})
    assert wait is None or wait >= 0
    assert until_refilled({"x-ratelimit-remaining-tokens": said}) is None


# Pauses


@given(seed=st.integers(0, 2**32), tries=st.integers(1, 500))
def test_a_pause_is_a_random_part_of_a_doubled_bound(seed: int, tries: int) -> None:
    pauses, again = (Pauses(0.5, 30, seed) for _ in range(2))
    found = pauses.after(tries)
    assert 0 <= found <= min(0.5 * 2 ** (tries - 1), 30)
    assert again.after(tries) == found


def test_pauses_differ() -> None:
    pauses = Pauses(0.5, 30, 7)
    assert len({pauses.after(3) for _ in range(50)}) == 50


def test_what_is_played_is_never_waited_for() -> None:
    pauses = Pauses(0.5, 30, still=True)
    pauses.hold(60)
    assert (pauses.after(9), pauses.left) == (0.0, 0.0)


def test_the_longest_hold_counts() -> None:
    pauses = Pauses(0.5, 30)
    pauses.hold(60)
    pauses.hold(0.1)
    assert 59 < pauses.left < 61


# How many at once


def test_the_calls_in_flight_follow_what_the_server_takes() -> None:
    throttle = Throttle(8)
    began = time.monotonic()
    for _ in range(8):  # a round turned away together counts once
        throttle.turned_away(began)
    assert throttle.now == 4
    throttle.turned_away(time.monotonic())
    assert throttle.now == 2
    for _ in range(2):
        throttle.went_well()
    assert throttle.now == 2
    throttle.went_well()
    assert throttle.now == 3
    for _ in range(100):
        throttle.went_well()
    assert throttle.now == 8
    for _ in range(9):
        throttle.turned_away(time.monotonic())
    assert throttle.now == 1


@given(events=st.lists(st.booleans(), max_size=80), most=st.integers(1, 70))
def test_there_is_always_room_for_one_and_never_for_more_than_most(
    events: list[bool], most: int
) -> None:
    throttle = Throttle(most)
    for good in events:
        throttle.went_well() if good else throttle.turned_away(time.monotonic())
        assert 1 <= throttle.now <= most


# How many a minute


@given(
    asked=st.lists(st.tuples(st.integers(1, 60), st.floats(0, 30)), max_size=60),
    limit=st.integers(1, 100),
)
def test_no_window_of_a_minute_holds_more_than_the_budget(
    asked: list[tuple[int, float]], limit: int
) -> None:
    now = 0.0
    budget = PerMinute(limit, clock=lambda: now)
    taken: list[tuple[float, int]] = []
    for amount, idle in asked:
        now += idle
        for _ in range(100):
            wait = budget.wait(amount)
            if not wait:
                break
            now += wait
        budget.take(amount)
        taken.append((now, amount))
    for when, _ in taken:
        window = [amount for start, amount in taken if when <= start < when + 59.9]
        assert sum(window) <= limit or len(window) == 1


def test_what_it_was_in_the_end_counts() -> None:
    now = 0.0
    budget = PerMinute(100, clock=lambda: now)
    taken = budget.take(90)
    assert budget.wait(20) == 60.0
    budget.correct(taken, 30)
    assert budget.wait(20) == 0.0
    now = 61.0
    budget.correct(taken, 1000)
    assert budget.wait(100) == 0.0


# What it may cost


def spend(calls: int, **limits: Any) -> Spend:
    """After so many calls of 400 characters, 100 tokens asked and 10 answered."""
    spent = Spend(MINI, **limits)
    for _ in range(calls):
        spent.add(400, COUNTS)
    return spent


@pytest.mark.parametrize(
    ("calls", "limits", "allowed"),
    [
        (0, {}, True),
        (1000, {}, True),
        (0, {"tokens_limit": 200}, True),
        (0, {"tokens_limit": 199}, False),  # 100 asked for 400 characters, as many answered
        (9, {"tokens_limit": 1100}, True),
        (10, {"tokens_limit": 1209}, False),
        (10, {"dollars_limit": 11 * 0.000120}, True),
        (10, {"dollars_limit": 10 * 0.000120}, False),
    ],
)
def test_a_call_over_the_limit_is_not_made(
    calls: int, limits: dict[str, Any], allowed: bool
) -> None:
    spent = spend(calls, **limits)
    if allowed:
        anyio.run(spent.allow, 400)
    else:
        with pytest.raises(SpendLimitError, match="leaves no room for another call"):
            anyio.run(spent.allow, 400)


def test_the_error_tells_what_was_spent_and_how_to_go_on() -> None:
    spent = spend(10, dollars_limit=0.001, tokens_limit=5000)
    spent.add(400, None)
    with pytest.raises(SpendLimitError) as caught:
        anyio.run(spent.allow, 400)
    assert str(caught.value) == (
        "the spend limit of $0.001 or 5,000 tokens leaves no room for another call: spent were "
        "$0.0012 for 1,000 input and 100 output tokens in 11 calls; 1 tries told no usage. What is "
        "done is kept; raise the limit and run again to go on"
    )


def test_a_try_that_told_no_usage_counts_as_the_mean_of_the_others() -> None:
    spent = spend(1, tokens_limit=330)
    anyio.run(spent.allow, 400)
    spent.add(400, None)
    anyio.run(spent.allow, 400)
    spent.add(400, None)
    with pytest.raises(SpendLimitError):
        anyio.run(spent.allow, 400)


def test_no_limit_in_dollars_without_a_price() -> None:
    with pytest.raises(ModelError, match=r"price of 'llama3' is unknown.*limit in tokens"):
        Spend(profile_for("llama3"), dollars_limit=1.0)


@pytest.mark.parametrize(
    "wrong",
    [{"timeout": 0}, {"dollars": -1.0}, {"concurrency": 0}, {"retries": -1}, {"call_seconds": 0}],
)
def test_a_limit_is_above_zero(wrong: dict[str, Any]) -> None:
    with pytest.raises(ModelError, match="but a limit is above 0; leave it out"):
        Limits(**wrong)


# All of it together

Sent = Completion | Failed


def calls(limits: Limits, concurrency: int = 4) -> tuple[Calls, Spend]:
    spent = Spend(MINI, limits.dollars, limits.tokens)
    return Calls(limits, concurrency, Pauses(0.001, 0.01, 7), spent), spent


def made(limits: Limits, *sent: Sent, **left: float) -> tuple[Sent, Call]:
    """What becomes of a call whose tries end in `sent`, the last one again and again."""
    answers = list(sent)

    async def send() -> Sent:
        return answers.pop(0) if len(answers) > 1 else answers[0]

    async def run() -> Sent:
        with deadline(left.get("article")):
            return await calls(limits)[0].make(call, send)

    call = Call(400)
    return anyio.run(run), call


AWAY = Failed("429", "too many", again=True, wait=0.0, overloaded=True)
BROKEN = Failed("500", "broken", again=True)
LOST = Failed("connection", "lost", again=True, reached=True)


@pytest.mark.parametrize(
    ("sent", "tries", "unmetered", "kind"),
    [
        ([GOOD], 1, 0, ""),
        ([BROKEN, GOOD], 2, 0, ""),
        ([LOST, LOST, GOOD], 3, 2, ""),
        ([Completion(text="{}")], 1, 1, ""),
        ([BROKEN], 4, 0, "500"),
        ([Failed("400", "wrong")], 1, 0, "400"),
        ([AWAY] * 10 + [GOOD], 11, 0, ""),
        ([AWAY] * 10 + [BROKEN] * 3 + [GOOD], 14, 0, ""),
        ([AWAY], MOST_WAITS + 1, 0, "429"),
    ],
)
def test_tries(sent: list[Sent], tries: int, unmetered: int, kind: str) -> None:
    got, call = made(Limits(), *sent)
    assert (call.tries, call.unmetered) == (tries, unmetered)
    assert getattr(got, "kind", "") == kind


@pytest.mark.parametrize(
    ("limits", "article", "why"),
    [
        (Limits(timeout=0.05), None, "no answer within 0.05 s"),
        (Limits(call_seconds=0.05), None, "no answer within 0.05 s"),
        (Limits(), 0.05, "the 0.05 s for the whole article are over"),
    ],
)
def test_whatever_takes_too_long_is_an_error(
    limits: Limits, article: float | None, why: str
) -> None:
    async def run() -> Sent:
        made, spent = calls(limits)
        with deadline(article):
            got = await made.make(call, partial(anyio.sleep, 30))  # type: ignore[arg-type]
        assert (spent.unmetered, call.unmetered) == (1, 1)
        return got

    call = Call(400)
    got = anyio.run(run)
    assert isinstance(got, Failed)
    assert got.why == why


def test_a_pause_that_no_call_can_wait_for_ends_the_run() -> None:
    away = Failed("429", "too many today", again=True, wait=7200, overloaded=True)
    with pytest.raises(ModelError, match=r"takes no calls for 7,200 s \(too many today\); what is"):
        made(Limits(), away)


def test_nothing_is_sent_once_the_article_has_no_time_left() -> None:
    async def run() -> Sent:
        with deadline(1e-9):
            await anyio.sleep(0.01)
            return await calls(Limits())[0].make(call, send)

    async def send() -> Sent:
        await anyio.sleep(0.01)
        return GOOD

    call = Call(400)
    assert isinstance(anyio.run(run), Failed)


async def side_by_side(number: int, one: Callable[[], Coroutine[Any, Any, None]]) -> None:
    async with anyio.create_task_group() as tasks:
        for _ in range(number):
            tasks.start_soon(one)


def test_one_that_is_turned_away_holds_up_all() -> None:
    began: list[float] = []
    answers: list[Sent] = [Failed("429", "too many", again=True, wait=0.2, overloaded=True)]

    async def send() -> Sent:
        began.append(time.monotonic())
        return answers.pop() if answers else GOOD

    async def run() -> None:
        bounded, _ = calls(Limits(), concurrency=1)

        async def one() -> None:
            await bounded.make(Call(400), send)

        await side_by_side(4, one)

    anyio.run(run)
    assert len(began) == 5
    assert min(later - began[0] for later in began[1:]) >= 0.2


def test_the_budget_of_a_minute_holds_for_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = 0

    async def send() -> Sent:
        nonlocal sent
        sent += 1
        return GOOD

    async def run(limits: Limits) -> None:
        bounded, _ = calls(limits)

        async def one() -> None:
            await bounded.make(Call(400), send)

        with anyio.move_on_after(0.3):
            await side_by_side(9, one)

    anyio.run(run, Limits(requests_per_minute=3))
    assert sent == 3
    sent = 0
    anyio.run(run, Limits(tokens_per_minute=450))  # 200 are expected of the first, 110 it takes
    assert 2 <= sent <= 4


def test_a_spend_limit_lets_calls_under_way_end() -> None:
    ended = 0

    async def send() -> Sent:
        nonlocal ended
        await anyio.sleep(0.05)
        ended += 1
        return GOOD

    async def run() -> Spend:
        bounded, spent = calls(Limits(tokens=900), concurrency=4)

        async def one() -> None:
            await bounded.make(Call(400), send)

        await side_by_side(30, one)
        return spent

    with pytest.raises(BaseExceptionGroup) as caught:
        anyio.run(run)
    ours, others = caught.value.split(SpendLimitError)
    assert (ours is not None, others) == (True, None)
    assert 7 <= ended <= 8  # 110 tokens each
