"""Acts and events against PLOVER's gold records: is the type of what a sentence reports found, and where?

    python -m evaluation.acts [DATA] [--part report|tune|all] [--misses] [--floors]

DATA (or ONRECORD_DATA) is the folder that holds plover.jsonl.

A record is right where the first act or event we read in the sentence has the gold type; "anywhere" counts it where any
of ours has it. precision, recall and F1 of a class are of the first reading. Records are parted by the hash of their
id: half were read while tuning, half are only reported. --floors exits 1 where the reported half lies below its floor.
"""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from onrecord.annotation.acts import code_sentence
from onrecord.annotation.conditions import find_conditions
from onrecord.annotation.sentences import split_sentences
from onrecord.records.documents import Document
from onrecord.records.findings import EventCode
from onrecord.records.scores import empty_scores
from onrecord.settings import Settings

FLOOR = 0.61  # share of first types right on the reported half; 0.625 of 72 when it was set, one record less


def is_kept_for_reporting(identifier: str) -> bool:
    """Whether a record belongs to the half that tuning does not look at."""
    return int(sha256(identifier.encode()).hexdigest(), 16) % 2 == 1


def read_records(data: Path, part: str) -> Iterator[dict[str, Any]]:
    """The gold records of one part."""
    with (data / "plover.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if part == "all" or is_kept_for_reporting(record["id"]) == (part == "report"):
                yield record


def read_codes(text: str) -> tuple[EventCode, ...]:
    """The codes of a sentence in reading order."""
    document = Document(id="", path="", title="", text=text)
    sentences = split_sentences(document)
    conditions = find_conditions(document, sentences, empty_scores(), (), Settings())
    return tuple(code for sentence in sentences for code in code_sentence(text, sentence, conditions))


def print_table(rows: Sequence[tuple[str, str, bool]]) -> None:
    """Print precision, recall and F1 for each class, then the shares over all."""
    gold, found = Counter(row[0] for row in rows), Counter(row[1] for row in rows)
    right = Counter(first for wanted, first, _ in rows if wanted == first)
    print(f"{'type':12}   gold  precision  recall      F1")
    for name in sorted(gold):
        precision, recall = right[name] / max(found[name], 1), right[name] / gold[name]
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        print(f"{name:12} {gold[name]:6d} {precision:10.2f} {recall:7.2f} {f1:7.2f}")
    print(
        f"first right {sum(right.values()) / len(rows):.3f}   anywhere {sum(row[2] for row in rows) / len(rows):.3f}",
        end="",
    )
    print(f"   of {len(rows)}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the arguments, print the table; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", default=os.environ.get("ONRECORD_DATA"), type=Path)
    parser.add_argument("--part", choices=("report", "tune", "all"), default="report")
    parser.add_argument("--misses", action="store_true", help="print the records that were read otherwise")
    parser.add_argument("--floors", action="store_true", help="exit 1 below the floor, on the reported half")
    options = parser.parse_args(arguments)
    part = "report" if options.floors else options.part
    if options.data is None:
        parser.error("the folder of the data is needed, or ONRECORD_DATA")
    rows = []
    for record in read_records(options.data, part):
        codes = [code.plover for code in read_codes(record["text"])]
        rows.append((record["event"], codes[0] if codes else "-", record["event"] in codes))
        if options.misses and rows[-1][0] != rows[-1][1]:
            print(rows[-1][0], codes, "|", record["event_text"], "|", record["text"])
    print_table(rows)
    first_right = sum(wanted == first for wanted, first, _ in rows) / len(rows)
    if options.floors:
        print("all floors held" if first_right >= FLOOR else f"first right {first_right:.3f} is below {FLOOR}")
    return int(options.floors and first_right < FLOOR)


if __name__ == "__main__":
    sys.exit(main())
