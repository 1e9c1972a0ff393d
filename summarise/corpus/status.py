"""What a store holds: articles by state, tokens, cost, failures by kind."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field

from summarise.corpus.store import Store
from summarise.profiles import Profile, profile_for

STATES = ("waiting", "running", "done", "failed", "duplicate")

ARTICLES = """
SELECT a.ordinal, a.label, o.label AS original, a.similarity,
  CASE WHEN a.duplicate_of IS NOT NULL THEN 'duplicate' ELSE coalesce(w.state, 'failed') END
    AS state,
  coalesce(w.kind, a.kind) AS kind, coalesce(w.reason, a.reason) AS reason,
  w.extraction, w.attempts, w.calls, w.input_tokens, w.output_tokens, w.cached_tokens, w.unmetered,
  s.model, s.prompt, s.prompt_sha256, s.version
FROM articles a
JOIN settings s ON s.id = a.setting
LEFT JOIN articles o ON o.ordinal = a.duplicate_of
LEFT JOIN work w ON a.duplicate_of IS NULL AND w.content = a.content AND w.setting = a.setting
"""
"""Each article with its state; one without content is a failure to read."""


@dataclass
class Status:
    """Counts of a store. `cost` is in US dollars, None where a price is unknown."""

    states: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    unmetered: int = 0
    cost: float | None = 0.0

    @property
    def articles(self) -> int:
        """All of them."""
        return self.states.total()

    @property
    def open(self) -> int:
        """How many are neither done nor failed."""
        return self.states["waiting"] + self.states["running"]


def status_of(store: Store) -> Status:
    """The counts as they are now; what was paid under earlier settings is part of them."""
    status = Status()
    counted = (
        "SELECT state, CASE state WHEN 'failed' THEN kind END AS kind, count(*) AS articles "  # noqa: S608
        f"FROM ({ARTICLES}) GROUP BY 1, 2"
    )
    for row in store.rows(counted):
        status.states[row["state"]] += row["articles"]
        if row["kind"] is not None:
            status.failures[row["kind"]] += row["articles"]
    spent = (
        "SELECT s.model, batched AND batched = calls, sum(calls), sum(input_tokens), "
        "sum(output_tokens), sum(cached_tokens), sum(unmetered) "
        "FROM work JOIN settings s ON s.id = setting GROUP BY 1, 2"
    )
    for model, batched, *counts in store.rows(spent):
        profile = profile_for(model)
        _add(status, profile.batched() if batched else profile, *counts)
    return status


def _add(status: Status, profile: Profile, *counts: int) -> None:
    calls, read, written, cached, unmetered = counts
    status.calls += calls
    status.unmetered += unmetered
    status.input_tokens += read
    status.output_tokens += written
    status.cached_tokens += cached
    cost = profile.cost(read, written, cached)
    status.cost = None if cost is None or status.cost is None else status.cost + cost


def told(status: Status) -> str:
    """The counts in words, a line each for states, failures and what was spent."""
    states = " · ".join(f"{status.states[name]:,} {name}" for name in STATES if status.states[name])
    lines = [f"{status.articles:,} articles: {states or 'none'}"]
    if status.failures:
        kinds = " · ".join(f"{count:,} {kind}" for kind, count in status.failures.most_common())
        lines.append(f"failed: {kinds}")
    cached = f" ({status.cached_tokens:,} cached)" if status.cached_tokens else ""
    cost = "" if not status.cost else f" · ${status.cost:,.4f}"
    if status.unmetered:
        cost += f" · {status.unmetered:,} tries of unknown tokens"
    lines.append(
        f"{status.calls:,} calls · {status.input_tokens:,} input tokens{cached} · "
        f"{status.output_tokens:,} output tokens{cost}"
    )
    return "".join(f"{line}\n" for line in lines)


def told_as_json(status: Status) -> str:
    """The counts as one JSON object."""
    states = {name: status.states[name] for name in STATES}
    return json.dumps({"articles": status.articles, **vars(status), "states": states}) + "\n"
