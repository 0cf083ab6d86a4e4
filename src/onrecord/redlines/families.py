"""What must be looked at together when a day is added, and by which words it is found.

Drafts that may stand in one line, or whose lines tell of each other, are one family; joining drafts family by family
gives the lines that joining them all gives. A document is found by clues: words, places and people that it must share
with whatever it concerns. Clues may name too many documents, never too few.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from onrecord.records.rulings import JoinRuling
from onrecord.records.spans import quote_span
from onrecord.redlines.accounts import list_days_of, told_by
from onrecord.redlines.alignment import kin_happenings
from onrecord.redlines.deeds import deed_words
from onrecord.redlines.drafts import Draft, has_words
from onrecord.redlines.evidence import (
    LEAST_WEIGHT,
    MOST_WORDS,
    deed_terms,
    differently_worded,
    form_scope,
    is_deed,
    issuer_keys,
    list_grounds,
    wanted_happenings,
)
from onrecord.redlines.features import Verdicts, exclude_by_names
from onrecord.redlines.flow import STOPS
from onrecord.redlines.gist import Gist, Part, land_names, plain, read_gist, scope_names
from onrecord.redlines.joining import (
    Names,
    Reasons,
    are_candidates,
    are_near,
    belongs_beside,
    draw_together,
    find_reasons,
    list_drawing,
    names_in,
)
from onrecord.redlines.kept import Drawing
from onrecord.redlines.marks import agreeing_marks, kept_marks, sought_marks, write_known
from onrecord.redlines.meeting import CLOSER_LOOK, TELLS, Scope, event_names, event_places
from onrecord.redlines.names import Kind, Known
from onrecord.redlines.reading import Reading
from onrecord.redlines.reports import last_told, tells_undone
from onrecord.redlines.retold import shared_words
from onrecord.redlines.sense import read_shown
from onrecord.redlines.settled import line_id, settle
from onrecord.redlines.steps import begin_line
from onrecord.redlines.succession import LEAST_NAMED, name_part, own_keys
from onrecord.redlines.telling import Telling, keys_of
from onrecord.redlines.vectors import Vectors

STAND = "stand"  # among what happens: that it comes to a stand, in whatever words
OPEN = "open"  # among months: a document may tell of any day
MONTH = len("2024-05")
AHEAD = 1  # years after that of publication of which a document may tell and still be found by its months
LONG_AGO = 50  # years: lines that are older than the coverage by as many are held against all of it
AS_ANNOUNCED = "*"  # among terms: words that put whatever was announced as holding
SLACK = 1e-6  # sums of weights are compared in another order than where they decide


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a report must share with a condition to be looked at: the signless terms, heaviest first, and their weights.

    events: those of them that are happenings. lands: where it is, or whose land; see `write_known`.
    """

    terms: tuple[str, ...]
    weights: tuple[float, ...]
    events: tuple[str, ...]
    lands: tuple[str, ...]


# Clues

Need = tuple[frozenset[str], ...]  # a document is needed that stands under a clue of each


def draft_clues(reading: Drawing) -> frozenset[str]:
    """The clues by which a document is found by its drafts."""
    clues: set[str] = set()
    for draft in reading.drafts:
        clues.add(line_clue(line_id(draft.mention)))
        terms = plain((*draft.compared.terms, *draft.condition.terms))
        clues |= {f"draft\0{key}\0{term}" for key in draft.issuer.keys for term in terms}
        clues |= _does_clues(draft) | _said_clues(draft) | _words_clues(draft)
        if land_names(draft.compared):
            clues |= {f"land\0{mark}" for mark in kept_marks(_scope_of(draft))}
        else:
            clues |= {f"landless\0{key}\0{term}" for key in draft.issuer.keys for term in plain(draft.compared.terms)}
        said = reading.replacing.get(draft.mention.id)
        if said is not None:
            clues |= {f"replacing\0{key}\0{term}" for key in own_keys(draft) for term in plain(said.terms)}
    return frozenset(clues)


def line_clue(line: str) -> str:
    """The clue under which the document of the passage is found that a line of this id was drawn from."""
    return f"line\0{line}"


