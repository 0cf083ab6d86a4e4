"""PDF → its text, page after page. Lines that pages repeat at their edges are furniture. Runs in the child process."""

import io
import re
from collections import Counter

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from onrecord.errors import ReadingError
from onrecord.reading.extracts import Extract
from onrecord.records.documents import Candidate, Part, PartKind
from onrecord.records.spans import Span

MOST_PAGES = 2_000
EDGE = 2  # lines at the top and bottom of a page that may be running heads
NUMBER = re.compile(r"\d+")


def parse_pdf(raw: bytes) -> Extract:
    """The text of a PDF.

    Raises ReadingError `encrypted`, `damaged`, or `no_text` (scanned pages hold pictures only).
    """
    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadingError("needed a PDF that opens without a password", code="encrypted")
        pages = [page.extract_text() or "" for page in reader.pages[:MOST_PAGES]]
        count = len(reader.pages)
        candidates = _declared(reader)
    except PyPdfError as error:
        raise ReadingError(f"needed a PDF: {error}"[:200], code="damaged") from error
    if not any(character.isalpha() for page in pages for character in page):
        raise ReadingError(f"needed text, got {count} pages of pictures only (scanned?)", code="no_text")
    text = "\n\n".join(page.strip("\n") for page in pages)
    truncated = (f"truncated:{MOST_PAGES}",) if count > MOST_PAGES else ()
    return Extract(text, known=_running_heads(pages, text), candidates=candidates, notes=(f"pages:{count}", *truncated))


def _declared(reader: PdfReader) -> tuple[Candidate, ...]:
    """Title, author and date as the PDF's own properties give them: often a template's, so candidates only."""
    properties = reader.metadata
    if properties is None:
        return ()
    found = (
        ("title", properties.title),
        ("author", properties.author),
        ("created", properties.creation_date_raw),
    )
    return tuple(Candidate(name, str(value)[:400], "pdf") for name, value in found if value)


def _running_heads(pages: list[str], text: str) -> tuple[Part, ...]:
    """Lines that stand at the edge of at least half of three or more pages, numbers apart."""
    edges = [_edges(page) for page in pages]
    seen = Counter(line for page in edges for line in {_shape(line) for line in page})
    repeated = {line for line, count in seen.items() if len(pages) > 2 and count * 2 >= len(pages)}
    parts = []
    at = 0
    for line in text.split("\n"):
        if line.strip() and _shape(line) in repeated:
            parts.append(Part(Span(at, at + len(line)), PartKind.FURNITURE))
        at += len(line) + 1
    return tuple(parts)


def _edges(page: str) -> list[str]:
    lines = [line for line in page.split("\n") if line.strip()]
    return lines[:EDGE] + lines[-EDGE:]


def _shape(line: str) -> str:
    return NUMBER.sub("0", " ".join(line.split()))
