"""Everything found in one document. Field names and order are those of the exchange record."""

from dataclasses import dataclass
from enum import StrEnum

from onrecord.records.actors import Actor, ActorLink, LinkBasis, Mention
from onrecord.records.documents import DateRange, Document
from onrecord.records.spans import Span, Spans


class Directness(StrEnum):
    """How much of the content stands in quotation marks."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"
    UNMARKED = "unmarked"


class Act(StrEnum):
    """What a speaker does with their words."""

    RED_LINE = "red_line"
    THREAT = "threat"
    ULTIMATUM = "ultimatum"
    DEMAND = "demand"
    PRECONDITION = "precondition"
    PROMISE = "promise"
    OFFER = "offer"
    REFUSAL = "refusal"
    POSITION = "position"
    DENIAL = "denial"
    ACCUSATION = "accusation"
    OTHER = "other"


class Form(StrEnum):
    """By which words a condition is expressed."""

    IF = "if"
    ONLY_IF = "only_if"
    UNLESS = "unless"
    UNTIL = "until"
    AFTER = "after"
    AS_LONG_AS = "as_long_as"
    WITHOUT = "without"
    INVERSION = "inversion"
    NOMINAL = "nominal"
    NONE = "none"


class Realis(StrEnum):
    """Whether a condition is open, contrary to fact, a fact already, or only imagined."""

    OPEN = "open"
    COUNTERFACTUAL = "counterfactual"
    FACTUAL = "factual"
    HYPOTHETICAL = "hypothetical"


class EventRealis(StrEnum):
    """How a reported event stands: never stored as asserted unless the text asserts it."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    POSSIBLE = "possible"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"


class Operator(StrEnum):
    """How several conditions join."""

    AND = "and"
    OR = "or"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is taken to speak. `actor` is None where nobody could be named; `reason` then says why.

    on_behalf_of: id of the actor whose position it is, where that differs (a spokeswoman's ministry, a leader's state).
    """

    actor: str | None
    name: str | None
    basis: LinkBasis
    score: float = 1.0
    reason: str = ""
    on_behalf_of: str | None = None


@dataclass(frozen=True, slots=True)
class EventCode:
    """PLOVER type, mode and context, and the CAMEO code, of an act or event (PLOVER codebook, 2018; CAMEO 1.1b3)."""

    plover: str
    mode: str | None = None
    context: str | None = None
    cameo: str | None = None


NOT_SAID = "not_said"  # the flag of words that, as the text tells, somebody did not say: "she would not say whether …"


@dataclass(frozen=True, slots=True)
class Attribution:
    """The text hands words to someone: source, cue and content (PARC 3.0; PolNeAR).

    within: id of the attribution that this one is nested in (a relay), or None.
    said_on: when it was said, where the text tells; None otherwise.
    deadline: for ultimatums, by when.
    """

    id: str
    source: Spans
    cue: Spans
    content: Spans
    directness: Directness
    speaker: Speaker
    act: Act
    within: str | None
    said_on: DateRange | None
    score: float
    produced_by: str
    code: EventCode | None = None
    addressee: str | None = None
    deadline: DateRange | None = None
    flags: tuple[str, ...] = ()


DRAWN = "drawn"  # flag of a condition that the encoder reads as a line which somebody lays down


@dataclass(frozen=True, slots=True)
class Condition:
    """The *if* and the *then* (PDTB-3 Contingency.Condition).

    attribution: id of the attribution whose words these are; None where the outlet itself says so.
    condition: alternatives, each a span list, joined by `operator`.
    negated: the consequence holds where the condition fails ("unless", "without", "until").
    """

    id: str
    attribution: str | None
    form: Form
    cue: Spans
    condition: tuple[Spans, ...]
    operator: Operator
    consequence: Spans
    realis: Realis
    score: float
    produced_by: str
    negated: bool = False
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom, where and when, and on whose word.

    who, whom: actor ids of the same findings. attribution: whose word it is; None where the outlet asserts it.
    reason: what makes its realis what it is.
    """

    id: str
    spans: Spans
    trigger: Span
    kind: str
    who: tuple[str, ...]
    whom: tuple[str, ...]
    where: Spans
    when: DateRange | None
    realis: EventRealis
    attribution: str | None
    code: EventCode | None
    score: float
    produced_by: str
    negated: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts. Nothing is repaired: what is missing is None and flagged.

    low, high: the value as decimal text (equal for a single value); unit as understood ("percent", "USD", "people").
    claimant: attribution id of who vouches for it; None where the outlet states it.
    """

    id: str
    span: Span
    low: str
    high: str
    approximate: str | None
    unit: str | None
    base: Spans
    counts: Spans
    place: Spans
    when: DateRange | None
    attribution: str | None
    score: float
    produced_by: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression with its TIMEX3 type and value (TimeML 1.2.1) and the days it covers.

    type: DATE, TIME, DURATION or SET. anchor: what it was resolved against ("published", "previous").
    relation: the word right before it that says how an event stands to it ("since", "until", "over"), in lower case.
    """

    id: str
    span: Span
    type: str
    value: str
    resolved: DateRange
    anchor: str | None
    score: float
    produced_by: str
    relation: str | None = None


@dataclass(frozen=True, slots=True)
class WordingUse:
    """A term used for a thing: in the outlet's own voice or inside an attribution, with scare quotes or "so-called".

    quoted: the term itself is the source's, between quotation marks or in speech printed word for word; in a paraphrase
    it may be the outlet's.
    """

    id: str
    span: Span
    thing: str
    term: str
    attribution: str | None
    distanced: str | None
    score: float
    produced_by: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything found in one document, by one version of the annotator."""

    document: Document
    mentions: tuple[Mention, ...] = ()
    actors: tuple[Actor, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    conditions: tuple[Condition, ...] = ()
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    wordings: tuple[WordingUse, ...] = ()
    links: tuple[ActorLink, ...] = ()
    annotator: str = ""
