"""Quotation marks: which stretches of a text stand between them, and how much of a content does."""

import re
from bisect import bisect_right
from functools import lru_cache

from onrecord.records.findings import Directness
from onrecord.records.spans import Span, Spans

LINE = re.compile(r"[^\n]+")
MARK = re.compile(r"[“„«”»\"]")
TEXTS = 4  # texts whose regions are remembered: several stages ask for those of the same document
WORD = re.compile(r"\w+(?:[’'`]\w+)*")
OPENING, CLOSING = "“„«", "”»"
MOSTLY = 0.95  # share of quoted words from which a content counts as direct; the field's scorers use the same


@lru_cache(TEXTS)
def quoted_regions(text: str) -> tuple[Span, ...]:
    """Stretches between quotation marks, marks left out, found one line at a time.

    A mark that never closes reaches to the end of its line and no further, so one stray mark shifts nothing after it.
    """
    found: list[Span] = []
    for line in LINE.finditer(text):
        found.extend(_regions_of_line(text, line.start(), line.end()))
    return tuple(span for span in found if span.start < span.end)


def _regions_of_line(text: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    opened: int | None = None
    inner = 0  # curly quotations inside this one
    for mark in MARK.finditer(text, start, end):
        index, letter = mark.start(), mark.group()
        if opened is None:
            if letter in OPENING or letter == '"':
                opened, inner = index + 1, 0
        elif letter in OPENING:
            inner += 1
        elif letter in CLOSING and inner:
            inner -= 1
        elif letter in CLOSING or letter == '"':
            found.append(Span(opened, index))
            opened = None
    if opened is not None:
        found.append(Span(opened, end))
    return found


def judge_directness(text: str, content: Spans, regions: tuple[Span, ...]) -> Directness:
    """Direct if nearly all words of the content stand between quotation marks, indirect if none does, else mixed."""
    words = [Span(*match.span()) for span in content for match in WORD.finditer(text, span.start, span.end)]
    starts = [region.start for region in regions]
    quoted = sum(_holds(regions, bisect_right(starts, word.start) - 1, word) for word in words)
    if not words or quoted == 0:
        return Directness.INDIRECT
    return Directness.DIRECT if quoted >= MOSTLY * len(words) else Directness.MIXED


def _holds(regions: tuple[Span, ...], index: int, word: Span) -> bool:
    return index >= 0 and word.end <= regions[index].end
