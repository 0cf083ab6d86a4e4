"""Windows: every word is scored exactly once, with context on both sides."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.encoder.windows import cut_windows

lengths_of_words = st.lists(st.integers(1, 8), max_size=400)


def openings_of(lengths: list[int]) -> list[int]:
    """Words of three pieces open a line."""
    return [word for word, length in enumerate(lengths) if length == 3]


@given(lengths_of_words, st.integers(10, 60), st.integers(0, 9))
def test_every_word_is_kept_from_exactly_one_window(lengths: list[int], size: int, overlap: int) -> None:
    windows = list(cut_windows(lengths, openings_of(lengths), size, overlap))
    kept = [word for window in windows for word in range(window.keep_first, window.keep_last)]
    assert kept == list(range(len(lengths)))


@given(lengths_of_words, st.integers(10, 60), st.integers(0, 9))
def test_no_window_is_longer_than_the_encoder_takes(lengths: list[int], size: int, overlap: int) -> None:
    for window in cut_windows(lengths, openings_of(lengths), size, overlap):
        assert sum(lengths[window.first : window.last]) <= size
        assert window.first <= window.keep_first < window.keep_last <= window.last


def test_a_short_text_is_one_window() -> None:
    assert [tuple(window) for window in cut_windows([1, 2, 3])] == [(0, 3, 0, 3)]


def test_the_next_window_takes_over_where_a_line_opens() -> None:
    one, other = cut_windows([1] * 300, openings=[100, 220, 290])
    assert (one.keep_last, other.keep_first, other.first) == (220, 220, 204)


def test_a_line_far_from_the_end_of_a_window_changes_nothing() -> None:
    assert list(cut_windows([1] * 300, openings=[100, 290])) == list(cut_windows([1] * 300))
