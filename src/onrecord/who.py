"""Who is who across documents, and what another day changes in it: for the price of the day, not of all on record.

What documents tell of actors is counted, so that a day adds to it, and kept in groups: what has a key, a name or a
sound in common, or names that may be one person's spelt twice, stands in one. What becomes of an actor is worked out
from its group and its kin: a surname alone from those whose surname sounds like it, and the other way round; whose
side somebody is on also from those whose office they hold. Groups are found by clues, which may name one too many,
never one too few. So the rules for all documents together, applied to these groups alone, say the same of it.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Protocol

from onrecord.linking.clues import demonyms_of, lands_of
from onrecord.linking.joining import (
    Holding,
    find_sides,
    join_told,
    may_be_spellings,
    rename_actor,
    rename_actors,
    tell_actors,
    tell_holdings,
    with_sides,
)
from onrecord.linking.names import fold, sounding_marks, spelling_marks, spelling_marks_sought, surname
from onrecord.linking.settling import SPEAKS, represents
from onrecord.records.actors import Actor, ActorType, Join
from onrecord.records.codec import from_plain, to_plain
from onrecord.records.findings import Findings
from onrecord.records.rulings import Ruling
from onrecord.records.workings import Kept
from onrecord.redlines.people import (
    Cast,
    call_people,
    choose_names,
    gather_sides,
    list_people,
    sound_of,
    unify_people,
)

KIN = 3  # steps: from a full name to surnames alone like it, to all they may stand for, and to what else may be these
GROUP = "who:"  # begins the id of a kept group, and its clues

# What documents tell


@dataclass(frozen=True, slots=True)
class Told:
    """What documents tell that others are read by, each with the number that tell it.

    sides: who speaks for whom, by key, once it is known who is one. days: of publication.
    rulings: what reviewers settled, by which these documents were read.
    """

    actors: Counter[Actor] = field(default_factory=Counter)
    holdings: Counter[Holding] = field(default_factory=Counter)
    sides: Counter[tuple[str, str]] = field(default_factory=Counter)
    days: Counter[date] = field(default_factory=Counter)
    rulings: Counter[Ruling] = field(default_factory=Counter)

    def days_in_order(self) -> tuple[date, ...]:
        """The days of publication."""
        return tuple(sorted(self.days))

    def with_told(self, more: "Told", less: "Told") -> "Told":
        """With what documents tell that came, and without what others told."""
        return Told(
            self.actors + more.actors - less.actors,
            self.holdings + more.holdings - less.holdings,
            self.sides + more.sides - less.sides,
            self.days + more.days - less.days,
            self.rulings + more.rulings - less.rulings,
        )

    def take(self, more: "Told") -> None:
        """Add what others tell of actors."""
        self.actors.update(more.actors)
        self.holdings.update(more.holdings)
        self.sides.update(more.sides)

    def people(self) -> frozenset[str]:
        """The keys of all of whom something is told."""
        named = {actor.key for actor in self.actors} | {holding.key for holding in self.holdings}
        return frozenset(named | {person for person, _ in self.sides})


def tell(findings: Iterable[Findings]) -> Told:
    """What these documents tell, but for who speaks for whom."""
    told = Told()
    for found in findings:
        told.actors.update(tell_actors(found))
        told.holdings.update(tell_holdings(found))
        if found.document.published.latest is not None:
            told.days[found.document.published.latest] += 1
    return told


# Who is who by all that is told


@dataclass(frozen=True, slots=True)
class Who:
    """Who is who. joined: the key that each joined key is found under; sides: see `find_sides`; rest: see Cast."""

    joins: tuple[Join, ...]
    joined: Mapping[str, str]
    sides: Mapping[str, str]
    names: Mapping[str, str]
    unified: Mapping[str, str]

    def settle(self, found: Findings) -> Findings:
        """The findings of one document, as all documents together tell them."""
        return with_sides(rename_actors(found, self.joined), self.sides)

    def cast(self, told: Mapping[tuple[str, str], int]) -> Cast:
        """Who is who, as red lines need it.

        The sides count as well that only all documents together tell: none of them need name both.
        """
        return Cast(self.unified, self.names, gather_sides((*told, *self.sides.items()), self.unified))


def who_is_who(told: Told) -> Who:
    """Who is who, by what documents tell together."""
    joins = join_told(told.actors)
    joined = {join.key: join.into for join in joins}
    counted: Counter[tuple[str, str]] = Counter()
    for actor, documents in told.actors.items():
        for person in list_people((rename_actor(actor, joined),)):
            counted[person.key, person.name] += documents
    names = choose_names(counted)
    unified = unify_people(names)
    called = call_people(names, unified)
    return Who(joins, joined, find_sides(told.holdings.elements(), joined), called, unified)


# Groups


def form_groups(told: Told) -> tuple[Told, ...]:
    """What is told of actors, by who may be one."""
    persons = _list_persons(told.actors)
    standing, spelt = defaultdict[str, list[Actor]](list), defaultdict[str, list[Actor]](list)
    for actor in told.actors:
        for clue in _link_clues(actor, persons):
            standing[clue].append(actor)
        for clue in _spellings(actor, persons):
            spelt[clue].append(actor)
    root = {actor: actor for actor in told.actors}

    def find(actor: Actor) -> Actor:
        while root[actor] is not actor:
            root[actor] = actor = root[root[actor]]
        return actor

    for listed in standing.values():
        for other in listed[1:]:
            root[find(other)] = find(listed[0])
    for actor in told.actors:
        for clue in _sought_lands(actor):
            for other in standing.get(clue, ())[:1]:
                root[find(other)] = find(actor)
        for clue in _sought_spellings(actor, persons):
            for other in spelt.get(clue, ()):
                if find(other) is not find(actor) and may_be_spellings(actor.name, other.name):
                    root[find(other)] = find(actor)
    groups: dict[Actor, Told] = defaultdict(Told)
    of: dict[str, Told] = defaultdict(Told)
    for actor, documents in told.actors.items():
        of[actor.key] = groups[find(actor)]
        of[actor.key].actors[actor] = documents
    for holding, documents in told.holdings.items():
        of[holding.key].holdings[holding] = documents
    for pair, documents in told.sides.items():
        of[pair[0]].sides[pair] = documents
    return tuple({id(group): group for group in of.values()}.values())


def keep_groups(groups: Iterable[Told]) -> dict[str, Kept]:
    """What is kept of groups, by id."""
    return {_id_of(group): Kept(_write(group), _clues_of(group)) for group in groups}


def _id_of(group: Told) -> str:
    return GROUP + min(group.people())


def _write(group: Told) -> str:
    counted: tuple[Counter[Any], ...] = (group.actors, group.holdings, group.sides)
    plain = ([[to_plain(fact), documents] for fact, documents in counts.items()] for counts in counted)
    return json.dumps([sorted(facts, key=repr) for facts in plain], ensure_ascii=False, separators=(",", ":"))


def _read(body: str) -> Told:
    actors, holdings, sides = json.loads(body)
    return Told(
        Counter({from_plain(Actor, plain): documents for plain, documents in actors}),
        Counter({from_plain(Holding, plain): documents for plain, documents in holdings}),
        Counter({(person, side): documents for (person, side), documents in sides}),
    )


# Clues


def _list_persons(actors: Iterable[Actor]) -> dict[str, bool]:
    """The folded names that anything takes for a person's (True), or that may be a surname alone."""
    persons: dict[str, bool] = {}
    for actor in list_people(actors):
        folded = fold(actor.name)
        persons[folded] = persons.get(folded, False) or actor.type is ActorType.PERSON
    return persons


