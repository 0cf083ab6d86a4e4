"""How far two labellers of the same red-line cases agree, and sheets for a labeller who must not see labels.

usage: python -m evaluation.agreement ONE.yml OTHER.yml [--show]
       python -m evaluation.agreement --sheet GOLD.yml
       python -m evaluation.agreement --answers GOLD.yml

ONE and OTHER hold answers (evaluation/gold/GUIDE.md has their form). --sheet prints the cases of a gold file without
any label; --answers prints the labels of a gold file as answers. --show prints every difference.

joining: F1 over pairs of mentions in one line. A line of one labeller goes with the line of the other that shares most
of their mentions. steps: F1 of (line, status); days: share of equal days among statuses that both give and date.
changed parts: F1 of (line, status, part). state: Cohen's kappa over lines that go together. what-if: Cohen's kappa over
every question and line.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

import yaml

from evaluation.marked import Case, GoldLine, read_cases, read_step
from evaluation.redlines import Rate
from onrecord.records.findings import Findings
from onrecord.records.spans import Span

Pair = tuple[str, str]


@dataclass(frozen=True)
class Answer:
    """One labeller's answer to one case. mentions: "document.number" -> line."""

    case: str
    mentions: Mapping[str, str]
    lines: Mapping[str, GoldLine]
    questions: tuple[tuple[str, ...], ...]


@dataclass
class Agreement:
    """Counts over all cases that both labelled."""

    cases: int = 0
    pairs: Rate = field(default_factory=Rate)
    taken: Rate = field(default_factory=Rate)
    steps: Rate = field(default_factory=Rate)
    parts: Rate = field(default_factory=Rate)
    days: list[bool] = field(default_factory=list)
    states: list[Pair] = field(default_factory=list)
    matches: list[Pair] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)


def read_answers(path: Path) -> dict[str, Answer]:
    """The answers of a file by case. Raises KeyError where a part is missing."""
    given = yaml.safe_load(path.read_text(encoding="utf-8"))["answers"]
    return {each["case"]: _read_answer(each) for each in given}


def _read_answer(given: Mapping[str, object]) -> Answer:
    lines: dict[str, GoldLine] = {}
    mentions: dict[str, str] = {}
    for name, each in dict(given["lines"] or {}).items():  # type: ignore[call-overload]
        lines[name] = GoldLine(name, "", tuple(read_step(step) for step in each["steps"]), each["rollup"])
        mentions |= {str(mention): name for mention in each["mentions"]}
    questions = tuple(tuple(map(str, names)) for names in given["whatif"] or ())  # type: ignore[attr-defined]
    return Answer(str(given["case"]), mentions, lines, questions)


def compare(one: Mapping[str, Answer], other: Mapping[str, Answer]) -> Agreement:
    """The agreement over the cases that both have."""
    table = Agreement()
    for name in one.keys() & other.keys():
        table.cases += 1
        _compare_case(one[name], other[name], table)
    return table


def _compare_case(one: Answer, other: Answer, table: Agreement) -> None:
    table.taken.add(one.mentions, other.mentions)
    table.pairs.add(_joined(one), _joined(other))
    together = _match_lines(one, other)
    for name, line in one.lines.items():
        partner = other.lines.get(together.get(name, ""))
        _compare_lines(one.case, line, partner, table)
    for line in (line for name, line in other.lines.items() if name not in together.values()):
        table.steps.add((), [step.status for step in line.steps])
        table.differences.append(f"{one.case}: only the second has {line.name} {_told(line)}")
    if one.mentions != {key: _named(together, name) for key, name in other.mentions.items()}:
        table.differences.append(f"{one.case}: mentions {dict(one.mentions)} / {dict(other.mentions)}")
    _compare_questions(one, other, together, table)


def _joined(answer: Answer) -> list[Pair]:
    return [(a, b) for a, b in combinations(sorted(answer.mentions), 2) if answer.mentions[a] == answer.mentions[b]]


def _match_lines(one: Answer, other: Answer) -> dict[str, str]:
    """For each line of one labeller that of the other whose mentions overlap most with its own (Jaccard); each once."""
    shared = Counter((name, other.mentions[key]) for key, name in one.mentions.items() if key in other.mentions)
    mine, theirs = Counter(one.mentions.values()), Counter(other.mentions.values())
    overlap = {(name, partner): n / (mine[name] + theirs[partner] - n) for (name, partner), n in shared.items()}
    together: dict[str, str] = {}
    for (name, partner), _share in sorted(overlap.items(), key=lambda item: (-item[1], item[0])):
        if name not in together and partner not in together.values():
            together[name] = partner
    return together


def _named(together: Mapping[str, str], name: str) -> str:
    return next((one for one, other in together.items() if other == name), name)


def _compare_lines(case: str, line: GoldLine, partner: GoldLine | None, table: Agreement) -> None:
    if partner is None:
        table.steps.add([step.status for step in line.steps], ())
        table.differences.append(f"{case}: only the first has {line.name} {_told(line)}")
        return
    table.steps.add([step.status for step in line.steps], [step.status for step in partner.steps])
    days = {step.status: step.day for step in partner.steps}
    table.days += [step.day == days[step.status] for step in line.steps if step.day and days.get(step.status)]
    table.parts.add(_parts(line), _parts(partner))
    table.states.append((line.rollup or "", partner.rollup or ""))
    if _told(line) != _told(partner):
        table.differences.append(f"{case}: {line.name}: {_told(line)} / {_told(partner)}")


