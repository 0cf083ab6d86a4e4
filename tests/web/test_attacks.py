"""Hostile text, addresses and parameters: text stays text, no request is answered with a 5xx (ATTACKS 53, 57-61)."""

import random
import time
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from pydantic import TypeAdapter
from tests.web.web_hostile import HOSTILE, hostile_findings
from tests.web.web_made import LINE

from onrecord.ledger import open_ledger
from onrecord.records.documents import Basis, DateRange, Document, Outlet, hash_text
from onrecord.records.findings import Findings
from onrecord.redlines.statements import form_statements
from onrecord.web import create_app
from onrecord.web.app import SHEETS


@pytest.fixture
def hostile(tmp_path: Path) -> TestClient:
    path = tmp_path / "hostile.db"
    with open_ledger(path).writer() as writer:
        for each in hostile_findings():
            writer.add(each, form_statements(each))
    return TestClient(create_app(path), base_url="http://127.0.0.1")


class _Seen(HTMLParser):
    """What a browser would make of a page: its elements and their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))


OURS = {"/static/keys.js", "/static/vendor/htmx.min.js"}
ADDRESSES = ("href", "src", "action", "formaction", "hx-get")


def judge_element(tag: str, attributes: dict[str, str]) -> bool:
    """Whether an element is one that our own templates make."""
    if tag in ("img", "iframe", "object", "embed", "math", "base", "style", "textarea"):
        return False
    if tag == "script" and attributes.get("src", "").partition("?")[0] not in OURS:
        return False
    if any(name.startswith(("on", "hx-on", "style", "srcdoc")) for name in attributes):
        return False
    return all(attributes.get(name, "/").startswith(("/", "#", "?")) for name in ADDRESSES)


def test_attack_53_hostile_words_come_out_as_words(hostile: TestClient) -> None:
    pages = ["/", "/statements", "/sources", "/people", "/timeline", "/review", "/search?q=alert", "/wording", "/about"]
    pages += [article["href"] for article in hostile.get("/sources.json").json()["articles"]]
    pages += [statement["href"] for statement in hostile.get("/statements.json").json()["statements"]]
    for page in pages:
        answer = hostile.get(page, headers={"accept": "text/html"})
        assert answer.status_code == 200
        assert [each for each in _Seen(answer.text).elements if not judge_element(*each)] == [], page


def test_attack_53_hostile_words_are_kept_to_the_letter(hostile: TestClient) -> None:
    titles = {article["title"] for article in hostile.get("/sources.json").json()["articles"]}
    assert titles == set(HOSTILE)


def test_attack_25_text_that_turns_its_direction_is_kept_to_the_letter_isolated_and_warned_of(
    hostile: TestClient,
) -> None:
    turned = next(words for words in HOSTILE if "\u202e" in words)
    articles = hostile.get("/sources.json").json()["articles"]
    article = next(each for each in articles if each["title"] == turned)
    page = hostile.get(article["href"] + ".json").json()
    assert page["paragraphs"][0]["passage"]["text"] == turned
    assert any("reading direction" in warning for warning in page["warnings"])
    assert 'dir="auto"' in hostile.get(article["href"]).text
    assert "unicode-bidi: isolate" in hostile.get("/static/style.css").text


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/%2e%2e/server.py",
        "/static//etc/passwd",
        "/static/vendor/../../app.py",
        "/static/",
        "/static/style.css%00",
        "/static/STYLE.css",
        "/sources/../../etc/passwd",
        "/sources/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/lines/..%5c..%5cwindows",
        "/export/../../etc/passwd",
        "/review/..%2f..%2fx",
    ],
)
def test_attack_57_paths_lead_nowhere_but_to_pages(client: TestClient, path: str) -> None:
    answer = client.get(f"http://127.0.0.1{path}")
    assert answer.status_code in (400, 404, 422)
    assert "root:" not in answer.text


QUERIES = [
    '"',
    '""',
    "NEAR(",
    "NEAR(a b, 5)",
    "*",
    "a*",
    "**",
    "'",
    "' OR 1=1 --",
    "; DROP TABLE document;",
    "a AND",
    "OR",
    "NOT",
    "a" * 10_000,
    " ".join(["word"] * 1_000),
    '"' * 500,
    "(" * 2_000,
    "{col}: x",
    "title:x",
    "^",
    "-x",
    "\x00",
    "\ud7ff",
    "%",
    "_",
    "😀" * 300,
    "é" * 2_000,
    " ",
    "\t\n",
    '"unclosed phrase',
    "a NEAR/3 b",
    "\u202eabc",
]


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_attack_58_whatever_is_searched_for_is_answered_quickly_and_never_with_500(
    client: TestClient, query: str
) -> None:
    begun = time.monotonic()
    answer = client.get("/search", params={"q": query})
    assert answer.status_code in (200, 400, 422)
    assert time.monotonic() - begun < 2
    source = client.get("/sources.json").json()["articles"][0]["href"]
    assert client.get(source, params={"q": query}).status_code in (200, 400, 422)


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("limit=0", {422}),
        ("limit=-1", {422}),
        ("limit=501", {422}),
        ("limit=99999999999999999999", {422}),
        ("limit=x", {422}),
        ("limit=1.5", {422}),
        ("after=zzz", {400}),
        ("after=[]", {400}),
        ("after=%5B1e999%5D", {400}),
        ("after=" + "9" * 301, {422}),
        ("after=%5B9999999999999999999999,%22%22,1%5D", {400}),
        ("since=yesterday", {422}),
        ("since=0000-00-00", {422}),
        ("since=9999-12-31&until=0001-01-01", {200}),
        ("act=blessing", {422}),
        ("directness=x", {422}),
        ("review=x", {422}),
        ("who=" + quote("é" * 300), {200}),
        ("who=" + "x" * 301, {422}),
        ("nonsense=1", {200}),
        ("limit=1&limit=2", {200}),
    ],
)
@pytest.mark.parametrize("page", ["/statements", "/lines", "/timeline", "/figures", "/people", "/review", "/sources"])
def test_attack_59_filters_and_pages_beyond_reason_are_refused_plainly(
    client: TestClient, page: str, query: str, codes: set[int]
) -> None:
    answer = client.get(f"{page}.json?{query}")
    assert answer.status_code in codes | ({200} if page == "/lines" and query.startswith("act") else set())
    if answer.status_code != 200:
        assert set(answer.json()["error"]) == {"status", "code", "message"}


def test_attack_59_a_long_article_is_turned_page_by_page(tmp_path: Path) -> None:
    text = "\n".join(f"Paragraph {number} of a very long report." for number in range(1000))
    day = DateRange(basis=Basis.UNKNOWN)
    document = Document(hash_text(text), "long.txt", "Long", text, "en", Outlet(), day)
    with open_ledger(tmp_path / "long.db").writer() as writer:
        writer.add(Findings(document, annotator="made"), ())
    client = TestClient(create_app(tmp_path / "long.db"), base_url="http://127.0.0.1")
    href = client.get("/sources.json").json()["articles"][0]["href"]
    first = client.get(href + ".json").json()
    assert (len(first["paragraphs"]), first["total"]) == (400, 1000)
    at = text.index("Paragraph 777 ")
    there = client.get(f"{href}.json?at={at}-{at + 9}").json()
    assert any(part["passage"]["start"] == at for part in there["paragraphs"])
    assert client.get(f"{href}.json?first=10000000").json()["paragraphs"] == []
    assert 'rel="next"' in client.get(href).text


@pytest.mark.parametrize("path", ["/", "/statements", "/about.json", "/static/mark.svg", "/lines/none"])
def test_head_tells_what_get_would_be_answered_with(client: TestClient, path: str) -> None:
    told, answered = client.head(path), client.get(path)
    assert (told.status_code, told.headers, told.content) == (answered.status_code, answered.headers, b"")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [("OPTIONS", "/", "GET"), ("DELETE", "/statements", "GET"), ("PUT", "/judgements", "POST"), ("TRACE", "/", "GET")],
)
def test_a_method_that_an_address_does_not_take_is_told_which_it_takes(
    client: TestClient, method: str, path: str, allowed: str
) -> None:
    answer = client.request(method, path, headers={"origin": "http://127.0.0.1"})
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)
    assert answer.json()["error"]["code"] == "wrong_method"


def test_errors_have_one_shape_and_follow_what_was_asked_for(client: TestClient) -> None:
    as_json = client.get("/lines/ffffffffffff")
    assert as_json.status_code == 404
    assert as_json.json()["error"]["code"] == "unknown_record"
    as_page = client.get("/lines/ffffffffffff", headers={"accept": "text/html"})
    assert as_page.status_code == 404
    assert "<h1>Not found</h1>" in as_page.text
    assert client.get("/lines/ffffffffffff.json", headers={"accept": "text/html"}).json() == as_json.json()
    assert client.get("/nowhere").json()["error"] == {"status": 404, "code": "not_found", "message": "Not found"}
    assert client.request("DELETE", "/lines", headers={"origin": "http://127.0.0.1"}).status_code == 405


# 61: requests made from the OpenAPI description itself.


def description(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


def test_the_description_names_every_page_and_every_error(client: TestClient) -> None:
    paths = description(client)["paths"]
    for sheet in SHEETS:
        base = "/story" if sheet.path == "/" else sheet.path
        for path in (sheet.path, base + ".json", base + ".csv"):
            told = paths[path.replace(":path", "")]["get"]
            assert told["summary"]
            assert {"200", "404", "422"} <= set(told["responses"])
    assert {"201", "409", "413"} <= set(paths["/judgements"]["post"]["responses"])


ODD = ("", "0", "-1", "1e9", "null", "[]", "true", "2024-01-01", "deny", LINE, "..", "%", "a" * 400, "1-2", "yes",
       "\x00", "\u202e", "😀", "'", '"', "<b>", "a/b", "-", " ", "{}", '{"record":1}', "9" * 40, "NEAR(",
       "é" * 99)  # fmt: skip


def value_for(schema: dict[str, Any], chance: random.Random) -> str:
    """A value that fits a parameter's schema or, every other time, one that nobody expects."""
    if chance.random() < 0.5:
        return chance.choice(ODD)
    if "anyOf" in schema:
        return value_for(chance.choice(schema["anyOf"]), chance)
    if "enum" in schema or "const" in schema:
        return str(chance.choice(schema.get("enum", [schema.get("const")])))
    if schema.get("type") == "integer":
        return str(chance.randint(-10, 10**6))
    return "".join(
        chr(chance.choice((chance.randrange(32, 127), chance.randrange(0xD800)))) for _ in range(chance.randrange(30))
    )


