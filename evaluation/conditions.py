"""Conditions against gold: found, condition and consequence both right, and how their realis was read.

    python -m evaluation.conditions [DATA] [--part report|tune|all] [--rules] [--table TABLE...] [--floors] [--shares]

DATA (or ONRECORD_DATA) is the folder of the corpora. Definitions are those of evaluation/scorers/score_conditions.py:
det is F1 of conditions found (Jaccard of their letters at least 0.5), joint of those whose consequence reaches it
too. "open" is the share of matched counterfactuals that were taken for open ones. --floors measures the reporting
part and exits 1 below a floor. --shares counts on the tuning part how many of each rule's conditions are right and
prints lexicon/condition_shares.yml; "off" is how far scores lie from the share that is right, over tenths of the
score. The last column is the bootstrap 95% interval of joint F1 over records.

Parts: records are parted by the hash of their id (half; of the counterfactuals a third for reporting); rules and
weights were made on the tuning part only. "own sentences" are gold/conditions_own.yml, the language of governments,
conditions_own_2.yml, that of protest and the press, which the corpora do not hold, and conditions_own_3.yml, what
goes beyond one clause beside another; every other sentence is for reporting. Without --rules everything is done as
for a user: statements are found first, and the trained head speaks too; then only records it has not learnt are
measured: a fifth by its own rule, and everything whose licence kept it out of training. Protest news: the development
data have next to no relation with "if", so causes are measured that another conjunction opens ("as", "because",
"till"), with that written "if". It shows how far clauses reach in such papers, not how well real conditions are
found.
"""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from evaluation.marked import mark_document
from evaluation.scorers.score_conditions import score_record, total
from onrecord.annotation.attributions import find_attributions
from onrecord.annotation.conditions import find_conditions
from onrecord.annotation.conditions.scoring import side_of
from onrecord.annotation.sentences import split_sentences
from onrecord.encoder import load_encoder
from onrecord.records.codec import to_plain
from onrecord.records.documents import Document
from onrecord.records.findings import Findings
from onrecord.records.scores import Encoder, empty_scores
from onrecord.settings import Settings

GOLD = Path(__file__).with_name("gold")
CONJUNCTIONS = frozenset({"as", "because", "since", "till", "until", "once", "though", "if", "unless"})
# Joint F1 on the reporting part; one and a half to two and a half points below what was measured when they were set.
FLOORS = {
    "GUM, all genres": 0.53,
    "GUM, not shipped": 0.625,
    "counterfactuals": 0.605,
    "EWT": 0.69,
    "own sentences": 0.83,
    "own sentences 2": 0.87,
    "own sentences 3": 0.89,
}  # rules alone
FLOORS_WITH_HEAD = {
    "GUM, not shipped": 0.61,
    "counterfactuals": 0.69,
    "own sentences": 0.83,
    "own sentences 2": 0.87,
    "own sentences 3": 0.85,
}
MOST_OPEN = 0.05  # counterfactuals taken for open ones
DRAWS = 1000  # for the interval of joint F1
ENOUGH = 20  # found conditions from which a rule's share is counted
OFFICIAL = ("news", "interview", "court", "speech")


@dataclass(frozen=True, slots=True)
class Table:
    """One line of the table: which file, which records, and how the id is written where the head was trained."""

    name: str
    file: str
    genres: tuple[str, ...] = ()
    prefix: str = ""
    parts: int = 2  # one of so many parts is for reporting


Judged = tuple[dict[str, Any], bool]  # a condition found, and whether it is right
OFFICIAL_TABLE = "official and news"  # a part of the next one
CONTRARY_FILE = "semeval_st2_train.jsonl"
CAUSES_FILE = "cnc_causal.jsonl"
OWN_FILES = ("conditions_own.yml", "conditions_own_2.yml", "conditions_own_3.yml")
TABLES = (
    Table(OFFICIAL_TABLE, "gum.jsonl", OFFICIAL),
    Table("GUM, all genres", "gum.jsonl"),
    Table("GUM, not shipped", "gum_nc.jsonl"),
    Table("counterfactuals", CONTRARY_FILE, prefix="semeval/", parts=3),
    Table("EWT", "ewt_conditions.jsonl", prefix="ewt/"),
    Table("protest news", CAUSES_FILE),
    Table("own sentences", OWN_FILES[0]),
    Table("own sentences 2", OWN_FILES[1]),
    Table("own sentences 3", OWN_FILES[2]),
)


