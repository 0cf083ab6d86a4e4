"""What stands before every route: Host, Origin, token, sizes, and the headers that keep article text only text.

A plain ASGI wrapper: nothing it refuses reaches routing, and it refuses in the one error shape.
"""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlencode

from onrecord.web.problems import Problem, problem_json

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

MOST_BODY = 65_536  # bytes; a judgement with its reason and correction stays below a tenth of it
MOST_QUERY = 16_384  # bytes; a search of 10 kB still gets its own clear answer
MOST_HEADERS = 100
MOST_HEADER_BYTES = 32_768
MOST_RANGES = 8
BODY_SECONDS = 15.0  # a client that needs longer for 64 kB is not a reviewer
READING = frozenset({"GET", "HEAD", "OPTIONS"})
MALFORMED_HOST = frozenset("/\\?#@<>\"'`{}|^%, \t")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
# Referrer-Policy: with no-referrer a browser would send "Origin: null" for our own forms.
SAFE_HEADERS: Headers = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), browsing-topics=()"),
]


@dataclass(frozen=True, slots=True)
class Gate:
    """Who may ask: `hosts` are the names this server answers to (no port); `token` is None on loopback."""

    hosts: frozenset[str]
    token: str | None = None

    @property
    def cookie(self) -> str:
        """The cookie's name: one for each token, because cookies do not keep ports apart."""
        return "onrecord-" + sha256((self.token or "").encode()).hexdigest()[:8]


class _CutOff(Exception):
    """The body was too large or came too slowly."""


class Guard:
    """The wrapper: judges each request before the app sees it and adds SAFE_HEADERS to each answer."""

    def __init__(self, app: App, gate: Gate) -> None:
        self.app = app
        self.gate = gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection (ASGI)."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await self._guard(scope, receive, send)
        # Web sockets and anything newer: this server speaks none, and ends them unanswered.

    async def _guard(self, scope: Scope, receive: Receive, send: Send) -> None:
        problem = judge_request(scope, self.gate)
        if problem is not None:
            await _refuse(problem, send, wants_page(scope["headers"]))
            return
        if (clean := _first_visit(scope, self.gate)) is not None:
            await _welcome(clean, self.gate, send)
            return
        body = _Body(receive)
        bare = scope["method"] == "HEAD"  # what GET would be answered with, without the page itself
        answered = _Answered(send, body, bare)
        try:
            await self.app({**scope, "method": "GET"} if bare else scope, body, answered)
        except _CutOff:
            await answered.refuse()


class _Body:
    """`receive` with a limit on the bytes of the body and on the time it may take. problem: what was wrong with it."""

    def __init__(self, receive: Receive) -> None:
        self.receive = receive
        self.problem: Problem | None = None
        self._taken = 0
        self._whole = False
        self._deadline = asyncio.get_running_loop().time() + BODY_SECONDS

    async def __call__(self) -> Message:
        """The next piece. Raises _CutOff where it is too much or too late."""
        if self._whole:  # what is waited for now is the client going away
            return await self.receive()
        try:
            async with asyncio.timeout_at(self._deadline):
                message = await self.receive()
        except TimeoutError as error:
            told = f"the request did not arrive in {BODY_SECONDS:.0f} seconds"
            self.problem = Problem(408, "too_slow", told)
            raise _CutOff from error
        self._taken += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._taken > MOST_BODY:
            self.problem = Problem(413, "too_large", f"a request may carry {MOST_BODY} bytes")
            raise _CutOff
        return message


class _Answered:
    """Sends on with SAFE_HEADERS; an answer that was made of a body cut off is replaced by what was wrong with it.

    bare: without the page itself, as HEAD asks.
    """

    def __init__(self, send: Send, body: _Body, bare: bool) -> None:
        self.send = send
        self.body = body
        self.bare = bare
        self._begun = False
        self._refused = False

    async def __call__(self, message: Message) -> None:
        """Send one message on."""
        if message["type"] == "http.response.start":
            if self.body.problem is not None:
                await self.refuse()
                return
            self._begun = True
            message["headers"] = [*message.get("headers", []), *SAFE_HEADERS]
        elif self.bare:
            message = {**message, "body": b""}
        if not self._refused:
            await self.send(message)

    async def refuse(self) -> None:
        """Answer with what was wrong with the body, unless an answer is under way."""
        if self.body.problem is not None and not self._begun and not self._refused:
            self._refused = True
            await _refuse(self.body.problem, self.send)


def judge_request(scope: Scope, gate: Gate) -> Problem | None:
    """Why this request is refused, or None. Sizes first, then Host, token, Origin."""
    headers: Headers = scope["headers"]
    return (
        _judge_sizes(scope, headers)
        or judge_host(_all(headers, b"host"), gate.hosts)
        or _judge_token(scope, gate)
        or _judge_origin(scope, headers)
    )


def _judge_sizes(scope: Scope, headers: Headers) -> Problem | None:
    if len(scope.get("query_string", b"")) > MOST_QUERY or len(scope.get("raw_path") or b"") > MOST_QUERY:
        return Problem(414, "address_too_long", f"an address may have {MOST_QUERY} bytes")
    if len(headers) > MOST_HEADERS or sum(len(name) + len(value) for name, value in headers) > MOST_HEADER_BYTES:
        return Problem(431, "headers_too_large", f"headers may have {MOST_HEADER_BYTES} bytes")
    if sum(value.count(b",") + 1 for value in _all(headers, b"range")) > MOST_RANGES:
        return Problem(416, "ranges", f"at most {MOST_RANGES} ranges are served at once")
    lengths = _all(headers, b"content-length")
    if any(not value.isdigit() for value in lengths):
        return Problem(400, "bad_length", "Content-Length must be a number")
    if any(int(value[:20]) > MOST_BODY for value in lengths):
        return Problem(413, "too_large", f"a request may carry {MOST_BODY} bytes")
    return None


