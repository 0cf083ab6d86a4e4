"""Spans and links from scores, with hand-made scores."""

import math
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotation.decoding import WordSpan, best_path, decode_spans, link_probabilities
from onrecord.errors import ModelError
from onrecord.records.scores import Float, LinkTable, WordScores
from onrecord.records.spans import Span

LABELS = ("O", "B-x", "I-x", "B-y", "I-y")


def scores_of(path: list[int], sure: float = 0.9) -> Float:
    rows = np.full((len(path), len(LABELS)), (1 - sure) / (len(LABELS) - 1), np.float32)
    rows[np.arange(len(path)), path] = sure
    return rows


@pytest.mark.parametrize(
    ("path", "spans"),
    [
        ([0, 1, 2, 0], [(1, 3, "x")]),
        ([1, 1, 2], [(0, 1, "x"), (1, 3, "x")]),
        ([3, 4, 1, 2], [(0, 2, "y"), (2, 4, "x")]),
        ([0, 0], []),
    ],
)
def test_clear_labels_become_spans(path: list[int], spans: list[tuple[int, int, str]]) -> None:
    found = decode_spans(scores_of(path), LABELS)
    assert [(span.first, span.last, span.role) for span in found] == spans
    assert all(span.score > 0.9 for span in found)


@given(st.lists(st.integers(0, 4), max_size=30))
def test_an_inside_never_follows_anything_but_its_own_role(path: list[int]) -> None:
    for span in decode_spans(scores_of(path, 0.6), LABELS):
        assert 0 <= span.first < span.last <= len(path)


def test_another_label_count_is_refused() -> None:
    with pytest.raises(ModelError, match="needed scores of 5 labels, got 3"):
        decode_spans(np.full((2, 3), 1 / 3, np.float32), LABELS)


def test_links_prefer_the_answer_that_fits() -> None:
    vectors = np.zeros((4, 2, 2), np.float32)
    vectors[0, 0], vectors[2, 0] = (5, 0), (5, 0)
    table = LinkTable(
        np.zeros((2, 2), np.float32), np.zeros(2, np.float32), np.zeros((2, 20), np.float32),
        np.zeros((2, 4), np.float32), np.zeros(4, np.int64),
    )  # fmt: skip
    empty = np.zeros((4, 7), np.float32)
    words = tuple(Span(index, index + 1) for index in range(4))
    scores = WordScores(words, empty, empty, empty, vectors, vectors, table)
    chances = link_probabilities(
        scores, 0, [WordSpan(0, 1, "cue", 1)], [WordSpan(1, 2, "source", 1), WordSpan(2, 3, "source", 1)]
    )
    assert chances.shape == (1, 3)
    assert chances[0].argmax() == 1
    assert chances.sum() == pytest.approx(1)


@given(st.lists(st.lists(st.integers(-9, 0), min_size=5, max_size=5), min_size=1, max_size=4))
def test_the_best_path_is_the_best_of_all_that_are_allowed(rows: list[list[int]]) -> None:
    logs = np.array(rows, np.float32)

    def worth(path: tuple[int, ...]) -> float:
        begun = all(label not in (2, 4) or before in (label - 1, label) for before, label in pairwise((0, *path)))
        return sum(rows[place][label] for place, label in enumerate(path)) if begun else -math.inf

    best = max(worth(path) for path in product(range(5), repeat=len(rows)))
    assert worth(tuple(best_path(logs, 5))) == best
