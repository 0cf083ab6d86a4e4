"""Readers of what is counted from elsewhere: "last week", "two days earlier", "the past five days"."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from onrecord.annotation.times.calendar import Period, Unit, containing, day_of, move, shift
from onrecord.annotation.times.choices import weekday_from
from onrecord.annotation.times.grammar import RuleMatch, read_number
from onrecord.annotation.times.meaning import (
    CLOCKS,
    PREVIOUS,
    PUBLISHED,
    UNKNOWN,
    Meaning,
    Meanings,
    base_day,
    compared,
    dated,
    edged,
    length_value,
    printed_year,
    read_count,
    read_unit,
    relation,
    relative,
    undated,
)
from onrecord.annotation.times.scene import Scene
from onrecord.lexicon.loader import load_lexicon


def _unknown(unit: Unit) -> str:
    """The value of a day, week or month of which nothing can be told."""
    return UNKNOWN.get(unit, UNKNOWN[Unit.DAY] if unit in CLOCKS else "XXXX")


def read_relative_unit(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "last week", "this month", "the previous year", "later this year"."""
    unit, times = read_unit(match)
    if unit in CLOCKS or times > 1:
        return _relative_clock(match, scene, unit)
    if unit is Unit.DECADE and match.word("rel") != "this":
        return [Meaning("DURATION", length_value(Decimal(1), unit), reason="a length of time")]
    if _is_up_to_now(match):
        return read_near_length(match, scene)
    return [edged(relative(match, scene, unit), match, scene)]


def _is_up_to_now(match: RuleMatch) -> bool:
    """Whether "last" has an article and no other word: "spent the last week", unlike "last week"."""
    words = [token.word for token in match.tokens[match.start : match.end]]
    return words[:2] == ["the", "last"] and len(words) == 3


def _relative_clock(match: RuleMatch, scene: Scene, unit: Unit) -> Meanings:
    if unit is not Unit.HOUR or (relation(match) or (0, ""))[0] == 0:
        return []  # "the last minute", "this hour" are figures of speech
    return read_near_length(match, scene)


