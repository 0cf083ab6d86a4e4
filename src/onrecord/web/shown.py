"""What pages show: flat, plain records that a template, a JSON answer and a CSV row can all be made from."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath

from onrecord.ledger.contract import View
from onrecord.lexicon.days import When, describe_when
from onrecord.lexicon.labels import (
    ACT,
    DIRECTNESS,
    INFERRED_LINKS,
    LINK_BASIS,
    NO_OUTLET,
    OUTLET_BASIS,
    ROLLUP,
    UNMADE,
    doubt_words,
    step_of_state,
)
from onrecord.records.actors import LinkBasis
from onrecord.records.documents import Outlet
from onrecord.records.findings import Speaker
from onrecord.records.redlines import RedLine, Status
from onrecord.records.rows import Carrier, DocumentRow, LineRow, Review, ReviewState, StatementRow
from onrecord.records.spans import Span, Spans, cover
from onrecord.web.marks import Mark
from onrecord.web.problems import RequestError
from onrecord.web.signs import REVIEW, ROLLUP_SIGN

REPEATED = 4096  # of these parts are kept: rows of a list have most of them in common
CUT = 12  # hex digits of a hash that are shown; the address always carries enough to be exact


@dataclass(frozen=True, slots=True)
class ReviewShown:
    """How a record stands with its reviewers. `sequence` is the log entry a reviewer answers to."""

    review: Review
    words: str
    reviewer: str | None
    recorded_at: str | None
    sequence: int
    correction: str


@lru_cache(REPEATED)
def show_review(state: ReviewState) -> ReviewShown:
    """A review in words: "confirmed by M.K."."""
    words = REVIEW[state.review].text
    if state.reviewer and state.review not in (Review.SUGGESTED, Review.DISPUTED):
        words = f"{words} by {state.reviewer}"
    return ReviewShown(state.review, words, state.reviewer, state.recorded_at, state.sequence, state.correction)


@dataclass(frozen=True, slots=True)
class WhoShown:
    """Who is taken to speak, and how we know. `key` leads to the person's page; None where nobody could be named."""

    key: str | None
    name: str
    basis: str
    inferred: bool
    reason: str


@lru_cache(REPEATED)
def show_speaker(speaker: Speaker | None, key: str | None) -> WhoShown:
    """A speaker; None is the outlet's own voice."""
    if speaker is None:
        return WhoShown(None, "the outlet itself", LINK_BASIS[LinkBasis.OUTLET], inferred=False, reason="")
    return WhoShown(
        key,
        speaker.name or "speaker not identified",
        LINK_BASIS[speaker.basis],
        speaker.basis in INFERRED_LINKS,
        speaker.reason,
    )


@dataclass(frozen=True, slots=True)
class OutletShown:
    """Who published, and how we know."""

    name: str
    known: bool
    basis: str


@lru_cache(REPEATED)
def show_outlet(outlet: Outlet) -> OutletShown:
    """An outlet; one without a name is said to be not named."""
    return OutletShown(outlet.name or NO_OUTLET, outlet.name is not None, OUTLET_BASIS[outlet.basis])


@dataclass(frozen=True, slots=True)
class CarrierShown:
    """Another outlet that carries a record, with its place there. copy: it prints the same text; else see `reason`."""

    id: str
    outlet: str
    published: When
    document: str
    href: str
    copy: bool
    reason: str


def show_carriers(carriers: Iterable[Carrier]) -> tuple[CarrierShown, ...]:
    """Carriers as shown, those that print the same text first."""
    shown = (
        CarrierShown(
            each.id,
            each.outlet.name or NO_OUTLET,
            describe_when(each.published),
            each.document,
            source_href(each.document, each.span),
            each.copy,
            each.reason,
        )
        for each in carriers
    )
    return tuple(sorted(shown, key=lambda each: not each.copy))


def list_carriers(carriers: Iterable[CarrierShown]) -> str:
    """Carriers in a cell: who, where, and why where it is no copy."""
    return "; ".join(f"{each.outlet} {each.href} ({each.reason})" for each in carriers)


@dataclass(frozen=True, slots=True)
class ArticleShown:
    """A document without its text."""

    id: str
    title: str
    path: str
    outlet: OutletShown
    published: When
    statements: int
    characters: int
    href: str
    withdrawn: str | None


def find_article(view: View, document: str) -> DocumentRow:
    """The document, if it is on record. Raises RequestError for a withdrawn one."""
    row = view.document(document)
    if row.withdrawn is not None:
        raise RequestError(410, "withdrawn", f"this article was withdrawn: {row.withdrawn}")
    return row


def name_article(row: DocumentRow) -> str:
    """The title; without one the first words of the text in quotation marks, or the name of the file."""
    return row.title or (f"“{row.opening}”" if row.opening else PurePath(row.path).name)


def show_article(row: DocumentRow) -> ArticleShown:
    """A document as lists show it."""
    return ArticleShown(
        row.id,
        name_article(row),
        row.path,
        show_outlet(row.outlet),
        describe_when(row.published),
        row.statements,
        row.characters,
        source_href(row.id),
        row.withdrawn,
    )


def bare_hash(document: str) -> str:
    """The hex digits of a document's id."""
    return document.removeprefix("sha256:")


def source_href(document: str, passage: Span | None = None) -> str:
    """The address of a document's page, or of a passage on it: works with and without scripts."""
    page = f"/sources/{bare_hash(document)[:CUT]}"
    return page if passage is None else f"{page}?at={passage.start}-{passage.end}#c{passage.start}-{passage.end}"


