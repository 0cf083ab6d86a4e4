"""A ledger in plain Python objects: no file, no query planner, every answer worked out afresh.

For tests and for small throw-away work, and the measure of the other: both pass the same contract tests.
"""

from collections.abc import Callable

from onrecord.ledger.memory.crossing import Crossing
from onrecord.ledger.memory.documents import Documents
from onrecord.ledger.memory.records import Records
from onrecord.ledger.memory.reviews import Reviews
from onrecord.ledger.memory.store import Store
from onrecord.ledger.memory.writer import MemoryWriter


class MemoryView(Documents, Records, Crossing, Reviews):
    """See contract.View."""


class MemoryLedger:
    """A ledger that lives as long as this object."""

    def __init__(self, now: Callable[[], str]) -> None:
        self._store = Store()
        self._now = now

    def writer(self) -> "MemoryWriter":
        """A writer to this ledger."""
        return MemoryWriter(self._store, self._now)

    def view(self) -> "MemoryView":
        """A view of this ledger."""
        return MemoryView(self._store)
