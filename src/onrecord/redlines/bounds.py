"""Conditions that ask for an amount ("more than 500 soldiers"), and amounts in reports."""

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.redlines.concepts import labelled_words, synonyms
from onrecord.redlines.numbers import is_number, read_number
from onrecord.redlines.words import Word, split_words

AFTER = {("or", "more"): "above", ("or", "less"): "below", ("or", "fewer"): "below"}
NEAR = 3  # words between an amount and the noun it counts ("500 more foreign soldiers")


@dataclass(frozen=True, slots=True)
class Bound:
    """An amount that must be passed or reached. unit: the group or stem of what is counted."""

    above: bool
    value: float
    unit: str
    printed: str

    def holds(self, quantity: float) -> bool:
        """Whether an amount passes it. "At least" and "more than" are not told apart by one unit."""
        return quantity >= self.value if self.above else quantity <= self.value


def find_bound(text: str) -> Bound | None:
    """The first amount with a word of measure before it; None if there is none."""
    words = split_words(text)
    for hit in labelled_words("bounds").find(words):
        if hit.last + 1 < len(words):
            value = read_number(text, words[hit.last + 1])
            unit = _unit(words, hit.last + 1)
            if value is not None and unit is not None:
                printed = text[words[hit.first].start : words[min(hit.last + 2, len(words) - 1)].end]
                return Bound(hit.value == "above", value, unit, printed)
    return next(_bounds_behind(text, words), None)


def _bounds_behind(text: str, words: tuple[Word, ...]) -> Iterator[Bound]:
    """Amounts with the word of measure behind what is counted ("300 kilometres or more")."""
    for place, word in enumerate(words):
        value, unit = read_number(text, word), _unit(words, place)
        if value is None or unit is None:
            continue
        for last in range(place + 2, min(place + NEAR + 1, len(words) - 1)):
            label = AFTER.get((words[last].folded, words[last + 1].folded))
            if label is not None:
                yield Bound(label == "above", value, unit, text[word.start : words[last + 1].end])


def find_quantity(text: str, unit: str) -> float | None:
    """The first amount in a text that counts this unit; None if there is none."""
    words = split_words(text)
    for place, word in enumerate(words):
        value = read_number(text, word)
        if value is not None and _unit(words, place, unit) == unit:
            return value
    return None


def _unit(words: tuple[Word, ...], place: int, wanted: str | None = None) -> str | None:
    """What the amount at a place counts: the wanted unit if it stands near, else the group or stem of the next word."""
    near = words[place + 1 : place + 1 + NEAR]
    keys = [_key(word) for word in near if not is_number(word)]
    if wanted is not None:
        return wanted if wanted in keys else None
    return keys[0] if keys else None


def _key(word: Word) -> str:
    hit = next(synonyms().find((word,)), None)
    return f"~{hit.value.group.name}" if hit is not None else word.stem
