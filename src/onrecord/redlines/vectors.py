"""How near two texts are to the encoder."""

from collections.abc import Iterable

import numpy as np

from onrecord.records.scores import Encoder, Float

STEPS = 100  # cosines are rounded to 1/100: the same texts in another batch differ in later digits


class Vectors:
    """The sentence vectors of some texts, each computed once."""

    def __init__(self, encoder: Encoder, texts: Iterable[str]) -> None:
        listed = tuple(sorted({text for text in texts if text.strip()}))
        self._rows = {text: row for row, text in enumerate(listed)}
        self._vectors: Float = encoder.embed(listed) if listed else np.zeros((0, 1), np.float32)

    def cosine(self, one: str, other: str) -> float | None:
        """The cosine of two texts, -1..1; None where one of them is empty."""
        first, second = self._rows.get(one), self._rows.get(other)
        if first is None or second is None:
            return None
        product = float(np.dot(self._vectors[first], self._vectors[second]))
        return round(product * STEPS) / STEPS
