"""By what the records of one document are found: pure, the same for every database."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from onrecord.errors import MismatchError, RecordError
from onrecord.records.documents import Basis, DateRange, Document, hash_text
from onrecord.records.findings import (
    Act,
    Attribution,
    Condition,
    Event,
    EventRealis,
    Figure,
    Findings,
    Speaker,
    WordingUse,
)
from onrecord.records.ids import form_id
from onrecord.records.redlines import LineMention, RedLine, Statement
from onrecord.records.spans import Span, Spans, cover

UNDATED = "9999"  # sorts after every year
KINDS = ("statement", "condition", "figure", "event", "wording")
LAST_ORDINAL = (1 << 20) - 1  # a day in the year 2871: later ones stand with it
HASH_BITS = 43  # beside 20 bits for the day; 300,000 documents of one day hardly ever clash
PLAIN_ACTS = frozenset({Act.OTHER, Act.POSITION})  # said, but no step in a dispute: not in a timeline


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a record stands in its document's findings, and the values it is found by.

    place: index in its list. thing: what a wording names, or a figure's unit. since, until, sort: ISO days.
    """

    id: str
    kind: str
    place: int
    first: int
    last: int
    actor: str | None
    outlet: str | None
    since: str | None
    until: str | None
    sort: str
    directness: str | None
    act: str | None
    thing: str | None
    timed: bool
    score: float


def days_of(when: DateRange) -> tuple[str | None, str | None, str]:
    """First day, last day, and the day to sort by: the last possible one, or `UNDATED`."""
    since, until = _day(when.earliest), _day(when.latest)
    return since, until, until or since or UNDATED


def _day(value: date | None) -> str | None:
    return value.isoformat() if value is not None else None


def place_records(findings: Findings, statements: tuple[Statement, ...]) -> tuple[Placed, ...]:
    """Every statement, condition, figure, event and wording of one document, placed."""
    place = _Placing(findings, statements)
    return (
        *map(place.statement, range(len(statements)), statements),
        *map(place.condition, range(len(findings.conditions)), findings.conditions),
        *map(place.figure, range(len(findings.figures)), findings.figures),
        *map(place.event, range(len(findings.events)), findings.events),
        *map(place.wording, range(len(findings.wordings)), findings.wordings),
    )


def condition_id(document: str, condition: Condition) -> str:
    """The id of a condition across documents."""
    return form_id("condition", document, condition.cue, condition.condition, condition.consequence)


def figure_id(document: str, figure: Figure) -> str:
    """The id of a figure across documents."""
    return form_id("figure", document, figure.span)


def event_id(document: str, event: Event) -> str:
    """The id of an event across documents."""
    return form_id("event", document, event.trigger, event.spans)


def wording_id(document: str, wording: WordingUse) -> str:
    """The id of a wording across documents."""
    return form_id("wording", document, wording.span, wording.thing)


