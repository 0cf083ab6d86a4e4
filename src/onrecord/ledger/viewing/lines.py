"""Red lines, what relating keeps beside them, and whatever an id names."""

import json
from collections import OrderedDict
from collections.abc import Collection
from functools import partial
from typing import Any

from onrecord.errors import LedgerError
from onrecord.ledger.bodies import inflate, read_stored
from onrecord.ledger.building import BUILD, build_found, build_status
from onrecord.ledger.choosing import Choice, read_key
from onrecord.ledger.database import Database
from onrecord.ledger.indexing import RELATED, clue_key
from onrecord.ledger.parts import find_part
from onrecord.ledger.viewing.reading import Reading, of_one_moment
from onrecord.records.redlines import RedLine
from onrecord.records.rows import ALL, Filter, Found, LineRow, Page, Record, StatusRow
from onrecord.records.workings import Workings

KEPT_LINES = 5_000_000  # characters of lines that are kept as built: a page of fifty long ones has half of that


class Lines(Reading):
    """Lines by id and in pages; look-up by id."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._kept_lines: OrderedDict[str, tuple[str, RedLine]] = OrderedDict()
        self._kept_length = 0

    @of_one_moment
    def all_lines(self) -> tuple[RedLine, ...]:
        """See contract.View.all_lines."""
        bodies = self.database.rows("SELECT body FROM line ORDER BY id")
        return tuple(read_stored(RedLine, body) for (body,) in bodies)

    @of_one_moment
    def workings(self, version: str) -> Workings | None:
        """See contract.View.workings."""
        made = self.database.row("SELECT version, step FROM relating")
        if made is None or made[0] != version:
            return None
        return Workings(made[1], dict(self.database.rows("SELECT body, documents FROM fact")))

    def families_under(self, clues: Collection[str], among: Collection[str] | None = None) -> dict[str, frozenset[str]]:
        """See contract.View.families_under."""
        asked = {clue_key(clue): clue for clue in clues}
        values: tuple[str, ...] = (json.dumps(sorted(asked)),)
        sql = (
            "SELECT key, id FROM family_clue JOIN family ON family = number "
            "WHERE key IN (SELECT CAST(value AS BIGINT) FROM json_each(?))"
        )
        if among is not None:
            sql += " AND id IN (SELECT value FROM json_each(?))"
            values += (json.dumps(sorted(among)),)
        found = self.database.rows(sql, values)
        under: dict[str, set[str]] = {}
        for key, family in found:
            under.setdefault(asked[key], set()).add(family)
        return {clue: frozenset(families) for clue, families in under.items()}

    def families(self, ids: Collection[str]) -> dict[str, str]:
        """See contract.View.families."""
        sql = "SELECT id, body FROM family WHERE id IN (SELECT value FROM json_each(?))"
        return {id: inflate(body) for id, body in self.database.rows(sql, (json.dumps(sorted(ids)),))}

    def drawings(self, documents: Collection[str]) -> dict[str, str]:
        """See contract.View.drawings."""
        found = self.database.rows(
            "SELECT id, body FROM drawing JOIN document ON document = number "
            "WHERE id IN (SELECT value FROM json_each(?)) AND withdrawn IS NULL",
            (json.dumps(sorted(documents)),),
        )
        return {id: inflate(body) for id, body in found}

    def unrelated(self) -> tuple[str, ...]:
        """See contract.View.unrelated."""
        found = self.database.rows(
            "SELECT id FROM document WHERE withdrawn IS NULL AND findings IS NOT NULL "
            "AND NOT EXISTS (SELECT 1 FROM clue WHERE key = ? AND document = number) ORDER BY id",
            (RELATED,),
        )
        return tuple(id for (id,) in found)

    def documents_under(self, clues: Collection[str], among: Collection[str] | None = None) -> frozenset[str]:
        """See contract.View.documents_under."""
        keys = json.dumps(sorted(map(clue_key, clues)))
        if among is None:
            found = self.database.rows(
                "SELECT DISTINCT id FROM clue JOIN document ON document = number "
                "WHERE key IN (SELECT CAST(value AS BIGINT) FROM json_each(?)) AND withdrawn IS NULL",
                (keys,),
            )
        else:
            found = self.database.rows(
                "SELECT id FROM document WHERE id IN (SELECT value FROM json_each(?)) AND withdrawn IS NULL AND EXISTS "
                "(SELECT 1 FROM clue WHERE document = number AND key IN "
                "(SELECT CAST(value AS BIGINT) FROM json_each(?)))",
                (json.dumps(sorted(among)), keys),
            )
        return frozenset(id for (id,) in found)

    def lines_on(self, documents: Collection[str]) -> frozenset[str]:
        """See contract.View.lines_on."""
        found = self.database.rows(
            "SELECT DISTINCT line FROM line_document JOIN document ON document = number "
            "WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(documents)),),
        )
        return frozenset(line for (line,) in found)

    def vectors(self, keys: Collection[str]) -> dict[str, bytes]:
        """See contract.View.vectors."""
        asked = json.dumps(sorted(keys))
        return dict(
            self.database.rows("SELECT key, value FROM vector WHERE key IN (SELECT value FROM json_each(?))", (asked,))
        )

    @of_one_moment
    def lines(self, wanted: Filter = ALL) -> Page[LineRow]:
        """See contract.View.lines."""
        choice = Choice()
        choice.among("issuer", self._keys(wanted))
        choice.equal("id", wanted.line)
        choice.equal("act", wanted.act)
        choice.equal("state", wanted.state)
        choice.exactly("review", wanted.review)
        choice.within(wanted)
        for column, value in (("outlet", wanted.outlet), ("id", wanted.document)):
            if value is not None:
                carried = "SELECT line FROM line_document JOIN document ON number = document"
                choice.add(f"id IN ({carried} WHERE document.{column} = ?)", value)
        choice.follow("sort, id", read_key(wanted, "ss"))
        found = self._rows("line", "id, body, review", choice, "sort, id", wanted)
        return self._page(found, wanted, partial(map, self._build_line))

    def _build_line(self, row: tuple[Any, ...]) -> LineRow:
        id, body, review = row[:3]
        documents = self.database.rows(
            "SELECT id FROM line_document JOIN document ON number = document WHERE line = ? ORDER BY id", (id,)
        )
        return LineRow(self._read_line(id, body), tuple(each for (each,) in documents), self._state(id, review))

    def _read_line(self, id: str, body: str) -> RedLine:
        """The line with this body; one that was read before, and is still the same, is not built again."""
        old, line = self._kept_lines.pop(id, ("", None))
        if line is None or old != body:
            line = read_stored(RedLine, body)
        self._kept_lines[id] = (body, line)
        self._kept_length += len(body) - len(old)
        while self._kept_length > KEPT_LINES:
            _, (dropped, _) = self._kept_lines.popitem(last=False)
            self._kept_length -= len(dropped)
        return line

    def _status(self, line: str, place: int, review: str) -> StatusRow:
        body = self.database.value("SELECT body FROM line WHERE id = ?", (line,))
        built = self._read_line(line, body)
        entry = built.history[place]
        return build_status(built, entry, self._state(entry.id, review))

    # Look-up by id

    @of_one_moment
    def find(self, id: str) -> Found:
        """See contract.View.find."""
        if not id:
            raise LedgerError("needed an id, got none", code="unknown_record")
        end = id + "\x7f"
        found = self.database.rows(
            "SELECT 'record', id, kind, number FROM record WHERE id >= ?1 AND id < ?2 "
            "UNION ALL SELECT 'line', id, 'red_line', 0 FROM line WHERE id >= ?1 AND id < ?2 "
            "UNION ALL SELECT 'status', id, line, place FROM status WHERE id >= ?1 AND id < ?2 LIMIT 50",
            (id, end),
        )
        names = sorted({row[1] for row in found})
        whole = id if id in names else names[0] if len(names) == 1 else None
        if whole is None and not names:
            return find_part(self, id) or self._find_document(id)
        if whole is None:
            raise LedgerError(f"{id} names several records: {', '.join(names[:8])}; type more of it", code="ambiguous")
        return self._found(next(row for row in found if row[1] == whole))

    def _find_document(self, id: str) -> Found:
        try:
            row = self.document(id)
        except LedgerError as error:
            if error.code == "ambiguous":
                raise
            raise LedgerError(f"nothing on record is named {id}", code="unknown_record") from error
        return Found("document", row.id, row, ())

    def _found(self, row: tuple[Any, ...]) -> Found:
        table, id, kind, number = row
        record: Record
        if table == "line":
            body, review = self.database.rows("SELECT body, review FROM line WHERE id = ?", (id,))[0]
            record = self._build_line((id, body, review))
        elif table == "status":
            sql = "SELECT review FROM status WHERE line = ? AND place = ?"
            record = self._status(kind, number, self.database.value(sql, (kind, number)))
            kind = "status"
        else:
            sql = "SELECT document, place, id, review FROM record WHERE number = ?"
            document, place, id, review = self.database.rows(sql, (number,))[0]
            record = BUILD[kind](self._body(document), place, id, self._state(id, review))
        return build_found(kind, id, record, self.text)
