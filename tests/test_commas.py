"""Commas that a scraped story has lost are put back for the parser, and only those."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarise.language.mending import mended, with_commas
from summarise.language.syntax import commas_put_back, parse_all

SENTENCES = [
    "Shells hit Kelmin, a rebel town near the coast, on Thursday, the second day of the truce.",
    "The quake, the strongest in the region in two decades, flattened entire villages.",
    "Grupo Delta, a builder that won 14 contracts, paid him, prosecutors said.",
    "The shells, which landed near a bakery, were fired from positions held by the army.",
    "Rescuers, many of whom dug with bare hands, pulled 11 survivors from the school.",
    "Rojas told Radio Nacional that the brakes may have failed.",
    "Luis Andrade, 58, was sentenced to seven years in prison on Wednesday.",
    "The blast killed 64 people, most of them women and children, officials said.",
    "Twenty-three civilians, including six children, were killed in the town of Kelmin.",
    "Forces have encircled the town since March, cutting off about 40,000 residents from aid.",
    "In July, a similar crash killed 18 people on the same road, which has no barriers.",
    "The transport ministry, led by Ana Solis, ordered an inspection of all buses.",
    "The raid killed 31 people, the Centre for Human Rights said on Sunday.",
    "Some of the victims were brothers, Centre chief Omar Haddad said.",
    "Race leader Marc Leroux, who had led since Monday, crashed on a descent.",
    "The blaze spread through the five-storey building, fire chief Anil Roy said.",
    "The bank kept its rate, according to minutes published on Friday.",
    "Rescue workers, the White Shield, said that they had found at least 100 bodies.",
    "Shells hit Tel Ayyar on Friday, villagers and a relief group said.",
    "The rebels control a third of the city, besieging 70,000 people there.",
    "The judge acquitted her on Tuesday, ruling that nobody had proved it.",
    "The bank fined Veltro, Sweden's largest travel agency, on Monday.",
    "The ship, built in 1989, had left Riga on Thursday.",
    "Shares fell to 22.40 euros, down 3.1 percent.",
    "The raid killed 12 people, among them four boys, Syrian state television reported.",
    "Floods left 12 people dead and 30 injured, officials said.",
    "The crisis began in May, when the minister resigned.",
    "The firm sells tents, blankets and water.",
    "He said the strikes on Kelmin, a town held by rebels, were carried out by the army.",
    '"I have no words," the coach told Radio Tolby.',
    "The Alder group offered Ada Brook a job.",
    "Oil fell to 60 dollars a barrel.",
    "The man who sold the boat lives in Velm.",
    "A convoy carrying aid reached the town of Kelmin.",
]


def _stripped(text: str) -> str:
    return "".join(
        char
        for place, char in enumerate(text)
        if char != "," or text[place + 1 : place + 2].isdigit()
    )


@pytest.mark.parametrize("sentence", SENTENCES)
def test_lost_commas_are_put_back(sentence: str) -> None:
    [back] = commas_put_back([mended(_stripped(sentence), without_commas=True)])
    assert back.text == sentence


def test_only_an_article_almost_without_commas_gets_any() -> None:
    bare = [_stripped(sentence) for sentence in SENTENCES]
    read = parse_all(bare)
    assert read[0].doc.text == SENTENCES[0]
    assert parse_all([*bare, "Then, it fell."])[0].doc.text == SENTENCES[0]
    assert parse_all([*bare, *["Then, it fell."] * 4])[0].doc.text == bare[0]


def test_each_word_after_a_lost_comma_is_found_in_the_text_given() -> None:
    bare = [_stripped(sentence) for sentence in SENTENCES]
    for text, parsed in zip(bare, parse_all(bare), strict=True):
        words = [t for t in parsed.doc if t.text != ","]
        assert [text[slice(*parsed.span(t))] for t in words] == [t.text for t in words]


@given(st.text(st.characters(codec="utf-8"), max_size=60), st.data())
@settings(max_examples=60)
def test_a_comma_put_in_stands_for_the_character_before_it(text: str, data: st.DataObject) -> None:
    one = mended(text, without_commas=True)
    within = {s + n for s, word in one.put_back for n in range(1, len(word))}
    ends = sorted(set(range(1, len(one.text) + 1)) - within)
    places = data.draw(st.sets(st.sampled_from(ends), max_size=4)) if ends else set()
    more = with_commas(one, sorted(places))
    assert len(more.text) == len(more.origins) == len(one.text) + len(places)
    assert list(more.origins) == sorted(more.origins)
    assert [more.text[s : s + len(w)] for s, w in more.put_back] == [
        one.text[s : s + len(w)] for s, w in one.put_back
    ]
