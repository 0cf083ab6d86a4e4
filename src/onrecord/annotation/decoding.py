"""Label scores → spans, and link vectors → links. Nothing here knows what the labels mean."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import ModelError
from onrecord.records.scores import Float, LinkTable, WordScores

NEVER = -1e9
FARTHEST = 220  # words between two linked spans; training never showed a pair farther apart than one window


class WordSpan(NamedTuple):
    """Words `[first, last)` with their role and the mean probability of their labels."""

    first: int
    last: int
    role: str
    score: float


def decode_spans(
    probabilities: Float, labels: Sequence[str], lean: Mapping[str, float] | None = None
) -> tuple[WordSpan, ...]:
    """Best non-overlapping spans, in reading order.

    probabilities: float32 [words, labels]; each row sums to 1. labels: "O", then "B-role", "I-role" by turns.
    lean: what to add to the log probability of a role's labels; the spans' scores are without it.
    Raises ModelError if the label count is not the encoder's.

    Viterbi over IOB2 tags, O -> I forbidden ("Representing Text Chunks", EACL 1999).
    """
    if probabilities.shape[1] != len(labels):
        raise ModelError(f"needed scores of {len(labels)} labels, got {probabilities.shape[1]}")
    logs = np.log(probabilities + 1e-9)
    if lean:
        logs += np.array([lean.get(label[2:], 0.0) for label in labels], np.float32)
    path = best_path(logs, len(labels))
    return tuple(_spans_of(path, probabilities, labels))


def best_path(logs: Float, count: int) -> list[int]:
    """The most probable sequence of labels in which every I follows a B or I of its role, one a word.

    Plain numbers, not arrays: with seven labels, a step costs a third of what it costs as array work.
    """
    if not len(logs):
        return []
    first, *rows = logs.tolist()
    best = [NEVER if label and label % 2 == 0 else log for label, log in enumerate(first)]
    came: list[list[int]] = []
    for row in rows:
        top = max(best)
        origins = [best.index(top)] * count
        reached = [top + log for log in row]
        for inside in range(2, count, 2):
            origin = inside if best[inside] > best[inside - 1] else inside - 1
            origins[inside], reached[inside] = origin, best[origin] + row[inside]
        came.append(origins)
        best = reached
    path = [best.index(max(best))]
    for origins in reversed(came):
        path.append(origins[path[-1]])
    return path[::-1]


def _spans_of(path: Sequence[int], probabilities: Float, labels: Sequence[str]) -> list[WordSpan]:
    spans: list[WordSpan] = []
    first = 0
    while first < len(path):
        label = path[first]
        last = first + 1
        if label:
            while last < len(path) and path[last] == label + 1:
                last += 1
            spans.append(WordSpan(first, last, labels[label][2:], _mean_score(probabilities, path, first, last)))
        first = last
    return spans


def _mean_score(probabilities: Float, path: Sequence[int], first: int, last: int) -> float:
    """Mean probability of the role (B or I alike) over the span's words."""
    begin = path[first]
    chances = probabilities[first:last, begin] + probabilities[first:last, begin + 1]
    return float(np.add.reduce(chances) / len(chances))  # `mean` takes three times as long for a few words


def link_probabilities(
    scores: WordScores, relation: int, asks: Sequence[WordSpan], answers: Sequence[WordSpan]
) -> NDArray[np.float64]:
    """float64 [asks, answers + 1]; rows sum to 1, the last column is "nothing to link".

    Raises ModelError if the encoder gave no link table.
    """
    table = scores.link_table
    if table is None:
        raise ModelError("needed link scores from the encoder, got none")
    ask = _vectors(scores.link_from[:, relation], asks)
    scale = math.sqrt(ask.shape[1])
    nothing = ask @ table.nothing[relation] / scale + table.nothing_bias[relation]
    columns = [nothing[:, None]]
    if answers:
        products = ask @ _vectors(scores.link_to[:, relation], answers).T / scale
        columns.insert(0, products + _placed(table, relation, asks, answers))
    logits: NDArray[np.float64] = np.concatenate(columns, axis=1).astype(np.float64)
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    chances: NDArray[np.float64] = raised / raised.sum(axis=1, keepdims=True)
    return chances


def _vectors(vectors: Float, spans: Sequence[WordSpan]) -> Float:
    first = vectors[[span.first for span in spans]]
    last = vectors[[span.last - 1 for span in spans]]
    mean: Float = np.asarray((first + last) / 2, np.float32)
    return mean


def _placed(table: LinkTable, relation: int, asks: Sequence[WordSpan], answers: Sequence[WordSpan]) -> Float:
    """What distance and line breaks say, float32 [asks, answers]; buckets are powers of two, as in training."""
    half = table.distance.shape[1] // 2
    a, b = (np.array([getattr(span, end) for span in asks])[:, None] for end in ("first", "last"))
    c, d = (np.array([getattr(span, end) for span in answers])[None, :] for end in ("first", "last"))
    after = c >= a
    gap = np.maximum(np.where(after, c - b, a - d), 0)
    step = np.minimum(np.log2(gap + 1).astype(np.int64), half - 1)
    distance = table.distance[relation][np.where(after, half + step, half - 1 - step)]
    breaks = np.abs(table.breaks[a] - table.breaks[c])
    crossing = table.crossing[relation][np.minimum(breaks, table.crossing.shape[1] - 1)]
    distance = np.where(gap > FARTHEST, NEVER, distance)
    placed: Float = np.asarray(distance + crossing, np.float32)
    return placed
