"""Serving the pages: loopback unless told otherwise, a token where others could ask, nothing private in any log."""

import asyncio
import contextlib
import ipaddress
import json
import os
import secrets
import socket
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

from onrecord.ledger import is_shared
from onrecord.web.app import create_app

SERVED = "ONRECORD_SERVED"
BROWSER_SECONDS = 0.6  # until the server listens
HEADER_SECONDS = 10.0  # for the first request to come in whole; a browser needs a fraction of one
MOST_CONNECTIONS = 500
FULL_SECONDS = 1.0  # until connections may have closed
TAKING_SECONDS = 0.0005  # for each connection a process has, before it takes another one
Factory = Callable[[], asyncio.BaseProtocol]


class PatientProtocol(H11Protocol):
    """HTTP/1.1 that hangs up on a client which opens a connection and then does not ask for anything."""

    held = 0  # connections of this process

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the clock, and send small answers at once.

        asyncio does so only for sockets it made itself. On those that several processes share, a page in two writes
        would wait for the reader's delayed acknowledgement: 44 ms for each.
        """
        super().connection_made(transport)
        made: socket.socket | None = transport.get_extra_info("socket")
        if made is not None and made.family in (socket.AF_INET, socket.AF_INET6):
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._deadline = self.loop.call_later(HEADER_SECONDS, self._give_up)
        PatientProtocol.held += 1

    def data_received(self, data: bytes) -> None:
        """Stop the clock once a request is under way."""
        super().data_received(data)
        if self.cycle is not None:
            self._deadline.cancel()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clock: nobody is there."""
        self._deadline.cancel()
        PatientProtocol.held -= 1
        super().connection_lost(exc)

    def _give_up(self) -> None:
        if self.cycle is None and not self.transport.is_closing():
            self.transport.write(b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n")
            self.transport.close()


class SharingLoop(asyncio.SelectorEventLoop):
    """An event loop whose processes share connections: the one with fewest takes the next.

    asyncio takes at once whatever waits on the socket. Of 16 readers who come together nearly all then get one process,
    and wait for it while the others have nothing to do. Here each takes one at a time, after a pause for each it has.
    """

    def __init__(self) -> None:
        super().__init__()
        self._taking: set[asyncio.Task[Any]] = set()

    async def create_server(  # type: ignore[override]  # uvicorn's processes are given their socket
        self, factory: Factory, *, sock: socket.socket, backlog: int = 100, **named: Any
    ) -> Any:
        """See AbstractEventLoop.create_server, for a socket that is there already."""
        server = await super().create_server(factory, sock=sock, start_serving=False, **named)
        sock.listen(backlog)
        self._listen(factory, sock)
        return server

    def _wait(self, factory: Factory, sock: socket.socket) -> None:
        self.remove_reader(sock)
        self.call_later(PatientProtocol.held * TAKING_SECONDS, self._take, factory, sock)

    def _take(self, factory: Factory, sock: socket.socket) -> None:
        if sock.fileno() < 0:
            return
        pause = 0.0
        try:
            connection, _ = sock.accept()
        except (BlockingIOError, ConnectionAbortedError):
            pass  # another process was faster, or the reader has left
        except OSError:
            pause = FULL_SECONDS  # no more files may be open
        else:
            connection.setblocking(False)
            task = self.create_task(self.connect_accepted_socket(factory, connection))
            self._taking.add(task)
            task.add_done_callback(self._taking.discard)
        self.call_later(pause, self._listen, factory, sock)

    def _listen(self, factory: Factory, sock: socket.socket) -> None:
        if sock.fileno() >= 0:  # else the server was closed meanwhile
            self.add_reader(sock, self._wait, factory, sock)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server bound to `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def own_names(host: str) -> tuple[str, ...]:
    """The names and addresses a server bound to `host` answers to."""
    names = {"127.0.0.1", "localhost", "::1"}
    if is_loopback(host):
        return tuple(sorted(names | {host.strip("[]")}))
    name = socket.gethostname().lower()
    names |= {host.strip("[]").lower(), name, socket.getfqdn().lower()}
    # A machine that cannot look up its own name is reached by address or by the name it was bound to.
    with contextlib.suppress(OSError):
        names |= {str(found[4][0]) for found in socket.getaddrinfo(name, None)}
    return tuple(sorted(names - {"0.0.0.0", "::", ""}))


def choose_token(host: str) -> str | None:
    """A new random token where others can reach the server, else None."""
    return None if is_loopback(host) else secrets.token_urlsafe(32)


def first_address(host: str, port: int, token: str | None) -> str:
    """The address to open: the only place where the token is shown."""
    shown = socket.gethostname() if host in ("0.0.0.0", "::") else host
    name = f"[{shown}]" if ":" in shown else shown
    return f"http://{name}:{port}/" + (f"?token={token}" if token else "")


def serve(
    ledger_path: Path | str,
    host: str = "127.0.0.1",
    port: int = 8400,
    open_browser: bool = True,
    *,
    announce: Callable[[str], None] | None = None,
    processes: int = 1,
) -> None:
    """Serve the pages of a ledger until interrupted.

    announce: called once with the address to open (token included), before the server listens.
    processes: how many answer at once; one is enough for a person, a newsroom may want one for each core.
    Raises LedgerError where the ledger is missing or cannot be read.
    """
    token, hosts = choose_token(host), own_names(host)
    app = create_app(ledger_path, token=token, hosts=hosts)
    address = first_address(host, port, token)
    if announce is not None:
        announce(address)
    if open_browser:
        threading.Timer(BROWSER_SECONDS, webbrowser.open, (address,)).start()
    if processes == 1:
        uvicorn.run(app, host=host, port=port, **server_settings())
        return
    place = str(ledger_path if is_shared(ledger_path) else Path(ledger_path).resolve())
    served = {"ledger": place, "token": token, "hosts": hosts}
    os.environ[SERVED] = json.dumps(served)
    factory = "onrecord.web.server:app_from_environment"
    settings = server_settings() | {"loop": "onrecord.web.server:SharingLoop"}
    uvicorn.run(factory, factory=True, workers=processes, host=host, port=port, **settings)


def app_from_environment() -> FastAPI:
    """The app of one process among several; what it serves was put into its environment by `serve`."""
    served = json.loads(os.environ[SERVED])
    return create_app(served["ledger"], token=served["token"], hosts=served["hosts"])


def server_settings() -> dict[str, Any]:
    """How uvicorn is run. No access log: an address can hold a token or what someone searches for."""
    return {
        "http": PatientProtocol,
        "ws": "none",
        "access_log": False,
        "log_level": "warning",
        "server_header": False,
        "proxy_headers": False,
        "timeout_keep_alive": 15,
        "limit_concurrency": MOST_CONNECTIONS,
        "h11_max_incomplete_event_size": 65_536,
    }
