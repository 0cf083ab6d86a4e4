"""Figures of a document: numbers with what they count, where, when and on whose word. Nothing is repaired."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import pairwise

from onrecord.annotation.figures.drafts import DISTANCES, OF_THEM, PARTS, Draft, find_drafts
from onrecord.annotation.figures.lists import LISTED, join_lists
from onrecord.annotation.figures.standing import is_counted_by_another, is_told, read_standing
from onrecord.annotation.words import Kind, read_words, word_classes
from onrecord.lexicon.loader import load_lexicon
from onrecord.records.documents import Basis, DateRange, Document, PartKind
from onrecord.records.findings import (
    NOT_SAID,
    Attribution,
    Condition,
    Directness,
    EventRealis,
    Figure,
    Realis,
    TimeExpression,
)
from onrecord.records.spans import Span, Spans, contains, overlaps, quote_spans

PRODUCED_BY = "figures/1"

_TIME_UNITS = frozenset({"seconds", "minutes", "hours", "days", "weeks", "months", "years", "decades"})
# How sure a figure is, by what is known of it. Four times 100 figures were read in PolNeAR dev and GUM news: nearly
# all wrong ones had no unit; percentages and sums of money were hardly ever wrong.
_SURE, _COUNTED, _BARE = 0.95, 0.9, 0.6


def find_figures(
    document: Document,
    sentences: Sequence[Span],
    attributions: Sequence[Attribution],
    times: Sequence[TimeExpression],
    conditions: Sequence[Condition] = (),
) -> tuple[Figure, ...]:
    """Every figure in reading order.

    Numbers in dates, ages, names ("Resolution 2202"), scores, lists and telephone numbers are none. A unit or base that
    the text leaves out stays out and is flagged; what an elliptic list lets a reader carry over from its first item is
    marked as inferred. One that is only planned, possible, supposed or denied by the words around it is flagged so.
    """
    figures: list[Figure] = []
    supposed = sorted(_supposed(conditions))
    brand = _brand(document)
    sourceless = frozenset(each.id for each in attributions if not each.source)
    for sentence in sentences:
        if _in_furniture(document, sentence):
            continue
        near = [each for each in times if overlaps(each.span, sentence)]
        found = (
            draft for draft in find_drafts(document.text, sentence, near) if not _ends_brand(document, draft, brand)
        )
        drafts = join_lists(document.text, tuple(found))
        leader: Figure | None = None
        for draft in drafts:
            claim = _claim(document.text, sentence, attributions, draft.number.span, conditions)
            figure = _figure(document, sentence, draft, claim, attributions, near, f"f{len(figures) + 1}")
            figure = _with_standing(document.text, sentence, figure, attributions, supposed, near)
            leader = leader if _is_listed(draft) else figure
            figures.append(_as_that_number(document.text, figures, _with_leader(figure, draft, leader, sourceless)))
    return tuple(figures)


def _supposed(conditions: Sequence[Condition]) -> Iterator[Span]:
    """The stretches of conditions and their consequences that are not told as facts."""
    for condition in conditions:
        if condition.realis is not Realis.FACTUAL:
            yield from (span for part in (condition.consequence, *condition.condition) for span in part)


def _with_standing(
    text: str,
    sentence: Span,
    figure: Figure,
    attributions: Sequence[Attribution],
    supposed: Sequence[Span],
    times: Sequence[TimeExpression],
) -> Figure:
    """The figure, flagged where its words do not tell it as so."""
    dates = [each.span for each in times]
    words = [
        word
        for word in read_words(text, sentence)
        if word.kind is not Kind.MODAL or not any(contains(day, word.span) for day in dates)  # the month of May
    ]
    claim = next((each for each in attributions if each.id == figure.attribution), None)
    if claim is None and is_counted_by_another(words, figure.span):
        figure = replace(figure, flags=(*figure.flags, "claimant_not_linked"))
    near = [
        span
        for span in supposed
        if overlaps(span, sentence) and not _TOLD_BESIDE.search(text, sentence.start, figure.span.start)
    ]
    realis = read_standing(words, figure.span, claim, text, near)
    return figure if realis is EventRealis.ASSERTED else replace(figure, flags=(*figure.flags, realis.value))


_TOLD_BESIDE = re.compile(r"\b\d{4}, when\s")  # "five more than in 2009, when 47 percent agreed": told as so


def _brand(document: Document) -> str:
    """The outlet's name up to the number that closes it ("Digest 24"), or nothing."""
    match = re.fullmatch(r"(.*[^\W\d_].*?\s)\d+", document.outlet.name or "")
    return match.group(1) if match else ""


