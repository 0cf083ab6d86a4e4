"""The printed sentence around words."""

import pytest

from onrecord.ledger.around import MOST, sentence_around
from onrecord.records.spans import Span

LONG = "Nobody " + "in the long hall of the old customs house " * 12 + "spoke while the envoy " + "read on and on " * 20


@pytest.mark.parametrize(
    ("text", "word", "sentence"),
    [
        ("It rained. The dam broke. It fell silent.", "broke", "The dam broke."),
        ("Dam breaks\n\nIt was dawn.", "breaks", "Dam breaks"),
        ("Gone. Mr. A. Orlov took the fort. Then he left.", "took", "Mr. A. Orlov took the fort."),
        ("“They took the fort.” She wept.", "took", "“They took the fort.”"),
        ("no stops at all", "stops", "no stops at all"),
    ],
)
def test_the_sentence_ends_at_the_stops_on_both_sides(text: str, word: str, sentence: str) -> None:
    start = text.index(word)
    assert sentence_around(text, Span(start, start + len(word))) == sentence


def test_a_long_sentence_is_cut_on_both_sides_between_words() -> None:
    start = LONG.index("envoy")
    told = sentence_around(LONG, Span(start, start + 5))
    assert told.startswith("… ")
    assert told.endswith(" …")
    assert "the envoy read" in told
    assert len(told) <= MOST + 4
    assert told[2:-2] in LONG
    assert set(told[2:-2].split()) <= set(LONG.split())


def test_no_words_have_no_sentence() -> None:
    assert sentence_around("A dam broke.", Span(2, 2)) == ""
