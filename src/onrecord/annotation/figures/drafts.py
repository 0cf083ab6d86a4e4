"""Numbers that are figures, with what stands around them: unit, base, what they count, place."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from onrecord.annotation.figures.exclusions import Surroundings, is_no_figure
from onrecord.annotation.figures.numbers import ASSUMED, Number, find_numbers
from onrecord.annotation.figures.phrases import (
    Phrase,
    is_people,
    read_approximation,
    read_base,
    read_limit,
    read_noun_phrase,
    read_place,
    read_place_before,
    read_predicate,
    read_rate,
    read_subject,
    read_those,
    read_unit,
)
from onrecord.annotation.figures.telling import read_holder, read_reached, read_side
from onrecord.annotation.words import Kind, Word, read_words
from onrecord.lexicon.loader import load_lexicon
from onrecord.lexicon.vocabulary import demonyms
from onrecord.records.findings import TimeExpression
from onrecord.records.spans import Span, overlaps

_Item = TypeVar("_Item", Word, Span)

PARTS = frozenset({"percent", "percentage points", "share"})
_BEFORE, _AFTER = 120, 240  # characters around a number in which its phrases are sought; keeps long sentences linear
_FAR = 200  # characters before a number in which the verb that reaches it has its subject


@dataclass(frozen=True, slots=True)
class Draft:
    """A number that is a figure, with what stands around it, before lists and claimants are settled."""

    number: Number
    span: Span
    approximate: str | None
    unit: str | None
    base: Phrase | None
    counts: Span | None
    place: Span | None
    end: int
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lead:
    """The words around a number over earlier figures back to its verb's subject; stops: other numbers and dates."""

    words: Sequence[Word]
    stops: Sequence[Span]


def find_drafts(text: str, sentence: Span, times: Sequence[TimeExpression]) -> Iterator[Draft]:
    """The figures of a sentence, in reading order."""
    dates = [each.span for each in times if not _is_plain_length(each)]
    numbers = [
        number for number in find_numbers(text, sentence) if not any(overlaps(number.span, day) for day in dates)
    ]
    words = read_words(text, sentence) if numbers else ()
    stops = sorted([number.span for number in numbers] + dates)
    start = sentence.start
    counted: str | None = None  # the unit of what the sentence counted last, which "three of them" takes up
    for number in numbers:
        start = min(start, number.span.start)  # what "31 of 204 ships" counts stands behind the second number
        near = Span(max(start, number.span.start - _BEFORE), min(sentence.end, number.span.end + _AFTER))
        others = [stop for stop in _within(stops, near) if stop != number.span]
        wide = Span(max(sentence.start, number.span.start - _FAR), near.end)
        lead = Lead(_within(words, wide), tuple(stop for stop in _within(stops, wide) if stop != number.span))
        draft = _draft(text, near, _within(words, near), number, others, lead)
        unit = draft.unit or (counted if OF_THEM in draft.flags else None)
        if not is_no_figure(_surroundings(text, sentence, draft), number, unit, draft.approximate):
            yield draft
            start, counted = draft.end, draft.unit if draft.counts else counted


def _within(items: Sequence[_Item], near: Span) -> Sequence[_Item]:
    """The items that begin in a stretch of text; they are in order."""
    first = bisect_left(items, near.start, key=lambda item: item.start)
    return items[first : bisect_left(items, near.end, key=lambda item: item.start)]


def _surroundings(text: str, sentence: Span, draft: Draft) -> Surroundings:
    number = draft.number.span
    return Surroundings(
        before=text[max(sentence.start, draft.span.start - _BEFORE) : draft.span.start],
        inexact=text[draft.span.start : number.start],
        printed=text[number.start : number.end],
        after=text[number.end : min(sentence.end, number.end + _BEFORE)],
        is_cut=draft.span.start - sentence.start > _BEFORE,
        is_plural=draft.counts is not None and (draft.unit == "people" or (draft.unit or "").endswith("s")),
    )


def _is_plain_length(expression: TimeExpression) -> bool:
    """A length of time that is told for its own sake, not counted from a date or an event."""
    counted = expression.resolved.reason == "counted from an event"
    return expression.type == "DURATION" and expression.anchor is None and not counted


