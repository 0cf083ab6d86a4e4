"""What the trained head says of the words of one sentence: a second voice beside the rules.

The head alone is worse than the rules at finding where clauses end and better at finding that there is a condition, so
it is weighed in, never followed blindly. Without scores every voice is silent and the rules decide alone.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import log

from onrecord.annotation.words import Word
from onrecord.records.scores import CONDITION_LABELS, WordScores

Words = Sequence[Word]

FLOOR = 0.03  # no single word is surer than this against a place
SILENT = 0.1  # a sentence in which no word is likelier a condition than this says nothing

_COLUMNS = {
    part: tuple(index for index, label in enumerate(CONDITION_LABELS) if label.endswith(part))
    for part in ("cue", "condition", "consequence")
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Probabilities of the words of a sentence: cue, condition, consequence; and running sums of their log odds."""

    cue: tuple[float, ...]
    condition: tuple[float, ...]
    consequence: tuple[float, ...]
    silent: bool

    def part(self, first: int, last: int) -> "Evidence":
        """What it says of the words `[first, last)`."""
        return Evidence(self.cue[first:last], self.condition[first:last], self.consequence[first:last], self.silent)

    def of_condition(self, first: int, last: int) -> tuple[float, ...]:
        """For each place in `[first, last]`: how well a condition `[first, place)` fits, in log odds."""
        return _running(self.condition, first, last)

    def of_consequence(self, first: int, last: int) -> tuple[float, ...]:
        """For each place in `[first, last]`: how well a consequence `[first, place)` fits, in log odds."""
        return _running(self.consequence, first, last)


def _running(values: tuple[float, ...], first: int, last: int) -> tuple[float, ...]:
    odds = (log((value + FLOOR) / (1 - value + FLOOR)) for value in values[first:last])
    return tuple(accumulate(odds, initial=0.0))


def no_evidence(words: Words) -> Evidence:
    """The silent voice."""
    none = (0.0,) * len(words)
    return Evidence(none, none, none, silent=True)


def read_evidence(words: Words, scores: WordScores) -> Evidence:
    """The head's probabilities at the words of a sentence; silent where it sees no condition there."""
    if not scores.words or not words:
        return no_evidence(words)
    low = bisect_left(scores.words, (words[0].start, 0))
    high = bisect_left(scores.words, (words[-1].end, 0))
    starts = [word.start for word in scores.words[low:high]]
    rows = scores.condition[low:high]
    places = [min(max(bisect_left(starts, word.start + 1) - 1, 0), len(starts) - 1) for word in words]
    if not starts:
        return no_evidence(words)
    parts = {part: rows[:, columns].sum(axis=1).tolist() for part, columns in _COLUMNS.items()}
    found = {part: tuple(float(values[place]) for place in places) for part, values in parts.items()}
    silent = max(found["condition"]) < SILENT
    return Evidence(found["cue"], found["condition"], found["consequence"], silent)
