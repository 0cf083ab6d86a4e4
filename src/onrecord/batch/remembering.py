"""An encoder that asks a ledger first: forming red lines again computes the vectors of new words only."""

from collections.abc import Callable, Collection, Mapping
from hashlib import sha256

import numpy as np

from onrecord.records.scores import Encoder, Float, WordScores

WIDTH = 384  # numbers a vector
STORED = np.dtype("<f2")  # half the precision: cosines are compared by hundredths, and a vector takes 768 bytes


class Remembering:
    """An encoder whose sentence vectors are rounded alike whether they are new or kept, so that lines never differ.

    look_up: the vectors kept under some keys. new: those computed here, to be kept; used: every key asked for.
    """

    def __init__(self, encoder: Encoder, look_up: Callable[[Collection[str]], Mapping[str, bytes]]) -> None:
        self.encoder = encoder
        self.look_up = look_up
        self.new: dict[str, bytes] = {}
        self.used: set[str] = set()

    @property
    def version(self) -> str:
        """See Encoder.version."""
        return self.encoder.version

    def score(self, text: str) -> WordScores:
        """See Encoder.score."""
        return self.encoder.score(text)

    def embed(self, sentences: tuple[str, ...]) -> Float:
        """See Encoder.embed."""
        return self._recall("", sentences, self.encoder.embed)

    def sense(self, sentences: tuple[str, ...]) -> Float:
        """See Encoder.sense."""
        return self._recall("sense", sentences, self.encoder.sense)

    def _recall(self, kind: str, sentences: tuple[str, ...], compute: Callable[[tuple[str, ...]], Float]) -> Float:
        keys = [self._key(kind, sentence) for sentence in sentences]
        self.used.update(keys)
        held = {**self.look_up(set(keys)), **self.new}
        missing = {key: sentence for key, sentence in zip(keys, sentences, strict=True) if key not in held}
        if missing:
            vectors = compute(tuple(missing.values())).astype(STORED)
            self.new |= {key: vector.tobytes() for key, vector in zip(missing, vectors, strict=True)}
            held |= self.new
        if not keys:
            return np.zeros((0, WIDTH), np.float32)
        return np.stack([np.frombuffer(held[key], STORED) for key in keys]).astype(np.float32)

    def _key(self, kind: str, sentence: str) -> str:
        named = f"{self.version}\0{kind}\0" if kind else f"{self.version}\0"
        return sha256(f"{named}{sentence}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
