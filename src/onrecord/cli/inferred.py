"""How it is known who an actor is: what settled the type, the state and the office in the documents that name it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.records.actors import Actor
    from onrecord.records.findings import Findings

VOTES = re.compile(r"(?P<kind>\w+) by [\d.]+ votes: (?P<why>.+)")  # as linking.settling words it
SHOWN = 6  # reasons of one actor, those of most documents first
# Marks on an actor, and what they tell of it.
MARKS = {
    "state_worked_out": "its state",
    "office_of_worked_out": "speaks for",
    "capital_of": "capital of",
    "lies_in": "lies in",
    "unknown_country": "of which state is not said",
    "ambiguous_surname": "the surname is several people's",
    "mixed_script": "letters of several alphabets in one word",
}


def tell_reasons(found: "Iterable[Findings]", keys: frozenset[str]) -> tuple[str, ...]:
    """What documents' findings say of how an actor's type, state and side were told, with how many say it."""
    told: Counter[str] = Counter()
    for each in found:
        told.update(set(_reasons(each, keys)))
    ranked = sorted(told, key=lambda reason: (-told[reason], reason))
    return tuple(f"{reason} ({told[reason]})" if told[reason] > 1 else reason for reason in ranked[:SHOWN])


def _reasons(found: "Findings", keys: frozenset[str]) -> Iterator[str]:
    for actor in found.actors:
        if actor.key in keys:
            yield from _of_links(found, actor)
            yield from _of_marks(actor)


def _of_links(found: "Findings", actor: "Actor") -> Iterator[str]:
    """What told its type: the lists, or votes of the words around its name."""
    for link in found.links:
        if link.actor != actor.id or link.basis in ("pronoun", "role", "apposition"):
            continue
        for reason in link.reason.split("; "):
            voted = VOTES.fullmatch(reason)
            if voted is not None:
                yield f"{voted['kind']}: {voted['why']}"
            elif reason.startswith(("known", "listed")) or link.basis in ("alias", "metonym"):
                yield reason


def _of_marks(actor: "Actor") -> Iterator[str]:
    for flag in actor.flags:
        mark, _, why = flag.partition(":")
        if mark in MARKS:
            yield f"{MARKS[mark]}: {why}" if why else MARKS[mark]
