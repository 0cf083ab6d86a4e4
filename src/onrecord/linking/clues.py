"""Clues to what kind of thing a name stands for, by the words around it: the table of lexicon/settling.yml.

Every clue that holds gives its votes; the type with most votes wins, and the reasons are kept.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.lexicon.loader import load_lexicon
from onrecord.lexicon.patterns import any_of
from onrecord.lexicon.vocabulary import load_vocabulary
from onrecord.linking.names import fold
from onrecord.records.actors import ActorType
from onrecord.records.spans import Span

REACH = 60  # characters looked at on each side of a name
TWICE = 2  # a rule votes at most so often for one name: ten times "in Bekland" is no more than twice
ENOUGH = 1.0  # votes below this settle nothing
STATE_ENOUGH = 2.0  # from here on what speaks for a place speaks for the state


@dataclass(frozen=True, slots=True)
class Clue:
    """One rule of the table."""

    of: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    type: ActorType
    weight: float
    reason: str
    behind: str | None = None  # the kind of word right before the name: a title or a form of address

    def holds(self, before: str, after: str) -> bool:
        """Whether the words on both sides of a name fit the rule."""
        if self.behind is not None and not _is_behind(self.behind, before):
            return False
        fits_after = self.after is None or self.after.match(after) is not None
        return fits_after and (self.before is None or self.before.search(before) is not None)


@cache
def load_clues() -> tuple[Clue, ...]:
    """The rules of lexicon/settling.yml."""
    lists = load_lexicon("settling")
    words = {name: f"(?i:{any_of(_alternatives(listed))})" for name, listed in lists["words"].items()}
    return tuple(_read(raw, words) for raw in lists["evidence"])


def _alternatives(listed: str) -> list[str]:
    """The words of a list; a space inside one is written with a backslash."""
    return [word.replace("\\ ", r"\s") for word in re.findall(r"(?:\\ |\S)+", listed)]


@cache
def _titles() -> frozenset[str]:
    return load_vocabulary().roles - set(load_lexicon("settling")["not_titles"])


def _is_behind(kind: str, before: str) -> bool:
    """Whether a name stands right behind a title, or a form of address in capitals."""
    words = before.split()
    if not words or before[-1:] not in (" ", "\u00a0"):
        return False
    if kind == "honorific":
        return words[-1][0].isupper() and words[-1].lower() in load_vocabulary().honorifics
    return words[-1].lower() in _titles()


def _read(raw: Mapping[str, Any], words: Mapping[str, str]) -> Clue:
    before, after = (_compile(raw.get(side), words) for side in ("before", "after"))
    return Clue(
        raw["of"], before, after, ActorType(raw["type"]), float(raw["weight"]), raw["reason"], raw.get("behind")
    )


def _compile(pattern: str | None, words: Mapping[str, str]) -> re.Pattern[str] | None:
    if pattern is None:
        return None
    for name, listed in words.items():
        pattern = pattern.replace("{" + name + "}", listed)
    return re.compile(pattern.replace(r"\s", r"[\s\u00a0]"))


@dataclass(slots=True)
class Ballot:
    """The votes for one name's type, with the reasons of each type."""

    votes: dict[ActorType, float]
    reasons: dict[ActorType, list[str]]

    @classmethod
    def empty(cls) -> "Ballot":
        """A ballot without votes."""
        return cls(defaultdict(float), defaultdict(list))

    def vote(self, kind: ActorType, weight: float, reason: str) -> None:
        """Add one vote."""
        self.votes[kind] += weight
        if weight > 0 and reason not in self.reasons[kind]:
            self.reasons[kind].append(reason)

    def withdraw(self, kind: ActorType) -> None:
        """Take back all votes for one type."""
        self.votes.pop(kind, None)

    def winner(self) -> tuple[ActorType, float]:
        """The type with most votes and how many; UNKNOWN where none has enough. A state is also a place."""
        votes = dict(self.votes)
        if votes.get(ActorType.STATE, 0.0) >= STATE_ENOUGH:
            votes[ActorType.STATE] += max(0.0, votes.pop(ActorType.PLACE, 0.0))
        if not votes:
            return ActorType.UNKNOWN, 0.0
        best = max(sorted(votes), key=lambda kind: votes[kind])
        return (best, votes[best]) if votes[best] >= ENOUGH else (ActorType.UNKNOWN, 0.0)

    def why(self, kind: ActorType) -> str:
        """The reasons for a type in words."""
        return ", ".join(self.reasons[kind])


def vote_on(text: str, named: Iterable[Span], demonyms: Iterable[Span], ballot: Ballot) -> None:
    """Add what the surroundings of a name's occurrences, and of its people's name, say."""
    given: Counter[Clue] = Counter()
    places = [("name", span) for span in named] + [("demonym", span) for span in demonyms]
    for form, span in places:
        for clue in clues_at(text, span, form):
            given[clue] += 1
            if given[clue] <= TWICE:
                ballot.vote(clue.type, clue.weight, clue.reason)


def clues_at(text: str, span: Span, form: str = "name") -> Iterator[Clue]:
    """The rules that hold for one occurrence."""
    return _holding(_clues_of(form), text, span)


@cache
def _clues_of(form: str) -> tuple[Clue, ...]:
    return tuple(clue for clue in load_clues() if clue.of == form)


def _holding(clues: Iterable[Clue], text: str, span: Span) -> Iterator[Clue]:
    before, after = text[max(0, span.start - REACH) : span.start], text[span.end : span.end + REACH]
    before = before.rsplit("\n", 1)[-1]
    return (clue for clue in clues if clue.holds(before, after))


def is_titled(text: str, span: Span) -> bool:
    """Whether a title or a form of address stands right before a name."""
    return any(_holding(_title_clues(), text, span))


TITLE = 3.0  # the weight of the rules that read a title


@cache
def _title_clues() -> tuple[Clue, ...]:
    return tuple(clue for clue in _clues_of("name") if clue.type is ActorType.PERSON and clue.weight >= TITLE)


@cache
def body_nouns() -> frozenset[str]:
    """Last words of bodies' names."""
    listed = (word for word, kind in load_vocabulary().heads.items() if kind is ActorType.BODY)
    return frozenset((*listed, *load_lexicon("settling")["body_nouns"]))


def demonyms_of(name: str) -> frozenset[str]:
    """What a country's people and things may be called, folded, plurals included."""
    base = fold(name)
    rules = load_lexicon("settling")["demonyms"]
    cut = ((base.removesuffix(rule["cut"]), rule["add"]) for rule in rules if base.endswith(rule["cut"]))
    forms = {stem + ending for stem, ending in cut if len(stem) > 1}
    shortest = int(load_lexicon("settling")["shortest_demonym"])
    long = {form for form in forms if len(form) >= shortest}
    return frozenset(long | {form + "s" for form in long})


def lands_of(name: str) -> frozenset[str]:
    """The names, folded, of countries whose people or things may be called so (`demonyms_of`)."""
    base, rules = fold(name), load_lexicon("settling")["demonyms"]
    forms = (base, base.removesuffix("s"))
    lands = {f.removesuffix(rule["add"]) + rule["cut"] for f in forms for rule in rules if f.endswith(rule["add"])}
    return frozenset(land for land in lands if base in demonyms_of(land))