@dataclass(frozen=True, slots=True)
class PassageShown:
    """Words of a document as printed. `text` begins at `offset`; `start`..`end` is the passage itself.

    marks: in offsets of the whole document.
    """

    document: str
    title: str
    start: int
    end: int
    offset: int
    text: str
    marks: tuple[Mark, ...]
    href: str


def show_passage(
    document: str, title: str, text: str, window: Span, spans: Spans, marks: tuple[Mark, ...]
) -> PassageShown:
    """The words of `window`, with the place of `spans` in it."""
    passage = cover(spans) if spans else window
    return PassageShown(
        document,
        title,
        passage.start,
        passage.end,
        window.start,
        text[window.start : window.end],
        marks,
        source_href(document, passage),
    )


@dataclass(frozen=True, slots=True)
class StatementShown:
    """A statement as lists show it: the words of its content as printed, who, when, where, and how it stands."""

    id: str
    quote: str
    directness: str
    directness_meaning: str
    act: str
    who: WhoShown
    said_on: When
    outlet: OutletShown
    published: When
    title: str
    document: str
    start: int
    end: int
    passage_href: str
    href: str
    relay: tuple[str, ...]
    conditional: bool
    flags: tuple[str, ...]
    score: float
    doubt: str
    review: ReviewShown


def show_statement(row: StatementRow) -> StatementShown:
    """A statement row as shown."""
    statement = row.statement
    label = DIRECTNESS[statement.directness]
    passage = cover(statement.content or statement.cue or statement.source)
    return StatementShown(
        id=statement.id,
        quote=statement.quote,
        directness=label.text,
        directness_meaning=label.meaning,
        act=ACT[statement.act],
        who=show_speaker(statement.speaker, statement.actor),
        said_on=describe_when(statement.said_on),
        outlet=show_outlet(statement.outlet),
        published=describe_when(statement.published),
        title=row.title,
        document=statement.document,
        start=passage.start,
        end=passage.end,
        passage_href=source_href(statement.document, passage),
        href=f"/statements/{statement.id}",
        relay=statement.relay,
        conditional=bool(statement.conditions),
        flags=statement.flags,
        score=statement.score,
        doubt=doubt_words(statement.score),
        review=show_review(row.review),
    )


@dataclass(frozen=True, slots=True)
class TermShown:
    """A term as printed. quoted: it stands in someone else's mouth; distanced: scare quotes or "so-called"."""

    id: str
    term: str
    quoted: bool
    by: str
    distanced: str | None
    document: str
    outlet: str
    href: str
    times: int
    carriers: tuple[CarrierShown, ...] = ()


@dataclass(frozen=True, slots=True)
class LineShown:
    """A red line as tables show it. condition, consequence: our wording, never a quotation.

    first, last: the days of the first and last dated step that a passage states.
    state_day: when the state came about; where no step made it, when the line was last heard of.
    lead: the word that leads the condition, "if" or "unless".
    """

    id: str
    issuer: WhoShown
    act: str
    lead: str
    condition: str
    consequence: str
    state: str
    state_sign: str
    state_meaning: str
    steps: int
    first: When
    last: When
    state_day: When
    last_heard: bool
    documents: tuple[str, ...]
    holes: int
    href: str
    review: ReviewShown


def issuer_words(line: RedLine) -> str:
    """The issuer's name; what the text calls them, as a quotation, where nobody could be named."""
    if line.issuer is None:
        return f"“{line.issuer_name}”" if line.issuer_name else "issuer not identified"
    return line.issuer_name


def line_words(line: RedLine) -> str:
    """A line in a sentence: our wording."""
    return if_then(line.condition, line.consequence, lead_word(line.negated))


def lead_word(negated: bool) -> str:
    """What leads a condition: what follows comes about with it, or without it."""
    return "unless" if negated else "if"


def if_then(condition: str, consequence: str, lead: str = "if") -> str:
    """Condition and consequence, our wording, in a sentence."""
    told = f"{lead} {within_sentence(condition)}"
    return f"{told}, then {within_sentence(consequence)}" if consequence else told


# Words that begin a sentence with a capital and are no names.
COMMON = frozenset(
    ("a", "an", "any", "the", "this", "that", "these", "those", "such", "no", "there",
     "our", "their", "his", "her", "its", "we", "they", "he", "she", "it")
)  # fmt: skip


def within_sentence(words: str) -> str:
    """The words without the capital that only the beginning of a sentence gave them."""
    first = words.partition(" ")[0]
    return words[:1].lower() + words[1:] if first.lower() in COMMON and first[1:].islower() or first == "A" else words


def show_line(row: LineRow) -> LineShown:
    """A line row as shown."""
    line = row.line
    label = ROLLUP[line.rollup]
    stated = [entry for entry in line.history if not (entry.inferred and entry.status is Status.UNKNOWN)]
    dated = [entry.when for entry in stated if entry.when.is_known]
    made = step_of_state(line)
    return LineShown(
        id=line.id,
        issuer=WhoShown(line.issuer, issuer_words(line), "" if line.issuer else LINK_BASIS[LinkBasis.NONE], False, ""),
        act=ACT[line.act],
        lead=lead_word(line.negated),
        condition=line.condition,
        consequence=line.consequence,
        state=label.text,
        state_sign=ROLLUP_SIGN[line.rollup],
        state_meaning=label.meaning,
        steps=len(stated),
        first=describe_when(dated[0] if dated else None),
        last=describe_when(dated[-1] if dated else None),
        state_day=describe_when(made.when if made else None),
        last_heard=made is not None and line.rollup in UNMADE,
        documents=row.documents,
        holes=len(line.holes),
        href=f"/lines/{line.id}",
        review=show_review(row.review),
    )
