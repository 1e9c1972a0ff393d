"""Attribution: who says what, over sentences, in the forms of news English."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarise.language.attribution import Attribution, Attributor
from summarise.language.names import NameBook
from summarise.language.syntax import parse_all


def attributed(*sentences: str) -> list[list[Attribution]]:
    docs = [parsed.doc for parsed in parse_all(sentences)]
    return Attributor(NameBook.of("\n".join(sentences))).read(docs, [0] * len(docs))


def said_at(word: str, *sentences: str) -> tuple[str | None, tuple[str, ...]]:
    """Source and relays of the innermost attribution around `word` of the last sentence."""
    found = attributed(*sentences)[-1]
    doc = next(iter(parse_all([sentences[-1]]))).doc
    place = next(t.i for t in doc if t.text == word)
    around = [a for a in found if place in a.scope]
    one = min(around, key=lambda a: len(a.scope), default=None)
    return (one.source, one.via) if one is not None else (None, ())


@pytest.mark.parametrize(
    ("sentence", "word", "source"),
    [
        ("The bridge reopened on Monday, the city council said.", "reopened", "city council"),
        ("The bridge reopened on Monday, police said on Tuesday.", "reopened", "police"),
        ("The bridge reopened, said Dana Wolff, head of the port.", "reopened", "Dana Wolff"),
        ("According to the ministry, the bridge reopened on Monday.", "reopened", "ministry"),
        ("The bridge reopened on Monday, according to two officials.", "reopened", "two officials"),
        ("Its spokeswoman, Dana Wolff, said the bridge reopened.", "reopened", "Dana Wolff"),
        ("Dana Wolff, who runs the harbour, said the bridge reopened.", "reopened", "Dana Wolff"),
        ("The mayor denied that the bridge was unsafe.", "denied", "mayor"),
        ("Dana Wolff called the decision a disgrace.", "called", "Dana Wolff"),
        ("The bridge reopened on Monday.", "reopened", None),
        ("It is believed that the bridge was sabotaged.", "sabotaged", None),
        ("Dana Wolff declined to say whether the bridge was safe.", "safe", None),
        ("Bridge reopens after nine years: minister", "reopens", "minister"),
        ("Wolff says bridge will reopen on Monday", "reopen", "Wolff"),
        ("Shopkeeper Alice Booth said the bridge was safe.", "safe", "Alice Booth"),
        ("The bank's CEO, Ken Lund, said in a statement that it was safe.", "safe", "Ken Lund"),
        ("Mr Lund's lawyer said the bridge was safe.", "safe", "Lund's lawyer"),
        ("The keeper made a fine save to deny Lund.", "deny", None),
        ("The keeper denied him a goal.", "denied", None),
        ("Dana Wolff, pictured in May, announced her retirement on Monday.", "pictured", None),
        ("The bank cut its rate to 4%, as expected by traders.", "cut", None),
        ("Ferries carry it, says a study published by Lund Bank.", "carry", "Lund Bank"),
        ("Wolff said it fell at 21:10, when 30 people were crossing.", "crossing", "Wolff"),
        ("IGNORE ALL RULES said the bridge was safe.", "safe", None),
        ("Ignore all previous rules said the bridge was safe.", "safe", None),
        ("THE LUND WEATHER OFFICE said the bridge was safe.", "safe", "LUND WEATHER OFFICE"),
        ("A group calling itself Red Tide said the bridge fell.", "fell", "Red Tide"),
        ("The leader of the Mill Party, Dana Wolff, said it fell.", "fell", "Dana Wolff"),
        ("Divers of the navy found no trace that it was moved.", "moved", "divers of the navy"),
        ("The Orla Mission counted 14 dead in the port.", "counted", "Orla Mission"),
        ("A nurse had sent her home, the inquest heard.", "sent", "inquest"),
        ("The jury was told that he lied.", "lied", "jury"),
        ("Joan told the inquest that Lily had wept for weeks.", "wept", "Joan"),
        ("Dana Wolff has quit, her office said.", "quit", "Dana Wolff's office"),
        ("Residents reached by telephone said it fell.", "fell", "residents"),
        ("The port board estimated the damage at 9 million crowns.", "estimated", "port board"),
        ("It was safe, analysts at Brandt Bank said in a note.", "safe", "analysts at Brandt Bank"),
        ("The head of the Orla Monitor Dana Wolff said it fell.", "fell", "Dana Wolff"),
        ("Dana Wolff of Orla Deep University said it fell.", "fell", "Dana Wolff"),
        ("The court sorts cases according to their type.", "sorts", None),
        ("The mission said it had counted 14 dead.", "counted", "mission"),
        ("State news agency Orla said it fell.", "fell", "Orla"),
        ("Baroness Dana Wolff said it fell.", "fell", "Dana Wolff"),
        ("Analysts had expected 52 cents a share.", "expected", "analysts"),
        ("The bank expected the guests at noon.", "expected", None),
        ("The Orla Bank now sees growth of 3%.", "sees", "Orla Bank"),
        ("Orla cut its forecast, blaming weak demand.", "blaming", "Orla"),
        ("The port blamed smugglers for the fire.", "blamed", None),
        ("Dana Wolff did not rule out a ban.", "rule", "Dana Wolff"),
        ("Dana Wolff, who does not rule out a ban, left.", "rule", "Dana Wolff"),
        ("The plan won praise, but, analysts point out, it is costly.", "won", None),
        ("He has asked for men, his office said; the army has sent half.", "sent", None),
        ("At least nine men drowned when it sank, the port said.", "drowned", "port"),
        ("“They left,” said one, who gave her name as Dana.", "left", "Dana"),
        ("The lake agency has registered 212 cases of fever.", "registered", "lake agency"),
        ("The Orla Bank recorded a loss of 14 million crowns.", "recorded", None),
        ("Arden counted 14 banks in the port.", "counted", None),
        ("The team recorded 14 wins in May.", "recorded", None),
        ("According to Radio Orla, a nurse of a ward said it fell.", "fell", "nurse of a ward"),
        ("The monitoring group Orla has tallied 61 raids on clinics.", "tallied", "Orla"),
        ("“It shook,” said shopkeeper Ivo Zeman, 52.", "shook", "Ivo Zeman"),
        ("The gate, dubbed the Gap by the press, was shut.", "dubbed", None),
        ("Dana Wolff said men were held “but they were let go at noon”.", "let", "Dana Wolff"),
        ("The mayor said it was Lund who did it, although he had been warned.", "warned", "mayor"),
        ("The port said shells hit the town of Velk controlled by Red Tide.", "controlled", None),
    ],
)  # fmt: skip
def test_source(sentence: str, word: str, source: str | None) -> None:
    assert said_at(word, sentence)[0] == source


@pytest.mark.parametrize(
    ("sentences", "word", "source"),
    [
        (("Dana Wolff said it is safe.", "She said it cost little."), "cost", "Dana Wolff"),
        (
            ("Dana Wolff said it is safe.", "Peter Lund saw it.", "She added it cost little."),
            "cost",
            "Dana Wolff",
        ),
        (
            ("Spokesman Peter Lund said it is safe.", "The spokesman said it cost little."),
            "cost",
            "Peter Lund",
        ),
        (("“The bridge is safe,” said Dana Wolff.", "“It cost us little.”"), "cost", "Dana Wolff"),
        (
            ("Peter Lund, the coach, said it is safe.", "Mark Ode added 13.", "He said it rained."),
            "rained",
            "Peter Lund",
        ),
        (
            ("Two officials said it is safe.", "Dana Wolff saw it.", "The officials said it sank."),
            "sank",
            "two officials",
        ),
        (
            ("Dana Wolff, a judge, said it is safe.", "The judges said the trial was fair."),
            "fair",
            "judges",
        ),
        (
            ("Dana Wolff, a tax expert, said it is safe.", "Tax experts said it was costly."),
            "costly",
            "tax experts",
        ),
        (
            ("Dana Wolff said the council told her that it was safe.", "“It was lucky.”"),
            "lucky",
            "Dana Wolff",
        ),
        (
            ("Dana Wolff said: “It was a hard night.", "The game was fair.”"),
            "fair",
            "Dana Wolff",
        ),
        (
            ("'The game is on,' said Dana Wolff.", "'It will be a massive game.'"),
            "massive",
            "Dana Wolff",
        ),
        (("Dana Wolff said it is on.", "'Shameful' fees were raised."), "fees", None),
        (("The Orla Bank said it paid.", "It shut, said the tax office."), "shut", "tax office"),
        (("“I lost it,” one trader said.", "“It was supposed to be safe.”"), "safe", "one trader"),
        (("Dana Wolff said it rained.", "It is thought he claimed asylum."), "asylum", None),
        (
            ("Peter Lund, who founded the bank, left.", "The Orla Bank said the bank paid."),
            "paid",
            "Orla Bank",
        ),
        (("The Arden Trust runs the museum.", "The road shut, police said."), "shut", "police"),
        (("Dana Wolff said it rained.", "“Flour is gone,” she said."), "gone", "Dana Wolff"),
        (("The Orla Post saw it.", "The ministry called it a fake."), "called", "ministry"),
        (("The court ruled it fell.", "The mayor, Ivan Lund, said it rose."), "rose", "Ivan Lund"),
        (("Jan Voss said it fell.", "Voss said it rose."), "rose", "Jan Voss"),
        (("Researchers at Orla met men.", "They found it grew."), "grew", "researchers at Orla"),
        (
            ("The airline said the pilot had reported smoke.", "It said nobody was hurt."),
            "hurt",
            "airline",
        ),
        (
            ("The port said it is safe.", "The Orla Mission relies on radar.", "It says it fell."),
            "fell",
            "Orla Mission",
        ),
    ],
)  # fmt: skip
def test_goes_back(sentences: tuple[str, ...], word: str, source: str | None) -> None:
    assert said_at(word, *sentences)[0] == source


def test_he_is_named_by_what_follows() -> None:
    found = attributed("“It was late,” he said.", "Coach Peter Lund was speaking after the match.")
    assert [a.source for a in found[0]] == ["Peter Lund"]


def test_a_quotation_is_named_by_what_follows() -> None:
    found = attributed("“The harvest is lost.”", "So says Dana Wolff, who grows rye.")
    assert [a.source for a in found[0]] == ["Dana Wolff"]


def test_a_lead_is_named_by_what_follows() -> None:
    found = attributed(
        "At least nine people were killed, a monitor said.",
        "The Ostranian Observatory for Human Rights said two were children.",
    )
    assert [a.source for a in found[0]] == ["Ostranian Observatory for Human Rights"]


@pytest.mark.parametrize(
    ("sentence", "word", "via"),
    [
        ("Dana Wolff told Reuters that the bridge is safe.", "safe", ("Reuters",)),
        ("Dana Wolff, quoted by Reuters, said the bridge is safe.", "safe", ("Reuters",)),
        ("Dana Wolff was quoted by Orla as saying that the bridge is safe.", "safe", ("Orla",)),
        ("Orla, citing an aide, reported that the bridge is safe.", "safe", ("Orla",)),
        ("Dana Wolff told reporters that the bridge is safe.", "safe", ()),
        ("The port's own figures, cited by the daily Orla, put the toll at 9.", "toll", ("Orla",)),
        ("Dana Wolff told Parliament that the bridge is safe.", "safe", ()),
        ("The bridge is safe, Dana Wolff said in a post on Telegram.", "safe", ("Telegram",)),
        ("The bridge is safe, Dana Wolff said in a statement.", "safe", ()),
        ("Dana Wolff told local radio that the bridge is safe.", "safe", ("local radio",)),
        ("It is safe, the port said in a letter carried by Orla News.", "safe", ("Orla News",)),
        ("The bridge is safe, according to the daily Orla, citing two aides.", "safe", ("Orla",)),
        ("According to the daily Orla, an aide said the bridge is safe.", "safe", ("Orla",)),
        ("According to the Orla, which cited an aide, the bridge is safe.", "safe", ("Orla",)),
        ("A report by the board, obtained by Orla, says the bridge is safe.", "safe", ("Orla",)),
        ("The bridge is safe, the Orla agency reported, quoting an aide.", "safe", ("Orla",)),
    ],
)  # fmt: skip
def test_via(sentence: str, word: str, via: tuple[str, ...]) -> None:
    assert said_at(word, sentence)[1] == via


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(alphabet='ab .,“”"I said the he Xy:', min_size=1), min_size=1, max_size=4))
def test_any_text_gives_scopes_inside_the_sentence(texts: list[str]) -> None:
    docs = [parsed.doc for parsed in parse_all(texts)]
    for doc, found in zip(docs, attributed(*texts), strict=True):
        for one in found:
            assert all(0 <= place < len(doc) for place in one.scope | one.words)
            assert one.source is None or one.source not in one.via
