"""Acts and events against PLOVER's gold records: is the type of what a sentence reports found, and where?

Then our own acts in the invented sentences of gold/conditions_own.yml and its two successors, with the statements as
marked there: is the act the one labelled, and the deadline of an ultimatum?

    python -m evaluation.acts [DATA] [--part report|tune|all] [--misses] [--floors]

DATA (or ONRECORD_DATA) is the folder that holds plover.jsonl.

A record is right where the first act or event we read in the sentence has the gold type; "anywhere" counts it where any
of ours has it. precision, recall and F1 of a class are of the first reading. Records are parted by the hash of their
id: half were read while tuning, half are only reported; so is every other own sentence. --floors exits 1 where a
reported half lies below its floor.
"""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from evaluation.conditions import OWN_FILES, own_sentences
from onrecord.annotation.acts import classify_acts, code_sentence
from onrecord.annotation.conditions import find_conditions
from onrecord.annotation.quotation import judge_directness, quoted_regions
from onrecord.annotation.sentences import split_sentences
from onrecord.annotation.times import find_times
from onrecord.records.documents import Document
from onrecord.records.findings import Act, Attribution, EventCode
from onrecord.records.scores import empty_scores
from onrecord.settings import Settings

# Share of acts right in the reported halves of the own sentences, about a record and a half below what was measured.
OWN_FLOORS = (0.7, 0.79, 0.64)
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


def read_own(part: str, name: str) -> Iterator[tuple[Attribution, Attribution, str]]:
    """Each marked statement of a file, the same with the act we read in it, and the text."""
    for findings in own_sentences(part, name):
        document = findings.document
        sentences = split_sentences(document)
        times = find_times(document, sentences)
        plain = tuple(_unread(document.text, each) for each in findings.attributions)
        conditions = find_conditions(document, sentences, empty_scores(), plain, Settings())
        read = classify_acts(document, plain, conditions, times)
        for gold, ours in zip(findings.attributions, read, strict=True):
            yield gold, ours, document.text


def _unread(text: str, statement: Attribution) -> Attribution:
    """The statement as it is before its act is read."""
    directness = judge_directness(text, statement.content, quoted_regions(text))
    return replace(statement, act=Act.OTHER, deadline=None, directness=directness)


def is_same_act(gold: Attribution, ours: Attribution) -> bool:
    """Whether act and last day are the same."""
    ends = [each.deadline.latest if each.deadline else None for each in (gold, ours)]
    return gold.act is ours.act and ends[0] == ends[1]


def measure_own(part: str, name: str, *, misses: bool) -> float:
    """Print a line for each act of a file of own sentences; returns the share that is right."""
    rows = list(read_own(part, name))
    if misses:
        for gold, ours, text in rows:
            if not is_same_act(gold, ours):
                print(gold.act, ours.act, ours.code, ours.deadline, "|", text)
    total, right = (
        Counter(gold.act for gold, _, _ in rows),
        Counter(gold.act for gold, ours, _ in rows if is_same_act(gold, ours)),
    )
    print(f"{name}:", *(f"{act.value} {right[act]}/{number}," for act, number in sorted(total.items())), end=" ")
    print(f"right {right.total() / total.total():.3f} of {total.total()}")
    return right.total() / total.total()


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
    own_right = [measure_own(part, name, misses=options.misses) for name in OWN_FILES]
    below = first_right < FLOOR or any(own < floor for own, floor in zip(own_right, OWN_FLOORS, strict=True))
    if options.floors:
        print(f"below {FLOOR} or {OWN_FLOORS}" if below else "all floors held")
    return int(options.floors and below)


if __name__ == "__main__":
    sys.exit(main())
