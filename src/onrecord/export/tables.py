"""Rows of a ledger as flat tables: which columns each kind of row has, of what type, and what they mean.

CSV, Parquet, Arrow, pandas and the data dictionary are all made from these definitions.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Generic, TypeVar

from onrecord.lexicon.happenings import tell_happening
from onrecord.lexicon.labels import ACT, NO_OUTLET, STATUS, tell_reading
from onrecord.records.documents import DateRange
from onrecord.records.findings import Speaker
from onrecord.records.redlines import Change, Hole, Match, Passage, StatusEntry
from onrecord.records.rows import (
    Carrier,
    ConditionRow,
    DocumentRow,
    EventRow,
    FigureRow,
    Hit,
    LineRow,
    Moment,
    PersonRow,
    Problem,
    StatementRow,
    StatusRow,
    WordingRow,
)
from onrecord.records.spans import Spans

Row = TypeVar("Row")
Cell = str | int | float | bool | date | None


class Kind(StrEnum):
    """The type of a column's cells; every cell may also be empty."""

    TEXT = "text"
    DAY = "day"
    WHOLE = "whole number"
    NUMBER = "number"
    YES_NO = "yes or no"


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its name, the type of its cells, what it means, and how a row gives it."""

    name: str
    kind: Kind
    meaning: str
    of: Callable[[Row], Cell]


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """A named list of columns, and what one row stands for."""

    name: str
    meaning: str
    columns: tuple[Column[Row], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names in order."""
        return tuple(column.name for column in self.columns)

    def cells(self, row: Row) -> tuple[Cell, ...]:
        """One row's cells, in order of the columns."""
        return tuple(column.of(row) for column in self.columns)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a red line's history with the line it belongs to, so that it can stand in a table of its own."""

    number: int
    line: LineRow
    entry: StatusEntry


def list_steps(lines: Iterable[LineRow]) -> tuple[Step, ...]:
    """Every step of every line, in the order of the lines and of their histories."""
    return tuple(Step(n, row, entry) for row in lines for n, entry in enumerate(row.line.history, start=1))


def write_spans(spans: Spans) -> str:
    """Spans as text: `12-40 52-60`, ends excluded."""
    return " ".join(f"{span.start}-{span.end}" for span in spans)


def write_change(change: Change) -> str:
    """A change as text: `condition: “is announced” → “continue on”`, `scope: added “any more”`."""
    if not change.before:
        return f"{change.part}: added “{change.after}”"
    if not change.after:
        return f"{change.part}: left out “{change.before}”"
    return f"{change.part}: “{change.before}” → “{change.after}”"


def write_hole(hole: Hole) -> str:
    """A hole in the coverage as text."""
    return f"{hole.after} to {hole.before} ({hole.days} days)"


def _text(name: str, meaning: str, of: Callable[[Any], Cell]) -> Column[Any]:
    return Column(name, Kind.TEXT, meaning, of)


def days(prefix: str, what: str, of: Callable[[Any], DateRange | None]) -> tuple[Column[Any], ...]:
    """Four columns for one range of days: first, last, basis, derivation."""
    return (
        Column(f"{prefix}_from", Kind.DAY, f"First day {what}, as far as known.", lambda row: _range(of(row)).earliest),
        Column(
            f"{prefix}_to",
            Kind.DAY,
            "Last day of that range; the same day if it is known.",
            lambda row: _range(of(row)).latest,
        ),
        _text(
            f"{prefix}_basis",
            "How the date is known: given, metadata, text, inferred, unknown.",
            lambda row: _range(of(row)).basis.value,
        ),
        _text(f"{prefix}_reason", "How the date was worked out, where it was.", lambda row: _range(of(row)).reason),
    )


def _range(known: DateRange | None) -> DateRange:
    return known or DateRange()


def _name_of(speaker: Speaker | None) -> str | None:
    return speaker.name if speaker else None


def _voucher(row: FigureRow | EventRow | WordingRow) -> str | None:
    return _name_of(row.claimant)


def _how_known() -> tuple[Column[Any], ...]:
    """How the claimant is known, beside the name."""
    return (
        _text(
            "claimant_basis",
            "Why the words are taken to be this claimant's; empty where there is none.",
            lambda row: row.claimant.basis.value if row.claimant else None,
        ),
        _text(
            "claimant_reason",
            "What tells so, or why nobody could be named.",
            lambda row: row.claimant.reason if row.claimant else None,
        ),
    )


