"""How much of whole coverage is found: from articles in raw text to lines with their mentions, histories and what-if.

usage: python -m evaluation.coverage [--part tuning|measuring] [--stories NAME ...] [--show] [--floors]

The stories are evaluation/gold/coverage/*; evaluation/labelled.py tells their layout. Each is read, annotated and
related as `onrecord add --meta meta.csv` would. Without --part: one table a part. --stories: only those named, and no
floor is judged. --show prints every difference of the tuning part; those of the part for measuring are never printed,
so that nobody mends the product by them. --floors exits 1 where a share of gold lies below its floor, or two lines of
gold are joined.

conditions found, linked, of a line's act: gold mentions that some condition of their document words, the same where
    that condition's speaker is known, and the same where the act is one that can draw a line. They tell at which stage
    a mention is lost; an outlet's own words have no act, so the last may be lower than the mentions found.

mentions found: gold mentions that one of our lines has, in the same file: one span contains the other's words or they
    share half of their characters (Jaccard). A mention that is only supposed draws nothing.
joining: pairs of gold mentions in one line, and B-cubed; a mention that we do not find is a line alone.
lines: gold lines of which we have a mention against lines of ours. A line of ours may be another actor's that gold
    names as such; those are left out. Two of ours for one of gold count as two.
issuer, side: of gold lines, against the line of ours that has most of its mentions: a printed name in common.
steps: status and file of a step; with words: its passage also has half of the words that gold names. Steps of gold
    lines that we do not draw are missed; steps of a second line of ours for the same gold line are not counted.
days: of the steps found by status and file, those whose day gold knows and we give, or give within gold's range.
what-if: questions for which exactly the gold lines are listed; of those, the questions that meet a line at all.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from evaluation.labelled import (
    INFERRED,
    PARTS,
    STORIES,
    GoldLine,
    GoldMention,
    GoldStep,
    Story,
    fits,
    overlap,
    read_stories,
    shared,
)
from evaluation.redlines import Rate
from onrecord.linking.joining import join_actors
from onrecord.pipeline import Resources, annotate, load_resources, relate
from onrecord.reading import apply_metadata, read_metadata, read_path
from onrecord.records.documents import Document
from onrecord.records.findings import Findings, Realis
from onrecord.records.redlines import LineMention, RedLine, StatusEntry
from onrecord.records.spans import Span, Spans, cover
from onrecord.redlines.drafts import LINE_ACTS
from onrecord.redlines.whatif import match_event
from onrecord.settings import Settings

# Below the figures of the parts by about two mentions, steps or distractors: right ones among gold, in percent.
FLOORS = {
    "tuning": {"conditions": 82.0, "found": 75.0, "issuers": 82.0, "steps": 24.0, "distractors": 93.0},
    "measuring": {"conditions": 76.0, "found": 66.0, "issuers": 86.0, "steps": 18.5, "distractors": 93.0},
}
NEAR = 2  # characters between a cue and its condition: a space, a quotation mark


@dataclass(frozen=True)
class Worded:
    """An alternative of a condition that was found. linked: its speaker is known. draws: its act can draw a line."""

    file: str
    span: Span
    linked: bool
    draws: bool


@dataclass(frozen=True)
class Answer:
    """What came out for a story. files: document id -> file name. names: actor's key -> every printed form.

    met: for each question the ids of the lines listed.
    """

    conditions: tuple[Worded, ...]
    lines: tuple[RedLine, ...]
    files: Mapping[str, str]
    names: Mapping[str, frozenset[str]]
    met: tuple[frozenset[str], ...]


class Count(Rate):
    """Right ones, ours and gold, to be added up and printed."""

    def __iadd__(self, other: Rate) -> "Count":
        self.right += other.right
        self.ours += other.ours
        self.gold += other.gold
        return self

    def share(self) -> str:
        """Right ones among gold in percent, and the counts."""
        return f"{100 * self.recall:5.1f}  ({self.right} of {self.gold})"

    def shown(self) -> str:
        """Precision, recall and F1 in percent, and the counts."""
        rates = f"P {100 * self.precision:5.1f}  R {100 * self.recall:5.1f}  F1 {100 * self.f1:5.1f}"
        return f"{rates}  ({self.right} right, {self.ours} ours, {self.gold} gold)"


@dataclass
class Score:
    """The figures of a story or of several, and the differences in words."""

    conditions: Count = field(default_factory=Count)
    linked: Count = field(default_factory=Count)
    acts: Count = field(default_factory=Count)
    found: Count = field(default_factory=Count)
    pairs: Count = field(default_factory=Count)
    cubed: list[tuple[float, float]] = field(default_factory=list)
    lines: Count = field(default_factory=Count)
    extra: int = 0
    distractors: Count = field(default_factory=Count)
    issuers: Count = field(default_factory=Count)
    sides: Count = field(default_factory=Count)
    steps: Count = field(default_factory=Count)
    worded: Count = field(default_factory=Count)
    days: Count = field(default_factory=Count)
    rollups: Count = field(default_factory=Count)
    questions: Count = field(default_factory=Count)
    meeting: Count = field(default_factory=Count)
    differences: list[str] = field(default_factory=list)

    def __iadd__(self, other: "Score") -> "Score":
        for name in COUNTS:
            count: Count = getattr(self, name)
            count += getattr(other, name)
        self.cubed += other.cubed
        self.extra += other.extra
        self.differences += other.differences
        return self


COUNTS = {
    "conditions": "conditions found",
    "linked": "of a known speaker",
    "acts": "of a line's act",
    "found": "mentions found",
    "pairs": "joining, pairs",
    "lines": "lines",
    "issuers": "issuer right",
    "sides": "side right",
    "steps": "steps (status, file)",
    "worded": "steps with words",
    "days": "days of steps found",
    "rollups": "roll-up right",
    "distractors": "distractors kept out",
    "questions": "what-if exact",
    "meeting": "what-if, of a line",
}

BOTH = frozenset({"pairs", "lines", "steps", "worded"})  # the others are shares of gold


def answer(story: Story, resources: Resources) -> Answer:
    """What the whole pipeline makes of a story."""
    documents = tuple(_read(story))
    findings = tuple(annotate(document, resources) for document in documents)
    lines = relate(findings, resources)
    into = {join.key: join.into for join in join_actors(findings)}
    questions = (match_event(question.event, lines, resources.encoder) for question in story.questions)
    return Answer(
        conditions=tuple(_conditions(findings)),
        lines=lines,
        files={document.id: Path(document.path).name for document in documents},
        names=_names(findings, into),
        met=tuple(frozenset(match.line for match in matches) for matches in questions),
    )


def _read(story: Story) -> Iterator[Document]:
    metadata = read_metadata(story.folder / "meta.csv")
    for name in story.texts:
        (document,) = read_path(story.folder / name, Settings())
        if not isinstance(document, Document) or document.text != story.texts[name]:
            raise ValueError(f"{story.name}/{name}: needed an article whose text is the file's")
        yield apply_metadata(document, metadata)


def _conditions(findings: Iterable[Findings]) -> Iterator[Worded]:
    for found in findings:
        attributions = {each.id: each for each in found.attributions}
        for condition in found.conditions:
            said = attributions.get(condition.attribution or "")
            linked = said is not None and (said.speaker.actor or said.speaker.on_behalf_of) is not None
            draws = said is not None and said.act in LINE_ACTS
            file = Path(found.document.path).name
            yield from (
                Worded(file, _with_cue(condition.cue, spans), linked, draws) for spans in condition.condition if spans
            )


def _names(findings: Iterable[Findings], into: Mapping[str, str]) -> dict[str, frozenset[str]]:
    names: dict[str, frozenset[str]] = {}
    for actor in (actor for found in findings for actor in found.actors):
        key = into.get(actor.key, actor.key)
        names[key] = names.get(key, frozenset()) | {actor.name, *actor.printed}
    return names


def score(story: Story, given: Answer) -> Score:
    """The figures of a story."""
    table = Score()
    mentions = {(line.name, number): each for line in story.lines for number, each in enumerate(line.mentions)}
    placed = {key: _line_of(story, given, each) for key, each in mentions.items()}
    worded = {key: _condition_of(story, given, each) for key, each in mentions.items()}
    # what else our conditions and lines word is not judged: as many ours as right
    table.conditions += _of(len(placed), sum(each is not None for each in worded.values()))
    table.linked += _of(len(placed), sum(each is not None and each.linked for each in worded.values()))
    table.acts += _of(len(placed), sum(each is not None and each.draws for each in worded.values()))
    table.found += _of(len(placed), sum(line is not None for line in placed.values()))
    for key, line in placed.items():
        if line is None:
            told = f"{key[0]}, {_told(mentions[key])} ({_lost(worded[key])})"
            table.differences.append(f"mention not found: {told}")
    _score_joining(placed, table, lambda key: _told(mentions[key]))
    gold_of = _gold_of(placed)
    _score_lines(story, given, gold_of, table)
    ours = {line.id: line for line in given.lines}
    for gold in story.lines:
        counts = Counter(line for (name, _), line in placed.items() if name == gold.name and line is not None)
        best = min(counts, key=lambda line: (-counts[line], line), default=None)
        _score_line(story, given, gold, ours[best] if best is not None else None, table)
    _score_questions(story, given, gold_of, table)
    table.differences = [f"{story.name}: {each}" for each in table.differences]
    return table


def _of(gold: int, right: int) -> Count:
    return Count(right, right, gold)


def _lost(worded: Worded | None) -> str:
    """At which stage a mention was lost."""
    if worded is None:
        return "no condition found"
    if not worded.linked:
        return "speaker not known"
    return "no line of it" if worded.draws else "neither its act nor what follows makes a line"


def _condition_of(story: Story, given: Answer, gold: GoldMention) -> Worded | None:
    """The condition that words a gold mention: of several, one that comes furthest."""
    wanted = story.span(gold.place)
    fitting = [each for each in given.conditions if each.file == gold.place.file and fits(each.span, wanted)]
    return max(fitting, key=lambda each: (each.draws, each.linked), default=None)


def _told(mention: GoldMention) -> str:
    return f"{mention.place.file} {mention.place.words!r}"


def _line_of(story: Story, given: Answer, gold: GoldMention) -> str | None:
    """The line of ours with the mention that shares most of the gold mention's words; None where none has it."""
    wanted = story.span(gold.place)
    found = [
        (shared(span, wanted), line.id) for line, _, span in _mentioned(given, gold.place.file) if fits(span, wanted)
    ]
    return max(found, key=lambda each: each[0])[1] if found else None


