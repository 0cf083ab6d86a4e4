"""What reports and statements have to do with a line: which meet its condition, which carry out its consequence."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.records.findings import EventRealis
from onrecord.records.redlines import Statement
from onrecord.records.spans import Span
from onrecord.redlines.alignment import LAND, TELLING, share_happenings
from onrecord.redlines.drafts import Draft, Issuer, has_words
from onrecord.redlines.features import find_contradictions
from onrecord.redlines.gist import Gist, Part, Stage, plain, turn
from onrecord.redlines.meeting import (
    Meeting,
    Scope,
    best_meeting,
    can_be_of,
    condition_names,
    form_meeting,
    may_meet,
    meet,
    places_fit,
)
from onrecord.redlines.names import Known, Relation, known_key, name_of, relate_names
from onrecord.redlines.reports import PLAIN, Report
from onrecord.redlines.sense import (
    Grounds,
    bar,
    compare_sense,
    form_grounds,
    is_near,
    likely,
    speaks_against,
    telling_things,
    tells_contrary,
)
from onrecord.redlines.sentences import split_sentences_of
from onrecord.redlines.vectors import Vectors
from onrecord.redlines.words import without_month

MOST_WORDS = 0.6  # part of a consequence's words that a deed must have where the lists know no happening in it
MEANS = 0.50  # cosine from which a deed may be the one announced: of the stories for tuning 0.52 and more, others 0.49
LEAST_SENSE = 0.35  # cosine from which a sentence that no event record covers may meet a condition
SOME_WORDS = 0.2  # part of a consequence's words that such a deed has as well
LEAST_WEIGHT = 1.2  # weight of a consequence's words below which they tell too little

SOME_LEFT = "some are left"  # "took 250 soldiers off, and 130 remain": what the line falls short by


@dataclass(frozen=True, slots=True)
class Evidence:
    """A report that concerns a line's condition, and how."""

    report: Report
    meeting: Meeting


def find_evidence(
    drafts: Sequence[Draft], scope: Scope, reports: Iterable[Report], vectors: Vectors
) -> Iterator[Evidence]:
    """The reports that meet the condition of a line as one of its mentions words it, each with its best meeting."""
    issuers, worded = issuer_keys(drafts), differently_worded(drafts)
    known: dict[tuple[str, str, bool, bool, bool], Meeting | None] = {}  # reports in the same words meet it alike
    for report in reports:
        own = bool(report.doers) and report.doers <= issuers
        undone = report.denied and not report.disputed  # the outlet itself reports that it was not done
        refused = report.disputed and bool(issuers.intersection(report.tellers))
        asking = tuple(draft for draft in worded if draft.mention.negated) if undone else worded
        if own or refused or not report.told or not asking or _is_own_plan(report, issuers):
            continue
        told = replace(report, realis=EventRealis.ASSERTED) if undone else report
        key = (report.gist.text, report.core.text, told.denied, undone, report.score <= PLAIN)
        if key not in known:
            known[key] = _meet_line(told, asking, scope, vectors)
        meeting = known[key]
        if meeting is not None and has_words("rest", report.passage.text):
            meeting = replace(meeting, short=meeting.short or SOME_LEFT, counted=True)
        if meeting is not None:
            yield Evidence(told, meeting)


def find_likely(
    drafts: Sequence[Draft], scope: Scope, scenes: Iterable[Report], vectors: Vectors
) -> Iterator[Evidence]:
    """The scenes that meet the condition of a line by their sense, each with its best meeting.

    What the issuer itself did meets nothing, and its own word is not taken by its sense alone. Where
    some are left ("took 250 soldiers off, and 130 remain") it is not met.
    """
    issuers, worded = issuer_keys(drafts), differently_worded(drafts)
    known: dict[str, Meeting | None] = {}  # scenes in the same words meet it alike
    for scene in scenes:
        if not issuers.isdisjoint(scene.tellers) or has_words("rest", scene.passage.text):
            continue
        if scene.gist.text not in known:
            meetings = (_meet_likely(scene, draft, scope, vectors) for draft in worded)
            meeting = best_meeting(each for each in meetings if each is not None)
            own = meeting is not None and doer_is_issuer(scene.gist, scope)
            known[scene.gist.text] = None if own else meeting
        found = known[scene.gist.text]
        if found is not None:
            yield Evidence(scene, found)


