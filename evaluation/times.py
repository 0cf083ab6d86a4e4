"""Time expressions against gold: relaxed match and value, as TempEval-3 defines them.

    python -m evaluation.times FILE.jsonl... [--misses N] [--causes] [--floors]

Gold lines: {"id", "text", "document_date", "times": [{"span": [s, e], "type", "value"}]}.
A gold and a found expression match if their spans share a character, one to one. precision = matched / found,
recall = matched / gold; value F1 = relaxed F1 times the share of matched ones with the gold value; day F1 the same with
the part of a day left aside, which AQUAINT writes or leaves out as its annotators pleased ("Friday night").
Documents are parted by the hash of their id: two thirds were read while tuning, one third is only reported.
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from onrecord.annotation.sentences import split_sentences
from onrecord.annotation.times import find_times
from onrecord.records.documents import Basis, DateRange, Document
from onrecord.records.findings import TimeExpression

# Relaxed F1 and value F1 of the reported third below which a change is refused, a point under the best reached.
FLOORS = {"aquaint": (0.941, 0.766), "wikiwars": (0.926, 0.867)}


@dataclass
class Counts:
    """What was counted over documents; `misses` are lines for a person to read."""

    gold: int = 0
    found: int = 0
    matched: int = 0
    types: int = 0
    values: int = 0
    days: int = 0
    causes: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def measures(self) -> tuple[float, float, float, float, float, float]:
        """Precision, recall, relaxed F1, type F1, value F1, day F1."""
        precision = self.matched / max(self.found, 1)
        recall = self.matched / max(self.gold, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        right = max(self.matched, 1)
        return precision, recall, f1, f1 * self.types / right, f1 * self.values / right, f1 * self.days / right

    def row(self) -> str:
        """One line of the table."""
        return "  ".join(f"{number:6.3f}" for number in self.measures()) + f"   {self.gold:5d} {self.found:5d}"


def is_kept_for_reporting(identifier: str) -> bool:
    """Whether a document belongs to the third that tuning does not look at."""
    return int(sha256(identifier.encode()).hexdigest(), 16) % 3 == 0


def read_gold(path: Path) -> Iterator[dict[str, Any]]:
    """The documents of a gold file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def annotate(gold: dict[str, Any]) -> tuple[TimeExpression, ...]:
    """What we find in a gold document, given its date."""
    day = date.fromisoformat(gold["document_date"][:10])
    document = Document(gold["id"], "", "", gold["text"], published=DateRange(day, day, Basis.GIVEN))
    return find_times(document, split_sentences(document))


def plain(value: str) -> str:
    """A value without what tells no time: closing X groups; weeks in two digits, as ISO 8601 has them; a decade or
    century of TIMEX2 (WikiWars: "187") as TIMEX3 writes it ("187X").
    """
    whole = re.sub(r"-W(\d)$", r"-W0\1", re.sub(r"(?:-XX)+$", "", value))
    return whole.ljust(4, "X") if re.fullmatch(r"\d{2,3}", whole) else whole


def day_of(value: str) -> str:
    """A value without its part of the day or hour; lengths of time stay whole."""
    return value if value.startswith("P") else value.partition("T")[0]


def cause(wanted: str, found: str) -> str:
    """In what a found value differs from the gold one, told from the two values alone."""
    if day_of(wanted) == day_of(found):
        return "the part of the day or hour"
    if "_REF" in wanted + found or wanted.startswith("P") != found.startswith("P"):
        return "a length or PAST_REF for a date, or the reverse"
    if wanted.startswith("P"):
        return "another length"
    if ("-W" in wanted) != ("-W" in found):
        return "a day or month for a week, or the reverse"
    one, other = sorted((plain(day_of(wanted)).rstrip("X-"), plain(day_of(found)).rstrip("X-")), key=len)
    if other.startswith(one):
        return "as fine as a day, month or year"
    return "another day, month or year"


def score(counts: Counts, gold: dict[str, Any], found: Sequence[TimeExpression]) -> None:
    """Adds one document to the counts."""
    text, left = gold["text"], list(found)
    counts.gold += len(gold["times"])
    counts.found += len(found)
    for wanted in gold["times"]:
        start, end = wanted["span"]
        near = text[max(0, start - 40) : end + 30].replace("\n", " ")
        match = next((each for each in left if each.span.start < end and start < each.span.end), None)
        if match is None:
            counts.misses.append(f"MISSED  {wanted['value']:16} [{text[start:end]}]  …{near}…")
            continue
        left.remove(match)
        counts.matched += 1
        counts.types += match.type == wanted["type"]
        counts.days += plain(day_of(match.value)) == plain(day_of(wanted["value"]))
        if plain(match.value) == plain(wanted["value"]):
            counts.values += 1
        else:
            counts.causes[cause(wanted["value"], match.value)] += 1
            got = f"{match.value} [{text[slice(*match.span)]}]"
            counts.misses.append(f"VALUE   {wanted['value']:16} {got}  ({gold['document_date']}) …{near}…")
    for extra in left:
        start, end = extra.span
        near = text[max(0, start - 40) : end + 30].replace("\n", " ")
        counts.misses.append(f"EXTRA   {extra.value:16} [{text[start:end]}]  …{near}…")


def measure(path: Path) -> dict[str, Counts]:
    """The counts of a gold file, by part."""
    parts = {"tuned on": Counts(), "reported": Counts()}
    for gold in read_gold(path):
        part = parts["reported" if is_kept_for_reporting(gold["id"]) else "tuned on"]
        score(part, gold, annotate(gold))
    return parts


def main() -> int:
    """Prints the table; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--misses", type=int, default=0, help="print so many misses of the tuned part")
    parser.add_argument("--causes", action="store_true", help="count the wrong values of both parts by what differs")
    parser.add_argument("--floors", action="store_true", help="fail where the reported part is below its floor")
    arguments = parser.parse_args()
    print(f"{'':24}  precis  recall      F1    type   value     day    gold found")
    below = []
    for path in arguments.files:
        parts = measure(path)
        for name, counts in parts.items():
            print(f"{path.stem:14} {name:9}  {counts.row()}")
        for what in sorted({each for counts in parts.values() for each in counts.causes}) if arguments.causes else ():
            print(f"    {what:50}" + "".join(f"{counts.causes[what]:6}" for counts in parts.values()))
        print(*(f"    {miss}" for miss in parts["tuned on"].misses[: arguments.misses]), sep="\n", end="")
        _, _, relaxed, _, value, _ = parts["reported"].measures()
        floors = FLOORS.get(path.stem, (0.0, 0.0))
        below += [path.stem] if relaxed < floors[0] or value < floors[1] else []
    if arguments.floors:
        print("below the floor:" if below else "all floors held", *below)
    return 1 if below and arguments.floors else 0


if __name__ == "__main__":
    sys.exit(main())