class _Placing:
    """One document's statements, attributions and actors at hand while its records are placed."""

    def __init__(self, findings: Findings, statements: tuple[Statement, ...]) -> None:
        self.document = findings.document
        self.keys = {actor.id: actor.key for actor in findings.actors}
        self.spoken = {statement.attribution: statement for statement in statements}

    def statement(self, place: int, statement: Statement) -> Placed:
        timed = statement.act not in PLAIN_ACTS
        return self._placed(
            statement.id, "statement", place, (*statement.source, *statement.cue, *statement.content), statement.score,
            actor=statement.actor, when=_said(statement), directness=statement.directness.value,
            act=statement.act.value, timed=timed,
        )  # fmt: skip

    def condition(self, place: int, condition: Condition) -> Placed:
        spans = condition_spans(condition)
        statement = self.spoken.get(condition.attribution or "")
        return self._placed(
            condition_id(self.document.id, condition), "condition", place, spans, condition.score,
            actor=statement.actor if statement else None, when=_said(statement) if statement else None,
            act=statement.act.value if statement else None,
        )  # fmt: skip

    def figure(self, place: int, figure: Figure) -> Placed:
        return self._placed(
            figure_id(self.document.id, figure), "figure", place, (figure.span,), figure.score,
            actor=self._speaker_key(figure.attribution), when=figure.when, thing=figure.unit,
        )  # fmt: skip

    def event(self, place: int, event: Event) -> Placed:
        key = next((self.keys[actor] for actor in event.who if actor in self.keys), None)
        timed = event.realis is EventRealis.ASSERTED
        return self._placed(
            event_id(self.document.id, event), "event", place, (event.trigger, *event.spans), event.score,
            actor=key, when=event.when, timed=timed,
        )  # fmt: skip

    def wording(self, place: int, wording: WordingUse) -> Placed:
        return self._placed(
            wording_id(self.document.id, wording), "wording", place, (wording.span,), wording.score,
            actor=self._speaker_key(wording.attribution), thing=wording.thing,
        )  # fmt: skip

    def _speaker_key(self, attribution: str | None) -> str | None:
        statement = self.spoken.get(attribution or "")
        return statement.actor if statement else None

    def _placed(
        self, id: str, kind: str, place: int, spans: Spans, score: float, *, actor: str | None = None,
        when: DateRange | None = None, directness: str | None = None, act: str | None = None,
        thing: str | None = None, timed: bool = False,
    ) -> Placed:  # fmt: skip
        dated = when if when is not None and when.is_known else self.document.published
        since, until, sort = days_of(dated)
        first, last = cover(spans) if spans else Span(0, 0)
        outlet = self.document.outlet.name
        return Placed(
            id, kind, place, first, last, actor, outlet, since, until, sort, directness, act, thing, timed, score
        )


def _said(statement: Statement) -> DateRange:
    return statement.said_on if statement.said_on.is_known else statement.published


def condition_spans(condition: Condition) -> Spans:
    """All spans of a condition: cue, alternatives, consequence."""
    alternatives = (span for spans in condition.condition for span in spans)
    return (*condition.cue, *alternatives, *condition.consequence)


def speaker_of(findings: Findings, attribution: str | None) -> Speaker | None:
    """Who speaks in an attribution; None where the outlet itself does."""
    found = find_attribution(findings, attribution)
    return found.speaker if found else None


def find_attribution(findings: Findings, attribution: str | None) -> Attribution | None:
    """The attribution with this local id, if there is one."""
    return next((each for each in findings.attributions if each.id == attribution), None)


def check_findings(findings: Findings, statements: tuple[Statement, ...]) -> None:
    """Raise MismatchError or RecordError unless the text has its hash and every span lies in it."""
    check_text(findings.document)
    for place, spans in spans_of(findings, statements):
        fault = span_fault(spans, len(findings.document.text))
        if fault:
            raise RecordError(f"{findings.document.id} {place}: {fault}")
    check_statements(findings.document, statements)


def check_statements(document: Document, statements: tuple[Statement, ...]) -> None:
    """Raise RecordError where a statement belongs to another document."""
    for statement in statements:
        if statement.document != document.id:
            raise RecordError(f"{document.id} statement {statement.id}: belongs to {statement.document}")


def check_text(document: Document) -> None:
    """Raise RecordError for a text that is no Unicode text, MismatchError where id and text disagree."""
    try:
        hashed = hash_text(document.text)
    except UnicodeEncodeError as error:
        raise RecordError(f"{document.path}: the text holds a lone surrogate at {error.start}") from error
    if hashed != document.id:
        raise MismatchError(f"{document.path}: needed the text's hash {hashed} as id, got {document.id}")


def span_fault(spans: Spans, length: int) -> str | None:
    """What is wrong with a list of spans in a text of `length` code points, if anything."""
    for start, end in spans:
        if not 0 <= start <= end <= length:
            return f"a span must lie in its text: got [{start}, {end}) of {length} characters"
    return None


def spans_of(findings: Findings, statements: tuple[Statement, ...]) -> Iterator[tuple[str, Spans]]:
    """Every record of one document with its spans, and a name to report it by."""
    for part in findings.document.parts:
        yield f"part {part.kind}", (part.span,)
    for name, spans in _SPANS.items():
        for record in getattr(findings, name):
            yield f"{name} {getattr(record, 'id', '')}", spans(record)
    for statement in statements:
        yield f"statement {statement.id}", (*statement.source, *statement.cue, *statement.content)