def _meet_likely(scene: Report, draft: Draft, scope: Scope, vectors: Vectors) -> Meeting | None:
    wanted = wanted_gist(draft)
    if not is_near(scene.gist, wanted, vectors) or not can_be_of(scene.gist, wanted, scope) or draft.refused:
        return None
    sense = compare_sense(scene.gist, wanted, vectors)
    score = likely(sense)
    if score < bar("condition") or speaks_against(scene.gist, wanted, sense):
        return None
    meeting = form_meeting(scene.gist, wanted, score, f"near in sense: {sense.near:.2f}")
    return None if meeting.short is not None and not meeting.counted else meeting


def scene_terms(drafts: Iterable[Draft]) -> frozenset[str]:
    """The terms by which scenes that may concern a line are looked up: its happenings and telling things, unsigned."""
    return plain(term for gist in _announced_gists(drafts) for term in (*gist.events, *telling_things(gist)))


def list_grounds(drafts: Iterable[Draft]) -> tuple[Grounds, ...]:
    """What a scene must share with a line, and to which words of it be near in sense, to concern it."""
    wanted = {form_grounds(wanted_gist(draft), follows=False) for draft in drafts}
    follows = {form_grounds(draft.consequence, follows=True) for draft in drafts if draft.consequence is not None}
    return tuple(sorted(wanted | follows, key=repr))


def _announced_gists(drafts: Iterable[Draft]) -> Iterator[Gist]:
    """What must happen, and what is said to follow."""
    return (each for draft in drafts for each in (wanted_gist(draft), draft.consequence) if each is not None)


def _is_own_plan(report: Report, issuers: frozenset[str]) -> bool:
    """Whether a sentence only says what will be in the words of the issuer, or of nobody known."""
    plan = report.realis is EventRealis.PLANNED and report.score <= PLAIN and report.attributed
    return plan and (not report.tellers or not issuers.isdisjoint(report.tellers))


def differently_worded(drafts: Iterable[Draft]) -> tuple[Draft, ...]:
    """One draft for each wording of the condition."""
    return tuple({(draft.condition.text, draft.mention.negated): draft for draft in drafts}.values())


def _meet_line(report: Report, drafts: Iterable[Draft], scope: Scope, vectors: Vectors) -> Meeting | None:
    return best_meeting(m for draft in drafts if (m := _meet(report, draft, scope, vectors)) is not None)


def may_concern(report: Report, draft: Draft) -> bool:
    """Whether a report shares enough plain words with a mention for a closer look."""
    gist = _affirm(report.gist, draft) if report.denied else report.gist
    return report.told and _same_groups(report.core, draft.condition) and may_meet(gist, wanted_gist(draft))


def may_lie_in(places: Sequence[Known], drafts: Iterable[Draft], scope: Scope) -> bool:
    """Whether what happens in these places can meet a line as one of its mentions words it."""
    return any(places_fit(places, draft.condition, scope) for draft in drafts)


def _meet(report: Report, draft: Draft, scope: Scope, vectors: Vectors) -> Meeting | None:
    if not _same_groups(report.core, draft.condition):
        return None
    gist = _affirm(report.gist, draft) if report.denied else report.gist
    if draft.refused and not draft.refused & gist.events:  # a vote is held: nobody has recognised it yet
        return None
    meeting = meet(gist, draft.condition, draft.mention.negated, scope, vectors)
    if meeting is None or report.score > PLAIN:
        return meeting
    near = vectors.cosine(report.gist.text, draft.condition.text) or 0.0
    less = meeting.short is not None and report.realis is not EventRealis.PLANNED
    return None if less or near < LEAST_SENSE else meeting


def _same_groups(core: Gist, condition: Gist) -> bool:
    """Whether the event's own words name a happening of the condition, where both name any.

    Its clause may name others: "says there will be no talks after the regions voted" reports the vote alone.
    """
    mine, theirs = ({f"+{event[1:]}" for event in gist.events} for gist in (core, condition))
    return not mine or not theirs or share_happenings(mine, theirs) > 0


def _affirm(gist: Gist, draft: Draft) -> Gist:
    """What a denial denies: the happenings it names, with the sign the condition gives them."""
    wanted = wanted_gist(draft)
    signs = {event[1:]: event for event in wanted.events}
    events = {event: signs.get(event[1:], event) for event in gist.events}
    terms = {events.get(term, term): weight for term, weight in gist.terms.items()}
    return replace(gist, events=frozenset(events.values()), terms=terms, negated=wanted.negated)


def consequences_of(drafts: Iterable[Draft]) -> tuple[Gist, ...]:
    """What follows, as each mention words it."""
    return tuple(draft.consequence for draft in drafts if draft.consequence is not None)


def issuer_keys(drafts: Sequence[Draft]) -> frozenset[str]:
    """Every key under which a line's issuer may be met."""
    return frozenset(key for draft in drafts for key in draft.issuer.keys)


