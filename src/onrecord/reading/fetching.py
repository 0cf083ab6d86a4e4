"""Fetches a page or feed, only when the user allowed the network, and only from checked public addresses.

Each hop is resolved once, every answer is judged, and the connection goes to a judged address itself, so that a name
cannot lead elsewhere the second time it is asked. Time, size, compression and redirects are capped; TLS is always
verified.
"""

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.robotparser import RobotFileParser

from onrecord.errors import ReadingError
from onrecord.reading.addresses import Address, is_public, read_address
from onrecord.reading.fetched import Fetched
from onrecord.reading.targets import Target, read_target

Resolve = Callable[[str, int], Iterable[str]]

AGENT = "OnRecord"
REDIRECTS = frozenset({301, 302, 303, 307, 308})
CHUNK = 65_536
FREE_OF_RATIO = 1_000_000  # decoded bytes below which any compression ratio is ordinary
ROBOTS_BYTES = 512_000  # RFC 9309 asks to read at least 500 KiB
LONGEST_DELAY = 30.0  # seconds of Crawl-delay that are honoured


def resolve(host: str, port: int) -> tuple[str, ...]:
    """All addresses of a host by the system's resolver, which also understands `0x7f.1` and `2130706433`."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ReadingError(f"needed a host with an address, found none for {host}", code="unreachable") from error
    return tuple(dict.fromkeys(str(each[4][0]) for each in found))


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Policy:
    """What a fetch may do and cost. The defaults are for use; tests bring their own resolver, addresses and clock.

    seconds: for one address with all its redirects. ratio: decoded to received bytes. delay: seconds between two
    requests to one host.
    """

    seconds: float = 20.0
    most_bytes: int = 20_000_000
    ratio: float = 100.0
    redirects: int = 5
    delay: float = 1.0
    ports: frozenset[int] = frozenset({80, 443})
    robots: bool = True
    agent: str = AGENT
    resolve: Resolve = resolve
    allowed: Callable[[Address], bool] = is_public
    tls: ssl.SSLContext | None = None  # None: the system's trusted authorities
    now: Callable[[], datetime] = _now
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Answer:
    """One response: status, the fields we use, and its decoded body."""

    status: int
    location: str
    content_type: str
    charset: str | None
    body: bytes
    connected: str


@dataclass(slots=True)
class Fetcher:
    """Fetches under one policy; remembers robots rules and when each host was last asked."""

    policy: Policy = field(default_factory=Policy)
    _rules: dict[str, RobotFileParser] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def fetch(self, url: str) -> Fetched:
        """The page at an address.

        Raises ReadingError `bad_address`, `refused_address`, `unreachable`, `tls`, `timeout`, `too_large`, `bomb`,
        `robots`, `redirects`, `downgrade`, `status` or `bad_answer`.
        """
        policy = self.policy
        deadline = time.monotonic() + policy.seconds
        target = read_target(url)
        hops = [target.url]
        for _ in range(policy.redirects + 1):
            deadline += self._keep_manners(target, deadline)
            answer = ask(target, policy, deadline)
            if answer.status not in REDIRECTS:
                return self._form(url, target, tuple(hops), answer)
            target = follow(target, answer.location)
            hops.append(target.url)
        raise ReadingError(f"{url}: needed at most {policy.redirects} redirects, got more", code="redirects")

    def _form(self, url: str, target: Target, hops: tuple[str, ...], answer: Answer) -> Fetched:
        if answer.status != 200:
            raise ReadingError(f"{target.url}: needed a page, got status {answer.status}", code="status")
        stamp = self.policy.now().isoformat(timespec="seconds")
        return Fetched(
            url,
            target.url,
            hops,
            answer.status,
            answer.content_type,
            answer.charset,
            answer.body,
            stamp,
            answer.connected,
        )

    def _keep_manners(self, target: Target, deadline: float) -> float:
        """Read the site's robots rules and keep its pause between requests; returns the seconds that took."""
        rules = self._rules_of(target, deadline) if self.policy.robots else None
        if rules and not rules.can_fetch(self.policy.agent, target.url):
            raise ReadingError(f"{target.url}: the site's robots.txt asks programs not to read this", code="robots")
        wanted = float(rules.crawl_delay(self.policy.agent) or 0) if rules else 0.0
        return self._pause(target, max(self.policy.delay, min(wanted, LONGEST_DELAY)))

    def _pause(self, target: Target, delay: float) -> float:
        now = time.monotonic()
        wait = self._asked.get(target.host, now - delay) + delay - now
        if wait > 0:
            self.policy.sleep(wait)
        self._asked[target.host] = time.monotonic()
        return max(0.0, wait)

    def _rules_of(self, target: Target, deadline: float) -> RobotFileParser:
        if target.origin not in self._rules:
            self._rules[target.origin] = self._read_rules(target, deadline)
        return self._rules[target.origin]

    def _read_rules(self, target: Target, deadline: float) -> RobotFileParser:
        """The site's rules by RFC 9309: none where there is no such file, all closed where the site is in trouble."""
        rules = RobotFileParser()
        file = Target(target.scheme, target.host, target.port, "/robots.txt")
        for _ in range(self.policy.redirects + 1):
            answer = ask(file, self.policy, deadline, ROBOTS_BYTES)
            if answer.status not in REDIRECTS:
                break
            file = follow(file, answer.location)
        if answer.status == 200:
            rules.parse(answer.body.decode("utf-8", errors="replace").splitlines())
        elif answer.status >= 500:
            rules.parse(["User-agent: *", "Disallow: /"])
        else:
            rules.parse([])
        return rules


