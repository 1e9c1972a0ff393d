"""Gold: the hand-labelled claims of one article, with its words or with offsets alone.

Where an article's text is not ours to give, its gold holds no words of it: evidence without
`quote`, periods and figures with `"surface": null, "at": [start, end]`, and the SHA-256 of the
text. `restored` puts the words back.
"""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import Field, ValidationError

from summarise.claim_files import claim_of, read_json
from summarise.decode import decode
from summarise.errors import InputError, RecordError
from summarise.records import Claim, Figure, Period, Record, Span

CLAIM_FIELDS = (
    "id", "text", "evidence", "source", "via", "certainty", "polarity", "time", "quantities",
)  # fmt: skip
"""What each claim of a gold file has; none may be left out, so that none is forgotten."""

Place = tuple[int, int]

Surfaced = TypeVar("Surfaced", Period, Figure)


class Gold(Record):
    """The labels of one article.

    `places` has the offsets of surfaces that the file gives as offsets, by `c01.time` or
    `c01.quantities.0`; `sha256` is that of the bytes of the text's file.
    """

    id: str = Field(min_length=1)
    title: str | None = None
    outlet: str | None = None
    published: date | None = None
    labeller: str | None = None
    file: str | None = None
    sha256: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")
    main_text: tuple[Place, ...]
    claims: tuple[Claim, ...]
    split: str | None = None
    story: str | None = None
    genre: str | None = None
    places: dict[str, Place] = Field(default_factory=dict)

    @property
    def withheld(self) -> bool:
        """Whether the words of the article are left out, so that its text is needed."""
        return any(not span.quote for claim in self.claims for span in claim.evidence)


