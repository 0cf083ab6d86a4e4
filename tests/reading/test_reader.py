# ruff: noqa: E501 - tables of cases read better unbroken
"""Any path, any bytes: documents and Rejected, nothing else; parsers are held to their limits."""

import io
import os
import signal
import sys
import time
import unicodedata
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.errors import ReadingError
from onrecord.reading import read_path, read_text
from onrecord.reading.kinds import Kind, find_kind
from onrecord.reading.parser import Parser, shared_parser
from onrecord.reading.reader import read_raw
from onrecord.records.documents import Document, Rejected, hash_text
from onrecord.records.spans import quote_span
from onrecord.settings import Settings

Read = Callable[..., Document]
Reject = Callable[..., Rejected]
Page = Callable[..., str]

TEXT = "Bridge\xa0stays shut\r\n\r\n  “No,” said Ana\xa0Orel .\u2028She left.\t\r\n"


def test_the_text_of_a_file_is_kept_exactly(read_one: Read) -> None:
    document = read_one("a.txt", TEXT)
    assert document.text == TEXT
    assert document.id == hash_text(TEXT)
    assert document.raw_hash == sha256(TEXT.encode()).hexdigest()


def test_standard_input_is_read_and_told_by_its_content(monkeypatch: pytest.MonkeyPatch, make_page: Page) -> None:
    for content, title in ((TEXT, "Bridge stays shut"), (make_page(), "Arvelsk keeps bridge shut")):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content.encode())))
        (document,) = read_path(Path("-"))
        assert isinstance(document, Document)
        assert (document.path, document.title) == ("-", title)


KINDS = [
    ("a.txt", b"words", Kind.TEXT),
    ("a", b"words", Kind.TEXT),
    ("a.TXT", b"  <!DOCTYPE html><p>", Kind.HTML),
    ("a", b"\xef\xbb\xbf<?xml version='1.0'?><!-- x --><html>", Kind.HTML),
    ("a", b"<rss version='2.0'>", Kind.FEED),
    ("a.xml", b"<feed>", Kind.FEED),
    ("a.html", b"words", Kind.HTML),
    ("a", b"From: a@b\r\nSubject: x\r\n\r\nwords", Kind.EML),
    ("a", b"From: a@b\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n", Kind.MHTML),
    ("a.txt", b"From: the harbour\nTo: the bridge\n", Kind.TEXT),
    ("a", b'{"text": "x"}\n{"text": "y"}\n', Kind.JSONL),
    ("a", b'{"text": "x"}', Kind.JSON),
    ("a", b"WARC/1.0\r\n", Kind.WARC),
    ("a.warc.gz", b"\x1f\x8b\x08", Kind.WARC),
    ("a.gz", b"\x1f\x8b\x08", Kind.GZIP),
    ("a.tgz", b"\x1f\x8b\x08", Kind.TAR),
    ("a.docx", b"PK\x03\x04", Kind.DOCX),
    ("a", b"PK\x03\x04", Kind.ZIP),
    ("2031.03.04", b"words", Kind.TEXT),
    ("a.b/c", b"words", Kind.TEXT),
]


@pytest.mark.parametrize(("name", "head", "kind"), KINDS)
def test_kinds_are_told_by_content_and_name(name: str, head: bytes, kind: Kind) -> None:
    assert find_kind(name, head) is kind


STRINGS = [
    "Cafe\u0301 said é",
    "👩\u200d🚀 said “go”",
    "𝒜𝒷 – 𐍈 said",
    "\u202eopen\u202c",
    "ß ŉ ﬁ İ said no",
    "e\u0301" * 50,
]


@pytest.mark.parametrize("text", STRINGS)
def test_attack_27_no_character_is_normalised_and_spans_quote_themselves(read_one: Read, text: str) -> None:
    body = f"Title of it\n{text}, she told the town.\n"
    document = read_one("a.txt", body)
    assert document.text == body
    assert unicodedata.normalize("NFC", body) == body or document.text != unicodedata.normalize("NFC", body)
    assert [quote_span(document.text, part.span) for part in document.parts][-1] == f"{text}, she told the town."


