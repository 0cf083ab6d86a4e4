"""One person in many documents, as a table of two descriptions and whether they are one."""

import random
from dataclasses import replace

import pytest

from onrecord.linking.joining import join_actors, rename_actors
from onrecord.linking.settling import INFERRED_STATE, SPEAKS
from onrecord.records.actors import Actor, ActorType, LinkBasis, Office
from onrecord.records.documents import Document, hash_text
from onrecord.records.findings import Act, Attribution, Directness, Findings, Speaker
from onrecord.who import tell, who_is_who


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
        (person("Ruvik Stahl", "former prime minister"), person("Ruvik Shtal", "former prime minister"), True),
        (person("Ruvik Stahl", "former prime minister"), person("Ruvik Shtal", "baker"), False),
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


def named(name: str, kind: ActorType, *flags: str) -> Actor:
    return Actor("a2", name, kind, f"{name.lower()}|{kind.value}", flags=flags)


def test_one_name_is_the_kind_that_most_documents_see() -> None:
    kinds = (ActorType.STATE, ActorType.STATE, ActorType.UNKNOWN, ActorType.PERSON, ActorType.PLACE)
    joins = join_actors([found(named("Dravonia", kind)) for kind in kinds])
    assert {join.key.rpartition("|")[2] for join in joins} == {"unknown", "person", "place"}
    assert {join.into for join in joins} == {"dravonia|state"}
    assert "state in 2 of the 4 documents that tell" in joins[0].reason


def test_a_person_with_a_title_is_not_a_state_of_that_name() -> None:
    titled = Actor("a1", "Dravonia", ActorType.PERSON, "dravonia|person", offices=(Office("colonel"),))
    assert join_actors([found(titled), found(named("Dravonia", ActorType.STATE))]) == ()


def test_a_people_s_name_is_joined_to_the_state_that_another_document_names() -> None:
    inferred = named("Dravonian", ActorType.STATE, INFERRED_STATE)
    (join,) = join_actors([found(inferred), found(named("Dravonia", ActorType.STATE))])
    assert (join.key, join.into) == ("dravonian|state", "dravonia|state")
    assert join_actors([found(inferred), found(named("Orsovia", ActorType.STATE))]) == ()


def test_a_joined_actor_takes_the_kind_of_its_key() -> None:
    renamed = rename_actors(found(named("Dravonia", ActorType.UNKNOWN)), {"dravonia|unknown": "dravonia|state"})
    assert renamed.actors[0].type is ActorType.STATE


@pytest.mark.parametrize(("title", "side"), [("president", "a2"), ("former president", None)])
def test_a_president_speaks_for_the_state_that_another_document_names(title: str, side: str | None) -> None:
    state, president = named("Dravonia", ActorType.STATE), person("Ilka Borevan")
    told = replace(president, offices=(Office("president", "Dravonia"),))
    here = replace(president, offices=(Office(title),)) if side is None else president
    spoken = Attribution(
        "s1", (), (), (), Directness.INDIRECT, Speaker("a1", "Ilka Borevan", LinkBasis.NAME), Act.OTHER, None, None,
        1.0, "made",
    )  # fmt: skip
    one, other = found(told, state), replace(found(here, state), attributions=(spoken,))
    second = who_is_who(tell([one, other])).settle(other)
    assert second.attributions[0].speaker.on_behalf_of == side


def test_an_office_of_a_state_agrees_with_that_state_s_code() -> None:
    state = Actor("a3", "Dravonia", ActorType.STATE, "dravonia|state", "XD")
    told = replace(person("Ilka Borevan"), offices=(Office("president", "Dravonia"),))
    coded = replace(person("Ilka Borevann", country="XD"), offices=(Office("president", "XD"),))
    (join,) = join_actors([found(told, state), found(coded)])
    assert "both president" in join.reason
    foreign = replace(coded, country="XM")
    assert join_actors([found(told, state), found(foreign)]) == ()


def lone(name: str, *flags: str) -> Actor:
    return Actor("a1", name, ActorType.UNKNOWN, f"{name.lower()}|unknown", flags=flags)


def test_a_lone_name_that_speaks_is_the_one_person_of_that_surname() -> None:
    held = person("Damir Kholvat", "President")
    (join,) = join_actors([found(held), found(lone("Kholvat", SPEAKS))])
    assert (join.key, join.into) == ("kholvat|unknown", "damir kholvat|person")
    assert "Damir Kholvat" in join.reason


def test_a_lone_name_joins_nobody_where_something_speaks_against_it() -> None:
    held = person("Damir Kholvat", "President")
    body = Actor("a1", "Kholvat", ActorType.BODY, "kholvat|body")
    into = {join.key: join.into for join in join_actors([found(held), found(lone("Kholvat", SPEAKS)), found(body)])}
    assert into == {"kholvat|unknown": "kholvat|body"}
    assert join_actors([found(held), found(lone("Kholvat"))]) == ()  # nobody hands it words
    assert join_actors([found(held), found(person("Ida Kholvat")), found(lone("Kholvat", SPEAKS))]) == ()


def test_a_people_s_name_goes_with_the_state_that_another_document_names() -> None:
    state = Actor("a1", "Zahan", ActorType.STATE, "zahan|state")
    people = Actor("a1", "Zahani", ActorType.UNKNOWN, "zahani|unknown")
    (join,) = join_actors([found(state), found(people)])
    assert (join.key, join.into) == ("zahani|unknown", "zahan|state")
    surname = replace(people, flags=(SPEAKS,))
    assert join_actors([found(state), found(surname)]) == ()
