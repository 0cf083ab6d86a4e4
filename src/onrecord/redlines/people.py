"""The same person under another spelling in another document.

Keys of people the knowledge lists do not hold are made of the name as one document prints it. Two such keys are one
person's where the names sound alike in the common transliterations, given name and surname both; a bare surname goes
with the one full name that has it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from onrecord.records.actors import Actor, ActorType
from onrecord.records.findings import Findings
from onrecord.redlines.words import fold

# Spellings of one sound, in the order in which they are applied. "h" goes last: it is often silent or a second letter.
SOUNDS = (
    ("shch", "s"),
    ("tsch", "c"),
    ("sch", "s"),
    ("kh", "h"),
    ("zh", "j"),
    ("sh", "s"),
    ("ch", "c"),
    ("th", "t"),
    ("ph", "f"),
    ("ck", "k"),
    ("tz", "c"),
    ("ts", "c"),
    ("qu", "kv"),
    ("x", "ks"),
    ("q", "k"),
    ("w", "v"),
    ("ij", "i"),
    ("iy", "i"),
    ("yi", "i"),
    ("y", "i"),
    ("ja", "ia"),
    ("ju", "iu"),
    ("h", ""),
)
DOUBLED = re.compile(r"(.)\1+")
QID = re.compile(r"^Q\d+$")


@lru_cache(maxsize=100_000)
def sound_of(name: str) -> str:
    """A name as it sounds in most transliterations: "Holvat", "Kholvat" and "Kholvath" come out alike."""
    sounded = fold(name)
    for spelling, sound in SOUNDS:
        sounded = sounded.replace(spelling, sound)
    return DOUBLED.sub(r"\1", sounded)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is who in a coverage, by key.

    unified: the first key under which the same person stands. names: what people are called.
    sides: whom any document says a person speaks for, by unified key.
    """

    unified: Mapping[str, str]
    names: Mapping[str, str]
    sides: Mapping[str, frozenset[str]]


def form_cast(findings: Iterable[Findings]) -> Cast:
    """Who is who in these documents together. The order of documents does not matter."""
    read = tuple(findings)
    names = choose_names(Counter((actor.key, actor.name) for found in read for actor in list_people(found.actors)))
    unified = unify_people(names)
    return Cast(
        unified,
        call_people(names, unified),
        gather_sides((pair for found in read for pair in tell_sides(found)), unified),
    )


def list_people(actors: Iterable[Actor]) -> Iterator[Actor]:
    """Those of the actors that are persons, and bare names of nobody known, which may be a person's surname."""
    return (
        actor
        for actor in actors
        if actor.type is ActorType.PERSON or (actor.type is ActorType.UNKNOWN and " " not in actor.name)
    )


def unify_people(names: Mapping[str, str]) -> Mapping[str, str]:
    """For each key of a person, the first key, in order of letters, under which the same person stands.

    names: by key. Keys that are Wikidata ids are never taken for one another.
    """
    by_sound: dict[str, list[str]] = {}
    for key, name in sorted(names.items(), key=lambda item: (QID.match(item[0]) is None, item[0])):
        by_sound.setdefault(sound_of(name), []).append(key)
    unified = {key: _first(keys, key) for keys in by_sound.values() for key in keys}
    surnames = _surnames(by_sound)
    for sound, keys in by_sound.items():
        full = surnames.get(sound, ())
        if " " not in sound and len(full) == 1:
            unified |= {key: unified[full[0]] for key in keys if QID.match(key) is None}
    return unified


def choose_names(counted: Mapping[tuple[str, str], int]) -> Mapping[str, str]:
    """For each key, the name to show: in full, as most documents print it; of two, the first by letters.

    counted: keys and names of people, with the number of documents that print them so.
    """
    seen: dict[str, Counter[str]] = {}
    for (key, name), documents in counted.items():
        seen.setdefault(key, Counter())[name] += documents
    return {key: min(names, key=lambda name: (" " not in name, -names[name], name)) for key, names in seen.items()}


def call_people(names: Mapping[str, str], unified: Mapping[str, str]) -> Mapping[str, str]:
    """For each key, what the person is called: who is only known by surname by the full name that it stands for."""
    return {key: name if " " in name else names.get(unified.get(key, key), name) for key, name in names.items()}


def tell_sides(findings: Findings) -> Iterator[tuple[str, str]]:
    """The keys of those who speak in a document for somebody, with the keys of these."""
    keys = {actor.id: actor.key for actor in findings.actors}
    for attribution in findings.attributions:
        person, side = attribution.speaker.actor, attribution.speaker.on_behalf_of
        if person in keys and side in keys:
            yield keys[person], keys[side]


def gather_sides(told: Iterable[tuple[str, str]], unified: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    """For each person, by unified key, whom any document says the person speaks for. told: see `tell_sides`."""
    sides: dict[str, set[str]] = {}
    for person, side in told:
        sides.setdefault(unified.get(person, person), set()).add(side)
    return {key: frozenset(found) for key, found in sides.items()}


def _first(keys: list[str], key: str) -> str:
    return key if QID.match(key) else keys[0]


def _surnames(by_sound: Mapping[str, list[str]]) -> Mapping[str, list[str]]:
    """For each surname as it sounds, the first key of every full name that ends with it."""
    found: dict[str, list[str]] = {}
    for sound, keys in by_sound.items():
        if " " in sound:
            found.setdefault(sound.rsplit(" ", 1)[-1], []).append(keys[0])
    return found
