"""The tables of a set: which columns a batch writes, and the rows of one document in them.

`documents` holds everything, word for word, and is what an import reads; the others are for queries over the archive.
Annotator, year and month are columns too: their folders' names say them, as query engines expect.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from onrecord.batch.annotating import Annotated
from onrecord.export.tables import CONDITIONS, STATEMENTS, Cell, Column, Kind, Table
from onrecord.ledger.bodies import Body, hash_body, pack, write_body
from onrecord.ledger.building import build_condition
from onrecord.ledger.indexing import condition_id
from onrecord.records.documents import Document, Rejected
from onrecord.records.findings import Attribution, Condition, Findings
from onrecord.records.rows import ReviewState, StatementRow
from onrecord.records.spans import Span, Spans


@dataclass(frozen=True, slots=True)
class Held:
    """A document with all that was found in it, as two lines of JSON, and the hash of both."""

    document: Document
    findings: str
    statements: str
    hash: str


@dataclass(frozen=True, slots=True)
class Placed:
    """One span: in which document, of which list and record (its local id), in what part, and where."""

    document: str
    kind: str
    record: str
    part: str
    span: Span


def _text(name: str, meaning: str, of: Any) -> Column[Any]:
    return Column(name, Kind.TEXT, meaning, of)


DOCUMENTS: Table[Held] = Table(
    "documents",
    "One article with all that was found in it.",
    (
        _text("id", "The document's id, the hash of its text.", lambda row: row.document.id),
        _text("path", "Where it was read: the input's path and the place in it.", lambda row: row.document.path),
        _text("title", "As printed.", lambda row: row.document.title),
        _text("text", "The text, which never changes.", lambda row: row.document.text),
        _text("language", "ISO 639-1 code.", lambda row: row.document.language),
        _text("outlet", "Who published it; empty where unknown.", lambda row: row.document.outlet.name),
        _text("outlet_basis", "How the outlet is known.", lambda row: row.document.outlet.basis.value),
        Column("published_from", Kind.DAY, "First day of publication.", lambda row: row.document.published.earliest),
        Column("published_to", Kind.DAY, "Last day of publication.", lambda row: row.document.published.latest),
        _text("published_basis", "How the date is known.", lambda row: row.document.published.basis.value),
        _text("url", "Its address, where known.", lambda row: row.document.url),
        _text("author", "As printed.", lambda row: row.document.author),
        _text("findings", "The exchange record as JSON, without the text.", lambda row: row.findings),
        _text("statements", "The statements as a JSON list.", lambda row: row.statements),
        _text("hash", "SHA-256 over findings and statements, as in a ledger.", lambda row: row.hash),
    ),
)

SPANS: Table[Placed] = Table(
    "spans",
    "One span of one record.",
    (
        _text("document", "The document's id.", lambda row: row.document),
        _text("kind", "mentions, attributions, conditions, events and so on.", lambda r: r.kind),
        _text("record", "Id of the record within its document.", lambda row: row.record),
        _text("part", "source, cue, content, condition, consequence and so on.", lambda row: row.part),
        Column("start", Kind.WHOLE, "First code point.", lambda row: row.span.start),
        Column("end", Kind.WHOLE, "The code point after the last.", lambda row: row.span.end),
    ),
)

FAILURES: Table[Rejected] = Table(
    "failures",
    "An input or record that could not be taken in.",
    (
        _text("path", "Where it stands.", lambda row: row.path),
        _text("stage", "reading or annotation.", lambda row: row.stage),
        _text("code", "A short stable word.", lambda row: row.code),
        _text("reason", "One clear line.", lambda row: row.reason),
    ),
)

TABLES: tuple[Table[Any], ...] = (DOCUMENTS, SPANS, STATEMENTS, CONDITIONS, FAILURES)

Rows = dict[str, list[tuple[Cell, ...]]]


def list_rows(annotated: Annotated) -> Rows:
    """The cells of one document's rows, by table."""
    findings, statements = annotated
    document = findings.document
    said = write_body(findings, statements)
    held = Held(document, *said, hash_body(*said))
    body = Body(pack(findings, statements), document.text)
    conditions = [
        build_condition(body, place, condition_id(document.id, each), ReviewState())
        for place, each in enumerate(findings.conditions)
    ]
    return {
        "documents": [DOCUMENTS.cells(held)],
        "spans": [SPANS.cells(each) for each in list_spans(findings)],
        "statements": [STATEMENTS.cells(StatementRow(each, document.title)) for each in statements],
        "conditions": [CONDITIONS.cells(each) for each in conditions],
    }


def list_spans(findings: Findings) -> Iterator[Placed]:
    """Every span of every record of one document, in the order of the exchange record."""
    id = findings.document.id
    for mention in findings.mentions:
        yield Placed(id, "mentions", mention.id, "mention", mention.span)
    for said in findings.attributions:
        yield from _parts(id, "attributions", said.id, _attribution_parts(said))
    for condition in findings.conditions:
        yield from _parts(id, "conditions", condition.id, _condition_parts(condition))
    for event in findings.events:
        parts: list[tuple[str, Spans]] = [("event", event.spans), ("trigger", (event.trigger,)), ("where", event.where)]
        yield from _parts(id, "events", event.id, parts)
    for figure in findings.figures:
        parts = [("figure", (figure.span,)), ("base", figure.base), ("counts", figure.counts), ("place", figure.place)]
        yield from _parts(id, "figures", figure.id, parts)
    for time in findings.times:
        yield Placed(id, "times", time.id, "time", time.span)
    for wording in findings.wordings:
        yield Placed(id, "wordings", wording.id, "wording", wording.span)
    for link in findings.links:
        yield Placed(id, "links", "", "link", link.span)


def _attribution_parts(said: Attribution) -> list[tuple[str, Spans]]:
    return [("source", said.source), ("cue", said.cue), ("content", said.content)]


def _condition_parts(condition: Condition) -> list[tuple[str, Spans]]:
    alternatives = [("condition", spans) for spans in condition.condition]
    return [("cue", condition.cue), *alternatives, ("consequence", condition.consequence)]


def _parts(document: str, kind: str, record: str, parts: list[tuple[str, Spans]]) -> Iterator[Placed]:
    for part, spans in parts:
        yield from (Placed(document, kind, record, part, span) for span in spans)
