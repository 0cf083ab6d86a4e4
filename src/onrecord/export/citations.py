"""A citation: one passage with its speaker, outlet, dates with their basis, link and hash."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from onrecord.errors import RecordError
from onrecord.export.tables import write_spans
from onrecord.lexicon.days import describe_when
from onrecord.lexicon.labels import LINK_BASIS, OUTLET_BASIS
from onrecord.records.rows import DocumentRow, StatementRow

WEB = re.compile(r"https?://\S+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Citation:
    """One statement beside the document it stands in."""

    row: StatementRow
    document: DocumentRow

    @property
    def key(self) -> str:
        """A short name, stable across exports: the statement's id with a letter in front, as BibTeX needs."""
        return "s" + self.row.statement.id

    @property
    def link(self) -> str | None:
        """Where the page says it lives; only a web address is a link."""
        url = self.document.url
        return url if url and WEB.match(url) else None


def name_text(document: str) -> str:
    """A name for a text by its hash: `ni:///sha-256;…` (RFC 6920).

    Raises RecordError if the id is not `sha256:` and 64 hex digits.
    """
    algorithm, _, digits = document.partition(":")
    if algorithm != "sha256" or not re.fullmatch(r"[0-9a-f]{64}", digits):
        raise RecordError(f"needed a document id, sha256: and 64 hex digits; got {document!r}")
    return "ni:///sha-256;" + urlsafe_b64encode(bytes.fromhex(digits)).decode("ascii").rstrip("=")


def read_name(name: str) -> str:
    """The document id that a name stands for. Raises RecordError if it is no such name."""
    scheme, _, encoded = name.partition(";")
    try:
        digest = urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
    except ValueError as error:
        raise RecordError(f"needed a name ni:///sha-256;…, got {name!r}") from error
    if scheme != "ni:///sha-256" or len(digest) != 32:
        raise RecordError(f"needed a name ni:///sha-256;…, got {name!r}")
    return "sha256:" + digest.hex()


def describe_citation(citation: Citation) -> str:
    """All that a reader needs to judge the passage, in one paragraph of plain text."""
    return " ".join(_sentences(citation))


def _sentences(citation: Citation) -> list[str]:
    statement = citation.row.statement
    said, published = describe_when(statement.said_on), describe_when(statement.published)
    speaker = (
        f"{statement.speaker.name} ({LINK_BASIS[statement.speaker.basis]})"
        if statement.speaker.name
        else "not linked to anyone"
    )
    return [
        f"Speaker: {speaker}.",
        f"Said: {said.words} ({said.basis}).",
        f"Published: {published.words} ({published.basis}).",
        f"Outlet: {statement.outlet.name or 'unknown'} ({OUTLET_BASIS[statement.outlet.basis]}).",
        f"{statement.directness.value.capitalize()}; review: {citation.row.review.review.value}.",
        f"Characters {write_spans(statement.content)} of {statement.document}.",
    ]