def _mentioned(given: Answer, file: str | None = None) -> Iterator[tuple[RedLine, LineMention, Span]]:
    """Every mention of our lines that is not merely supposed, with the span of each alternative of its condition."""
    for line in given.lines:
        for mention in line.mentions:
            if mention.realis is Realis.HYPOTHETICAL or file not in (None, given.files[mention.document]):
                continue
            yield from ((line, mention, _with_cue(mention.cue, spans)) for spans in mention.condition if spans)


def _with_cue(cue: Spans, condition: Spans) -> Span:
    """The span of a condition with the cue right before it: gold's words include it ("in the event of a closure")."""
    whole = cover(condition)
    near = (span for span in cue if 0 <= whole.start - span.end <= NEAR)
    return cover((*near, whole))


Key = tuple[str, int]  # gold line, number of the mention in it


def _score_joining(placed: Mapping[Key, str | None], table: Score, told: Callable[[Key], str]) -> None:
    ours = {key: line or f"alone {key}" for key, line in placed.items()}
    joined = {(one, other) for one, other in combinations(placed, 2) if ours[one] == ours[other]}
    wanted = {(one, other) for one, other in combinations(placed, 2) if one[0] == other[0]}
    table.pairs += Count(len(joined & wanted), len(joined), len(wanted))
    for key in placed:
        same = {other for other in placed if ours[other] == ours[key]}
        right = {other for other in placed if other[0] == key[0]}
        table.cubed.append((len(same & right) / len(same), len(same & right) / len(right)))
    missed = [pair for pair in sorted(wanted - joined) if all(placed[key] is not None for key in pair)]
    table.differences += [f"joined wrongly: {told(one)} / {told(other)}" for one, other in sorted(joined - wanted)]
    table.differences += [f"not joined: {told(one)} / {told(other)}" for one, other in missed]


