"""Words of news that stand for one another, as one sense each: "air raid" and "bombing" alike."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from summarise.language.words import STOP, stem, word_set

_SENSES = """
kill: die dead death fatality fatal deadly slain slay perish
injure: injury wound hurt
attack: strike raid airstrike blast explosion explode bomb bombing bombardment bomber assault
attack: hit target attacker
attack: detonate detonation shelling shell offensive incursion invasion invade explosive
fight: combat battle battlefield clash fighting warfare engage
war: conflict
soldier: troop serviceman personnel force
rebel: militant insurgent
person: people resident inhabitant citizen
child: kid minor
capture: captive prisoner
seize: confiscate impound
hold: control occupy
besiege: siege encircle blockade
displace: displacement uproot homeless
evacuate: evacuee evacuation
flee: fled escape
arrest: detain detention custody apprehend
send: move relocate transfer deploy deployment station export supply deliver ship dispatch
begin: start launch erupt commence outbreak
end: finish conclude halt stop cease
rise: increase grow climb soar jump surge growth
fall: drop decline decrease plunge slump tumble shrink slide
deepen: strengthen intensify
cooperate: cooperation collaborate collaboration partnership alliance
heavy: severe serious grave critical critically severely seriously gravely significant
vehicle: car truck lorry van
bus: coach
plane: warplane aircraft jet
drone: uav
victim: toll
suicide: kamikaze
guard: sentry
money: cash fund
buy: purchase acquire acquisition takeover
sell: sale
win: victory
lose: defeat
resign: quit
appoint: hire
fire: blaze wildfire
truce: ceasefire armistice
flood: flooding
storm: hurricane cyclone typhoon
quake: earthquake tremor
town: city village municipality
area: region district province zone oblast
border: frontier
cost: expense
profit: earnings income
revenue: turnover
job: position post
worker: employee staff
official: officer
lawmaker: legislator parliamentarian mp
vote: ballot
build: construct construction
repair: fix restore restoration
close: closed closing shut closure
reopen: resume
rescue: save survive survival
illness: disease sick sickness
hospital: clinic
doctor: physician medic
school: academy
road: highway motorway street
house: home dwelling
collapse: topple
damage: destroy destruction ruin
law: legislation bill
court: tribunal
judge: magistrate
trial: prosecution
sentence: jail imprison prison
accuse: allege accusation allegation charge
deny: reject denial refute
plan: intend intention prepare ready
approve: endorse pass
condemn: denounce criticise criticize
warn: warning
ask: request urge call
danger: risk threat threaten endanger destabilize destabilise instability destabilization
wide: broad
big: large great major
small: minor little
want: wish
about: regarding
front: frontline
ship: vessel boat ferry
help: aid assist support assistance
"""
_DERIVED = re.compile(
    r"(?:ization|isation|ations?|itions?|ments?|ances?|ences?|ships?|ities|ity|ness|ions?|ees?|ors?"
    r"|ers?|ives?|ful|al|ate)$"
)
_EMPTY = word_set(
    """number figure total report several some many few reach include including carry out involve be
    have do make take get give go come people person one also amid least occur happen side
    managed manage additional further extra more another close closer not no never neither
    none nobody nothing without away back again ever even together along almost nearly around
    due second third next launch stage mount possible able impossible unable surpass exceed
    suffer participate conduct face see recent recently since most mostly only now today later
    earlier new old like well first last"""
)
"""Words that say nothing of what a claim is about: light verbs, degrees, denials."""
GENERAL = word_set(
    """soldier person area town country group place thing part way use case continue provide show
    make keep remain become help work big heavy small plan gear"""
)
"""Senses that say what sort of thing is meant, and little of what is said of it."""
_NO_ADVERBS = word_set(
    """supply reply rally family ally assembly anomaly july fly rely apply multiply bully monopoly
    butterfly belly comply imply early elderly weekly daily monthly yearly"""
)
_LEAST_ROOT = 5


@cache
def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in _SENSES.strip().splitlines():
        sense, words = line.split(": ")
        for word in (sense, *words.split()):
            table.setdefault(root(stem(word)), sense)
    return table


@lru_cache(maxsize=16384)
def root(base: str) -> str:
    """A stem without its ending of derivation: "deployment" is "deploy"."""
    cut = _DERIVED.sub("", base)
    return cut if len(cut) >= _LEAST_ROOT else base


@lru_cache(maxsize=65536)
def sense(word: str) -> str:
    """What a word, lower case, stands for; empty where it says nothing by itself."""
    if word in STOP or word in _EMPTY or (word.endswith("ly") and word not in _NO_ADVERBS):
        return ""
    base = stem(word)
    if base in _EMPTY or base in STOP:
        return ""
    return _table().get(base) or _table().get(root(base)) or root(base)