def _is_full(name: str) -> bool:
    return " " in name.strip()


def _under_key(key: str) -> str:
    return f"{GROUP}key\0{key}"


def _under_name(folded: str) -> str:
    return f"{GROUP}name\0{folded}"


def _under_sound(sound: str) -> str:
    return f"{GROUP}sound\0{sound}"


def _link_clues(actor: Actor, persons: Mapping[str, bool]) -> Iterator[str]:
    """What an actor stands under in its own group."""
    folded = fold(actor.name)
    yield _under_key(actor.key)
    yield _under_name(folded)
    if folded in persons:
        yield _under_sound(sound_of(actor.name))


def _sought_lands(actor: Actor) -> Iterator[str]:
    """The clues of peoples and lands that belong to a name, as its people or its land."""
    folded = fold(actor.name)
    if " " not in folded:
        yield from map(_under_name, _peoples_and_lands(folded))


@lru_cache(maxsize=8192)
def _peoples_and_lands(folded: str) -> frozenset[str]:
    return demonyms_of(folded) | lands_of(folded)


def _spellings(actor: Actor, persons: Mapping[str, bool]) -> Iterator[str]:
    """What a full name stands under for those that may be spellings of it."""
    if _is_full(actor.name) and fold(actor.name) in persons:
        yield from (f"{GROUP}spelt\0{mark}" for mark in spelling_marks(actor.name))


