"""Words of a text, and the stems by which they are compared."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from onrecord.lexicon.loader import load_lexicon

WORD = re.compile(r"[^\W_]+(?:['’\-‑][^\W_]+)*")
MAY = re.compile(r"(?<=\w )May\b")
POSSESSIVE = re.compile(r"['’]s?$")
DASHES = str.maketrans("‑’ʼ", "-''")

# Longest first; each with the fewest letters that must stay before it. Compared, not printed: what matters is that the
# forms of one word fall together ("annexation", "annexed", "annexing") and those of two words seldom do.
ENDINGS = (
    ("izations", "iz", 3),
    ("isations", "iz", 3),
    ("ization", "iz", 3),
    ("isation", "iz", 3),
    ("ations", "", 4),
    ("ation", "", 4),
    ("ments", "", 4),
    ("ment", "", 4),
    ("ators", "", 4),
    ("ator", "", 4),
    ("ating", "", 4),
    ("ated", "", 4),
    ("ates", "", 4),
    ("ate", "", 4),
    ("ities", "", 4),
    ("ity", "", 4),
    ("ising", "iz", 3),
    ("izing", "iz", 3),
    ("ised", "iz", 3),
    ("ized", "iz", 3),
    ("ises", "iz", 3),
    ("izes", "iz", 3),
    ("ise", "iz", 3),
    ("ize", "iz", 3),
    ("ions", "", 3),
    ("ion", "", 3),
    ("ings", "", 3),
    ("ing", "", 3),
    ("ies", "y", 2),
    ("ied", "y", 2),
    ("ers", "", 4),
    ("er", "", 4),
    ("ors", "", 4),
    ("or", "", 4),
    ("ed", "", 3),
    ("es", "", 3),
    ("ly", "", 4),
    ("s", "", 3),
    ("e", "", 3),
)
UNDOUBLED = frozenset("bdfgmnprt")  # "stopped" loses one p, "called" keeps both l


class Word(NamedTuple):
    """One word of a text: as printed, where, folded (no case, accents or possessive), and its stem."""

    printed: str
    start: int
    end: int
    folded: str
    stem: str

    @property
    def capitalised(self) -> bool:
        """Whether it is printed with a capital first letter."""
        return self.printed[0].isupper()


@lru_cache(maxsize=20_000)
def split_words(text: str) -> tuple[Word, ...]:
    """The words of a text in reading order. A hyphened word is its parts unless the whole is in the word lists."""
    found: list[Word] = []
    for match in WORD.finditer(text):
        start = match.start()
        for place, part, folded, stemmed in _split_printed(match.group()):
            found.append(Word(part, start + place, start + place + len(part), folded, stemmed))
    return tuple(found)


@lru_cache(maxsize=20_000)
def without_month(text: str) -> str:
    """The text without May, the month: "on 3 May" says of nothing that it only may be. At the beginning it stays."""
    return MAY.sub("", text)


@lru_cache(maxsize=20_000)
def list_forms(text: str) -> tuple[str, ...]:
    """The words of a text as `split_words` folds them: all that most lists need, at a third of its price."""
    return tuple(folded for printed in WORD.findall(text) for _, _, folded, _ in _split_printed(printed))


@lru_cache(maxsize=100_000)
def _split_printed(printed: str) -> tuple[tuple[int, str, str, str], ...]:
    """The words of one that may hold hyphens: where each begins, as printed, folded and its stem."""
    words, place = [], 0
    for part in printed.replace("‑", "-").split("-"):
        if part:
            folded = fold(part)
            words.append((place, part, folded, stem(folded)))
        place += len(part) + 1
    return tuple(words)


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """The text without case, accents, possessive endings and typographic variants of dash and apostrophe."""
    plain = unicodedata.normalize("NFKD", text.translate(DASHES).casefold())
    bare = "".join(each for each in plain if not unicodedata.combining(each))
    return POSSESSIVE.sub("", bare)


@lru_cache(maxsize=100_000)
def stem(folded: str) -> str:
    """The stem of a folded word, for comparing only; of a noun for a deed that of its verb."""
    return derived_nouns().get(folded) or stem_verb(folded)


def stem_verb(folded: str) -> str:
    """The stem of a word without a look at the nouns of deeds."""
    known = irregular_forms().get(folded)
    if known is not None:
        return known
    current = _plain_ending(folded)
    for ending, instead, fewest in ENDINGS:
        if current.endswith(ending) and len(current) - len(ending) >= fewest and not current.endswith("ss"):
            return _undouble(current[: -len(ending)], ending) + instead
    return current


def _plain_ending(folded: str) -> str:
    """Without a plural s, so that the other endings are seen; "ss" and "us" are no plurals."""
    if len(folded) > 4 and folded.endswith("s") and not folded.endswith(("ss", "us", "is", "es")):
        return folded[:-1]
    return folded


def _undouble(left: str, ending: str) -> str:
    doubled = len(left) > 3 and left[-1] == left[-2] and left[-1] in UNDOUBLED
    if doubled and ending in ("ed", "ing", "er", "ers"):
        return left[:-1]
    if ending in ("ation", "ations", "ion", "ions", "ing", "ed", "er", "ers", "or", "ors") and left.endswith("e"):
        return left[:-1]
    return left


@cache
def irregular_forms() -> dict[str, str]:
    """Forms that no ending explains ("held", "fell"), each with the stem of its verb."""
    listed: dict[str, list[str]] = load_lexicon("irregular")["forms"]
    return {form: base for base, forms in listed.items() for form in (*forms, base)}


@cache
def derived_nouns() -> dict[str, str]:
    """Nouns of deeds and their plurals, each with the stem of its verb: "suspension" and "suspend"."""
    listed: dict[str, list[str]] = load_lexicon("derived")["nouns"]
    return {form: stem_verb(verb) for verb, nouns in listed.items() for noun in nouns for form in (noun, noun + "s")}
