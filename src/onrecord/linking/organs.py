"""Whose a part of a state is that is called by its name: "Bekland's Foreign Ministry", "the State Border Committee".

Its words are the state's. Which state that is, tells what stands with the name: an owner or adjective, a state behind
"of"; else the one that the text last called the owner of such a body, or from which it was written. A name of which
more than what every state has stands alone ("the Meru Liberation Army") may be anybody's, and is nobody's here.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from onrecord.lexicon.loader import load_lexicon
from onrecord.linking.clues import demonyms_of
from onrecord.linking.generic import generic_names
from onrecord.linking.holding import Scene
from onrecord.linking.names import fold
from onrecord.linking.whose import Found, settle_each, state_of
from onrecord.records.actors import Actor, ActorType, MentionKind
from onrecord.records.findings import Attribution
from onrecord.records.spans import Span

BESIDE = 40  # characters beside a name in which its owner stands


def settle_organs(scene: Scene) -> tuple[Attribution, ...]:
    """The attributions, with the state for which a named part of it speaks, where the text tells which."""
    return settle_each(scene, _owner_of_organ)


def _owner_of_organ(attribution: Attribution, scene: Scene, before: Sequence[Attribution]) -> Found | None:
    speaker = attribution.speaker
    body = scene.actors.get(speaker.actor or speaker.on_behalf_of or "")  # "the Foreign Ministry's spokesman" as well
    told = speaker.actor is not None and speaker.on_behalf_of is not None
    if body is None or told or body.type is not ActorType.BODY or not attribution.source:
        return None
    noun = _organ_in(body.name)
    return _owner(body, noun, attribution, scene, before) if noun is not None else None


def _organ_in(name: str) -> str | None:
    """The noun that makes a body a part of a state: last in its name, or before "of"; None where it is none."""
    folded = fold(name)
    for noun in _organs():
        if folded.endswith(noun) or folded.startswith(f"{noun} of ") or f" {noun} of " in folded:
            return noun
    return None


def _owner(
    body: Actor, noun: str, attribution: Attribution, scene: Scene, before: Sequence[Attribution]
) -> Found | None:
    states = [actor for actor in scene.actors.values() if actor.type is ActorType.STATE]
    if body.country is not None:
        own = next((state for state in states if state.country == body.country), None)
        return (own, f"{body.name} is a part of {own.name}") if own is not None else None
    named = {state.id: state for state in (*_in_name(body, states), *_beside(body, scene))}
    if named:
        state = next(iter(named.values()))
        return (state, f"{body.name} is {state.name}'s") if len(named) == 1 else None
    if not _is_plain(body.name):
        return None
    told = state_of(noun, attribution.source[0].start, scene, before)
    if told is not None:
        return told
    begun = scene.subject(attribution)
    return (begun, f"tells what {begun.name} will do or is") if begun is not None else None


def _in_name(body: Actor, states: Sequence[Actor]) -> Iterator[Actor]:
    """The states whose name or people's name stands in the name: "the Beklandic Foreign Ministry"."""
    words = {word for name in (body.name, *body.printed) for word in fold(name).split()}
    for state in states:
        names = {fold(name) for name in (state.name, *state.printed)}
        if words & (names | {form for name in names for form in demonyms_of(name)}):
            yield state


def _beside(body: Actor, scene: Scene) -> Iterator[Actor]:
    """The states that stand right before the name as its owner, or right behind it over "of"."""
    spans = [m.span for m in scene.mentions if m.actor == body.id and m.kind is not MentionKind.PRONOUN]
    for state, mention in scene.states():
        if state.type is ActorType.STATE and any(_belongs(scene.text, mention.span, span) for span in spans):
            yield state


def _belongs(text: str, state: Span, body: Span) -> bool:
    before, behind = text[state.end : body.start], text[body.end : state.start]
    if state.end <= body.start <= state.end + BESIDE:
        return re.fullmatch(r"(?:['’]s?)?\s(?:[a-z-]+\s){0,2}", before) is not None
    return body.end <= state.start <= body.end + BESIDE and behind in (" of ", " of the ")


def _is_plain(name: str) -> bool:
    """Whether a name has nothing but what every state's body may be called: "the State Border Committee"."""
    return fold(name) in generic_names() or set(fold(name).split()) <= _plain_words()


@cache
def _plain_words() -> frozenset[str]:
    listed = (*load_lexicon("whose")["plain"], *load_lexicon("settling")["departments"], *_organs())
    return frozenset(word for each in listed for word in fold(each).split())


@cache
def _organs() -> tuple[str, ...]:
    """Nouns for parts of a state, the longest first: those by which one may go alone, and those that names end with."""
    listed = {fold(noun) for noun in (*load_lexicon("whose")["organs"], *load_lexicon("whose")["named_organs"])}
    return tuple(sorted(listed, key=lambda noun: (-len(noun), noun)))
