"""Words for bodies, for what is within them, and for who speaks for them."""

from __future__ import annotations

from summarise.language.words import stem


def stems_of(words: str) -> frozenset[str]:
    return frozenset(map(stem, words.split()))


METONYMS = {
    "pentagon": ("United States", "defens"),
    "kremlin": ("Russia", ""),
    "white house": ("United States", ""),
    "downing street": ("United Kingdom", ""),
    "whitehall": ("United Kingdom", ""),
    "elysee": ("France", ""),
    "foggy bottom": ("United States", "state"),
    "scotland yard": ("United Kingdom", "metropolitan polic"),
}
"""Buildings for those who sit in them: the state, and the stem of the organ if it is one."""

HEADS = stems_of("president premier chancellor king queen emir sultan emperor pm")
"""Who speaks for a whole state, where no other body is named ("the bank's president")."""
ROLES = stems_of(
    """president premier prime chancellor king queen emir sultan emperor pm vice deputy acting
    first senior junior chief chair chairman chairwoman chairperson head leader director manager
    secretary undersecretary press spokesman spokeswoman spokesperson spokespeople
    official officer aide adviser advisor envoy ambassador diplomat coordinator commander captain
    colonel lieutenant major brigadier admiral sergeant general representative executive boss
    founder member analyst strategist economist former interim new outgoing veteran top unnamed
    anonymous inspector superintendent commissioner assistant permanent strategic communication
    media public relation mr mrs ms dr prof professor sir lord lady dame"""
)
"""Words for what somebody is within a body."""
FORMS = stems_of(
    """ministry minister agency service department office government administration authority
    national state federal republic country nation its ally"""
)
"""Words for the form of a body: "the ministry of defence" is the defence department."""
ORGANS = stems_of(
    """intelligence military army navy force guard police security council defense foreign interior
    exterior home health finance treasury justice education energy agriculture transport staff joint
    state parliament senate congress cabinet operation regiment brigade command border customs
    emergency civil spy secret service state-run government ministry embassy western allied"""
)
"""What the organs of every state are called: by such words alone no two of them are one."""
NOBODY = stems_of(
    """source official person people witness resident local survivor diplomat observer expert
    analyst reporter medium medic activist critic insider user worker neighbour neighbor report poll
    survey"""
)
"""Who has no name: one outlet's source is not another's."""
OFFICES = stems_of(
    "mayor governor police fire health army navy defence defense foreign interior staff"
)
"""Words of titles that tell the body too."""
