"""How a place stands by each side over time: who is said to hold it, take it or recognize it, and on whose word."""

import re
from collections.abc import Collection, Iterable, Iterator

from onrecord.lexicon.loader import load_lexicon
from onrecord.records.findings import EventRealis
from onrecord.records.rows import EventRow, Moment
from onrecord.stories.copies import TextOf
from onrecord.stories.occurrences import join_moments


def tell_place(moments: Iterable[Moment], names: Collection[str], text_of: TextOf) -> tuple[Moment, ...]:
    """The moments that tell how the place of these names stands, in the order given; copies and joined reports once.

    What is only imagined says nothing of how a place stands and is left out; what is denied or planned is told as such.
    """
    return tuple(join_moments(_of_place(moments, names), text_of))


def _of_place(moments: Iterable[Moment], names: Collection[str]) -> Iterator[Moment]:
    kinds = frozenset(load_lexicon("happenings")["of_places"])
    named = re.compile(
        r"\b(?:" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + r")\b", re.IGNORECASE
    )
    for moment in moments:
        row = moment.record
        if not isinstance(row, EventRow) or row.event.kind not in kinds:
            continue
        if row.event.realis is not EventRealis.HYPOTHETICAL and _is_at(row, named):
            yield moment


def _is_at(row: EventRow, named: re.Pattern[str]) -> bool:
    """Whether the event is told of the place: where it was, or what it was done to."""
    return bool(named.search(row.where)) or any(named.fullmatch(each) for each in row.whom)
