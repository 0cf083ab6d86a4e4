"""Characters that make a text look other than it reads: noted, never removed."""

import re
import unicodedata
from collections.abc import Iterator

from onrecord.records.spans import Span

# Unicode UAX #9: embeddings, overrides and isolates can show a quotation in another order than it is stored.
DIRECTION_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Zero-width joiners inside emoji and Indic scripts are ordinary; between Latin letters they hide a difference.
HIDDEN_IN_LATIN = re.compile("(?<=[A-Za-z])[\u200b\u200c\u200d\u2060\ufeff\u00ad](?=[A-Za-z])")
# A Latin letter beside a Greek or Cyrillic one. The word around it is looked for afterwards: a pattern for the whole
# word would take quadratic time on a text without spaces.
MIXED_PAIR = re.compile(r"[A-Za-z\u00c0-\u024f][\u0370-\u052f]|[\u0370-\u052f][A-Za-z\u00c0-\u024f]")
LONGEST_WORD = 100  # characters on either side of the pair


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
    end = 0
    for match in MIXED_PAIR.finditer(text):
        if match.start() < end or not is_mixed(match.group()):
            continue
        start, end = match.span()
        while start > 0 and match.start() - start < LONGEST_WORD and is_letter(text[start - 1]):
            start -= 1
        while end < len(text) and end - match.end() < LONGEST_WORD and is_letter(text[end]):
            end += 1
        yield Span(start, end)


def is_letter(character: str) -> bool:
    """Whether the character continues a word."""
    return character.isalnum() or character == "_"


def is_mixed(pair: str) -> bool:
    """Whether the two letters are of two scripts, one of them Latin."""
    return {"LATIN"} < {script_of(letter) for letter in pair}


def script_of(letter: str) -> str:
    """The script a letter's Unicode name starts with: LATIN, CYRILLIC, GREEK, ..."""
    return unicodedata.name(letter, "UNKNOWN").split(" ", 1)[0]