def draft_needs(reading: Drawing) -> frozenset[Need]:
    """What finds every other document whose drafts may stand in a family with those of this one."""
    needs: set[Need] = set()
    for draft in reading.drafts:
        terms, own, said = plain(draft.compared.terms), own_keys(draft), reading.replacing.get(draft.mention.id)
        near = frozenset(f"draft\0{key}\0{term}" for key in draft.issuer.keys for term in terms)
        if land_names(draft.compared):  # what names other lands alone is no condition of the same line
            needs.add((near, frozenset(f"land\0{mark}" for mark in sought_marks(_scope_of(draft)))))
            near = frozenset(f"landless\0{key}\0{term}" for key in draft.issuer.keys for term in terms)
        needs |= {(near,), (_said_clues(draft),), (_does_clues(draft),), (_words_clues(draft),)}
        replaced = plain(draft.condition.terms)
        needs.add((frozenset(f"replacing\0{key}\0{term}" for key in own for term in replaced),))
        if said is not None:
            needs.add((frozenset(f"draft\0{key}\0{term}" for key in own for term in plain(said.terms)),))
    return frozenset(needs)


def _said_clues(draft: Draft) -> frozenset[str]:
    return frozenset(f"said\0{key}\0{day}" for key in told_by(draft) for day in list_days_of(draft))


def _does_clues(draft: Draft) -> frozenset[str]:
    return frozenset(f"does\0{key}\0{term}" for key in draft.issuer.keys for term in plain(deed_words(draft)))


def _words_clues(draft: Draft) -> frozenset[str]:
    return frozenset(f"words\0{key}\0{term}" for key in draft.issuer.keys for term in shared_words(draft))


def _scope_of(draft: Draft) -> Iterator[Known]:
    return (name.known for name in scope_names(draft.compared))


def all_clues(reading: Reading) -> frozenset[str]:
    """Every clue under which a document is to be found again."""
    clues = {f"issuer\0{draft.issuer.person_key or draft.issuer.key}" for draft in reading.drafts}
    for told in list_told(reading):
        clues |= {f"{told.placed}\0{term}" for term in told.terms}
        clues |= {f"name\0{mark}" for mark in kept_marks(told.names)}
        clues |= {f"at\0{mark}" for mark in kept_marks(told.places)}
    for terms, doers in list_deeds(reading):
        clues |= under("deed", terms) | under("doer", doers) if doers else under("nobody", terms)
    for telling in reading.tellings:
        clues |= {f"telling\0{k}\0{t}" for k in keys_of(telling, reading.cast.unified) for t in terms_of(telling)}
    clues |= under("about", reading.about)
    for text in {scene.gist.text for scene in reading.scenes}:
        shown = read_shown(text)
        clues |= under("scene", shown.terms) | acting_clues(shown.happenings, shown.flow, shown.names)
    clues |= under("overdue", reading.about if reading.overdue else ()) | _till_clues(reading)
    clues |= {f"inaction\0{term}" for term in inaction_terms(reading)}
    clues |= {f"undone\0{term}" for terms in list_undone(reading) for term in terms}
    return frozenset(clues) | draft_clues(reading)


def _till_clues(reading: Reading) -> frozenset[str]:
    """By the last month that a report or scene may tell of, so that a line is not held against what is older than it.

    What is far ahead of publication, or dated by nothing, may be later than any line.
    """
    told = [last_told(report) for report in (*reading.reports, *reading.scenes)]
    published = reading.findings.document.published.latest
    if not told:
        return frozenset()
    days = [day for day in told if day is not None]
    last = max(days, default=date.max)
    open_ended = len(days) < len(told) or published is None or last.year > published.year + AHEAD
    return under("till", (OPEN if open_ended else last.isoformat()[:MONTH],))


def till_clues(since: date | None, end: date) -> frozenset[str]:
    """What finds the documents of which a report may be as late as a line; empty where all may be.

    since: the first day of the line. end: the last day of the whole coverage.
    """
    if since is None or since.year + LONG_AGO < end.year:
        return frozenset()
    months = ((year, month) for year in range(since.year, end.year + AHEAD + 1) for month in range(1, 13))
    later = (f"{year:04}-{month:02}" for year, month in months if (year, month) >= (since.year, since.month))
    return under("till", (OPEN, *later))


@dataclass(frozen=True, slots=True)
class Told:
    """What a report says happened: its signless terms, its names if it names a place or party, and its places."""

    terms: frozenset[str]
    names: tuple[Known, ...]
    places: tuple[Known, ...]

    @property
    def placed(self) -> str:
        """How well it is known where it was: what names nothing may be anywhere."""
        if not self.places:
            return "named" if self.names else "open"
        return "placed" if any(known.states for known in self.places) else "unlisted"


