"""Across documents: timeline, search, facets."""

import json
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from onrecord.ledger.building import BUILD, build_hit, build_moment
from onrecord.ledger.choosing import Choice, page_limit, read_key
from onrecord.ledger.folding import Term, read_query
from onrecord.ledger.indexing import UNDATED
from onrecord.ledger.viewing.documents import Documents
from onrecord.ledger.viewing.lines import Lines
from onrecord.ledger.viewing.people import JOINED_PEOPLE
from onrecord.ledger.viewing.reading import EVERY, of_one_moment, portions
from onrecord.records.rows import ALL, Facet, Facets, Filter, Hit, Moment, Page
from onrecord.records.spans import Span

MOST_FACETS = 50  # values shown to filter by; the rest are found by typing
KEPT_FACETS = ("who", "outlet", "month", "directness", "act", "review")


class Crossing(Documents, Lines):
    """What is listed from many documents at once."""

    @of_one_moment
    def timeline(self, wanted: Filter = ALL) -> Page[Moment]:
        """See contract.View.timeline."""
        key = read_key(wanted, "sssi")
        records, steps = self._choose_timed(wanted), self._choose_steps(wanted)
        for choice in (records, steps):
            choice.follow("sort", key[:1] if key else None, ">=")  # this much an index can do
        records.follow("sort, kind, id, number", key)
        steps.follow("sort, 'status', id, place", key)
        table = walking("record_timed", wanted)
        found = self._rows(table, "kind, id, document, place, '', review", records, "sort, kind, id, number", wanted)
        columns = "'status', id, document, place, line, review"
        found += self._rows("status", columns, steps, "sort, 'status', id, place", wanted)
        return self._page(in_order(found), wanted, self._moments)

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


def walking(index: str, wanted: Filter) -> str:
    """The table of records, walked in the order of an index unless the filter leaves only a few rows to sort.

    Said outright, because SQLite, knowing nothing of how the values fall, would rather sort all rows of a kind.
    """
    few = wanted.who is not None or wanted.document is not None or wanted.line is not None
    return "record" if few else f"record INDEXED BY {index}"


def in_order(found: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows of two tables by their keys; each table gave a page, so the first page of both is whole."""
    return sorted(found, key=lambda row: tuple(json.loads(row[-1])))


def _value(facet: Facet) -> str:
    return facet.value
