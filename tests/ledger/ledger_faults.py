"""A file system that fails at its n-th write, sync, truncation or deletion; and what a ledger holds, row by row."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from onrecord.errors import LedgerError
from onrecord.ledger import open_ledger
from onrecord.ledger.writer import Writer

Fault = Callable[[], None]
Rows = dict[str, list[tuple[object, ...]]]
SHADOWS = ("search_", "sqlite_")  # kept by SQLite itself; their layout depends on when it merged


def full() -> None:
    raise apsw.FullError("the disk is full, says the test")


def broken() -> None:
    raise apsw.IOError("the disk is broken, says the test")


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class FaultyVFS(apsw.VFS):
    """SQLite's own file system until the n-th change, which fails half done; `lasting` ones after it fail too."""

    def __init__(self, name: str, at: int, fault: Fault, lasting: bool) -> None:
        self.name, self.at, self.fault, self.lasting = name, at, fault, lasting
        self.changes = 0
        super().__init__(name, "")

    def is_due(self) -> bool:
        self.changes += 1
        return self.changes == self.at or (self.lasting and self.changes > self.at)

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> "FaultyFile":
        return FaultyFile(self, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        if self.is_due():
            self.fault()
        super().xDelete(filename, syncdir)


class FaultyFile(apsw.VFSFile):
    def __init__(self, system: FaultyVFS, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        self.system = system
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        if self.system.is_due():
            super().xWrite(data[: len(data) // 2], offset)
            self.system.fault()
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:
        if self.system.is_due():
            self.system.fault()
        super().xSync(flags)

    def xTruncate(self, newsize: int) -> None:
        if self.system.is_due():
            self.system.fault()
        super().xTruncate(newsize)


@contextmanager
def faulty(at: int, fault: Fault, *, lasting: bool = False) -> Iterator[FaultyVFS]:
    system = FaultyVFS(f"faulty-{os.getpid()}", at, fault, lasting)
    try:
        yield system
    finally:
        system.unregister()


def rows_of(path: Path) -> Rows:
    """Every row of every table of a ledger."""
    connection = apsw.Connection(str(path), apsw.SQLITE_OPEN_READONLY)
    try:
        named = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        tables = [name for name in named if not name.startswith(SHADOWS) and name != "search"]
        return {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in sorted(tables)}
    finally:
        connection.close()


def check_sound(path: Path) -> None:
    """Raise AssertionError unless every check of the ledger holds."""
    with open_ledger(path, read_only=True).view() as view:
        assert view.verify().problems == ()


Step = Callable[[Writer], object]


def run_steps(path: Path, steps: tuple[Step, ...], vfs: str | None = None) -> int:
    """How many steps were acknowledged before one failed with our own error; all of them if none did."""
    done = 0
    try:
        with open_ledger(path, now=lambda: "2024-01-01T00:00:00Z", vfs=vfs).writer() as writer:
            for step in steps:
                step(writer)
                done += 1
    except LedgerError:
        pass
    return done
