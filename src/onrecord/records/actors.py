"""Who can speak or act, the words that refer to them, and the links between the two."""

from dataclasses import dataclass
from enum import StrEnum

from onrecord.records.spans import Span


class ActorType(StrEnum):
    """What kind of actor a name stands for."""

    PERSON = "person"
    STATE = "state"
    PLACE = "place"
    BODY = "body"
    GROUP = "group"
    OUTLET = "outlet"
    UNKNOWN = "unknown"


class MentionKind(StrEnum):
    """How a mention refers."""

    NAME = "name"
    PRONOUN = "pronoun"
    NOMINAL = "nominal"


class LinkBasis(StrEnum):
    """Why a mention or source is taken to mean an actor."""

    NAME = "name"
    ALIAS = "alias"
    PRONOUN = "pronoun"
    ROLE = "role"
    METONYM = "metonym"
    APPOSITION = "apposition"
    CONTINUED = "continued"  # the same speaker goes on
    OUTLET = "outlet"  # the outlet's own correspondent
    REVIEWED = "reviewed"  # a reviewer settled it
    NONE = "none"  # not linked


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that refers. `actor` is the id of an Actor of the same findings, or None where it stays unlinked."""

    id: str
    span: Span
    type: ActorType
    kind: MentionKind
    actor: str | None
    score: float
    produced_by: str


@dataclass(frozen=True, slots=True)
class Office:
    """A role someone held, as printed ("former president") or as known, in time where known (ISO dates)."""

    title: str
    of: str | None = None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """One person, state, body or group within one document.

    key: how the actor is recognised across documents (knowledge id, or folded name and type).
    printed: every form in which the document prints the name, first one first.
    """

    id: str
    name: str
    type: ActorType
    key: str
    country: str | None = None
    qid: str | None = None
    printed: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    flags: tuple[str, ...] = ()
    score: float = 1.0
    produced_by: str = ""


@dataclass(frozen=True, slots=True)
class Join:
    """Two keys taken for one actor across documents: `key` is found under `into`, and why."""

    key: str
    into: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class ActorLink:
    """The decision that a span means an actor, or why it could not be decided."""

    span: Span
    actor: str | None
    basis: LinkBasis
    score: float
    reason: str
