"""How records are worded on pages."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from tests.web.web_made import made_findings, made_lines

from onrecord.ledger.bodies import Body, pack
from onrecord.ledger.building import build_document, opening_words
from onrecord.records.documents import Basis, DateRange
from onrecord.records.findings import Directness
from onrecord.records.redlines import RollUp, Status
from onrecord.records.rows import DocumentRow, LineRow
from onrecord.records.spans import Span
from onrecord.redlines.statements import form_statements
from onrecord.web.pages.lines import _quoted_in
from onrecord.web.pages.statements import in_marks
from onrecord.web.pages.strip import draw_step
from onrecord.web.shown import if_then, name_article, show_line


@pytest.mark.parametrize(
    ("condition", "consequence", "told"),
    [
        ("The gate is raised", "We leave the talks", "if the gate is raised, then we leave the talks"),
        ("Any move on the islands", "", "if any move on the islands"),
        ("A toll is imposed", "Kestria leaves", "if a toll is imposed, then Kestria leaves"),
        ("Sarravia takes the cape", "no treaty", "if Sarravia takes the cape, then no treaty"),
        ("THE ACCORD is torn up", "IT ends", "if THE ACCORD is torn up, then IT ends"),
    ],
)
def test_a_line_reads_as_one_sentence(condition: str, consequence: str, told: str) -> None:
    assert if_then(condition, consequence) == told


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("Ferries ran again.\nMore follows.", "Ferries ran again."),
        ("\n  Two\u00a0boats left, and\tone came back\n", "Two boats left, and one came back"),
        ("The harbour office of the northern islands, asked about tolls, did not answer",
         "The harbour office of the northern islands, asked about …"),
        ("x" * 90, "x" * 60 + " …"),
        ("", ""),
    ],
)  # fmt: skip
def test_an_article_without_a_title_is_known_by_its_first_words(text: str, opening: str) -> None:
    assert opening_words(text) == opening


def row_of(title: str) -> DocumentRow:
    findings = made_findings()[0]
    untitled = replace(findings, document=replace(findings.document, title=title))
    return build_document(Body(pack(untitled, form_statements(untitled)), untitled.document.text), "v", "now")


def test_first_words_are_never_taken_for_a_title() -> None:
    assert name_article(row_of("Talks resume")) == "Talks resume"
    assert row_of("Talks resume").opening == ""
    assert name_article(row_of("")) == f"“{row_of('').opening}”"
    assert row_of("").title == ""


@pytest.mark.parametrize(
    ("printed", "cited"),
    [
        ("we leave the talks", "“we leave the talks”"),
        ("“We leave the talks,”", "“We leave the talks,”"),
        ('"We leave."', '"We leave."'),
        ("“We” leave", "““We” leave”"),
        ("", "“”"),
    ],
)
def test_a_citation_gets_no_second_quotation_marks(printed: str, cited: str) -> None:
    assert in_marks(printed) == cited


def test_a_state_has_the_day_of_the_step_that_made_it_though_more_is_told_later() -> None:
    line = made_lines(made_findings())[0]
    declared, _, landed, invoked, _ = line.history
    later = replace(landed, when=DateRange(date(2024, 6, 5), date(2024, 6, 5), Basis.GIVEN))
    shown = show_line(LineRow(replace(line, history=(declared, landed, invoked, later)), ()))
    assert (shown.state_day.words, shown.last_heard, shown.last.words) == ("20 May 2024", False, "5 Jun 2024")


@pytest.mark.parametrize("state", [RollUp.STANDING, RollUp.UNKNOWN])
def test_where_no_step_made_the_state_its_day_is_when_the_line_was_last_heard_of(state: RollUp) -> None:
    line = made_lines(made_findings())[0]
    shown = show_line(LineRow(replace(line, history=line.history[:1], rollup=state), ()))
    assert (shown.state_day.words, shown.last_heard) == ("11 Mar 2023", True)


def test_a_step_known_only_by_its_last_day_is_drawn_there_and_says_so() -> None:
    entry = made_lines(made_findings())[0].history[0]
    assert entry.status is Status.DECLARED
    open_left = draw_step(replace(entry, when=DateRange(None, date(2023, 3, 11), Basis.INFERRED)))
    assert (open_left.label, open_left.earliest, open_left.latest) == (
        "declared by then",
        date(2023, 3, 11),
        date(2023, 3, 11),
    )
    open_right = draw_step(replace(entry, when=DateRange(date(2023, 3, 11), None, Basis.INFERRED)))
    assert (open_right.label, open_right.latest) == ("declared", None)


def test_a_step_whose_passage_is_a_quotation_names_who_is_quoted() -> None:
    text = "“They are sending a battalion,” said the baker."
    told = SimpleNamespace(
        content=(Span(1, 30),), directness=Directness.DIRECT, speaker=SimpleNamespace(name="the baker")
    )
    reader = SimpleNamespace(statements=lambda document: (SimpleNamespace(statement=told),))

    def quoted(passage: Span) -> str | None:
        entry = SimpleNamespace(passage=SimpleNamespace(document="d", spans=(passage,)))
        return _quoted_in(entry, reader)  # type: ignore[arg-type]

    assert quoted(Span(0, len(text))) == "the baker"
    assert quoted(Span(31, len(text))) is None
