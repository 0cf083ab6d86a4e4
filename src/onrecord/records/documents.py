"""What was read: documents, who published them and when."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256

from onrecord.records.spans import Span

ANNOTATED = "en"  # other languages are stored, shown and searchable, and say that they were not annotated


class Basis(StrEnum):
    """How we know a value: typed in, found in metadata, printed in the text, worked out, or not at all."""

    GIVEN = "given"
    METADATA = "metadata"
    TEXT = "text"
    INFERRED = "inferred"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DateRange:
    """A day or a range of days, both ends included, with its basis and derivation. Open ends are None."""

    earliest: date | None = field(default=None, metadata={"json": "from"})
    latest: date | None = field(default=None, metadata={"json": "to"})
    basis: Basis = Basis.UNKNOWN
    reason: str = ""

    @property
    def is_known(self) -> bool:
        """Whether at least one end is known."""
        return self.earliest is not None or self.latest is not None

    @property
    def is_day(self) -> bool:
        """Whether it is one single day."""
        return self.earliest is not None and self.earliest == self.latest


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who published a document, how that is known, and where it was found; the same outlet wherever that was."""

    name: str | None = None
    basis: Basis = Basis.UNKNOWN
    reason: str = field(default="", compare=False)


class PartKind(StrEnum):
    """What a stretch of a document is."""

    HEADLINE = "headline"
    DATELINE = "dateline"
    HEADING = "heading"
    CAPTION = "caption"
    FURNITURE = "furniture"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Part:
    """A line or paragraph of the text and what it is. Parts are in reading order and do not overlap."""

    span: Span
    kind: PartKind


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that was found for a field of a document, and where; kept even when another one was chosen."""

    field: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Document:
    """One version of one article. Its text never changes; its id is the hash of that text.

    raw_hash: SHA-256 (hex) of the bytes as read.
    notes: short codes of what was unusual while reading (`replacements:3`, `mixed_direction`).
    """

    id: str
    path: str
    title: str
    text: str
    language: str = "en"
    outlet: Outlet = Outlet()
    published: DateRange = DateRange()
    url: str | None = None
    author: str | None = None
    raw_hash: str = ""
    parts: tuple[Part, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    notes: tuple[str, ...] = ()


def hash_text(text: str) -> str:
    """The id of a text: `sha256:` and the hash of its UTF-8 bytes."""
    return "sha256:" + sha256(text.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input that could not be taken in, at which stage, with a code and one clear line."""

    path: str
    stage: str
    code: str
    reason: str
