"""DOCX → its paragraphs; styles tell headline, headings and captions. Runs in the child process."""

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph

from onrecord.errors import ReadingError
from onrecord.reading.extracts import Extract
from onrecord.records.documents import Candidate, Part, PartKind
from onrecord.records.spans import Span

STYLES = (("Title", PartKind.HEADLINE), ("Heading", PartKind.HEADING), ("Caption", PartKind.CAPTION),
          ("Header", PartKind.FURNITURE), ("Footer", PartKind.FURNITURE))  # fmt: skip
MOST_UNPACKED = 200_000_000  # bytes of all members together
MOST_RATIO = 200  # times the file's size; text packs about 10 to 1


def parse_docx(raw: bytes) -> Extract:
    """The paragraphs and table cells of a DOCX, one a line; raises ReadingError `wrong_type`, `damaged`, `bomb`."""
    _check_package(raw)
    try:
        document = docx.Document(io.BytesIO(raw))
    except (OpcError, KeyError, ValueError) as error:
        raise ReadingError(f"needed a Word document: {error}"[:200], code="damaged") from error
    lines = list(_lines(document))
    parts = []
    at = 0
    for line, kind in lines:
        if kind and line.strip():
            parts.append(Part(Span(at, at + len(line)), kind))
        at += len(line) + 1
    return Extract("\n".join(line for line, _ in lines), known=tuple(parts), candidates=_declared(document))


def _check_package(raw: bytes) -> None:
    """A zip that unpacks to far more than text does, or that is no Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            sizes = [member.file_size for member in package.infolist()]
            names = package.namelist()
    except (zipfile.BadZipFile, ValueError) as error:
        raise ReadingError(f"needed a DOCX: {error}"[:200], code="damaged") from error
    if "word/document.xml" not in names:
        raise ReadingError("needed a DOCX, got a zip without word/document.xml", code="wrong_type")
    if sum(sizes) > min(MOST_UNPACKED, MOST_RATIO * len(raw)):
        raise ReadingError(f"needed a DOCX of text, got one that unpacks to {sum(sizes):,} bytes", code="bomb")


def _lines(document: WordDocument) -> Iterator[tuple[str, PartKind | None]]:
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.text, _kind(block)
        elif isinstance(block, Table):
            for row in block.rows:
                yield "\t".join(cell.text.replace("\n", " ") for cell in row.cells), None


def _kind(paragraph: Paragraph) -> PartKind | None:
    name = (paragraph.style.name if paragraph.style is not None else None) or ""
    return next((kind for start, kind in STYLES if name.startswith(start)), None)


def _declared(document: WordDocument) -> tuple[Candidate, ...]:
    properties = document.core_properties
    created = properties.created.date().isoformat() if properties.created else ""
    found = (("title", properties.title), ("author", properties.author), ("created", created))
    return tuple(Candidate(name, value[:400], "docx") for name, value in found if value)
