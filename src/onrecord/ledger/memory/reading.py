"""What every part of a view of a ledger in memory reads with."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Self, TypeVar

from onrecord.ledger import contract
from onrecord.ledger.building import BUILD, build_found, build_status
from onrecord.ledger.choosing import page_limit, read_key, write_key
from onrecord.ledger.indexing import UNDATED, Placed, line_documents
from onrecord.ledger.memory.store import Held, Store
from onrecord.records.actors import Actor, Join
from onrecord.records.redlines import RedLine, Statement
from onrecord.records.rows import Facet, Filter, Found, LineRow, Page, PersonRow, Record

Row = TypeVar("Row")
Key = tuple[str | int | float, ...]


class MemoryReading(contract.View):
    """The store, and the rows that meet a filter."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""

    def _build(self, held: Held, placed: Placed, row: type[Row]) -> Row:
        built = BUILD[placed.kind](held.shown(), placed.place, placed.id, self._store.state(placed.id))
        assert isinstance(built, row)
        return built

    def _chosen(self, kind: str, wanted: Filter) -> Iterator[tuple[Held, Placed]]:
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
                and overlaps((each.since, each.until, each.sort), wanted)
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

    def _line(self, line: RedLine) -> LineRow:
        return LineRow(line, line_documents(line), self._store.state(line.id))

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

    def _found_record(self, held: Held, placed: Placed) -> Found:
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


def said(held: Held) -> tuple[Statement, ...]:
    """The statements of a document that is shown."""
    return held.shown().statements


def overlaps(days: tuple[str | None, str | None, str], wanted: Filter) -> bool:
    """Whether first and last day meet the days asked for."""
    if wanted.since is None and wanted.until is None:
        return True
    since, until, sort = days
    early = wanted.since is not None and until is not None and until < wanted.since.isoformat()
    late = wanted.until is not None and since is not None and since > wanted.until.isoformat()
    return sort != UNDATED and not early and not late


def page_of(rows: Iterable[tuple[Key, Row]], wanted: Filter, kinds: str) -> Page[Row]:
    """The page asked for of all these rows; their keys say their order."""
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


def facets_of(counted: Counter[str], label: Callable[[str], str] = str) -> tuple[Facet, ...]:
    """The values counted, most frequent first."""
    ordered = sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    return tuple(Facet(value, label(value), count) for value, count in ordered)
