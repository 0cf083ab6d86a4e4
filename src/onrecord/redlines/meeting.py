"""Whether a happening, reported or supposed, meets the condition of a line.

The same table of features serves the history (an event in a document) and what-if (an event someone supposes). A denied
happening, another doer, another place, or less than the condition asks for does not meet it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from onrecord.lexicon.loader import load_lexicon
from onrecord.redlines.alignment import LAND, different_things, leftover, share_happenings, shared_weight
from onrecord.redlines.bounds import find_bound, find_quantity
from onrecord.redlines.concepts import function_words
from onrecord.redlines.features import find_contradictions, scale_cosine, share
from onrecord.redlines.gist import EVENT_WEIGHT, Gist, Part, Stage, land_names, scope_names, turn
from onrecord.redlines.names import SHARED_LETTERS, Kind, Known, Name, Relation, relate_names
from onrecord.redlines.vectors import Vectors

ENOUGH = 0.68  # lowest score at which a happening meets a condition; see evaluation/gold/redlines_tuning.yml
WITHOUT_EVENTS = 0.55  # part of a condition's words that must be there where the lists know no happening in it
UNNAMED_PLACE = (
    0.9  # what is left where the line names no place and nothing tells whether the event's lies in its scope
)
POINTING = frozenset(
    {"they", "them", "their", "theirs", "it", "its", "he", "she", "his", "her", "hers", "there", "those"}
)
OWNING = frozenset({"our", "my"})
TELLS = 1.0  # weight below which a condition without a happening ("soldiers") tells too little to be met
CLOSER_LOOK = 0.35  # part of a condition's weight that an event must share in plain words
OTHER_THING = 0.75  # what is left where each text has a telling thing that the other has nothing like
WEIGHT_EVENTS, WEIGHT_TERMS, WEIGHT_OBJECTS, WEIGHT_SENSE = 0.30, 0.35, 0.20, 0.15


@dataclass(frozen=True, slots=True)
class Scope:
    """What a line is about beyond one condition: all names and happenings of its mentions, and the issuer's names.

    doers: who does it in any of the mentions. named: all names of the conditions; none where a pronoun stands for one.
    """

    names: tuple[Known, ...]
    issuer: tuple[Known, ...]
    events: frozenset[str]
    doers: tuple[Known, ...]
    named: tuple[Known, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A happening that meets a condition. short: what it falls short by ("planned", "3 of more than 500"), or None.

    counted: whether an amount tells that it falls short: no vaguer wording of the condition makes up for that.
    """

    score: float
    reason: str
    short: str | None
    stage: Stage
    counted: bool = False


def meet(event: Gist, condition: Gist, negated: bool, scope: Scope, vectors: Vectors) -> Meeting | None:
    """How the event meets the condition; None if it does not concern it.

    negated: the consequence holds where the condition fails ("unless they leave"): the contrary happening meets it.
    vectors: of both texts and of their words.
    """
    wanted = turn(condition) if negated else condition
    if not may_meet(event, wanted) or _denied(event, wanted) or not _fits_scope(event, wanted, scope):
        return None
    if _names_others(event, scope) or _is_of_others(event, wanted, scope):
        return None
    placed, sought = _with_land(event, wanted, scope), _without_land(event, wanted, scope)
    score, reason = _score(placed, sought, vectors)
    if score < ENOUGH or next(find_contradictions(event, wanted), None) is not None:
        return None
    if not places_fit(event_places(event), wanted, scope) or not _doers_fit(event, wanted, scope):
        return None
    things = different_things(placed, sought, vectors) or _elsewhere(event, sought, scope, vectors)
    things = things or _other_act(event, sought)
    if things is not None:
        score, reason = score * OTHER_THING, f"{reason}; other things: {things[0]}, {things[1]}"
    if _place_unclear(event, wanted, scope):
        score, reason = score * UNNAMED_PLACE, f"{reason}; the line names no place"
    if sought is not wanted:
        score, reason = score * UNNAMED_PLACE, f"{reason}; the event names no place"
    if score < ENOUGH:
        return None
    return form_meeting(event, wanted, score, reason)


def form_meeting(event: Gist, wanted: Gist, score: float, reason: str) -> Meeting:
    """The meeting of an event with a condition that it concerns, and by what it falls short of it."""
    reached = event.stage or Stage.DONE
    few = _too_few(event, wanted)
    return Meeting(round(score, 3), reason, _falls_short(event, wanted, reached) or few, reached, few is not None)


def can_be_of(event: Gist, wanted: Gist, scope: Scope) -> bool:
    """Whether an event's names, places and doers can be those of a line."""
    if _names_others(event, scope) or _is_of_others(event, wanted, scope):
        return False
    return places_fit(event_places(event), wanted, scope) and _doers_fit(event, wanted, scope)


