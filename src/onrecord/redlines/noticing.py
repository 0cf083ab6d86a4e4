"""Which lines a day may concern: families are found by clues, then looked at by what was kept of their lines.

A clue finds too many families, never too few; what was kept of a line rules most of them out without a look at its
mentions; `Asking` holds reports against these as forming the line again would.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
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
    list_grounds,
    may_concern,
)
from onrecord.redlines.families import (
    SLACK,
    Need,
    Told,
    Wanted,
    acting_clues,
    acts_of,
    heaviest,
    heaviest_whole,
    inaction_terms,
    line_terms,
    list_announced,
    list_deeds,
    list_told,
    list_undone,
    list_wanted,
    may_do,
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
from onrecord.redlines.sense import Grounds, Shown, needed_cosine, read_shown
from onrecord.redlines.steps import Coverage, begin_line, deadline_of
from onrecord.redlines.telling import keys_of
from onrecord.redlines.vectors import Vectors

# The ids of the families under each of some clues, of some families or all (None).
Under = Callable[[Collection[str], Collection[str] | None], Mapping[str, frozenset[str]]]

ANYWHERE, LANDLESS, NAMELESS = "anywhere", "landless", "nameless"  # clues of lines that leave place or party open
TURNING = "turning"  # of those that some day to come may change
LONG = 400  # days after which every line is looked at that time alone may change


@dataclass(frozen=True, slots=True)
class Sought:
    """By what it is seen, without looking at a line itself, that a document or a day may concern it.

    mentions: ids. wanted: for each wording of the condition; announced: of the consequence. terms: of both, without
    signs; deeds: those by which deeds of the consequences are looked up; grounds: what scenes must share with it to be
    near it in sense. issuers: keys. names, named: those of `meeting.Scope`; doers: who may
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
    grounds: tuple[Grounds, ...]
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
        grounds=list_grounds(drafts),
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
        clues |= set(_doing_clues(sought)) if sought.due else set()
        clues |= {clue for each in sought.grounds for clue in grounds_clues(each)}
        clues |= {clue for each in sought.announced for clue in under("not done", heaviest_whole(each))}
        for wanted in sought.wanted:
            clues |= under("shares", wanted.events or wanted.terms) | under("weighs", heaviest(wanted))
        clues |= under("at", kept_marks(map(read_known, sought.names))) if sought.names else {ANYWHERE}
        clues |= {TURNING} if sought.turns else set()
        clues |= {LANDLESS} if any(not wanted.lands for wanted in sought.wanted) else set()
        clues |= {NAMELESS} if not sought.named else set()
    return frozenset(clues)


def _doing_clues(sought: Sought) -> Iterator[str]:
    """The clues under which a family is found by who did something, and by most of the words of what was announced."""
    yield from under("carried out", sought.deeds)
    yield from under("done by", may_act(sought))
    yield from (clue for each in sought.announced for clue in under("done", heaviest_whole(each)))


def may_act(sought: Sought) -> frozenset[str]:
    """The keys and marks of whoever may carry out a consequence."""
    return agreeing_marks(map(read_known, sought.doers)).union(sought.issuers)


