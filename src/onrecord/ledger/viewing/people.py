"""Who speaks or acts."""

import json

from onrecord.ledger.choosing import Choice, read_key
from onrecord.ledger.folding import fold_name
from onrecord.ledger.viewing.reading import Reading, of_one_moment
from onrecord.records.actors import ActorType
from onrecord.records.rows import ALL, Filter, Page, PersonRow

# How many statements each actor has, with those of the keys joined to it.
JOINED_PEOPLE = (
    "(SELECT 'who' AS kind, coalesce(joined.kept, facet.value) AS value, CAST(sum(facet.count) AS INTEGER) AS count "
    "FROM facet LEFT JOIN joined ON joined.key = facet.value WHERE facet.kind = 'who' GROUP BY 2) AS people"
)


class People(Reading):
    """Actors, those that were taken for one together."""

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
