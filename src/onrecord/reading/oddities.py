"""Characters that make a text look other than it reads: noted, never removed."""

import re
import unicodedata
from collections.abc import Iterator

from onrecord.records.spans import Span

# Unicode UAX #9: embeddings, overrides and isolates can show a quotation in another order than it is stored.
DIRECTION_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Zero-width joiners inside emoji and Indic scripts are ordinary; between Latin letters they hide a difference.
HIDDEN_IN_LATIN = re.compile("(?<=[A-Za-z])[\u200b\u200c\u200d\u2060\ufeff\u00ad](?=[A-Za-z])")
MAYBE_MIXED = re.compile(r"\w*(?:[A-Za-z\u00c0-\u024f][\u0370-\u052f]|[\u0370-\u052f][A-Za-z\u00c0-\u024f])\w*")


def find_oddities(text: str) -> tuple[str, ...]:
    """Notes on a text: `mixed_direction:N`, `mixed_script:N` (words), `hidden_characters:N`."""
    counts = {
        "mixed_direction": len(DIRECTION_CONTROLS.findall(text)),
        "mixed_script": sum(1 for _ in find_mixed_words(text)),
        "hidden_characters": len(HIDDEN_IN_LATIN.findall(text)),
    }
    return tuple(f"{note}:{count}" for note, count in counts.items() if count)


def find_mixed_words(text: str) -> Iterator[Span]:
    """Words that mix Latin letters with Greek or Cyrillic ones, as a look-alike name does."""
    for match in MAYBE_MIXED.finditer(text):
        if {"LATIN"} < {script_of(letter) for letter in match.group() if letter.isalpha()}:
            yield Span(*match.span())


def script_of(letter: str) -> str:
    """The script a letter's Unicode name starts with: LATIN, CYRILLIC, GREEK, ..."""
    return unicodedata.name(letter, "UNKNOWN").split(" ", 1)[0]