def condition_names(conditions: Iterable[Gist]) -> tuple[Known, ...]:
    """Every name of the conditions of a line; () where a pronoun may stand for others in any of them."""
    read = tuple(conditions)
    words = {word for gist in read for word in gist.text.casefold().split()}
    if words & (POINTING | _own_words()):
        return ()
    return tuple(dict.fromkeys(name.known for gist in read for name in gist.names))


def best_meeting(meetings: Iterable[Meeting]) -> Meeting | None:
    """How a happening meets a line, of all its wordings: one that counts what is too little, else the fullest."""
    return max(meetings, key=lambda each: (each.counted, each.short is None, each.score, each.reason), default=None)


def may_meet(event: Gist, wanted: Gist) -> bool:
    """Whether an event shares enough plain words with a condition for a closer look. Needs no vectors."""
    total = sum(wanted.terms.values())
    shared = sum(weight for term, weight in wanted.terms.items() if term in event.terms)
    if not wanted.events and total < TELLS:
        return False
    if wanted.events and not wanted.events & event.events:
        near = share_happenings(wanted.events, event.events)
        if not near:
            return False
        shared += near * EVENT_WEIGHT
    return bool(total) and shared >= CLOSER_LOOK * total


def _fits_scope(event: Gist, wanted: Gist, scope: Scope) -> bool:
    """Whether a condition that names no happening may be met: the event must name one that another mention names."""
    if wanted.events or not scope.events or share_happenings(event.events, scope.events) > 0:
        return True
    return bool(wanted.acts) and wanted.terms.keys() <= event.terms.keys()  # "the age goes up" needs no other happening


def _names_others(event: Gist, scope: Scope) -> bool:
    """Whether an event names places or parties, and none that any mention of the condition names."""
    return not names_fit(event_names(event), scope.named)


def event_names(event: Gist) -> tuple[Known, ...]:
    """Every name of an event that names a place or party; () for one that names only who does it."""
    return tuple(name.known for name in event.names) if scope_names(event) else ()


def names_fit(named: Sequence[Known], wanted: Sequence[Known]) -> bool:
    """Whether an event with these names can be that of conditions with those: where both have any, one must fit."""
    return not named or not wanted or _any_fits(named, wanted)


def _is_of_others(event: Gist, wanted: Gist, scope: Scope) -> bool:
    """Whether the condition is about the issuer's own ("our ports"), and the event about somebody else's."""
    owners = [name.known for name in event.named(Part.OF)]
    if not owners or not OWNING & frozenset(wanted.text.casefold().split()):
        return False
    alike = (one.key[:SHARED_LETTERS] == own.key[:SHARED_LETTERS] for one in owners for own in scope.issuer)
    return not _any_fits(owners, scope.names) and not any(alike)


def _denied(event: Gist, wanted: Gist) -> bool:
    """Whether one denies what the other names, where no happening carries the sign."""
    if share_happenings(event.events, wanted.events):
        return False
    return event.negated is not wanted.negated


def _score(event: Gist, wanted: Gist, vectors: Vectors) -> tuple[float, str]:
    """The weighted mean of what the two share, over what can be compared.

    A condition's events count as a whole: an event that shares none of them is about something else.
    """
    events, words = _events_met(event, wanted), _covered(event, wanted, vectors)
    parts = (
        ("what happens", WEIGHT_EVENTS, events),
        ("words", WEIGHT_TERMS, words),
        ("things", WEIGHT_OBJECTS, share(event.objects, wanted.objects)),
        ("sense", WEIGHT_SENSE, scale_cosine(vectors.cosine(event.text, wanted.text))),
    )
    known = [(name, weight, value) for name, weight, value in parts if value is not None]
    total = sum(weight for _, weight, _ in known)
    if not total or events == 0.0 or (events is None and (words or 0.0) < WITHOUT_EVENTS):
        return 0.0, ""
    score = sum(weight * value for _, weight, value in known) / total
    return score, "; ".join((*(f"{name} {value:.2f}" for name, _, value in known), *_shared(event, wanted)))


def _elsewhere(event: Gist, wanted: Gist, scope: Scope, vectors: Vectors) -> tuple[str, str] | None:
    """A place the event names that the line does not, against a thing of the condition that the event does not have."""
    strange = [name for name in event.named(Part.PLACE) if not _any_fits([name.known], scope.names)]
    missing = leftover(wanted, event, vectors) if strange else None
    return (strange[0].printed, missing) if missing is not None else None


def _other_act(event: Gist, wanted: Gist) -> tuple[str, str] | None:
    """What is done in each text, where they have no happening or act in common ("is removed", "is painted")."""
    mine, theirs = event.events | event.acts, wanted.events | wanted.acts
    if wanted.events or not mine or not theirs or share_happenings(theirs, mine):
        return None
    return min(mine)[1:], min(theirs)[1:]


def _with_land(event: Gist, wanted: Gist, scope: Scope) -> Gist:
    """The event, with the land it happens in named as the line names it, where its place lies in the line's scope.

    "In Kherson" says no less than "in the occupied regions" to a line about Ukraine.
    """
    land = {term: weight for term, weight in wanted.objects.items() if term in LAND}
    placed = [name.known for name in scope_names(event) if name.known.kind is Kind.PLACE]
    if not land or not any(relate_names(place, name) is Relation.CONTAINED for place in placed for name in scope.names):
        return event
    return replace(event, terms={**event.terms, **land}, objects={**event.objects, **land})


