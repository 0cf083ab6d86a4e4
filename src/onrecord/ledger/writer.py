"""Writes one SQLite ledger: every call is one transaction."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping

from onrecord.errors import ConflictError, LedgerError, MismatchError
from onrecord.ledger.bodies import Body, Packed, deflate, pack, read_stored
from onrecord.ledger.building import strip_line
from onrecord.ledger.chain import hash_text_plainly, make_entry, to_json_text
from onrecord.ledger.database import Database
from onrecord.ledger.folding import fold_name, fold_words
from onrecord.ledger.indexing import (
    RELATED,
    Placed,
    check_findings,
    clue_key,
    days_of,
    is_better,
    line_days,
    line_documents,
    place_records,
    search_place,
    tally,
)
from onrecord.ledger.looking import (
    load_body,
    read_judgements,
    read_rulings,
    read_who,
    resolve_document,
    shown_annotator,
)
from onrecord.ledger.parts import join_ids, link_ids
from onrecord.ledger.reviewing import form_state, next_state
from onrecord.ledger.ruling import RULED
from onrecord.records.actors import Join
from onrecord.records.annotators import reads_other_actors
from onrecord.records.codec import to_json, to_plain
from onrecord.records.documents import Document
from onrecord.records.findings import Findings
from onrecord.records.judgements import Judgement
from onrecord.records.redlines import RedLine, Statement, StatusEntry
from onrecord.records.rows import Entry, ReviewState, Run
from onrecord.records.rulings import Ruling, who_rulings
from onrecord.records.spans import quote_spans
from onrecord.records.workings import NewWorkings


class Writer:
    """See contract.Writer. Belongs to one thread."""

    def __init__(self, database: Database, now: Callable[[], str]) -> None:
        self.database = database
        self.now = now

    def close(self) -> None:
        """Close the connection."""
        self.database.close()

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Documents

    def add(self, findings: Findings, statements: tuple[Statement, ...]) -> bool:
        """See contract.Writer.add."""
        check_findings(findings, statements)
        packed = pack(findings, statements)
        with self.database.transaction():
            number = self._find_news(findings)
            if number is None:
                return False
            self._show(number, findings, statements, packed)
            self._count("generation", 1)
        return True

    def _find_news(self, findings: Findings) -> int | None:
        """The number under which the findings are to be stored; None where they are nothing new."""
        document = findings.document
        known = self.database.row("SELECT number, withdrawn FROM document WHERE id = ?", (document.id,))
        if known is None:
            return self._insert_document(document)
        number, withdrawn = known
        if withdrawn is not None:
            return None
        shown = load_body(self.database, number)
        repeated = self.database.value(
            "SELECT 1 FROM findings WHERE document = ? AND annotator = ?", (number, findings.annotator)
        )
        better = is_better(document, shown.document)
        if (
            repeated
            and not better
            and not reads_other_actors(shown_annotator(self.database, number), findings.annotator)
        ):
            return None
        if repeated and better:
            self._log_correction(shown.document, document)
        self._hide(number, shown)
        return int(number)

    def _insert_document(self, document: Document) -> int:
        return int(
            self.database.value(
                "INSERT INTO document (id, text, recorded_at, sort) VALUES (?, ?, ?, '') RETURNING number",
                (document.id, document.text, self.now()),
            )
        )

    def _log_correction(self, old: Document, new: Document) -> None:
        payload = {
            "before": {"outlet": to_plain(old.outlet), "published": to_plain(old.published)},
            "after": {"outlet": to_plain(new.outlet), "published": to_plain(new.published)},
        }
        self._append("correction", old.id, old.id, "", to_json_text(payload))

    def _show(self, number: int, findings: Findings, statements: tuple[Statement, ...], packed: Packed) -> None:
        """Store the findings and make them the ones that are shown."""
        stored = self.database.value(
            "INSERT INTO findings (document, annotator, body, statements, hash, recorded_at) "
            "VALUES (?, ?, ?, ?, ?, ?) RETURNING number",
            (number, findings.annotator, packed.findings, packed.statements, packed.hash, self.now()),
        )
        self._describe(number, stored, findings.document)
        rulings = read_who(self.database, findings.document.id)
        if rulings:
            self._mark_ruled(number, findings.document.id)
        self._place(number, Body.just_packed(packed, findings, statements, rulings))

    def _mark_ruled(self, number: int, id: str) -> None:
        """A document is read with what reviewers settled; the number tells when that was last changed."""
        last = self.database.value("SELECT max(sequence) FROM log WHERE document = ?", (id,))
        self.database.run("UPDATE document SET ruled = ? WHERE number = ?", (last, number))

    def _place(self, number: int, shown: Body) -> None:
        """Put what is shown of a document into every look-up of records, and count it."""
        findings = shown.findings
        placed = place_records(findings, shown.statements)
        self._insert_records(number, placed)
        self._count_people(findings, 1)
        self._count_all(tally(findings, placed), 1)
        self._count_reviews(number, 1)

    def _displace(self, number: int, shown: Body) -> None:
        """Take what is shown of a document out of every look-up of records and every count."""
        findings = shown.findings
        self._count_reviews(number, -1)
        self._count_all(tally(findings, place_records(findings, shown.statements)), -1)
        self._count_people(findings, -1)
        self.database.run("DELETE FROM record WHERE document = ?", (number,))

    def _describe(self, number: int, stored: int, document: Document) -> None:
        since, until, sort = days_of(document.published)
        sought = self._free_place(document)
        self.database.run(
            "UPDATE document SET findings = ?, sought = ?, outlet = ?, since = ?, until = ?, sort = ? WHERE number = ?",
            (stored, sought, document.outlet.name, since, until, sort, number),
        )
        self._index_words(sought, document.text)

    def _free_place(self, document: Document) -> int:
        """The rowid in the search index; the next free one in the unlikely case of a clash."""
        place = search_place(document)
        while self.database.value("SELECT 1 FROM document WHERE sought = ?", (place,)):
            place += 1
        return place

    def _insert_records(self, number: int, placed: tuple[Placed, ...]) -> None:
        self.database.run_each(
            "INSERT INTO record (id, kind, document, place, first, last, actor, outlet, since, until, sort, directness,"
            " act, thing, timed, score, review) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,"
            " ?15, ?16, coalesce((SELECT review FROM review WHERE record = ?1), 'suggested'))",
            [
                (
                    each.id, each.kind, number, each.place, each.first, each.last, each.actor, each.outlet, each.since,
                    each.until, each.sort, each.directness, each.act, each.thing, int(each.timed), each.score,
                )
                for each in placed
            ],
        )  # fmt: skip

    def _hide(self, number: int, shown: Body) -> None:
        """Take what is shown of a document out of every look-up and count. Its findings stay stored."""
        self._displace(number, shown)
        sought = self.database.value("SELECT sought FROM document WHERE number = ?", (number,))
        self._drop_words(sought, shown.text)
        self.database.run("DELETE FROM relating")
        self.database.run("UPDATE document SET sought = NULL, findings = NULL WHERE number = ?", (number,))

    def _index_words(self, place: int, text: str) -> None:
        self.database.run("INSERT INTO search (rowid, words) VALUES (?, ?)", (place, fold_words(text)))

    def _drop_words(self, place: int, text: str) -> None:
        self.database.run(
            "INSERT INTO search (search, rowid, words) VALUES ('delete', ?, ?)", (place, fold_words(text))
        )

    # Kept counts

    def _count(self, name: str, by: int) -> None:
        self.database.run(
            "INSERT INTO counter VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = counter.value + excluded.value",
            (name, by),
        )

    def _count_all(self, counted: Counter[tuple[str, str]], sign: int) -> None:
        for (kind, value), count in counted.items():
            if kind == "counter":
                self._count(value, sign * count)
        facets = [(kind, value, sign * count) for (kind, value), count in counted.items() if kind != "counter"]
        self._count_facets(facets)

    def _count_facets(self, facets: list[tuple[str, str, int]]) -> None:
        self.database.run_each(
            "INSERT INTO facet VALUES (?, ?, ?) "
            "ON CONFLICT (kind, value) DO UPDATE SET count = facet.count + excluded.count",
            facets,
        )

    def _count_reviews(self, number: int, sign: int) -> None:
        counted = self.database.rows(
            "SELECT review, count(*) FROM record WHERE document = ? AND kind = 'statement' GROUP BY review", (number,)
        )
        self._count_facets([("review", review, sign * count) for review, count in counted])

    def _count_people(self, findings: Findings, sign: int) -> None:
        people = {
            (actor.key, actor.name, actor.type.value, actor.country or "", actor.qid or "") for actor in findings.actors
        }
        self.database.run_each(
            "INSERT INTO person VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (key, name, type, country, qid) "
            "DO UPDATE SET documents = person.documents + excluded.documents",
            [(*person, sign) for person in sorted(people)],
        )
        names = {(actor.key, name) for actor in findings.actors for name in (actor.name, *actor.printed)}
        self.database.run_each(
            "INSERT INTO person_name VALUES (?, ?, ?, ?) "
            "ON CONFLICT (key, printed) DO UPDATE SET documents = person_name.documents + excluded.documents",
            [(key, name, fold_name(name), sign) for key, name in sorted(names)],
        )
        if sign < 0:
            self._drop_unnamed(sorted({actor.key for actor in findings.actors}))

    def _drop_unnamed(self, keys: list[str]) -> None:
        each = [(key,) for key in keys]
        self.database.run_each("DELETE FROM person WHERE key = ? AND documents <= 0", each)
        self.database.run_each("DELETE FROM person_name WHERE key = ? AND documents <= 0", each)
        self.database.run_each(
            "DELETE FROM facet WHERE kind = 'who' AND value = ?1 AND NOT EXISTS (SELECT 1 FROM person WHERE key = ?1)",
            each,
        )

    # Red lines

    def record_lines(
        self,
        lines: tuple[RedLine, ...],
        *,
        generation: int | None = None,
        joins: tuple[Join, ...] | None = None,
        rejoined: Collection[str] | None = None,
        replaced: Collection[str] | None = None,
        workings: NewWorkings | None = None,
    ) -> None:
        """See contract.Writer.record_lines."""
        wanted = {line.id: line for line in lines}
        with self.database.transaction():
            self._check_generation(generation)
            held = self._bodies_of(None if replaced is None else {*replaced, *wanted})
            for id in sorted(held.keys() - wanted.keys()):
                self._remove_line(id)
            for id, line in sorted(wanted.items()):
                body = to_json(line)
                if held.get(id) != body:
                    self._place_line(line, body)
                    self._log_status(line)
            if joins is not None:
                self._replace_joins(joins, rejoined)
            self._keep_workings(workings)

    def _bodies_of(self, lines: Collection[str] | None) -> dict[str, str]:
        """The stored bodies of some red lines, or all."""
        if lines is None:
            return dict(self.database.rows("SELECT id, body FROM line"))
        sql = "SELECT id, body FROM line WHERE id IN (SELECT value FROM json_each(?))"
        return dict(self.database.rows(sql, (json.dumps(sorted(lines)),)))

    def _keep_workings(self, workings: NewWorkings | None) -> None:
        step = self.database.value("SELECT step FROM relating")
        self.database.run("DELETE FROM relating")
        if workings is None:
            return
        if workings.follows is None:
            self._drop_workings()
        elif workings.follows != step:
            raise ConflictError(f"{self.database.path}: another run formed red lines meanwhile: form them again")
        self.database.run("INSERT INTO relating VALUES (?, ?)", (workings.version, (workings.follows or 0) + 1))
        self.database.run_each(
            "INSERT INTO fact VALUES (?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET documents = fact.documents + excluded.documents",
            [(hash_text_plainly(body)[:32], body, count) for body, count in sorted(workings.facts.items()) if count],
        )
        self.database.run("DELETE FROM fact WHERE documents <= 0")
        self.database.run_each("DELETE FROM family WHERE id = ?", [(id,) for id in sorted(workings.families)])
        for id, family in sorted(workings.families.items()):
            if family is not None:
                sql = "INSERT INTO family (id, body) VALUES (?, ?) RETURNING number"
                self._keep_clues("family_clue", self.database.value(sql, (id, deflate(family.body))), family.clues)
        for id, drawing in sorted(workings.documents.items()):
            number = self.database.value("SELECT number FROM document WHERE id = ?", (id,))
            self.database.run("DELETE FROM drawing WHERE document = ?", (number,))
            if drawing.body:
                self.database.run("INSERT INTO drawing VALUES (?, ?)", (number, deflate(drawing.body)))
            self._keep_clues("clue", number, drawing.clues, RELATED)

    def _keep_clues(self, table: str, number: int, clues: Collection[str], *more: int) -> None:
        """Let a document or family be found by these words."""
        rows = [(key, number) for key in sorted({*more, *map(clue_key, clues)})]
        self.database.run_each(f"INSERT INTO {table} VALUES (?, ?) ON CONFLICT DO NOTHING", rows)

    def _drop_workings(self) -> None:
        for table in ("relating", "fact", "family_clue", "family", "drawing", "clue"):
            self.database.run(f"DELETE FROM {table}")

    def _replace_joins(self, joins: tuple[Join, ...], rejoined: Collection[str] | None) -> None:
        if rejoined is None:
            self.database.run("DELETE FROM joined")
        else:
            sql = "DELETE FROM joined WHERE key IN (SELECT value FROM json_each(?))"
            self.database.run(sql, (json.dumps(sorted(rejoined)),))
        rows = sorted((join.key, join.into, join.score, join.reason) for join in joins)
        self.database.run_each("INSERT INTO joined VALUES (?, ?, ?, ?)", rows)

    def _check_generation(self, generation: int | None) -> None:
        current = self.database.value("SELECT value FROM counter WHERE name = 'generation'") or 0
        if generation is not None and generation != current:
            raise ConflictError(
                f"{self.database.path}: documents came or went since these red lines were formed: form them again"
            )

    def _remove_line(self, id: str) -> None:
        state, review = self.database.rows("SELECT state, review FROM line WHERE id = ?", (id,))[0]
        self.database.run("DELETE FROM line WHERE id = ?", (id,))
        self._count("red_line", -1)
        self._count_facets([("state", state, -1)])

    def _place_line(self, line: RedLine, body: str) -> None:
        documents = self._numbers_of(line)
        if self.database.value("SELECT 1 FROM line WHERE id = ?", (line.id,)):
            self._remove_line(line.id)
        self.database.run(
            "INSERT INTO line VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, "
            "coalesce((SELECT review FROM review WHERE record = ?1), 'suggested'))",
            (line.id, body, line.issuer, line.act.value, line.rollup.value, *line_days(line), line.score),
        )
        self.database.run_each(
            "INSERT INTO line_document VALUES (?, ?)", [(line.id, number) for number in documents.values()]
        )
        self.database.run_each(
            "INSERT INTO status VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, "
            "coalesce((SELECT review FROM review WHERE record = ?3), 'suggested'))",
            [
                (line.id, place, entry.id, documents[entry.passage.document], *days_of(entry.when), entry.outlet.name)
                for place, entry in enumerate(line.history)
            ],
        )
        self._count("red_line", 1)
        self._count_facets([("state", line.rollup.value, 1)])

    def _numbers_of(self, line: RedLine) -> dict[str, int]:
        """The numbers of the documents a red line rests on. Raises LedgerError for one that is not on record."""
        numbers = {}
        for id in line_documents(line):
            number = self.database.value("SELECT number FROM document WHERE id = ? AND withdrawn IS NULL", (id,))
            if number is None:
                raise LedgerError(f"red line {line.id}: needed its document {id} on record", code="unknown_document")
            numbers[id] = number
        return numbers

    def _log_status(self, line: RedLine) -> None:
        for entry in line.history:
            payload = to_json(entry)
            if not self._is_logged(entry, payload):
                self._append("status", entry.id, entry.passage.document, "", payload)

    def _is_logged(self, entry: StatusEntry, payload: str) -> bool:
        found = self.database.value(
            "SELECT 1 FROM log WHERE subject = ? AND kind = 'status' AND payload_hash = ?",
            (entry.id, hash_text_plainly(payload)),
        )
        return found is not None

    def keep_vectors(self, new: Mapping[str, bytes], used: Collection[str] | None) -> None:
        """See contract.Writer.keep_vectors."""
        with self.database.transaction():
            if used is not None:
                held = {key for (key,) in self.database.rows("SELECT key FROM vector")}
                self.database.run_each("DELETE FROM vector WHERE key = ?", [(key,) for key in sorted(held - set(used))])
            self.database.run_each("INSERT INTO vector VALUES (?, ?) ON CONFLICT DO NOTHING", sorted(new.items()))

    # Reviews

    def judge(self, judgement: Judgement, expected_state: int | None = None) -> ReviewState:
        """See contract.Writer.judge."""
        payload = to_json(judgement)
        with self.database.transaction():
            self._check_judged(judgement)
            held = form_state(read_judgements(self.database, judgement.record))
            late = expected_state is not None and expected_state != held.sequence
            kind = "contested" if late else "judgement"
            document = judgement.passage.document
            before = read_rulings(self.database, document) if judgement.kind in RULED and not late else ()
            sequence = self._append(kind, judgement.record, document, judgement.reviewer, payload)
            if not late:
                held = next_state(held, sequence, judgement)
                self._set_review(judgement, held)
                self._count("judgement", 1)
                self._rule(judgement, before)
        # Raised after the transaction, so that the late answer stays in the log.
        if late:
            raise ConflictError(
                f"{judgement.kind} {judgement.record}: needed an answer to its newest state, which is {held.review} "
                f"by {held.reviewer or 'nobody'}",
                review=held.review.value,
                sequence=held.sequence,
                reviewer=held.reviewer,
            )
        return held

    def _rule(self, judgement: Judgement, before: tuple[Ruling, ...]) -> None:
        """Show the document of a judgement as it is settled now, where that is otherwise than before.

        Lines formed before it are old.
        """
        after = read_rulings(self.database, judgement.passage.document) if judgement.kind in RULED else before
        if after == before:
            return
        self._count("generation", 1)
        if who_rulings(after) != who_rulings(before):
            number, _, _ = resolve_document(self.database, judgement.passage.document)
            stored = load_body(self.database, number)
            self._displace(number, Body(stored.packed, stored.text, who_rulings(before)))
            self._mark_ruled(number, judgement.passage.document)
            self._place(number, Body(stored.packed, stored.text, who_rulings(after)))

    def _check_judged(self, judgement: Judgement) -> None:
        passage = judgement.passage
        shown = self.database.row(
            "SELECT number, text FROM document WHERE id = ? AND withdrawn IS NULL", (passage.document,)
        )
        if shown is None:
            raise LedgerError(f"needed a document on record to judge, got {passage.document}", code="unknown_document")
        if any(not 0 <= start < end <= len(shown[1]) for start, end in passage.spans):
            raise MismatchError(f"{passage.document}: the judged passage does not lie in the text")
        if quote_spans(shown[1], passage.spans) != passage.text:
            raise MismatchError(f"{passage.document}: the judged words do not stand at their offsets")
        if not self._is_held(judgement, shown[0]):
            raise LedgerError(
                f"needed a {judgement.kind} on record to judge, got {judgement.record}", code="unknown_record"
            )

    def _is_held(self, judgement: Judgement, document: int) -> bool:
        if judgement.kind == "red_line":
            return self._exists("SELECT 1 FROM line WHERE id = ?", (judgement.record,))
        if judgement.kind == "status":
            return self._exists("SELECT 1 FROM status WHERE id = ?", (judgement.record,))
        if judgement.kind == "link":
            return judgement.record in link_ids(load_body(self.database, document).stored)
        if judgement.kind == "join":
            if self._exists("SELECT 1 FROM review WHERE record = ?", (judgement.record,)):
                return True  # a passage that was taken off its line can be put back
            sql = "SELECT body FROM line JOIN line_document ON line = id WHERE document = ?"
            bodies = self.database.rows(sql, (document,))
            return any(judgement.record in join_ids(read_stored(RedLine, body)) for (body,) in bodies)
        kind = (judgement.record, judgement.kind)
        return self._exists("SELECT 1 FROM record WHERE id = ? AND kind = ?", kind)

    def _exists(self, sql: str, values: tuple[str, ...]) -> bool:
        return self.database.value(sql, values) is not None

    def _set_review(self, judgement: Judgement, state: ReviewState) -> None:
        id, review = judgement.record, state.review.value
        self.database.run(
            "INSERT INTO review VALUES (?, ?, ?, ?, ?) ON CONFLICT (record) DO UPDATE "
            "SET review = excluded.review, sequence = excluded.sequence",
            (id, judgement.kind, review, state.sequence, judgement.passage.document),
        )
        before = self.database.rows("SELECT review FROM record WHERE id = ? AND kind = 'statement'", (id,))
        self._count_facets([("review", old, -1) for (old,) in before] + [("review", review, 1)] * len(before))
        for table in ("record", "line", "status"):
            self.database.run(f"UPDATE {table} SET review = ? WHERE id = ?", (review, id))

    # Withdrawal

    def withdraw(self, document: str, reason: str, *, by: str = "", erase: bool = False) -> None:
        """See contract.Writer.withdraw."""
        with self.database.transaction():
            number, id, withdrawn = resolve_document(self.database, document)
            erased = self.database.value("SELECT erased FROM tombstone WHERE document = ?", (id,))
            if withdrawn is not None and (not erase or erased):
                return
            if withdrawn is None:
                self._hide(number, load_body(self.database, number))
                self._strip_lines(number, id)
                self._count("generation", 1)
                self._count("withdrawn", 1)
            sequence = self._append("withdrawal", id, None, by, to_json_text({"reason": reason, "erased": erase}))
            self._bury(number, id, sequence, erase)
        if erase:
            self.database.scrub()

    def _strip_lines(self, number: int, id: str) -> None:
        bodies = self.database.rows(
            "SELECT body FROM line JOIN line_document ON line = id WHERE document = ? ORDER BY id", (number,)
        )
        for (body,) in bodies:
            line = read_stored(RedLine, body)
            left = strip_line(line, id)
            if left is None:
                self._remove_line(line.id)
            else:
                self._place_line(left, to_json(left))

    def _bury(self, number: int, id: str, sequence: int, erase: bool) -> None:
        self.database.run(
            "INSERT INTO tombstone VALUES (?, ?, ?) "
            "ON CONFLICT (document) DO UPDATE SET sequence = excluded.sequence, erased = 1",
            (id, sequence, int(erase)),
        )
        self.database.run("UPDATE document SET withdrawn = ? WHERE number = ?", (sequence, number))
        if erase:
            self.database.run("UPDATE document SET text = NULL, outlet = NULL WHERE number = ?", (number,))
            self.database.run("DELETE FROM findings WHERE document = ?", (number,))
            self.database.run("DELETE FROM vector")  # some hold what the erased words mean
            self._drop_workings()  # and some of these hold the words themselves
            self.database.run(
                "DELETE FROM log_payload WHERE sequence IN (SELECT sequence FROM log WHERE document = ?)", (id,)
            )

    # What a salvage puts back

    def restore_log(self, entries: tuple[Entry, ...]) -> None:
        """Make these entries the log of an empty ledger, with a tombstone for each document they withdraw."""
        withdrawn = {entry.subject: entry for entry in entries if entry.kind == "withdrawal"}
        with self.database.transaction():
            for entry in entries:
                self._store(entry)
            self._count("judgement", sum(entry.kind == "judgement" for entry in entries))
            self._count("withdrawn", len(withdrawn))
            for id, entry in withdrawn.items():
                self.database.run("INSERT INTO tombstone VALUES (?, ?, 1)", (id, entry.sequence))
                self.database.run(
                    "INSERT INTO document (id, recorded_at, sort, withdrawn) VALUES (?, ?, '', ?)",
                    (id, self.now(), entry.sequence),
                )

    def restore_reviews(self) -> None:
        """Show the state of every record that the log has judgements of."""
        judged: dict[str, list[tuple[int, Judgement]]] = {}
        with self.database.transaction():
            for sequence, judgement in read_judgements(self.database):
                judged.setdefault(judgement.record, []).append((sequence, judgement))
            for each in judged.values():
                self._set_review(each[-1][1], form_state(each))

    def holds(self, documents: tuple[str, ...]) -> bool:
        """Whether all these documents are on record."""
        shown = "SELECT 1 FROM document WHERE id = ? AND withdrawn IS NULL"
        return all(self._exists(shown, (id,)) for id in documents)

    # Log and runs

    def _append(self, kind: str, subject: str, document: str | None, by: str, payload: str) -> int:
        last = self.database.row("SELECT sequence, hash FROM log ORDER BY sequence DESC LIMIT 1") or (0, "")
        entry = make_entry((last[0], last[1]), kind, subject, document, by, self.now(), payload)
        self._store(entry)
        return entry.sequence

    def _store(self, entry: Entry) -> None:
        self.database.run(
            "INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                entry.sequence, entry.kind, entry.subject, entry.document, entry.by, entry.recorded_at,
                entry.payload_hash, entry.previous, entry.hash,
            ),
        )  # fmt: skip
        if entry.payload is not None:
            self.database.run("INSERT INTO log_payload VALUES (?, ?)", (entry.sequence, entry.payload))

    def record_run(self, run: Run) -> None:
        """See contract.Writer.record_run."""
        with self.database.transaction():
            number = self.database.value(
                "INSERT INTO run (started_at, finished_at, annotator, added, known, withdrawn) "
                "VALUES (?, ?, ?, ?, ?, ?) RETURNING number",
                (run.started_at, run.finished_at, run.annotator, run.added, run.known, run.withdrawn),
            )
            self.database.run_each(
                "INSERT INTO rejected VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (number, place, each.path, each.stage, each.code, each.reason)
                    for place, each in enumerate(run.rejected)
                ],
            )
