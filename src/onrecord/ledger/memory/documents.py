"""The whole of a ledger in memory, and its documents."""

import json
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, nullcontext

from onrecord.ledger.building import build_document, build_tombstone
from onrecord.ledger.chain import check_chain, hash_text_plainly
from onrecord.ledger.indexing import days_of, is_better, line_documents, spans_of
from onrecord.ledger.memory.reading import Key, MemoryReading, overlaps, page_of, said
from onrecord.records.annotators import reads_other_actors
from onrecord.records.codec import to_json
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
from onrecord.records.workings import Workings


class Documents(MemoryReading):
    """Counts, documents, texts and findings."""

    def counts(self) -> Counts:
        """See contract.View.counts."""
        kinds = Counter(each.kind for held in self._store.shown() for each in held.placed)
        entries = self._store.entries
        return Counts(
            documents=len(self._store.shown()),
            statements=kinds["statement"],
            conditions=kinds["condition"],
            figures=kinds["figure"],
            events=kinds["event"],
            wordings=kinds["wording"],
            people=len(self._people()),
            lines=len(self._store.lines),
            judgements=len(self._store.judged),
            withdrawn=len(self._store.stones),
            entries=len(entries),
            head=entries[-1].hash if entries else "",
        )

    def generation(self) -> int:
        """See contract.View.generation."""
        return self._store.generation

    def snapshot(self) -> AbstractContextManager[None]:
        """See contract.View.snapshot. Nothing writes while this view reads."""
        return nullcontext()

    def revision(self, document: str) -> str:
        """See contract.View.revision."""
        held = self._store.resolve(document)
        shown = held.body.packed.hash if held.body is not None else ""
        about = [each.sequence for each in self._store.entries if held.id in (each.document, each.subject)]
        rows = [self.line(line.id) for line in self._store.lines.values() if held.id in line_documents(line)]
        lines = [(row.review.review, to_json(row.line)) for row in rows]
        return hash_text_plainly(json.dumps([held.id, shown, about[-1:], sorted(lines)]))

    def workings(self, version: str) -> Workings | None:
        """See contract.View.workings."""
        if self._store.version != version:
            return None
        return Workings(self._store.step, dict(self._store.facts))

    def families_under(self, clues: Collection[str], among: Collection[str] | None = None) -> dict[str, frozenset[str]]:
        """See contract.View.families_under."""
        under: dict[str, set[str]] = {}
        for id, family in self._store.families.items():
            for clue in family.clues.intersection(clues) if among is None or id in among else ():
                under.setdefault(clue, set()).add(id)
        return {clue: frozenset(ids) for clue, ids in under.items()}

    def families(self, ids: Collection[str]) -> dict[str, str]:
        """See contract.View.families."""
        return {id: self._store.families[id].body for id in ids if id in self._store.families}

    def drawings(self, documents: Collection[str]) -> dict[str, str]:
        """See contract.View.drawings."""
        shown = {held.id for held in self._store.shown()}
        kept = ((id, self._store.drawings.get(id, "")) for id in documents if id in shown)
        return {id: body for id, body in kept if body}

    def unrelated(self) -> tuple[str, ...]:
        """See contract.View.unrelated."""
        return tuple(held.id for held in self._store.shown() if held.id not in self._store.clues)

    def documents_under(self, clues: Collection[str], among: Collection[str] | None = None) -> frozenset[str]:
        """See contract.View.documents_under."""
        asked, shown = set(clues), {held.id for held in self._store.shown()}
        shown = shown if among is None else shown.intersection(among)
        return frozenset(id for id, held in self._store.clues.items() if id in shown and held & asked)

    def lines_on(self, documents: Collection[str]) -> frozenset[str]:
        """See contract.View.lines_on."""
        asked = set(documents)
        return frozenset(id for id, line in self._store.lines.items() if asked.intersection(line_documents(line)))

    def vectors(self, keys: Collection[str]) -> dict[str, bytes]:
        """See contract.View.vectors."""
        return {key: self._store.vectors[key] for key in keys if key in self._store.vectors}

    def verify(self) -> Verification:
        """See contract.View.verify. Nothing here can rot: only the chain and the spans are looked at."""
        counts = self.counts()
        places = [spans for held in self._store.shown() for _, spans in spans_of(held.shown().findings, said(held))]
        problems = tuple(check_chain(self._store.entries, frozenset()))
        return Verification(counts.documents, len(places), sum(map(len, places)), counts.entries, counts.head, problems)

    # Documents

    def document(self, document: str) -> DocumentRow:
        """See contract.View.document."""
        held = self._store.resolve(document)
        if held.id in self._store.stones:
            stone, _ = self._store.stones[held.id]
            return build_tombstone(held.id, stone.recorded_at, stone.reason)
        return build_document(held.shown(), held.annotator, held.recorded_at)

    def documents(self, wanted: Filter = ALL) -> Page[DocumentRow]:
        """See contract.View.documents."""
        rows: list[tuple[Key, DocumentRow]] = []
        for held in self._store.shown():
            row = self.document(held.id)
            days = days_of(row.published)
            named = wanted.outlet in (None, row.outlet.name) and wanted.document in (None, row.id)
            if named and overlaps(days, wanted):
                rows.append(((days[2], row.id), row))
        return page_of(rows, wanted, "ss")

    def urls(self, since: tuple[int, int] = (0, 0)) -> Urls:
        """See contract.View.urls."""
        bodies = [held.shown() for held in self._store.shown()]
        rows = tuple(Addressed(each.document.id, each.document.url, each.packed.hash) for each in bodies)
        return Urls((0, self._store.generation), whole=True, rows=rows)

    def text(self, document: str) -> str:
        """See contract.View.text."""
        return self._store.resolve(document).shown().text

    def printed(self, document: str) -> Printed:
        """See contract.View.printed."""
        return self._store.resolve(document).shown().printed

    def has(self, document: str, annotator: str) -> bool:
        """See contract.View.has."""
        held = self._store.documents.get(document)
        return held is not None and (held.body is None or annotator in held.annotators)

    def lacks(self, document: Document, annotator: str) -> bool:
        """See contract.View.lacks."""
        held = self._store.documents.get(document.id)
        if held is None or not self.has(document.id, annotator):
            return True
        if held.body is None:
            return False
        return is_better(document, held.body.document) or reads_other_actors(held.annotator, annotator)

    def findings(self, document: str) -> Findings:
        """See contract.View.findings."""
        return self._store.resolve(document).shown().findings

    def stored(self, document: str) -> Findings:
        """See contract.View.stored."""
        return self._store.resolve(document).shown().stored

    def all_findings(self) -> Iterator[Findings]:
        """See contract.View.all_findings."""
        return (held.shown().findings for held in self._store.shown())

    def all_statements(self) -> Iterator[Statement]:
        """See contract.View.all_statements."""
        return (statement for held in self._store.shown() for statement in said(held))
