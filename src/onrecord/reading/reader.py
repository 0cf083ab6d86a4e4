"""A path → its documents, whatever the format; what cannot be read is Rejected with a code and one line."""

import io
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import ReadingError
from onrecord.reading.archives import Member, read_tar, read_zip
from onrecord.reading.days import published_by
from onrecord.reading.decoding import decode_text
from onrecord.reading.extracts import Extract, Parsed, form_document, hash_bytes
from onrecord.reading.fetched import Fetched
from onrecord.reading.gzips import GzipStream
from onrecord.reading.inputs import STDIN, open_plain, shown_path
from onrecord.reading.kinds import HEAD, Kind, find_kind
from onrecord.reading.limits import Limits
from onrecord.reading.markdown import parse_markdown
from onrecord.reading.parser import shared_parser
from onrecord.reading.warc import read_records
from onrecord.records.documents import Candidate, Document, Rejected
from onrecord.settings import Settings

Found = Iterator[Document | Rejected]

# Formats that the child process parses, and its name for them.
PARSED = {
    Kind.HTML: "html",
    Kind.JSON: "json",
    Kind.CSV: "csv",
    Kind.FEED: "feed",
    Kind.EML: "mail",
    Kind.MHTML: "mhtml",
    Kind.PDF: "pdf",
    Kind.DOCX: "docx",
}
# What servers call the formats that a fetch is for; other types are told by their first bytes.
CONTENT_TYPES = {
    "text/html": Kind.HTML,
    "application/xhtml+xml": Kind.HTML,
    "application/rss+xml": Kind.FEED,
    "application/atom+xml": Kind.FEED,
    "application/xml": Kind.FEED,
    "text/xml": Kind.FEED,
    "application/pdf": Kind.PDF,
    "application/json": Kind.JSON,
}
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# Formats read piece by piece: their files may be larger than any single article.
STREAMED = frozenset({Kind.JSONL, Kind.WARC, Kind.ZIP, Kind.TAR, Kind.GZIP})


@dataclass(frozen=True, slots=True)
class Source:
    """Where bytes come from: the path as shown, what they may cost, and whether they lie in an archive already."""

    path: str
    settings: Settings
    limits: Limits
    nested: bool = False

    def at(self, place: str) -> str:
        """The path of a line, item, member or record of this source."""
        return f"{self.path}#{place}" if place else self.path


def read_path(path: Path, settings: Settings | None = None, limits: Limits | None = None) -> Found:
    """The documents of a file, or of standard input for `-`. Never raises for what the bytes are."""
    source = Source(shown_path(path), settings or Settings(), limits or Limits())
    try:
        with _open(path, source.settings.most_bytes) as stream:
            yield from _guarded(read_stream(stream, source), source)
    except ReadingError as error:
        yield _reject(error, source.path)
    except OSError as error:
        yield Rejected(source.path, "reading", "unreadable", f"{source.path}: {error.strerror or error}")


def read_text(text: str, path: str) -> Document:
    """A Document from text that is decoded already; its raw hash is that of its UTF-8 bytes.

    Raises ReadingError `no_text`, `wrong_type` or `bad_text`.
    """
    raw_hash = hash_bytes(text.encode("utf-8", errors="surrogatepass"))
    return form_document(Extract(text), path, raw_hash)


def read_raw(raw: bytes, path: str, settings: Settings | None = None, limits: Limits | None = None) -> Found:
    """The documents of bytes that were handed over; `path` names them and hints at their kind."""
    source = Source(path, settings or Settings(), limits or Limits())
    yield from _guarded(read_stream(io.BytesIO(raw), source), source)


def read_fetched(fetched: Fetched, settings: Settings | None = None, limits: Limits | None = None) -> Found:
    """The documents of what a server sent; its content type tells the kind, its address and time are kept."""
    source = Source(fetched.url, settings or Settings(), limits or Limits())
    for item in _guarded(_read_answer(fetched, source), source):
        if isinstance(item, Document):
            stamp = Candidate("fetched", fetched.fetched_at, fetched.url)
            yield replace(
                item,
                url=item.url or fetched.url,
                published=published_by(item.published, stamp.value, "fetched"),
                candidates=(*item.candidates, stamp),
            )
        else:
            yield item


