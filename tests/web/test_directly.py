"""Pages answered directly are those that the framework would have answered with, to the byte."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.web.test_pages import PAGES

from onrecord.web import create_app
from onrecord.web.app import SHEETS
from onrecord.web.directly import Directly
from onrecord.web.sheets import FORMS, form_path

FIELDS = ("who", "outlet", "since", "until", "directness", "act", "state", "review", "document", "after", "limit", "q",
          "at", "first", "marks", "move", "correct", "done", "thing", "unit", "text", "nobody")  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(["", "threat", "direct", "2023-08-01", "7", "0", "501", "-1", "3-9", "on", "off", "suggested",
                     "the", "2023-13-01", "1e3", " 5", "true", "[1]", "Kholvat", "\x00", "é", "a" * 301]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)  # fmt: skip
ADDRESSES = st.sampled_from(PAGES) | st.builds(
    lambda first, rest: f"/{first}/{quote(rest, safe='/')}",
    st.sampled_from(["sources", "statements", "lines", "people", "review", "story", "about", "static", ""]),
    st.text("abcdef0123456789:/. \x00é", max_size=14),
)
FIELDS_ASKED = st.lists(st.tuples(st.sampled_from(FIELDS), VALUES), max_size=3)


@pytest.fixture(scope="module")
def both(read_ledger: Path) -> Iterator[tuple[TestClient, TestClient]]:
    """A client that is answered directly, and one whose app goes through the framework for everything."""
    around = create_app(read_ledger)
    around.user_middleware = [each for each in around.user_middleware if each.kwargs.keys() != {"sheets"}]
    apps = (create_app(read_ledger), around)
    with (
        TestClient(apps[0], base_url="http://127.0.0.1") as one,
        TestClient(apps[1], base_url="http://127.0.0.1") as two,
    ):
        yield one, two


def check_same(both: tuple[TestClient, TestClient], address: str, accept: str = "text/html") -> int:
    one, two = (client.get(address, headers={"accept": accept}, follow_redirects=False) for client in both)
    assert (one.status_code, one.headers, one.content) == (two.status_code, two.headers, two.content)
    return one.status_code


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_every_page_is_the_same(both: tuple[TestClient, TestClient], page: str, form: str) -> None:
    assert check_same(both, ("/story" if form and page == "/" else page) + form) == 200


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    address=ADDRESSES,
    form=st.sampled_from(list(FORMS)),
    asked=FIELDS_ASKED,
    accept=st.sampled_from(["text/html", "*/*"]),
)
def test_what_is_refused_is_refused_in_the_same_words(
    both: tuple[TestClient, TestClient], address: str, form: str, asked: list[tuple[str, str]], accept: str
) -> None:
    query = "?" + urlencode(asked, errors="replace") if asked else ""
    assert check_same(both, ("/story" if form and address == "/" else address) + form + query, accept) < 500


def test_every_sheet_is_answered_directly(read_ledger: Path) -> None:
    ways = Directly(create_app(read_ledger), SHEETS).ways
    assert len(ways) == len(SHEETS) * len(FORMS)
    assert {form_path(way.sheet, form) for (_, _, form), way in ways.items()} >= {sheet.path for sheet in SHEETS}
