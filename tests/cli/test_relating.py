"""Red lines over a growing ledger: what is on record decides, never in which order or portions it came."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from evaluation.marked import read_cases
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.batch.remembering import Remembering
from onrecord.cli.coverage import relate_all
from onrecord.ledger import View, Writer, open_ledger
from onrecord.ledger.memory import MemoryLedger, MemoryView
from onrecord.records.actors import Join
from onrecord.records.documents import Basis, DateRange
from onrecord.records.findings import Findings
from onrecord.records.redlines import RedLine
from onrecord.records.scores import Float, WordScores, empty_scores
from onrecord.redlines.statements import form_statements
from onrecord.relating import relate_whole

GOLD = Path(__file__).parents[2] / "evaluation" / "gold" / "redlines_tuning.yml"
COVERAGE = tuple(findings for case in read_cases(GOLD)[:3] for findings in case.findings)
MORE = tuple(findings for case in read_cases(GOLD)[:8] for findings in case.findings)
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


Step = Callable[[Writer], object]


def add(findings: Findings) -> Step:
    return lambda writer: writer.add(findings, form_statements(findings))


def withdraw(findings: Findings, erase: bool) -> Step:
    return lambda writer: writer.withdraw(findings.document.id, "asked", erase=erase)


def dated_anew(findings: Findings) -> Findings:
    """The findings with a day that somebody typed in: they take the place of those held."""
    day = findings.document.published.latest
    if day is None:
        return replace(findings, annotator="newer")
    later = DateRange(day + timedelta(days=200), day + timedelta(days=200), Basis.GIVEN)
    return replace(findings, document=replace(findings.document, published=later))


@st.composite
def portions(draw: st.DrawFn) -> list[list[Step]]:
    """Documents in any order and any portions; some are withdrawn, annotated anew or dated anew once they are there."""
    order = draw(st.permutations(MORE))
    steps: list[Step] = []
    for place, findings in enumerate(order):
        steps.append(add(findings))
        match draw(st.sampled_from(["more"] * 12 + ["withdraw", "newer", "dated"])):
            case "withdraw":
                steps.append(withdraw(draw(st.sampled_from(order[: place + 1])), draw(st.booleans())))
            case "newer":
                steps.append(add(replace(draw(st.sampled_from(order[: place + 1])), annotator="newer")))
            case "dated":
                steps.append(add(dated_anew(draw(st.sampled_from(order[: place + 1])))))
    cuts = draw(st.sets(st.integers(min_value=1, max_value=len(steps) - 1), max_size=6))
    ends = [0, *sorted(cuts), len(steps)]
    return [steps[start:end] for start, end in zip(ends, ends[1:], strict=False)]


def in_memory() -> tuple[Any, Any]:
    """A writer and a view of a ledger without a file."""
    ledger = MemoryLedger(lambda: "2024-01-01T00:00:00Z")
    return ledger.writer(), ledger.view()


def read_anew(view: View) -> tuple[tuple[RedLine, ...], tuple[Join, ...]]:
    """The lines and joins of all that is on record, with nothing kept from before."""
    related = relate_whole(view.all_findings(), Remembering(Letters(), view.vectors))
    return tuple(sorted(related.lines, key=lambda line: line.id)), related.joins


@settings(max_examples=25, deadline=None)
@given(portions())
def test_after_every_portion_the_lines_are_those_of_reading_everything_anew(done: list[list[Step]]) -> None:
    resources: Any = Resources(Letters())
    writer, view = in_memory()
    for portion in done:
        for step in portion:
            step(writer)
        relate_all(resources, writer, view)
        assert (view.all_lines(), view.joins()) == read_anew(view)


def test_a_day_reads_no_document_that_it_does_not_concern(monkeypatch: pytest.MonkeyPatch) -> None:
    resources: Any = Resources(Letters())
    writer, view = in_memory()
    for findings in MORE[:-1]:
        add(findings)(writer)
    relate_all(resources, writer, view)
    read: list[str] = []
    findings_of = MemoryView.findings

    def noting(self: MemoryView, document: str) -> Findings:
        read.append(document)
        return findings_of(self, document)

    monkeypatch.setattr(MemoryView, "findings", noting)
    monkeypatch.setattr(MemoryView, "all_findings", None)  # would read everything
    relate_all(resources, writer, view)
    assert read == []
    add(MORE[-1])(writer)
    relate_all(resources, writer, view)
    assert 0 < len(set(read)) < len(MORE) / 2
    monkeypatch.undo()
    assert (view.all_lines(), view.joins()) == read_anew(view)


def test_lines_that_somebody_stored_meanwhile_are_formed_again(tmp_path: Path) -> None:
    resources: Any = Resources(Letters())
    with open_ledger(tmp_path / "two.db") as ledger, ledger.writer() as writer, ledger.view() as view:
        for findings in MORE[:8]:
            add(findings)(writer)
        relate_all(resources, writer, view)
        writer.record_lines(view.all_lines()[:1])
        relate_all(resources, writer, view)
        assert view.all_lines() == read_anew(view)[0]


def test_a_day_among_many_disputes_gives_the_lines_of_reading_everything_anew() -> None:
    resources: Any = Resources(Letters())
    cases = (case for path in sorted(GOLD.parent.glob("redlines_tuning*.yml")) for case in read_cases(path))
    every = {found.document.id: found for case in cases for found in case.findings}
    order = [every[id] for id in sorted(every)]  # by hash: days of all disputes mixed
    writer, view = in_memory()
    for start, end in ((0, len(order) - 20), (len(order) - 20, len(order) - 10), (len(order) - 10, len(order))):
        for findings in order[start:end]:
            add(findings)(writer)
        relate_all(resources, writer, view)
        assert (view.all_lines(), view.joins()) == read_anew(view)
