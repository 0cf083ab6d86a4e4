"""Records ↔ rows; the only room that knows the database.

with open_ledger(Path("onrecord.db")) as ledger, ledger.writer() as writer:
    writer.add(findings, statements)
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import LedgerError
from onrecord.ledger.copying import copy_database, restore_database
from onrecord.ledger.database import check_soundness, open_database
from onrecord.ledger.migrating import check_readable, check_version, load_migrations, migrate
from onrecord.ledger.salvaging import Salvage, salvage_ledger
from onrecord.ledger.verifying import Check, verify_ledger
from onrecord.ledger.view import View
from onrecord.ledger.writer import Writer
from onrecord.records.rows import ALL, Filter, Page, Problem, Verification

if TYPE_CHECKING:
    from onrecord.ledger.postgres import PostgresLedger

SHARED = ("postgresql:", "postgres:")  # what the address of a shared ledger begins with

__all__ = ["ALL", "Filter", "Ledger", "Page", "Salvage", "View", "Writer", "backup", "check", "open_ledger", "restore",
           "salvage"]  # fmt: skip


def _clock() -> str:
    """Now, as ISO 8601 with zone, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


class Ledger:
    """One ledger file. Writers and views each have a connection of their own; one of them belongs to one thread."""

    def __init__(self, path: Path, read_only: bool, now: Callable[[], str], vfs: str | None) -> None:
        self.path = path
        self.read_only = read_only
        self._now = now
        self._vfs = vfs

    def writer(self) -> Writer:
        """A new writer. Raises LedgerError (`read_only`) where the ledger was opened to be read only."""
        if self.read_only:
            raise LedgerError(f"{self.path}: the ledger was opened for reading", code="read_only")
        return Writer(open_database(self.path, read_only=False, vfs=self._vfs), self._now)

    def view(self) -> View:
        """A new view. It never waits for a writer, and no writer waits for it."""
        return View(open_database(self.path, read_only=True, vfs=self._vfs))

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close: writers and views close themselves."""


def open_ledger(
    path: str | Path, *, read_only: bool = False, now: Callable[[], str] = _clock, vfs: str | None = None
) -> "Ledger | PostgresLedger":
    """A ledger, made or brought up to date where it is opened for writing.

    path: a file, or the address of a PostgreSQL database, `postgresql://user@host/database`.
    now: the clock, for `recorded_at`. vfs: the name of a registered SQLite file system, for tests of faults.
    Raises LedgerError and its kin: missing, not_a_ledger, damaged, read_only, ledger_busy, ledger_version.
    """
    if is_shared(path):
        from onrecord.ledger.postgres import open_postgres

        return open_postgres(_address(str(path)), read_only=read_only, now=now)
    place = Path(path)
    with open_database(place, read_only=read_only, vfs=vfs) as database:
        check_soundness(database)
        if read_only:
            check_readable(database, load_migrations())
        else:
            migrate(database, load_migrations(), now)
    return Ledger(place, read_only, now, vfs)


def _address(given: str) -> str:
    """The address as it was typed: a Path makes one slash of two."""
    scheme, _, rest = given.partition(":")
    return f"{scheme}://{rest.lstrip('/')}" if not given.startswith(f"{scheme}://") else given


def is_shared(path: str | Path) -> bool:
    """Whether a ledger is named by the address of a PostgreSQL database, not by a file."""
    return str(path).startswith(SHARED)


def show_place(path: str | Path) -> str:
    """Where a ledger is, for people: the file, or the address as it was typed, without a password."""
    if not is_shared(path):
        return str(path)
    from onrecord.ledger.postgres.database import show_address

    return show_address(_address(str(path)))


def _need_files(*paths: str | Path) -> None:
    for path in paths:
        if is_shared(path):
            reason = f"{show_place(path)}: needed a ledger's file; a PostgreSQL database is copied with pg_dump"
            raise LedgerError(f"{reason} and put back with pg_restore", code="not_a_file")


def backup(path: str | Path, target: str | Path) -> None:
    """Copy a ledger, as it is at one moment, to a new file, beside any writer."""
    _need_files(path, target)
    with open_database(Path(path), read_only=True) as database:
        check_readable(database, load_migrations())
        copy_database(database, Path(target))


def check(path: str | Path) -> Verification:
    """Verify a ledger, also one so damaged that it is refused otherwise: what is wrong with it is then listed."""
    try:
        if is_shared(path):
            with open_ledger(path, read_only=True).view() as view:
                return view.verify()
        with open_database(Path(path), read_only=True) as database:
            check_readable(database, load_migrations())
            return verify_ledger(Check(database))
    except LedgerError as error:
        if error.code not in ("damaged", "io"):
            raise
        return Verification(0, 0, 0, 0, "", (Problem("file", str(error)),))


def salvage(source: str | Path, path: str | Path) -> Salvage:
    """Save what can be saved of a damaged ledger in a new one. Raises LedgerError where nothing at all can be read."""
    _need_files(source, path)
    if Path(path).exists():
        raise LedgerError(f"{path}: needed a new file to save to, found one that is there already", code="exists")
    with open_database(Path(source), read_only=True) as damaged:
        check_version(damaged, load_migrations())
        with open_ledger(path).writer() as writer:
            return salvage_ledger(damaged, writer)


def restore(source: str | Path, path: str | Path) -> Path | None:
    """Put a backup in place of a ledger; returns where a damaged old one was moved to, if it was."""
    _need_files(source, path)
    with open_database(Path(source), read_only=True) as database:
        check_readable(database, load_migrations())
        return restore_database(database, Path(path))
