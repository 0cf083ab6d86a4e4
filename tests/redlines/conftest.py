"""Coverage from marked-up sentences, and an encoder that needs no model."""

import sys
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from onrecord.records.scores import Encoder, Float, WordScores, empty_scores

sys.path.insert(0, str(Path(__file__).parents[2]))  # evaluation/marked.py reads the marks, for tests and gold alike


class WordEncoder:
    """An encoder whose sentence vectors count words: texts without a common word have cosine nought or near it."""

    version = "words"

    def score(self, text: str) -> WordScores:
        return empty_scores()

    def embed(self, sentences: tuple[str, ...]) -> Float:
        rows = np.zeros((len(sentences), 384), np.float32)
        for row, sentence in zip(rows, sentences, strict=True):
            for word in sentence.casefold().split():
                row[int(sha256(word.encode()).hexdigest(), 16) % 384] += 1
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        unit: Float = np.divide(rows, lengths, out=rows, where=lengths > 0)
        return unit

    def sense(self, sentences: tuple[str, ...]) -> Float:
        """Vectors of nought: by words alone nothing is told in other words."""
        return np.zeros((len(sentences), 384), np.float32)


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return WordEncoder()
