"""What a reviewer may change about a record, and how the ends of a span are moved by word."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from onrecord.errors import RecordError
from onrecord.lexicon.labels import ACT, DIRECTNESS, REALIS, STATUS
from onrecord.records.redlines import Statement
from onrecord.records.rows import ConditionRow, FigureRow, Found, JoinRow, LineRow, LinkRow, StatementRow, StatusRow
from onrecord.records.spans import Span, Spans
from onrecord.web.problems import RequestError
from onrecord.web.shown import lead_word, line_words

# A word with its apostrophes and hyphens, or one mark: so that a quotation mark can be left out or taken in.
WORD = re.compile(r"\w+(?:[’'\-]\w+)*|[^\w\s]")
MOST_FIELD = 2_000  # characters of a typed correction


@dataclass(frozen=True, slots=True)
class Choice:
    """One value a field may take, and its label."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One part of a record that a reviewer may change.

    kind: `spans`, `text`, `choice` or `date`. value: as text; spans are written `12-50,60-70`.
    choices: all that a choice can be, or what may be typed into a text.
    pieces: the spans themselves, with the words under each in `quotes`.
    """

    name: str
    label: str
    kind: str
    value: str
    choices: tuple[Choice, ...] = ()
    pieces: Spans = ()
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """Move the start or the end of one piece of a field by a number of words, to the right or (negative) left."""

    field: str
    piece: int
    end: str
    words: int


def write_spans(spans: Spans) -> str:
    """`12-50,60-70`."""
    return ",".join(f"{span.start}-{span.end}" for span in spans)


def read_spans(written: str, text: str) -> Spans:
    """The spans that `write_spans` wrote. Raises RecordError where one does not lie in the text or they overlap."""
    spans = tuple(_read_span(piece, text) for piece in written.split(",") if piece)
    if any(one.end > other.start for one, other in zip(spans, spans[1:], strict=False)):
        raise RecordError(f"spans must be in reading order without overlap: got {written!r}")
    return spans


def _read_span(piece: str, text: str) -> Span:
    found = re.fullmatch(r"(\d{1,9})-(\d{1,9})", piece)
    if not found or not int(found[1]) < int(found[2]) <= len(text):
        raise RecordError(f"a span must lie in its text: got {piece[:40]!r} of {len(text)} characters")
    return Span(int(found[1]), int(found[2]))


def read_move(written: str) -> Move | None:
    """`content.0.end.-1`, or None for an empty text. Raises RecordError for anything else."""
    if not written:
        return None
    found = re.fullmatch(r"([a-z]+(?:_\d{1,2})?)\.(\d{1,3})\.(start|end)\.(-?[1-9])", written)
    if not found:
        raise RecordError(f"needed a move such as content.0.end.1, got {written[:40]!r}")
    return Move(found[1], int(found[2]), found[3], int(found[4]))


def move_end(text: str, spans: Spans, move: Move) -> Spans:
    """The spans with one end moved by word; an end stops at its own other end, at its neighbours and at the text's."""
    if move.piece >= len(spans):
        raise RecordError(f"{move.field} has {len(spans)} pieces: cannot move the end of number {move.piece}")
    span = spans[move.piece]
    low = spans[move.piece - 1].end if move.piece else 0
    high = spans[move.piece + 1].start if move.piece + 1 < len(spans) else len(text)
    if move.end == "start":
        moved = Span(
            _step([word.start() for word in WORD.finditer(text, low, span.end)], span.start, move.words), span.end
        )
    else:
        ends = [word.end() for word in WORD.finditer(text, span.start, high)]
        moved = Span(span.start, _step(ends, span.end, move.words))
    return (*spans[: move.piece], moved, *spans[move.piece + 1 :])


def _step(places: list[int], at: int, words: int) -> int:
    """The place `words` places away from `at`; `at` itself where there is none."""
    beyond = [place for place in places if (place > at if words > 0 else place < at)]
    if not beyond:
        return at
    return beyond[min(words, len(beyond)) - 1] if words > 0 else beyond[max(words, -len(beyond))]


def fields_of(found: Found, text: str) -> tuple[Field, ...]:
    """What may be changed about this record, with its present values."""
    record = found.record
    if isinstance(record, StatementRow):
        return _statement_fields(record.statement, text)
    if isinstance(record, ConditionRow):
        return _condition_fields(record, text)
    if isinstance(record, LineRow):
        line = record.line
        return (
            _text("issuer", "Issuer", line.issuer_name),
            _text("condition", lead_word(line.negated).capitalize(), line.condition),
            _text("consequence", "Then", line.consequence),
        )
    if isinstance(record, StatusRow):
        return _status_fields(record)
    if isinstance(record, LinkRow):
        return (_text("actor", "Means (empty: nobody)", record.actor.name if record.actor else ""),)
    if isinstance(record, JoinRow):
        return (_join_field(record),)
    return _figure_fields(record) if isinstance(record, FigureRow) else ()


