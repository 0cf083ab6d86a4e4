"""WARC files → their records, one at a time, with bounded memory and resynchronisation after damage.

The usual readers stop without a word at the first damaged byte. Here a gzip member or record that cannot be read fails
alone: the search goes on for the next one, and a file that breaks off is reported as truncated.
"""

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from onrecord.errors import ReadingError

GZIP = b"\x1f\x8b\x08"
START = re.compile(rb"WARC/\d\.\d+\r?\n")
HEADER_END = re.compile(rb"\r?\n\r?\n")
NEXT = re.compile(rb"\n(?=WARC/\d\.\d+\r?\n)")
LONGEST_HEADER = 65_536  # bytes
CHUNK = 65_536
ARTICLES = ("response", "resource", "conversion")  # records that can hold a page; the others are about requests
PROBE = 512  # unpacked bytes that show whether a gzip mark is the start of a member


@dataclass(frozen=True, slots=True)
class Record:
    """One record: where it (or its gzip member) stands in the file, and its bytes, or what is wrong with it."""

    at: int
    raw: bytes
    problem: str = ""
    code: str = ""


def read_records(stream: BinaryIO, most_bytes: int) -> Iterator[Record]:
    """All records that may hold a page, and one problem for each that cannot be read. stream: seekable.

    most_bytes: largest record, unpacked; a larger one is a problem and costs no more memory than this.
    """
    start = stream.read(len(GZIP))
    stream.seek(0)
    records = _read_members(stream, most_bytes) if start == GZIP else _read_plain(stream, most_bytes)
    for record in records:
        if record.problem or _may_hold_page(record.raw):
            yield record


def _may_hold_page(raw: bytes) -> bool:
    kind = re.search(rb"(?im)^WARC-Type:[ \t]*([\w-]+)", raw[:LONGEST_HEADER])
    return kind is None or kind.group(1).decode().lower() in ARTICLES


# -- gzip, one member a record


def _read_members(stream: BinaryIO, most_bytes: int) -> Iterator[Record]:
    at: int | None = 0
    while at is not None:
        stream.seek(at)
        try:
            raw, after, whole = _unpack(stream, at, most_bytes)
        except ReadingError as error:
            yield Record(at, b"", str(error), error.code)
            at = _find_member(stream, at + 1)
            continue
        yield from _records_of_member(raw, at, whole, most_bytes)
        at = _skip_padding(stream, after)


def _unpack(stream: BinaryIO, at: int, most_bytes: int) -> tuple[bytes, int, bool]:
    """The member's first `most_bytes` unpacked bytes, where the next member starts, and whether that was all.

    Raises ReadingError `truncated` where the file ends within the member, `damaged` where it cannot be unpacked.
    """
    unpacker = zlib.decompressobj(wbits=31)
    kept = bytearray()
    length = 0
    read = 0
    while not unpacker.eof:
        packed = unpacker.unconsumed_tail or stream.read(CHUNK)
        if not packed:
            raise ReadingError("the file ends within a record", code="truncated")
        read += len(packed) if not unpacker.unconsumed_tail else 0
        try:
            piece = unpacker.decompress(packed, CHUNK * 16)
        except zlib.error as error:
            raise ReadingError(f"a record cannot be unpacked: {error}", code="damaged") from error
        length += len(piece)
        kept += piece[: most_bytes - len(kept)]
    return bytes(kept), at + read - len(unpacker.unused_data), length <= most_bytes


def _records_of_member(raw: bytes, at: int, whole: bool, most_bytes: int) -> Iterator[Record]:
    """The records in an unpacked member: one by the standard, many where a whole file was packed at once."""
    for record in _read_plain(io.BytesIO(raw), most_bytes):
        if record.problem and not whole:
            reason = f"a record unpacks to more than {most_bytes:,} bytes"
            yield Record(at, b"", reason, "too_large")
        else:
            yield Record(at + record.at, record.raw, record.problem, record.code)


