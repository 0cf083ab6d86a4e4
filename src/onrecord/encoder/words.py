"""A text as the encoder sees it: words, what their letters look like, line breaks, and quotation state.

The base model is uncased and blind to line breaks, so these features are what tells it a name from a noun and a
headline from the sentence after it.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from onrecord.records.spans import Span

Features = NDArray[np.int64]

# A run of word characters with inner apostrophes, a possessive 's on its own, or one other visible character.
WORD = re.compile(r"(?<=\w)[’']s\b|\w+(?:[’'`](?!s\b)\w+)*|[^\w\s]")
BREAK = re.compile(r"\n")
OPENING, CLOSING, STRAIGHT = "“„«", "”»", '"'
MARKS = frozenset(OPENING + CLOSING + STRAIGHT)
REMEMBERED = 50_000  # words whose shape is kept; the same words come again and again
LONGEST = 120  # characters of a word that are looked at: a word of 5 MB is no reason to keep 5 MB

SHAPES = ("other", "lower", "title", "upper", "mixed", "digit")
BREAKS = ("none", "line", "paragraph")
QUOTES = ("outside", "inside", "mark")


def split_words(text: str) -> tuple[Span, ...]:
    """The words of a text in reading order, in linear time."""
    return tuple(Span(*match.span()) for match in WORD.finditer(text))


def describe_words(text: str, words: tuple[Span, ...]) -> Features:
    """int64 [words, 3]: index into SHAPES, into BREAKS (what stands before the word) and into QUOTES."""
    lines = count_lines(text, words)
    described = np.zeros((len(words), 3), np.int64)
    described[:, 0] = [_shape_of(text[start : min(stop, start + LONGEST)]) for start, stop in words]
    described[:, 1] = np.minimum(lines, 2)
    described[:, 2] = _quotation_of(text, words, lines)
    return described


def count_lines(text: str, words: Sequence[Span]) -> Features:
    """int64 [words]: line breaks between each word and the one before it."""
    breaks = np.array([match.start() for match in BREAK.finditer(text)], np.int64)
    before = np.searchsorted(breaks, np.array([word.start for word in words], np.int64))
    return np.diff(before, prepend=0)


def _quotation_of(text: str, words: Sequence[Span], lines: Features) -> list[int]:
    """Index into QUOTES for each word. A mark that never closes ends with its line and shifts nothing after it."""
    states = []
    quoted = False
    for (start, _), broken in zip(words, lines.tolist(), strict=True):
        if broken:
            quoted = False
        sign = text[start]  # a mark is a word of its own, and no other word begins with one
        if sign in MARKS:
            quoted = sign in OPENING or (sign in STRAIGHT and not quoted)
            states.append(2)
        else:
            states.append(int(quoted))
    return states


def combine(described: Features) -> Features:
    """int64 [words]: the row of the encoder's feature table for each word's shape, break and quotation state."""
    shape, broken, quoted = described.T
    combined: Features = (shape * len(BREAKS) + broken) * len(QUOTES) + quoted
    return combined


@lru_cache(REMEMBERED)
def _shape_of(word: str) -> int:
    letters = [letter for letter in word if letter.isalpha()]
    if any(letter.isdigit() for letter in word):
        return 5
    if not letters:
        return 0
    if all(letter.islower() for letter in letters):
        return 1
    if len(letters) > 1 and all(letter.isupper() for letter in letters):
        return 3
    if letters[0].isupper() and all(letter.islower() for letter in letters[1:]):
        return 2
    return 4
