"""A reviewer's answers take effect on the pages: who speaks, whose line it is, which passages belong to it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient
from tests.cli.test_relating import MORE, Letters, Resources, add
from tests.redlines.test_lines import DAM, LOWERED

from onrecord import encoder, pipeline
from onrecord.batch.relating import relate_all
from onrecord.ledger import View, open_ledger
from onrecord.ledger.parts import link_name
from onrecord.records.redlines import RedLine
from onrecord.settings import Settings
from onrecord.web import create_app
from onrecord.web.renewing import Renewing

FORM = {"content-type": "application/x-www-form-urlencoded"}
BROWSER = {"origin": "http://127.0.0.1", "accept": "text/html,*/*"}


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger of invented coverage, its lines formed and its workings kept."""
    resources: Any = Resources(Letters())
    monkeypatch.setattr(pipeline, "load_resources", lambda *_, **__: resources)
    monkeypatch.setattr(encoder, "encoder_version", lambda: Letters.version)
    path = tmp_path / "onrecord.db"
    with open_ledger(path) as opened, opened.writer() as writer, opened.view() as view:
        for findings in MORE:
            add(findings)(writer)
        relate_all(resources, writer, view)
    return path


@pytest.fixture
def client(ledger: Path) -> Iterator[TestClient]:
    app = create_app(ledger)
    with TestClient(app, base_url="http://127.0.0.1", headers=BROWSER, follow_redirects=False) as made:
        yield made


def answer(client: TestClient, record: str, **fields: str) -> Any:
    """One answer, and all that follows from it."""
    seen = client.get(f"/review/{record}.json").json()["seen"]
    form = {"seen": str(seen), "reviewer": "M.K.", **fields}
    sent = client.post(f"/review/{record}", headers=FORM, content=urlencode(form))
    working: Renewing = client.app.state.renewing  # type: ignore[attr-defined]
    working.wait(30)
    return sent


def view_of(ledger: Path) -> View:
    return open_ledger(ledger, read_only=True).view()


def longest(ledger: Path) -> RedLine:
    return max(view_of(ledger).all_lines(), key=lambda line: len(line.mentions))


def test_a_rejected_passage_leaves_its_line_and_both_pages_say_so(client: TestClient, ledger: Path) -> None:
    line = longest(ledger)
    mention = line.mentions[-1]
    sent = answer(client, f"{line.id}:{mention.id}", answer="reject", reason="of another strait")
    assert sent.status_code == 303
    page = client.get(f"/lines/{line.id}.json").json()
    (settled,) = page["settled"]
    assert settled["words"] == "M.K. took a passage off this line"
    assert settled["reason"] == "of another strait"
    assert mention.id not in {each.id for each in view_of(ledger).line(line.id).line.mentions}
    other = next(each for each in view_of(ledger).all_lines() if mention.id in {m.id for m in each.mentions})
    assert "M.K. took this passage off another line" in client.get(f"/lines/{other.id}").text
    assert client.get(settled["href"]).status_code == 200
    assert "rejected by M.K." in client.get(settled["href"]).text
    assert any("M.K. rejected that a passage belongs to the line" in each["words"] for each in page["log"])


def test_a_rejected_passage_can_be_put_back(client: TestClient, ledger: Path) -> None:
    line = longest(ledger)
    join = f"{line.id}:{line.mentions[-1].id}"
    answer(client, join, answer="reject", reason="of another strait")
    answer(client, join, answer="accept", reason="it is the same strait after all")
    assert {each.id for each in view_of(ledger).line(line.id).line.mentions} == {each.id for each in line.mentions}
    assert client.get(f"/lines/{line.id}.json").json()["settled"] == []


def link_of_line(ledger: Path) -> tuple[RedLine, str, str]:
    """A line, one of its statements, and the name of the link that says who speaks in it."""
    view = view_of(ledger)
    for line in view.all_lines():
        for mention in line.mentions:
            said = view.statement(mention.statement).statement if mention.statement else None
            for row in view.links(mention.document) if said else ():
                if said and row.link.span in said.source:
                    return line, said.id, link_name(row)
    raise AssertionError("no line has a linked speaker")


