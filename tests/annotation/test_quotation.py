"""Quotation marks and directness, as tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotation.quotation import judge_directness, quoted_regions
from onrecord.records.findings import Directness
from onrecord.records.spans import Span


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said "no" and "never".', ["no", "never"]),
        ("“We stay,” she said.", ["We stay,"]),
        ('"opened straight, closed curly” he said', ["opened straight, closed curly"]),
        ('"never closed\nNext line is free', ["never closed"]),
        ("stray ” mark", []),
        ('a "nested “inner” outer" b', ["nested “inner” outer"]),
        ("", []),
    ],
)
def test_regions_between_marks(text: str, quoted: list[str]) -> None:
    assert [text[a:b].strip() for a, b in quoted_regions(text)] == quoted


@pytest.mark.parametrize(
    ("text", "content", "directness"),
    [
        ('"We stay," he said', '"We stay,"', Directness.DIRECT),
        ('he said they would "stay put" there', 'they would "stay put" there', Directness.MIXED),
        ("he said they would stay", "they would stay", Directness.INDIRECT),
    ],
)
def test_directness_by_share_of_quoted_words(text: str, content: str, directness: Directness) -> None:
    start = text.index(content)
    assert judge_directness(text, (Span(start, start + len(content)),), quoted_regions(text)) is directness


@given(st.text(alphabet='ab "“”\n'))
def test_regions_never_cross_a_line(text: str) -> None:
    for start, end in quoted_regions(text):
        assert "\n" not in text[start:end]
