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
capture: captive prisoner catch caught
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
airplane: warplane aircraft jet
drone: uav
victim: toll
suicide: kamikaze
guard: sentry
money: cash fund
buy: purchase acquire acquisition takeover
sell: sale
win: victory
beat: defeat thrash overcome
resign: quit resignation
appoint: hire
fire: blaze wildfire
truce: ceasefire armistice
flood: flooding
storm: hurricane cyclone typhoon
quake: earthquake tremor
town: city village municipality
area: region district province zone oblast
border: frontier
cost: expense lose loss
profit: earnings income
revenue: turnover
job: position post
worker: employee staff workforce
police: policeman policewoman
passenger: passengers
refugee: refugees
official: officer
lawmaker: legislator parliamentarian mp
vote: ballot
build: construct construction
repair: fix restore restoration
close: closed closing shut closure shutdown shutter
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
deny: reject denial refute refuse refusal rebuff rejection
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
talk: negotiation negotiate negotiator
deal: agreement agree settlement settle pact accord
offer: proposal propose
dispute: row quarrel feud standoff
attack: walkout stoppage
wreck: derail sabotage undermine scupper thwart
prove: proof evidence
broker: mediate mediator mediation
convict: guilty conviction
fine: penalty penalise penalize
ban: prohibit outlaw prohibition
sue: lawsuit
sack: dismiss dismissal layoff oust
delay: postpone postponement defer
cancel: scrap abandon
praise: hail applaud laud
pay: wage salary
cut: reduce reduction slash trim
raise: hike
share: stock
forecast: outlook projection
company: firm business corporation
government: cabinet administration
leader: chief boss
scientist: researcher
study: research
find: discover discovery detect detection
infect: infection
miss: unaccounted
receive: accept obtain pocket
protest: demonstration demonstrator demonstrate protester rally
elect: election
title: trophy championship
expand: expansion widen enlarge
extend: prolong extension
suspend: suspension
admit: acknowledge concede
recover: retrieve recovery
search: hunt
replace: successor succeed
reveal: disclose unveil disclosure
intervene: intervention
return: comeback
last: lasting
"""
_PHRASES = """
resign: step+down stand+down
intervene: step+in
begin: set+off kick+off break+out get+underway
end: break+up wind+up
cancel: call+off
attack: walk+out walk+off down+tools fire+on fire+at open+fire
close: shut+down
collapse: break+down fall+through fall+apart
deny: turn+down rule+out
sack: lay+off laid+off
delay: put+off hold+up
destroy: blow+up burn+down
rise: go+up
fall: go+down
repair: do+up
extinguish: put+out
seize: take+over
send: hand+over
buy: take+over snap+up
cause: bring+about
found: set+up
end: wipe+out
"""
"""Verbs that mean another thing with the word behind them."""
_DERIVED = re.compile(
    r"(?:ization|isation|ations?|itions?|ments?|ances?|ences?|ships?|ities|ity|ness|ions?|ees?|ors?"
    r"|ers?|ives?|ful|al|ate)$"
)
_IDLE = word_set(
    """number figure total report several some many few reach include including carry out involve be
    have do make take get give go come people person one also least occur happen side
    managed manage additional further extra more another close closer not no never neither
    none nobody nothing without away back again ever even together along almost nearly around
    due second third next launch stage mount possible able impossible unable surpass exceed
    suffer participate conduct whether face see recent recently since most mostly only now today
    later earlier new old like well first last estimate among amid"""
)
_EMPTY = _IDLE | frozenset(map(stem, _IDLE))
"""Words that say nothing of what a claim is about: light verbs, degrees, denials."""
_GENERAL = word_set(
    """soldier person area town country group place thing part way use used case continue provide
    show make keep remain become help work big heavy small plan gear"""
)

_NO_ADVERBS = word_set(
    """supply reply rally family ally assembly anomaly july fly rely apply multiply bully monopoly
    butterfly belly comply imply early elderly weekly daily monthly yearly"""
)
_LEAST_ROOT = 5
_LEAST_BARE = 2


@cache
def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in _SENSES.strip().splitlines():
        sense, words = line.split(": ")
        for word in (sense, *words.split()):
            table.setdefault(root(stem(word)), sense)
    return table


@cache
def _phrases() -> dict[tuple[str, str], str]:
    table: dict[tuple[str, str], str] = {}
    for line in _PHRASES.strip().splitlines():
        meant, phrases = line.split(": ")
        for verb, _, behind in (phrase.partition("+") for phrase in phrases.split()):
            table.setdefault((stem(verb), behind), _table().get(root(stem(meant)), meant))
    return table


@lru_cache(maxsize=65536)
def sense_of_two(word: str, behind: str) -> str:
    """What a word stands for before another: "stepped" before "down"; empty as for `sense`."""
    return _phrases().get((stem(word), behind)) or sense(word)


@lru_cache(maxsize=16384)
def root(base: str) -> str:
    """A stem without its ending of derivation: "deployment" is "deploy", "agree" is "agreed"."""
    cut = _DERIVED.sub("", base)
    if cut != base and len(cut) >= _LEAST_ROOT:
        return cut
    # A stem of four letters keeps the "e" that its inflections lose: "move", "moved".
    bare = base.rstrip("e")
    return bare if len(bare) > _LEAST_BARE else base


_UNLIKE_STEM = {
    **dict.fromkeys(("plane", "planes"), "airplane"),
    **dict.fromkeys(("closed", "closes", "closing"), "close"),
}
"""Words whose stem is that of another word: a plane is no plan, what is closed is not close by."""


@lru_cache(maxsize=65536)
def sense(word: str) -> str:
    """What a word, lower case, stands for; empty where it says nothing by itself."""
    if word in _UNLIKE_STEM:
        return _UNLIKE_STEM[word]
    if word in STOP or word in _EMPTY or (word.endswith("ly") and word not in _NO_ADVERBS):
        return ""
    base = stem(word)
    if base in _EMPTY or base in STOP:
        return ""
    return _table().get(base) or _table().get(root(base)) or root(base)


_OPPOSED = """
open reopen / shut | begin resume reopen / end suspend shut | stay remain / resign leave shut |
burn rage / extinguish | evacuate leave / return | arrest / release | approve / deny |
join / leave quit | allow / ban | impose / lift | continue / end suspend
"""


@cache
def opposed() -> dict[str, frozenset[str]]:
    """For each sense of a state or a change, those of its opposites: one may follow the other."""
    table: dict[str, set[str]] = {}
    for pair in " ".join(_OPPOSED.split()).split("|"):
        left, right = ({sense(word) for word in side.split()} for side in pair.split("/"))
        for word in left:
            table.setdefault(word, set()).update(right)
        for word in right:
            table.setdefault(word, set()).update(left)
    return {word: frozenset(others) for word, others in table.items()}


GENERAL = frozenset(map(sense, _GENERAL))
"""Senses that say what sort of thing is meant, and little of what is said of it."""

REVERSING = frozenset(
    map(
        sense,
        """withdraw cancel scrap lift revoke rescind reverse overturn annul reopen resume reinstate
        suspend postpone delay drop disband dissolve quash repeal""".split(),
    )
)
"""Senses of what undoes what was done before."""
