"""From a stored body and a place in it to the row a View answers with: pure, the same for every database."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from onrecord.errors import LedgerError
from onrecord.ledger.around import sentence_around
from onrecord.ledger.bodies import Body
from onrecord.ledger.folding import Term, find_terms
from onrecord.ledger.indexing import condition_spans, mention_spans
from onrecord.records.documents import Basis, DateRange, Outlet
from onrecord.records.findings import Condition, Event, Figure, WordingUse
from onrecord.records.redlines import Passage, RedLine, StatusEntry
from onrecord.records.rows import (
    ConditionRow,
    DocumentRow,
    EventRow,
    FigureRow,
    Found,
    Hit,
    JoinRow,
    LineRow,
    LinkRow,
    Moment,
    Record,
    ReviewState,
    StatementRow,
    StatusRow,
    WordingRow,
)
from onrecord.records.spans import Span, Spans, contains, cover, overlaps, quote_spans

AROUND = 160  # characters shown before and after a hit: about two lines of a page each

OPENING = 60  # characters of a text by which an article without a title is known
MOST_OPENING = 400  # characters in which its first line is looked for


def build_document(body: Body, annotator: str, recorded_at: str) -> DocumentRow:
    """A document's row."""
    document = body.document
    return DocumentRow(
        document.id, document.path, document.title, document.language, document.outlet, document.published,
        document.url, document.author, document.notes, document.candidates, annotator, recorded_at,
        len(body.plain_statements), len(document.text), opening="" if document.title else opening_words(document.text),
    )  # fmt: skip


def opening_words(text: str) -> str:
    """The first words of a text, as printed; an ellipsis where more follow in their line."""
    first = " ".join(text[:MOST_OPENING].lstrip().partition("\n")[0].split())
    if len(first) <= OPENING:
        return first
    return f"{first[: first.rfind(' ', 0, OPENING) if ' ' in first[:OPENING] else OPENING].rstrip(',;:')} …"


def build_tombstone(id: str, recorded_at: str, reason: str) -> DocumentRow:
    """The row of a withdrawn document: its id and the reason, nothing else."""
    return DocumentRow(id, "", "", "", Outlet(), DateRange(), None, None, (), (), "", recorded_at, 0, 0, reason)


def build_statement(body: Body, place: int, id: str, review: ReviewState) -> StatementRow:
    """A statement's row."""
    return StatementRow(body.statement(place), body.title, review)


def build_condition(body: Body, place: int, id: str, review: ReviewState) -> ConditionRow:
    """A condition's row."""
    record, document = body.record(Condition, place), body.document
    words = partial(_words, body.text)
    return ConditionRow(
        id, document.id, record, tuple(map(words, record.condition)), words(record.consequence),
        body.statement_of(record.attribution), body.speaker(record.attribution), document.outlet,
        document.published, document.title, review,
    )  # fmt: skip


def build_figure(body: Body, place: int, id: str, review: ReviewState) -> FigureRow:
    """A figure's row."""
    record, document = body.record(Figure, place), body.document
    words = partial(_words, body.text)
    return FigureRow(
        id, document.id, record, words((record.span,)), words(record.base), words(record.counts),
        words(record.place), body.statement_of(record.attribution), body.speaker(record.attribution),
        document.outlet, document.published, document.title, review,
    )  # fmt: skip


def build_event(body: Body, place: int, id: str, review: ReviewState) -> EventRow:
    """An event's row."""
    record, document = body.record(Event, place), body.document
    words = partial(_words, body.text)
    who = [actor for each in record.who if (actor := body.actor(each)) is not None]
    whom = [actor for each in record.whom if (actor := body.actor(each)) is not None]
    return EventRow(
        id, document.id, record, words(record.spans or (record.trigger,)),
        tuple(actor.name for actor in who), tuple(actor.name for actor in whom),
        tuple(actor.key for actor in who), tuple(actor.key for actor in whom), words(record.where),
        body.statement_of(record.attribution), body.speaker(record.attribution), document.outlet,
        document.published, document.title, review, sentence_around(body.text, record.trigger),
    )  # fmt: skip


def build_wording(body: Body, place: int, id: str, review: ReviewState) -> WordingRow:
    """A wording's row."""
    record, document = body.record(WordingUse, place), body.document
    return WordingRow(
        id, document.id, record, _words(body.text, (record.span,)), body.statement_of(record.attribution),
        body.speaker(record.attribution), document.outlet, document.published, document.title, review,
    )  # fmt: skip


def _words(text: str, spans: Spans) -> str:
    return quote_spans(text, tuple(span for span in spans if span.start < span.end))


Build = Callable[[Body, int, str, ReviewState], Record]
BUILD: dict[str, Build] = {
    "statement": build_statement,
    "condition": build_condition,
    "figure": build_figure,
    "event": build_event,
    "wording": build_wording,
}


