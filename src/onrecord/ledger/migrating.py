"""Bring a ledger to the schema this program knows, one numbered file of plain SQL at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from onrecord.errors import LedgerVersionError
from onrecord.ledger.copying import copy_database
from onrecord.ledger.database import Database


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema: its number, name and SQL."""

    number: int
    name: str
    sql: str

    @property
    def hash(self) -> str:
        """SHA-256 of the SQL."""
        return sha256(self.sql.encode("utf-8")).hexdigest()


def load_migrations() -> tuple[Migration, ...]:
    """Every migration that ships with this program, in order."""
    folder = files("onrecord.ledger").joinpath("migrations")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return tuple(_load(name, folder.joinpath(name).read_text(encoding="utf-8")) for name in names)


def _load(file: str, sql: str) -> Migration:
    number, _, name = file.removesuffix(".sql").partition("_")
    return Migration(int(number), name, sql)


def check_version(database: Database, migrations: tuple[Migration, ...]) -> int:
    """The schema's number. Raises LedgerVersionError for a ledger newer than this program."""
    version = int(database.value("PRAGMA user_version"))
    newest = migrations[-1].number
    if version > newest:
        needed = f"needed schema {newest} or older, got {version}"
        raise LedgerVersionError(f"{database.path}: {needed}: a newer OnRecord wrote this ledger, use that one")
    return version


def check_readable(database: Database, migrations: tuple[Migration, ...]) -> None:
    """Raise LedgerVersionError unless the ledger has exactly our schema; a reader cannot migrate."""
    version = check_version(database, migrations)
    if version < migrations[-1].number:
        raise LedgerVersionError(
            f"{database.path}: needed schema {migrations[-1].number}, got {version}: "
            "open it once for writing, such as with `onrecord add`, to bring it up to date"
        )


def migrate(database: Database, migrations: tuple[Migration, ...], now: Callable[[], str]) -> None:
    """Run what is missing. A ledger that holds anything is first copied to `<name>.before-NNNN`."""
    version = check_version(database, migrations)
    missing = [migration for migration in migrations if migration.number > version]
    if missing and version > 0:
        copy_database(database, Path(f"{database.path}.before-{missing[0].number:04}"), replace=True)
    for migration in missing:
        _run(database, migration, now)


def _run(database: Database, migration: Migration, now: Callable[[], str]) -> None:
    with database.transaction():
        # Another process may have been faster while this one waited for its turn.
        if int(database.value("PRAGMA user_version")) >= migration.number:
            return
        database.run(migration.sql)
        noted = (migration.number, migration.name, migration.hash, now())
        database.run("INSERT INTO migration VALUES (?, ?, ?, ?)", noted)
        database.run(f"PRAGMA user_version = {migration.number}")
