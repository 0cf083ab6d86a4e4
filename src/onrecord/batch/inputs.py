"""One input of a batch → its documents. Beside what `add` reads, a Parquet file with a column `text`."""

import json
from collections.abc import Iterator
from datetime import date
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from onrecord.errors import ReadingError
from onrecord.reading import read_path
from onrecord.reading.extracts import form_document, hash_bytes
from onrecord.reading.inputs import open_plain, shown_path
from onrecord.reading.parser import shared_parser
from onrecord.records.documents import Document, Rejected
from onrecord.settings import Settings

PARQUET = b"PAR1"
COLUMNS = ("text", "title", "outlet", "published", "url", "author", "language")
ROWS = 200  # read at a time

Found = Iterator[Document | Rejected]


def name_input(path: Path) -> str:
    """The name of an input's manifest: from its path, so that a re-run finds it."""
    return sha256(shown_path(path).encode("utf-8")).hexdigest()[:16]


def hash_input(path: Path) -> str:
    """SHA-256 of the input's bytes. Raises ReadingError where it cannot be read."""
    try:
        with open(open_plain(path), "rb") as stream:
            return file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ReadingError(f"{shown_path(path)}: {error.strerror or error}") from error


def read_input(path: Path, settings: Settings) -> Found:
    """The documents of one input, in its order; what cannot be read is Rejected with its code."""
    try:
        packed = _is_parquet(path)
    except OSError as error:
        yield Rejected(shown_path(path), "reading", "unreadable", f"{shown_path(path)}: {error.strerror or error}")
        return
    yield from _read_parquet(path, settings) if packed else read_path(path, settings)


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(len(PARQUET)) == PARQUET


def _read_parquet(path: Path, settings: Settings) -> Found:
    import pyarrow
    from pyarrow import parquet

    place = shown_path(path)
    try:
        with parquet.ParquetFile(path) as file:
            names = [name for name in COLUMNS if name in file.schema_arrow.names]
            if "text" not in names:
                reason = f"{place}: needed a column `text`, got {', '.join(file.schema_arrow.names)[:200]}"
                yield Rejected(place, "reading", "wrong_schema", reason)
                return
            number = 0
            for batch in file.iter_batches(ROWS, columns=names):
                for row in batch.to_pylist():
                    number += 1
                    yield _read_row(row, f"{place}#{number}", settings)
    except (pyarrow.ArrowException, OSError) as error:
        yield Rejected(place, "reading", "damaged", f"{place}: needed a sound Parquet file: {error}"[:300])


def _read_row(row: dict[str, Any], path: str, settings: Settings) -> Document | Rejected:
    """A row, read by the rules for one line of JSON Lines."""
    given = {name: _plain(value) for name, value in row.items() if value is not None}
    raw = json.dumps(given, ensure_ascii=False).encode("utf-8", "surrogatepass")
    try:
        (extract,) = shared_parser(settings).parse("article", raw, at="").extracts
        return form_document(extract, path, hash_bytes(raw))
    except ReadingError as error:
        return Rejected(path, "reading", error.code, f"{path}: {error}")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value if isinstance(value, str | int) else str(value)
