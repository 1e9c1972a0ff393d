"""Figures: bounds, approximation, unit and surface, and the numbers that are none."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.language.figures import find_figures

SHARED = Path(os.environ.get("SUMMARISE_SHARED", Path(__file__).parents[1].parent / "shared"))


def read(text: str) -> list[tuple[str, float | None, float | None, bool]]:
    figures = [found.figure for found in find_figures(text)]
    return [(f.surface, f.low, f.high, f.approx) for f in figures]


def only(text: str) -> tuple[str, float | None, float | None, bool]:
    figures = read(text)
    assert len(figures) == 1, figures
    return figures[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The quake killed 214 villagers.", ("214", 214, 214, False)),
        ("The levy raised 1,450 objections.", ("1,450", 1450, 1450, False)),
        ("The index shut at 7,310.55 points.", ("7,310.55 points", 7310.55, 7310.55, False)),
        ("Nineteen divers were rescued.", ("Nineteen", 19, 19, False)),
        ("They freed thirty-two hostages.", ("thirty-two", 32, 32, False)),
        ("It took one hundred and forty votes.", ("one hundred and forty", 140, 140, False)),
        ("Two thousand five hundred seats sold.", ("Two thousand five hundred", 2500, 2500, False)),
        ("It cost Rs 5 crore.", ("Rs 5 crore", 50000000, 50000000, False)),
        ("It ran for a year and a half.", ("a year and a half", 1.5, 1.5, False)),
        ("One trawler sank.", ("One", 1, 1, False)),
        ("One of the two guards fled.", ("One", 1, 1, False)),
        ("He owns 6 thousand goats.", ("6 thousand", 6000, 6000, False)),
        ("It weighs 3½ tonnes.", ("3½ tonnes", 3.5, 3.5, False)),
        ("It weighs 2 1/2 tonnes.", ("2 1/2 tonnes", 2.5, 2.5, False)),
        ("A dozen ferries sank.", ("A dozen", 12, 12, False)),
        ("Two dozen ferries sank.", ("Two dozen", 24, 24, False)),
        ("Half a million voters stayed away.", ("Half a million", 500000, 500000, False)),
        (
            "Two and a half million voters stayed away.",
            ("Two and a half million", 2500000, 2500000, False),
        ),
    ],
)
def test_exact(text: str, expected: tuple[str, float, float, bool]) -> None:
    assert only(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Over 4,200 barns burned.", ("Over 4,200", 4200, None, False)),
        ("More than 35 barns burned.", ("More than 35", 35, None, False)),
        ("At least 9 barns burned.", ("At least 9", 9, None, False)),
        ("Losses surpassed 650 barns.", ("surpassed 650", 650, None, False)),
        ("Barns exceeding 650 in number burned.", ("exceeding 650", 650, None, False)),
        ("No fewer than 650 barns burned.", ("No fewer than 650", 650, None, False)),
        ("Some lost 650 or more barns.", ("650 or more", 650, None, False)),
        ("A crowd of 650-plus came.", ("650-plus", 650, None, False)),
        ("A crowd of 650+ came.", ("650+", 650, None, False)),
        ("Up to 80 barns burned.", ("Up to 80", None, 80, False)),
        ("Fewer than 80 barns burned.", ("Fewer than 80", None, 80, False)),
        ("As many as 80 barns burned.", ("As many as 80", None, 80, False)),
        ("It lasts under 80 minutes.", ("under 80 minutes", None, 80, False)),
        ("Bids of 80 dollars or less lost.", ("80 dollars or less", None, 80, False)),
        ("About 80 barns burned.", ("About 80", 80, 80, True)),
        ("Nearly 80 barns burned.", ("Nearly 80", 80, 80, True)),
        ("Some 20000 barns burned.", ("Some 20000", 20000, 20000, True)),
        ("The toll is closer to 80.", ("closer to 80", 80, 80, True)),
        ("Up to around 80 barns burned.", ("Up to around 80", None, 80, True)),
        ("At least another 30 barns burned.", ("At least another 30", 30, None, False)),
        ("It may cost a record €80m.", ("€80m", 80_000_000, 80_000_000, False)),
        ("The strike went on for over a year.", ("over a year", 1, None, False)),
        ("Ex-mayor arrested over £40m bridge fraud", ("£40m", 4e7, 4e7, False)),
        ("The town is short of 40 nurses.", ("40", 40, 40, False)),
        ("It fell just short of 40 tonnes.", ("just short of 40 tonnes", None, 40, False)),
    ],
)
def test_bounds(text: str, expected: tuple[str, float | None, float | None, bool]) -> None:
    assert only(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It needs 40 to 60 pumps.", ("40 to 60", 40, 60, False)),
        ("It needs between 40 and 60 pumps.", ("between 40 and 60", 40, 60, False)),
        ("It needs 40-60 pumps.", ("40-60", 40, 60, False)),
        ("Rents rose 3–5 percent.", ("3–5 percent", 3, 5, False)),
        ("Roughly 4,000 to 6,000 pumps failed.", ("Roughly 4,000 to 6,000", 4000, 6000, True)),
        ("It will cost $2 billion to $3 billion.", ("$2 billion to $3 billion", 2e9, 3e9, False)),
        ("It will cost $20 to $30 million.", ("$20 to $30 million", 2e7, 3e7, False)),
        ("He planted 3 to 4 thousand pines.", ("3 to 4 thousand", 3000, 4000, False)),
    ],
)
def test_ranges(text: str, expected: tuple[str, float, float, bool]) -> None:
    assert only(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It hurt scores more.", ("scores", 40, 99, True)),
        ("Scores were injured.", ("Scores", 40, 99, True)),
        ("Hundreds fled.", ("Hundreds", 200, 999, True)),
        ("Several hundred gulls fled.", ("Several hundred", 200, 999, True)),
        ("The dead number in the dozens.", ("in the dozens", 24, 99, True)),
        ("Thousands of gulls fled.", ("Thousands", 2000, 9999, True)),
        ("Tens of thousands of gulls fled.", ("Tens of thousands", 20000, 99999, True)),
        ("Hundreds of thousands of gulls fled.", ("Hundreds of thousands", 200000, 999999, True)),
        ("Millions of gulls fled.", ("Millions", 2000000, 9999999, True)),
        ("The feud ran for decades.", ("decades", 20, 99, True)),
    ],
)
def test_vague_counts(text: str, expected: tuple[str, float, float, bool]) -> None:
    assert only(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sales fell by a fifth in May.", ("a fifth", 0.2, 0.2, False)),
        ("Half of the herd died.", ("Half", 0.5, 0.5, False)),
        ("About half the herd died.", ("About half", 0.5, 0.5, True)),
        ("Nearly a third of the herd died.", ("Nearly a third", 0.333, 0.333, True)),
        ("Two-thirds of the herd died.", ("Two-thirds", 0.667, 0.667, False)),
        ("A quarter of the herd died.", ("A quarter", 0.25, 0.25, False)),
        (
            "More than three quarters of the herd died.",
            ("More than three quarters", 0.75, None, False),
        ),
        ("One in five calves died.", ("One in five", 0.2, 0.2, False)),
        ("Nine out of ten calves lived.", ("Nine out of ten", 0.9, 0.9, False)),
        ("It fell a tenth of a percent.", ("a tenth of a percent", 0.1, 0.1, False)),
        ("He was fined twice.", ("twice", 2, 2, False)),
        ("Sales saw a tenfold rise.", ("tenfold", 10, 10, False)),
    ],
)  # fmt: skip
def test_shares_and_multiples(text: str, expected: tuple[str, float, float, bool]) -> None:
    assert only(text) == expected


@pytest.mark.parametrize(
    ("text", "surface", "value", "unit"),
    [
        ("It paid US$14 billion.", "US$14 billion", 14_000_000_000, "US dollars"),
        ("The board approved a $10bn plan.", "$10bn", 10_000_000_000, "dollars"),
        ("A $6.1bn deal was struck.", "$6.1bn", 6_100_000_000, "dollars"),
        ("It cost A$5m.", "A$5m", 5_000_000, "Australian dollars"),
        ("It sent 4m doses.", "4m", 4_000_000, "doses"),
        ("She won the 100m hurdles.", "100m", 100, "m"),
        ("It was a 10-day siege.", "10-day", 10, "days"),
        ("It paid $31.5 million.", "$31.5 million", 31_500_000, "dollars"),
        ("It paid £4.2bn.", "£4.2bn", 4_200_000_000, "pounds"),
        ("It paid €3m.", "€3m", 3_000_000, "euros"),
        ("It paid US $129.", "US $129", 129, "US dollars"),
        ("It paid 14 billion dollars.", "14 billion dollars", 14_000_000_000, "dollars"),
        ("It paid 1.2 trillion yen.", "1.2 trillion yen", 1_200_000_000_000, "yen"),
        ("It paid 80 cents.", "80 cents", 80, "cents"),
        ("It paid USD10m.", "USD10m", 10_000_000, "US dollars"),
        ("Diesel costs $3.20 a gallon.", "$3.20", 3.2, "dollars per gallon"),
        ("Rates are 15.5%.", "15.5%", 15.5, "percent"),
        ("Rates are nine percent.", "nine percent", 9, "percent"),
        ("Rates are 4 per cent.", "4 per cent", 4, "percent"),
        ("Rates rose 2 percentage points.", "2 percentage points", 2, "percentage points"),
        ("Maria Ortega, 49, resigned.", "49", 49, "years"),
        ("A 35-year-old drowned.", "35-year-old", 35, "years of age"),
        ("She taught there for 25 years.", "25 years", 25, "years"),
        ("The peso hit a twelve-year low.", "twelve-year", 12, "years"),
        ("It shot down 6 grey drones over sea.", "6", 6, "grey drones"),
        ("The plant runs at -40 degrees Celsius.", "-40 degrees Celsius", -40, "degrees Celsius"),
    ],
)
def test_units(text: str, surface: str, value: float, unit: str) -> None:
    [found] = find_figures(text)
    assert found.figure.surface == surface
    assert (found.figure.low, found.figure.high) == (value, value)
    assert found.figure.unit == unit


def test_a_whole_amount_is_an_int() -> None:
    [found] = find_figures("It paid $26.5 million.")
    assert isinstance(found.figure.low, int)


@pytest.mark.parametrize(
    "text",
    [
        "The vote is on December 18.",
        "The vote was held on 6 June 2016.",
        "The pact was signed in 1991.",
        "The 1991 agreement holds.",
        "Trade opened at 0800 UTC.",
        "Police came at 5 p.m. and left.",
        "She bought an iPhone 4 there.",
        "A Boeing 737 landed.",
        "It fired 240mm rockets.",
        "Flight MH370 vanished.",
        "The S&P 500 slid.",
        "Shares on the FTSE 100 and the CAC 40 slid.",
        "The 8th Regiment left.",
        "The G7 met over COVID-19.",
        "Under Article 5 they act.",
        "A lorry blocked Highway 101.",
        "They met at No. 10 today.",
        "It ships with version 10.4 of the system.",
        "Call +44 20 7946 0958 now.",
        "See https://example.org/2024/05/12 for more.",
        "1. Wash the car",
        "It was one of the best.",
        "No one came.",
        "One key aim is peace.",
        "Both sides agreed.",
        "A single ship came.",
        "He came third, in the second half.",
        "It rained over the past three days.",
        "She left three days ago.",
        "Talks between the two firms failed.",
        "The Five Eyes met and left.",
        "Profit fell in the third quarter.",
        "They arrested several rebels.",
    ],
)
def test_no_figure(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("They won 3-1 at home.", [3, 1]),
        ("It lost 54.15 points, or 4%, to 1299.59.", [54.15, 4, 1299.59]),
        ("It rose from $55 billion to $110 billion.", [55e9, 110e9]),
        ("Two men and one woman were shot.", [2, 1]),
        ("More than 2000 people and 12 dogs fled.", [2000, 12]),
        ("The worst blaze in the last 100 years killed 17.", [100, 17]),
        ("In 2019 it sold 2019 houses.", [2019]),
        ("A two-factor login stopped 40 thieves.", [40]),
        ("It cost 9bn crowns over five years.", [9e9, 5]),
        ("Storm Kills 47 Sailors in Northern Bay", [47]),
        ("It rose 9 per cent to $84.", [9, 84]),
    ],
)
def test_several(text: str, values: list[float]) -> None:
    assert [low if low is not None else high for _, low, high, _ in read(text)] == values


@given(
    st.text(
        alphabet=st.sampled_from(list("0123456789 ,.-–$€%½abcmnost/'’\nThreedozn")), max_size=80
    )
)
def test_surfaces_are_verbatim_and_apart(text: str) -> None:
    end = 0
    for found in find_figures(text):
        assert text[found.start : found.end] == found.figure.surface != ""
        assert found.start >= end
        end = found.end
        low, high = found.figure.low, found.figure.high
        assert low is not None or high is not None


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    for found in find_figures(text):
        assert text[found.start : found.end] == found.figure.surface


@pytest.mark.parametrize("template", ["About {} boats sank.", "{} boats sank.", "They counted {}."])
@given(number=st.integers(min_value=2, max_value=10**9))
def test_grouped_digits_keep_their_value(template: str, number: int) -> None:
    [found] = find_figures(
        template.format(f"{number:,}" if number > 9999 else str(10 + number % 900))
    )
    assert found.figure.low == (number if number > 9999 else 10 + number % 900)


@pytest.mark.skipif(not (SHARED / "gold" / "dev").is_dir(), reason="no shared gold labels")
def test_gold_quantities_are_found_in_their_claims() -> None:
    hits = predicted = gold = 0
    for path in sorted((SHARED / "gold" / "dev").glob("*.json")):
        for claim in json.loads(path.read_text(encoding="utf-8"))["claims"]:
            left = [(low, high) for _, low, high, _ in read(claim["text"])]
            gold, predicted = gold + len(claim["quantities"]), predicted + len(left)
            for quantity in claim["quantities"]:
                if (quantity["low"], quantity["high"]) in left:
                    left.remove((quantity["low"], quantity["high"]))
                    hits += 1
    assert hits / gold >= 0.93
    assert hits / predicted >= 0.93
