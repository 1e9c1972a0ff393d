"""The shipped recordings: what the embedded model answered for articles of the project's suite."""

from __future__ import annotations

from datetime import date
from json import loads
from pathlib import Path

import pytest

from summarise import Extraction, extract
from summarise.segment import segment

ROOT = Path(__file__).parents[1]
SUITE = ROOT / "evals" / "suite"
CASES = ("ferry-2", "football-1", "harbour-strike-1", "reef-1")
"""Some of each kind of page: `pytest evals` plays the recordings of all."""
RECORDINGS = [ROOT / "cassettes" / "suite" / f"{name}.yaml" for name in CASES]
META = loads((SUITE / "meta.json").read_text(encoding="utf-8"))


def replayed(recording: Path) -> Extraction:
    [article] = (SUITE / "texts").glob(f"{recording.stem}.*")
    known = META[recording.stem]
    return extract(
        article,
        replay=recording,
        published=date.fromisoformat(known["published"]),
        outlet=known["outlet"],
    )


def test_recordings_are_shipped() -> None:
    assert all(recording.is_file() for recording in RECORDINGS)


@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda path: path.stem)
def test_a_recording_gives_the_claims_of_its_article(recording: Path) -> None:
    done = replayed(recording)

    assert done.run.replayed
    assert done.run.calls > 0
    assert done.run.output_tokens > 0
    assert len(done.claims) >= 15
    assert sum(claim.verdict == "supported" for claim in done.claims) >= 0.85 * len(done.claims)


@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda path: path.stem)
def test_evidence_is_verbatim_and_no_sentence_vanishes(recording: Path) -> None:
    done = replayed(recording)
    raw = done.article.raw
    spans = [span for claim in done.claims for span in claim.evidence]

    assert all(raw[span.start : span.end] == span.quote for span in spans)
    accounted = [(s.start, s.end) for s in spans] + [e.where for e in done.ledger if e.where]
    for sentence in segment(done.article):
        assert any(start < sentence.end and sentence.start < end for start, end in accounted)


@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda path: path.stem)
def test_the_same_article_asks_for_the_same(recording: Path) -> None:
    assert replayed(recording).claims == replayed(recording).claims
