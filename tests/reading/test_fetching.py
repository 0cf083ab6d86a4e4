# ruff: noqa: E501 - tables of cases read better unbroken
"""Fetching from a hostile server and resolver on loopback: nothing is sent where it must not go, everything is bounded."""

import gzip
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

import pytest

from onrecord.errors import ReadingError
from onrecord.reading.addresses import Address, is_public
from onrecord.reading.fetching import Fetcher, Policy, fetch, resolve
from onrecord.reading.remote import read_url
from onrecord.reading.targets import read_target
from onrecord.records.documents import Document, Rejected

Page = Callable[..., str]
Reply = Callable[[socket.socket, str], None]

FAKE = "93.184.215.14"  # a public address that stands for the test server; nothing is ever sent to it
MOMENT = datetime(2031, 3, 4, 10, 0, tzinfo=UTC)


def respond(status: str = "200 OK", body: bytes = b"", **fields: str) -> Reply:
    """A well-formed answer."""
    head = "".join(
        f"{name.replace('_', '-')}: {value}\r\n" for name, value in {"Content_Length": str(len(body)), **fields}.items()
    )

    def reply(connection: socket.socket, _path: str) -> None:
        connection.sendall(f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body)

    return reply


@dataclass
class Server:
    """A server on loopback that answers each path as told and notes who connected and what was asked."""

    replies: dict[str, Reply] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    connections: int = 0
    tls: ssl.SSLContext | None = None

    def __post_init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self._stopping = False
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while not self._stopping:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        try:
            with closing(connection):
                connection.settimeout(10)
                stream = self.tls.wrap_socket(connection, server_side=True) if self.tls else connection
                head = b""
                while b"\r\n\r\n" not in head and (piece := stream.recv(4096)):
                    head += piece
                path = head.decode("latin-1").split(" ")[1] if b" " in head else ""
                self.asked.append(path)
                self.heads.append(head.decode("latin-1"))
                self.replies.get(path, respond("404 Not Found"))(stream, path)
                if stream is not connection:
                    stream.close()
        except OSError:
            return  # the fetcher hung up, which is what most of these tests want

    def close(self) -> None:
        self._stopping = True
        self.listener.shutdown(socket.SHUT_RDWR)  # wakes the accepting thread
        self.listener.close()
        self._thread.join(2)


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


def loopback_only(address: Address) -> bool:
    """The address policy of these tests: the loopback server stands for the public network."""
    return str(address) == "127.0.0.1"


def policy_for(server: Server, **changes: object) -> Policy:
    policy = Policy(
        seconds=5.0, delay=0.0, ports=frozenset({server.port}), resolve=lambda host, port: ("127.0.0.1",), allowed=loopback_only, now=lambda: MOMENT, robots=False
    )  # fmt: skip
    return replace(policy, **changes)  # type: ignore[arg-type]


def refused(url: str, policy: Policy) -> str:
    """The code with which a fetch is refused."""
    with pytest.raises(ReadingError) as caught:
        fetch(url, policy)
    return caught.value.code


# -- what works


def test_a_page_is_fetched_with_its_address_and_time(server: Server) -> None:
    server.replies["/a?b=1"] = respond(body=b"<p>caf\xe9", Content_Type="text/html; charset=iso-8859-1")
    fetched = fetch(f"http://lantern.example:{server.port}/a?b=1#part", policy_for(server))
    assert fetched.body == b"<p>caf\xe9"
    assert (fetched.content_type, fetched.charset, fetched.status) == ("text/html", "iso-8859-1", 200)
    assert (fetched.fetched_at, fetched.connected) == ("2031-03-04T10:00:00+00:00", "127.0.0.1")
    assert fetched.url == f"http://lantern.example:{server.port}/a?b=1"
    assert f"Host: lantern.example:{server.port}\r\n" in server.heads[0]


