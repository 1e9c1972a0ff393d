"""Tables of the words that turn what a claim asks: what is counted, of whom, when, how surely."""

from __future__ import annotations

import re

from summarise.language.date_words import MONTHS, WEEKDAYS
from summarise.language.number_words import SMALL
from summarise.language.words import word_set

TOLL = {"kill": "killed", "injure": "injured", "casualty": "casualties", "victim": "victims"}
"""Senses of words that count the harmed, and how the class is called."""
TOLLS = {
    **TOLL, "displace": "displaced", "arrest": "arrested", "miss": "missing", "rescue": "rescued",
    "evacuate": "evacuated", "capture": "captured", "besiege": "besieged", "send": "sent",
}  # fmt: skip
"""The same, with what else is done to people and counted."""

CLASSES = {
    "child": "children", "woman": "women", "man": "men", "civilian": "civilians",
    "soldier": "soldiers", "rebel": "fighters", "fight": "fighters", "police": "police",
    "official": "officials", "student": "students", "worker": "workers", "patient": "patients",
    "journalist": "journalists", "passenger": "passengers", "doctor": "doctors",
    "tourist": "tourists", "migrant": "migrants", "refugee": "refugees", "body": "bodies",
}  # fmt: skip
"""Whom a figure counts, where it is not people at large."""

COUNTED = frozenset((*TOLL, "miss", "rescue", "displace", "arrest"))
"""Senses of what befalls people that are counted however few they are."""
STRIKING = re.compile(
    r"\bstrikers?\b|\bon strike\b|\bdown(?:ed)? tools\b|\bwalk(?:ed|ing)? (?:out|off)\b"
    r"|\b(?:part in|join(?:ed)?) (?:the |a )?(?:\w+ )?"
    r"(?:strike|walkout|stoppage|industrial action)\b"
    r"|\bstay(?:ed)? away from work\b|\babsent\b"
    r"|\bfail(?:ed)? to report (?:for|to) (?:work|duty)\b",
    re.IGNORECASE,
)
"""What tells how many are on strike."""
JOINED = re.compile(
    r"\b(?:tak(?:e|es|en|ing)|took) part\b|\bturn(?:ed )?out\b|\battend(?:ed|ance)\b|\bcrowd\b"
    r"|\bjoin(?:ed)? (?:the |a )?(?:march|protest|rally|demonstration)\b"
    r"|\bmarch(?:ed|ers?)?\b(?! \d)|\brall(?:y|ied)\b|\b(?:protest|demonstrat)(?:ors?|ers?|ed)\b",
    re.IGNORECASE,
)
"""What tells how many take part in a march, a meeting or whatever was named before."""
ABOARD = re.compile(r"\b(?:aboard|on board|carr(?:ied|ying))\b", re.IGNORECASE)
"""What tells how many a ship, a plane or a bus carried."""
ON_STRIKE, TAKING_PART, ON_BOARD = "on strike", "taking part", "on board"
ILL = "ill"
CASES = re.compile(
    r"\bcases?\b(?! (?:against|before)\b)|\b(?:ill|sick\w*|infect\w+)\b", re.IGNORECASE
)
"""What counts the ill."""
IN_HOSPITAL = re.compile(
    r"\bin (?:\w+ )?hospitals?\b|\bhospitali[sz]ed\b|\badmitted to\b"
    r"|\b(?:being|were|was) treated\b",
    re.IGNORECASE,
)
"""What counts those whom hospitals have."""
SURE = re.compile(
    r"\b(?:(?P<sure>confirmed|laborator(?:y|ies)|lab-confirmed)|(?P<not>suspected|probable|possible))\b",
    re.IGNORECASE,
)
"""Whether it is certain that they are."""
IRREGULAR = word_set(
    """left won lost broke began met found sank sold bought drove flew sent
    spent paid built caught fought fled kept led withdrew quit quits"""
)
"""Verbs of the past that do not end in "ed"."""
PEOPLE = frozenset(CLASSES) | {"member", "commut", "attack", "protest", "march", "turnout"}
"""Senses of units that count people."""

