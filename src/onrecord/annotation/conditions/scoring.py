"""How sure a condition is: the share of its rule's conditions that were right where gold is known.

Where a rule was seen too seldom there, its own guess (lexicon/conditions.yml) stays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from onrecord.lexicon.loader import load_lexicon
from onrecord.records.findings import Condition, Realis

Ends = Sequence[Sequence[int]]


@cache
def _shares() -> Mapping[tuple[str, str, str], float]:
    """Share of right ones by rule, realis and side; one more right and one more wrong than counted: none is certain."""
    listed = load_lexicon("condition_shares")["shares"]
    return {
        (each["rule"], each["realis"], each["consequence"]): (each["right"] + 1) / (each["found"] + 2)
        for each in listed
    }


def side_of(condition: Sequence[Ends], consequence: Ends) -> str:
    """Whether the consequence stands "before" or "after" the condition, or there is "none"."""
    if not consequence:
        return "none"
    return "before" if consequence[0][0] < condition[0][0][0] else "after"


def scored(condition: Condition) -> Condition:
    """The condition with the share of its rule for score, where one was counted."""
    kind = "contrary" if condition.realis is Realis.COUNTERFACTUAL else "other"
    side = side_of(condition.condition, condition.consequence)
    share = _shares().get((condition.produced_by, kind, side))
    return condition if share is None else replace(condition, score=share)
