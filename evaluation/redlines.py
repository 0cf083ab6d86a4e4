"""How well mentions are joined to lines, histories written and supposed events matched, on invented coverage.

usage: python -m evaluation.redlines [GOLD.yml ...] [--no-vectors] [--show] [--floors]

Without files: evaluation/gold/redlines_*.yml, each a table of its own. --no-vectors leaves the sentence vectors out.
--show prints every difference. --floors exits 1 where a figure lies below its floor.

joining: pairwise precision, recall and F1 over labelled mentions (two mentions in one line or not), and B-cubed F1.
A mention that gold gives to no line should be in none; a labelled mention that is in no line of ours is a line alone.
steps: F1 of (line, status), and of (line, status, day) where gold names a day. Our line for a gold line is the one that
shares most of its mentions. changed parts: F1 of (status, part) for the steps whose changed parts gold names.
what-if: share of questions answered exactly, and precision and recall of the lines listed.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

import numpy as np

from evaluation.marked import Case, GoldLine, read_cases
from onrecord.records.redlines import RedLine
from onrecord.records.scores import Encoder, Float, WordScores, empty_scores
from onrecord.records.spans import Span
from onrecord.redlines.lines import form_red_lines
from onrecord.redlines.statements import form_statements
from onrecord.redlines.whatif import match_event

# Below the figures of the files for measuring by about two pairs, steps or answers: F1, in percent.
FLOORS = {
    "redlines_measuring.yml": {"joining, pairs": 93.0, "steps": 89.0, "what-if, lines listed": 81.0},
    "redlines_measuring_2.yml": {"joining, pairs": 93.0, "steps": 81.0, "what-if, lines listed": 81.0},
    "redlines_measuring_3.yml": {"joining, pairs": 86.0, "steps": 68.0, "what-if, lines listed": 70.0},
}
LEAST_PRECISION = 98.0  # of joining, in every file: a false join does more harm than a missed one
GOLD = Path(__file__).parent / "gold"
Key = tuple[str, Span]  # document, span of the alternative


class NoVectors:
    """An encoder whose sentence vectors are all nought, so that they tell nothing apart."""

    version = "none"

    def score(self, text: str) -> WordScores:
        """No scores."""
        return empty_scores()

    def embed(self, sentences: tuple[str, ...]) -> Float:
        """Vectors of nought."""
        return np.zeros((len(sentences), 1), np.float32)

    sense = embed


@dataclass
class Rate:
    """Counts for precision and recall."""

    right: int = 0
    ours: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """Right ones among ours."""
        return self.right / self.ours if self.ours else 1.0

    @property
    def recall(self) -> float:
        """Right ones among gold."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def add(self, ours: Iterable[object], gold: Iterable[object]) -> None:
        """Count two multisets."""
        one, other = Counter(list(ours)), Counter(list(gold))
        self.right += sum((one & other).values())
        self.ours += sum(one.values())
        self.gold += sum(other.values())


@dataclass
class Table:
    """All figures of one gold file, and the differences in words."""

    cases: int = 0
    mentions: int = 0
    lines: int = 0
    pairs: Rate = field(default_factory=Rate)
    cubed: list[tuple[float, float]] = field(default_factory=list)
    drawn: Rate = field(default_factory=Rate)
    steps: Rate = field(default_factory=Rate)
    days: Rate = field(default_factory=Rate)
    parts: Rate = field(default_factory=Rate)
    rollups: Rate = field(default_factory=Rate)
    questions: Rate = field(default_factory=Rate)
    exact: list[bool] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)


def measure(cases: Iterable[Case], encoder: Encoder) -> Table:
    """The figures over some cases."""
    table = Table()
    for case in cases:
        statements = tuple(statement for findings in case.findings for statement in form_statements(findings))
        lines = form_red_lines(case.findings, statements, encoder)
        _measure_case(case, lines, encoder, table)
    return table


def _measure_case(case: Case, lines: tuple[RedLine, ...], encoder: Encoder, table: Table) -> None:
    table.cases += 1
    table.mentions += len(case.labels)
    table.lines += len(case.lines)
    placed = _place_mentions(lines)
    _measure_joining(case, placed, table)
    ours = _match_lines(case, placed)
    by_id = {line.id: line for line in lines}
    for gold in case.lines:
        _measure_history(case, gold, by_id.get(ours.get(gold.name, "")), table)
    names = {line: name for name, line in ours.items()}
    for question in case.questions:
        found = [names.get(match.line, match.line) for match in match_event(question.event, lines, encoder)]
        table.questions.add(found, question.lines)
        table.exact.append(Counter(found) == Counter(question.lines))
        if not table.exact[-1]:
            table.differences.append(f"{case.name}: what if {question.event} ours {found} gold {list(question.lines)}")


def _place_mentions(lines: tuple[RedLine, ...]) -> dict[Key, str]:
    """The line of each mention, by document and the span of its alternative. What is only supposed is left out."""
    return {
        (mention.document, spans[0]): line.id
        for line in lines
        for mention in line.mentions
        for spans in mention.condition
        if mention.realis.value != "hypothetical"
    }


