"""Writes a ledger in memory."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping

from onrecord.errors import ConflictError, LedgerError, MismatchError
from onrecord.ledger.bodies import Body, pack
from onrecord.ledger.building import strip_line
from onrecord.ledger.chain import hash_text_plainly, make_entry, to_json_text
from onrecord.ledger.indexing import (
    check_findings,
    is_better,
    line_documents,
    place_records,
    span_fault,
)
from onrecord.ledger.memory.store import Held, Store
from onrecord.ledger.parts import join_ids, link_ids
from onrecord.ledger.reviewing import next_state
from onrecord.records.actors import Join
from onrecord.records.annotators import reads_other_actors
from onrecord.records.codec import to_json, to_plain
from onrecord.records.documents import Document
from onrecord.records.findings import Findings
from onrecord.records.judgements import Judgement
from onrecord.records.redlines import RedLine, Statement
from onrecord.records.rows import ReviewState, Run, Tombstone
from onrecord.records.rulings import Ruling, who_rulings
from onrecord.records.spans import quote_spans
from onrecord.records.workings import NewWorkings


class MemoryWriter:
    """See contract.Writer."""

    def __init__(self, store: Store, now: Callable[[], str]) -> None:
        self._store = store
        self._now = now

    def __enter__(self) -> "MemoryWriter":
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""

    def add(self, findings: Findings, statements: tuple[Statement, ...]) -> bool:
        """See contract.Writer.add."""
        check_findings(findings, statements)
        document = findings.document
        held = self._store.documents.get(document.id)
        if held is not None and not self._is_news(held, findings):
            return False
        shown = Body(pack(findings, statements), document.text, who_rulings(self._store.rulings(document.id)))
        made = Held(
            document.id,
            held.recorded_at if held else self._now(),
            shown,
            findings.annotator,
            place_records(shown.findings, shown.statements),
            (held.annotators if held else set()) | {findings.annotator},
        )
        if held is not None and findings.annotator in held.annotators and is_better(document, held.shown().document):
            self._log_correction(held.shown().document, document)
        if held is not None:
            self._store.version = None
        self._store.documents[document.id] = made
        self._store.generation += 1
        return True

    def _is_news(self, held: Held, findings: Findings) -> bool:
        if held.body is None:
            return False
        if findings.annotator not in held.annotators or is_better(findings.document, held.body.document):
            return True
        return reads_other_actors(held.annotator, findings.annotator)

    def _log_correction(self, old: Document, new: Document) -> None:
        payload = {
            name: {"outlet": to_plain(each.outlet), "published": to_plain(each.published)}
            for name, each in (("before", old), ("after", new))
        }
        self._append("correction", old.id, old.id, "", to_json_text(payload))

    def record_lines(
        self,
        lines: tuple[RedLine, ...],
        *,
        generation: int | None = None,
        joins: tuple[Join, ...] | None = None,
        rejoined: Collection[str] | None = None,
        replaced: Collection[str] | None = None,
        workings: NewWorkings | None = None,
    ) -> None:
        """See contract.Writer.record_lines."""
        if generation is not None and generation != self._store.generation:
            raise ConflictError("documents came or went since these red lines were formed: form them again")
        held = None if self._store.version is None else self._store.step
        if workings is not None and workings.follows not in (None, held):
            raise ConflictError("another run formed red lines meanwhile: form them again")
        self._check_lines(lines)
        if joins is not None:
            old = () if rejoined is None else self._store.joins.values()
            now = {each.key: each for each in old if rejoined is None or each.key not in rejoined}
            self._store.joins = dict(sorted((now | {join.key: join for join in joins}).items()))
        gone = self._store.lines.keys() if replaced is None else replaced
        kept = {id: line for id, line in self._store.lines.items() if id not in gone}
        self._store.lines = dict(sorted({**kept, **{line.id: line for line in lines}}.items()))
        self._keep_workings(workings)
        logged = {(each.subject, each.payload_hash) for each in self._store.entries if each.kind == "status"}
        for line in self._store.lines.values():
            for entry in line.history:
                payload = to_json(entry)
                if (entry.id, hash_text_plainly(payload)) not in logged:
                    self._append("status", entry.id, entry.passage.document, "", payload)
                    logged.add((entry.id, hash_text_plainly(payload)))

    def _keep_workings(self, workings: NewWorkings | None) -> None:
        store = self._store
        if workings is None:
            store.version = None
            return
        if workings.follows is None:
            store.facts, store.families, store.drawings, store.clues = Counter(), {}, {}, {}
        store.version, store.step = workings.version, (workings.follows or 0) + 1
        store.facts.update(workings.facts)
        store.facts = +store.facts
        for id, family in workings.families.items():
            store.families.pop(id, None)
            if family is not None:
                store.families[id] = family
        for id, drawing in workings.documents.items():
            store.drawings[id] = drawing.body
            store.clues.setdefault(id, set()).update(drawing.clues)

    def _check_lines(self, lines: tuple[RedLine, ...]) -> None:
        shown = {held.id for held in self._store.shown()}
        for line in lines:
            for id in line_documents(line):
                if id not in shown:
                    raise LedgerError(
                        f"red line {line.id}: needed its document {id} on record", code="unknown_document"
                    )

    def judge(self, judgement: Judgement, expected_state: int | None = None) -> ReviewState:
        """See contract.Writer.judge."""
        self._check_judged(judgement)
        held = self._store.state(judgement.record)
        late = expected_state is not None and expected_state != held.sequence
        kind = "contested" if late else "judgement"
        payload = to_json(judgement)
        sequence = self._append(kind, judgement.record, judgement.passage.document, judgement.reviewer, payload)
        if late:
            raise ConflictError(
                f"{judgement.kind} {judgement.record}: needed an answer to its newest state, which is {held.review}",
                review=held.review.value,
                sequence=held.sequence,
                reviewer=held.reviewer,
            )
        before = self._store.rulings(judgement.passage.document)
        self._store.judged.append((sequence, judgement))
        self._rule(judgement.passage.document, before)
        return next_state(held, sequence, judgement)

    def _rule(self, document: str, before: tuple[Ruling, ...]) -> None:
        """Show a document as it is settled now; lines formed before it was are old."""
        after, held = self._store.rulings(document), self._store.documents[document]
        if after != before:
            self._store.generation += 1
            stored = held.shown()
            held.body = Body(stored.packed, stored.text, who_rulings(after))
            held.placed = place_records(held.body.findings, held.body.statements)

    def _check_judged(self, judgement: Judgement) -> None:
        passage = judgement.passage
        held = self._store.documents.get(passage.document)
        if held is None or held.body is None:
            raise LedgerError(f"needed a document on record to judge, got {passage.document}", code="unknown_document")
        fault = span_fault(passage.spans, len(held.body.text))
        if fault or quote_spans(held.body.text, passage.spans) != passage.text:
            raise MismatchError(f"{passage.document}: the judged words do not stand at their offsets")
        if judgement.record not in self._ids_of(judgement.kind, held.body):
            raise LedgerError(
                f"needed a {judgement.kind} on record to judge, got {judgement.record}", code="unknown_record"
            )

    def _ids_of(self, kind: str, body: Body) -> set[str]:
        if kind == "red_line":
            return set(self._store.lines)
        if kind == "status":
            return {step.id for _, _, step in self._store.entries_of_lines()}
        if kind == "link":
            return set(link_ids(body.stored))
        if kind == "join":
            judged = {each.record for _, each in self._store.judged if each.kind == "join"}
            return judged | {id for line in self._store.lines.values() for id in join_ids(line)}
        return {each.id for _, each in self._store.placed(kind)}

    def withdraw(self, document: str, reason: str, *, by: str = "", erase: bool = False) -> None:
        """See contract.Writer.withdraw."""
        held = self._store.resolve(document)
        stone = self._store.stones.get(held.id)
        if stone is not None and (not erase or stone[1]):
            return
        if stone is None:
            held.body, held.placed = None, ()
            left = (strip_line(line, held.id) for line in self._store.lines.values())
            self._store.lines = {line.id: line for line in left if line is not None}
            self._store.generation += 1
            self._store.version = None
        sequence = self._append("withdrawal", held.id, None, by, to_json_text({"reason": reason, "erased": erase}))
        at = self._store.entries[sequence - 1].recorded_at
        self._store.stones.pop(held.id, None)
        self._store.stones[held.id] = (Tombstone(held.id, reason, by, at), erase)

    def keep_vectors(self, new: Mapping[str, bytes], used: Collection[str] | None) -> None:
        """See contract.Writer.keep_vectors."""
        held = {key: value for key, value in self._store.vectors.items() if used is None or key in used}
        self._store.vectors = dict(new) | held

    def record_run(self, run: Run) -> None:
        """See contract.Writer.record_run."""
        self._store.runs.append(run)

    def _append(self, kind: str, subject: str, document: str | None, by: str, payload: str) -> int:
        entries = self._store.entries
        last = (entries[-1].sequence, entries[-1].hash) if entries else (0, "")
        entries.append(make_entry(last, kind, subject, document, by, self._now(), payload))
        return len(entries)
