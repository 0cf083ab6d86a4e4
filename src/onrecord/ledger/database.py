"""The one door to SQLite: opens a ledger file or says in one line why not, and lets no foreign error out."""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

import apsw

from onrecord.errors import LedgerBusyError, LedgerError, LedgerVersionError

APPLICATION = 1332638546  # as in migrations/0001_first.sql
SAFE_SQLITE = (3, 51, 3)  # earlier ones can lose a write when the WAL is reset beside a reader
WAIT = 30.0  # seconds a writer waits for its turn; one document takes milliseconds
MAGIC = b"SQLite format 3\x00"

Values = Sequence[Any]
Rows = list[tuple[Any, ...]]


class Database:
    """A connection whose every error is a LedgerError. Belongs to one thread at a time."""

    def __init__(self, path: Path, connection: apsw.Connection) -> None:
        self.path = path
        self.connection: Any = connection

    def rows(self, sql: str, values: Values = ()) -> Rows:
        """All rows of one query."""
        try:  # as `translated` does: this is called twenty times for a page, and a context costs as much as the query
            return list(self.connection.execute(sql, values))
        except (apsw.Error, UnicodeDecodeError) as error:
            raise _translate(self.path, error) from error

    def row(self, sql: str, values: Values = ()) -> tuple[Any, ...] | None:
        """The first row of a query, or None."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def value(self, sql: str, values: Values = ()) -> Any:
        """The first value of the first row, or None."""
        found = self.row(sql, values)
        return found[0] if found else None

    def run(self, sql: str, values: Values = ()) -> int:
        """Run one statement; returns the rowid of the last row inserted."""
        with translated(self.path):
            self.connection.execute(sql, values)
            return int(self.connection.last_insert_rowid())

    def run_each(self, sql: str, rows: Iterable[Values]) -> None:
        """Run one statement for each row of values."""
        with translated(self.path):
            self.connection.executemany(sql, rows)

    @contextmanager
    def transaction(self, mode: str = "IMMEDIATE") -> Iterator[None]:
        """Everything inside happens, or nothing does."""
        self.run(f"BEGIN {mode}")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            self._roll_back()
            raise

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return bool(self.connection.in_transaction)

    def scrub(self) -> None:
        """Let what was deleted leave the disk; deleted bytes are overwritten in the file itself."""
        self.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def snapshot(self) -> Any:
        """Everything read inside is of one moment."""
        return self.transaction("DEFERRED")

    def _roll_back(self) -> None:
        # SQLite may have rolled back by itself (disk full, I/O error); then there is nothing left to undo.
        if self.connection.in_transaction:
            with translated(self.path):
                self.connection.execute("ROLLBACK")

    def close(self) -> None:
        """Close the connection; closing twice is fine."""
        with translated(self.path):
            self.connection.close()

    def __enter__(self) -> "Database":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what apsw raises into our errors, each with advice."""
    try:
        yield
    except (apsw.Error, UnicodeDecodeError) as error:
        raise _translate(path, error) from error


def _translate(path: Path, error: apsw.Error | UnicodeDecodeError) -> LedgerError:
    if isinstance(error, UnicodeDecodeError):  # a damaged page can leave bytes that are no text
        advice = "the ledger is damaged; restore a backup, or see what `onrecord verify` names"
        return LedgerError(f"{path}: {advice} ({error.reason})", code="damaged")
    for kinds, code, advice in ADVICE:
        if isinstance(error, kinds):
            made = LedgerBusyError if code == "ledger_busy" else LedgerError
            return made(f"{path}: {advice} ({error})", code=code)
    return LedgerError(f"{path}: the ledger could not be used: {error}")


ADVICE: tuple[tuple[tuple[type[apsw.Error], ...], str, str], ...] = (
    ((apsw.BusyError, apsw.LockedError), "ledger_busy", "another process is writing to the ledger; try again"),
    ((apsw.FullError,), "disk_full", "the disk is full; what was acknowledged is kept, free some space and run again"),
    ((apsw.NotADBError,), "not_a_ledger", "needed an OnRecord ledger, got another kind of file"),
    ((apsw.CorruptError,), "damaged", "the ledger is damaged; restore a backup, or see what `onrecord verify` names"),
    ((apsw.ReadOnlyError, apsw.PermissionsError), "read_only", "the ledger may not be written to"),
    (
        (apsw.CantOpenError,),
        "unopened",
        "the ledger cannot be opened; needed a file in a folder that may be written to",
    ),
    ((apsw.IOError,), "io", "the disk refused; what was acknowledged is kept, run again"),
    ((apsw.ConstraintError,), "refused", "the ledger refused the change"),
)


