"""Whole stories with labels: folders of articles as a reader would get them, and what a reader would write down.

A folder holds *.txt, meta.csv (as for `onrecord add --meta`) and gold.yml:

  part: tuning | measuring
  lines:       name, issuer (names as printed), on_behalf, mentions, steps, rollup
    mentions:  {file, condition, consequence, voice}: words exactly as printed; consequence may be null
    steps:     {file, status, words, day | range, also}: words is one stretch or several, any of which will do; `also`
               lists other places that retell the same words. A step that only silence shows has neither file nor words.
  distractors: {file, words, own}: no mention of any line above; own: they may draw a line of their own
  whatif:      {text, lines}

What the labels mean is told in evaluation/gold/GUIDE.md. Words must occur exactly once in their file.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from onrecord.records.redlines import RollUp, Status
from onrecord.records.spans import Span, contains

STORIES = Path(__file__).parent / "gold" / "coverage"
PARTS = ("tuning", "measuring")
VOICES = frozenset({"speaker", "outlet", "headline"})
LEAST_SHARED = 0.5
INFERRED = frozenset({Status.UNKNOWN.value, Status.LAPSED_INFERRED.value})


@dataclass(frozen=True)
class Place:
    """Words in a file of a story."""

    file: str
    words: str


@dataclass(frozen=True)
class GoldMention:
    """One place that words a line. consequence: None where none is printed."""

    place: Place
    consequence: Place | None
    voice: str


@dataclass(frozen=True)
class GoldStep:
    """One step. places: any of them tells it; () where it is inferred. first, last: the days, None where untold."""

    status: str
    places: tuple[Place, ...]
    first: date | None
    last: date | None


@dataclass(frozen=True)
class GoldLine:
    """One line. issuer, side: every name that would be right."""

    name: str
    issuer: tuple[str, ...]
    side: tuple[str, ...]
    mentions: tuple[GoldMention, ...]
    steps: tuple[GoldStep, ...]
    rollup: str


@dataclass(frozen=True)
class Distractor:
    """Words that are no mention of a gold line. own: another line, which may be drawn."""

    place: Place
    own: bool


@dataclass(frozen=True)
class Question:
    """A supposed event and the names of the lines that it would meet."""

    event: str
    lines: frozenset[str]


@dataclass(frozen=True)
class Story:
    """A folder of articles and its labels. texts: file name -> text."""

    name: str
    folder: Path
    part: str
    texts: Mapping[str, str]
    lines: tuple[GoldLine, ...]
    distractors: tuple[Distractor, ...]
    questions: tuple[Question, ...]

    def span(self, place: Place) -> Span:
        """Where the words stand in their file."""
        start = self.texts[place.file].index(place.words)
        return Span(start, start + len(place.words))


def read_stories(folder: Path = STORIES, part: str | None = None) -> tuple[Story, ...]:
    """The stories in a folder, in order of name, of one part or all. Raises ValueError where a label does not hold."""
    found = (read_story(path.parent) for path in sorted(folder.glob("*/gold.yml")))
    return tuple(story for story in found if part is None or story.part == part)


def read_story(folder: Path) -> Story:
    """One story. Raises ValueError that lists every label that does not hold."""
    return form_story(folder, yaml.safe_load((folder / "gold.yml").read_text(encoding="utf-8")))


def form_story(folder: Path, given: Mapping[str, Any]) -> Story:
    """The articles of a folder with labels. Raises ValueError that lists every label that does not hold."""
    story = Story(
        name=folder.name,
        folder=folder,
        part=given["part"],
        texts={path.name: path.read_bytes().decode("utf-8") for path in sorted(folder.glob("*.txt"))},
        lines=tuple(_line(each) for each in given["lines"]),
        distractors=tuple(Distractor(_place(each), bool(each.get("own"))) for each in given.get("distractors", ())),
        questions=tuple(Question(each["text"], frozenset(each["lines"])) for each in given.get("whatif", ())),
    )
    faults = list(_faults(story))
    if faults:
        raise ValueError(f"{folder.name}: " + "; ".join(faults))
    return story


def _place(given: Mapping[str, Any], key: str = "words") -> Place:
    return Place(given["file"], given[key])


def _listed(given: Any) -> tuple[Any, ...]:
    return tuple(given) if isinstance(given, list) else () if given is None else (given,)


def _line(given: Mapping[str, Any]) -> GoldLine:
    return GoldLine(
        name=given["name"],
        issuer=_listed(given["issuer"]),
        side=_listed(given.get("on_behalf")),
        mentions=tuple(_mention(each) for each in given["mentions"]),
        steps=tuple(_step(each) for each in given["steps"]),
        rollup=given["rollup"],
    )


def _mention(given: Mapping[str, Any]) -> GoldMention:
    consequence = _place(given, "consequence") if given.get("consequence") else None
    return GoldMention(_place(given, "condition"), consequence, given["voice"])


def _step(given: Mapping[str, Any]) -> GoldStep:
    told = [given, *given.get("also", ())] if "file" in given else []
    places = tuple(Place(each["file"], words) for each in told for words in _listed(each["words"]))
    first, last = given["range"] if "range" in given else (given.get("day"), given.get("day"))
    return GoldStep(given["status"], places, first, last)


def _faults(story: Story) -> Iterator[str]:
    """What does not hold: words that do not occur exactly once, and words for statuses and names that nobody knows."""
    if story.part not in PARTS:
        yield f"no such part: {story.part}"
    for place in _places(story):
        count = story.texts.get(place.file, "").count(place.words)
        if count != 1:
            yield f"{place.file}: {count} times {place.words!r}"
    names = {line.name for line in story.lines}
    for line in story.lines:
        yield from (f"{line.name}: no such voice: {m.voice}" for m in line.mentions if m.voice not in VOICES)
        yield from (f"{line.name}: no such status: {s.status}" for s in line.steps if s.status not in set(Status))
        yield from (
            f"{line.name}: {s.status} has no words" for s in line.steps if bool(s.places) == (s.status in INFERRED)
        )
        if line.rollup not in set(RollUp):
            yield f"{line.name}: no such state: {line.rollup}"
    for question in story.questions:
        yield from (f"no such line: {name}" for name in sorted(question.lines - names))


def _places(story: Story) -> Iterable[Place]:
    for line in story.lines:
        for mention in line.mentions:
            yield from (place for place in (mention.place, mention.consequence) if place is not None)
        for step in line.steps:
            yield from step.places
    yield from (each.place for each in story.distractors)


def overlap(one: Span, other: Span) -> int:
    """How many characters two spans share."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def shared(one: Span, other: Span) -> float:
    """Jaccard over characters."""
    both = overlap(one, other)
    return both / (one.end - one.start + other.end - other.start - both)


def fits(ours: Span, gold: Span) -> bool:
    """Whether ours contains the gold words or shares half of the characters with them."""
    return contains(ours, gold) or shared(ours, gold) >= LEAST_SHARED
