"""Copies of one text count once on the pages, each carrier with its link, on a hand-made ledger."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from tests.carried_made import made_ledger

from onrecord.web import create_app


@pytest.fixture(scope="module")
def carried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path = made_ledger(tmp_path_factory.mktemp("carried") / "onrecord.db")
    with TestClient(create_app(path), base_url="http://127.0.0.1") as client:
        yield client


def test_the_timeline_page_joins_what_the_command_line_joins(carried: TestClient) -> None:
    moments = carried.get("/timeline.json").json()["moments"]
    held = [each for each in moments if each["label"] == "Control by Orlia (Sarn)"]
    assert [(each["standing"], each["outlets"]) for each in held] == [("reported to be so", 3)]
    assert [each["outlet"] for each in held[0]["carriers"]] == ["Herald", "Mirror"]


def test_each_carrier_of_a_moment_leads_to_its_passage(carried: TestClient) -> None:
    page = carried.get("/timeline").text
    for moment in carried.get("/timeline.json").json()["moments"]:
        for carrier in moment["carriers"]:
            assert f'<a href="{carrier["href"].replace("&", "&amp;")}">{carrier["outlet"]}</a>' in page
            assert carried.get(carrier["href"]).status_code == 200
    assert "Carried by 3 outlets" in page


def test_figures_stand_once_and_a_changed_copy_is_named(carried: TestClient) -> None:
    groups = carried.get("/figures.json").json()["groups"]
    told = {figure["text"]: figure["outlets"] for group in groups for figure in group["figures"]}
    assert told == {"14": 2, "41": 1, "17": 1}
    assert "the articles are one text but for this" in carried.get("/figures").text


def test_the_page_of_a_place_tells_who_is_said_to_hold_it(carried: TestClient) -> None:
    page = carried.get("/people/place:sarn").text
    assert "Who is said to hold, take or recognize it" in page
    assert "Control by Orlia (Sarn)" in page
    assert "Who is said to hold" not in carried.get("/people/state:orlia").text


def test_a_term_of_one_text_counts_once(carried: TestClient) -> None:
    (thing,) = carried.get("/wording.json").json()["things"]
    assert [(term["outlet"], term["times"]) for term in thing["terms"]] == [("Norda", 1)]
    assert [each["outlet"] for each in thing["terms"][0]["carriers"]] == ["Herald", "Mirror"]
    page = carried.get("/wording").text
    assert page.count("the same text in") == 1
