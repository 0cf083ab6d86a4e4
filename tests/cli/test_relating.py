"""Red lines over a growing ledger: what is on record decides, never in which order or portions it came."""

from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from evaluation.marked import read_cases
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.cli.coverage import relate_all
from onrecord.ledger import open_ledger
from onrecord.records.findings import Findings
from onrecord.records.redlines import RedLine
from onrecord.records.scores import Float, WordScores, empty_scores
from onrecord.redlines.statements import form_statements

GOLD = Path(__file__).parents[2] / "evaluation" / "gold" / "redlines_tuning.yml"
COVERAGE = tuple(findings for case in read_cases(GOLD)[:3] for findings in case.findings)
LEDGERS = count()


class Letters:
    """An encoder whose vectors count letters, and that knows how many texts it was given."""

    version = "letters-1"

    def __init__(self) -> None:
        self.computed = 0

    def score(self, text: str) -> WordScores:
        return empty_scores()

    def embed(self, sentences: tuple[str, ...]) -> Float:
        self.computed += len(sentences)
        rows = np.zeros((len(sentences), 384), np.float32)
        for row, sentence in zip(rows, sentences, strict=True):
            for letter in sentence.casefold():
                row[ord(letter) % 384] += 1
        unit: Float = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1)
        return unit


@dataclass(frozen=True)
class Resources:
    """What relating needs of the pipeline's resources."""

    encoder: Any


def lines_of(portions: list[list[Findings]], folder: Path) -> tuple[tuple[RedLine, ...], list[int]]:
    """The red lines after the last portion, and how many texts were embedded for each."""
    computed = []
    with open_ledger(folder / f"{next(LEDGERS)}.db") as ledger, ledger.writer() as writer, ledger.view() as view:
        for portion in portions:
            for findings in portion:
                writer.add(findings, form_statements(findings))
            encoder = Letters()
            resources: Any = Resources(encoder)
            relate_all(resources, writer, view)
            computed.append(encoder.computed)
        return view.all_lines(), computed


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[RedLine, ...]:
    lines, _ = lines_of([list(COVERAGE)], tmp_path_factory.mktemp("whole"))
    assert lines
    return lines


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    order=st.permutations(COVERAGE),
    cuts=st.sets(st.integers(min_value=1, max_value=len(COVERAGE) - 1), max_size=3),
)
def test_any_order_and_any_split_of_adding_give_the_same_lines(
    whole: tuple[RedLine, ...], tmp_path: Path, order: list[Findings], cuts: set[int]
) -> None:
    ends = [0, *sorted(cuts), len(order)]
    portions = [order[start:end] for start, end in zip(ends, ends[1:], strict=False)]
    assert lines_of(portions, tmp_path)[0] == whole


def test_a_day_embeds_only_its_own_words(tmp_path: Path) -> None:
    _, computed = lines_of([list(COVERAGE[:-1]), [COVERAGE[-1]], []], tmp_path)
    assert computed[1] < computed[0]
    assert computed[2] == 0