def test_redirects_are_followed_and_kept(server: Server) -> None:
    server.replies["/1"] = respond("301 Moved", Location="/2")
    server.replies["/2"] = respond("307 Moved", Location=f"http://other.example:{server.port}/3")
    server.replies["/3"] = respond(body=b"words")
    fetched = fetch(f"http://lantern.example:{server.port}/1", policy_for(server))
    assert [hop.rsplit("/", 1)[-1] for hop in fetched.hops] == ["1", "2", "3"]
    assert fetched.url.startswith("http://other.example")


def test_packed_and_chunked_answers_are_decoded(server: Server) -> None:
    server.replies["/packed"] = respond(body=gzip.compress(b"words " * 100), Content_Encoding="gzip")
    server.replies["/chunked"] = lambda stream, _: stream.sendall(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nwor\r\n2\r\nds\r\n0\r\n\r\n"
    )
    assert fetch(f"http://a.example:{server.port}/packed", policy_for(server)).body == b"words " * 100
    assert fetch(f"http://a.example:{server.port}/chunked", policy_for(server)).body == b"words"


@pytest.mark.parametrize("status", ["404 Not Found", "500 Oh", "204 None", "206 Part"])
def test_other_statuses_are_refused(server: Server, status: str) -> None:
    server.replies["/"] = respond(status)
    assert refused(f"http://a.example:{server.port}/", policy_for(server)) == "status"


# -- attacks 1 to 12

LOOPBACK = ["127.0.0.1", "localhost", "127.1", "0.0.0.0", "0", "2130706433", "0x7f000001", "0177.0.0.1", "0x7f.1", "127.000.000.001", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[0:0:0:0:0:ffff:7f00:1]", "１２７.0.0.1", "①②⑦.0.0.1", "127。0。0。1"]  # fmt: skip


@pytest.mark.parametrize("host", LOOPBACK)
def test_attack_1_3_loopback_in_any_spelling_is_refused_and_no_packet_sent(server: Server, host: str) -> None:
    policy = Policy(ports=frozenset({server.port}), delay=0.0)
    assert refused(f"http://{host}:{server.port}/", policy) in ("refused_address", "bad_address", "unreachable")
    assert server.connections == 0


@pytest.mark.parametrize("port", [22, 25, 6379, 8080, 8765])
def test_attack_1_ports_of_other_services_are_refused(port: int) -> None:
    assert refused(f"http://{FAKE}:{port}/", Policy()) == "refused_address"


NOT_PUBLIC = [
    "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "100.100.100.200", "169.254.169.254", "169.254.0.1",
    "192.0.0.192", "198.18.0.1", "198.19.255.255", "192.0.2.1", "198.51.100.1", "203.0.113.1", "240.0.0.1", "255.255.255.255",
    "0.0.0.0", "0.1.2.3", "127.0.0.1", "127.255.255.254", "224.0.0.1", "239.255.255.255", "192.88.99.1",
    "::", "::1", "::ffff:8.8.8.8", "::ffff:10.0.0.1", "::8.8.8.8", "64:ff9b::808:808", "64:ff9b:1::1", "2002:7f00:1::", "2002:808:808::1",
    "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1", "3fff::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1",
    "ff02::1", "ff0e::1", "100::1", "5f00::1",
]  # fmt: skip


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_attack_2_4_special_addresses_are_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.215.14", "1.1.1.1", "2606:4700:4700::1111", "2a00:1450:4001::8a"]
)
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "fe80::1%lo",
        "nonsense",
        "",
    ],
)
def test_attack_2_4_names_that_resolve_to_special_addresses_are_refused(server: Server, address: str) -> None:
    policy = Policy(resolve=lambda host, port: (address,) if address else (), ports=frozenset({server.port}), delay=0.0)
    assert refused(f"http://lantern.example:{server.port}/", policy) == "refused_address"
    assert server.connections == 0