def _ends_brand(document: Document, draft: Draft, brand: str) -> bool:
    return bool(brand) and document.text.endswith(brand, 0, draft.number.span.start)


def _in_furniture(document: Document, sentence: Span) -> bool:
    return any(part.kind is PartKind.FURNITURE and contains(part.span, sentence) for part in document.parts)


# From drafts to figures


def _figure(
    document: Document,
    sentence: Span,
    draft: Draft,
    claim: Attribution | None,
    attributions: Sequence[Attribution],
    times: Sequence[TimeExpression],
    identifier: str,
) -> Figure:
    low, high = draft.number.low, draft.number.high
    return Figure(
        id=identifier,
        span=draft.span,
        low=_written(low),
        high=_written(high),
        approximate=draft.approximate,
        unit=draft.unit,
        base=(draft.base.span,) if draft.base else (),
        counts=(*((draft.counts,) if draft.counts else ()), *_as_compared(document.text, draft)),
        place=(draft.place,) if draft.place else (),
        when=_when(document, sentence, draft, claim, attributions, times),
        attribution=claim.id if claim else None,
        score=_score(draft),
        produced_by=PRODUCED_BY,
        flags=tuple(dict.fromkeys(flag for flag in draft.flags if flag not in (LISTED, OF_THEM))),
    )


def _as_compared(text: str, draft: Draft) -> Spans:
    """The word behind a part that makes it a difference: "9.1 per cent higher"."""
    match = _DIFFERENCE.match(text, draft.span.end) if draft.unit in PARTS and draft.base is None else None
    return (Span(*match.span(1)),) if match else ()


_DIFFERENCE = re.compile(
    r"\s+((?:higher|lower|more|less|fewer|larger|smaller|bigger|cheaper|dearer|above|below|up|down)(?:\s+than)?)\b"
)


def _written(value: Decimal | None) -> str:
    """Decimal text without exponent; empty for an open number."""
    if value is None:
        return ""
    return format(value.normalize() if value % 1 else value.to_integral_value(), "f")


def _score(draft: Draft) -> float:
    if draft.unit is None:
        return _BARE
    return _SURE if draft.unit in PARTS or draft.number.currency else _COUNTED


def _claim(
    text: str, sentence: Span, attributions: Sequence[Attribution], span: Span, conditions: Sequence[Condition]
) -> Attribution | None:
    """The attribution in whose words the number stands; of nested ones the innermost. Where other words of the
    sentence hand the number to somebody else, nobody: "Orlia counts 300, Vadia speaks of 130".
    """
    holding = [
        (each, piece)
        for each in attributions
        if NOT_SAID not in each.flags
        for piece in each.content
        if contains(piece, span)
        and not _is_anothers(text, sentence, each, piece, span)
        and not _is_background(text, sentence, each, span)
        and not any(_is_of_condition(condition, each, span) for condition in conditions)
        and not any(_PART.match(text, source.start, source.end) for source in each.source)
    ]
    smallest = min(holding, key=lambda held: sum(part.end - part.start for part in held[0].content), default=None)
    return smallest[0] if smallest else None


_PART = re.compile(r"[\d.]+\s?(?:%|per\s?cent|percent)")  # "48% opposed it and 37% ..." is not on the word of the 48%


def _is_of_condition(condition: Condition, attribution: Attribution, span: Span) -> bool:
    """Whether the words for speaking stand in an if and the number in its then: "if the court orders a new vote, it
    would cost 40 million" is not on the court's word.
    """
    supposed = [piece for part in condition.condition for piece in part]
    spoken = any(contains(piece, cue) for piece in supposed for cue in attribution.cue)
    return spoken and any(contains(piece, span) for piece in condition.consequence)


def _is_anothers(text: str, sentence: Span, attribution: Attribution, piece: Span, span: Span) -> bool:
    """Whether the sentence has a speaker of its own for a number, beside the attribution's."""
    if _rival().search(text, max(piece.start, sentence.start), span.start):
        return True
    handed = any(contains(sentence, each) for each in (*attribution.source, *attribution.cue))
    led = re.search(r"[^\W\d_]", text[sentence.start : piece.start]) is not None
    return not handed and led and sentence.start < piece.start


