"""From a Filter to the SQL that chooses its rows, and the keys that turn its pages."""

import json
from dataclasses import dataclass, field
from enum import StrEnum

from onrecord.errors import LedgerError
from onrecord.ledger.indexing import UNDATED
from onrecord.records.rows import Filter

MOST_ROWS = 500  # rows a page: more is an export


def page_limit(wanted: Filter) -> int:
    """Rows a page, from 1 to MOST_ROWS."""
    return max(1, min(wanted.limit, MOST_ROWS))


def write_key(values: tuple[str | int | float, ...]) -> str:
    """The key of a row, from which the next page goes on."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def read_key(wanted: Filter, kinds: str) -> tuple[str | int | float, ...] | None:
    """The values in a page's key, one for each letter of `kinds`: `s` text, `i` whole number, `f` any number.

    Raises LedgerError (`query`) for a key that is none of ours.
    """
    if wanted.after is None:
        return None
    types: dict[str, tuple[type, ...]] = {"s": (str,), "i": (int,), "f": (int, float)}
    try:
        values = json.loads(wanted.after)
    except ValueError:
        values = None
    fits = isinstance(values, list) and len(values) == len(kinds)
    if not fits or not all(type(value) in types[kind] for value, kind in zip(values, kinds, strict=True)):
        raise LedgerError(f"needed the key of a page, got {wanted.after[:80]!r}", code="query")
    if any(type(value) is int and abs(value) >= 2**63 for value in values):
        raise LedgerError("needed the key of a page, got a number out of range", code="query")
    return tuple(values)


@dataclass(slots=True)
class Choice:
    """Conditions joined by AND, with their values."""

    conditions: list[str] = field(default_factory=list)
    values: list[str | int | float] = field(default_factory=list)

    def add(self, condition: str, *values: str | int | float) -> None:
        """One more condition."""
        self.conditions.append(condition)
        self.values.extend(values)

    def equal(self, column: str, value: str | None) -> None:
        """The column has this value, if one is asked for."""
        if value is not None:
            self.add(f"{column} = ?", value)

    def exactly(self, column: str, value: StrEnum | None) -> None:
        """The same for one of our own words, written out so that SQLite sees which partial index serves."""
        if value is not None:
            self.add(f"{column} = '{value.value}'")

    def among(self, column: str, values: tuple[str, ...] | None) -> None:
        """The column has one of these values, if any are asked for."""
        if values is not None:
            self.add(f"{column} IN ({', '.join('?' * len(values))})" if values else "FALSE", *values)

    def within(self, wanted: Filter) -> None:
        """The row's days overlap those asked for; an undated row overlaps none."""
        if wanted.since is not None:
            self.add("(until IS NULL OR until >= ?)", wanted.since.isoformat())
        if wanted.until is not None:
            self.add("(since IS NULL OR since <= ?)", wanted.until.isoformat())
        if wanted.since is not None or wanted.until is not None:
            self.add("sort <> ?", UNDATED)

    def follow(self, columns: str, key: tuple[str | int | float, ...] | None, sign: str = ">") -> None:
        """The row comes after the key, in the order of the columns."""
        if key is not None:
            self.add(f"({columns}) {sign} ({', '.join('?' * len(key))})", *key)

    def __str__(self) -> str:
        return " AND ".join(self.conditions) or "TRUE"
