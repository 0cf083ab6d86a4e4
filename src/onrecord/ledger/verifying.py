"""Whether a ledger still says what it was told: texts against hashes, spans against texts, rows against records,
the log against its chain, and the file against itself.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from zlib import crc32

import apsw

from onrecord.errors import LedgerError, RecordError
from onrecord.ledger.bodies import Body, Packed, read_stored
from onrecord.ledger.chain import check_chain
from onrecord.ledger.database import Database
from onrecord.ledger.folding import fold_words
from onrecord.ledger.indexing import mention_spans, place_records, span_fault, spans_of, tally
from onrecord.ledger.looking import read_judgements, read_who
from onrecord.ledger.migrating import load_migrations
from onrecord.ledger.reviewing import form_state
from onrecord.records.documents import hash_text
from onrecord.records.findings import Findings
from onrecord.records.judgements import Judgement
from onrecord.records.redlines import Passage, RedLine, Statement
from onrecord.records.rows import Entry, Problem, Verification
from onrecord.records.spans import quote_spans

MOST_PROBLEMS = 100  # named; a file with more is beyond naming
CHUNK = 500


def verify_ledger(check: "Check") -> Verification:
    """Every check, the cheap and damning ones first."""
    steps = (
        check.file,
        check.schema,
        check.log,
        check.documents,
        check.lines,
        check.search,
        check.reviews,
        check.counts,
    )
    for step in steps:
        try:
            step()
        except LedgerError as error:
            if error.code not in ("damaged", "io"):
                raise
            check.report(step.__name__, str(error))
    return check.outcome()


class Check:
    """Counts what was looked at and lists what did not hold."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.problems: list[Problem] = []
        self.documents_seen = self.records = self.spans = self.entries = 0
        self.head = ""
        self.stones: set[str] = set()
        self.words = 0  # sum over all words of all shown texts, see `weigh`
        self.counted: Counter[tuple[str, str]] = Counter()

    def outcome(self) -> Verification:
        """What the checks came to."""
        return Verification(
            self.documents_seen, self.records, self.spans, self.entries, self.head, tuple(self.problems[:MOST_PROBLEMS])
        )

    def report(self, place: str, what: str) -> None:
        """Note one thing that does not hold."""
        self.problems.append(Problem(place, what))

    def file(self) -> None:
        """SQLite's own check of pages, indexes, the search index and references between tables."""
        # A search first: it makes FTS5 look at what other connections wrote, which its check alone does not do. Without
        # it, words that were withdrawn since this connection last looked are reported as damage (SQLite 3.54.1).
        with suppress(LedgerError):  # where the index is damaged, the check says so
            self.database.value("SELECT rowid FROM search WHERE search MATCH 'a' LIMIT 1")
        for (said,) in self.database.rows(f"PRAGMA integrity_check({MOST_PROBLEMS})"):
            if said != "ok":
                self.report("file", said)
        for table, row, parent, _ in self.database.rows("PRAGMA foreign_key_check"):
            self.report(f"{table} row {row}", f"refers to a missing {parent}")

    def schema(self) -> None:
        """Tables, indexes and triggers against those that the migrations make; guards may have been taken away."""
        wanted = _fresh_schema(int(self.database.value("PRAGMA user_version")))
        held: dict[str, str] = dict(self.database.rows(SCHEMA))
        for name in sorted(wanted.keys() | held.keys()):
            if name not in held:
                self.report(f"schema {name}", "was taken away")
            elif wanted.get(name) != held[name]:
                self.report(f"schema {name}", "is not as it was made")

    def log(self) -> None:
        """The chain of the log."""
        erased = frozenset(id for (id,) in self.database.rows("SELECT document FROM tombstone WHERE erased = 1"))
        self.problems.extend(check_chain(self._entries(), erased))

    def _entries(self) -> Iterator[Entry]:
        while True:
            found = self.database.rows(
                "SELECT sequence, kind, subject, document, by, recorded_at, payload, payload_hash, previous, hash "
                "FROM log LEFT JOIN log_payload USING (sequence) WHERE sequence > ? ORDER BY sequence LIMIT ?",
                (self.entries, CHUNK),
            )
            if not found:
                return
            for row in found:
                entry = Entry(*row)
                self.entries, self.head = entry.sequence, entry.hash
                yield entry

    def documents(self) -> None:
        """Every text against its hash, every stored version of its findings against its own and against the text."""
        self.stones = {id for (id,) in self.database.rows("SELECT document FROM tombstone")}
        last = 0
        while True:
            found = self.database.rows(
                "SELECT number, id, text, findings, withdrawn FROM document WHERE number > ? ORDER BY number LIMIT ?",
                (last, CHUNK),
            )
            if not found:
                return
            last = found[-1][0]
            for number, id, text, shown, withdrawn in found:
                if text is not None:
                    self._document(number, id, text, shown)
                elif withdrawn is None:
                    self.report(f"document {id}", "lost its text")
                if (withdrawn is None) == (id in self.stones):
                    self.report(f"document {id}", "is withdrawn without a tombstone, or shown with one")

    def _document(self, number: int, id: str, text: str, shown: int | None) -> None:
        self.documents_seen += 1
        if hash_text(text) != id:
            self.report(f"document {id}", "its text is not the one its hash was taken of")
        versions = self.database.rows(
            "SELECT number, body, statements, hash FROM findings WHERE document = ? ORDER BY number", (number,)
        )
        for stored, *packed in versions:
            self._findings(id, text, Packed(*packed), number if stored == shown else None)

    def _findings(self, id: str, text: str, packed: Packed, shown: int | None) -> None:
        body = Body(packed, text)
        try:
            if not body.check_hash():
                self.report(f"findings of {id}", "were changed: their hash is another")
            findings, statements = body.findings, body.statements
        except (LedgerError, RecordError, UnicodeDecodeError) as error:
            self.report(f"findings of {id}", f"cannot be read: {error}")
            return
        self._spans(id, text, findings, statements)
        if shown is not None:
            ruled = Body(packed, text, read_who(self.database, id))
            self._rows(id, shown, ruled.findings, ruled.statements)

    def _spans(self, id: str, text: str, findings: Findings, statements: tuple[Statement, ...]) -> None:
        for place, spans in spans_of(findings, statements):
            self.records += 1
            self.spans += len(spans)
            fault = span_fault(spans, len(text))
            if fault:
                self.report(f"{place} of {id}", fault)
        for statement in statements:
            if statement.quote and statement.quote != _quote(text, statement.content):
                self.report(f"statement {statement.id}", "does not quote the words under its spans")

    def _rows(self, id: str, number: int, findings: Findings, statements: tuple[Statement, ...]) -> None:
        """The rows a document is found by, against what its findings say they are."""
        self.words += sum(map(weigh, fold_words(findings.document.text).split()))
        placed = place_records(findings, statements)
        wanted = [
            (
                each.id, each.kind, each.place, each.first, each.last, each.actor, each.outlet, each.since, each.until,
                each.sort, each.directness, each.act, each.thing, int(each.timed), each.score,
            )
            for each in placed
        ]  # fmt: skip
        held = self.database.rows(
            "SELECT id, kind, place, first, last, actor, outlet, since, until, sort, directness, act, thing, timed, "
            "score FROM record WHERE document = ?",
            (number,),
        )
        if Counter(wanted) != Counter(held):
            differing = sorted({row[0] for row in Counter(wanted) - Counter(held) + (Counter(held) - Counter(wanted))})
            self.report(f"rows of {id}", f"differ from its findings at {', '.join(differing[:8])}")
        self.counted.update(tally(findings, placed))

    def lines(self) -> None:
        """Every passage of every red line against its text."""
        for id, body in self.database.rows("SELECT id, body FROM line ORDER BY id"):
            try:
                line = read_stored(RedLine, body)
            except LedgerError as error:
                self.report(f"red line {id}", str(error))
                continue
            self._line(line)

    def _line(self, line: RedLine) -> None:
        for mention in line.mentions:
            self._passage(f"red line {line.id}", Passage(mention.document, mention_spans(mention), ""))
        for entry in line.history:
            self._passage(f"status {entry.id}", entry.passage)

    def _passage(self, place: str, passage: Passage) -> None:
        self.records += 1
        self.spans += len(passage.spans)
        text = self.database.value("SELECT text FROM document WHERE id = ?", (passage.document,))
        if text is None:
            self.report(place, f"rests on {passage.document}, whose text is not on record")
            return
        fault = span_fault(passage.spans, len(text))
        if fault:
            self.report(place, fault)
        elif passage.text and passage.text != _quote(text, passage.spans):
            self.report(place, "does not quote the words under its spans")

    def search(self) -> None:
        """The words of the search index against the words of the texts, by one sum over both."""
        held = sum(weigh(term) * count for term, count in self.database.rows("SELECT term, cnt FROM vocabulary"))
        if held != self.words:
            self.report("search", "holds other words than the texts")

    def reviews(self) -> None:
        """What rows say of their review against the log."""
        judged: dict[str, list[tuple[int, Judgement]]] = {}
        for sequence, judgement in read_judgements(self.database):
            judged.setdefault(judgement.record, []).append((sequence, judgement))
        wanted = {record: form_state(each).review.value for record, each in judged.items()}
        held: dict[str, str] = dict(self.database.rows("SELECT record, review FROM review WHERE document NOT IN "
            "(SELECT document FROM tombstone)"))  # fmt: skip
        for table in ("record", "line", "status"):
            found = self.database.rows(f"SELECT id, review FROM {table} WHERE review <> 'suggested'")
            shown: dict[str, str] = dict(found)
            for record in sorted(shown.keys() - held.keys()):
                self.report(f"review of {record}", f"is {shown[record]}, and nobody judged it")
            for record in sorted(shown.keys() & held.keys()):
                if shown[record] != held[record]:
                    self.report(f"review of {record}", f"needed {held[record]}, got {shown[record]}")
        for record in sorted(wanted.keys() | held.keys()):
            if wanted.get(record) != held.get(record):
                self.report(f"review of {record}", "is not what the log says")

    def counts(self) -> None:
        """Kept counts against a recount."""
        kept = {("counter", name): value for name, value in self.database.rows("SELECT name, value FROM counter")}
        kept |= {(kind, value): count for kind, value, count in self.database.rows("SELECT * FROM facet")}
        self.counted["counter", "red_line"] = self.database.value("SELECT count(*) FROM line")
        self.counted["counter", "withdrawn"] = self.database.value("SELECT count(*) FROM tombstone")
        self.counted["counter", "judgement"] = self.database.value("SELECT count(*) FROM log WHERE kind = 'judgement'")
        for state, count in self.database.rows("SELECT state, count(*) FROM line GROUP BY 1"):
            self.counted["state", state] = count
        reviews: list[Any] = self.database.rows("SELECT review, count(*) FROM record WHERE kind='statement' GROUP BY 1")
        for review, count in reviews:
            self.counted["review", review] = count
        kept.pop(("counter", "generation"), None)
        for kind, name in sorted(self.counted.keys() | kept.keys()):
            wanted, held = self.counted[kind, name], kept.get((kind, name), 0)
            if wanted != held:
                self.report(f"count of {kind} {name}", f"needed {wanted}, got {held}")


def weigh(word: str) -> int:
    """A number for a word; sums of them compare two lists of words in any order."""
    return crc32(word.encode("utf-8"))


# SQLite's own automatic entries have no SQL; the version of the search index's shadow tables is theirs to choose.
SCHEMA = "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'search\\_%' ESCAPE '\\'"


def _fresh_schema(version: int) -> dict[str, str]:
    """Names and SQL of everything the migrations up to a version make."""
    fresh = apsw.Connection(":memory:")
    try:
        for migration in load_migrations():
            if migration.number <= version:
                fresh.execute(migration.sql)
        return dict(fresh.execute(SCHEMA))
    finally:
        fresh.close()


def _quote(text: str, spans: Any) -> str | None:
    """The words under the spans; None where they do not lie in the text, which is reported elsewhere."""
    return None if span_fault(spans, len(text)) else quote_spans(text, spans)