@dataclass
class Counts:
    """What one line of the table is made of."""

    scored: list[Any] = field(default_factory=list)
    contrary: int = 0
    contrary_open: int = 0
    judged: list[Judged] = field(default_factory=list)  # each found condition, and whether it is right

    @property
    def open_share(self) -> float:
        """Share of the matched counterfactuals that were taken for open ones."""
        return self.contrary_open / self.contrary if self.contrary else 0.0


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
    if table.file in OWN_FILES:
        yield from own_records(part, table.file)
        return
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
                yield from read_causes(record)
                continue
            yield record


def own_sentences(part: str, name: str = OWN_FILES[0]) -> tuple[Findings, ...]:
    """What the hand-marked sentences of a file hold; every other one is for reporting."""
    listed = yaml.safe_load((GOLD / name).read_text(encoding="utf-8"))["sentences"]
    chosen = {"tune": listed[::2], "report": listed[1::2], "all": listed}[part]
    return tuple(mark_document(sentence, ())[0] for sentence in chosen)


def own_records(part: str, name: str) -> Iterator[dict[str, Any]]:
    """The same in the form of the corpora."""
    for findings in own_sentences(part, name):
        conditions = [
            {
                "condition": [span for clause in condition.condition for span in clause],
                "consequence": list(condition.consequence),
                "realis": condition.realis.value,
            }
            for condition in findings.conditions
        ]
        yield {"id": findings.document.id, "text": findings.document.text, "conditions": conditions}


