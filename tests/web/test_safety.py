"""Who may ask, from where, with how much: refused before routing, in one shape, and nothing private is told."""

import asyncio
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.web.web_made import LINE

from onrecord.web import create_app
from onrecord.web import server as serving
from onrecord.web.app import SHEETS
from onrecord.web.safety import MOST_BODY, Gate, Guard, host_name, judge_host
from onrecord.web.server import choose_token, first_address, is_loopback, own_names, server_settings

TOKEN = "a-token-that-nobody-guesses"
ALL_PATHS = [
    "/",
    "/story.json",
    "/lines",
    f"/lines/{LINE}",
    "/review",
    "/search?q=x",
    "/about.csv",
    "/openapi.json",
    "/story.html",
    "/static/style.css",
    "/static/vendor/htmx.min.js",
    "/export/jsonl",
    "/nowhere",
    "/favicon.ico",
]


@pytest.fixture
def guarded(read_ledger: Path) -> Iterator[TestClient]:
    app = create_app(read_ledger, token=TOKEN)
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as made:
        yield made


@pytest.mark.parametrize("path", ALL_PATHS)
def test_attack_54_no_token_is_401_and_a_wrong_one_403_on_every_route(guarded: TestClient, path: str) -> None:
    joint = "&" if "?" in path else "?"
    assert guarded.get(path).status_code == 401
    assert guarded.get(f"{path}{joint}token=wrong").status_code == 403
    assert guarded.get(path, headers={"authorization": "Bearer wrong"}).status_code == 403
    assert guarded.get(path, headers={"authorization": f"Bearer {TOKEN}"}).status_code in (200, 308, 404)


@pytest.mark.parametrize("path", ["/judgements", "/reviewer", f"/review/{LINE}", "/nowhere"])
def test_attack_54_writing_needs_the_token_too(guarded: TestClient, path: str) -> None:
    assert guarded.post(path, headers={"origin": "http://127.0.0.1"}).status_code == 401


def test_attack_54_the_first_visit_leaves_a_cookie_and_takes_the_token_out_of_the_address(guarded: TestClient) -> None:
    answer = guarded.get(f"/lines?who=x&token={TOKEN}")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/lines?who=x"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert guarded.get("/lines").status_code == 200


def test_attack_54_a_first_visit_is_never_led_to_another_host(guarded: TestClient) -> None:
    for path in ("//evil.example/", "/\\evil.example", "///evil.example"):
        location = guarded.get(f"http://127.0.0.1{path}?token={TOKEN}").headers["location"]
        assert re.match(r"/(?![/\\])", location)


def test_attack_54_the_token_is_in_no_log(read_ledger: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with TestClient(create_app(read_ledger, token=TOKEN), base_url="http://127.0.0.1") as client:
        client.get(f"/?token={TOKEN}")
        client.get(f"/nowhere?token={TOKEN}x")
        client.get("/lines?limit=0", headers={"authorization": f"Bearer {TOKEN}"})
    ours = [record for record in caplog.records if not record.name.startswith("httpx")]  # the test's own client
    assert TOKEN not in "".join(record.getMessage() for record in ours)
    assert server_settings()["access_log"] is False


BAD_HOSTS = [
    "",
    " ",
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost@evil.example",
    "127.0.0.1:x",
    "a b",
    "127.0.0.1/x",
    "[::1",
    "127.0.0.1:99999",
    "[evil]",
    "0",
    "127.1",
    "ⅼocalhost",
]


@pytest.mark.parametrize("host", BAD_HOSTS)
def test_attack_55_a_foreign_or_malformed_host_is_refused_before_routing(client: TestClient, host: str) -> None:
    answer = client.get("/nowhere", headers={b"host": host.encode()})
    assert answer.status_code in (400, 403)
    assert answer.json()["error"]["code"] in ("bad_host", "foreign_host")


def test_attack_55_a_missing_or_doubled_host_is_refused() -> None:
    hosts = frozenset({"localhost"})
    for values in ([], [b"localhost", b"localhost"], [b"localhost", b"evil.example"]):
        problem = judge_host(values, hosts)
        assert problem is not None
        assert problem.status == 400


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("localhost", "localhost"),
        ("localhost:8400", "localhost"),
        ("localhost.", "localhost"),
        ("[::1]:80", "::1"),
        ("[::1]", "::1"),
        (":80", None),
        ("a:b:c", None),
        ("localhost:", None),
        ("localhost:123456", None),
        ("[::1]80", None),
    ],
)
def test_a_host_header_is_a_name_and_perhaps_a_port(host: str, name: str | None) -> None:
    assert host_name(host) == name


BAD_ORIGINS = [
    None,
    "null",
    "http://evil.example",
    "http://127.0.0.1.evil.example",
    "https://127.0.0.1:9999",
    "file://",
    "http://127.0.0.1:80",
    "ftp://127.0.0.1",
]


@pytest.mark.parametrize("origin", BAD_ORIGINS)
@pytest.mark.parametrize("path", ["/judgements", "/reviewer", f"/review/{LINE}", "/lines"])
def test_attack_56_writes_from_elsewhere_are_403(client: TestClient, path: str, origin: str | None) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"} | ({"origin": origin} if origin else {})
    answer = client.post(path, headers=headers, content="answer=accept&seen=0&reviewer=x")
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "foreign_origin"


