"""Agreement of two labellings of a suite, by field.

    python evals/agreement.py SUITE [--split NAME]

SUITE holds them in `labels/first` and `labels/second`, as they were before they were settled.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from summarise.claim_files import load_claims
from summarise.evaluation.agreement import agreement
from summarise.evaluation.suite import load_suite


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("suite", type=Path)
    parser.add_argument("--split")
    args = parser.parse_args()
    ids = load_suite(args.suite).case_ids(args.split)
    first, second = (
        {name: load_claims(args.suite / "labels" / which / f"{name}.json") for name in ids}
        for which in ("first", "second")
    )
    found = agreement(first, second)
    print(
        f"{found.articles} articles; claims: {found.first}, {found.second}, in both {found.matched}"
    )
    print(f"claim F1 {found.claim_f1:.3f}")
    for field in found.fields:
        told = "undefined" if field.alpha is None else f"{field.alpha:.3f}"
        share = "none" if field.share is None else f"{field.share:.3f}"
        print(f"{field.field:10s} n {field.n:4d}  agree {share}  alpha {told}")


if __name__ == "__main__":
    main()
