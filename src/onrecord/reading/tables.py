"""CSV of articles → extracts, row by row. The header names the fields as in JSON."""

import csv
import io
from collections.abc import Iterator

from onrecord.errors import ReadingError
from onrecord.lexicon.loader import load_lexicon
from onrecord.reading.articles import form_extract
from onrecord.reading.decoding import decode_text
from onrecord.reading.extracts import Extract, add_notes
from onrecord.reading.fields import fold_names
from onrecord.reading.limits import Limits
from onrecord.records.documents import Rejected

DELIMITERS = ",;\t"


def parse_table(raw: bytes, path: str, limits: Limits) -> Iterator[Extract | Rejected]:
    """The articles of a CSV; a row that cannot be read is Rejected with its line number.

    Raises ReadingError `wrong_type` where no column holds articles, `metadata` where it describes files.
    """
    decoded = decode_text(raw)
    first = decoded.text.split("\n", 1)[0]
    csv.field_size_limit(limits.line_bytes)
    reader = csv.reader(io.StringIO(decoded.text, newline=""), delimiter=max(DELIMITERS, key=first.count), strict=True)
    header = _read_header(reader)
    for number in range(1, limits.items + 2):
        try:
            cells = next(reader, None)
            if cells is None:
                return
            if number > limits.items:
                reason = f"{path}: needed at most {limits.items:,} rows, got more; the first {limits.items:,} were read"
                yield Rejected(path, "reading", "truncated", reason)
            elif any(cells):
                yield add_notes(_form(header, cells, reader.line_num), *decoded.notes)
        except csv.Error as error:
            yield Rejected(f"{path}#{reader.line_num}", "reading", "bad_csv", f"{path} line {reader.line_num}: {error}")
        except ReadingError as error:
            reason = f"{path} line {reader.line_num}: {error}"
            yield Rejected(f"{path}#{reader.line_num}", "reading", error.code, reason)


def _read_header(reader: "csv._reader") -> list[str]:  # type: ignore[name-defined]
    try:
        header = [cell.strip() for cell in next(reader, [])]
    except csv.Error as error:
        raise ReadingError(f"line 1: needed CSV: {error}", code="bad_csv") from error
    names = fold_names(dict.fromkeys(header, ""))
    fields = load_lexicon("article_fields")
    if any(entry["name"] in names for field in ("text", "html") for entry in fields[field]):
        return header
    if "file" in names:
        raise ReadingError("needed articles, got a table about files; pass it with --meta", code="metadata")
    raise ReadingError(
        f"needed a CSV with a column such as text or body, got {', '.join(header)[:120]}", code="wrong_type"
    )


def _form(header: list[str], cells: list[str], line: int) -> Extract:
    if len(cells) > len(header):
        raise ReadingError(f"needed {len(header)} cells, got {len(cells)}", code="bad_csv")
    return form_extract(dict(zip(header, cells, strict=False)), str(line))
