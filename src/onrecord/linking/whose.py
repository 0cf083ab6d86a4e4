"""Whose a body is that is named by a noun alone: "the government said", "its army", "the union's president".

A part of a state ("the ministry") belongs to the state that the text last called its owner, else to the one that the
words handed to it begin with, else to the one from which the text was written. Any other body ("the group") is the one
of that kind named before. Where two fit, nobody is meant.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from onrecord.lexicon.loader import load_lexicon
from onrecord.linking.holding import Scene, open_office
from onrecord.linking.names import fold
from onrecord.records.actors import Actor, ActorType, MentionKind, Office
from onrecord.records.findings import Attribution
from onrecord.records.spans import contains

BACK = 1500  # characters in which a noun takes up a body named before: half a dozen paragraphs
BODIES = (ActorType.BODY, ActorType.GROUP, ActorType.UNKNOWN)

# What may stand between "the" and a noun: "the foreign ministry".
_DESCRIBING = r"(?:(?!of\b|for\b|in\b|with\b|his\b|her\b|my\b|our\b|an?\b|another\b)[a-z-]+\s){0,2}?"
_MEMBERS = r"(?:spokes\w+|officials?|sources?|leader|head|chief)\s(?:for|of|in|at|from)"

# "a | company | spokeswoman", "senior | defence ministry | officials": the noun stands for the body, whoever speaks.
_SOME = r"(?:(?:an?|the|one|another|some|several|two|three|senior|top|unnamed)\s){0,3}"
_SPEAKERS = r"spokes\w+|officials?|sources?|leaders?|boss(?:es)?|executives?|negotiators?|representatives?|commanders?"
# Those without a name who are met again by their noun alone.
_AGAIN = r"official|source|spokes\w+|diplomat|negotiator|adviser|advisor|aide|envoy|officer|commander|minister"

Found = tuple[Actor, str]  # whose it is, and why
OwnerOf = Callable[[Attribution, Scene, Sequence[Attribution]], Found | None]  # the last: those settled before it


def settle_unnamed(scene: Scene) -> tuple[Attribution, ...]:
    """The attributions, with the state or body for which a source without a name speaks, where the text tells it."""
    return settle_each(scene, _owner_of_unnamed)


def settle_each(scene: Scene, owner_of: OwnerOf) -> tuple[Attribution, ...]:
    """The attributions in their order, each on behalf of whom `owner_of` finds, given those settled before it."""
    settled: list[Attribution] = []
    for each in scene.attributions:
        found = owner_of(each, scene, settled)
        settled.append(_speaking_for(each, *found) if found is not None else each)
    return tuple(settled)


def _speaking_for(attribution: Attribution, owner: Actor, why: str) -> Attribution:
    speaker = attribution.speaker
    return replace(attribution, speaker=replace(speaker, on_behalf_of=owner.id, reason=f"{speaker.reason}; {why}"))


def _owner_of_unnamed(attribution: Attribution, scene: Scene, before: Sequence[Attribution]) -> Found | None:
    speaker = attribution.speaker
    if speaker.actor is not None or speaker.on_behalf_of is not None or not attribution.source:
        return None
    return _owner_of_source(attribution, scene, before)


def _owner_of_source(attribution: Attribution, scene: Scene, before: Sequence[Attribution]) -> Found | None:
    start = attribution.source[0].start
    words = scene.text[start : attribution.source[0].end]
    if words.lower() == "it":
        return _it(attribution, scene, before)
    if re.match(r"(?:the\s)?(?:officials|authorities|government|ministers|leaders)\sthere$", words, re.IGNORECASE):
        return _there(start, scene)
    noun = _noun_in(words, _organs()) or _minister_in(words)
    owned = re.match(r"(?:its|their)\s", words, re.IGNORECASE)
    if owned is not None:
        state = scene.spoken_of(start)
        return (state, f"“{owned.group().strip()}” goes back to {state.name}") if state is not None and noun else None
    if noun is not None:
        seat = _seat_in(attribution, scene)
        return seat or state_of(noun, start, scene, before) or _told_of(attribution, scene)
    again = _said_before(words, start, scene, before)
    if again is not None:
        return again
    noun = _noun_in(words, tuple(_rules()["bodies"]))
    described = (
        noun is not None
        and re.search(rf"\bthe\s{re.escape(noun)}\b", words, re.IGNORECASE) is None
        and _noun_of_member(words, re.escape(noun)) is None
    )
    return body_of(noun, start, scene) if noun is not None and not described else None  # "the grid operator" is another


def _said_before(words: str, at: int, scene: Scene, before: Sequence[Attribution]) -> Found | None:
    """The side of "the official" who was "a Beklandic official" in words before: somebody without a name, met again."""
    noun = re.fullmatch(rf"(?:the|that)\s({_AGAIN})", words.rstrip(", "), re.IGNORECASE)
    if noun is None:
        return None
    first = re.compile(rf"(?:an?|one|another)\s(?:[\w’'-]+\s){{0,4}}{noun.group(1)}\b", re.IGNORECASE)
    met = [e for e in before if e.source and at - BACK < e.source[0].start < at]
    sources = [(e, scene.text[e.source[0].start : e.source[0].end]) for e in reversed(met)]
    for each, source in sources:
        if first.match(source) is not None and each.speaker.actor is None:
            side = scene.actors.get(each.speaker.on_behalf_of or "")
            return (side, f"“{source}” was met before") if side is not None else None
    return None


def _noun_in(words: str, nouns: tuple[str, ...]) -> str | None:
    """The noun of a list that a source is about: "the | ministry | 's spokesman", "a spokesman for the | army"."""
    opening, spoken, listed = _forms_with(nouns)
    found = opening.match(words) or spoken.search(words.rstrip(", "))
    return found.group(1).lower() if found is not None else _noun_of_member(words, listed)


@cache
def _forms_with(nouns: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str], str]:
    """Sources about one of these nouns as patterns: those that open with it, those that end with it; and the nouns."""
    listed = "|".join(re.escape(noun) for noun in sorted(nouns, key=len, reverse=True))
    opening = re.compile(rf"(?:the\s)?{_DESCRIBING}({listed})(?=$|['’]|[\s,])", re.IGNORECASE)
    spoken = re.compile(rf"\b(?:{_MEMBERS})\sthe\s{_DESCRIBING}({listed})$", re.IGNORECASE)
    return opening, spoken, listed


def _noun_of_member(words: str, listed: str) -> str | None:
    """The noun before that of who speaks: "a | company | spokeswoman", "senior defence | ministry | officials"."""
    found = re.match(rf"{_SOME}(?:(?:{_fields()})\s)?({listed})\s(?:{_SPEAKERS})\b", words, re.IGNORECASE)
    return found.group(1).lower() if found is not None else None


def _minister_in(words: str) -> str | None:
    """The title of a minister of whom a source has no name: "the | energy minister | ", and no "former minister"."""
    listed = "|".join((*map(re.escape, _departments()), "prime"))
    found = re.match(
        rf"(?:the|its|their)\s((?:deputy\s)?(?:{listed})\s(?:minister|secretary))(?=$|,)", words, re.IGNORECASE
    )
    return found.group(1).lower() if found is not None else None


def _seat_in(attribution: Attribution, scene: Scene) -> Found | None:
    """Where a part of a state sits, where the source or the sentence before tells: "a ministry spokesman in Bekcity".

    A ministry sits in the capital, so the state is the capital's, or whatever state the town stands for.
    """
    source = attribution.source[0]
    for mention in scene.mentions:
        place = scene.actors.get(mention.actor or "")
        if place is None or place.type not in (ActorType.PLACE, ActorType.UNKNOWN) or mention.span.end > source.end:
            continue
        before = scene.text[max(source.start, mention.span.start - 4) : mention.span.start]
        if mention.span.start > source.start and before.endswith(" in "):
            state = scene.state_of_capital(mention)
            return state or place, f"speaks in {place.name}"
    return _set_in(source.start, scene)


def _it(attribution: Attribution, scene: Scene, before: Sequence[Attribution]) -> Found | None:
    """Whose part or which body the noun is that begins the sentence before: "The government met. It said"."""
    start = attribution.source[0].start
    number = next((n for n, span in enumerate(scene.sentences) if span.start <= start < span.end), 0)
    last = scene.sentences[number - 1] if number else None
    if last is None or "\n" in scene.text[last.end : start]:
        return None
    opening = scene.text[last.start : last.end]
    noun = _opening_noun(opening, (*_organs(), "leadership"))
    if noun is not None:
        for mention in scene.mentions:
            place = scene.actors.get(mention.actor or "")
            sits = re.fullmatch(rf"(?:[\w-]+\s){{1,4}}{noun}\sin\s", scene.text[last.start : mention.span.start], re.I)
            if place is not None and sits is not None:
                return scene.state_of_capital(mention) or place, f"“it” is the {noun} in {place.name}"
        return state_of(noun, last.start, scene, before)
    noun = _opening_noun(opening, tuple(_rules()["bodies"]))
    return body_of(noun, last.start, scene) if noun is not None else None


def _opening_noun(sentence: str, nouns: Sequence[str]) -> str | None:
    """The noun of a list that is the subject of a sentence: "The government | met"."""
    listed = "|".join(re.escape(noun) for noun in sorted(nouns, key=len, reverse=True))
    found = re.match(rf"The\s(?:(?:{_fields()})\s)?({listed})\s[a-z]", sentence)
    return found.group(1).lower() if found is not None else None


def _there(at: int, scene: Scene) -> Found | None:
    """The one state or place named in the sentence of "officials there" or the one before."""
    number = next((n for n, span in enumerate(scene.sentences) if span.start <= at < span.end), 0)
    start = scene.sentences[max(0, number - 1)].start
    kinds = (ActorType.STATE, ActorType.PLACE, ActorType.UNKNOWN)
    named = [m for m in scene.mentions if m.kind is MentionKind.NAME and start <= m.span.start < at]
    places = {a.id: a for m in named if (a := scene.actors.get(m.actor or "")) is not None and a.type in kinds}
    if len(places) != 1:
        return None
    place = next(iter(places.values()))
    state = next((found for m in named if m.actor == place.id and (found := scene.state_of_capital(m))), None)
    return state or place, f"“there” goes back to {place.name}"


def _set_in(at: int, scene: Scene) -> Found | None:
    """The state in whose capital the sentence before is set: "In Bekcity nothing moved. The ministry said"."""
    number = next((n for n, span in enumerate(scene.sentences) if span.start <= at < span.end), 0)
    before = scene.sentences[number - 1] if number else None
    if before is None or "\n" in scene.text[before.end : at]:
        return None
    for mention in scene.mentions:
        opens = scene.text[before.start : mention.span.start] == "In "
        state = scene.state_of_capital(mention) if opens else None
        if state is not None:
            return state, f"the sentence before is set in {scene.text[mention.span.start : mention.span.end]}"
    return None


def state_of(noun: str, at: int, scene: Scene, before: Sequence[Attribution]) -> Found | None:
    """The state whose part a noun means at a place of the text: the last one called its owner, else the text's own."""
    owners = [*_named_owners(noun, at, scene), *_met_owners(noun, at, scene, before)]
    if owners:
        _, owner = max(owners, key=lambda each: each[0])
        return owner, f"the {noun} is {owner.name}'s"
    home, answering = scene.home(), _answering(at, scene)
    if home is not None and scene.opening_before(at) not in (None, home):
        return None
    if answering is not None:
        return answering, f"speaks right behind words of {answering.name}"
    if home is not None:
        return home, f"the text is from {home.name}"
    minister = _bare_minister(scene) if noun in _rules()["governing"] else None
    return (minister, f"{minister.name} is a minister whose state goes without saying as well") if minister else None


