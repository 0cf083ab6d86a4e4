"""Sentences and clauses of a text, by marks and line breaks alone."""

import re
from collections.abc import Iterator

from onrecord.records.spans import Span

CLAUSE_END = re.compile(r"[,;:—–()]|\s-\s")
SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*\s+|\n+")
LONGEST = 600  # characters back in which a sentence's begin is looked for; the longest in the corpora has 590


def sentence_around(text: str, span: Span) -> Span:
    """The sentence a span stands in."""
    floor = max(0, span.start - LONGEST)
    starts = [match.end() for match in SENTENCE_END.finditer(text, floor, span.start)]
    start = max(starts, default=floor)
    end = SENTENCE_END.search(text, max(span.end - 1, start))
    return Span(start, end.start() + 1 if end is not None else len(text))


def clause_around(text: str, span: Span) -> Span:
    """The stretch around a span up to the next mark of punctuation on either side, within its sentence."""
    sentence = sentence_around(text, span)
    before = [match.end() for match in CLAUSE_END.finditer(text, sentence.start, span.start)]
    after = CLAUSE_END.search(text, span.end, sentence.end)
    return Span(max(before, default=sentence.start), after.start() if after is not None else sentence.end)


def split_sentences_of(text: str) -> Iterator[Span]:
    """The sentences of a stretch of text."""
    start = 0
    for match in SENTENCE_END.finditer(text):
        if match.start() > start:
            yield Span(start, match.start() + 1)
        start = match.end()
    if start < len(text):
        yield Span(start, len(text))
