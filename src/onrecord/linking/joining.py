"""One actor in many documents: keys that name the same one, joined with the reason.

Names alone never join people. Two spellings of a full name need a shared office, or a shared country with no office
that speaks against it; a surname alone needs an office that exactly one such person of the coverage holds. One name
of a state, place, body or outlet is one actor; where documents take it for different kinds, most of them decide.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.lexicon.loader import load_lexicon
from onrecord.linking.clues import demonyms_of
from onrecord.linking.holding import perhaps
from onrecord.linking.knowledge import entry_key
from onrecord.linking.names import (
    LIKENESS,
    fold,
    is_mixed_script,
    same_person,
    spelling_marks,
    spelling_marks_sought,
    surname,
    surnames_alike,
)
from onrecord.linking.settling import (
    BODIES,
    INFERRED_STATE,
    SPEAKS,
    draws_lines,
    governs_place,
    leads,
    represents,
    states_of_town,
)
from onrecord.records.actors import Actor, ActorType, Join
from onrecord.records.findings import Attribution, Findings

KNOWN = re.compile(r"Q\d+$")
ALIKE = LIKENESS  # the bound of evaluation/names.py (SAME) still takes two short given names for one
ENOUGH = float(load_lexicon("holding")["enough"])
TOLD = (INFERRED_STATE, SPEAKS, "gender:")  # flags of an actor that joining looks at
PASSING = frozenset(
    [
        "former",
        "ex",
        "then",
        "acting",
        "current",
        "that",
        "the",
        "a",
        "an",
        "its",
        "his",
        "her",
        "of",
        "and",
        "deputy",
        "vice",
    ]
)


@dataclass(slots=True)
class _Person:
    """What all documents together say of one key."""

    key: str
    name: str
    documents: int
    offices: frozenset[str]
    countries: frozenset[str]

    @property
    def full(self) -> bool:
        return " " in self.name.strip()


def join_actors(findings: Iterable[Findings]) -> tuple[Join, ...]:
    """Which keys stand for one actor, each into the key kept. The order of documents does not matter."""
    return join_told(Counter(told for found in findings for told in tell_actors(found)))


def tell_actors(findings: Findings) -> Iterator[Actor]:
    """What a document tells of each of its actors that joining looks at: the same of every document that says no more.

    So what a whole coverage tells is a count, which another day adds to.
    """
    for actor in findings.actors:
        flags = tuple(sorted(flag for flag in set(actor.flags) if flag.startswith(TOLD)))
        yield replace(actor, id="", qid=None, printed=(), flags=flags, score=1.0, produced_by="")


def join_told(told: Mapping[Actor, int]) -> tuple[Join, ...]:
    """Which keys stand for one actor. told: what documents tell of actors, with how many tell it."""
    listed = sorted(told.items(), key=lambda item: repr(item[0]))
    joins = {join.key: join for join in _join_kinds(listed)}
    into = {join.key: join.into for join in joins.values()}
    people = _collect([(rename_actor(actor, into), documents) for actor, documents in listed])
    for one, other, score, reason in _spellings(people):
        _add(joins, people, one, other, Join("", "", score, reason))
    for one, other, score, reason in _surnames(people, joins):
        _add(joins, people, one, other, Join("", "", score, reason))
    renamed = [rename_actor(actor, into) for actor, _ in listed]
    joins |= {join.key: join for join in tuple(_lone_names(renamed, people, joins))}
    return tuple(replace(join, into=_root(joins, key)) for key, join in sorted(joins.items()))


def _add(joins: dict[str, Join], people: Mapping[str, "_Person"], one: "_Person", other: "_Person", why: Join) -> None:
    kept, left = _choose(people[_root(joins, one.key)], people[_root(joins, other.key)])
    if kept.key != left.key and not (KNOWN.match(kept.key) and KNOWN.match(left.key)):
        joins[left.key] = replace(why, key=left.key, into=kept.key)


def rename_actors(findings: Findings, joins: Mapping[str, str]) -> Findings:
    """The findings with joined keys, and the kind that goes with each; names stay as printed."""
    actors = tuple(rename_actor(actor, joins) for actor in findings.actors)
    return replace(findings, actors=actors) if actors != findings.actors else findings


def rename_actor(actor: Actor, joins: Mapping[str, str]) -> Actor:
    """The actor under the key it was joined into, if it was."""
    key = joins.get(actor.key)
    return actor if key is None else replace(actor, key=key, type=_kind_of(key, actor.type))


def _kind_of(key: str, otherwise: ActorType) -> ActorType:
    """The kind that a key made of a name tells."""
    kind = key.rpartition("|")[2]
    return ActorType(kind) if kind in _KINDS else otherwise


# One name taken for several kinds

_KINDS = frozenset(kind.value for kind in ActorType)
# Where as many documents say one as the other, the kind that takes more to be seen is kept.
_ORDER = (
    ActorType.STATE,
    ActorType.OUTLET,
    ActorType.BODY,
    ActorType.PLACE,
    ActorType.GROUP,
    ActorType.PERSON,
    ActorType.UNKNOWN,
)


@dataclass(slots=True)
class _Kind:
    """One key of a name: how many documents have it, and whether it is surely a person's."""

    key: str
    type: ActorType
    documents: int = 0
    person: bool = False


