"""Kept pages: the same answer for less work, and never one that is out of date."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.web.test_judging import send
from tests.web.web_made import DECLARED, NEXT_LINE, day, made_findings, made_lines, make_document

from onrecord.ledger import open_ledger
from onrecord.records.documents import hash_text
from onrecord.records.findings import Findings
from onrecord.records.rows import Filter
from onrecord.redlines.statements import form_statements
from onrecord.web import sheets
from onrecord.web.kept import Kept, Written
from onrecord.web.render import render_html

ADDRESS = f"/sources/{hash_text(DECLARED)[7:19]}"


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that were rendered."""
    names: list[str] = []

    def noting(template: str, **context: Any) -> str:
        names.append(template)
        return render_html(template, **context)

    monkeypatch.setattr(sheets, "render_html", noting)
    return names


def test_a_page_asked_for_again_is_the_same_answer_and_is_not_written_again(
    writing: TestClient, built: list[str]
) -> None:
    first, second = writing.get(ADDRESS), writing.get(ADDRESS)
    assert (second.text, second.headers) == (first.text, first.headers)
    assert built == ["source.html"]
    assert writing.get(ADDRESS + "?marks=off").text != first.text
    assert writing.get(ADDRESS + ".json").headers["content-type"] == "application/json"


def test_a_reader_who_has_the_page_is_told_no_more_than_that_until_it_changes(writing: TestClient) -> None:
    tag = {"if-none-match": f'"another", W/{writing.get(ADDRESS).headers["etag"]}'}
    again = writing.get(ADDRESS, headers=tag)
    assert (again.status_code, again.content, again.headers["cache-control"]) == (304, b"", "private, no-cache")
    assert "content-security-policy" in again.headers
    assert writing.get(ADDRESS + "?marks=off", headers=tag).status_code == 200
    send(writing, NEXT_LINE, answer="accept")  # changes how much there is, at the foot of every page
    assert writing.get(ADDRESS, headers=tag).status_code == 200


def test_a_reader_who_has_a_page_that_was_withdrawn_is_told_so(writing: TestClient, ledger: Path) -> None:
    tag = {"if-none-match": writing.get(ADDRESS).headers["etag"]}
    with open_ledger(ledger).writer() as writer:
        writer.withdraw(hash_text(DECLARED), "a forgery")
    assert writing.get(ADDRESS, headers=tag).status_code == 410


def test_an_answer_of_a_reviewer_stands_on_the_page_at_once(writing: TestClient, ledger: Path) -> None:
    rows = open_ledger(ledger, read_only=True).view().statements(Filter(document=hash_text(DECLARED))).rows
    assert "confirmed by M.K." not in writing.get(ADDRESS).text
    send(writing, rows[0].statement.id, answer="accept")
    assert "confirmed by M.K." in writing.get(ADDRESS).text


def test_a_red_line_that_is_gone_is_gone_from_the_page(writing: TestClient, ledger: Path) -> None:
    assert "/lines/" in writing.get(ADDRESS).text.partition("<main")[2]
    with open_ledger(ledger).writer() as writer:
        writer.record_lines(())
    assert "/lines/" not in writing.get(ADDRESS).text.partition("<main")[2]
    with open_ledger(ledger).writer() as writer:
        writer.record_lines(made_lines(made_findings()))
    assert "/lines/" in writing.get(ADDRESS).text.partition("<main")[2]


def test_a_withdrawn_document_is_gone_though_its_page_was_kept(writing: TestClient, ledger: Path) -> None:
    writing.get(ADDRESS)
    with open_ledger(ledger).writer() as writer:
        writer.withdraw(hash_text(DECLARED), "a forgery")
    answer = writing.get(ADDRESS)
    assert answer.status_code == 410
    assert "a forgery" in answer.text


def test_newer_findings_are_shown_though_the_page_was_kept(writing: TestClient, ledger: Path) -> None:
    writing.get(ADDRESS)
    newer = replace(made_findings()[0], annotator="a newer one")
    with open_ledger(ledger).writer() as writer:
        writer.add(newer, form_statements(newer))
    assert "a newer one" in writing.get(ADDRESS).text