def _skip_padding(stream: BinaryIO, at: int) -> int | None:
    """Where the next member starts; None at the end of the file. Zero bytes between members are padding."""
    stream.seek(at)
    while piece := stream.read(PROBE):
        rest = piece.lstrip(b"\0")
        if rest:
            return at + len(piece) - len(rest)
        at += len(piece)
    return None


def _find_member(stream: BinaryIO, at: int) -> int | None:
    """The next place from `at` on where a gzip member with a record starts."""
    stream.seek(at)
    held = b""
    while True:
        piece = stream.read(CHUNK)
        held += piece
        found = held.find(GZIP)
        while found >= 0:
            if _starts_record(stream, at + found):
                return at + found
            found = held.find(GZIP, found + 1)
        if not piece:
            return None
        at += max(0, len(held) - len(GZIP) + 1)
        held = held[-(len(GZIP) - 1) :]
        stream.seek(at + len(held))


def _starts_record(stream: BinaryIO, at: int) -> bool:
    stream.seek(at)
    try:
        return START.match(zlib.decompressobj(wbits=31).decompress(stream.read(CHUNK), PROBE)) is not None
    except zlib.error:
        return False


# -- records as they are


def _read_plain(stream: BinaryIO, most_bytes: int) -> Iterator[Record]:
    size = stream.seek(0, io.SEEK_END)
    at: int | None = _skip_blank(stream, 0, size)
    while at is not None:
        try:
            raw, after = _read_record(stream, at, size, most_bytes)
        except ReadingError as error:
            yield Record(at, b"", str(error), error.code)
            at = _find_record(stream, at + 1)
            continue
        if raw:
            yield Record(at, raw)
        else:
            yield Record(at, b"", f"a record is larger than {most_bytes:,} bytes", "too_large")
        at = _skip_blank(stream, after, size)


def _read_record(stream: BinaryIO, at: int, size: int, most_bytes: int) -> tuple[bytes, int]:
    """The record's bytes (none if it is too large) and where it ends.

    Raises ReadingError `damaged` for no header, `wrong_length` or `truncated` where its length does not fit the file.
    """
    stream.seek(at)
    header = stream.read(LONGEST_HEADER)
    end = HEADER_END.search(header)
    if not START.match(header) or not end:
        raise ReadingError("needed a WARC record, got something else", code="damaged" if end else "truncated")
    length = re.search(rb"(?im)^Content-Length:[ \t]*(\d{1,15})[ \t]*\r?$", header[: end.end()])
    if not length:
        raise ReadingError("needed a record with its length, got one without", code="damaged")
    after = at + end.end() + int(length.group(1))
    _check_length(stream, at + end.end(), after, size)
    if after - at > most_bytes:
        return b"", after
    stream.seek(at)
    return stream.read(after - at), after


def _check_length(stream: BinaryIO, content: int, after: int, size: int) -> None:
    """A record ends with two line ends and another record or the end of the file."""
    if after > size:
        code = "truncated" if _find_record(stream, content) is None else "wrong_length"
        raise ReadingError("a record is longer than the file, or its length is wrong", code=code)
    stream.seek(after)
    closing = stream.read(32).lstrip(b"\r\n\0")
    if closing and not closing.startswith(b"WARC/"):
        raise ReadingError("a record's length is wrong", code="wrong_length")


def _skip_blank(stream: BinaryIO, at: int, size: int) -> int | None:
    """Where the next record starts after line ends and padding; None at the end."""
    while at < size:
        stream.seek(at)
        piece = stream.read(CHUNK)
        rest = piece.lstrip(b"\r\n\0")
        if rest:
            return at + len(piece) - len(rest)
        at += len(piece)
    return None


def _find_record(stream: BinaryIO, at: int) -> int | None:
    """The next place from `at` on where a line starts a record."""
    stream.seek(at)
    held = b""
    while True:
        piece = stream.read(CHUNK)
        held += piece
        found = NEXT.search(held)
        if found:
            return at + found.end()
        if not piece:
            return None
        keep = min(len(held), 16)  # a start may lie across two pieces
        at += len(held) - keep
        held = held[-keep:]