@pytest.mark.parametrize("status", ["301 A", "302 B", "303 C", "307 D", "308 E"])
@pytest.mark.parametrize(
    "place",
    ["http://10.0.0.1:{0}/", "http://internal.example:{0}/secret", "//169.254.169.254:{0}/", "http://[::1]:{0}/"],
)
def test_attack_5_a_redirect_to_a_private_address_is_refused_at_that_hop(
    server: Server, status: str, place: str
) -> None:
    def answers(host: str, port: int) -> tuple[str, ...]:
        return ("127.0.0.1",) if host == "lantern.example" else ("10.0.0.1",) if host == "internal.example" else (host,)

    server.replies["/"] = respond(status, Location=place.format(server.port))
    assert refused(f"http://lantern.example:{server.port}/", policy_for(server, resolve=answers)) == "refused_address"
    assert server.asked == ["/"]


def test_attack_6_each_connection_goes_to_the_address_that_was_judged(server: Server) -> None:
    """A name that is public when judged and private when asked again: it is not asked again."""
    asked: list[str] = []

    def rebinding(host: str, port: int) -> tuple[str, ...]:
        asked.append(host)
        return ("127.0.0.1",) if len(asked) == 1 else ("10.0.0.1",)

    server.replies["/"] = respond(body=b"words")
    fetched = fetch(f"http://lantern.example:{server.port}/", policy_for(server, resolve=rebinding))
    assert (fetched.connected, asked) == ("127.0.0.1", ["lantern.example"])


def test_attack_6_of_several_answers_only_an_allowed_one_is_connected_to(server: Server) -> None:
    server.replies["/"] = respond(body=b"words")
    policy = policy_for(server, resolve=lambda host, port: ("10.0.0.1", "::1", "127.0.0.1", "192.168.0.1"))
    assert fetch(f"http://lantern.example:{server.port}/", policy).connected == "127.0.0.1"


def test_attack_6_the_second_hop_is_judged_anew(server: Server) -> None:
    answers = iter([("127.0.0.1",), ("10.0.0.1",)])
    server.replies["/"] = respond("302 Found", Location="/again")
    assert (
        refused(f"http://lantern.example:{server.port}/", policy_for(server, resolve=lambda host, port: next(answers)))
        == "refused_address"
    )
    assert server.asked == ["/"]


ODD = [
    "file:///etc/passwd", "ftp://lantern.example/", "gopher://lantern.example/", "data:text/html,x", "javascript:alert(1)", "jar:http://a/", "//lantern.example/",
    "lantern.example", "http://", "http:///path", "http://user@lantern.example/", "http://user:pw@lantern.example/", "http://lantern.example@10.0.0.1/",
    "http://lantern.example\\@10.0.0.1/", "http://lantern.example/\r\nHost: evil", "http://lantern.example/a b", "http://lantern.example/\0", "http://lan\ttern.example/",
    "http://lantern.example:99999/", "http://lantern.example:x/", "http://[::1/", "http://-.example/", "http://a..example/", "http://" + "a" * 300 + ".example/",
    "http://lantern.example/" + "a" * 3000, "http://lantern%2eexample/", "http://lantern.example#@10.0.0.1:80 /", "",
]  # fmt: skip


@pytest.mark.parametrize("url", ODD)
def test_attack_7_other_schemes_and_tricks_with_addresses_are_refused(url: str) -> None:
    def never(host: str, port: int) -> tuple[str, ...]:
        raise AssertionError("no name may be asked for")

    assert refused(url, Policy(resolve=never)) == "bad_address"


def test_attack_7_odd_characters_in_a_path_are_escaped() -> None:
    assert read_target("http://lantern.example/é?q=ü[]").path == "/%C3%A9?q=%C3%BC%5B%5D"


def test_attack_7_a_redirect_may_not_leave_the_web(server: Server) -> None:
    server.replies["/"] = respond("302 Found", Location="file:///etc/passwd")
    assert refused(f"http://lantern.example:{server.port}/", policy_for(server)) == "bad_address"


