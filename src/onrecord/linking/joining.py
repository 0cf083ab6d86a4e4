"""One person in many documents: keys that name the same actor, joined with the reason.

Names alone never join anybody. Two spellings of a full name need a shared office, or a shared country with no office
that speaks against it; a surname alone needs an office that exactly one such person of the coverage holds.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from onrecord.linking.names import fold, is_mixed_script, same_person, skeletons, surname, surnames_alike
from onrecord.records.actors import Actor, ActorType
from onrecord.records.findings import Findings

KNOWN = re.compile(r"Q\d+$")
ALIKE = 0.85  # likeness of names; the bound of evaluation/names.py (SAME) still takes two short given names for one
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


@dataclass(frozen=True, slots=True)
class Join:
    """Two keys taken for one actor, and why."""

    key: str
    into: str
    score: float
    reason: str


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
    """Which keys stand for one person, each into the key kept. The order of documents does not matter."""
    people = _collect(findings)
    joins: dict[str, Join] = {}
    for one, other, score, reason in (*_spellings(people), *_surnames(people)):
        kept, left = _choose(people[_root(joins, one.key)], people[_root(joins, other.key)])
        if kept.key != left.key and not (KNOWN.match(kept.key) and KNOWN.match(left.key)):
            joins[left.key] = Join(left.key, kept.key, score, reason)
    return tuple(replace(join, into=_root(joins, key)) for key, join in sorted(joins.items()))


def rename_actors(findings: Findings, joins: Mapping[str, str]) -> Findings:
    """The findings with joined keys; names stay as printed."""
    actors = tuple(replace(actor, key=joins.get(actor.key, actor.key)) for actor in findings.actors)
    return replace(findings, actors=actors) if actors != findings.actors else findings


def _collect(findings: Iterable[Findings]) -> dict[str, _Person]:
    held: dict[str, list[Actor]] = defaultdict(list)
    for found in findings:
        for actor in found.actors:
            if actor.type is ActorType.PERSON and not is_mixed_script(actor.name):
                held[actor.key].append(actor)
    return {key: _summarise(key, held[key]) for key in sorted(held)}


def _summarise(key: str, actors: list[Actor]) -> _Person:
    names = Counter(actor.name for actor in actors)
    name = min(names, key=lambda each: (-names[each], each))
    offices = frozenset(word for actor in actors for office in actor.offices for word in _title_words(office.title))
    countries = frozenset(actor.country for actor in actors if actor.country)
    return _Person(key, name, len(actors), offices, countries)


def _title_words(title: str) -> Iterator[str]:
    """The words that say which office it is: "former foreign minister" → foreign, minister."""
    return (word for word in re.findall(r"[a-z]+", title.lower().replace("'s", " ")) if word not in PASSING)


def _spellings(people: Mapping[str, _Person]) -> Iterator[tuple[_Person, _Person, float, str]]:
    """Full names that are spelt differently."""
    for one, other in _candidates([person for person in people.values() if person.full]):
        match = same_person(one.name, other.name)
        if match.same and match.score >= ALIKE and (ground := _common_ground(one, other)):
            yield one, other, match.score, f"{match.reason}; {ground}"


def _candidates(people: list[_Person]) -> Iterator[tuple[_Person, _Person]]:
    """Pairs whose surnames can be read alike."""
    alike: dict[str, list[_Person]] = defaultdict(list)
    for person in people:
        for reading in sorted(skeletons(surname(person.name))):
            alike[reading].append(person)
    seen = set()
    for listed in alike.values():
        for index, one in enumerate(listed):
            for other in listed[index + 1 :]:
                if (one.key, other.key) not in seen:
                    seen.add((one.key, other.key))
                    yield one, other


def _common_ground(one: _Person, other: _Person) -> str:
    """What else the two share; empty if nothing does, or something speaks against them."""
    if one.countries and other.countries and not one.countries & other.countries:
        return ""
    if shared := one.offices & other.offices:
        return f"both {' '.join(sorted(shared))}"
    if one.offices and other.offices:
        return ""
    return "same country" if one.countries & other.countries else ""


def _surnames(people: Mapping[str, _Person]) -> Iterator[tuple[_Person, _Person, float, str]]:
    """Surnames that stand alone in a document, where one person of the coverage has that name and that office."""
    whole = [person for person in people.values() if person.full]
    for person in people.values():
        if person.full or not person.offices:
            continue
        fitting = [each for each in whole if surnames_alike(person.name, surname(each.name)) >= ALIKE]
        fitting = [each for each in fitting if person.offices <= each.offices and _agree(person, each)]
        if len({fold(each.name) for each in fitting}) == 1:
            (found, *_) = fitting
            yield person, found, ALIKE, f"the only {' '.join(sorted(person.offices))} of that surname in the coverage"


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
