"""Noisy pages of many outlets, text and HTML: how much noise is kept, how much text is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from summarise.appeals import is_appeal, is_player
from summarise.containers import boxes_of
from summarise.read import read
from summarise.records import MARKUP

_FILE = (Path(__file__).parent / "noisy_pages.txt").read_text("utf-8")
TUNED, ASIDE = (
    dict(section.split("\n", 1) for section in re.split(r"^== ", half, flags=re.M)[1:])
    for half in _FILE.split("\n=== kept aside\n")
)


@dataclass(frozen=True)
class Kept:
    """Characters of a page that are no blanks: of the article kept, noise kept, article lost."""

    right: int
    leaked: int
    lost: int


def kept(name: str, marked: str) -> Kept:
    """What is kept of a page of lines marked "+ " and "- "."""
    page, wanted = "", set()
    for line in marked.strip().splitlines():
        cut = False
        for char in line[2:]:
            if char in "⟦⟧":
                cut = char == "⟦"
                continue
            if line[0] == "+" and not cut:
                wanted.add(len(page))
            page += char
        page += "\n" if name.endswith(".html") else "\n\n"
    article = read(name, text=page)
    seen = {n for n, c in enumerate(article.view) if not c.isspace() and c != MARKUP}
    found = {n for start, end in article.main_text for n in range(start, end)} & seen
    wanted &= seen
    return Kept(len(found & wanted), len(found - wanted), len(wanted - found))


@pytest.mark.parametrize("name", TUNED)
def test_noise_is_left_out_and_the_article_kept(name: str) -> None:
    came = kept(name, TUNED[name])
    # What is left: a teaser with a headline's words, a standfirst that trafilatura passes over.
    assert came.leaked <= 0.2 * came.right
    assert came.lost <= 0.2 * came.right


@pytest.mark.parametrize(("pages", "leaked", "lost"), [(TUNED, 0.02, 0.01), (ASIDE, 0.10, 0.05)])
def test_noise_of_all_pages(pages: dict[str, str], leaked: float, lost: float) -> None:
    came = [kept(name, marked) for name, marked in pages.items()]
    assert len(came) >= 8
    right = sum(one.right for one in came)
    assert sum(one.leaked for one in came) <= leaked * (right + sum(one.leaked for one in came))
    assert sum(one.lost for one in came) <= lost * (right + sum(one.lost for one in came))


@pytest.mark.parametrize(
    ("line", "appeal"),
    [
        ("Sign up for our weekly round-up and never miss a story.", True),
        ("Follow us on Telegram for the latest updates.", True),
        ("Kindly share this story:", True),
        ("Your gift helps this newsroom to stay independent.", True),
        ("To view this video please enable JavaScript.", True),
        ("An earlier version of this article misstated the sum.", True),
        ("PLAY 00:00 / 01:14", True),
        ("je/wd (AFP, dpa)", True),
        ("[ad] Earn money from home.", True),
        ("6 Jan 18:40", True),
        ("Follow the river north for two miles and the mine is on the left.", False),
        ("Share prices in the region fell by 3% on Monday.", False),
        ("Support for the party fell to a fifth.", False),
        ("Text messages seen by the court show that he knew.", False),
        ("Watch makers in the valley employ 900 people.", False),
        ("Get rid of the rule, the union said.", False),
        ("The newsletter reached 4,000 homes, the council said.", False),
        ("Visit numbers rose, the museum said.", False),
        ("“Tell us the truth,” the families wrote on Facebook.", False),
    ],
)
def test_a_call_to_the_reader_is_told_from_news(line: str, appeal: bool) -> None:
    assert is_appeal(line) is appeal


@pytest.mark.parametrize(
    ("line", "player"),
    [
        ("VIDEO04:12", True),
        ("Watch now", True),
        ("▶ 1:07:30", True),
        ("14:07", False),
        ("Watch sales rose 4:1", False),
    ],
)
def test_a_player_is_told_from_a_time_of_day(line: str, player: bool) -> None:
    assert is_player(line) is player


@pytest.mark.parametrize(
    ("page", "boxes"),
    [
        ("<div class='newsletter-signup'><p>x</p></div>", ["newsletter-signup"]),
        ("<div id=a><aside>x</aside></div>", ["aside"]),
        ("<section class='post related__stories'>x</section>", ["related__stories"]),
        ("<section class='c-related'>x</section>", ["c-related"]),
        ("<blockquote class='social'>x</blockquote>", []),
        ("<blockquote class='promo'>x</blockquote>", ["promo"]),
        ("<div class='headline-wide'>x</div>", []),
        ("<div class='ad'>never closed", []),
        ("<div class='story'><div class='share'>x</div>y</div></div>", ["share"]),
    ],
)
def test_boxes(page: str, boxes: list[str]) -> None:
    found = [page[start:end] for start, end in boxes_of(page)]
    assert len(found) == len(boxes)
    assert all(name in box for name, box in zip(boxes, found, strict=True))
