"""Whose words a condition is: the innermost attribution around it."""

from bisect import bisect_right
from collections.abc import Sequence

from onrecord.records.findings import Attribution
from onrecord.records.spans import Spans


class Holders:
    """The attributions of a document, found by the words of their contents."""

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        self._parts = sorted(
            ((part, attribution) for attribution in attributions for part in attribution.content),
            key=lambda item: item[0].start,
        )
        self._starts = [part.start for part, _ in self._parts]
        self._reach = max((part.end - part.start for part, _ in self._parts), default=0)

    def innermost(self, first: Spans, then: Spans) -> Attribution | None:
        """The attribution with the shortest content that shares words with both lists, else with `then`, else `first`.

        One that only the condition touches may lie inside it ("if they say that they will leave, ...").
        """
        left, right = self._holding(first), self._holding(then)
        shared = [each for each in left if each in right]
        return min(shared or right or left, key=_size, default=None)

    def holds(self, first: Spans, then: Spans) -> bool:
        """Whether one attribution has words of both lists in its content (of `first`, where `then` is empty)."""
        right = self._holding(then)
        return any(not then or each in right for each in self._holding(first))

    def _holding(self, spans: Spans) -> list[Attribution]:
        return [each for span in spans for each in self._around(span.start, span.end)]

    def _around(self, start: int, end: int) -> list[Attribution]:
        low = bisect_right(self._starts, start - self._reach - 1)
        high = bisect_right(self._starts, end)
        return [attribution for part, attribution in self._parts[low:high] if part.start < end and start < part.end]


def _size(attribution: Attribution) -> int:
    return sum(part.end - part.start for part in attribution.content)
