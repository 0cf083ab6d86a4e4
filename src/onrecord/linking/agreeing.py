"""Whether a user's entry agrees with the shipped ones: one id or code is one actor, one capital speaks for one state.

An entry that names a shipped one by its id or code, under a name of its own, extends that entry; two actors are never
made one by a slip in a number.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.linking.names import fold, same_person
from onrecord.records.actors import ActorType

if TYPE_CHECKING:
    from onrecord.linking.knowledge import Entry

QID = re.compile(r"Q[1-9][0-9]*")
SHOWN = 3  # names told in a message


@dataclass(frozen=True, slots=True)
class Shipped:
    """The shipped entries by what must stay one actor's. owners: (field, folded value) -> codes of states."""

    by_qid: Mapping[str, "Entry"]
    by_code: Mapping[str, "Entry"]
    by_state: Mapping[str, "Entry"]  # folded name
    owners: Mapping[tuple[str, str], frozenset[str]]


def index_shipped(entries: Iterable["Entry"]) -> Shipped:
    """The shipped entries, to hold a user's against."""
    listed = tuple(entries)
    states = [entry for entry in listed if entry.type is ActorType.STATE]
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for state in states:
        for name, value in _owned(state):
            owners[name, fold(value)].add(state.country or "")
    return Shipped(
        {entry.qid: entry for entry in listed if entry.qid},
        {entry.country: entry for entry in states if entry.country},
        {fold(state.name): state for state in states},
        {key: frozenset(codes) for key, codes in owners.items()},
    )


def _owned(state: "Entry") -> list[tuple[str, str]]:
    return [("seats", city) for city in state.capitals] + [("adjectives", form) for form in state.demonyms]


def find_fault(entry: "Entry", shipped: Shipped) -> str | None:
    """What keeps a user's entry from standing beside the shipped ones, field first; None where nothing does."""
    known = shipped.by_qid.get(entry.qid or "")
    if known is not None and known.type is not entry.type:
        return f"field qid: {entry.qid} is {known.name!r}, a {known.type.value}, in the shipped lists"
    if known is not None and not share_name(entry, known):
        return f"field qid: {entry.qid} is {known.name!r} in the shipped lists, and {_no_name(known, 'id')}"
    if entry.type is ActorType.STATE:
        return _find_fault_of_state(entry, shipped)
    if entry.stands_for is not None:
        return next((fault for name in entry.names if (fault := _find_fault_of_seat(name, entry, shipped))), None)
    return None


def _find_fault_of_state(state: "Entry", shipped: Shipped) -> str | None:
    coded, named = shipped.by_code.get(state.country or ""), shipped.by_state.get(fold(state.name))
    if coded is not None and not share_name(state, coded):
        return f"field iso: {state.country} is {coded.name!r} in the shipped lists, and {_no_name(coded, 'code')}"
    if named is not None and named.country != state.country:
        return f"field iso: {state.name!r} has {named.country} in the shipped lists, got {state.country}"
    for name, value in _owned(state):
        codes = shipped.owners.get((name, fold(value)), frozenset())
        if codes and state.country not in codes:
            return f"field {name}: {value!r} already belongs to {_name_all(codes, shipped)}"
    return None


def _find_fault_of_seat(name: str, seat: "Entry", shipped: Shipped) -> str | None:
    codes = shipped.owners.get(("seats", fold(name)), frozenset())
    if codes and seat.stands_for not in codes:
        return f"field stands_for: {name!r} already stands for {_name_all(codes, shipped)}"
    return None


def _name_all(codes: frozenset[str], shipped: Shipped) -> str:
    return ", ".join(repr(shipped.by_code[code].name) for code in sorted(codes))


def _no_name(known: "Entry", what: str) -> str:
    names = ", ".join(known.names[:SHOWN])
    return f"no name here is one of its names ({names}): give one of them as an alias, or another {what}"


def share_name(one: "Entry", other: "Entry") -> bool:
    """Whether two entries have a name in common, or people one that is the same in another spelling."""
    if {fold(name) for name in one.names} & {fold(name) for name in other.names}:
        return True
    if one.type is not ActorType.PERSON:
        return False
    return any(same_person(name, known).same for name in one.names for known in other.names)


def find_meant(entry: "Entry", shipped: Shipped) -> "Entry | None":
    """The shipped entry that a user's entry means by its id or code, under whatever name."""
    found = shipped.by_qid.get(entry.qid or "")
    if found is None and entry.type is ActorType.STATE:
        found = shipped.by_code.get(entry.country or "")
    return found


def extend(known: "Entry", given: "Entry") -> "Entry":
    """A shipped entry with what a user's adds to it; the user's name and fields come first."""
    return replace(
        given,
        key=known.key,
        qid=known.qid,
        country=given.country or known.country,
        gender=given.gender or known.gender,
        stands_for=given.stands_for or known.stands_for,
        aliases=_joined(given.aliases, known.names, without=given.name),
        unsure=_joined(given.unsure, known.unsure),
        capitals=_joined(given.capitals, known.capitals),
        demonyms=_joined(given.demonyms, known.demonyms),
        offices=tuple(dict.fromkeys((*given.offices, *known.offices))),
    )


def _joined(ours: tuple[str, ...], theirs: tuple[str, ...], without: str = "") -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys((*ours, *theirs)) if name != without)
