"""zip, tar and gzip: members are read in memory; hostile ones are refused and nothing is written anywhere."""

import gzip
import io
import os
import struct
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.reading.limits import Limits
from onrecord.reading.reader import read_path
from onrecord.records.documents import Document, Rejected
from onrecord.settings import Settings

ReadAll = Callable[..., list[Document | Rejected]]
Reject = Callable[..., Rejected]
Page = Callable[..., str]

TEXT = b"The lift bridge stays shut until the towns have voted, the council said. Nobody asked the ferry owners."


def make_zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def make_tar(members: dict[str, bytes], *, packed: bool = False, special: tuple[tarfile.TarInfo, ...] = ()) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz" if packed else "w") as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        for member in special:
            archive.addfile(member)
    return out.getvalue()


def outcome(items: list[Document | Rejected]) -> dict[str, str]:
    """`read` or the code, by the member's name."""
    return {item.path.rsplit("#", 1)[-1]: item.code if isinstance(item, Rejected) else "read" for item in items}


ARCHIVES: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "a.zip": make_zip,
    "a.tar": make_tar,
    "a.tar.gz": lambda members: make_tar(members, packed=True),
    "a.tgz": lambda members: make_tar(members, packed=True),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_members_are_read_by_their_own_kind(read_file: ReadAll, make_page: Page, name: str) -> None:
    members = {
        "in/a.txt": TEXT,
        "b.html": make_page().encode(),
        "c.jsonl": b'{"text": "The bridge stays shut, she said."}\n{"broken\n',
        "d.png": b"\x89PNG123",
        ".DS_Store": b"x",
        "__MACOSX/a.txt": TEXT,
    }
    items = read_file(name, ARCHIVES[name](members))
    assert outcome(items) == {"in/a.txt": "read", "b.html": "read", "1": "read", "2": "bad_json", "d.png": "wrong_type"}
    assert {item.path.split("/")[-1].split("#")[0] for item in items} >= {name}


@pytest.mark.parametrize("name", ARCHIVES)
@pytest.mark.parametrize("member", ["../out.txt", "/etc/out.txt", "in/../../out.txt", "..\\out.txt", "C:\\out.txt"])
def test_attack_34_paths_that_lead_outside_are_refused_and_nothing_is_written(
    tmp_path: Path, read_file: ReadAll, name: str, member: str
) -> None:
    before = sorted(os.listdir(tmp_path.parent))
    items = read_file(name, ARCHIVES[name]({member: TEXT, "good.txt": TEXT}))
    codes = [item.code for item in items if isinstance(item, Rejected)]
    assert codes == ["outside"]
    assert len(items) == 2
    assert os.listdir(tmp_path) == [name]
    assert sorted(os.listdir(tmp_path.parent)) == before


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE])
def test_attack_34_links_and_devices_in_a_tar_are_refused(read_file: ReadAll, kind: bytes) -> None:
    member = tarfile.TarInfo("odd.txt")
    member.type, member.linkname = kind, "/etc/passwd"
    items = read_file("a.tar", make_tar({"good.txt": TEXT}, special=(member,)))
    assert outcome(items) == {
        "good.txt": "read",
        "odd.txt": "link" if kind in (tarfile.SYMTYPE, tarfile.LNKTYPE) else "device",
    }


def test_attack_34_a_link_in_a_zip_is_refused(read_file: ReadAll) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("good.txt", TEXT)
    assert outcome(read_file("a.zip", out.getvalue())) == {"link.txt": "link", "good.txt": "read"}


@pytest.mark.parametrize(
    "inner", [make_zip({"a.txt": TEXT}), make_tar({"a.txt": TEXT}), make_tar({"a.txt": TEXT}, packed=True)]
)
@pytest.mark.parametrize("name", ARCHIVES)
def test_attack_34_an_archive_within_an_archive_is_refused(read_file: ReadAll, name: str, inner: bytes) -> None:
    suffix = {b"PK": "zip", b"\x1f\x8b": "tar.gz"}.get(inner[:2], "tar")
    items = read_file(name, ARCHIVES[name]({f"inner.{suffix}": inner, "good.txt": TEXT}))
    assert outcome(items) == {f"inner.{suffix}": "nested", "good.txt": "read"}


def make_hollow_zip(count: int, claimed: int) -> bytes:
    """A zip of `count` empty members whose end record claims another number."""
    names = [f"{number:06}.txt".encode() for number in range(count)]
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 0, 0, 0, 0, 0, 0, 10, 0)
    entry = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0, 0, 0, 0, 0)
    body = b"".join(local + name for name in names)
    listing = b"".join(entry + name for name in names)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, claimed, claimed, len(listing), len(body), 0)
    return body + listing + end


@pytest.mark.parametrize(("count", "claimed"), [(100_000, 0xFFFF), (100_000, 10), (20_000, 20_000)])
def test_attack_34_a_zip_of_very_many_members_is_refused_whole(tmp_path: Path, count: int, claimed: int) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(make_hollow_zip(count, claimed))
    (item,) = read_path(path)
    assert isinstance(item, Rejected)
    assert item.code == "too_many"