def _gold_of(placed: Mapping[Key, str | None]) -> dict[str, str]:
    """For each line of ours the gold line of most of its mentions."""
    counts = Counter((line, name) for (name, _), line in placed.items() if line is not None)
    gold: dict[str, str] = {}
    for (line, name), _count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        gold.setdefault(line, name)
    return gold


def _score_lines(story: Story, given: Answer, gold_of: Mapping[str, str], table: Score) -> None:
    own = _lines_at(story, given, own=True) - set(gold_of)
    drawn = {line.id for line, _, _ in _mentioned(given)}
    extra = drawn - set(gold_of) - own
    table.extra += len(extra)
    table.lines += Count(len(set(gold_of.values())), len(drawn - own), len(story.lines))
    for line in given.lines:
        if line.id in extra:
            files = sorted({given.files[mention.document] for mention in line.mentions})
            words = f"{line.condition!r} -> {line.consequence!r}"
            table.differences.append(f"not in gold: {', '.join(files)} {line.issuer_name}: {words}")
    wrong = 0
    for distractor in story.distractors:
        span = story.span(distractor.place)
        meeting = {line.id: line for line, _, at in _mentioned(given, distractor.place.file) if overlap(span, at)}
        taken = [line for line in meeting if line in gold_of or not distractor.own]
        wrong += bool(taken)
        if taken:
            where = ", ".join(gold_of.get(line, "a line of its own") for line in taken)
            table.differences.append(f"distractor taken: {distractor.place.file} {distractor.place.words!r} in {where}")
    kept = len(story.distractors) - wrong
    table.distractors += Count(kept, len(story.distractors), len(story.distractors))


