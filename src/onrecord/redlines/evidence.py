"""What a document reports that bears on a line: happenings that meet its condition, deeds that carry it out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from onrecord.records.documents import DateRange
from onrecord.records.findings import Attribution, Event, EventRealis, Findings
from onrecord.records.redlines import Passage, Statement
from onrecord.records.spans import Span, cover, overlaps, quote_span, quote_spans
from onrecord.redlines.drafts import Draft, Issuer, has_words
from onrecord.redlines.features import find_contradictions
from onrecord.redlines.gist import Gist, Part, read_gist
from onrecord.redlines.meeting import Meeting, Scope, meet, turn
from onrecord.redlines.names import Known, Relation, known_key, name_of, relate_names
from onrecord.redlines.statements import date_before
from onrecord.redlines.vectors import Vectors

TOLD = 0.6  # events.py gives 0.65 and more where a verb tells the event, 0.5 where a noun stands alone
YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
CLAUSE_END = re.compile(r"[,;:—–()]|\s-\s")
SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*\s+|\n+")


@dataclass(frozen=True, slots=True)
class Report:
    """An event of a document, ready to be compared: its gist, its day, whose word it is and where it stands.

    gist: of its clause. core: of its own words alone. dated: whether the text dates it.

    teller: the actor's key whose word it is, None where the outlet says so itself. ahead: its date is still to come.
    """

    findings: Findings
    event: Event
    gist: Gist
    core: Gist
    when: DateRange
    dated: bool
    passage: Passage
    teller: str | None
    doers: frozenset[str]
    ahead: bool


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
    clause = clause_around(document.text, cover(event.spans))
    sentence = sentence_around(document.text, cover(event.spans))
    teller = attributions.get(event.attribution or "")
    when, dated = _date_report(event, teller, document.published)
    return Report(
        findings=findings,
        event=event,
        gist=read_gist(_with_place(document.text, quote_span(document.text, clause), event, clause)),
        core=read_gist(quote_spans(document.text, event.spans, " ")),
        when=when,
        dated=dated,
        passage=Passage(document.id, (sentence,), quote_span(document.text, sentence)),
        teller=keys.get(teller.speaker.actor or "") if teller is not None else None,
        doers=frozenset(keys[each] for each in event.who if each in keys),
        ahead=_is_later(event.when, document.published),
    )


def _date_report(event: Event, teller: Attribution | None, published: DateRange) -> tuple[DateRange, bool]:
    """When it happened, and whether the text dates it. What is only planned is dated by when that was told."""
    told = teller.said_on if teller is not None and teller.said_on is not None else None
    later = _is_later(event.when, published)
    if event.when is not None and event.when.is_known and event.realis is EventRealis.ASSERTED and not later:
        return event.when, True
    if told is not None and told.is_known:
        return told, True
    return date_before(published), False


def _is_later(when: DateRange | None, published: DateRange) -> bool:
    """Whether a date lies behind the day of publication: then the event has not happened yet."""
    known = when is not None and when.earliest is not None and published.latest is not None
    return known and when.earliest > published.latest  # type: ignore[union-attr, operator]


def clause_around(text: str, span: Span) -> Span:
    """The stretch around a span up to the next mark of punctuation on either side, within its sentence."""
    sentence = sentence_around(text, span)
    before = [match.end() for match in CLAUSE_END.finditer(text, sentence.start, span.start)]
    after = CLAUSE_END.search(text, span.end, sentence.end)
    return Span(max(before, default=sentence.start), after.start() if after is not None else sentence.end)


def _with_place(text: str, words: str, event: Event, clause: Span) -> str:
    """The event's clause, with its place behind it where the place stands outside it."""
    outside = [span for span in event.where if not overlaps(span, clause)]
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
        if is_denial(report.event) and not is_disputed(report) or not is_told(report):
            continue
        met = [meeting for draft in drafts if (meeting := _meet(report, draft, scope, vectors)) is not None]
        if met:
            yield Evidence(report, max(met, key=lambda meeting: (meeting.short is None, meeting.score, meeting.reason)))


def _meet(report: Report, draft: Draft, scope: Scope, vectors: Vectors) -> Meeting | None:
    if not _same_groups(report.core, draft.condition):
        return None
    cosine = vectors.cosine(report.gist.text, draft.condition.text)
    gist = _affirm(report.gist, draft) if is_denial(report.event) else report.gist
    return meet(gist, draft.condition, draft.mention.negated, scope, cosine)


def _same_groups(core: Gist, condition: Gist) -> bool:
    """Whether the event's own words name a happening of the condition, where both name any.

    Its clause may name others: "says there will be no talks after the regions voted" reports the vote alone.
    """
    mine, theirs = ({event[1:] for event in gist.events} for gist in (core, condition))
    return not mine or not theirs or bool(mine & theirs)


def is_denial(event: Event) -> bool:
    """Whether the event is said not to have happened."""
    return event.realis is EventRealis.DENIED or event.negated


def is_disputed(report: Report) -> bool:
    """Whether somebody denies the event. That the outlet itself reports none is no dispute."""
    return is_denial(report.event) and (
        report.event.attribution is not None or has_words("denied", report.passage.text)
    )


def is_told(report: Report) -> bool:
    """Whether the report says that the event happened or will. A bare noun only tells that something is spoken of."""
    return report.event.score >= TOLD or report.gist.stage is not None


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
    return any(draft.consequence is not None and same_consequence(report.core, draft.consequence) for draft in drafts)


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
