"""Statements, red lines and their histories, across documents."""

from dataclasses import dataclass
from enum import StrEnum

from onrecord.records.documents import DateRange, Outlet
from onrecord.records.findings import Act, Directness, Form, Operator, Realis, Speaker
from onrecord.records.spans import Span, Spans


@dataclass(frozen=True, slots=True)
class Passage:
    """Words in a document: its id, the spans, and the text under them as printed."""

    document: str
    spans: Spans
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """An Attribution whose source is linked to an Actor and dated.

    id: hash of document, spans and kind. actor: the actor's key across documents, None where unlinked.
    relay: ids of the statements through which the words reached us, outermost first.
    """

    id: str
    document: str
    attribution: str
    actor: str | None
    speaker: Speaker
    source: Spans
    cue: Spans
    content: Spans
    quote: str
    directness: Directness
    act: Act
    said_on: DateRange
    outlet: Outlet
    published: DateRange
    conditions: tuple[str, ...]
    relay: tuple[str, ...]
    score: float
    flags: tuple[str, ...] = ()


class Status(StrEnum):
    """One step in a red line's history. Words and deeds stay apart."""

    DECLARED = "declared"
    REITERATED = "reiterated"
    CLARIFIED = "clarified"
    HARDENED = "hardened"
    SOFTENED = "softened"
    CONDITION_ANNOUNCED = "condition_announced"
    CONDITION_REPORTED = "condition_reported"
    CONDITION_DISPUTED = "condition_disputed"
    TESTED_BELOW_THRESHOLD = "tested_below_threshold"
    CONSEQUENCE_INVOKED = "consequence_invoked"
    CONSEQUENCE_REPORTED = "consequence_reported"
    NOT_ENFORCED = "not_enforced"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    LAPSED_INFERRED = "lapsed_inferred"
    UNKNOWN = "unknown"


class RollUp(StrEnum):
    """A red line's state in one word, for a table."""

    STANDING = "standing"
    TESTED = "tested"
    INVOKED_IN_WORDS = "invoked_in_words"
    CARRIED_OUT = "carried_out"
    NOT_ENFORCED = "not_enforced"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Change:
    """What differs from the step before: the part (condition, actor, counterpart, scope, consequence) and its words."""

    part: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class LineMention:
    """One place where a red line is worded.

    voice: "speaker" for the issuer's own or reported words, "outlet" for a paraphrase, "headline" for a headline.
    rule, score, reason: what joined this mention to its line.
    """

    id: str
    document: str
    attribution: str | None
    condition_id: str
    statement: str | None
    cue: Spans
    condition: tuple[Spans, ...]
    operator: Operator
    consequence: Spans
    condition_text: str
    consequence_text: str
    passage: Span
    form: Form
    realis: Realis
    negated: bool
    voice: str
    said_on: DateRange
    outlet: Outlet
    rule: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """One step in a red line's history, append-only, claiming no more than its passage.

    inferred: nothing in the passage states this step; `reason` says how it was worked out.
    by: who reports it (actor key or outlet name).
    """

    id: str
    line: str
    status: Status
    when: DateRange
    passage: Passage
    statement: str | None
    outlet: Outlet
    by: str | None
    changes: tuple[Change, ...]
    inferred: bool
    score: float
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Hole:
    """A stretch in which no document of the coverage falls; days, both ends excluded."""

    after: str
    before: str
    days: int


@dataclass(frozen=True, slots=True)
class Near:
    """Another line that may be this one, in other words: alike, but not surely enough to be joined.

    mention, other: the mention of this line and the one of the other that are most alike. reason: what they share.
    """

    line: str
    mention: str
    other: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class RedLine:
    """The same condition → consequence of the same issuer across statements and documents.

    issuer: the actor's key; on_behalf_of: key of the state or body, where known.
    condition, consequence: our wording, built from the first clear mention's own words.
    successor_of: id of the line that this one replaced, or None. near: lines that may be this one, most alike first.
    """

    id: str
    issuer: str | None
    issuer_name: str
    on_behalf_of: str | None
    act: Act
    condition: str
    consequence: str
    operator: Operator
    mentions: tuple[LineMention, ...]
    history: tuple[StatusEntry, ...]
    rollup: RollUp
    holes: tuple[Hole, ...] = ()
    successor_of: str | None = None
    related: tuple[str, ...] = ()
    score: float = 1.0
    near: tuple[Near, ...] = ()

    @property
    def negated(self) -> bool:
        """Whether the consequence holds where the condition fails ("unless"), as the first passage words it."""
        return bool(self.mentions) and self.mentions[0].negated


@dataclass(frozen=True, slots=True)
class Match:
    """One open line that a supposed event would meet, with the reason and the passages.

    negated: the consequence holds where the condition fails ("unless").
    """

    line: str
    issuer_name: str
    condition: str
    consequence: str
    score: float
    reason: str
    passages: tuple[Passage, ...]
    negated: bool = False
