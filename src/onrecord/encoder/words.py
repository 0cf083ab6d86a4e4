"""A text as the encoder sees it: words, what their letters look like, line breaks, and quotation state.

The base model is uncased and blind to line breaks, so these features are what tells it a name from a noun and a
headline from the sentence after it.
"""

import re

import numpy as np
from numpy.typing import NDArray

from onrecord.records.spans import Span

Features = NDArray[np.int64]

# A run of word characters with inner apostrophes, a possessive 's on its own, or one other visible character.
WORD = re.compile(r"(?<=\w)[’']s\b|\w+(?:[’'`](?!s\b)\w+)*|[^\w\s]")
BREAK = re.compile(r"\n")
OPENING, CLOSING, STRAIGHT = "“„«", "”»", '"'

SHAPES = ("other", "lower", "title", "upper", "mixed", "digit")
BREAKS = ("none", "line", "paragraph")
QUOTES = ("outside", "inside", "mark")


def split_words(text: str) -> tuple[Span, ...]:
    """The words of a text in reading order, in linear time."""
    return tuple(Span(*match.span()) for match in WORD.finditer(text))


def describe_words(text: str, words: tuple[Span, ...]) -> Features:
    """int64 [words, 3]: index into SHAPES, into BREAKS (what stands before the word) and into QUOTES."""
    described = np.zeros((len(words), 3), np.int64)
    quoted = False
    end = 0
    for index, (start, stop) in enumerate(words):
        lines = text.count("\n", end, start)
        if lines:
            quoted = False  # a mark that never closes ends with its line and shifts nothing after it
        word = text[start:stop]
        mark = word in OPENING + CLOSING + STRAIGHT
        if mark:
            quoted = word in OPENING or (word in STRAIGHT and not quoted)
        described[index] = (_shape_of(word), min(lines, 2), 2 if mark else int(quoted))
        end = stop
    return described


def combine(described: Features) -> Features:
    """int64 [words]: the row of the encoder's feature table for each word's shape, break and quotation state."""
    shape, broken, quoted = described.T
    combined: Features = (shape * len(BREAKS) + broken) * len(QUOTES) + quoted
    return combined


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
