"""A passage in its place: the paragraphs around it, its parts named in brackets, so that nothing rests on colour."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.export.steering import show_controls
from onrecord.records.findings import Condition, Findings
from onrecord.records.redlines import Passage
from onrecord.records.rows import ConditionRow, EventRow, FigureRow, Found, StatementRow, WordingRow
from onrecord.records.spans import Span, Spans, cover

if TYPE_CHECKING:
    from rich.text import Text

STYLES = {
    "source": "bold",
    "cue": "italic",
    "content": "underline",
    "condition": "yellow",
    "consequence": "red",
    "passage": "underline",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text and what it is."""

    span: Span
    what: str


def marks_of(found: Found) -> tuple[Mark, ...]:
    """The parts of a record, by what they are."""
    record = found.record
    if isinstance(record, StatementRow):
        said = record.statement
        return (*_all(said.source, "source"), *_all(said.cue, "cue"), *_all(said.content, "content"))
    if isinstance(record, ConditionRow):
        return tuple(_condition_marks(record.condition))
    if isinstance(record, FigureRow):
        figure = record.figure
        rest = (*_all(figure.counts, "counts"), *_all(figure.base, "base"), *_all(figure.place, "place"))
        return (Mark(figure.span, "figure"), *rest)
    if isinstance(record, EventRow):
        return _all(record.event.spans, "event")
    return (Mark(record.wording.span, "term"),) if isinstance(record, WordingRow) else ()


def marks_in(findings: Findings) -> tuple[Mark, ...]:
    """The attributions and conditions of a whole document."""
    said = [
        mark
        for each in findings.attributions
        for mark in (*_all(each.source, "source"), *_all(each.cue, "cue"), *_all(each.content, "content"))
    ]
    return (*said, *(mark for each in findings.conditions for mark in _condition_marks(each)))


def _condition_marks(condition: Condition) -> Iterator[Mark]:
    for alternative in condition.condition:
        yield from _all(alternative, "condition")
    yield from _all(condition.consequence, "consequence")


def _all(spans: Spans, what: str) -> tuple[Mark, ...]:
    return tuple(Mark(span, what) for span in spans)


def passage_marks(passages: Iterable[Passage], document: str) -> tuple[Mark, ...]:
    """Plain marks for the passages of a record that stand in one document."""
    return tuple(mark for each in passages if each.document == document for mark in _all(each.spans, "passage"))


def around(text: str, marks: Iterable[Mark]) -> Span:
    """The whole lines that hold the marks."""
    whole = cover(mark.span for mark in marks)
    end = text.find("\n", whole.end)
    return Span(text.rfind("\n", 0, whole.start) + 1, len(text) if end < 0 else end)


def mark_text(text: str, within: Span, marks: Iterable[Mark]) -> "Text":
    """The text of a stretch with each mark between `[what: ` and `]`; where marks cross, brackets close in order."""
    from rich.text import Text

    edges = sorted(_edges(within, marks))
    made, at = Text(), within.start
    opened: list[str] = []
    for place, _, _, what, opening in edges:
        made.append(show_controls(text[at:place]), style=_style(opened))
        made.append(f"[{what}: " if opening else "]", style="dim")
        opened.append(what) if opening else opened.remove(what)
        at = place
    made.append(show_controls(text[at : within.end]))
    return made


def _style(opened: list[str]) -> str:
    return " ".join(STYLES.get(what, "underline") for what in dict.fromkeys(opened))


def _edges(within: Span, marks: Iterable[Mark]) -> Iterator[tuple[int, int, int, str, bool]]:
    """Where brackets stand: closing ones before opening ones, outer ones opened first and closed last."""
    for mark in dict.fromkeys(marks):
        start, end = mark.span
        if within.start <= start < end <= within.end:
            yield start, 1, -end, mark.what, True
            yield end, 0, -start, mark.what, False
