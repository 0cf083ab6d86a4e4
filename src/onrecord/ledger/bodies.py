"""Findings as they are stored: compressed JSON without the text, each record built only when it is asked for."""

import json
import re
import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from onrecord.errors import LedgerError, RecordError
from onrecord.ledger.chain import hash_text_plainly
from onrecord.records.actors import Actor
from onrecord.records.codec import from_plain, to_plain
from onrecord.records.documents import Document, Outlet
from onrecord.records.findings import Condition, Event, Figure, Findings, Speaker, WordingUse
from onrecord.records.redlines import Statement
from onrecord.records.rows import Printed
from onrecord.records.rulings import WhoRuling, rule_findings, rule_statements

Record = TypeVar("Record")
LEVEL = 6  # zlib: level 9 saves 0.5% more and takes twice as long
BEGINNING = 4096  # bytes; path, title, outlet and date stand before the address
# In JSON no text holds a quotation mark without a backslash before it: these are keys, and the document's come first.
TEXT_OF = r'(?<=[{,])"%s":(?:null|("(?:[^"\\]|\\.)*"))'
URL, TITLE = (re.compile(TEXT_OF % key) for key in ("url", "title"))
LISTS: dict[type, str] = {Condition: "conditions", Figure: "figures", Event: "events", WordingUse: "wordings"}


@dataclass(frozen=True, slots=True)
class Packed:
    """One document's findings and statements, ready to be stored. hash: SHA-256 over both JSON texts."""

    findings: bytes
    statements: bytes
    hash: str


def pack(findings: Findings, statements: tuple[Statement, ...]) -> Packed:
    """Findings without their document's text, and statements, as compressed JSON."""
    said = write_body(findings, statements)
    packed = [zlib.compress(each.encode("utf-8"), LEVEL) for each in said]
    return Packed(packed[0], packed[1], hash_body(*said))


def write_body(findings: Findings, statements: tuple[Statement, ...]) -> tuple[str, str]:
    """Findings without their document's text, and statements, as two lines of JSON."""
    plain = to_plain(findings)
    del plain["document"]["text"]
    first, second = (
        json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in (plain, to_plain(statements))
    )
    return first, second


def hash_body(findings: str, statements: str) -> str:
    """SHA-256 over both JSON texts: the same in every ledger and in every set of files."""
    return hash_text_plainly(json.dumps([findings, statements]))


def read_url(findings: bytes) -> str | None:
    """The document's web address out of stored findings."""
    return _read_early(findings, URL, "url")


def read_title(findings: bytes) -> str:
    """The document's title out of stored findings."""
    return _read_early(findings, TITLE, "title") or ""


def _read_early(findings: bytes, pattern: re.Pattern[str], key: str) -> str | None:
    """One text of the document, of whose findings only the beginning is read where it stands there."""
    began = zlib.decompressobj().decompress(findings, BEGINNING).decode("utf-8", "ignore")
    if (found := pattern.search(began)) is not None:
        return found[1] and str(json.loads(found[1]))
    text: str | None = _unpack(findings)["document"][key]
    return text