def grounds_clues(grounds: Grounds) -> frozenset[str]:
    """The clues under which a family is found by scenes that share with a line what may make them near in sense.

    Its things, what happens, the names, and what happens beside each name; see `Noticing.find_near`.
    """
    acts, names = acts_of(grounds.happenings, grounds.flow), under("named", agreeing_marks(grounds.known))
    acting = acting_clues(grounds.happenings, grounds.flow, grounds.known)
    return under("shows", grounds.things) | acts | names | acting


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
        scenes = sorted({scene.gist.text for reading in readings for scene in reading.scenes})
        self._scenes = tuple(map(read_shown, scenes))
        self._deeds = frozenset(deed for reading in readings for deed in list_deeds(reading))
        self._said = [
            (keys_of(telling, reading.cast.unified), terms_of(telling))
            for reading in readings
            for telling in reading.tellings
        ]

    def needs(self) -> frozenset[Need]:
        """What finds every family with a line that any of it may concern."""
        single = under("not enforced", self._inaction)
        single |= under("done", {term for terms, doers in self._deeds if not doers for term in terms})
        single |= under("not done", {term for terms in self._undone for term in terms})
        single |= under("said of", {key for keys, _ in self._said for key in keys})
        done = {(under("done by", doers), under("carried out", terms)) for terms, doers in self._deeds if doers}
        overdue = {(under("at", about),) for about in self._overdue}
        return frozenset(map(told_needs, self._reports)) | done | overdue | {(single,)}

    def find_near(self, families_under: Under) -> frozenset[str]:
        """The ids of the families with a line that shares with a scene what may make them near in sense.

        That are two things; or one thing, and what happens or a name; or what happens, and a name beside it. What
        may be contrary to a line needs one thing only. See sense.needed_cosine.
        """
        standing = families_under({clue for scene in self._scenes for clue in under("shows", scene.terms)}, None)
        acting = {clue for each in self._scenes for clue in acting_clues(each.happenings, each.flow, each.names)}
        found = set[str]().union(*families_under(acting, None).values())
        alone: list[tuple[Shown, set[str]]] = []
        for scene in self._scenes:
            shared = Counter(id for clue in under("shows", scene.terms) for id in standing.get(clue, ()))
            enough = {id for id, things in shared.items() if scene.contrary or things > 1}
            found |= enough
            alone.append((scene, shared.keys() - enough))
        asked = set[str]().union(*(ids for _, ids in alone)) - found
        beside = {scene: _beside(scene) for scene, _ in alone}
        more = families_under({clue for clues in beside.values() for clue in clues}, asked)
        for scene, ids in alone:
            found |= ids & set[str]().union(*(more.get(clue, ()) for clue in beside[scene]))
        return frozenset(found)

    def tells_of(self, sought: Sought) -> bool:
        """Whether words of the issuer, or of something not done, may concern a line."""
        if not self._inaction.isdisjoint(sought.terms):
            return True
        if self._overdue and _names_one(self._overdue, sought):
            return True
        if any(_has_most(each, terms) for each in sought.announced for terms in self._undone):
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
        """Whether what shares a term with a consequence was done by who may have done it, or is told in its words."""
        near = [(terms, doers) for terms, doers in self._deeds if not terms.isdisjoint(sought.deeds)]
        mine = may_act(sought) if near else frozenset()
        return any(
            not doers.isdisjoint(mine) if doers else any(_has_most(each, terms) for each in sought.announced)
            for terms, doers in near
        )


def _beside(scene: Shown) -> frozenset[str]:
    """The clues of families that share with a scene what happens or a name, beside a thing."""
    return acts_of(scene.happenings, scene.flow) | under("named", agreeing_marks(scene.names))


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
        self._grounds = list_grounds(drafts)
        self._announcing = tuple({draft.consequence.text: draft for draft in drafts if draft.consequence}.values())
        self._marks = agreeing_marks(self._scope.names)

    def answers(self, told: "ToldIndex", vectors: Vectors, among: Collection[str] | None = None) -> frozenset[str]:
        """The ids of the documents with a report that meets the line's condition, or is the deed that it announced.

        among: ids of the documents that may have one; None: all.
        """
        met = {name: each for name, each in told.reports_under(self._shared, among) if self._may_be_met(each)}
        deeds = {name: each for name, each in told.reports_under(self._deeds, among) if each.is_deed}
        read = {name: each.read(str(name)) for name, each in (met | deeds).items()}
        vectors.add(text for name in met for text in self._texts_of(read[name]))
        vectors.add(read[name].gist.text for name in deeds)
        found = find_evidence(self._drafts, self._scope, (read[name] for name in met), vectors)
        done = (name for name in deeds if carries_out(read[name], self._drafts, self._scope, vectors))
        answering = {*(int(each.report.id) for each in found), *done}
        return frozenset(id for name in answering for id in told.telling(name)) | self._shown(told, vectors, among)

    def _shown(self, told: "ToldIndex", vectors: Vectors, among: Collection[str] | None) -> frozenset[str]:
        """The ids of the documents with a scene that meets the condition, or is the deed, by its sense."""
        listed = tuple(told.couples(self._grounds, self._marks, among))
        near = _find_near(listed, vectors)
        scenes = [told.scene(name) for name in sorted({each.scene for each in listed if each.texts in near})]
        found = {each.report.id for each in find_likely(self._drafts, self._scope, scenes, vectors)}
        for how_likely in (likely_deed, likely_undone):
            found |= {scene.id for scene in scenes if how_likely(scene, self._announcing, self._scope, vectors)}
        return frozenset(id for name in found for id in told.showing(int(name), self._marks))

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


@dataclass(frozen=True, slots=True)
class Couple:
    """A scene, by its name in a ToldIndex, and words of a line; least: the cosine from which it may concern them."""

    scene: int
    told: str
    wanted: str
    least: float

    @property
    def texts(self) -> tuple[str, str]:
        """The words of both."""
        return self.told, self.wanted


