"""How sure a draft is: of attributions scored 0.9, about 90% are right, words and speaker (PolNeAR dev).

A logistic regression over what the tagger said of the parts. Its weights are data, fitted by evaluation/calibration.py.
"""

import math
from functools import cache
from typing import NamedTuple

import numpy as np

from onrecord.annotation.drafting import Draft
from onrecord.lexicon.loader import load_lexicon
from onrecord.records.scores import ATTRIBUTION_LABELS, WordScores

CONTENT = [ATTRIBUTION_LABELS.index("B-content"), ATTRIBUTION_LABELS.index("I-content")]
SHORT = 3  # words; such contents are right less often than their scores say
SUREST = 1e-4  # probabilities are kept this far from 0 and 1


class Signs(NamedTuple):
    """What sureness is judged by."""

    joint: float  # log odds of parts and links together
    links: float  # log odds of the links alone
    content: float  # log odds of the content's mean probability over its words
    length: float  # log of the content's words
    short: float  # 1 for at most SHORT words
    sourceless: float  # 1 without a source
    cueless: float  # 1 without a cue


def read_signs(draft: Draft, scores: WordScores) -> Signs:
    """The signs of one draft."""
    words = [index for span in draft.content for index in range(span.first, span.last)]
    chances = scores.attribution[words][:, CONTENT].sum(axis=1)
    return Signs(
        joint=_log_odds(draft.parts * draft.links),
        links=_log_odds(draft.links),
        content=_log_odds(float(chances.mean())),
        length=math.log(len(words)),
        short=float(len(words) <= SHORT),
        sourceless=float(not draft.source),
        cueless=float(not draft.cue),
    )


def how_sure(draft: Draft, scores: WordScores) -> float:
    """The chance that words and speaker are right, 0..1."""
    base, weights = _weights()
    told = base + float(np.dot(weights, read_signs(draft, scores)))
    return 1 / (1 + math.exp(-told))


def _log_odds(chance: float) -> float:
    chance = min(max(chance, SUREST), 1 - SUREST)
    return math.log(chance / (1 - chance))


@cache
def _weights() -> tuple[float, list[float]]:
    """The base, and the weights in the order of Signs."""
    kept = load_lexicon("sureness")
    return float(kept["base"]), [float(kept["weights"][name]) for name in Signs._fields]