_SPANS: dict[str, Callable[..., Spans]] = {
    "mentions": lambda mention: (mention.span,),
    "attributions": lambda said: (*said.source, *said.cue, *said.content),
    "conditions": condition_spans,
    "events": lambda event: (*event.spans, event.trigger, *event.where),
    "figures": lambda figure: (figure.span, *figure.base, *figure.counts, *figure.place),
    "times": lambda time: (time.span,),
    "wordings": lambda wording: (wording.span,),
    "links": lambda link: (link.span,),
}


def line_days(line: RedLine) -> tuple[str | None, str | None, str]:
    """First and last day of a red line's history, and the day of its first step to sort by."""
    steps = [days_of(entry.when) for entry in line.history] or [days_of(each.said_on) for each in line.mentions]
    since = min((day for first, last, _ in steps if (day := first or last)), default=None)
    until = max((day for first, last, _ in steps if (day := last or first)), default=None)
    sort = min((sort for _, _, sort in steps), default=UNDATED)
    return since, until, sort


def line_documents(line: RedLine) -> tuple[str, ...]:
    """Ids of the documents that a red line rests on, each once, in order of id."""
    mentioned = {mention.document for mention in line.mentions}
    return tuple(sorted(mentioned | {entry.passage.document for entry in line.history}))


def mention_spans(mention: LineMention) -> Spans:
    """All spans of one wording of a red line."""
    alternatives = (span for spans in mention.condition for span in spans)
    return (*mention.cue, *alternatives, *mention.consequence, mention.passage)


def tally(findings: Findings, records: tuple[Placed, ...]) -> Counter[tuple[str, str]]:
    """What one document adds to the kept counts: ("counter", kind), and for statements each facet and its value.

    records: everything found in it, placed.
    """
    counted: Counter[tuple[str, str]] = Counter({("counter", "document"): 1})
    # An actor without statements is counted too, with nothing, so that people are listed.
    counted.update({("who", actor.key): 0 for actor in findings.actors})
    for placed in records:
        counted["counter", placed.kind] += 1
        if placed.kind == "statement":
            counted.update(_facets(placed))
    return counted


def _facets(placed: Placed) -> list[tuple[str, str]]:
    values = {
        "who": placed.actor,
        "outlet": placed.outlet,
        "month": placed.sort[:7] if placed.sort != UNDATED else None,
        "directness": placed.directness,
        "act": placed.act,
    }
    return [(kind, value) for kind, value in values.items() if value is not None]


def is_better(new: Document, old: Document) -> bool:
    """Whether the same text comes with metadata that should replace what is known: as sure or surer, and different.

    Days that the text itself was found to leave are no metadata: annotating works them out again.
    """
    days, known = _declared(new.published), _declared(old.published)
    surer = _sure(new.outlet.basis) >= _sure(old.outlet.basis) and _sure(days.basis) >= _sure(known.basis)
    typed = Basis.GIVEN in (new.outlet.basis, days.basis)
    differs = (new.outlet, days) != (old.outlet, known)
    gained = _sure(new.outlet.basis) + _sure(days.basis) > _sure(old.outlet.basis) + _sure(known.basis)
    return surer and differs and (typed or gained)


def _declared(published: DateRange) -> DateRange:
    return published if published.basis in (Basis.METADATA, Basis.GIVEN) else DateRange()


SURE = (Basis.UNKNOWN, Basis.INFERRED, Basis.TEXT, Basis.METADATA, Basis.GIVEN)


def _sure(basis: Basis) -> int:
    return SURE.index(basis)


def search_place(document: Document) -> int:
    """Where a document stands among search results, the highest first: by day of publication, then by hash."""
    day = document.published.latest or document.published.earliest
    hashed = int.from_bytes(sha256(document.id.encode("utf-8")).digest()[:8], "big")
    ordinal = min(day.toordinal(), LAST_ORDINAL) if day else 0
    return (ordinal << HASH_BITS) + (hashed >> (64 - HASH_BITS))


RELATED = 0  # the key under which every document of the workings stands


def clue_key(clue: str) -> int:
    """The number under which a document that holds this clue is found: 63 bits of its hash, never RELATED."""
    return (int.from_bytes(sha256(clue.encode("utf-8", "surrogatepass")).digest()[:8]) >> 1) or 1
