"""Briefs: what is in question, told with who says so."""

from __future__ import annotations

import pytest
from brief_stories import (
    ACCOUNTS,
    ATTRIBUTED,
    DISPUTED,
    FORTY,
    TWELVE,
    UPDATED,
    article,
    claim,
    fact,
    figure,
    relation,
    story,
)

from summarise.brief import compose
from summarise.records import Fact, Story


@pytest.mark.parametrize(
    ("made", "told", "cited"),
    [
        (
            DISPUTED,
            "At least 55 people drowned off Orsk, according to Ada Brook, but the coast guard had "
            "put the figure at 12; Ada Brook had earlier given it as at least 40.",
            ("post#c02", "herald#c03", "herald#c01"),
        ),
        (
            UPDATED,
            "At least 55 people drowned off Orsk, according to Ada Brook; the figure was first "
            "given as at least 40.",
            ("post#c02", "herald#c01"),
        ),
        (
            ATTRIBUTED,
            "12 people had drowned off Orsk, a figure that The Post attributes to the rescue "
            "union and The Herald to the coast guard.",
            ("post#c03", "herald#c03"),
        ),
        (
            ACCOUNTS,
            "The hull was sound, according to the owner, but Ada Brook said the hull was not "
            "sound.",
            ("gazette#c01", "gazette#c02"),
        ),
    ],
    ids=["disputed", "updated", "attributed", "accounts"],
)
def test_what_is_in_question_is_told_with_its_sources(
    made: Story, told: str, cited: tuple[str, ...]
) -> None:
    [sentence] = compose(made, 40).sentences
    assert (sentence.text, sentence.claims) == (told, cited)
    assert sentence.disputed is (made is not UPDATED)


COST = article("herald", "Fire\n\nIt cost £38m, Ada Brook said; £52m, say the insurers.\n")
LOSSES = [figure("£38m", 38e6, 38e6, "pounds lost"), figure("£52m", 52e6, 52e6, "pounds lost")]


def test_a_figure_that_bears_its_unit_is_not_given_it_again() -> None:
    claims = [
        claim(COST, 1, "The fire cost Orsk £38m.", "It cost £38m, Ada Brook said",
              source="Ada Brook", quantities=LOSSES[:1]),
        claim(COST, 2, "The fire cost £52m.", "£52m, say the insurers",
              source="insurers", quantities=LOSSES[1:]),
    ]  # fmt: skip
    names = ["herald#c01", "herald#c02"]
    rows = list(zip(names, LOSSES, ["Ada Brook", "insurers"], strict=True))
    made = story(
        (COST, claims),
        facts=(fact("cost", names, "disputed", rows),),
        relations=(relation("herald#c02", "conflicts", "herald#c01"),),
    )
    assert compose(made, 20).text == (
        "The fire cost Orsk £38m, according to Ada Brook, but the insurers put the figure at £52m."
    )


COUNTED = [figure("40", 40, 40, "dead"), figure("40", 40, 40, "dead")]
DEAD = "counted 40 dead in the fire at the port of Orsk"
ONE = article("herald", f"Fire\n\nThe mayor {DEAD}.\n", outlet="Orsk Herald")
OTHER = article("post", f"Fire\n\nThe union {DEAD}.\n", outlet="The Post")


def test_a_figure_that_is_only_a_phrase_makes_a_sentence_all_the_same() -> None:
    given = [
        (told, [claim(told, 1, "40 dead in the fire at the port of Orsk.", f"The {who} {DEAD}",
                      source=who, quantities=COUNTED[:1])])
        for told, who in ((ONE, "mayor"), (OTHER, "union"))
    ]  # fmt: skip
    names = ["herald#c01", "post#c01"]
    rows = list(zip(names, COUNTED, ["mayor", "union"], strict=True))
    made = story(
        *given,
        facts=(fact("dead", names, "disputed", rows, witnesses=2),),
        relations=(relation(names[0], "attribution-conflict", names[1]),),
    )
    assert compose(made, 20).text == (
        "The Orsk Herald attributes the figure of 40 dead in the fire at the port of Orsk to the "
        "mayor, and The Post to the union."
    )