def judge_host(values: list[bytes], hosts: frozenset[str]) -> Problem | None:
    """Why a Host header is refused: 400 where it is missing, doubled or malformed, 403 where it names someone else."""
    if len(values) != 1:
        return Problem(400, "bad_host", "a request needs exactly one Host header")
    host = values[0].decode("latin-1").lower()
    name = host_name(host)
    if name is None:
        return Problem(400, "bad_host", "the Host header is malformed")
    if name not in hosts:
        return Problem(403, "foreign_host", "this server does not answer to that name")
    return None


def host_name(host: str) -> str | None:
    """The name in `name`, `name:port`, `[v6]` or `[v6]:port`, without brackets; None where it is none of these."""
    if not host or MALFORMED_HOST & set(host) or any(ord(character) < 33 or ord(character) > 126 for character in host):
        return None
    if host.startswith("["):
        name, bracket, rest = host[1:].partition("]")
        return name if bracket and _is_port(rest) else None
    name, colon, port = host.partition(":")
    return name.removesuffix(".") if name and _is_port(colon + port) else None


def _is_port(text: str) -> bool:
    """Whether it is empty or a colon with a port."""
    return text == "" or (text[0] == ":" and text[1:].isdigit() and int(text[1:6]) < 65_536 and len(text) <= 6)


def _judge_token(scope: Scope, gate: Gate) -> Problem | None:
    if gate.token is None:
        return None
    offered = _offered_tokens(scope, gate)
    if not offered:
        return Problem(401, "token_needed", "open the address with ?token=… that was printed when the server started")
    if not all(hmac.compare_digest(each.encode(), gate.token.encode()) for each in offered):
        return Problem(403, "wrong_token", "the token is not this server's")
    return None


def _offered_tokens(scope: Scope, gate: Gate) -> list[str]:
    """The token of the first place that has one: Authorization, the address, the cookie."""
    headers: Headers = scope["headers"]
    for value in _all(headers, b"authorization"):
        scheme, _, token = value.decode("latin-1").partition(" ")
        if scheme.lower() in ("bearer", "token"):
            return [token.strip()]
    in_address = [value for key, value in _query(scope) if key == "token"]
    return in_address or _cookie(headers, gate.cookie)


def _cookie(headers: Headers, name: str) -> list[str]:
    for value in _all(headers, b"cookie"):
        try:
            cookies: SimpleCookie = SimpleCookie(value.decode("latin-1"))
        except CookieError:
            continue
        if name in cookies:
            return [cookies[name].value]
    return []


def _judge_origin(scope: Scope, headers: Headers) -> Problem | None:
    """A request that changes something must say that it comes from our own pages, or carry the token itself.

    Browsers send Origin with every POST; programs can send it too, or `Authorization: Bearer TOKEN`.
    """
    if scope["method"] in READING:
        return None
    origins = _all(headers, b"origin")
    if not origins and _all(headers, b"authorization"):
        return None
    host = _all(headers, b"host")[0].decode("latin-1").lower()
    own = [f"{scheme}://{host}" for scheme in ("http", "https")]
    if len(origins) != 1 or origins[0].decode("latin-1").lower() not in own:
        return Problem(403, "foreign_origin", "changes are taken from this server's own pages only (Origin header)")
    return None


def _first_visit(scope: Scope, gate: Gate) -> str | None:
    """The same address without its token, where one came in the address of a page; else None."""
    query = _query(scope)
    if gate.token is None or scope["method"] != "GET" or not any(key == "token" for key, _ in query):
        return None
    rest = urlencode([(key, value) for key, value in query if key != "token"])
    path = "/" + (scope.get("raw_path") or b"/").decode("latin-1").lstrip("/\\")
    return path + ("?" + rest if rest else "")


async def _welcome(location: str, gate: Gate, send: Send) -> None:
    cookie = f"{gate.cookie}={gate.token}; HttpOnly; SameSite=Strict; Path=/"
    headers = [
        (b"location", location.encode("ascii", "ignore").replace(b"\r", b"").replace(b"\n", b"")),
        (b"set-cookie", cookie.encode()),
        (b"cache-control", b"no-store"),
        (b"content-length", b"0"),
        *SAFE_HEADERS,
    ]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _query(scope: Scope) -> list[tuple[str, str]]:
    raw = scope.get("query_string", b"").decode("latin-1")
    return parse_qsl(raw, keep_blank_values=True)


def _all(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> list[bytes]:
    return [value for key, value in headers if key.lower() == name]


def wants_page(headers: Headers) -> bool:
    """Whether whoever asks would rather read a page than JSON."""
    return any(b"text/html" in value for value in _all(headers, b"accept"))


async def _refuse(problem: Problem, send: Send, as_page: bool = False) -> None:
    body = _bare_page(problem) if as_page else json.dumps(problem_json(problem))
    headers = [
        (b"content-type", b"text/html; charset=utf-8" if as_page else b"application/json"),
        (b"content-length", str(len(body.encode())).encode()),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
        *SAFE_HEADERS,
    ]
    await send({"type": "http.response.start", "status": problem.status, "headers": headers})
    await send({"type": "http.response.body", "body": body.encode()})


def _bare_page(problem: Problem) -> str:
    """A page that needs nothing from this server: whoever is refused gets neither styles nor words of the ledger."""
    title, message = escape(problem.title), escape(problem.message)
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        f"<title>{title}</title><h1>{title}</h1><p>{message}</p></html>"
    )
