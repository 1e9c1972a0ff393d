"""verify: what it accepts and what it flags, a row a phenomenon."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import sys
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarise.claim_files import load_claims
from summarise.errors import RecordError
from summarise.records import MARKUP, Article, Claim, Figure, Period, Span
from summarise.verify import Verifier, verify

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("SUMMARISE_SHARED", ROOT.parent / "shared"))

TEXT = """Gas leak shuts Korvan mine

The Federal Mine Inspectorate (FMI) closed the Korvan mine in Norland on Monday after a gas leak \
killed 17 miners and injured more than 40 others.
"The alarms did not sound until the shift was over," said Helena Marsh, the chief inspector. She \
said the owner, Brant Coal, may lose its licence.
Brant Coal confirmed that its safety manager, Tomas Rehn, had left the company. Rehn has never \
commented on the leak. Output at the mine rose by 12 percent last year, according to the \
statistics office.
The mine opened in 1974 and employs five thousand people. Union leader Ivo Lasek expects talks \
with Brant Coal in June.
"""
OUTSIDE = "\nSubscribe to our newsletter: 99 offers."


def article(text: str = TEXT + OUTSIDE, main: int = len(TEXT), **fields: Any) -> Article:
    return Article(
        id="mine",
        published=date(2023, 5, 17),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        main_text=((0, main),),
        **{"raw": text, "view": text} | fields,
    )


def span(quote: str, text: str = TEXT) -> Span:
    start = text.index(quote)
    return Span(start=start, end=start + len(quote), quote=quote)


def claim(text: str, quote: str, **fields: Any) -> Claim:
    return Claim(id="c01", text=text, evidence=(span(quote),), **fields)


KILLED = "a gas leak killed 17 miners"
CLOSED = "The Federal Mine Inspectorate (FMI) closed the Korvan mine in Norland on Monday"
ALARMS = "The alarms did not sound until the shift was over"
LICENCE = "She said the owner, Brant Coal, may lose its licence"
LEFT = "its safety manager, Tomas Rehn, had left the company"
CONFIRMED = f"Brant Coal confirmed that {LEFT}"
SILENT = "Rehn has never commented on the leak"
OUTPUT = "Output at the mine rose by 12 percent last year, according to the statistics office"
OPENED = "The mine opened in 1974 and employs five thousand people"
TALKS = "Union leader Ivo Lasek expects talks with Brant Coal in June"
MONDAY = Period(surface="on Monday", start=date(2023, 5, 15), end=date(2023, 5, 15))


@pytest.mark.parametrize(
    "good",
    [
        claim("A gas leak killed 17 miners at the Korvan mine.", KILLED),
        claim("A gas leak at the Korvan mine killed seventeen miners.", KILLED),
        claim(
            "The Federal Mine Inspectorate closed the Korvan mine on Monday, May 15, 2023.",
            CLOSED,
            time=MONDAY,
        ),
        claim("The FMI closed the Korvan mine in May 2023.", CLOSED),
        claim("The alarms did not sound.", ALARMS, source="Helena Marsh", polarity="negative"),
        claim(
            "Brant Coal may lose its licence.",
            LICENCE,
            source="Helena Marsh",
            certainty="possible",
        ),
        claim("Tomas Rehn has left Brant Coal.", CONFIRMED, source="Brant Coal"),
        claim("Tomas Rehn never commented on the leak.", SILENT, polarity="negative"),
        claim(
            "Output at the Korvan mine rose by 12 percent in 2022.",
            OUTPUT,
            source="statistics office",
            quantities=(Figure(surface="12 percent", low=12, high=12, unit="percent"),),
        ),
        claim("The Korvan mine employs 5,000 people.", OPENED),
        claim(
            "Talks with Brant Coal will be held in June 2023.",
            TALKS,
            source="Ivo Lasek",
            certainty="probable",
        ),
    ],
    ids=lambda good: good.text,
)
def test_honest_claims_are_supported(good: Claim) -> None:
    checked = verify(good, article())
    assert checked.reasons == ()
    assert checked.verdict == "supported"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (claim("A gas leak killed 71 miners.", KILLED), "figure '71' is not in"),
        (claim("A gas leak killed nineteen miners.", KILLED), "the evidence has '17'"),
        (
            claim("Fewer than 40 others were injured.", "injured more than 40 others"),
            "turns the bound",
        ),
        (
            claim(
                "A gas leak killed 17 miners.",
                KILLED,
                quantities=(Figure(surface="17", low=18, high=18, unit="miners"),),
            ),
            "quantity '17' is given as 18",
        ),
        (claim("The FMI closed the Korvan mine on May 16, 2023.", CLOSED), "May 16"),
        (claim("The FMI closed the Korvan mine on Friday.", CLOSED), "weekday 'Friday'"),
        (claim("The mine opened in 1979.", OPENED), "year '1979'"),
        (
            claim(
                "The FMI closed the Korvan mine on Monday.",
                CLOSED,
                time=MONDAY.model_copy(update={"start": date(2023, 5, 8)}),
            ),
            "period 'on Monday'",
        ),
        (
            claim("Tuesday, May 15, 2023, was when the FMI closed the mine.", CLOSED),
            "weekday 'Tuesday'",
        ),
        (claim("The Dune Bank closed the Korvan mine.", CLOSED), "not in the article"),
        (claim("Ivo Lasek, its safety manager, had left the company.", LEFT), "'Ivo Lasek'"),
        (claim("The alarms did sound.", ALARMS, source="Helena Marsh"), "affirms what"),
        (
            claim("A gas leak has not killed 17 miners.", KILLED, polarity="negative"),
            "denies what the evidence affirms",
        ),
        (
            claim("A gas leak killed 17 miners.", KILLED, polarity="negative"),
            "polarity 'negative'",
        ),
        (
            claim("Output at the mine fell by 12 percent.", OUTPUT, source="statistics office"),
            "says 'fell' where the evidence says 'rose'",
        ),
        (
            claim("Brant Coal will lose its licence.", LICENCE, source="Helena Marsh"),
            "certainty 'certain'",
        ),
        (
            claim("A gas leak killed 17 miners.", KILLED, certainty="possible"),
            "certainty 'possible'",
        ),
        (claim("Tomas Rehn has left Brant Coal.", CONFIRMED), "attributes this to 'Brant Coal'"),
        (claim("The alarms did not sound.", ALARMS, source="Ivo Lasek"), "source 'Ivo Lasek'"),
        (claim("The mine opened in 1974.", OPENED, source="Jan Novy"), "is not in the article"),
        (
            claim("The mine opened in 1974.", OPENED, via=("Daily Post",)),
            "via 'Daily Post' is not in the article",
        ),
        (
            claim("Several parrots enjoy colourful tropical fruit.", OPENED),
            "no word in common",
        ),
    ],
    ids=lambda value: value.text if isinstance(value, Claim) else "",
)
def test_faults_are_flagged_with_a_reason(bad: Claim, reason: str) -> None:
    checked = verify(bad, article())
    assert checked.verdict == "unsupported"
    assert reason in "; ".join(checked.reasons)


QUAY = """Union rejects Marlow Quays offer

