"""How near two texts are to the encoder."""

from collections.abc import Collection, Iterable, Mapping

import numpy as np

from onrecord.records.scores import Encoder, Float

STEPS = 100  # cosines are rounded to 1/100: the same texts in another batch differ in later digits
BLOCK = 1000  # texts that are compared with all others at a time


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

    def list_near(self, texts: Mapping[str, float], others: Collection[str]) -> frozenset[str]:
        """Those of the texts whose cosine with any of the others may be as high as theirs (above 0): never too few."""
        mine, theirs = ([text for text in listed if text in self._vectors] for listed in (texts, others))
        if not mine or not theirs:
            return frozenset()
        known = np.stack([self._vectors[text] for text in theirs]).T
        found: set[str] = set()
        for first in range(0, len(mine), BLOCK):
            block = mine[first : first + BLOCK]
            best = (np.stack([self._vectors[text] for text in block]) @ known).max(axis=1)
            found.update(text for text, near in zip(block, best, strict=True) if near >= texts[text] - 1 / STEPS)
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
