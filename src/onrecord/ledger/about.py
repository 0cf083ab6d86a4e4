"""What was found in the documents that tell most of an actor: where it speaks, and where its name is printed."""

from collections.abc import Iterator
from dataclasses import replace

from onrecord.ledger.building import build_moment
from onrecord.ledger.contract import View
from onrecord.records.documents import Basis, DateRange
from onrecord.records.findings import EventRealis, Findings
from onrecord.records.rows import EventRow, Filter, Moment, PersonRow

DOCUMENTS = 12  # looked at for one actor: the newest where it speaks and the newest that print its name


def findings_about(view: View, person: PersonRow) -> Iterator[Findings]:
    """The findings of at most DOCUMENTS documents, those where the actor speaks first."""
    speaks = (row.statement.document for row in view.statements(Filter(who=person.key, limit=DOCUMENTS)).rows)
    words = max(person.printed, key=len, default=person.name).replace('"', " ")
    prints = (hit.document.id for hit in view.search(f'"{words}"', Filter(limit=DOCUMENTS)).rows)
    yield from (view.findings(each) for each in tuple(dict.fromkeys((*speaks, *prints)))[:DOCUMENTS])


PLACE_DOCUMENTS = 60  # looked at for one place: the newest that print its name
MOST_EVENTS = 500  # of one document


def events_about(view: View, place: PersonRow) -> Iterator[Moment]:
    """The events told in at most PLACE_DOCUMENTS documents that print a place's name, in order of time.

    One of which no day is printed stands by the day of publication, and says so.
    """
    hits = (view.search(f'"{each.replace(chr(34), " ")}"', Filter(limit=PLACE_DOCUMENTS)) for each in _names(place))
    documents = dict.fromkeys(hit.document.id for found in hits for hit in found.rows)
    rows = (
        row
        for document in tuple(documents)[:PLACE_DOCUMENTS]
        for row in view.events(Filter(document=document, limit=MOST_EVENTS)).rows
    )
    yield from sorted(map(_moment, rows), key=_time)


def _names(place: PersonRow) -> tuple[str, ...]:
    return place.printed or (place.name,)


def _moment(row: EventRow) -> Moment:
    moment = build_moment("event", row.id, row)
    if row.event.realis is EventRealis.ASSERTED or (row.event.when is not None and row.event.when.is_known):
        return moment
    told = DateRange(
        row.published.earliest, row.published.latest, Basis.INFERRED, "no day is printed with it; told then"
    )
    return replace(moment, when=told)


def _time(moment: Moment) -> tuple[str, str]:
    day = moment.when.latest or moment.when.earliest
    return day.isoformat() if day else "9999", moment.id
