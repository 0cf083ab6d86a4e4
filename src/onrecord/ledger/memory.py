"""A ledger in plain Python objects: no file, no query planner, every answer worked out afresh.

For tests and for small throw-away work, and the measure of the other: both pass the same contract tests.
"""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from onrecord.errors import ConflictError, LedgerError, MismatchError
from onrecord.ledger.bodies import Body, pack
from onrecord.ledger.building import (
    BUILD,
    build_document,
    build_found,
    build_hit,
    build_moment,
    build_status,
    build_tombstone,
    strip_line,
)
from onrecord.ledger.chain import check_chain, hash_text_plainly, make_entry, to_json_text
from onrecord.ledger.choosing import page_limit, read_key, write_key
from onrecord.ledger.folding import find_terms, fold_name, read_query
from onrecord.ledger.indexing import (
    UNDATED,
    Placed,
    check_findings,
    days_of,
    is_better,
    line_days,
    line_documents,
    place_records,
    search_place,
    span_fault,
    spans_of,
)
from onrecord.ledger.parts import build_links, find_part, join_ids, link_ids
from onrecord.ledger.reviewing import form_state, next_state
from onrecord.records.actors import Actor, Join
from onrecord.records.codec import to_json, to_plain
from onrecord.records.documents import Document, Rejected
from onrecord.records.findings import Findings
from onrecord.records.judgements import Judgement
from onrecord.records.redlines import RedLine, Statement, StatusEntry
from onrecord.records.rows import (
    ALL,
    Addressed,
    ConditionRow,
    Counts,
    DocumentRow,
    Entry,
    EventRow,
    Facet,
    Facets,
    FigureRow,
    Filter,
    Found,
    Hit,
    LineRow,
    LinkRow,
    Moment,
    Orphan,
    Page,
    PersonRow,
    Record,
    Review,
    ReviewRow,
    ReviewState,
    Run,
    StatementRow,
    Tombstone,
    Urls,
    Verification,
    WordingRow,
)
from onrecord.records.spans import Span, quote_spans
from onrecord.records.workings import NewWorkings, Workings

Row = TypeVar("Row")
Key = tuple[str | int | float, ...]


@dataclass
class _Held:
    """One document: what is shown of it, and which annotators have read it. body: None once withdrawn."""

    id: str
    recorded_at: str
    body: Body | None
    annotator: str
    placed: tuple[Placed, ...]
    annotators: set[str]

    def shown(self) -> Body:
        """What is shown of it."""
        if self.body is None:
            raise LedgerError(f"{self.id}: this document was withdrawn", code="withdrawn")
        return self.body


@dataclass
class _Store:
    """Everything the ledger holds."""

    documents: dict[str, _Held] = field(default_factory=dict)
    lines: dict[str, RedLine] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    judged: list[tuple[int, Judgement]] = field(default_factory=list)
    stones: dict[str, tuple[Tombstone, bool]] = field(default_factory=dict)
    runs: list[Run] = field(default_factory=list)
    generation: int = 0
    vectors: dict[str, bytes] = field(default_factory=dict)
    joins: dict[str, Join] = field(default_factory=dict)
    version: str | None = None  # of the rules that made the workings
    step: int = 0
    facts: Counter[str] = field(default_factory=Counter)
    families: dict[str, str] = field(default_factory=dict)
    clues: dict[str, set[str]] = field(default_factory=dict)  # by document

    def shown(self) -> list[_Held]:
        """Documents that are not withdrawn, in order of id."""
        return sorted((held for held in self.documents.values() if held.body is not None), key=lambda held: held.id)

    def resolve(self, id: str) -> _Held:
        """The one document that an id or prefix names, with or without `sha256:`."""
        prefix = id if id.startswith("sha256:") else f"sha256:{id}"
        found = [held for held in self.documents.values() if held.id.startswith(prefix)]
        if not found or prefix == "sha256:":
            raise LedgerError(f"no document on record is named {id}", code="unknown_record")
        if len(found) > 1:
            raise LedgerError(f"several documents are named {id}: type more of it", code="ambiguous")
        return found[0]

    def judgements(self, record: str | None = None) -> list[tuple[int, Judgement]]:
        """Judgements that count, with their sequence."""
        return [
            (sequence, each)
            for sequence, each in self.judged
            if record in (None, each.record) and each.passage.document not in self.stones
        ]

    def state(self, record: str) -> ReviewState:
        """How a record stands with its reviewers."""
        return form_state(self.judgements(record))

    def placed(self, kind: str) -> Iterator[tuple[_Held, Placed]]:
        """Every record of a kind with its document."""
        return ((held, each) for held in self.shown() for each in held.placed if each.kind == kind)

    def entries_of_lines(self) -> Iterator[tuple[RedLine, int, StatusEntry]]:
        """Every step of every red line."""
        return ((line, place, step) for line in self.lines.values() for place, step in enumerate(line.history))