def test_attack_34_a_tar_of_a_million_members_is_refused_whole(tmp_path: Path) -> None:
    one = make_tar({"a.txt": b""})[:512]
    path = tmp_path / "a.tar.gz"
    path.write_bytes(gzip.compress(one * 10_000) * 100 + gzip.compress(b"\0" * 1024))
    (item,) = read_path(path)
    assert isinstance(item, Rejected)
    assert item.code == "too_many"


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz"])
def test_attack_34_members_that_unpack_to_too_much_are_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(ARCHIVES[name]({"good.txt": TEXT, "bomb.txt": b"a" * 30_000_000}))
    items = list(read_path(path, Settings(most_bytes=1_000_000)))
    assert outcome(items) == {"good.txt": "read", "bomb.txt": "too_large"}


def test_attack_34_a_zip_that_lies_about_a_size_is_still_bounded(tmp_path: Path) -> None:
    content = bytearray(make_zip({"bomb.txt": b"a" * 30_000_000}))
    at = content.rindex(b"PK\1\2")
    content[at + 24 : at + 28] = struct.pack("<L", 100)  # the listing's uncompressed size
    path = tmp_path / "a.zip"
    path.write_bytes(bytes(content))
    (item,) = read_path(path, Settings(most_bytes=1_000_000))
    assert isinstance(item, Rejected)
    assert item.code in ("damaged", "too_large")


def test_attack_34_all_members_together_are_bounded(tmp_path: Path) -> None:
    members = {f"{number}.txt": TEXT * 10_000 for number in range(9)}
    for name in ("a.zip", "a.tar.gz"):
        path = tmp_path / name
        path.write_bytes(ARCHIVES[name](members))
        items = list(read_path(path, Settings(), Limits(unpacked_bytes=3_000_000)))
        assert sum(isinstance(item, Document) for item in items) <= 3
        assert "too_large" in outcome(items).values()


def test_attack_34_a_tar_header_that_claims_any_size_costs_no_memory(reject_one: Reject) -> None:
    member = tarfile.TarInfo("pax")
    member.type, member.size = tarfile.XHDTYPE, 8_000_000_000
    header = member.tobuf(tarfile.GNU_FORMAT)
    assert reject_one("a.tar", header + b"\0" * 2048).code in ("too_large", "truncated", "damaged")


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz"])
@pytest.mark.parametrize("share", [0.2, 0.4, 0.6])
def test_archives_that_break_off_are_reported(read_file: ReadAll, name: str, share: float) -> None:
    content = ARCHIVES[name]({f"{number}.txt": os.urandom(900).hex().encode() + TEXT for number in range(5)})
    items = read_file(name, content[: int(len(content) * share)])
    assert [item.code for item in items if isinstance(item, Rejected)] != []
    assert set(outcome(items).values()) <= {"read", "truncated", "damaged"}


def test_a_damaged_member_of_a_zip_fails_alone(read_file: ReadAll) -> None:
    content = bytearray(make_zip({"bad.txt": TEXT * 3, "good.txt": TEXT}))
    content[45:55] = b"\xff" * 10
    assert outcome(read_file("a.zip", bytes(content))) == {"bad.txt": "damaged", "good.txt": "read"}


def test_an_encrypted_member_is_refused(read_file: ReadAll) -> None:
    content = bytearray(make_zip({"a.txt": TEXT}))
    for mark, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        content[content.index(mark) + offset] |= 1
    assert outcome(read_file("a.zip", bytes(content))) == {"a.txt": "encrypted"}


def test_files_packed_in_several_members_are_read_whole(read_file: ReadAll) -> None:
    whole = make_tar({f"{number}.txt": TEXT for number in range(30)})
    parts = b"".join(gzip.compress(whole[at : at + 5_000]) for at in range(0, len(whole), 5_000))
    assert len(outcome(read_file("a.tar.gz", parts))) == 30
    (item,) = read_file("a.txt.gz", gzip.compress(TEXT) + gzip.compress(b" More words.") + b"\0\0")
    assert isinstance(item, Document)
    assert item.text.encode() == TEXT + b" More words."


def test_one_packed_file_is_read_as_what_it_is(read_file: ReadAll, make_page: Page) -> None:
    assert outcome(read_file("a.html.gz", gzip.compress(make_page().encode()))) == {
        outcome_name(read_file, "a.html.gz"): "read"
    }
    items = read_file("a.jsonl.gz", gzip.compress(b'{"text": "The bridge stays shut, she said."}\n'))
    assert [item.path.split("/")[-1] for item in items] == ["a.jsonl.gz#1"]


def outcome_name(read_file: ReadAll, name: str) -> str:
    """The path under which a file of that name is read in this test's folder."""
    (item,) = read_file(f"probe-{name}", b"")
    return item.path.replace("probe-", "")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (gzip.compress(TEXT)[:-12], "truncated"),
        (gzip.compress(gzip.compress(TEXT)), "wrong_type"),
        (gzip.compress(b"a" * 3_000_000), "too_large"),
        (b"\x1f\x8b\x08" + b"\xff" * 30, "damaged"),
        (gzip.compress(b""), "empty"),
    ],
)
def test_packed_files_that_cannot_be_read_are_refused(reject_one: Reject, content: bytes, code: str) -> None:
    assert reject_one("a.txt.gz", content, most_bytes=1_000_000).code == code
