"""What a document reports that bears on a line: happenings that meet its condition, deeds that carry it out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from onrecord.records.documents import DateRange
from onrecord.records.findings import Attribution, Event, EventRealis, Findings
from onrecord.records.redlines import Passage, Statement
from onrecord.records.spans import Span, cover, overlaps, quote_spans
from onrecord.redlines.drafts import Draft, Issuer
from onrecord.redlines.features import find_contradictions
from onrecord.redlines.gist import Gist, Part, read_gist
from onrecord.redlines.meeting import Meeting, Scope, meet, turn
from onrecord.redlines.names import Known, Relation, known_key, name_of, relate_names
from onrecord.redlines.statements import date_before
from onrecord.redlines.vectors import Vectors

YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*\s+|\n+")


@dataclass(frozen=True, slots=True)
class Report:
    """An event of a document, ready to be compared: its gist, its day, whose word it is and where it stands.

    teller: the actor's key whose word it is, None where the outlet says so itself.
    """

    findings: Findings
    event: Event
    gist: Gist
    when: DateRange
    dated: bool
    passage: Passage
    teller: str | None
    doers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A report that concerns a line's condition, and how."""

    report: Report
    meeting: Meeting


def list_reports(findings: Findings) -> tuple[Report, ...]:
    """The events of a document that are not merely supposed, as reports."""
    attributions = {each.id: each for each in findings.attributions}
    keys = {actor.id: actor.key for actor in findings.actors}
    told = (EventRealis.ASSERTED, EventRealis.PLANNED, EventRealis.DENIED)
    return tuple(
        _form_report(findings, event, attributions, keys)
        for event in findings.events
        if event.realis in told and event.spans
    )


def _form_report(
    findings: Findings, event: Event, attributions: Mapping[str, Attribution], keys: Mapping[str, str]
) -> Report:
    document = findings.document
    words = quote_spans(document.text, event.spans, " ")
    teller = attributions.get(event.attribution or "")
    dated = event.when is not None and event.when.is_known
    return Report(
        findings=findings,
        event=event,
        gist=read_gist(_with_place(document.text, words, event)),
        when=event.when if dated and event.when is not None else date_before(document.published),
        dated=dated,
        passage=Passage(document.id, event.spans, quote_spans(document.text, event.spans)),
        teller=keys.get(teller.speaker.actor or "") if teller is not None else None,
        doers=frozenset(keys[each] for each in event.who if each in keys),
    )


def _with_place(text: str, words: str, event: Event) -> str:
    """The event's words, with its place behind them where the place stands outside them."""
    outside = [span for span in event.where if not any(overlaps(span, own) for own in event.spans)]
    places = [quote_spans(text, (span,)) for span in outside]
    return " ".join((words, *(place if place.startswith("in ") else f"in {place}" for place in places)))


def sentence_around(text: str, span: Span) -> Span:
    """The sentence a span stands in, by full stops and line breaks alone."""
    starts = [match.end() for match in SENTENCE_END.finditer(text, max(0, span.start - 600), span.start)]
    start = max(starts, default=max(0, span.start - 600))
    end = SENTENCE_END.search(text, max(span.end - 1, start))
    return Span(start, end.start() + 1 if end is not None else len(text))


def tells_of_earlier(report: Report, since: date | None) -> bool:
    """Whether the event is older than the line: by its own date, or by a year printed beside it."""
    if since is None:
        return False
    if report.dated:
        last = report.when.latest or report.when.earliest
        return last is not None and last < since
    text = report.findings.document.text
    around = sentence_around(text, cover(report.event.spans))
    years = [int(year) for year in YEAR.findall(text[around.start : around.end])]
    published = report.findings.document.published.latest
    return any(year < since.year for year in years) or (published is not None and published < since)


def find_evidence(
    drafts: Sequence[Draft], scope: Scope, reports: Sequence[Report], vectors: Vectors
) -> Iterator[Evidence]:
    """The reports that meet the condition of a line as one of its mentions words it, each with its best meeting."""
    for report in reports:
        if report.doers and report.doers <= _issuer_keys(drafts):
            continue
        met = [meeting for draft in drafts if (meeting := _meet(report, draft, scope, vectors)) is not None]
        if met:
            yield Evidence(report, max(met, key=lambda meeting: (meeting.short is None, meeting.score, meeting.reason)))


