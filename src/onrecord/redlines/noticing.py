"""Which lines a day may concern: families are found by clues, then looked at by what was kept of their lines.

A clue finds too many families, never too few; what was kept of a line rules most of them out without a look at its
mentions; `Asking` holds reports against these as forming the line again would.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.records.redlines import RedLine
from onrecord.redlines.alignment import kin_happenings
from onrecord.redlines.drafts import Draft
from onrecord.redlines.evidence import (
    MOST_WORDS,
    carries_out,
    differently_worded,
    find_evidence,
    find_likely,
    form_scope,
    issuer_keys,
    likely_deed,
    likely_undone,
    may_concern,
    scene_terms,
    sensed_texts,
)
from onrecord.redlines.families import (
    NOBODY,
    SLACK,
    Need,
    Told,
    Wanted,
    deed_terms_of,
    doers_of,
    heaviest,
    heaviest_whole,
    inaction_terms,
    line_terms,
    list_announced,
    list_told,
    list_undone,
    list_wanted,
    may_do,
    scene_terms_of,
    terms_of,
    under,
)
from onrecord.redlines.gist import EVENT_WEIGHT
from onrecord.redlines.kept import Drawn, KeptReport
from onrecord.redlines.marks import agreeing_marks, kept_marks, read_known, sought_marks, write_known
from onrecord.redlines.meeting import CLOSER_LOOK, TELLS, lies_in, names_fit
from onrecord.redlines.outcome import list_turning_days
from onrecord.redlines.reading import Reading
from onrecord.redlines.reports import Report
from onrecord.redlines.sense import least_near
from onrecord.redlines.steps import Coverage, begin_line, deadline_of
from onrecord.redlines.telling import keys_of
from onrecord.redlines.vectors import Vectors

ANYWHERE, LANDLESS, NAMELESS = "anywhere", "landless", "nameless"  # clues of lines that leave place or party open
TURNING = "turning"  # of those that some day to come may change
LONG = 400  # days after which every line is looked at that time alone may change


@dataclass(frozen=True, slots=True)
class Sought:
    """By what it is seen, without looking at a line itself, that a document or a day may concern it.

    mentions: ids. wanted: for each wording of the condition; announced: of the consequence. terms: of both, without
    signs; deeds: those by which deeds of the consequences are looked up; scenes: those by which scenes are; texts:
    those to which scenes must be near in sense. issuers: keys. names, named: those of `meeting.Scope`; doers: who may
    carry out a consequence; see `write_known`. due: whether the condition was reported, or a time was set. turns: see
    `list_turning_days`.
    """

    line: str
    mentions: tuple[str, ...]
    issuers: tuple[str, ...]
    names: tuple[str, ...]
    named: tuple[str, ...]
    doers: tuple[str, ...]
    wanted: tuple[Wanted, ...]
    terms: tuple[str, ...]
    deeds: tuple[str, ...]
    scenes: tuple[str, ...]
    texts: tuple[str, ...]
    announced: tuple[Wanted, ...]
    due: bool
    turns: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """The mentions of one document that belong to a family."""

    document: str
    mentions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """Drafts that are looked at together, by document, and the lines they draw."""

    drafts: tuple[Held, ...]
    lines: tuple[Sought, ...]


def seek(line: RedLine, drafts: Sequence[Draft], coverage: Coverage) -> Sought:
    """By what it will be seen that something concerns this line. drafts: those of its mentions."""
    terms, deeds = line_terms(drafts)
    begun = begin_line(line.id, drafts)
    scope, told = begun.scope, {entry.status.value.split("_")[0] for entry in line.history}
    return Sought(
        line=line.id,
        mentions=tuple(mention.id for mention in line.mentions),
        issuers=tuple(sorted(issuer_keys(drafts))),
        names=tuple(sorted(map(write_known, scope.names))),
        named=tuple(sorted(map(write_known, scope.named))),
        doers=tuple(sorted(map(write_known, set(may_do(drafts))))),
        wanted=list_wanted(drafts),
        terms=tuple(sorted(terms)),
        deeds=tuple(sorted(deeds)),
        scenes=tuple(sorted(scene_terms(drafts))),
        texts=tuple(sorted(sensed_texts(drafts))),
        announced=list_announced(drafts),
        due=not told.isdisjoint(("condition", "consequence")) or deadline_of(begun, coverage) is not None,
        turns=tuple(sorted(set(list_turning_days(begun, coverage, line.history)))),
    )


# Clues of families


def family_clues(family: Family) -> frozenset[str]:
    """Every clue under which a family is to be found by what may concern it."""
    clues = {document_clue(held.document) for held in family.drafts}
    for sought in family.lines:
        clues |= {resting_clue(sought.line), *map(turning_clue, sought.turns), *map(calling_clue, sought.issuers)}
        clues |= under("not enforced", sought.terms) | under("said of", sought.issuers)
        clues |= under("carried out", sought.deeds) if sought.due else frozenset()
        clues |= under("shows", sought.scenes)
        clues |= {clue for each in sought.announced for clue in under("not done", heaviest_whole(each))}
        for wanted in sought.wanted:
            clues |= under("shares", wanted.events or wanted.terms) | under("weighs", heaviest(wanted))
        clues |= under("at", kept_marks(map(read_known, sought.names))) if sought.names else {ANYWHERE}
        clues |= {TURNING} if sought.turns else set()
        clues |= {LANDLESS} if any(not wanted.lands for wanted in sought.wanted) else set()
        clues |= {NAMELESS} if not sought.named else set()
    return frozenset(clues)


def document_clue(document: str) -> str:
    """The clue under which the family is found that a mention of this document (id) belongs to."""
    return f"of\0{document}"


def resting_clue(line: str) -> str:
    """The clue under which the family of this line (id) is found."""
    return f"line\0{line}"


def calling_clue(issuer: str) -> str:
    """The clue under which the families are found whose lines are of this issuer (key)."""
    return f"issuer\0{issuer}"


def turning_clue(day: date) -> str:
    """The clue under which the families are found in which a line may change by the coverage going on to this day."""
    return f"turns\0{day.isoformat()}"


def turning_clues(last: date, end: date) -> frozenset[str]:
    """What finds the families in which a line may change by the coverage going on, till then to `last`, to `end`."""
    days = (end - last).days
    if days > LONG:
        return frozenset({TURNING})
    return frozenset(turning_clue(last + timedelta(days=each)) for each in range(1, days + 1))


def told_needs(told: Told) -> Need:
    """What finds the families with a line that a report may meet."""
    terms = under("shares", told.terms), under("weighs", told.terms)
    if told.places:
        open_place = {ANYWHERE} if any(known.states for known in told.places) else {ANYWHERE, LANDLESS}
        return (*terms, under("at", sought_marks(told.places)) | open_place)
    return (*terms, under("at", sought_marks(told.names)) | {NAMELESS}) if told.names else terms


class Noticing:
    """What some documents report and say, to tell which lines they may concern."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self._reports = frozenset(told for reading in readings for told in list_told(reading))
        self._any = frozenset(term for told in self._reports for term in told.terms)
        self._inaction = frozenset(term for reading in readings for term in inaction_terms(reading))
        self._undone = frozenset(terms for reading in readings for terms in list_undone(reading))
        self._overdue = [reading.about for reading in readings if reading.overdue]
        self._scenes = [(scene_terms_of(reading), reading.about) for reading in readings]
        self._deeds = [(deed_terms_of(reading), doers_of(reading)) for reading in readings]
        self._said = [
            (keys_of(telling, reading.cast.unified), terms_of(telling))
            for reading in readings
            for telling in reading.tellings
        ]

    def needs(self) -> frozenset[Need]:
        """What finds every family with a line that any of it may concern."""
        single = under("not enforced", self._inaction)
        single |= under("carried out", {term for terms, _ in self._deeds for term in terms})
        single |= under("not done", {term for terms in self._undone for term in terms})
        single |= under("said of", {key for keys, _ in self._said for key in keys})
        scenes = {(under("shows", terms), under("at", about)) for terms, about in self._scenes}
        overdue = {(under("at", about),) for about in self._overdue}
        return frozenset(map(told_needs, self._reports)) | scenes | overdue | {(single,)}

    def tells_of(self, sought: Sought) -> bool:
        """Whether words of the issuer, or of something not done, may concern a line."""
        if not self._inaction.isdisjoint(sought.terms):
            return True
        if self._overdue and _names_one(self._overdue, sought):
            return True
        if any(_says_undone(each, terms) for each in sought.announced for terms in self._undone):
            return True
        return any(
            not (keys.isdisjoint(sought.issuers) or terms.isdisjoint(sought.terms)) for keys, terms in self._said
        )

    def reports_on(self, sought: Sought) -> bool:
        """Whether a report may meet a line's condition, or may be the deed that it announced."""
        if sought.due and self._may_carry_out(sought):
            return True
        shared = {term for each in sought.wanted for term in (each.events or each.terms)} & self._any
        near = [told for told in self._reports if not shared.isdisjoint(told.terms)] if shared else []
        return any(
            _may_meet(each, told.terms) and _may_be_there(each, told, sought) for told in near for each in sought.wanted
        )

    def _may_carry_out(self, sought: Sought) -> bool:
        """Whether somebody who may have done it is told to have done what shares a term with a consequence."""
        near = [doers for terms, doers in self._deeds if not terms.isdisjoint(sought.deeds)]
        mine = {NOBODY, *sought.issuers, *agreeing_marks(map(read_known, sought.doers))} if near else set()
        return any(not doers.isdisjoint(mine) for doers in near)


