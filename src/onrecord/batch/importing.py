"""Sets of files, or an exported file → a ledger: everything is checked before anything is stored, and twice is once."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from onrecord.batch.annotating import Annotated
from onrecord.batch.sets import Manifest, SetFile, hash_file, list_manifests, read_manifest
from onrecord.batch.tables import TABLES
from onrecord.errors import ExportError, MismatchError, OnRecordError
from onrecord.export.arrow import to_arrow
from onrecord.export.jsonl import read_jsonl
from onrecord.ledger.bodies import hash_body, pack
from onrecord.ledger.indexing import check_findings
from onrecord.records.codec import from_plain
from onrecord.records.documents import Document, hash_text
from onrecord.records.findings import Findings
from onrecord.records.redlines import Statement
from onrecord.redlines.statements import form_statements

ROWS = 100  # documents in memory at a time


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents are brought in; None asks for all. since, until: both days included, undated ones left out."""

    outlet: str | None = None
    since: date | None = None
    until: date | None = None
    language: str | None = None

    def fits(self, row: dict[str, Any]) -> bool:
        """Whether a row of `documents` is wanted."""
        first, last = row["published_from"] or row["published_to"], row["published_to"] or row["published_from"]
        dated = self.since is None and self.until is None or first is not None
        return (
            (self.outlet is None or row["outlet"] == self.outlet)
            and (self.language is None or row["language"] == self.language)
            and dated
            and (self.since is None or last >= self.since)
            and (self.until is None or first <= self.until)
        )


@dataclass(frozen=True, slots=True)
class Exchange:
    """A file that `export --format jsonl` wrote, every line checked. annotator: those whose findings it holds."""

    path: Path
    annotator: str
    documents: int

    def read(self, wanted: Wanted) -> Iterator[Annotated]:
        """The wanted documents with their findings as they were found then, and the statements that follow."""
        return (each for each in _read_exchange(self.path) if wanted.fits(_row_of(each[0].document)))


def check_exchange(path: Path) -> Exchange:
    """The file, after every line, text and span was checked.

    Raises ExportError (`missing`, `wrong_schema`), MismatchError where a text is not the one its id was taken of, a
    line not the one its hash was taken of, or two lines contradict each other.
    """
    annotators: set[str] = set()
    met: dict[tuple[str, str], str] = {}
    documents = 0
    for findings, statements in _read_exchange(path):
        annotators.add(findings.annotator)
        documents += 1
        hashed = pack(findings, statements).hash
        if met.setdefault((findings.document.id, findings.annotator), hashed) != hashed:
            said = "two lines of one annotator say different things of this document"
            raise MismatchError(f"{path}: {findings.document.id}: {said}")
    if not documents:
        raise ExportError(
            f"{path}: needed documents as `export --format jsonl` writes them, found none", code="missing"
        )
    return Exchange(path, ", ".join(sorted(annotators)), documents)


def _read_exchange(path: Path) -> Iterator[Annotated]:
    try:
        # Bytes that are no UTF-8 are replaced, and then meet a hash that does not fit.
        with path.open(encoding="utf-8", errors="replace") as stream:
            for findings in read_jsonl(stream):
                statements = form_statements(findings)
                check_findings(findings, statements)
                yield findings, statements
    except MismatchError as error:
        raise MismatchError(f"{path}: {error}"[:300]) from error
    except (KeyError, ValueError, RecursionError, OnRecordError) as error:
        raise ExportError(f"{path}: cannot be read: {error}"[:300], code="wrong_schema") from error


def _row_of(document: Document) -> dict[str, Any]:
    """What a choice looks at, named as in the table `documents`."""
    return {
        "outlet": document.outlet.name,
        "language": document.language,
        "published_from": document.published.earliest,
        "published_to": document.published.latest,
    }