class MemoryLedger:
    """A ledger that lives as long as this object."""

    def __init__(self, now: Callable[[], str]) -> None:
        self._store = _Store()
        self._now = now

    def writer(self) -> "MemoryWriter":
        """A writer to this ledger."""
        return MemoryWriter(self._store, self._now)

    def view(self) -> "MemoryView":
        """A view of this ledger."""
        return MemoryView(self._store)


class MemoryWriter:
    """See contract.Writer."""

    def __init__(self, store: _Store, now: Callable[[], str]) -> None:
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
        made = _Held(
            document.id,
            held.recorded_at if held else self._now(),
            Body(pack(findings, statements), document.text),
            findings.annotator,
            place_records(findings, statements),
            (held.annotators if held else set()) | {findings.annotator},
        )
        if held is not None and findings.annotator in held.annotators:
            self._log_correction(held.shown().document, document)
        if held is not None:
            self._store.version = None
        self._store.documents[document.id] = made
        self._store.generation += 1
        return True

    def _is_news(self, held: _Held, findings: Findings) -> bool:
        if held.body is None:
            return False
        return findings.annotator not in held.annotators or is_better(findings.document, held.body.document)

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
            self._store.joins = {join.key: join for join in sorted(joins, key=lambda join: join.key)}
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
            store.facts, store.families, store.clues = Counter(), {}, {}
        store.version, store.step = workings.version, (workings.follows or 0) + 1
        store.facts.update(workings.facts)
        store.facts = +store.facts
        store.families.update((id, body) for id, body in workings.families.items() if body is not None)
        for id in (id for id, body in workings.families.items() if body is None):
            store.families.pop(id, None)
        for id, clues in workings.clues.items():
            store.clues.setdefault(id, set()).update(clues)

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
        self._store.judged.append((sequence, judgement))
        return next_state(held, sequence, judgement)

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
            return set(link_ids(body.findings))
        if kind == "join":
            return {id for line in self._store.lines.values() for id in join_ids(line)}
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