def test_attack_8_more_than_five_redirects_are_not_followed(server: Server) -> None:
    for number in range(20):
        server.replies[f"/{number}"] = respond("302 Found", Location=f"/{number + 1}")
    assert refused(f"http://lantern.example:{server.port}/0", policy_for(server)) == "redirects"
    assert len(server.asked) == 6


def drip(connection: socket.socket, _path: str) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    for _ in range(100):
        connection.sendall(b"a")
        time.sleep(0.1)


def drip_head(connection: socket.socket, _path: str) -> None:
    for _ in range(100):
        connection.sendall(b"X")
        time.sleep(0.1)


def say_nothing(connection: socket.socket, _path: str) -> None:
    time.sleep(10)


def continue_forever(connection: socket.socket, _path: str) -> None:
    while True:
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        time.sleep(0.01)


@pytest.mark.parametrize("slow", [drip, drip_head, say_nothing, continue_forever])
def test_attack_9_slow_answers_are_stopped_at_the_deadline(server: Server, slow: Reply) -> None:
    server.replies["/"] = slow
    started = time.monotonic()
    assert refused(f"http://lantern.example:{server.port}/", policy_for(server, seconds=0.7)) == "timeout"
    assert time.monotonic() - started < 2


def test_attack_9_a_resolver_that_never_answers_is_not_waited_for() -> None:
    waiting = threading.Event()

    def never(host: str, port: int) -> tuple[str, ...]:
        waiting.wait(5)
        return ()

    started = time.monotonic()
    assert refused("http://lantern.example/", Policy(resolve=never, seconds=0.3, delay=0.0)) == "timeout"
    assert time.monotonic() - started < 2
    waiting.set()


def endless(connection: socket.socket, _path: str) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        connection.sendall(b"a" * 65_536)


def endless_chunks(connection: socket.socket, _path: str) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        connection.sendall(b"10000\r\n" + b"a" * 65_536 + b"\r\n")