def _lines_at(story: Story, given: Answer, *, own: bool) -> set[str]:
    """The lines of ours that have words of a distractor in their conditions."""
    places = [each.place for each in story.distractors if each.own == own]
    return {
        line.id
        for place in places
        for line, _, span in _mentioned(given, place.file)
        if overlap(span, story.span(place))
    }


def _score_line(story: Story, given: Answer, gold: GoldLine, line: RedLine | None, table: Score) -> None:
    drawn = int(line is not None)
    issuer, side = (_issuer(given, line), _side(given, line)) if line is not None else (set(), set())
    right = bool(_folded(gold.issuer) & issuer)
    sided = bool(_folded(gold.side) & side) or (not gold.side and not side)
    table.issuers += Count(int(right), drawn, 1)
    table.sides += Count(int(sided and drawn), drawn, 1)
    rollup = line.rollup.value if line is not None else "not drawn"
    table.rollups += Count(int(rollup == gold.rollup), drawn, 1)
    _score_steps(story, given, gold, line, table)
    if line is None:
        table.differences.append(f"line not drawn: {gold.name}")
        return
    if not right:
        table.differences.append(f"issuer: {gold.name}: ours {line.issuer_name!r}, gold {gold.issuer[0]!r}")
    if not sided:
        table.differences.append(f"side: {gold.name}: ours {line.on_behalf_of}, gold {gold.side}")
    if rollup != gold.rollup:
        table.differences.append(f"roll-up: {gold.name}: ours {rollup}, gold {gold.rollup}")


def _folded(names: Iterable[str]) -> set[str]:
    return {name.casefold() for name in names}


def _issuer(given: Answer, line: RedLine) -> set[str]:
    return _folded({line.issuer_name, *given.names.get(line.issuer or "", ())})


def _side(given: Answer, line: RedLine) -> set[str]:
    """The names of the side; where none is given beside the issuer, the issuer stands for itself."""
    if line.on_behalf_of is None:
        return _issuer(given, line)
    return _folded({line.on_behalf_of.split("|")[0], *given.names.get(line.on_behalf_of, ())})


def _score_steps(story: Story, given: Answer, gold: GoldLine, line: RedLine | None, table: Score) -> None:
    """Each gold step takes one of ours, those whose words fit first."""
    left = list(line.history) if line is not None else []
    ours = len(left)
    taken: dict[int, StatusEntry] = {}
    worded = 0
    for fitting in (_fits_words, _fits_file):
        for number, step in enumerate(gold.steps):
            entry = next((each for each in left if fitting(story, given, step, each)), None)
            if number in taken or entry is None:
                continue
            left.remove(entry)
            taken[number] = entry
            worded += fitting is _fits_words
    table.steps += Count(len(taken), ours, len(gold.steps))
    table.worded += Count(worded, ours, len(gold.steps))
    dated = [(gold.steps[number], entry) for number, entry in taken.items() if gold.steps[number].first is not None]
    table.days += Count(sum(_same_day(step, entry) for step, entry in dated), len(dated), len(dated))
    if line is None:
        return
    for number, step in enumerate(gold.steps):
        if number not in taken:
            words = f"{step.places[0].file} {step.places[0].words!r}" if step.places else ""
            table.differences.append(f"step missed: {gold.name}: {step.status} {words}")
    for step, entry in dated:
        if not _same_day(step, entry):
            days = f"ours {entry.when.earliest}..{entry.when.latest}, gold {step.first}..{step.last}"
            table.differences.append(f"day: {gold.name}: {step.status} {days}")
    for entry in left:
        told = f"{given.files[entry.passage.document]} {entry.passage.text[:90]!r}"
        table.differences.append(f"step not in gold: {gold.name}: {entry.status.value} {told}")


def _fits_file(story: Story, given: Answer, step: GoldStep, entry: StatusEntry) -> bool:
    if entry.status.value != step.status:
        return False
    return step.status in INFERRED or given.files[entry.passage.document] in {place.file for place in step.places}


