"""Conditions against gold: found, condition and consequence both right, and how their realis was read.

    python -m evaluation.conditions [DATA] [--part report|tune|all] [--rules] [--table TABLE...]

DATA (or ONRECORD_DATA) is the folder of the corpora. Definitions are those of evaluation/scorers/score_conditions.py:
det is F1 of conditions found (Jaccard of their letters at least 0.5), joint of those whose consequence reaches it too.
"open" is the share of matched counterfactuals that were taken for open ones.

Parts: records are parted by the hash of their id (half; of the counterfactuals a third for reporting); rules and
weights were made on the tuning part only. Without --rules the trained head speaks too, and then only records it has not
learnt are measured: a fifth by its own rule, and everything whose licence kept it out of training. Protest news: the
development data have no relation with such a signal, so its line is empty.
"""

import argparse
import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from evaluation.scorers.score_conditions import score_record, total
from onrecord.annotation.conditions import find_conditions
from onrecord.annotation.sentences import split_sentences
from onrecord.encoder import load_encoder
from onrecord.records.codec import to_plain
from onrecord.records.documents import Document
from onrecord.records.scores import Encoder, empty_scores
from onrecord.settings import Settings

OFFICIAL = ("news", "interview", "court", "speech")


@dataclass(frozen=True, slots=True)
class Table:
    """One line of the table: which file, which records, and how the id is written where the head was trained."""

    name: str
    file: str
    genres: tuple[str, ...] = ()
    prefix: str = ""
    parts: int = 2  # one of so many parts is for reporting


TABLES = (
    Table("official and news", "gum.jsonl", OFFICIAL),
    Table("GUM, all genres", "gum.jsonl"),
    Table("GUM, not shipped", "gum_nc.jsonl"),
    Table("counterfactuals", "semeval_st2_train.jsonl", prefix="semeval/", parts=3),
    Table("EWT", "ewt_conditions.jsonl", prefix="ewt/"),
    Table("protest news", "cnc_causal.jsonl"),
)


@dataclass
class Counts:
    """What one line of the table is made of."""

    scored: list[Any] = field(default_factory=list)
    contrary: int = 0
    contrary_open: int = 0


def is_reported(table: Table, identifier: str) -> bool:
    """Whether a record belongs to the part that tuning does not look at."""
    bucket = int(sha256(identifier.encode()).hexdigest(), 16) % table.parts
    return bucket == (0 if table.parts == 3 else 1)


def is_unseen_by_head(table: Table, record: dict[str, Any]) -> bool:
    """Whether the trained head has not learnt from a record (training/train.py holds out a fifth)."""
    licence = record.get("licence_class", "open")
    return licence != "open" or sum(map(ord, table.prefix + record["id"])) % 5 == 0


def read_records(data: Path, table: Table, part: str, *, rules: bool) -> Iterator[dict[str, Any]]:
    """The gold records of one line of the table."""
    with (data / table.file).open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if table.genres and record["genre"] not in table.genres:
                continue
            if part != "all" and is_reported(table, record["id"]) != (part == "report"):
                continue
            if not rules and not is_unseen_by_head(table, record):
                continue
            if "relations" in record:
                record["conditions"] = list(conditional_relations(record))
                if not record["conditions"]:
                    continue
            yield record


def conditional_relations(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Relations of the Causal News Corpus whose signal is "if" or "unless"."""
    for relation in record["relations"]:
        signal = " ".join(record["text"][start:end] for start, end in relation["signal"])
        if re.search(r"\b(?:if|unless)\b", signal, re.IGNORECASE):
            yield {"cue": relation["signal"], "condition": relation["cause"], "consequence": relation["effect"]}


def annotate(record: dict[str, Any], encoder: Encoder | None) -> dict[str, Any]:
    """Our conditions of one record in the scorer's form."""
    text = record["text"]
    document = Document(id=record["id"], path="", title="", text=text)
    scores = encoder.score(text) if encoder else empty_scores()
    found = find_conditions(document, split_sentences(document), scores, (), Settings())
    return {"id": record["id"], "conditions": [to_plain(condition) for condition in found]}


def count(records: Iterator[dict[str, Any]], encoder: Encoder | None) -> Counts:
    """Score every record."""
    counts = Counts()
    for record in records:
        found = annotate(record, encoder)
        counts.scored.append(score_record(record, found))
        contrary = [gold for gold in record["conditions"] if gold.get("realis") == "counterfactual"]
        if not contrary:
            continue
        for condition in found["conditions"]:
            one = {"id": record["id"], "conditions": [condition]}
            if score_record({**record, "conditions": contrary}, one)[2]:
                counts.contrary += 1
                counts.contrary_open += condition["realis"] == "open"
    return counts


def row(name: str, counts: Counts) -> str:
    """One line of the table."""
    if not counts.scored:
        return f"{name:18}        -"
    sums = total(counts.scored)
    numbers = [sums[column] for column in ("det_p", "det_r", "det_f1", "joint_p", "joint_r", "joint_f1", "cons_exact")]
    shown = " ".join("      -" if number is None else f"{number:7.3f}" for number in numbers)
    taken = f"{counts.contrary_open / counts.contrary:6.3f}" if counts.contrary else "     -"
    return f"{name:18} {sums['gold']:5d} {sums['pred']:5d} {shown} {taken}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the arguments, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", default=os.environ.get("ONRECORD_DATA"), type=Path)
    parser.add_argument("--part", choices=("report", "tune", "all"), default="report")
    parser.add_argument("--rules", action="store_true", help="the rules alone, without the trained head")
    parser.add_argument("--table", nargs="*", default=[table.name for table in TABLES], help="only these lines")
    options = parser.parse_args(arguments)
    if options.data is None:
        parser.error("the folder of the data is needed, or ONRECORD_DATA")
    encoder = None if options.rules else load_encoder()
    print(f"{'':18}  gold found   det P   det R  det F1 joint P joint R jointF1 consExa   open")
    for table in TABLES:
        if table.name in options.table:
            records = read_records(options.data, table, options.part, rules=options.rules)
            print(row(table.name, count(records, encoder)), flush=True)


if __name__ == "__main__":
    main()
