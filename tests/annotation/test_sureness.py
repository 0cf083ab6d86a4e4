"""Sureness from hand-made drafts: more of what speaks for a draft never makes it less sure."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotation.decoding import WordSpan, decode_spans
from onrecord.annotation.drafting import Draft
from onrecord.annotation.sureness import how_sure, read_signs
from onrecord.encoder.words import split_words
from onrecord.records.scores import ATTRIBUTION_LABELS, Float, WordScores

WORDS = split_words("The envoy said the ferries would sail again before the end of the week .")
SOURCE, CUE, CONTENT = WordSpan(0, 2, "source", 0.9), WordSpan(2, 3, "cue", 0.9), WordSpan(3, 14, "content", 0.9)
chances = st.floats(0.05, 0.95)


def scores(content: float) -> WordScores:
    """Every word is content with this chance."""
    rows = np.full((len(WORDS), len(ATTRIBUTION_LABELS)), 0.0, np.float32)
    rows[:, 0] = 1 - content
    rows[:, ATTRIBUTION_LABELS.index("I-content")] = content
    empty: Float = np.zeros((len(WORDS), 2, 1), np.float32)
    return WordScores(WORDS, rows, rows, np.zeros((len(WORDS), 9), np.float32), empty, empty, None)


def draft(parts: float, links: float, *, cue: bool = True, source: bool = True) -> Draft:
    return Draft((SOURCE,) if source else (), (CUE,) if cue else (), (CONTENT,), parts, links)


@given(chances, chances, chances)
def test_sureness_is_a_chance_and_rises_with_its_parts(one: float, other: float, links: float) -> None:
    low, high = sorted((one, other))
    unsure, sure = how_sure(draft(low, links), scores(0.8)), how_sure(draft(high, links), scores(0.8))
    assert 0 < unsure <= sure < 1


@given(chances, chances)
def test_a_draft_without_a_cue_is_less_sure(parts: float, links: float) -> None:
    assert how_sure(draft(parts, links, cue=False, source=False), scores(0.8)) < how_sure(
        draft(parts, links), scores(0.8)
    )


def test_signs_say_what_the_draft_has() -> None:
    signs = read_signs(draft(0.5, 0.5, source=False), scores(0.5))
    assert (signs.sourceless, signs.cueless, signs.short) == (1.0, 0.0, 0.0)
    assert signs.content == pytest.approx(0.0, abs=1e-5)
    assert signs.joint == pytest.approx(np.log(0.25 / 0.75))


def test_certain_scores_stay_finite() -> None:
    assert 0 < how_sure(draft(0.0, 0.0), scores(0.0)) < how_sure(draft(1.0, 1.0), scores(1.0)) < 1


@pytest.mark.parametrize(("lean", "found"), [({}, ()), ({"cue": 0.8}, ((1, 2, "cue"),))])
def test_leaning_reads_a_span_that_even_odds_leave_out(
    lean: dict[str, float], found: tuple[tuple[int, int, str], ...]
) -> None:
    rows = np.full((3, 7), 0.02, np.float32)
    rows[:, 0] = 0.88
    rows[1, 0], rows[1, ATTRIBUTION_LABELS.index("B-cue")] = 0.5, 0.4
    spans = decode_spans(rows, ATTRIBUTION_LABELS, lean)
    assert tuple(span[:3] for span in spans) == found
    assert all(span.score == pytest.approx(0.42) for span in spans)