def build_status(line: RedLine, entry: StatusEntry, review: ReviewState) -> StatusRow:
    """The row of one step of a red line."""
    return StatusRow(entry, line.issuer, line.issuer_name, line.condition, line.consequence, review, line.negated)


def passages_of(record: Record, text: Callable[[str], str]) -> tuple[Passage, ...]:
    """Where a record's words stand. text: gives the text of a document by id."""
    match record:
        case StatementRow(statement):
            spans = _in_order((*statement.source, *statement.cue, *statement.content))
            return (_passage(statement.document, spans, text),)
        case LineRow(line):
            return tuple(
                _passage(mention.document, _in_order(mention_spans(mention)), text) for mention in line.mentions
            )
        case StatusRow(entry):
            return (entry.passage,)
        case LinkRow(document=document, link=link):
            return (_passage(document, (link.span,), text),)
        case JoinRow(mention=mention):
            return (_passage(mention.document, _in_order(mention_spans(mention)), text),)
        case DocumentRow():
            return ()
    return (_passage(record.document, _spans_of(record), text),)


def _spans_of(record: ConditionRow | FigureRow | EventRow | WordingRow) -> Spans:
    match record:
        case ConditionRow():
            return _in_order(condition_spans(record.condition))
        case FigureRow():
            figure = record.figure
            return _in_order((figure.span, *figure.base, *figure.counts, *figure.place))
        case EventRow():
            return _in_order((record.event.trigger, *record.event.spans, *record.event.where))
        case WordingRow():
            return (record.wording.span,)


def _in_order(spans: Spans) -> Spans:
    """Spans in reading order; one that lies within another adds nothing to see."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda each: (each.start, -each.end)):
        if span.start < span.end and not any(contains(outer, span) for outer in kept):
            kept.append(span)
    return tuple(kept)


def _passage(document: str, spans: Spans, text: Callable[[str], str]) -> Passage:
    return Passage(document, spans, quote_spans(text(document), spans))


def build_found(kind: str, id: str, record: Record, text: Callable[[str], str]) -> Found:
    """What an id names, with its passages."""
    return Found(kind, id, record, passages_of(record, text))


def build_moment(kind: str, id: str, record: Record) -> Moment:
    """A row of a timeline."""
    match record:
        case StatusRow(entry):
            return Moment(kind, id, entry.when, record)
        case StatementRow(statement):
            said = statement.said_on
            return Moment(kind, id, said if said.is_known else statement.published, record)
        case EventRow(event=event, published=published):
            when = event.when
            return Moment(kind, id, when if when is not None and when.is_known else _by(published), record)
    raise LedgerError(f"{kind} {id} is no moment of a timeline")


def _by(published: DateRange) -> DateRange:
    """When something happened of which no day is printed: at some time before it could be told."""
    if published.latest is None:
        return DateRange(reason="no day is printed with it, nor is the day of publication known")
    return DateRange(None, published.latest, Basis.INFERRED, "no day is printed with it; it was told as past by then")


def build_hit(row: DocumentRow, text: str, terms: tuple[Term, ...], said: tuple[tuple[str, Span], ...]) -> Hit:
    """A search hit. said: ids of the document's statements with what each covers."""
    spans = find_terms(text, terms)
    first = spans[0] if spans else Span(0, 0)
    excerpt = _excerpt(text, cover([span for span in spans if span.end <= first.start + AROUND] or [first]))
    holding = tuple(id for id, covered in said if any(overlaps(covered, span) for span in spans))
    return Hit(row, spans, excerpt, text[excerpt.start : excerpt.end], holding)


def _excerpt(text: str, around: Span) -> Span:
    """Some words before and after, cut at white space and within the line."""
    start = max(around.start - AROUND, text.rfind("\n", 0, around.start) + 1)
    line_end = text.find("\n", around.end)
    end = min(around.end + AROUND, line_end if line_end >= 0 else len(text))
    while start > 0 and start < around.start and not text[start - 1].isspace():
        start += 1
    while around.end < end < len(text) and not text[end].isspace():
        end -= 1
    return Span(start, end)


def strip_line(line: RedLine, withdrawn: str) -> RedLine | None:
    """The red line without what rests on a withdrawn document; None if nothing is left of it."""
    mentions = tuple(each for each in line.mentions if each.document != withdrawn)
    history = tuple(each for each in line.history if each.passage.document != withdrawn)
    if not mentions:
        return None
    if mentions == line.mentions:
        return replace(line, history=history)
    # Our wording was built from the first mention's own words, which may be the withdrawn ones.
    first = mentions[0]
    return replace(
        line,
        mentions=mentions,
        history=history,
        condition=first.condition_text,
        consequence=first.consequence_text,
    )
