"""What was found in the documents that tell most of an actor: where it speaks, and where its name is printed."""

from collections.abc import Iterator

from onrecord.ledger.contract import View
from onrecord.records.findings import Findings
from onrecord.records.rows import Filter, PersonRow

DOCUMENTS = 12  # looked at for one actor: the newest where it speaks and the newest that print its name


def findings_about(view: View, person: PersonRow) -> Iterator[Findings]:
    """The findings of at most DOCUMENTS documents, those where the actor speaks first."""
    speaks = (row.statement.document for row in view.statements(Filter(who=person.key, limit=DOCUMENTS)).rows)
    words = max(person.printed, key=len, default=person.name).replace('"', " ")
    prints = (hit.document.id for hit in view.search(f'"{words}"', Filter(limit=DOCUMENTS)).rows)
    yield from (view.findings(each) for each in tuple(dict.fromkeys((*speaks, *prints)))[:DOCUMENTS])
