"""What figures count: currencies, measures, and the noun after a number."""

from __future__ import annotations

import re

from summarise.language.word_lists import words

CURRENCY_SIGNS = {
    "US$": "US dollars", "$US": "US dollars", "A$": "Australian dollars",
    "AU$": "Australian dollars",
    "$A": "Australian dollars", "C$": "Canadian dollars", "CA$": "Canadian dollars",
    "HK$": "Hong Kong dollars", "NZ$": "New Zealand dollars", "S$": "Singapore dollars",
    "NT$": "Taiwan dollars", "R$": "reais", "$": "dollars", "€": "euros", "£": "pounds",
    "¥": "yen", "Y=": "yen", "₹": "rupees", "₽": "rubles", "₩": "won", "₪": "shekels",
    "₺": "lira", "₴": "hryvnias", "₦": "naira", "RM": "ringgit", "Rs": "rupees", "Rs.": "rupees",
    "PS": "pounds",
}  # fmt: skip
CURRENCY_CODES = {
    "USD": "US dollars", "EUR": "euros", "GBP": "pounds", "JPY": "yen", "CNY": "yuan",
    "RMB": "yuan", "CHF": "francs", "AUD": "Australian dollars", "CAD": "Canadian dollars",
    "INR": "rupees", "RUB": "rubles", "KRW": "won", "SEK": "kronor", "NOK": "kroner",
    "DKK": "kroner", "PLN": "zloty", "TRY": "lira", "BRL": "reais", "MXN": "pesos",
    "ZAR": "rand", "AED": "dirhams", "SAR": "riyals", "ILS": "shekels", "UAH": "hryvnias",
}  # fmt: skip
_SPACED = "|".join(
    [*(rf"{p}\s?\$" for p in ("US", "AU", "CA", "HK", "NZ", "NT")), r"[ACSR]\$"]
)  # "a $10bn plan" is no plan of Australian dollars
_PLAIN = "|".join(
    re.escape(sign)
    for sign in sorted(CURRENCY_SIGNS, key=len, reverse=True)
    if sign not in ("RM", "Rs", "Rs.", "PS")
)
CURRENCY = (
    rf"(?:(?<![A-Za-z])(?:{_SPACED})|{_PLAIN}"
    rf"|\b(?:RM|Rs\.?|PS|{'|'.join(CURRENCY_CODES)}))\s?"
)

# Letters that scale an amount of money ("€3m"); without a currency "m" is metres.
MONEY_SCALES = {
    "k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "mm": 10**6, "bn": 10**9, "b": 10**9,
    "bln": 10**9, "tn": 10**12, "trn": 10**12, "t": 10**12,
}  # fmt: skip
LETTER_SCALES = {"k": 10**3, "K": 10**3, "mn": 10**6, "M": 10**6, "bn": 10**9, "tn": 10**12}

