"""Finite forms of English verbs: "falling" told of the past is "fell", of now "falls"."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

Tense = Literal["past", "present", "future", "conditional"]

_IRREGULAR = """
    arise-arose awake-awoke bear-bore beat-beat become-became begin-began bend-bent bet-bet bid-bid
    bind-bound bite-bit bleed-bled blow-blew break-broke bring-brought broadcast-broadcast
    build-built burst-burst buy-bought cast-cast catch-caught choose-chose cling-clung come-came
    cost-cost creep-crept cut-cut deal-dealt dig-dug do-did draw-drew drink-drank drive-drove
    eat-ate fall-fell feed-fed feel-felt fight-fought find-found flee-fled fly-flew forbid-forbade
    forecast-forecast foresee-foresaw forget-forgot forgive-forgave freeze-froze get-got give-gave
    go-went grind-ground grow-grew hang-hung have-had hear-heard hide-hid hit-hit hold-held
    hurt-hurt keep-kept know-knew lay-laid lead-led leave-left lend-lent let-let lie-lay light-lit
    lose-lost make-made mean-meant meet-met outrun-outran oversee-oversaw overtake-overtook
    overthrow-overthrew pay-paid put-put quit-quit read-read rebuild-rebuilt ride-rode ring-rang
    rise-rose run-ran say-said see-saw seek-sought sell-sold send-sent set-set shake-shook shed-shed
    shine-shone shoot-shot shrink-shrank shut-shut sing-sang sink-sank sit-sat sleep-slept
    slide-slid speak-spoke speed-sped spend-spent spin-spun split-split spread-spread spring-sprang
    stand-stood steal-stole stick-stuck strike-struck strive-strove swear-swore sweep-swept
    swim-swam swing-swung take-took teach-taught tear-tore tell-told think-thought throw-threw
    undercut-undercut undergo-underwent understand-understood undertake-undertook uphold-upheld
    upset-upset wake-woke wear-wore weep-wept win-won wind-wound withdraw-withdrew withhold-withheld
    withstand-withstood write-wrote
"""
_DOUBLING = frozenset(
    """admit ban bar beg chop clap commit compel control cram dip drag drop equip fan grab grip hop
    hug jam knit mar nod occur omit outfit pat permit pin plan plot plug pop prefer propel rebel
    refer regret rip rob rub sag scrap scrub ship shop shrug sip skip slam slap slip slot snap snub
    span spot star stem step stir stop strap strip submit swap tag tan tap throb tip top transfer
    transmit trap trim tug wrap zip patrol signal travel cancel label level model quarrel rival
    shovel tunnel fuel""".split()
)
"""Verbs that double their last letter."""


@cache
def _past_forms() -> dict[str, str]:
    pairs = (pair.partition("-") for pair in _IRREGULAR.split())
    return {lemma: past for lemma, _, past in pairs}


def finite(lemma: str, tense: Tense, *, plural: bool) -> str:
    """The form of a verb that stands with a subject of the third person: "falls", "fell"."""
    if tense == "future":
        return f"will {lemma}"
    if tense == "conditional":
        return f"would {lemma}"
    if lemma == "be":
        return be(tense, plural=plural)
    if tense == "past":
        return _past_forms().get(lemma) or _past(lemma)
    return lemma if plural else _singular(lemma)


def be(tense: Tense, *, plural: bool) -> str:
    """The form of "to be" for the third person."""
    if tense == "future":
        return "will be"
    if tense == "conditional":
        return "would be"
    if tense == "past":
        return "were" if plural else "was"
    return "are" if plural else "is"


def _past(lemma: str) -> str:
    if lemma.endswith("e"):
        return f"{lemma}d"
    if re.search(r"[^aeiou]y$", lemma):
        return f"{lemma[:-1]}ied"
    return f"{lemma}{lemma[-1]}ed" if lemma in _DOUBLING else f"{lemma}ed"


def _singular(lemma: str) -> str:
    if lemma == "have":
        return "has"
    if re.search(r"(?:s|x|z|ch|sh|o)$", lemma):
        return f"{lemma}es"
    return f"{lemma[:-1]}ies" if re.search(r"[^aeiou]y$", lemma) else f"{lemma}s"


def infinitive(participle: str, lemma: str) -> str:
    """The infinitive of a form in -ing, where `lemma`, a tagger's guess, drops an "e" ("stag")."""
    short = re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", lemma) is not None
    return f"{lemma}e" if short and participle == f"{lemma}ing" else lemma
