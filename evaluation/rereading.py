"""How far two readers of the same whole stories agree.

usage: python -m evaluation.rereading [FOLDER] [--part tuning|measuring] [--stories STORY ...] [--show STORY ...]

The first reader's labels are evaluation/gold/coverage/*/gold.yml; the second's are FOLDER/STORY.yml (without one:
evaluation/gold/answers/second_coverage), in the same form, but `whatif` has only the lines of each question, in order.
--part and --stories leave out the other stories; --show prints every difference in those named.

mentions: F1 of the words marked; two marks are one where one holds the other's words or they share half of their
    characters. joining: F1 over pairs of the mentions that both mark. A line of one goes with the line of the other
    that shares most of their mentions, each once; the rest is compared between lines that go together.
steps: F1 of (line, status, file), by status too. passages: of the steps that both have, those with a stretch of words
    in common. days: of those that both date, the ones where the days of one lie within the other's.
issuer, side: lines with a name in common. state: Cohen's kappa.
words of others: words that either calls no mention of any line and the other gives to no line either.
what-if: Cohen's kappa over every question and line, and the questions with equal answers.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

import yaml

from evaluation.agreement import Pair, measure_kappa
from evaluation.labelled import PARTS, GoldLine, GoldStep, Place, Story, fits, form_story, overlap, read_stories, shared
from evaluation.redlines import Rate

ANSWERS = Path(__file__).parent / "gold" / "answers" / "second_coverage"
Key = tuple[str, int]  # line, number of the mention in it


@dataclass
class Agreement:
    """Counts over all stories that both labelled."""

    stories: int = 0
    mentions: Rate = field(default_factory=Rate)
    pairs: Rate = field(default_factory=Rate)
    lines: Rate = field(default_factory=Rate)
    steps: dict[str, Rate] = field(default_factory=dict)
    passages: list[bool] = field(default_factory=list)
    days: list[bool] = field(default_factory=list)
    issuers: list[bool] = field(default_factory=list)
    sides: list[bool] = field(default_factory=list)
    states: list[Pair] = field(default_factory=list)
    others: list[bool] = field(default_factory=list)
    matches: list[Pair] = field(default_factory=list)
    questions: list[bool] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)

    def add_steps(self, ours: Sequence[str], gold: Sequence[str], both: Sequence[str]) -> None:
        """Count the statuses of steps that one, the other and both have."""
        for status in {*ours, *gold}:
            rate = self.steps.setdefault(status, Rate())
            rate.right += both.count(status)
            rate.ours += ours.count(status)
            rate.gold += gold.count(status)


def read_other(story: Story, path: Path) -> Story:
    """The second reader's labels of a story. Raises ValueError where a label does not hold."""
    given = yaml.safe_load(path.read_text(encoding="utf-8"))
    questions = zip(story.questions, given["whatif"], strict=True)
    asked = [{"text": question.event, "lines": lines} for question, lines in questions]
    return form_story(story.folder, {**given, "whatif": asked})


def compare(one: Story, other: Story, table: Agreement) -> None:
    """Count the agreement on one story."""
    start = len(table.differences)
    table.stories += 1
    same = _match_mentions(one, other)
    ours, theirs = set(_mentioned(one)), set(_mentioned(other))
    _add(table.mentions, len(same), len(ours), len(theirs))
    table.differences += [f"mention, only the first: {_told(one, key)}" for key in sorted(ours - set(same))]
    table.differences += [f"mention, only the second: {_told(other, key)}" for key in sorted(theirs - {*same.values()})]
    joined = {pair for pair in combinations(sorted(same), 2) if pair[0][0] == pair[1][0]}
    wanted = {pair for pair in combinations(sorted(same), 2) if same[pair[0]][0] == same[pair[1]][0]}
    _add(table.pairs, len(joined & wanted), len(joined), len(wanted))
    together = _match_lines(same)
    _add(table.lines, len(together), len(one.lines), len(other.lines))
    _compare_lines(one, other, together, table)
    _compare_others(one, other, table)
    _compare_questions(one, other, together, table)
    table.differences[start:] = [f"{one.name}: {each}" for each in table.differences[start:]]


