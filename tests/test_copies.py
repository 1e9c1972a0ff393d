"""Copies of one text: found under other headlines and by-lines, and not among a story's own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarise.reconciliation.copies import copies, main_texts, witnesses
from summarise.records import Article, Claim, Extraction, Run, Span

WIRE = """
A freight train left the rails near the village of Halsen early on Thursday and blocked the only
line to the coast for most of the day, the railway said. Nobody was hurt. Eleven wagons loaded with
timber came to rest on a meadow beside the track, and two of them caught fire when a power line
fell on them. Firemen from three towns put the fire out by noon. The driver told the police that a
signal had shown green although repairs were under way on the bridge ahead. The railway said that
it would look into the signal and that buses would carry passengers until Saturday. The line was
last closed in 2019, when a flood washed away forty metres of it.
"""
OWN = """
Passengers to the coast face two days of buses after a timber train derailed at Halsen on Thursday
morning. The railway counts eleven wagons off the track. Our reporter saw firemen hose down two of
them in a meadow, where cows were looking on. A spokeswoman said nobody had been injured, and that
a faulty signal was one of the things to be looked at. Farmers complained that the smoke drifted
over their orchards. The last time the line was shut was during the flood six years ago, and then
it took the railway a month to open it again, as many in the village still remember.
"""
DRESSED = (
    "TIMBER TRAIN DERAILS\nBy our desk\n"
    + WIRE.replace("\n", " ")
    + " Additional reporting by the coast office. Sign up for our letter."
)
SHORTENED = " ".join(WIRE.split(". ")[:5])


@pytest.mark.parametrize(
    ("texts", "groups"),
    [
        ({"a": WIRE, "b": WIRE}, [("a", "b")]),
        ({"a": WIRE, "b": DRESSED}, [("a", "b")]),
        ({"b": DRESSED, "own": OWN, "a": WIRE.upper()}, [("b", "a")]),
        ({"a": WIRE, "cut": SHORTENED}, [("a", "cut")]),
        ({"a": WIRE, "own": OWN}, []),
        ({"a": WIRE, "empty": "", "blank": " \n"}, []),
        ({"empty": "", "blank": " \n"}, []),
        ({"a": "Nothing new.", "b": "Nothing new."}, [("a", "b")]),
        ({"a": "Nothing new.", "b": "Nothing new today."}, []),
        ({"a": WIRE, "quote": WIRE.split(". ")[0]}, []),
        ({}, []),
    ],
)
def test_groups(texts: dict[str, str], groups: list[tuple[str, ...]]) -> None:
    assert [group.articles for group in copies(texts)] == groups


def test_the_share_is_that_of_the_shorter_text() -> None:
    (same,) = copies({"a": WIRE, "b": DRESSED})
    assert same.share == 1.0
    half = (
        WIRE.rsplit(". ", 2)[0] + ". The mayor spoke of luck, and the school stayed shut all week."
    )
    (part,) = copies({"a": WIRE, "b": half})
    assert 0.7 < part.share < 1.0
    assert f"{part.share:.0%}" in part.why


def _sets(texts: dict[str, str]) -> list[set[str]]:
    found = copies(texts)
    return sorted(({*group.articles} for group in found), key=sorted)


def test_order_plays_no_part() -> None:
    texts = {"a": WIRE, "b": DRESSED, "own": OWN, "own2": f"{OWN} It rained.", "cut": SHORTENED}
    for order in (list(texts), list(reversed(texts)), sorted(texts, key=len)):
        assert _sets({name: texts[name] for name in order}) == [{"a", "b", "cut"}, {"own", "own2"}]


@settings(max_examples=30)
@given(st.dictionaries(st.sampled_from("abcdefgh"), st.text(max_size=300), max_size=6))
def test_any_texts(texts: dict[str, str]) -> None:
    found = copies(texts)
    listed = [name for group in found for name in group.articles]
    assert len(listed) == len(set(listed))
    assert set(listed) <= set(texts)
    numbers = witnesses(list(texts), found)
    assert len(set(numbers)) == len(texts) - len(listed) + len(found)


def extraction(
    name: str, raw: str, main: tuple[int, int], quotes: list[tuple[int, int]]
) -> Extraction:
    claims = tuple(
        Claim(id=f"c{n}", text="x", evidence=(Span(start=a, end=b, quote=raw[a:b]),))
        for n, (a, b) in enumerate(quotes)
    )
    article = Article(id=name, sha256="", main_text=(main,), raw=raw, view=raw)
    return Extraction(
        article=article, claims=claims, ledger=(), run=Run(model="", prompt="", prompt_sha256="")
    )


def test_only_the_main_text_counts() -> None:
    page = "MENU home news sport " + WIRE + " Most read: ten tips."
    start = page.index("A freight")
    made = extraction("a", page, (start, start + 39), [])
    assert main_texts([made]) == {"a": page[start : start + 39]}


def test_without_its_text_an_article_is_what_its_claims_quote() -> None:
    raw = "One two three. Four five six. Seven."
    made = extraction("a", raw, (0, len(raw)), [(15, 28), (0, 13), (4, 13), (10, 20)])
    bare = Extraction.model_validate_json(made.model_dump_json())
    assert main_texts([bare]) == {"a": "One two three . Four five six"}
