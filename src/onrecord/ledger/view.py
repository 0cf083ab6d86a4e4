"""Reads one SQLite ledger. A View belongs to one thread; every answer is of one moment."""

import json
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial, wraps
from itertools import islice
from typing import Any, Concatenate, ParamSpec, TypeVar

from onrecord.errors import LedgerError
from onrecord.ledger.bodies import Body, Packed, read_stored, read_url
from onrecord.ledger.building import (
    BUILD,
    build_document,
    build_found,
    build_hit,
    build_moment,
    build_status,
    build_tombstone,
)
from onrecord.ledger.chain import hash_text_plainly
from onrecord.ledger.choosing import Choice, page_limit, read_key
from onrecord.ledger.database import Database
from onrecord.ledger.folding import Term, fold_name, read_query
from onrecord.ledger.indexing import RELATED, UNDATED, clue_key, is_better
from onrecord.ledger.looking import load_bodies, read_judgements, resolve_document
from onrecord.ledger.parts import build_links, find_part, join_ids, link_ids
from onrecord.ledger.reviewing import form_state
from onrecord.ledger.verifying import Check, verify_ledger
from onrecord.records.actors import ActorType, Join
from onrecord.records.documents import Document, Rejected
from onrecord.records.findings import Findings
from onrecord.records.judgements import Judgement
from onrecord.records.redlines import RedLine, Statement
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
    StatusRow,
    Tombstone,
    Urls,
    Verification,
    WordingRow,
)
from onrecord.records.spans import Span
from onrecord.records.workings import Workings

KEPT_BODIES = 64  # one page of rows touches at most 50 documents; about 0.2 MB each
CHUNK = 200  # documents read at a time by the iterators
EVERY = 2**62  # more rows than there can be
MOST_FACETS = 50  # values shown to filter by; the rest are found by typing
# What is shown of documents, in the order in which it was stored.
STORED = (
    "SELECT findings.number, id, body FROM findings JOIN document ON document.number = findings.document "
    "AND document.findings = findings.number WHERE findings.number > ? ORDER BY findings.number LIMIT ?"
)
# How many statements each actor has, with those of the keys joined to it.
JOINED_PEOPLE = (
    "(SELECT 'who' AS kind, coalesce(joined.kept, facet.value) AS value, CAST(sum(facet.count) AS INTEGER) AS count "
    "FROM facet LEFT JOIN joined ON joined.key = facet.value WHERE facet.kind = 'who' GROUP BY 2) AS people"
)
# Said outright, because SQLite uses a partial index only where its condition is said: wordings have one of their own.
INDEXED = {"wording": "thing IS NOT NULL"}
KEPT_FACETS = ("who", "outlet", "month", "directness", "act", "review")
CONSTANTS = ("0", "1", "'status'")
Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def of_one_moment(read: Callable[Concatenate["View", Given], Answer]) -> Callable[Concatenate["View", Given], Answer]:
    """Read inside one snapshot, so that no answer mixes before and after of a writer's work."""

    @wraps(read)
    def reading(view: "View", /, *given: Given.args, **named: Given.kwargs) -> Answer:
        if view.database.in_transaction:
            return read(view, *given, **named)
        with view.database.snapshot():
            return read(view, *given, **named)

    return reading


