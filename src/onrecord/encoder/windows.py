"""Overlapping windows the encoder can take, in linear time."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

WINDOW = 254  # pieces between [CLS] and [SEP]; training cuts windows of the same length
# Pieces two neighbouring windows share, so that every word is seen with context on both sides. PolNeAR dev, linked F1
# and pieces scored: 64 73.1, 1,339; 48 72.6, 1,248; 32 73.4, 1,172; 16 72.8, 1,103 an article
OVERLAP = 32


class Window(NamedTuple):
    """Words `[first, last)`, of which `[keep_first, keep_last)` take their scores from this window."""

    first: int
    last: int
    keep_first: int
    keep_last: int


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