def read_causes(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A cause that a conjunction opens, with that conjunction written "if": the cause is then a condition."""
    for relation in record["relations"]:
        if len(relation["signal"]) != 1 or len(relation["cause"]) != 1:
            continue
        (start, end), (begin, _) = relation["signal"][0], relation["cause"][0]
        printed = record["text"][start:end]
        if printed.lower() not in CONJUNCTIONS or not 0 <= begin - end <= 2:
            continue
        cue = "If" if printed[0].isupper() else "if"
        shift = len(cue) - len(printed)
        parts = {
            name: [[place + shift * (place >= end) for place in span] for span in relation[name]]
            for name in ("cause", "effect")
        }
        condition = {"cue": [[start, start + len(cue)]], "condition": parts["cause"], "consequence": parts["effect"]}
        text = record["text"][:start] + cue + record["text"][end:]
        yield {"id": f"{record['id']}/{relation['index']}", "text": text, "conditions": [condition]}


def annotate(record: dict[str, Any], encoder: Encoder | None) -> dict[str, Any]:
    """Our conditions of one record in the scorer's form."""
    text = record["text"]
    document = Document(id=record["id"], path="", title="", text=text)
    sentences, settings = split_sentences(document), Settings()
    scores = encoder.score(text) if encoder else empty_scores()
    again = encoder.score if encoder else None
    held = find_attributions(document, sentences, scores, settings, score_again=again) if encoder else ()
    found = find_conditions(document, sentences, scores, held, settings)
    return {"id": record["id"], "conditions": [to_plain(condition) for condition in found]}


def count(records: Iterator[dict[str, Any]], encoder: Encoder | None) -> Counts:
    """Score every record."""
    counts = Counts()
    for record in records:
        found = annotate(record, encoder)
        counts.scored.append(score_record(record, found))
        for condition in found["conditions"]:
            alone = score_record(record, {"id": record["id"], "conditions": [condition]})
            counts.judged.append((condition, bool(alone[2])))
        contrary = [gold for gold in record["conditions"] if gold.get("realis") == "counterfactual"]
        if not contrary:
            continue
        for condition in found["conditions"]:
            one = {"id": record["id"], "conditions": [condition]}
            if score_record({**record, "conditions": contrary}, one)[2]:
                counts.contrary += 1
                counts.contrary_open += condition["realis"] == "open"
    return counts


def interval(scored: Sequence[Any]) -> tuple[float, float]:
    """The 95% interval of joint F1 where records are drawn anew with replacement (percentiles of DRAWS draws)."""
    sums = np.array([(gold, found, sum(pair["joint"] for pair in pairs)) for gold, found, pairs in scored])
    drawn = np.random.default_rng(0).integers(len(sums), size=(DRAWS, len(sums)))
    gold, found, right = sums[drawn].sum(axis=1).T
    low, high = np.percentile(2 * right / np.maximum(gold + found, 1), [2.5, 97.5])
    return float(low), float(high)


def row(name: str, counts: Counts) -> str:
    """One line of the table."""
    if not counts.scored:
        return f"{name:18}        -"
    sums = total(counts.scored)
    numbers = [sums[column] for column in ("det_p", "det_r", "det_f1", "joint_p", "joint_r", "joint_f1", "cons_exact")]
    shown = " ".join("      -" if number is None else f"{number:7.3f}" for number in numbers)
    taken = f"{counts.open_share:6.3f}" if counts.contrary else "     -"
    low, high = interval(counts.scored)
    counted = f"{name:18} {sums['gold']:5d} {sums['pred']:5d} {shown} {taken} {calibration_error(counts.judged):6.3f}"
    return f"{counted} {low:.2f}-{high:.2f}"


def calibration_error(judged: Sequence[Judged]) -> float:
    """How far scores lie from the share that is right, weighed over tenths of the score."""
    tenths: dict[int, list[tuple[float, bool]]] = {}
    for condition, right in judged:
        tenths.setdefault(int(condition["score"] * 10), []).append((condition["score"], right))
    gaps = (abs(sum(score - right for score, right in group)) for group in tenths.values())
    return sum(gaps) / max(len(judged), 1)


def shares(judged: Sequence[Judged]) -> Iterator[str]:
    """The lines of lexicon/condition_shares.yml."""
    found, right = Counter[tuple[str, str, str]](), Counter[tuple[str, str, str]]()
    for condition, is_right in judged:
        side = side_of(condition["condition"], condition["consequence"])
        key = (condition["produced_by"], "contrary" if condition["realis"] == "counterfactual" else "other", side)
        found[key] += 1
        right[key] += is_right
    for key in sorted(found):
        if found[key] >= ENOUGH:
            rule, kind, side = key
            seen = f"found: {found[key]}, right: {right[key]}"
            yield f'  - {{rule: "{rule}", realis: {kind}, consequence: {side}, {seen}}}'


def counted(table: Table, judged: Sequence[Judged]) -> Iterator[Judged]:
    """The conditions of one line of the table from which shares are counted.

    The counterfactual corpus holds nothing but sentences with one, so it tells nothing of other conditions; the rules
    were made to fit the own sentences; causes are no conditions.
    """
    if table.name == OFFICIAL_TABLE or table.file in (*OWN_FILES, CAUSES_FILE):
        return
    for condition, right in judged:
        if table.file != CONTRARY_FILE or condition["realis"] == "counterfactual":
            yield condition, right


def below_floors(table: Table, counts: Counts, *, rules: bool) -> Iterator[str]:
    """What lies below a floor, in words."""
    floor = (FLOORS if rules else FLOORS_WITH_HEAD).get(table.name)
    joint = total(counts.scored)["joint_f1"] if counts.scored else None
    if floor is not None and (joint is None or joint < floor):
        yield f"{table.name}: joint F1 {joint} is below {floor}"
    if table.name == "counterfactuals" and counts.open_share > MOST_OPEN:
        yield f"{table.name}: {counts.open_share:.3f} taken for open, more than {MOST_OPEN}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the arguments, print the table; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", default=os.environ.get("ONRECORD_DATA"), type=Path)
    parser.add_argument("--part", choices=("report", "tune", "all"), default="report")
    parser.add_argument("--rules", action="store_true", help="the rules alone, without the trained head")
    parser.add_argument("--table", nargs="*", default=[table.name for table in TABLES], help="only these lines")
    parser.add_argument("--floors", action="store_true", help="exit 1 below a floor")
    parser.add_argument("--shares", action="store_true", help="print how many of each rule's conditions are right")
    options = parser.parse_args(arguments)
    if options.data is None:
        parser.error("the folder of the data is needed, or ONRECORD_DATA")
    part = "report" if options.floors else options.part
    encoder = None if options.rules else load_encoder()
    print(f"{'':18}  gold found   det P   det R  det F1 joint P joint R jointF1 consExa   open    off jointF1 95%")
    judged: list[Judged] = []
    below: list[str] = []
    for table in TABLES:
        if table.name in options.table:
            counts = count(read_records(options.data, table, part, rules=options.rules), encoder)
            print(row(table.name, counts), flush=True)
            judged += counted(table, counts.judged)
            below += below_floors(table, counts, rules=options.rules) if options.floors else []
    if options.shares:
        print(*shares(judged), sep="\n")
    if options.floors:
        print("below the floor:" if below else "all floors held", *below, sep="\n")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
