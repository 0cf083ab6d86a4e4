"""The log, what was withdrawn, and the reports of runs."""

import json

from onrecord.ledger.viewing.reading import EVERY, Reading, of_one_moment
from onrecord.records.documents import Rejected
from onrecord.records.rows import Entry, Run, Tombstone


class Logged(Reading):
    """Entries in their order."""

    def log(self, after: int = 0, limit: int = 500) -> tuple[Entry, ...]:
        """See contract.View.log."""
        return self._log("sequence > ?", after, limit)

    def log_of(self, subjects: tuple[str, ...]) -> tuple[Entry, ...]:
        """See contract.View.log_of."""
        return self._log("subject IN (SELECT value FROM json_each(?))", json.dumps(subjects), EVERY)

    def _log(self, condition: str, value: str | int, limit: int) -> tuple[Entry, ...]:
        found = self.database.rows(
            "SELECT sequence, kind, subject, document, by, recorded_at, "
            "CASE WHEN document IN (SELECT document FROM tombstone) THEN NULL ELSE payload END, "
            "payload_hash, previous, hash FROM log LEFT JOIN log_payload USING (sequence) "
            f"WHERE {condition} ORDER BY sequence LIMIT ?",
            (value, limit),
        )
        return tuple(Entry(*row) for row in found)

    def tombstones(self) -> tuple[Tombstone, ...]:
        """See contract.View.tombstones."""
        found = self.database.rows(
            "SELECT tombstone.document, payload, by, recorded_at FROM tombstone JOIN log USING (sequence) "
            "JOIN log_payload USING (sequence) ORDER BY sequence"
        )
        return tuple(Tombstone(id, json.loads(payload)["reason"], by, at) for id, payload, by, at in found)

    @of_one_moment
    def runs(self, limit: int = 20) -> tuple[Run, ...]:
        """See contract.View.runs."""
        found = self.database.rows("SELECT * FROM run ORDER BY number DESC LIMIT ?", (limit,))
        return tuple(self._run(*row) for row in found)

    def _run(
        self, number: int, started: str, finished: str, annotator: str, added: int, known: int, withdrawn: int
    ) -> Run:
        rejected = self.database.rows(
            "SELECT path, stage, code, reason FROM rejected WHERE run = ? ORDER BY place", (number,)
        )
        return Run(started, finished, annotator, added, known, tuple(Rejected(*row) for row in rejected), withdrawn)

    def rejected(self, limit: int = 500) -> tuple[Rejected, ...]:
        """See contract.View.rejected."""
        found = self.database.rows(
            "SELECT path, stage, code, reason FROM rejected ORDER BY run DESC, place LIMIT ?", (limit,)
        )
        return tuple(Rejected(*row) for row in found)
