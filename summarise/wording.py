"""Whether a model's wording of a part still says what the part says.

A small model is good at putting a name for "he" and poor at leaving the rest alone, so each wording
is held against its part: same figures, same negation and doubt, the words of the part kept, and
nothing added but words that the article has used before.
"""

from __future__ import annotations

from collections import Counter

from summarise.language.cues import POSSIBLE_MODALS, SPEECH
from summarise.language.figures import find_figures
from summarise.language.syntax import parse
from summarise.language.words import words

KEPT = 0.6
"""Least part of the content words of the part that its wording keeps."""
MOST_FROM_BESIDE = 2
"""Most content words that it takes from the rest of its sentence alone: a name, not a clause."""
MOST_ADDED = 8
"""Most content words that a wording adds: a name, a place, an event."""


def fault(part: str, wording: str, before: str, sentence: str = "") -> str | None:
    """Why `wording` does not stand for `part`; None where it does.

    `before` is the article up to and with `sentence`, the one that the part was cut from.
    """
    if not wording.strip():
        return "it is empty"
    own, new = words(part), words(wording)
    if _figures(part) != _figures(wording):
        return "its figures are not those of the part"
    if sum(w.cue for w in own) % 2 != sum(w.cue for w in new) % 2:
        return "it turns a negation"
    if _modals(part) != _modals(wording):
        return "it changes how sure the part is"
    had = {w.stem for w in own if w.content}
    has = {w.stem for w in new if w.content}
    if had and len(had & has) / len(had) < KEPT:
        return "it leaves out words of the part"
    added = has - had
    known = {w.stem for w in words(before) if w.content}
    if len(added) > MOST_ADDED or len(added - known) > 1 or _does_more(wording, added - known):
        return "it adds what the part does not say"
    earlier = {w.stem for w in words(before.replace(sentence, "")) if w.content}
    beside = {w.stem for w in words(sentence) if w.content}
    if len((added & beside) - earlier) > MOST_FROM_BESIDE:
        return "it takes in another part of the sentence"
    if any(w.text.lower() in _SAID for w in new) and not any(w.text.lower() in _SAID for w in own):
        return "it says who says it"
    return None


def _does_more(wording: str, new: set[str]) -> bool:
    """Whether one of the words that are `new` is a verb: what is done is never the model's own."""
    if not new:
        return False
    verbs = " ".join(t.text for t in parse(wording).doc if t.pos_ == "VERB")
    return any(w.stem in new for w in words(verbs))


_SAID = frozenset(
    form for cue in SPEECH for form in (f"{cue}d", f"{cue}ed", f"{cue}s")
) | frozenset({"said", "told", "says"})


def _figures(text: str) -> Counter[tuple[object, object]]:
    return Counter((f.figure.low, f.figure.high) for f in find_figures(text))


def _modals(text: str) -> frozenset[str]:
    return frozenset(text.lower().split()) & (POSSIBLE_MODALS - {"can"})