def test_attack_56_a_write_of_our_own_page_passes_the_gate(client: TestClient) -> None:
    assert client.post("/nowhere", headers={"origin": "http://127.0.0.1"}).status_code in (404, 405)


def test_every_answer_carries_the_policy_that_keeps_text_text(client: TestClient) -> None:
    answers = [client.get(path) for path in (*ALL_PATHS, "/lines?limit=0", "/search?q=%22")]
    answers += [client.get("/", headers={"host": "evil.example"}), client.post("/lines", headers={"origin": "null"})]
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in policy


def test_pages_hold_no_script_or_style_of_their_own(client: TestClient) -> None:
    for sheet in SHEETS:
        if "{" in sheet.path:
            continue
        html = client.get(sheet.path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)", html), sheet.path
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", html), sheet.path


async def ask_guard(
    headers: list[tuple[bytes, bytes]], body: list[bytes], path: str = "/", method: str = "POST"
) -> int:
    """The status that a bare app behind the guard answers with."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        while (await receive()).get("more_body"):
            pass
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    messages = [{"type": "http.request", "body": part, "more_body": True} for part in body]
    sent: list[Any] = []

    async def receive() -> Any:
        if messages:
            return messages.pop(0)
        await asyncio.sleep(60)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(b"host", b"localhost"), (b"origin", b"http://localhost"), *headers],
    }
    await Guard(app, Gate(frozenset({"localhost"})))(scope, receive, send)
    return int(sent[0]["status"])


def test_attack_60_sizes_that_nobody_needs_are_refused(client: TestClient) -> None:
    ranges = "bytes=" + ",".join(f"{n}-{n}" for n in range(10_000))
    assert client.get("/static/style.css", headers={"range": ranges}).status_code in (416, 431)
    assert (
        client.get(
            "/static/style.css", headers={"range": "bytes=0-1,2-3,4-5,6-7,8-9,10-11,12-13,14-15,16-17"}
        ).status_code
        == 416
    )
    assert client.get("/", headers={f"x-{n}": "y" for n in range(200)}).status_code == 431
    assert client.get("/", headers={"x-long": "y" * 50_000}).status_code == 431
    assert client.get("/search?q=" + "y" * 20_000).status_code == 414
    big = client.post("/judgements", headers={"origin": "http://127.0.0.1"}, content=b"x" * (MOST_BODY + 1))
    assert big.status_code == 413
    assert client.get("/").status_code == 200


def test_attack_60_a_body_that_lies_about_its_length_is_cut_off() -> None:
    parts = [b"x" * 30_000] * 3
    assert asyncio.run(ask_guard([(b"content-length", b"10")], parts)) == 413
    assert asyncio.run(ask_guard([], parts)) == 413
    assert asyncio.run(ask_guard([(b"content-length", b"many")], [])) == 400


def test_attack_60_a_body_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.web.safety.BODY_SECONDS", 0.05)
    assert asyncio.run(ask_guard([], [b"x"])) == 408


def test_a_token_is_made_where_others_can_reach_the_server_and_only_there() -> None:
    assert [choose_token(host) for host in ("127.0.0.1", "localhost", "::1", "[::1]", "127.8.8.8")] == [None] * 5
    tokens = {choose_token(host) for host in ("0.0.0.0", "::", "192.168.0.7", "archive.example")}
    assert len(tokens) == 4
    assert all(token and len(token) >= 40 for token in tokens)


def test_the_server_answers_to_its_own_names_only() -> None:
    assert set(own_names("127.0.0.1")) == {"127.0.0.1", "localhost", "::1"}
    assert "archive.example" in own_names("archive.example")
    assert "0.0.0.0" not in own_names("0.0.0.0")
    assert not is_loopback("0.0.0.0")


def test_the_address_to_open_carries_the_token() -> None:
    assert first_address("127.0.0.1", 8400, None) == "http://127.0.0.1:8400/"
    assert first_address("::1", 8400, "t") == "http://[::1]:8400/?token=t"
    assert "0.0.0.0" not in first_address("0.0.0.0", 8400, "t")


def test_serving_hands_the_whole_gate_to_the_app(read_ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: dict[str, Any] = {}
    monkeypatch.setattr("uvicorn.run", lambda app, **settings: ran.update(app=app, **settings))
    told: list[str] = []
    serving.serve(read_ledger, "0.0.0.0", 8400, False, announce=told.append)
    assert ran["host"] == "0.0.0.0"
    assert ran["access_log"] is False
    assert "?token=" in told[0]
    with TestClient(ran["app"], base_url="http://localhost") as client:
        assert client.get("/").status_code == 401
        assert client.get("/", headers={"authorization": "Bearer " + told[0].partition("token=")[2]}).status_code == 200


def test_nothing_is_sent_anywhere_even_where_the_environment_asks_for_it(
    read_ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Any] = []
    monkeypatch.setenv("FASTAPI_OTEL_AUTO_CONFIGURE", "true")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setattr("socket.socket.connect", lambda _socket, target: sent.append(target))
    with TestClient(create_app(read_ledger), base_url="http://127.0.0.1") as client:
        assert client.get("/search?q=kholvat*").status_code == 200
    assert sent == []
