"""Whether two claims may be told of one thing at two times: foretold and done, set anew, undone."""

from __future__ import annotations

from datetime import date

from summarise.reconciliation.question import Question
from summarise.reconciliation.senses import REVERSING, opposed, sense

_LONG = 14
"""Days from which on a period is more than the event of a day."""


def follows(a: Question, b: Question) -> bool:
    """Whether the predicates tell opposite states."""
    table = opposed()
    return any(not table.get(said, _NONE).isdisjoint(b.said) for said in a.said)


_NONE: frozenset[str] = frozenset()


def other_time(a: Question, b: Question) -> str | None:
    if a.start is None and b.start is None and a.weekday and b.weekday and a.weekday != b.weekday:
        return f"another day: {a.weekday.title()}, {b.weekday.title()}"
    if (_before(a, b) or _before(b, a)) and not _is_one_course(a, b):
        return f"another {'day' if _days(a) == _days(b) == 1 else 'time'}: {_when(a)}, {_when(b)}"
    if a.start is None or b.start is None or a.bounds is None or b.bounds is None:
        return None
    short, long = sorted((_days(a), _days(b)))
    if short == 1 and long >= _LONG:
        return f"one day against a longer time: {_when(a)}, {_when(b)}"
    return None


def _is_reset(a: Question, b: Question) -> bool:
    """Whether both tell of a day to come, the later told as another than was set."""
    if not (a.traits.prospect and b.traits.prospect) or None in (a.told, b.told):
        return False
    later = a if (a.told or 0) > (b.told or 0) else b
    return a.told != b.told and later.traits.moved


def _is_one_course(a: Question, b: Question) -> bool:
    """Whether two days may be told of one thing: set anew, foretold, or undone."""
    return _is_reset(a, b) or _foretold(a, b) or (a.told != b.told and follows(a, b))


def _foretold(a: Question, b: Question) -> bool:
    """Whether the first in time only looked ahead to the second: "threatened to leave"."""
    first, then = (a, b) if _before(a, b) else (b, a)
    return first.traits.prospect and not then.traits.prospect and _is_same_deed(first, then)


def _before(a: Question, b: Question) -> bool:
    return a.end is not None and b.start is not None and a.end < b.start


def _days(question: Question) -> int:
    """How many days the period lasts; 0 where it is open."""
    if question.start is None or question.end is None:
        return 0
    return question.end - question.start + 1


def _when(question: Question) -> str:
    start, end = (
        date.fromordinal(day).isoformat() if day else "…" for day in (question.start, question.end)
    )
    return start if start == end else f"{start} to {end}"


def ahead_of(a: Question, b: Question) -> str | None:
    """Whether one looks ahead and the other does not, and it cannot have come about since."""
    if a.traits.prospect == b.traits.prospect:
        return None
    before, after = (a, b) if a.traits.prospect else (b, a)
    later = before.told is not None and after.told is not None and before.told < after.told
    if later and _is_same_deed(before, after):
        return None
    return "what may come against what is or was"


def _is_same_deed(ahead: Question, done: Question) -> bool:
    """Whether the deed that heads a claim is just what another looks ahead to."""
    if not done.said or ahead.traits.unit != done.traits.unit:
        return False
    undone = not done.said.isdisjoint(REVERSING) and ahead.said <= done.senses
    if undone or follows(ahead, done):
        return True
    if not ahead.senses.isdisjoint(_LOOKING):
        return done.said <= ahead.senses
    return done.said == (ahead.said or ahead.senses & done.said)


_LOOKING = frozenset(
    map(
        sense,
        """expected due planned scheduled likely set threaten vow pledge promise consider intend
        want""".split(),
    )
)
"""What heads the predicate of a claim that looks ahead and is not what it looks ahead to."""