TOLLS = article(
    "herald",
    "Fire\n\n90 people died in the fire, Ada Brook said. 40 people died in it, the union said. "
    "12 people died in it, the coast guard said. 30 people died in it, the police said.\n",
)


def test_what_no_first_sentence_tells_of_a_dispute_a_second_one_does() -> None:
    given = [(90, "Ada Brook"), (40, "union"), (12, "coast guard"), (30, "police")]
    claims = [
        claim(TOLLS, number, f"{count} people died in the fire.", f"{count} people died in",
              source=who, quantities=(figure(str(count), count, count, "people"),))
        for number, (count, who) in enumerate(given, 1)
    ]  # fmt: skip
    names = [f"herald#c{number:02d}" for number in range(1, 5)]
    rows = [(name, one.quantities[0], one.source) for name, one in zip(names, claims, strict=True)]
    conflicts = [(names[0], names[1]), (names[1], names[2]), (names[2], names[3])]
    made = story(
        (TOLLS, claims),
        facts=(fact("dead", names, "disputed", rows),),
        relations=tuple(relation(a, "conflicts", b) for a, b in conflicts),
    )
    told = [sentence.text for sentence in compose(made, 40).sentences]
    assert told == [
        "90 people died in the fire, according to Ada Brook, but the union put the figure at 40.",
        "12 people died in the fire, according to the coast guard, but the police put the figure "
        "at 30.",
    ]


def test_a_denial_stands_behind_what_it_denies() -> None:
    told = article("herald", "Mill\n\nThe mill will cut 40 jobs. Ada Brook said it would not.\n")
    claims = [
        claim(told, 1, "The mill will not cut 40 jobs.", "Ada Brook said it would not",
              source="Ada Brook", polarity="negative", quantities=(figure("40", 40, 40, "jobs"),)),
        claim(told, 2, "The mill will cut 40 jobs.", "The mill will cut 40 jobs.",
              quantities=(figure("40", 40, 40, "jobs"),)),
    ]  # fmt: skip
    names = ["herald#c01", "herald#c02"]
    rows = [(name, figure("40", 40, 40, "jobs"), None) for name in names]
    made = story(
        (told, claims),
        facts=(fact("jobs", names, "disputed", rows),),
        relations=(relation(names[0], "conflicts", names[1]),),
    )
    assert compose(made, 25).text == (
        "The mill will cut 40 jobs, according to a report, but Ada Brook said the mill will not "
        "cut 40 jobs."
    )


def test_what_one_has_sunk_is_not_set_beside_all_that_sank() -> None:
    told = article("herald", "War\n\nThe Orsk Regiment sank 12 boats. Officials counted 40 sunk.\n")
    claims = [
        claim(told, 1, "The Orsk Regiment sank 12 boats.", "The Orsk Regiment sank 12 boats."),
        claim(told, 2, "40 boats sank.", "Officials counted 40 sunk", source="officials"),
    ]
    rows = [("herald#c01", TWELVE, None), ("herald#c02", figure("40", 40, 40), "officials")]
    made = story(
        (told, claims),
        facts=(fact("boats", ["herald#c01", "herald#c02"], "disputed", rows),),
        relations=(relation("herald#c01", "conflicts", "herald#c02"),),
    )
    assert not any(" but " in sentence.text for sentence in compose(made, 30).sentences)


def test_a_dispute_that_fails_is_told_in_its_claims_own_words() -> None:
    rows = [("herald#c01", FORTY, "Ada Brook"), ("herald#c03", figure("13", 13, 13), "coast guard")]
    facts: tuple[Fact, ...] = (
        fact("dead", ["herald#c01", "herald#c03"], "disputed", rows, witnesses=2),
    )
    made = DISPUTED.model_copy(update={"facts": facts})
    brief = compose(made, 20)
    [sentence] = brief.sentences
    assert sentence.how == "claim"
    assert sentence.text.endswith("on Monday, according to Ada Brook.")
    assert any("'13' is not in the cited claims" in line.why for line in brief.ledger)