def read_edge_of_unit(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "the end of the year", "later in the week": of the one named before; of the current one where nothing was
    named, or "since" or what lies ahead speaks of today's.
    """
    unit, _ = read_unit(match)
    base, anchor = base_day(scene, PUBLISHED if _is_of_today(match, scene, unit) else PREVIOUS, unit)
    period = move(base, 0, unit) if base else None
    if period is None:
        return [undated(_unknown(unit))]
    meaning = edged(dated(period, anchor, f"of {anchor} {base}"), match, scene)
    if match.word("u") == "night":  # "in the middle of the night"
        return [replace(meaning, type="TIME", value=f"{meaning.value}TNI")]
    return [meaning]


def read_before_last(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "the year before last"."""
    unit, times = read_unit(match)
    period = move(scene.published, -2 * times, unit) if scene.published else None
    if period is None:
        return [undated(_unknown(unit))]
    return [dated(period, PUBLISHED, f"-2 {unit.name.lower()} from {PUBLISHED} {scene.published}")]


def _is_of_today(match: RuleMatch, scene: Scene, unit: Unit) -> bool:
    """Whether "since the start of the year" or "will … by the end of the decade" cannot mean one long over."""
    previous = scene.previous(unit)
    since = match.start > 0 and match.tokens[match.start - 1].word == "since" and not scene.close
    over = previous is None or scene.published is None or previous.last < scene.published
    return since or (scene.ahead is True and over)


def read_offset(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "two days earlier", "a year ago", "the day before", "weeks later"."""
    unit, times = read_unit(match)
    sign, wished = match.worth("dir", "DIR") or (1, PUBLISHED)
    number = read_count(match)
    if match.word("dir") in ("before", "after") and not _ends_clause(match):
        return _offset_from_event(match, number, unit, times)
    finest = Unit.DAY if unit in (*CLOCKS, Unit.DAY, Unit.WEEK) else Unit.YEAR
    base, anchor = base_day(scene, wished, finest)
    if number is None and wished == PREVIOUS and anchor == PUBLISHED:
        return [undated(_unknown(unit))]
    if wished == PREVIOUS and scene.has_moved_on(finest):
        return [undated(_unknown(unit))]
    if number is None:
        return [_vague_offset(sign, base, anchor, unit, scene)]
    if unit is Unit.YEAR and sign < 0 and number == 1 and _is_compared_with(match, scene):
        return read_year_before(match, scene)
    period = moved_by(base, number * sign * times, unit) if base else None
    unplaced = wished == PREVIOUS and anchor == PUBLISHED
    if match.has("n2") and not unplaced:
        return [_between(match, base, sign, times, period, anchor)] if base and period else []
    if period is None or (unplaced and sign > 0):
        return [undated(_unknown(unit))]
    if unplaced:  # earlier than something that has no date: the day of publication is only a bound
        return [Meaning("DATE", period.value, None, period.last, anchor, reason=f"at the latest, from {anchor} {base}")]
    reason = f"{sign * number * times:+} {unit.name.lower()} from {anchor} {base}"
    previous = scene.previous(finest) if anchor == PREVIOUS else None
    end = moved_by(previous.last, number * sign * times, unit) if previous else None
    if end is not None and end.last > period.last:
        return [_spread(period, end, reason)]
    meaning = dated(period, anchor, reason)
    away = _in_days(number * times, unit)
    if unit in CLOCKS and away > _SAME_DAY and away % 1:
        return [_on_either_day(period, sign, anchor, reason)]
    if unit is Unit.DAY and match.word("u").startswith("night"):
        return [replace(meaning, type="TIME", value=f"{meaning.value}TNI")]
    return [_at_least_so_far(meaning, match, sign, base)]


_MORE = frozenset({("more", "than"), ("at", "least"), ("well", "over"), ("over",)})
_LESS = frozenset({("less", "than"), ("fewer", "than"), ("under",)})


def _at_least_so_far(meaning: Meaning, match: RuleMatch, sign: int, base: date | None) -> Meaning:
    """The days of "more than a decade ago", open on the far side, and of "less than a week later", up to the base; the
    value stays, as TIMEX3 keeps the two apart by its `mod`.
    """
    start = match.groups["n"][0] if match.has("n") else match.start
    words = tuple(token.word for token in match.tokens[match.start : start])
    nearly = match.start > 0 and match.tokens[match.start - 1].word in ("just", "little", "slightly", "barely")
    if words not in _MORE | _LESS or nearly:
        return meaning
    far = (None, meaning.last) if sign < 0 else (meaning.first, None)
    near = (meaning.first, base) if sign < 0 else (base, meaning.last)
    first, last = far if words in _MORE else near
    return replace(meaning, first=first, last=last, reason=f"{meaning.reason}, {' '.join(words)}")


def _spread(first: Period, last: Period, reason: str) -> Meaning:
    """What is counted from a longer period than its unit, as "a month later" from a summer: any of a run of months."""
    one_year = first.first.year == last.first.year
    value = _unknown(first.unit)
    if first.unit is Unit.YEAR:
        value = first.value
    elif one_year:
        value = value.replace("XXXX", f"{first.first.year:04d}", 1)
    return Meaning("DATE", value, first.first, last.last, PREVIOUS, first, f"{reason} or later in it")


def _on_either_day(near: Period, sign: int, anchor: str, reason: str) -> Meaning:
    """What is some hours more than whole days away, as "36 hours ago": one of two days."""
    far = shift(near, sign) or near
    first, last = sorted((near.first, far.first))
    return Meaning("DATE", UNKNOWN[Unit.DAY], first, last, anchor, near, f"{reason}, on either day")


# How many of them a year has: "sales fell in the third quarter from a year earlier" compares with that quarter.
_COMPARED = {Unit.QUARTER: 4, Unit.HALF: 2}
_PER_DAY = {Unit.HOUR: 24, Unit.MINUTE: 24 * 60, Unit.SECOND: 24 * 3600}
_SAME_DAY = Decimal("0.5")  # what is less than half a day away is taken to be of the day itself


def _is_compared_with(match: RuleMatch, scene: Scene) -> bool:
    """Whether "a year earlier" is what figures are held against: those of the quarter or half named beside it, or of
    today where its sentence names no time; the year that another sentence told of is not theirs.
    """
    if scene.close:
        return _reported_on(scene).unit in _COMPARED
    before = match.tokens[match.start - 1].word if match.start else ""
    return before in load_lexicon("times")["compared_with"] and not scene.narrative


def _reported_on(scene: Scene) -> Period:
    """The period named last, or the quarter that the day named last ended: "in the fourth quarter, ended Dec. 31"."""
    last = scene.earlier[-1]
    before = scene.earlier[-2] if len(scene.earlier) > 1 else last
    return before if before.unit in _COMPARED and last.unit is Unit.DAY and before.last == last.first else last


def read_year_before(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "the year-earlier period": a year before the quarter or half-year of the sentence, else last year."""
    beside = _reported_on(scene) if scene.close else None
    same = shift(beside, -_COMPARED[beside.unit]) if beside is not None and beside.unit in _COMPARED else None
    if beside is not None and same is not None:
        return [compared(same, f"a year before {beside.value}")]
    year = move(scene.published, -1, Unit.YEAR) if scene.published else None
    if year is None:
        return [undated(UNKNOWN.get(Unit.YEAR, "XXXX"))]
    return [replace(dated(year, PUBLISHED, f"a year before published {scene.published}"), period=None)]


def _ends_clause(match: RuleMatch) -> bool:
    """Whether nothing follows from which "before" or "after" could count."""
    behind = [token.word for token in match.tokens[match.end : match.end + 2]]
    following = behind[-1] if behind and behind[0] in ("that", "then") else (behind or ["."])[0]
    return not (following[0].isalnum() or following[0] in "'’\"“‘[")


def _offset_from_event(match: RuleMatch, number: Decimal | None, unit: Unit, times: int) -> Meanings:
    """As in "two days after the vote", "weeks before it": a length of time, counted from an event, not from a date."""
    if not match.has("n") and number is not None:
        return [undated(_unknown(unit), "counted from an event")]
    end = match.groups["dir"][0]
    value = length_value(number, unit, times)
    return [Meaning("DURATION", value, reason="counted from an event", tokens=(match.start, end))]


def count_from(match: RuleMatch, base: Period) -> Meaning | None:
    """As in "a day after" counted from the date that follows it; None for an open number."""
    unit, times = read_unit(match)
    sign, _ = match.worth("dir", "DIR")
    number = read_count(match)
    period = moved_by(base.first, number * sign * times, unit) if number is not None else None
    if period is None:
        return None
    return dated(period, PREVIOUS, f"counted from {base.value}")


def _between(match: RuleMatch, base: date, sign: int, times: int, far: Period, anchor: str) -> Meaning:
    """As in "five or six years ago": all that either number gives; the value is that of the farther one."""
    unit, _ = read_unit(match)
    number = read_number(match.group("n2"))
    near = moved_by(base, number * sign * times, unit) if number is not None else None
    first, last = min(far.first, near.first if near else far.first), max(far.last, near.last if near else far.last)
    return Meaning("DATE", far.value, first, last, anchor, reason=f"either number of {unit.name.lower()}s from {base}")


def _vague_offset(sign: int, base: date | None, anchor: str, unit: Unit, scene: Scene) -> Meaning:
    value = "PAST_REF" if sign < 0 else "FUTURE_REF"
    is_over = anchor == PREVIOUS and scene.tells_past and bool(base and scene.published and base <= scene.published)
    first, last = (None, base) if sign < 0 else (base, scene.published if is_over else None)
    return Meaning(
        "DATE", value, first, last, anchor if base else None, reason=f"an open number of {unit.name.lower()}s"
    )


def moved_by(base: date, count: Decimal, unit: Unit) -> Period | None:
    """The period `count` units away; parts of a unit count in the next finer one."""
    if count % 1 and unit is Unit.YEAR:
        return move(base, int(count * 12), Unit.MONTH)
    if count % 1 and unit in (Unit.MONTH, Unit.WEEK):
        return move(base, int(count * (30 if unit is Unit.MONTH else 7)), Unit.DAY)
    if unit is Unit.DECADE:
        return move(base, int(count * 10), Unit.YEAR)
    if unit is Unit.CENTURY:
        return move(base, int(count * 100), Unit.YEAR)
    if unit in CLOCKS:
        return move(base, int(_in_days(count, unit)), Unit.DAY)
    return move(base, int(count), unit)


def _in_days(count: Decimal, unit: Unit) -> Decimal:
    """So many hours, minutes or seconds, or days, as days."""
    return count / _PER_DAY.get(unit, 1)


def read_offset_from(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "a week from Friday"."""
    unit, _ = read_unit(match)
    number = match.worth("base", "WEEKDAY")
    if scene.published is None:
        return [undated(UNKNOWN[Unit.DAY])]
    days_ahead = (number - scene.published.isoweekday()) % 7 if number else match.worth("base", "DEICTIC")
    start = move(scene.published, days_ahead, Unit.DAY)
    moved = move(start.first, 7 if unit is Unit.WEEK else 1, Unit.DAY) if start else None
    return [dated(moved, PUBLISHED, f"from published {scene.published}")] if moved else []


def read_weeks_before(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "a week ago Tuesday": so many weeks before the latest such day."""
    number, weekday = read_number(match.group("n")), match.worth("wd", "WEEKDAY")
    if scene.published is None or number is None or number % 1:
        return [undated(f"XXXX-WXX-{weekday}")]
    latest = weekday_from(scene.published, weekday, -1, scene)
    day = move(latest, -7 * int(number), Unit.DAY)
    return [dated(day, PUBLISHED, f"{number} weeks before {latest}, from published {scene.published}")] if day else []


def read_ago_this(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "a week ago today", "two years ago this month": as fine as what is said of it."""
    unit, times = read_unit(match)
    number = read_number(match.group("n"))
    fine = read_unit(match, "of")[0] if match.has("of") else Unit.DAY
    far = _exactly_ago(scene.published, number * times, unit) if scene.published and number is not None else None
    period = move(far, 0, fine) if far else None
    if period is None:
        return [undated(UNKNOWN.get(fine, "XXXX"))]
    return [dated(period, PUBLISHED, f"{number} {unit.name.lower()} before {PUBLISHED} {scene.published}")]


def _exactly_ago(base: date, count: Decimal, unit: Unit) -> date | None:
    """The same day so many whole weeks, months or years before; None for parts of one, or without no such day."""
    if count % 1 or unit in CLOCKS:
        return None
    period = moved_by(base, -count, unit)
    if period is None or unit is Unit.DAY:
        return period.first if period else None
    if unit is Unit.WEEK:
        return period.first + timedelta(days=base.weekday())
    day = day_of(period.first.year, period.first.month if unit is Unit.MONTH else base.month, base.day)
    return day.first if day else None


def read_same_unit(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "the same month last year": the one named before or the current one, in that year."""
    unit, _ = read_unit(match)
    base, _ = base_day(scene, PREVIOUS, unit)  # the one named before
    count, anchor = relation(match) or (-1, PREVIOUS)
    counted = base_day(scene, anchor, Unit.YEAR)[0] if match.has("rel") else base
    year = printed_year(match) or (counted.year + count if counted else None)
    if base is None or year is None:
        return [undated(_unknown(unit))]
    day = day_of(year, base.month, base.day) or day_of(year, base.month, 28)
    return [compared(containing(unit, day.first), f"that of {base}, in {year}") if day else undated(UNKNOWN[unit])]


def read_this_unit(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "for the year, orders fell": the year named before in the sentence, else the current one."""
    unit, _ = read_unit(match)
    named = scene.latest(unit) if scene.close else None
    if named is not None:
        return [dated(named, PREVIOUS, f"the {unit.name.lower()} named before, {named.value}")]
    period = move(scene.published, 0, unit) if scene.published else None
    return [dated(period, PUBLISHED, f"of published {scene.published}") if period else undated(_unknown(unit))]


def read_near_length(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "the past five days", "the coming weeks": a length that ends or begins at its anchor."""
    unit, times = read_unit(match)
    number = read_count(match)
    value = length_value(number, unit, times)
    if match.worth("rel", "NEAR"):
        return [Meaning("DATE", "PAST_REF", None, scene.published, PUBLISHED, reason="recently")]
    count, anchor = relation(match) or (0, PUBLISHED)
    if not count and match.word("rel") in ("this", "that", "same"):
        return [Meaning("DURATION", value, reason="a length of time")]
    following = match.tokens[match.end].word if match.end < len(match.tokens) else ""
    if any(token.word == "last" for token in match.group("rel")) and following in ("of", "before"):
        return [Meaning("DURATION", value, reason="the last of something else")]
    base, found = base_day(scene, anchor, Unit.DAY)
    if base is None or (anchor == PREVIOUS and found == PUBLISHED):
        return [Meaning("DURATION", value, reason="no date to count from")]
    sign = count or 1
    if unit in CLOCKS and number is not None:
        number, unit = _in_days(number, unit).to_integral_value(ROUND_CEILING), Unit.DAY
    far = moved_by(base, number * sign * times, unit) if number is not None else None
    edge = (far.first if sign < 0 else far.last) if far else None
    first, last = (edge, base) if sign < 0 else (base, edge)
    return [Meaning("DURATION", value, first, last, found, reason=f"{match.word('rel')}, from {found} {base}")]
