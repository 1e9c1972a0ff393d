"""What every test stands on: no network, no key from the environment, one invented extraction."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from datetime import date
from ipaddress import ip_address
from typing import Any

import pytest
from hypothesis import settings

from summarise.records import (
    Article,
    Claim,
    Extraction,
    Figure,
    LedgerLine,
    Period,
    Run,
    Span,
)

# A first import can take longer than any deadline; CI draws the same examples each time.
settings.register_profile("project", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("project")

ENVIRONMENT = ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL", "SUMMARISE_DEBUG", "COLUMNS")

RAW = (
    "Ferry runs [red]again\n\n"
    "The <script>alert(1)</script> ferry carried more than 3,000 people on Monday, "
    "Ada Brook told Harbour Radio.\n"
)


def pytest_configure(config: pytest.Config) -> None:
    """No test sees the settings of whoever runs it, but those that ask for a live model."""
    if not _live(config):
        for name in ENVIRONMENT:
            os.environ.pop(name, None)


@pytest.fixture(scope="session", autouse=True)
def _no_network(request: pytest.FixtureRequest) -> Iterator[None]:
    """A connection that would leave the machine fails at once, and says that it is the guard."""
    if _live(request.config):
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        yield


def _live(config: pytest.Config) -> bool:
    return bool(config.getoption("markexpr", "") == "live")


def _guarded(connect: Any) -> Any:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
            raise OSError(f"the tests are offline: no connection to {address[0]!r}")
        return connect(self, address)

    return guarded


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def span(quote: str) -> Span:
    """The first place of `quote` in RAW."""
    start = RAW.index(quote)
    return Span(start=start, end=start + len(quote), quote=quote)


@pytest.fixture
def article() -> Article:
    return Article(
        id="ferry",
        title="Ferry runs [red]again",
        outlet="Harbour Radio",
        published=date(2025, 3, 4),
        sha256="0" * 64,
        main_text=((0, len(RAW)),),
        raw=RAW,
        view=RAW,
    )


@pytest.fixture
def extraction(article: Article) -> Extraction:
    """Two claims: one with every field filled, one unsupported; an escape in the first's text."""
    return Extraction(
        article=article,
        claims=(
            Claim(
                id="c01",
                text="The ferry carried more than 3,000 people\x1b[31m on <b>Monday</b>.",
                evidence=(span("carried more than 3,000 people on Monday"),),
                source="Ada Brook",
                via=("Harbour Radio",),
                certainty="probable",
                polarity="negative",
                time=Period(surface="on Monday", start=date(2025, 3, 3), end=date(2025, 3, 3)),
                quantities=(Figure(surface="more than 3,000", low=3000, unit="people"),),
                verdict="supported",
            ),
            Claim(
                id="c02",
                text="The ferry runs 90 percent of the time.",
                evidence=(span("Ferry runs [red]again"),),
                verdict="unsupported",
                reasons=("figure '90 percent' is not in the evidence",),
            ),
        ),
        ledger=(LedgerLine(where=(0, 3), what="dropped", why="a question"),) * 2,
        run=Run(
            model="invented-model",
            prompt="extract.v1",
            prompt_sha256="0" * 64,
            calls=3,
            input_tokens=1234,
            output_tokens=99,
            cached_tokens=1000,
            seconds=1.25,
        ),
    )