def open_database(path: Path, *, read_only: bool, vfs: str | None = None) -> Database:
    """A checked connection to a ledger file; an empty or missing file is a new ledger.

    Raises LedgerError and its kin.
    """
    check_library()
    check_file(path, read_only=read_only)
    database = _connect(path, read_only=read_only, vfs=vfs)
    try:
        _check_application(database)
        if not read_only:
            _prepare_writing(database)
    except BaseException:
        database.close()
        raise
    return database


def check_library(version: str | None = None) -> None:
    """Raise LedgerVersionError for an SQLite whose write-ahead log can lose writes."""
    version = version or apsw.sqlite_lib_version()
    if tuple(int(part) for part in version.split(".")[:3]) < SAFE_SQLITE:
        needed = ".".join(map(str, SAFE_SQLITE))
        raise LedgerVersionError(f"needed SQLite {needed} or later, got {version}: install a newer apsw")


def check_file(path: Path, *, read_only: bool) -> None:
    """Raise LedgerError for what is certainly no ledger, before SQLite sees it."""
    if not path.exists():
        if read_only:
            raise LedgerError(f"{path}: needed a ledger, found none; `onrecord add` makes one", code="missing")
        if not path.parent.is_dir():
            raise LedgerError(f"{path}: needed a folder {path.parent} to make the ledger in", code="missing")
        return
    if not path.is_file():
        raise LedgerError(f"{path}: needed a ledger file, got something else", code="not_a_ledger")
    try:
        with path.open("rb") as file:
            head = file.read(len(MAGIC))
    except OSError as error:
        raise LedgerError(f"{path}: the ledger cannot be read: {error.strerror}", code="unopened") from error
    if head and head != MAGIC:
        raise LedgerError(f"{path}: needed an OnRecord ledger, got another kind of file", code="not_a_ledger")


def _connect(path: Path, *, read_only: bool, vfs: str | None) -> Database:
    """A connection that waits its turn.

    A reader too is opened for writing where it may, and kept from it by a pragma: only so is the write-ahead log
    folded in and taken away when the last one leaves.
    """
    create = 0 if read_only else apsw.SQLITE_OPEN_CREATE
    with translated(path):
        connection = apsw.Connection(str(path), apsw.SQLITE_OPEN_READWRITE | create, vfs)
        connection.set_busy_timeout(int(WAIT * 1000))
    database = Database(path, connection)
    if read_only:
        database = _readable(database)
        database.rows("PRAGMA query_only = ON")
    return database


def _readable(database: Database) -> Database:
    """The connection, or a frozen one where even a reader would have to write (a WAL file in a read-only folder)."""
    try:
        database.rows("SELECT count(*) FROM sqlite_schema")
    except LedgerError as error:
        if error.code not in ("unopened", "read_only") or Path(f"{database.path}-wal").exists():
            raise
        database.close()
        return Database(database.path, _connect_frozen(database.path))
    return database


def _connect_frozen(path: Path) -> apsw.Connection:
    address = f"{path.absolute().as_uri()}?immutable=1"
    return apsw.Connection(address, apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)


QUICK = 32_000_000  # bytes checked at every start; 1 s for a large ledger would be too long, `verify` checks all


def check_soundness(database: Database) -> None:
    """Raise LedgerError (`damaged`) where a ledger of modest size has a damaged page."""
    if database.path.stat().st_size > QUICK:
        return
    said = database.value("PRAGMA quick_check(1)")
    if said != "ok":
        raise LedgerError(
            f"{database.path}: the ledger is damaged ({said}); restore a backup, or see what `onrecord verify` names",
            code="damaged",
        )


def _check_application(database: Database) -> None:
    tables = database.value("SELECT count(*) FROM sqlite_schema")
    if tables and database.value("PRAGMA application_id") != APPLICATION:
        raise LedgerError(f"{database.path}: needed an OnRecord ledger, got another database", code="not_a_ledger")


def _prepare_writing(database: Database) -> None:
    """Pragmas of a writer. secure_delete: what is erased leaves the file."""
    if database.connection.readonly("main"):
        raise LedgerError(f"{database.path}: the ledger may not be written to", code="read_only")
    _enter_wal(database)
    for pragma in ("synchronous = FULL", "foreign_keys = ON", "secure_delete = ON", "trusted_schema = OFF"):
        database.rows(f"PRAGMA {pragma}")


def _enter_wal(database: Database) -> None:
    """Switch to the write-ahead log. The switch does not wait for its turn by itself, so we do."""
    deadline = time.monotonic() + WAIT
    while True:
        try:
            mode = database.value("PRAGMA journal_mode = WAL")
            break
        except LedgerBusyError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
    if mode not in ("wal", "memory"):
        raise LedgerError(f"{database.path}: needed a disk that can share memory, got journal mode {mode}", code="io")