def _names_one(named: Iterable[frozenset[str]], sought: Sought) -> bool:
    """Whether a document names somebody of a line. named: the marks of everybody that each names."""
    marks = agreeing_marks(map(read_known, sought.names))
    return any(not about.isdisjoint(marks) for about in named)


class Asking:
    """A line that reports are held against: by their terms and names first, then as where its history is written."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._drafts = drafts
        self._scope = form_scope(drafts)
        self._worded = differently_worded(drafts)
        self._wanted = list_wanted(drafts)
        self._lands = [(wanted, [read_known(each) for each in wanted.lands]) for wanted in self._wanted]
        self._shared = frozenset(term for each in self._wanted for term in (each.events or each.terms))
        self._deeds = line_terms(drafts)[1]
        self._scenes = scene_terms(drafts)
        self._texts = sensed_texts(drafts)
        self._announcing = tuple({draft.consequence.text: draft for draft in drafts if draft.consequence}.values())
        self._marks = agreeing_marks(self._scope.names)

    def answers(self, told: "ToldIndex", vectors: Vectors) -> frozenset[str]:
        """The ids of the documents with a report that meets the line's condition, or is the deed that it announced."""
        met = {name: each.read(name) for name, each in told.reports_under(self._shared) if self._may_be_met(each)}
        deeds = {name: each.read(name) for name, each in told.reports_under(self._deeds) if each.is_deed}
        vectors.add(text for report in met.values() for text in self._texts_of(report))
        vectors.add(deed.gist.text for deed in deeds.values())
        found = {each.report.id for each in find_evidence(self._drafts, self._scope, met.values(), vectors)}
        done = (each for each in deeds.values() if carries_out(each, self._drafts, self._scope, vectors))
        answering = (*found, *(deed.id for deed in done))
        return frozenset(id for name in answering for id in told.telling(name)) | self._shown(told, vectors)

    def _shown(self, told: "ToldIndex", vectors: Vectors) -> frozenset[str]:
        """The ids of the documents with a scene that meets the condition, or is the deed, by its sense."""
        listed = tuple(told.scenes_under(self._scenes, self._marks))
        vectors.add((*self._texts, *(each.gist for _, each in listed)))
        near = _find_near((each.gist for _, each in listed), self._texts, vectors)
        scenes = [each.read(name) for name, each in listed if each.gist in near]
        found = {each.report.id for each in find_likely(self._drafts, self._scope, scenes, vectors)}
        for how_likely in (likely_deed, likely_undone):
            found |= {scene.id for scene in scenes if how_likely(scene, self._announcing, self._scope, vectors)}
        return frozenset(id for name in found for id in told.showing(name, self._marks))

    def _may_be_met(self, report: KeptReport) -> bool:
        terms = frozenset(report.terms)
        near = [lands for wanted, lands in self._lands if _may_meet(wanted, terms)]
        if not near or not names_fit([read_known(each) for each in report.names], self._scope.named):
            return False
        places = [read_known(each) for each in report.places]
        return any(lies_in(places, lands, self._scope.names) for lands in near)

    def _texts_of(self, report: Report) -> Iterator[str]:
        if any(may_concern(report, draft) for draft in self._worded):
            yield from (report.gist.text, *report.gist.forms.values())


