"""Names compared across spellings: accents, alphabets and each language's way of writing another's sounds.

A key brings two names together for comparison; it never merges them. `same_person` also asks the given names, and its
caller asks type, country and role.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations, product

from rapidfuzz.distance import Levenshtein

from onrecord.lexicon.loader import load_lexicon
from onrecord.lexicon.vocabulary import load_vocabulary

MOST_READINGS = 12  # of one word; real names have at most eight
OTHER_START = 0.1  # two pairs of the tuned half end alike and begin differently
SAME = 0.70  # the tuned half has no pair between .69 (two people) and .83 (one); see evaluation/names.py
TWO_NAMES = 0.6  # "Tim" and "Tom": both known, hence two names, however alike


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Lower case, without accents and stops, apostrophes dropped, everything else one space apart."""
    if name.isascii():
        return " ".join(name.lower().translate(_ASCII).split())
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    plain = plain.casefold().translate(_LETTERS)
    kept = "".join(c if c.isalnum() else "" if c in "'’ʼ`´." else " " for c in plain)
    return " ".join(kept.split())


_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})
_ASCII = {code: None if chr(code) in "'`." else " " for code in range(128) if not chr(code).isalnum()}
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))


def surname(name: str) -> str:
    """The folded word by which a person is named alone: the last one that is no suffix ("Jr."); empty for no word."""
    words = [word for word in fold(name).split() if word not in _SUFFIXES]
    return words[-1] if words else ""


@lru_cache(maxsize=8192)
def is_mixed_script(name: str) -> bool:
    """Whether one word mixes Latin letters with look-alikes of another alphabet."""
    if name.isascii():
        return False
    return any(len({_script(c) for c in word if c.isalpha()}) > 1 for word in name.split())


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split()[0]


@dataclass(frozen=True, slots=True)
class NameMatch:
    """How alike two names are, 0..1, and why."""

    score: float
    reason: str

    @property
    def same(self) -> bool:
        """Whether the score reaches the tuned bound."""
        return self.score >= SAME


@dataclass(frozen=True, slots=True)
class _Reading:
    """A word in consonant classes and vowel classes."""

    consonants: str
    vowels: str


@dataclass(frozen=True, slots=True)
class _Rules:
    letters: Mapping[str, str]
    pattern: re.Pattern[str]
    consonants: Mapping[str, tuple[str, ...]]
    vowels: Mapping[str, str]
    endings: tuple[str, ...]
    patronymics: tuple[str, ...]
    given: tuple[tuple[str, ...], ...]  # each line one name
    forming: tuple[tuple[str, ...], ...]  # each line one ending, folded


@cache
def _rules() -> _Rules:
    lists = load_lexicon("names")
    units = sorted((*lists["readings"], *lists["vowels"]), key=len, reverse=True)
    return _Rules(
        lists["letters"],
        re.compile("|".join(units)),
        {spelling: tuple(classes) for spelling, classes in lists["readings"].items()},
        lists["vowels"],
        tuple(lists["endings"]),
        tuple(lists["patronymics"]),
        tuple(map(tuple, lists["given"])),
        tuple(tuple(map(fold, line)) for line in lists["forming"]),
    )


@lru_cache(maxsize=8192)
def _readings(word: str) -> frozenset[_Reading]:
    """The ways a word may be read, its foreign endings kept and cut."""
    rules = _rules()
    spelled = "".join(rules.letters.get(c, c) for c in unicodedata.normalize("NFC", word).casefold())
    plain = fold(spelled).replace(" ", "")
    cut = [plain[: -len(end)] for end in rules.endings if plain.endswith(end) and len(plain) - len(end) >= 3]
    begun = ["d" + plain] if plain.startswith("j") else []  # "j" in English and Tatar spellings
    mute = [_MUTE_H.sub("", plain)] if _MUTE_H.search(plain) else []  # "Stahl" is heard as "Shtal" is
    return frozenset(reading for form in (plain, *cut, *begun, *mute) for reading in _read(form, rules))


_MUTE_H = re.compile(r"(?<=[aeiouy])h(?=[lmnr])")  # it only makes the vowel long, in German and its neighbours


def _read(plain: str, rules: _Rules) -> list[_Reading]:
    units = rules.pattern.findall(plain)
    vowels = "".join(rules.vowels[unit] for unit in units if unit in rules.vowels)
    ways = [rules.consonants[unit] for unit in units if unit in rules.consonants]
    found = [_Reading(_once("".join(way)), _once(vowels)) for way in product(*ways)]
    return found[:MOST_READINGS] if len(found) > MOST_READINGS else found


def _once(classes: str) -> str:
    """The classes with repeats run together."""
    return "".join(c for i, c in enumerate(classes) if not i or c != classes[i - 1])


def same_person(name_a: str, name_b: str) -> NameMatch:
    """How likely two printed names are one person's, by the names alone.

    Nothing is to be merged on this alone: type, country and role must agree as well. Mixed-script names score 0.
    """
    if is_mixed_script(name_a) or is_mixed_script(name_b):
        return NameMatch(0.0, "letters of several alphabets in one word")
    if fold(name_a) == fold(name_b):
        return NameMatch(1.0, "same letters")
    one, other = _parts(name_a), _parts(name_b)
    if not one or not other:
        return NameMatch(0.0, "no words to compare")
    last = surnames_alike(one[-1], other[-1])
    if len(one) == 1 or len(other) == 1:
        return NameMatch(0.8 * last, f"one surname alone; surnames alike {last:.2f}")
    first = _given_alike(one[0], other[0])
    return NameMatch(min(last, first), f"surnames alike {last:.2f}, given names alike {first:.2f}")


