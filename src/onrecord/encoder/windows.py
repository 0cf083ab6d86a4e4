"""Words → word pieces → overlapping windows the encoder can take, in linear time and bounded memory."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tokenizers import Tokenizer

from onrecord.errors import ModelError
from onrecord.records.spans import Span

WINDOW = 254  # pieces between [CLS] and [SEP]; training cuts windows of the same length
OVERLAP = 64  # pieces two neighbouring windows share, so that every word is seen with context on both sides
MOST_PIECES = 8  # of one word; a 5 MB word is no reason to run for minutes
CHUNK = 5_000  # words given to the tokenizer at a time


class Window(NamedTuple):
    """Words `[first, last)`, of which `[keep_first, keep_last)` take their scores from this window."""

    first: int
    last: int
    keep_first: int
    keep_last: int


def split_pieces(tokenizer: Tokenizer, text: str, words: Sequence[Span]) -> list[list[int]]:
    """Piece ids of each word; a word without any known piece is one unknown piece."""
    unknown = tokenizer.token_to_id("[UNK]")
    if unknown is None:
        raise ModelError("needed a vocabulary with an [UNK] piece, got one without")
    pieces: list[list[int]] = []
    for start in range(0, len(words), CHUNK):
        chunk = [text[span.start : min(span.end, span.start + 120)] for span in words[start : start + CHUNK]]
        encoded = tokenizer.encode(chunk, is_pretokenized=True, add_special_tokens=False)
        found: list[list[int]] = [[] for _ in chunk]
        for piece, word in zip(encoded.ids, encoded.word_ids, strict=True):
            if word is not None and len(found[word]) < MOST_PIECES:
                found[word].append(piece)
        pieces.extend(each or [unknown] for each in found)
    return pieces


def cut_windows(lengths: Sequence[int], size: int = WINDOW, overlap: int = OVERLAP) -> Iterator[Window]:
    """Windows over words of the given piece lengths; each word is kept from exactly one window.

    Where two windows overlap, each keeps the half nearer its own middle. Every window reaches farther than the last
    one, even where a long word would not fit behind the whole overlap. No word may be longer than `size`.
    """
    first, keep_first, count = 0, 0, len(lengths)
    while keep_first < count:
        last = _reach(lengths, first, size)
        if last >= count:
            yield Window(first, count, keep_first, count)
            return
        following = max(_reach_back(lengths, last, overlap), _reach_back(lengths, last + 1, size))
        keep_last = max((following + last) // 2, keep_first + 1)
        yield Window(first, last, keep_first, keep_last)
        first, keep_first = following, keep_last


def _reach(lengths: Sequence[int], first: int, size: int) -> int:
    total, last = 0, first
    while last < len(lengths) and total + lengths[last] <= size:
        total += lengths[last]
        last += 1
    return max(last, first + 1)


def _reach_back(lengths: Sequence[int], last: int, size: int) -> int:
    total, first = 0, last
    while first > 0 and total + lengths[first - 1] <= size:
        total += lengths[first - 1]
        first -= 1
    return first
