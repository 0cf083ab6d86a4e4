"""The ledger on PostgreSQL, for teams that outgrow one file: the same Writer and View, the same records and hashes.

with open_postgres("postgresql://desk@host/onrecord") as ledger, ledger.writer() as writer:
    writer.add(findings, statements)
"""

from collections.abc import Callable

from onrecord.errors import LedgerError
from onrecord.ledger.postgres.database import PostgresDatabase, connect
from onrecord.ledger.postgres.schema import check_schema, make_schema
from onrecord.ledger.postgres.sides import PostgresView, PostgresWriter

__all__ = ["PostgresDatabase", "PostgresLedger", "PostgresView", "PostgresWriter", "open_postgres"]


class PostgresLedger:
    """One database that holds one ledger. Writers and views each have a connection of their own."""

    def __init__(self, address: str, read_only: bool, now: Callable[[], str]) -> None:
        self.address = address
        self.read_only = read_only
        self._now = now

    def writer(self) -> PostgresWriter:
        """A new writer. Raises LedgerError (`read_only`) where the ledger was opened to be read only."""
        if self.read_only:
            raise LedgerError("the ledger was opened for reading", code="read_only")
        return PostgresWriter(connect(self.address, read_only=False), self._now)

    def view(self) -> PostgresView:
        """A new view. It never waits for a writer, and no writer waits for it."""
        return PostgresView(connect(self.address, read_only=True))

    def __enter__(self) -> "PostgresLedger":
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close: writers and views close themselves."""


def open_postgres(address: str, *, read_only: bool = False, now: Callable[[], str]) -> PostgresLedger:
    """A ledger in a PostgreSQL database, made where the database is empty and opened for writing.

    address: as psycopg takes it, `postgresql://user@host:port/database`.
    Raises LedgerError and its kin: missing_library, unreachable, missing, not_a_ledger, ledger_version, ledger_busy.
    """
    with connect(address, read_only=read_only) as database:
        if not read_only:
            make_schema(database, now)
        check_schema(database)
    return PostgresLedger(address, read_only, now)