class Body:
    """The stored findings of one document with its text, read as reviewers settled them.

    rulings: whom they say that words of this document mean.
    """

    def __init__(self, packed: Packed, text: str, rulings: tuple[WhoRuling, ...] = ()) -> None:
        self.packed = packed
        self.text = text
        self.rulings = rulings

    @classmethod
    def just_packed(
        cls, packed: Packed, findings: Findings, statements: tuple[Statement, ...], rulings: tuple[WhoRuling, ...]
    ) -> "Body":
        """The body of what was packed a moment ago and is still at hand: it is not built out of its bytes again."""
        body = cls(packed, findings.document.text, rulings)
        body.stored, body.stored_statements = findings, statements
        return body

    @cached_property
    def plain(self) -> dict[str, Any]:
        """The findings as plain values, without the text."""
        plain: dict[str, Any] = _unpack(self.packed.findings)
        return plain

    @cached_property
    def plain_statements(self) -> list[Any]:
        """The statements as plain values."""
        plain: list[Any] = _unpack(self.packed.statements)
        return plain

    @cached_property
    def document(self) -> Document:
        """The document, with its text."""
        return from_plain(Document, self.plain["document"] | {"text": self.text})

    @cached_property
    def title(self) -> str:
        """The document's title."""
        return read_title(self.packed.findings)

    @cached_property
    def printed(self) -> Printed:
        """What a page prints of it, built without the rest: a third of an article's records."""
        conditions = tuple(from_plain(Condition, plain) for plain in self.plain["conditions"])
        nested = frozenset(plain["id"] for plain in self.plain["attributions"] if plain["within"])
        return Printed(self.document, conditions, nested)

    @cached_property
    def stored(self) -> Findings:
        """All findings as the program found them."""
        return from_plain(Findings, self.plain | {"document": self.document})

    @cached_property
    def findings(self) -> Findings:
        """All findings."""
        return rule_findings(self.stored, self.rulings) if self.rulings else self.stored

    @cached_property
    def stored_statements(self) -> tuple[Statement, ...]:
        """All statements as the program formed them."""
        return tuple(from_plain(Statement, plain) for plain in self.plain_statements)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """All statements."""
        found = self.stored_statements
        return rule_statements(found, self.stored, self.findings) if self.rulings else found

    def statement(self, place: int) -> Statement:
        """The statement at an index."""
        return self.statements[place] if self.rulings else from_plain(Statement, self.plain_statements[place])

    def record(self, kind: type[Record], place: int) -> Record:
        """The condition, figure, event or wording at an index."""
        if self.rulings:
            ruled: tuple[Record, ...] = getattr(self.findings, LISTS[kind])
            return ruled[place]
        return from_plain(kind, self.plain[LISTS[kind]][place])

    def actor(self, id: str) -> Actor | None:
        """The actor with a local id."""
        if self.rulings:
            return next((actor for actor in self.findings.actors if actor.id == id), None)
        found = next((plain for plain in self.plain["actors"] if plain["id"] == id), None)
        return from_plain(Actor, found) if found is not None else None

    def speaker(self, attribution: str | None) -> Speaker | None:
        """Who speaks in the attribution with a local id; None where the outlet itself does."""
        if self.rulings:
            return next((each.speaker for each in self.findings.attributions if each.id == attribution), None)
        found = next((plain for plain in self.plain["attributions"] if plain["id"] == attribution), None)
        return from_plain(Speaker, found["speaker"]) if found is not None else None

    def statement_of(self, attribution: str | None) -> str | None:
        """The id of the statement formed from an attribution."""
        return next((plain["id"] for plain in self.plain_statements if plain["attribution"] == attribution), None)

    def outlet(self) -> Outlet:
        """Who published the document."""
        return self.document.outlet

    def check_hash(self) -> bool:
        """Whether the stored bytes are those that were stored."""
        findings, statements = (
            _inflate(each).decode("utf-8") for each in (self.packed.findings, self.packed.statements)
        )
        return hash_body(findings, statements) == self.packed.hash


def deflate(text: str) -> bytes:
    """The text, compressed."""
    return zlib.compress(text.encode("utf-8"), LEVEL)


def inflate(stored: bytes) -> str:
    """The text that was compressed. Raises LedgerError (`damaged`) where it is none."""
    return _inflate(stored).decode("utf-8")


def _inflate(stored: bytes) -> bytes:
    try:
        return zlib.decompress(stored)
    except zlib.error as error:
        raise LedgerError(f"stored findings cannot be read: {error}", code="damaged") from error


def _unpack(stored: bytes) -> Any:
    try:
        return json.loads(_inflate(stored))
    except ValueError as error:
        raise LedgerError(f"stored findings are no JSON: {error}", code="damaged") from error


def read_stored(kind: type[Record], text: str) -> Record:
    """The record whose JSON is stored as plain text. Raises LedgerError (`damaged`) where it is not one."""
    try:
        return from_plain(kind, json.loads(text))
    except (ValueError, RecordError) as error:
        raise LedgerError(f"a stored {kind.__name__} cannot be read: {error}", code="damaged") from error