def _join_kinds(told: Iterable[tuple[Actor, int]]) -> Iterator[Join]:
    """Keys of one name that differ in kind only, and peoples' names that mean a state named elsewhere."""
    named: dict[str, dict[ActorType, _Kind]] = defaultdict(dict)
    inferred: dict[str, Actor] = {}
    speaking: set[str] = set()
    for actor, documents in told:
        if KNOWN.match(actor.key) or actor.key != entry_key(actor.name, actor.type, None):
            continue
        kind = named[fold(actor.name)].setdefault(actor.type, _Kind(actor.key, actor.type))
        kind.documents += documents
        kind.person = kind.person or (actor.type is ActorType.PERSON and _is_person(actor))
        if INFERRED_STATE in actor.flags:
            inferred[fold(actor.name)] = actor
        if SPEAKS in actor.flags:
            speaking.add(fold(actor.name))
    chosen = {name: _most(kinds) for name, kinds in named.items()}
    for name in sorted(named):
        yield from _into_most(named[name], chosen[name])
    yield from _into_states({name: actor.key for name, actor in inferred.items()}, chosen)
    unknown = {
        name: kinds[ActorType.UNKNOWN].key for name, kinds in named.items() if kinds.keys() == {ActorType.UNKNOWN}
    }
    adjectives = {name: key for name, key in unknown.items() if name not in speaking and name not in inferred}
    sure = {name: kind for name, kind in chosen.items() if kind.type is ActorType.STATE}
    yield from _into_states(adjectives, sure)


def _is_person(actor: Actor) -> bool:
    """Whether a title or a given name tells that it is one."""
    return bool(actor.offices) or any(flag.startswith("gender:") for flag in actor.flags)


def _most(kinds: Mapping[ActorType, _Kind]) -> _Kind:
    """The kind that most documents see; that nothing was seen counts for nothing, and a state is also a place."""
    state, place = kinds.get(ActorType.STATE), kinds.get(ActorType.PLACE)

    def rank(kind: _Kind) -> tuple[bool, int, int]:
        seen = kind.documents + (place.documents if kind is state and place is not None else 0)
        return (kind.type is ActorType.UNKNOWN, -seen, _ORDER.index(kind.type))

    return min(kinds.values(), key=rank)


def _into_most(kinds: Mapping[ActorType, _Kind], kept: _Kind) -> Iterator[Join]:
    whole = sum(kind.documents for kind in kinds.values() if kind.type is not ActorType.UNKNOWN)
    for kind in sorted(kinds.values(), key=lambda each: each.key):
        if kind is kept or kind.person or kept.person:
            continue
        seen = f"{kept.type.value} in {kept.documents} of the {whole} documents that tell"
        share = kept.documents / whole if whole else 0.5
        yield Join(kind.key, kept.key, round(0.5 + share / 2, 3), f"one name; {seen}")


