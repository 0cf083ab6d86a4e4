"""A short run of every harness: its seeds, hostile changes of them, and every input that once broke something."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fuzz.corpus import seeds_of
from tests.fuzz.harnesses import HARNESSES, spans_in

from onrecord.records.spans import Span

CRASHES = Path(__file__).with_name("crashes")
# Pieces that parsers trip over: ends, openings, half characters, odd numbers, other formats' beginnings.
PIECES = (
    b"", b"\0", b"<", b"</", b"<!--", b"<![CDATA[", b"]]>", b"&#x110000;", b"&amp;&lt;", b'"', b"\\ud800", b"\\u0000",
    b"1e999", b"-" * 40, b"\xff\xfe", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\xf0\x9f\x91", b"\r\n\r\n",
    b"\x1f\x8b\x08\x00",
    b"WARC/1.0\r\n", b"Content-Length: 99999999999\r\n", b"Content-Length: -1\r\n", b"\xc2\xa0", b"e\xcc\x81" * 9,
    b"<item>", b"<title>", b"{" * 60, b"[" * 60, b"NaN", b"31 February 2031", b"99 per cent of",
    b"\xe2\x80\x9c", b"\xe2\x80\x9d",
)  # fmt: skip


@st.composite
def changed(draw: st.DrawFn, seeds: tuple[bytes, ...]) -> bytes:
    """A seed with stretches cut out, doubled, or replaced by hostile pieces."""
    raw = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(raw)))
        end = min(len(raw), start + draw(st.integers(0, 60)))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=12) | st.just(raw[start:end] * 2))
        raw = raw[:start] + piece + raw[end:]
    return raw


@pytest.mark.parametrize("name", list(HARNESSES))
def test_seeds_are_taken(name: str) -> None:
    seeds = seeds_of(name)
    assert len(seeds) >= 3
    for seed in seeds:
        HARNESSES[name](seed)


@pytest.mark.parametrize("name", list(HARNESSES))
def test_hostile_changes_of_the_seeds_are_taken(name: str) -> None:
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(changed(seeds_of(name)))
    def run(raw: bytes) -> None:
        HARNESSES[name](raw)

    run()


@pytest.mark.parametrize("name", list(HARNESSES))
def test_any_bytes_are_taken(name: str) -> None:
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.binary(max_size=400))
    def run(raw: bytes) -> None:
        HARNESSES[name](raw)

    run()


@pytest.mark.parametrize("path", sorted(CRASHES.glob("*/*")), ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_once_broke_something_is_taken(path: Path) -> None:
    HARNESSES[path.parent.name](path.read_bytes())


def test_spans_are_found_however_deep() -> None:
    assert list(spans_in(((Span(0, 1), (Span(2, 3),)), "x", None))) == [Span(0, 1), Span(2, 3)]
