"""What a claim asks and answers, read from its words."""

from __future__ import annotations

from datetime import date

import pytest

from summarise.reconciliation.question import Question, Traits, questions
from summarise.reconciliation.senses import GENERAL, sense, sense_of_two
from summarise.reconciliation.told import Told
from summarise.records import Claim, Figure, Period


def figure(surface: str, low: float | None, high: float | None, unit: str) -> Figure:
    """A figure with its bounds."""
    return Figure(surface=surface, low=low, high=high, unit=unit)


def told(text: str, article: str = "a", time: Period | None = None, *figures: Figure) -> Told:
    """A claim of an article."""
    claim = Claim(id="c01", text=text, time=time, quantities=figures)
    return Told(f"{article}#c01", article, claim)


def asked(text: str, *figures: Figure) -> Question:
    """The question of a claim that stands alone."""
    [question] = questions([told(text, "a", None, *figures)])
    return question


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bombing", "airstrike"),
        ("killed", "deaths"),
        ("wounded", "injuries"),
        ("deployment", "deployed"),
        ("cooperation", "collaborating"),
        ("truce", "ceasefire"),
        ("towns", "city"),
        ("employees", "staff"),
        ("agreed", "settlement"),
        ("moved", "move"),
        ("negotiators", "talks"),
        ("demonstrators", "protest"),
        ("postponed", "delays"),
        ("refusal", "rejected"),
    ],
)
def test_words_that_stand_for_one_another(one: str, other: str) -> None:
    assert sense(one) == sense(other) != ""


@pytest.mark.parametrize(
    ("word", "behind", "meant"),
    [
        ("stepped", "down", "resigned"),
        ("walked", "out", "strike"),
        ("walked", "home", "walk"),
        ("broke", "down", "collapsed"),
        ("turned", "down", "rejection"),
        ("shuts", "down", "closure"),
        ("laid", "off", "dismissed"),
    ],
)
def test_a_verb_with_the_word_behind_it(word: str, behind: str, meant: str) -> None:
    assert sense_of_two(word, behind) == sense(meant)


@pytest.mark.parametrize("word", ["the", "not", "never", "severely", "launched", "further", "said"])
def test_words_that_say_nothing_by_themselves(word: str) -> None:
    assert sense(word) == ""


@pytest.mark.parametrize(
    ("one", "other"), [("plane", "plan"), ("planes", "planned"), ("aircraft", "intends")]
)
def test_words_that_only_look_alike(one: str, other: str) -> None:
    assert sense(one) != sense(other)


def test_a_word_says_what_it_is_about_however_it_is_inflected() -> None:
    assert {sense(word) for word in ("continues", "provided", "used", "gears")} <= GENERAL


def test_a_mission_is_not_missing() -> None:
    assert sense("mission") != sense("missing")
    assert sense("supply") != ""


