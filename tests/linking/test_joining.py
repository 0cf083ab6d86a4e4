"""One person in many documents, as a table of two descriptions and whether they are one."""

import random

import pytest

from onrecord.linking.joining import join_actors, rename_actors
from onrecord.records.actors import Actor, ActorType, Office
from onrecord.records.documents import Document, hash_text
from onrecord.records.findings import Findings


def person(name: str, *offices: str, country: str | None = None, key: str = "") -> Actor:
    listed = tuple(Office(title) for title in offices)
    return Actor("a1", name, ActorType.PERSON, key or f"{name.lower()}|person", country, offices=listed)


def found(*actors: Actor) -> Findings:
    text = " ".join(actor.name for actor in actors)
    return Findings(Document(hash_text(text), "x", "", text), actors=actors)


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        (person("Damir Kholvat", "President"), person("Damir Holvat", "Kestria's president"), True),
        (person("Damir Kholvat", "President"), person("Damir Kholvath", "former president"), True),
        (person("Damir Kholvat", "President"), person("Damir Holvat", "harbour pilot"), False),
        (person("Damir Kholvat"), person("Damir Holvat"), False),  # names alone join nobody
        (person("Damir Kholvat", country="UA"), person("Damir Holvat", country="UA"), True),
        (person("Damir Kholvat", "President", country="UA"), person("Damir Holvat", "President", country="PL"), False),
        (person("Damir Kholvat", "President"), person("Pia Lindqvar", "President"), False),
        (person("Damir Kholvat", "President"), person("Holvat", "President"), True),
        (person("Damir Kholvat", "President"), person("Holvat"), False),
        (person("Damir Kholvat", "President", key="Q1"), person("Damir Holvat", "President", key="Q2"), False),
        (person("Damir Kholvat", "President"), person("D\u0430mir Kholvat", "President"), False),  # a Cyrillic а
    ],
)
def test_joined_or_kept_apart(one: Actor, other: Actor, joined: bool) -> None:
    assert bool(join_actors([found(one), found(other)])) is joined


def test_a_surname_that_fits_two_people_joins_neither() -> None:
    people = [found(person(name, "minister")) for name in ("Ida Marsh", "Odo Marsh", "Marsh")]
    assert join_actors(people) == ()


def test_the_known_key_is_kept_and_the_reason_told() -> None:
    known = person("Damir Kholvat", "President", key="Q77")
    (join,) = join_actors([found(person("Damir Holvat", "President")), found(known)])
    assert (join.key, join.into) == ("damir holvat|person", "Q77")
    assert "both president" in join.reason


def test_the_order_of_documents_does_not_matter() -> None:
    people = [
        found(person(name, "President")) for name in ("Damir Kholvat", "Damir Holvat", "Damir Kholvath", "Holvat")
    ]
    shuffled = people[:]
    random.Random(1).shuffle(shuffled)
    assert join_actors(shuffled) == join_actors(people)
    assert len({join.into for join in join_actors(people)}) == 1


def test_renaming_keeps_the_printed_name() -> None:
    renamed = rename_actors(found(person("Damir Holvat")), {"damir holvat|person": "Q77"})
    assert (renamed.actors[0].key, renamed.actors[0].name) == ("Q77", "Damir Holvat")