def form_scope(drafts: Sequence[Draft]) -> Scope:
    """Every name the mentions of a line hold, and the names of its issuer."""
    gists = [gist for draft in drafts for gist in (draft.condition, draft.consequence) if gist is not None]
    names = [name.known for gist in gists for name in gist.names]
    issuers = [known for draft in drafts for known in issuer_names(draft.issuer)]
    events = frozenset(event for draft in drafts for event in wanted_gist(draft).events)
    doers = [name.known for draft in drafts for name in draft.condition.named(Part.AGENT)]
    issuer = tuple(dict.fromkeys(issuers))
    named = condition_names(draft.condition for draft in drafts)
    return Scope(tuple(dict.fromkeys((*names, *issuers))), issuer, events, tuple(dict.fromkeys(doers)), named)


def wanted_gist(draft: Draft) -> Gist:
    """What must happen for a mention's consequence to follow."""
    return turn(draft.condition) if draft.mention.negated else draft.condition


def issuer_names(issuer: Issuer) -> tuple[Known, ...]:
    """The issuer and the state it speaks for, as names in a text may mean them."""
    states = (known_key(key.removeprefix("state:")) for key in sorted(issuer.keys) if key.startswith("state:"))
    own = (name_of(name) for name in issuer.names)
    return (*own, *(known for known in states if known is not None))


def is_deed(report: Report) -> bool:
    """Whether the outlet itself reports it as done."""
    return report.realis is EventRealis.ASSERTED and not report.attributed


def carries_out(report: Report, drafts: Sequence[Draft], scope: Scope, vectors: Vectors) -> bool:
    """Whether the outlet itself reports as done what the line announced: by the issuer, or in most of its words.

    A sentence whose doer is not known ("the trains were stopped") must say what the line says; another doer never does.
    """
    if not is_deed(report):
        return False
    if report.gist.stage in (Stage.PLANNED, Stage.ANNOUNCED) or has_words("not_told", without_month(report.gist.text)):
        return _was_done(report, drafts, scope)
    consequences = consequences_of(drafts)
    own = bool(report.doers & issuer_keys(drafts)) or doer_is_issuer(report.gist, scope)
    if _was_done(report, drafts, scope):
        return True
    if own and any(_means(report.gist, each, vectors) for each in consequences):
        return True
    return any(tells_whole(report.gist, each) and _doer_fits(report, each, drafts, scope) for each in consequences)


def _was_done(report: Report, drafts: Sequence[Draft], scope: Scope) -> bool:
    """Whether an event of the issuer's is the happening that was announced."""
    own = bool(report.doers & issuer_keys(drafts)) or doer_is_issuer(report.gist, scope)
    return own and report.score > PLAIN and any(same_consequence(report.core, each) for each in consequences_of(drafts))


def deed_terms(consequence: Gist) -> frozenset[str]:
    """The terms by which deeds that may carry out a consequence are looked up, without signs."""
    telling = {term for term, weight in consequence.objects.items() if weight >= TELLING and term not in LAND}
    return plain((*consequence.events, *(telling or consequence.objects)))


def _means(gist: Gist, consequence: Gist, vectors: Vectors) -> bool:
    """Whether a deed of the issuer's is near in sense to a consequence, about a thing of it, and not against it."""
    shared = sum(weight for term, weight in consequence.terms.items() if term in gist.terms)
    things = {term for term in consequence.objects.keys() & gist.objects.keys() if term not in LAND}
    near = (vectors.cosine(gist.text, consequence.text) or 0.0) >= MEANS
    enough = shared >= SOME_WORDS * sum(consequence.terms.values())
    return near and enough and bool(things) and next(find_contradictions(gist, consequence), None) is None


def _doer_fits(report: Report, consequence: Gist, drafts: Sequence[Draft], scope: Scope) -> bool:
    """Whether a deed can be the issuer's: nobody is named as doer, the issuer is, or the consequence names the one."""
    others = report.doers - issuer_keys(drafts)
    names = [name.known for name in report.gist.named(Part.AGENT)]
    own = (*scope.issuer, *(name.known for name in consequence.names))
    return not others and all(_is_one_of(name, own) for name in names)


def _is_one_of(name: Known, others: Iterable[Known]) -> bool:
    return any(relate_names(name, other) in (Relation.SAME, Relation.CONTAINED) for other in others)


