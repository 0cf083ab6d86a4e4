"""`add --fetch`, against a server on loopback that an injected policy lets through; and silence without the flag."""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from onrecord.cli import fetching
from onrecord.cli.fetching import part_places
from onrecord.ledger import open_ledger
from onrecord.reading.fetching import Policy
from onrecord.records.documents import Document

MOMENT = datetime(2031, 3, 4, 10, 0, tzinfo=UTC)
PAGE = (
    "<html lang='en'><head><title>Weir stays open</title></head><body><article><h1>Weir stays open</h1>"
    "<p>The river board said on Friday that the weir at Tolmen would stay open until the barges have passed.</p>"
    "<p>“If they close it before the harvest, we stop the mills,” said Oda Ferrin, who speaks for the millers.</p>"
    "</article></body></html>"
)
FEED = (
    "<rss><channel><title>The Weir Post</title><item><title>Weir stays open</title><link>http://weir.example:{0}/page"
    "</link><description>The river board said that the weir would stay open for the barges.</description></item>"
    "</channel></rss>"
)


@dataclass
class Site:
    """A site on loopback; `asked` lists the paths that were asked for."""

    pages: dict[str, tuple[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    connections: int = 0

    def __post_init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def at(self, path: str) -> str:
        return f"http://weir.example:{self.port}{path}"

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            with closing(connection):
                self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        path = connection.recv(65_536).decode().split(" ")[1]
        self.asked.append(path)
        kind, body = self.pages.get(path, ("", ""))
        status = "200 OK" if body else "404 Not Found"
        raw = body.encode()
        head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(raw)}\r\n\r\n"
        connection.sendall(head.encode() + raw)

    def close(self) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self._thread.join(2)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    running = Site({"/page": ("text/html", PAGE), "/robots.txt": ("text/plain", "User-agent: *\nDisallow: /closed")})
    running.pages["/feed"] = ("application/rss+xml", FEED.format(running.port))
    policy = Policy(
        delay=0.0,
        ports=frozenset({running.port}),
        resolve=lambda host, port: ("127.0.0.1",) if host == "weir.example" else (host,),
        allowed=lambda address: str(address) == "127.0.0.1",
        now=lambda: MOMENT,
    )
    monkeypatch.setattr(fetching, "form_policy", lambda: policy)
    yield running
    running.close()


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return tmp_path / "new.db"


def documents_of(ledger: Path) -> list[Document]:
    with open_ledger(ledger, read_only=True) as opened, opened.view() as view:
        return [each.document for each in view.all_findings()]


def test_addresses_and_paths_are_told_apart() -> None:
    places = (Path("a.txt"), "http://weir.example/", "http://weir.example/", Path("b"))
    assert part_places(places) == ((Path("a.txt"), Path("b")), ("http://weir.example/",))


def test_what_was_fetched_is_kept_with_its_address_and_time(
    onrecord: Any, finds_nothing: list[str], site: Site, new: Path
) -> None:
    said = onrecord("add", "--fetch", site.at("/page"), "--ledger", str(new))
    assert (said.code, site.asked) == (0, ["/robots.txt", "/page"])
    (document,) = documents_of(new)
    assert (document.title, document.url) == ("Weir stays open", site.at("/page"))
    stamps = [(each.value, each.source) for each in document.candidates if each.field == "fetched"]
    assert stamps == [("2031-03-04T10:00:00+00:00", site.at("/page"))]


def test_one_fetcher_reads_the_rules_of_a_site_once(
    onrecord: Any, finds_nothing: list[str], site: Site, new: Path
) -> None:
    said = onrecord("add", "--fetch", site.at("/page"), site.at("/closed"), site.at("/gone"), "--ledger", str(new))
    assert said.code == 4
    assert site.asked == ["/robots.txt", "/page", "/gone"]
    assert "[robots]" in said.err
    assert "[status]" in said.err
    assert "1 added, 0 already there, 2 rejected" in said.err


def test_a_feed_is_read_by_its_items_or_by_the_pages_they_link_to(
    onrecord: Any, finds_nothing: list[str], site: Site, new: Path, tmp_path: Path
) -> None:
    assert onrecord("add", "--fetch", site.at("/feed"), "--ledger", str(new)).code == 0
    assert "/page" not in site.asked
    followed = tmp_path / "followed.db"
    assert onrecord("add", "--fetch", "--follow", site.at("/feed"), "--ledger", str(followed)).code == 0
    assert ["Oda Ferrin" in each.text for path in (new, followed) for each in documents_of(path)] == [False, True]


def test_what_was_typed_in_about_an_address_is_kept(
    onrecord: Any, finds_nothing: list[str], site: Site, new: Path, tmp_path: Path
) -> None:
    meta = tmp_path / "meta.csv"
    meta.write_text(f"file,outlet\n{site.at('/page')},The Weir Post\n")
    said = onrecord("add", "--fetch", site.at("/page"), "--meta", str(meta), "--ledger", str(new))
    assert "not read" not in said.err
    assert [each.outlet.name for each in documents_of(new)] == ["The Weir Post"]


def test_attack_1_2_add_refuses_addresses_inside_although_the_network_is_allowed(
    onrecord: Any, finds_nothing: list[str], site: Site, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "form_policy", Policy)
    inside = [
        "http://127.0.0.1/",
        "http://2130706433/",
        "http://[::1]/",
        "http://169.254.169.254/",
        "file:///etc/hosts",
    ]
    said = onrecord("add", "--fetch", *inside, "--ledger", str(new))
    assert said.code == 4
    assert said.err.count("[refused_address]") == 4
    assert said.err.count("[bad_address]") == 1
    assert (site.connections, documents_of(new)) == (0, [])


@pytest.mark.parametrize("path", ["/page", "/feed"])
def test_without_the_flag_an_address_is_wrong_use_and_nobody_is_asked(
    onrecord: Any, finds_nothing: list[str], site: Site, new: Path, path: str
) -> None:
    said = onrecord("add", site.at(path), "--ledger", str(new))
    assert said.code == 2
    assert "--fetch" in said.err
    assert (site.connections, new.exists()) == (0, False)


# Every call of this process and of its children that would look up a name or connect is written down.
LISTENER = """
import os, sys
def listen(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        if event != "socket.connect" or not isinstance(arguments[1], (str, bytes)):
            with open(os.environ["HEARD"], "a") as out:
                out.write(f"{event} {arguments!r}\\n")
sys.addaudithook(listen)
"""
RUN = "import sys; from onrecord.cli.door import run; sys.exit(run(sys.argv[1:]))"


def test_attack_14_33_nothing_goes_to_the_network_without_the_flag(tmp_path: Path) -> None:
    """The real command on inputs that name addresses everywhere; even a look-up of a name would be noticed."""
    heard, inputs, hooks = tmp_path / "heard", tmp_path / "in", tmp_path / "hooks"
    inputs.mkdir()
    hooks.mkdir()
    (hooks / "usercustomize.py").write_text(LISTENER)
    (hooks / "sitecustomize.py").write_text(LISTENER)
    head = "<base href='http://weir.example/'><link rel='canonical' href='http://weir.example/page'><img src='http://weir.example/a.png'>"
    (inputs / "page.html").write_text(PAGE.replace("<head>", f"<head>{head}"))
    (inputs / "feed.rss").write_text(FEED.format(80))
    article = {"title": "Weir", "url": "http://weir.example/a", "text": "The board said that the weir stays open."}
    (inputs / "lines.jsonl").write_text(json.dumps(article) + "\n")
    environment = {**os.environ, "PYTHONPATH": str(hooks), "HEARD": str(heard)}
    probe = [sys.executable, "-c", "import socket; socket.getaddrinfo('127.0.0.1', 80)"]
    subprocess.run(probe, env=environment, check=True)
    assert "getaddrinfo" in heard.read_text()  # the listener hears
    heard.unlink()
    command = [sys.executable, "-c", RUN, "add", str(inputs), "--ledger", str(tmp_path / "new.db")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert "3 added, 0 already there, 0 rejected" in done.stderr
    assert not heard.exists(), heard.read_text()
