"""Makes gold that holds no words of its article: SHA-256 and offsets instead.

    python evals/offsets.py GOLD_DIR OUT --texts DIR

writes each gold file of GOLD_DIR to the folder OUT without title, quotes and surfaces. `restored`
of `summarise.evaluation.gold` puts the words back.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from summarise.evaluation.gold import Case, Gold, Place, digest
from summarise.evaluation.suite import load_suite
from summarise.files import write_file
from summarise.records import Claim, Figure, Period


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path, help="a suite, or a folder of gold files with quotes")
    parser.add_argument("out", type=Path, help="the folder to write to")
    parser.add_argument("--texts", type=Path, required=True, help="the folder of the texts")
    parser.add_argument("--only", nargs="*", help="ids of the cases, or globs; default all")
    asked = parser.parse_args()
    only = tuple(asked.only) if asked.only else None
    for case in load_suite(asked.gold, asked.texts).cases(only=only):
        where = asked.out / f"{case.gold.id}.json"
        write_file(where, json.dumps(withheld(case), ensure_ascii=False, indent=1) + "\n")
        print(where)


def withheld(case: Case) -> dict[str, Any]:
    """The JSON of the case's gold without a word of its text."""
    gold, text, path = case.gold, case.text, case.path
    if text is None or path is None:
        raise SystemExit(f"there is no text for {gold.id!r} in the folder given with --texts")
    return {
        "id": gold.id,
        "outlet": gold.outlet,
        "published": gold.published and gold.published.isoformat(),
        "labeller": gold.labeller,
        "file": gold.file or path.name,
        "sha256": digest(path.read_bytes()),
        "main_text": [list(stretch) for stretch in gold.main_text],
        "claims": [_claim(gold, claim, text) for claim in gold.claims],
    }


def _claim(gold: Gold, claim: Claim, text: str) -> dict[str, Any]:
    fields = claim.model_dump(mode="json", exclude={"verdict", "reasons"})
    return fields | {
        "evidence": [{"start": span.start, "end": span.end} for span in claim.evidence],
        "time": claim.time and _surfaced(gold, claim, claim.time, text),
        "quantities": [_surfaced(gold, claim, figure, text) for figure in claim.quantities],
    }


def _surfaced(gold: Gold, claim: Claim, part: Period | Figure, text: str) -> dict[str, Any]:
    at = _place(gold, claim, part.surface, text)
    fields = part.model_dump(mode="json", exclude={"surface"})
    return {"surface": "" if at is None else None, **({"at": list(at)} if at else {}), **fields}


def _place(gold: Gold, claim: Claim, surface: str, text: str) -> Place | None:
    """Where the surface stands: in the claim's evidence, else in the main text."""
    spans = [(span.start, span.end) for span in claim.evidence]
    for start, end in (*spans, *gold.main_text):
        found = text.find(surface, start, end)
        if surface and found >= 0:
            return found, found + len(surface)
    return None


if __name__ == "__main__":
    main()
