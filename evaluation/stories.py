"""Grouping on ECB+: which documents tell of the same topic, and of the same of two sibling events in a topic.

    python -m evaluation.stories --data DATA [--floors]

The threshold is chosen on every fourth topic (1, 5, 9, ...) and reported on the others.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

from onrecord.records.documents import Document
from onrecord.stories.grouping import SAME_STORY, group_documents

FLOOR = 92.0  # pairwise F1 by topic on the topics kept, below which a change is refused
TRIED = (0.06, 0.08, 0.10, 0.12, 0.14, 0.16, 0.18, 0.20, 0.24, 0.28)


def pairwise(
    rows: list[dict[str, Any]], threshold: float, key: Callable[[dict[str, Any]], object]
) -> tuple[float, float, float]:
    """Precision, recall and F1 over pairs of documents."""
    gold = {row["id"]: key(row) for row in rows}
    groups = group_documents([Document(row["id"], "", "", row["text"]) for row in rows], threshold)
    told = {frozenset(pair) for ids in groups for pair in combinations(ids, 2)}
    true = {frozenset(pair) for pair in combinations(gold, 2) if gold[pair[0]] == gold[pair[1]]}
    precision = len(told & true) / len(told) if told else 0.0
    recall = len(told & true) / len(true)
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def main() -> int:
    """Prints the table; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("ONRECORD_DATA", "data")))
    parser.add_argument("--floors", action="store_true", help="fail where the kept topics are below the floor")
    chosen = parser.parse_args()
    with (chosen.data / "stories" / "ecb.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    tuned = [row for row in rows if row["topic"] % 4 == 1]
    kept = [row for row in rows if row["topic"] % 4 != 1]
    for threshold in TRIED:
        print(
            f"tuning {threshold:.2f}",
            *(f"{100 * part:.1f}" for part in pairwise(tuned, threshold, lambda row: row["topic"])),
        )
    reached = {}
    for name, key in (("topic", lambda row: row["topic"]), ("event", lambda row: (row["topic"], row["event"]))):
        reached[name] = pairwise(kept, SAME_STORY, key)
        print(f"kept {SAME_STORY:.2f} {name}", *(f"{100 * part:.1f}" for part in reached[name]))
    below = 100 * reached["topic"][2] < FLOOR
    if chosen.floors:
        print(f"below the floor of {FLOOR}" if below else "all floors held")
    return 1 if chosen.floors and below else 0


if __name__ == "__main__":
    sys.exit(main())
