"""Pairwise precision, recall and F1 of same_person on spellings of Ukrainian members of parliament.

usage: python -m evaluation.names NAMES.jsonl [--floors]

Each line: {"name", "id"}. People are split by the hash of their id: one half was looked at while the rules were written
("tuned"), the other half was not ("report"). Every pair of names within a half is compared; "clusters" adds what
follows where one name is joined to two others, as the spellings of an actor in a ledger are.
"""

import json
import sys
from hashlib import sha256
from itertools import combinations
from pathlib import Path

from onrecord.linking.names import same_person

FLOOR = 0.975  # F1 of single pairs in the half not looked at, below which a change is refused


def in_tuned_half(person: str) -> bool:
    """Whether this person's names were looked at while the rules were written."""
    return int(sha256(person.encode()).hexdigest(), 16) % 2 == 0


def read_names(path: Path) -> list[tuple[str, str]]:
    """(name, person) pairs."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(entry["name"], entry["id"]) for entry in map(json.loads, lines)]


def decide_pairs(names: list[tuple[str, str]]) -> set[tuple[int, int]]:
    """Pairs of positions that same_person calls one person."""
    pairs = combinations(range(len(names)), 2)
    return {(i, j) for i, j in pairs if same_person(names[i][0], names[j][0]).same}


def close_pairs(joined: set[tuple[int, int]], count: int) -> set[tuple[int, int]]:
    """The pairs with what follows from them: a name joined to two others joins those."""
    group = list(range(count))
    for i, j in sorted(joined):
        old, new = group[j], group[i]
        group = [new if each == old else each for each in group]
    return {(i, j) for i, j in combinations(range(count), 2) if group[i] == group[j]}


def report(half: str, way: str, names: list[tuple[str, str]], joined: set[tuple[int, int]]) -> float:
    """Print precision, recall and F1 of the joined pairs, and return the F1."""
    wanted = {(i, j) for i, j in combinations(range(len(names)), 2) if names[i][1] == names[j][1]}
    right = len(joined & wanted)
    precision, recall = right / max(len(joined), 1), right / max(len(wanted), 1)
    f1 = 2 * right / max(len(joined) + len(wanted), 1)
    print(f"{half:7} {way:8} names {len(names)}  P {precision:.4f}  R {recall:.4f}  F1 {f1:.4f}")
    return f1


def main(arguments: list[str]) -> int:
    """Print two lines a half: pairs as decided one by one, and as they follow from each other. Exit code 1 below."""
    paths = [Path(each) for each in arguments if not each.startswith("--")]
    if not paths:
        print(__doc__)
        return 2
    names, reached = read_names(paths[0]), 0.0
    for half, tuned in (("tuned", True), ("report", False)):
        chosen = [entry for entry in names if in_tuned_half(entry[1]) is tuned]
        joined = decide_pairs(chosen)
        reached = report(half, "pairs", chosen, joined)
        report(half, "clusters", chosen, close_pairs(joined, len(chosen)))
    if "--floors" not in arguments:
        return 0
    print("all floors held" if reached >= FLOOR else f"below the floor of {FLOOR}")
    return 0 if reached >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
