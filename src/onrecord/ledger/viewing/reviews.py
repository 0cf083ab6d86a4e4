"""What reviewers said, and what waits for them."""

from dataclasses import replace
from functools import partial
from typing import Any

from onrecord.errors import LedgerError
from onrecord.ledger.bodies import read_stored
from onrecord.ledger.choosing import Choice, read_key
from onrecord.ledger.looking import read_judgements, resolve_document
from onrecord.ledger.parts import build_links, link_ids, lost_joins, mention_ids
from onrecord.ledger.reviewing import form_state
from onrecord.ledger.ruling import form_rulings
from onrecord.ledger.viewing.crossing import in_order, walking
from onrecord.ledger.viewing.lines import Lines
from onrecord.ledger.viewing.reading import of_one_moment
from onrecord.records.judgements import Judgement
from onrecord.records.rows import (
    ALL,
    Filter,
    LinkRow,
    Orphan,
    Page,
    Review,
    ReviewRow,
    ReviewState,
)
from onrecord.records.rulings import Ruling


class Reviews(Lines):
    """The queue, links, orphans, judgements."""

    @of_one_moment
    def review_queue(self, wanted: Filter = ALL) -> Page[ReviewRow]:
        """See contract.View.review_queue."""
        wanted = replace(wanted, review=wanted.review or Review.SUGGESTED)
        key = read_key(wanted, "ifsi")
        lines, said = Choice(), self._choose("statement", wanted)
        lines.among("issuer", self._keys(wanted))
        lines.equal("act", wanted.act)
        lines.exactly("review", wanted.review)
        lines.within(wanted)
        lines.follow("0, score, id, 0", key)
        said.follow("1, score, id, number", key)
        if key is not None and key[0] == 1:
            said.follow("score", key[1:2], ">=")
        found = self._rows("line", "'line', id, 'red_line', 0", lines, "0, score, id, 0", wanted)
        table = walking("record_doubt", wanted) if wanted.review is Review.SUGGESTED else "record"
        found += self._rows(table, "'record', id, kind, number", said, "1, score, id, number", wanted)
        return self._page(in_order(found), wanted, partial(map, self._queued))

    def _queued(self, row: tuple[Any, ...]) -> ReviewRow:
        found = self._found(row[:4])
        return ReviewRow(found, self.state(found.id))

    @of_one_moment
    def orphans(self) -> tuple[Orphan, ...]:
        """See contract.View.orphans."""
        found = self.database.rows(
            "SELECT record FROM review WHERE kind NOT IN ('link', 'join') "
            "AND document NOT IN (SELECT document FROM tombstone) "
            "AND NOT EXISTS (SELECT 1 FROM record WHERE id = review.record) "
            "AND NOT EXISTS (SELECT 1 FROM line WHERE id = review.record) "
            "AND NOT EXISTS (SELECT 1 FROM status WHERE id = review.record) ORDER BY record"
        )
        lost = sorted([record for (record,) in found] + self._lost_parts())
        return tuple(self._orphan(record) for record in lost)

    def _lost_parts(self) -> list[str]:
        """Judged links and joins that are no longer found in their documents and lines."""
        sql = (
            "SELECT record, document.number FROM review JOIN document ON document.id = review.document "
            "WHERE kind = ? AND withdrawn IS NULL"
        )
        links, joins = (self.database.rows(sql, (kind,)) for kind in ("link", "join"))
        bodies = {number: set(link_ids(self._body(number).stored)) for number in {number for _, number in links}}
        mentions = {id for _, number in joins for id in mention_ids(self._body(number).stored)}
        lost = lost_joins((id for id, _ in joins), self.all_lines(), mentions) if joins else []
        return [id for id, number in links if id not in bodies[number]] + lost

    @of_one_moment
    def links(self, document: str, *, judged: bool = False) -> tuple[LinkRow, ...]:
        """See contract.View.links."""
        number, id, withdrawn = resolve_document(self.database, document)
        if withdrawn is not None:
            raise LedgerError(f"{id}: this document was withdrawn", code="withdrawn")
        found = self.database.rows("SELECT record FROM review WHERE document = ? AND kind = 'link'", (id,))
        answered = {record for (record,) in found}
        if judged and not answered:
            return ()
        rows = build_links(self._body(number), lambda id: self.state(id) if id in answered else ReviewState())
        return tuple(row for row in rows if not judged or row.id in answered)

    @of_one_moment
    def judged_links(self, who: str) -> tuple[LinkRow, ...]:
        """See contract.View.judged_links."""
        keys = set(self._group(self._shown_key(who)))
        found = self.database.rows(
            "SELECT DISTINCT document FROM review WHERE kind = 'link' "
            "AND document NOT IN (SELECT document FROM tombstone) ORDER BY document"
        )
        rows = (row for (id,) in found for row in self.links(id, judged=True))
        return tuple(row for row in rows if row.actor is not None and row.actor.key in keys)

    def rulings(self) -> tuple[Ruling, ...]:
        """See contract.View.rulings."""
        found = self.database.rows(
            "SELECT log.sequence, payload FROM review JOIN log ON log.subject = review.record "
            "JOIN log_payload ON log_payload.sequence = log.sequence WHERE log.kind = 'judgement' "
            "AND (review.kind IN ('link', 'join') OR review.kind = 'statement' AND review = 'corrected') "
            "AND review.document NOT IN (SELECT document FROM tombstone) ORDER BY log.sequence"
        )
        return form_rulings((sequence, read_stored(Judgement, payload)) for sequence, payload in found)

    def _orphan(self, record: str) -> Orphan:
        judged = read_judgements(self.database, record)
        last = judged[-1][1]
        return Orphan(record, last.kind, last.passage, form_state(judged))

    def judgements(self, record: str | None = None) -> tuple[Judgement, ...]:
        """See contract.View.judgements."""
        return tuple(judgement for _, judgement in read_judgements(self.database, record))
