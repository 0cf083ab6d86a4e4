"""What is reported of a line's condition: planned, met, met in part, or denied. One step a document and status."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.records.documents import Basis, DateRange
from onrecord.records.findings import EventRealis
from onrecord.records.redlines import Status, StatusEntry
from onrecord.records.spans import Span, Spans, overlaps
from onrecord.redlines.evidence import Evidence, find_evidence
from onrecord.redlines.gist import Stage
from onrecord.redlines.reports import tells_of_earlier
from onrecord.redlines.steps import Coverage, Line, form_entry

AGAIN_REASON = "no day is printed: between the day the condition was first reported met and this publication"


def list_condition_entries(line: Line, coverage: Coverage) -> Iterator[StatusEntry]:
    """The steps of a line that reports of its condition make."""
    yield from _condition_entries(line, tuple(_since_met(tuple(_list_evidence(line, coverage)))))


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
    reports = [
        report
        for report in coverage.reports_of(line.drafts, line.scope)
        if not tells_of_earlier(report, line.since)
        and (report.dated or report.passage.document != first)
        and not _overlaps_any(report.spans, passages.get(report.document.id, ()))
    ]
    yield from find_evidence(line.drafts, line.scope, reports, coverage.vectors)


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
