"""The whole of a ledger, and its documents."""

import json
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from onrecord.errors import LedgerError
from onrecord.ledger.bodies import read_url
from onrecord.ledger.building import build_document, build_tombstone
from onrecord.ledger.chain import hash_text_plainly
from onrecord.ledger.choosing import Choice, read_key
from onrecord.ledger.indexing import is_better
from onrecord.ledger.looking import resolve_document, shown_annotator
from onrecord.ledger.verifying import Check, verify_ledger
from onrecord.ledger.viewing.reading import CHUNK, Reading, of_one_moment, portions
from onrecord.records.annotators import reads_other_actors
from onrecord.records.documents import Document
from onrecord.records.findings import Findings
from onrecord.records.redlines import Statement
from onrecord.records.rows import (
    ALL,
    Addressed,
    Counts,
    DocumentRow,
    Filter,
    Page,
    Printed,
    Urls,
    Verification,
)

# What is shown of documents, in the order in which it was stored.
STORED = (
    "SELECT findings.number, id, body FROM findings JOIN document ON document.number = findings.document "
    "AND document.findings = findings.number WHERE findings.number > ? ORDER BY findings.number LIMIT ?"
)


class Documents(Reading):
    """Counts, documents, texts and findings."""

    # The whole

    @of_one_moment
    def counts(self) -> Counts:
        """See contract.View.counts."""
        kept: dict[str, int] = dict(self.database.rows("SELECT name, value FROM counter"))
        people = self.database.value("SELECT count(*) FROM facet WHERE kind = 'who'")
        entries, head = self.database.row("SELECT sequence, hash FROM log ORDER BY sequence DESC LIMIT 1") or (0, "")
        return Counts(
            documents=kept.get("document", 0),
            statements=kept.get("statement", 0),
            conditions=kept.get("condition", 0),
            figures=kept.get("figure", 0),
            events=kept.get("event", 0),
            wordings=kept.get("wording", 0),
            people=people,
            lines=kept.get("red_line", 0),
            judgements=kept.get("judgement", 0),
            withdrawn=kept.get("withdrawn", 0),
            entries=entries,
            head=head,
        )

    def generation(self) -> int:
        """See contract.View.generation."""
        return int(self.database.value("SELECT value FROM counter WHERE name = 'generation'") or 0)

    def snapshot(self) -> AbstractContextManager[None]:
        """See contract.View.snapshot."""
        kept: AbstractContextManager[None] = nullcontext() if self.database.in_transaction else self.database.snapshot()
        return kept

    @of_one_moment
    def revision(self, document: str) -> str:
        """See contract.View.revision."""
        number, id, withdrawn = resolve_document(self.database, document)
        shown = self.database.value("SELECT findings FROM document WHERE number = ?", (number,))
        logged = self.database.value("SELECT max(sequence) FROM log WHERE document = ?", (id,))
        lines = self.database.rows(
            "SELECT review, body FROM line JOIN line_document ON line = id WHERE document = ? ORDER BY id", (number,)
        )
        return hash_text_plainly(json.dumps([id, withdrawn, shown, logged, lines]))

    def verify(self) -> Verification:
        """See contract.View.verify."""
        return verify_ledger(Check(self.database))

    # Documents

    @of_one_moment
    def document(self, document: str) -> DocumentRow:
        """See contract.View.document."""
        number, id, withdrawn = resolve_document(self.database, document)
        if withdrawn is not None:
            stone = next(each for each in self.tombstones() if each.document == id)
            return build_tombstone(id, stone.recorded_at, stone.reason)
        return next(self._documents([(number,)]))

    def _documents(self, found: Iterable[tuple[Any, ...]]) -> Iterator[DocumentRow]:
        """The documents whose numbers begin these rows."""
        sql = (
            "SELECT document.number, annotator, document.recorded_at FROM document "
            "JOIN findings ON findings.number = document.findings "
            "WHERE document.number IN (SELECT CAST(value AS INTEGER) FROM json_each(?))"
        )
        for rows in portions(found):
            numbers = [row[0] for row in rows]
            read = {number: told for number, *told in self.database.rows(sql, (json.dumps(numbers),))}
            bodies = self._bodies(numbers)
            yield from (build_document(bodies[number], *read[number]) for number in numbers)

    @of_one_moment
    def documents(self, wanted: Filter = ALL) -> Page[DocumentRow]:
        """See contract.View.documents."""
        choice = Choice(["withdrawn IS NULL"])
        choice.equal("outlet", wanted.outlet)
        choice.equal("id", wanted.document)
        choice.within(wanted)
        choice.follow("sort, id", read_key(wanted, "ss"))
        found = self._rows("document", "number", choice, "sort, id", wanted)
        return self._page(found, wanted, self._documents)

    @of_one_moment
    def urls(self, since: tuple[int, int] = (0, 0)) -> Urls:
        """See contract.View.urls. The key: the last withdrawal, after which numbers may come again, and the number."""
        withdrawn = int(self.database.value("SELECT max(sequence) FROM tombstone") or 0)
        whole = withdrawn != since[0]
        last = 0 if whole else since[1]
        rows: list[Addressed] = []
        while found := self.database.rows(STORED, (last, CHUNK)):
            rows.extend(Addressed(id, read_url(body), str(number)) for number, id, body in found)
            last = found[-1][0]
        return Urls((withdrawn, last), whole, tuple(rows))

    @of_one_moment
    def text(self, document: str) -> str:
        """See contract.View.text."""
        number, id, withdrawn = resolve_document(self.database, document)
        if withdrawn is not None:
            raise LedgerError(f"{id}: this document was withdrawn", code="withdrawn")
        return str(self.database.value("SELECT text FROM document WHERE number = ?", (number,)))

    @of_one_moment
    def printed(self, document: str) -> Printed:
        """See contract.View.printed."""
        number, id, withdrawn = resolve_document(self.database, document)
        if withdrawn is not None:
            raise LedgerError(f"{id}: this document was withdrawn", code="withdrawn")
        return self._body(number).printed

    def has(self, document: str, annotator: str) -> bool:
        """See contract.View.has."""
        found = self.database.value(
            "SELECT 1 FROM document WHERE id = ?1 AND (withdrawn IS NOT NULL OR EXISTS "
            "(SELECT 1 FROM findings WHERE findings.document = document.number AND annotator = ?2))",
            (document, annotator),
        )
        return found is not None

    @of_one_moment
    def lacks(self, document: Document, annotator: str) -> bool:
        """See contract.View.lacks."""
        if not self.has(document.id, annotator):
            return True
        number, _, withdrawn = resolve_document(self.database, document.id)
        if withdrawn is not None:
            return False
        return is_better(document, self._body(number).document) or reads_other_actors(
            shown_annotator(self.database, number), annotator
        )

    @of_one_moment
    def findings(self, document: str) -> Findings:
        """See contract.View.findings."""
        number, id, withdrawn = resolve_document(self.database, document)
        if withdrawn is not None:
            raise LedgerError(f"{id}: this document was withdrawn", code="withdrawn")
        return self._body(number).findings

    @of_one_moment
    def stored(self, document: str) -> Findings:
        """See contract.View.stored."""
        number, id, withdrawn = resolve_document(self.database, document)
        if withdrawn is not None:
            raise LedgerError(f"{id}: this document was withdrawn", code="withdrawn")
        return self._body(number).stored

    def all_findings(self) -> Iterator[Findings]:
        """See contract.View.all_findings."""
        return (body.findings for body in self._all_bodies())

    def all_statements(self) -> Iterator[Statement]:
        """See contract.View.all_statements."""
        return (statement for body in self._all_bodies() for statement in body.statements)
