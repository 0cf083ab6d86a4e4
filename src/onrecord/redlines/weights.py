"""How much a word tells: rare words more than common ones, by fixed counts that do not depend on what was read."""

from collections.abc import Mapping
from functools import cache
from math import log

from onrecord.lexicon.loader import load_lexicon


def word_weight(stem: str) -> float:
    """The inverse document frequency of a stem, 0..1; 1 for a stem never counted."""
    total, counts = _counts()
    return log((total + 1) / (counts.get(stem, 0) + 1)) / log(total + 1)


@cache
def _counts() -> tuple[int, Mapping[str, int]]:
    listed = load_lexicon("word_counts")
    pairs = (entry.rsplit(":", 1) for entry in listed["counts"].split())
    return int(listed["sentences"]), {stem: int(count) for stem, count in pairs}
