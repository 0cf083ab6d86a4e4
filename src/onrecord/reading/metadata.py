"""What a user types in about files: outlet, date, title, in a CSV beside them.

It outranks what a page says of itself.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from onrecord.errors import ReadingError
from onrecord.reading.days import BETWEEN, NEEDED, read_typed
from onrecord.reading.decoding import decode_text
from onrecord.reading.inputs import read_bytes, shown_path
from onrecord.records.documents import Basis, Candidate, DateRange, Document, Outlet

COLUMNS = ("file", "outlet", "published", "from", "to", "note", "title", "url", "author", "language")
MOST_BYTES = 50_000_000
DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class MetadataRow:
    """One line of a metadata file. Empty cells are None; columns of other names are kept in `others`."""

    line: int
    file: str
    outlet: str | None = None
    published: DateRange | None = None
    note: str | None = None
    title: str | None = None
    url: str | None = None
    author: str | None = None
    language: str | None = None
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Metadata:
    """A metadata file: its name and its rows in order."""

    name: str
    rows: tuple[MetadataRow, ...] = ()


def read_metadata(path: Path) -> Metadata:
    """The rows of a CSV with a column `file` and any of outlet, published, note, title, url, author, language.

    published: a day, month, year, or a range; instead, columns `from` and `to`. Separators: comma, semicolon, tab.
    Raises ReadingError naming the line, what was needed and what came.
    """
    name = path.name  # reasons and candidates are stored: no folder of this machine belongs there
    text = _decode(path)
    lines = _read_lines(text, name)
    header = _read_header(lines, name)
    rows = tuple(_read_row(header, cells, line, name) for line, cells in lines if any(cell.strip() for cell in cells))
    _refuse_repeats(rows, name)
    return Metadata(name, rows)


def _decode(path: Path) -> str:
    try:
        return decode_text(read_bytes(path, MOST_BYTES)).text
    except ReadingError as error:
        shown = shown_path(path)
        reason = str(error)
        message = reason if reason.startswith(shown) else f"{shown}: {reason}"
        raise ReadingError(f"metadata file {message}", code=error.code) from error


def _read_lines(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Line number (of the row's last line) and cells."""
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ReadingError(f"{name} line {reader.line_num}: needed CSV: {error}", code="metadata") from error
        yield reader.line_num, cells


def _read_header(lines: Iterator[tuple[int, list[str]]], name: str) -> list[str]:
    _, cells = next(lines, (1, []))
    header = [cell.strip().lower() for cell in cells]
    if "file" not in header:
        raise ReadingError(
            f"{name} line 1: needed a header with the column `file` (and any of {', '.join(COLUMNS[1:])}), "
            f"got {', '.join(cells)[:120] or 'nothing'}",
            code="metadata",
        )
    for column in header:
        meant = get_close_matches(column, COLUMNS, 1, cutoff=0.8) if column not in COLUMNS else []
        if meant or header.count(column) > 1:
            problem = f"column `{column}` looks like `{meant[0]}`" if meant else f"column `{column}` comes twice"
            raise ReadingError(f"{name} line 1: {problem}; correct the header", code="metadata")
    return header


def _read_row(header: list[str], cells: list[str], line: int, name: str) -> MetadataRow:
    if len(cells) > len(header):
        raise ReadingError(f"{name} line {line}: needed {len(header)} cells, got {len(cells)}", code="metadata")
    given = {column: cell.strip() for column, cell in zip(header, cells, strict=False) if cell.strip()}
    if "file" not in given:
        raise ReadingError(f"{name} line {line}: needed a file name in column `file`, got nothing", code="metadata")
    return MetadataRow(
        line=line,
        file=given["file"],
        outlet=given.get("outlet"),
        published=_read_published(given, line, name),
        note=given.get("note"),
        title=given.get("title"),
        url=given.get("url"),
        author=given.get("author"),
        language=_read_language(given.get("language"), line, name),
        others=tuple((column, cell) for column, cell in given.items() if column not in COLUMNS),
    )


def _read_language(code: str | None, line: int, name: str) -> str | None:
    """The code without its region ("en" of "en-GB"). A name is refused: no text called "English" would be annotated."""
    if code is None:
        return None
    found = _LANGUAGE.fullmatch(code)
    if not found:
        needed = "needed a language's code such as en or en-GB in column `language`"
        raise ReadingError(f"{name} line {line}: {needed}, got {code[:40]!r}", code="metadata")
    return found[1].lower()