def _into_states(names: Mapping[str, str], chosen: Mapping[str, _Kind]) -> Iterator[Join]:
    """Peoples' names, with their keys, whose state another document names."""
    named = {form: kind for name, kind in sorted(chosen.items()) if " " not in name for form in demonyms_of(name)}
    for name, key in sorted(names.items()):
        state = named.get(name)
        if state is not None and state.key != key and state.type in _LANDS:
            land = state.key.rpartition("|")[0]
            yield Join(key, state.key, ALIKE, f"{name.capitalize()} is what {land} and its people are called")


_LANDS = (ActorType.STATE, ActorType.PLACE, ActorType.UNKNOWN)


# Whose position it is


@dataclass(frozen=True, slots=True)
class Holding:
    """Somebody who speaks for what one document names. of: key and kind of each actor of that name there.

    votes: how much that document tells of it (lexicon/holding.yml); where a title says so, enough.
    local: who decides for a town or region, and not for the state it lies in.
    """

    key: str
    of: tuple["Kinded", ...]
    votes: float = ENOUGH
    local: bool = False


@dataclass(frozen=True, slots=True)
class Kinded:
    """An actor's key, and what kind of actor it is."""

    key: str
    type: ActorType


def tell_holdings(findings: Findings) -> Iterator[Holding]:
    """Who holds an office of whom, as one document tells; whether that is a state, other documents may decide."""
    named: dict[str, list[Kinded]] = defaultdict(list)
    for actor in findings.actors:
        if actor.type not in BODIES or draws_lines(actor.type, actor.name):
            named[fold(actor.name)].append(Kinded(actor.key, actor.type))
        if actor.type is ActorType.STATE and actor.country:
            named[fold(actor.country)].append(Kinded(actor.key, actor.type))
    for actor in findings.actors:
        for office in actor.offices:
            of = named.get(fold(office.of), []) if office.of is not None else []
            told = [each for each in of if leads(office) or (each.type not in BODIES and represents(office))]
            if told:
                yield Holding(actor.key, tuple(told), local=governs_place(office))
        for name in states_of_town(actor) if actor.type is ActorType.PLACE else ():
            if name in named:
                yield Holding(actor.key, tuple(named[name]))
        for name, votes in perhaps(actor):
            yield Holding(actor.key, tuple(named[fold(name)]), votes)
    yield from _tell_bodies(findings)


def _tell_bodies(findings: Findings) -> Iterator[Holding]:
    """The bodies that speak here for a state of which they are a part, each once."""
    by_id = {actor.id: actor for actor in findings.actors}
    told = {(e.speaker.actor, e.speaker.on_behalf_of): e for e in findings.attributions}
    for body, state in ((by_id.get(actor or ""), by_id.get(side or "")) for actor, side in told):
        if body is not None and state is not None and (body.type, state.type) == (ActorType.BODY, ActorType.STATE):
            yield Holding(body.key, (Kinded(state.key, state.type),))


def find_sides(told: Iterable[Holding], joined: Mapping[str, str]) -> Mapping[str, str]:
    """The key of the state that somebody holds office for, by key, where all documents tell of one. joined: into.

    Of a body, where no document tells of a state; of a town that stands for a state nobody names, where none tells of
    either.
    """
    told = tuple(told)
    towns = _states_of_towns(told, joined)
    places, bodies, votes = (_no_votes() for _ in range(3))
    for holding in told:
        into = [(joined.get(each.key, each.key), each.type) for each in holding.of]
        into += [(towns[key], ActorType.STATE) for key, _ in into if key in towns and not holding.local]
        kinds = {key: _kind_of(key, kind) for key, kind in into}
        states = [key for key, kind in kinds.items() if kind is ActorType.STATE]
        headed = [key for key, kind in kinds.items() if kind in BODIES]
        kept = votes if states else bodies if headed else places
        towns_alone = [key for key in kinds if not KNOWN.match(key)]
        for side in (states or headed or towns_alone)[-1:]:
            kept[joined.get(holding.key, holding.key)][side] += holding.votes
    told_of_one = {**places, **bodies, **votes}
    settled = {key: _sure_side(counted) for key, counted in told_of_one.items()}
    return {key: found for key, found in settled.items() if found is not None}