def _add(rate: Rate, right: int, ours: int, gold: int) -> None:
    rate.right += right
    rate.ours += ours
    rate.gold += gold


def _mentioned(story: Story) -> Iterator[Key]:
    for line in story.lines:
        yield from ((line.name, number) for number in range(len(line.mentions)))


def _place(story: Story, key: Key) -> Place:
    return next(line for line in story.lines if line.name == key[0]).mentions[key[1]].place


def _told(story: Story, key: Key) -> str:
    place = _place(story, key)
    return f"{key[0]}: {place.file} {place.words!r}"


def _match_mentions(one: Story, other: Story) -> dict[Key, Key]:
    """For each mention of the first that the second marks too, his mark; those that share most go first, each once."""
    fitting = []
    for mine in _mentioned(one):
        for his in _mentioned(other):
            place, mark = _place(one, mine), _place(other, his)
            spans = one.span(place), other.span(mark)
            if place.file == mark.file and (fits(*spans) or fits(*reversed(spans))):
                fitting.append((-shared(*spans), mine, his))
    same: dict[Key, Key] = {}
    for _, mine, his in sorted(fitting):
        if mine not in same and his not in same.values():
            same[mine] = his
    return same


def _match_lines(same: dict[Key, Key]) -> dict[str, str]:
    """The names of the lines that go together, the first reader's to the second's."""
    counts = Counter((mine[0], his[0]) for mine, his in same.items())
    together: dict[str, str] = {}
    for (mine, his), _count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if mine not in together and his not in together.values():
            together[mine] = his
    return together


def _compare_lines(one: Story, other: Story, together: dict[str, str], table: Agreement) -> None:
    theirs = {line.name: line for line in other.lines}
    for line in one.lines:
        partner = theirs.pop(together.get(line.name, ""), None)
        _compare_steps(one, line.name, line.steps, partner.steps if partner else (), table)
        if partner is None:
            table.differences.append(f"line, only the first: {line.name}")
            continue
        table.issuers.append(_names_meet(line.issuer, partner.issuer))
        table.sides.append(_names_meet(line.side, partner.side))
        table.states.append((line.rollup, partner.rollup))
        table.differences += _differing(line, partner)
    for left in theirs.values():
        _compare_steps(one, left.name, (), left.steps, table)
        table.differences.append(f"line, only the second: {left.name}")


