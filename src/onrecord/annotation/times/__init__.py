"""Time expressions: what English news says about when, as TIMEX3 types and values and as days.

`find_times` is the door. Words, patterns and their reasons are data (lexicon/times.yml); tokens carry kinds, the
grammar matches kinds, and a reader for each rule reads its match against a scene (day of publication, earlier
expressions, tense).
"""

from onrecord.annotation.times.find import find_times

__all__ = ["find_times"]
