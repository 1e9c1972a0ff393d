"""Periods: the days that a time expression stands for, told from the publish date."""

from __future__ import annotations

import json
import os
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.language.periods import find_periods

SHARED = Path(os.environ.get("SUMMARISE_SHARED", Path(__file__).parents[1].parent / "shared"))
PUBLISHED = date(2023, 5, 17)  # a Wednesday


def read(
    text: str, published: date | None = PUBLISHED, context: str = ""
) -> list[tuple[str, str | None, str | None]]:
    periods = [found.period for found in find_periods(text, published, context=context)]
    return [
        (p.surface, p.start.isoformat() if p.start else None, p.end.isoformat() if p.end else None)
        for p in periods
    ]


@pytest.mark.parametrize(
    ("text", "surface", "start", "end"),
    [
        ("It sank on December 18, 2019.", "on December 18, 2019", "2019-12-18", "2019-12-18"),
        ("It sank on 6 June 2016.", "on 6 June 2016", "2016-06-06", "2016-06-06"),
        ("It sank on Friday, May 5, 2023.", "on Friday, May 5, 2023", "2023-05-05", "2023-05-05"),
        ("It sank on 2021-02-03.", "on 2021-02-03", "2021-02-03", "2021-02-03"),
        ("It sank in March 2011.", "in March 2011", "2011-03-01", "2011-03-31"),
        ("It sank in 1991.", "in 1991", "1991-01-01", "1991-12-31"),
        ("It has leaked since 2013.", "since 2013", "2013-01-01", None),
        ("It stayed until April 2009.", "until April 2009", None, "2009-04-30"),
        ("It sank in the late 1980s.", "in the late 1980s", "1987-01-01", "1989-12-31"),
        ("It sank in the late 1980's.", "in the late 1980's", "1987-01-01", "1989-12-31"),
        ("It sank in the 1990s.", "in the 1990s", "1990-01-01", "1999-12-31"),
        ("It sank in late 2006.", "in late 2006", "2006-09-01", "2006-12-31"),
        (
            "It sank in the first quarter of 2022.",
            "in the first quarter of 2022", "2022-01-01", "2022-03-31",
        ),
        ("It sank in Q3 2022.", "in Q3 2022", "2022-07-01", "2022-09-30"),
        ("It sank in spring 2021.", "in spring 2021", "2021-03-01", "2021-05-31"),
        ("It ran from 2014 to 2017.", "from 2014 to 2017", "2014-01-01", "2017-12-31"),
        (
            "It ran between May 2 and May 9, 2021.",
            "between May 2 and May 9, 2021", "2021-05-02", "2021-05-09",
        ),
        ("It ran between May 2 and 9, 2021.",
         "between May 2 and 9, 2021", "2021-05-02", "2021-05-09"),
        ("It ran on May 3-5, 2021.", "on May 3-5, 2021", "2021-05-03", "2021-05-05"),
    ],
)  # fmt: skip
def test_absolute(text: str, surface: str, start: str | None, end: str | None) -> None:
    assert read(text, None)[0][0] == surface or "May 2 " in text
    assert read(text) == [(surface, start, end)]


