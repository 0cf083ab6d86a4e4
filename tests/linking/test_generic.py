"""Bodies that every state has stay apart where the state is not the same."""

from dataclasses import replace

import pytest

from onrecord.linking.generic import DOUBTED, UNKNOWN_COUNTRY, keep_apart
from onrecord.linking.joining import join_actors
from onrecord.records.actors import Actor, ActorType
from onrecord.records.documents import Document, hash_text
from onrecord.records.findings import Findings

ONE, OTHER = (Document(hash_text(text), "made.txt", "", text) for text in ("The first text.", "The second text."))


def body(name: str, country: str | None = None) -> Actor:
    return Actor("a1", name, ActorType.BODY, f"{name.lower()}|body", country=country, score=0.9)


def key_in(document: Document, actor: Actor) -> str:
    return keep_apart(document, (actor,))[0].key


@pytest.mark.parametrize("name", ["Defence Ministry", "Foreign Ministry", "General Staff", "Parliament"])
def test_a_body_of_an_unsaid_state_is_of_its_document_only(name: str) -> None:
    assert key_in(ONE, body(name)) != key_in(OTHER, body(name))
    assert key_in(ONE, body(name)) == key_in(ONE, body(name))
    (actor,) = keep_apart(ONE, (body(name),))
    assert UNKNOWN_COUNTRY in actor.flags
    assert actor.score == DOUBTED


def test_a_body_of_one_state_is_one_in_all_documents() -> None:
    assert key_in(ONE, body("Defence Ministry", "MD")) == key_in(OTHER, body("Defence Ministry", "MD"))
    assert key_in(ONE, body("Defence Ministry", "MD")) != key_in(ONE, body("Defence Ministry", "RO"))


@pytest.mark.parametrize("name", ["Fishing Inspectorate", "Defence Ministry of Moldova"])
def test_a_body_with_a_name_of_its_own_keeps_its_key(name: str) -> None:
    assert keep_apart(ONE, (body(name),)) == (body(name),)


def test_other_kinds_and_known_bodies_keep_their_keys() -> None:
    place, known = replace(body("Parliament"), type=ActorType.PLACE), replace(body("Parliament"), qid="Q1", key="Q1")
    assert keep_apart(ONE, (place, known)) == (place, known)


def test_bodies_of_unsaid_states_are_not_joined_over_documents() -> None:
    read = [Findings(document, actors=keep_apart(document, (body("Defence Ministry"),))) for document in (ONE, OTHER)]
    assert join_actors(read) == ()