def _is_background(text: str, sentence: Span, attribution: Attribution, span: Span) -> bool:
    """Whether a number stands in a clause that the outlet adds: "shunned the poll, in which 97 percent ...".

    What somebody refuses, wants or fears they do not describe.
    """
    if attribution.directness is not Directness.INDIRECT or is_told(attribution, text):
        return False
    after = re.search(r"\bafter\s+(?:at least\s|some\s|about\s)?\Z", text[sentence.start : span.start])
    behind = [word for word in read_words(text, sentence) if word.start >= span.end][:4]
    if after and any(word.lower in word_classes().past | word_classes().either for word in behind):
        return True  # "asked it to leave after 31 men died"
    return (
        _ADDED.search(text, max(sentence.start, attribution.cue[0].end if attribution.cue else 0), span.start)
        is not None
    )


_ADDED = re.compile(r",\s(?:\w+\s)?(?:which|who|whose|whom|where)\b")


@cache
def _rival() -> re.Pattern[str]:
    """A name behind a comma with a verb that hands over a number: ", Vadia is speaking about"."""
    verbs = "|".join(load_lexicon("figures")["claiming"])
    return re.compile(rf"[,;]\s+(?:the\s+)?[A-Z]\w+(?:\s+[A-Z]\w+)*\s+(?:(?:is|was|has|had)\s+)?(?:{verbs})\b")


def _when(
    document: Document,
    sentence: Span,
    draft: Draft,
    claim: Attribution | None,
    attributions: Sequence[Attribution],
    times: Sequence[TimeExpression],
) -> DateRange | None:
    """The days of the nearest date that stands in the same voice: inside the same words, or outside all words."""
    if draft.unit in _TIME_UNITS or _is_lasting(document.text, draft):
        return None
    dates = [each for each in times if each.type in ("DATE", "TIME") and not each.value.endswith("_REF")]
    dates += [each for each in times if each.type == "DURATION" and each.anchor is not None]
    spoken: Spans = claim.content if claim else ()
    others = [piece for each in attributions for piece in each.content]
    voiced = [
        each
        for each in dates
        if each.resolved.is_known
        and (
            any(contains(piece, each.span) for piece in spoken)
            if claim
            else not any(contains(piece, each.span) for piece in others)
        )
        and not _dates_a_cue(each.span, attributions)
    ]
    close = [
        each
        for each in voiced
        if _is_beside(document.text, sentence, each.span, draft.span)
        and not _is_of_another_verb(document.text, each.span, draft.span)
        and not _is_compared(document.text, each, draft.span)
        and not (draft.unit in PARTS and _FROM.search(document.text, max(0, each.span.start - 6), each.span.start))
    ]
    nearest = min(close, key=lambda each: _apart(each.span, draft.span), default=None)
    return _since(document, nearest) if nearest else None


_FROM = re.compile(r"\bfrom\s\Z")  # "up 8 points from January": what it is compared with
_LASTING = re.compile(
    r"\s+(?:from|away|off|inside|outside|north|south|east|west|long|wide|deep|high|upstream|downstream)\b"
)


def _is_lasting(text: str, draft: Draft) -> bool:
    """Whether it measures what something is on any day: "the 4,800-ton ship", "120 km from the border"."""
    joined = text[draft.number.span.end : draft.number.span.end + 1] == "-" and draft.counts is not None
    return joined or (draft.unit in DISTANCES and _LASTING.match(text, draft.span.end) is not None)


def _is_of_another_verb(text: str, date: Span, figure: Span) -> bool:
    """Whether a date stands with another verb than the figure: "on Monday told them to find 300"."""
    words = read_words(text, Span(min(date.end, figure.end), max(date.start, figure.start)))
    infinitive = any(one.lower == "to" and other.lower in word_classes().base for one, other in pairwise(words))
    joined = date.start >= figure.end and any(word.kind is Kind.COORDINATOR for word in words)
    anew = any(one.kind is Kind.COORDINATOR and other.kind in _ANEW for one, other in pairwise(words))
    finite = sum(word.is_finite or (joined and word.kind is Kind.PARTICIPLE) for word in words)
    return infinitive or anew or finite > (0 if joined else 1)