def _without_land(event: Gist, wanted: Gist, scope: Scope) -> Gist:
    """The condition without its land, where the event names neither land nor place: then nothing speaks against it."""
    if not wanted.events or LAND & event.terms.keys() or event_places(event) or not LAND & wanted.terms.keys():
        return wanted
    if any(name.known.kind is Kind.STATE and not _any_fits([name.known], scope.names) for name in event.names):
        return wanted  # another state's deed: its place is not left open
    terms = {term: weight for term, weight in wanted.terms.items() if term not in LAND}
    objects = {term: weight for term, weight in wanted.objects.items() if term not in LAND}
    return replace(wanted, terms=terms, objects=objects)


def _events_met(event: Gist, wanted: Gist) -> float | None:
    if not wanted.events:
        return None
    return share_happenings(wanted.events, event.events) / len(wanted.events)


def _covered(event: Gist, wanted: Gist, vectors: Vectors) -> float | None:
    """The part of the condition's terms, by weight, that the event has, in the same or like words."""
    total = sum(wanted.terms.values())
    return shared_weight(wanted.terms, event.terms, wanted, event, vectors) / total if total else None


def _shared(event: Gist, wanted: Gist) -> Iterator[str]:
    shared = sorted(term.lstrip("~+") for term in event.terms.keys() & wanted.terms.keys())
    if shared:
        yield "both: " + ", ".join(shared)


def places_fit(named: Sequence[Known], wanted: Gist, scope: Scope) -> bool:
    """Whether an event's places can be the line's: the same, within it, or not excluded by what is known."""
    return lies_in(named, [name.known for name in land_names(wanted)], scope.names)


def lies_in(named: Sequence[Known], own: Sequence[Known], others: Sequence[Known]) -> bool:
    """Whether places can be those of a condition. own: where it is, or whose land; others: every name of its line."""
    if not named:
        return True
    if own:
        return _any_fits(named, (*own, *(known for known in others if known.kind is Kind.PLACE)))
    known_places = [known for known in named if known.states]
    return not known_places or not others or _any_fits(known_places, others)


def event_places(event: Gist) -> tuple[Known, ...]:
    """Where the event is: names behind "in" and its like, and places the lists know, whatever stands before them."""
    inside = event.named(Part.PLACE)
    return tuple(name.known for name in scope_names(event) if name in inside or name.known.kind is Kind.PLACE)


def _place_unclear(event: Gist, wanted: Gist, scope: Scope) -> bool:
    named = event_places(event)
    return bool(named) and not land_names(wanted) and not _any_fits(named, scope.names)


def _any_fits(named: Iterable[Known], others: Iterable[Known]) -> bool:
    listed = tuple(others)
    return any(relate_names(one, other) is not Relation.UNRELATED for one in named for other in listed)


def _doers_fit(event: Gist, wanted: Gist, scope: Scope) -> bool:
    """Whether the event's doer can be the line's. The issuer's own deed meets no line that leaves the doer open."""
    doers = event.named(Part.AGENT)
    if not doers:
        return True
    own = [name.known for name in wanted.named(Part.AGENT)] or list(scope.doers)
    if own:
        return any(relate_names(one.known, other) is not Relation.UNRELATED for one in doers for other in own)
    return _first_person(wanted) or not all(_is_issuer(name, scope) for name in doers)


def _is_issuer(name: Name, scope: Scope) -> bool:
    return any(relate_names(name.known, own) in (Relation.SAME, Relation.CONTAINED) for own in scope.issuer)


@cache
def _own_words() -> frozenset[str]:
    return frozenset(str(word) for word in load_lexicon("redlines")["own_words"])


def _first_person(wanted: Gist) -> bool:
    return any(word in _own_words() for word in wanted.text.casefold().split())


def _falls_short(event: Gist, wanted: Gist, reached: Stage) -> str | None:
    """By what a happening of the right kind is less than the condition asks for; None if by nothing."""
    needed = wanted.stage or Stage.DONE
    if reached < min(needed, Stage.DONE):
        return reached.name.lower()
    less = [word for word in event.small if word.casefold() not in _casefolded(wanted.small)]
    if less and not wanted.small:
        return f"only “{less[0]}”"
    return None


def _too_few(event: Gist, wanted: Gist) -> str | None:
    """The amount by which a happening is less than the condition asks for; None if it is not, or none is counted."""
    bound = find_bound(wanted.text)
    quantity = find_quantity(event.text, bound.unit) if bound is not None else None
    if bound is not None and quantity is not None and not bound.holds(quantity):
        return f"{quantity:g} where the line says {bound.printed}"
    return None


def _casefolded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.casefold() for word in words) | function_words()
