"""Which year or week the scene makes likeliest where the text does not print it."""

from datetime import date, timedelta

from onrecord.annotation.times.calendar import Period, Unit, containing, day_of
from onrecord.annotation.times.grammar import RuleMatch
from onrecord.annotation.times.meaning import AS_PRINTED, PREVIOUS, PUBLISHED, base_day, printed_year, relation
from onrecord.annotation.times.scene import Scene


def year_of(
    match: RuleMatch, scene: Scene, unit: Unit, month: int, day: int = 1, weekday: int | None = None
) -> tuple[int | None, str | None, str]:
    """The year of a month or day: printed, related ("of that year"), or the one that the scene makes likeliest."""
    printed = printed_year(match)
    if printed is not None:
        return printed, None, AS_PRINTED
    if match.has("rel"):
        count, anchor = relation(match) or (0, PREVIOUS)
        base, anchor = base_day(scene, anchor, Unit.YEAR)
        return (base.year + count if base else None), anchor, f"{count:+d} year from {anchor}"
    if weekday is not None and scene.published is not None:
        fits = _years_with_weekday(scene.published.year, month, day, weekday)
        if fits:
            return fits[0], PUBLISHED, "the nearest year in which weekday and day agree"
    return _likeliest_year(scene, unit, month, day)


def _years_with_weekday(year: int, month: int, day: int, weekday: int) -> list[int]:
    """Years around `year`, nearest first, in which that day falls on that weekday (1 is Monday)."""
    near = sorted(range(year - 6, year + 3), key=lambda each: (abs(each - year), each > year))
    days = ((each, day_of(each, month, day)) for each in near)
    return [each for each, period in days if period and period.first.isoweekday() == weekday]


def _likeliest_year(scene: Scene, unit: Unit, month: int, day: int) -> tuple[int | None, str | None, str]:
    previous = scene.year_told() if scene.narrative else scene.previous(Unit.YEAR)
    beside = scene.close and not scene.ahead
    if previous is not None and (scene.narrative or (beside and _is_other_year(previous, scene.published))):
        return _year_after(previous, month), PREVIOUS, f"the year of {previous.value} named before"
    if scene.published is None:
        return None, None, ""
    year = nearest_year(scene.published, unit, month, day, scene.ahead)
    return year, PUBLISHED, f"the likeliest year seen from {scene.published}"


def _is_other_year(previous: Period, published: date | None) -> bool:
    return published is None or previous.first.year < published.year


def _year_after(previous: Period, month: int) -> int:
    """A story told in order: January after a December belongs to the next year."""
    turns = previous.unit in (Unit.DAY, Unit.WEEK, Unit.MONTH) and previous.first.month >= 10 and month <= 2
    return previous.first.year + turns


# Days by which a date in the past may be farther than one to come and still be meant where the tense gives no sign, and
# how far back a past one is named without its year. On the tuned part of AQUAINT 240 and 300 days do equally well, 367
# loses five values ("Jan. 14" written on Jan. 5); the first hardly matters there. A month told as past is
# never one to come: "elected in April", written in March.
_LEAN_TO_PAST, _NO_YEAR_NEEDED, _A_YEAR = 120, 300, 366


def nearest_year(published: date, unit: Unit, month: int, day: int, ahead: bool | None) -> int:
    """The year of a month or day printed without one, seen from the day of publication and the clause's tense."""
    this = _clipped(published.year, month, day if unit is Unit.DAY else 1)
    if ahead:
        last = this if unit is Unit.DAY else containing(unit, this).last
        return published.year + ((published - last).days > _LEAN_TO_PAST)
    if this <= published:
        return published.year
    past = _clipped(published.year - 1, month, this.day)
    back = (published - (past if unit is Unit.DAY else containing(unit, past).last)).days
    told = _NO_YEAR_NEEDED if unit is Unit.DAY else _A_YEAR
    limit = told if ahead is False else _LEAN_TO_PAST + (this - published).days
    return published.year - (back <= limit)


def _clipped(year: int, month: int, day: int) -> date:
    """That day, or one near it where the year has none such (February 29)."""
    period = day_of(year, month, day) or day_of(year, month, min(max(day, 1), 28))
    return period.first if period else date(year, month, 1)


def weekday_in_week(base: date, number: int, count: int) -> date:
    """That weekday (1 is Monday) of the week `count` weeks from the base's."""
    return base + timedelta(days=number - base.isoweekday() + 7 * count)


def weekday_from(base: date, number: int, count: int | None, scene: Scene) -> date:
    """The nearest such day before (the same day counts for a bare name) or after the base."""
    behind = (base.isoweekday() - number) % 7
    if count is None:
        if scene.ahead and not scene.narrative:
            return base + timedelta(days=-behind % 7)
        return base - timedelta(days=behind)
    if count == 0:
        return weekday_in_week(base, number, 0)
    return base + timedelta(days=(-behind % 7 or 7)) if count > 0 else base - timedelta(days=behind or 7)