def _carried_by() -> tuple[Column[Any], ...]:
    """Where a record was found, for rows that stand beside their document."""
    return (
        _text("outlet", "Who published the document; empty where unknown.", lambda row: row.outlet.name),
        _text("outlet_basis", "How the outlet is known.", lambda row: row.outlet.basis.value),
        _text("outlet_reason", "Where it was found, or why it is not known.", lambda row: row.outlet.reason),
        *days("published", "of publication", lambda row: row.published),
        _text("title", "The document's title.", lambda row: row.title),
        _text("document", "The document's id, the hash of its text.", lambda row: row.document),
    )


def _review() -> tuple[Column[Any], ...]:
    meaning = "How the record stands with its reviewers: suggested means that no person has looked at it."
    return (
        _text("review", meaning, lambda row: row.review.review.value),
        _text(
            "correction",
            "The corrected fields as JSON, where a reviewer corrected it.",
            lambda row: row.review.correction or None,
        ),
    )


def _score(of: Callable[[Any], float]) -> Column[Any]:
    return Column(
        "score",
        Kind.NUMBER,
        "How sure the machine is, 0 to 1; for ranking, not a probability.",
        lambda row: round(of(row), 4),
    )


DOCUMENTS: Table[DocumentRow] = Table(
    "documents",
    "One version of one article.",
    (
        _text("id", "sha256: and the hash of the text.", lambda row: row.id),
        _text("title", "As printed.", lambda row: row.title),
        _text("outlet", "Who published it; empty where unknown.", lambda row: row.outlet.name),
        _text("outlet_basis", "How the outlet is known.", lambda row: row.outlet.basis.value),
        _text("outlet_reason", "Where it was found, or why it is not known.", lambda row: row.outlet.reason),
        *days("published", "of publication", lambda row: row.published),
        _text("language", "ISO 639-1 code.", lambda row: row.language),
        _text("author", "As printed or given.", lambda row: row.author),
        _text("url", "Where the page says it lives; never fetched.", lambda row: row.url),
        _text("path", "The file it was read from.", lambda row: row.path),
        Column("characters", Kind.WHOLE, "Length of the text in Unicode code points.", lambda row: row.characters),
        Column("statements", Kind.WHOLE, "How many statements were found in it.", lambda row: row.statements),
        _text("notes", "Codes of what was unusual while reading.", lambda row: " ".join(row.notes)),
        _text("annotator", "Which version of the annotator read it.", lambda row: row.annotator),
        _text("recorded_at", "When it was added, with zone.", lambda row: row.recorded_at),
    ),
)

STATEMENTS: Table[StatementRow] = Table(
    "statements",
    "Words that one document hands to one speaker.",
    (
        _text("id", "12 hex digits, from the document and the spans.", lambda row: row.statement.id),
        *days("said", "on which it was said", lambda row: row.statement.said_on),
        _text(
            "speaker",
            "Who is taken to speak; empty where nobody could be named.",
            lambda row: row.statement.speaker.name,
        ),
        _text("speaker_key", "The speaker's key across documents.", lambda row: row.statement.actor),
        _text(
            "speaker_basis",
            "Why the source is taken to mean this speaker.",
            lambda row: row.statement.speaker.basis.value,
        ),
        _text(
            "speaker_reason",
            "What tells so, and for whom the speaker speaks where that was worked out; or why nobody could be named.",
            lambda row: row.statement.speaker.reason,
        ),
        _text(
            "directness",
            "direct, mixed, indirect or unmarked: how much stands in quotation marks.",
            lambda row: row.statement.directness.value,
        ),
        _text(
            "act",
            "What the speaker does with the words: threat, demand, denial and so on.",
            lambda row: row.statement.act.value,
        ),
        _text(
            "quote",
            "The words handed to the speaker, as printed; … joins separate pieces.",
            lambda row: row.statement.quote,
        ),
        _text("conditions", "Ids of the conditions in it.", lambda row: " ".join(row.statement.conditions)),
        _text(
            "relay",
            "Ids of the statements it reached us through, outermost first.",
            lambda row: " ".join(row.statement.relay),
        ),
        _text("outlet", "Who published the document; empty where unknown.", lambda row: row.statement.outlet.name),
        _text("outlet_basis", "How the outlet is known.", lambda row: row.statement.outlet.basis.value),
        _text("outlet_reason", "Where it was found, or why it is not known.", lambda row: row.statement.outlet.reason),
        *days("published", "of publication", lambda row: row.statement.published),
        _text("title", "The document's title.", lambda row: row.title),
        _text("document", "The document's id, the hash of its text.", lambda row: row.statement.document),
        _text(
            "source_spans",
            "Where the source stands, in code points of the text, ends excluded.",
            lambda row: write_spans(row.statement.source),
        ),
        _text("cue_spans", "Where the reporting word stands.", lambda row: write_spans(row.statement.cue)),
        _text("content_spans", "Where the quote stands.", lambda row: write_spans(row.statement.content)),
        _text("flags", "Codes of what a reader should be warned of.", lambda row: " ".join(row.statement.flags)),
        _score(lambda row: row.statement.score),
        *_review(),
    ),
)

