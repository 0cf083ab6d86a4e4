"""Suppositions whose consequence stands apart: "let's imagine that ...", questions to a speaker and their answers."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.annotation.clauses import Start, opening, reporting
from onrecord.annotation.conditions.beyond import said_clause
from onrecord.annotation.conditions.parts import text_end, trimmed
from onrecord.annotation.conditions.phrases import clause_after, phrase_after
from onrecord.annotation.conditions.ranking import best, consequence_end_features
from onrecord.annotation.words import Word, read_words, word_classes
from onrecord.lexicon.asking import asking_words
from onrecord.lexicon.loader import load_lexicon
from onrecord.records.spans import Span

Words = Sequence[Word]

ANSWER_REACH = 3  # sentences behind a supposition in which its consequence may stand


@dataclass(frozen=True, slots=True)
class Frame:
    """A supposition and, where one is named, its consequence; spans of the document."""

    name: str
    cue: Span
    condition: Span
    consequence: Span | None
    flags: tuple[str, ...]
    score: float


@cache
def _frames() -> Mapping[str, Any]:
    lists = load_lexicon("conditions")
    cues = "|".join(f"(?:{entry['cue']})" for entry in lists["frames"]["cues"])
    return {
        "cue": re.compile(cues, re.IGNORECASE),
        "answers": re.compile(lists["frames"]["answers"], re.IGNORECASE),
        "asked": re.compile(lists["asked"]["cue"].replace("ASKING", "|".join(sorted(asking_words()))), re.IGNORECASE),
        "answer": re.compile(lists["asked"]["answer"]),
    }


def find_frames(text: str, sentences: Sequence[Span]) -> Iterator[Frame]:
    """Suppositions of a document, each with the consequence that one of the next sentences names."""
    for number, sentence in enumerate(sentences):
        imagined = _imagined(text, sentences, number, sentence)
        if imagined:
            yield imagined
        asked = _asked(text, sentences, number, sentence)
        if asked:
            yield asked


def _span(words: Words, piece: tuple[int, int]) -> Span:
    return Span(words[piece[0]].start, words[piece[1] - 1].end)


def _imagined(text: str, sentences: Sequence[Span], number: int, sentence: Span) -> Frame | None:
    match = _frames()["cue"].search(text[sentence.start : sentence.end])
    if match is None:
        return None
    words = read_words(text, sentence)
    first = bisect_left([word.start for word in words], sentence.start + match.end())
    piece = clause_after(words, first) if opening(words, first, len(words)).start else None
    if piece is None:
        return None
    cue = Span(sentence.start + match.start(), sentence.start + match.end())
    answer = _consequence(text, sentences[number + 1 : number + 1 + ANSWER_REACH])
    return Frame("frame:imagine", Span(*_unspaced(text, cue)), _span(words, piece), answer, ("frame",), 0.7)


def _unspaced(text: str, span: Span) -> tuple[int, int]:
    start, end = span
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start] in ' "“':
        start += 1
    return start, end


def _consequence(text: str, sentences: Sequence[Span]) -> Span | None:
    """The clause that holds "in this scenario" or the like, in the first sentence that has one."""
    for sentence in sentences:
        if _frames()["answers"].search(text, *sentence):
            words = read_words(text, sentence)
            piece = said_clause(words)
            return _span(words, piece) if piece else None
    return None


def _asked(text: str, sentences: Sequence[Span], number: int, sentence: Span) -> Frame | None:
    match = _frames()["asked"].search(text, *sentence)
    if match is None:
        return None
    words = read_words(text, sentence)
    first = bisect_left([word.start for word in words], match.end("link"))
    piece = phrase_after(words, first) if first < len(words) else None
    if piece is None:
        return None
    answer = _answer(text, words, piece[1]) or _next_answer(text, sentences[number + 1 : number + 2])
    flags = ("asked",) if answer else ("asked", "unanswered")
    return Frame("frame:asked", Span(*match.span("link")), _span(words, piece), answer, flags, 0.6 if answer else 0.5)


def _next_answer(text: str, sentences: Sequence[Span]) -> Span | None:
    for sentence in sentences:
        words = read_words(text, sentence)
        return _answer(text, words, 0)
    return None


def _answer(text: str, words: Words, first: int) -> Span | None:
    """What the speaker answers, where it speaks of the future: the clause behind the verb of speech."""
    speech = word_classes().speech
    last = text_end(words)
    for place in range(first, last):
        if words[place].lower in speech and words[place].is_finite:
            begin = place + 2 if place + 1 < last and words[place + 1].lower == "that" else place + 1
            return _future_clause(text, words, begin, last)
    return None


def _future_clause(text: str, words: Words, first: int, last: int) -> Span | None:
    if first >= last or opening(words, first, last).start is Start.NONE or reporting(words, first, last):
        return None
    piece = trimmed(words, first, best("consequence_end", consequence_end_features(words, first, last)))
    if piece is None:
        return None
    span = _span(words, piece)
    return span if _frames()["answer"].search(text, *span) else None
