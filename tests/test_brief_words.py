"""Briefs: a claim as a sentence, and which claims can be one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from brief_stories import (
    article,
    claim,
    story,
)

from summarise.brief import compose
from summarise.briefing.standing import why_not
from summarise.records import Period

MONDAY = Period(surface="today", start=date(2025, 3, 4), end=date(2025, 3, 4))


def only_sentence(quote: str, text: str, **fields: Any) -> str:
    """The sentence of a story of one claim, whose evidence is `quote`."""
    told = article("herald", f"Ferry sinks off Orsk\n\n{quote}\n")
    brief = compose(story((told, [claim(told, 1, text, quote, **fields)])), 20)
    return brief.text


@pytest.mark.parametrize(
    ("quote", "text", "fields", "told"),
    [
        (
            "The quay is closed.",
            "The quay of Orsk is closed.",
            {},
            "The quay of Orsk is closed.",
        ),
        (
            "The quay is closed, Ada Brook said.",
            "The quay is closed.",
            {"source": "Ada Brook"},
            "The quay is closed, according to Ada Brook.",
        ),
        (
            "The quay is closed, a spokesman for the port said.",
            "The quay is closed.",
            {"source": "spokesman for the port"},
            "The quay is closed, according to a spokesman for the port.",
        ),
        (
            "The Northern Observatory said the quay was closed.",
            "The quay was closed.",
            {"source": "Northern Observatory"},
            "The quay was closed, according to the Northern Observatory.",
        ),
        (
            "The quay was closed, Ada Brook wrote on Telegram.",
            "The quay was closed.",
            {"source": "Ada Brook", "via": ("Telegram",)},
            "The quay was closed, according to Ada Brook on Telegram.",
        ),
        (
            "The quay was closed, the Dennik quoted Ada Brook as saying.",
            "The quay was closed.",
            {"source": "Ada Brook", "via": ("Dennik",)},
            "The quay was closed, according to Ada Brook, as reported by the Dennik.",
        ),
        (
            "Ada Brook denied that the quay was closed.",
            "Ada Brook denied that the quay was closed.",
            {"source": "Ada Brook", "polarity": "negative"},
            "Ada Brook denied that the quay was closed.",
        ),
        (
            "Maria Brook had seen the ferry leave, she said.",
            "Maria Brook had seen the ferry leave.",
            {"source": "Maria Brook"},
            "Maria Brook had seen the ferry leave, she said.",
        ),
        (
            "The quay was reportedly closed.",
            "The quay was closed.",
            {"certainty": "probable"},
            "Reportedly, the quay was closed.",
        ),
        (
            "The union believes that the quay was closed.",
            "The quay was closed.",
            {"certainty": "probable", "source": "union"},
            "The union said it is believed that the quay was closed.",
        ),
        (
            "Officials estimate that 40 boats sank.",
            "40 boats sank.",
            {"certainty": "probable", "source": "officials"},
            "Officials estimated that 40 boats sank.",
        ),
        (
            "The quay might close, Ada Brook said.",
            "The quay might close.",
            {"certainty": "possible", "source": "Ada Brook"},
            "The quay might close, according to Ada Brook.",
        ),
        (
            "Officials counted 12 boats adrift.",
            "12 boats adrift.",
            {"source": "officials"},
            "Officials reported 12 boats adrift.",
        ),
        (
            "The quay was closed today.",
            "The quay was closed today.",
            {"time": MONDAY},
            "The quay was closed on 4 March 2025.",
        ),
        (
            "“The quay is a ruin,” Ada Brook said.",
            "The quay of Orsk is “a ruin”.",
            {"source": "Ada Brook"},
            "The quay of Orsk is “a ruin,” according to Ada Brook.",
        ),
        (
            "Orsk Lines will cut 40 jobs, it said.",
            "Orsk Lines will cut 40 jobs.",
            {"source": "Orsk Lines"},
            "Orsk Lines will cut 40 jobs, it said.",
        ),
        (
            "An Orsk Lines spokesperson said the quay was closed.",
            "The quay was closed.",
            {"source": "Orsk Lines spokesperson"},
            "The quay was closed, according to an Orsk Lines spokesperson.",
        ),
        (
            "Leaked e-mails suggest that the quay was closed.",
            "The quay was closed.",
            {"certainty": "probable", "source": "leaked e-mails"},
            "Leaked e-mails suggested that the quay was closed.",
        ),
        (
            "Orsk Lines expects its sales to be 40 million.",
            "Orsk Lines will sell 40 million tickets.",
            {"certainty": "probable", "source": "Orsk Lines"},
            "It is expected that Orsk Lines will sell 40 million tickets, it said.",
        ),
        (
            "iFerry is the app of the port.",
            "iFerry is the app of Orsk.",
            {},
            "iFerry is the app of Orsk.",
        ),
        (
            "The quay was closed the day before.",
            "The quay was closed the day before.",
            {"time": MONDAY},
            "The quay was closed on 4 March 2025.",
        ),
        (
            "Maria Brook asked for 30 divers, her office said.",
            "Maria Brook asked for 30 divers.",
            {"source": "her office"},
            "Maria Brook asked for 30 divers, according to her office.",
        ),
    ],
)
def test_a_claim_becomes_a_sentence(
    quote: str, text: str, fields: dict[str, Any], told: str
) -> None:
    assert only_sentence(quote, text, **fields) == told


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The ferry sank off Orsk.", None),
        ("It is unclear why the ferry sank.", None),
        ("The union said that it would strike.", None),
        ("Those who stayed in Orsk were cold.", None),
        ("They sank off Orsk on Monday.", "'They' stands for"),
        ("These boats sank off Orsk.", "'These' points to"),
        ("The two boats sank off Orsk.", "looks back"),
        ("We saw the ferry sink off Orsk.", "first or second person"),
        ("The sinking of the ferry off Orsk.", "no full sentence"),
        ("Ferry Sinks Off Orsk, Mayor Says Forty Drowned", "headline"),
        ("Did the ferry sink off Orsk?", "question"),
        ("Ada Brook called it “a ruin.", "open quotation"),
        ("The union puts the figure at 40.", "given before"),
        ("People living there were cold.", "a place given before"),
        ("The union made an offer, which was.", "breaks off"),
        ("The union had asked for it.", None),
        ("The owners said it was likely that they would pay.", None),
        ("Radio reports prove it beyond doubt.", "'it' stands for"),
        ("The mayor described the risks this poses to Orsk.", "'this' points to"),
        ("That people had left Orsk in the night.", "no full sentence"),
        ("The Northern Harbour Regiment has sunk 12 boats.", None),
        ("Others are sceptical of it.", "looks back"),
        ("Four are on ventilators.", "counts what was named before"),
        ("At least 40 died in the fire at Orsk.", None),
        ("How the firm did in the spring.", "no full sentence"),
        ("What the mayor knew is unclear.", None),
    ],
)
def test_what_stands_alone(text: str, why: str | None) -> None:
    found = why_not(text)
    assert found is None if why is None else why in (found or "")
