# ruff: noqa: E501 - tables of cases read better unbroken
"""WARC files: whole records are kept, damaged ones fail alone, and what breaks off is said to."""

import base64
import gzip
import hashlib
import io
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.warc import read_records
from onrecord.records.documents import Basis, Document, Rejected

ReadAll = Callable[..., list[Document | Rejected]]

SENTENCES = (
    "The council of {0} said on Friday that its lift bridge would stay shut until every town has voted on the matter.",
    "“If they open it before the vote, we leave the talks,” said the mayor of {0}, who has led the town for six years.",
    "A decision about {0} is expected within a week, officials said, although the ministry has named no date so far.",
)
TOWNS = ("Arvelsk", "Dresva", "Marrow", "Tolm", "Ostrin", "Kell")


def page_of(town: str) -> bytes:
    paragraphs = "".join(f"<p>{sentence.format(town)}</p>" for sentence in SENTENCES)
    return f"<html><head><title>{town} waits</title></head><body><article><h1>{town} waits</h1>{paragraphs}</article></body></html>".encode()


def make_record(
    content: bytes, uri: str = "https://lantern.example/1", kind: str = "response", length: int | None = None, digest: bool = False, more: str = ""
) -> bytes:  # fmt: skip
    """One record around an HTTP response (or bare content for other kinds)."""
    sha1 = base64.b32encode(hashlib.sha1(content).digest()).decode()
    header = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2031-03-04T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n{more}"
        f"Content-Type: application/http; msgtype={kind}\r\n"
        + (f"WARC-Block-Digest: sha1:{sha1}\r\n" if digest else "")
        + f"Content-Length: {len(content) if length is None else length}\r\n\r\n"
    )
    return header.encode() + content + b"\r\n\r\n"


def make_response(body: bytes, status: str = "200 OK", kind: str = "text/html; charset=utf-8", more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n".encode() + body


def records_of(*towns: str) -> list[bytes]:
    return [make_record(make_response(page_of(town)), f"https://lantern.example/{town}") for town in towns]


def pack(records: list[bytes]) -> list[bytes]:
    return [gzip.compress(record, mtime=0) for record in records]


def outcome(items: list[Document | Rejected]) -> list[str]:
    """Each document's town, each failure's code."""
    return [item.code if isinstance(item, Rejected) else item.title.split()[0] for item in items]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "-"])
def test_pages_are_read_from_plain_and_packed_files(read_file: ReadAll, name: str) -> None:
    records = records_of(*TOWNS)
    content = b"".join(pack(records) if name.endswith("gz") else records)
    items = read_file("a.unknown" if name == "-" else name, content)
    assert outcome(items) == list(TOWNS)
    first = items[0]
    assert isinstance(first, Document)
    assert first.url == "https://lantern.example/Arvelsk"
    assert ("captured", "2031-03-04T10:00:00Z") in {(each.field, each.value) for each in first.candidates}


DATED = '<meta property="article:published_time" content="{}">'


@pytest.mark.parametrize(
    ("field", "first", "last", "basis"),
    [
        ("", None, "2031-03-04", Basis.INFERRED),
        (DATED.format("2031-03-01"), "2031-03-01", "2031-03-01", Basis.METADATA),
        (DATED.format("2031-03-05T08:00:00+13:00"), "2031-03-05", "2031-03-05", Basis.METADATA),  # another zone
        (DATED.format("2031"), "2031-01-01", "2031-03-04", Basis.METADATA),
        (DATED.format("2033-01-01"), None, "2031-03-04", Basis.INFERRED),
    ],
)
def test_a_page_appeared_before_it_was_fetched(
    read_file: ReadAll, field: str, first: str | None, last: str | None, basis: Basis
) -> None:
    page = page_of("Tolm").replace(b"<title>", field.encode() + b"<title>")
    (document,) = read_file("a.warc", make_record(make_response(page)))
    assert isinstance(document, Document)
    published = document.published
    days = tuple(day and day.isoformat() for day in (published.earliest, published.latest))
    assert (*days, published.basis) == (first, last, basis)
    assert basis is Basis.METADATA or "fetched on 2031-03-04, so published by then" in published.reason


def test_a_file_packed_as_one_member_is_read(read_file: ReadAll) -> None:
    assert outcome(read_file("a.warc.gz", gzip.compress(b"".join(records_of(*TOWNS))))) == list(TOWNS)


def test_requests_pictures_redirects_and_errors_are_passed_over(read_file: ReadAll) -> None:
    records = [
        make_record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        make_record(b"software: x\r\n", kind="warcinfo"),
        make_record(make_response(b"\x89PNG", kind="image/png")),
        make_record(make_response(page_of("Tolm"), status="404 Not Found")),
        make_record(make_response(b"", status="301 Moved", more="Location: /x\r\n")),
        *records_of("Kell"),
    ]
    assert outcome(read_file("a.warc", b"".join(records))) == ["Kell"]


def test_coded_payloads_are_decoded(read_file: ReadAll) -> None:
    packed = gzip.compress(page_of("Kell"))
    chunked = b"".join(f"{len(page_of('Tolm')[n : n + 100]):x}\r\n".encode() + page_of("Tolm")[n : n + 100] + b"\r\n" for n in range(0, len(page_of("Tolm")), 100)) + b"0\r\n\r\n"  # fmt: skip
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
    records = [
        make_record(head + b"Content-Encoding: gzip\r\n\r\n" + packed),
        make_record(head + b"Transfer-Encoding: chunked\r\n\r\n" + chunked),
    ]
    assert outcome(read_file("a.warc", b"".join(records))) == ["Kell", "Tolm"]