class ToldIndex:
    """What documents report and tell as fact, each wording once, by its terms."""

    def __init__(self, drawn: Iterable[Drawn]) -> None:
        listed = tuple(drawn)
        self._about = {each.id: each.about for each in listed}
        self._reports = _Worded((each.id, each.told) for each in listed)
        self._scenes = _Worded((each.id, each.scenes) for each in listed)

    def reports_under(self, terms: Iterable[str]) -> Iterator[tuple[str, KeptReport]]:
        """The reports that have one of these terms, each with its name here."""
        return self._reports.under(terms)

    def scenes_under(self, terms: Iterable[str], marks: frozenset[str]) -> Iterator[tuple[str, KeptReport]]:
        """The scenes that have one of these terms, of documents that name somebody with one of these marks."""
        return ((name, scene) for name, scene in self._scenes.under(terms) if any(self.showing(name, marks)))

    def scene_texts(self, sought: Sought) -> frozenset[str]:
        """The words of scenes that share a term with a line, of documents that name somebody of it."""
        marks = agreeing_marks(map(read_known, sought.names))
        return frozenset(scene.gist for _, scene in self.scenes_under(sought.scenes, marks))

    def telling(self, report: str) -> Sequence[str]:
        """The ids of the documents with this report."""
        return self._reports.documents(report)

    def showing(self, scene: str, marks: frozenset[str]) -> Iterator[str]:
        """The ids of the documents with this scene that name somebody with one of these marks."""
        return (id for id in self._scenes.documents(scene) if not marks.isdisjoint(self._about[id]))


