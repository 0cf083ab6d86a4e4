"""Readers of lengths of time and of what comes again and again."""

from decimal import Decimal

from onrecord.annotation.times.clocks import with_part
from onrecord.annotation.times.grammar import RuleMatch, read_number
from onrecord.annotation.times.meaning import Meaning, Meanings, length_value, month_number, read_count, read_unit
from onrecord.annotation.times.scene import Scene


def read_length(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "five days", "a 30-day", "several weeks", "three to five years"."""
    unit, times = read_unit(match)
    if match.has("n2"):
        return [
            Meaning("DURATION", length_value(read_number(match.group("n2")), unit, times), reason="a range of lengths")
        ]
    return [Meaning("DURATION", length_value(read_count(match), unit, times), reason="a length of time")]


def read_age(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "a 52-year-old": how old someone is, which is no time of the story."""
    return []


def read_named_length(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "weeklong"."""
    return [Meaning("DURATION", str(match.worth("l", "LENGTH")), reason="a length of time")]


def read_set_of_units(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "every day", "twice a week", "every two weeks"."""
    unit, times = read_unit(match)
    number = read_number(match.group("n")) if match.has("n") else Decimal(1)
    return [Meaning("SET", length_value(number, unit, times), reason="again and again")]


def read_set_of_weekdays(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "every Sunday", "Sundays"."""
    number = match.worth("wd", "WEEKDAYS", "WEEKDAY")
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
