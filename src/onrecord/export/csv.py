"""Rows → CSV (RFC 4180, UTF-8), safe to open in a spreadsheet.

A spreadsheet runs a cell that begins with `= + - @`, a tab or a carriage return as a formula, and articles are
untrusted input. Such a text gets an apostrophe in front (OWASP, "CSV Injection"); one that begins with apostrophes and
then such a sign gets one more, so that `unguard_cell` always finds the words as printed. Numbers and days stay.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TextIO, TypeVar

from onrecord.export.tables import Cell, Table

Row = TypeVar("Row")
STARTS_FORMULA = "=+-@\t\r\n"
FULL_WIDTH = "＝＋－＠"  # some spreadsheets fold these to the plain signs
RUNS_AS_FORMULA = re.compile(f"'*[{re.escape(STARTS_FORMULA + FULL_WIDTH)}]")


def guard_cell(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would take it for a formula."""
    return "'" + text if RUNS_AS_FORMULA.match(text) else text


def unguard_cell(text: str) -> str:
    """The text as it was before `guard_cell`."""
    return text[1:] if text.startswith("'") and RUNS_AS_FORMULA.match(text[1:]) else text


def export_csv(table: Table[Row], rows: Iterable[Row], stream: TextIO) -> None:
    """Write a header and one line a row. The stream must be opened with `newline=""`."""
    writer = csv.writer(stream)
    writer.writerow(table.names)
    for row in rows:
        writer.writerow([_write_cell(cell) for cell in table.cells(row)])


def read_csv(stream: TextIO) -> Iterator[dict[str, str]]:
    """The rows of an exported file, by column name, texts as they were before they were made safe."""
    for row in csv.DictReader(stream):
        yield {name: unguard_cell(cell) for name, cell in row.items()}


def _write_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, date):
        return cell.isoformat()
    return guard_cell(cell) if isinstance(cell, str) else str(cell)