class MemoryView:
    """See contract.View."""

    def __init__(self, store: _Store) -> None:
        self._store = store

    def __enter__(self) -> "MemoryView":
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""

    # The whole

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
        return Workings(self._store.step, dict(self._store.facts), dict(self._store.families))

    def unrelated(self) -> tuple[str, ...]:
        """See contract.View.unrelated."""
        return tuple(held.id for held in self._store.shown() if held.id not in self._store.clues)

    def documents_under(self, clues: Collection[str]) -> frozenset[str]:
        """See contract.View.documents_under."""
        asked, shown = set(clues), {held.id for held in self._store.shown()}
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
        places = [spans for held in self._store.shown() for _, spans in spans_of(held.shown().findings, _said(held))]
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
            if named and _overlaps(days, wanted):
                rows.append(((days[2], row.id), row))
        return _page(rows, wanted, "ss")

    def urls(self, since: tuple[int, int] = (0, 0)) -> Urls:
        """See contract.View.urls."""
        bodies = [held.shown() for held in self._store.shown()]
        rows = tuple(Addressed(each.document.id, each.document.url, each.packed.hash) for each in bodies)
        return Urls((0, self._store.generation), whole=True, rows=rows)

    def text(self, document: str) -> str:
        """See contract.View.text."""
        return self._store.resolve(document).shown().text

    def has(self, document: str, annotator: str) -> bool:
        """See contract.View.has."""
        held = self._store.documents.get(document)
        return held is not None and (held.body is None or annotator in held.annotators)

    def lacks(self, document: Document, annotator: str) -> bool:
        """See contract.View.lacks."""
        held = self._store.documents.get(document.id)
        if held is None or not self.has(document.id, annotator):
            return True
        return held.body is not None and is_better(document, held.body.document)

    def findings(self, document: str) -> Findings:
        """See contract.View.findings."""
        return self._store.resolve(document).shown().findings

    def all_findings(self) -> Iterator[Findings]:
        """See contract.View.all_findings."""
        return (held.shown().findings for held in self._store.shown())

    def all_statements(self) -> Iterator[Statement]:
        """See contract.View.all_statements."""
        return (statement for held in self._store.shown() for statement in _said(held))

    # Records of one document

    def statement(self, id: str) -> StatementRow:
        """See contract.View.statement."""
        return self._one(id, "statement", StatementRow)

    def statements(self, wanted: Filter = ALL) -> Page[StatementRow]:
        """See contract.View.statements."""
        return self._records("statement", wanted, StatementRow)

    def condition(self, id: str) -> ConditionRow:
        """See contract.View.condition."""
        return self._one(id, "condition", ConditionRow)

    def conditions(self, wanted: Filter = ALL) -> Page[ConditionRow]:
        """See contract.View.conditions."""
        return self._records("condition", wanted, ConditionRow)

    def figure(self, id: str) -> FigureRow:
        """See contract.View.figure."""
        return self._one(id, "figure", FigureRow)

    def figures(self, wanted: Filter = ALL) -> Page[FigureRow]:
        """See contract.View.figures."""
        return self._records("figure", wanted, FigureRow)

    def event(self, id: str) -> EventRow:
        """See contract.View.event."""
        return self._one(id, "event", EventRow)

    def events(self, wanted: Filter = ALL) -> Page[EventRow]:
        """See contract.View.events."""
        return self._records("event", wanted, EventRow)

    def wordings(self, wanted: Filter = ALL) -> Page[WordingRow]:
        """See contract.View.wordings."""
        rows = [
            ((str(each.thing), each.sort, each.id, held.id, each.place), self._build(held, each, WordingRow))
            for held, each in self._chosen("wording", wanted)
        ]
        return _page(rows, wanted, "ssssi")

    def _one(self, id: str, kind: str, row: type[Row]) -> Row:
        record = self.find(id).record
        if not isinstance(record, row):
            raise LedgerError(f"needed a {kind}, and {id} names something else", code="unknown_record")
        return record

    def _records(self, kind: str, wanted: Filter, row: type[Row]) -> Page[Row]:
        rows = [
            ((each.sort, each.id, held.id, each.place), self._build(held, each, row))
            for held, each in self._chosen(kind, wanted)
        ]
        return _page(rows, wanted, "sssi")

    def _build(self, held: _Held, placed: Placed, row: type[Row]) -> Row:
        built = BUILD[placed.kind](held.shown(), placed.place, placed.id, self._store.state(placed.id))
        assert isinstance(built, row)
        return built

    def _chosen(self, kind: str, wanted: Filter) -> Iterator[tuple[_Held, Placed]]:
        keys = self._keys(wanted)
        resting = self._resting(wanted.line)
        thing = wanted.thing if kind == "wording" else wanted.unit if kind == "figure" else None
        for held, each in self._store.placed(kind):
            meets = (
                (keys is None or each.actor in keys)
                and wanted.outlet in (None, each.outlet)
                and wanted.directness in (None, each.directness)
                and wanted.act in (None, each.act)
                and wanted.document in (None, held.id)
                and thing in (None, each.thing)
                and (resting is None or each.id in resting)
                and wanted.review in (None, self._store.state(each.id).review)
                and _overlaps((each.since, each.until, each.sort), wanted)
            )
            if meets:
                yield held, each

    def _resting(self, line: str | None) -> set[str | None] | None:
        """The ids of statements and conditions that a red line rests on."""
        if line is None:
            return None
        mentions = self.line(line).line.mentions
        return {each.statement for each in mentions} | {each.condition_id for each in mentions}

    def _keys(self, wanted: Filter) -> set[str] | None:
        if wanted.who is None:
            return None
        people = self.who(wanted.who)
        return {key for person in people for key in (person.key, *(join.key for join in person.joins))}

    # Red lines

    def line(self, id: str) -> LineRow:
        """See contract.View.line."""
        return self._one(id, "red line", LineRow)

    def all_lines(self) -> tuple[RedLine, ...]:
        """See contract.View.all_lines."""
        return tuple(line for _, line in sorted(self._store.lines.items()))

    def lines(self, wanted: Filter = ALL) -> Page[LineRow]:
        """See contract.View.lines."""
        keys = self._keys(wanted)
        rows: list[tuple[Key, LineRow]] = []
        for line in self.all_lines():
            row, days = self._line(line), line_days(line)
            outlets = {self.document(id).outlet.name for id in row.documents}
            meets = (
                (keys is None or line.issuer in keys)
                and wanted.line in (None, line.id)
                and wanted.act in (None, line.act)
                and wanted.state in (None, line.rollup)
                and wanted.review in (None, row.review.review)
                and wanted.outlet in (None, *outlets)
                and wanted.document in (None, *row.documents)
                and _overlaps(days, wanted)
            )
            if meets:
                rows.append(((days[2], line.id), row))
        return _page(rows, wanted, "ss")

    def _line(self, line: RedLine) -> LineRow:
        return LineRow(line, line_documents(line), self._store.state(line.id))

    # Look-up by id

    def find(self, id: str) -> Found:
        """See contract.View.find."""
        if not id:
            raise LedgerError("needed an id, got none", code="unknown_record")
        found = {whole: make for whole, make in self._named() if whole.startswith(id)}
        if id in found:
            return found[id]()
        if len(found) > 1:
            named = ", ".join(sorted(found)[:8])
            raise LedgerError(f"{id} names several records: {named}; type more of it", code="ambiguous")
        if found:
            return next(iter(found.values()))()
        if (part := find_part(self, id)) is not None:
            return part
        try:
            row = self.document(id)
        except LedgerError as error:
            if error.code == "ambiguous":
                raise
            raise LedgerError(f"nothing on record is named {id}", code="unknown_record") from error
        return Found("document", row.id, row, ())

    def _named(self) -> Iterator[tuple[str, Callable[[], Found]]]:
        """Every id with what builds its record."""
        for line, place, step in self._store.entries_of_lines():
            yield step.id, lambda line=line, place=place: self._found_step(line, place)  # type: ignore[misc]
        for line in self._store.lines.values():
            yield line.id, lambda line=line: self._found("red_line", line.id, self._line(line))  # type: ignore[misc]
        for held in self._store.shown():
            for each in held.placed:
                yield each.id, lambda held=held, each=each: self._found_record(held, each)  # type: ignore[misc]

    def _found_step(self, line: RedLine, place: int) -> Found:
        step = line.history[place]
        return self._found("status", step.id, build_status(line, step, self._store.state(step.id)))

    def _found_record(self, held: _Held, placed: Placed) -> Found:
        built = BUILD[placed.kind](held.shown(), placed.place, placed.id, self._store.state(placed.id))
        return self._found(placed.kind, placed.id, built)

    def _found(self, kind: str, id: str, record: Record) -> Found:
        return build_found(kind, id, record, self.text)

    # People

    def _people(self) -> dict[str, PersonRow]:
        """Everyone named, by key."""
        said = Counter(self._kept(each.actor) for _, each in self._store.placed("statement") if each.actor)
        named: dict[str, list[tuple[str, Actor]]] = {}
        for held in self._store.shown():
            for actor in held.shown().findings.actors:
                named.setdefault(self._kept(actor.key), []).append((held.id, actor))
        joins = self._store.joins
        return {key: _person(key, actors, said[key], joins) for key, actors in named.items()}

    def _kept(self, key: str) -> str:
        join = self._store.joins.get(key)
        return join.into if join is not None else key

    def joins(self) -> tuple[Join, ...]:
        """See contract.View.joins."""
        return tuple(self._store.joins.values())

    def who(self, name: str) -> tuple[PersonRow, ...]:
        """See contract.View.who."""
        people, folded = self._people(), fold_name(name)
        if any(name == actor.key for held in self._store.shown() for actor in held.shown().findings.actors):
            return (people[self._kept(name)],)
        found = [each for each in people.values() if folded in map(fold_name, (each.name, *each.printed))]
        if not found and folded:
            found = [
                each for each in people.values() if any(f" {folded} " in f" {fold_name(p)} " for p in each.printed)
            ]
        return tuple(sorted(found, key=lambda person: (-person.statements, person.key)))

    def people(self, wanted: Filter = ALL) -> Page[PersonRow]:
        """See contract.View.people."""
        chosen = self._people().values() if wanted.who is None else self.who(wanted.who)
        return _page([((-each.statements, each.key), each) for each in chosen], wanted, "is")

    # Across documents

    def timeline(self, wanted: Filter = ALL) -> Page[Moment]:
        """See contract.View.timeline."""
        rows: list[tuple[Key, Moment]] = []
        for kind in ("statement", "event"):
            for held, each in self._chosen(kind, wanted):
                if each.timed:
                    row = BUILD[kind](held.shown(), each.place, each.id, self._store.state(each.id))
                    rows.append(((each.sort, kind, each.id, held.id, each.place), build_moment(kind, each.id, row)))
        rows.extend(self._steps(wanted))
        return _page(rows, wanted, "ssssi")

    def _steps(self, wanted: Filter) -> Iterator[tuple[Key, Moment]]:
        keys = self._keys(wanted)
        for line, place, step in self._store.entries_of_lines():
            state, days = self._store.state(step.id), days_of(step.when)
            meets = (
                wanted.directness is None
                and (keys is None or line.issuer in keys)
                and wanted.outlet in (None, step.outlet.name)
                and wanted.review in (None, state.review)
                and wanted.line in (None, line.id)
                and wanted.state in (None, line.rollup)
                and wanted.act in (None, line.act)
                and wanted.document in (None, step.passage.document)
                and _overlaps(days, wanted)
            )
            if meets:
                moment = build_moment("status", step.id, build_status(line, step, state))
                yield (days[2], "status", step.id, line.id, place), moment

    def search(self, text: str, wanted: Filter = ALL) -> Page[Hit]:
        """See contract.View.search."""
        terms = read_query(text)
        rows: list[tuple[Key, Hit]] = []
        for held in self._store.shown() if terms else ():
            body = held.shown()
            row, days = self.document(held.id), days_of(body.document.published)
            named = wanted.outlet in (None, row.outlet.name) and wanted.document in (None, row.id)
            if named and _overlaps(days, wanted) and all(find_terms(body.text, (term,)) for term in terms):
                said = tuple((p.id, Span(p.first, p.last)) for p in held.placed if p.kind == "statement")
                rows.append(((-search_place(body.document),), build_hit(row, body.text, terms, said)))
        return _page(rows, wanted, "i")

    def facets(self, wanted: Filter = ALL) -> Facets:
        """See contract.View.facets."""
        chosen = [each for _, each in self._chosen("statement", wanted)]
        people = self._people()
        months = Counter(each.sort[:7] for each in chosen if each.sort != UNDATED)
        who = Counter(self._kept(each.actor) for each in chosen if each.actor)
        return Facets(
            who=_facets(who, lambda key: people[key].name),
            outlet=_facets(Counter(each.outlet for each in chosen if each.outlet)),
            month=tuple(Facet(month, month, count) for month, count in sorted(months.items())),
            directness=_facets(Counter(each.directness for each in chosen if each.directness)),
            act=_facets(Counter(each.act for each in chosen if each.act)),
            state=_facets(Counter(line.rollup.value for line in self._store.lines.values())),
            review=_facets(Counter(self._store.state(each.id).review.value for each in chosen)),
        )

    # Reviews

    def review_queue(self, wanted: Filter = ALL) -> Page[ReviewRow]:
        """See contract.View.review_queue."""
        wanted = replace(wanted, review=wanted.review or Review.SUGGESTED)
        keys = self._keys(wanted)
        rows: list[tuple[Key, ReviewRow]] = []
        for line in self.all_lines():
            row = self._line(line)
            meets = wanted.act in (None, line.act) and (keys is None or line.issuer in keys)
            if meets and row.review.review == wanted.review and _overlaps(line_days(line), wanted):
                rows.append(((0, line.score, line.id, 0), ReviewRow(self._found("red_line", line.id, row), row.review)))
        for held, each in self._chosen("statement", wanted):
            found = self._found_record(held, each)
            rows.append(((1, each.score, each.id, each.place), ReviewRow(found, self._store.state(each.id))))
        return _page(rows, wanted, "ifsi")

    def links(self, document: str, *, judged: bool = False) -> tuple[LinkRow, ...]:
        """See contract.View.links."""
        rows = build_links(self._store.resolve(document).shown(), self._store.state)
        answered = {each.record for _, each in self._store.judgements()}
        return tuple(row for row in rows if not judged or row.id in answered)

    def judged_links(self, who: str) -> tuple[LinkRow, ...]:
        """See contract.View.judged_links."""
        rows = (row for held in self._store.shown() for row in self.links(held.id, judged=True))
        wanted = self._kept(who)
        return tuple(row for row in rows if row.actor is not None and self._kept(row.actor.key) == wanted)

    def orphans(self) -> tuple[Orphan, ...]:
        """See contract.View.orphans."""
        held = {id for id, _ in self._named()}
        judged = self._store.judgements()
        held |= {id for each in self._store.shown() for id in link_ids(each.shown().findings)}
        held |= {id for line in self._store.lines.values() for id in join_ids(line)}
        lost = {each.record: each for _, each in judged if each.record not in held}
        return tuple(
            Orphan(record, last.kind, last.passage, self._store.state(record)) for record, last in sorted(lost.items())
        )

    def state(self, record: str) -> ReviewState:
        """See contract.View.state."""
        return self._store.state(record)

    def judgements(self, record: str | None = None) -> tuple[Judgement, ...]:
        """See contract.View.judgements."""
        return tuple(judgement for _, judgement in self._store.judgements(record))

    # Log

    def log(self, after: int = 0, limit: int = 500) -> tuple[Entry, ...]:
        """See contract.View.log."""
        return self._shown(self._store.entries[after : after + limit])

    def log_of(self, subjects: tuple[str, ...]) -> tuple[Entry, ...]:
        """See contract.View.log_of."""
        return self._shown(entry for entry in self._store.entries if entry.subject in subjects)

    def _shown(self, entries: Iterable[Entry]) -> tuple[Entry, ...]:
        return tuple(
            replace(entry, payload=None) if entry.document in self._store.stones else entry for entry in entries
        )

    def tombstones(self) -> tuple[Tombstone, ...]:
        """See contract.View.tombstones."""
        return tuple(stone for stone, _ in self._store.stones.values())

    def runs(self, limit: int = 20) -> tuple[Run, ...]:
        """See contract.View.runs."""
        return tuple(reversed(self._store.runs))[:limit]

    def rejected(self, limit: int = 500) -> tuple[Rejected, ...]:
        """See contract.View.rejected."""
        return tuple(each for run in reversed(self._store.runs) for each in run.rejected)[:limit]


