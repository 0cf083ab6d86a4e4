"""Whose a body is that is named by a noun alone: "the government said", "its army", "the union's president".

A part of a state ("the ministry") belongs to the state that the text last called its owner, else to the one that the
words handed to it begin with, else to the one from which the text was written. Any other body ("the group") is the one
of that kind named before. Where two fit, nobody is meant.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from onrecord.lexicon.loader import load_lexicon
from onrecord.linking.holding import Scene
from onrecord.linking.names import fold
from onrecord.records.actors import Actor, ActorType, MentionKind
from onrecord.records.findings import Attribution

BACK = 1500  # characters in which a noun takes up a body named before: half a dozen paragraphs
BODIES = (ActorType.BODY, ActorType.GROUP, ActorType.UNKNOWN)

# What may stand between "the" and a noun: "the foreign ministry".
_DESCRIBING = r"(?:(?!of\b|for\b|in\b|with\b|his\b|her\b|my\b|our\b|an?\b|another\b)[a-z-]+\s){0,2}?"
_MEMBERS = r"(?:spokes\w+|officials?|sources?|leader|head|chief)\s(?:for|of|in|at|from)"

Found = tuple[Actor, str]  # whose it is, and why


def settle_unnamed(scene: Scene) -> tuple[Attribution, ...]:
    """The attributions, with the state or body for which a source without a name speaks, where the text tells it."""
    settled: list[Attribution] = []
    for each in scene.attributions:
        settled.append(_settle(each, scene, settled))
    return tuple(settled)


def _settle(attribution: Attribution, scene: Scene, before: Sequence[Attribution]) -> Attribution:
    speaker = attribution.speaker
    if speaker.actor is not None or speaker.on_behalf_of is not None or not attribution.source:
        return attribution
    found = _owner_of_source(attribution, scene, before)
    if found is None:
        return attribution
    owner, why = found
    return replace(attribution, speaker=replace(speaker, on_behalf_of=owner.id, reason=f"{speaker.reason}; {why}"))


def _owner_of_source(attribution: Attribution, scene: Scene, before: Sequence[Attribution]) -> Found | None:
    start = attribution.source[0].start
    words = scene.text[start : attribution.source[0].end]
    owned = re.match(r"(?:its|their)\s", words, re.IGNORECASE)
    if owned is not None:
        state = scene.spoken_of(start)
        noun = _noun_in(words, _organs())
        return (state, f"“{owned.group().strip()}” goes back to {state.name}") if state is not None and noun else None
    noun = _noun_in(words, _organs())
    if noun is not None:
        return state_of(noun, start, scene, before) or _told_of(attribution, scene)
    noun = _noun_in(words, tuple(_rules()["bodies"]))
    described = noun is not None and re.search(rf"\bthe\s{re.escape(noun)}\b", words, re.IGNORECASE) is None
    return body_of(noun, start, scene) if noun is not None and not described else None  # "the grid operator" is another


def _noun_in(words: str, nouns: Sequence[str]) -> str | None:
    """The noun of a list that a source is about: "the | ministry | 's spokesman", "a spokesman for the | army"."""
    listed = "|".join(re.escape(noun) for noun in sorted(nouns, key=len, reverse=True))
    opening = re.match(rf"(?:the\s)?{_DESCRIBING}({listed})(?=$|['’]|[\s,])", words, re.IGNORECASE)
    spoken = re.search(rf"\b(?:{_MEMBERS})\sthe\s{_DESCRIBING}({listed})$", words.rstrip(", "), re.IGNORECASE)
    found = opening or spoken
    return found.group(1).lower() if found is not None else None


def state_of(noun: str, at: int, scene: Scene, before: Sequence[Attribution]) -> Found | None:
    """The state whose part a noun means at a place of the text: the last one called its owner, else the text's own."""
    owners = [*_named_owners(noun, at, scene), *_met_owners(noun, at, scene, before)]
    if owners:
        _, owner = max(owners, key=lambda each: each[0])
        return owner, f"the {noun} is {owner.name}'s"
    home = scene.home()
    return (home, f"the text is from {home.name}") if home is not None else None


def _named_owners(noun: str, at: int, scene: Scene) -> Iterator[tuple[int, Actor]]:
    """Where the text before says whose it is: "Bekland's foreign ministry", "the Beklandic army"."""
    for state, mention in scene.states():
        if state.type is ActorType.STATE and at - BACK < mention.span.start < at:
            after = scene.text[mention.span.end : mention.span.end + 60]
            if re.match(rf"(?:['’]s?)?\s(?:[a-z-]+\s){{0,2}}{re.escape(noun)}\b", after, re.IGNORECASE):
                yield mention.span.start, state


def _met_owners(noun: str, at: int, scene: Scene, before: Sequence[Attribution]) -> Iterator[tuple[int, Actor]]:
    """Where a source before has the noun, and its state is known."""
    for each in before:
        side = scene.actors.get(each.speaker.on_behalf_of or "")
        near = bool(each.source) and at - BACK < each.source[0].start < at
        if not near or side is None or side.type is not ActorType.STATE:
            continue
        if noun in scene.text[each.source[0].start : each.source[-1].end].casefold():
            yield each.source[0].start, side


def _told_of(attribution: Attribution, scene: Scene) -> Found | None:
    """The state that the words handed to it begin with: "Bekland will leave, the government said"."""
    state = scene.subject(attribution)
    return (state, f"tells what {state.name} will do or is") if state is not None else None


def body_of(noun: str, at: int, scene: Scene) -> Found | None:
    """The one body of a kind named before a place of the text: surely a body, else a name of no known kind."""
    named = [m for m in scene.mentions if m.kind is MentionKind.NAME and at - BACK < m.span.start < at]
    fitting = {actor.id: actor for m in named if (actor := scene.actors.get(m.actor or "")) and _fits(actor, noun)}
    for kinds in (BODIES[:2], BODIES[2:]):
        found = [actor for actor in fitting.values() if actor.type in kinds]
        if found:
            return (found[0], f"the {noun} is {found[0].name}") if len(found) == 1 else None
    return None


def _fits(actor: Actor, noun: str) -> bool:
    """Whether a body may be called by a noun, by the words of its name."""
    if actor.type not in BODIES:
        return False
    words = {word for name in (actor.name, *actor.printed) for word in fold(name).split()}
    wanted = set(_rules()["bodies"][noun])
    if wanted:
        return actor.type is not ActorType.UNKNOWN and bool(words & wanted)
    return noun not in _rules()["firms"] or words.isdisjoint(_rules()["no_firms"])


def of_title(title: str, at: int, scene: Scene) -> tuple[Actor, str] | None:
    """Whose a title is that names the body by a noun: "ministry's spokeswoman", "party leader"."""
    listed = "|".join(sorted(map(re.escape, (*_organs(), *_rules()["bodies"])), key=len, reverse=True))
    found = re.search(rf"(?:^|\s)({listed})(?:['’]s?)?\s", title, re.IGNORECASE)
    if found is None:
        return None
    noun = found.group(1).lower()
    return state_of(noun, at, scene, scene.attributions) if noun in _organs() else body_of(noun, at, scene)


def is_organ(noun: str) -> bool:
    """Whether a noun names a part of a state."""
    return noun.lower() in _organs()


@cache
def _organs() -> tuple[str, ...]:
    return tuple(_rules()["organs"])


@cache
def _rules() -> dict[str, Any]:
    return dict(load_lexicon("whose"))