def _sought_spellings(actor: Actor, persons: Mapping[str, bool]) -> Iterator[str]:
    if _is_full(actor.name) and fold(actor.name) in persons:
        yield from (f"{GROUP}spelt\0{mark}" for mark in spelling_marks_sought(actor.name))


def _clues_of(group: Told) -> frozenset[str]:
    """All clues under which a group is found."""
    persons = _list_persons(group.actors)
    clues = {_under_key(key) for key in group.people()}
    for actor in group.actors:
        clues.update(_link_clues(actor, persons), _spellings(actor, persons), _kin_clues(actor, persons))
        clues.update(f"{GROUP}of\0{name}" for name in _offices_of(actor))
    clues.update(f"{GROUP}holds\0{each.key}" for holding in group.holdings for each in holding.of)
    return frozenset(clues)


def _kin_clues(actor: Actor, persons: Mapping[str, bool]) -> Iterator[str]:
    """What a name stands under for its kin."""
    if fold(actor.name) not in persons:
        return
    last, sound = surname(actor.name), sound_of(actor.name)
    if _is_full(actor.name):
        yield f"{GROUP}last\0{last}"
        yield from (f"{GROUP}full\0{mark}" for mark in sounding_marks(last))
    elif persons[fold(actor.name)]:
        yield from (f"{GROUP}bare\0{mark}" for mark in sounding_marks(actor.name))
    if " " in sound:
        yield f"{GROUP}end\0{sound.rsplit(' ', 1)[-1]}"


def _sought_kin(group: Told) -> frozenset[str]:
    """The clues under which the kin of a group stands."""
    persons = _list_persons(group.actors)
    serving = any(actor.offices for actor in group.actors)
    clues: set[str] = set()
    for actor in group.actors:
        if fold(actor.name) not in persons:
            continue
        last, sound = surname(actor.name), sound_of(actor.name)
        if _is_full(actor.name):
            clues.add(_under_name(last))
            clues.update(f"{GROUP}bare\0{mark}" for mark in sounding_marks(last))
        elif serving and persons[fold(actor.name)]:
            clues.update(f"{GROUP}full\0{mark}" for mark in sounding_marks(actor.name))
        if SPEAKS in actor.flags:
            clues.add(f"{GROUP}last\0{fold(actor.name)}")
        clues.add(_under_sound(sound.rsplit(" ", 1)[-1]) if " " in sound else f"{GROUP}end\0{sound}")
    return frozenset(clues)


def _offices_of(actor: Actor) -> frozenset[str]:
    """The folded names of the states that an actor's offices are said to be of."""
    return frozenset(fold(office.of) for office in actor.offices if office.of and represents(office))


# What is on record


class Groups(Protocol):
    """What a ledger keeps; see ledger.contract.View."""

    def families_under(self, clues: Collection[str]) -> Mapping[str, frozenset[str]]: ...  # noqa: D102
    def families(self, ids: Collection[str]) -> Mapping[str, str]: ...  # noqa: D102


