"""Overlapping windows the encoder can take, in linear time."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

WINDOW = 254  # pieces between [CLS] and [SEP]; training cuts windows of the same length
# Pieces two neighbouring windows share, so that every word is seen with context on both sides. PolNeAR dev, linked F1
# and pieces scored: 64 73.1, 1,339; 48 72.6, 1,248; 32 73.4, 1,172; 16 72.8, 1,103 an article
OVERLAP = 32
# A window gives way to the next where a line opens among its last pieces: paragraphs are best read whole. PolNeAR dev,
# linked F1, exact content and pieces scored: without 77.1, 67.8, 1,162; among the last 48 77.4, 68.2, 1,176; 64 77.4,
# 68.5, 1,199; 80 77.7, 68.7, 1,229; 100 77.6, 68.4, 1,241; 128 77.7, 68.5, 1,247 an article
LINE_REACH = 80
LEAD = 16  # pieces read before such a line; linked F1 without 77.0, with 32 77.2, with 64 77.4


class Window(NamedTuple):
    """Words `[first, last)`, of which `[keep_first, keep_last)` take their scores from this window."""

    first: int
    last: int
    keep_first: int
    keep_last: int


def cut_windows(
    lengths: Sequence[int], openings: Sequence[int] = (), size: int = WINDOW, overlap: int = OVERLAP
) -> Iterator[Window]:
    """Windows over words of the given piece lengths; each word is kept from exactly one window.

    openings: the words that open a line, rising. Where one of them stands near the end of a window, the next window
    takes over there, and reads a little of what stands before. Elsewhere two windows overlap, and each keeps the half
    nearer its own middle. Every window reaches farther than the last one, even where a long word would not fit behind
    the whole overlap. No word may be longer than `size`.
    """
    first, keep_first, count = 0, 0, len(lengths)
    while keep_first < count:
        last = _reach(lengths, first, size)
        if last >= count:
            yield Window(first, count, keep_first, count)
            return
        farther = _reach_back(lengths, last + 1, size)
        near = max(keep_first + 1, farther, _reach_back(lengths, last, LINE_REACH))
        keep_last = _last_between(openings, near, last)
        if keep_last:
            following = max(_reach_back(lengths, keep_last, LEAD), farther)
        else:
            following = max(_reach_back(lengths, last, overlap), farther)
            keep_last = max((following + last) // 2, keep_first + 1)
        yield Window(first, last, keep_first, keep_last)
        first, keep_first = following, keep_last


def _last_between(openings: Sequence[int], first: int, last: int) -> int:
    """The last of the openings in `[first, last)`, 0 if there is none."""
    place = bisect_left(openings, last)
    return openings[place - 1] if place and openings[place - 1] >= first else 0


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
