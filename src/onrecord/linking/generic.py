"""Bodies that every state has: two states' defence ministries are two, and one of an unsaid state is nobody else's.

A key of a name alone would make one actor of them across documents. Where the state is known it goes into the key;
where it is not, the key is of this document only, and the actor says so.
"""

from dataclasses import replace
from functools import cache

from onrecord.lexicon.loader import load_lexicon
from onrecord.linking.names import fold
from onrecord.records.actors import Actor, ActorType
from onrecord.records.documents import Document

UNKNOWN_COUNTRY = "unknown_country"  # flag: a body of a kind that every state has, and the text does not say whose
DOUBTED = 0.6  # highest score of such a body
_DOCUMENT = 12  # last characters of a document's id that tell it from others in a key


def keep_apart(document: Document, actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """The actors, with keys that no other state's body of the same name can have."""
    return tuple(_apart(document, actor) for actor in actors)


def _apart(document: Document, actor: Actor) -> Actor:
    if actor.type is not ActorType.BODY or actor.qid is not None or fold(actor.name) not in generic_names():
        return actor
    if actor.country is not None:
        return replace(actor, key=f"{fold(actor.name)}@{actor.country.lower()}|{actor.type.value}")
    return replace(
        actor,
        key=f"{fold(actor.name)}@{document.id[-_DOCUMENT:]}|{actor.type.value}",
        score=min(actor.score, DOUBTED),
        flags=tuple(dict.fromkeys((*actor.flags, UNKNOWN_COUNTRY))),
    )


@cache
def generic_names() -> frozenset[str]:
    """The folded names of bodies that every state has."""
    return frozenset(fold(name) for name in load_lexicon("settling")["generic_bodies"])