@pytest.mark.parametrize("text", ["said\0no", "half \ud800 pair", "", " \n", "12 : 7"])
def test_text_that_cannot_be_stored_is_refused(text: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read_text(text, "a")
    assert caught.value.code in ("wrong_type", "bad_text", "no_text")


def test_attack_20_a_page_of_10_mb_is_done_in_time_or_refused(tmp_path: Path, make_page: Page) -> None:
    path = tmp_path / "a.html"
    path.write_text(make_page(["The council said so, and nobody in the town answered it. " * 10] * 17_000))
    started = time.monotonic()
    (item,) = read_path(path, Settings(parse_seconds=2.0))
    assert time.monotonic() - started < 10
    assert isinstance(item, Document) or item.code == "timeout"


def test_attack_20_a_parser_that_takes_too_long_is_ended_and_the_next_page_is_read(
    tmp_path: Path, make_page: Page
) -> None:
    slow, good = tmp_path / "slow.html", tmp_path / "good.html"
    slow.write_text(make_page(["The council said so. " * 10] * 20_000))
    good.write_text(make_page())
    limits = Settings(parse_seconds=0.4)
    (refused,) = read_path(slow, limits)
    (read,) = read_path(good, limits)
    assert isinstance(refused, Rejected)
    assert refused.code == "timeout"
    assert isinstance(read, Document)


def test_attack_46_a_parser_short_of_memory_is_refused_and_the_next_page_is_read(
    tmp_path: Path, make_page: Page
) -> None:
    big, good = tmp_path / "big.html", tmp_path / "good.html"
    big.write_text(make_page(["<b>a</b>" * 100] * 20_000))
    good.write_text(make_page())
    limits = Settings(parse_bytes=300_000_000, parse_seconds=20.0)
    (refused,) = read_path(big, limits)
    (read,) = read_path(good, limits)
    assert isinstance(refused, Rejected)
    assert refused.code in ("memory", "unreadable", "crashed")
    assert isinstance(read, Document)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
def test_attack_46_a_parser_that_dies_costs_one_file(number: signal.Signals, make_page: Page) -> None:
    parser = Parser(Settings(parse_seconds=5.0))
    try:
        page = make_page().encode()
        assert parser.parse("html", page).extracts
        assert parser.pid is not None
        os.kill(parser.pid, number)
        with pytest.raises(ReadingError) as caught:
            parser.parse("html", page)
        assert caught.value.code in ("memory", "crashed")
        assert parser.parse("html", page).extracts
    finally:
        parser.close()


def test_an_interrupted_question_leaves_no_stale_answer(make_page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    parser = Parser(Settings())

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    try:
        parser.parse("html", make_page(title="First of all").encode())
        with monkeypatch.context() as patched:
            patched.setattr("onrecord.reading.parser.receive_message", interrupt)
            with pytest.raises(KeyboardInterrupt):
                parser.parse("html", make_page(title="Never asked again").encode())
        assert parser.parse("html", make_page(title="Asked last").encode()).extracts[0].title == "Asked last"
    finally:
        parser.close()


def test_a_fork_leaves_its_parents_parser_alone(make_page: Page) -> None:
    parser = Parser(Settings())
    try:
        parser.parse("html", make_page().encode())
        child = os.fork()
        if child == 0:  # as a worker process would at its end
            parser.close()
            os._exit(0)
        os.waitpid(child, 0)
        before = parser.pid
        assert parser.parse("html", make_page().encode()).extracts
        assert parser.pid == before
    finally:
        parser.close()


def test_a_parser_is_replaced_after_many_files(monkeypatch: pytest.MonkeyPatch, make_page: Page) -> None:
    monkeypatch.setattr("onrecord.reading.parser.MOST_FILES", 2)
    parser = Parser(Settings())
    try:
        children = set()
        for _ in range(4):
            parser.parse("html", make_page().encode())
            children.add(parser.pid)
        assert len(children) == 2
    finally:
        parser.close()


def test_one_child_serves_many_files() -> None:
    assert shared_parser(Settings()) is shared_parser(Settings())


def test_a_child_never_imports_from_the_folder_it_is_run_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_page: Page
) -> None:
    (tmp_path / "trafilatura.py").write_text("raise SystemExit('hijacked')")
    monkeypatch.chdir(tmp_path)
    parser = Parser(Settings())
    try:
        assert parser.parse("html", make_page().encode()).extracts
    finally:
        parser.close()


NAMES = ["a.txt", "a.html", "a.md", "a.json", "a.jsonl", "a.csv", "a.rss", "a.eml", "a.mhtml", "a.pdf", "a.docx", "a.warc", "a.warc.gz", "a.zip", "a.tar", "a.tar.gz", "a.gz", "a"]  # fmt: skip
STARTS = [b"", b"%PDF-1.4\n", b"PK\x03\x04", b"\x1f\x8b\x08", b"WARC/1.0\r\n", b"<html>", b"<rss>", b"From: a\nTo: b\n\n", b'{"text":', b"text\n", b"---\n"]  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(NAMES), st.sampled_from(STARTS), st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))))  # fmt: skip
def test_reading_any_bytes_gives_documents_and_refusals_only(name: str, start: bytes, rest: bytes) -> None:
    for item in read_raw(start + rest, name):
        if isinstance(item, Rejected):
            assert item.code
            assert item.stage == "reading"
            assert item.reason
        else:
            assert item.id == hash_text(item.text)
            assert all(quote_span(item.text, part.span).strip() for part in item.parts)


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_reading_text_never_changes_it(text: str) -> None:
    if not any(character.isalpha() for character in text):
        with pytest.raises(ReadingError, match="found none"):
            read_text(text, "a")
        return
    document = read_text(text, "a")
    assert document.text == text
    assert document == read_text(text, "a")
