"""Spans: half-open intervals of Unicode code points in one document's text."""

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from onrecord.errors import RecordError


class Span(NamedTuple):
    """`[start, end)` in code points of the document's raw text."""

    start: int
    end: int


Spans = tuple[Span, ...]


def quote_span(text: str, span: Span) -> str:
    """The words under one span. Raises RecordError if it does not lie in the text."""
    if not 0 <= span.start < span.end <= len(text):
        raise RecordError(f"a span must lie in its text: got [{span.start}, {span.end}) of {len(text)} characters")
    return text[span.start : span.end]


def quote_spans(text: str, spans: Spans, gap: str = " … ") -> str:
    """The words under a list of spans in reading order, fragments joined by `gap`."""
    return gap.join(quote_span(text, span) for span in spans)


def cover(spans: Iterable[Span]) -> Span:
    """The smallest span that covers all given ones. Raises RecordError if there are none."""
    listed = tuple(spans)
    if not listed:
        raise RecordError("a cover needs at least one span: got none")
    return Span(min(span.start for span in listed), max(span.end for span in listed))


def overlaps(one: Span, other: Span) -> bool:
    """Whether the two spans share a character."""
    return one.start < other.end and other.start < one.end


def contains(outer: Span, inner: Span) -> bool:
    """Whether `inner` lies wholly in `outer`."""
    return outer.start <= inner.start and inner.end <= outer.end


class Covered:
    """What some spans cover, to be asked many times: each question costs a look-up, however many spans there are."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._stretches: list[Span] = []
        for span in sorted(spans):
            if self._stretches and span.start <= self._stretches[-1].end:
                self._stretches[-1] = cover((self._stretches[-1], span))
            else:
                self._stretches.append(span)

    def first_in(self, span: Span) -> int | None:
        """Where the first covered character of a span is; None where none is."""
        place = bisect_right(self._stretches, span.start, key=lambda stretch: stretch.end)
        if place == len(self._stretches) or self._stretches[place].start >= span.end:
            return None
        return max(span.start, self._stretches[place].start)


def trim(text: str, span: Span, also: str = "") -> Span | None:
    """The span without outer white space and outer characters of `also`; None if nothing is left."""
    start, end = span
    while start < end and (text[start].isspace() or text[start] in also):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in also):
        end -= 1
    return Span(start, end) if start < end else None
