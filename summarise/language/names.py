"""Names of people, bodies and places: where they stand, and which are one and the same.

All of it is rule and table: capital letters, titles, particles, transliteration. Offsets are
string indexes into the text given, end exclusive.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from summarise.language.name_runs import parted
from summarise.language.places import country_of, nation_of


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TITLES = _words(
    """president premier prime minister secretary general gen lt col colonel capt captain sgt
    sergeant maj major brig brigadier admiral adm commander commander-in-chief cmdr marshal
    lieutenant corporal private spokesman spokeswoman spokesperson chairman chairwoman chairperson
    chair ceo cfo coo executive director judge justice senator sen rep congressman congresswoman mr
    mrs ms miss dr doctor prof professor sir dame lord lady king queen prince princess pope cardinal
    archbishop baron baroness bishop rev reverend father imam sheikh ayatollah rabbi chancellor
    governor gov mayor leader official coordinator chief deputy press vice former ex ambassador
    envoy detective inspector superintendent officer sheriff analyst economist founder co-
    founder editor coach manager attorney prosecutor lawyer councillor commissioner president-
    elect lawmaker mp adviser advisor speaker head actor actress singer author researcher
    scientist striker midfielder defender goalkeeper foreign interior defence defense finance
    assistant acting"""
)
_WEAK_TITLES = _words("foreign interior defence defense finance assistant acting press")
"""Part of a title beside another title ("Foreign Minister"), a name by themselves otherwise."""

_BODY_WORDS = _words(
    """ministry department agency service services staff forces force army navy police government
    parliament congress senate council committee commission court courts bank exchange university
    college school institute institution centre center observatory organization organisation
    association union party front group office bureau board fund federation league club team
    regiment brigade battalion division corps command times journal post herald tribune
    independent guardian press news radio television house houses hospital society foundation trust
    authority administration treasury reserve intelligence tribunal network nations motors electric
    mills dynamics street"""
)

_PARTED_BY = _BODY_WORDS | {"monitor", "watch", "group", "charity", "agency"}

_NOT_NAMES = _words(
    """monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri
    sat sun january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    i a an the this that these those it its he she they we you his her their our your my me him
    them us who what when where why how which whose whom there here all any both each either every
    few many most much neither no none nobody nothing some several such another other others
    one two three four five six seven eight nine ten eleven twelve dozens hundreds thousands
    millions and or but nor so yet for of in on at by to from with without within into onto upon
    over under above below after before since until till while as if though although because unless
    whether than then thus hence about around across along among amid against between behind beyond
    beside besides despite during except following including like near off out outside per plus
    regarding through throughout toward towards up down via versus
    is are was were be been being am has have had do does did will would shall should can could
    might must not never also only even just still already again ever often once now today
    yesterday tomorrow tonight later earlier soon recently previously currently meanwhile however
    moreover furthermore nevertheless instead indeed perhaps maybe more less least last first next
    old at according approximately nearly almost roughly up yes no ok well very too own same
    entirely initially previously further citing using asked speaking read updated
    breaking"""
)

_TOKEN = re.compile(
    r"""(?<![\w.@/])(?:
        (?:[A-Z]\.){2,}                                  # U.S.
      | \d{1,3}(?:st|nd|rd|th)(?=\ [A-Z])                # 8th (Regiment)
      | (?:(?:al|el|ez|az|as|ash|ad|an|ar|at|ul|ibn|bin)[-‑])?
        (?:[a-z](?=[A-Z]))?                              # iPhone
        [^\W\d_a-zß-ÿ][\w]*
        (?:[-‑’'](?![sS]\b)[^\W\d_]\w*)*(?:\.(?=[A-Z]))?
    )""",
    re.VERBOSE,
)
_COMPOUND = re.compile(
    r"-(?:based|led|backed|born|controlled|held|owned|run|style|era|speaking|made|trained|curious)$"
)
_GAP = re.compile(r"[ \u00a0]+")
_LINK = re.compile(
    r" (?:(?:of|for)(?: the)?|de|da|del|de la|di|du|la|van|van der|von|der|den|bin|ibn|al|el|&) "
)
_AND = re.compile(r" and ")
_ABBREVIATED = re.compile(r"(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Capt|Sgt|Maj|Sen|Rep|Gov|Prof|Rev|St|Adm)\Z")
_SENTENCE = re.compile(r"(?:\A|[.!?:…][\"”’')\]]*\s+|\n\s*|[“\"‘•]\s*|^\s*)\Z", re.MULTILINE)
_SPEECH = re.compile(
    r"(?:,? who)? (?:said|says|told|added|stated|claimed|claims|warned|reported|reports|noted|"
    r"announced|confirmed|denied|insisted|argued|wrote|tweeted)\b|[’']s\b"
)
_WORDS = re.compile(r"[^\W\d_][\w’'-]*")


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str

    @property
    def key(self) -> str:
        return self.text.lower().rstrip(".")


def find_names(text: str) -> list[tuple[int, int]]:
    """Spans of the names in `text`, in order and disjoint, without titles.

    A word that is capitalised only because it opens a sentence, or because its line is set in
    title case, counts as a name only where something else in `text` says that it is one.
    """
    sure: list[tuple[int, int]] = []
    unsure: list[tuple[int, int]] = []
    for start, end in _runs(text):
        (sure if _is_sure(text, start, end) else unsure).append((start, end))
    known = {word for start, end in sure for word in _keys(text[start:end])}
    kept = [span for span in unsure if _is_known(text[span[0] : span[1]], known)]
    return sorted(sure + kept)


def names_within(fragment: str) -> list[str]:
    """The names in a piece of a sentence, whose first word is capitalised for a reason."""
    return list(_names_within(fragment))


@lru_cache(maxsize=4096)
def _names_within(fragment: str) -> tuple[str, ...]:
    return tuple(fragment[start:end] for start, end in _runs(fragment))


def _is_known(name: str, known: set[str]) -> bool:
    keys = _keys(name)
    return known.issuperset(keys) and not (len(keys) == 1 and keys[0] in _BODY_WORDS)


def _keys(name: str) -> list[str]:
    return [word.lower() for word in _WORDS.findall(name) if word[0].isupper()] or [name]


def _runs(text: str) -> list[tuple[int, int]]:
    """Runs of capitalised words, cut at titles and at words that are never names."""
    spans: list[tuple[int, int]] = []
    run: list[_Token] = []
    for match in _TOKEN.finditer(text):
        token = _Token(match.start(), match.end(), match.group())
        if run and not _joins(text, run, token):
            spans += _without_titles(text, run)
            run = []
        if _breaks_run(text, run, token):
            spans += _without_titles(text, run)
            run = []
        else:
            run.append(token)
    spans += _without_titles(text, run)
    return [name for start, end in spans for name in parted(text, start, end, _PARTED_BY)]


def _breaks_run(text: str, run: list[_Token], token: _Token) -> bool:
    """Whether a capitalised word is no part of a name: "Monday", "British-based"."""
    if _COMPOUND.search(token.text):
        return True
    word = re.split(r"[’']", token.key)[0]  # "I've", "It's"
    named = (run or token.text == "Jan") and _is_surname(text, token)
    return (token.key in _NOT_NAMES or word in _NOT_NAMES) and not named


def _is_surname(text: str, token: _Token) -> bool:
    """ "May" in "Theresa May", and no date; a capitalised acronym that looks like a word."""
    if token.text.isupper() and len(token.text) > 2:
        return True
    if token.text == "Jan" and re.match(r" [A-Z][a-z]", text[token.end : token.end + 3]):
        return True  # a month is followed by its day
    return token.text == "May" and not re.match(r",? \d", text[token.end : token.end + 3])


def _joins(text: str, run: list[_Token], token: _Token) -> bool:
    gap = text[run[-1].end : token.start]
    if nation_of(run[-1].text) and nation_of(token.text):
        return False  # "Syrian Russian or American aircraft"
    if _GAP.fullmatch(gap) or _LINK.fullmatch(gap):
        return True
    if gap == ". " and (_ABBREVIATED.match(run[-1].text) or len(run[-1].text) == 1):
        return True
    # "Department of Health and Human Services", but "Paris and London" are two names.
    so_far = text[run[0].start : run[-1].end]
    return bool(_AND.fullmatch(gap)) and " of " in so_far and run[0].key in _BODY_WORDS


def _without_titles(text: str, run: list[_Token]) -> list[tuple[int, int]]:
    """The names in a run: what stands before, between and after its titles."""
    spans: list[tuple[int, int]] = []
    part: list[_Token] = []
    for place, token in enumerate(run):
        if _is_title(text, run, place):
            spans += _span(part)
            part = []
        else:
            part.append(token)
    return spans + _span(part)


def _span(part: list[_Token]) -> list[tuple[int, int]]:
    return [(part[0].start, part[-1].end)] if part else []


def _is_title(text: str, run: list[_Token], place: int) -> bool:
    token = run[place]
    after = run[place + 1] if place + 1 < len(run) else None
    before = run[place - 1] if place else None
    link = text[before.end : token.start].strip() if before else ""
    if before and before.key in _TITLES and link == "of":
        return True  # "Secretary of State John Smith"
    if token.key not in _TITLES or link:
        return False
    if token.key in _WEAK_TITLES:
        return after is not None and after.key in _TITLES
    return not (after and after.key in _BODY_WORDS and after.key not in _TITLES)


def _is_sure(text: str, start: int, end: int) -> bool:
    name = text[start:end]
    if country_of(name) or re.search(r"[A-Z]\.?[A-Z]|[a-z][A-Z]|\d", name):
        return not _shouted(text, start)
    if _in_title_case(text, start):
        return False
    if not _SENTENCE.search(text[max(0, start - 6) : start]):
        return True
    return " " in name or bool(_SPEECH.match(text, end))


def _line(text: str, start: int) -> str:
    left = max(text.rfind("\n", 0, start), text.rfind(". ", 0, start)) + 1
    right = text.find("\n", start)
    return text[left : right if right >= 0 else len(text)][:240]


def _in_title_case(text: str, start: int) -> bool:
    line = _line(text, start).rstrip()
    words = [word for word in _WORDS.findall(line) if len(word) > 3]
    capitals = sum(word[0].isupper() for word in words)
    return len(words) > 4 and capitals >= 0.8 * len(words) and not line.endswith((".", "”", '"'))


def _shouted(text: str, start: int) -> bool:
    """Whether the line is in capitals, where capitals say nothing."""
    words = _WORDS.findall(_line(text, start))
    return len(words) > 4 and sum(word.isupper() for word in words) > 0.8 * len(words)


_ROLE = re.compile(
    r"^.*?\b(?:" + "|".join(sorted(_TITLES - _WEAK_TITLES, key=len, reverse=True)) + r")s?\.? ",
    re.IGNORECASE,
)
_CORPORATE = re.compile(r",? (?:Inc|Corp|Ltd|LLC|PLC|plc|Co|GmbH|AG|SA|NV|Company|Corporation)\.?$")
_POSSESSIVE = re.compile(r"[’']s?$")


@lru_cache(maxsize=4096)
def strip_titles(name: str) -> str:
    """`name` without "the", titles, roles, an apposition after a comma, and a final possessive."""
    bare = re.sub(r"\s+", " ", name).strip(" ,;:“”\"'‘’")
    bare = bare if re.search(r"[A-Z]\.[A-Z]\.$", bare) else bare.rstrip(".")
    bare = re.sub(r"^(?:the|The|an?) ", "", bare.split(", ")[0])
    bare = re.sub(r" \([^)]*\)$", "", _POSSESSIVE.sub("", bare))
    rest = bare
    while match := _ROLE.match(rest):
        rest = rest[match.end() :]
    of = re.match(r"(?:of|for) (?:the )?\w+ (?=[A-Z])", rest)
    rest = rest[of.end() :] if of else rest
    words = rest.split()
    person = 0 < len(words) <= 4 and words[0][:1].isupper() and words[-1][:1].isupper()
    if person and rest != bare and not _BODY_WORDS.intersection(rest.lower().split()):
        return rest
    return bare


def is_body(name: str) -> bool:
    """Whether a word of the name says that it is a body: a ministry, a bank, a newspaper."""
    return not _BODY_WORDS.isdisjoint(name.lower().split()) or bool(_CORPORATE.search(name))


_PARTICLES = _words("al el ez az as ash ad an ar at ul the of for and de da di la le")
_FOLDS = (
    (re.compile(r"(?:iy|yy|yi|ij|ii|y)\b"), "i"),
    (re.compile(r"ou|oo"), "u"),
    (re.compile(r"ee|ie"), "i"),
    (re.compile(r"q|kh|ck"), "k"),
    (re.compile(r"gh"), "g"),
    (re.compile(r"[’'`ʿʾ]"), ""),
    (re.compile(r"ph"), "f"),
    (re.compile(r"(.)\1"), r"\1"),
    (re.compile(r"(?<=[a-z]{2})ah\b"), "a"),
    (re.compile(r"(?<=[a-z]{3})e(?=[iy]\b)"), ""),
)


@lru_cache(maxsize=8192)
def _folded(name: str) -> tuple[str, ...]:
    """Words of a name with diacritics, hyphens and habits of transliteration taken out."""
    plain = unicodedata.normalize("NFKD", _CORPORATE.sub("", strip_titles(name)))
    plain = "".join(char for char in plain if not unicodedata.combining(char)).lower()
    plain = re.sub(r"[’']s\b", "", plain)
    plain = re.sub(r"(?<=\w)\.(?=\w\b)", "", plain)
    plain = re.sub(r"[-‑.]", " ", plain)
    for pattern, fold in _FOLDS:
        plain = pattern.sub(fold, plain)
    return tuple(plain.split())


def _core(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _PARTICLES) or words


@lru_cache(maxsize=16384)
def same_name(a: str, b: str) -> bool:
    """Whether two names can be one: spelling, titles, surname alone, acronym, demonym."""
    words_a, words_b = _folded(a), _folded(b)
    if not words_a or not words_b:
        return False
    if words_a == words_b or _core(words_a) == _core(words_b):
        return True
    if re.sub(r"(.)\1", r"\1", "".join(words_a)) == re.sub(r"(.)\1", r"\1", "".join(words_b)):
        return True
    state_a, state_b = _state(a), _state(b)
    if state_a or state_b:
        return state_a == state_b
    if len(words_a) == len(words_b) == 1 and _is_demonym(words_a[0], words_b[0]):
        return True
    return _is_part(a, b) or _is_part(b, a) or _is_acronym(a, b) or _is_acronym(b, a)


_PEOPLE = re.compile(r"(?:i?ans?|ns?|ese|is?|ish|s)")
_CAPITAL_LETTERS = re.compile(r"[A-Z](?:\.?[A-Z0-9&])+\.?s?")


def _state(name: str) -> str | None:
    """The country that a name or demonym is; a seat of government is a place of its own."""
    bare = strip_titles(name)
    return nation_of(bare) or (bare if country_of(bare) else None)


def _is_demonym(a: str, b: str) -> bool:
    """ "Ostrania", "Ostranian", "Ostranians": one word with the endings of a people."""
    short, long = sorted((a, b), key=len)
    stem = short.rstrip("aeiouy") if len(short) > 5 else short
    return len(stem) > 3 and long.startswith(stem) and bool(_PEOPLE.fullmatch(long[len(stem) :]))


def _is_part(short: str, long: str) -> bool:
    """Whether `short` is a shorter form of `long`: a surname, "the Observatory"."""
    few, many = _core(_folded(short)), _core(_folded(long))
    if len(few) >= len(many) or not _in_order(few, many):
        return False
    bodies = [word for word in strip_titles(long).lower().split() if word in _BODY_WORDS]
    if not bodies:
        return True
    # "London" is not the London Stock Exchange, but "the Exchange" is.
    return bool(set(strip_titles(short).lower().split()) & set(bodies))


def _in_order(few: tuple[str, ...], many: tuple[str, ...]) -> bool:
    rest = iter(many)
    return all(any(_alike(word, other) for other in rest) for word in few)


def _alike(a: str, b: str) -> bool:
    """One spelling difference is let pass in a long word."""
    if a == b:
        return True
    if min(len(a), len(b)) < 6 or a[0] != b[0] or abs(len(a) - len(b)) > 1:
        return False
    from rapidfuzz.distance import Levenshtein

    return int(Levenshtein.distance(a, b, score_cutoff=1)) <= 1 and a[-1] == b[-1]


def _is_acronym(short: str, long: str) -> bool:
    letters = strip_titles(short)
    if not _CAPITAL_LETTERS.fullmatch(letters):
        return False
    letters = letters.replace(".", "").lower()
    words = [word for word in re.split(r"[\s-]+", strip_titles(long)) if word]
    initials = "".join(word[0].lower() for word in words)
    capitals = "".join(word[0].lower() for word in words if word[0].isupper())
    return len(words) > 1 and (initials.endswith(letters) or capitals.endswith(letters))


_DEFINED = re.compile(r"\s?\((?:the )?[“\"]?([A-Z][A-Za-z.&]{1,9})[”\"]?\)")


@dataclass(frozen=True, slots=True)
class NameBook:
    """The names of one article, each under the fullest form that the article gives."""

    forms: tuple[tuple[str, int], ...]
    """Each form and how often it occurs, titles dropped."""
    acronyms: tuple[tuple[str, str], ...]
    """Acronyms that the article defines: `("NHB", "National Health Board")`."""

    @classmethod
    def of(cls, text: str) -> NameBook:
        """Read the names of an article, or of any text."""
        counts: Counter[str] = Counter()
        acronyms: dict[str, str] = {}
        for start, end in find_names(text):
            name = _with_owner(text, start, end)
            counts[strip_titles(name)] += 1
            defined = _DEFINED.match(text, end)
            if defined and name:
                acronyms.setdefault(defined.group(1), strip_titles(name))
        return cls(tuple(counts.items()), tuple(acronyms.items()))

    def canonical(self, name: str) -> str:
        """The fullest form of `name` that the article gives; `name` without title if unknown."""
        bare = strip_titles(name)
        full = dict(self.acronyms).get(bare, bare)
        forms = self._forms_of(full)
        if not forms or _state(full):
            return full
        fullest = max(forms, key=lambda form: (len(_core(_folded(form[0]))), form[1]))[0]
        # Two names that are not one another ("Apple" with two firms of that name) settle nothing.
        one = all(same_name(form, fullest) for form, _ in forms)
        return fullest if one and len(_folded(fullest)) >= len(_folded(full)) else full

    def known(self, name: str) -> bool:
        """Whether the article names it, in any spelling."""
        bare = strip_titles(name)
        return bare in dict(self.acronyms) or bool(self._forms_of(bare))

    def _forms_of(self, name: str) -> list[tuple[str, int]]:
        return [form for form in self.forms if same_name(form[0], name)]


_OWNER = re.compile(r"([A-Z][\w.]*(?: [A-Z]\w*)?)[’']s $")


def _with_owner(text: str, start: int, end: int) -> str:
    """A body with the state that it belongs to: "Norway’s National Health Board"."""
    name = text[start:end]
    owner = _OWNER.search(text[max(0, start - 40) : start])
    body = _BODY_WORDS.intersection(name.lower().split())
    if owner and body and country_of(owner.group(1)):
        return f"{owner.group()}{name}"
    return name
