"""Numbers in a text, in digits or in words."""

import re

from onrecord.redlines.words import Word

NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
LARGER = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000}
UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
WORDS = {word: value for value, word in enumerate(UNITS)} | LARGER  # the rest is printed in digits


def is_number(word: Word) -> bool:
    """Whether a word is a number."""
    return word.folded in WORDS or word.folded[0].isdigit()


def read_number(text: str, word: Word) -> float | None:
    """The number that begins at a word, thousands marked by commas; None if none does."""
    match = NUMBER.match(text, word.start)
    if match is not None:
        return float(match.group().replace(",", ""))
    value = WORDS.get(word.folded)
    return float(value) if value is not None else None
