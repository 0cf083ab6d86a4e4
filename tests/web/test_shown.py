"""How records are worded on pages."""

from dataclasses import replace

import pytest
from tests.web.web_made import made_findings

from onrecord.ledger.bodies import Body, pack
from onrecord.ledger.building import build_document, opening_words
from onrecord.records.rows import DocumentRow
from onrecord.redlines.statements import form_statements
from onrecord.web.pages.statements import in_marks
from onrecord.web.shown import if_then, name_article


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