CONDITIONS: Table[ConditionRow] = Table(
    "conditions",
    "The if and the then of a statement.",
    (
        _text("id", "12 hex digits, from the document and the spans.", lambda row: row.id),
        _text(
            "speaker",
            "Whose condition it is; empty where the outlet says it or nobody could be named.",
            lambda row: _name_of(row.speaker),
        ),
        _text(
            "form",
            "By which words it is expressed: if, only_if, unless, nominal and so on.",
            lambda row: row.condition.form.value,
        ),
        _text(
            "realis",
            "open, counterfactual, factual or hypothetical; only open ones are live.",
            lambda row: row.condition.realis.value,
        ),
        _text("operator", "How several conditions join: and, or.", lambda row: row.condition.operator.value),
        Column(
            "negated",
            Kind.YES_NO,
            "Whether the consequence holds where the condition fails (unless, without).",
            lambda row: row.condition.negated,
        ),
        _text(
            "condition",
            "The words of each condition as printed, joined by |.",
            lambda row: " | ".join(row.alternatives),
        ),
        _text("consequence", "The words of the consequence as printed.", lambda row: row.consequence),
        _text("statement", "Id of the statement it belongs to.", lambda row: row.statement),
        *_carried_by(),
        _text(
            "condition_spans",
            "Where each condition stands, joined by |.",
            lambda row: " | ".join(map(write_spans, row.condition.condition)),
        ),
        _text("consequence_spans", "Where the consequence stands.", lambda row: write_spans(row.condition.consequence)),
        _text(
            "reading",
            "By what it was recognised: a wording, the trained model, or both.",
            lambda row: tell_reading(row.condition),
        ),
        _text("found_by", "The rule or head that found it, for programs.", lambda row: row.condition.produced_by),
        _text(
            "flags",
            "Codes of what the rules and the trained model noted: drawn is a line that somebody lays down.",
            lambda row: " ".join(row.condition.flags),
        ),
        _score(lambda row: row.condition.score),
        *_review(),
    ),
)