def _no_votes() -> dict[str, dict[str, float]]:
    return defaultdict(lambda: defaultdict(float))


def _states_of_towns(told: Iterable[Holding], joined: Mapping[str, str]) -> Mapping[str, str]:
    """The state of each town, by key, of which all documents that tell say that it lies in one."""
    found: dict[str, set[str]] = defaultdict(set)
    for holding in told:
        town = joined.get(holding.key, holding.key)
        if _kind_of(town, ActorType.UNKNOWN) is ActorType.PLACE:
            into = ((joined.get(each.key, each.key), each.type) for each in holding.of)
            found[town] |= {key for key, kind in into if _kind_of(key, kind) is ActorType.STATE}
    return {town: next(iter(states)) for town, states in found.items() if len(states) == 1}


def _sure_side(votes: Mapping[str, float]) -> str | None:
    """The one state with votes enough; None where none has, or a second one has half as many."""
    ranked = sorted(votes.items(), key=lambda each: (-each[1], each[0]))
    best = ranked[0]
    sure = best[1] >= ENOUGH and all(2 * counted <= best[1] for _, counted in ranked[1:])
    return best[0] if sure else None


def with_sides(found: Findings, sides: Mapping[str, str]) -> Findings:
    """The findings, with the state or body added for which a speaker holds office. sides: see `find_sides`."""
    by_key = {actor.key: actor.id for actor in found.actors}
    # Those who are called "former" here held the office at another time.
    over = {
        a.key
        for a in found.actors
        if a.offices and not any(represents(office) or leads(office) for office in a.offices)
    }
    spoken = {
        actor.id: by_key[sides[actor.key]]
        for actor in found.actors
        if actor.key in sides and actor.key not in over and sides[actor.key] in by_key
    }
    changed = tuple(_spoken_for(each, spoken) for each in found.attributions)
    return replace(found, attributions=changed) if changed != found.attributions else found


def _spoken_for(attribution: Attribution, spoken: Mapping[str, str]) -> Attribution:
    side = spoken.get(attribution.speaker.actor or "")
    if side is None or attribution.speaker.on_behalf_of is not None:
        return attribution
    return replace(attribution, speaker=replace(attribution.speaker, on_behalf_of=side))


# People


def _collect(told: Iterable[tuple[Actor, int]]) -> dict[str, _Person]:
    held: dict[str, Counter[Actor]] = defaultdict(Counter)
    codes: dict[str, str] = {}
    for actor, documents in told:
        if actor.type is ActorType.PERSON and not is_mixed_script(actor.name):
            held[actor.key][actor] += documents
        elif actor.type is ActorType.STATE and actor.country:
            codes[fold(actor.name)] = actor.country
    return {key: _summarise(key, held[key], codes) for key in sorted(held)}


def _summarise(key: str, actors: Mapping[Actor, int], codes: Mapping[str, str]) -> _Person:
    """codes: folded names of states -> country codes, so that an office "of Orlia" and the code of Orlia agree."""
    names: Counter[str] = Counter()
    for actor, documents in actors.items():
        names[actor.name] += documents
    name = min(names, key=lambda each: (-names[each], each))
    offices = frozenset(word for actor in actors for office in actor.offices for word in _title_words(office.title))
    countries = frozenset(actor.country for actor in actors if actor.country)
    if not countries:
        of = (fold(o.of) for actor in actors for o in actor.offices if o.of and represents(o))
        countries = frozenset(codes.get(name, name.upper()) for name in of)
    return _Person(key, name, sum(actors.values()), offices, countries)


def _title_words(title: str) -> Iterator[str]:
    """The words that say which office it is: "former foreign minister" → foreign, minister."""
    return (word for word in re.findall(r"[a-z]+", title.lower().replace("'s", " ")) if word not in PASSING)


