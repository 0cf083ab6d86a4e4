"""Two dates that are the ends of one stretch of days: "from 3 to 7 May", "between March and June", "4-5 May".

TimeML gives each its own span and value, and so does `find_times`. What happened "from 3 to 7 May" happened on
neither end alone.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from onrecord.annotation.times.calendar import Unit, containing, day_of
from onrecord.lexicon.loader import load_lexicon
from onrecord.records.documents import Basis, DateRange
from onrecord.records.findings import TimeExpression
from onrecord.records.spans import Span, quote_span


def join_ranges(text: str, times: Sequence[TimeExpression]) -> tuple[TimeExpression, ...]:
    """The expressions, with one in place of two that are the first and last day of a stretch; it covers both."""
    return tuple(_joined(text, times))


def _joined(text: str, times: Sequence[TimeExpression]) -> Iterator[TimeExpression]:
    at = 0
    while at < len(times):
        other = times[at + 1] if at + 1 < len(times) else None
        one = times[at] if other is None else _in_year_of(times[at], other)
        if other is not None and _are_ends(text, one, other):
            yield _stretch(text, one, other)
            at += 2
        else:
            yield times[at]
            at += 1


def _in_year_of(one: TimeExpression, other: TimeExpression) -> TimeExpression:
    """A month or day without its year, in the last such year before the date behind it that prints its own:
    "between March and June 2023".
    """
    yearless, end = _YEARLESS.fullmatch(one.value), other.resolved.earliest
    if not yearless or (one.anchor is None and one.resolved.is_known) or other.anchor is not None or end is None:
        return one
    month, day = int(yearless[1]), int(yearless[2] or 0)
    periods = [
        day_of(year, month, day) if day else containing(Unit.MONTH, date(year, month, 1))
        for year in (end.year, end.year - 1)
    ]
    first = next((each for each in periods if each and each.first < end), None)
    if first is None:
        return one
    return replace(one, resolved=DateRange(first.first, first.last, Basis.INFERRED, "the year printed behind it"))


def _are_ends(text: str, one: TimeExpression, other: TimeExpression) -> bool:
    if one.type != "DATE" or other.type != "DATE" or not _in_order(one.resolved, other.resolved):
        return False
    between = text[one.span.end : other.span.start]
    before = text[max(0, one.span.start - _LOOK) : one.span.start]
    led = any(_signs()[f"{lead}_before"].search(before) and _signs()[lead].fullmatch(between) for lead in _LEADS)
    plain = _signs()["plain"].fullmatch(between) is not None
    return (led or plain) and _signs()["moved"].search(before) is None


def _in_order(one: DateRange, other: DateRange) -> bool:
    if one.earliest is None or one.latest is None or other.earliest is None or other.latest is None:
        return False
    return one.earliest < other.earliest and one.latest < other.latest


def _stretch(text: str, one: TimeExpression, other: TimeExpression) -> TimeExpression:
    span = Span(one.span.start, other.span.end)
    printed = one.resolved.basis is Basis.TEXT and other.resolved.basis is Basis.TEXT
    days = DateRange(
        one.resolved.earliest,
        other.resolved.latest,
        Basis.TEXT if printed else Basis.INFERRED,
        f"all of “{quote_span(text, span)}”; {other.resolved.reason}",
    )
    return replace(one, span=span, resolved=days, score=min(one.score, other.score))


_YEARLESS = re.compile(r"(?:XXXX|\d{4})-(\d\d)(?:-(\d\d))?")
_LOOK = 80  # characters before a stretch in which its lead and the verb that moves something stand
_LEADS = ("from", "between")


@cache
def _signs() -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in load_lexicon("dating")["stretches"].items()}