def list_told(reading: Reading) -> frozenset[Told]:
    """What the reports of a document say happened or will."""
    gists = (report.gist for report in reading.reports if report.told)
    return frozenset(Told(plain(gist.terms), event_names(gist), event_places(gist)) for gist in gists)


def list_deeds(reading: Reading) -> frozenset[tuple[frozenset[str], frozenset[str]]]:
    """The signless terms of each thing that the outlet reports as done, and the keys and marks of who did it."""
    deeds = (report for report in reading.reports if is_deed(report))
    return frozenset(
        (plain(deed.gist.terms), deed.doers | agreeing_marks(name.known for name in deed.gist.named(Part.AGENT)))
        for deed in deeds
    )


def acting_clues(happenings: Iterable[str], flow: int, names: Iterable[Known]) -> frozenset[str]:
    """The clues of what happens, or that it comes to a stand, beside somebody or a place in one sentence."""
    return frozenset(f"{act}\0{mark}" for act in acts_of(happenings, flow) for mark in agreeing_marks(names))


def acts_of(happenings: Iterable[str], flow: int) -> frozenset[str]:
    """The clues of what happens in a sentence: its happenings (without signs), and that it comes to a stand."""
    return under("act", (*happenings, *([STAND] if flow == STOPS else [])))


def terms_of(telling: Telling) -> frozenset[str]:
    """The signless terms of telling words, AS_ANNOUNCED among them where they put whatever was announced as holding."""
    sentences = (*telling.invoking, *telling.withdrawing, *telling.clarifying)
    texts = (*(words for _, words in sentences), *telling.around)
    terms = plain(term for words in texts for term in read_gist(words).terms)
    return terms | {AS_ANNOUNCED} if any(has_words("as_announced", words) for _, words in telling.invoking) else terms


def inaction_terms(reading: Reading) -> frozenset[str]:
    """The signless terms of what the document says was not enforced, or the like."""
    gists = (gist for words, gist in _list_inaction(reading) if has_words("not_enforced", words))
    return plain(term for gist in gists for term in gist.terms)


def list_undone(reading: Reading) -> frozenset[frozenset[str]]:
    """The signless terms of each sentence that says of something that it was not done."""
    return frozenset(plain(gist.terms) for words, gist in _list_inaction(reading) if tells_undone(words))


def _list_inaction(reading: Reading) -> Iterator[tuple[str, Gist]]:
    sentences = (quote_span(reading.findings.document.text, span) for span in reading.inaction)
    return ((words, read_gist(words)) for words in sentences)


def evidence_needs(drafts: Sequence[Draft], end: date) -> frozenset[Need]:
    """What finds the documents with a report that may be evidence for the line of these drafts.

    end: the last day of the whole coverage.
    """
    _, deeds = line_terms(drafts)
    scope = form_scope(drafts)
    done = under("deed", deeds), under("doer", issuer_keys(drafts) | agreeing_marks(may_do(drafts)))
    undoing = ((under("nobody", deeds), under("nobody", heaviest_whole(each))) for each in list_announced(drafts))
    reports = (need for draft in differently_worded(drafts) for need in _report_needs(draft, scope))
    about, till = under("about", agreeing_marks(scope.names)), till_clues(begin_line("", drafts).since, end)
    scenes = ((each, about) for each in _scene_clues(drafts))
    return frozenset((*need, till) if till else need for need in (*reports, done, *undoing, *scenes))


def _scene_clues(drafts: Sequence[Draft]) -> Iterator[frozenset[str]]:
    """The clues of documents with a scene that shares with a line what may make them near in sense.

    Either shares a thing; or what happens, and a name beside it. See sense.needed_cosine.
    """
    grounds = list_grounds(drafts)
    yield under("scene", (thing for each in grounds for thing in each.things))
    yield frozenset(clue for each in grounds for clue in acting_clues(each.happenings, each.flow, each.known))


def word_needs(drafts: Sequence[Draft]) -> frozenset[Need]:
    """What finds the documents with words of the issuer, or of what was not done, that may concern the line."""
    terms, _ = line_terms(drafts)
    said = {f"telling\0{key}\0{term}" for key in issuer_keys(drafts) for term in terms}
    undone = ((under("undone", each.events or each.terms), under("undone", heaviest_whole(each)))
              for each in list_announced(drafts))  # fmt: skip
    overdue = under("overdue", agreeing_marks(form_scope(drafts).issuer))
    return frozenset((*undone, (overdue,), (frozenset(said | {f"inaction\0{term}" for term in terms}),)))


