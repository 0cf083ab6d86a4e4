"""Fits the weights of annotation/conditions/ranking.py and writes lexicon/clause_weights.yml.

    python training/clause_weights.py DATA        (or ONRECORD_DATA)

DATA holds gum.jsonl, ewt_conditions.jsonl and semeval_st2_train.jsonl. Only the tuning part is read: documents of GUM
with an open licence and sentences of EWT whose id hashes to the first half, two thirds of the counterfactuals. Each
decision is a softmax over its candidate places, fitted by gradient descent with an L2 penalty; weights below 0.05 are
dropped.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.annotation.conditions.cues import Cue, find_cues
from onrecord.annotation.conditions.parts import SIDES, Side, before_stop, consequence_start, end_label, text_end
from onrecord.annotation.conditions.ranking import (
    Features,
    condition_end_features,
    consequence_begin_features,
    consequence_end_features,
    side_features,
)
from onrecord.annotation.sentences import split_sentences
from onrecord.annotation.words import Word, read_words
from onrecord.records.documents import Document

OUTPUT = Path(__file__).parent.parent / "src/onrecord/lexicon/clause_weights.yml"
# How much one case counts: GUM's minimal clauses are what we follow, and there are few of them.
SHARES = {"gum": 6.0, "ewt": 3.0, "semeval": 1.0}
PENALTY = 3e-3  # chosen by four-fold cross-validation within the tuning part
ROUNDS = 300
LEAST = 0.05
RAREST = 3  # a feature seen less often is left out


@dataclass(frozen=True, slots=True)
class Case:
    """One decision with its candidates and the right one (an index among them)."""

    candidates: tuple[Features, ...]
    right: int
    share: float


def bucket(identity: str, parts: int) -> int:
    return int(sha256(identity.encode()).hexdigest(), 16) % parts


def is_tuning(corpus: str, identity: str) -> bool:
    """Whether a record may be looked at; the rest is for reporting only."""
    return bucket(identity, 3) != 0 if corpus == "semeval" else bucket(identity, 2) == 0


def read_corpus(data: Path, corpus: str, name: str) -> Iterator[dict[str, Any]]:
    with (data / name).open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if is_tuning(corpus, record["id"]) and record.get("licence_class", "open") == "open":
                yield record


def sentence_words(text: str) -> Iterator[tuple[Word, ...]]:
    document = Document(id="", path="", title="", text=text)
    for sentence in split_sentences(document):
        yield read_words(text, sentence)


def cue_of(words: tuple[Word, ...], gold: dict[str, Any]) -> Cue | None:
    starts = {start for start, _ in (*gold.get("cue", ()), *gold["condition"][:1])}
    for cue in find_cues(words):
        first, last = words[cue.first].start, words[cue.last - 1].end
        if any(first - 5 <= start < last for start in starts):
            return cue
    return None


def place_of(words: tuple[Word, ...], offset: int) -> int:
    """Index of the first word that begins at or behind `offset`."""
    return next((index for index, word in enumerate(words) if word.start >= offset), len(words))


def end_place(words: tuple[Word, ...], spans: list[list[int]]) -> int:
    """The place behind the last letter or digit of the spans."""
    inside = [
        index
        for index, word in enumerate(words)
        if word.lower[0].isalnum() and any(s < word.end <= e for s, e in spans)
    ]
    return inside[-1] + 1 if inside else 0


def main_pieces(words: tuple[Word, ...], cue: Cue, spans: list[list[int]]) -> tuple[list[Any], list[Any]]:
    """Consequence pieces before and behind the cue, without lone connectives ("So", "And")."""
    start = words[cue.first].start
    before = [span for span in spans if span[1] <= start]
    after = [span for span in spans if span[0] >= start]
    long_enough = [span for span in before if sum(span[0] <= word.start < span[1] for word in words) > 3]
    return (long_enough if after else before), after


class Table:
    """Cases of the four decisions, filled from the corpora."""

    def __init__(self) -> None:
        self.cases: dict[str, list[Case]] = {
            name: [] for name in ("side", "condition_end", "consequence_end", "consequence_begin")
        }

    def add(self, name: str, candidates: list[tuple[int, Features]], right: int, share: float) -> None:
        places = [place for place, _ in candidates]
        if right in places:
            features = tuple(tuple(filter(None, each)) for _, each in candidates)
            self.cases[name].append(Case(features, places.index(right), share))

    def learn(self, words: tuple[Word, ...], gold: dict[str, Any], share: float) -> None:
        cue = cue_of(words, gold)
        last = text_end(words)
        if cue is None or cue.last >= last:
            return
        end = end_place(words, gold["condition"])
        before, after = main_pieces(words, cue, gold["consequence"])
        side = Side.AROUND if before and after else Side.AFTER if after else Side.BEFORE if before else None
        if side is None or end <= cue.last:
            return
        self.learn_side(words, cue, last, end, side, share)
        self.add("condition_end", list(condition_end_features(words, cue.last, last, end_label(cue, side))), end, share)
        if after:
            first = consequence_start(words, end, last)
            stop = end_place(words, after)
            if first < stop:
                self.add("consequence_end", list(consequence_end_features(words, first, last)), stop, share)
        if before and not after:
            stop = before_stop(words, cue)
            if stop > 0:
                begin = place_of(words, before[-1][0] if len(before) > 1 else before[0][0])
                while begin < stop and not words[begin].lower[0].isalnum():
                    begin += 1
                self.add("consequence_begin", list(consequence_begin_features(words, 0, stop)), begin, share)

    def learn_side(self, words: tuple[Word, ...], cue: Cue, last: int, end: int, side: Side, share: float) -> None:
        features = side_features(words, cue.first, cue.last, last, end)
        rows = [(index, tuple(f"{each.value}: {name}" for name in features)) for index, each in enumerate(SIDES)]
        self.add("side", rows, SIDES.index(side), share)


def fit(cases: list[Case]) -> dict[str, float]:
    """Softmax weights by full-batch gradient descent (Adam)."""
    seen = Counter(name for case in cases for features in case.candidates for name in features)
    names = sorted(name for name, count in seen.items() if count >= RAREST)
    number = {name: index for index, name in enumerate(names)}
    rows, columns, bounds = [], [], [0]
    row = 0
    for case in cases:
        for features in case.candidates:
            known = [number[name] for name in features if name in number]
            rows += [row] * len(known)
            columns += known
            row += 1
        bounds.append(row)
    rows_, columns_ = np.array(rows), np.array(columns)
    group = np.repeat(np.arange(len(cases)), np.diff(bounds))
    right = np.array([bounds[index] + case.right for index, case in enumerate(cases)])
    share = np.array([case.share for case in cases])
    target = np.zeros(row)
    target[right] = 1
    weights = np.zeros(len(names))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, ROUNDS + 1):
        sums = np.bincount(rows_, weights[columns_], row)
        top = np.maximum.reduceat(sums, bounds[:-1])
        exp = np.exp(sums - top[group])
        probability = exp / np.add.reduceat(exp, bounds[:-1])[group]
        error = (probability - target) * share[group] / share.sum()
        gradient = np.bincount(columns_, error[rows_], len(names)) + PENALTY * weights
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        weights -= 0.1 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    sums = np.bincount(rows_, weights[columns_], row)
    best = np.array([bounds[i] + sums[bounds[i] : bounds[i + 1]].argmax() for i in range(len(cases))])
    print(f"  {len(cases)} cases, {len(names)} features, right on tuning: {(best == right).mean():.3f}")
    return {name: round(float(weights[index]), 2) for name, index in number.items() if abs(weights[index]) >= LEAST}


def collect(data: Path) -> Table:
    table = Table()
    for corpus, name in (("gum", "gum.jsonl"), ("ewt", "ewt_conditions.jsonl"), ("semeval", "semeval_st2_train.jsonl")):
        for record in read_corpus(data, corpus, name):
            wanted = [gold for gold in record["conditions"] if gold["condition"]]
            if not wanted:
                continue
            for words in sentence_words(record["text"]):
                if not words:
                    continue
                for gold in wanted:
                    if words[0].start <= gold["condition"][0][0] < words[-1].end:
                        table.learn(words, gold, SHARES[corpus])
    return table


def write(fitted: dict[str, dict[str, float]]) -> None:
    lines = [
        "# How much each feature of a place speaks for a clause beginning or ending there. Read by",
        "# annotation/conditions/ranking.py, written by training/clause_weights.py; do not edit by hand.",
        "# A > B: what stands before and behind the place. Higher is likelier; sums are compared, units are log odds.",
    ]
    for table, weights in fitted.items():
        lines.append(f"{table}:")
        ordered = sorted(weights.items(), key=lambda item: (-abs(item[1]), item[0]))
        lines += [f"  {json.dumps(name)}: {value}" for name, value in ordered]
    OUTPUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(arguments: list[str]) -> None:
    data = Path(arguments[0] if arguments else os.environ["ONRECORD_DATA"])
    fitted = {}
    for name, cases in collect(data).cases.items():
        print(name)
        fitted[name] = fit(cases)
    write(fitted)


if __name__ == "__main__":
    main(sys.argv[1:])
