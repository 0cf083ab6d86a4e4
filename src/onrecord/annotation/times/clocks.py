"""Readers of times of day."""

import re
from dataclasses import replace
from datetime import date

from onrecord.annotation.times.calendar import Period, Unit, move
from onrecord.annotation.times.choices import weekday_from
from onrecord.annotation.times.grammar import RuleMatch
from onrecord.annotation.times.meaning import PREVIOUS, PUBLISHED, Meaning, Meanings, base_day, dated, relation
from onrecord.annotation.times.scene import Scene
from onrecord.lexicon.loader import load_lexicon

_NEAR = 8  # words behind a time of day in which its day may be named: "from 9 p.m. to 5 a.m., began Wednesday"


def with_part(meaning: Meaning, match: RuleMatch) -> Meaning:
    """The meaning with its part of the day, as TIMEX3 writes it (`2022-09-20TNI`)."""
    if match.has("ap"):
        hour, minute = hour_and_minute(match)
        return replace(meaning, type="TIME", value=f"{meaning.value}T{hour:02d}:{minute:02d}")
    part = match.worth("p", "PART", "PARTS") or (match.worth("p", "NOON") or "")[1:]
    if not part:
        return meaning
    kind = meaning.type if meaning.type == "SET" else "TIME"
    return replace(meaning, type=kind, value=f"{meaning.value}T{part}")


def read_clock(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "5 p.m.", "14:00 GMT Monday", "four o'clock"."""
    hour, minute = hour_and_minute(match)
    if not (0 <= hour <= 24 and 0 <= minute < 60):
        return []
    time = _at_time(match, scene, f"T{hour:02d}:{minute:02d}")
    return [time] if not match.has("aside") else _around_aside(match, time)


def _around_aside(match: RuleMatch, time: Meaning) -> Meanings:
    """As in "10:20 a.m. (0820 GMT) Friday": the local time, and the day behind the same moment elsewhere."""
    opening, _ = match.groups["aside"]
    day_at = match.groups["wd" if match.has("wd") else "day"][0]
    time = replace(time, tokens=(match.start, opening))
    if time.period is None:
        return [time]
    day = dated(time.period, time.anchor, time.reason)
    return [time, replace(day, tokens=(day_at, match.end))]


def hour_and_minute(match: RuleMatch) -> tuple[int, int]:
    """The hour, 0 to 24, and minute printed; an impossible one is for the caller to refuse."""
    digits = match.word("c")
    if digits.isdigit() and len(digits) == 4:
        hour, minute = int(digits[:2]), int(digits[2:])
    elif digits[0].isdigit():
        parts = re.split(r"[:.]", digits)
        hour, minute = int(parts[0]), int(parts[1]) if len(parts) > 1 else 0
    else:
        hour, minute = int(match.worth("c", "NUMBER") or 99), 0
    later = match.worth("ap", "MERIDIEM") or (12 if match.worth("p", "PART") in ("AF", "EV", "NI") else 0)
    if hour == 12 and match.has("ap"):
        hour = 0
    return (hour + later if hour < 13 else hour), minute


def _at_time(match: RuleMatch, scene: Scene, time: str) -> Meaning:
    """The time on its day: the weekday beside it, or the day named before, or the day of publication."""
    day, anchor = _day_of_time(match, scene)
    if day is None:
        return Meaning("TIME", f"XXXX-XX-XX{time}", reason="no date to count from")
    return Meaning("TIME", f"{day}{time}", day, day, anchor, Period(Unit.DAY, day), f"on the day of {anchor}")


def _day_of_time(match: RuleMatch, scene: Scene) -> tuple[date | None, str]:
    number = match.worth("wd", "WEEKDAY") or match.worth("wd2", "WEEKDAY")
    if number and scene.published:
        return weekday_from(scene.published, number, None, scene), PUBLISHED
    if match.has("day") and scene.published:
        period = move(scene.published, match.worth("day", "DEICTIC"), Unit.DAY)
        return (period.first if period else None), PUBLISHED
    if match.has("rel") and scene.published:
        count, _ = relation(match) or (0, PUBLISHED)
        period = move(scene.published, count, Unit.DAY)
        return (period.first if period else None), PUBLISHED
    if number or match.has("day") or match.has("rel"):
        return None, PUBLISHED
    if _opens_entry(match):
        return scene.published, PUBLISHED
    later = _weekday_after(match)
    if later and scene.published and not scene.close:
        return weekday_from(scene.published, later, None, scene), PUBLISHED
    day, anchor = base_day(scene, PREVIOUS, Unit.DAY)
    if day and scene.published and day > scene.published and not (scene.close or scene.ahead):
        return scene.published, PUBLISHED  # a day to come that another sentence named
    return day, anchor


def _opens_entry(match: RuleMatch) -> bool:
    """Whether a time stands at the head or alone, as over each entry of a live report: "12:15 The mayor says …"."""
    if match.start or match.has("wd") or match.has("day"):
        return False
    behind = match.tokens[match.end :]
    if all(not token.word[:1].isalnum() for token in behind):
        return True
    return match.end == 1 and "CLOCK" in match.tokens[0].kinds and behind[0].is_capital


def _weekday_after(match: RuleMatch) -> int | None:
    """The first weekday named behind the time in its sentence, close by; not one that all else is counted from."""
    others = load_lexicon("times")["counted_from"]
    behind = match.tokens[match.end : match.end + _NEAR]
    named = next((token for token in behind if "WEEKDAY" in token.kinds or token.word in others), None)
    return named.kinds.get("WEEKDAY") if named else None


def read_noon(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "noon", "midnight Friday"."""
    return [_at_time(match, scene, str(match.worth("c", "NOON")))]