RED_LINES: Table[LineRow] = Table(
    "redlines",
    "The same condition and consequence of the same issuer, across documents.",
    (
        _text("id", "12 hex digits.", lambda row: row.line.id),
        _text("issuer", "Whose line it is, as named.", lambda row: row.line.issuer_name),
        _text("issuer_key", "The issuer's key across documents.", lambda row: row.line.issuer),
        _text(
            "on_behalf_of",
            "Key of the state or body the issuer speaks for, where known.",
            lambda row: row.line.on_behalf_of,
        ),
        _text(
            "act",
            "What kind of line: red_line, threat, ultimatum, precondition and so on.",
            lambda row: row.line.act.value,
        ),
        _text(
            "condition", "The if, in our wording, built from the first clear passage.", lambda row: row.line.condition
        ),
        _text("operator", "How several conditions join.", lambda row: row.line.operator.value),
        Column(
            "negated",
            Kind.YES_NO,
            "Whether the consequence holds where the condition fails (unless, without).",
            lambda row: row.line.negated,
        ),
        _text("consequence", "The then, in our wording.", lambda row: row.line.consequence),
        _text("state", "What became of it, in one word.", lambda row: row.line.rollup.value),
        *days("first", "of the first step", lambda row: row.line.history[0].when if row.line.history else None),
        *days("last", "of the last step", lambda row: row.line.history[-1].when if row.line.history else None),
        Column("steps", Kind.WHOLE, "How many steps its history has.", lambda row: len(row.line.history)),
        Column("mentions", Kind.WHOLE, "How many passages word it.", lambda row: len(row.line.mentions)),
        _text("documents", "Ids of the documents that carry it.", lambda row: " ".join(row.documents)),
        _text(
            "holes",
            "Stretches in which no document of the coverage falls.",
            lambda row: "; ".join(map(write_hole, row.line.holes)),
        ),
        _text("successor_of", "Id of the line it replaced.", lambda row: row.line.successor_of),
        _text("near", "Ids of lines that may be this one.", lambda row: " ".join(each.line for each in row.line.near)),
        _text("related", "Ids of lines named beside it.", lambda row: " ".join(row.line.related)),
        _score(lambda row: row.line.score),
        *_review(),
    ),
)

STEPS: Table[Step] = Table(
    "steps",
    "One step in the history of one red line.",
    (
        _text("id", "12 hex digits.", lambda row: row.entry.id),
        _text("line", "Id of the red line.", lambda row: row.line.line.id),
        Column("number", Kind.WHOLE, "Place in the line's history, from 1.", lambda row: row.number),
        _text("issuer", "Whose line it is.", lambda row: row.line.line.issuer_name),
        _text(
            "status",
            "What this step is: declared, reiterated, condition_reported and so on.",
            lambda row: row.entry.status.value,
        ),
        *days("when", "of the step", lambda row: row.entry.when),
        Column(
            "inferred",
            Kind.YES_NO,
            "Whether no passage states this step, so that it was worked out.",
            lambda row: row.entry.inferred,
        ),
        _text("passage", "The words that carry it, as printed.", lambda row: row.entry.passage.text),
        _text(
            "changes", "What differs from the step before.", lambda row: "; ".join(map(write_change, row.entry.changes))
        ),
        _text("by", "Who reports it: an actor's key or an outlet.", lambda row: row.entry.by),
        _text("outlet", "Who published the document; empty where unknown.", lambda row: row.entry.outlet.name),
        _text("outlet_basis", "How the outlet is known.", lambda row: row.entry.outlet.basis.value),
        _text("outlet_reason", "Where it was found, or why it is not known.", lambda row: row.entry.outlet.reason),
        _text("statement", "Id of the statement it stands in.", lambda row: row.entry.statement),
        _text("document", "The document's id, the hash of its text.", lambda row: row.entry.passage.document),
        _text("passage_spans", "Where the passage stands.", lambda row: write_spans(row.entry.passage.spans)),
        _text("rule", "Which rule made this step.", lambda row: row.entry.rule),
        _text("reason", "Why.", lambda row: row.entry.reason),
        _score(lambda row: row.entry.score),
    ),
)

FIGURES: Table[FigureRow] = Table(
    "figures",
    "A number with what it counts, who vouches for it and who carries it.",
    (
        _text("id", "12 hex digits, from the document and the span.", lambda row: row.id),
        _text("text", "As printed.", lambda row: row.text),
        _text("low", "The value, or the lowest of a range, as decimal text.", lambda row: row.figure.low),
        _text("high", "The value, or the highest of a range.", lambda row: row.figure.high),
        _text("approximate", "The word that makes it approximate, as understood.", lambda row: row.figure.approximate),
        _text("unit", "As understood; empty where the text prints none.", lambda row: row.figure.unit),
        _text("base", "What a share is a share of, as printed.", lambda row: row.base),
        _text("counts", "What is counted, as printed.", lambda row: row.counts),
        _text("place", "Where, as printed.", lambda row: row.place),
        *days("when", "the figure is about", lambda row: row.figure.when),
        _text("claimant", "Who vouches for it; empty where the outlet states it.", _voucher),
        *_how_known(),
        _text("statement", "Id of the statement it stands in.", lambda row: row.statement),
        *_carried_by(),
        _text("span", "Where it stands.", lambda row: write_spans((row.figure.span,))),
        _text(
            "flags",
            "no unit, a base that differs from its neighbours, and so on.",
            lambda row: " ".join(row.figure.flags),
        ),
        _score(lambda row: row.figure.score),
        *_review(),
    ),
)