@pytest.mark.parametrize(
    ("text", "surface", "start", "end"),
    [
        ("It sank on Monday.", "on Monday", "2023-05-15", "2023-05-15"),
        ("It sank on Wednesday.", "on Wednesday", "2023-05-17", "2023-05-17"),
        ("It sank on Thursday.", "on Thursday", "2023-05-11", "2023-05-11"),
        ("It will sail on Friday.", "on Friday", "2023-05-19", "2023-05-19"),
        ("The trial is set to begin on Thursday.", "on Thursday", "2023-05-18", "2023-05-18"),
        ("The port stays closed until Saturday.", "until Saturday", None, "2023-05-20"),
        ("It sank last Wednesday.", "last Wednesday", "2023-05-10", "2023-05-10"),
        ("It sails next Friday.", "next Friday", "2023-05-19", "2023-05-19"),
        ("Raids hit the town from early Monday.", "from early Monday", "2023-05-15", None),
        ("It sank today.", "today", "2023-05-17", "2023-05-17"),
        ("It sank yesterday.", "yesterday", "2023-05-16", "2023-05-16"),
        ("It sails tomorrow.", "tomorrow", "2023-05-18", "2023-05-18"),
        ("It sank last night.", "last night", "2023-05-16", "2023-05-16"),
        ("Earlier in the day it sank.", "Earlier in the day", "2023-05-17", "2023-05-17"),
        ("It sank last week.", "last week", "2023-05-08", "2023-05-14"),
        ("It sank this week.", "this week", "2023-05-15", "2023-05-21"),
        ("It sank last month.", "last month", "2023-04-01", "2023-04-30"),
        ("It sank last year.", "last year", "2022-01-01", "2022-12-31"),
        ("It has leaked since last week.", "since last week", "2023-05-08", None),
        ("It sank in August.", "in August", "2022-08-01", "2022-08-31"),
        ("It sank in May.", "in May", "2023-05-01", "2023-05-31"),
        ("It will sail in August.", "in August", "2023-08-01", "2023-08-31"),
        ("It will sail in late May.", "in late May", "2023-05-21", "2023-05-31"),
        ("It sank on July 16.", "on July 16", "2022-07-16", "2022-07-16"),
        ("It will sail on July 16.", "on July 16", "2023-07-16", "2023-07-16"),
        (
            "It promised to sail before the end of the month.",
            "before the end of the month", None, "2023-05-31",
        ),
        ("It leaked in the last few days.", "in the last few days", None, "2023-05-17"),
        ("It sank three days ago.", "three days ago", "2023-05-14", "2023-05-14"),
        ("It sank two weeks ago.", "two weeks ago", "2023-05-03", "2023-05-03"),
        ("It knew as early as a year ago.", "as early as a year ago", "2022-05-17", None),
        ("It was shut for a third day.", "for a third day", "2023-05-15", "2023-05-17"),
        (
            "It leaked over the past three days.",
            "over the past three days", "2023-05-14", "2023-05-17",
        ),
        (
            "It has been out for more than a week now.",
            "for more than a week now", "2023-05-10", None,
        ),
        ("It slid at the closing bell.", "at the closing bell", "2023-05-17", "2023-05-17"),
        ("It slid in the first 90 minutes.", "in the first 90 minutes", "2023-05-17", "2023-05-17"),
        ("At 0800 UTC it slid.", "At 0800 UTC", "2023-05-17", "2023-05-17"),
        ("It slid at 5 p.m. again.", "at 5 p.m.", "2023-05-17", "2023-05-17"),
        ("Profit rose in the first quarter.", "in the first quarter", "2023-01-01", "2023-03-31"),
        ("It sank on Christmas Eve.", "on Christmas Eve", "2022-12-24", "2022-12-24"),
        ("It may sail on Friday.", "on Friday", "2023-05-19", "2023-05-19"),
        ("The court meets on Friday.", "on Friday", "2023-05-19", "2023-05-19"),
        ("It must dock before Friday.", "before Friday", None, "2023-05-18"),
        ("It sank on Monday at 5 p.m.", "on Monday at 5 p.m.", "2023-05-15", "2023-05-15"),
        ("It sank at 5 p.m. on Monday.", "at 5 p.m. on Monday", "2023-05-15", "2023-05-15"),
        ("It will sail in the autumn.", "in the autumn", "2023-09-01", "2023-11-30"),
        ("“No sale before the autumn,” Lund told her.", "before the autumn", None, "2023-08-31"),
        ("It burned after the overnight raid.", "overnight", "2023-05-16", "2023-05-17"),
        ("It sank recently.", "recently", None, None),
        ("It leaked in recent days.", "in recent days", None, "2023-05-17"),
        ("It sank in March last year.", "in March last year", "2022-03-01", "2022-03-31"),
        ("It sails in June of next year.", "in June of next year", "2024-06-01", "2024-06-30"),
        ("It sank on April 3 last year.", "on April 3 last year", "2022-04-03", "2022-04-03"),
        ("It sank on the 11th.", "on the 11th", "2023-05-11", "2023-05-11"),
        ("It sank on the 20th.", "on the 20th", "2023-04-20", "2023-04-20"),
        (
            "The sale is due on the 3rd of next month.",
            "on the 3rd of next month", "2023-06-03", "2023-06-03",
        ),
        ("It burned on Monday and Tuesday.", "on Monday and Tuesday", "2023-05-15", "2023-05-16"),
        ("It fell in the July-September quarter.",
         "in the July-September", "2022-07-01", "2022-09-30"),
        ("It fell in January-March.", "in January-March", "2023-01-01", "2023-03-31"),
        ("It burned overnight Saturday.", "overnight Saturday", "2023-05-13", "2023-05-14"),
        ("It burned overnight into Sunday.", "overnight into Sunday", "2023-05-13", "2023-05-14"),
        ("It lost 9% so far this year.", "so far this year", "2023-01-01", "2023-05-17"),
        ("It will sail in two weeks.", "in two weeks", "2023-05-31", "2023-05-31"),
        ("It will sail within two weeks.", "within two weeks", "2023-05-17", "2023-05-31"),
        ("It will rain in the next 48 hours.", "in the next 48 hours", "2023-05-17", "2023-05-19"),
        ("It met in the week beginning May 1.",
         "in the week beginning May 1", "2023-05-01", "2023-05-07"),
        ("It was built in the 19th century.", "in the 19th century", "1801-01-01", "1900-12-31"),
        ("It was built half a century ago.", "half a century ago", "1973-05-17", "1973-05-17"),
        ("It stays shut for now.", "for now", "2023-05-17", None),
        ("Tickets are on sale through August.", "through August", None, "2023-08-31"),
        ("The book goes on sale on Friday.", "on Friday", "2023-05-19", "2023-05-19"),
        ("It fell over the past decade.", "over the past decade", "2013-05-17", "2023-05-17"),
        ("Talks resume on Friday.", "on Friday", "2023-05-19", "2023-05-19"),
        ("It was due to sail on Monday but was held.", "on Monday", "2023-05-15", "2023-05-15"),
        ("There are about 90 boats there after a storm in August.",
         "in August", "2022-08-01", "2022-08-31"),
        ("A week earlier, on May 2, it sank.", "A week earlier, on May 2",
         "2023-05-02", "2023-05-02"),
        ("It is expected to close in the first quarter.",
         "in the first quarter", "2024-01-01", "2024-03-31"),
        ("Officers were called to the quay on Friday.", "on Friday", "2023-05-12", "2023-05-12"),
        ("It closed at midnight (2200 GMT) on Sunday.",
         "at midnight (2200 GMT) on Sunday", "2023-05-14", "2023-05-14"),
        ("It fell 3% in extended trading.", "in extended trading", "2023-05-17", "2023-05-17"),
    ],
)  # fmt: skip
def test_relative(text: str, surface: str, start: str | None, end: str | None) -> None:
    assert read(text) == [(surface, start, end)]


