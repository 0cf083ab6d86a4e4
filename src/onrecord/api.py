"""The Python API: read articles, open a ledger, get typed records, tables, and marked passages in notebooks."""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import pairwise
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from onrecord.errors import OnRecordError, ReadingError
from onrecord.export import tables
from onrecord.export.arrow import to_arrow
from onrecord.export.source import every
from onrecord.export.steering import show_controls
from onrecord.export.tables import Table
from onrecord.records.documents import Document, Rejected
from onrecord.records.findings import Findings
from onrecord.records.rows import (
    ALL,
    ConditionRow,
    DocumentRow,
    EventRow,
    FigureRow,
    Filter,
    Found,
    LineRow,
    Moment,
    PersonRow,
    StatementRow,
    WordingRow,
)
from onrecord.records.spans import Span
from onrecord.settings import Settings

if TYPE_CHECKING:
    import pandas
    import pyarrow

    from onrecord.ledger import View

Row = TypeVar("Row")
Place = str | PathLike[str]
MOST_SHOWN = 50  # rows of a table in a notebook


class Rows(tuple[Row, ...], Generic[Row]):
    """Records in order, frozen, that are also a table."""

    table: Table[Row]

    def __new__(cls, rows: Iterable[Row], table: Table[Row]) -> "Rows[Row]":
        """The rows with the columns they have as a table."""
        made = super().__new__(cls, tuple(rows))
        made.table = table
        return made

    def to_arrow(self) -> "pyarrow.Table":
        """The rows as an Arrow table; its columns are in the data dictionary."""
        return to_arrow(self.table, self)

    def to_pandas(self) -> "pandas.DataFrame":
        """The rows as a data frame. Raises OnRecordError where pandas is not installed."""
        try:
            import pandas
        except ImportError as error:
            raise OnRecordError("needed pandas: pip install 'onrecord[pandas]'", code="missing_library") from error
        made: pandas.DataFrame = self.to_arrow().to_pandas()
        return made

    def _repr_html_(self) -> str:
        """A table for notebooks, every cell escaped."""
        head = "".join(f"<th>{escape(name)}</th>" for name in self.table.names)
        body = "".join(f"<tr>{''.join(map(_write_cell, self.table.cells(row)))}</tr>" for row in self[:MOST_SHOWN])
        rest = f"<p>{len(self) - MOST_SHOWN} more rows</p>" if len(self) > MOST_SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}"


def _write_cell(cell: tables.Cell) -> str:
    return f"<td>{'' if cell is None else escape(show_controls(str(cell)))}</td>"