def _measure_joining(case: Case, placed: Mapping[Key, str], table: Table) -> None:
    keys = sorted(case.labels)
    ours = {key: placed.get(key, f"alone {key}") for key in keys}
    gold = {key: case.labels[key] for key in keys}
    table.drawn.add(placed, keys)
    table.differences += [f"{case.name}: no line drawn by {_words(case, key)!r}" for key in keys if key not in placed]
    table.differences += [f"{case.name}: drawn but not gold {_words(case, key)!r}" for key in placed if key not in gold]
    joined = [(one, other) for one, other in combinations(keys, 2) if ours[one] == ours[other]]
    wanted = [(one, other) for one, other in combinations(keys, 2) if gold[one] == gold[other]]
    table.pairs.add(joined, wanted)
    for one, other in sorted(set(joined) ^ set(wanted)):
        kind = "false join" if (one, other) in joined else "missed join"
        table.differences.append(f"{case.name}: {kind} {_words(case, one)!r} / {_words(case, other)!r}")
    table.cubed += [_cubed(key, ours, gold) for key in keys]


def _cubed(key: Key, ours: Mapping[Key, str], gold: Mapping[Key, str]) -> tuple[float, float]:
    same = {other for other in ours if ours[other] == ours[key]}
    wanted = {other for other in gold if gold[other] == gold[key]}
    return len(same & wanted) / len(same), len(same & wanted) / len(wanted)


def _words(case: Case, key: Key) -> str:
    document, span = key
    text = next(each.document.text for each in case.findings if each.document.id == document)
    return text[span.start : span.end]


def _match_lines(case: Case, placed: Mapping[Key, str]) -> dict[str, str]:
    """For each gold line the line of ours that has most of its mentions; each of ours once."""
    shared = Counter((name, placed[key]) for key, name in case.labels.items() if key in placed)
    matched: dict[str, str] = {}
    for (name, line), _count in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if name not in matched and line not in matched.values():
            matched[name] = line
    return matched


def _measure_history(case: Case, gold: GoldLine, ours: RedLine | None, table: Table) -> None:
    steps = [entry.status.value for entry in ours.history] if ours is not None else []
    days = [(e.status.value, str(e.when.latest)) for e in ours.history] if ours is not None else []
    dated = [(step.status, step.day) for step in gold.steps if step.day]
    wanted = [step.status for step in gold.steps]
    table.steps.add(steps, wanted)
    table.days.add([day for day in days if day[0] in {status for status, _ in dated}], dated)
    _measure_parts(gold, ours, table)
    rollup = ours.rollup.value if ours is not None else "none"
    table.rollups.add([rollup], [gold.rollup])
    if Counter(steps) != Counter(wanted) or rollup != gold.rollup:
        steps_wanted = [(step.status, step.day) for step in gold.steps]
        table.differences.append(f"{case.name}: {gold.name}: ours {days} {rollup}; gold {steps_wanted} {gold.rollup}")


def _measure_parts(gold: GoldLine, ours: RedLine | None, table: Table) -> None:
    """Which parts changed, for the steps whose changed parts gold names."""
    told = {step.status for step in gold.steps if step.parts}
    wanted = [(step.status, part) for step in gold.steps for part in step.parts]
    history = ours.history if ours is not None else ()
    parts = [(e.status.value, change.part) for e in history if e.status.value in told for change in e.changes]
    table.parts.add(set(parts), wanted)


def rates_of(table: Table) -> tuple[tuple[str, Rate], ...]:
    """The rates of a table with their labels."""
    return (
        ("mentions that draw a line", table.drawn),
        ("joining, pairs", table.pairs),
        ("steps", table.steps),
        ("steps with their day", table.days),
        ("changed parts", table.parts),
        ("roll-up", table.rollups),
        ("what-if, lines listed", table.questions),
    )


def print_table(name: str, table: Table, show: bool) -> None:
    """The figures of one gold file."""
    precision = sum(each[0] for each in table.cubed) / max(1, len(table.cubed))
    recall = sum(each[1] for each in table.cubed) / max(1, len(table.cubed))
    cubed = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    print(f"{name}: {table.cases} cases, {table.mentions} mentions, {table.lines} lines, {len(table.exact)} questions")
    for label, rate in rates_of(table):
        print(f"  {label:28} P {100 * rate.precision:5.1f}  R {100 * rate.recall:5.1f}  F1 {100 * rate.f1:5.1f}")
    print(f"  {'joining, B-cubed':28} P {100 * precision:5.1f}  R {100 * recall:5.1f}  F1 {100 * cubed:5.1f}")
    print(f"  {'what-if, answered exactly':28} {sum(table.exact)} of {len(table.exact)}")
    if show:
        for difference in table.differences:
            print(f"    {difference}")


def _encoder(vectors: bool) -> Encoder:
    if not vectors:
        return NoVectors()
    from onrecord.encoder import load_encoder

    return load_encoder()


def _files(given: Iterable[Path]) -> Iterator[Path]:
    yield from given or sorted(GOLD.glob("redlines_*.yml"))


def _below(name: str, table: Table) -> Iterator[str]:
    """The figures of a gold file that lie below their floors."""
    floors = FLOORS.get(name, {})
    yield from (label for label, rate in rates_of(table) if 100 * rate.f1 < floors.get(label, 0.0))
    if 100 * table.pairs.precision < LEAST_PRECISION:
        yield "joining, precision"


def main(arguments: list[str]) -> int:
    """Print a table a gold file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*", type=Path)
    parser.add_argument("--no-vectors", action="store_true")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--floors", action="store_true")
    given = parser.parse_args(arguments)
    encoder = _encoder(not given.no_vectors)
    below: list[str] = []
    for path in _files(given.gold):
        table = measure(read_cases(path), encoder)
        print_table(path.name, table, given.show)
        below += [f"{path.name}: {label}" for label in _below(path.name, table)]
    if given.floors:
        print(f"below the floor: {', '.join(below)}" if below else "all floors held")
    return 1 if given.floors and below else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
