"""How near two texts are to the encoder."""

from collections.abc import Iterable, Mapping

import numpy as np

from onrecord.records.scores import Encoder, Float

STEPS = 100  # cosines are rounded to 1/100: the same texts in another batch differ in later digits
BLOCK = 1000  # couples that are compared at a time


class Vectors:
    """The sentence vectors of texts, each computed once."""

    def __init__(self, encoder: Encoder, texts: Iterable[str]) -> None:
        self._encoder = encoder
        self._vectors: dict[str, Float] = {}
        self._cosines: dict[tuple[str, str], float] = {}
        self._senses: dict[str, Float] = {}
        self._sensed: dict[tuple[str, str], float] = {}
        self.add(texts)

    def add(self, texts: Iterable[str]) -> None:
        """Compute the vectors of texts that have none yet, all in one batch."""
        listed = tuple(sorted({text for text in texts if text.strip() and text not in self._vectors}))
        if listed:
            self._vectors |= dict(zip(listed, self._encoder.embed(listed), strict=True))

    def cosine(self, one: str, other: str) -> float | None:
        """The cosine of two texts, -1..1; None where one of them is empty or was never added."""
        if one not in self._vectors or other not in self._vectors:
            return None
        key = (one, other) if one < other else (other, one)
        known = self._cosines.get(key)
        if known is None:
            known = self._cosines[key] = _compare(self._vectors[key[0]], self._vectors[key[1]])
        return known

    def list_near(self, couples: Mapping[tuple[str, str], float]) -> frozenset[tuple[str, str]]:
        """The couples of texts whose cosine may be as high as is asked for (above 0): never too few."""
        held = self._vectors
        listed = [couple for couple in couples if couple[0] in held and couple[1] in held]
        found: set[tuple[str, str]] = set()
        for first in range(0, len(listed), BLOCK):
            block = listed[first : first + BLOCK]
            one, other = (np.stack([held[couple[side]] for couple in block]) for side in (0, 1))
            cosines = np.einsum("ij,ij->i", one, other)
            near = zip(block, cosines, strict=True)
            found.update(couple for couple, cosine in near if cosine >= couples[couple] - 1 / STEPS)
        return frozenset(found)

    def sense(self, one: str, other: str) -> float:
        """How near two texts are in what they tell as done, -1..1, whatever their words; worked out when asked for."""
        key = (one, other) if one < other else (other, one)
        known = self._sensed.get(key)
        if known is None:
            for text in key:
                if text not in self._senses:
                    (self._senses[text],) = self._encoder.sense((text,))
            known = self._sensed[key] = _compare(self._senses[one], self._senses[other])
        return known


def _compare(one: Float, other: Float) -> float:
    return round(float(np.dot(one, other)) * STEPS) / STEPS
