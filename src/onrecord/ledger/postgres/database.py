"""The one door to PostgreSQL: the file ledger's SQL turned into this database's, its errors into ours."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from onrecord.errors import LedgerBusyError, LedgerError, OnRecordError
from onrecord.ledger.database import APPLICATION, Database, Rows, Values

WAIT = "30s"  # a writer waits for its turn; one document takes milliseconds
# What a connection that was refused says; psycopg gives no code for it.
MISSING = {
    "database": re.compile(r'database "[^"]*" does not exist'),
    "role": re.compile(r'role "[^"]*" does not exist'),
}
NUMBERED = re.compile(r"\?(\d+)")
# Tables that words are deleted from.
ERASED = (
    "document", "findings", "log_payload", "search", "vector", "fact", "family", "family_clue", "drawing", "clue",
)  # fmt: skip


class PostgresDatabase(Database):
    """A connection whose every error is a LedgerError. Belongs to one thread at a time."""

    def __init__(self, shown: str, connection: Any) -> None:
        self.path = shown  # type: ignore[assignment]  # only shown in messages; a path would make one slash of two
        self.connection = connection

    def rows(self, sql: str, values: Values = ()) -> Rows:
        """All rows of one query."""
        with translated(self.path):
            cursor = self.connection.execute(*write_query(sql, values))
            return [] if cursor.description is None else cursor.fetchall()

    def run(self, sql: str, values: Values = ()) -> int:
        """Run one statement. What it inserted is asked for with RETURNING."""
        self.rows(sql, values)
        return 0

    def run_each(self, sql: str, rows: Iterable[Values]) -> None:
        """Run one statement for each row of values."""
        for values in rows:
            self.rows(sql, values)

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return bool(self.connection.info.transaction_status)

    @contextmanager
    def transaction(self, mode: str = "IMMEDIATE") -> Iterator[None]:
        """Everything inside happens, or nothing does. Writers take turns, as in a file; readers never wait."""
        if mode == "IMMEDIATE":
            self.rows("BEGIN")
        else:
            self.rows("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            if mode == "IMMEDIATE":
                self.rows("SELECT pg_advisory_xact_lock(?)", (APPLICATION,))
            yield
            self.rows("COMMIT")
        except BaseException:
            if not self.connection.closed:
                self.rows("ROLLBACK")
            raise

    def scrub(self) -> None:
        """Rewrite the tables that words were deleted from. Backups and the server's own log keep theirs for a while."""
        for table in ERASED:
            self.rows(f"VACUUM FULL {table}")

    def close(self) -> None:
        """Close the connection; closing twice is fine."""
        self.connection.close()


def write_query(sql: str, values: Values) -> tuple[str, Any]:
    """A query of the file ledger and its values, as psycopg takes them."""
    written = translate(sql)
    if NUMBERED.search(sql):
        return written, {f"v{place}": value for place, value in enumerate(values, 1)}
    return written, tuple(values)


@cache
def translate(sql: str) -> str:
    """SQL of the file ledger in PostgreSQL's words. Both know everything else they share."""
    sql = re.sub(r" INDEXED BY \w+", "", sql).replace("%", "%%")
    sql = sql.replace("json_array(", "json_build_array(").replace("instr(", "strpos(")
    sql = re.sub(r"(?<=[ (])\+(?=[a-z])", "", sql)  # there it keeps an index from being used
    sql = sql.replace("json_each(?)", "json_array_elements_text(CAST(? AS json)) AS each (value)")
    return NUMBERED.sub(r"%(v\1)s", sql).replace("?", "%s")


@contextmanager
def translated(path: object) -> Iterator[None]:
    """Turn what psycopg raises into our errors, each with advice."""
    import psycopg

    try:
        yield
    except psycopg.errors.LockNotAvailable as error:
        raise LedgerBusyError(f"{path}: another process is writing to the ledger; try again") from error
    except psycopg.errors.IntegrityError as error:
        raise LedgerError(f"{path}: the ledger refused the change ({_line(error)})", code="refused") from error
    except psycopg.errors.DiskFull as error:
        raise LedgerError(
            f"{path}: the server's disk is full; what was acknowledged is kept", code="disk_full"
        ) from error
    except psycopg.errors.ReadOnlySqlTransaction as error:
        raise LedgerError(f"{path}: the ledger may not be written to", code="read_only") from error
    except psycopg.OperationalError as error:
        missing = next((what for what, said in MISSING.items() if said.search(str(error))), None)
        if missing:
            reason = f"{path}: the server answers, and has no such {missing}: {_line(error)}"
            raise LedgerError(reason, code="missing") from error
        raise LedgerError(f"{path}: the server does not answer: {_line(error)}", code="unreachable") from error
    except psycopg.Error as error:
        raise LedgerError(f"{path}: the ledger could not be used: {_line(error)}") from error


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


def connect(address: str, *, read_only: bool) -> PostgresDatabase:
    """A connection to a server. Raises LedgerError (`unreachable`), OnRecordError where psycopg is not installed."""
    try:
        import psycopg
        from psycopg.types.string import TextLoader
    except ImportError as error:
        raise OnRecordError("needed psycopg: pip install 'onrecord[postgres]'", code="missing_library") from error
    shown = show_address(address)
    with translated(shown):
        connection = psycopg.connect(
            address,
            autocommit=True,
            cursor_factory=psycopg.ClientCursor,
            connect_timeout=10,
            application_name="onrecord",
        )
        connection.adapters.register_loader("json", TextLoader)
        connection.execute(f"SET lock_timeout = '{WAIT}'")
        if read_only:
            connection.execute("SET default_transaction_read_only = on")
    return PostgresDatabase(shown, connection)


def show_address(address: str) -> str:
    """The address without a password."""
    return re.sub(r"(?<=//)([^/@:]*):[^@/]*@", r"\1@", address)