class ToldIndex:
    """What documents report and tell as fact, each wording once, by its terms."""

    def __init__(self, drawn: Iterable[Drawn]) -> None:
        listed = tuple(drawn)
        self._about = {each.id: each.about for each in listed}
        self._reports = _Worded((each.id, each.told) for each in listed)
        self._scenes = _Worded((each.id, each.scenes) for each in listed)
        self._shown: dict[int, Shown] = {}

    def reports_under(
        self, terms: Iterable[str], among: Collection[str] | None = None
    ) -> Iterator[tuple[int, KeptReport]]:
        """The reports that have one of these terms, each with its name here, of some documents (by id) or all."""
        return ((name, self._reports.listed[name]) for name in self._reports.under(terms, among))

    def couples(
        self, grounds: Sequence[Grounds], marks: frozenset[str], among: Collection[str] | None = None
    ) -> Iterator[Couple]:
        """The scenes that share with a line what its words ask for, of documents that name somebody of it.

        marks: of everybody of the line. among: ids of the documents, None: all.
        """
        terms = {term for each in grounds for term in (*each.things, *each.happenings)}
        for name in self._scenes.under(terms, among):
            if not any(self.showing(name, marks)):
                continue
            scene, shown = self._scenes.listed[name], self._show(name)
            for each in grounds:
                least = needed_cosine(shown, each)
                if least is not None:
                    yield Couple(name, scene.gist, each.text, least)

    def scene(self, name: int) -> Report:
        """The scene with this name here."""
        return self._scenes.listed[name].read(str(name))

    def telling(self, report: int) -> Sequence[str]:
        """The ids of the documents with this report."""
        return self._reports.documents[report]

    def showing(self, scene: int, marks: frozenset[str]) -> Iterator[str]:
        """The ids of the documents with this scene that name somebody with one of these marks."""
        return (id for id in self._scenes.documents[scene] if not marks.isdisjoint(self._about[id]))

    def _show(self, scene: int) -> Shown:
        if scene not in self._shown:
            self._shown[scene] = self._scenes.listed[scene].shown
        return self._shown[scene]


class _Worded:
    """Reports of documents, each wording once under a number of its own, by their terms and by their documents."""

    def __init__(self, told: Iterable[tuple[str, Iterable[KeptReport]]]) -> None:
        numbers: dict[KeptReport, int] = {}
        self.documents: list[list[str]] = []
        self._of: dict[str, set[int]] = {}
        self._by_term: dict[str, set[int]] = defaultdict(set)
        for document, reports in told:
            self._of[document] = {numbers.setdefault(report, len(numbers)) for report in reports}
            self.documents += [[] for _ in range(len(numbers) - len(self.documents))]
            for number in self._of[document]:
                self.documents[number].append(document)
        self.listed = tuple(numbers)
        for number, report in enumerate(self.listed):
            for term in report.terms:
                self._by_term[term].add(number)

    def under(self, terms: Iterable[str], among: Collection[str] | None) -> Sequence[int]:
        """The numbers of the reports that have one of these terms, of some documents (by id) or all, in order."""
        found = set[int]().union(*(self._by_term.get(term, ()) for term in terms))
        if among is not None:
            found &= set[int]().union(*(self._of.get(id, ()) for id in among))
        return sorted(found)


def find_shown(soughts: Iterable[Sought], told: ToldIndex, vectors: Vectors) -> frozenset[str]:
    """The ids of the lines to which a scene is near in sense."""
    couples = {
        sought.line: tuple(told.couples(sought.grounds, agreeing_marks(map(read_known, sought.names))))
        for sought in soughts
    }
    near = _find_near((couple for listed in couples.values() for couple in listed), vectors)
    return frozenset(line for line, listed in couples.items() if any(each.texts in near for each in listed))


def _find_near(couples: Iterable[Couple], vectors: Vectors) -> frozenset[tuple[str, str]]:
    """Those of the couples, by their words, that are near enough for anything to come of them."""
    least: dict[tuple[str, str], float] = {}
    for each in couples:
        least[each.texts] = min(each.least, least.get(each.texts, each.least))
    vectors.add(text for couple in least for text in couple)
    return vectors.list_near(least)


def _has_most(announced: Wanted, terms: frozenset[str]) -> bool:
    """Whether a sentence with these terms may tell a consequence whole; evidence.tells_whole without signs."""
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