class _Worded:
    """Reports of documents, each wording once under a name of its own, by their terms."""

    def __init__(self, told: Iterable[tuple[str, Iterable[KeptReport]]]) -> None:
        self._documents: dict[KeptReport, list[str]] = {}
        for document, reports in told:
            for report in reports:
                self._documents.setdefault(report, []).append(document)
        self._reports = {str(place): report for place, report in enumerate(self._documents)}
        self._by_term: dict[str, list[str]] = defaultdict(list)
        for name, report in self._reports.items():
            for term in report.terms:
                self._by_term[term].append(name)

    def under(self, terms: Iterable[str]) -> Iterator[tuple[str, KeptReport]]:
        names = {name for term in terms for name in self._by_term.get(term, ())}
        return ((name, self._reports[name]) for name in sorted(names))

    def documents(self, name: str) -> Sequence[str]:
        return self._documents[self._reports[name]]


def find_shown(soughts: Iterable[Sought], told: ToldIndex, vectors: Vectors) -> frozenset[str]:
    """The ids of the lines to which a scene is near in sense."""
    scenes = {sought: texts for sought in soughts if (texts := told.scene_texts(sought))}
    vectors.add(text for sought, texts in scenes.items() for text in (*sought.texts, *texts))
    return frozenset(sought.line for sought, texts in scenes.items() if _find_near(texts, sought.texts, vectors))


def _find_near(told: Iterable[str], wanted: Collection[str], vectors: Vectors) -> frozenset[str]:
    """Those of the told texts that are near enough to one of the wanted for anything to come of it."""
    return vectors.list_near({text: least_near(text) for text in told}, wanted)


def _says_undone(announced: Wanted, terms: frozenset[str]) -> bool:
    """Whether a sentence with these terms may say that it was not done; evidence.tells_whole without signs."""
    shared = sum(weight for term, weight in zip(announced.terms, announced.weights, strict=True) if term in terms)
    things = not announced.events or not terms.isdisjoint(announced.events)
    return things and shared >= MOST_WORDS * sum(announced.weights) - SLACK


def _may_be_there(wanted: Wanted, told: Told, sought: Sought) -> bool:
    """Whether a report's names and places can be those of a line."""
    if not names_fit(told.names, [read_known(each) for each in sought.named]):
        return False
    return lies_in(
        told.places, [read_known(each) for each in wanted.lands], [read_known(each) for each in sought.names]
    )


def _may_meet(wanted: Wanted, terms: frozenset[str]) -> bool:
    """Whether a report with these terms may meet a condition; see meeting.may_meet, here without signs."""
    whole = sum(wanted.weights)
    if not wanted.events and whole < TELLS - SLACK:
        return False
    shared = sum(weight for term, weight in zip(wanted.terms, wanted.weights, strict=True) if term in terms)
    shared += sum(EVENT_WEIGHT for event in wanted.events if not terms.isdisjoint(kin_happenings(event)))
    return shared >= CLOSER_LOOK * whole - SLACK