def _draft(text: str, near: Span, words: Sequence[Word], number: Number, stops: Sequence[Span], lead: Lead) -> Draft:
    inexact = read_approximation(text, near.start, number.span.start, number.span.end)
    unit, at = _unit_behind(text, number, near.end)
    if inexact and inexact[0] == "over" and unit in TIMES and _runs_over(lead.words, inexact[1]):
        inexact = None
    flags = number.flags
    if re.fullmatch(r"[\s-]*(?:of\s)?dollars?", text[number.span.end : at], re.IGNORECASE):
        flags += (ASSUMED,)
    rate = read_rate(text, at, near.end) if unit and unit not in PARTS and unit not in TIMES else None
    unit, at = (f"{unit} {rate[0]}", rate[1]) if rate else (unit, at)
    those = read_those(text, at, near.end)
    base = None if those else _base(text, words, number, unit, at, near.end, stops)
    if those:
        flags += (OF_THEM,)
        counts = _named_behind(words, those, stops)
    else:
        counts = None if base else _counted(text, words, number, unit, at, near.end, stops)
    begin = inexact[1] if inexact else number.span.start
    phrase_end = max(at, base.span.end if base else 0, counts.span.end if counts else 0)
    place = read_place(text, phrase_end, near.end, is_part=base is not None or unit in PARTS) or read_place_before(
        text, near.start, begin
    )
    place = None if place and any(overlaps(place, stop) for stop in stops) else place
    end = max(phrase_end, place.end if place and place.start > at else 0)
    if counts is None and unit is None and (struck := _struck(text, at, near.end)):
        counts = Phrase(struck, "people")
        flags += () if is_people(text[struck.start : struck.end].lower()) else ("unit_inferred",)
    if counts and unit is None:
        unit = _unit_of(counts)
    if unit is None and base is None and _striking().search(text, near.start, begin):
        unit = "people"
        flags += ("unit_inferred",)
    if unit is None and base is None and _peopled().search(text, near.start, begin):
        unit = "people"
        flags += ("unit_inferred",)
    told = None if counts else _told_of(words, number, unit, begin, end, near.end, lead, is_part=bool(base))
    if unit in PARTS and base is None and (among := _AMONG.match(text, lead.words[0].start, begin)):
        base = Phrase(Span(*among.span(1)), "")  # "Among voters under 30, support stood at 64 percent"
    if told and unit is None and not base and (unit := _unit_told(lead.words, begin, told)):
        flags += ("unit_inferred",)
    counted = counts.span if counts else told.span if told else None
    if unit is None and _BALLOT.search(text, max(0, number.span.start - BALLOT_REACH), number.span.start):
        unit = "votes"
        flags += ("unit_inferred",)
    flags += ("missing_unit",) if unit is None else ()
    approximate = inexact[0] if inexact else _vague_word(text, number) or read_limit(text, phrase_end, near.end)
    return Draft(number, Span(begin, at), approximate, unit, base, counted, place, end, flags)


def _runs_over(words: Sequence[Word], at: int) -> bool:
    """Whether "over" before a time tells how long something is spread: "14 billion euros over ten years"."""
    before = next((word for word in reversed(words) if word.end <= at), None)
    return before is not None and before.kind in (Kind.NOUN, Kind.NUMBER)


def _struck(text: str, at: int, end: int) -> Span | None:
    """The word right behind a bare number for what befell people: "31 wounded", "86 held", "60 still missing"."""
    match = _struck_pattern().match(text, at, end)
    return Span(*match.span(1)) if match else None


@cache
def _struck_pattern() -> re.Pattern[str]:
    struck = "|".join(load_lexicon("figures")["struck"])
    ends = r"(?=\s*(?:[.,;:)!?\n]|\Z)|\s+(?:and|or|but|in|on|at|after|as|by|when|near|during|since|so)\b)"
    return re.compile(rf"\s+(?:still\s+)?({struck})\b{ends}", re.IGNORECASE)


@cache
def _striking() -> re.Pattern[str]:
    """As in "killing" two: what is done to people, right before a bare number."""
    return re.compile(rf"\b(?:{'|'.join(load_lexicon('figures')['striking'])})\s+\Z", re.IGNORECASE)


@cache
def _peopled() -> re.Pattern[str]:
    """As in "a country of" 11.6 million."""
    return re.compile(rf"\b(?:{'|'.join(load_lexicon('figures')['peopled'])})\s+of\s+\Z", re.IGNORECASE)


