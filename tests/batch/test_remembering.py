"""Vectors kept between runs: computed once, the same whether new or kept, gone when no line needs them."""

from pathlib import Path

import numpy as np
import pytest

from onrecord.batch.remembering import Remembering
from onrecord.ledger import open_ledger
from onrecord.records.scores import Float, WordScores, empty_scores


class Counting:
    """An encoder that counts what it computes."""

    def __init__(self, version: str = "counting-1") -> None:
        self.version = version
        self.computed: list[str] = []

    def score(self, text: str) -> WordScores:
        return empty_scores()

    def embed(self, sentences: tuple[str, ...]) -> Float:
        self.computed += sentences
        rows = [np.random.default_rng(len(sentence)).normal(size=384) for sentence in sentences]
        return np.asarray([row / np.linalg.norm(row) for row in rows], np.float32)

    sense = embed


WORDS = ("the dam is touched", "we close the strait", "a vote is held in the delta")


def test_a_vector_is_computed_once_and_is_the_same_when_kept(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "new.db")
    with ledger.writer() as writer, ledger.view() as view:
        first = Remembering(Counting(), view.vectors)
        fresh = first.embed(WORDS)
        writer.keep_vectors(first.new, first.used)
        counting = Counting()
        again = Remembering(counting, view.vectors)
        assert np.array_equal(again.embed(WORDS), fresh)
        assert counting.computed == []
        longer = again.embed((*WORDS, "something else"))
        assert counting.computed == ["something else"]
        assert np.array_equal(longer[:3], fresh)


def test_vectors_that_no_line_needs_are_let_go_of(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "new.db")
    with ledger.writer() as writer, ledger.view() as view:
        first = Remembering(Counting(), view.vectors)
        first.embed(WORDS)
        writer.keep_vectors(first.new, first.used)
        second = Remembering(Counting(), view.vectors)
        second.embed(WORDS[:1])
        writer.keep_vectors(second.new, second.used)
        assert view.vectors(first.used).keys() == second.used


def test_another_encoder_computes_its_own(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "new.db")
    with ledger.writer() as writer, ledger.view() as view:
        first = Remembering(Counting(), view.vectors)
        first.embed(WORDS)
        writer.keep_vectors(first.new, first.used)
        newer = Counting("counting-2")
        Remembering(newer, view.vectors).embed(WORDS)
        assert newer.computed == list(WORDS)


@pytest.mark.parametrize("words", [(), WORDS])
def test_rounding_keeps_cosines_within_a_thousandth(words: tuple[str, ...]) -> None:
    exact = Counting().embed(words) if words else np.zeros((0, 384), np.float32)
    kept = Remembering(Counting(), lambda _: {}).embed(words)
    assert kept.shape == exact.shape
    assert not words or np.abs(kept @ kept.T - exact @ exact.T).max() < 0.001
