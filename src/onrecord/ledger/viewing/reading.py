"""What every part of a View reads with: one moment, the bodies of documents, pages of rows."""

import json
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import wraps
from itertools import islice
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from onrecord.ledger import contract
from onrecord.ledger.bodies import Body, Packed
from onrecord.ledger.building import BUILD
from onrecord.ledger.choosing import Choice, page_limit
from onrecord.ledger.database import Database
from onrecord.ledger.looking import load_bodies, read_judgements, read_who
from onrecord.ledger.reviewing import form_state
from onrecord.records.actors import Join
from onrecord.records.rows import Filter, Page, Review, ReviewState

KEPT_BODIES = 64  # one page of rows touches at most 50 documents; about 0.2 MB each
CHUNK = 200  # documents read at a time by the iterators
EVERY = 2**62  # more rows than there can be

# Said outright, because SQLite uses a partial index only where its condition is said: wordings have one of their own.
INDEXED = {"wording": "thing IS NOT NULL"}
CONSTANTS = ("0", "1", "'status'")
Given = ParamSpec("Given")
Answer = TypeVar("Answer")
Here = TypeVar("Here", bound="Reading")


def of_one_moment(read: Callable[Concatenate[Here, Given], Answer]) -> Callable[Concatenate[Here, Given], Answer]:
    """Read inside one snapshot, so that no answer mixes before and after of a writer's work."""

    @wraps(read)
    def reading(view: Here, /, *given: Given.args, **named: Given.kwargs) -> Answer:
        if view.database.in_transaction:
            return read(view, *given, **named)
        with view.database.snapshot():
            return read(view, *given, **named)

    return reading


class Reading(contract.View):
    """One connection. Belongs to one thread."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._kept: OrderedDict[tuple[int, int, int], Body] = OrderedDict()

    def close(self) -> None:
        """Close the connection."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Bodies

    def _all_bodies(self) -> Iterator[Body]:
        """Bodies in order of document id, in chunks, so that no transaction stays open while the caller works."""
        last = ""
        while True:
            found = self.database.rows(
                "SELECT id, body, statements, hash, text, ruled FROM document "
                "JOIN findings ON findings.number = document.findings "
                "WHERE id > ? AND withdrawn IS NULL ORDER BY id LIMIT ?",
                (last, CHUNK),
            )
            if not found:
                return
            last = found[-1][0]
            for id, *packed, text, ruled in found:
                yield Body(Packed(*packed), text, read_who(self.database, id) if ruled else ())

    def _body(self, number: int) -> Body:
        findings, ruled = self.database.row("SELECT findings, ruled FROM document WHERE number = ?", (number,)) or (
            0,
            0,
        )
        key = number, findings or 0, ruled
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        return self._bodies([number])[number]

    def _bodies(self, numbers: Collection[int]) -> dict[int, Body]:
        """The bodies of documents by their numbers; those not kept are read at once."""
        sql = (
            "SELECT number, findings, ruled FROM document "
            "WHERE number IN (SELECT CAST(value AS INTEGER) FROM json_each(?))"
        )
        # The number of findings that were erased comes again, that of their document never.
        keys: list[tuple[int, int, int]] = self.database.rows(sql, (json.dumps(list(numbers)),))
        bodies = {key[0]: self._kept.pop(key) for key in keys if key in self._kept}
        bodies |= load_bodies(self.database, [number for number in numbers if number not in bodies])
        self._kept.update((key, bodies[key[0]]) for key in keys)
        while len(self._kept) > KEPT_BODIES:
            self._kept.popitem(last=False)
        return bodies

    # Rows

    @of_one_moment
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

    # Who is one

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

    # Reviews

    def state(self, record: str) -> ReviewState:
        """See contract.View.state."""
        return form_state(read_judgements(self.database, record))

    def _state(self, id: str, review: str) -> ReviewState:
        return self.state(id) if review != Review.SUGGESTED.value else ReviewState()


def portions(rows: Iterable[Answer]) -> Iterator[tuple[Answer, ...]]:
    """The rows, so many at a time that the bodies they stand in may be held at once."""
    each = iter(rows)
    while some := tuple(islice(each, KEPT_BODIES)):
        yield some