PERCENT = r"%|percentage\spoints?|percent\b|per\scent\b|pct\b|pc\b"
TIME_UNITS = (
    r"(?:milliseconds?|seconds?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|weekends?|months?|"
    r"years?|decades?|centuries|century)"
)
_MONEY_WORDS = (
    r"dollars?|euros?|pounds?|yen|yuan|renminbi|roubles?|rubles?|rupees?|shekels?|cents?|pence|"
    r"sen|crowns?|francs?|lira|pesos?|rand|dinars?|dirhams?|riyals?|baht|ringgit|rupiah|kron(?:a|or|e|er)|"
    r"zloty|forints?|hryvnias?|reais|naira|shillings?|sterling"
)
MONEY_UNIT = rf"(?:(?-i:[A-Z][a-z]+|U\.?S\.?|Hong\sKong|New\sZealand)\s)?(?:{_MONEY_WORDS})"
_MEASURES = (
    r"basis\spoints?|points?|degrees?(?:\s(?:Celsius|Fahrenheit|C|F)\b)?|°\s?[CF]?|Celsius|Fahrenheit|"
    r"(?:square|cubic|sq)\s(?:kilomet(?:re|er)s?|met(?:re|er)s?|miles?|feet|foot|yards?|inches|km|m|ft)|"
    r"(?:kilo|centi|milli|nano|micro)?met(?:re|er)s?|miles?|yards?|feet|foot|inch(?:es)?|acres?|hectares?|"
    r"(?:kilo|milli)?grams?|kilos?|tonn?es?|tons?|ounces?|lit(?:re|er)s?|gallons?|barrels?|bushels?|"
    r"(?:kilo|mega|giga|tera)?watts?(?:[\s-]hours?)?|(?:kilo|mega|giga)?hertz|decibels?|volts?|amps?|"
    r"(?:kilo|mega|giga|tera)bytes?|calories|knots?|carats?|litres?|horsepower|times|fold|"
    r"nautical\smiles?|light[\s-]years?"
)
# Abbreviations are units only right behind digits.
_SHORT = (
    r"km/h|km/hr|kmh|kph|mph|mpg|rpm|km2|m2|km²|m²|km|cm|mm|nm|μm|µm|kg|mg|μg|g|lbs?|oz|ft|m|mL|ml|L|"
    r"GWh|MWh|kWh|kW|MW|GW|TW|W|GHz|MHz|kHz|Hz|GB|MB|TB|KB|mAh|hp|bhp|PS|Nm|lb-ft|ppb|ppm|GPa|"
    r"bpd|dB|V|p|h|s|C|F|″|″|sq\sm|sq\sft|sq\skm|mins?|hrs?"
)
SHORT_UNIT = rf"(?:{_SHORT})(?![\w/])"
_COUNT_ADJECTIVES = (
    r"(?:(?:consecutive|straight|full|calendar|trading|working|business|more|further)\s)?"
)
MONEY_WORD = re.compile(rf"\s{MONEY_UNIT}(?!\w)", re.IGNORECASE)
UNIT = re.compile(
    rf"\s?(?P<percent>{PERCENT})"
    rf"|[\s-](?P<time>{_COUNT_ADJECTIVES}{TIME_UNITS}(?:[\s-]old\b)?)(?![\w’'])"
    rf"|[\s-](?P<measure>{_MEASURES})(?!\w)"
    rf"|[\s-](?P<money>{MONEY_UNIT})(?!\w)",
    re.IGNORECASE,
)
SHORT = re.compile(rf"[\s-]?(?P<short>{SHORT_UNIT})")
CODE_AFTER = re.compile(rf"\s?\(?(?P<code>{'|'.join(CURRENCY_CODES)}|€|euro)\b\)?|\s?(?P<sign>€)")
PER = re.compile(
    r"\s(?:per|an?)\s(?P<per>[a-z]+(?:\s(?:foot|metre|meter|mile|kilometre|m|km)\b)?)|/(?P<slash>[a-z]+)"
)
_RATES = re.compile(
    r"barrel|share|gallon|gram|ounce|tonne?|kilo\w*|hour|day|week|month|year|person|head|minute|"
    r"second|square|sq|litre|liter|unit|piece|bottle|night|mile|game|capita|household|century|decade"
)

PERSON = re.compile(
    r"(?:\w+-\w+\s|[a-z]+(?:ed|an|ish|ese|ian|al|ry)\s|[A-Z]\w+\s){0,3}"
    r"(?:people|persons?|men|women|man|woman|child(?:ren)?|civilians?|soldiers?|troops|fighters?|"
    r"residents?|workers?|employees|students?|refugees|migrants|victims?|passengers?|officers?|"
    r"policem[ae]n|patients?|prisoners?|hostages?|protesters?|demonstrators?|suspects?|homes|houses|"
    r"families|dead|deaths|injur\w+|casualt\w+|others?|members?|voters?|boys?|girls?|militants?|"
    r"rebels?|gunm[ae]n|firefighters?|journalists?|doctors?|bodies|body|jobs|staff|vehicles|buildings)\b"
)

_NOUN_WORD = re.compile(r"[^\S\n]([A-Za-z][\w’'&.-]*)")
_PLURALS = {"people", "children", "men", "women", "police", "staff", "aircraft", "troops", "feet"}
_STOP = frozenset(
    words(
        """a an the of in on at to for from by with and or but nor as than that which who whom whose
    was were is are be been being has have had will would can could may might shall should must
    it its they them their he him his she her we our you your i this these those there here
    into over under about around after before during until since while when where if because
    between among against through per out up down off more other not no so also only just
    did does do said says say told killed wounded injured died dead left got went came made
    each every all both most many now then ago later earlier including according"""
    )
)


def is_rate(word: str) -> bool:
    """True where "per WORD" or "a WORD" makes a rate: "a barrel", "per share"."""
    return _RATES.match(word) is not None


def counted_noun(text: str, at: int) -> str:
    """The noun phrase that starts after `at`: words up to the first plural noun, else four."""
    noun: list[str] = []
    while len(noun) < 5 and (m := _NOUN_WORD.match(text, at)):
        word = re.sub(r"(?:['’]s?|\.)$", "", m[1])
        if word.lower() in _STOP:
            break
        noun.append(word)
        at = m.end()
        if _is_plural(word) or word != m[1]:
            break
    return " ".join(noun)


def _is_plural(word: str) -> bool:
    lower = word.lower()
    if lower in _PLURALS:
        return True
    return lower.endswith("s") and not lower.endswith(("ss", "us", "is", "ous")) and len(lower) > 3
