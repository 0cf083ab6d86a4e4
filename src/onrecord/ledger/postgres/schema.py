"""The ledger's tables in a PostgreSQL database: made in one transaction, or refused in one line."""

import re
from collections.abc import Callable
from hashlib import sha256
from importlib.resources import files

from onrecord.errors import LedgerError, LedgerVersionError
from onrecord.ledger.database import Database

MIGRATIONS = ("0001_first.sql", "0002_workings.sql", "0003_ruled.sql", "0004_days.sql", "0005_doubt.sql")
VERSION = len(MIGRATIONS)
GUARDS = re.compile(r"CREATE (?:TABLE|INDEX|TRIGGER|FUNCTION) (\w+)")
HELD = (
    "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace "
    "UNION SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D' "
    "UNION SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
)


def load_schema() -> str:
    """The SQL that makes a ledger."""
    return "\n".join(map(_load, MIGRATIONS))


def _load(name: str) -> str:
    return files("onrecord.ledger.postgres").joinpath(name).read_text(encoding="utf-8")


def make_schema(database: Database, now: Callable[[], str]) -> None:
    """Make the tables that are missing. Raises LedgerError (`not_a_ledger`) where others' tables stand there."""
    with database.transaction():
        known = bool(database.value("SELECT to_regclass('migration')"))
        version = int(database.value("SELECT max(number) FROM migration") or 0) if known else 0
        tables = not known and database.value("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()")
        if tables:
            raise LedgerError(f"{database.path}: needed an empty database or a ledger, got others' tables",
                              code="not_a_ledger")  # fmt: skip
        for number, file in enumerate(MIGRATIONS[version:], version + 1):
            sql, name = _load(file), file.removesuffix(".sql").partition("_")[2]
            database.connection.execute(sql)
            hashed = sha256(sql.encode("utf-8")).hexdigest()
            database.run("INSERT INTO migration VALUES (?, ?, ?, ?)", (number, name, hashed, now()))


def check_schema(database: Database) -> None:
    """Raise LedgerError where there is no ledger, LedgerVersionError where another version of the program made it."""
    if not database.value("SELECT to_regclass('migration')"):
        raise LedgerError(f"{database.path}: needed a ledger, found none; `onrecord add` makes one", code="missing")
    version = database.value("SELECT max(number) FROM migration") or 0
    if version != VERSION:
        advice = (
            "use the newer OnRecord" if version > VERSION else "open it once for writing, such as with `onrecord add`"
        )
        raise LedgerVersionError(f"{database.path}: needed schema {VERSION}, got {version}: {advice}")


def missing_parts(database: Database) -> list[str]:
    """Tables, indexes, triggers and functions that were taken away or switched off."""
    held = {name for (name,) in database.rows(HELD)}
    return sorted(set(GUARDS.findall(load_schema())) - held)