class Roll:
    """The groups on record, read as they are asked for; some may have others put in their place."""

    def __init__(self, kept: Groups) -> None:
        self._kept = kept
        self._under: dict[str, frozenset[str]] = {}
        self._groups: dict[str, Told] = {}
        self._gone: frozenset[str] = frozenset()
        self.fresh: Mapping[str, Told] = {}
        self._fresh_under: dict[str, set[str]] = {}

    def with_groups(self, gone: Collection[str], groups: Iterable[Told]) -> "Roll":
        """With these groups, and without those of these ids."""
        roll = Roll(self._kept)
        roll._under, roll._groups = self._under, dict(self._groups)
        roll._gone = self._gone | frozenset(gone)
        roll.fresh = {id: group for id, group in self.fresh.items() if id not in gone}
        roll.fresh |= {_id_of(group): group for group in groups}
        for id, group in roll.fresh.items():
            roll._groups[id] = group
            for clue in _clues_of(group):
                roll._fresh_under.setdefault(clue, set()).add(id)
        return roll

    def under(self, clues: Collection[str]) -> frozenset[str]:
        """The ids of the groups that stand under any of these clues."""
        asked = {clue for clue in clues if clue not in self._under}
        if asked:
            found = self._kept.families_under(asked)
            self._under.update({clue: found.get(clue, frozenset()) for clue in asked})
        held = {id for clue in clues for id in self._under[clue]} - self._gone - self.fresh.keys()
        return frozenset(held | {id for clue in clues for id in self._fresh_under.get(clue, ())})

    def told(self, ids: Iterable[str]) -> Told:
        """What these groups hold together."""
        told = Told()
        for group in self.groups(ids):
            told.take(group)
        return told

    def groups(self, ids: Iterable[str]) -> list[Told]:
        """What each of these groups holds, by id."""
        wanted = sorted(ids)
        missing = [id for id in wanted if id not in self._groups]
        if missing:
            self._groups.update({id: _read(body) for id, body in self._kept.families(missing).items()})
        return [self._groups[id] for id in wanted]

    def find_groups(self, keys: Iterable[str]) -> frozenset[str]:
        """The ids of the groups that tell of these."""
        return self.under([_under_key(key) for key in keys])

    def find_linked(self, *told: Told) -> frozenset[str]:
        """The ids of all groups that become one with any of what is told, or among each other by it."""
        found: frozenset[str] = frozenset()
        while True:
            whole = self.told(found)
            for each in told:
                whole.take(each)
            more = found | self._find_linked(whole)
            if more == found:
                return found
            found = more

    def _find_linked(self, told: Told) -> frozenset[str]:
        persons = _list_persons(told.actors)
        linked = {clue for actor in told.actors for clue in (*_link_clues(actor, persons), *_sought_lands(actor))}
        found = set(self.under({*linked, *map(_under_key, told.people())}))
        spelt = {actor.name: frozenset(_sought_spellings(actor, persons)) for actor in told.actors}
        self.under(frozenset().union(*spelt.values()))  # asked for at once
        for name, sought in spelt.items():
            for id in self.under(sought) - found:
                [group] = self.groups((id,))
                if any(may_be_spellings(name, actor.name) for actor in group.actors):
                    found.add(id)
        return frozenset(found)

    def list_kin(self, keys: Collection[str], steps: int = KIN - 1) -> frozenset[str]:
        """These keys, and those that what is told of them may change."""
        return self.told(self._with_kin(self.find_groups(keys), steps)).people() | set(keys)

    def list_holders(self, keys: Collection[str]) -> frozenset[str]:
        """Who is told to speak for any of these, by key."""
        asked = frozenset(keys)
        holdings = self.told(self.under([f"{GROUP}holds\0{key}" for key in asked])).holdings
        return frozenset(held.key for held in holdings if any(each.key in asked for each in held.of))

    def list_serving(self, names: Collection[str]) -> frozenset[str]:
        """The keys of those with an office of a state with one of these folded names."""
        asked = frozenset(names)
        actors = self.told(self.under([f"{GROUP}of\0{name}" for name in asked])).actors
        return frozenset(actor.key for actor in actors if _offices_of(actor) & asked)

    def _with_kin(self, ids: Iterable[str], steps: int) -> frozenset[str]:
        found, last = frozenset(ids), frozenset(ids)
        for _ in range(steps):
            last = self.under(frozenset().union(*map(_sought_kin, self.groups(last)))) - found
            found |= last
        return found

    def surround(self, ids: Iterable[str]) -> frozenset[str]:
        """These groups and all that what becomes of them is worked out from."""
        found = self._with_kin(ids, KIN)
        for _ in range(2):  # whose office they hold, and where that town lies
            holdings = self.told(found).holdings
            found |= self._with_kin(self.under({_under_key(e.key) for held in holdings for e in held.of}), 1)
        states = {name for actor in self.told(found).actors for name in _offices_of(actor)}
        return found | self.under(frozenset(map(_under_name, states)))