def _answering(at: int, scene: Scene) -> Actor | None:
    """The state to which the sentence before hands words, in one paragraph: "Bekland refused. The ministry said"."""
    number = next((n for n, span in enumerate(scene.sentences) if span.start <= at < span.end), 0)
    before = scene.sentences[number - 1] if number else None
    if before is None or "\n" in scene.text[before.end : at]:
        return None
    said = [e for e in scene.attributions if e.source and e.within is None and contains(before, e.source[0])]
    spoke = {actor.id: actor for e in said if (actor := scene.actors.get(e.speaker.actor or "")) is not None}
    only = next(iter(spoke.values())) if len(spoke) == 1 else None
    return only if only is not None and only.type is ActorType.STATE else None


def _bare_minister(scene: Scene) -> Actor | None:
    """The one minister whose title names no state here: a text leaves out its own.

    Whose minister that is, other texts may tell; until then the government is that one's.
    """
    open_titles = [a for a in scene.actors.values() if a.type is ActorType.PERSON and open_office(a) is not None]
    governing = [a for a in open_titles if _governs(open_office(a))]
    return governing[0] if len(open_titles) == len(governing) == 1 else None


def _governs(office: Office | None) -> bool:
    words = office.title.lower().split() if office is not None else []
    return bool(words) and words[-1] in _rules()["governors"]


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
    people = {e.speaker.actor for e in scene.attributions if _is_he_or_she(e, scene)}  # surnames of no known kind
    fitting = {actor.id: actor for m in named if (actor := scene.actors.get(m.actor or "")) and _fits(actor, noun)}
    fitting = {id: actor for id, actor in fitting.items() if id not in people}
    for kinds in (BODIES[:2], BODIES[2:]):
        found = [actor for actor in fitting.values() if actor.type in kinds]
        found = [actor for actor in found if noun in fold(actor.name).split()] or found  # a Party before a Union
        if found:
            return (found[0], f"the {noun} is {found[0].name}") if len(found) == 1 else None
    return None