class View:
    """See contract.View."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._kept: OrderedDict[tuple[int, int], Body] = OrderedDict()

    def close(self) -> None:
        """Close the connection."""
        self.database.close()

    def __enter__(self) -> "View":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

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
        return withdrawn is None and is_better(document, self._body(number).document)

    @of_one_moment
    def findings(self, document: str) -> Findings:
        """See contract.View.findings."""
        number, id, withdrawn = resolve_document(self.database, document)
        if withdrawn is not None:
            raise LedgerError(f"{id}: this document was withdrawn", code="withdrawn")
        return self._body(number).findings

    def all_findings(self) -> Iterator[Findings]:
        """See contract.View.all_findings."""
        return (body.findings for body in self._all_bodies())

    def all_statements(self) -> Iterator[Statement]:
        """See contract.View.all_statements."""
        return (statement for body in self._all_bodies() for statement in body.statements)

    def _all_bodies(self) -> Iterator[Body]:
        """Bodies in order of document id, in chunks, so that no transaction stays open while the caller works."""
        last = ""
        while True:
            found = self.database.rows(
                "SELECT id, body, statements, hash, text FROM document "
                "JOIN findings ON findings.number = document.findings "
                "WHERE id > ? AND withdrawn IS NULL ORDER BY id LIMIT ?",
                (last, CHUNK),
            )
            if not found:
                return
            last = found[-1][0]
            for _, body, statements, hash, text in found:
                yield Body(Packed(body, statements, hash), text)

    def _body(self, number: int) -> Body:
        key = number, int(self.database.value("SELECT findings FROM document WHERE number = ?", (number,)) or 0)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        return self._bodies([number])[number]

    def _bodies(self, numbers: Collection[int]) -> dict[int, Body]:
        """The bodies of documents by their numbers; those not kept are read at once."""
        sql = "SELECT number, findings FROM document WHERE number IN (SELECT CAST(value AS INTEGER) FROM json_each(?))"
        # The number of findings that were erased comes again, that of their document never.
        keys: list[tuple[int, int]] = self.database.rows(sql, (json.dumps(list(numbers)),))
        bodies = {key[0]: self._kept.pop(key) for key in keys if key in self._kept}
        bodies |= load_bodies(self.database, [number for number in numbers if number not in bodies])
        self._kept.update((key, bodies[key[0]]) for key in keys)
        while len(self._kept) > KEPT_BODIES:
            self._kept.popitem(last=False)
        return bodies

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

    @of_one_moment
    def wordings(self, wanted: Filter = ALL) -> Page[WordingRow]:
        """See contract.View.wordings."""
        choice = self._choose("wording", wanted)
        choice.follow("thing, sort, id, number", read_key(wanted, "sssi"))
        # As below: those of one document or actor are few, so they are found and then sorted.
        few = wanted.document is not None or wanted.who is not None
        order = "+thing, sort, id, number" if few else "thing, sort, id, number"
        found = self._rows("record", "document, place, id, review", choice, order, wanted)
        return self._page(found, wanted, partial(self._build, "wording", WordingRow))

    @of_one_moment
    def _one(self, id: str, kind: str, row: type[Answer]) -> Answer:
        record = self.find(id).record
        if not isinstance(record, row):
            raise LedgerError(f"needed a {kind}, and {id} names something else", code="unknown_record")
        return record

    @of_one_moment
    def _records(self, kind: str, wanted: Filter, row: type[Answer]) -> Page[Answer]:
        choice = self._choose(kind, wanted)
        choice.follow("sort, id, number", read_key(wanted, "ssi"))
        # One document's records are few: found by document and then sorted, not looked for along everybody's order.
        order = "sort, id, number" if wanted.document is None else "+sort, id, number"
        found = self._rows("record", "document, place, id, review", choice, order, wanted)
        return self._page(found, wanted, partial(self._build, kind, row))

    def _choose(self, kind: str, wanted: Filter) -> Choice:
        choice = Choice([f"kind = '{kind}'", INDEXED.get(kind, "kind <> 'wording'")])
        choice.among("actor", self._keys(wanted))
        choice.equal("outlet", wanted.outlet)
        choice.within(wanted)
        choice.equal("directness", wanted.directness)
        choice.equal("act", wanted.act)
        choice.exactly("review", wanted.review)
        choice.equal("thing", wanted.thing if kind == "wording" else wanted.unit if kind == "figure" else None)
        if wanted.document is not None:
            choice.add("document = (SELECT number FROM document WHERE id = ?)", wanted.document)
        if wanted.line is not None:
            choice.add("id IN (SELECT value FROM json_each(?))", self._records_of_line(wanted.line))
        return choice

    def _records_of_line(self, id: str) -> str:
        """The ids of statements and conditions that a red line rests on, as a JSON list."""
        line = self.line(id).line
        ids = {each.statement for each in line.mentions} | {each.condition_id for each in line.mentions}
        return json.dumps(sorted(ids - {None}, key=str))

    def _keys(self, wanted: Filter) -> tuple[str, ...] | None:
        """The keys of whoever is asked for, with those joined to them."""
        if wanted.who is None:
            return None
        return tuple(key for person in self.who(wanted.who) for key in self._group(person.key))

    def _build(self, kind: str, wanted: type[Answer], found: Iterable[tuple[Any, ...]]) -> Iterator[Answer]:
        """The records of these rows; the bodies they stand in are read some at a time."""
        for rows in portions(found):
            numbers = {row[0] for row in rows}
            bodies = {number: self._body(number) for number in numbers} if len(numbers) == 1 else self._bodies(numbers)
            for document, place, id, review, *_ in rows:
                built = BUILD[kind](bodies[document], place, id, self._state(id, review))
                assert isinstance(built, wanted)
                yield built

    def _rows(self, table: str, columns: str, choice: Choice, order: str, wanted: Filter) -> list[tuple[Any, ...]]:
        """The rows of one page and one more, which only says that there is a next page; each ends with its key."""
        # Constants take part in the key, but ordering by one would order by that column of the answer.
        ordered = ", ".join(column for column in order.split(", ") if column not in CONSTANTS)
        return self.database.rows(
            f"SELECT {columns}, json_array({order}) FROM {table} WHERE {choice} ORDER BY {ordered} LIMIT ?",
            (*choice.values, page_limit(wanted) + 1),
        )

    def _page(
        self,
        found: list[tuple[Any, ...]],
        wanted: Filter,
        build: Callable[[Iterable[tuple[Any, ...]]], Iterable[Answer]],
    ) -> Page[Answer]:
        limit = page_limit(wanted)
        return Page(tuple(build(found[:limit])), found[limit - 1][-1] if len(found) > limit else None)

    # Red lines

    @of_one_moment
    def line(self, id: str) -> LineRow:
        """See contract.View.line."""
        return self._one(id, "red line", LineRow)

    def all_lines(self) -> tuple[RedLine, ...]:
        """See contract.View.all_lines."""
        bodies = self.database.rows("SELECT body FROM line ORDER BY id")
        return tuple(read_stored(RedLine, body) for (body,) in bodies)

    @of_one_moment
    def workings(self, version: str) -> Workings | None:
        """See contract.View.workings."""
        made = self.database.row("SELECT version, step FROM relating")
        if made is None or made[0] != version:
            return None
        return Workings(
            made[1],
            dict(self.database.rows("SELECT body, documents FROM fact")),
            dict(self.database.rows("SELECT id, body FROM family")),
        )

    def unrelated(self) -> tuple[str, ...]:
        """See contract.View.unrelated."""
        found = self.database.rows(
            "SELECT id FROM document WHERE withdrawn IS NULL AND findings IS NOT NULL "
            "AND NOT EXISTS (SELECT 1 FROM clue WHERE key = ? AND document = number) ORDER BY id",
            (RELATED,),
        )
        return tuple(id for (id,) in found)

    def documents_under(self, clues: Collection[str]) -> frozenset[str]:
        """See contract.View.documents_under."""
        found = self.database.rows(
            "SELECT DISTINCT id FROM clue JOIN document ON document = number "
            "WHERE key IN (SELECT CAST(value AS BIGINT) FROM json_each(?)) AND withdrawn IS NULL",
            (json.dumps(sorted(map(clue_key, clues))),),
        )
        return frozenset(id for (id,) in found)

    def lines_on(self, documents: Collection[str]) -> frozenset[str]:
        """See contract.View.lines_on."""
        found = self.database.rows(
            "SELECT DISTINCT line FROM line_document JOIN document ON document = number "
            "WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(documents)),),
        )
        return frozenset(line for (line,) in found)

    def vectors(self, keys: Collection[str]) -> dict[str, bytes]:
        """See contract.View.vectors."""
        asked = json.dumps(sorted(keys))
        return dict(
            self.database.rows("SELECT key, value FROM vector WHERE key IN (SELECT value FROM json_each(?))", (asked,))
        )

    @of_one_moment
    def lines(self, wanted: Filter = ALL) -> Page[LineRow]:
        """See contract.View.lines."""
        choice = Choice()
        choice.among("issuer", self._keys(wanted))
        choice.equal("id", wanted.line)
        choice.equal("act", wanted.act)
        choice.equal("state", wanted.state)
        choice.exactly("review", wanted.review)
        choice.within(wanted)
        for column, value in (("outlet", wanted.outlet), ("id", wanted.document)):
            if value is not None:
                carried = "SELECT line FROM line_document JOIN document ON number = document"
                choice.add(f"id IN ({carried} WHERE document.{column} = ?)", value)
        choice.follow("sort, id", read_key(wanted, "ss"))
        found = self._rows("line", "id, body, review", choice, "sort, id", wanted)
        return self._page(found, wanted, partial(map, self._build_line))

    def _build_line(self, row: tuple[Any, ...]) -> LineRow:
        id, body, review = row[:3]
        documents = self.database.rows(
            "SELECT id FROM line_document JOIN document ON number = document WHERE line = ? ORDER BY id", (id,)
        )
        line = read_stored(RedLine, body)
        return LineRow(line, tuple(document for (document,) in documents), self._state(id, review))

    def _status(self, line: str, place: int, review: str) -> StatusRow:
        body = self.database.value("SELECT body FROM line WHERE id = ?", (line,))
        built = read_stored(RedLine, body)
        entry = built.history[place]
        return build_status(built, entry, self._state(entry.id, review))

    # Look-up by id

    @of_one_moment
    def find(self, id: str) -> Found:
        """See contract.View.find."""
        if not id:
            raise LedgerError("needed an id, got none", code="unknown_record")
        end = id + "\x7f"
        found = self.database.rows(
            "SELECT 'record', id, kind, number FROM record WHERE id >= ?1 AND id < ?2 "
            "UNION ALL SELECT 'line', id, 'red_line', 0 FROM line WHERE id >= ?1 AND id < ?2 "
            "UNION ALL SELECT 'status', id, line, place FROM status WHERE id >= ?1 AND id < ?2 LIMIT 50",
            (id, end),
        )
        names = sorted({row[1] for row in found})
        whole = id if id in names else names[0] if len(names) == 1 else None
        if whole is None and not names:
            return find_part(self, id) or self._find_document(id)
        if whole is None:
            raise LedgerError(f"{id} names several records: {', '.join(names[:8])}; type more of it", code="ambiguous")
        return self._found(next(row for row in found if row[1] == whole))

    def _find_document(self, id: str) -> Found:
        try:
            row = self.document(id)
        except LedgerError as error:
            if error.code == "ambiguous":
                raise
            raise LedgerError(f"nothing on record is named {id}", code="unknown_record") from error
        return Found("document", row.id, row, ())

    def _found(self, row: tuple[Any, ...]) -> Found:
        table, id, kind, number = row
        record: Record
        if table == "line":
            body, review = self.database.rows("SELECT body, review FROM line WHERE id = ?", (id,))[0]
            record = self._build_line((id, body, review))
        elif table == "status":
            sql = "SELECT review FROM status WHERE line = ? AND place = ?"
            record = self._status(kind, number, self.database.value(sql, (kind, number)))
            kind = "status"
        else:
            sql = "SELECT document, place, id, review FROM record WHERE number = ?"
            document, place, id, review = self.database.rows(sql, (number,))[0]
            record = BUILD[kind](self._body(document), place, id, self._state(id, review))
        return build_found(kind, id, record, self.text)

    # People

    @of_one_moment
    def who(self, name: str) -> tuple[PersonRow, ...]:
        """See contract.View.who."""
        by_key = self.database.rows("SELECT DISTINCT key FROM person WHERE key = ?", (name,))
        folded = fold_name(name)
        found = by_key or self.database.rows("SELECT DISTINCT key FROM person_name WHERE folded = ?", (folded,))
        if not found and folded:
            found = self.database.rows(
                "SELECT DISTINCT key FROM person_name WHERE instr(' ' || folded || ' ', ?) > 0", (f" {folded} ",)
            )
        people = [self._person(key) for key in sorted({self._shown_key(key) for (key,) in found})]
        return tuple(sorted(people, key=lambda person: (-person.statements, person.key)))

    @of_one_moment
    def people(self, wanted: Filter = ALL) -> Page[PersonRow]:
        """See contract.View.people."""
        choice = Choice(["kind = 'who'"])
        choice.among("value", self._keys(wanted))
        choice.follow("-count, value", read_key(wanted, "is"))
        found = self._rows(JOINED_PEOPLE, "value", choice, "-count, value", wanted)
        return self._page(found, wanted, lambda rows: (self._person(row[0]) for row in rows))

    def joins(self) -> tuple[Join, ...]:
        """See contract.View.joins."""
        return tuple(Join(*row) for row in self.database.rows("SELECT * FROM joined ORDER BY key"))

    def _shown_key(self, key: str) -> str:
        """The key under which an actor is shown."""
        return str(self.database.value("SELECT kept FROM joined WHERE key = ?", (key,)) or key)

    def _joined(self, kept: str) -> tuple[Join, ...]:
        """What was joined to a key, where documents that are shown still name it."""
        sql = (
            "SELECT * FROM joined WHERE kept = ? AND EXISTS (SELECT 1 FROM person WHERE person.key = joined.key) "
            "ORDER BY key"
        )
        return tuple(Join(*row) for row in self.database.rows(sql, (kept,)))

    def _group(self, kept: str) -> tuple[str, ...]:
        return (kept, *(join.key for join in self._joined(kept)))

    def _person(self, key: str) -> PersonRow:
        """One actor with all that is joined to it; the name and type are those printed most under its own key."""
        joins = self._joined(key)
        keys = json.dumps([key, *(join.key for join in joins)])
        variants = self.database.rows(
            "SELECT name, type, country, qid, CAST(sum(documents) AS INTEGER) FROM person "
            "WHERE key IN (SELECT value FROM json_each(?)) GROUP BY name, type, country, qid "
            "ORDER BY max(CASE WHEN key = ? THEN 1 ELSE 0 END) DESC, 5 DESC, name, type, country, qid",
            (keys, key),
        )
        name, type, _, _, _ = variants[0]
        printed = self.database.rows(
            "SELECT printed FROM person_name WHERE key IN (SELECT value FROM json_each(?)) "
            "GROUP BY printed ORDER BY sum(documents) DESC, printed",
            (keys,),
        )
        statements = self.database.value(
            "SELECT CAST(sum(count) AS INTEGER) FROM facet "
            "WHERE kind = 'who' AND value IN (SELECT value FROM json_each(?))",
            (keys,),
        )
        return PersonRow(
            key,
            name,
            ActorType(type),
            next((country for _, _, country, _, _ in variants if country), None),
            next((qid for _, _, _, qid, _ in variants if qid), None),
            tuple(each for (each,) in printed),
            statements or 0,
            sum(documents for *_, documents in variants),
            joins,
        )

    # Across documents

    @of_one_moment
    def timeline(self, wanted: Filter = ALL) -> Page[Moment]:
        """See contract.View.timeline."""
        key = read_key(wanted, "sssi")
        records, steps = self._choose_timed(wanted), self._choose_steps(wanted)
        for choice in (records, steps):
            choice.follow("sort", key[:1] if key else None, ">=")  # this much an index can do
        records.follow("sort, kind, id, number", key)
        steps.follow("sort, 'status', id, place", key)
        table = _walking("record_timed", wanted)
        found = self._rows(table, "kind, id, document, place, '', review", records, "sort, kind, id, number", wanted)
        columns = "'status', id, document, place, line, review"
        found += self._rows("status", columns, steps, "sort, 'status', id, place", wanted)
        return self._page(_in_order(found), wanted, self._moments)

    def _choose_timed(self, wanted: Filter) -> Choice:
        choice = self._choose("statement", wanted)
        choice.conditions[0] = "timed = 1"
        return choice

    def _choose_steps(self, wanted: Filter) -> Choice:
        choice = Choice()
        choice.equal("outlet", wanted.outlet)
        choice.exactly("review", wanted.review)
        choice.equal("line", wanted.line)
        choice.within(wanted)
        keys = self._keys(wanted)
        if keys is not None:
            choice.add(
                "line IN (SELECT id FROM line WHERE issuer IN (SELECT value FROM json_each(?)))", json.dumps(keys)
            )
        for column, value in (("state", wanted.state), ("act", wanted.act)):
            if value is not None:
                choice.add(f"line IN (SELECT id FROM line WHERE {column} = ?)", value)
        if wanted.document is not None:
            choice.add("document = (SELECT number FROM document WHERE id = ?)", wanted.document)
        if wanted.directness is not None:
            choice.add("FALSE")
        return choice

    def _moments(self, found: Iterable[tuple[Any, ...]]) -> Iterator[Moment]:
        for rows in portions(found):
            bodies = self._bodies({row[2] for row in rows if row[0] != "status"})
            for kind, id, document, place, line, review, *_ in rows:
                if kind == "status":
                    yield build_moment(kind, id, self._status(line, place, review))
                else:
                    yield build_moment(kind, id, BUILD[kind](bodies[document], place, id, self._state(id, review)))

    @of_one_moment
    def search(self, text: str, wanted: Filter = ALL) -> Page[Hit]:
        """See contract.View.search."""
        terms = read_query(text)
        if not terms:
            return Page(())
        choice = self._holding(terms)
        choice.equal("outlet", wanted.outlet)
        choice.equal("document.id", wanted.document)
        choice.within(wanted)
        choice.follow("search.rowid", read_key(wanted, "i"), "<")
        found = self.database.rows(
            "SELECT number, json_array(search.rowid) FROM search JOIN document ON sought = search.rowid "
            f"WHERE {choice} ORDER BY search.rowid DESC LIMIT ?",
            (*choice.values, page_limit(wanted) + 1),
        )
        return self._page(found, wanted, partial(self._hits, terms))

    def _holding(self, terms: tuple[Term, ...]) -> Choice:
        """Texts that hold every term, by the search index."""
        return Choice(["search MATCH ?"], [" ".join(term.as_match() for term in terms)])

    def _hits(self, terms: tuple[Term, ...], found: Iterable[tuple[Any, ...]]) -> Iterator[Hit]:
        sql = (
            "SELECT document, id, first, last FROM record WHERE kind = 'statement' AND document IN "
            "(SELECT CAST(value AS INTEGER) FROM json_each(?)) ORDER BY document, place"
        )
        for rows in portions(found):
            numbers = [row[0] for row in rows]
            bodies = self._bodies(numbers)
            said: dict[int, list[tuple[str, Span]]] = {number: [] for number in numbers}
            for number, id, first, last in self.database.rows(sql, (json.dumps(numbers),)):
                said[number].append((id, Span(first, last)))
            for number, row in zip(numbers, self._documents(rows), strict=True):
                yield build_hit(row, bodies[number].text, terms, tuple(said[number]))

    @of_one_moment
    def facets(self, wanted: Filter = ALL) -> Facets:
        """See contract.View.facets."""
        states = self._kept_facet("state")
        if wanted == ALL:
            who, outlet, months, directness, act, review = map(self._kept_facet, KEPT_FACETS)
            return Facets(who, outlet, months, directness, act, states, review)
        choice = self._choose("statement", wanted)
        month = f"CASE WHEN sort <> '{UNDATED}' THEN substr(sort, 1, 7) END"
        columns = (
            "coalesce((SELECT kept FROM joined WHERE key = actor), actor)",
            "outlet",
            month,
            "directness",
            "act",
            "review",
        )
        who, outlet, months, directness, act, review = (self._counted(column, choice) for column in columns)
        return Facets(self._named(who), outlet, tuple(sorted(months, key=_value)), directness, act, states, review)

    def _kept_facet(self, kind: str) -> tuple[Facet, ...]:
        order = "value" if kind == "month" else "count DESC, value"
        limit = MOST_FACETS if kind in ("who", "outlet") else EVERY
        table = JOINED_PEOPLE if kind == "who" else "facet"
        found = self.database.rows(
            f"SELECT value, count FROM {table} WHERE kind = ? AND count > 0 ORDER BY {order} LIMIT ?", (kind, limit)
        )
        facets = tuple(Facet(value, value, count) for value, count in found)
        return self._named(facets) if kind == "who" else facets

    def _counted(self, column: str, choice: Choice) -> tuple[Facet, ...]:
        found = self.database.rows(
            f"SELECT {column} AS value, count(*) AS count FROM record WHERE {choice} AND ({column}) IS NOT NULL "
            f"GROUP BY 1 ORDER BY count DESC, value LIMIT {MOST_FACETS}",
            tuple(choice.values),
        )
        return tuple(Facet(value, value, count) for value, count in found)

    def _named(self, facets: tuple[Facet, ...]) -> tuple[Facet, ...]:
        """The facets with the names of their actors, all looked up at once: the same that `_person` gives each."""
        keys = json.dumps([each.value for each in facets])
        found = self.database.rows(
            "SELECT coalesce(kept, person.key) AS shown, name FROM person LEFT JOIN joined ON joined.key = person.key "
            "WHERE person.key IN (SELECT value FROM json_each(?)) "
            "OR person.key IN (SELECT key FROM joined WHERE kept IN (SELECT value FROM json_each(?))) "
            "GROUP BY shown, name, type, country, qid "
            "ORDER BY shown, max(CASE WHEN kept IS NULL THEN 1 ELSE 0 END), sum(documents), "
            "name DESC, type DESC, country DESC, qid DESC",
            (keys, keys),
        )
        named: dict[str, str] = dict(found)  # the last of each counts
        return tuple(Facet(each.value, named[each.value], each.count) for each in facets)

    # Reviews

    @of_one_moment
    def review_queue(self, wanted: Filter = ALL) -> Page[ReviewRow]:
        """See contract.View.review_queue."""
        wanted = replace(wanted, review=wanted.review or Review.SUGGESTED)
        key = read_key(wanted, "ifsi")
        lines, said = Choice(), self._choose("statement", wanted)
        lines.among("issuer", self._keys(wanted))
        lines.equal("act", wanted.act)
        lines.exactly("review", wanted.review)
        lines.within(wanted)
        lines.follow("0, score, id, 0", key)
        said.follow("1, score, id, number", key)
        if key is not None and key[0] == 1:
            said.follow("score", key[1:2], ">=")
        found = self._rows("line", "'line', id, 'red_line', 0", lines, "0, score, id, 0", wanted)
        table = _walking("record_doubt", wanted) if wanted.review is Review.SUGGESTED else "record"
        found += self._rows(table, "'record', id, kind, number", said, "1, score, id, number", wanted)
        return self._page(_in_order(found), wanted, partial(map, self._queued))

    def _queued(self, row: tuple[Any, ...]) -> ReviewRow:
        found = self._found(row[:4])
        return ReviewRow(found, self.state(found.id))

    @of_one_moment
    def orphans(self) -> tuple[Orphan, ...]:
        """See contract.View.orphans."""
        found = self.database.rows(
            "SELECT record FROM review WHERE kind NOT IN ('link', 'join') "
            "AND document NOT IN (SELECT document FROM tombstone) "
            "AND NOT EXISTS (SELECT 1 FROM record WHERE id = review.record) "
            "AND NOT EXISTS (SELECT 1 FROM line WHERE id = review.record) "
            "AND NOT EXISTS (SELECT 1 FROM status WHERE id = review.record) ORDER BY record"
        )
        lost = sorted([record for (record,) in found] + self._lost_parts())
        return tuple(self._orphan(record) for record in lost)

    def _lost_parts(self) -> list[str]:
        """Judged links and joins that are no longer found in their documents and lines."""
        sql = (
            "SELECT record, document.number FROM review JOIN document ON document.id = review.document "
            "WHERE kind = ? AND withdrawn IS NULL"
        )
        links, joins = (self.database.rows(sql, (kind,)) for kind in ("link", "join"))
        bodies = {number: set(link_ids(self._body(number).findings)) for number in {number for _, number in links}}
        held = {id for line in self.all_lines() for id in join_ids(line)} if joins else set()
        return [id for id, number in links if id not in bodies[number]] + [id for id, _ in joins if id not in held]

    @of_one_moment
    def links(self, document: str, *, judged: bool = False) -> tuple[LinkRow, ...]:
        """See contract.View.links."""
        number, id, withdrawn = resolve_document(self.database, document)
        if withdrawn is not None:
            raise LedgerError(f"{id}: this document was withdrawn", code="withdrawn")
        found = self.database.rows("SELECT record FROM review WHERE document = ? AND kind = 'link'", (id,))
        answered = {record for (record,) in found}
        if judged and not answered:
            return ()
        rows = build_links(self._body(number), lambda id: self.state(id) if id in answered else ReviewState())
        return tuple(row for row in rows if not judged or row.id in answered)

    @of_one_moment
    def judged_links(self, who: str) -> tuple[LinkRow, ...]:
        """See contract.View.judged_links."""
        keys = set(self._group(self._shown_key(who)))
        found = self.database.rows(
            "SELECT DISTINCT document FROM review WHERE kind = 'link' "
            "AND document NOT IN (SELECT document FROM tombstone) ORDER BY document"
        )
        rows = (row for (id,) in found for row in self.links(id, judged=True))
        return tuple(row for row in rows if row.actor is not None and row.actor.key in keys)

    def _orphan(self, record: str) -> Orphan:
        judged = read_judgements(self.database, record)
        last = judged[-1][1]
        return Orphan(record, last.kind, last.passage, form_state(judged))

    def state(self, record: str) -> ReviewState:
        """See contract.View.state."""
        return form_state(read_judgements(self.database, record))

    def _state(self, id: str, review: str) -> ReviewState:
        return self.state(id) if review != Review.SUGGESTED.value else ReviewState()

    def judgements(self, record: str | None = None) -> tuple[Judgement, ...]:
        """See contract.View.judgements."""
        return tuple(judgement for _, judgement in read_judgements(self.database, record))

    # Log

    def log(self, after: int = 0, limit: int = 500) -> tuple[Entry, ...]:
        """See contract.View.log."""
        return self._log("sequence > ?", after, limit)

    def log_of(self, subjects: tuple[str, ...]) -> tuple[Entry, ...]:
        """See contract.View.log_of."""
        return self._log("subject IN (SELECT value FROM json_each(?))", json.dumps(subjects), EVERY)

    def _log(self, condition: str, value: str | int, limit: int) -> tuple[Entry, ...]:
        found = self.database.rows(
            "SELECT sequence, kind, subject, document, by, recorded_at, "
            "CASE WHEN document IN (SELECT document FROM tombstone) THEN NULL ELSE payload END, "
            "payload_hash, previous, hash FROM log LEFT JOIN log_payload USING (sequence) "
            f"WHERE {condition} ORDER BY sequence LIMIT ?",
            (value, limit),
        )
        return tuple(Entry(*row) for row in found)

    def tombstones(self) -> tuple[Tombstone, ...]:
        """See contract.View.tombstones."""
        found = self.database.rows(
            "SELECT tombstone.document, payload, by, recorded_at FROM tombstone JOIN log USING (sequence) "
            "JOIN log_payload USING (sequence) ORDER BY sequence"
        )
        return tuple(Tombstone(id, json.loads(payload)["reason"], by, at) for id, payload, by, at in found)

    @of_one_moment
    def runs(self, limit: int = 20) -> tuple[Run, ...]:
        """See contract.View.runs."""
        found = self.database.rows("SELECT * FROM run ORDER BY number DESC LIMIT ?", (limit,))
        return tuple(self._run(*row) for row in found)

    def _run(
        self, number: int, started: str, finished: str, annotator: str, added: int, known: int, withdrawn: int
    ) -> Run:
        rejected = self.database.rows(
            "SELECT path, stage, code, reason FROM rejected WHERE run = ? ORDER BY place", (number,)
        )
        return Run(started, finished, annotator, added, known, tuple(Rejected(*row) for row in rejected), withdrawn)

    def rejected(self, limit: int = 500) -> tuple[Rejected, ...]:
        """See contract.View.rejected."""
        found = self.database.rows(
            "SELECT path, stage, code, reason FROM rejected ORDER BY run DESC, place LIMIT ?", (limit,)
        )
        return tuple(Rejected(*row) for row in found)


def portions(rows: Iterable[Answer]) -> Iterator[tuple[Answer, ...]]:
    """The rows, so many at a time that the bodies they stand in may be held at once."""
    each = iter(rows)
    while some := tuple(islice(each, KEPT_BODIES)):
        yield some


def _walking(index: str, wanted: Filter) -> str:
    """The table of records, walked in the order of an index unless the filter leaves only a few rows to sort.

    Said outright, because SQLite, knowing nothing of how the values fall, would rather sort all rows of a kind.
    """
    few = wanted.who is not None or wanted.document is not None or wanted.line is not None
    return "record" if few else f"record INDEXED BY {index}"


def _in_order(found: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows of two tables by their keys; each table gave a page, so the first page of both is whole."""
    return sorted(found, key=lambda row: tuple(json.loads(row[-1])))


def _value(facet: Facet) -> str:
    return facet.value
