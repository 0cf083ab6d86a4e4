"""The offices that documents say somebody holds or held, one beside the other: "former president", "deputy head"."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from onrecord.lexicon.loader import load_lexicon
from onrecord.lexicon.vocabulary import demonyms, load_vocabulary
from onrecord.records.actors import Actor, ActorType, Office
from onrecord.records.findings import Findings


@dataclass(frozen=True, slots=True)
class Held:
    """An office as documents print it. of: the name of its state or body, where told.

    since, until: ISO dates by the lists of people, where they have them. documents: how many say so.
    """

    title: str
    of: str | None
    since: str | None
    until: str | None
    documents: int

    def __str__(self) -> str:
        named = f"{self.title} of {self.of}" if self.of else self.title
        days = (
            f"{self.since or ''} to {self.until}".strip() if self.until else f"since {self.since}" if self.since else ""
        )
        return f"{named} ({days} by the lists)" if days else named


def tell_offices(found: Iterable[Findings], keys: Collection[str]) -> tuple[Held, ...]:
    """The offices of the actor that has one of these keys, those that most documents tell first.

    An office of which some documents leave out the state or body counts with the one that names it.
    """
    told: dict[tuple[str, str | None], list[Office]] = defaultdict(list)
    printed: dict[str, Counter[str]] = defaultdict(Counter)
    for each in found:
        for title, of, office in _offices(each, keys):
            told[(_same_title(title), of)].append(office)
            printed[_same_title(title)][title] += 1
    named = {title: of for title, of in sorted(told, key=lambda key: len(told[key])) if of is not None}
    merged: dict[tuple[str, str | None], list[Office]] = defaultdict(list)
    for (title, of), offices in told.items():
        merged[(title, of or named.get(title))] += offices
    held = [_held(printed[title].most_common(1)[0][0], of, offices) for (title, of), offices in merged.items()]
    return tuple(sorted(held, key=lambda each: (-each.documents, each.title, each.of or "")))


BY_NAME = "joined by the name alone: no article gives one person two of these offices, and there may be several"


def is_by_name_alone(found: Iterable[Findings], keys: Collection[str]) -> bool:
    """Whether only the name joins articles that give somebody offices with no word in common.

    Somebody whom the lists know is one person. Articles that give no office tell nothing.
    """
    if any(_LISTED.fullmatch(key) for key in keys):
        return False
    groups: list[frozenset[str]] = []
    for each in found:
        titles = {_same_title(title) for title, _, _ in _offices(each, keys)}
        words = frozenset(word for title in titles for word in _WORD.findall(title)) - load_vocabulary().past
        if not words:
            continue
        apart = [group for group in groups if not group & words]
        groups = [*apart, words.union(*(group for group in groups if group & words))]
    return len(groups) > 1


_LISTED = re.compile(r"Q\d+")
_WORD = re.compile(r"\w{3,}")


def _offices(found: Findings, keys: Collection[str]) -> Iterator[tuple[str, str | None, Office]]:
    """The title and whose it is, by name, of each office that one document tells."""
    once = {
        (_same_title(title), of): (title, of, office)
        for actor in found.actors
        if actor.key in keys
        for office in actor.offices
        for title, of in [_read(office, found.actors)]
        if of is not None or title.casefold() not in load_lexicon("settling")["alone_no_office"]
    }
    yield from once.values()


def _read(office: Office, actors: Iterable[Actor]) -> tuple[str, str | None]:
    """The title without the state or body it names, and the name of that state or body."""
    owner = next((actor for actor in actors if _is_called(actor, office.of)), None)
    words = office.title.split()
    if owner is not None:
        own = {each.casefold() for each in (owner.name, *owner.printed)}
        state = owner.country if owner.type is ActorType.STATE else None
        words = [
            w for w in words if not (w.casefold() in own or (state and demonyms().get(w.lower()) == state))
        ] or words
    if words[0].lower() in load_vocabulary().past:
        words[0] = words[0].lower()  # "Former president" opens a sentence
    return " ".join(words), owner.name if owner is not None else office.of


def _is_called(actor: Actor, of: str | None) -> bool:
    if of is None or actor.type is ActorType.PERSON:
        return False
    state = actor.type is ActorType.STATE and actor.country == of
    named = (actor.name, actor.key.rpartition("|")[0], *actor.printed)
    return state or of.casefold() in {each.casefold() for each in named}


def _held(title: str, of: str | None, offices: list[Office]) -> Held:
    since = next((office.since for office in offices if office.since), None)
    until = next((office.until for office in offices if office.until), None)
    return Held(title, of, since, until, len(offices))


def _same_title(title: str) -> str:
    """What two prints of a title have in common: "foreign ministry's spokeswoman", "Foreign Ministry spokeswoman"."""
    return title.casefold().replace("’s ", " ").replace("'s ", " ")