def _spellings(people: Mapping[str, _Person]) -> Iterator[tuple[_Person, _Person, float, str]]:
    """Full names that are spelt differently."""
    for one, other in _candidates([person for person in people.values() if person.full]):
        match = same_person(one.name, other.name)
        if match.score >= ALIKE and (ground := _common_ground(one, other)):
            yield one, other, match.score, f"{match.reason}; {ground}"


def may_be_spellings(one: str, other: str) -> bool:
    """Whether two full names may be one person's, by the names alone."""
    return same_person(one, other).score >= ALIKE


def _candidates(people: list[_Person]) -> Iterator[tuple[_Person, _Person]]:
    """Pairs whose names may be spellings of one, by key: who else is on record does not change their order."""
    standing: dict[str, list[_Person]] = defaultdict(list)
    for person in people:
        for mark in spelling_marks(person.name):
            standing[mark].append(person)
    near = {
        (one.key, other.key): (one, other)
        for one in people
        for mark in spelling_marks_sought(one.name)
        for other in standing.get(mark, ())
        if one.key < other.key
    }
    yield from (near[keys] for keys in sorted(near))


def _common_ground(one: _Person, other: _Person) -> str:
    """What else the two share; empty if nothing does, or something speaks against them."""
    if one.countries and other.countries and not one.countries & other.countries:
        return ""
    if shared := one.offices & other.offices:
        return f"both {' '.join(sorted(shared))}"
    if one.offices and other.offices:
        return ""
    return "same country" if one.countries & other.countries else ""


def _surnames(
    people: Mapping[str, _Person], joins: Mapping[str, Join]
) -> Iterator[tuple[_Person, _Person, float, str]]:
    """Surnames that stand alone in a document, where one person of the coverage has that name and that office.

    A known person is nobody else, so that no such surname changes for whom another one stands.
    """
    holding: dict[str, list[_Person]] = defaultdict(list)
    for person in people.values():
        for office in person.offices if person.full else ():
            holding[office].append(person)
    for person in people.values():
        if person.full or not person.offices or KNOWN.match(person.key):
            continue
        beside = {each.key: each for office in person.offices for each in holding[office] if _agree(person, each)}
        fitting = [each for each in beside.values() if surnames_alike(person.name, surname(each.name)) >= ALIKE]
        if len({_root(joins, each.key) for each in fitting}) == 1:
            found = min(fitting, key=lambda each: each.key)
            yield (
                person,
                found,
                ALIKE,
                f"the only {' '.join(sorted(person.offices & found.offices))} of that surname in the coverage",
            )


def _lone_names(actors: Sequence[Actor], people: Mapping[str, _Person], joins: Mapping[str, Join]) -> Iterator[Join]:
    """Names of no known kind that are handed words, where one person of the coverage alone has that surname.

    Not where any document takes the name for a state, a place or a body.
    """
    others = {fold(a.name) for a in actors if a.type not in (ActorType.PERSON, ActorType.UNKNOWN)}
    surnamed: dict[str, list[_Person]] = defaultdict(list)
    for person in people.values():
        if person.full:
            surnamed[fold(surname(person.name))].append(person)
    for actor in sorted({(a.key, a.name) for a in actors if a.type is ActorType.UNKNOWN and SPEAKS in a.flags}):
        key, name = actor
        fitting = surnamed.get(fold(name), [])
        if fold(name) in others or key in joins or len({_root(joins, each.key) for each in fitting}) != 1:
            continue
        found = min(fitting, key=lambda each: each.key)
        yield Join(key, found.key, ALIKE, f"{name} is handed words; of that surname {found.name} is the only one")


def _agree(one: _Person, other: _Person) -> bool:
    return not one.countries or not other.countries or bool(one.countries & other.countries)


def _choose(one: _Person, other: _Person) -> tuple[_Person, _Person]:
    """The key to keep first: a known one, then a full name, then the one in most documents, then by letters."""

    def rank(person: _Person) -> tuple[bool, bool, int, str]:
        return (not KNOWN.match(person.key), not person.full, -person.documents, person.key)

    kept, left = sorted((one, other), key=rank)
    return kept, left


def _root(joins: Mapping[str, Join], key: str) -> str:
    while key in joins:
        key = joins[key].into
    return key