PROSPECT = re.compile(
    r"\b(?:will|shall|would|(?:may|might)(?! (?:not )?(?:\w+ly )?have\b)"
    r"|could(?! (?:not|(?:\w+ly )?have)\b)|going to|plan(?:s|ned|ning)?|intend\w*"
    r"|prepar(?:es?|ed|ing)|gear(?:s|ed|ing)? up|ready to|set to|about to|vow\w*"
    r"|(?:is|are|was|were) due to (?!the\b|a\b|an\b|its\b)"
    r"|(?:wants?|seeks?|hopes?) to|pledg\w+|promis\w+|threaten\w*|risks?|forecast\w*|outlook"
    r"|projections?"
    r"|predict\w*|aim(?:s|ed)? to"
    r"|(?:is|are|was|were) (?:expected|likely|scheduled|slated|poised|to))\b",
    re.IGNORECASE,
)
"""What is said to lie ahead or to be possible, not to have happened."""
HARMED = re.compile(
    r"\b(?:killed|dead|slain) (?:or|and|and/or) (?:\w+ )?(?:injured|wounded|hurt)\b"
    r"|\b(?:injured|wounded|hurt) (?:or|and|and/or) (?:killed|dead)\b",
    re.IGNORECASE,
)
"""The killed and the injured counted as one."""
PART = re.compile(
    r"\b(?:among|includ(?:es?|ed|ing)"
    r"|(?:most|many|some|part|half|majority|one|two|three|four|five|six|seven|eight|nine|ten|\d+)"
    r" of (?:the|those|its|their|them|his|her)"
    r"|mostly|mainly|largely|majority)\b",
    re.IGNORECASE,
)
"""What speaks of a part of a whole."""
MOST = re.compile(r"\b(?:most|majority|bulk|half|third|quarter) of\b|\bmostly\b", re.IGNORECASE)
"""A share told in words."""
WHILE = re.compile(
    r"\b(?:over|in|within|during|for) (?:the )?(?:past|last|previous|first) "
    r"(?:\w+ )?(?:hours?|days?|weeks?|months?|years?|quarters?)\b"
    r"|\bin (?:one|a single) (?:day|night|week|attack|battle)\b"
    r"|\bon (?:the|its|their) (?:first|second|third|last|opening) (?:day|night|weekend)\b",
    re.IGNORECASE,
)
"""A stretch of time that bounds a count."""
EARLIER = re.compile(
    r"\b(?:previous|earlier|initial|preliminary|revised|updated|up from|down from"
    r"|(?:rose|risen|rise|climbed|increased|fell|fallen|dropped) (?:to|from))\b",
    re.IGNORECASE,
)
"""Words by which one text tells a figure and its own forerunner."""

RESET = re.compile(
    r"\b(?:put off|push(?:ed|es)? back|postpon\w+|delay\w+|reschedul\w+|brought forward|put back"
    r"|moved (?:from|to|forward|back)|rather(?: than)?|instead(?: of)?)\b",
    re.IGNORECASE,
)
"""What tells that a day which was set is another now."""
PUT_OFF = re.compile(
    r"\b(?:put off|push(?:ed|es)? back|postpon(?:es?|ed)|reschedul(?:es?|ed)|brought forward)\b"
    r"|\bdelay(?:s|ed) (?:the |a )?(?:\w+ )?(?:vote|trial|hearing|talks|start|opening|launch|strike"
    r"|decision|election|match|flight)\b",
    re.IGNORECASE,
)
"""What was set for a day and lies ahead still."""
FORMER = re.compile(
    r"\b(?:(?:up|down|risen|rose|rises?|fallen|fell|raised|cut|lowered|revised|changed|increased"
    r"|reduced) from|rather than|instead of|not|previous(?:ly)?|earlier|initial(?:ly)?"
    r"|original(?:ly)?|first)\b[^\d.;]{0,40}$",
    re.IGNORECASE,
)
"""What leads up to a figure that another has taken the place of: "800, down from the"."""
ONSET = re.compile(r"\b(?:since|beg[aiu]n\w*|start(?:ed|s|ing)?|erupt\w*)\b", re.IGNORECASE)
"""What asks when a thing came to be."""

ROLES = {
    **dict.fromkeys("in at near outside inside on around across within off".split(), "place"),
    **dict.fromkeys("from to into towards toward".split(), "way"),
    **dict.fromkeys("by".split(), "doer"),
    **dict.fromkeys("with alongside between against for under over about".split(), "side"),
}
"""The part that a name plays in a claim, by the preposition before it."""
AUXILIARY = word_set(
    "is are was were be been has have had will would may might could can should must do does did"
)
DATED = frozenset([*MONTHS, *WEEKDAYS]) | word_set(
    "day week month year hour minute today yesterday tomorrow morning evening night afternoon"
)
NUMBER_WORDS = frozenset(SMALL) | word_set(
    """hundred thousand million billion trillion dozen hundreds thousands millions billions dozens
    half third quarter percent per cent"""
)
MONEY = re.compile(
    r"[$£€¥]|\b(?:dollars?|euros?|pounds?|pence|cents?|yen|yuan|rupees?|francs?|crowns?|rubles?"
    r"|roubles?|usd|eur|gbp)\b|\dp\b",
    re.IGNORECASE,
)
_SPANS = r"(?:second|minute|hour|night|day|week|month|year|head|person|piece|unit)"
RATE_UNIT = re.compile(rf"\bper {_SPANS}\b", re.IGNORECASE)
"""The unit of what is so much each time."""
RATE = re.compile(rf"\s(?:[\w’'-]+\s){{0,3}}?(?:an?|per|each|every) {_SPANS}\b", re.IGNORECASE)
"""What stands behind a figure that is so much each time: "barrels a day"."""
TREATED = "in hospital"
"""What the injured whom a hospital has are called: not all who are."""
TREATMENT = word_set("admit treat hospital")
SHARE = re.compile(
    r"^share\b|\bshare of\b|\b(?:percent|per cent|percentage|proportion)\b|%"
    r"|\b(?:half|thirds?|quarters?|fifths?|tenths?)\b",
    re.IGNORECASE,
)
SPAN = re.compile(r"^(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?)\b", re.I)
