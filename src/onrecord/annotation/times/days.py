"""Readers of days: calendar days, weekdays, "yesterday", parts of days."""

from dataclasses import replace

from onrecord.annotation.times.calendar import Period, Unit, containing, day_of, move, shift
from onrecord.annotation.times.choices import weekday_from, weekday_in_week, year_of
from onrecord.annotation.times.clocks import with_part
from onrecord.annotation.times.grammar import RuleMatch
from onrecord.annotation.times.meaning import (
    PREVIOUS,
    PUBLISHED,
    UNKNOWN,
    Meaning,
    Meanings,
    base_day,
    dated,
    day_number,
    month_number,
    read_unit,
    relation,
    relative,
    undated,
    whole_year,
)
from onrecord.annotation.times.neighbours import stands_before_capital, stands_before_noun
from onrecord.annotation.times.scene import Scene

_MONTHS_SOUGHT = 14  # within so many months a day of the month falls on each weekday at least once


def read_iso_day(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "2022-09-20"."""
    year, month, day = (int(part) for part in match.word("d").replace("/", "-").split("-"))
    period = day_of(year, month, day)
    return [dated(period)] if period else []


def read_dotted_day(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "20.9.2022": the day first."""
    day, month, year = (int(part) for part in match.word("d").split("."))
    period = day_of(year, month, day)
    return [dated(period)] if period else []


def read_slashed_day(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "20/9/2022"; which number is the month is told where the other cannot be one, or where one way gives the
    day of publication, as in the line above an article.
    """
    one, other, printed = (int(part) for part in match.word("d").split("/"))
    year = printed if printed > 99 else whole_year(printed)
    days = [day for day in (day_of(year, other, one), day_of(year, one, other)) if day]
    if not days:
        return []
    if len(days) == 1 or days[0] == days[1]:
        return [dated(days[0])]
    if scene.published in [day.first for day in days]:
        return [dated(Period(Unit.DAY, scene.published), PUBLISHED, "the way that gives the day of publication")]
    first, last = sorted(day.first for day in days)
    return [Meaning("DATE", f"{year}-XX-XX", first, last, reason="day and month cannot be told apart")]


def read_month_day(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "September 20", "20 Sept. 2022"."""
    return [month_and_day(match, scene, day_number(match, "d"))]


def month_and_day(match: RuleMatch, scene: Scene, day: int) -> Meaning:
    """That day of the month captured, in the year printed or likeliest; the month alone if it has no such day."""
    month = month_number(match)
    weekday = match.worth("wd", "WEEKDAY", "SHORT_WEEKDAY")
    written_year, anchor, reason = year_of(match, scene, Unit.DAY, month, day, weekday)
    if written_year is None:
        return undated(f"XXXX-{month:02d}-{day:02d}" if day else f"XXXX-{month:02d}")
    period = day_of(written_year, month, day)
    if period is None:  # no such day: the month is all that can be meant
        return undated(f"{written_year:04d}-{month:02d}", "the calendar has no such day")
    if anchor is None and weekday is not None and period.first.isoweekday() != weekday:
        reason = f"{reason}, though {period.first} is a {period.first:%A}"
    return with_part(dated(period, anchor, reason), match)


def read_month_days(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "November 4 to 6": two days, each with its own span; "the night of November 4 to 5" is one."""
    one = month_and_day(match, scene, day_number(match, "d"))
    two = month_and_day(match, scene, day_number(match, "d2"))
    if match.has("p"):  # "the night of 13-14 April" is one, of the first day and on both
        return [replace(one, last=two.last)]
    return [replace(one, tokens=match.groups["one"]), replace(two, tokens=match.groups["two"])]


def read_week_of(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "the week of March 6", "the weekend of March 7"; where both ends are printed, they are the days."""
    meaning = month_and_day(match, scene, day_number(match, "d"))
    unit, _ = read_unit(match)
    if meaning.first is None:
        return [undated(UNKNOWN[unit])]
    whole = dated(containing(unit, meaning.first), meaning.anchor, meaning.reason)
    last = month_and_day(match, scene, day_number(match, "d2")).last if match.has("d2") else None
    return [whole if last is None or last < meaning.first else replace(whole, first=meaning.first, last=last)]


def read_day_of_month(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "on the 15th", of the month named before; "the 15th of last month"."""
    if match.has("rel"):
        named = relative(match, scene, Unit.MONTH)
        first, anchor = named.first, named.anchor
    else:
        previous = scene.previous(Unit.MONTH)
        first, anchor = (previous.first if previous else None), PREVIOUS
        if stands_before_capital(match) or stands_before_noun(match):
            return []  # "the 7th Infantry", "the 10th meeting"
    day = day_number(match, "d")
    period = day_of(first.year, first.month, day) if first else None
    return [dated(period, anchor, f"day {day} of the month named")] if period else []


def read_weekday(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "Sunday", "next Friday", "Tuesday morning"."""
    if match.tokens[match.start].word == "the" and not match.has("rel") and stands_before_capital(match):
        return []  # "the Friday Mosque"
    number = match.worth("wd", "WEEKDAY", "SHORT_WEEKDAY")
    count, anchor = relation(match) or (None, PUBLISHED)
    base, anchor = base_day(scene, anchor, Unit.DAY)
    if base is None:
        return [with_part(undated(f"XXXX-WXX-{number}"), match)]
    of_week = match.has("rel") and match.groups["rel"][0] > match.groups["wd"][0]
    day = weekday_in_week(base, number, count or 0) if of_week else weekday_from(base, number, count, scene)
    return [with_part(dated(Period(Unit.DAY, day), anchor, f"from {anchor} {base}"), match)]


def read_weekday_of_month(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "Friday the 13th": the nearest month in which weekday and day agree."""
    number, day = match.worth("wd", "WEEKDAY"), day_number(match, "d")
    if scene.published is None:
        return [undated(f"XXXX-WXX-{number}")]
    step = 1 if scene.ahead else -1
    months = (move(scene.published, step * count, Unit.MONTH) for count in range(_MONTHS_SOUGHT))
    days = (day_of(month.first.year, month.first.month, day) for month in months if month)
    fits = (
        each
        for each in days
        if each and each.first.isoweekday() == number and (each.first - scene.published).days * step >= 0
    )
    found = next(fits, None)
    reason = f"the nearest such day seen from {scene.published}"
    return [dated(found, PUBLISHED, reason) if found else undated(f"XXXX-WXX-{number}")]


def read_night_between(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "the night from Monday to Tuesday", "overnight into Tuesday": that of the first day, on both."""
    part, number = match.worth("p", "PART"), match.worth("wd2", "WEEKDAY")
    if scene.published is None:
        return [Meaning("TIME", f"XXXX-WXX-{(number - 2) % 7 + 1}T{part}", reason="no date to count from")]
    second = weekday_from(scene.published, number, None, scene)
    days_apart = (number - match.worth("wd", "WEEKDAY")) % 7 if match.has("wd") else 1
    first = move(second, -days_apart, Unit.DAY)
    if first is None:
        return []
    reason = f"from {first.first} to {second}, from {PUBLISHED} {scene.published}"
    return [Meaning("TIME", f"{first.value}T{part}", first.first, second, PUBLISHED, Period(Unit.DAY, second), reason)]


def read_weekend(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "the weekend", "last weekend"; early in a week, or told in the past, a bare one is the one just over."""
    count, anchor = relation(match) or (None, PUBLISHED)
    base, anchor = base_day(scene, anchor, Unit.DAY)
    if base is None:
        return [undated(UNKNOWN[Unit.WEEKEND])]
    this = containing(Unit.WEEKEND, base)
    if count is None:
        over = base.isoweekday() <= 3 or (base.isoweekday() <= 5 and scene.ahead is False)
        count = -1 if over and not scene.ahead else 0
    elif count == 0 and scene.tells_past and base.isoweekday() <= 5:
        count = -1  # "this weekend they met", written on a Tuesday
    elif count < 0 and base.isoweekday() >= 6:
        count = -1
    period = shift(this, count)
    return [dated(period, anchor, f"from {anchor} {base}")] if period else []


def read_deictic(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "today", "yesterday", "tomorrow night"."""
    count = match.worth("d", "DEICTIC")
    words = [token.word for token in match.tokens[match.start : match.end]]
    if "day" in words:
        count *= 2
    part = "TNI" if "tonight" in words else ""
    if scene.published is None:
        return [with_part(undated(UNKNOWN[Unit.DAY] + part), match)]
    if scene.narrative and count == 0 and not part:
        return [Meaning("DATE", "PRESENT_REF", anchor=PUBLISHED, reason="the teller's own time")]
    period = move(scene.published, count, Unit.DAY)
    if period is None:
        return []
    meaning = with_part(dated(period, PUBLISHED, f"{count:+d} day from published {scene.published}"), match)
    return [replace(meaning, type="TIME", value=meaning.value + part) if part else meaning]


def read_part_of_day(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "this morning", "last night", "the next morning", "overnight"."""
    if match.word("p") == "dawn" and match.end < len(match.tokens) and match.tokens[match.end].word == "of":
        return []  # "the dawn of a new age"
    related = relation(match)
    count, anchor = related or (0, PREVIOUS)
    if match.word("rel") == "next":
        anchor = PREVIOUS
    base, anchor = base_day(scene, anchor, Unit.DAY)
    letters = match.worth("p", "PART")
    if base is None or _is_any_night(match) or _is_of_event(match, scene):
        return [Meaning("TIME", f"XXXX-XX-XXT{letters}", reason="of no day named")]
    period = move(base, count, Unit.DAY)
    return [with_part(dated(period, anchor, f"{count:+d} day from {anchor} {base}"), match)] if period else []


def _is_of_event(match: RuleMatch, scene: Scene) -> bool:
    """Whether an event tells which day it was: "the night of the raid", unlike "Feb. 4, the night of the raid"."""
    behind = match.tokens[match.end].word if match.end < len(match.tokens) else ""
    is_aside = scene.close and match.start > 0 and match.tokens[match.start - 1].word == ","
    return not match.has("rel") and behind in ("of", "before", "after") and not is_aside


def _is_any_night(match: RuleMatch) -> bool:
    """Whether "at night" tells of nights, not of one."""
    before = match.tokens[match.start - 1].word if match.start else ""
    return before == "at" and match.word("p") == "night"
