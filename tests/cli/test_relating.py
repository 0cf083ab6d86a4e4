"""Red lines over a growing ledger: what is on record decides, never in which order or portions it came."""

import json
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
from onrecord.ledger.parts import link_name
from onrecord.records.actors import ActorLink, Join
from onrecord.records.documents import Basis, DateRange
from onrecord.records.findings import Findings
from onrecord.records.judgements import Answer, Judgement
from onrecord.records.redlines import RedLine
from onrecord.records.rows import Filter, Found
from onrecord.records.rulings import join_rulings
from onrecord.records.scores import Float, WordScores, empty_scores
from onrecord.records.spans import Span
from onrecord.redlines.lines import ids_of
from onrecord.redlines.settled import line_id
from onrecord.redlines.statements import form_statements
from onrecord.relating import relate_whole

GOLD = Path(__file__).parents[2] / "evaluation" / "gold" / "redlines_tuning.yml"
COVERAGE = tuple(findings for case in read_cases(GOLD)[:3] for findings in case.findings)


def linked(findings: Findings) -> Findings:
    """The findings with a source for whatever somebody says, and the link of its words to the speaker."""
    said = tuple(
        replace(each, source=(Span(each.content[0].start, each.content[0].start + 1),)) if each.content else each
        for each in findings.attributions
    )
    spoken = {each.source[0]: each.speaker for each in said if each.source}
    links = (ActorLink(span, who.actor, who.basis, who.score, who.reason) for span, who in sorted(spoken.items()))
    return replace(findings, attributions=said, links=tuple(links))


MORE = tuple(linked(findings) for case in read_cases(GOLD)[:8] for findings in case.findings)
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

    sense = embed


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
    related = relate_whole(view.all_findings(), Remembering(Letters(), view.vectors), rulings=view.rulings())
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


# What reviewers settle


def judge(writer: Writer, view: View, found: Found, answer: Answer, correction: dict[str, str | None]) -> None:
    """One reviewer's answer; nobody else answers meanwhile."""
    told = json.dumps(correction) if correction else ""
    writer.judge(
        Judgement(found.id, found.kind, found.passages[0], answer, "Ana", "seen", told, "2024-01-01T00:00:00Z")
    )


def judge_link(writer: Writer, view: View, place: int, answer: Answer) -> None:
    """An answer on some link that is on record; corrected to the actor of another one."""
    links = [row for document in view.documents().rows for row in view.links(document.id)]
    if links:
        row, other = links[place % len(links)], links[place * 7 % len(links)].actor
        to = {"actor": other.name, "key": other.key, "type": other.type.value} if other else {"actor": "Brel Ostan"}
        judge(writer, view, view.find(link_name(row)), answer, dict(to) if answer is Answer.CORRECT else {})


def judge_join(writer: Writer, view: View, place: int, answer: Answer) -> None:
    """An answer on some passage of a line; corrected to another line, or to none."""
    lines = view.all_lines()
    joins = [(line, mention) for line in lines for mention in line.mentions]
    if joins:
        line, mention = joins[place % len(joins)]
        others: list[str | None] = [each.id for each in lines if each.issuer == line.issuer and each.id != line.id]
        to = [*others, None][place % (len(others) + 1)]
        judge(
            writer, view, view.find(f"{line.id}:{mention.id}"), answer, {"line": to} if answer is Answer.CORRECT else {}
        )


Answering = tuple[Callable[[Writer, View, int, Answer], None], int, Answer]
ANSWERS = st.tuples(
    st.sampled_from([judge_link, judge_join, judge_join]),
    st.integers(0, 500),
    st.sampled_from([Answer.ACCEPT, Answer.REJECT, Answer.CORRECT, Answer.UNSURE]),
)


@settings(max_examples=20, deadline=None)
@given(
    order=st.permutations(MORE),
    cuts=st.sets(st.integers(1, len(MORE) - 1), max_size=3),
    answers=st.lists(st.lists(ANSWERS, max_size=3), min_size=4, max_size=4),
)
def test_whatever_reviewers_settle_meanwhile_the_lines_are_those_of_reading_everything_anew(
    order: list[Findings], cuts: set[int], answers: list[list[Answering]]
) -> None:
    settle_between(order, [0, *sorted(cuts), len(order)], answers)


def settle_between(order: list[Findings], ends: list[int], answers: list[list[Answering]]) -> None:
    """Portions of documents are added, and answers given after each; the lines are always those of all together."""
    resources: Any = Resources(Letters())
    writer, view = in_memory()
    for start, end, given_now in zip(ends, ends[1:], answers, strict=False):
        for findings in order[start:end]:
            add(findings)(writer)
        relate_all(resources, writer, view)
        for judging, place, answer in given_now:
            judging(writer, view, place, answer)
        relate_all(resources, writer, view)
        assert (view.all_lines(), view.joins()) == read_anew(view)
    for line in view.all_lines():
        assert_settled(view, line)


