"""Raw scores → probabilities: of attributions scored 0.9, about 90% are right (words and speaker, PolNeAR dev)."""

from bisect import bisect_right
from functools import cache

from onrecord.lexicon.loader import load_lexicon


def calibrate(raw: float) -> float:
    """The share of attributions with this raw score that were right on dev, 0..1, straight lines between the knots."""
    knots = _knots()
    place = bisect_right(knots, (raw, 2.0))
    if place == 0:
        return knots[0][1]
    if place == len(knots):
        return knots[-1][1]
    (left, low), (right, high) = knots[place - 1], knots[place]
    return low + (high - low) * (raw - left) / (right - left) if right > left else high


@cache
def _knots() -> list[tuple[float, float]]:
    return [(float(raw), float(share)) for raw, share in load_lexicon("calibration")["knots"]]