def _is_he_or_she(attribution: Attribution, scene: Scene) -> bool:
    return (
        bool(attribution.source)
        and re.fullmatch(
            r"(?:he|she)", scene.text[attribution.source[0].start : attribution.source[0].end], re.IGNORECASE
        )
        is not None
    )


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


def of_complement(words: str, at: int, scene: Scene) -> tuple[Actor, str] | None:
    """Whose a title is that goes on with the noun of a body: "(spokeswoman) for the foreign ministry"."""
    listed = "|".join(sorted(map(re.escape, (*_organs(), *_rules()["bodies"])), key=len, reverse=True))
    found = re.match(
        rf"(?:of|for|at|in)\s(?:the|its|the\scountry['’]s)\s{_DESCRIBING}({listed})\b", words, re.IGNORECASE
    )
    if found is None or re.match(r"\s[A-Z]", words[found.end() :]):  # "president of the federation SET"
        return None
    noun = found.group(1).lower()
    return state_of(noun, at, scene, scene.attributions) if noun in _organs() else body_of(noun, at, scene)


def is_organ(noun: str) -> bool:
    """Whether a noun names a part of a state."""
    return noun.lower() in _organs()


@cache
def _fields() -> str:
    """What may stand before "ministry" and the like: nothing that makes it another's ("a foreign government")."""
    return "|".join((*map(re.escape, _departments()), "religious affairs", "foreign affairs"))


@cache
def _departments() -> tuple[str, ...]:
    return tuple(load_lexicon("settling")["departments"])


@cache
def _organs() -> tuple[str, ...]:
    return tuple(_rules()["organs"])


@cache
def _rules() -> dict[str, Any]:
    return dict(load_lexicon("whose"))
