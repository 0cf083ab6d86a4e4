"""Sets of Parquet files: what one input became, there whole with its done-manifest, or not there at all.

OUT/documents/annotator=A/year=2024/month=05/KEY-0000.parquet   and so for spans, statements, conditions, failures
OUT/done/annotator=A/NAME.json                                   written last: names every file with its hash

A key holds the hash of the input's bytes, so a set never takes the place of another's files. A batch that is killed
leaves files without a manifest; nobody reads those, and the re-run writes the same ones again.
"""

import json
import os
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from onrecord.batch.annotating import Annotated
from onrecord.batch.tables import FAILURES, TABLES, Rows, list_rows
from onrecord.errors import ExportError, OnRecordError
from onrecord.export.arrow import to_arrow
from onrecord.export.tables import Cell, Table
from onrecord.records.codec import from_plain, to_plain
from onrecord.records.documents import DateRange, Rejected

SCHEMA = "onrecord/batch/1"
CHUNK = 1_000  # documents held in memory before their rows are written: about 100 MB
UNDATED = ("unknown", "unknown")


@dataclass(frozen=True, slots=True)
class SetFile:
    """One Parquet file of a set: its path within the folder, its table, rows and SHA-256."""

    path: str
    table: str
    rows: int
    hash: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What one input became. input: its path; input_hash: SHA-256 of its bytes."""

    schema: str
    input: str
    input_hash: str
    annotator: str
    documents: int
    failures: int
    files: tuple[SetFile, ...]


def manifest_path(out: Path, annotator: str, name: str) -> Path:
    """Where the manifest of an input stands. name: see inputs.name_input."""
    return out / "done" / f"annotator={annotator}" / f"{name}.json"


def read_manifest(path: Path) -> Manifest | None:
    """The manifest, None where there is none. Raises ExportError (`wrong_schema`) for a file that is none of ours."""
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        made = from_plain(Manifest, plain)
    except FileNotFoundError:
        return None
    except (ValueError, OnRecordError) as error:
        said = f"needed a manifest of a batch: {error}; remove it and run the batch again"
        raise ExportError(f"{path}: {said}", code="wrong_schema") from error
    if made.schema != SCHEMA:
        raise ExportError(f"{path}: needed schema {SCHEMA}, got {made.schema}", code="wrong_schema")
    return made


def list_manifests(out: Path) -> tuple[Path, ...]:
    """Every manifest of a folder, in order of annotator and name."""
    return tuple(sorted(out.glob("done/annotator=*/*.json")))


def is_whole(out: Path, manifest: Manifest) -> bool:
    """Whether every file of the set is there."""
    return all((out / each.path).is_file() for each in manifest.files)


@dataclass(slots=True)
class SetWriter:
    """Takes what was found in one input, writes files aside, and puts all of them in place at the end."""

    out: Path
    name: str
    input: str
    input_hash: str
    annotator: str
    documents: int = 0
    chunks: int = 0
    waiting: int = 0
    rows: dict[tuple[str, str], Rows] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    failures: list[Rejected] = field(default_factory=list)
    files: list[SetFile] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What the names of this set's files begin with."""
        return sha256(f"{self.input}\0{self.input_hash}".encode()).hexdigest()[:16]

    @property
    def aside(self) -> Path:
        """Where files stand until all are written; a process of its own each, so that two never meet."""
        return self.out / ".partial" / f"{self.name}-{os.uname().nodename}-{os.getpid()}"

    def add(self, result: Annotated | Rejected) -> None:
        """Take one result; write what has gathered now and then."""
        if isinstance(result, Rejected):
            self.failures.append(result)
            return
        partition = self.rows[_month(result[0].document.published)]
        for table, rows in list_rows(result).items():
            partition[table].extend(rows)
        self.documents += 1
        self.waiting += 1
        if self.waiting == CHUNK:
            self._write_chunk()

    def finish(self) -> Manifest:
        """Write the rest, put every file in place, and last the manifest. Raises ExportError where the disk refuses."""
        # Failures of reading and of annotating come in an order that depends on who works how far ahead.
        for each in sorted(self.failures, key=lambda each: (each.path, each.stage, each.code, each.reason)):
            self.rows[UNDATED]["failures"].append(FAILURES.cells(each))
        self._write_chunk()
        manifest = Manifest(
            SCHEMA, self.input, self.input_hash, self.annotator, self.documents, len(self.failures), tuple(self.files)
        )
        self._put_in_place(manifest)
        return manifest

    def discard(self) -> None:
        """Take away what was written aside."""
        shutil.rmtree(self.aside, ignore_errors=True)

    def _write_chunk(self) -> None:
        for (year, month), tables in sorted(self.rows.items()):
            for table in TABLES:
                if tables.get(table.name):
                    self._write_file(table, tables[table.name], year, month)
        self.rows.clear()
        self.waiting = 0
        self.chunks += 1

    def _write_file(self, table: Table[Any], rows: Sequence[tuple[Cell, ...]], year: str, month: str) -> None:
        folder = f"{table.name}/annotator={self.annotator}/year={year}/month={month}"
        place = f"{folder}/{self.key}-{self.chunks:04}.parquet"
        path = self.aside / place
        path.parent.mkdir(parents=True, exist_ok=True)
        write_table(table, rows, path)
        self.files.append(SetFile(place, table.name, len(rows), hash_file(path)))

    def _put_in_place(self, manifest: Manifest) -> None:
        target = manifest_path(self.out, self.annotator, self.name)
        former = read_manifest(target)
        for each in manifest.files:
            (self.out / each.path).parent.mkdir(parents=True, exist_ok=True)
            os.replace(self.aside / each.path, self.out / each.path)
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = self.aside / "manifest.json"
        aside.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("w", encoding="utf-8") as stream:
            json.dump(to_plain(manifest), stream, ensure_ascii=False, indent=1)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(aside, target)
        for old in former.files if former else ():
            if old.path not in {each.path for each in manifest.files}:
                (self.out / old.path).unlink(missing_ok=True)
        self.discard()


def write_table(table: Table[Any], rows: Iterable[tuple[Cell, ...]], path: Path) -> None:
    """Write cells as one Parquet file, on the disk when this returns. The same cells give the same bytes."""
    from pyarrow import parquet

    parquet.write_table(to_arrow(_Cells(table), rows), path, compression="zstd")
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class _Cells(Table[tuple[Cell, ...]]):
    """A table whose rows are cells already."""

    __slots__ = ()

    def __init__(self, table: Table[Any]) -> None:
        super().__init__(table.name, table.meaning, table.columns)

    def cells(self, row: tuple[Cell, ...]) -> tuple[Cell, ...]:
        """The row itself."""
        return row


def hash_file(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def _month(published: DateRange) -> tuple[str, str]:
    """The partition of a day: its year and month."""
    day = published.latest or published.earliest
    return (f"{day.year:04}", f"{day.month:02}") if day else UNDATED


def clear_aside(out: Path, names: Iterable[str]) -> None:
    """Take away what killed runs left aside of these inputs."""
    for name in names:
        for left in _left_aside(out, name):
            shutil.rmtree(left, ignore_errors=True)


def _left_aside(out: Path, name: str) -> Iterator[Path]:
    yield from (out / ".partial").glob(f"{name}-*")
