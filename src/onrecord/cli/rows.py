"""Rows to stdout in the five formats: a table to look at, JSON, JSON Lines, CSV, Markdown."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from onrecord.cli.options import SCREENFUL
from onrecord.cli.screen import note, one_line, out
from onrecord.export.csv import export_csv
from onrecord.export.markdown import escape
from onrecord.export.tables import Table
from onrecord.records.codec import to_json

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Shown(Generic[Row]):
    """A column for the eye: its heading, its words, and how much of the width it takes (0: as little as it can)."""

    heading: str
    of: Callable[[Row], str]
    share: int = 0


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """What a list of rows is called, its columns for the eye, and its columns for spreadsheets.

    airy: an empty line between rows, where most cells take several lines.
    """

    what: str
    shown: tuple[Shown[Row], ...]
    table: Table[Row]
    airy: bool = False


def print_rows(listing: Listing[Row], rows: Iterable[Row], form: str, limit: int | None = None) -> int:
    """Print the rows and return how many there were; says on stderr where a table was cut without being asked to.

    limit: 0 for all; None for a screenful in a table and all in the other formats.
    """
    most = limit if limit is not None else (SCREENFUL if form in ("table", "md") else 0)
    rest = iter(rows)
    counted = _Counted(islice(rest, min(most, sys.maxsize)) if most else rest)
    PRINTERS[form](listing, counted)
    if limit is None and most and next(rest, None) is not None:
        note(f"The first {counted.number} {listing.what} are shown. --limit 0 shows all.")
    return counted.number


class _Counted(Generic[Row]):
    """An iterable that knows how many it has given."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.number = 0
        self._rows = rows

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.number += 1
            yield row


def _print_table(listing: Listing[Row], rows: Iterable[Row]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table as RichTable

    cells = [[one_line(column.of(row)) for column in listing.shown] for row in rows]
    told = [index for index in range(len(listing.shown)) if any(row[index] for row in cells)]
    table = RichTable(box=SIMPLE_HEAD, pad_edge=False, header_style="bold", show_edge=False, leading=int(listing.airy))
    for index in told:  # a column that tells nothing takes no room
        table.add_column(listing.shown[index].heading, ratio=listing.shown[index].share or None, overflow="fold")
    for row in cells:
        table.add_row(*(row[index] for index in told))
    if cells:
        out().print(table)


def _print_json(listing: Listing[Row], rows: Iterable[Row]) -> None:
    opened = "[\n"
    for row in rows:
        sys.stdout.write(opened + to_json(row))
        opened = ",\n"
    sys.stdout.write("[]\n" if opened == "[\n" else "\n]\n")


def _print_jsonl(listing: Listing[Row], rows: Iterable[Row]) -> None:
    for row in rows:
        sys.stdout.write(to_json(row) + "\n")


def _print_csv(listing: Listing[Row], rows: Iterable[Row]) -> None:
    export_csv(listing.table, rows, sys.stdout)


def _print_markdown(listing: Listing[Row], rows: Iterable[Row]) -> None:
    lines = [" | ".join(escape(one_line(column.of(row))) for column in listing.shown) for row in rows]
    if lines:
        sys.stdout.write("| " + " | ".join(column.heading for column in listing.shown) + " |\n")
        sys.stdout.write("|" + "---|" * len(listing.shown) + "\n")
    for line in lines:
        sys.stdout.write(f"| {line} |\n")


def print_json(value: object) -> None:
    """Print one plain value as indented JSON."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


PRINTERS: dict[str, Callable[[Listing[Row], Iterable[Row]], None]] = {
    "table": _print_table,
    "json": _print_json,
    "jsonl": _print_jsonl,
    "csv": _print_csv,
    "md": _print_markdown,
}
