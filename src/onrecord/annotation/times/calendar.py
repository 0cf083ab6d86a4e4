"""Calendar periods: a day, week, month, season, year, and how TIMEX3 writes each (TimeML 1.2.1)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from enum import StrEnum

# Years that a news text can mean. Beyond them a number is a number.
EARLIEST_YEAR, LATEST_YEAR = 1000, 2199


class Unit(StrEnum):
    """A length of the calendar; the value is its TIMEX3 duration letter."""

    SECOND = "S"
    MINUTE = "m"
    HOUR = "H"
    DAY = "D"
    WEEKEND = "WE"
    WEEK = "W"
    MONTH = "M"
    QUARTER = "Q"
    SEASON = "SE"
    HALF = "HY"
    YEAR = "Y"
    DECADE = "DE"
    CENTURY = "CE"


_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.SEASON: 3, Unit.HALF: 6, Unit.YEAR: 12, Unit.DECADE: 120}
_MONTHS[Unit.CENTURY] = 1200
_DAYS = {Unit.DAY: 1, Unit.WEEK: 7, Unit.WEEKEND: 7}
SEASONS = ("WI", "SP", "SU", "FA")  # from December on, as in the north; a winter counts to the year it begins in


@dataclass(frozen=True, slots=True)
class Period:
    """One period of the calendar, by its unit and first day."""

    unit: Unit
    first: date

    @property
    def last(self) -> date:
        """Its last day."""
        if self.unit is Unit.WEEKEND:
            return self.first + timedelta(days=1)
        following = shift(self, 1)
        return following.first - timedelta(days=1) if following else date(MAXYEAR, 12, 31)

    @property
    def value(self) -> str:
        """As TIMEX3 writes it."""
        return _VALUES[self.unit](self.first)


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


_VALUES: dict[Unit, Callable[[date], str]] = {
    Unit.DAY: date.isoformat,
    Unit.WEEK: _week,
    Unit.WEEKEND: lambda day: f"{_week(day)}-WE",
    Unit.MONTH: lambda day: f"{day.year:04d}-{day.month:02d}",
    Unit.QUARTER: lambda day: f"{day.year:04d}-Q{(day.month + 2) // 3}",
    Unit.SEASON: lambda day: f"{day.year:04d}-{SEASONS[day.month % 12 // 3]}",
    Unit.HALF: lambda day: f"{day.year:04d}-H{(day.month + 5) // 6}",
    Unit.YEAR: lambda day: f"{day.year:04d}",
    Unit.DECADE: lambda day: f"{day.year // 10:03d}X",
    Unit.CENTURY: lambda day: f"{day.year // 100:02d}XX",
}


def containing(unit: Unit, day: date) -> Period:
    """The period of that unit in which a day falls; a working day belongs to the weekend that ends its week."""
    if unit in _DAYS:
        offset = {Unit.DAY: 0, Unit.WEEK: day.weekday(), Unit.WEEKEND: day.weekday() - 5}[unit]
        return Period(unit, _move_days(day, -offset) or day)
    months = day.year * 12 + day.month - 1
    start = months - (day.month % 3 if unit is Unit.SEASON else months % _MONTHS[unit])
    return Period(unit, date(max(start // 12, MINYEAR), start % 12 + 1, 1))


def shift(period: Period, count: int) -> Period | None:
    """The period `count` units later (earlier if negative); None beyond the calendar."""
    if period.unit in _DAYS:
        moved = _move_days(period.first, count * _DAYS[period.unit])
    else:
        moved = _move_months(period.first, count * _MONTHS[period.unit])
    return Period(period.unit, moved) if moved else None


def _move_days(day: date, count: int) -> date | None:
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return None


def _move_months(day: date, count: int) -> date | None:
    months = day.year * 12 + day.month - 1 + count
    year = months // 12
    return date(year, months % 12 + 1, 1) if MINYEAR <= year <= MAXYEAR else None


def move(day: date, count: int, unit: Unit) -> Period | None:
    """The period of that unit in which the day lies that is `count` units from `day`. Hours and less keep the day."""
    if unit in (Unit.SECOND, Unit.MINUTE, Unit.HOUR):
        return Period(Unit.DAY, day)
    return shift(containing(unit, day), count)


def begin_of(end: date, count: int, unit: Unit) -> date | None:
    """The first day of a length of so many weeks, months or years of which `end` is the last day."""
    after = _move_days(end, 1)
    if unit not in _MONTHS or after is None:
        return _move_days(end, 1 - count * _DAYS.get(unit, 1))
    month = _move_months(after, -count * _MONTHS[unit])
    return _move_days(month, after.day - 1) if month else None


def day_of(year: int, month: int, day: int) -> Period | None:
    """That day, or None if the calendar has no such day or no news text means that year."""
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    try:
        return Period(Unit.DAY, date(year, month, day))
    except ValueError:
        return None