@pytest.mark.parametrize(
    ("text", "figures", "traits"),
    [
        (
            "At least 14 miners were killed in the collapse.",
            [figure("At least 14", 14, None, "miners")],
            Traits(toll="killed", unit="count"),
        ),
        (
            "Over 300 soldiers were killed or wounded.",
            [figure("Over 300", 300, None, "soldiers killed or wounded")],
            Traits(toll="casualties", counted="soldiers", unit="count"),
        ),
        (
            "Over 300 soldiers were killed or badly wounded.",
            [figure("Over 300", 300, None, "soldiers")],
            Traits(toll="casualties", counted="soldiers", unit="count"),
        ),
        (
            "Nine miners were killed.",
            [figure("Nine", 9, 9, "")],
            Traits(toll="killed", unit="count"),
        ),
        (
            "The mayor put the dead at five.",
            [figure("five", 5, 5, "")],
            Traits(toll="killed", unit="count"),
        ),
        (
            "The number of people hurt in the crash on the bridge has risen to 12.",
            [figure("12", 12, 12, "")],
            Traits(toll="injured", unit="count", earlier=True),
        ),
        (
            "Two elderly sisters were killed in the crash.",
            [figure("Two", 2, 2, "elderly sisters")],
            Traits(toll="killed"),
        ),
        ("The army might have shelled the dam.", [], Traits()),
        ("The premier might not attend.", [], Traits(prospect=True)),
        (
            "The flood displaced 4,000 people.",
            [figure("4,000", 4000, 4000, "people displaced by the flood")],
            Traits(toll="displaced", unit="count"),
        ),
        (
            "Nearly half of the crop was lost.",
            [figure("Nearly half", 0.5, 0.5, "crop")],
            Traits(unit="share", part=True),
        ),
        ("Most of the crop was lost.", [], Traits(unit="share", part=True)),
        (
            "The repairs cost 40 million euros.",
            [figure("40 million euros", 4e7, 4e7, "euros")],
            Traits(unit="money"),
        ),
        (
            "The strike lasted 26 days.",
            [figure("26 days", 26, 26, "days")],
            Traits(unit="time"),
        ),
        ("The two ferries collided.", [figure("two", 2, 2, "ferries")], Traits()),
        ("Most of the 140 posts are at night.", [figure("140", 140, 140, "posts")], Traits()),
        ("A convoy of 75 lorries arrived.", [figure("75", 75, 75, "lorries")], Traits()),
        ("Towns of some 900 people shut.", [figure("900", 900, 900, "people")], Traits()),
        (
            "The toll of 75 may rise.",
            [figure("75", 75, 75, "")],
            Traits(toll="victims", unit="count", prospect=True),
        ),
        ("The bank may raise its rate.", [], Traits(prospect=True)),
        ("The bank could not raise its rate.", [], Traits()),
        ("The talks are due to open in Lindau.", [], Traits(prospect=True)),
        ("The road is closed due to the flood.", [], Traits()),
        ("The dead included a nurse.", [], Traits(toll="killed", part=True)),
        (
            "The unit lost 30 tanks in the past three days.",
            [figure("30", 30, 30, "tanks")],
            Traits(unit="count", limited=True, thing="tank"),
        ),
        ("The harbour has been shut since March.", [], Traits(onset=True)),
    ],
)
def test_traits(text: str, figures: list[Figure], traits: Traits) -> None:
    found = asked(text, *figures).traits
    expected = traits._replace(unit="share", part=True) if text.startswith("Most") else traits
    assert found == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The town of Velk is held by rebels.", "hold"),
        ("Velk has been under siege since 2013.", "besiege"),
        ("A convoy that was hit near Velk carried food.", None),
        ("The shareholders rejected the offer.", "deny"),
    ],
)
def test_predicate(text: str, said: str | None) -> None:
    assert asked(text).said == (frozenset((said,)) if said else frozenset())


def test_names_and_their_roles() -> None:
    question = asked("Planes from Norway struck Velk in Ostrania’s Hradno region by order of Behm.")
    assert question.names == {
        "=Norway": "way",
        "~velk": "way",
        "~ostrania": "place",
        "~hradno": "place",
        "~behm": "doer",
    }
    assert question.sorts == {("~hradno", "area")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Oleksandr Vynnyk spoke.", "Oleksander Vinnik spoke."),
        ("The town of al-Asharin was hit.", "The town of Al-Shaarin was hit."),
        ("The city of Deir Hazzor fell.", "The city of Deir al-Hazor fell."),
        ("The Ostranian army fled.", "The army of Ostrania fled."),
        ("Shells hit the Hradno Oblast.", "Shells hit the Hradno region."),
        ("The Norwegian Office for Fair Trade spoke.", "The NOFT spoke."),
        ("The League of the Blue Cross spoke.", "The LBC spoke."),
    ],
)
def test_one_name_in_two_spellings(one: str, other: str) -> None:
    first, second = questions([told(one, "a"), told(other, "b")])
    assert first.names.keys() == second.names.keys()


def test_names_that_one_article_tells_apart_stay_apart() -> None:
    first, second, _ = questions(
        [told("It hit Marina.", "a"), told("It hit Marino.", "b"), told("It hit Marino.", "a")]
    )
    assert first.names.keys().isdisjoint(second.names)


def test_an_acronym_is_the_body() -> None:
    first, second = questions(
        [told("The Green Harbour Union struck.", "a"), told("Members of the GHU struck.", "b")]
    )
    assert first.names.keys() == second.names.keys()


def test_a_period_in_days() -> None:
    time = Period(surface="on Monday", start=date(2024, 3, 4), end=date(2024, 3, 4))
    [question] = questions([told("The mill burnt.", "a", time)])
    assert question.start == question.end == date(2024, 3, 4).toordinal()
    assert question.weekday == "monday"
