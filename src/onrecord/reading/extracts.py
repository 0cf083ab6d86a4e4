"""What a parser gets out of some bytes, before it becomes a Document; also what crosses from the child process."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256

from onrecord.errors import ReadingError
from onrecord.reading.imprint import find_imprint
from onrecord.reading.languages import identify_language
from onrecord.reading.oddities import find_oddities
from onrecord.reading.parts import find_parts
from onrecord.records.documents import (
    Basis,
    Candidate,
    DateRange,
    Document,
    Outlet,
    Part,
    PartKind,
    Rejected,
    hash_text,
)
from onrecord.records.spans import Span

NOT_NAMED = Outlet(reason="neither metadata nor the text names it")
TOP = 1_000  # characters in which a text's own headline stands


@dataclass(frozen=True, slots=True)
class Extract:
    """One article as its format gives it.

    known: parts whose kind the format itself tells (a heading's tag, a caption's style); the rest is classified.
    at: where in its container it stands (line, item, member), empty for a whole file.
    """

    text: str
    title: str = ""
    outlet: Outlet = Outlet()
    published: DateRange = DateRange()
    url: str | None = None
    author: str | None = None
    language: str | None = None
    known: tuple[Part, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    notes: tuple[str, ...] = ()
    at: str = ""


def hash_bytes(raw: bytes) -> str:
    """SHA-256 of the bytes, hex."""
    return sha256(raw).hexdigest()


def form_document(extract: Extract, path: str, raw_hash: str) -> Document:
    """The Document an extract describes: its text unchanged, its parts classified, its language identified.

    Raises ReadingError `no_text` where there is not one word, `bad_text` where the text is no valid Unicode.
    """
    text = extract.text
    check_text(text, path)
    parts = find_parts(text, extract.known)
    title = extract.title or find_title(text, parts)
    printed = find_imprint(text, parts)
    return Document(
        id=hash_text(text),
        path=path,
        title=title,
        text=text,
        language=extract.language or identify_language(text),
        outlet=extract.outlet if extract.outlet.name else printed_outlet(printed),
        published=extract.published,
        url=extract.url,
        author=extract.author or next((each.value for each in printed if each.field == "author"), None),
        raw_hash=raw_hash,
        parts=parts,
        candidates=(*extract.candidates, *printed),
        notes=(*extract.notes, *(() if title else ("no_headline",)), *find_oddities(text)),
    )


def printed_outlet(printed: tuple[Candidate, ...]) -> Outlet:
    """The outlet that the text names as its own, if it names one and no other."""
    sources = {each.value: each.source for each in printed if each.field == "outlet"}
    if len(sources) > 1:
        return Outlet(reason=f"the text names several: {', '.join(sources)}")
    return next((Outlet(name, Basis.TEXT, source) for name, source in sources.items()), NOT_NAMED)


def check_text(text: str, path: str) -> None:
    """Refuse what cannot be stored and shown: no words, binary remains, halves of surrogate pairs."""
    if not any(character.isalpha() for character in text):
        raise ReadingError(f"{path}: needed text with words, found none", code="no_text")
    if "\0" in text:
        raise ReadingError(f"{path}: needed text, got NUL characters as in a binary file", code="wrong_type")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ReadingError(
            f"{path}: needed Unicode text, got half a surrogate pair at {error.start}", code="bad_text"
        ) from error


def find_title(text: str, parts: tuple[Part, ...]) -> str:
    """The first headline as printed, outer space off; empty where the text has none."""
    for part in parts:
        if part.kind is PartKind.HEADLINE:
            return " ".join(text[part.span.start : part.span.end].split())
    return ""


def put_above(extract: Extract, title: str) -> Extract:
    """The extract with the title as its headline: a line above the text, unless a first line is it already."""
    if not title or any(fold_line(line) == fold_line(title) for line in extract.text[:TOP].split("\n")):
        return replace(extract, title=title or extract.title)
    ahead = len(title) + 1
    moved = tuple(Part(Span(part.span.start + ahead, part.span.end + ahead), part.kind) for part in extract.known)
    headline = Part(Span(0, len(title)), PartKind.HEADLINE)
    return replace(extract, text=f"{title}\n{extract.text}", title=title, known=(headline, *moved))


def fold_line(line: str) -> str:
    """A line for comparison: white space folded, letters small."""
    return " ".join(line.split()).casefold()


def add_notes(extract: Extract, *notes: str) -> Extract:
    """The extract with further notes."""
    return replace(extract, notes=(*extract.notes, *notes))


@dataclass(frozen=True, slots=True)
class Parsed:
    """What one file holds: its articles, and what of it could not be read."""

    extracts: tuple[Extract, ...] = ()
    rejected: tuple[Rejected, ...] = ()


def collect(found: Iterable[Extract | Rejected]) -> Parsed:
    """The articles and the failures of a file, each in order."""
    items = tuple(found)
    return Parsed(
        tuple(item for item in items if isinstance(item, Extract)),
        tuple(item for item in items if isinstance(item, Rejected)),
    )