def fetch(url: str, policy: Policy) -> Fetched:
    """One page under a policy; see `Fetcher.fetch`."""
    return Fetcher(policy).fetch(url)


def follow(target: Target, location: str) -> Target:
    """Where a redirect leads, judged like any address; never from https down to http."""
    if not location:
        raise ReadingError(f"{target.url}: needed a redirect with a place, got none", code="bad_answer")
    after = read_target(location, target)
    if target.scheme == "https" and after.scheme != "https":
        raise ReadingError(f"{target.url}: redirects to an address without TLS", code="downgrade")
    return after


# -- one request


def ask(target: Target, policy: Policy, deadline: float, most_bytes: int | None = None) -> Answer:
    """One GET to one judged address. deadline: monotonic seconds."""
    if target.port not in policy.ports:
        raise ReadingError(f"{target.url}: needed a web server's usual port, got {target.port}", code="refused_address")
    address = choose_address(target, policy, deadline)
    try:
        connection = _connect(target, address, policy, deadline)
        try:
            return _read_answer(connection, target, str(address), policy, deadline, most_bytes or policy.most_bytes)
        finally:
            connection.close()
    except ssl.SSLError as error:
        raise ReadingError(f"{target.url}: needed a trusted TLS connection: {error.reason}", code="tls") from error
    except TimeoutError as error:
        raise ReadingError(
            f"{target.url}: needed an answer in {policy.seconds:g} s, got none", code="timeout"
        ) from error
    except OSError as error:
        raise ReadingError(f"{target.url}: cannot be reached: {error.strerror or error}", code="unreachable") from error
    except http.client.HTTPException as error:
        raise ReadingError(f"{target.url}: not an HTTP answer ({type(error).__name__})", code="bad_answer") from error


def choose_address(target: Target, policy: Policy, deadline: float) -> Address:
    """The first allowed address of the host. Raises ReadingError `refused_address` where none is allowed."""
    answers = _within(deadline, policy.resolve, target.host, target.port)
    addresses = [address for answer in answers if (address := read_address(answer))]
    allowed = [address for address in addresses if policy.allowed(address)]
    if not allowed:
        reason = "needed a public address, got one of a private, local or special network"
        raise ReadingError(f"{target.url}: {reason}", code="refused_address")
    return allowed[0]


def _within(deadline: float, function: Resolve, host: str, port: int) -> tuple[str, ...]:
    """The resolver's answer, waited for no longer than the deadline: the system's own has no limit."""
    answers: list[str] = []
    failures: list[ReadingError] = []

    def run() -> None:
        try:
            answers.extend(function(host, port))
        except ReadingError as error:
            failures.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(max(0.0, deadline - time.monotonic()))
    if thread.is_alive():
        raise ReadingError(f"needed an address of {host} in time, got none", code="timeout")
    if failures:
        raise failures[0]
    return tuple(answers)