def _fits_words(story: Story, given: Answer, step: GoldStep, entry: StatusEntry) -> bool:
    """Whether the passage also has at least half of the words' characters."""
    if not _fits_file(story, given, step, entry):
        return False
    file = given.files[entry.passage.document]
    spans = [story.span(place) for place in step.places if place.file == file]
    return step.status in INFERRED or any(
        sum(overlap(part, span) for part in entry.passage.spans) * 2 >= span.end - span.start for span in spans
    )


def _same_day(step: GoldStep, entry: StatusEntry) -> bool:
    """Whether our days lie within gold's."""
    days = (entry.when.earliest, entry.when.latest)
    return all(day is not None and step.first is not None and step.last is not None for day in days) and (
        step.first <= entry.when.earliest and entry.when.latest <= step.last  # type: ignore[operator]
    )


def _score_questions(story: Story, given: Answer, gold_of: Mapping[str, str], table: Score) -> None:
    own = _lines_at(story, given, own=True) - set(gold_of)
    for question, met in zip(story.questions, given.met, strict=True):
        listed = {gold_of.get(line, line) for line in met - own}
        table.questions += _of(1, int(listed == question.lines))
        table.meeting += _of(int(bool(question.lines)), int(bool(question.lines) and listed == question.lines))
        if listed != question.lines:
            names = {line.id: f"{line.issuer_name}: {line.condition}" for line in given.lines}
            ours = sorted(names.get(each, each) for each in listed)
            table.differences.append(f"what if {question.event} ours {ours}, gold {sorted(question.lines)}")


def print_table(part: str, scores: Mapping[str, Score], show: bool) -> None:
    """The figures of a part, the stories' shares of them, and the differences if asked for."""
    table = Score()
    for each in scores.values():
        table += each
    print(
        f"{part}: {len(scores)} stories, {table.found.gold} mentions, {table.lines.gold} lines, "
        f"{table.steps.gold} steps, {table.questions.gold} questions"
    )
    for name, label in COUNTS.items():
        count: Count = getattr(table, name)
        print(f"  {label:22} {count.shown() if name in BOTH else count.share()}")
        if name == "pairs":
            precision, recall = (sum(each[side] for each in table.cubed) / len(table.cubed) for side in (0, 1))
            cubed = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
            print(f"  {'joining, B-cubed':22} P {100 * precision:5.1f}  R {100 * recall:5.1f}  F1 {100 * cubed:5.1f}")
    print(f"  {'story':22} mentions   lines gold/ours/extra  steps right/ours/gold  what-if")
    for story, each in scores.items():
        drawn = f"{each.lines.gold}/{each.lines.ours}/{each.extra}"
        steps = f"{each.steps.right}/{each.steps.ours}/{each.steps.gold}"
        asked = f"{each.questions.right}/{each.questions.gold}"
        print(f"  {story:22} {each.found.right:3}/{each.found.gold:<6} {drawn:22} {steps:22} {asked}")
    if show:
        for difference in table.differences:
            print(f"    {difference}")


def main(arguments: list[str]) -> int:
    """Print a table a part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=PARTS)
    parser.add_argument("--stories", nargs="+", metavar="NAME")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--floors", action="store_true")
    given = parser.parse_args(arguments)
    resources, below = load_resources(Settings()), list[str]()
    for part in (given.part,) if given.part else PARTS:
        stories = choose_stories(read_stories(STORIES, part), given.stories)
        if not stories:
            continue
        scores = {story.name: score(story, answer(story, resources)) for story in stories}
        print_table(part, scores, given.show and part == "tuning")
        below += [f"{part}: {each}" for each in find_below(part, scores.values())]
    if given.floors and not given.stories:
        print(f"below the floor: {below}" if below else "all floors held")
    return int(given.floors and not given.stories and bool(below))


def choose_stories(stories: Iterable[Story], names: Sequence[str] | None) -> tuple[Story, ...]:
    """The stories of these names; all where none is named."""
    return tuple(each for each in stories if not names or each.name in names)


def find_below(part: str, scores: Iterable[Score]) -> list[str]:
    """The counts of a part that lie below their floor."""
    table = Score()
    for each in scores:
        table += each
    floors = FLOORS[part]
    below = [name for name in floors if 100 * getattr(table, name).recall < floors[name]]
    wrong = table.pairs.ours - table.pairs.right
    return [*below, *(["joined wrongly"] if wrong else [])]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
