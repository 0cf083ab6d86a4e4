"""Indexes leave out only what a closer look would: the lines are those that trying every two gives."""

from collections.abc import Sequence
from itertools import combinations

import pytest
from evaluation.marked import read_cases
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.redlines.redlines_made import GOLD, lines_of

from onrecord.records.findings import Findings
from onrecord.records.redlines import RedLine
from onrecord.records.scores import Encoder
from onrecord.redlines import joining, steps
from onrecord.redlines.drafts import Draft
from onrecord.redlines.joining import are_candidates

COVERAGE = tuple(findings for case in read_cases(GOLD) for findings in case.findings)


def try_every_two(encoder: Encoder, articles: Sequence[Findings]) -> tuple[RedLine, ...]:
    """The lines without any index: every draft is compared with every other, every report with every line."""

    def every_two(drafts: Sequence[Draft]) -> list[tuple[Draft, Draft]]:
        return [couple for couple in combinations(drafts, 2) if are_candidates(*couple)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(joining, "find_candidates", every_two)
        patch.setattr(steps, "may_lie_in", lambda _places, _drafts, _scope: True)
        return lines_of(encoder, *articles)


@given(st.lists(st.sampled_from(COVERAGE), min_size=2, max_size=25, unique_by=lambda each: each.document.id))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_indexes_give_the_lines_of_trying_every_two(encoder: Encoder, articles: list[Findings]) -> None:
    assert lines_of(encoder, *articles) == try_every_two(encoder, articles)


def test_all_cases_together_give_the_lines_of_trying_every_two(encoder: Encoder) -> None:
    lines = lines_of(encoder, *COVERAGE)
    assert sum(len(line.mentions) > 1 for line in lines) > 5
    assert any(entry.rule == "event meets condition" for line in lines for entry in line.history)
    assert lines == try_every_two(encoder, COVERAGE)
