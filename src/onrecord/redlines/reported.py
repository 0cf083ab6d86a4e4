"""What is reported of a line's condition: planned, met, met in part, or denied. One step a document and status."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.records.documents import Basis, DateRange
from onrecord.records.findings import Act, Attribution, EventRealis
from onrecord.records.redlines import Passage, Status, StatusEntry
from onrecord.records.said_days import date_before
from onrecord.records.spans import Span, Spans, cover, overlaps, quote_span, quote_spans
from onrecord.redlines.drafts import POINTING, Draft, has_words
from onrecord.redlines.evidence import Evidence, find_evidence, find_likely, issuer_keys
from onrecord.redlines.flow import denies
from onrecord.redlines.gist import Stage
from onrecord.redlines.reports import Report, tells_of_earlier
from onrecord.redlines.sentences import sentence_around
from onrecord.redlines.steps import Coverage, Line, deadline_of, form_entry, last_day
from onrecord.redlines.words import split_words

NEAR = 400  # characters between a report and "London denied it": two short paragraphs
BESIDE = 80  # characters between a report and a denial that only has a pronoun for it: the name of who denies
BARE = 3  # words of "(denied) it", "the claim", "these reports"
NEVER_DID = frozenset({"never", "not", "didn't", "wasn't", "weren't", "hasn't", "haven't", "hadn't"})
AGAIN_REASON = "no day is printed: between the day the condition was first reported met and this publication"


def list_condition_entries(line: Line, coverage: Coverage) -> Iterator[StatusEntry]:
    """The steps of a line that reports of its condition make."""
    evidence = tuple(_since_met(tuple(_list_evidence(line, coverage))))
    entries = {entry.id: entry for entry in _condition_entries(line, evidence)}
    disputed = {entry.passage.document for entry in entries.values() if entry.status is Status.CONDITION_DISPUTED}
    yield from entries.values()
    for entry in _list_denials(line, coverage, evidence):
        if entry.passage.document not in disputed:
            disputed.add(entry.passage.document)
            yield entry


def _list_denials(line: Line, coverage: Coverage, evidence: Sequence[Evidence]) -> Iterator[StatusEntry]:
    """What others than the issuer say right behind a report that the condition was met, to deny it."""
    issuers = issuer_keys(line.drafts)
    for each in evidence:
        if _status_of(each) is not Status.CONDITION_REPORTED:
            continue
        findings = coverage.findings[each.report.document.id]
        keys = {actor.id: actor.key for actor in findings.actors}
        for attribution in findings.attributions:
            teller = keys.get(attribution.speaker.actor or attribution.speaker.on_behalf_of or "")
            if teller not in issuers and _denies(attribution, each, findings.document.text):
                yield _denial_entry(line, each, attribution, teller)


def _denies(attribution: Attribution, evidence: Evidence, text: str) -> bool:
    """Whether somebody's words deny what was reported before them: "London denied it", "Ankara says it never left"."""
    if not attribution.cue or not attribution.content:
        return False
    behind = min(attribution.cue[0].start, attribution.content[0].start) - evidence.report.passage.spans[-1].end
    words = [word.folded for word in split_words(quote_spans(text, attribution.content))]
    bare = attribution.act is Act.DENIAL and len(words) <= BARE and not set(words).isdisjoint(POINTING)
    if bare:
        return 0 <= behind <= NEAR
    opening = words[1:] if words[:1] == ["that"] else words
    pronoun = opening[:1] and opening[0] in POINTING
    return bool(pronoun) and 0 <= behind <= BESIDE and not set(opening[1:3]).isdisjoint(NEVER_DID)


def _denial_entry(line: Line, evidence: Evidence, attribution: Attribution, teller: str | None) -> StatusEntry:
    report = evidence.report
    sentence = sentence_around(report.document.text, cover((*attribution.cue, *attribution.content)))
    said = attribution.said_on if attribution.said_on is not None and attribution.said_on.is_known else None
    return form_entry(
        line,
        Status.CONDITION_DISPUTED,
        said or date_before(report.document.published),
        Passage(report.document.id, (sentence,), quote_span(report.document.text, sentence)),
        outlet=report.outlet,
        statement=None,
        by=teller or report.outlet.name,
        score=attribution.score,
        rule="denial beside a report",
        reason="somebody else denies what is reported right before",
    )