def under(kind: str, terms: Iterable[str]) -> frozenset[str]:
    """The clues of a kind, one for each term."""
    return frozenset(f"{kind}\0{term}" for term in terms)


def may_do(drafts: Sequence[Draft]) -> tuple[Known, ...]:
    """The names of those by whom a consequence may be carried out: the issuer's, and those it names itself."""
    consequences = (draft.consequence for draft in drafts if draft.consequence is not None)
    return (*form_scope(drafts).issuer, *(name.known for each in consequences for name in each.names))


def _report_needs(draft: Draft, scope: Scope) -> Iterator[Need]:
    """What finds the reports that may meet a condition as one draft words it, whichever others share its line.

    scope: of the line. A line whose conditions name nothing, or by pronouns, takes what names anything.
    """
    wanted = _form_wanted(draft.condition)
    named = scope.named if form_scope((draft,)).named else ()
    lands = [name.known for name in land_names(draft.condition)]
    within = [*lands, *(known for known in scope.names if known.kind is Kind.PLACE)] if lands else scope.names
    names = (frozenset(f"name\0{mark}" for mark in sought_marks(named)),) if named else ()
    places = (frozenset(f"at\0{mark}" for mark in sought_marks(within)),) if lands or form_scope((draft,)).names else ()
    shared, heavy = wanted.events or wanted.terms, tuple(heaviest(wanted))
    for placed, also in (
        ("open", ()),
        ("named", names),
        ("unlisted", names + places if lands else names),
        ("placed", names + places),
    ):
        alike = (frozenset(f"{placed}\0{term}" for term in terms) for terms in (shared, heavy))
        yield (*alike, *also)


def list_wanted(drafts: Iterable[Draft]) -> tuple[Wanted, ...]:
    """What a report must share with the condition, for each wording of it."""
    return tuple(sorted({_form_wanted(draft.condition) for draft in differently_worded(drafts)}, key=repr))


def _form_wanted(condition: Gist) -> Wanted:
    listed = sorted(condition.terms.items(), key=lambda item: (-item[1], item[0]))
    terms, weights = tuple(term.lstrip("+-") for term, _ in listed), tuple(weight for _, weight in listed)
    lands = sorted({write_known(name.known) for name in land_names(condition)})
    return Wanted(terms, weights, tuple(sorted(plain(condition.events))), tuple(lands))


def list_announced(drafts: Iterable[Draft]) -> tuple[Wanted, ...]:
    """What a sentence must share with a consequence to say that it was not done; events: here its things."""
    consequences = {draft.consequence.text: draft.consequence for draft in drafts if draft.consequence is not None}
    formed = (replace(_form_wanted(each), events=tuple(sorted(plain(each.objects)))) for each in consequences.values())
    return tuple(sorted({each for each in formed if sum(each.weights) >= LEAST_WEIGHT - SLACK}, key=repr))


def heaviest_whole(announced: Wanted) -> Iterator[str]:
    """Terms of which a sentence must have one, since all others together are not most of the words."""
    left, least = sum(announced.weights), MOST_WORDS * sum(announced.weights) - SLACK
    for term, weight in zip(announced.terms, announced.weights, strict=True):
        if left < least:
            return
        yield term
        left -= weight


def heaviest(wanted: Wanted) -> Iterator[str]:
    """Terms of which a report must have one, since all others together weigh too little; and happenings near these."""
    left, least = sum(wanted.weights), CLOSER_LOOK * sum(wanted.weights) - SLACK
    if not wanted.events and left < TELLS - SLACK:
        return
    for term, weight in zip(wanted.terms, wanted.weights, strict=True):
        if left < least:
            return
        yield term
        yield from kin_happenings(term) if term in wanted.events else ()
        left -= weight


def line_terms(drafts: Iterable[Draft]) -> tuple[frozenset[str], frozenset[str]]:
    """The signless terms of conditions and consequences, and those by which deeds of the consequences are looked up."""
    terms: set[str] = {AS_ANNOUNCED}
    deeds: set[str] = set()
    for draft in drafts:
        terms |= plain(draft.condition.terms)
        if draft.consequence is not None:
            terms |= plain((*draft.consequence.terms, *wanted_happenings(draft.consequence)))
            deeds |= deed_terms(draft.consequence)
    return frozenset(terms), frozenset(deeds)


# Families