ARTICLE = "https://wire.example/steps"


def version(text: str, url: str | None, name: str) -> Findings:
    document = make_document(text, "Continental Wire", day(2023, 3, 11), name)
    return Findings(replace(document, url=url), annotator=name)


def test_another_version_stands_on_a_kept_page_from_when_it_is_added_until_it_is_withdrawn(
    writing: TestClient, ledger: Path, built: list[str]
) -> None:
    first = version("Bridge shut\n\nThe mayor said the bridge would stay shut.", ARTICLE, "first")
    second = version("Bridge shut\n\nThe mayor said the bridge might stay shut.", ARTICLE + "/?utm_source=a", "second")
    page = f"/sources/{first.document.id[7:19]}"

    def add(findings: Findings) -> None:
        with open_ledger(ledger).writer() as writer:
            writer.add(findings, ())

    add(first)
    assert "Other versions" not in writing.get(page).text
    add(version("Ferry late\n\nThe ferry will be late.", "https://wire.example/ferry", "ferry"))
    assert "Other versions" not in writing.get(page).text
    assert len(built) == 1  # another article changes nothing
    add(second)
    assert f"/sources/{second.document.id[7:19]}" in writing.get(page).text
    add(replace(second, document=replace(second.document, title="Bridge may open"), annotator="newer"))
    assert "Bridge may open" in writing.get(page).text
    writing.get(page)
    assert len(built) == 3
    with open_ledger(ledger).writer() as writer:
        writer.withdraw(second.document.id, "a forgery", erase=True)
    assert "Other versions" not in writing.get(page).text
    third = version("Bridge shut\n\nNobody knows.", ARTICLE, "third")  # stored in the place of what was erased
    add(third)
    assert f"/sources/{third.document.id[7:19]}" in writing.get(page).text


def test_a_text_that_comes_to_have_an_address_is_a_version_from_then_on(writing: TestClient, ledger: Path) -> None:
    first = version("Bridge shut\n\nThe bridge stays shut.", ARTICLE, "first")
    second = version("Bridge shut\n\nThe bridge stays open.", None, "second")
    page = f"/sources/{first.document.id[7:19]}"
    with open_ledger(ledger).writer() as writer:
        writer.add(first, ())
        writer.add(second, ())
    assert "Other versions" not in writing.get(page).text
    with open_ledger(ledger).writer() as writer:
        writer.add(replace(second, document=replace(second.document, url=ARTICLE), annotator="newer"), ())
    assert "Other versions" in writing.get(page).text


def test_how_much_there_is_grows_at_the_foot_of_a_kept_page(writing: TestClient, ledger: Path) -> None:
    before = open_ledger(ledger, read_only=True).view().counts().entries
    assert f"Log of {before} entries" in writing.get(ADDRESS).text
    send(writing, NEXT_LINE, answer="accept")
    assert f"Log of {before + 1} entries" in writing.get(ADDRESS).text


def test_a_page_with_searched_words_is_not_kept_because_other_articles_change_it(
    writing: TestClient, built: list[str]
) -> None:
    writing.get(ADDRESS + "?q=strait")
    writing.get(ADDRESS + "?q=strait")
    assert built == ["source.html", "source.html"]


def test_those_not_asked_for_longest_go_first() -> None:
    kept = Kept(most=100)
    for name in "abc":
        kept.keep((name, b""), Written(name * 40, "1", lambda _view: "1", ""))
        kept.find(("a", b""))
    assert [name for name in "abc" if kept.find((name, b""))] == ["a", "c"]
    kept.keep(("c", b""), Written("c" * 60, "2", lambda _view: "2", ""))
    assert [name for name in "abc" if kept.find((name, b""))] == ["a", "c"]
    kept.keep(("d", b""), Written("d" * 200, "1", lambda _view: "1", ""))
    assert not any(kept.find((name, b"")) for name in "abcd")
