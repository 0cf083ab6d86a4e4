"""What kind of file some bytes are: by their first bytes, then by name. A name may not lie about binary formats."""

import re
from enum import StrEnum
from pathlib import PurePath

from onrecord.errors import ReadingError


class Kind(StrEnum):
    """The formats that are read."""

    TEXT = "text"
    MARKDOWN = "Markdown"
    HTML = "HTML"
    JSON = "JSON"
    JSONL = "JSON Lines"
    CSV = "CSV"
    FEED = "feed"
    EML = "mail"
    MHTML = "MHTML"
    PDF = "PDF"
    DOCX = "DOCX"
    WARC = "WARC"
    ZIP = "zip"
    TAR = "tar"
    GZIP = "gzip"


SUFFIXES = {
    ".txt": Kind.TEXT,
    ".text": Kind.TEXT,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".json": Kind.JSON,
    ".ninjs": Kind.JSON,
    ".jsonl": Kind.JSONL,
    ".ndjson": Kind.JSONL,
    ".csv": Kind.CSV,
    ".tsv": Kind.CSV,
    ".rss": Kind.FEED,
    ".atom": Kind.FEED,
    ".xml": Kind.FEED,
    ".rdf": Kind.FEED,
    ".eml": Kind.EML,
    ".mht": Kind.MHTML,
    ".mhtml": Kind.MHTML,
    ".pdf": Kind.PDF,
    ".docx": Kind.DOCX,
    ".warc": Kind.WARC,
    ".warc.gz": Kind.WARC,
    ".wet": Kind.WARC,
    ".wet.gz": Kind.WARC,
    ".zip": Kind.ZIP,
    ".tar": Kind.TAR,
    ".tar.gz": Kind.TAR,
    ".tgz": Kind.TAR,
    ".gz": Kind.GZIP,
}

HEAD = 4096  # bytes that tell

# First bytes of formats that are no text. None: a format that is not read at all.
MAGIC: tuple[tuple[bytes, str, Kind | None], ...] = (
    (b"%PDF-", "PDF", Kind.PDF),
    (b"PK\x03\x04", "zip", Kind.ZIP),
    (b"PK\x05\x06", "zip", Kind.ZIP),
    (b"\x1f\x8b", "gzip", Kind.GZIP),
    (b"\x89PNG", "PNG picture", None),
    (b"\xff\xd8\xff", "JPEG picture", None),
    (b"GIF8", "GIF picture", None),
    (b"II*\0", "TIFF picture", None),
    (b"MM\0*", "TIFF picture", None),
    (b"ID3\x03", "sound", None),
    (b"ID3\x04", "sound", None),
    (b"\x7fELF", "program", None),
    (b"MZ\x90", "program", None),
    (b"SQLite format 3\0", "SQLite database", None),
    (b"\xd0\xcf\x11\xe0", "old Office file; save it as DOCX", None),
    (b"7z\xbc\xaf", "7z archive", None),
    (b"Rar!\x1a", "RAR archive", None),
    (b"BZh91AY", "bzip2 file", None),
    (b"\xfd7zXZ", "xz file", None),
    (b"\x28\xb5\x2f\xfd", "zstd file", None),
    (b"PAR1", "Parquet file; use `onrecord import`", None),
    (b"{\\rtf", "RTF file; save it as DOCX or text", None),
)
TAR_MAGIC = slice(257, 262)
BINARY = frozenset({Kind.PDF, Kind.DOCX, Kind.ZIP, Kind.TAR, Kind.GZIP})

# First words of text formats, for files whose name tells nothing (standard input) or says only "text".
MAIL_FIELD = rb"(?:from|to|subject|date|received|return-path|message-id|delivered-to|mime-version|content-type)"
ABOVE_ROOT = rb"(?:<\?xml[^>]*>)?\s*(?:<!--.*?-->\s*)*"  # what may stand before the first element
STARTS: tuple[tuple[re.Pattern[bytes], Kind], ...] = (
    (re.compile(rb"(?is)" + ABOVE_ROOT + rb"(?:<!doctype html|<html[\s>])"), Kind.HTML),
    (re.compile(rb"(?is)" + ABOVE_ROOT + rb"<(?:rss|feed|rdf:RDF)[\s>]"), Kind.FEED),
    (re.compile(rb"WARC/\d"), Kind.WARC),
    (re.compile(rb"(?is)" + MAIL_FIELD + rb":.{0,3000}content-type:\s*multipart/related"), Kind.MHTML),
    (re.compile(rb"(?i)(?:" + MAIL_FIELD + rb":[^\n]*\r?\n(?:[ \t][^\n]*\n)*){2}"), Kind.EML),
    (re.compile(rb"\{\s*\"[^\n]*\}\s*\r?\n\s*\{"), Kind.JSONL),
    (re.compile(rb"[\[{]\s*[\"{]"), Kind.JSON),
)
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def find_kind(name: str, head: bytes) -> Kind:
    """The kind of a file of this name that begins with these bytes.

    Raises ReadingError `wrong_type` if the bytes are of a format that is not read, or of another than the name says.
    """
    named = kind_of_name(name)
    label, found = _magic(head)
    if label and found is None:
        raise ReadingError(f"needed an article, got a {label}", code="wrong_type")
    if found:
        return _check_binary(name, named, label, found)
    if named in BINARY:
        raise ReadingError(f"needed a {named} file, as its name says, got something else", code="wrong_type")
    if named in (None, Kind.TEXT):
        return _kind_of_start(head, sure_only=named is Kind.TEXT)
    return named


def kind_of_name(name: str) -> Kind | None:
    """The kind that the name's ending stands for."""
    suffixes = [suffix.lower() for suffix in PurePath(name).suffixes]
    return SUFFIXES.get("".join(suffixes[-2:])) or SUFFIXES.get(suffixes[-1] if suffixes else "")


def _magic(head: bytes) -> tuple[str, Kind | None]:
    for magic, label, kind in MAGIC:
        if head.startswith(magic):
            return label, kind
    if head[TAR_MAGIC] == b"ustar":
        return "tar", Kind.TAR
    return "", None


def _check_binary(name: str, named: Kind | None, label: str, found: Kind) -> Kind:
    """The kind, if it fits the name. What gzip packs the name tells; zip is also what DOCX is packed in."""
    fits = {Kind.GZIP: (Kind.WARC, Kind.TAR), Kind.ZIP: (Kind.DOCX,)}.get(found, ())
    if named in (None, found, *fits):
        return named or found
    raise ReadingError(f"needed {named}, as its name says, got a {label} file", code="wrong_type")


def _kind_of_start(head: bytes, *, sure_only: bool) -> Kind:
    start = head[:HEAD]
    for mark in MARKS:
        start = start.removeprefix(mark)
    start = start.lstrip()
    for pattern, kind in STARTS:
        if pattern.match(start) and (kind is Kind.HTML or not sure_only):
            return kind
    return Kind.TEXT
