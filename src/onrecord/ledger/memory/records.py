"""Records and red lines in memory, and whatever an id names."""

from onrecord.errors import LedgerError
from onrecord.ledger.indexing import line_days
from onrecord.ledger.kinds import ByKind
from onrecord.ledger.memory.reading import Key, MemoryReading, Row, overlaps, page_of
from onrecord.ledger.parts import find_part
from onrecord.records.redlines import RedLine
from onrecord.records.rows import (
    ALL,
    Filter,
    Found,
    LineRow,
    Page,
    WordingRow,
)


class Records(MemoryReading, ByKind):
    """Each by id, and in pages."""

    def wordings(self, wanted: Filter = ALL) -> Page[WordingRow]:
        """See contract.View.wordings."""
        rows = [
            ((str(each.thing), each.sort, each.id, held.id, each.place), self._build(held, each, WordingRow))
            for held, each in self._chosen("wording", wanted)
        ]
        return page_of(rows, wanted, "ssssi")

    def _records(self, kind: str, wanted: Filter, row: type[Row]) -> Page[Row]:
        rows = [
            ((each.sort, each.id, held.id, each.place), self._build(held, each, row))
            for held, each in self._chosen(kind, wanted)
        ]
        return page_of(rows, wanted, "sssi")

    def all_lines(self) -> tuple[RedLine, ...]:
        """See contract.View.all_lines."""
        return tuple(line for _, line in sorted(self._store.lines.items()))

    def lines(self, wanted: Filter = ALL) -> Page[LineRow]:
        """See contract.View.lines."""
        keys = self._keys(wanted)
        rows: list[tuple[Key, LineRow]] = []
        for line in self.all_lines():
            row, days = self._line(line), line_days(line)
            outlets = {self.document(id).outlet.name for id in row.documents}
            meets = (
                (keys is None or line.issuer in keys)
                and wanted.line in (None, line.id)
                and wanted.act in (None, line.act)
                and wanted.state in (None, line.rollup)
                and wanted.review in (None, row.review.review)
                and wanted.outlet in (None, *outlets)
                and wanted.document in (None, *row.documents)
                and overlaps(days, wanted)
            )
            if meets:
                rows.append(((days[2], line.id), row))
        return page_of(rows, wanted, "ss")

    def find(self, id: str) -> Found:
        """See contract.View.find."""
        if not id:
            raise LedgerError("needed an id, got none", code="unknown_record")
        found = {whole: make for whole, make in self._named() if whole.startswith(id)}
        if id in found:
            return found[id]()
        if len(found) > 1:
            named = ", ".join(sorted(found)[:8])
            raise LedgerError(f"{id} names several records: {named}; type more of it", code="ambiguous")
        if found:
            return next(iter(found.values()))()
        if (part := find_part(self, id)) is not None:
            return part
        try:
            row = self.document(id)
        except LedgerError as error:
            if error.code == "ambiguous":
                raise
            raise LedgerError(f"nothing on record is named {id}", code="unknown_record") from error
        return Found("document", row.id, row, ())
