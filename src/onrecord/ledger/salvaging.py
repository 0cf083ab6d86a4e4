"""Save what can be saved of a damaged ledger: every document whose text and findings still meet their hashes."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from onrecord.errors import LedgerError, RecordError
from onrecord.ledger.bodies import Body, Packed, read_stored
from onrecord.ledger.chain import sound_beginning
from onrecord.ledger.database import Database
from onrecord.ledger.indexing import line_documents
from onrecord.ledger.writer import Writer
from onrecord.records.documents import hash_text
from onrecord.records.findings import Findings
from onrecord.records.redlines import RedLine, Statement
from onrecord.records.rows import Entry

GAP = 2_000  # numbers tried beyond a row that cannot be read: more than one damaged page can hold


Shown = tuple[Findings, tuple[Statement, ...]]


@dataclass(frozen=True, slots=True)
class Salvage:
    """What was saved, and what could be seen to be there but not be read. entries: of the log, from its beginning."""

    documents: int
    documents_lost: int
    lines: int
    lines_lost: int
    entries: int
    entries_lost: int


def salvage_ledger(source: Database, writer: Writer) -> Salvage:
    """Copy all that still holds into a new, empty ledger; the log with its hashes, as far as its chain goes."""
    entries, entries_lost = _save_log(source, writer)
    documents, documents_lost = _save_documents(source, writer)
    lines, lines_lost = _save_lines(source, writer)
    writer.restore_reviews()
    return Salvage(documents, documents_lost, lines, lines_lost, entries, entries_lost)


def _readable_rows(source: Database, sql: str) -> Iterator[tuple[Any, ...] | None]:
    """Rows in order of their number, which comes first in each; None for each stretch that cannot be read.

    sql: takes the number after which to look, and gives at most one row.
    """
    last, failed = 0, 0
    while failed < GAP:
        try:
            row = source.row(sql, (last,))
        except LedgerError:
            if failed == 0:
                yield None
            last, failed = last + 1, failed + 1
            continue
        if row is None:
            return
        last, failed = row[0], 0
        yield row


def _save_log(source: Database, writer: Writer) -> tuple[int, int]:
    rows = list(_readable_rows(source, LOG))
    read = [Entry(*row) for row in takewhile(lambda row: row is not None, rows) if row is not None]
    kept = sound_beginning(read, _erased(source))
    writer.restore_log(kept)
    return len(kept), len(rows) - len(kept)


def _erased(source: Database) -> frozenset[str]:
    try:
        return frozenset(id for (id,) in source.rows("SELECT document FROM tombstone WHERE erased = 1"))
    except LedgerError:
        return frozenset()


def _save_documents(source: Database, writer: Writer) -> tuple[int, int]:
    """Documents saved and lost. Those that were withdrawn stay behind: their tombstones are in the log."""
    saved = lost = 0
    for row in _readable_rows(source, DOCUMENTS):
        if row is None:
            lost += 1
        elif row[2] is None:
            kept = _read_shown(source, *row[:2], *row[3:])
            lost += kept is None
            saved += kept is not None and writer.add(*kept)
    return saved, lost


def _read_shown(source: Database, number: int, id: str, text: str, shown: int) -> Shown | None:
    """The findings shown of a document; None where they, or its text, no longer meet their hashes."""
    try:
        packed = source.row("SELECT body, statements, hash FROM findings WHERE number = ?", (shown,))
        if packed is None or text is None or hash_text(text) != id:
            return None
        body = Body(Packed(*packed), text)
        return (body.findings, body.statements) if body.check_hash() else None
    except (LedgerError, RecordError):
        return None


def _save_lines(source: Database, writer: Writer) -> tuple[int, int]:
    """Red lines saved and lost: one is saved where every document it rests on was."""
    try:
        bodies = source.rows("SELECT body FROM line ORDER BY id")
    except LedgerError:
        return 0, 0
    saved: list[RedLine] = []
    for (body,) in bodies:
        try:
            line = read_stored(RedLine, body)
        except LedgerError:
            continue
        if writer.holds(line_documents(line)):
            saved.append(line)
    writer.record_lines(tuple(saved))
    return len(saved), len(bodies) - len(saved)


LOG = (
    "SELECT sequence, kind, subject, document, by, recorded_at, payload, payload_hash, previous, hash FROM log "
    "LEFT JOIN log_payload USING (sequence) WHERE sequence > ? ORDER BY sequence LIMIT 1"
)
DOCUMENTS = "SELECT number, id, withdrawn, text, findings FROM document WHERE number > ? ORDER BY number LIMIT 1"
