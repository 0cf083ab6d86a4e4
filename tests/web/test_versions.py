"""Other versions of an article on its page: which there are, and what differs from the one before and the one after."""

from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.web.web_made import day, make_document

from onrecord.ledger import open_ledger
from onrecord.records.documents import Candidate, Document
from onrecord.records.findings import Findings
from onrecord.web import create_app

HOSTILE = "<script>alert(1)</script> \u202edna"
TEXTS = (
    "Bridge shut\n\nThe council said that the bridge would stay shut.\n\nNobody answered.",
    "Bridge shut\n\nThe council said that the bridge might stay shut.\n\nNobody answered.",
    f"Bridge shut\n\nThe council said that the bridge might stay shut.\n\nNobody answered.\n\n{HOSTILE}",
)


def made(place: int) -> Document:
    document = make_document(TEXTS[place], "Lantern", day(2031, 3, 4), f"{place}")
    seen = (Candidate("modified", f"2031-03-04T1{place}:00:00Z", "made"),)
    return replace(document, url="https://lantern.example/bridge", candidates=seen)


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[TestClient]:
    path = tmp_path / "onrecord.db"
    with open_ledger(path).writer() as writer:
        for place in (2, 0, 1):
            writer.add(Findings(made(place), annotator="made"), ())
    with TestClient(create_app(path), base_url="http://127.0.0.1") as client:
        yield client


def address(place: int) -> str:
    return f"/sources/{made(place).id[7:19]}"


def versions(pages: TestClient, place: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pages.get(address(place) + ".json").json()["versions"]
    return found


def test_versions_are_told_oldest_first_with_what_differs_from_the_neighbours(pages: TestClient) -> None:
    found = versions(pages, 1)
    assert [(each["age"], each["article"]["href"]) for each in found] == [("older", address(0)), ("newer", address(2))]
    assert found[0]["seen"] == "2031-03-04T10:00:00Z"
    assert found[0]["differences"] == [{"was": "would", "now": "might"}]
    assert found[1]["differences"] == [{"was": None, "now": HOSTILE}]
    assert [each["differences"] is None for each in versions(pages, 0)] == [False, True]


def test_the_page_links_to_each_version_and_shows_its_words_as_text_only(pages: TestClient) -> None:
    page = pages.get(address(1)).text
    assert '<a href="#versions">2 other versions</a>' in page
    block = page.partition('id="versions"')[2].partition("How this article")[0]
    assert f'Older · <a href="{address(0)}">Bridge shut</a>' in block
    assert '<del class="printed" dir="auto">would</del>' in block
    assert '<ins class="printed" dir="auto">might</ins>' in block
    assert "<script" not in block
    assert HOSTILE in unescape(block)


def test_an_article_of_one_version_tells_of_none(client: TestClient) -> None:
    listed = client.get("/sources.json").json()["articles"][0]["href"]
    assert client.get(listed + ".json").json()["versions"] == []
    assert "Other versions" not in client.get(listed).text
