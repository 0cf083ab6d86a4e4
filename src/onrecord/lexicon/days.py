"""Date ranges → words a reader takes in at a glance, with how we know them."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from onrecord.records.documents import Basis, DateRange

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
BASIS = {
    Basis.GIVEN: "given by the user",
    Basis.METADATA: "from the page’s metadata",
    Basis.TEXT: "printed in the text",
    Basis.INFERRED: "worked out, not printed",
    Basis.UNKNOWN: "not known",
}
EN_DASH = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class When:
    """A date as shown: `words` for the eye, ISO days for machines, and how it is known.

    words: "23 Apr 2022", "23–27 Sep 2022", "Aug 2022", "date not known". weekday: only for one single day.
    """

    words: str
    earliest: str | None
    latest: str | None
    weekday: str | None
    basis: str
    reason: str


@lru_cache(4096)
def describe_when(range_: DateRange | None) -> When:
    """A range as shown on a page; None is "date not known"."""
    shown = range_ or DateRange()
    known = shown.is_known
    return When(
        words=range_words(shown),
        earliest=shown.earliest.isoformat() if shown.earliest else None,
        latest=shown.latest.isoformat() if shown.latest else None,
        weekday=WEEKDAYS[shown.earliest.weekday()] if shown.is_day and shown.earliest else None,
        basis=BASIS[shown.basis if known else Basis.UNKNOWN],
        reason=shown.reason,
    )


def day_words(day: date) -> str:
    """`23 Apr 2022`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def month_words(day: date) -> str:
    """`Apr 2022`."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def range_words(shown: DateRange) -> str:
    """The range in as few words as say it exactly."""
    first, last = shown.earliest, shown.latest
    if first is None and last is None:
        return "date not known"
    if first is None or last is None:
        return f"by {day_words(last)}" if last else f"from {day_words(first)}" if first else ""
    if first == last:
        return day_words(first)
    return _two_days(first, last)


def _two_days(first: date, last: date) -> str:
    if _whole_month(first, last):
        return month_words(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return str(first.year)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{EN_DASH}{day_words(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} {EN_DASH} {day_words(last)}"
    return f"{day_words(first)} {EN_DASH} {day_words(last)}"


def _whole_month(first: date, last: date) -> bool:
    """Whether the range is exactly one calendar month."""
    following = date(last.year + last.month // 12, last.month % 12 + 1, 1) if last.year < 9999 else None
    return (
        first.day == 1
        and (first.year, first.month) == (last.year, last.month)
        and (following is not None and (following - last).days == 1)
    )