@pytest.fixture(scope="module")
def operations(client: TestClient) -> list[tuple[str, str, dict[str, Any]]]:
    found = description(client)
    schemas = found["components"]["schemas"]

    def resolve(schema: dict[str, Any]) -> dict[str, Any]:
        if "$ref" in schema:
            return dict(schemas[schema["$ref"].rpartition("/")[2]])
        return {**schema, "anyOf": [resolve(each) for each in schema["anyOf"]]} if "anyOf" in schema else schema

    for operation in (each for path in found["paths"].values() for each in path.values()):
        for parameter in operation.get("parameters", ()):
            parameter["schema"] = resolve(parameter["schema"])
    return [(method, path, told) for path, methods in found["paths"].items() for method, told in methods.items()]


MODELS = {sheet.name + "_json": TypeAdapter(sheet.model) for sheet in SHEETS}


@pytest.mark.parametrize("seed", range(10))
def test_attack_61_no_request_made_from_the_description_is_answered_with_5xx(
    client: TestClient, operations: list[tuple[str, str, dict[str, Any]]], seed: int
) -> None:
    chance = random.Random(seed)
    for method, path, told in operations:
        asked = make_request(method, path, told, chance)
        answer = client.request(**asked)
        assert answer.status_code < 500, (asked, answer.text)
        if answer.status_code >= 400:
            assert set(answer.json()) == {"error"}, asked
            assert str(answer.status_code) in told["responses"] or answer.status_code in (404, 405, 422), asked
        elif path.endswith(".json"):
            assert isinstance(answer.json(), dict)