def _read_answer(fetched: Fetched, source: Source) -> Found:
    kind = CONTENT_TYPES.get(fetched.content_type)
    if kind is None:
        yield from read_stream(io.BytesIO(fetched.body), source)
    elif kind is Kind.HTML:
        options = {"url": fetched.url, **({"charset": fetched.charset} if fetched.charset else {})}
        parsed = shared_parser(source.settings).parse("html", fetched.body, **options)
        yield from _form_all(parsed, source, fetched.body)
    else:
        yield from _read_whole(kind, fetched.body, source)


def _open(path: Path, most_bytes: int) -> BinaryIO:
    """The file, or standard input held in memory, since archives need to be searched back and forth."""
    if path != STDIN:
        return open(open_plain(path), "rb")
    raw = sys.stdin.buffer.read(most_bytes + 1)
    return io.BytesIO(raw)


def _guarded(found: Found, source: Source) -> Found:
    """What was found up to the error that ends a file, and that error as Rejected."""
    try:
        yield from found
    except ReadingError as error:
        yield _reject(error, source.path)


def _reject(error: ReadingError, path: str) -> Rejected:
    reason = str(error)
    return Rejected(path, "reading", error.code, reason if reason.startswith(path) else f"{path}: {reason}")


def read_stream(stream: BinaryIO, source: Source) -> Found:
    """The documents of a seekable stream. Raises ReadingError for what ends the file as a whole."""
    head = stream.read(HEAD)
    stream.seek(0)
    if not head:
        raise ReadingError("needed text, got an empty file", code="empty")
    kind = find_kind(source.path, head)
    if kind in STREAMED:
        yield from _read_streamed(kind, stream, source)
    else:
        yield from _read_whole(kind, _read_all(stream, source.settings.most_bytes), source)


def _read_all(stream: BinaryIO, most_bytes: int) -> bytes:
    raw = stream.read(most_bytes + 1)
    if len(raw) > most_bytes:
        raise ReadingError(f"needed at most {most_bytes:,} bytes, got more", code="too_large")
    return raw


def _read_whole(kind: Kind, raw: bytes, source: Source) -> Found:
    if kind in (Kind.TEXT, Kind.MARKDOWN):
        yield _read_plain(kind, raw, source.path)
        return
    parser = shared_parser(source.settings)
    parsed = parser.parse(PARSED[kind], raw, path=source.path, items=str(source.limits.items))
    yield from _form_all(parsed, source, raw)


def _read_plain(kind: Kind, raw: bytes, path: str) -> Document:
    decoded = decode_text(raw)
    extract = parse_markdown(decoded.text) if kind is Kind.MARKDOWN else Extract(decoded.text)
    return form_document(replace(extract, notes=(*extract.notes, *decoded.notes)), path, hash_bytes(raw))


def _form_all(parsed: Parsed, source: Source, raw: bytes) -> Found:
    raw_hash = hash_bytes(raw)
    for extract in parsed.extracts:
        path = source.at(extract.at)
        try:
            yield form_document(extract, path, raw_hash)
        except ReadingError as error:
            yield _reject(error, path)
    yield from parsed.rejected


def _read_streamed(kind: Kind, stream: BinaryIO, source: Source) -> Found:
    match kind:
        case Kind.JSONL:
            return _read_lines(stream, source)
        case Kind.WARC:
            return _read_warc(stream, source)
        case Kind.GZIP:
            return _read_gzip(stream, source)
        case _:
            return _read_archive(kind, stream, source)


def _read_lines(stream: BinaryIO, source: Source) -> Found:
    """JSON Lines: each line is an article or fails alone."""
    most = source.limits.line_bytes
    number = 0
    while line := stream.readline(most + 1):
        number += 1
        at = source.at(str(number))
        if len(line) > most and not line.endswith(b"\n"):
            _skip_line(stream)
            reason = f"{source.path} line {number}: needed at most {most:,} bytes, got more"
            yield Rejected(at, "reading", "too_large", reason)
        elif line.strip():
            yield from _read_line(line, number, source)