LYING = [
    (endless, "too_large"),
    (endless_chunks, "too_large"),
    (respond(body=b"a" * 3_000_000), "too_large"),
    (lambda stream, _: stream.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nshort"), "bad_answer"),
    (
        lambda stream, _: stream.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nshort"),
        "bad_answer",
    ),
    (
        lambda stream, _: stream.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnot a number\r\n"),
        "bad_answer",
    ),
    (lambda stream, _: stream.sendall(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 5000 + b"\r\n"), "bad_answer"),
    (lambda stream, _: stream.sendall(b"HTTP/1.1 200 " + b"O" * 100_000 + b"\r\n\r\n"), "bad_answer"),
    (lambda stream, _: stream.sendall(b"SSH-2.0-OpenSSH\r\n"), "bad_answer"),
    (lambda stream, _: stream.close(), "unreachable"),
    (respond(body=b"x", Content_Encoding="br"), "bad_answer"),
    (respond(body=b"not packed", Content_Encoding="gzip"), "bad_answer"),
    (respond(body=gzip.compress(b"words " * 1000)[:-20], Content_Encoding="gzip"), "bad_answer"),
    (respond("302 Found"), "bad_answer"),
]


@pytest.mark.parametrize(("reply", "code"), LYING)
def test_attack_10_endless_and_lying_answers_are_stopped(server: Server, reply: Reply, code: str) -> None:
    server.replies["/"] = reply
    assert refused(f"http://lantern.example:{server.port}/", policy_for(server, most_bytes=1_000_000)) == code


def test_attack_10_bytes_beyond_the_declared_length_are_not_read(server: Server) -> None:
    server.replies["/"] = lambda stream, _: stream.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwordsand more")
    assert fetch(f"http://lantern.example:{server.port}/", policy_for(server)).body == b"words"


BOMB = """
import gzip, socket, sys, threading
from onrecord.errors import ReadingError
from onrecord.reading.fetching import Policy, fetch
from pathlib import Path
port = int(sys.argv[1])
policy = Policy(delay=0.0, robots=False, ports=frozenset({port}), resolve=lambda host, port: ("127.0.0.1",), allowed=lambda address: True)
try:
    fetch(f"http://lantern.example:{port}/", policy)
except ReadingError as error:
    print(error.code)
print(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory of a process is read from /proc")
def test_attack_11_a_compression_bomb_is_stopped_in_bounded_memory(server: Server) -> None:
    server.replies["/"] = respond(body=gzip.compress(b"\0" * 200_000_000, compresslevel=1), Content_Encoding="gzip")
    result = subprocess.run([sys.executable, "-c", BOMB, str(server.port)], capture_output=True, text=True, check=True)
    code, peak = result.stdout.split()
    assert code in ("bomb", "too_large")
    assert int(peak) < 300_000  # kilobytes


def test_attack_11_a_high_ratio_alone_is_enough(server: Server) -> None:
    server.replies["/"] = respond(body=gzip.compress(b"\0" * 5_000_000), Content_Encoding="gzip")
    assert refused(f"http://lantern.example:{server.port}/", policy_for(server)) == "bomb"


@pytest.fixture
def certificates(tmp_path: Path) -> Callable[..., tuple[Path, Path]]:
    """Makes self-signed certificates with the openssl program."""

    def make(name: str, days: int = 2) -> tuple[Path, Path]:
        cert, key = tmp_path / f"{name}.pem", tmp_path / f"{name}.key"
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(cert), "-days", str(days), "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"]  # fmt: skip
        try:
            subprocess.run(command, check=True, capture_output=True)
        except FileNotFoundError:
            pytest.skip("needs the openssl program")
        return cert, key

    return make


def tls_server(cert: Path, key: Path) -> Server:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    server = Server(tls=context)
    server.replies["/"] = respond(body=b"words")
    return server


def test_attack_12_only_a_trusted_certificate_for_the_right_name_is_accepted(
    certificates: Callable[..., tuple[Path, Path]],
) -> None:
    cert, key = certificates("lantern.example")
    with closing(tls_server(cert, key)) as server:
        trusting = policy_for(server, tls=ssl.create_default_context(cafile=str(cert)))
        assert fetch(f"https://lantern.example:{server.port}/", trusting).body == b"words"
        assert refused(f"https://other.example:{server.port}/", trusting) == "tls"
        assert refused(f"https://lantern.example:{server.port}/", policy_for(server)) == "tls"
        assert server.asked == ["/"]  # nothing was asked over the refused connections


def test_attack_12_there_is_no_fallback_to_plain_http(server: Server) -> None:
    server.replies["/"] = respond(body=b"words")
    assert refused(f"https://lantern.example:{server.port}/", policy_for(server, seconds=2.0)) in (
        "tls",
        "timeout",
        "unreachable",
    )
    assert "/" not in server.asked


def test_attack_12_a_redirect_from_https_to_http_is_refused(certificates: Callable[..., tuple[Path, Path]]) -> None:
    cert, key = certificates("lantern.example")
    with closing(tls_server(cert, key)) as server:
        server.replies["/"] = respond("302 Found", Location=f"http://lantern.example:{server.port}/plain")
        trusting = policy_for(server, tls=ssl.create_default_context(cafile=str(cert)))
        assert refused(f"https://lantern.example:{server.port}/", trusting) == "downgrade"


def test_old_tls_versions_are_not_spoken(certificates: Callable[..., tuple[Path, Path]]) -> None:
    assert ssl.create_default_context().minimum_version >= ssl.TLSVersion.TLSv1_2


# -- manners


ROBOTS = [
    (respond(body=b"User-agent: *\nDisallow: /private"), "/private/1", "robots"),
    (respond(body=b"User-agent: *\nDisallow: /private"), "/open", None),
    (respond(body=b"User-agent: OnRecord\nDisallow: /\n\nUser-agent: *\nAllow: /"), "/open", "robots"),
    (respond("404 Not Found"), "/open", None),
    (respond("503 Busy"), "/open", "robots"),
    (respond(body=b"\xff\xfe\0 not rules at all"), "/open", None),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "path", "code"), ROBOTS)
def test_robots_rules_are_obeyed(server: Server, rules: Reply, path: str, code: str | None) -> None:
    server.replies |= {"/robots.txt": rules, path: respond(body=b"words")}
    policy = policy_for(server, robots=True)
    url = f"http://lantern.example:{server.port}{path}"
    if code:
        assert refused(url, policy) == code
        assert path not in server.asked
    else:
        assert fetch(url, policy).body == b"words"


def test_attack_5_robots_rules_may_not_redirect_inside(server: Server) -> None:
    server.replies["/robots.txt"] = respond("302 Found", Location=f"http://10.0.0.1:{server.port}/")
    policy = policy_for(
        server, robots=True, resolve=lambda host, port: ("127.0.0.1",) if host == "lantern.example" else (host,)
    )
    assert refused(f"http://lantern.example:{server.port}/a", policy) == "refused_address"


def test_a_host_is_not_asked_faster_than_it_wants(server: Server) -> None:
    slept: list[float] = []
    server.replies |= {"/robots.txt": respond(body=b"User-agent: *\nCrawl-delay: 7"), "/a": respond(body=b"words")}
    fetcher = Fetcher(policy_for(server, robots=True, delay=1.0, sleep=slept.append))
    for _ in range(3):
        fetcher.fetch(f"http://lantern.example:{server.port}/a")
    assert [round(seconds) for seconds in slept] == [7, 7]
    assert server.asked.count("/robots.txt") == 1


# -- from address to documents


def test_a_fetched_page_is_a_document_with_address_and_time(server: Server, make_page: Page) -> None:
    server.replies["/coast"] = respond(body=make_page().encode(), Content_Type="text/html")
    (document,) = read_url(f"http://lantern.example:{server.port}/coast", Fetcher(policy_for(server)))
    assert isinstance(document, Document)
    assert document.url == document.path == f"http://lantern.example:{server.port}/coast"
    assert ("fetched", "2031-03-04T10:00:00+00:00") in {(each.field, each.value) for each in document.candidates}


FEED = "<rss><channel><title>The Lantern</title><item><title>Bridge stays shut</title><link>http://lantern.example:{0}/1</link></item><item><title>Ferry fares rise</title><link>http://lantern.example:{0}/gone</link></item></channel></rss>"


def test_the_pages_of_a_feed_can_be_followed(server: Server, make_page: Page) -> None:
    server.replies |= {
        "/feed": respond(body=FEED.format(server.port).encode(), Content_Type="application/rss+xml"),
        "/1": respond(body=make_page().encode(), Content_Type="text/html"),
    }
    url = f"http://lantern.example:{server.port}/feed"
    items = list(read_url(url, Fetcher(policy_for(server)), follow=True))
    assert [item.title if isinstance(item, Document) else item.code for item in items] == [
        "Arvelsk keeps bridge shut",
        "status",
        "Ferry fares rise",
    ]
    assert [item.title for item in read_url(url, Fetcher(policy_for(server))) if isinstance(item, Document)] == [
        "Bridge stays shut",
        "Ferry fares rise",
    ]


def test_what_cannot_be_fetched_is_rejected_with_its_code() -> None:
    (item,) = read_url("http://127.0.0.1/", Fetcher(Policy(robots=False)))
    assert isinstance(item, Rejected)
    assert (item.stage, item.code) == ("fetching", "refused_address")


def test_a_name_without_an_address_is_unreachable() -> None:
    with pytest.raises(ReadingError) as caught:
        resolve("no-such-host.invalid", 80)
    assert caught.value.code == "unreachable"
