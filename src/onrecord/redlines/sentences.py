"""Sentences and clauses of a text, by marks and line breaks alone."""

import re
from collections.abc import Iterator

from onrecord.records.spans import Span

CLAUSE_END = re.compile(r"[,;:—–()]|\s-\s")
SENTENCE_END = re.compile(r"([.!?…][\"'”’»)]*)\s+|\n+")
RELATIVE = re.compile(r"\s*(?:which|who|whose|where)\b")
NEAR = 120  # characters back in which most sentences begin: looked at first
LONGEST = 600  # characters back in which a sentence's begin is looked for; the longest in the corpora has 590


def sentence_around(text: str, span: Span) -> Span:
    """The sentence a span stands in."""
    start = _begin(text, span.start)
    end = SENTENCE_END.search(text, max(span.end - 1, start))
    return Span(start, _end_of(end) if end is not None else len(text))


def _begin(text: str, place: int) -> int:
    """Where the sentence of a place begins, or LONGEST before it."""
    for reach in (NEAR, LONGEST):
        floor = max(0, place - reach)
        starts = [match.end() for match in SENTENCE_END.finditer(text, floor, place)]
        if starts:
            return starts[-1]
    return floor


def with_sentence_before(text: str, span: Span) -> Span:
    """The sentence a span stands in, with the one before it in the same line of text."""
    own = sentence_around(text, span)
    before = sentence_around(text, Span(max(0, own.start - 2), max(1, own.start - 1)))
    return own if "\n" in text[before.start : own.start] else Span(min(before.start, own.start), own.end)


def _end_of(match: re.Match[str]) -> int:
    """Where a sentence ends: behind its stop and closing marks, before white space."""
    return match.end(1) if match.group(1) else match.start()


def clause_around(text: str, span: Span) -> Span:
    """The stretch around a span up to the next mark of punctuation on either side, within its sentence.

    A relative clause takes what stands before it along: its doer is there.
    """
    sentence = sentence_around(text, span)
    before = [sentence.start, *(match.end() for match in CLAUSE_END.finditer(text, sentence.start, span.start))]
    start = before[-2] if len(before) > 1 and RELATIVE.match(text, before[-1]) else before[-1]
    after = CLAUSE_END.search(text, span.end, sentence.end)
    return Span(start, after.start() if after is not None else sentence.end)


def split_sentences_of(text: str) -> Iterator[Span]:
    """The sentences of a stretch of text."""
    start = 0
    for match in SENTENCE_END.finditer(text):
        if match.start() > start:
            yield Span(start, _end_of(match))
        start = match.end()
    if start < len(text):
        yield Span(start, len(text))
