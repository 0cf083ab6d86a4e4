"""Whether the happenings a text names are asserted or denied, going on or broken off.

"There will be no talks", "Ukraine will withdraw from the talks" and "the talks are over" say one thing: `-talks`.
"Will not leave the talks" says the contrary.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.redlines.concepts import Hit, Meaning, enders, small_words
from onrecord.redlines.words import Word

REACH = 8  # words from "close themselves off" to "talks" in the longest such phrase met while writing the rules
AFTER = 8
STOPS = frozenset(".;:!?")
WITHIN = frozenset({"on", "of", "about", "for", "over", "the", "its", "their", "a"})
PARTING = frozenset({"and", "or", "but", "while", "so", "because"})
# Words behind which a participle describes: "its disputed dam" denies nothing.
DESCRIBED = frozenset(
    {"the", "a", "an", "its", "their", "his", "her", "this", "that", "these", "those", "of", "in", "over", "any"}
)
JOINTS = frozenset({"and", "or", "nor", "of", "with", "for"})


@dataclass(frozen=True, slots=True)
class Signed:
    """events: `+group` or `-group`. used: places of words that only turned a sign.

    negated: a negation is left over. broken: a word of breaking off is left over ("drops the opera").
    """

    events: tuple[str, ...]
    used: frozenset[int]
    negated: bool
    broken: bool


def sign_events(text: str, words: Sequence[Word], meanings: Sequence[Hit[Meaning]]) -> Signed:
    """The events among the meanings, each with its sign."""
    return _Walk(text, words, meanings).read()


class _Walk:
    """The words of one text, and which of its negations and breakings-off have found their event."""

    def __init__(self, text: str, words: Sequence[Word], meanings: Sequence[Hit[Meaning]]) -> None:
        self.text, self.words = text, words
        self.events = [hit for hit in meanings if hit.value.group.role == "event"]
        self.things = {hit.first for hit in meanings if hit.value.group.role == "thing"}
        self.negators = [hit for hit in small_words("negators").find(words) if not _is_within(hit, meanings)]
        denied = {place for hit in self.negators for place in _places(hit)}  # "nothing left": nobody leaves
        self.events = [hit for hit in self.events if hit.first not in denied]
        self.enders = [
            hit for hit in enders().find(words) if hit.first not in denied and not self._names_somebody(hit.first)
        ]
        self.after = list(small_words("enders_after").find(words))
        self.taken: set[int] = set()

    def _names_somebody(self, place: int) -> bool:
        """Whether a word is printed as a part of a name ("the Desert Guard fired")."""
        inside = self.words[max(0, place - 1) : place + 2]
        return 0 < place < len(self.words) - 1 and all(word.capitalised for word in inside[1:])

    def read(self) -> Signed:
        """The signed events in reading order. "Withdraw from talks" is about talks, and is no withdrawal beside."""
        broken = {event: ender for event in self.events if (ender := self._ender_before(event)) is not None}
        swallowed = {place for ender in broken.values() for place in _places(ender)}
        kept = [event for event in self.events if event.first not in swallowed]
        signed = tuple(f"{self._sign(event, broken.get(event))}{event.value.group.name}" for event in kept)
        left = sum(1 for hit in self.negators if hit.first not in self.taken)
        loose = any(hit.first not in self.taken for hit in self.enders)
        return Signed(signed, frozenset(self.taken), left % 2 == 1, loose)

    def _sign(self, event: Hit[Meaning], ender: Hit[str] | None) -> str:
        odd = event.value.ended or ender is not None  # "shut every door to an agreement" ends it once, not twice
        if not odd and event.value.group.endable:
            odd = self._ended_after(event)
        before = self._negator_before(event, ender or event)
        odd ^= before is not None or self._negator_after(event)
        return "-" if odd else "+"

    def _ender_before(self, event: Hit[Meaning]) -> Hit[str] | None:
        if not event.value.group.endable:
            return None
        objects = {place for place in self.things if place != event.first - 1}  # "stop fuel deliveries" stops these
        return self._nearest(self.enders, event, event, objects)

    def _negator_before(self, event: Hit[Meaning], start: Hit[Meaning] | Hit[str]) -> Hit[str] | None:
        return self._nearest(self.negators, event, start, set())

    def _nearest(
        self, turns: Sequence[Hit[str]], event: Hit[Meaning], start: Hit[Meaning] | Hit[str], barriers: set[int]
    ) -> Hit[str] | None:
        """The last of `turns` that reaches `start` and is not yet taken by an event that stands before this one."""
        for turn in reversed(turns):
            if turn.last >= start.first:
                continue
            if start.first - turn.last > REACH or self._stopped(turn.last, start.first):
                return None
            if any(turn.last < place < event.first for place in barriers):
                return None
            if turn.first in self.taken and not self._joined(turn, event):
                return None
            self.taken.update(_places(turn))
            return turn
        return None

    def _joined(self, turn: Hit[str], event: Hit[Meaning]) -> bool:
        """Whether only a list of other events lies between ("no talks and no trade")."""
        between = [hit for hit in self.events if turn.last < hit.first < event.first]
        gap = self.words[between[-1].last + 1 : event.first] if between else ()
        return bool(between) and len(gap) <= 2 and all(word.folded in JOINTS for word in gap)

    def _stopped(self, last: int, first: int) -> bool:
        return any(mark in STOPS for mark in self.text[self.words[last].end : self.words[first].start])

    def _parted(self, last: int, first: int) -> bool:
        """Whether another clause begins in between: "seize it and never give it back" denies no seizure."""
        between = self.words[last + 1 : first]
        gap = self.text[self.words[last].end : self.words[first].start]
        return self._stopped(last, first) or "," in gap or any(word.folded in PARTING for word in between)

    def _ended_after(self, event: Hit[Meaning]) -> bool:
        """Whether it is said behind the event that it is over ("the vote is called off"), and not denied there."""
        for hit in self.after:
            near = 0 < hit.first - event.last <= AFTER
            if near and not self._stopped(event.last, hit.first) and not self._other_between(event, hit.first):
                self.taken.update(_places(hit))
                return not self._negated_between(event, hit)
        return False

    def _negator_after(self, event: Hit[Meaning]) -> bool:
        """Whether its own verb is denied behind it ("the vote is not held"), with no other happening to be denied."""
        if any(other.first > event.last for other in self.events):
            return False
        for hit in self.negators:
            near = 0 < hit.first - event.last <= AFTER
            if near and hit.first not in self.taken and not self._parted(event.last, hit.first):
                self.taken.update(_places(hit))
                return True
        return False

    def _other_between(self, event: Hit[Meaning], first: int) -> bool:
        """Whether another event stands in between that is no part of this one ("the treaty on fishing")."""
        last = event.last
        for other in self.events:
            if last < other.first < first:
                if any(word.folded not in WITHIN for word in self.words[last + 1 : other.first]):
                    return True
                last = other.last
        return False

    def _negated_between(self, event: Hit[Meaning], hit: Hit[str]) -> bool:
        inside = [turn for turn in self.negators if event.last < turn.first < hit.first]
        self.taken.update(turn.first for turn in inside)
        return len(inside) % 2 == 1


def _describes(hit: Hit[str], words: Sequence[Word]) -> bool:
    """Whether a participle stands where an adjective does."""
    return hit.first > 0 and words[hit.first].folded.endswith("ed") and words[hit.first - 1].folded in DESCRIBED


def _is_within(hit: Hit[str], meanings: Sequence[Hit[Meaning]]) -> bool:
    """Whether a word is a part of a phrase that means something as a whole ("nothing to talk about")."""
    return any(each.first <= hit.first and hit.last <= each.last for each in meanings)


def _places(hit: Hit[str] | Hit[Meaning]) -> range:
    return range(hit.first, hit.last + 1)