def test_a_file_without_pages_is_no_text(read_file: ReadAll) -> None:
    assert outcome(read_file("a.warc", make_record(b"software: x\r\n", kind="warcinfo"))) == ["no_text"]


MEASURE = """
import sys
from pathlib import Path
from onrecord.reading import read_path
from onrecord.settings import Settings
items = list(read_path(Path(sys.argv[1]), Settings(most_bytes=5_000_000)))
print(*[getattr(item, "code", None) or item.title.split()[0] for item in items])
print(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory of a process is read from /proc")
@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_attack_30_a_record_that_unpacks_to_300_mb_is_refused_in_bounded_memory(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    first, last = records_of("Arvelsk", "Tolm")
    body = make_record(make_response(b""), length=300_000_000)
    opening: Any = partial(gzip.open, compresslevel=1) if name.endswith("gz") else open
    for record, filling in ((first, 0), (body[:-4], 300_000_000 - len(make_response(b""))), (b"\r\n\r\n" + last, 0)):
        with opening(path, "ab") as stream:
            stream.write(record)
            for start in range(0, filling, 1_000_000):
                stream.write(b"a" * min(1_000_000, filling - start))
    result = subprocess.run([sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True)
    found, peak = result.stdout.splitlines()
    assert found.split() == ["Arvelsk", "too_large", "Tolm"]
    assert int(peak) < 150_000  # kilobytes; the room alone takes 50,000


def test_attack_30_a_page_coded_to_300_mb_is_refused(read_file: ReadAll) -> None:
    bomb = gzip.compress(b"<p>" + b"a" * 300_000_000)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
    items = read_file("a.warc", b"".join([make_record(head + bomb), *records_of("Tolm")]))
    assert outcome(items) == ["too_large", "Tolm"]


@pytest.mark.parametrize("cut", [1, 4, 40, 300])
@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_attack_31_a_truncated_file_keeps_its_whole_records_and_says_so(
    read_file: ReadAll, name: str, cut: int
) -> None:
    records = records_of(*TOWNS)
    content = b"".join(pack(records)) if name.endswith("gz") else b"".join(records)[:-4]
    assert outcome(read_file(name, content[:-cut])) == [*TOWNS[:-1], "truncated"]


@pytest.mark.parametrize("wrong", [0, 10, 99_999_999, 1])
@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_attack_32_a_wrong_length_fails_that_record_alone(read_file: ReadAll, name: str, wrong: int) -> None:
    records = records_of(*TOWNS)
    content = make_response(page_of("Marrow"))
    records[2] = make_record(content, length=wrong if wrong != 1 else len(content) + 500)
    items = read_file(name, b"".join(pack(records) if name.endswith("gz") else records))
    failed = outcome(items)[2]
    assert failed in ("wrong_length", "truncated", "no_text")
    assert [town for town in outcome(items) if town in TOWNS] == [town for town in TOWNS if town != "Marrow"]


def test_attack_32_a_bad_digest_fails_that_record_alone(read_file: ReadAll) -> None:
    good = make_record(make_response(page_of("Kell")), digest=True)
    bad = make_record(make_response(page_of("Tolm")), digest=True).replace(
        b"expected within a week", b"expected within a year"
    )
    assert outcome(read_file("a.warc", bad + good)) == ["bad_digest", "Kell"]


@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_attack_32_a_damaged_member_fails_alone_and_the_rest_is_read(read_file: ReadAll, place: str) -> None:
    members = pack(records_of(*TOWNS))
    index = {"first": 0, "middle": 3, "last": 5}[place]
    broken = bytearray(members[index])
    broken[len(broken) // 2 : len(broken) // 2 + 8] = b"\xff" * 8
    members[index] = bytes(broken)
    items = read_file("a.warc.gz", b"".join(members))
    assert [town for town in outcome(items) if town in TOWNS] == [
        town for number, town in enumerate(TOWNS) if number != index
    ]
    assert len(items) == len(TOWNS)
    assert outcome(items)[index] in ("damaged", "truncated")


def test_attack_32_rubbish_between_records_is_passed_over_and_reported(read_file: ReadAll) -> None:
    one, two = records_of("Arvelsk", "Tolm")
    rubbish = b"\x1f\x8b\x08 not a member" * 50
    assert outcome(read_file("a.warc", one + rubbish + b"\r\n" + two)) == ["wrong_length", "Tolm"]
    assert outcome(read_file("b.warc.gz", gzip.compress(one) + rubbish + gzip.compress(two))) == [
        "Arvelsk",
        "damaged",
        "Tolm",
    ]


@pytest.mark.parametrize(
    "uri",
    ["http://169.254.169.254/latest", "file:///etc/passwd", "javascript:alert(1)", "http://a\x01b/", "not a uri", ""],
)
def test_attack_33_a_hostile_address_is_text_and_never_fetched(read_file: ReadAll, uri: str) -> None:
    (item,) = read_file("a.warc", make_record(make_response(page_of("Kell")), uri))
    assert isinstance(item, Document)
    assert item.url in (None, uri)
    assert item.url is None or uri.startswith("http")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 3000), st.booleans())
def test_any_damage_leaves_a_reader_that_ends_and_reports(noise: bytes, at: int, packed: bool) -> None:
    records = records_of("Arvelsk", "Tolm")
    content = bytearray(b"".join(pack(records) if packed else records))
    content[at : at + len(noise)] = noise
    found = list(read_records(io.BytesIO(bytes(content)), 1_000_000))
    assert all(bool(record.raw) != bool(record.problem) for record in found)
    assert len(found) < 100