OF_THEM = "of_them"  # a passing mark on a part of what was counted before; no flag of the figure
TIMES = frozenset({"seconds", "minutes", "hours", "days", "weeks", "months", "years", "decades"})


def _base(
    text: str, words: Sequence[Word], number: Number, unit: str | None, at: int, end: int, stops: Sequence[Span]
) -> Phrase | None:
    """What a number is a part of; behind a ratio it needs no "of": "three in five households"."""
    if not _may_have_base(number, unit):
        return None
    base = read_base(text, words, at, end, stops, is_share=number.is_share)
    inner = _INNER.match(text, number.span.start, number.span.end) if "ratio" in number.flags else None
    if inner:
        return Phrase(Span(*inner.span(1)), inner.group(1).lower())
    if base is None and "ratio" in number.flags and text[at : at + 1].isspace():
        base = read_noun_phrase(words, at, stops, is_counted=True)
        people = (
            base is not None and text[base.span.start].isupper() and " " not in text[base.span.start : base.span.end]
        )
        return base if base and (people or _is_countable(base)) else None  # "one in sixteen Orlians"
    return base


_AMONG = re.compile(r"Among\s+(?:the\s+|its\s+|all\s+)?([^,;:.()]{3,40}),\s")
_INNER = re.compile(r"one\s+(?!in\b|out\b|of\b)([a-z]+)\s+(?:in|out)\b", re.IGNORECASE)  # "one voter in three"


def _named_behind(words: Sequence[Word], at: int, stops: Sequence[Span]) -> Phrase | None:
    """The noun right behind "of them" that says what they are: "11 of them police officers"."""
    following = next((word for word in words if word.start >= at), None)
    if following is None or following.kind not in (Kind.NOUN, Kind.PARTICIPLE, Kind.NUMBER):
        return None
    phrase = read_noun_phrase(words, at, stops, is_counted=True)
    plural = phrase is not None and phrase.head.endswith("s") and not phrase.head.endswith("ss")
    return phrase if phrase and (plural or is_people(phrase.head)) and phrase.head not in demonyms() else None


_CLOSING = ("”", "’", '"')
BALLOT_REACH = 40  # characters: "voted by 112,000 to "
# "voted 112 to 61": either number counts votes.
_BALLOT = re.compile(
    r"\bvot(?:ed|es|ing)\s(?:by\s)?(?:[\d,]+\s?(?:to|[-–])\s?)?\Z|(?:\d|[a-z])\svotes\sto\s\Z"  # "241 votes to 12"
)


def _unit_behind(text: str, number: Number, end: int) -> tuple[str | None, int]:
    """The unit that the number carries or that stands behind it, and where its words end."""
    if number.currency or number.is_share:
        return number.currency or "share", number.span.end
    plus = re.compile(r"-plus\b").match(text, number.span.end, end)
    behind = plus.end() if plus else number.span.end
    ratio = re.compile(r"[ -]to[ -](?:1|one)\b(?![.,]?\d)").match(text, number.span.end, end)
    if ratio:
        return "to 1", ratio.end()
    of = re.compile(r"\s+of(?=\s)").match(text, number.span.end, end) if number.low is None else None
    found = read_unit(text, of.end() if of else behind, end)
    if found:
        return found[0], found[1].end
    joined = re.compile(r"-([^\W\d_]+)(?=\s)").match(text, behind, end)  # "a three-nation alliance"
    return (joined.group(1).lower(), joined.end()) if joined else (None, behind)


def _vague_word(text: str, number: Number) -> str | None:
    return text[number.span.start : number.span.end].lower() if number.low is None else None


def _may_have_base(number: Number, unit: str | None) -> bool:
    """A part of a whole, or a decimal number whose unit the text left out ("99.23 of the voters")."""
    return unit in PARTS or (unit is None and number.low is not None and number.low % 1 != 0)