_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{2,8})*")


def _read_published(given: dict[str, str], line: int, name: str) -> DateRange | None:
    source = f"{name} line {line}"
    for column in ("published", "from", "to"):
        _check_day(given, column, source)
    ends = f"{given.get('from', '')}/{given.get('to', '')}" if "from" in given or "to" in given else None
    typed = {"`published`": given.get("published"), "`from` and `to`": ends}
    read = {column: read_typed(value, Basis.GIVEN, source) for column, value in typed.items() if value is not None}
    for column, days in read.items():
        if days is None:
            raise ReadingError(
                f"{source}: needed a range that ends no earlier than it begins in {column}, got {typed[column]!r}",
                code="metadata",
            )
    if len(set(read.values())) > 1:
        told = ", ".join(f"{column} {typed[column]!r}" for column in read)
        raise ReadingError(
            f"{source}: needed one date, got columns that contradict each other: {told}", code="metadata"
        )
    return next(iter(read.values()), None)


def _check_day(given: dict[str, str], column: str, source: str) -> None:
    """Refuse a cell that holds no date; `published` may hold both ends of a range, the other columns one each."""
    typed = given.get(column, "")
    ends = [end for end in BETWEEN.split(typed) if end]
    if any(read_typed(end, Basis.GIVEN, source) is None for end in ends) or (column != "published" and len(ends) > 1):
        raise ReadingError(f"{source}: needed {NEEDED} in column `{column}`, got {typed!r}", code="metadata")


def _refuse_repeats(rows: tuple[MetadataRow, ...], name: str) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        if row.file in seen:
            raise ReadingError(
                f"{name} line {row.line}: needed each file once, got {row.file!r} as in line {seen[row.file]}",
                code="metadata",
            )
        seen[row.file] = row.line


def apply_metadata(document: Document, metadata: Metadata) -> Document:
    """The document with what the user typed in about it; the values it had before stay as candidates."""
    row = find_row(document.path, metadata)
    if row is None:
        return document
    source = f"{metadata.name} line {row.line}"
    given = {field: value for field in ("title", "url", "author", "language") if (value := getattr(row, field))}
    return replace(
        document,
        outlet=Outlet(row.outlet, Basis.GIVEN, source) if row.outlet else document.outlet,
        published=row.published or document.published,
        candidates=(*document.candidates, *_former_values(document, row), *_kept_cells(row, source)),
        **given,
    )


def find_row(path: str, metadata: Metadata) -> MetadataRow | None:
    """The row whose `file` is the path, its end, or its file name; the most exact one wins."""
    matching = [row for row in metadata.rows if _matches(row.file, path)]
    return max(matching, key=lambda row: len(row.file)) if matching else None


def find_unmatched(metadata: Metadata, paths: Iterable[str]) -> tuple[MetadataRow, ...]:
    """Rows that describe none of the paths: most likely a misspelt file name."""
    used = {row.line for path in paths if (row := find_row(path, metadata))}
    return tuple(row for row in metadata.rows if row.line not in used)


def _matches(file: str, path: str) -> bool:
    """`a.txt` matches `a.txt`, `in/a.txt` and the member `all.zip#in/a.txt`, not `aa.txt`; an address only itself."""
    if "://" in file:
        return path == file
    file = str(PurePosixPath(file.replace("\\", "/")))
    return path == file or path.endswith(("/" + file, "#" + file)) or path.split("#", 1)[0].endswith("/" + file)


def _former_values(document: Document, row: MetadataRow) -> tuple[Candidate, ...]:
    former: list[Candidate] = []
    if row.outlet and document.outlet.name:
        former.append(Candidate("outlet", document.outlet.name, document.outlet.reason or document.outlet.basis.value))
    if row.published and document.published.is_known:
        days = document.published
        former.append(Candidate("published", f"{days.earliest or ''}/{days.latest or ''}", days.reason))
    for name in ("title", "url", "author", "language"):
        if getattr(row, name) and (value := getattr(document, name)):
            former.append(Candidate(name, value, "before metadata"))
    return tuple(former)


def _kept_cells(row: MetadataRow, source: str) -> tuple[Candidate, ...]:
    cells = (("note", row.note), *row.others)
    return tuple(Candidate(field, value, source) for field, value in cells if value)