def _skip_line(stream: BinaryIO) -> None:
    while (piece := stream.readline(1_048_576)) and not piece.endswith(b"\n"):
        pass


def _read_line(line: bytes, number: int, source: Source) -> Found:
    try:
        if not line.removeprefix(BYTE_ORDER_MARK).lstrip().startswith(b"{"):
            raise ReadingError("needed a JSON object, got something else", code="bad_json")
        parsed = shared_parser(source.settings).parse("article", line, at=str(number))
    except ReadingError as error:
        reason = f"{source.path} line {number}: {error}"
        yield Rejected(source.at(str(number)), "reading", error.code, reason)
        return
    yield from _form_all(parsed, source, line)


def _read_warc(stream: BinaryIO, source: Source) -> Found:
    """Every record's page; what is damaged fails alone. Raises ReadingError `no_text` where no page was met at all."""
    met = False
    for record in read_records(stream, source.settings.most_bytes):
        path = source.at(str(record.at))
        if record.problem:
            met = True
            yield Rejected(path, "reading", record.code, f"{path}: {record.problem}")
            continue
        for item in _guarded(_read_record(record.raw, path, source), replace(source, path=path)):
            met = True
            yield item
    if not met:
        raise ReadingError("needed a WARC with a page in it, found none", code="no_text")


def _read_record(raw: bytes, path: str, source: Source) -> Found:
    parsed = shared_parser(source.settings).parse("record", raw)
    yield from _form_all(parsed, replace(source, path=path), raw)


def _read_gzip(stream: BinaryIO, source: Source) -> Found:
    """One packed file, or a WARC or tar whose name does not say so."""
    start = _unpack_start(stream, HEAD)
    if start.startswith(b"WARC/"):
        yield from _read_warc(stream, source)
    elif start[257:262] == b"ustar":
        yield from _read_archive(Kind.TAR, stream, source)
    else:
        raw = _unpack_all(stream, source.settings.most_bytes)
        inner = source.path[:-3] if source.path.lower().endswith(".gz") else source.path
        if find_kind(inner, raw[:HEAD]) is Kind.GZIP:
            raise ReadingError("needed a file packed once, got one packed twice", code="nested")
        for item in read_stream(io.BytesIO(raw), replace(source, path=inner)):
            yield replace(item, path=source.path + item.path.removeprefix(inner))


def _unpack_start(stream: BinaryIO, size: int) -> bytes:
    """The first unpacked bytes of a gzip file, as far as they can be had."""
    try:
        return GzipStream(stream).read(size)
    except (zlib.error, EOFError):
        return b""
    finally:
        stream.seek(0)


def _unpack_all(stream: BinaryIO, most_bytes: int) -> bytes:
    """All unpacked bytes of a gzip file. Raises ReadingError `too_large`, `truncated` or `damaged`."""
    try:
        raw = GzipStream(stream).read(most_bytes + 1)
    except zlib.error as error:
        raise ReadingError(f"needed a gzip file: {error}", code="damaged") from error
    except EOFError as error:
        raise ReadingError("the packed file breaks off", code="truncated") from error
    if len(raw) > most_bytes:
        raise ReadingError(f"needed at most {most_bytes:,} bytes, got a file that unpacks to more", code="too_large")
    return raw


def _read_archive(kind: Kind, stream: BinaryIO, source: Source) -> Found:
    if source.nested:
        raise ReadingError("needed articles, got an archive within an archive", code="nested")
    members = read_zip if kind is Kind.ZIP else read_tar
    for member in members(stream, source.limits, source.settings.most_bytes):
        if member.problem or not _is_hidden(member.name):
            yield from _read_member(member, source)


def _is_hidden(name: str) -> bool:
    """What archivers add of their own: `.DS_Store`, `__MACOSX/`."""
    return any(part.startswith(".") and part not in (".", "..") or part == "__MACOSX" for part in name.split("/"))


def _read_member(member: Member, source: Source) -> Found:
    inner = replace(source, path=source.at(shown_path(Path(member.name)) or "?"), nested=True)
    if member.problem:
        yield Rejected(inner.path, "reading", member.code, f"{inner.path}: {member.problem}")
    else:
        yield from _guarded(read_stream(io.BytesIO(member.raw), inner), inner)
