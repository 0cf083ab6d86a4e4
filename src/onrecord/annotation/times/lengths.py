"""Readers of lengths of time and of what comes again and again."""

from dataclasses import replace
from decimal import Decimal

from onrecord.annotation.times.calendar import Period, Unit, begin_of, day_of, move, shift
from onrecord.annotation.times.choices import year_of
from onrecord.annotation.times.clocks import with_part
from onrecord.annotation.times.grammar import RuleMatch, read_number
from onrecord.annotation.times.meaning import (
    PUBLISHED,
    Meaning,
    Meanings,
    base_day,
    dated,
    day_number,
    length_value,
    month_number,
    printed_year,
    read_count,
    read_unit,
    relation,
    undated,
)
from onrecord.annotation.times.scene import Scene


def read_length(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "five days", "a 30-day", "several weeks", "three to five years"."""
    unit, times = read_unit(match)
    if match.has("n2"):
        return [
            Meaning("DURATION", length_value(read_number(match.group("n2")), unit, times), reason="a range of lengths")
        ]
    length = Meaning("DURATION", length_value(read_count(match), unit, times), reason="a length of time")
    return [_of_year(length, match, scene)]


def _of_year(length: Meaning, match: RuleMatch, scene: Scene) -> Meaning:
    """The days of "the first six months of 2011", whole months counted; the length alone where no year is named."""
    unit, times = read_unit(match)
    number, ordinal = read_count(match), match.worth("n1", "ORDINAL")
    count, anchor = relation(match) or (0, PUBLISHED)
    base = base_day(scene, anchor, Unit.YEAR)[0] if match.has("rel") else None
    year = printed_year(match) or (base.year + count if base else None)
    if year is None or number is None or number % 1 or not 0 < number * times <= 12 or unit is not Unit.MONTH:
        return length
    months = int(number)
    start = day_of(year, 1 if ordinal == 1 else 13 - months, 1) if ordinal in (1, -1) else None
    end = shift(Period(Unit.MONTH, start.first), months - 1) if start else None
    if start is None or end is None:
        return length
    return replace(length, first=start.first, last=end.last, reason=f"{months} months of {year}")


def read_length_to(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "the six months ended Sept. 30", "the year to March 2021": a length up to a day or month."""
    unit, _ = read_unit(match)
    number = read_number(match.group("n")) if match.has("n") else Decimal(1)
    length = Meaning("DURATION", length_value(number, unit), reason="a length of time")
    if not match.has("m"):
        return [length]  # "the week ended Friday": the day is found by itself
    month, day = month_number(match), day_number(match, "d") or 1
    year, anchor, reason = year_of(match, scene, Unit.DAY if match.has("d") else Unit.MONTH, month, day)
    last = day_of(year, month, day) if year is not None else None
    if last is None or number is None or number % 1:
        return [length]
    end = last.first if match.has("d") else Period(Unit.MONTH, last.first).last
    start = begin_of(end, int(number), unit)
    return [replace(length, first=start, last=end, anchor=anchor, reason=f"{length.value} up to {end}, {reason}")]


def read_quarter_century(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "a quarter of a century"; "a quarter-century ago" is a year."""
    sign, wished = match.worth("dir", "DIR") or (0, PUBLISHED)
    if sign:
        base, anchor = base_day(scene, wished, Unit.YEAR)
        year = move(base, 25 * sign, Unit.YEAR) if base else None
        unplaced = wished != anchor  # later than what has no date
        return [
            undated("XXXX") if year is None or unplaced else dated(year, anchor, f"{25 * sign:+d} years from {base}")
        ]
    return [Meaning("DURATION", "P25Y", reason="a length of time")]


def read_age(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "a 52-year-old": how old someone is, which is no time of the story."""
    return []


def read_named_length(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "weeklong"."""
    return [Meaning("DURATION", str(match.worth("l", "LENGTH")), reason="a length of time")]


def read_set_of_units(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "every day", "twice a week", "every two weeks"."""
    unit, times = read_unit(match)
    number = read_number(match.group("n")) if match.has("n") else Decimal(2 if match.has("other") else 1)
    return [Meaning("SET", length_value(number, unit, times), reason="again and again")]


def read_set_of_weekdays(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "every Sunday", "Sundays", "every weekend"."""
    number = match.worth("wd", "WEEKDAYS", "WEEKDAY", "UNIT")
    return [with_part(Meaning("SET", f"XXXX-WXX-{number}", reason="again and again"), match)]


def read_set_of_parts(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "every morning"."""
    part = match.worth("p", "PART") or str(match.worth("p", "NOON"))[1:]
    return [Meaning("SET", f"XXXX-XX-XXT{part}", reason="again and again")]


def read_set_of_months(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "every August", "every summer"."""
    letters = match.worth("s", "SEASON", "MAYBE_SEASON")
    return [Meaning("SET", f"XXXX-{letters or format(month_number(match), '02d')}", reason="again and again")]


def read_named_set(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "daily"; a daily may also be a newspaper, which its name follows."""
    if match.end < len(match.tokens) and match.tokens[match.end].is_capital:
        return []
    return [Meaning("SET", str(match.worth("s", "SET")), reason="again and again")]