def tells_whole(gist: Gist, consequence: Gist) -> bool:
    """Whether a text tells a consequence in most of its words, its happenings with their signs."""
    total = sum(consequence.terms.values())
    shared = sum(weight for term, weight in consequence.terms.items() if term in gist.terms)
    same = bool(wanted_happenings(consequence) & gist.events) or gist.negated is consequence.negated
    things = not consequence.objects or not consequence.objects.keys().isdisjoint(gist.objects)
    if total < LEAST_WEIGHT or shared < MOST_WORDS * total or not same or not things:
        return False
    return next(find_contradictions(gist, consequence), None) is None


def likely_deed(scene: Report, drafts: Sequence[Draft], scope: Scope, vectors: Vectors) -> float:
    """How likely a scene tells that the issuer did what a line announced, by its sense; 0 where something forbids it.

    Another doer never does it, nor does the issuer's own word show it; on the word of a party it is not shown either.
    """
    near = [each for each in consequences_of(drafts) if is_near(scene.gist, each, vectors)]
    if not near or _is_of_party(scene, drafts, scope):
        return 0.0
    least = bar("told_by_another") if scene.attributed else bar("consequence")
    found = 0.0
    for consequence in near:
        sense = compare_sense(scene.gist, consequence, vectors)
        score = likely(sense)
        if score >= max(found, least) and _may_do_it(scene, consequence, scope):
            found = found if speaks_against(scene.gist, consequence, sense) else score
    return found


def likely_undone(scene: Report, drafts: Sequence[Draft], scope: Scope, vectors: Vectors) -> float:
    """How near a scene is to a consequence that it says was not carried out, by its sense; 0 where it does not say so.

    It says so where what was to come to a stand goes on as it did, or where it denies a thing of the consequence.
    """
    found = 0.0
    for consequence in consequences_of(drafts):
        if not is_near(scene.gist, consequence, vectors):
            continue
        sense = compare_sense(scene.gist, consequence, vectors)
        if (
            sense.near > found
            and _may_do_it(scene, consequence, scope)
            and tells_contrary(scene.gist, consequence, sense)
        ):
            found = sense.near
    return found


def _is_of_party(scene: Report, drafts: Sequence[Draft], scope: Scope) -> bool:
    """Whether a scene is the word of the issuer or of another party to the line."""
    tellers = [known_key(key) or name_of(key.rsplit(":", 1)[-1].title()) for key in scene.tellers]
    own = not issuer_keys(drafts).isdisjoint(scene.tellers)
    return own or any(_is_one_of(known, scope.names) for known in tellers)


def _may_do_it(scene: Report, consequence: Gist, scope: Scope) -> bool:
    """Whether nobody is named as doer of a scene, the issuer is, or the doer whom the consequence names."""
    doers = scene.gist.named(Part.AGENT)
    own = (*scope.issuer, *(name.known for name in consequence.named(Part.AGENT)))
    return not doers or any(_is_one_of(name.known, own) for name in doers)


def doer_is_issuer(gist: Gist, scope: Scope) -> bool:
    """Whether a text names the issuer, or somebody within it, as the doer."""
    relations = [relate_names(name.known, own) for name in gist.named(Part.AGENT) for own in scope.issuer]
    return any(relation in (Relation.SAME, Relation.CONTAINED) for relation in relations)


def same_consequence(gist: Gist, consequence: Gist) -> bool:
    """Whether a text names the happenings of a consequence with the same sign, and nothing that excludes it.

    A consequence whose happening no list knows ("break its patent") must be there in most of its words.
    """
    wanted = wanted_happenings(consequence)
    same = bool(wanted & gist.events) if consequence.events else _has_words_of(gist, consequence)
    return same and next(find_contradictions(gist, consequence), None) is None


def wanted_happenings(consequence: Gist) -> frozenset[str]:
    """The happenings by which a consequence is carried out; who is made a target is attacked."""
    wanted = consequence.events - {"+answer"}
    return wanted | {"+attack"} if "+target" in wanted else wanted


def _has_words_of(gist: Gist, consequence: Gist) -> bool:
    """Whether a text has most of the words of a consequence, and denies or breaks off what that does."""
    total = sum(consequence.terms.values())
    shared = sum(weight for term, weight in consequence.terms.items() if term in gist.terms)
    return total >= LEAST_WEIGHT and shared >= MOST_WORDS * total and gist.negated is consequence.negated


def statement_sentences(statement: Statement, text: str) -> Iterator[tuple[Span, str]]:
    """The sentences of a statement's content, with their place in the document's text."""
    for piece in statement.content:
        words = text[piece.start : piece.end]
        for span in split_sentences_of(words):
            yield Span(piece.start + span.start, piece.start + span.end), words[span.start : span.end]
