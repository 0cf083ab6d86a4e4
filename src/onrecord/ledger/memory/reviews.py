"""Reviews and the log in memory."""

from collections.abc import Iterable
from dataclasses import replace

from onrecord.ledger.indexing import line_days
from onrecord.ledger.memory.reading import Key, MemoryReading, overlaps, page_of
from onrecord.ledger.parts import build_links, link_ids, lost_joins, mention_ids
from onrecord.ledger.ruling import form_rulings
from onrecord.records.documents import Rejected
from onrecord.records.judgements import Judgement
from onrecord.records.rows import (
    ALL,
    Entry,
    Filter,
    LinkRow,
    Orphan,
    Page,
    Review,
    ReviewRow,
    ReviewState,
    Run,
    Tombstone,
)
from onrecord.records.rulings import Ruling


class Reviews(MemoryReading):
    """The queue, links, orphans, judgements; entries, runs."""

    def review_queue(self, wanted: Filter = ALL) -> Page[ReviewRow]:
        """See contract.View.review_queue."""
        wanted = replace(wanted, review=wanted.review or Review.SUGGESTED)
        keys = self._keys(wanted)
        rows: list[tuple[Key, ReviewRow]] = []
        for line in self.all_lines():
            row = self._line(line)
            meets = wanted.act in (None, line.act) and (keys is None or line.issuer in keys)
            if meets and row.review.review == wanted.review and overlaps(line_days(line), wanted):
                rows.append(((0, line.score, line.id, 0), ReviewRow(self._found("red_line", line.id, row), row.review)))
        for held, each in self._chosen("statement", wanted):
            found = self._found_record(held, each)
            rows.append(((1, each.score, each.id, each.place), ReviewRow(found, self._store.state(each.id))))
        return page_of(rows, wanted, "ifsi")

    def links(self, document: str, *, judged: bool = False) -> tuple[LinkRow, ...]:
        """See contract.View.links."""
        rows = build_links(self._store.resolve(document).shown(), self._store.state)
        answered = {each.record for _, each in self._store.judgements()}
        return tuple(row for row in rows if not judged or row.id in answered)

    def judged_links(self, who: str) -> tuple[LinkRow, ...]:
        """See contract.View.judged_links."""
        rows = (row for held in self._store.shown() for row in self.links(held.id, judged=True))
        wanted = self._kept(who)
        return tuple(row for row in rows if row.actor is not None and self._kept(row.actor.key) == wanted)

    def orphans(self) -> tuple[Orphan, ...]:
        """See contract.View.orphans."""
        held = {id for id, _ in self._named()}
        judged = self._store.judgements()
        bodies = [each.shown() for each in self._store.shown()]
        held |= {id for body in bodies for id in link_ids(body.stored)}
        joins = {each.record for _, each in judged if each.kind == "join"}
        mentions = {id for body in bodies for id in mention_ids(body.stored)}
        held |= joins - set(lost_joins(joins, self.all_lines(), mentions))
        lost = {each.record: each for _, each in judged if each.record not in held}
        return tuple(
            Orphan(record, last.kind, last.passage, self._store.state(record)) for record, last in sorted(lost.items())
        )

    def rulings(self) -> tuple[Ruling, ...]:
        """See contract.View.rulings."""
        return form_rulings(self._store.judgements())

    def state(self, record: str) -> ReviewState:
        """See contract.View.state."""
        return self._store.state(record)

    def judgements(self, record: str | None = None) -> tuple[Judgement, ...]:
        """See contract.View.judgements."""
        return tuple(judgement for _, judgement in self._store.judgements(record))

    # Log

    def log(self, after: int = 0, limit: int = 500) -> tuple[Entry, ...]:
        """See contract.View.log."""
        return self._shown(self._store.entries[after : after + limit])

    def log_of(self, subjects: tuple[str, ...]) -> tuple[Entry, ...]:
        """See contract.View.log_of."""
        return self._shown(entry for entry in self._store.entries if entry.subject in subjects)

    def _shown(self, entries: Iterable[Entry]) -> tuple[Entry, ...]:
        return tuple(
            replace(entry, payload=None) if entry.document in self._store.stones else entry for entry in entries
        )

    def tombstones(self) -> tuple[Tombstone, ...]:
        """See contract.View.tombstones."""
        return tuple(stone for stone, _ in self._store.stones.values())

    def runs(self, limit: int = 20) -> tuple[Run, ...]:
        """See contract.View.runs."""
        return tuple(reversed(self._store.runs))[:limit]

    def rejected(self, limit: int = 500) -> tuple[Rejected, ...]:
        """See contract.View.rejected."""
        return tuple(each for run in reversed(self._store.runs) for each in run.rejected)[:limit]