def test_a_corrected_link_names_another_speaker_on_every_page(client: TestClient, ledger: Path) -> None:
    line, statement, link = link_of_line(ledger)
    before = client.get(f"/statements/{statement}.json").json()["statement"]["who"]
    assert answer(client, link, answer="correct", actor="Brel Ostan").status_code == 303
    after = client.get(f"/statements/{statement}.json").json()["statement"]["who"]
    assert (after["name"], after["basis"]) == ("Brel Ostan", "settled by a reviewer")
    assert before["name"] in after["reason"]
    assert "M.K." in after["reason"]
    assert "Brel Ostan" in client.get("/people").text
    now = next(each for each in view_of(ledger).all_lines() if statement in {m.statement for m in each.mentions})
    assert now.issuer_name == "Brel Ostan" or len(now.mentions) > 1
    assert f"settled by M.K.; the program had found {before['name']}" in client.get(f"/lines/{now.id}").text
    shown = client.get(f"/links/{link.partition(':')[0]}").text
    assert f"{before['name']}</del>" in shown
    assert "Brel Ostan</ins>" in shown


def test_a_name_that_several_on_record_have_is_asked_for_in_full(client: TestClient, ledger: Path) -> None:
    view = view_of(ledger)
    links = [link_name(row) for document in view.documents().rows for row in view.links(document.id)]
    apart = {link.partition(":")[0]: link for link in links}
    one, other, third = list(apart.values())[:3]
    assert answer(client, one, answer="correct", actor="Ada Brell").status_code == 303
    assert answer(client, other, answer="correct", actor="Ivo Brell").status_code == 303
    sent = answer(client, third, answer="correct", actor="Brell")
    assert sent.status_code == 422
    assert "can mean Ada Brell (ada brell|" in sent.text
    assert answer(client, third, answer="correct", actor="Ivo Brell").status_code == 303


def test_a_corrected_speaker_of_a_statement_takes_effect_as_well(client: TestClient, ledger: Path) -> None:
    _, statement, _ = link_of_line(ledger)
    assert answer(client, statement, answer="correct", speaker="Brel Ostan").status_code == 303
    assert client.get(f"/statements/{statement}.json").json()["statement"]["who"]["name"] == "Brel Ostan"


def test_the_article_offers_its_names_to_choose_from(client: TestClient, ledger: Path) -> None:
    *_, link = link_of_line(ledger)
    client.cookies.set("reviewer", "M.K.")
    assert "<datalist" in client.get(f"/review/{link}?correct=yes").text


def test_a_line_names_those_that_may_be_the_same_and_leads_to_where_that_is_decided(
    client: TestClient, ledger: Path
) -> None:
    with open_ledger(ledger) as opened, opened.writer() as writer, opened.view() as view:
        add(DAM)(writer)
        add(LOWERED)(writer)
        relate_all(pipeline.load_resources(Settings()), writer, view)
    line = next(each for each in view_of(ledger).all_lines() if each.near)
    (near, *_) = client.get(f"/lines/{line.id}.json").json()["near"]
    page = client.get(f"/lines/{line.id}").text
    assert near["line"]["id"] == line.near[0].line
    assert "Perhaps the same line" in page
    assert near["href"].replace("&", "&amp;") in page
    client.cookies.set("reviewer", "M.K.")
    assert f'<option value="{near["line"]["id"]}" selected>' in client.get(near["href"]).text
    mention = line.near[0].mention
    answer(client, f"{line.id}:{mention}", answer="correct", line=near["line"]["id"])
    joined = next(each for each in view_of(ledger).all_lines() if mention in {one.id for one in each.mentions})
    assert line.near[0].other in {one.id for one in joined.mentions}
    assert not joined.near