def assert_settled(view: View, line: RedLine) -> None:
    """No passage stands on a line that it was taken off, by itself or beside the passage the line was drawn from."""
    own = ids_of(line)
    mentions = {mention.id: line_id(mention) for mention in line.mentions}
    for ruling in join_rulings(view.rulings()):
        if ruling.mention in mentions and ruling.to is None:
            assert ruling.line not in set(own) - {mentions[ruling.mention]}


def test_a_passage_that_was_taken_off_its_line_stays_off_and_can_be_put_back() -> None:
    resources: Any = Resources(Letters())
    writer, view = in_memory()
    for findings in MORE:
        add(findings)(writer)
    relate_all(resources, writer, view)
    before = view.all_lines()
    line = max(before, key=lambda each: len(each.mentions))
    mention = next(each for each in line.mentions if line_id(each) != line.id)
    join = f"{line.id}:{mention.id}"
    judge(writer, view, view.find(join), Answer.REJECT, {})
    relate_all(resources, writer, view)
    assert mention.id not in {each.id for each in view.line(line.id).line.mentions}
    assert view.orphans() == ()
    add(replace(MORE[0], annotator="newer"))(writer)
    relate_all(resources, writer, view)
    assert mention.id not in {each.id for each in view.line(line.id).line.mentions}
    judge(writer, view, view.find(join), Answer.ACCEPT, {})
    relate_all(resources, writer, view)
    kept = next(each for each in view.line(line.id).line.mentions if each.id == mention.id)
    assert "settled by Ana" in kept.reason
    assert [each.id for each in view.all_lines()] == [each.id for each in before]


def test_an_accepted_join_holds_what_the_score_would_part() -> None:
    resources: Any = Resources(Letters())
    writer, view = in_memory()
    for findings in MORE:
        add(findings)(writer)
    relate_all(resources, writer, view)
    by_issuer: dict[str | None, list[RedLine]] = {}
    for line in view.all_lines():
        by_issuer.setdefault(line.issuer, []).append(line)
    one, other = next(lines for issuer, lines in by_issuer.items() if issuer and len(lines) > 1)[:2]
    mention = one.mentions[0]
    judge(writer, view, view.find(f"{one.id}:{mention.id}"), Answer.CORRECT, {"line": other.id})
    relate_all(resources, writer, view)
    together = next(line for line in view.all_lines() if mention.id in {each.id for each in line.mentions})
    assert other.mentions[0].id in {each.id for each in together.mentions}
    relate_all(resources, writer, view, whole=True)
    assert together == view.line(together.id).line


def test_a_corrected_link_changes_who_speaks_and_whose_line_it_is(tmp_path: Path) -> None:
    resources: Any = Resources(Letters())
    with open_ledger(tmp_path / "who.db") as ledger, ledger.writer() as writer, ledger.view() as view:
        for findings in MORE[:8]:
            add(findings)(writer)
        relate_all(resources, writer, view)
        row, said = next(
            (row, said)
            for document in view.documents().rows
            for row in view.links(document.id)
            for said in view.statements(Filter(document=document.id)).rows
            if row.actor is not None and said.statement.actor == row.actor.key
            and row.link.span in said.statement.source
            and any(said.statement.id == each.statement for line in view.all_lines() for each in line.mentions)
        )  # fmt: skip
        assert row.actor is not None
        spoken = view.who(row.actor.key)[0].statements
        judge(writer, view, view.find(link_name(row)), Answer.CORRECT,
              {"actor": "Brel Ostan", "key": "brel ostan|person", "type": "person"})  # fmt: skip
        now = view.statement(said.statement.id).statement
        assert (now.actor, now.speaker.name, now.speaker.basis) == ("brel ostan|person", "Brel Ostan", "reviewed")
        assert "settled by Ana" in now.speaker.reason
        assert row.actor.name in now.speaker.reason
        assert view.who("Brel Ostan")[0].statements >= 1
        assert view.who(row.actor.key)[0].statements < spoken
        assert view.links(row.document)[0].actor is not None  # what the program had found stays visible
        assert not view.verify().problems
        relate_all(resources, writer, view)
        line = next(each for each in view.all_lines() if said.statement.id in {m.statement for m in each.mentions})
        assert line.issuer_name == "Brel Ostan"
        assert (view.all_lines(), view.joins()) == read_anew(view)
        judge(writer, view, view.find(link_name(row)), Answer.ACCEPT, {})
        relate_all(resources, writer, view)
        assert view.statement(said.statement.id).statement == said.statement
        assert (view.all_lines(), view.joins()) == read_anew(view)
