"""What a ledger answers with: records beside their document, their outlet and their review, in pages."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from onrecord.records.actors import Actor, ActorLink, ActorType, Join
from onrecord.records.documents import Candidate, DateRange, Document, Outlet, Rejected
from onrecord.records.findings import Act, Condition, Directness, Event, Figure, Speaker, WordingUse
from onrecord.records.redlines import LineMention, Passage, RedLine, RollUp, Statement, StatusEntry
from onrecord.records.spans import Span, Spans


class Review(StrEnum):
    """How a record stands with its reviewers. `disputed`: their latest answers differ."""

    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    UNSURE = "unsure"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class ReviewState:
    """A record's review and the log entry that set it. sequence: 0 where nobody has judged it yet."""

    review: Review = Review.SUGGESTED
    sequence: int = 0
    reviewer: str | None = None
    recorded_at: str | None = None
    correction: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rows are wanted; None asks for all. A row must meet every field that is set and that its kind has.

    who: an actor's key, or a name in any spelling of case and accents. outlet: as stored.
    since, until: both days included; a row whose range of days overlaps is in, one without a date is not.
    document: a document's id. line: a red line's id. thing: for wordings. unit: for figures.
    after: the `next` of the page before. limit: rows a page, at most 500.
    """

    who: str | None = None
    outlet: str | None = None
    since: date | None = None
    until: date | None = None
    directness: Directness | None = None
    act: Act | None = None
    state: RollUp | None = None
    review: Review | None = None
    document: str | None = None
    line: str | None = None
    thing: str | None = None
    unit: str | None = None
    after: str | None = None
    limit: int = 50


ALL = Filter()
Row = TypeVar("Row", covariant=True)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows in order, and the key to ask for those after them: None at the end."""

    rows: tuple[Row, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document without its text. withdrawn: the reason, where it was withdrawn.

    opening: the first words of the text, where there is no title to know it by.
    """

    id: str
    path: str
    title: str
    language: str
    outlet: Outlet
    published: DateRange
    url: str | None
    author: str | None
    notes: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    annotator: str
    recorded_at: str
    statements: int
    characters: int
    withdrawn: str | None = None
    opening: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """A document as a page prints it: its text, where its conditions stand, and who hands on another's words.

    nested: local ids of the attributions that stand within another.
    """

    document: Document
    conditions: tuple[Condition, ...]
    nested: frozenset[str]


@dataclass(frozen=True, slots=True)
class Addressed:
    """A document's web address; None where it has none. stamp: another one whenever the document was read anew."""

    document: str
    url: str | None
    stamp: str


@dataclass(frozen=True, slots=True)
class Urls:
    """Web addresses of documents. key: what to ask with for those that come later.

    whole: these are all there are, and take the place of what was answered before.
    """

    key: tuple[int, int]
    whole: bool
    rows: tuple[Addressed, ...]


@dataclass(frozen=True, slots=True)
class Carrier:
    """Another document that carries a record, and where. id: of its own record there; reason: why it is the same.

    copy: it prints the same text, such as an agency's; else it is a report of its own of the same event.
    """

    id: str
    document: str
    outlet: Outlet
    published: DateRange
    title: str
    span: Span
    reason: str
    copy: bool = True


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement with the title of its document and its review.

    carriers: the other documents that print the same text, where a list counts copies once.
    """

    statement: Statement
    title: str
    review: ReviewState = ReviewState()
    carriers: tuple[Carrier, ...] = ()


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """A condition with its words and the statement it belongs to. alternatives: the words of each condition."""

    id: str
    document: str
    condition: Condition
    alternatives: tuple[str, ...]
    consequence: str
    statement: str | None
    speaker: Speaker | None
    outlet: Outlet
    published: DateRange
    title: str
    review: ReviewState = ReviewState()


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure with its words as printed, who claims it (None: the outlet states it) and who carries it.

    carriers: the other documents that print the same text, where a list counts copies once.
    """

    id: str
    document: str
    figure: Figure
    text: str
    base: str
    counts: str
    place: str
    statement: str | None
    claimant: Speaker | None
    outlet: Outlet
    published: DateRange
    title: str
    review: ReviewState = ReviewState()
    carriers: tuple[Carrier, ...] = ()


@dataclass(frozen=True, slots=True)
class EventRow:
    """A reported event with its words as printed. who, whom: names; their keys stand in `who_keys`, `whom_keys`.

    sentence: the printed sentence around these words, cut where it is long.
    carriers: the other documents that print the same text, where a list counts copies once.
    """

    id: str
    document: str
    event: Event
    text: str
    who: tuple[str, ...]
    whom: tuple[str, ...]
    who_keys: tuple[str, ...]
    whom_keys: tuple[str, ...]
    where: str
    statement: str | None
    claimant: Speaker | None
    outlet: Outlet
    published: DateRange
    title: str
    review: ReviewState = ReviewState()
    sentence: str = ""
    carriers: tuple[Carrier, ...] = ()


@dataclass(frozen=True, slots=True)
class WordingRow:
    """A term as printed, in whose voice: the outlet's own, or of the claimant it quotes.

    carriers: the other documents that print the same text, where a list counts copies once.
    """

    id: str
    document: str
    wording: WordingUse
    text: str
    statement: str | None
    claimant: Speaker | None
    outlet: Outlet
    published: DateRange
    title: str
    review: ReviewState = ReviewState()
    carriers: tuple[Carrier, ...] = ()


@dataclass(frozen=True, slots=True)
class LineRow:
    """A red line, its review, and the documents that carry it."""

    line: RedLine
    documents: tuple[str, ...]
    review: ReviewState = ReviewState()


@dataclass(frozen=True, slots=True)
class StatusRow:
    """One step of a red line's history, with the line's words and its review.

    negated: what the line says comes about without the condition ("unless").
    """

    entry: StatusEntry
    issuer: str | None
    issuer_name: str
    condition: str
    consequence: str
    review: ReviewState = ReviewState()
    negated: bool = False


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Who can speak or act, across documents. printed: every form in which the name was printed, folded doubles out.

    joins: the other keys that were taken for this actor, each with the reason.
    """

    key: str
    name: str
    type: ActorType
    country: str | None
    qid: str | None
    printed: tuple[str, ...]
    statements: int
    documents: int
    joins: tuple[Join, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        """The key and those that were taken for it."""
        return frozenset((self.key, *(join.key for join in self.joins)))


@dataclass(frozen=True, slots=True)
class Moment:
    """One row of a timeline. kind: `status`, `statement` or `event`; record: that row, whole.

    carriers: the other documents that carry the same text or report the same event, where a list joins them.
    """

    kind: str
    id: str
    when: DateRange
    record: StatusRow | StatementRow | EventRow
    carriers: tuple[Carrier, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that meets a search. spans: raw offsets of the words found; statements: ids of those holding one."""

    document: DocumentRow
    spans: Spans
    excerpt: Span
    text: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinkRow:
    """The decision that words of a document mean an actor, or mean none. words: as printed."""

    id: str
    document: str
    link: ActorLink
    actor: Actor | None
    words: str
    outlet: Outlet
    published: DateRange
    title: str
    review: ReviewState


@dataclass(frozen=True, slots=True)
class JoinRow:
    """The decision that a mention is one of a red line. others: lines that it might be of."""

    id: str
    line: RedLine
    mention: LineMention
    others: tuple[RedLine, ...]
    review: ReviewState


Record = (
    StatementRow
    | ConditionRow
    | FigureRow
    | EventRow
    | WordingRow
    | LineRow
    | StatusRow
    | LinkRow
    | JoinRow
    | DocumentRow
)


@dataclass(frozen=True, slots=True)
class Found:
    """What an id names. kind: statement, condition, figure, event, wording, red_line, status, link, join or document.

    passages: where its words stand, in reading order; empty for a document.
    """

    kind: str
    id: str
    record: Record
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """One value to filter by and how many statements (red lines for `state`) have it. label: for people to read."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """The values to filter by, most frequent first; months in order of time, as YYYY-MM."""

    who: tuple[Facet, ...]
    outlet: tuple[Facet, ...]
    month: tuple[Facet, ...]
    directness: tuple[Facet, ...]
    act: tuple[Facet, ...]
    state: tuple[Facet, ...]
    review: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the ledger holds, withdrawn documents left out. head: the hash of the log's last entry ("" if none)."""

    documents: int = 0
    statements: int = 0
    conditions: int = 0
    figures: int = 0
    events: int = 0
    wordings: int = 0
    people: int = 0
    lines: int = 0
    judgements: int = 0
    withdrawn: int = 0
    entries: int = 0
    head: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the append-only log, in the order of `sequence`.

    kind: `status`, `judgement`, `contested` (a judgement that came too late), `correction`, `withdrawal`.
    payload: the record as JSON text; None where a withdrawn document's words were erased.
    """

    sequence: int
    kind: str
    subject: str
    document: str | None
    by: str
    recorded_at: str
    payload: str | None
    payload_hash: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What remains of a withdrawn document."""

    document: str
    reason: str
    by: str
    recorded_at: str


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A record that waits for a reviewer, or one whose judgement no longer fits the text (`orphaned`)."""

    found: Found
    review: ReviewState


@dataclass(frozen=True, slots=True)
class Orphan:
    """A judgement whose record the newest annotator no longer finds. Shown, never re-guessed."""

    record: str
    kind: str
    passage: Passage
    review: ReviewState


@dataclass(frozen=True, slots=True)
class Run:
    """What one `add` did. added, known, withdrawn: documents; rejected: inputs that could not be taken in."""

    started_at: str
    finished_at: str
    annotator: str
    added: int
    known: int
    rejected: tuple[Rejected, ...] = ()
    withdrawn: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not hold: where in the ledger, and what is wrong there."""

    place: str
    what: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked and the first things that did not hold, the first bad log entry before later ones."""

    documents: int
    records: int
    spans: int
    entries: int
    head: str
    problems: tuple[Problem, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing was found wrong."""
        return not self.problems
