"""Findings of as many disputes as are wanted, from a few that were annotated: the same coverage under other names.

Annotating 100,000 articles takes hours and tells nothing of relating them. Here places, people and states of one
dispute are exchanged for another's in its texts and records, and every span is moved with them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Protocol

from benchmarks.generate import DISPUTE, make_dispute
from onrecord.lexicon.loader import load_lexicon
from onrecord.records.documents import hash_text
from onrecord.records.findings import Findings
from onrecord.records.spans import Span

AWAY = 1000  # renamed disputes are numbered far from those that the generator writes itself


def renamed_findings(base: Sequence[tuple[int, Findings]], number: int) -> Findings:
    """The findings with this number: those of the base in turn, each round under new names.

    base: the number of each generated article with its findings. The first round is the base itself.
    """
    place, found = base[number % len(base)]
    round_ = number // len(base)
    if not round_:
        return found
    old, new = make_dispute(place // DISPUTE), make_dispute(AWAY * round_ + place // DISPUTE)
    return rename(found, exchange_names(old, new), new.begins - old.begins)


def rename(findings: Findings, names: Mapping[str, str], later: timedelta) -> Findings:
    """The findings as if the text held the other names, so much later. Every record moves with its words."""
    move = _Move(findings.document.text, names, later)
    moved: Findings = move.value(findings)
    text = move.words(findings.document.text)
    return replace(moved, document=replace(moved.document, id=hash_text(text), text=text))


class Named(Protocol):
    """Whose names are exchanged: the sides (name, seat, adjective), people and places of a dispute."""

    sides: list[tuple[str, str, str]]
    people: list[str]
    places: list[str]


def exchange_names(one: Named, two: Named) -> dict[str, str]:
    """What each name of one dispute is in the other."""
    names: dict[str, str] = {}
    for old, new in zip(_names(one.people, one.places), _names(two.people, two.places), strict=True):
        names.setdefault(old, new)
    for old_state, new_state in zip(one.sides, two.sides, strict=True):
        names |= dict(zip(_forms(old_state), _forms(new_state), strict=True))
    return names


def _names(people: Sequence[str], places: Sequence[str]) -> list[str]:
    """Places, full names, then surnames: "Marett" alone is what follows "Ilva"."""
    listed = [*places, *people, *(person.split()[-1] for person in people), *(person.split()[0] for person in people)]
    return [form for name in listed for form in (name, name.lower(), name.upper())]


def _forms(state: tuple[str, str, str]) -> list[str]:
    known = {str(each["name"]): each for each in load_lexicon("states")["states"]}[state[0]]
    words = [form for name in state for form in (name, name.lower(), name.upper())]
    return [*words, str(known["qid"]), str(known["iso"])]


@dataclass(frozen=True)
class _Move:
    """Old names to new ones in one text, and where each offset of the old text falls in the new one."""

    text: str
    names: Mapping[str, str]
    later: timedelta

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        listed = sorted(self.names, key=len, reverse=True)
        return re.compile(r"\b(?:" + "|".join(map(re.escape, listed)) + r")\b")

    def words(self, text: str) -> str:
        return self.pattern.sub(lambda found: self.names[found.group()], text)

    @cached_property
    def offsets(self) -> list[int]:
        """For each offset of the old text the new one; those within a name are kept within it."""
        moved: list[int] = []
        shift = last = 0
        for found in self.pattern.finditer(self.text):
            moved += [place + shift for place in range(last, found.start())]
            new = len(self.names[found.group()])
            moved += [found.start() + shift + min(place, new) for place in range(len(found.group()))]
            shift, last = shift + new - len(found.group()), found.end()
        return [*moved, *(place + shift for place in range(last, len(self.text) + 1))]

    def value(self, value: Any) -> Any:
        """The value with its texts and spans moved, whatever record holds them."""
        if isinstance(value, Span):
            return Span(self.offsets[value.start], self.offsets[value.end])
        if type(value) is str:
            return self.words(value)
        if isinstance(value, date):
            return value + self.later
        if isinstance(value, tuple):
            return tuple(self.value(each) for each in value)
        if is_dataclass(value) and not isinstance(value, type):
            kept = {each.name: getattr(value, each.name) for each in fields(value)}
            return replace(value, **{name: self.value(each) for name, each in kept.items() if name != "text"})
        return value
