"""Spans: half-open, in code points, inside their text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import RecordError
from onrecord.records.spans import Span, contains, cover, overlaps, quote_span, quote_spans, trim


@given(st.text(min_size=1), st.data())
def test_attack_27_a_span_quotes_its_own_length(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert len(quote_span(text, Span(start, end))) == end - start


@pytest.mark.parametrize(
    ("text", "span", "words"),
    [
        ("Zoe\u0308 spoke", Span(0, 4), "Zoe\u0308"),
        ("👩‍👩‍👧 spoke", Span(0, 5), "👩‍👩‍👧"),
        ("𝒜 b", Span(0, 1), "𝒜"),
        ("no\u00a0break", Span(0, 8), "no\u00a0break"),
    ],
)
def test_attack_27_offsets_count_code_points(text: str, span: Span, words: str) -> None:
    assert quote_span(text, span) == words


@pytest.mark.parametrize("span", [Span(0, 0), Span(-1, 2), Span(2, 1), Span(0, 99)])
def test_a_span_outside_its_text_is_refused(span: Span) -> None:
    with pytest.raises(RecordError, match="a span must lie in its text"):
        quote_span("short", span)


def test_fragments_are_joined_with_a_gap() -> None:
    assert quote_spans("we stay, he said, and wait", (Span(0, 7), Span(18, 26))) == "we stay … and wait"


def test_cover_overlap_and_containment() -> None:
    assert cover([Span(4, 6), Span(1, 2)]) == Span(1, 6)
    assert overlaps(Span(1, 3), Span(2, 4))
    assert not overlaps(Span(1, 3), Span(3, 4))
    assert contains(Span(1, 5), Span(1, 5))
    assert not contains(Span(1, 5), Span(0, 2))
    with pytest.raises(RecordError, match="at least one span"):
        cover([])


@pytest.mark.parametrize(
    ("span", "also", "left"),
    [(Span(0, 7), "", Span(1, 6)), (Span(0, 7), ",", Span(1, 5)), (Span(0, 1), "", None)],
)
def test_trim_drops_outer_space_and_marks(span: Span, also: str, left: Span | None) -> None:
    assert trim(" abcd, ", span, also) == left
