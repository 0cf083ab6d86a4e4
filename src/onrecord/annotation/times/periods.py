"""Readers of months and longer periods, and of the eve of one."""

import re
from dataclasses import replace
from datetime import date, timedelta

from onrecord.annotation.times.calendar import Period, Unit, containing, day_of, move, shift
from onrecord.annotation.times.choices import year_of
from onrecord.annotation.times.days import read_weekday
from onrecord.annotation.times.grammar import RuleMatch
from onrecord.annotation.times.meaning import (
    PREVIOUS,
    PUBLISHED,
    UNKNOWN,
    Meaning,
    Meanings,
    base_day,
    compared,
    dated,
    day_number,
    edged,
    month_number,
    printed_year,
    relation,
    relative,
    undated,
)
from onrecord.annotation.times.neighbours import is_of_match, stands_before_capital, stands_before_noun
from onrecord.annotation.times.scene import Scene


def read_month(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "September", "early October 2021", "last May"."""
    number = month_number(match)
    if _is_given_name(match):
        return []
    year, anchor, reason = _month_year(match, scene, number)
    period = day_of(year, number, 1) if year is not None else None
    if period is None:
        return [undated(f"XXXX-{number:02d}")]
    return [edged(dated(Period(Unit.MONTH, period.first), anchor, reason), match, scene)]


def _is_given_name(match: RuleMatch) -> bool:
    """As in "Jan Kovac", "April Lund" need no entry: a bare short or doubtful month before a capital is a name."""
    bare = match.end - match.start == 1 and match.worth("m", "MAYBE_MONTH") is not None
    return bare and stands_before_capital(match)


def _month_year(match: RuleMatch, scene: Scene, number: int) -> tuple[int | None, str | None, str]:
    related = relation(match)
    follows_month = match.has("rel") and match.groups["rel"][0] < match.groups["m"][0]
    if related is None or not follows_month:
        return year_of(match, scene, Unit.MONTH, number)
    count, anchor = related
    base, anchor = base_day(scene, anchor, Unit.MONTH)
    if base is None:
        return None, None, ""
    year = base.year
    if count < 0 and number >= base.month:
        year -= 1
    if count > 0 and number <= base.month:
        year += 1
    return year, anchor, f"{match.word('rel')} such month from {anchor} {base}"


def read_week_of_month(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "the last week of September": seven days of it; weeks of a month are not those of the calendar."""
    (whole,) = read_month(match, scene)
    number = match.worth("n", "ORDINAL") or day_number(match, "n")
    if whole.first is None or whole.last is None or not -1 <= number <= 5:
        return [undated(UNKNOWN[Unit.WEEK])]
    first = whole.last - timedelta(days=6) if number < 0 else whole.first + timedelta(days=7 * (number - 1))
    week = containing(Unit.WEEK, first + timedelta(days=3))
    last = min(first + timedelta(days=6), whole.last)
    return [Meaning("DATE", week.value, first, last, whole.anchor, None, f"week {number} of {whole.value}")]


def read_weekday_in_month(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "the second Tuesday in November", "the last Friday of next month"."""
    number = match.worth("n", "ORDINAL") or day_number(match, "n")
    weekday = match.worth("wd", "WEEKDAY")
    whole = _month_of_weekday(match, scene)
    if whole.first is None or whole.last is None or not -1 <= number <= 5:
        return [undated(f"XXXX-WXX-{weekday}")]
    ahead = timedelta(days=(weekday - whole.first.isoweekday()) % 7 + 7 * (number - 1))
    behind = timedelta(days=(whole.last.isoweekday() - weekday) % 7)
    day = whole.last - behind if number < 0 else whole.first + ahead
    if day > whole.last:
        return [undated(whole.value, "the month has no such day")]
    return [dated(Period(Unit.DAY, day), whole.anchor, f"{number} such weekday of {whole.value}")]


def _month_of_weekday(match: RuleMatch, scene: Scene) -> Meaning:
    if match.has("m"):
        (whole,) = read_month(match, scene)
        return whole
    count, wished = next((token.kinds["REL"] for token in match.group("of") if "REL" in token.kinds), (0, PUBLISHED))
    base, anchor = base_day(scene, wished, Unit.MONTH)
    month = move(base, count, Unit.MONTH) if base else None
    return dated(month, anchor) if month else undated(UNKNOWN[Unit.MONTH])


def read_year(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "1998", "late 1949"."""
    printed = printed_year(match)
    if printed is None or not (1000 <= printed <= 2199) or _is_bare_old_year(match, printed):
        return []
    return [edged(dated(Period(Unit.YEAR, date(printed, 1, 1))), match, scene)]


def read_year_end(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "1914-18": the second of two years."""
    digits = match.word("y")
    before = match.tokens[match.start - 2].word
    whole = int(before[:2] + digits)
    if len(digits) != 2 or whole <= int(before):
        return []
    return [dated(Period(Unit.YEAR, date(whole, 1, 1)))]


def _is_bare_old_year(match: RuleMatch, printed: int) -> bool:
    """A number below 1700 or above 2050 is a year only after a word that years follow ("in 1415")."""
    if 1700 <= printed <= 2050 or match.end - match.start > 1:
        return False
    before = match.tokens[match.start - 1] if match.start else None
    return before is None or "IN" not in before.kinds


def read_fiscal_year(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "fiscal 2011", "the last fiscal year": its months depend on whose year it is, so its days are a wide range;
    TIMEX3 has no sign for it but the year's.
    """
    base, anchor = (
        (None, None) if match.has("y") else base_day(scene, (relation(match) or (0, PUBLISHED))[1], Unit.YEAR)
    )
    year = printed_year(match) or (base.year + (relation(match) or (0, ""))[0] if base else None)
    if year is None:
        return [undated("XXXX")]
    return [_fiscal(f"{year:04d}", year, anchor, printed=match.has("y"))]


def _fiscal(value: str, year: int, anchor: str | None, *, printed: bool) -> Meaning:
    """A fiscal year or part of it: a printed one has begun the year before at the earliest; "this" one may end in the
    year after.
    """
    last = date(year + (not printed), 12, 31)
    return Meaning("DATE", value, date(year - 1, 1, 1), last, anchor, reason="whose fiscal year it is, is not told")


def read_decade(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "the late 1960s"; "the 1800s" are a century, "the 2000s" ten years."""
    start = int(match.word("d")[:4])
    unit = Unit.CENTURY if start % 100 == 0 and start < 2000 else Unit.DECADE
    return [edged(dated(Period(unit, date(start, 1, 1))), match, scene)]


def read_short_decade(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "the '90s", "the sixties": of the last century."""
    digits = re.search(r"\d", match.word("d"))
    if digits and digits.group() in "1234" and not match.word("d").startswith("'"):
        return []  # "in the mid-30s": an age or a rate as often as a decade
    tens = int(digits.group()) if digits else match.worth("d", "DECADE_WORD")
    start = date(1900 + 10 * int(tens), 1, 1)
    return [edged(dated(Period(Unit.DECADE, start), None, "taken as the last century"), match, scene)]


def read_century(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "the 19th century"."""
    number = (match.worth("n", "ORDINAL") or day_number(match, "n")) + (match.worth("tens", "TENS") or 0)
    if number < 0:
        base = move(scene.published, number, Unit.CENTURY) if scene.published else None
        return [dated(base, PUBLISHED, f"{number:+d} century from {scene.published}") if base else undated("XXXX")]
    if match.word("era").replace(".", "").startswith("b"):
        return [undated(f"BC{number:02d}XX", "before the calendar")]
    if not 10 < number <= 21:
        return [undated(f"{max(number - 1, 0):02d}XX", "outside the calendar of news")]
    return [edged(dated(Period(Unit.CENTURY, date(100 * (number - 1), 1, 1))), match, scene)]


def read_before_christ(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "238 BC"; AD years count as years."""
    number = int(match.word("y"))
    if number > 9999:
        return []
    if match.worth("era", "ERA"):
        part = match.worth("s", "SEASON", "MAYBE_SEASON") or (f"{month_number(match):02d}" if match.has("m") else "")
        return [undated(f"BC{number:04d}" + (f"-{part}" if part else ""), "before the calendar")]
    return [undated(f"{number:04d}", "outside the calendar of news")]


def read_quarter(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "the third quarter of 1998", "last quarter"; one of a fiscal year lies somewhere in that year's range."""
    if match.has("rel") and not match.has("n"):
        unnamed = (relation(match) or (0, PUBLISHED))[1] == PREVIOUS and scene.latest(Unit.QUARTER) is None
        return [undated(UNKNOWN[Unit.QUARTER]) if unnamed else relative(match, scene, Unit.QUARTER)]
    digits = match.word("q")[1:] if match.word("q").startswith("q") and match.word("q")[1:].isdigit() else ""
    number = int(digits or match.worth("n", "ORDINAL") or day_number(match, "n") or 0)
    number = 4 if number == -1 else number  # "the last quarter of 2012"
    if not 1 <= number <= 4 or is_of_match(match):
        return []
    year_, anchor, reason = year_of(match, scene, Unit.QUARTER, 3 * number - 2)
    if year_ is None:
        return [undated(f"XXXX-Q{number}")]
    if any(token.word in ("fiscal", "financial") for token in match.tokens[match.start : match.end]):
        return [_fiscal(f"{year_:04d}-Q{number}", year_, anchor, printed=match.has("y"))]
    return [dated(Period(Unit.QUARTER, date(year_, 3 * number - 2, 1)), anchor, reason)]


def read_quarter_to(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "the quarter ended Sept. 30": the three months up to that day, one of the calendar's where they fit."""
    number, day = month_number(match), day_number(match, "d")
    year, anchor, reason = year_of(match, scene, Unit.DAY, number, day)
    end = day_of(year, number, day) if year is not None else None
    first = shift(containing(Unit.MONTH, end.first), -2) if end else None
    if end is None or first is None:
        return [undated(UNKNOWN[Unit.QUARTER])]
    quarter = containing(Unit.QUARTER, end.first)
    if (quarter.first, quarter.last) == (first.first, end.first):
        return [dated(quarter, anchor, reason)]
    return [
        Meaning("DATE", f"{end.first.year:04d}-QX", first.first, end.first, anchor, reason=f"three months, {reason}")
    ]


def read_same_quarter(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "in the quarter": the one named before."""
    previous = scene.latest(Unit.QUARTER)
    if previous is None:
        return [undated(UNKNOWN[Unit.QUARTER])]
    return [dated(previous, PREVIOUS, f"the quarter named before, {previous.value}")]


def read_quarter_before(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "the year-earlier quarter": a year before the quarter named, else some quarter of the year before."""
    previous = scene.latest(Unit.QUARTER)
    before = shift(previous, -4) if previous else None
    if before is not None:
        return [compared(before, f"a year before {previous.value if previous else ''}")]
    year = move(scene.published, -1, Unit.YEAR) if scene.published else None
    if year is None:
        return [undated(UNKNOWN[Unit.QUARTER])]
    reason = f"some quarter a year before published {scene.published}"
    return [Meaning("DATE", f"{year.value}-QX", year.first, year.last, PUBLISHED, reason=reason)]


def read_half_year(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "the second half of 2022", "in the first half"."""
    number = match.worth("n", "ORDINAL")
    if match.has("n") and (number not in (1, 2, -1) or is_of_match(match)):
        return []
    second = number in (2, -1) or match.worth("edge", "EDGE") == "END" or match.word("h") == "h2"
    here = PREVIOUS if scene.close else PUBLISHED  # "the year" is this one, unless the sentence named another
    count, wished = relation(match) or (0, here)
    base, anchor = (None, None) if match.has("y") else base_day(scene, wished, Unit.YEAR)
    printed = printed_year(match) or (base.year + count if base else None)
    if printed is None:
        return [undated(f"XXXX-H{second + 1}")]
    half = Period(Unit.HALF, date(printed, 7 if second else 1, 1))
    if scene.tells_past and scene.published and anchor == PUBLISHED and half.first > scene.published:
        half = shift(half, -2) or half  # "it earned more in the second half of the year", written in January
    return [dated(half, anchor)]


_SEASON_START = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_JUST_OVER = 60  # days for which a season that has ended is still "this" one where it is told as past


def _season_end(year: int, start: date) -> date:
    """The last day of the season of that year that begins in the month of `start`."""
    return containing(Unit.SEASON, date(year, start.month, 1)).last


def read_season(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "the summer of 1915", "last fall"; months as in the north."""
    letters = match.worth("s", "SEASON", "MAYBE_SEASON")
    first_month = _SEASON_START[letters]
    if not any(match.has(name) for name in ("y", "rel", "edge")) and not scene.narrative:
        if match.tokens[match.end - 1].is_capital and stands_before_capital(match):
            return []  # "the Winter Games"
        if stands_before_noun(match):
            return [undated(f"XXXX-{letters}", "a thing of that season, of no year named")]
    year_, anchor, reason = _season_year(match, scene, first_month)
    if year_ is None:
        return [undated(f"XXXX-{letters}")]
    return [edged(dated(Period(Unit.SEASON, date(year_, first_month, 1)), anchor, reason), match, scene)]


def _season_year(match: RuleMatch, scene: Scene, first_month: int) -> tuple[int | None, str | None, str]:
    related = relation(match)
    if related is None or match.groups["rel"][0] > match.groups["s"][0]:
        return year_of(match, scene, Unit.SEASON, first_month)
    count, anchor = related
    base, anchor = base_day(scene, anchor, Unit.SEASON)
    if base is None:
        return None, None, ""
    current = containing(Unit.SEASON, base)
    year_ = base.year - (base.month < 3 and first_month == 12)
    start = date(year_, first_month, 1)
    if count < 0 and start >= current.first:
        year_ -= 1
    if count > 0 and start <= current.first:
        year_ += 1
    if (
        count == 0
        and scene.tells_past
        and anchor == PUBLISHED
        and (base - _season_end(year_ - 1, start)).days <= _JUST_OVER
    ):
        year_ -= 1  # "this winter was harsh", written in March
    return year_, anchor, f"{match.word('rel')} such season from {anchor} {base}"


def read_eve(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "the eve of the February invasion": the day before some day of that month, year or weekday."""
    if match.has("wd"):
        (day,) = read_weekday(match, scene)
        before = move(day.first, -1, Unit.DAY) if day.first else None
        return [dated(before, day.anchor, "the day before") if before else undated(UNKNOWN[Unit.DAY])]
    (base,) = list(read_month(match, scene) if match.has("m") else read_year(match, scene)) or [undated("XXXX")]
    if base.first is None or base.last is None:
        return [replace(base, reason="a day before one in it")]
    one = timedelta(days=1)
    return [
        replace(base, first=base.first - one, last=base.last - one, reason=f"a day before one in it; {base.reason}")
    ]
