"""Records of documents: statements, conditions, figures, events, wordings."""

from functools import partial

from onrecord.ledger.choosing import read_key
from onrecord.ledger.viewing.reading import Answer, Reading, of_one_moment
from onrecord.records.rows import (
    ALL,
    ConditionRow,
    EventRow,
    FigureRow,
    Filter,
    Page,
    StatementRow,
    WordingRow,
)


class Records(Reading):
    """Each by id, and in pages."""

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
    def _records(self, kind: str, wanted: Filter, row: type[Answer]) -> Page[Answer]:
        choice = self._choose(kind, wanted)
        choice.follow("sort, id, number", read_key(wanted, "ssi"))
        # One document's records are few: found by document and then sorted, not looked for along everybody's order.
        order = "sort, id, number" if wanted.document is None else "+sort, id, number"
        found = self._rows("record", "document, place, id, review", choice, order, wanted)
        return self._page(found, wanted, partial(self._build, kind, row))