def _names_meet(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    return bool({name.casefold() for name in ours} & {name.casefold() for name in theirs}) or (not ours and not theirs)


def _differing(line: GoldLine, partner: GoldLine) -> Iterator[str]:
    if not _names_meet(line.issuer, partner.issuer):
        yield f"issuer of {line.name}: {line.issuer} / {partner.issuer}"
    if not _names_meet(line.side, partner.side):
        yield f"side of {line.name}: {line.side} / {partner.side}"
    if line.rollup != partner.rollup:
        yield f"state of {line.name}: {line.rollup} / {partner.rollup}"


def _compare_steps(
    story: Story, name: str, ours: Sequence[GoldStep], gold: Sequence[GoldStep], table: Agreement
) -> None:
    left, both = list(gold), list[str]()
    for step in sorted(ours, key=lambda each: not any(_same_words(story, each, his) for his in gold)):
        like = [each for each in left if each.status == step.status and _same_file(each, step)]
        if not like:
            table.differences.append(f"step, only the first: {name}: {_told_step(step)}")
            continue
        his = max(like, key=lambda each: _same_words(story, step, each))
        left.remove(his)
        both.append(step.status)
        if step.places:
            table.passages.append(_same_words(story, step, his))
            if not table.passages[-1]:
                table.differences.append(f"passage: {name}: {_told_step(step)} / {_told_step(his)}")
        if step.first and his.first:
            table.days.append(_within(step, his) or _within(his, step))
            if not table.days[-1]:
                days = f"{step.first}..{step.last} / {his.first}..{his.last}"
                table.differences.append(f"day: {name}: {_told_step(step)}: {days}")
    table.differences += [f"step, only the second: {name}: {_told_step(each)}" for each in left]
    table.add_steps([each.status for each in ours], [each.status for each in gold], both)


def _told_step(step: GoldStep) -> str:
    return " ".join((step.status, *(f"{place.file} {place.words!r}" for place in step.places[:1])))


def _same_file(one: GoldStep, other: GoldStep) -> bool:
    files = {place.file for place in one.places}, {place.file for place in other.places}
    return bool(files[0] & files[1]) or not (files[0] or files[1])


def _same_words(story: Story, one: GoldStep, other: GoldStep) -> bool:
    return one.status == other.status and any(
        mine.file == his.file and overlap(story.span(mine), story.span(his)) > 0
        for mine in one.places
        for his in other.places
    )


def _within(one: GoldStep, other: GoldStep) -> bool:
    days = one.first, one.last, other.first, other.last
    return None not in days and other.first <= one.first and one.last <= other.last  # type: ignore[operator]


def _compare_others(one: Story, other: Story, table: Agreement) -> None:
    """Words that one calls no mention: the other agrees where no mention of his shares half of the characters."""
    for reader, mine, his in (("first", one, other), ("second", other, one)):
        marks = [_place(his, key) for key in _mentioned(his)]
        for each in mine.distractors:
            span = mine.span(each.place)
            taken = [mark for mark in marks if mark.file == each.place.file and fits(his.span(mark), span)]
            table.others.append(not taken)
            if taken:
                told = f"{each.place.file} {each.place.words!r}"
                table.differences.append(f"no mention by the {reader}, a mention by the other: {told}")


def _compare_questions(one: Story, other: Story, together: dict[str, str], table: Agreement) -> None:
    back = {his: mine for mine, his in together.items()}
    names = sorted({line.name for line in one.lines} | {back.get(line.name, line.name) for line in other.lines})
    for mine, his in zip(one.questions, other.questions, strict=True):
        theirs = {back.get(name, name) for name in his.lines}
        table.matches += [(str(name in mine.lines), str(name in theirs)) for name in names]
        table.questions.append(theirs == mine.lines)
        if theirs != mine.lines:
            table.differences.append(f"what if {mine.event} {sorted(mine.lines)} / {sorted(theirs)}")


def print_agreement(table: Agreement, show: Sequence[str]) -> None:
    """The figures, in percent and kappa, and the differences in the stories asked for."""
    print(f"{table.stories} stories labelled by both")
    whole = Rate()
    for rate in table.steps.values():
        _add(whole, rate.right, rate.ours, rate.gold)
    for label, rate in (
        ("mentions", table.mentions),
        ("joining, pairs", table.pairs),
        ("lines", table.lines),
        ("steps", whole),
        *((f"  {status}", table.steps[status]) for status in sorted(table.steps)),
    ):
        print(f"  {label:26} F1 {100 * rate.f1:5.1f}  ({rate.right} both, {rate.ours} first, {rate.gold} second)")
    for label, equal in (
        ("steps: passages that meet", table.passages),
        ("steps: days that agree", table.days),
        ("issuer", table.issuers),
        ("side", table.sides),
        ("words of others", table.others),
        ("what-if, questions", table.questions),
    ):
        print(f"  {label:26} {sum(equal)} of {len(equal)}")
    for label, pairs in (("state", table.states), ("what-if", table.matches)):
        same = sum(one == other for one, other in pairs)
        print(f"  {label:26} kappa {measure_kappa(pairs):.2f} ({same} of {len(pairs)} equal)")
    for difference in table.differences:
        if any(difference.startswith(f"{name}:") for name in show):
            print(f"    {difference}")


def main(arguments: list[str]) -> int:
    """Print the agreement of two readers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ANSWERS)
    parser.add_argument("--part", choices=PARTS)
    parser.add_argument("--stories", nargs="+", metavar="STORY")
    parser.add_argument("--show", nargs="+", default=(), metavar="STORY")
    given = parser.parse_args(arguments)
    table = Agreement()
    for story in read_stories(part=given.part):
        path = given.folder / f"{story.name}.yml"
        if path.exists() and (not given.stories or story.name in given.stories):
            compare(story, read_other(story, path), table)
    print_agreement(table, given.show)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
