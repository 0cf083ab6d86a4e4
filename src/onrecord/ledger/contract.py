"""What every ledger can do, whatever database it stands on: a Writer writes, a View reads.

Both raise LedgerError and its kin only. Ids are those of the records (12 hex digits, from content); wherever a View is
asked for an id, a prefix that fits one record is enough, and one that fits several raises LedgerError (`ambiguous`).
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Protocol

from onrecord.records.actors import Join
from onrecord.records.documents import Document, Rejected
from onrecord.records.findings import Findings
from onrecord.records.judgements import Judgement
from onrecord.records.redlines import RedLine, Statement
from onrecord.records.rows import (
    ALL,
    ConditionRow,
    Counts,
    DocumentRow,
    Entry,
    EventRow,
    Facets,
    FigureRow,
    Filter,
    Found,
    Hit,
    LineRow,
    LinkRow,
    Moment,
    Orphan,
    Page,
    PersonRow,
    Printed,
    ReviewRow,
    ReviewState,
    Run,
    StatementRow,
    Tombstone,
    Urls,
    Verification,
    WordingRow,
)
from onrecord.records.rulings import Ruling
from onrecord.records.workings import NewWorkings, Workings


class Writer(Protocol):
    """Writes records; every call is one transaction that happens wholly or not at all."""

    def add(self, findings: Findings, statements: tuple[Statement, ...]) -> bool:
        """Whether anything new was stored: False for a document this annotator has already read, or a withdrawn one.

        An annotator that differs from the one shown only in the user's list of actors takes its place again: which list
        is read is the user's choice of the day, and no older version. The same text with better metadata (typed in
        where it was guessed, or typed in anew) replaces what is shown; what was there before stays stored, and the log
        says what changed.
        Raises RecordError where a span lies outside the text, MismatchError where the id is not the text's hash.
        """
        ...

    def record_lines(
        self,
        lines: tuple[RedLine, ...],
        *,
        generation: int | None = None,
        joins: tuple[Join, ...] | None = None,
        rejoined: Collection[str] | None = None,
        replaced: Collection[str] | None = None,
        workings: NewWorkings | None = None,
    ) -> None:
        """Make these the red lines of the ledger, and log every status entry that is new to it.

        joins: the keys of actors that the lines took for one, in place of those held; None keeps those.
        rejoined: the keys of whose joins they stand in place; None: of all.
        replaced: ids of the lines in whose place they stand, all others stay; None replaces all.
        workings: what relating keeps for the next time; None drops what was kept.
        generation: `View.generation()` from before the findings were read; ConflictError if documents were added or
        withdrawn since, and the lines are therefore old. Status entries never leave the log.
        """
        ...

    def keep_vectors(self, new: Mapping[str, bytes], used: Collection[str] | None) -> None:
        """Keep these vectors for the next time red lines are formed; those whose keys are not `used` are let go of.

        used: None lets go of nothing.
        """
        ...

    def judge(self, judgement: Judgement, expected_state: int | None = None) -> ReviewState:
        """The record's new state.

        expected_state: the `sequence` of the state the reviewer saw. Where another answer came in between, this one is
        logged as contested, changes nothing, and ConflictError carries the newer state.
        Raises LedgerError (`unknown_record`) for a record the ledger does not hold, MismatchError where the quoted
        words do not stand at their offsets.
        """
        ...

    def withdraw(self, document: str, reason: str, *, by: str = "", erase: bool = False) -> None:
        """Take a document out of every View. A tombstone stays; with `erase` the words leave the file as well."""
        ...

    def record_run(self, run: Run) -> None:
        """Keep the report of one run with the inputs it rejected."""
        ...


class View(Protocol):
    """Reads what is on record. Withdrawn documents and what was found in them are in none of these answers."""

    def counts(self) -> Counts:
        """How much there is; kept, not counted live."""
        ...

    def generation(self) -> int:
        """A number that grows whenever documents come or go."""
        ...

    def snapshot(self) -> AbstractContextManager[None]:
        """All that is read inside is of one moment; each answer is by itself anyway."""
        ...

    def revision(self, document: str) -> str:
        """A text that is another one whenever what is on record of a document (full id or prefix) is.

        That is its findings, every log entry about it, and the red lines through it with their reviews.
        """
        ...

    def document(self, document: str) -> DocumentRow:
        """One document, by id or prefix, with or without `sha256:`. A withdrawn one answers with its reason only."""
        ...

    def documents(self, wanted: Filter = ALL) -> Page[DocumentRow]:
        """Documents in order of publication, undated ones last."""
        ...

    def urls(self, since: tuple[int, int] = (0, 0)) -> Urls:
        """The web addresses of documents stored since the answer whose `key` is given; all where any was withdrawn."""
        ...

    def text(self, document: str) -> str:
        """A document's text."""
        ...

    def printed(self, document: str) -> Printed:
        """What a page prints of a document."""
        ...

    def has(self, document: str, annotator: str) -> bool:
        """Whether this annotator's findings of this document (full id) are stored, or the document is withdrawn."""
        ...

    def lacks(self, document: Document, annotator: str) -> bool:
        """Whether adding this document would store anything: new text, new annotator, other actors, better metadata."""
        ...

    def findings(self, document: str) -> Findings:
        """All that was found in a document by the last annotator that read it, as reviewers settled it."""
        ...

    def stored(self, document: str) -> Findings:
        """The same as the program found it, whatever reviewers settled since."""
        ...

    def all_findings(self) -> Iterator[Findings]:
        """The findings of every document, in order of document id."""
        ...

    def all_statements(self) -> Iterator[Statement]:
        """Every statement, by document id and reading order."""
        ...

    def all_lines(self) -> tuple[RedLine, ...]:
        """Every red line, by id."""
        ...

    def joins(self) -> tuple[Join, ...]:
        """The keys that were taken for one actor when the red lines were formed, by key."""
        ...

    def workings(self, version: str) -> Workings | None:
        """What relating kept by these rules; None where it kept nothing, or documents went or changed since."""
        ...

    def unrelated(self) -> tuple[str, ...]:
        """Ids of the documents that are not among the workings, in order: those that came since."""
        ...

    def documents_under(self, clues: Collection[str], among: Collection[str] | None = None) -> frozenset[str]:
        """Ids of the documents that the workings name under any of these words; a few may be named in vain.

        among: the documents of which this is asked; None: all.
        """
        ...

    def families_under(self, clues: Collection[str], among: Collection[str] | None = None) -> dict[str, frozenset[str]]:
        """By word, the ids of the families that the workings name under it; words without any are left out.

        among: the ids of the families of which this is asked; None: all.
        """
        ...

    def families(self, ids: Collection[str]) -> dict[str, str]:
        """What the workings keep of these families, by id."""
        ...

    def drawings(self, documents: Collection[str]) -> dict[str, str]:
        """What the workings keep of these documents (full ids), by id; those without anything are left out."""
        ...

    def lines_on(self, documents: Collection[str]) -> frozenset[str]:
        """Ids of the red lines that rest on any of these documents (full ids)."""
        ...

    def vectors(self, keys: Collection[str]) -> dict[str, bytes]:
        """The vectors that are kept under any of these keys."""
        ...

    def find(self, id: str) -> Found:
        """The record an id or unique prefix names. Raises LedgerError (`unknown_record`, `ambiguous`).

        A link of words to an actor is named `DOCUMENT:START-END`, a join of a mention to a line `LINE:MENTION`.
        """
        ...

    def statement(self, id: str) -> StatementRow:
        """One statement."""
        ...

    def statements(self, wanted: Filter = ALL) -> Page[StatementRow]:
        """Statements in order of when they were said (published, where that is not known); undated ones last."""
        ...

    def condition(self, id: str) -> ConditionRow:
        """One condition."""
        ...

    def conditions(self, wanted: Filter = ALL) -> Page[ConditionRow]:
        """Conditions in order of time."""
        ...

    def figure(self, id: str) -> FigureRow:
        """One figure."""
        ...

    def figures(self, wanted: Filter = ALL) -> Page[FigureRow]:
        """Figures in order of time."""
        ...

    def event(self, id: str) -> EventRow:
        """One event."""
        ...

    def events(self, wanted: Filter = ALL) -> Page[EventRow]:
        """Events in order of time."""
        ...

    def wordings(self, wanted: Filter = ALL) -> Page[WordingRow]:
        """Terms by the thing they name, then in order of time."""
        ...

    def line(self, id: str) -> LineRow:
        """One red line with its whole history."""
        ...

    def lines(self, wanted: Filter = ALL) -> Page[LineRow]:
        """Red lines in order of their first step."""
        ...

    def people(self, wanted: Filter = ALL) -> Page[PersonRow]:
        """Who speaks or acts, those with most statements first. `wanted.who` narrows by name."""
        ...

    def who(self, name: str) -> tuple[PersonRow, ...]:
        """The people a name can mean: by key, by whole name in any spelling of case and accents, or by part of one."""
        ...

    def timeline(self, wanted: Filter = ALL) -> Page[Moment]:
        """Status entries, asserted events and statements other than plain positions, in order of time."""
        ...

    def search(self, text: str, wanted: Filter = ALL) -> Page[Hit]:
        """Documents that hold every word and every "quoted phrase" of the text, newest first.

        Case, accents, quotation marks and kinds of space do not matter; `word*` finds beginnings of words.
        Raises LedgerError (`query`) for more than 64 terms or 4,000 characters.
        """
        ...

    def facets(self, wanted: Filter = ALL) -> Facets:
        """The values to filter statements by, counted among those that meet `wanted`."""
        ...

    def review_queue(self, wanted: Filter = ALL) -> Page[ReviewRow]:
        """Red lines, then statements, not judged yet (or with the review asked for), those most in doubt first."""
        ...

    def links(self, document: str, *, judged: bool = False) -> tuple[LinkRow, ...]:
        """What words of a document mean which actor, in reading order; with `judged`, only those reviewers answered."""
        ...

    def judged_links(self, who: str) -> tuple[LinkRow, ...]:
        """The links to an actor, by key, that reviewers answered, by document and place."""
        ...

    def orphans(self) -> tuple[Orphan, ...]:
        """Judgements whose record is no longer found."""
        ...

    def state(self, record: str) -> ReviewState:
        """How a record (full id) stands with its reviewers."""
        ...

    def judgements(self, record: str | None = None) -> tuple[Judgement, ...]:
        """Judgements that count, in order of the log: of one record, or all."""
        ...

    def rulings(self) -> tuple[Ruling, ...]:
        """Whom words mean and which passages are one line, as far as reviewers settled it: by document and record."""
        ...

    def log(self, after: int = 0, limit: int = 500) -> tuple[Entry, ...]:
        """Entries of the log with a sequence above `after`."""
        ...

    def log_of(self, subjects: tuple[str, ...]) -> tuple[Entry, ...]:
        """Entries of the log about any of these records or documents (full ids), in order."""
        ...

    def tombstones(self) -> tuple[Tombstone, ...]:
        """What remains of withdrawn documents, in order of withdrawal."""
        ...

    def runs(self, limit: int = 20) -> tuple[Run, ...]:
        """Reports of runs, the last one first."""
        ...

    def rejected(self, limit: int = 500) -> tuple[Rejected, ...]:
        """Inputs that could not be taken in, those of the last run first."""
        ...

    def verify(self) -> Verification:
        """Check every span, hash, row and log entry. Problems are listed, not raised."""
        ...