@dataclass(frozen=True)
class Case:
    """An article of a suite: its gold, and its text as it is in the file (newlines untouched).

    `text` and `path` are None where the suite gives no texts and the gold holds the words itself.
    """

    gold: Gold
    text: str | None = None
    path: Path | None = None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?` with the nearest of the known names, or nothing."""
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"; did you mean {near[0]!r}?" if near else ""


def load_gold(path: str | Path) -> Gold:
    """The gold of one file. Fields of the file that gold does not have are passed over.

    Raises RecordError, which names the file, the claim and the field, where the file is not gold.
    """
    where = Path(path)
    data = read_json(where, "the gold of one article: an object with 'id', 'main_text', 'claims'")
    if not isinstance(data, dict) or not isinstance(data.get("claims"), list):
        found = f"fields {sorted(data)!r}" if isinstance(data, dict) else type(data).__name__
        raise RecordError(
            f"{str(where)!r} is no gold file (found {found}); expected an object with 'id', "
            "'main_text' and a list under 'claims'"
        )
    return _gold(where, data)


def _gold(where: Path, data: dict[str, Any]) -> Gold:
    fields = {key: value for key, value in data.items() if key in Gold.model_fields}
    fields["claims"] = tuple(
        claim_of(where, number, _worded(where, number, item, data))
        for number, item in enumerate(data["claims"], 1)
    )
    fields["places"] = dict(_places(where, data["claims"]))
    try:
        gold = Gold.model_validate(fields)
    except ValidationError as error:
        raise RecordError(f"{str(where)!r}, {first_fault(error)}") from error
    if gold.withheld and not (gold.sha256 and gold.file):
        raise RecordError(
            f"{str(where)!r} has evidence without its quote; such a file names its text by "
            "'file' and 'sha256': give both, or the quotes"
        )
    return gold


def first_fault(error: ValidationError) -> str:
    """The first thing that is wrong, in a line: the field, what was expected, what was got."""
    fault = error.errors()[0]
    field = ".".join(str(part) for part in fault["loc"]) or "file"
    got = "" if fault["type"] == "missing" else f" (got {fault['input']!r:.80})"
    return f"field {field!r}: {fault['msg']}{got}"


def _worded(where: Path, number: int, item: object, data: Mapping[str, Any]) -> object:
    """The claim's JSON with "" for each word that the file leaves out."""
    if not isinstance(item, dict):
        return item
    name = item.get("id", f"number {number}")
    if missing := [field for field in CLAIM_FIELDS if field not in item]:
        raise RecordError(
            f"{str(where)!r}, claim {name!r} has no {missing[0]!r}; expected each of "
            f"{', '.join(CLAIM_FIELDS)} (null or [] where there is nothing to say)"
        )
    filled = dict(item)
    if data.get("sha256"):
        filled["evidence"] = _each(item["evidence"], "quote")
        filled["quantities"] = _each(item["quantities"], "surface")
        filled["time"] = _filled(item["time"], "surface")
    return filled


def _each(items: object, key: str) -> object:
    return [_filled(item, key) for item in items] if isinstance(items, list) else items


def _filled(item: object, key: str) -> object:
    if isinstance(item, dict) and item.get(key) is None:
        return {**item, key: ""}
    return item


def _places(where: Path, claims: list[Any]) -> Iterable[tuple[str, Place]]:
    for claim in claims:
        for key, part in _surfaced(claim):
            at = part.get("at")
            if at is None:
                continue
            if not (isinstance(at, list) and len(at) == 2 and all(type(n) is int for n in at)):
                raise RecordError(
                    f"{str(where)!r}, claim {claim['id']!r}, field {key!r}: expected 'at' to be "
                    f"[start, end], got {at!r:.80}"
                )
            yield f"{claim['id']}.{key}", (at[0], at[1])


def _surfaced(claim: Mapping[str, Any]) -> Iterable[tuple[str, Mapping[str, Any]]]:
    if claim["time"] is not None:
        yield "time", claim["time"]
    for number, quantity in enumerate(claim["quantities"] or ()):
        yield f"quantities.{number}", quantity


def digest(data: bytes) -> str:
    """The SHA-256 by which gold names its text."""
    return hashlib.sha256(data).hexdigest()


def restored(gold: Gold, text: str, data: bytes | None = None) -> Gold:
    """The gold with the words that its file leaves out, from the text of its article.

    `data` are the bytes of the text's file, where they are not plain UTF-8. Raises InputError
    where the text is not the one that was labelled.
    """
    found = digest(text.encode("utf-8", "surrogatepass") if data is None else data)
    if gold.sha256 and found != gold.sha256:
        raise InputError(
            f"the text of {gold.id!r} has SHA-256 {found[:12]}..., the one labelled had "
            f"{gold.sha256[:12]}...: offsets would point at other words; give the unchanged "
            f"{gold.file or gold.id!r}"
        )
    claims = tuple(_with_words(claim, gold.places, text) for claim in gold.claims)
    return gold.model_copy(update={"claims": claims, "places": {}})


def _with_words(claim: Claim, places: Mapping[str, Place], text: str) -> Claim:
    evidence = tuple(
        Span(start=span.start, end=span.end, quote=span.quote or text[span.start : span.end])
        for span in claim.evidence
    )
    quantities = tuple(
        _surface(figure, places.get(f"{claim.id}.quantities.{number}"), text)
        for number, figure in enumerate(claim.quantities)
    )
    time = claim.time and _surface(claim.time, places.get(f"{claim.id}.time"), text)
    return claim.model_copy(update={"evidence": evidence, "quantities": quantities, "time": time})


def _surface(part: Surfaced, at: Place | None, text: str) -> Surfaced:
    return part if at is None else part.model_copy(update={"surface": text[slice(*at)]})


def read_text(path: Path) -> tuple[str, bytes]:
    """The text of a file as it is, newlines untouched, and its bytes. Raises InputError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{str(path)!r} cannot be opened: {error.strerror or error}") from error
    return decode(data, str(path)), data


def canonical(gold: Gold) -> str:
    """The labels as one line of JSON, the same for every order of keys and kind of layout."""
    labels = gold.model_dump(mode="json", exclude={"split", "story", "genre"})
    return json.dumps(labels, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
