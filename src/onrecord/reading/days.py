"""Dates as people type them, as pages declare them and as feeds print them → ranges of days.

Nothing is guessed: a date that is not of a known form, or absurd, is None.
"""

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime

from onrecord.records.documents import Basis, DateRange

# Publication dates outside these years are mistakes: feeds give 1970-01-01 for "no date", sentinels such as 9999.
EARLIEST, LATEST = date(1971, 1, 1), date(2100, 12, 31)
TYPED = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")
STAMP = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]|$)|(\d{4})(\d{2})(\d{2})(?:T|$)|(\d{4})/(\d{2})/(\d{2})(?:[T ]|$)")
ZONES = timedelta(days=1)  # two stamps of one moment, in different zones, are so far apart at most
BETWEEN = re.compile(r"\s*(?:/|\.\.)\s*")
NEEDED = "a day (2022-09-20), a month (2022-09), a year (2022) or a range (2022-09-01/2022-09-30), none after 2100"


def read_typed(value: str, basis: Basis, reason: str) -> DateRange | None:
    """The days of a typed date: a day, month, year, or two of them joined by `/` or `..`; None if it is none."""
    ends = BETWEEN.split(value.strip())
    if len(ends) == 1:
        days = _days(ends[0])
        return DateRange(*days, basis, reason) if days else None
    if len(ends) != 2 or not any(ends):
        return None
    first, last = (_days(end) for end in ends)
    if (ends[0] and not first) or (ends[1] and not last):
        return None
    earliest, latest = first[0] if first else None, last[1] if last else None
    if earliest and latest and earliest > latest:
        return None
    return DateRange(earliest, latest, basis, reason)


def _days(value: str) -> tuple[date, date] | None:
    match = TYPED.match(value)
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        last = date(first.year, month or 12, day or monthrange(first.year, month or 12)[1])
    except ValueError:
        return None
    return (first, last) if last <= LATEST else None


def read_stamp(value: str) -> date | None:
    """The day of a machine-readable stamp (ISO 8601, RFC 5322) in its own zone; None if absurd or unreadable."""
    value = value.strip()[:64]
    day = _iso_day(value) or _mail_day(value)
    return day if day and EARLIEST <= day <= LATEST else None


def _iso_day(value: str) -> date | None:
    match = STAMP.match(value)
    if not match:
        return None
    year, month, day = (int(part) for part in match.groups() if part is not None)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _mail_day(value: str) -> date | None:
    try:
        moment: datetime = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.date()


def one_day(day: date, reason: str, basis: Basis = Basis.METADATA) -> DateRange:
    """That day and no other."""
    return DateRange(day, day, basis, reason)


def published_by(published: DateRange, stamp: str, how: str) -> DateRange:
    """The days of publication that lie before the moment at which the page was had.

    stamp: that moment, as an archive or a fetch notes it. how: what was done then ("fetched", "saved").
    A page that dates itself later than that is not believed, and the reason says so.
    """
    had = read_stamp(stamp)
    if had is None or (published.latest and published.latest <= had + ZONES):
        return published
    reason = f"{how} on {had}, so published by then"
    if not published.is_known:
        return DateRange(None, had, Basis.INFERRED, reason)
    if published.earliest and published.earliest > had + ZONES:
        return DateRange(None, had, Basis.INFERRED, f"{reason}, though {published.reason} says {published.earliest}")
    return DateRange(published.earliest, had, published.basis, f"{published.reason}; {reason}")
