"""One WARC record → the article of the page in it. Runs in the child process.

Addresses in a record are text and are never fetched.
"""

import io
from collections.abc import Iterator
from dataclasses import replace

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from onrecord.errors import ReadingError
from onrecord.reading.days import published_by
from onrecord.reading.decoding import decode_text
from onrecord.reading.extracts import Extract
from onrecord.reading.links import web_address
from onrecord.reading.pages import parse_page
from onrecord.records.documents import Candidate

PAGES = ("text/html", "application/xhtml+xml")
MOST_PAYLOAD = 50_000_000  # bytes of a page after its transfer and content coding are undone


def parse_record(raw: bytes) -> Iterator[Extract]:
    """The page or text in a record; nothing for pictures, scripts, redirects and errors.

    Raises ReadingError `bad_digest`, `damaged`, `too_large`, or what reading the page raises.
    """
    try:
        yield from _read_pages(raw)
    except OSError as error:
        raise ReadingError(f"needed a whole WARC record: {error}", code="damaged") from error


def _read_pages(raw: bytes) -> Iterator[Extract]:
    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    for record in ArchiveIterator(io.BytesIO(raw), record_types=kinds, parse_http=False):
        _check_digest(record)
        if record.is_http:
            record.parse_http(auto_decode="all")
        yield from _read_payload(record)


def _check_digest(record: WarcRecord) -> None:
    """What was stored is what was captured, where the record says so."""
    if not (record.headers.get("WARC-Block-Digest") or "").lower().startswith("sha1:"):
        return  # other algorithms are allowed but not computed here
    record.freeze()
    if not record.verify_block_digest():
        raise ReadingError("the record's block digest does not fit its content", code="bad_digest")


def _read_payload(record: WarcRecord) -> Iterator[Extract]:
    if record.http_headers is not None and record.http_headers.status_code not in (200, 203):
        return
    kind = (record.http_content_type or record.headers.get("Content-Type") or "").split(";")[0].strip().lower()
    plain = kind == "text/plain" and record.record_type in (WarcRecordType.conversion, WarcRecordType.resource)
    if kind not in PAGES and not plain:
        return
    payload = record.reader.read(MOST_PAYLOAD + 1)
    if len(payload) > MOST_PAYLOAD:
        raise ReadingError(f"needed a page of at most {MOST_PAYLOAD:,} bytes, got more", code="too_large")
    address = web_address((record.headers.get("WARC-Target-URI") or "").strip("<>"))
    charset = record.http_charset if record.http_headers is not None else None
    extract = _read_text(payload, charset) if plain else parse_page(payload, charset, address)
    captured = Candidate("captured", (record.headers.get("WARC-Date") or "")[:40], "warc")
    yield replace(
        extract,
        url=extract.url or address,
        published=published_by(extract.published, captured.value, "fetched"),
        candidates=(*extract.candidates, captured),
    )


def _read_text(payload: bytes, charset: str | None) -> Extract:
    decoded = decode_text(payload, charset)
    return Extract(decoded.text, notes=decoded.notes)