def _said(held: _Held) -> tuple[Statement, ...]:
    return held.shown().statements


def _overlaps(days: tuple[str | None, str | None, str], wanted: Filter) -> bool:
    if wanted.since is None and wanted.until is None:
        return True
    since, until, sort = days
    early = wanted.since is not None and until is not None and until < wanted.since.isoformat()
    late = wanted.until is not None and since is not None and since > wanted.until.isoformat()
    return sort != UNDATED and not early and not late


def _page(rows: Iterable[tuple[Key, Row]], wanted: Filter, kinds: str) -> Page[Row]:
    after: Any = read_key(wanted, kinds)
    left: list[tuple[Any, Row]] = [each for each in rows if after is None or each[0] > after]
    left.sort(key=lambda each: each[0])
    limit = page_limit(wanted)
    following = write_key(left[limit - 1][0]) if len(left) > limit else None
    return Page(tuple(row for _, row in left[:limit]), following)


def _person(key: str, named: list[tuple[str, Actor]], statements: int, joins: Mapping[str, Join]) -> PersonRow:
    variants = {(a.name, a.type.value, a.country or "", a.qid or "", d, a.key) for d, a in named}
    by_variant = Counter(variant[:4] for variant in variants)
    own = {variant[:4] for variant in variants if variant[5] == key}
    ordered = sorted(by_variant, key=lambda each: (each not in own, -by_variant[each], each))
    printed = Counter(name for _, _, name in {(d, a.key, name) for d, a in named for name in (a.name, *a.printed)})
    return PersonRow(
        key,
        ordered[0][0],
        type(named[0][1].type)(ordered[0][1]),
        next((country for _, _, country, _ in ordered if country), None),
        next((qid for *_, qid in ordered if qid), None),
        tuple(sorted(printed, key=lambda name: (-printed[name], name))),
        statements,
        sum(by_variant.values()),
        tuple(joins[other] for other in sorted({a.key for _, a in named} - {key})),
    )


def _facets(counted: Counter[str], label: Callable[[str], str] = str) -> tuple[Facet, ...]:
    ordered = sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    return tuple(Facet(value, label(value), count) for value, count in ordered)