def _statement_fields(statement: Statement, text: str) -> tuple[Field, ...]:
    return (
        _spans("source", "Source", statement.source, text),
        _spans("cue", "Cue", statement.cue, text),
        _spans("content", "Content", statement.content, text),
        _text("speaker", "Speaker", statement.speaker.name or ""),
        _choice("act", "Act", statement.act, {key.value: label for key, label in ACT.items()}),
        _choice(
            "directness",
            "Directness",
            statement.directness,
            {key.value: label.text for key, label in DIRECTNESS.items()},
        ),
        _date("said_from", "Said on, first day", statement.said_on.earliest),
        _date("said_to", "Said on, last day", statement.said_on.latest),
    )


def _condition_fields(row: ConditionRow, text: str) -> tuple[Field, ...]:
    several = len(row.condition.condition) > 1
    return (
        *(
            _spans(f"condition_{place}", f"Condition {place + 1}" if several else "Condition", spans, text)
            for place, spans in enumerate(row.condition.condition)
        ),
        _spans("consequence", "Consequence", row.condition.consequence, text),
        _choice("realis", "Realis", row.condition.realis, {key.value: label for key, label in REALIS.items()}),
    )


def _join_field(row: JoinRow) -> Field:
    lines = {line.id: line_words(line) for line in (row.line, *row.others)}
    return _choice("line", "Belongs to", row.line.id, {**lines, "": "another line, or a line of its own"})


def _status_fields(row: StatusRow) -> tuple[Field, ...]:
    return (
        _choice("status", "Step", row.entry.status, {key.value: label.text for key, label in STATUS.items()}),
        _date("from", "First day", row.entry.when.earliest),
        _date("to", "Last day", row.entry.when.latest),
    )


def _figure_fields(row: FigureRow) -> tuple[Field, ...]:
    figure = row.figure
    return (_text("low", "Lowest value", figure.low), _text("high", "Highest value", figure.high),
            _text("unit", "Unit", figure.unit or ""))  # fmt: skip


def _spans(name: str, label: str, spans: Spans, text: str) -> Field:
    quotes = tuple(text[span.start : span.end] for span in spans)
    return Field(name, label, "spans", write_spans(spans), pieces=spans, quotes=quotes)


def _text(name: str, label: str, value: str) -> Field:
    return Field(name, label, "text", value)


def _date(name: str, label: str, value: object) -> Field:
    return Field(name, label, "date", str(value or ""))


def _choice(name: str, label: str, value: str, labels: Mapping[str, str]) -> Field:
    return Field(name, label, "choice", str(value), tuple(Choice(key, words) for key, words in labels.items()))


def fill_fields(fields: tuple[Field, ...], typed: Mapping[str, str], move: Move | None, text: str) -> tuple[Field, ...]:
    """The fields with what was typed in place of the present values, and one end moved."""
    return tuple(_fill(field, typed, move, text) for field in fields)


def _fill(field: Field, typed: Mapping[str, str], move: Move | None, text: str) -> Field:
    value = typed.get(field.name, field.value).strip()[:MOST_FIELD]
    if field.kind == "choice" and value not in {choice.value for choice in field.choices}:
        raise RequestError(422, "bad_field", f"{field.label}: not one of the values offered")
    if field.kind == "date" and value and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        raise RequestError(422, "bad_field", f"{field.label}: needed a day as YYYY-MM-DD")
    if field.kind != "spans":
        return replace(field, value=value)
    spans = read_spans(value, text)
    if move is not None and move.field == field.name:
        spans = move_end(text, spans, move)
    return _spans(field.name, field.label, spans, text)


def write_correction(before: tuple[Field, ...], after: tuple[Field, ...]) -> str:
    """The fields that were changed, as JSON text: `{"content": [[12, 50]], "act": "threat"}`; "" if none was."""
    changed = {
        new.name: [list(span) for span in new.pieces] if new.kind == "spans" else new.value or None
        for old, new in zip(before, after, strict=True)
        if old.value != new.value
    }
    return json.dumps(changed, ensure_ascii=False, separators=(",", ":")) if changed else ""