class DeadlineSocket(socket.socket):
    """A socket whose every read waits no longer than its deadline, however slowly the bytes drip."""

    deadline: float = 0.0

    def recv_into(self, *arguments: object, **named: object) -> int:
        """As socket's, with what is left of the time."""
        self.settimeout(_left(self.deadline))
        return super().recv_into(*arguments, **named)  # type: ignore[arg-type]


class DeadlineTLSSocket(ssl.SSLSocket):
    """The same over TLS."""

    deadline: float = 0.0

    def recv_into(self, *arguments: object, **named: object) -> int:
        """As SSLSocket's, with what is left of the time."""
        self.settimeout(_left(self.deadline))
        return super().recv_into(*arguments, **named)  # type: ignore[arg-type]


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _connect(target: Target, address: Address, policy: Policy, deadline: float) -> http.client.HTTPConnection:
    """A connection to this very address; the name is used for the Host field and for TLS only."""
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    plain = DeadlineSocket(family, socket.SOCK_STREAM)
    plain.deadline = deadline
    try:
        plain.settimeout(_left(deadline))
        plain.connect((str(address), target.port))
        stream = _wrap(plain, target, policy, deadline) if target.scheme == "https" else plain
    except BaseException:
        plain.close()
        raise
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.default_port = 443 if target.scheme == "https" else 80
    connection.sock = stream
    return connection


def _wrap(plain: DeadlineSocket, target: Target, policy: Policy, deadline: float) -> DeadlineTLSSocket:
    context = policy.tls or ssl.create_default_context()
    context.sslsocket_class = DeadlineTLSSocket
    stream = context.wrap_socket(plain, server_hostname=target.host)
    assert isinstance(stream, DeadlineTLSSocket)
    stream.deadline = deadline
    return stream


def _read_answer(
    connection: http.client.HTTPConnection, target: Target, address: str, policy: Policy, deadline: float, most: int
) -> Answer:
    headers = {
        "User-Agent": policy.agent,
        "Accept": "text/html,*/*;q=0.5",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }
    connection.request("GET", target.path, headers=headers)
    with closing(connection.getresponse()) as response:
        body = b"" if response.status in REDIRECTS else _read_body(response, target, policy, deadline, most)
    message = response.msg
    return Answer(
        status=response.status,
        location=response.getheader("Location", ""),
        content_type=message.get_content_type(),
        charset=message.get_content_charset(),
        body=body,
        connected=address,
    )


def _read_body(response: http.client.HTTPResponse, target: Target, policy: Policy, deadline: float, most: int) -> bytes:
    """The decoded body; stopped at the deadline, at the cap of bytes, and at the cap of compression."""
    coding = response.getheader("Content-Encoding", "identity").strip().lower()
    if coding not in ("identity", "", "gzip", "x-gzip", "deflate"):
        raise ReadingError(f"{target.url}: needed gzip or plain, got coding {coding[:40]}", code="bad_answer")
    unpacker = zlib.decompressobj(wbits=47) if coding not in ("identity", "") else None
    body = bytearray()
    received = 0
    while piece := response.read(CHUNK):
        _left(deadline)
        received += len(piece)
        body += _unpack(unpacker, piece, most + 1 - len(body), target) if unpacker else piece
        _check_size(len(body), received, target, policy, most)
    if response.length or (unpacker and received and not unpacker.eof):
        raise ReadingError(f"{target.url}: the answer breaks off", code="bad_answer")
    return bytes(body)


def _unpack(unpacker: "zlib._Decompress", piece: bytes, room: int, target: Target) -> bytes:
    try:
        return unpacker.decompress(piece, max(1, room))
    except zlib.error as error:
        raise ReadingError(f"{target.url}: the answer cannot be unpacked: {error}", code="bad_answer") from error


def _check_size(decoded: int, received: int, target: Target, policy: Policy, most: int) -> None:
    if decoded > most:
        raise ReadingError(f"{target.url}: needed at most {most:,} bytes, got more", code="too_large")
    if decoded > FREE_OF_RATIO and decoded > policy.ratio * received:
        raise ReadingError(f"{target.url}: unpacks to {decoded / received:,.0f} times its size", code="bomb")