def _counted(
    text: str, words: Sequence[Word], number: Number, unit: str | None, at: int, end: int, stops: Sequence[Span]
) -> Phrase | None:
    """The noun phrase that is counted: right behind the number, or behind "of" ("dozens of", "156 tons of")."""
    if unit in PARTS:
        return None
    of = _OF_NUMBER.match(text, at, end)
    if of is None or not any(stop.start == of.end() for stop in stops):
        of = _OF.match(text, at, end)
    if of and unit in DISTANCES:
        return None  # "within 12 miles of the island"
    if of:
        whole = next((stop.end for stop in stops if stop.start == of.end()), of.end())  # "31 of 204 ships"
        return read_noun_phrase(words, whole, stops, is_counted=whole != of.end())
    at = at + 1 if text[at : at + 1] in _CLOSING else at  # “around 700” soldiers
    following = [word for word in words if word.start >= at]
    joint = text[at : following[0].start] if following else ""
    if not (joint == "-" or (joint and joint.isspace())) or (
        following[0].kind is Kind.DETERMINER and following[0].lower != "more"
    ):
        return None
    if following[0].lower in load_lexicon("figures")["measured"]:
        return None  # "200 kilometres away"
    phrase = read_noun_phrase(words, at, stops, is_counted=True)
    behind = next((word for word in words if phrase and word.start >= phrase.span.end), None)
    says = number.currency and phrase and phrase.head.endswith("s") and behind and behind.is_finite
    if phrase is not None and unit is None and joint != "-" and number.low != 1 and not _is_countable(phrase):
        return None
    return None if says else phrase  # "$20 million experts say": they are no part of the sum


_OF = re.compile(r"\s+(?:worth\s+)?of\s+")
# "31 of the port's 204 ships", "two of her five sheep": another number behind the owner
_OF_NUMBER = re.compile(r"\s+of\s+(?:(?:the|its|their|his|her|our|some)\s+(?:[\w’'-]+['’]s?\s+)?)?")
DISTANCES = frozenset({"km", "m", "miles", "nautical miles", "feet", "yards"})


def _is_countable(phrase: Phrase) -> bool:
    """Whether a phrase can be what several are: a plural, people, or a word without a plural; "130 remain" is none."""
    lexicon = load_lexicon("figures")
    plural = phrase.head.endswith("s") and not phrase.head.endswith("ss")
    alone = phrase.span.end - phrase.span.start == len(phrase.head)
    return plural or not alone or is_people(phrase.head) or phrase.head in lexicon["without_plural"]


_PRONOUNS = frozenset({"them", "these", "those", "us", "you", "which", "whom"})


def _unit_of(phrase: Phrase) -> str | None:
    if phrase.head in _PRONOUNS:
        return None  # "some 4,000 of them"
    return "people" if is_people(phrase.head) else phrase.head


def _told_of(
    words: Sequence[Word],
    number: Number,
    unit: str | None,
    begin: int,
    at: int,
    end: int,
    lead: Lead,
    *,
    is_part: bool,
) -> Phrase | None:
    """What a number tells of where no noun behind it says so: what reached it; of a part, what its base did or who has
    it; of money, what it is the sum of.
    """
    if unit in TIMES or unit in DISTANCES:
        return None
    part = is_part or unit in PARTS
    of = read_subject(words, begin) if part or number.currency else None
    told = of or read_reached(lead.words, begin, lead.stops, is_part=part)
    if told or not part:
        return told
    predicate = read_predicate(words, at, end) or read_side(words, at)
    if predicate:
        return Phrase(predicate, "")
    return read_holder(lead.words, begin, lead.stops) if is_part else None


def _unit_told(words: Sequence[Word], begin: int, told: Phrase) -> str | None:
    """The unit of a bare number by what reached it: a death toll and "the number of dead" count people."""
    lexicon = load_lexicon("figures")
    if told.head in lexicon["counts_people"] or is_people(told.head):
        return "people"
    inner = [word for word in words if told.span.start <= word.start < told.span.end]
    of = next((at for at, word in enumerate(inner) if word.lower == "of"), None)
    if told.head in lexicon["counts"] and of is not None:
        if is_people(inner[-1].lower):
            return "people"  # "the number of missing"
        phrase = read_noun_phrase(inner[of + 1 :], inner[of].end, (), is_counted=True)
        return _unit_of(phrase) if phrase and _is_countable(phrase) else None
    last = next((word.lower for word in reversed(words) if word.end <= begin), "")
    several = told.head.endswith("s") and not told.head.endswith("ss") and told.head not in lexicon["measures"]
    return told.head if several and last in lexicon["counted_by"] else None
