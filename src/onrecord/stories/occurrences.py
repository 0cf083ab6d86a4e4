"""The same event as several outlets report it: joined where kind, day, parties and place agree.

An event of which only the kind and the day agree stays alone: two raids on one day are two raids until a name or a
place says otherwise. What is planned, supposed or denied is joined with nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import islice

from onrecord.lexicon.loader import load_lexicon
from onrecord.records.documents import DateRange
from onrecord.records.findings import EventRealis
from onrecord.records.rows import Carrier, EventRow, Moment, StatementRow, StatusRow
from onrecord.stories.copies import Copies, TextOf, carry, one_each

MOST = 500  # moments among which events are joined: they come in order of time, so one event's reports stand near
NARROW = timedelta(days=3)  # a range of more days tells nothing of the occasion


def join_events(events: Sequence[EventRow]) -> tuple[tuple[EventRow, ...], ...]:
    """Groups of rows that report one event, each in the order given; a row that stands alone is a group of one.

    A row goes to the first group all of whose rows it agrees with, or one of whose rows tells the same in its article.
    """
    groups: list[list[EventRow]] = []
    for row in events:
        home = next((group for group in groups if _tell_same(row, group)), None)
        if home is None:
            groups.append([row])
        else:
            home.append(row)
    return tuple(map(tuple, groups))


def _tell_same(row: EventRow, group: Sequence[EventRow]) -> bool:
    if any(explain_again(row, other) for other in group):
        return True
    return all(explain_same(row, other) for other in group)


def join_moments(moments: Iterable[Moment], text_of: TextOf) -> Iterator[Moment]:
    """The moments, copies of one text and reports of one event each as one, which names its carriers.

    text_of: a document's text by its id.
    """
    copies = Copies(text_of)
    rest = iter(moments)
    while near := tuple(islice(rest, MOST)):
        yield from _join_near(near, copies)


def _join_near(near: Sequence[Moment], copies: Copies) -> Iterator[Moment]:
    said = copies.join([each.record for each in near if isinstance(each.record, StatementRow)])
    statements = {row.statement.id: row for row in said}
    told = list(copies.join([each.record for each in near if isinstance(each.record, EventRow)]))
    events = {group[0].id: group for group in join_events(told)}
    for moment in near:
        if moment.id in events:
            group = events[moment.id]
            yield replace(moment, record=group[0], carriers=_carriers(group))
        elif moment.id in statements:
            row = statements[moment.id]
            yield replace(moment, record=row, carriers=row.carriers)
        elif isinstance(moment.record, StatusRow):
            yield moment  # a line names its mentions already


def _carriers(group: Sequence[EventRow]) -> tuple[Carrier, ...]:
    """Whoever else carries the event: copies of the first report, and reports of their own, each with why."""
    first = group[0]
    told = list(first.carriers)
    for row in group[1:]:
        if row.document != first.document:
            told.append(carry(row, explain_same(first, row) or "", copy=False))
        told += row.carriers
    return one_each(told, first.document)


def explain_same(one: EventRow, other: EventRow) -> str | None:
    """Why rows of two documents report one event, in words; None where they do not or too little is told."""
    if one.document == other.document or not (_is_told(one) and _is_told(other)) or not _kinds_agree(one, other):
        return None
    days = _days_agree(one.event.when, other.event.when)
    parties = _parties_agree(one, other)
    place = _places_agree(one, other)
    if days is None or parties is None or place is None or not (parties or place):
        return None
    return "; ".join(part for part in (f"the same kind, {days}", parties, place) if part)


def explain_again(one: EventRow, other: EventRow) -> str | None:
    """Why two rows of one article tell of one event, in words; None where they do not or too little is told.

    One of them has no day of its own, or the same; and they share place or parties, and name no others. A headline and
    the sentence below it, and "the talks in Sarn" said again, are such.
    """
    if one.document != other.document or not (_is_told(one) and _is_told(other)) or one.event.kind != other.event.kind:
        return None
    days = [each.event.when for each in (one, other) if each.event.when is not None]
    if len(days) == 2 and _days_agree(*days) is None:
        return None
    place, parties = _places_agree(one, other), _parties_agree(one, other)
    if place is None or parties is None or not (place or parties):
        return None
    return "; ".join(part for part in ("told again in the article", parties, place) if part)


def _is_told(row: EventRow) -> bool:
    return row.event.realis is EventRealis.ASSERTED and not row.event.negated


def _kinds_agree(one: EventRow, other: EventRow) -> bool:
    if one.event.kind == other.event.kind:
        return True
    return any(one.event.kind in kinds and other.event.kind in kinds for kinds in load_lexicon("occurrences")["alike"])


def _days_agree(one: DateRange | None, other: DateRange | None) -> str | None:
    """The days both can be of; None where one is not known narrowly or they share none."""
    if not (_is_narrow(one) and _is_narrow(other)) or one is None or other is None:
        return None
    first, last = max(one.earliest, other.earliest), min(one.latest, other.latest)  # type: ignore[type-var]
    return f"on {first}" if first is not None and last is not None and first <= last else None


def _is_narrow(when: DateRange | None) -> bool:
    known = when is not None and when.earliest is not None and when.latest is not None
    return known and when is not None and when.latest - when.earliest <= NARROW  # type: ignore[operator]


def _parties_agree(one: EventRow, other: EventRow) -> str | None:
    """The parties both name, empty where one names none; None where they name others."""
    if one.event.kind in load_lexicon("occurrences")["mutual"]:
        return _shared((*one.who, *one.whom), (*other.who, *other.whom))
    told = (_shared(one.who, other.who), _shared(one.whom, other.whom))
    if any(part is None for part in told):
        return None
    alone = not told[1] and not _share_place(one, other)
    if alone and one.event.kind in load_lexicon("occurrences")["needs_object"]:
        return None
    return ", ".join(part for part in told if part)


def _shared(one: Sequence[str], other: Sequence[str]) -> str | None:
    """What the one that names fewer names and the other names too; empty where one names nothing."""
    fewer, more = sorted((one, other), key=lambda names: len(set(names)))
    if not {name.casefold() for name in fewer} <= {name.casefold() for name in more}:
        return None
    return f"both name {', '.join(sorted(set(fewer)))}" if fewer else ""


def _share_place(one: EventRow, other: EventRow) -> bool:
    return bool(_places(one) & _places(other))


def _places(row: EventRow) -> set[str]:
    return {place.casefold() for place in row.where.split(" … ") if place}


def _places_agree(one: EventRow, other: EventRow) -> str | None:
    """The place both name, empty where one names none; None where they name others."""
    ours, theirs = _places(one), _places(other)
    if ours and theirs and not ours & theirs:
        return None
    return f"both in {', '.join(sorted(ours & theirs))}" if ours & theirs else ""