def _meet(report: Report, draft: Draft, scope: Scope, vectors: Vectors) -> Meeting | None:
    cosine = vectors.cosine(report.gist.text, draft.condition.text)
    gist = _affirm(report.gist, draft) if is_denial(report.event) else report.gist
    return meet(gist, draft.condition, draft.mention.negated, scope, cosine)


def is_denial(event: Event) -> bool:
    """Whether the event is said not to have happened."""
    return event.realis is EventRealis.DENIED or event.negated


def _affirm(gist: Gist, draft: Draft) -> Gist:
    """What a denial denies: the happenings it names, with the sign the condition gives them."""
    wanted = wanted_gist(draft)
    signs = {event[1:]: event for event in wanted.events}
    events = {event: signs.get(event[1:], event) for event in gist.events}
    terms = {events.get(term, term): weight for term, weight in gist.terms.items()}
    return replace(gist, events=frozenset(events.values()), terms=terms, negated=wanted.negated)


def _issuer_keys(drafts: Sequence[Draft]) -> frozenset[str]:
    return frozenset(key for draft in drafts for key in draft.issuer.keys)


def form_scope(drafts: Sequence[Draft]) -> Scope:
    """Every name the mentions of a line hold, and the names of its issuer."""
    names = [
        role.name.known
        for draft in drafts
        for gist in (draft.condition, draft.consequence)
        if gist
        for role in gist.roles
    ]
    issuers = [known for draft in drafts for known in issuer_names(draft.issuer)]
    events = frozenset(event for draft in drafts for event in wanted_gist(draft).events)
    return Scope(tuple(dict.fromkeys((*names, *issuers))), tuple(dict.fromkeys(issuers)), events)


def wanted_gist(draft: Draft) -> Gist:
    """What must happen for a mention's consequence to follow."""
    return turn(draft.condition) if draft.mention.negated else draft.condition


def issuer_names(issuer: Issuer) -> tuple[Known, ...]:
    """The issuer and the state it speaks for, as names in a text may mean them."""
    states = (name_of_state(key.removeprefix("state:")) for key in sorted(issuer.keys) if key.startswith("state:"))
    own = (name_of(name) for name in issuer.names)
    return (*own, *(known for known in states if known is not None))


def name_of_state(iso: str) -> Known | None:
    """A state by its ISO code, as a name."""
    return known_key(iso)


def carries_out(report: Report, drafts: Sequence[Draft], scope: Scope) -> bool:
    """Whether the outlet itself reports as done, by the issuer, what the line announced."""
    if report.event.realis is not EventRealis.ASSERTED or report.event.attribution is not None:
        return False
    if not (report.doers & _issuer_keys(drafts) or _doer_is_issuer(report.gist, scope)):
        return False
    return any(draft.consequence is not None and same_consequence(report.gist, draft.consequence) for draft in drafts)


def _doer_is_issuer(gist: Gist, scope: Scope) -> bool:
    relations = [relate_names(name.known, own) for name in gist.named(Part.AGENT) for own in scope.issuer]
    return any(relation in (Relation.SAME, Relation.CONTAINED) for relation in relations)


def same_consequence(gist: Gist, consequence: Gist) -> bool:
    """Whether a text names the happenings of a consequence with the same sign, and nothing that excludes it."""
    wanted = consequence.events - {"+answer"}
    return bool(wanted & gist.events) and next(find_contradictions(gist, consequence), None) is None


def split_sentences_of(text: str) -> Iterator[Span]:
    """The sentences of a stretch of text, by full stops and line breaks alone."""
    start = 0
    for match in SENTENCE_END.finditer(text):
        if match.start() > start:
            yield Span(start, match.start() + 1)
        start = match.end()
    if start < len(text):
        yield Span(start, len(text))


def statement_sentences(statement: Statement, text: str) -> Iterator[tuple[Span, str]]:
    """The sentences of a statement's content, with their place in the document's text."""
    for piece in statement.content:
        words = text[piece.start : piece.end]
        for span in split_sentences_of(words):
            yield Span(piece.start + span.start, piece.start + span.end), words[span.start : span.end]