class Readings(tuple[Findings, ...]):
    """The findings of the documents that were read, in order. In a notebook, their texts with the passages marked."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return "".join(map(mark_passages, self))


def read(path: Place, *, settings: Settings | None = None) -> Readings:
    """Everything found in a file of coverage, one Findings a document. No ledger is needed or made.

    Raises ReadingError where nothing in the file can be read as an article.
    """
    from onrecord.reading import read_path

    chosen = settings or Settings()
    found = tuple(read_path(Path(path), chosen))
    documents = [each for each in found if isinstance(each, Document)]
    if not documents:
        refused = next((each for each in found if isinstance(each, Rejected)), None)
        raise ReadingError(
            refused.reason if refused else f"{path}: needed an article, found none",
            code=refused.code if refused else None,
        )
    from onrecord.pipeline import annotate, load_resources  # the model: only where there is something to annotate

    resources = load_resources(chosen)
    return Readings(annotate(document, resources) for document in documents)


def open(ledger: Place = "onrecord.db") -> "Book":
    """The ledger, for reading. Raises LedgerError where there is none or it cannot be used."""
    from onrecord.ledger import open_ledger

    return Book(open_ledger(Path(ledger), read_only=True).view(), Path(ledger))


class Book:
    """A ledger opened for reading. Close it, or use it in a `with` block."""

    def __init__(self, view: "View", path: Path) -> None:
        self.view = view
        self.path = path

    def __enter__(self) -> "Book":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the ledger."""
        self.view.close()

    def documents(self, wanted: Filter = ALL) -> Rows[DocumentRow]:
        """Every document that meets the filter."""
        return Rows(every(self.view.documents, wanted), tables.DOCUMENTS)

    def statements(self, wanted: Filter = ALL) -> Rows[StatementRow]:
        """Every statement that meets the filter, in order of when it was said."""
        return Rows(every(self.view.statements, wanted), tables.STATEMENTS)

    def conditions(self, wanted: Filter = ALL) -> Rows[ConditionRow]:
        """Every condition that meets the filter."""
        return Rows(every(self.view.conditions, wanted), tables.CONDITIONS)

    def red_lines(self, wanted: Filter = ALL) -> Rows[LineRow]:
        """Every red line that meets the filter, with its history."""
        return Rows(every(self.view.lines, wanted), tables.RED_LINES)

    def steps(self, wanted: Filter = ALL) -> Rows[tables.Step]:
        """Every step of the red lines that meet the filter."""
        return Rows(tables.list_steps(every(self.view.lines, wanted)), tables.STEPS)

    def figures(self, wanted: Filter = ALL) -> Rows[FigureRow]:
        """Every figure that meets the filter."""
        return Rows(every(self.view.figures, wanted), tables.FIGURES)

    def events(self, wanted: Filter = ALL) -> Rows[EventRow]:
        """Every event that meets the filter."""
        return Rows(every(self.view.events, wanted), tables.EVENTS)

    def wordings(self, wanted: Filter = ALL) -> Rows[WordingRow]:
        """Every term that meets the filter."""
        return Rows(every(self.view.wordings, wanted), tables.WORDINGS)

    def people(self, wanted: Filter = ALL) -> Rows[PersonRow]:
        """Everyone on record, those with most statements first."""
        return Rows(every(self.view.people, wanted), tables.PEOPLE)

    def timeline(self, wanted: Filter = ALL) -> Rows[Moment]:
        """Every step, statement and event that meets the filter, in order of time."""
        return Rows(every(self.view.timeline, wanted), tables.TIMELINE)

    def findings(self, document: str) -> Findings:
        """All that was found in one document, by id or the beginning of one."""
        return self.view.findings(self.view.document(document).id)

    def find(self, id: str) -> Found:
        """The record that an id, or the beginning of one, names. Raises LedgerError where there is none."""
        return self.view.find(id)

    def _repr_html_(self) -> str:
        counts = self.view.counts()
        held = f"{counts.documents} documents, {counts.statements} statements, {counts.lines} red lines"
        return f"<p><b>{escape(str(self.path))}</b>: {held}</p>"


STYLES = {
    "source": "font-weight:bold",
    "cue": "font-style:italic",
    "content": "background:rgba(255,215,0,.2)",
    "condition": "border-bottom:2px dashed",
    "consequence": "border-bottom:2px solid",
}


def mark_passages(findings: Findings) -> str:
    """A document's text as HTML, escaped: sources bold, cues italic, contents shaded, conditions and consequences
    underlined in two ways; what a passage is stands in its tooltip.
    """
    legend = " ".join(f'<span style="{style}">{what}</span>' for what, style in STYLES.items())
    text = "".join(_write_stretches(findings.document.text, tuple(_marks(findings))))
    title = escape(show_controls(findings.document.title))
    return f'<article><h4>{title}</h4><p>{legend}</p><div style="white-space:pre-wrap">{text}</div></article>'


def _write_stretches(text: str, marks: tuple[tuple[Span, str], ...]) -> Iterator[str]:
    """The text cut wherever a mark begins or ends, so that marks may cross."""
    cuts = sorted({0, len(text), *(end for span, _ in marks for end in span)})
    for start, end in pairwise(cuts):
        kinds = [
            what for what in STYLES if any(each == what and span.start <= start < span.end for span, each in marks)
        ]
        words = escape(show_controls(text[start:end]))
        style = ";".join(STYLES[what] for what in kinds)
        yield f'<span title="{", ".join(kinds)}" style="{style}">{words}</span>' if kinds else words


def _marks(findings: Findings) -> Iterator[tuple[Span, str]]:
    for said in findings.attributions:
        yield from ((span, "source") for span in said.source)
        yield from ((span, "cue") for span in said.cue)
        yield from ((span, "content") for span in said.content)
    for condition in findings.conditions:
        yield from ((span, "condition") for alternative in condition.condition for span in alternative)
        yield from ((span, "consequence") for span in condition.consequence)
