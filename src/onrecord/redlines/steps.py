"""What every step of a history is made of: the coverage, the line, the entry and its place in time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.records.documents import DateRange, Document, Outlet
from onrecord.records.findings import Findings
from onrecord.records.ids import form_id
from onrecord.records.redlines import Change, Passage, Statement, Status, StatusEntry
from onrecord.records.spans import Span, Spans, quote_spans
from onrecord.redlines.drafts import Draft
from onrecord.redlines.evidence import form_scope
from onrecord.redlines.gist import Gist
from onrecord.redlines.meeting import Scope
from onrecord.redlines.occasions import NEVER, Occasion, group_occasions
from onrecord.redlines.reports import Report
from onrecord.redlines.vectors import Vectors

ORDER = {status: place for place, status in enumerate(Status)}
WORDS_OF_ISSUER = frozenset({Status.DECLARED, Status.REITERATED, Status.CLARIFIED, Status.HARDENED, Status.SOFTENED})
MET = frozenset({Status.CONDITION_REPORTED, Status.CONSEQUENCE_INVOKED})


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was read, indexed so that a line looks only at what can concern it.

    findings: by document. reports: by happening (without its sign) or other term. spoken: statements by actor key.
    inaction: sentences that tell of something not done. vectors: of all texts compared.
    """

    findings: Mapping[str, Findings]
    reports: Mapping[str, tuple[Report, ...]]
    spoken: Mapping[str, tuple[Statement, ...]]
    inaction: tuple[tuple[Document, Span], ...]
    vectors: Vectors

    @property
    def days(self) -> tuple[date, ...]:
        """The days of publication that are known, in order."""
        known = (each.document.published.latest for each in self.findings.values())
        return tuple(sorted({day for day in known if day is not None}))

    def reports_of(self, gists: Iterable[Gist]) -> tuple[Report, ...]:
        """The reports that share a happening with one of the gists, or a term with one that names none."""
        terms = {term.lstrip("+-") for gist in gists for term in (gist.events or gist.objects)}
        found = {(each.document.id, each.id): each for term in terms for each in self.reports.get(term, ())}
        return tuple(found[key] for key in sorted(found))

    def statements_of(self, keys: Iterable[str]) -> tuple[Statement, ...]:
        """The statements of some actors, by id."""
        found = {each.id: each for key in keys for each in self.spoken.get(key, ())}
        return tuple(found[name] for name in sorted(found))


def index_reports(reports: Iterable[Report]) -> Mapping[str, tuple[Report, ...]]:
    """Reports by every happening and term of their clause."""
    index: dict[str, list[Report]] = {}
    for report in reports:
        for term in {term.lstrip("+-") for term in report.gist.terms}:
            index.setdefault(term, []).append(report)
    return {term: tuple(found) for term, found in index.items()}


def index_statements(statements: Iterable[Statement], people: Mapping[str, str]) -> Mapping[str, tuple[Statement, ...]]:
    """Statements by their actor's key, and by that of other spellings; those of nobody known are left out."""
    index: dict[str, list[Statement]] = {}
    for statement in statements:
        if statement.actor is not None:
            for key in {statement.actor, people.get(statement.actor, statement.actor)}:
                index.setdefault(key, []).append(statement)
    return {key: tuple(found) for key, found in index.items()}


@dataclass(frozen=True, slots=True)
class Line:
    """A line on its way to its record: its id, its drafts and its scope."""

    id: str
    drafts: tuple[Draft, ...]
    occasions: tuple[Occasion, ...]
    scope: Scope
    since: date | None


def begin_line(line_id: str, drafts: Sequence[Draft]) -> Line:
    """A line with its occasions, in order of time."""
    occasions = group_occasions(drafts)
    when = occasions[0].when
    return Line(line_id, tuple(drafts), occasions, form_scope(drafts), when.earliest or when.latest)


def entry_key(entry: StatusEntry) -> tuple[date, int, date, str]:
    """Orders entries: by the middle of their days, then by what comes before what, then by their earliest day."""
    return (middle_day(entry.when), ORDER[entry.status], entry.when.earliest or NEVER, entry.id)


def middle_day(when: DateRange) -> date:
    """The day in the middle of a range; far away where nothing is known."""
    if when.earliest is None or when.latest is None:
        return when.latest or NEVER
    return when.earliest + (when.latest - when.earliest) / 2


def last_day(when: DateRange) -> date:
    """The latest day of a range; far away where there is none."""
    return when.latest or NEVER


def first_day(when: DateRange) -> date:
    """The earliest day of a range; far back where there is none."""
    return when.earliest or when.latest or date.min


def form_entry(
    line: Line,
    status: Status,
    when: DateRange,
    passage: Passage,
    *,
    outlet: Outlet,
    statement: str | None,
    by: str | None,
    score: float,
    rule: str,
    reason: str,
    changes: tuple[Change, ...] = (),
    inferred: bool = False,
) -> StatusEntry:
    """One step, its id from the line, the status and the passage."""
    return StatusEntry(
        id=form_id("status", passage.document, line.id, status.value, passage.spans),
        line=line.id,
        status=status,
        when=when,
        passage=passage,
        statement=statement,
        outlet=outlet,
        by=by,
        changes=changes,
        inferred=inferred,
        score=round(score, 3),
        rule=rule,
        reason=reason,
    )


def quote_passage(coverage: Coverage, document: str, spans: Spans) -> Passage:
    """The words of a document under some spans."""
    return Passage(document, spans, quote_spans(coverage.findings[document].document.text, spans))
