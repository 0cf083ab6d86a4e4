"""Reader of feasts, by the rules of lexicon/times.yml."""

from datetime import date, timedelta

from onrecord.annotation.times.calendar import Period, Unit, containing
from onrecord.annotation.times.choices import nearest_year
from onrecord.annotation.times.clocks import with_part
from onrecord.annotation.times.grammar import RuleMatch
from onrecord.annotation.times.meaning import (
    PREVIOUS,
    PUBLISHED,
    UNKNOWN,
    Meanings,
    base_day,
    dated,
    printed_year,
    relation,
    undated,
)
from onrecord.annotation.times.scene import Scene
from onrecord.lexicon.loader import load_lexicon


def read_holiday(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "Christmas Eve", "last Easter"."""
    tokens = match.group("h")
    name = " ".join(token.word for token in tokens).replace(" 's", "'s")
    known = load_lexicon("times")["holidays"].get(name)
    if known is None:
        return []
    years = [feast(known, each) for each in _holiday_years(match, scene)]
    if not years:
        return [undated(f"XXXX-{known['fixed']}" if "fixed" in known else UNKNOWN[Unit.DAY])]
    day = dated(Period(Unit.DAY, years[0]), None if match.has("y") else PUBLISHED, "by the calendar of feasts")
    return [with_part(day, match)]


def _holiday_years(match: RuleMatch, scene: Scene) -> list[int]:
    """The year meant, as a list of one; empty where it cannot be told."""
    printed = printed_year(match)
    if printed is not None:
        return [printed]
    name = " ".join(token.word for token in match.group("h")).replace(" 's", "'s")
    base, _ = base_day(scene, PREVIOUS if scene.narrative else PUBLISHED, Unit.YEAR)
    if base is None:
        return []
    day = feast(load_lexicon("times")["holidays"][name], base.year)
    count = (relation(match) or (0, ""))[0]
    if count:
        passed = day < base if count < 0 else day > base
        return [base.year if passed else base.year + count]
    if scene.narrative:
        return [base.year]
    return [nearest_year(base, Unit.DAY, day.month, day.day, scene.ahead)]


def feast(known: dict[str, str | int | list[int]], year: int) -> date:
    """The day of a feast in a year, by one of the lexicon's four kinds of rule."""
    if "fixed" in known:
        month_, day = str(known["fixed"]).split("-")
        return date(year, int(month_), int(day))
    if "easter" in known:
        return _easter(year) + timedelta(days=int(str(known["easter"])))
    if "orthodox" in known:
        return _orthodox_easter(year) + timedelta(days=int(str(known["orthodox"])))
    listed = known["nth"]
    assert isinstance(listed, list)
    month, weekday, which = listed
    if which < 0:
        last = containing(Unit.MONTH, date(year, month, 1)).last
        return last - timedelta(days=(last.isoweekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (which - 1))


def _orthodox_easter(year: int) -> date:
    """Orthodox Easter Sunday as a Gregorian day, by Meeus's Julian rule (Astronomical Algorithms, ch. 8)."""
    moon = (19 * (year % 19) + 15) % 30
    month_, day = divmod(moon + (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7 + 114, 31)
    return date(year, month_, day + 1) + timedelta(days=year // 100 - year // 400 - 2)


def _easter(year: int) -> date:
    """Western Easter Sunday, by the anonymous Gregorian algorithm (Nature, 20 April 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month_, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month_, day + 1)