EVENTS: Table[EventRow] = Table(
    "events",
    "Who did what to whom, on whose word.",
    (
        _text("id", "12 hex digits, from the document and the spans.", lambda row: row.id),
        _text("text", "As printed.", lambda row: row.text),
        _text("sentence", "The printed sentence around it, cut where it is long.", lambda row: row.sentence),
        _text("told", "What happened and how it stands, in our words, as far as the text tells.", tell_happening),
        _text("kind", "What kind of event.", lambda row: row.event.kind),
        _text("realis", "asserted, planned, possible, hypothetical or denied.", lambda row: row.event.realis.value),
        _text("realis_reason", "Which word makes it so.", lambda row: row.event.reason),
        Column("negated", Kind.YES_NO, "Whether the text says that it did not happen.", lambda row: row.event.negated),
        _text("who", "Names of those who act, joined by ;.", lambda row: "; ".join(row.who)),
        _text("whom", "Names of those acted upon.", lambda row: "; ".join(row.whom)),
        _text("where", "As printed.", lambda row: row.where),
        *days("when", "of the event", lambda row: row.event.when),
        _text("plover", "PLOVER type, where known.", lambda row: row.event.code.plover if row.event.code else None),
        _text("cameo", "CAMEO code, where known.", lambda row: row.event.code.cameo if row.event.code else None),
        _text("claimant", "Whose word it is; empty where the outlet asserts it.", _voucher),
        *_how_known(),
        _text("statement", "Id of the statement it stands in.", lambda row: row.statement),
        *_carried_by(),
        _text("spans", "Where it stands.", lambda row: write_spans(row.event.spans)),
        _score(lambda row: row.event.score),
        *_review(),
    ),
)

WORDINGS: Table[WordingRow] = Table(
    "wording",
    "A term that an outlet, or someone it quotes, uses for a thing that others name differently.",
    (
        _text("id", "12 hex digits, from the document and the span.", lambda row: row.id),
        _text("thing", "What is named.", lambda row: row.wording.thing),
        _text("term", "The term in its plain form.", lambda row: row.wording.term),
        _text("text", "As printed.", lambda row: row.text),
        _text(
            "distanced",
            "How a distance is kept: so_called, scare_quotes, called_so (a name somebody gives); empty if not at all.",
            lambda row: row.wording.distanced,
        ),
        _text("claimant", "In whose words it stands; empty in the outlet's own.", _voucher),
        *_how_known(),
        Column(
            "quoted", Kind.YES_NO, "Whether it is printed as the claimant's own word.", lambda row: row.wording.quoted
        ),
        _text("statement", "Id of the statement it stands in.", lambda row: row.statement),
        *_carried_by(),
        _text("span", "Where it stands.", lambda row: write_spans((row.wording.span,))),
        _score(lambda row: row.wording.score),
        *_review(),
    ),
)

PEOPLE: Table[PersonRow] = Table(
    "people",
    "Who can speak or act, across documents.",
    (
        _text("key", "The actor's key across documents.", lambda row: row.key),
        _text("name", "The name we use.", lambda row: row.name),
        _text("type", "person, state, place, body, group, outlet or unknown.", lambda row: row.type.value),
        _text("country", "ISO 3166-1 code, where known.", lambda row: row.country),
        _text("qid", "Wikidata id, where known.", lambda row: row.qid),
        _text("printed", "Every form in which the name was printed, joined by ;.", lambda row: "; ".join(row.printed)),
        Column("statements", Kind.WHOLE, "How many statements are theirs.", lambda row: row.statements),
        Column("documents", Kind.WHOLE, "How many documents name them.", lambda row: row.documents),
    ),
)


def moment_kind(moment: Moment) -> str:
    """What a moment is, in the words of its own record: a step's status, a statement's act, an event's kind."""
    record = moment.record
    if isinstance(record, StatusRow):
        return record.entry.status.value
    return record.statement.act.value if isinstance(record, StatementRow) else record.event.kind