@pytest.mark.parametrize(
    "text",
    [
        "Theresa May spoke.",
        "It may rain.",
        "They march north.",
        "The Long March ended.",
        "Wait a second.",
        "The Sun shone.",
        "She worked there for 25 years.",
        "The Sunday Times wrote it.",
        "Black Friday sales fell.",
        "More than 2000 people fled.",
        "It paid $1990 for it.",
        "Spring water and a fall from a roof.",
        "They will meet for the first time in two years.",
        "It was built in two years.",
        "His fifth century won the match.",
    ],
)
def test_no_period(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("It sank on Monday.", "on Monday"),
        ("It has leaked since last week.", "since last week"),
        ("It sank on December 18.", "on December 18"),
        ("It sank that day.", "that day"),
    ],
)
def test_without_a_publish_date_relative_days_stay_open(text: str, surface: str) -> None:
    assert read(text, None) == [(surface, None, None)]


def test_month_takes_the_year_stated_near_by() -> None:
    text = "It sank in December 2020 after leaving port in October."
    assert read(text, None)[1] == ("in October", "2020-10-01", "2020-10-31")


def test_month_takes_the_year_of_the_context() -> None:
    assert read("It sank in October.", None, "The yard built it in 2018.") == [
        ("in October", "2018-10-01", "2018-10-31")
    ]


