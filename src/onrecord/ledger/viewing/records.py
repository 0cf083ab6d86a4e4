"""Records of documents: statements, conditions, figures, events, wordings."""

from functools import partial

from onrecord.ledger.choosing import read_key
from onrecord.ledger.kinds import ByKind
from onrecord.ledger.viewing.reading import Answer, Reading, of_one_moment
from onrecord.records.rows import (
    ALL,
    Filter,
    Page,
    WordingRow,
)


class Records(Reading, ByKind):
    """Each by id, and in pages."""

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
    def _records(self, kind: str, wanted: Filter, row: type[Answer]) -> Page[Answer]:
        choice = self._choose(kind, wanted)
        choice.follow("sort, id, number", read_key(wanted, "ssi"))
        # One document's records are few: found by document and then sorted, not looked for along everybody's order.
        order = "sort, id, number" if wanted.document is None else "+sort, id, number"
        found = self._rows("record", "document, place, id, review", choice, order, wanted)
        return self._page(found, wanted, partial(self._build, kind, row))