@dataclass(frozen=True, slots=True)
class Sets:
    """The sets of one folder by one annotator, every file checked."""

    folder: Path
    annotator: str
    manifests: tuple[Manifest, ...]

    @property
    def documents(self) -> int:
        """How many there are."""
        return sum(each.documents for each in self.manifests)

    def read(self, wanted: Wanted) -> Iterator[Annotated]:
        """The wanted documents with their findings. Raises MismatchError where a row is not what its hash says."""
        for manifest in self.manifests:
            for file in manifest.files:
                if file.table == "documents":
                    yield from (_build(row, file) for row in _rows_of(self.folder, file) if wanted.fits(row))


def check_sets(folder: Path, annotator: str | None = None) -> Sets:
    """The folder's sets, after every manifest, file, schema and row was checked.

    annotator: which one's sets, where the folder holds those of several.
    Raises ExportError (`missing`, `wrong_schema`, `mixed_annotators`) and MismatchError.
    """
    manifests = tuple(read for path in list_manifests(folder) if (read := read_manifest(path)) is not None)
    held = sorted({each.annotator for each in manifests})
    if not held:
        raise ExportError(f"{folder}: needed the folder of a batch with finished sets, found none", code="missing")
    if annotator is None and len(held) > 1:
        reason = f"{folder}: holds sets of several annotators; choose one with --annotator: {', '.join(held)}"
        raise ExportError(reason, code="mixed_annotators")
    chosen = annotator or held[0]
    if chosen not in held:
        raise ExportError(f"{folder}: needed sets by {chosen}, found {', '.join(held)}", code="missing")
    wanted = tuple(each for each in manifests if each.annotator == chosen)
    for manifest in wanted:
        for file in manifest.files:
            _check_file(folder, file)
    return Sets(folder, chosen, wanted)


def _check_file(folder: Path, file: SetFile) -> None:
    path = folder / file.path
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ExportError(f"{folder}: a manifest names {file.path}, which lies elsewhere", code="wrong_schema")
    if not path.is_file():
        raise ExportError(
            f"{path}: a manifest names this file, and it is not there: run the batch again", code="missing"
        )
    if hash_file(path) != file.hash:
        said = "the file is not the one its manifest names: its hash is another; remove it and run the batch again"
        raise MismatchError(f"{path}: {said}")
    _check_schema(path, file)
    if file.table == "documents":
        for row in _rows_of(folder, file):
            _check_row(row, file)


def _check_schema(path: Path, file: SetFile) -> None:
    import pyarrow
    from pyarrow import parquet

    table = next((each for each in TABLES if each.name == file.table), None)
    if table is None:
        raise ExportError(f"{path}: needed a table of a batch, got {file.table!r}", code="wrong_schema")
    try:
        held = parquet.read_schema(path)
    except (pyarrow.ArrowException, OSError) as error:
        raise ExportError(f"{path}: needed a Parquet file: {error}"[:300], code="wrong_schema") from error
    needed = to_arrow(table, ()).schema
    if not held.equals(needed):
        names = sorted(set(needed.names) ^ set(held.names)) or "types"
        raise ExportError(f"{path}: needed the columns of {file.table}; differs in {names}"[:300], code="wrong_schema")


def _check_row(row: dict[str, Any], file: SetFile) -> None:
    if hash_text(row["text"]) != row["id"]:
        raise MismatchError(f"{file.path}: {row['id']}: the text is not the one its id was taken of")
    if hash_body(row["findings"], row["statements"]) != row["hash"]:
        raise MismatchError(f"{file.path}: {row['id']}: the findings were changed: their hash is another")


def _rows_of(folder: Path, file: SetFile) -> Iterator[dict[str, Any]]:
    from pyarrow import parquet

    with parquet.ParquetFile(folder / file.path) as stored:
        for batch in stored.iter_batches(ROWS):
            yield from batch.to_pylist()


def _build(row: dict[str, Any], file: SetFile) -> Annotated:
    try:
        plain = json.loads(row["findings"])
        findings = from_plain(Findings, plain | {"document": plain["document"] | {"text": row["text"]}})
        statements = tuple(from_plain(Statement, each) for each in json.loads(row["statements"]))
    except (ValueError, KeyError, TypeError, OnRecordError) as error:
        raise ExportError(f"{file.path}: {row['id']}: cannot be read: {error}"[:300], code="wrong_schema") from error
    return findings, statements
