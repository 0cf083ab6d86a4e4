"""A path → its documents, whatever the format; what cannot be read is Rejected with a code and one line."""

from collections.abc import Iterator
from pathlib import Path

from onrecord.errors import ReadingError
from onrecord.reading.decoding import decode_text
from onrecord.reading.extracts import Extract, form_document, hash_bytes
from onrecord.reading.inputs import read_bytes, shown_path
from onrecord.reading.kinds import HEAD, Kind, find_kind
from onrecord.reading.parser import shared_parser
from onrecord.records.documents import Document, Rejected
from onrecord.settings import Settings


def read_path(path: Path, settings: Settings | None = None) -> Iterator[Document | Rejected]:
    """The documents of a file, or of standard input for `-`. Never raises for what the bytes are."""
    settings = settings or Settings()
    try:
        yield from read_raw(read_bytes(path, settings.most_bytes), shown_path(path), settings)
    except ReadingError as error:
        yield Rejected(shown_path(path), "reading", error.code, str(error))


def read_raw(raw: bytes, path: str, settings: Settings) -> Iterator[Document | Rejected]:
    """The documents of some bytes. Raises ReadingError where nothing of them can be read."""
    kind = find_kind(path, raw[:HEAD])
    raw_hash = hash_bytes(raw)
    if kind is Kind.TEXT:
        yield read_plain(raw, path)
    elif kind is Kind.HTML:
        for extract in shared_parser(settings).parse("html", raw, path):
            yield form_document(extract, path, raw_hash)
    else:
        raise ReadingError(f"{path}: {kind} cannot be read yet", code="wrong_type")


def read_plain(raw: bytes, path: str) -> Document:
    """A file of bare text."""
    decoded = decode_text(raw, path)
    return form_document(Extract(decoded.text, notes=decoded.notes), path, hash_bytes(raw))


def read_text(text: str, path: str) -> Document:
    """A Document from text that is decoded already; its raw hash is that of its UTF-8 bytes.

    Raises ReadingError `no_text`, `wrong_type` or `bad_text`.
    """
    raw_hash = hash_bytes(text.encode("utf-8", errors="surrogatepass"))
    return form_document(Extract(text), path, raw_hash)