_RELATIVE = re.compile(r"\b(?:which|who|whose|whom|where|that\s(?:had|has|have|was|were|is|are))\b")
_ANEW = (Kind.MODAL, Kind.AUXILIARY)  # "signed in May and have received $5": a second verb in another tense


def _is_compared(text: str, date: TimeExpression, figure: Span) -> bool:
    """Whether a date only bounds or compares: "by Friday", "the worst since 2019", the end of "1992-95"."""
    if text[max(0, date.span.start - 1) : date.span.start] in ("-", "–") or re.match(
        r"[-–]\d", text[date.span.end :][:2]
    ):
        return True
    if date.span.end <= figure.start and _RELATIVE.search(text, date.span.end, figure.start):
        return True  # "shut in 1989 in a war in which 20,000 died"
    lead = text[max(0, date.span.start - 60) : date.span.start].lower()
    if date.span.start >= figure.end and re.search(r"\b(?:by|until|till)\s(?:the\s)?\Z", lead):
        return True
    return (
        date.relation == "since"
        and re.search(r"\b(?:the|its|their)\s(?:most|worst|first|\w+est)\b[^,;.]*\Z", lead) is not None
    )


def _since(document: Document, date: TimeExpression) -> DateRange:
    """The days of a date; behind "since" they run until the publication, where that is known."""
    days = date.resolved
    if date.relation != "since" or document.published.latest is None:
        return days
    return DateRange(
        days.earliest, document.published.latest, Basis.INFERRED, f"since then, until published; {days.reason}"
    )


def _is_beside(text: str, sentence: Span, date: Span, figure: Span) -> bool:
    """Whether nothing but words of one clause stands between, or the date opens the sentence."""
    between = text[min(date.end, figure.end) : max(date.start, figure.start)]
    if date.end <= figure.start and re.fullmatch(r",\swhen\s(?:\w+\s)?", between):
        return True  # "in 2009, when 47 percent agreed"
    if date.start >= figure.end and re.search(r"\b(?:from|against|compared)\b.*\d|\bsince\s+\w+\s+\w+", between):
        return False  # "to 1.4 million tonnes from 2 million in 2021", "killed 96 since war was declared on May 9"
    opens = re.fullmatch(r"\W*(?:\w+\s)?(?:the\s)?", text[sentence.start : date.start]) is not None
    return opens or not re.search(r"[,;:()–—]|\b(?:and that|but|while|than)\b", between)


def _dates_a_cue(span: Span, attributions: Sequence[Attribution]) -> bool:
    """Whether a date stands right beside words for speaking and so tells when they were said."""
    cues = (piece for each in attributions for piece in each.cue)
    return any(_apart(span, cue) <= 5 for cue in cues)


def _apart(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _as_that_number(text: str, earlier: Sequence[Figure], figure: Figure) -> Figure:
    """The figure, told of what "the number" before it takes up: "400 marines landed. Vadia put the number at 1,200"."""
    if figure.unit is not None or not figure.counts or quote_spans(text, figure.counts).lower() not in _TAKING_UP:
        return figure
    reach = figure.span.start - NUMBER_REACH
    counted = [each for each in earlier if each.span.start >= reach and each.unit in ("people", *_heads(text, each))]
    counted = [
        each for each in counted if each.unit == "people"
    ] or counted  # of "400 marines from two boats" the marines
    if len({each.unit for each in counted}) != 1:
        return figure
    near = counted[-1]
    flags = (*(flag for flag in figure.flags if flag != "missing_unit"), "unit_inferred")
    return replace(figure, unit=near.unit, counts=near.counts, flags=flags)


NUMBER_REACH = 300  # characters from what was counted to "the number": two sentences
_TAKING_UP = frozenset({"number", "figure", "total", "count"})


def _heads(text: str, figure: Figure) -> frozenset[str]:
    return frozenset(quote_spans(text, figure.counts).lower().split())


def _is_listed(draft: Draft) -> bool:
    return "base_inferred" in draft.flags or LISTED in draft.flags


def _with_leader(figure: Figure, draft: Draft, leader: Figure | None, sourceless: frozenset[str]) -> Figure:
    """A later item of a list is on the word of whoever gave the first, where its own words name nobody."""
    named = figure.attribution is not None and figure.attribution not in sourceless
    if named or not _is_listed(draft) or leader is None or leader.attribution in (None, figure.attribution):
        return figure
    return replace(figure, attribution=leader.attribution, flags=(*figure.flags, "claimant_inferred"))