def _parts(line: GoldLine) -> Iterator[Pair]:
    return ((step.status, part) for step in line.steps for part in step.parts)


def _told(line: GoldLine) -> str:
    return f"{', '.join(' '.join((step.status, step.day, *step.parts)).strip() for step in line.steps)}; {line.rollup}"


def _compare_questions(one: Answer, other: Answer, together: Mapping[str, str], table: Agreement) -> None:
    for number, (ours, theirs) in enumerate(zip(one.questions, other.questions, strict=True), start=1):
        named = {_named(together, name) for name in theirs}
        names = {*one.lines, *named}
        table.matches += [(str(name in ours), str(name in named)) for name in sorted(names)]
        if set(ours) != named:
            table.differences.append(f"{one.case}: question {number}: {sorted(ours)} / {sorted(named)}")


def measure_kappa(pairs: Sequence[Pair]) -> float:
    """Cohen's kappa of two raters' labels, -1..1; 1 where there is nothing to disagree about.

    "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960).
    """
    if not pairs:
        return 1.0
    equal = sum(one == other for one, other in pairs) / len(pairs)
    ones, others = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(ones[label] * others[label] for label in ones) / len(pairs) ** 2
    return (equal - chance) / (1 - chance) if chance < 1 else 1.0


def print_agreement(table: Agreement, show: bool) -> None:
    """The figures, in percent and kappa."""
    print(f"{table.cases} cases labelled by both, {table.taken.right} mentions that both give to a line")
    for label, rate in (
        ("mentions of a line", table.taken),
        ("joining, pairs", table.pairs),
        ("steps", table.steps),
        ("changed parts", table.parts),
    ):
        print(f"  {label:24} F1 {100 * rate.f1:5.1f}")
    if table.days:
        print(f"  {'days that are equal':24} {sum(table.days)} of {len(table.days)}")
    for label, pairs in (("state", table.states), ("what-if", table.matches)):
        equal = sum(one == other for one, other in pairs)
        print(f"  {label:24} kappa {measure_kappa(pairs):.3f} ({equal} of {len(pairs)} equal)")
    for difference in table.differences if show else ():
        print(f"    {difference}")


def number_mentions(case: Case) -> dict[tuple[str, Span], str]:
    """The number ("2.1") of every alternative of a case, labelled or not, by document and span."""
    numbers: dict[tuple[str, Span], str] = {}
    for place, findings in enumerate(case.findings, start=1):
        for number, span in enumerate(_alternatives(findings), start=1):
            numbers[findings.document.id, span] = f"{place}.{number}"
    return numbers


def _alternatives(findings: Findings) -> list[Span]:
    return sorted(spans[0] for condition in findings.conditions for spans in condition.condition)


def print_sheet(cases: Iterable[Case]) -> None:
    """The cases without any label."""
    for case in cases:
        print(f"# case: {case.name}\n")
        numbers = number_mentions(case)
        for place, findings in enumerate(case.findings, start=1):
            document = findings.document
            print(f"## document {place}: {document.outlet.name}, {document.published.latest}")
            print(_mark_text(findings, numbers))
        for number, question in enumerate(case.questions, start=1):
            print(f"what if {number}: {question.event}")
        print()


def _mark_text(findings: Findings, numbers: Mapping[tuple[str, Span], str]) -> str:
    text = findings.document.text
    for span in reversed(_alternatives(findings)):
        number = numbers[findings.document.id, span]
        text = f"{text[: span.start]}[[{number}: {text[span.start : span.end]}]]{text[span.end :]}"
    return text


def print_answers(cases: Iterable[Case]) -> None:
    """The labels of a gold file as answers."""
    print("answers:")
    for case in cases:
        numbers = number_mentions(case)
        print(f"  - case: {case.name}\n    lines:{'' if case.lines else ' {}'}")
        for line in case.lines:
            told = sorted(numbers[key] for key, name in case.labels.items() if name == line.name)
            steps = ", ".join(" ".join((step.status, step.day, *step.parts)).strip() for step in line.steps)
            mentions = ", ".join(f'"{number}"' for number in told)
            print(f"      {line.name}: {{mentions: [{mentions}], steps: [{steps}], rollup: {line.rollup}}}")
        print(f"    whatif: [{', '.join('[' + ', '.join(question.lines) + ']' for question in case.questions)}]")


def main(arguments: list[str]) -> int:
    """Print the agreement of two labellers, or a sheet, or a gold file's answers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--sheet", action="store_true")
    parser.add_argument("--answers", action="store_true")
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args(arguments)
    if given.sheet or given.answers:
        for path in given.files:
            (print_sheet if given.sheet else print_answers)(read_cases(path))
        return 0
    if len(given.files) != 2:
        parser.error("needs two files of answers")
    print_agreement(compare(*map(read_answers, given.files)), given.show)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
