"""Whatever is written in whatever order is read back, from the file as from memory."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledger.ledger_made import made_findings, made_judgement, made_line, made_statements

from onrecord.errors import LedgerError
from onrecord.ledger import Filter, open_ledger
from onrecord.ledger.bodies import Body, pack
from onrecord.ledger.contract import View, Writer
from onrecord.ledger.memory import MemoryLedger
from onrecord.records.documents import hash_text
from onrecord.records.findings import Findings
from onrecord.records.judgements import Answer
from onrecord.records.redlines import RedLine, Statement

SEEDS = st.lists(st.integers(0, 30), min_size=1, max_size=6)
FEW = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
EVERY = Filter(limit=500)
Step = Callable[[Writer], object]


def _clock() -> str:
    return "2024-01-01T00:00:00Z"


def _add(seed: int, annotator: str = "made-1") -> Step:
    findings = made_findings(seed, annotator, sentences=1 + seed % 3, undated=seed % 5 == 0)
    return lambda writer: writer.add(findings, made_statements(findings))


def _answers(view: View) -> dict[str, object]:
    pages = ("documents", "statements", "conditions", "figures", "events", "wordings", "lines", "people", "timeline",
             "review_queue")  # fmt: skip
    answers: dict[str, object] = {name: getattr(view, name)(EVERY).rows for name in pages}
    answers |= {
        name: getattr(view, name)() for name in ("counts", "facets", "orphans", "judgements", "all_lines", "log")
    }
    answers |= {"findings": list(view.all_findings()), "statements_in_order": list(view.all_statements())}
    answers |= {query: view.search(query, EVERY).rows for query in ("warned", '"free zone"', "marét", "val* xyz")}
    answers["who"] = view.who("brandt")
    return answers


def _on_file(steps: list[Step]) -> dict[str, object]:
    with TemporaryDirectory() as folder:
        ledger = open_ledger(Path(folder) / "made.db", now=_clock)
        with ledger.writer() as writer, ledger.view() as view:
            _take(steps, writer)
            assert view.verify().problems == ()
            return _answers(view)


def _in_memory(steps: list[Step]) -> dict[str, object]:
    ledger = MemoryLedger(_clock)
    _take(steps, ledger.writer())
    return _answers(ledger.view())


def _take(steps: list[Step], writer: Writer) -> None:
    for step in steps:
        try:
            step(writer)
        except LedgerError as error:
            assert error.code in ("unknown_document", "unknown_record", "conflict")  # noqa: PT017


def _judge(statement: Statement, answer: Answer, reviewer: str) -> Step:
    return lambda writer: writer.judge(made_judgement(statement, answer, reviewer))


def _withdraw(document: str, erase: bool) -> Step:
    return lambda writer: writer.withdraw(document, "asked", erase=erase)


def _record(line: RedLine) -> Step:
    return lambda writer: writer.record_lines((line,))


@st.composite
def anything_done(draw: st.DrawFn) -> list[Step]:
    steps: list[Step] = []
    for seed in draw(SEEDS):
        findings = made_findings(seed, sentences=1 + seed % 3, undated=seed % 5 == 0)
        match draw(st.sampled_from(["add", "add", "newer", "judge", "withdraw", "lines"])):
            case "judge":
                answer, reviewer = draw(st.sampled_from(list(Answer))), draw(st.sampled_from(["ana", "bo"]))
                steps += [_add(seed), _judge(made_statements(findings)[0], answer, reviewer)]
            case "lines":
                steps += [_add(seed), _record(made_line((findings,)))]
            case "withdraw":
                steps += [_add(seed), _withdraw(findings.document.id, draw(st.booleans()))]
            case kind:
                steps.append(_add(seed, "made-2" if kind == "newer" else "made-1"))
    return steps


@FEW
@given(anything_done())
def test_the_file_answers_as_memory_does_whatever_was_done(steps: list[Step]) -> None:
    on_file, in_memory = _on_file(steps), _in_memory(steps)
    for name, answer in in_memory.items():
        assert on_file[name] == answer, name


@FEW
@given(SEEDS, st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(seeds: list[int], random: object) -> None:
    turned = list(seeds)
    random.shuffle(turned)  # type: ignore[attr-defined]
    assert _on_file([_add(seed) for seed in seeds]) == _on_file([_add(seed) for seed in turned])


@FEW
@given(SEEDS)
def test_recording_twice_equals_once(seeds: list[int]) -> None:
    assert _on_file([_add(seed) for seed in (*seeds, *seeds)]) == _on_file(
        [_add(seed) for seed in dict.fromkeys(seeds)]
    )


@FEW
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=120))
def test_any_text_is_written_and_read_back(text: str) -> None:
    document = replace(made_findings(0).document, id=hash_text(text), text=text, title=text[:20], parts=())
    findings = Findings(document, annotator="made-1")
    answers = _on_file([lambda writer: writer.add(findings, ())])
    assert answers["findings"] == [findings]


@settings(deadline=None)
@given(title=st.text(st.characters(exclude_categories=["Cs"]), max_size=40), before=st.text('",\\{:tile ', max_size=12))
def test_a_title_is_read_out_of_stored_findings_whatever_stands_before_it(title: str, before: str) -> None:
    findings = made_findings(3, "made-1", sentences=1, undated=False)
    document = replace(findings.document, title=title, path=f'{before}","title":"other')
    assert Body(pack(replace(findings, document=document), ()), document.text).title == title
