"""What an export reads from: any ledger's View has these methods, and so has a hand-made one in tests."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Protocol, TypeVar

from onrecord.records.findings import Findings
from onrecord.records.rows import (
    ALL,
    ConditionRow,
    DocumentRow,
    EventRow,
    FigureRow,
    Filter,
    LineRow,
    LinkRow,
    Moment,
    Page,
    PersonRow,
    ReviewState,
    StatementRow,
    WordingRow,
)

Row = TypeVar("Row")
MOST_ROWS = 500  # the most a ledger gives in one page


class Source(Protocol):
    """The part of a View that exports need."""

    def documents(self, wanted: Filter = ALL) -> Page[DocumentRow]:
        """Documents, a page at a time."""
        ...

    def statements(self, wanted: Filter = ALL) -> Page[StatementRow]:
        """Statements, a page at a time."""
        ...

    def conditions(self, wanted: Filter = ALL) -> Page[ConditionRow]:
        """Conditions, a page at a time."""
        ...

    def lines(self, wanted: Filter = ALL) -> Page[LineRow]:
        """Red lines, a page at a time."""
        ...

    def figures(self, wanted: Filter = ALL) -> Page[FigureRow]:
        """Figures, a page at a time."""
        ...

    def events(self, wanted: Filter = ALL) -> Page[EventRow]:
        """Events, a page at a time."""
        ...

    def wordings(self, wanted: Filter = ALL) -> Page[WordingRow]:
        """Terms, a page at a time."""
        ...

    def people(self, wanted: Filter = ALL) -> Page[PersonRow]:
        """People, a page at a time."""
        ...

    def timeline(self, wanted: Filter = ALL) -> Page[Moment]:
        """Moments in order of time, a page at a time."""
        ...

    def document(self, document: str) -> DocumentRow:
        """One document."""
        ...

    def text(self, document: str) -> str:
        """A document's text."""
        ...

    def links(self, document: str, *, judged: bool = False) -> tuple[LinkRow, ...]:
        """Which words of a document mean whom."""
        ...

    def state(self, record: str) -> ReviewState:
        """How a record stands with its reviewers."""
        ...

    def all_findings(self) -> Iterator[Findings]:
        """The findings of every document."""
        ...


def every(ask: Callable[[Filter], Page[Row]], wanted: Filter = ALL) -> Iterator[Row]:
    """All rows that meet the filter, page after page."""
    key = wanted.after
    while True:
        page = ask(replace(wanted, after=key, limit=MOST_ROWS))
        yield from page.rows
        if page.next is None:
            return
        key = page.next