Dockers at Marlow voted on Monday to strike over a new roster. "This is an insult," union \
secretary Greta Olsen told reporters in Dunford. "Nobody can live on it. We earned 24 crowns an \
hour last year and we earn 25 crowns now."
Marlow Quays, the firm that runs the port, insisted that its offer was fair. It doubts that the \
strike will last. The firm puts the loss at 3 million crowns, according to a trade group, \
Harbour Watch, and lent money to Pell Bank and Orr Bank over the past three days.
Mayor Ivo Brandt resigned in August and said that talks had failed. The port sent \
Norlandian crews home. Two Ostranian crews stayed. Olsen denied having met Brandt, but did not \
say why.
"""


def quay(text: str, quote: str, **fields: Any) -> Claim:
    made = Claim(id="q", text=text, evidence=(span(quote, QUAY),), **fields)
    return verify(made, article(QUAY, len(QUAY)))


OFFER = "insisted that its offer was fair"
MONEY = "lent money to Pell Bank and Orr Bank over the past three days"
WAGES = "We earned 24 crowns an hour last year and we earn 25 crowns now"
NOBODY = "Nobody can live on it"


@pytest.mark.parametrize(
    ("text", "quote", "fields"),
    [
        ("Nobody can live on it.", NOBODY, {"source": "Greta Olsen", "polarity": "negative"}),
        ("The offer was fair.", OFFER, {"source": "Marlow Quays"}),
        (
            "The strike will not last.",
            "It doubts that the strike will last",
            {"source": "Marlow Quays", "polarity": "negative", "certainty": "probable"},
        ),
        ("Talks had failed.", "said that talks had failed", {"source": "Ivo Brandt"}),
        ("Ivo Brandt resigned in August.", "Mayor Ivo Brandt resigned in August", {}),
        ("Marlow Quays lent money to Orr Bank.", MONEY, {}),
        (
            "Greta Olsen did not say why.",
            "Olsen denied having met Brandt, but did not say why",
            {"polarity": "negative"},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_speech_that_goes_on_and_names_left_out(
    text: str, quote: str, fields: dict[str, Any]
) -> None:
    assert quay(text, quote, **fields).reasons == ()


@pytest.mark.parametrize(
    ("text", "quote", "fields", "reason"),
    [
        ("Nobody can live on it.", NOBODY, {"polarity": "negative"}, "source is null"),
        ("The offer was fair.", OFFER, {"source": "Greta Olsen"}, "is not whom"),
        (
            "The strike will not last.",
            "It doubts that the strike will last",
            {"source": "Greta Olsen", "polarity": "negative", "certainty": "probable"},
            "is not whom",
        ),
        ("Talks had failed.", "said that talks had failed", {}, "source is null"),
        (
            "Nobody can not live on it.",
            NOBODY,
            {"source": "Greta Olsen", "polarity": "negative"},
            "denies what the evidence affirms",
        ),
        (
            "Greta Olsen had met Ivo Brandt.",
            "Olsen denied having met Brandt",
            {"source": "Greta Olsen"},
            "affirms what the evidence denies",
        ),
        ("Marlow Quays lent money over the past five days.", MONEY, {}, "'five'"),
        (
            "Dockers earned 24 crowns an hour and earn 24 crowns now.",
            WAGES,
            {"source": "Greta Olsen"},
            "stands once",
        ),
        (
            "Dockers earned 24 crowns an hour.",
            WAGES,
            {"source": "Greta Olsen", "quantities": (Figure(surface="25", low=25, high=25),)},
            "is not in the claim",
        ),
        (
            "The port sent Ostranian crews home.",
            "The port sent Norlandian crews home",
            {},
            "'Ostranian'",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_wrong_speakers_counts_and_nested_negations(
    text: str, quote: str, fields: dict[str, Any], reason: str
) -> None:
    assert reason in "; ".join(quay(text, quote, **fields).reasons)


def test_evidence_is_missing() -> None:
    checked = verify(Claim(id="c01", text="The mine opened in 1974."), article())
    assert checked.reasons == ("the claim has no evidence",)


def test_a_misplaced_quote_is_told_where_it_stands() -> None:
    moved = Span(start=0, end=len(OPENED), quote=OPENED)
    (reason,) = verify(
        Claim(id="c01", text="The mine opened in 1974.", evidence=(moved,)), article()
    ).reasons
    start = TEXT.index(OPENED)
    assert f"it stands at {start}-{start + len(OPENED)}" in reason


def test_an_invented_quote_stands_nowhere() -> None:
    invented = Span(start=0, end=8, quote="No leak.")
    (reason,) = verify(Claim(id="c01", text="No leak.", evidence=(invented,)), article()).reasons
    assert "the article has 'Gas leak' there, and the quote nowhere" in reason


def test_evidence_outside_the_main_text() -> None:
    quote = "99 offers"
    outside = Claim(id="c01", text="There are 99 offers.", evidence=(span(quote, TEXT + OUTSIDE),))
    assert any("outside the main text" in reason for reason in verify(outside, article()).reasons)


def test_html_is_read_through_its_view() -> None:
    raw = "<p>A leak <b>kill</b>ed 17 miners in Norland.</p>"
    view = raw
    for tag in ("<p>", "</p>"):
        view = view.replace(tag, " " * len(tag))
    for tag in ("<b>", "</b>"):
        view = view.replace(tag, MARKUP * len(tag))
    page = article(raw, len(raw), view=view)
    quote = "A leak <b>kill</b>ed 17 miners"
    good = Claim(id="c01", text="A leak killed 17 miners.", evidence=(span(quote, raw),))
    assert verify(good, page).verdict == "supported"
    bad = good.model_copy(update={"text": "A leak killed 19 miners."})
    assert verify(bad, page).verdict == "unsupported"


def test_a_verifier_gives_the_same_verdict_twice() -> None:
    verifier = Verifier(article())
    good = claim("The mine opened in 1974.", OPENED)
    assert verifier.check(good) == verifier.check(good) == verify(good, article())


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120), st.text(max_size=120), st.integers(0, 60), st.integers(0, 60))
def test_any_claim_of_any_text_gets_a_verdict(body: str, said: str, start: int, end: int) -> None:
    evidence = Span(start=start, end=end, quote=body[start:end])
    checked = verify(Claim(id="x", text=said, evidence=(evidence,)), article(body, len(body)))
    assert (checked.verdict == "supported") == (not checked.reasons)
    if not body[start:end].strip():
        assert checked.verdict == "unsupported"


CLAIM = {"id": "c7", "text": "P.", "evidence": [{"start": 0, "end": 1, "quote": "P", "by": "me"}]}


@pytest.mark.parametrize(
    "data",
    [[CLAIM], {"claims": [CLAIM]}, {"article": {}, "claims": [CLAIM | {"note": 1, "time": None}]}],
)
def test_claims_are_read_from_each_form(data: object, tmp_path: Path) -> None:
    path = tmp_path / "claims.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    (read,) = load_claims(path)
    assert (read.id, read.text, read.evidence[0].quote) == ("c7", "P.", "P")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "is not JSON"),
        ('{"facts": []}', "fields ['facts']"),
        ("3", "found int"),
        ("[3]", "claim number 1"),
        ('[{"id": "c9"}]', "claim 'c9', field 'text'"),
        ('[{"id": "c9", "text": "P", "certainty": "sure"}]', "field 'certainty'"),
        ('[{"text": "P", "evidence": [{"start": -1, "end": 2, "quote": ""}]}]', "evidence.0.start"),
    ],
)
def test_a_malformed_file_is_named_with_claim_and_field(
    content: str, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "claims.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        load_claims(path)
    assert message in str(caught.value)
    assert "claims.json" in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"none\.json"):
        load_claims(tmp_path / "none.json")


def mutations() -> ModuleType:
    """`evals/mutations.py`, which is a script and in no package."""
    spec = importlib.util.spec_from_file_location("mutations", ROOT / "evals" / "mutations.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["mutations"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not (SHARED / "gold" / "dev").is_dir(), reason="the labelled set is not here")
def test_mutants_of_labelled_claims() -> None:
    module = mutations()
    only = {"deirezzor-1", "deirezzor-3", "stock-1", "apple-1", "aleppo-2"}
    measured = module.measure(module.read_gold(SHARED / "gold" / "dev", only))
    floors = {"figure": 0.98, "date": 0.97, "negation": 0.96, "source": 0.93, "name": 0.78}
    rates = {kind: measured.rate(kind) for kind in floors}
    assert {kind for kind, rate in rates.items() if rate < floors[kind]} == set()
    assert measured.rate("gold") <= 0.05
