"""Records of documents and red lines, each kind by id and in pages: what every store answers in the same way."""

from abc import abstractmethod
from typing import TypeVar

from onrecord.errors import LedgerError
from onrecord.ledger.contract import View
from onrecord.records.rows import ALL, ConditionRow, EventRow, FigureRow, Filter, LineRow, Page, StatementRow

Row = TypeVar("Row")


class ByKind(View):
    """The kinds by name, for a store that finds whatever an id names and pages of a kind."""

    @abstractmethod
    def _records(self, kind: str, wanted: Filter, row: type[Row]) -> Page[Row]:
        """A page of the records of a kind that meet the filter."""

    def _one(self, id: str, kind: str, row: type[Row]) -> Row:
        record = self.find(id).record
        if not isinstance(record, row):
            raise LedgerError(f"needed a {kind}, and {id} names something else", code="unknown_record")
        return record

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

    def line(self, id: str) -> LineRow:
        """See contract.View.line."""
        return self._one(id, "red line", LineRow)
