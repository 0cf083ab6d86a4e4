"""What every step of a history is made of: the coverage, the line, the entry and its place in time."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from onrecord.records.documents import DateRange, Document, Outlet
from onrecord.records.findings import Findings
from onrecord.records.ids import form_id
from onrecord.records.redlines import Change, Passage, Status, StatusEntry
from onrecord.records.spans import Span, Spans, quote_spans
from onrecord.redlines.drafts import Draft
from onrecord.redlines.evidence import (
    deed_terms,
    differently_worded,
    form_scope,
    list_grounds,
    may_lie_in,
    scene_terms,
)
from onrecord.redlines.gist import Gist, plain, read_gist
from onrecord.redlines.marks import agreeing_marks
from onrecord.redlines.meeting import Scope, event_places
from onrecord.redlines.names import Known
from onrecord.redlines.occasions import NEVER, Occasion, group_occasions
from onrecord.redlines.reports import Report
from onrecord.redlines.sense import needed_cosine, read_shown
from onrecord.redlines.telling import Telling
from onrecord.redlines.vectors import Vectors

ORDER = {status: place for place, status in enumerate(Status)}
WORDS_OF_ISSUER = frozenset({Status.DECLARED, Status.REITERATED, Status.CLARIFIED, Status.HARDENED, Status.SOFTENED})
MET = frozenset({Status.CONDITION_REPORTED, Status.CONSEQUENCE_INVOKED})


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was read, indexed so that a line looks only at what can concern it.

    findings: by document. days: of publication, in order. spoken: telling words by actor key.
    reports: what may meet a condition; deeds: what may carry out a consequence.
    scenes: what sentences tell as fact. about: the marks of everybody a document names.
    overdue: sentences by which a set time ran out, by document.
    inaction: what tells of something not done. vectors: of all texts compared.
    shown: the scenes of a line, by the ids of its mentions: each line asks for them several times.
    """

    findings: Mapping[str, Findings]
    days: tuple[date, ...]
    reports: "ReportIndex"
    deeds: "ReportIndex"
    scenes: "ReportIndex"
    about: Mapping[str, frozenset[str]]
    overdue: Mapping[str, tuple[Span, ...]]
    spoken: Mapping[str, tuple[Telling, ...]]
    inaction: "InactionIndex"
    vectors: Vectors
    shown: dict[tuple[str, ...], tuple[Report, ...]] = field(default_factory=dict)

    def reports_of(self, drafts: Sequence[Draft], scope: Scope) -> tuple[Report, ...]:
        """The reports that share a term with a condition of a line and do not lie elsewhere, by document and id."""
        worded = differently_worded(drafts)
        return self.reports.find((each.condition for each in worded), lambda places: may_lie_in(places, worded, scope))

    def deeds_of(self, consequences: Iterable[Gist]) -> tuple[Report, ...]:
        """The deeds that share a happening or a telling thing with a consequence, wherever they were done."""
        return self.deeds.under({term for each in consequences for term in deed_terms(each)}, lambda _places: True)

    def scenes_of(self, drafts: Sequence[Draft], scope: Scope) -> tuple[Report, ...]:
        """The scenes that share with a line what may make them near in sense, of documents that name somebody of it."""
        names = tuple(draft.mention.id for draft in drafts)
        if names not in self.shown:
            self.shown[names] = tuple(self._find_shown(drafts, scope))
        return self.shown[names]

    def _find_shown(self, drafts: Sequence[Draft], scope: Scope) -> Iterator[Report]:
        marks, grounds = agreeing_marks(scope.names), list_grounds(drafts)
        found = self.scenes.under(scene_terms(drafts), lambda _places: True)
        for scene in found:
            shown = read_shown(scene.gist.text)
            named = not marks.isdisjoint(self.about[scene.document.id])
            if named and any(needed_cosine(shown, each) is not None for each in grounds):
                yield scene

    def words_of(self, keys: Iterable[str]) -> tuple[Telling, ...]:
        """The telling words of some actors, by statement."""
        found = {each.statement.id: each for key in keys for each in self.spoken.get(key, ())}
        return tuple(found[name] for name in sorted(found))


class ReportIndex:
    """Reports by every term of their clause (happenings without their sign), and there by the places they name."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self._by_term: dict[str, dict[tuple[Known, ...], list[Report]]] = {}
        for report in reports:
            places = tuple(sorted(set(event_places(report.gist)), key=lambda known: (known.key, known.kind)))
            for term in plain(report.gist.terms):
                self._by_term.setdefault(term, {}).setdefault(places, []).append(report)

    def find(self, gists: Iterable[Gist], fits: Callable[[tuple[Known, ...]], bool]) -> tuple[Report, ...]:
        """The reports whose places fit that share a happening with a gist, or a term with one that names none."""
        return self.under(plain(term for gist in gists for term in (gist.events or gist.objects)), fits)

    def under(self, terms: Iterable[str], fits: Callable[[tuple[Known, ...]], bool]) -> tuple[Report, ...]:
        """The reports whose places fit that have one of these terms (without signs), by document and id."""
        asked: dict[tuple[Known, ...], bool] = {}
        found: dict[tuple[str, str], Report] = {}
        for term in terms:
            for places, reports in self._by_term.get(term, {}).items():
                if places not in asked:
                    asked[places] = fits(places)
                if asked[places]:
                    found |= {(each.document.id, each.id): each for each in reports}
        return tuple(found[key] for key in sorted(found))


class InactionIndex:
    """Sentences that tell of something not done, by their terms (happenings without their sign) and their document."""

    def __init__(self, sentences: Iterable[tuple[Document, Span]]) -> None:
        self._listed = tuple(sentences)
        self._places: dict[str, list[int]] = {}
        for place, (document, span) in enumerate(self._listed):
            gist = read_gist(document.text[span.start : span.end])
            for name in (document.id, *plain(gist.terms)):
                self._places.setdefault(name, []).append(place)

    def find(self, terms: Iterable[str], documents: Iterable[str]) -> Iterator[tuple[Document, Span]]:
        """The sentences that have one of these terms (without signs), and those of these documents, in order."""
        for place in sorted({place for name in (*terms, *documents) for place in self._places.get(name, ())}):
            yield self._listed[place]


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


def deadline_of(line: Line, coverage: Coverage) -> date | None:
    """The last day of an ultimatum's time, where one is set."""
    days = [
        attribution.deadline.latest
        for draft in line.drafts
        for attribution in coverage.findings[draft.mention.document].attributions
        if attribution.id == draft.mention.attribution and attribution.deadline and attribution.deadline.latest
    ]
    return max(days, default=None)


def entry_key(entry: StatusEntry) -> tuple[date, int, date, str]:
    """Orders entries: by the middle of their days, then by what comes before what, then by their earliest day."""
    return (middle_day(entry.when), ORDER[entry.status], entry.when.earliest or NEVER, entry.id)


def middle_day(when: DateRange) -> date:
    """The day in the middle of a range, its one end where the other is open; far away where nothing is known."""
    if when.earliest is None or when.latest is None:
        return when.latest or when.earliest or NEVER
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