def _parts(name: str) -> tuple[str, ...]:
    """The words without suffixes, initials between others, and patronymics."""
    split = re.split(r"[\s\u00a0]+", name.strip())
    if len(split) > 1:
        split = [*re.split(r"[-‐‑]", split[0]), *split[1:]]  # "Abdel-Fattah" and "Abdel Fattah"
    words = [word for word in split if fold(word) and fold(word) not in _SUFFIXES]
    inner = [word for word in words[1:-1] if len(fold(word)) > 1 and not fold(word).endswith(_rules().patronymics)]
    return tuple([*words[:1], *inner, *words[-1:]] if len(words) > 1 else words)


def skeletons(word: str) -> frozenset[str]:
    """The consonants a word may be read with: what its spellings share. For finding what to compare, never to merge."""
    return frozenset(reading.consonants for reading in _readings(word))


LIKENESS = 0.85  # of two words: from here on they share a mark (`sounding_marks`)


@lru_cache(maxsize=8192)
def sounding_marks(word: str) -> frozenset[str]:
    """What a word shares with every word at least LIKENESS alike: its consonants, also without as many of them as such
    words may differ in (one of five). Words that share a mark need not be alike.

    Vowels count a quarter, so that consonants must be four fifths alike.
    """
    return frozenset(mark for reading in _readings(word) for mark in _shortened(reading.consonants))


def _shortened(consonants: str) -> Iterator[str]:
    for fewer in range(len(consonants) // 5 + 1):
        yield from map("".join, combinations(consonants, len(consonants) - fewer))


def spelling_marks(name: str) -> frozenset[str]:
    """The marks under which a full name stands for others that may be the same person's (`same_person`)."""
    return _name_marks(name, f"{_given(name)[:1]}*")


def spelling_marks_sought(name: str) -> frozenset[str]:
    """Marks of which whatever full name `same_person` finds LIKENESS alike, with a surname that can be read the same,
    stands under one.
    """
    given = _given(name)
    return _name_marks(name, f"{given}*" if len(given) == 1 else f"{given[:1]}.")


def _name_marks(name: str, initial: str) -> frozenset[str]:
    """Each reading of the surname, with each mark of the given name. initial: one more of these."""
    parts = _parts(name)
    if not parts:
        return frozenset()
    given = {*sounding_marks(parts[0]), *(f"#{line}" for line in _lines_of(parts[0])), initial}
    given |= {f"{_given(name)}."} if len(_given(name)) == 1 else set()
    return frozenset(f"{reading} {mark}" for reading in skeletons(surname(name)) for mark in given)


def _given(name: str) -> str:
    """The folded given name, or its initial."""
    parts = _parts(name)
    return fold(parts[0]) if parts else ""


def surnames_alike(one: str, other: str) -> float:
    """As words, less a little where no reading of the two begins alike ("Vlasenko", "Leshchenko"), and no more than
    two names are where they are formed otherwise ("Kovalenko", "Kovalchuk").
    """
    formed = _formed(fold(one)), _formed(fold(other))
    if None not in formed and formed[0] != formed[1]:
        return min(TWO_NAMES, _surname_score(one, other))
    return _surname_score(one, other)


@lru_cache(maxsize=8192)
def _formed(word: str) -> int | None:
    """Which of the listed endings a folded surname is formed by; foreign endings behind it are cut first."""
    rules = _rules()
    plain = [word, *(word[: -len(end)] for end in rules.endings if word.endswith(end))]
    found = [
        (len(ending), number)
        for number, endings in enumerate(rules.forming)
        for ending in endings
        for form in plain
        if form.endswith(ending) and len(form) > len(ending) + 1
    ]
    return max(found)[1] if found else None


def _surname_score(one: str, other: str) -> float:
    begin = [{reading.consonants[:1] for reading in _readings(word)} for word in (one, other)]
    return _alike(one, other) - (0.0 if begin[0] & begin[1] else OTHER_START)


def _alike(one: str, other: str) -> float:
    """How alike two words are, 0..1: their consonants first, then their vowels."""
    pairs = product(_readings(one), _readings(other))
    return max((_reading_score(a, b) for a, b in pairs), default=0.0)


def _reading_score(one: _Reading, other: _Reading) -> float:
    consonants = Levenshtein.normalized_similarity(one.consonants, other.consonants)
    vowels = Levenshtein.normalized_similarity(one.vowels, other.vowels)
    return 0.75 * consonants + 0.25 * vowels


def _given_alike(one: str, other: str) -> float:
    a, b = fold(one), fold(other)
    if len(a) == 1 or len(b) == 1:
        return 0.85 if a[:1] == b[:1] else 0.0
    if _lines_of(one) & _lines_of(other):
        return 0.95
    alike, known = _alike(one, other), load_vocabulary().given
    return min(alike, TWO_NAMES) if alike < 0.9 and one in known and other in known else alike


@lru_cache(maxsize=8192)
def _lines_of(given: str) -> frozenset[int]:
    """The lines of equal given names in which a name is read like one of theirs."""
    return frozenset(number for reading in _readings(given) for number in _line_readings().get(reading, ()))


@cache
def _line_readings() -> Mapping[_Reading, frozenset[int]]:
    found: dict[_Reading, set[int]] = {}
    for number, line in enumerate(_rules().given):
        for reading in (reading for name in line for reading in _readings(name)):
            found.setdefault(reading, set()).add(number)
    return {reading: frozenset(numbers) for reading, numbers in found.items()}