def make_request(method: str, path: str, told: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """A request with some of the operation's parameters, as the client takes it."""
    query: dict[str, str] = {}
    for parameter in told.get("parameters", ()):
        value = value_for(parameter["schema"], chance)
        if parameter["in"] == "path":
            path = path.replace("{" + parameter["name"] + "}", chance.choice((LINE, quote(value, safe="") or "x")))
        elif chance.random() < 0.5:
            query[parameter["name"]] = value
    asked: dict[str, Any] = {"method": method, "url": path, "params": query, "follow_redirects": False}
    headers = {"origin": "http://127.0.0.1"}
    if method == "post":
        asked["content"] = chance.choice(ODD).encode()
        headers["content-type"] = chance.choice(("application/json", "application/x-www-form-urlencoded", "x/y"))
    return {**asked, "headers": headers}


@pytest.mark.parametrize("sheet", [sheet for sheet in SHEETS if "{" not in sheet.path], ids=lambda sheet: sheet.name)
def test_attack_61_json_answers_are_what_their_schema_says(client: TestClient, sheet: Any) -> None:
    base = "/story" if sheet.path == "/" else sheet.path
    query = "?q=kholvat*" if sheet.name == "search" else ""
    check(sheet, client.get(f"{base}.json{query}").content)


def check(sheet: Any, content: bytes) -> None:
    adapter = MODELS[sheet.name + "_json"]
    assert adapter.validate_json(content, extra="forbid") is not None


def test_attack_61_json_answers_for_one_record_are_what_their_schema_says(client: TestClient) -> None:
    statements = client.get("/statements.json").json()["statements"]
    articles = client.get("/sources.json").json()["articles"]
    addresses = {
        "line": [f"/lines/{LINE}"],
        "statement": [each["href"] for each in statements],
        "source": [each["href"] for each in articles],
        "person": ["/people/person:damir kholvat"],
        "review": [f"/review/{LINE}", *(f"/review/{each['id']}" for each in statements)],
    }
    for sheet in SHEETS:
        for address in addresses.get(sheet.name, ()):
            check(sheet, client.get(address + ".json").content)
