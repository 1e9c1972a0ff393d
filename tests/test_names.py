"""Names: where they stand, which are one, and the fullest form that an article gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.language.names import NameBook, find_names, names_within, same_name, strip_titles
from summarise.language.places import country_of, nation_of

ARTICLE = """Miners return to work at Korvan pit

The Federal Mine Inspectorate (FMI) reopened the Korvan pit on Monday. "We found no gas," said \
Dr. Helena Marsh, the inspectorate's chief engineer. Marsh had closed the pit in May.
Denmark's Ministry of Labour declined to comment. Prime Minister Viktor Halensky visited Korvan, \
and Halenskiy's office praised the FMI. The Norland Observatory for Labour Rights was less kind: \
the Observatory called the reopening hasty."""


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in find_names(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He met Anna Lind and Omar Haddad in Oslo.", ["Anna Lind", "Omar Haddad", "Oslo"]),
        ("The town of al-Bashra lies near Deir ez-Zor.", ["al-Bashra", "Deir ez-Zor"]),
        ("On Monday, Foreign Minister Ann O'Hara spoke.", ["Ann O'Hara"]),
        ("They told the U.S. Department of Energy.", ["U.S. Department of Energy"]),
        ("shares of General Motors fell in March", ["General Motors"]),
        ("He wrote to Secretary of State John Reed.", ["John Reed"]),
        (
            "the Department of Health and Human Services",
            ["Department of Health and Human Services"],
        ),
        ("Officials in Paris and London waited.", ["Paris", "London"]),
        ("However, nobody came.", []),
        ("Syrian Russian or other aircraft", ["Syrian", "Russian"]),
        ("The British-based Observatory spoke to Theresa May.", ["Observatory", "Theresa May"]),
        ("Norland’s 3rd Rifle Regiment withdrew", ["Norland", "3rd Rifle Regiment"]),
    ],
)
def test_finds_names_without_titles_and_dates(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_a_word_that_only_opens_a_sentence_is_no_name() -> None:
    assert "Casualties" not in found("Casualties rose. The army of Norland did not comment.")


def test_a_sentence_opening_surname_is_known_from_elsewhere() -> None:
    assert found("The judge heard Carla Voss. Voss denied it.") == ["Carla Voss", "Voss"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Halensky", "Viktor Halenskyy"),
        ("Halenskiy", "Halensky"),
        ("Deir ez-Zor", "Deir Ezzor"),
        ("Rasa", "al-Raasa"),
        ("the FMI", "Federal Mine Inspectorate"),
        ("Prime Minister Anna Lind", "Lind"),
        ("the Observatory", "Norland Observatory for Labour Rights"),
        ("Danish", "Denmark"),
        ("American", "U.S."),
        ("UN", "United Nations"),
        ("Norlandian", "Norlandians"),
        ("Acme Inc.", "Acme"),
    ],
)
def test_same_name_both_ways(one: str, other: str) -> None:
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("North Korea", "South Korea"),
        ("Anna Lind", "Anna Voss"),
        ("London", "London Stock Exchange"),
        ("Moscow", "Russia"),
        ("Ukraine", "Ukraine’s Ministry of Defence"),
        ("Acme Records", "Acme Computer"),
        ("", "Lind"),
    ],
)
def test_other_names_stay_apart(one: str, other: str) -> None:
    assert not same_name(one, other)
    assert not same_name(other, one)


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("Marsh", "Helena Marsh"),
        ("Dr. Helena Marsh", "Helena Marsh"),
        ("Halenskyy", "Viktor Halensky"),
        ("the FMI", "Federal Mine Inspectorate"),
        ("the Observatory", "Norland Observatory for Labour Rights"),
        ("the Ministry of Labour", "Denmark's Ministry of Labour"),
        ("people close to the talks", "people close to the talks"),
        ("Mr Nobody", "Nobody"),
    ],
)
def test_canonical_is_the_fullest_form_of_the_article(name: str, canonical: str) -> None:
    assert NameBook.of(ARTICLE).canonical(name) == canonical


def test_known_in_any_spelling_and_unknown_otherwise() -> None:
    book = NameBook.of(ARTICLE)
    assert book.known("Halenskiy")
    assert book.known("FMI")
    assert not book.known("Marek")


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("the Bank of England", "Bank of England"),
        ("Defence Ministry Deputy Press Secretary Sara Lind", "Sara Lind"),
        ("Omar Haddad, head of the union", "Omar Haddad"),
        ("Omar Haddad's", "Omar Haddad"),
        ("U.S.", "U.S."),
        ("General Electric", "General Electric"),
        ("anonymous senior official", "anonymous senior official"),
    ],
)
def test_titles_are_stripped(name: str, bare: str) -> None:
    assert strip_titles(name) == bare


def test_places() -> None:
    assert country_of("the Kremlin") == country_of("Russian") == "Russia"
    assert nation_of("Kremlin") is None
    assert country_of("Korvan") is None


@given(st.text(max_size=200))
def test_spans_are_ordered_disjoint_and_inside(text: str) -> None:
    end = 0
    for start, stop in find_names(text):
        assert end <= start < stop <= len(text)
        end = stop


@given(st.text(max_size=60), st.text(max_size=60))
def test_same_name_is_symmetric(one: str, other: str) -> None:
    assert same_name(one, other) == same_name(other, one)


def test_names_within_a_fragment_take_its_first_word() -> None:
    assert names_within("Voss also") == ["Voss"]
