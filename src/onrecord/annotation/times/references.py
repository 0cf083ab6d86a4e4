"""Readers of words for past, present and future that name no date."""

from onrecord.annotation.times.grammar import RuleMatch
from onrecord.annotation.times.meaning import PUBLISHED, Meaning, Meanings
from onrecord.annotation.times.scene import Scene


def read_reference(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "now", "recently"."""
    value = match.worth("r", "PRESENT", "RECENT", "NEAR")
    return [_reference(str(value), scene)]


def _reference(value: str, scene: Scene) -> Meaning:
    day = scene.published
    first, last = {"PRESENT_REF": (day, day), "PAST_REF": (None, day), "FUTURE_REF": (day, None)}[value]
    return Meaning("DATE", value, first, last, PUBLISHED if day else None, reason="a word for past, present or future")


def read_present(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "at the moment", "the present day"; in a history "at this time" is the time told of."""
    if scene.narrative:
        return [Meaning("DATE", "PRESENT_REF", anchor=PUBLISHED, reason="the time told of")]
    return [_reference("PRESENT_REF", scene)]


def read_past(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "in the past"."""
    return [_reference("PAST_REF", scene)]


def read_future(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "the near future"."""
    return [_reference("FUTURE_REF", scene)]


def read_name(match: RuleMatch, scene: Scene) -> Meanings:
    """As in "Bloody Sunday", "at the end of the day": a name or phrase that tells no time by itself."""
    return []