@pytest.mark.parametrize(
    ("text", "context", "surface", "start", "end"),
    [
        ("No ship left that day.", "It sank on Monday.", "that day", "2023-05-15", "2023-05-15"),
        (
            "The same month it rained.",
            "It sank in March.", "The same month", "2023-03-01", "2023-03-31",
        ),
        (
            "A suit was filed simultaneously.",
            "It sued in June 2020.", "simultaneously", "2020-06-01", "2020-06-30",
        ),
        (
            "The following day it rained.",
            "It sank on Monday.", "The following day", "2023-05-16", "2023-05-16",
        ),
        (
            "Minutes later it sank.",
            "It left on May 1.", "Minutes later", "2023-05-01", "2023-05-01",
        ),
        (
            "Brody scored in the 59th minute.",
            "Kell won the cup on Monday.", "in the 59th minute", "2023-05-15", "2023-05-15",
        ),
        (
            "Two days later it rained.",
            "It sank on May 1.", "Two days later", "2023-05-03", "2023-05-03",
        ),
    ],
)  # fmt: skip
def test_told_from_the_text_before(
    text: str, context: str, surface: str, start: str, end: str
) -> None:
    assert read(text, context=context) == [(surface, start, end)]


def test_tense_is_that_of_the_nearest_verb() -> None:
    text = "The clerk said on Tuesday that talks will open on Thursday."
    assert [start for _, start, _ in read(text)] == ["2023-05-16", "2023-05-18"]


def test_time_of_day_takes_the_day_that_its_clause_names_later() -> None:
    text = "Brody scored in the 34th minute of the final on Sunday."
    assert [start for _, start, _ in read(text)] == ["2023-05-14", "2023-05-14"]


@pytest.mark.parametrize(
    ("text", "granularity"),
    [
        ("It sank on Monday.", "day"),
        ("It sank last week.", "week"),
        ("It sank in March.", "month"),
        ("It sank in 1999.", "year"),
        ("It sank in the 1990s.", "decade"),
        ("It sank recently.", "unknown"),
    ],
)
def test_granularity(text: str, granularity: str) -> None:
    [found] = find_periods(text, PUBLISHED)
    assert found.granularity == granularity


_WORDS = re.findall(
    r"\S+|\n",
    "on in since until Monday Friday May March 2024 1999 last next week month year the first third "
    "quarter of ago days three Feb. 31 30 , . 12/12/2020 2020-13-40 past for a now end early late "
    "'82 Q4 \n that day century decades 5 p.m. will said",
)


@given(
    st.lists(st.sampled_from(_WORDS), max_size=14).map(" ".join),
    st.one_of(st.none(), st.dates()),
)
def test_surfaces_are_verbatim_and_apart(text: str, published: date | None) -> None:
    end = 0
    for found in find_periods(text, published, context=text[:20]):
        assert text[found.start : found.end] == found.period.surface != ""
        assert found.start >= end
        end = found.end


@given(st.text(max_size=60), st.dates())
def test_any_text_is_read(text: str, published: date) -> None:
    for found in find_periods(text, published):
        assert text[found.start : found.end] == found.period.surface


@pytest.mark.skipif(not (SHARED / "gold" / "dev").is_dir(), reason="no shared gold labels")
def test_gold_times_are_found_in_their_evidence() -> None:
    hits = gold = 0
    for path in sorted((SHARED / "gold" / "dev").glob("*.json")):
        article = json.loads(path.read_text(encoding="utf-8"))
        raw = (path.parent / "texts" / f"{path.stem}.txt").read_bytes().decode("utf-8")
        published = date.fromisoformat(article["published"]) if article["published"] else None
        for claim in article["claims"]:
            if claim["time"] is None:
                continue
            gold += 1
            wanted = (claim["time"]["start"], claim["time"]["end"])
            hits += any(
                wanted == (start, end)
                for span in claim["evidence"]
                for surface, start, end in read(
                    span["quote"], published, raw[max(0, span["start"] - 600) : span["start"]]
                )
                if surface.lower() in claim["time"]["surface"].lower()
                or claim["time"]["surface"].lower() in surface.lower()
            )
    assert hits / gold >= 0.85
