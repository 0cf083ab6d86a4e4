"""Time expressions of a document, in reading order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from onrecord.annotation.times.calendar import EARLIEST_YEAR, LATEST_YEAR, Period, Unit
from onrecord.annotation.times.grammar import RuleMatch, find_matches
from onrecord.annotation.times.meaning import PREVIOUS, UNKNOWN, Meaning
from onrecord.annotation.times.neighbours import is_in_name
from onrecord.annotation.times.offsets import count_from
from onrecord.annotation.times.readers import READERS
from onrecord.annotation.times.scene import Scene, is_narrative, lies_ahead
from onrecord.annotation.times.tokens import Token, read_tokens
from onrecord.lexicon.loader import load_lexicon
from onrecord.records.documents import Basis, DateRange, Document
from onrecord.records.findings import TimeExpression
from onrecord.records.spans import Span, Spans

PRODUCED_BY = "times/1"

# How sure a value is, by what it was read against: shares of right values on the tuned part of AQUAINT
# (evaluation/times.py), rounded.
_SCORES = {None: 0.95, "published": 0.85, "previous": 0.7}

Sentence = Sequence[Token]


@dataclass(frozen=True, slots=True)
class _Found:
    span: Span
    meaning: Meaning
    relation: str | None


def find_times(document: Document, sentences: Spans) -> tuple[TimeExpression, ...]:
    """Every time expression with its TIMEX3 type and value and the days it covers.

    Where the day of publication is a range, an expression that hangs on it covers all that either end would give, and
    its value is the one that holds for both; where it is unknown it stays unresolved, with X for what cannot be
    told (`XXXX-WXX-7`).
    """
    read, matches = _match(document.text, sentences)
    first, last = _plausible(document.published)
    found = list(_read_all(read, matches, first))
    if first != last:
        found = _read_range(found, list(_read_all(read, matches, last)), list(_read_all(read, matches, None)))
    return tuple(_expression(number, each) for number, each in enumerate(found, 1))


@lru_cache(2)
def _match(text: str, sentences: Spans) -> tuple[tuple[Sentence, ...], tuple[tuple[RuleMatch, ...], ...]]:
    """The tokens of each sentence and what the rules find in them. Remembered: a text without a date is read twice,
    the second time against the date that was worked out.
    """
    read = tuple(read_tokens(text, sentence) for sentence in sentences)
    return read, tuple(find_matches(tokens) if any(token.kinds for token in tokens) else () for tokens in read)


def _plausible(published: DateRange) -> tuple[date | None, date | None]:
    """Both ends of the publication, if both are known and no number of years away from them leaves the calendar."""
    ends = (published.earliest, published.latest)
    known = all(end is not None and EARLIEST_YEAR + 100 < end.year < LATEST_YEAR - 100 for end in ends)
    return ends if known else (None, None)


def _read_all(
    read: Sequence[Sentence], matches: Sequence[Sequence[RuleMatch]], published: date | None
) -> Iterator[_Found]:
    scene = Scene(published, narrative=is_narrative(read, published))
    for tokens, in_sentence in zip(read, matches, strict=True):
        meant, scene = _read_sentence(tokens, in_sentence, replace(scene, close=False))
        yield from (_found(tokens, match, meaning) for match, meaning in meant)


def _read_sentence(
    tokens: Sentence, matches: Sequence[RuleMatch], scene: Scene
) -> tuple[list[tuple[RuleMatch, Meaning]], Scene]:
    meant: list[tuple[RuleMatch, Meaning]] = []
    for match in matches:
        if is_in_name(match):
            continue
        scene = replace(scene, ahead=lies_ahead(tokens, match.start, match.end))
        for read in READERS[match.rule.means](match, scene):
            meaning = _until_published(read, scene)
            if meant and meaning.period is not None and _counts_from(meant[-1][0], match):
                meant[-1] = meant[-1][0], count_from(meant[-1][0], meaning.period) or meant[-1][1]
            meant.append((match, meaning))
            scene = (
                scene
                if meaning.period is None or _is_outlook(meaning.period, scene)
                else scene.with_period(meaning.period)
            )
    return meant, scene


def _is_outlook(period: Period, scene: Scene) -> bool:
    """Whether a history looks ahead to a year that it has not come to: "a campaign planned for 1976", told of 1975."""
    told = scene.year_told() if scene.narrative and scene.ahead and period.unit is Unit.YEAR else None
    return told is not None and period.first > told.first


def _until_published(meaning: Meaning, scene: Scene) -> Meaning:
    """What is counted from a day gone by and told as past is over when the article appears.

    Where the count says otherwise, it was from something else: "He quit on Monday. Two weeks later he was back."
    """
    last, period = scene.published, meaning.period
    if meaning.anchor != PREVIOUS or period is None or meaning.first is None or last is None or not scene.earlier:
        return meaning
    if not scene.tells_past or meaning.first <= last or scene.earlier[-1].first > last:
        return meaning
    value = UNKNOWN.get(period.unit, "XXXX") + "".join(meaning.value.partition("T")[1:])
    reason = f"{meaning.reason} would be after publication, though told as past"
    return Meaning(meaning.type, value, scene.earlier[-1].first, last, PREVIOUS, None, reason, meaning.tokens)


def _counts_from(one: RuleMatch, other: RuleMatch) -> bool:
    """Whether "the day after" stands right before the date it counts from."""
    return one.rule.means == "offset" and one.end == other.start and one.word("dir") in ("before", "after")


def _found(tokens: Sentence, match: RuleMatch, meaning: Meaning) -> _Found:
    start, end = meaning.tokens or (match.start, match.end)
    before = tokens[start - 1].word if start else ""
    relation = before if before in load_lexicon("times")["relations"] else None
    return _Found(Span(tokens[start].span.start, tokens[end - 1].span.end), meaning, relation)


def _read_range(early: Sequence[_Found], late: Sequence[_Found], undated: Sequence[_Found]) -> list[_Found]:
    """What holds whichever day of the range the article appeared on: joined days; the value only if it is the same."""
    others = {each.span: each.meaning for each in late}
    plain = {each.span: each.meaning for each in undated}
    return [
        replace(each, meaning=_join(each.meaning, others[each.span], plain.get(each.span)))
        for each in early
        if each.span in others
    ]


def _join(one: Meaning, other: Meaning, undated: Meaning | None) -> Meaning:
    if one.value == other.value and (one.first, one.last) == (other.first, other.last):
        return one
    first = min(one.first, other.first) if one.first and other.first else None
    last = max(one.last, other.last) if one.last and other.last else None
    value = one.value if one.value == other.value or undated is None else undated.value
    return replace(one, value=value, first=first, last=last, reason=f"{one.reason}, or {other.reason}")


def _expression(number: int, found: _Found) -> TimeExpression:
    meaning = found.meaning
    known = meaning.first is not None or meaning.last is not None
    basis = (Basis.TEXT if meaning.anchor is None else Basis.INFERRED) if known else Basis.UNKNOWN
    return TimeExpression(
        id=f"t{number}",
        span=found.span,
        type=meaning.type,
        value=meaning.value,
        resolved=DateRange(meaning.first, meaning.last, basis, meaning.reason),
        anchor=meaning.anchor,
        score=_SCORES[meaning.anchor],
        produced_by=PRODUCED_BY,
        relation=found.relation,
    )
