"""The history of one line: its steps in order of time, each claiming no more than its passage.

Words and deeds stay apart: what an issuer says never becomes something that was done, and a deed is a step only where
the outlet itself reports it. What no passage states is marked inferred, with the reason.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from operator import itemgetter

from onrecord.records.redlines import Hole, RollUp, Status, StatusEntry
from onrecord.redlines.outcome import (
    list_clarifications,
    list_deed_entries,
    list_inaction_entries,
    list_lapse_entries,
    list_spoken_invocations,
    list_unknown_entries,
    list_withdrawals,
)
from onrecord.redlines.overdue import list_overdue_entries
from onrecord.redlines.reported import list_condition_entries
from onrecord.redlines.spoken import list_word_entries
from onrecord.redlines.steps import WORDS_OF_ISSUER, Coverage, Line, entry_key, first_day, last_day, middle_day

CLOSING = frozenset({Status.WITHDRAWN, Status.SUPERSEDED})
HOLE = 90  # days without any document that are shown as a hole


def write_history(line: Line, coverage: Coverage) -> tuple[StatusEntry, ...]:
    """The steps of a line, in order of time; undated ones last."""
    reported = tuple(list_condition_entries(line, coverage))
    conditions = (*reported, *list_overdue_entries(line, coverage, reported))
    words = tuple(list_word_entries(line, coverage, conditions))
    entries = [*conditions, *words]
    entries += list_spoken_invocations(line, coverage, entries)
    entries += list_deed_entries(line, coverage, entries)
    entries += list_withdrawals(line, coverage)
    entries += list_clarifications(line, coverage, entries)
    entries += list_inaction_entries(line, coverage, entries)
    entries += list_lapse_entries(line, coverage, entries)
    entries += list_unknown_entries(line, coverage, entries)
    return order_entries(entries)


def order_entries(entries: Iterable[StatusEntry]) -> tuple[StatusEntry, ...]:
    """Entries by time, words before deeds on the same day; each id once.

    A consequence told by the month only stands behind the first report that the condition was met in it, and words of
    which no last day is known behind those that declare the line.
    """
    unique = {entry.id: entry for entry in entries}
    met = min(
        (first_day(each.when) for each in unique.values() if each.status is Status.CONDITION_REPORTED), default=None
    )
    declared = min((middle_day(each.when) for each in unique.values() if each.status is Status.DECLARED), default=None)
    placed = (_behind(_not_before(entry, met), declared) for entry in unique.values())
    ordered = sorted(zip(map(entry_key, placed), unique.values(), strict=True), key=itemgetter(0))
    return _while_it_stands([entry for _, entry in ordered])


def _while_it_stands(entries: Sequence[StatusEntry]) -> tuple[StatusEntry, ...]:
    """The entries up to the one that takes the line back or replaces it, unless the issuer words it again later."""
    places = [place for place, entry in enumerate(entries) if entry.status in CLOSING]
    last = places[-1] if places else len(entries) - 1
    again = any(entry.status in WORDS_OF_ISSUER for entry in entries[last + 1 :])
    return tuple(entries if again else entries[: last + 1])


def _not_before(entry: StatusEntry, met: date | None) -> StatusEntry:
    """The entry with its days from that day on, if it is a consequence told by a range around it."""
    first, last = entry.when.earliest, entry.when.latest
    if met is None or first is None or last is None or not first < met <= last:
        return entry
    if entry.status not in (Status.CONSEQUENCE_INVOKED, Status.CONSEQUENCE_REPORTED):
        return entry
    return replace(entry, when=replace(entry.when, earliest=met))


def _behind(entry: StatusEntry, declared: date | None) -> StatusEntry:
    """The entry from the day of the declaration on, if it is said again on a day of which only the first is known."""
    first = entry.when.earliest
    said_again = entry.status in WORDS_OF_ISSUER and entry.status is not Status.DECLARED
    if not said_again or declared is None or first is None or entry.when.latest is not None or first >= declared:
        return entry
    return replace(entry, when=replace(entry.when, earliest=declared))


def find_holes(entries: Sequence[StatusEntry], days: Sequence[date]) -> tuple[Hole, ...]:
    """The stretches without any document between a line's first step and the end of the coverage."""
    known = [last_day(entry.when) for entry in entries if entry.when.is_known]
    if not known:
        return ()
    start = min(known)
    return tuple(
        Hole(one.isoformat(), other.isoformat(), (other - one).days - 1)
        for one, other in list_gaps(days)
        if one >= start
    )


def list_gaps(days: Sequence[date]) -> tuple[tuple[date, date], ...]:
    """Every two days of publication with nothing between them for so long that it is shown as a hole."""
    return tuple((one, other) for one, other in zip(days, days[1:], strict=False) if (other - one).days > HOLE)


def roll_up(entries: Sequence[StatusEntry]) -> RollUp:
    """A line's state in one word: the furthest its history goes, unless it was taken back or replaced last."""
    statuses = [entry.status for entry in entries]
    back = [place for place, status in enumerate(statuses) if status in CLOSING]
    if back:
        if not any(status in WORDS_OF_ISSUER for status in statuses[back[-1] + 1 :]):
            return RollUp(statuses[back[-1]].value)
        statuses = statuses[back[-1] + 1 :]
    for status, rolled in FURTHEST:
        if status in statuses:
            return rolled
    return RollUp.STANDING


FURTHEST = (
    (Status.CONSEQUENCE_REPORTED, RollUp.CARRIED_OUT),
    (Status.NOT_ENFORCED, RollUp.NOT_ENFORCED),
    (Status.CONSEQUENCE_INVOKED, RollUp.INVOKED_IN_WORDS),
    (Status.CONDITION_REPORTED, RollUp.TESTED),
    (Status.TESTED_BELOW_THRESHOLD, RollUp.TESTED),
    (Status.UNKNOWN, RollUp.UNKNOWN),
    (Status.LAPSED_INFERRED, RollUp.UNKNOWN),
)
