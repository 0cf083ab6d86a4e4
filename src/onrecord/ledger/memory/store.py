"""What a ledger in memory holds."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.errors import LedgerError
from onrecord.ledger.bodies import Body
from onrecord.ledger.indexing import Placed
from onrecord.ledger.reviewing import form_state
from onrecord.ledger.ruling import form_rulings
from onrecord.records.actors import Join
from onrecord.records.judgements import Judgement
from onrecord.records.redlines import RedLine, StatusEntry
from onrecord.records.rows import Entry, ReviewState, Run, Tombstone
from onrecord.records.rulings import Ruling
from onrecord.records.workings import Kept


@dataclass
class Held:
    """One document: what is shown of it, and which annotators have read it. body: None once withdrawn."""

    id: str
    recorded_at: str
    body: Body | None
    annotator: str
    placed: tuple[Placed, ...]
    annotators: set[str]

    def shown(self) -> Body:
        """What is shown of it."""
        if self.body is None:
            raise LedgerError(f"{self.id}: this document was withdrawn", code="withdrawn")
        return self.body


@dataclass
class Store:
    """Everything the ledger holds."""

    documents: dict[str, Held] = field(default_factory=dict)
    lines: dict[str, RedLine] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    judged: list[tuple[int, Judgement]] = field(default_factory=list)
    stones: dict[str, tuple[Tombstone, bool]] = field(default_factory=dict)
    runs: list[Run] = field(default_factory=list)
    generation: int = 0
    vectors: dict[str, bytes] = field(default_factory=dict)
    joins: dict[str, Join] = field(default_factory=dict)
    version: str | None = None  # of the rules that made the workings
    step: int = 0
    facts: Counter[str] = field(default_factory=Counter)
    families: dict[str, Kept] = field(default_factory=dict)
    drawings: dict[str, str] = field(default_factory=dict)  # by document
    clues: dict[str, set[str]] = field(default_factory=dict)  # by document

    def shown(self) -> list[Held]:
        """Documents that are not withdrawn, in order of id."""
        return sorted((held for held in self.documents.values() if held.body is not None), key=lambda held: held.id)

    def resolve(self, id: str) -> Held:
        """The one document that an id or prefix names, with or without `sha256:`."""
        prefix = id if id.startswith("sha256:") else f"sha256:{id}"
        found = [held for held in self.documents.values() if held.id.startswith(prefix)]
        if not found or prefix == "sha256:":
            raise LedgerError(f"no document on record is named {id}", code="unknown_record")
        if len(found) > 1:
            raise LedgerError(f"several documents are named {id}: type more of it", code="ambiguous")
        return found[0]

    def judgements(self, record: str | None = None) -> list[tuple[int, Judgement]]:
        """Judgements that count, with their sequence."""
        return [
            (sequence, each)
            for sequence, each in self.judged
            if record in (None, each.record) and each.passage.document not in self.stones
        ]

    def rulings(self, document: str) -> tuple[Ruling, ...]:
        """What reviewers settled about words of a document (full id)."""
        return form_rulings(each for each in self.judgements() if each[1].passage.document == document)

    def state(self, record: str) -> ReviewState:
        """How a record stands with its reviewers."""
        return form_state(self.judgements(record))

    def placed(self, kind: str) -> Iterator[tuple[Held, Placed]]:
        """Every record of a kind with its document."""
        return ((held, each) for held in self.shown() for each in held.placed if each.kind == kind)

    def entries_of_lines(self) -> Iterator[tuple[RedLine, int, StatusEntry]]:
        """Every step of every red line."""
        return ((line, place, step) for line in self.lines.values() for place, step in enumerate(line.history))
