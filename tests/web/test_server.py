"""The running server: slow and greedy clients are hung up on, others are served; several processes serve one ledger."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import pytest
import uvicorn
from tests.web.web_browser import served

from onrecord.web.app import create_app
from onrecord.web.server import SERVED, PatientProtocol, app_from_environment, server_settings


def connect(address: str) -> socket.socket:
    host, port = address.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=10)


def read_all(client: socket.socket) -> bytes:
    answer = b""
    while part := client.recv(65_536):
        answer += part
    return answer


def still_served(address: str) -> bool:
    with urlopen(f"{address}/about") as answer:
        return bool(answer.status == 200)


def test_attack_60_a_client_that_never_asks_is_hung_up_on_while_others_are_served(
    read_ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.web.server.HEADER_SECONDS", 0.5)
    with served(read_ledger) as address, closing(connect(address)) as silent, closing(connect(address)) as slow:
        slow.sendall(b"GET / HTTP/1.1\r\nhost: 127")
        assert still_served(address)
        assert read_all(silent).startswith(b"HTTP/1.1 408")
        assert read_all(slow).startswith(b"HTTP/1.1 408")
        assert still_served(address)


def test_attack_60_a_body_that_does_not_come_is_given_up_while_others_are_served(
    read_ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.web.safety.BODY_SECONDS", 0.5)
    with served(read_ledger) as address, closing(connect(address)) as slow:
        host = address.removeprefix("http://")
        head = f"POST /judgements HTTP/1.1\r\nhost: {host}\r\norigin: {address}\r\ncontent-length: 50\r\n\r\n{{"
        slow.sendall(head.encode())
        assert still_served(address)
        assert slow.recv(65_536).startswith(b"HTTP/1.1 408")


@pytest.mark.parametrize(
    "greedy",
    [
        b"GET / HTTP/1.1\r\nhost: 127.0.0.1\r\nx: " + b"y" * 2_000_000 + b"\r\n\r\n",
        b"GET /" + b"y" * 2_000_000 + b" HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n",
        b"NONSENSE\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 20,
        b"GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
    ],
    ids=["header", "address", "nonsense", "tls", "two hosts", "no host"],
)
def test_attack_60_what_is_no_request_gets_4xx_or_nothing(read_ledger: Path, greedy: bytes) -> None:
    with served(read_ledger) as address, closing(connect(address)) as client:
        try:
            client.sendall(greedy)
            client.shutdown(socket.SHUT_WR)
            answer = read_all(client)
        except OSError:
            answer = b""  # hung up on before it had said everything
        assert answer == b"" or answer.startswith(b"HTTP/1.1 4")
        assert still_served(address)


@contextmanager
def several(ledger: Path, folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Two processes that serve one ledger, and the port."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    code = f"from onrecord.web import serve; serve({str(ledger)!r}, port={port}, open_browser=False, processes=2)"
    server = subprocess.Popen([sys.executable, "-c", code], cwd=folder, start_new_session=True)
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                assert still_served(f"http://127.0.0.1:{port}")
                break
            except OSError:
                assert time.monotonic() < deadline, "the server did not start"
                assert server.poll() is None, "the server ended"
                time.sleep(0.2)
        yield server, port
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)


def test_several_processes_serve_one_ledger(read_ledger: Path, tmp_path: Path) -> None:
    with several(read_ledger, tmp_path) as (server, _):
        assert server.poll() is None


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="tells by /proc which process has a connection")
def test_processes_share_readers_who_come_together(read_ledger: Path, tmp_path: Path) -> None:
    with several(read_ledger, tmp_path) as (server, port):
        deadline = time.monotonic() + 60
        # Until the second process is there as well: all 16 went to one of two before.
        while min(_share(server.pid, port)) < 4:
            assert time.monotonic() < deadline, "the readers do not come to both processes"
            time.sleep(0.5)


def _share(parent: int, port: int) -> list[int]:
    """How many of 16 readers who come one right after the other each process gets."""
    clients = [socket.create_connection(("127.0.0.1", port)) for _ in range(16)]
    try:
        for client in clients:
            client.sendall(b"GET /about HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n")
            assert client.recv(12) == b"HTTP/1.1 200"
        held = _holding(parent, _connected(port))
        return list(held.values()) if len(held) > 1 else [0]
    finally:
        for client in clients:
            client.close()


def _children(parent: int) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError):
            if int((folder / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(folder.name))
    return found


def _connected(port: int) -> frozenset[str]:
    """The inodes of the sockets on which a server on this port talks to its readers."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return frozenset(row[9] for row in rows if int(row[1].partition(":")[2], 16) == port and row[3] == "01")


def _holding(parent: int, sockets: frozenset[str]) -> dict[int, int]:
    """How many of these sockets each child holds, those with none left out."""
    held = {}
    for child in _children(parent):
        links = []
        for each in Path(f"/proc/{child}/fd").glob("*"):
            with suppress(OSError):
                links.append(os.readlink(each))
        held[child] = sum(link.removeprefix("socket:[").rstrip("]") in sockets for link in links)
    return {child: number for child, number in held.items() if number}


def test_a_process_among_several_has_the_same_gate(read_ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fastapi.testclient import TestClient

    served_as = {"ledger": str(read_ledger), "token": "a-token", "hosts": ["127.0.0.1"]}
    monkeypatch.setenv(SERVED, json.dumps(served_as))
    with TestClient(app_from_environment(), base_url="http://127.0.0.1") as client:
        assert client.get("/").status_code == 401
        assert client.get("/", headers={"authorization": "Bearer a-token"}).status_code == 200


def test_a_ledger_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    from onrecord.errors import LedgerError

    with pytest.raises(LedgerError, match=r"missing\.db"):
        create_app(tmp_path / "missing.db")


def test_small_answers_leave_at_once_also_on_a_socket_that_processes_share(
    read_ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[int] = []
    made = PatientProtocol.connection_made

    def connection_made(self: PatientProtocol, transport: asyncio.Transport) -> None:
        made(self, transport)
        kept.append(transport.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    monkeypatch.setattr(PatientProtocol, "connection_made", connection_made)
    # Such a socket, as uvicorn binds it for several processes, does not say that it is TCP; asyncio then lets it wait.
    with closing(socket.socket()) as shared:
        shared.bind(("127.0.0.1", 0))
        shared.listen()
        server = uvicorn.Server(uvicorn.Config(create_app(read_ledger), **server_settings()))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [shared]}, daemon=True)
        thread.start()
        try:
            assert still_served(f"http://127.0.0.1:{shared.getsockname()[1]}")
        finally:
            server.should_exit = True
            thread.join(30)
    assert kept
    assert all(kept)
