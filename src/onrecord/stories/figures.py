"""Figures of different documents that count the same thing and do not agree.

Nothing is decided between them: a conflict shows every value with its carriers, and the reason where the figures
themselves show one (rounding, another base, another day, a unit that one of them left out).
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

from onrecord.records.documents import DateRange, Outlet
from onrecord.records.findings import EventRealis, Figure, Findings
from onrecord.records.redlines import Passage
from onrecord.records.spans import Span, Spans, overlaps, quote_spans

# Words that say nothing of what is counted.
_EMPTY = frozenset(
    {
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "by",
        "with",
        "from",
        "and",
        "or",
        "but",
        "have",
        "has",
        "had",
        "be",
        "been",
        "is",
        "are",
        "was",
        "were",
        "that",
        "this",
        "these",
        "those",
        "their",
        "its",
        "his",
        "her",
        "our",
        "some",
        "all",
        "more",
        "than",
        "about",
        "who",
        "which",
        "it",
        "they",
        "as",
    }
)
_PARTS = frozenset({"percent", "share", None})  # a part of a whole; None is a decimal whose unit was left out
_LOWER = frozenset(
    {"more than", "over", "at least", "upwards of", "in excess of", "no fewer than", "no less than", "or more"}
)
_UPPER = frozenset(
    {"less than", "fewer than", "under", "up to", "at most", "no more than", "below", "or less", "or fewer"}
)
# An inexact value agrees with another that is no further off: "around 93 percent" with 92.5.
_INEXACT = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class FigureSide:
    """One figure of a conflict: where it stands, who carries it and on whose word.

    claimant: name of the speaker who vouches for it; None where the outlet states it or nobody could be named.
    """

    document: str
    figure: str
    outlet: Outlet
    low: str
    high: str
    approximate: str | None
    unit: str | None
    when: DateRange | None
    claimant: str | None
    passage: Passage


@dataclass(frozen=True, slots=True)
class FigureConflict:
    """Two figures for the same thing with values that cannot both hold.

    thing: the words that both share, in alphabetical order, and the place. reasons: what the figures themselves show of
    why they differ: `rounding`, `other_base`, `other_day`, `unit_missing`; empty where nothing is visible.
    """

    thing: tuple[str, ...]
    place: str | None
    one: FigureSide
    other: FigureSide
    reasons: tuple[str, ...]
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class _Counted:
    """A figure with what decides whether another counts the same thing."""

    findings: Findings
    figure: Figure
    place: str | None
    told: frozenset[str]
    base: frozenset[str]
    low: Decimal
    high: Decimal


def find_figure_conflicts(coverage: Sequence[Findings]) -> tuple[FigureConflict, ...]:
    """The conflicts between figures of different documents, in the order of documents and figures.

    Two figures count the same thing where they have the same place, or neither has one, and tell of it in shared words:
    one shared word is enough at the same place, without a place most of them must be shared. Where only one has a
    place, or none, one shared word is enough if both are told of the same day, of the same kind of event and beside a
    name that both sentences have. Open numbers ("dozens")
    and bounds that the other value keeps ("more than 40" and 45) are no conflict.
    """
    counted = [_counted(findings, figure) for findings in coverage for figure in findings.figures if figure.low]
    groups: Mapping[tuple[bool, str | None], list[_Counted]] = defaultdict(list)
    for each in counted:
        groups[(_is_part(each.figure), each.place)].append(each)
    pairs = (pair for group in groups.values() for pair in combinations(group, 2))
    found = [(one, other, _shared(one, other)) for one, other in pairs if _differ(one, other)]
    conflicts = [_conflict(one, other, thing) for one, other, thing in found if thing]
    known = {frozenset((_key(each.one), _key(each.other))) for each in conflicts}
    for one, other in _of_one_day(counted):
        occasion = _one_occasion(one, other) if _differ(one, other) else None
        thing = tuple(sorted(one.told & other.told))
        if occasion and thing and frozenset((_name(one), _name(other))) not in known:
            conflicts.append(_conflict(one, other, thing, occasion))
    order = {(each.findings.document.id, each.figure.id): number for number, each in enumerate(counted)}
    return tuple(sorted(conflicts, key=lambda each: (order[_key(each.one)], order[_key(each.other)])))


def _name(counted: _Counted) -> tuple[str, str]:
    return counted.findings.document.id, counted.figure.id


def _of_one_day(counted: Sequence[_Counted]) -> Iterator[tuple[_Counted, _Counted]]:
    """Pairs of figures with a unit that are told of the same day or days, and whose places do not differ."""
    days: Mapping[tuple[str | None, object, object], list[_Counted]] = defaultdict(list)
    for each in counted:
        when = each.figure.when
        if when is not None and when.earliest and when.latest and when.latest - when.earliest <= NARROW:
            days[(each.figure.unit, when.earliest, when.latest)].append(each)
    pairs = (pair for group in days.values() for pair in combinations(group, 2))
    return ((one, other) for one, other in pairs if one.figure.unit and None in (one.place, other.place))


NARROW = timedelta(days=1)  # a range of more days tells nothing of the occasion


def _one_occasion(one: _Counted, other: _Counted) -> str | None:
    """Why two figures are of one occasion: the kind of event and the names that both sentences have; None if not."""
    kinds = _kinds_beside(one) & _kinds_beside(other)
    names = _names_beside(one) & _names_beside(other)
    if not kinds or not names:
        return None
    return f"of the same day, kind of event ({', '.join(sorted(kinds))}) and name ({', '.join(sorted(names))})"


def _sentence(counted: _Counted) -> Span:
    """The stretch around a figure between full stops and line ends: near enough to its sentence."""
    text, span = counted.findings.document.text, counted.figure.span
    first = max((match.end() for match in _STOP.finditer(text, max(0, span.start - REACH), span.start)), default=0)
    last = _STOP.search(text, span.end, min(len(text), span.end + REACH))
    return Span(max(first, span.start - REACH, 0), last.start() if last else min(len(text), span.end + REACH))


REACH = 300  # characters before and behind a figure in which its sentence ends
_STOP = re.compile(r"[.!?]\s+(?=[A-Z“\"‘])|\n")


def _kinds_beside(counted: _Counted) -> frozenset[str]:
    near = _sentence(counted)
    told = (each for each in counted.findings.events if each.realis is EventRealis.ASSERTED)
    return frozenset(each.kind for each in told if overlaps(each.trigger, near))


def _names_beside(counted: _Counted) -> frozenset[str]:
    near = _sentence(counted)
    keys = {actor.id: actor.key for actor in counted.findings.actors}
    mentions = (each for each in counted.findings.mentions if each.actor in keys and overlaps(each.span, near))
    return frozenset(keys[each.actor or ""] for each in mentions)


def _key(side: FigureSide) -> tuple[str, str]:
    return side.document, side.figure


def _counted(findings: Findings, figure: Figure) -> _Counted:
    text = findings.document.text
    told = _content_words(text, figure.counts)
    return _Counted(
        findings,
        figure,
        _place(findings, figure),
        told,
        _content_words(text, figure.base),
        Decimal(figure.low),
        Decimal(figure.high),
    )


def _is_part(figure: Figure) -> bool:
    return figure.unit in _PARTS


def _content_words(text: str, spans: Spans) -> frozenset[str]:
    """The words under the spans by their first six letters, so that endings do not count; empty words left out."""
    words = re.findall(r"[^\W\d_]{3,}", quote_spans(text, spans).lower()) if spans else []
    return frozenset(word[:6] for word in words if word not in _EMPTY)


def _place(findings: Findings, figure: Figure) -> str | None:
    """The key of the actor that the place is linked to, so that spellings count as one; else its folded words."""
    if not figure.place:
        return None
    keys = {actor.id: actor.key for actor in findings.actors}
    for mention in findings.mentions:
        if mention.actor in keys and any(overlaps(mention.span, span) for span in figure.place):
            return keys[mention.actor]
    return re.sub(r"^the\s+", "", quote_spans(findings.document.text, figure.place).casefold())


def _differ(one: _Counted, other: _Counted) -> bool:
    """Whether two figures stand in different documents, have like units and values that cannot both hold."""
    if one.findings.document.id == other.findings.document.id or not _like_units(one.figure, other.figure):
        return False
    return not (_keeps(one, other) or _keeps(other, one) or _overlap(one, other))


def _like_units(one: Figure, other: Figure) -> bool:
    if _is_part(one) and _is_part(other):
        return one.unit == other.unit or None in (one.unit, other.unit)
    return one.unit == other.unit


def _keeps(one: _Counted, other: _Counted) -> bool:
    """Whether the other value keeps the bound that one sets: "more than 40" and 45."""
    if one.figure.approximate in _LOWER:
        return other.high >= one.low
    return one.figure.approximate in _UPPER and other.low <= one.high


def _overlap(one: _Counted, other: _Counted) -> bool:
    slack = [abs(each.high) * _INEXACT if each.figure.approximate else Decimal(0) for each in (one, other)]
    return one.low - slack[0] <= other.high + slack[1] and other.low - slack[1] <= one.high + slack[0]


def _shared(one: _Counted, other: _Counted) -> tuple[str, ...]:
    """The words by which two figures tell of the same thing; none if they do not."""
    told, whole = one.told & other.told, one.base & other.base
    if one.place is not None:
        return tuple(sorted(told)) or (tuple(sorted(whole)) if not (one.told and other.told) else ())
    joined = one.told | other.told
    return tuple(sorted(told)) if len(told) > 1 and 2 * len(told) >= len(joined) else ()


def _conflict(one: _Counted, other: _Counted, thing: tuple[str, ...], occasion: str = "") -> FigureConflict:
    reasons = tuple(
        name
        for name, holds in (
            ("rounding", _is_rounded(one.low, other.low)),
            ("other_base", bool(one.base and other.base and not one.base & other.base)),
            ("other_day", _other_day(one.figure.when, other.figure.when)),
            ("unit_missing", None in (one.figure.unit, other.figure.unit)),
        )
        if holds
    )
    score = min(one.figure.score, other.figure.score) * (0.9 if one.place else 0.7)
    place = one.place or other.place
    why = f"both tell of {', '.join(thing)}" + (f" at {one.place}" if one.place and not occasion else "")
    why += f", {occasion}" if occasion else ""
    return FigureConflict(thing, place, _side(one), _side(other), reasons, round(score, 4), why)


def _is_rounded(one: Decimal, other: Decimal) -> bool:
    """Whether the coarser value is the finer one, rounded to the coarser one's digits."""
    coarse, fine = sorted((one, other), key=lambda value: -_last_digit(value))
    step = Decimal(1).scaleb(_last_digit(coarse))
    return (fine / step).quantize(Decimal(1), ROUND_HALF_UP) * step == coarse


def _last_digit(value: Decimal) -> int:
    """The power of ten of the last digit that is not nought: 2 for 1300, -2 for 98.42."""
    exponent = value.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _other_day(one: DateRange | None, other: DateRange | None) -> bool:
    """Whether both days are known and lie apart."""
    if one is None or other is None:
        return False
    apart = one.latest and other.earliest and one.latest < other.earliest
    return bool(apart or (other.latest and one.earliest and other.latest < one.earliest))


def _side(counted: _Counted) -> FigureSide:
    findings, figure = counted.findings, counted.figure
    document = findings.document
    spans = (figure.span,)
    return FigureSide(
        document=document.id,
        figure=figure.id,
        outlet=document.outlet,
        low=figure.low,
        high=figure.high,
        approximate=figure.approximate,
        unit=figure.unit,
        when=figure.when,
        claimant=_claimant(findings, figure),
        passage=Passage(document.id, spans, quote_spans(document.text, spans)),
    )


def _claimant(findings: Findings, figure: Figure) -> str | None:
    holding = (each for each in findings.attributions if each.id == figure.attribution)
    speaker = next((each.speaker for each in holding), None)
    return speaker.name if speaker else None