def moment_actor(moment: Moment) -> str | None:
    """Whose line or statement it is, or who acts."""
    record = moment.record
    if isinstance(record, StatusRow):
        return record.issuer_name
    return record.statement.speaker.name if isinstance(record, StatementRow) else "; ".join(record.who) or None


def moment_voucher(moment: Moment) -> Speaker | None:
    """Whose word it is: a statement's speaker, or who an event is reported by; None for a step and for the outlet."""
    record = moment.record
    if isinstance(record, StatusRow):
        return None
    return record.statement.speaker if isinstance(record, StatementRow) else record.claimant


def moment_reason(moment: Moment) -> str | None:
    """Why it is a step, or what tells whose word it is."""
    if isinstance(moment.record, StatusRow):
        return moment.record.entry.reason
    voucher = moment_voucher(moment)
    return voucher.reason if voucher else None


def _moment_basis(moment: Moment) -> str | None:
    voucher = moment_voucher(moment)
    return voucher.basis.value if voucher else None


def moment_whom(moment: Moment) -> str | None:
    """Whom an event was done to, or with."""
    return "; ".join(moment.record.whom) or None if isinstance(moment.record, EventRow) else None


def moment_where(moment: Moment) -> str | None:
    """Where an event was, as printed."""
    return moment.record.where.replace(" … ", ", ") or None if isinstance(moment.record, EventRow) else None


def tell_moment(moment: Moment) -> str:
    """What it is, in our words: an event as a sentence; a statement by its act; a step by its status."""
    record = moment.record
    if isinstance(record, EventRow):
        return tell_happening(record)
    whose = moment_actor(moment)
    if isinstance(record, StatusRow):
        label = STATUS[record.entry.status].text
        return f"{label}: line of {whose}" if whose else label
    act = ACT[record.statement.act].capitalize()
    return f"{act} by {whose}" if whose else f"{act}; whose is not known"


def moment_sentence(moment: Moment) -> str:
    """The printed words to read as evidence: of an event the sentence around it."""
    record = moment.record
    return record.sentence or record.text if isinstance(record, EventRow) else moment_words(moment)


def moment_words(moment: Moment) -> str:
    """The words that carry it, as printed."""
    record = moment.record
    if isinstance(record, StatusRow):
        return record.entry.passage.text
    return record.statement.quote if isinstance(record, StatementRow) else record.text


def moment_outlet(moment: Moment) -> str | None:
    """Who published them."""
    record = moment.record
    if isinstance(record, StatusRow):
        return record.entry.outlet.name
    return record.statement.outlet.name if isinstance(record, StatementRow) else record.outlet.name


def moment_document(moment: Moment) -> str:
    """The document they stand in."""
    record = moment.record
    if isinstance(record, StatusRow):
        return record.entry.passage.document
    return record.statement.document if isinstance(record, StatementRow) else record.document


TIMELINE: Table[Moment] = Table(
    "timeline",
    "A step, a statement or an event, in order of time.",
    (
        _text("id", "Id of the record.", lambda row: row.id),
        *days("when", "of the moment", lambda row: row.when),
        _text("kind", "status, statement or event.", lambda row: row.kind),
        _text("what", "The step's status, the statement's act or the event's kind.", moment_kind),
        _text("who", "Whose line or statement it is, or who acts.", moment_actor),
        _text("whom", "Whom an event was done to, or with; joined by semicolons.", moment_whom),
        _text("where", "Where an event was, as printed.", moment_where),
        _text(
            "word_of",
            "On whose word: the speaker, or who reports an event; empty where the outlet states it, and for a step.",
            lambda row: _name_of(moment_voucher(row)),
        ),
        _text("word_of_basis", "How that is known.", _moment_basis),
        _text("reason", "What tells whose word it is, or why nobody could be named; why a step is one.", moment_reason),
        _text("told", "What it is, in our words, as far as the text tells; how an event stands.", tell_moment),
        _text("words", "The words that carry it, as printed.", moment_words),
        _text("sentence", "Of an event the printed sentence around them, cut where it is long.", moment_sentence),
        _text("outlet", "Who published the document; empty where unknown.", moment_outlet),
        _text("document", "The document's id, the hash of its text.", moment_document),
    ),
)

