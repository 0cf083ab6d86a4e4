"""What the encoder says of a document, before anything is decided."""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from onrecord.records.spans import Span

Float = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LinkTable:
    """What the tagger learnt about links apart from the words; relation 0 is cue → source, 1 is content → cue.

    nothing: float32 [relations, d], what "no source" or "no cue" looks like; nothing_bias: float32 [relations].
    distance: float32 [relations, buckets], the first half for answers before (far to near), the second for those after.
    crossing: float32 [relations, line breaks between]. breaks: int64 [words], line breaks before each word.
    """

    nothing: Float
    nothing_bias: Float
    distance: Float
    crossing: Float
    breaks: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class WordScores:
    """Label probabilities of a document's words.

    words: the words in reading order, n of them.
    attribution: float32 [n, 7], columns ATTRIBUTION_LABELS; condition: float32 [n, 7], columns CONDITION_LABELS;
    name: float32 [n, 9], columns NAME_LABELS. Rows sum to 1.
    drawn: float32 [n, 13], columns DRAWN_LABELS, rows sum to 1; None where the encoder does not tell.
    link_from, link_to: float32 [n, relations, d]: vectors of the asking and the answering span, whose products score
    links; link_table: what else counts. None where the encoder scores no links.
    """

    words: tuple[Span, ...]
    attribution: Float
    condition: Float
    name: Float
    link_from: Float
    link_to: Float
    link_table: LinkTable | None = None
    drawn: Float | None = None


ATTRIBUTION_LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
CONDITION_LABELS = ("O", "B-cue", "I-cue", "B-condition", "I-condition", "B-consequence", "I-consequence")
# Conditions in whatever words: laid down by somebody, ordinary ones (a rule, a forecast), and against the facts.
DRAWN_LABELS = (
    "O",
    "B-condition",
    "I-condition",
    "B-consequence",
    "I-consequence",
    "B-ordinary-condition",
    "I-ordinary-condition",
    "B-ordinary-consequence",
    "I-ordinary-consequence",
    "B-contrary-condition",
    "I-contrary-condition",
    "B-contrary-consequence",
    "I-contrary-consequence",
)
NAME_LABELS = (
    "O",
    "B-person",
    "I-person",
    "B-place",
    "I-place",
    "B-organization",
    "I-organization",
    "B-other",
    "I-other",
)


class Encoder(Protocol):
    """What scores words and sentences. Bring your own, or load ours."""

    @property
    def version(self) -> str:
        """A short name and the first digits of the model file's hash."""
        ...

    def score(self, text: str) -> WordScores:
        """Label probabilities for every word of a text."""
        ...

    def embed(self, sentences: tuple[str, ...]) -> Float:
        """Sentence vectors, float32 [sentences, 384], each of length 1: near where words and matter are."""
        ...

    def sense(self, sentences: tuple[str, ...]) -> Float:
        """Sentence vectors, float32 [sentences, 384], each of length 1: near where the same deed is told."""
        ...


def empty_scores() -> WordScores:
    """The scores of a text without words."""
    none: Any = np.zeros
    return WordScores(
        (),
        none((0, 7), np.float32),
        none((0, 7), np.float32),
        none((0, 9), np.float32),
        none((0, 1, 1), np.float32),
        none((0, 1, 1), np.float32),
    )
