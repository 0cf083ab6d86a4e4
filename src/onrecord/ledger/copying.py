"""Whole copies of a ledger: a backup appears complete or not at all, a restore leaves the old or the new one."""

import os
from pathlib import Path

import apsw

from onrecord.errors import LedgerError
from onrecord.ledger.database import APPLICATION, Database, translated

PAGES = 2_000  # 8 MB a step: writers get their turn in between


def copy_database(source: Database, target: Path, *, replace: bool = False) -> None:
    """Copy a ledger, of one moment, to a new file. Raises LedgerError where the target may not be replaced."""
    if target.exists() and not replace:
        raise LedgerError(f"{target}: needed a new file for the copy, found one that is there already", code="exists")
    partial = target.with_name(f"{target.name}.{os.getpid()}.partial")
    try:
        with translated(partial):
            _copy(source.connection, partial)
        _sync(partial)
        os.replace(partial, target)
        _sync(target.parent)
    except OSError as error:
        raise LedgerError(f"{target}: the copy could not be written: {error.strerror}", code="io") from error
    finally:
        partial.unlink(missing_ok=True)


def _copy(source: apsw.Connection, path: Path) -> None:
    path.unlink(missing_ok=True)
    made = apsw.Connection(str(path))
    try:
        fill(made, source)
        # A backup is one file that opens anywhere, also in a folder that may not be written to.
        made.execute("PRAGMA journal_mode = DELETE")
    finally:
        made.close()


def fill(target: apsw.Connection, source: apsw.Connection) -> None:
    """Make one database the image of another, in one transaction of the target."""
    with target.backup("main", source, "main") as step:
        while not step.done:
            step.step(PAGES)


def restore_database(source: Database, path: Path) -> Path | None:
    """Put a backup in place of a ledger; returns where a damaged old one was moved to, if it was.

    A sound old ledger is overwritten within one transaction of its own, so a kill leaves the old or the new one.
    """
    with translated(source.path):
        sound = list(source.connection.execute("PRAGMA quick_check(1)")) == [("ok",)]
    if not sound or source.value("PRAGMA application_id") != APPLICATION:
        raise LedgerError(f"{source.path}: needed a sound ledger to restore from", code="damaged")
    if not path.exists() or path.stat().st_size == 0:
        return _place(source, path, None)
    try:
        with translated(path):
            _overwrite(source.connection, path)
    except LedgerError as error:
        if error.code not in ("damaged", "not_a_ledger"):
            raise
        return _place(source, path, path.with_name(f"{path.name}.damaged"))
    return None


def _overwrite(source: apsw.Connection, path: Path) -> None:
    old = apsw.Connection(str(path), apsw.SQLITE_OPEN_READWRITE)
    try:
        old.set_busy_timeout(5_000)
        old.execute("SELECT count(*) FROM sqlite_schema")
        fill(old, source)
    finally:
        old.close()


def _place(source: Database, path: Path, aside: Path | None) -> Path | None:
    """Copy a backup to a place that holds nothing sound; a write-ahead log left there must never meet the new file."""
    moved = aside is not None and path.exists()
    if aside is not None and moved:
        os.replace(path, aside)
    for left in (Path(f"{path}-wal"), Path(f"{path}-shm"), Path(f"{path}-journal")):
        if left.exists() and aside is not None:
            os.replace(left, f"{aside}{left.name.removeprefix(path.name)}")
        left.unlink(missing_ok=True)
    copy_database(source, path, replace=True)
    return aside if moved else None


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