MATCHES: Table[Match] = Table(
    "matches",
    "An open line that a supposed event would meet.",
    (
        _text("line", "Id of the red line.", lambda row: row.line),
        _text("issuer", "Whose line it is.", lambda row: row.issuer_name),
        Column(
            "negated",
            Kind.YES_NO,
            "Whether the consequence holds where the condition fails (unless).",
            lambda row: row.negated,
        ),
        _text("condition", "The if, in our wording.", lambda row: row.condition),
        _text("consequence", "The then, in our wording.", lambda row: row.consequence),
        _text("reason", "Why the event fits.", lambda row: row.reason),
        _text(
            "passages",
            "The words it rests on, as printed, joined by |.",
            lambda row: " | ".join(each.text for each in row.passages),
        ),
        _text(
            "documents",
            "Ids of their documents.",
            lambda row: " ".join(dict.fromkeys(each.document for each in row.passages)),
        ),
        _score(lambda row: row.score),
    ),
)

PASSAGES: Table[Passage] = Table(
    "passages",
    "Words in a document.",
    (
        _text("document", "The document's id, the hash of its text.", lambda row: row.document),
        _text(
            "spans", "Where they stand, in code points of the text, ends excluded.", lambda row: write_spans(row.spans)
        ),
        _text("text", "As printed.", lambda row: row.text),
    ),
)

HITS: Table[Hit] = Table(
    "hits",
    "A document that holds the words of a search.",
    (
        _text("document", "The document's id, the hash of its text.", lambda row: row.document.id),
        _text("title", "As printed.", lambda row: row.document.title),
        _text("outlet", "Who published it; empty where unknown.", lambda row: row.document.outlet.name),
        *days("published", "of publication", lambda row: row.document.published),
        _text("excerpt", "The words around the first ones found, as printed.", lambda row: row.text),
        _text("spans", "Where the words stand.", lambda row: write_spans(row.spans)),
        _text("statements", "Ids of the statements that hold one of them.", lambda row: " ".join(row.statements)),
    ),
)

PROBLEMS: Table[Problem] = Table(
    "problems",
    "Something in the ledger that does not hold.",
    (
        _text("place", "Where in the ledger.", lambda row: row.place),
        _text("what", "What does not hold.", lambda row: row.what),
    ),
)


def with_carriers(table: Table[Any], carriers: Callable[[Any], Sequence[Carrier]]) -> Table[Any]:
    """The table of a list that counts copies once, with who carries each row."""
    columns: tuple[Column[Any], ...] = (
        Column(
            "outlets",
            Kind.WHOLE,
            "How many outlets carry it, copies of one text included.",
            lambda row: count_outlets(_outlet_of(row), carriers(row)),
        ),
        _text(
            "carriers",
            "The other outlets that carry it, each with its document and record, joined by semicolons.",
            lambda row: "; ".join(map(write_carrier, carriers(row))),
        ),
    )
    return Table(table.name, table.meaning, (*table.columns, *columns))


def count_outlets(first: str | None, carriers: Sequence[Carrier]) -> int:
    """How many outlets carry a record; each document without a named outlet counts as one."""
    unnamed = sum(name is None for name in (first, *(each.outlet.name for each in carriers)))
    return unnamed + len({name for name in (first, *(each.outlet.name for each in carriers)) if name is not None})


def write_carrier(carrier: Carrier) -> str:
    """A carrier as text: `Herald, 2024-05-04, sha256:… (the same text)`."""
    day = carrier.published.latest
    told = (carrier.outlet.name or NO_OUTLET, day.isoformat() if day else "", f"{carrier.document} {carrier.id}")
    return ", ".join(filter(None, told)) + (f" ({carrier.reason})" if carrier.reason else "")


def _outlet_of(row: Any) -> str | None:
    return moment_outlet(row) if isinstance(row, Moment) else row.outlet.name


@cache
def all_tables() -> dict[str, Table[Any]]:
    """Every table by name, in the order of the data dictionary."""
    listed: tuple[Table[Any], ...] = (
        DOCUMENTS,
        STATEMENTS,
        CONDITIONS,
        RED_LINES,
        STEPS,
        FIGURES,
        EVENTS,
        WORDINGS,
        PEOPLE,
        TIMELINE,
    )
    return {table.name: table for table in listed}
