"""Whose a body is that every state has, where its own name leaves that out: "its Armed Forces", "the Defence Ministry".

Alone such a name makes an actor of one document only (generic.py). What the text tells, by whom the body speaks for, by
the owner before its name, or by the outlet where that is a state's own, makes it the same body in every document; the
actor is then marked with what told it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from onrecord.linking.generic import UNKNOWN_COUNTRY
from onrecord.linking.holding import Scene
from onrecord.linking.knowledge import Entry, Knowledge, entry_key
from onrecord.linking.names import fold
from onrecord.records.actors import Actor, ActorType, Mention, MentionKind
from onrecord.records.findings import Attribution

STATE_TOLD = "state_worked_out"  # of a body: what tells whose it is
REACH = 40  # characters before a name in which "its" stands

Told = tuple[Actor, str]  # a state, and what tells of it


def settle_bodies(scene: Scene, knowledge: Knowledge) -> tuple[tuple[Attribution, ...], tuple[Actor, ...]]:
    """The attributions and actors, with the state of each such body filled in where the text tells it."""
    taken = {actor.key for actor in scene.actors.values()}
    owned: dict[str, Actor] = {}
    for body in scene.actors.values():
        told = _owner(body, scene) if UNKNOWN_COUNTRY in body.flags else None
        named = _named_for(body, *told, knowledge) if told is not None else body
        if named.key not in taken:
            owned[body.id] = named
            taken.add(named.key)
    actors = tuple(owned.get(actor.id, actor) for actor in scene.actors.values())
    return tuple(_renamed(each, scene, owned) for each in scene.attributions), actors


def _owner(body: Actor, scene: Scene) -> Told | None:
    told = {state.id: (state, why) for state, why in (*_by_side(body, scene), *_by_owner(body, scene))}
    if told:
        return next(iter(told.values())) if len(told) == 1 else None
    state = scene.state_of_outlet()
    return (state, f"{scene.outlet.name} is an outlet of {state.name}") if state and scene.outlet else None


def _by_side(body: Actor, scene: Scene) -> Iterator[Told]:
    """The state for which it was found to speak."""
    for each in scene.attributions:
        side = scene.actors.get(each.speaker.on_behalf_of or "")
        if each.speaker.actor == body.id and side is not None and side.type is ActorType.STATE:
            yield side, each.speaker.reason.rpartition("; ")[2]


def _by_owner(body: Actor, scene: Scene) -> Iterator[Told]:
    """The state that "its" or "the country's" before the name means."""
    for mention in scene.mentions:
        if mention.actor != body.id or mention.kind is not MentionKind.NAME:
            continue
        before = scene.text[max(0, mention.span.start - REACH) : mention.span.start]
        found = re.search(r"\b(?:its|the (?:country|nation)['’]s)\s(?:[a-z-]+\s)?$", before, re.IGNORECASE)
        if found is None:
            continue
        place = mention.span.start - len(before) + found.start()
        own = found.group().lower().startswith("its")
        state = scene.spoken_of(place) if own else _state_of_person(place, scene) or scene.spoken_of(place)
        if state is not None and state.type is ActorType.STATE:
            yield state, f"“{found.group().strip()}” before its name goes back to {state.name}"


def _state_of_person(place: int, scene: Scene) -> Actor | None:
    """The state of the person last named before a place in the same paragraph, where a list or a title tells it."""
    start = scene.text.rfind("\n", 0, place) + 1
    near = [m for m in scene.mentions if start <= m.span.start < place and m.kind is MentionKind.NAME]
    person = next((a for m in reversed(near) if (a := _person(m, scene)) is not None), None)
    if person is None:
        return None
    told = {person.country, *(office.of for office in person.offices)} - {None}
    states = [a for a in scene.actors.values() if a.type is ActorType.STATE and {a.country, a.name} & told]
    return states[0] if len(states) == 1 else None


def _person(mention: Mention, scene: Scene) -> Actor | None:
    actor = scene.actors.get(mention.actor or "")
    return actor if actor is not None and actor.type is ActorType.PERSON else None


def _named_for(body: Actor, state: Actor, why: str, knowledge: Knowledge) -> Actor:
    """The body as that state's: under the listed name, else a ministry's with its state, else with the state's code."""
    code = state.country or state.name
    flags = (*(flag for flag in body.flags if flag != UNKNOWN_COUNTRY), f"{STATE_TOLD}:{why}")
    told = replace(body, country=state.country, flags=flags)
    listed = _listed(body, state, knowledge)
    if listed is not None:
        return replace(told, name=listed.name, key=listed.key, qid=listed.qid)
    kind = knowledge.ministries.get(fold(body.name))
    if kind is not None:
        name = f"{kind} of {state.name}"
        return replace(told, name=name, key=entry_key(name, ActorType.BODY, None))
    return replace(told, key=f"{fold(body.name)}@{fold(code)}|{ActorType.BODY.value}")


def _listed(body: Actor, state: Actor, knowledge: Knowledge) -> Entry | None:
    """The body as the lists have it: "Security Council of Bekland", "Beklandic Security Council"."""
    entry = knowledge.states.get(state.country or "")
    adjectives = entry.demonyms if entry is not None else ()
    forms = (f"{body.name} of {state.name}", f"{state.name}'s {body.name}", *(f"{a} {body.name}" for a in adjectives))
    found = (each for form in forms for each in knowledge.named(form) if each.type is ActorType.BODY)
    return next(found, None)


def _renamed(attribution: Attribution, scene: Scene, owned: dict[str, Actor]) -> Attribution:
    """The attribution with the name that its speaker now has."""
    actor = owned.get(attribution.speaker.actor or "")
    if actor is None or attribution.speaker.name != scene.actors[actor.id].name:
        return attribution
    return replace(attribution, speaker=replace(attribution.speaker, name=actor.name))