class Known:
    """Who is who, for as many keys as were asked for."""

    def __init__(self, roll: Roll) -> None:
        self.roll = roll
        self.learned: set[str] = set()
        self.joins: dict[str, Join] = {}
        self.joined: dict[str, str] = {}
        self.sides: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.unified: dict[str, str] = {}
        self._one: dict[str, frozenset[str]] = {}  # all keys of a person, by unified key
        self._spoken_for: dict[str, str] = {}  # the sides of these

    def learn(self, keys: Iterable[str]) -> None:
        """Work out who these are, but for those that were worked out before."""
        wanted = set(keys) - self.learned
        if not wanted:
            return
        core = self.roll.find_groups(wanted)
        wanted |= self.roll.told(core).people()
        who = who_is_who(self.roll.told(self.roll.surround(core)))
        one: dict[str, set[str]] = defaultdict(set)
        for key in who.names:
            one[who.unified.get(key, key)].add(key)
        roots = {who.joined.get(key, key) for key in wanted}
        first = {who.unified.get(key, key) for key in roots}
        for key in wanted | roots | first:
            for mine, theirs in (
                (self.joined, who.joined),
                (self.sides, who.sides),
                (self.names, who.names),
                (self.unified, who.unified),
            ):
                if key in theirs:
                    mine[key] = theirs[key]
        self.joins.update({join.key: join for join in who.joins if join.key in wanted})
        for key in first:
            self._one[key] = frozenset(one[key] | {key})
            self._spoken_for.update({each: who.sides[each] for each in self._one[key] if each in who.sides})
        self.learned |= wanted

    def settle(self, found: Findings) -> Findings:
        """The findings of one document, as all documents together tell them."""
        self.learn(actor.key for actor in found.actors)
        return with_sides(rename_actors(found, self.joined), self.sides)

    def of(self, key: str) -> tuple[str, str | None, str | None]:
        """All by which a document that names this actor is read."""
        joined = self.joined.get(key, key)
        return joined, self.sides.get(joined), self.unified.get(joined)

    def firsts(self) -> frozenset[str]:
        """The unified keys of all that were asked for."""
        return frozenset(self._one)

    def cast(self) -> Cast:
        """Who is who, as red lines need it, of those that were asked for; see Who.cast."""
        people = frozenset().union(*self._one.values())
        told = self.roll.told(self.roll.find_groups(people)).sides
        pairs = [pair for pair in (*told, *self._spoken_for.items()) if pair[0] in people]
        spoken = gather_sides(pairs, {key: first for first, keys in self._one.items() for key in keys})
        return Cast(self.unified, self.names, spoken)


# A day


class Meeting:
    """Who was who before some documents came or were settled otherwise, and who is who since.

    met: the keys of all who may be taken for others than before. regrouped: the ids of the groups that others replace.
    """

    def __init__(self, kept: Groups, come: Told, gone: Told) -> None:
        roll = Roll(kept)
        self.regrouped = roll.find_linked(come, gone)
        before = roll.told(self.regrouped)
        after = before.with_told(come, gone)
        self.old, self.new = Known(roll), Known(roll.with_groups(self.regrouped, form_groups(after)))
        self.met = self._list_met(before, after)

    def _list_met(self, before: Told, after: Told) -> frozenset[str]:
        """See `met`. before, after: what the groups hold of which the day tells something."""
        rolls = (self.old.roll, self.new.roll)
        seats = {each.key for each in before.holdings.keys() ^ after.holdings.keys()}
        states = {name for name, _ in _list_lands(before) ^ _list_lands(after)}
        met, more = frozenset[str](), before.people() | after.people()
        while more - met:
            met |= more.union(*(roll.list_kin(more - met) for roll in rolls))
            self._learn(met)
            moved = {key for key in met if self.old.joined.get(key) != self.new.joined.get(key)}
            lands = {fold(key.rpartition("|")[0]) for key in moved} | states
            sided = (roll.list_holders(moved | seats) | roll.list_serving(lands) for roll in rolls)
            more = frozenset[str]().union(*sided)
            seats |= more
        return met

    def count_sides(self, grown: Counter[tuple[str, str]]) -> frozenset[str]:
        """Count whom documents say somebody speaks for; the unified keys of those who now speak for others.

        grown: by how much the number of documents that say so grows, or shrinks.
        """
        people = {person for (person, _), documents in grown.items() if documents}
        self._learn(people)
        regrouped = self.new.roll.find_groups(people)
        told = self.new.roll.told(regrouped)
        told.sides.update(grown)
        for pair in [pair for pair, documents in told.sides.items() if documents <= 0]:
            del told.sides[pair]
        self.new.roll = self.new.roll.with_groups(regrouped, form_groups(told))
        self.regrouped |= regrouped
        first = self.old.firsts() | self.new.firsts()
        self._learn(first)
        before, now = self.old.cast().sides, self.new.cast().sides
        return frozenset(key for key in first if before.get(key) != now.get(key))

    def _learn(self, keys: Collection[str]) -> None:
        self.old.learn(keys)
        self.new.learn(keys)


def _list_lands(told: Told) -> frozenset[tuple[str, str]]:
    """The folded names of what is told to belong to a country, each with that country."""
    lands = (actor for actor in told.actors if actor.type is not ActorType.PERSON and actor.country)
    return frozenset((fold(actor.name), actor.country or "") for actor in lands)
