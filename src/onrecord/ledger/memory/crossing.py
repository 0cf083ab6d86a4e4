"""Across documents in memory: people, timeline, search, facets."""

from collections import Counter
from collections.abc import Iterator

from onrecord.ledger.building import BUILD, build_hit, build_moment, build_status
from onrecord.ledger.folding import find_terms, fold_name, read_query
from onrecord.ledger.indexing import UNDATED, days_of, search_place
from onrecord.ledger.memory.reading import Key, MemoryReading, facets_of, overlaps, page_of
from onrecord.records.actors import Join
from onrecord.records.rows import ALL, Facet, Facets, Filter, Hit, Moment, Page, PersonRow
from onrecord.records.spans import Span


class Crossing(MemoryReading):
    """What is listed from many documents at once."""

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
        return page_of([((-each.statements, each.key), each) for each in chosen], wanted, "is")

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
        return page_of(rows, wanted, "ssssi")

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
                and overlaps(days, wanted)
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
            if named and overlaps(days, wanted) and all(find_terms(body.text, (term,)) for term in terms):
                said = tuple((p.id, Span(p.first, p.last)) for p in held.placed if p.kind == "statement")
                rows.append(((-search_place(body.document),), build_hit(row, body.text, terms, said)))
        return page_of(rows, wanted, "i")

    def facets(self, wanted: Filter = ALL) -> Facets:
        """See contract.View.facets."""
        chosen = [each for _, each in self._chosen("statement", wanted)]
        people = self._people()
        months = Counter(each.sort[:7] for each in chosen if each.sort != UNDATED)
        who = Counter(self._kept(each.actor) for each in chosen if each.actor)
        return Facets(
            who=facets_of(who, lambda key: people[key].name),
            outlet=facets_of(Counter(each.outlet for each in chosen if each.outlet)),
            month=tuple(Facet(month, month, count) for month, count in sorted(months.items())),
            directness=facets_of(Counter(each.directness for each in chosen if each.directness)),
            act=facets_of(Counter(each.act for each in chosen if each.act)),
            state=facets_of(Counter(line.rollup.value for line in self._store.lines.values())),
            review=facets_of(Counter(self._store.state(each.id).review.value for each in chosen)),
        )