def hang_together(
    readings: Iterable[Drawing],
    fresh: Collection[str],
    vectors: Vectors,
    rulings: Iterable[JoinRuling] = (),
    reasons: Reasons | None = None,
) -> Iterator[tuple[str, str]]:
    """Every two mentions that must be looked at together, at least one of them of a fresh document (by id).

    reasons: see `join_drafts`.
    """
    listed = sorted(readings, key=lambda reading: reading.id)
    drafts = [draft for reading in listed for draft in reading.drafts]
    lines = list_drawing(drafts)
    live = {draft.mention.id for draft in lines}
    verdicts = (reasons or find_reasons(lines, vectors)).judge()
    by_id = {draft.mention.id: draft for draft in drafts}
    for one, other in _couples(drafts, fresh, verdicts, by_id):
        drawing = {one.mention.id, other.mention.id} & live
        if len(drawing) == 2:
            verdict = verdicts.on(one, other)
            together = draw_together(one, other, verdict) or are_near(one, other, verdict)
        else:
            together = bool(drawing) and belongs_beside(one, other, verdicts.on(one, other))
        if together:
            yield one.mention.id, other.mention.id
    yield from _beside(drafts, fresh)
    yield from _replacing(listed, fresh)
    settled = settle(drafts, rulings)
    for couple in (*settled.together, *settled.apart):
        if any(by_id[name].mention.document in fresh for name in couple):
            yield couple


def _couples(
    drafts: Sequence[Draft], fresh: Collection[str], verdicts: Verdicts, by_id: Mapping[str, Draft]
) -> Iterator[tuple[Draft, Draft]]:
    """Candidates for one line, each couple once."""
    near = _Near(drafts)
    for place, draft in enumerate(drafts):
        if draft.mention.document in fresh:
            for where in sorted(near.of(place) - {place}):
                if where > place or drafts[where].mention.document not in fresh:
                    yield draft, drafts[where]
    for couple in sorted(verdicts.couples):
        one, other = by_id[couple[0]], by_id[couple[1]]
        if {one.mention.document, other.mention.document} & set(fresh) and not are_candidates(one, other):
            yield one, other


class _Near:
    """Drafts by issuer and term, and there by the names they hold, so that what names other places is passed over."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._drafts = drafts
        numbers: dict[Names, int] = {}
        self._names = [numbers.setdefault(names_in(draft.compared), len(numbers)) for draft in drafts]
        self._held = {number: draft.compared for number, draft in zip(self._names, drafts, strict=True)}
        self._excluding: dict[tuple[int, int], bool] = {}
        self._index: dict[tuple[str, str], dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for place, draft in enumerate(drafts):
            for key in draft.issuer.keys:
                for term in draft.compared.terms:
                    self._index[key, term][self._names[place]].append(place)

    def of(self, place: int) -> set[int]:
        """The places of drafts of the same issuer that share a term with one, itself among them."""
        draft, names, found = self._drafts[place], self._names[place], set[int]()
        for key in draft.issuer.keys:
            for term in draft.compared.terms:
                for others, places in self._index[key, term].items():
                    if not self._exclude(names, others):
                        found.update(places)
        return found

    def _exclude(self, one: int, other: int) -> bool:
        couple = (one, other) if one < other else (other, one)
        if couple not in self._excluding:
            self._excluding[couple] = exclude_by_names(self._held[couple[0]], self._held[couple[1]])
        return self._excluding[couple]


def _beside(drafts: Iterable[Draft], fresh: Collection[str]) -> Iterator[tuple[str, str]]:
    """Alternatives of one condition: their lines name each other."""
    first: dict[str, str] = {}
    for draft in drafts:
        if draft.mention.document in fresh:
            other = first.setdefault(draft.siblings, draft.mention.id)
            if other != draft.mention.id:
                yield other, draft.mention.id


def _replacing(readings: Iterable[Drawing], fresh: Collection[str]) -> Iterator[tuple[str, str]]:
    """Words that put a line in another's place, and mentions of what they may name."""
    listed = tuple(readings)
    held: dict[str, list[Draft]] = defaultdict(list)
    for reading in listed:
        for draft in reading.drafts:
            for key in own_keys(draft):
                held[key].append(draft)
    for reading in listed:
        for draft in reading.drafts:
            said = reading.replacing.get(draft.mention.id)
            for other in (each for key in own_keys(draft) for each in held[key]) if said is not None else ():
                new = reading.id in fresh or other.mention.document in fresh
                if new and other is not draft and said is not None and name_part((other,), said) >= LEAST_NAMED:
                    yield draft.mention.id, other.mention.id