def _since_met(evidence: Sequence[Evidence]) -> Iterator[Evidence]:
    """The evidence; where the condition was met on a known day, a later report without one may tell of that day too."""
    met = [_status_of(each) is Status.CONDITION_REPORTED for each in evidence]
    days = [each.report.when.latest for each, told in zip(evidence, met, strict=True) if told and each.report.dated]
    first = min(filter(None, days), default=None)
    for each, told in zip(evidence, met, strict=True):
        when = each.report.when
        if first is not None and told and not each.report.dated and when.earliest is not None and when.earliest > first:
            since = DateRange(first, when.latest, Basis.INFERRED, AGAIN_REASON)
            yield replace(each, report=replace(each.report, when=since))
        else:
            yield each


def _list_evidence(line: Line, coverage: Coverage) -> Iterator[Evidence]:
    first = line.occasions[0].best.mention.document
    passages: dict[str, list[Span]] = {}
    for draft in line.drafts:
        passages.setdefault(draft.mention.document, []).append(draft.mention.passage)

    deadline = deadline_of(line, coverage) if any(map(_waits, line.drafts)) else None

    def may_tell(report: Report) -> bool:
        if deadline is not None and last_day(report.when) < deadline and report.realis is EventRealis.ASSERTED:
            return False  # until then the other side has time
        fresh = not tells_of_earlier(report, line.since) and (report.dated or report.passage.document != first)
        return fresh and not _overlaps_any(report.spans, passages.get(report.document.id, ()))

    reports = filter(may_tell, coverage.reports_of(line.drafts, line.scope))
    yield from find_evidence(line.drafts, line.scope, reports, coverage.vectors)
    scenes = filter(may_tell, coverage.scenes_of(line.drafts, line.scope))
    yield from find_likely(line.drafts, line.scope, scenes, coverage.vectors)


def _waits(draft: Draft) -> bool:
    """Whether a condition is that something is not done, or still as it was: it cannot be met before its time is up."""
    text = draft.condition.text
    return draft.mention.negated or denies(text) or has_words("still", text)


def _overlaps_any(spans: Spans, passages: Sequence[Span]) -> bool:
    """Whether a report stands in words that draw the line: these are no evidence of anything."""
    return any(overlaps(span, passage) for span in spans for passage in passages)


def _condition_entries(line: Line, evidence: Sequence[Evidence]) -> Iterator[StatusEntry]:
    """One entry a document and status, from the report that shows it best; the others are counted in the reason."""
    grouped: dict[tuple[str, Status], list[Evidence]] = {}
    for each in evidence:
        grouped.setdefault((each.report.passage.document, _status_of(each)), []).append(each)
    for (_document, status), found in sorted(grouped.items(), key=lambda item: (item[0][0], item[0][1].value)):
        yield _condition_entry(line, status, found)


def _status_of(evidence: Evidence) -> Status:
    report, meeting = evidence.report, evidence.meeting
    if report.denied:
        return Status.CONDITION_DISPUTED
    early = meeting.stage in (Stage.PLANNED, Stage.ANNOUNCED) and meeting.short is not None
    if report.realis is EventRealis.PLANNED or report.ahead or early:
        return Status.CONDITION_ANNOUNCED
    return Status.TESTED_BELOW_THRESHOLD if meeting.short is not None else Status.CONDITION_REPORTED


def _condition_entry(line: Line, status: Status, found: Sequence[Evidence]) -> StatusEntry:
    best = min(found, key=_evidence_key)
    report, meeting = best.report, best.meeting
    others = len({each.report.passage.spans for each in found}) - 1
    more = f"; {others} more passage{'s' if others > 1 else ''} in the same document" if others else ""
    short = f"; falls short of the line: {meeting.short}" if meeting.short else ""
    whose = "on the word of the one quoted" if report.attributed else "as the outlet reports"
    return form_entry(
        line,
        status,
        report.when,
        report.passage,
        outlet=report.outlet,
        statement=None,
        by=report.by,
        score=meeting.score,
        rule="event meets condition",
        reason=f"{whose}; {meeting.reason}{short}{more}",
    )


def _evidence_key(evidence: Evidence) -> tuple[bool, bool, float, str]:
    """The outlet's own word first, then dated reports, then the best score."""
    report = evidence.report
    return (report.attributed, not report.dated, -evidence.meeting.score, report.id)
