"""Which words name the same happening or thing: the synonym groups, and how they are found in a text."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any, Generic, TypeVar

from onrecord.errors import LexiconError
from onrecord.lexicon.loader import load_lexicon
from onrecord.redlines.words import Word, split_words

Value = TypeVar("Value")
Key = tuple[str, ...]
BY_STEM: Callable[[Word], str] = attrgetter("stem")
BY_FORM: Callable[[Word], str] = attrgetter("folded")


@dataclass(frozen=True, slots=True)
class Group:
    """Words that mean the same. role: event, act or thing. endable: can be broken off. implies: a thing beside it."""

    name: str
    role: str
    endable: bool
    implies: str | None


@dataclass(frozen=True, slots=True)
class Hit(Generic[Value]):
    """A word or phrase of a list, found at words `first` to `last`, both included."""

    first: int
    last: int
    value: Value


class Phrases(Generic[Value]):
    """Words and phrases with a value each; the longest phrase wins, and no two hits overlap."""

    def __init__(self, by: Callable[[Word], str], entries: Iterable[tuple[str, Value]]) -> None:
        self._by = by
        self._listed: dict[str, list[tuple[Key, Value]]] = {}
        for phrase, value in entries:
            self._add(tuple(by(word) for word in split_words(phrase)), value, phrase)
        for entries_of in self._listed.values():
            entries_of.sort(key=lambda entry: -len(entry[0]))

    def _add(self, key: Key, value: Value, phrase: str) -> None:
        if not key:
            raise LexiconError(f"a word list entry needs a word: got {phrase!r}")
        same = [other for known, other in self._listed.get(key[0], []) if known == key]
        if same and same[0] != value:
            raise LexiconError(f"{phrase!r} may stand in one list only: got {same[0]} and {value}")
        if not same:
            self._listed.setdefault(key[0], []).append((key, value))

    def find(self, words: Sequence[Word]) -> Iterator[Hit[Value]]:
        """The hits in reading order."""
        place = 0
        keys = list(map(self._by, words))
        if self._listed.keys().isdisjoint(keys):
            return
        while place < len(keys):
            hit = self._find_at(keys, place) if keys[place] in self._listed else None
            if hit is None:
                place += 1
            else:
                yield hit
                place = hit.last + 1

    def stand_in(self, keys: Sequence[str]) -> bool:
        """Whether any of them stands among words that are given by what they are compared by."""
        if self._listed.keys().isdisjoint(keys):
            return False
        places = (place for place, key in enumerate(keys) if key in self._listed)
        return any(self._find_at(keys, place) is not None for place in places)

    def _find_at(self, keys: Sequence[str], place: int) -> Hit[Value] | None:
        """The longest entry that begins here, with a word that some entry begins with."""
        for key, value in self._listed[keys[place]]:
            if tuple(keys[place : place + len(key)]) == key:
                return Hit(place, place + len(key) - 1, value)
        return None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word of the synonym list says: its group, and whether the phrase itself says that it is over."""

    group: Group
    ended: bool


@cache
def synonyms() -> Phrases[Meaning]:
    """The synonym groups, by stem. Raises LexiconError where one word stands in two groups."""
    return Phrases(BY_STEM, (*_list_meanings(load_lexicon("synonyms")["groups"]), *_list_like_words()))


def _list_meanings(groups: Iterable[Mapping[str, object]]) -> Iterator[tuple[str, Meaning]]:
    for listed in groups:
        implies = str(listed["implies"]) if "implies" in listed else None
        group = Group(str(listed["name"]), str(listed["role"]), bool(listed.get("endable", False)), implies)
        for ended, field in ((False, "words"), (True, "ended")):
            for phrase in listed.get(field, ()):  # type: ignore[attr-defined]
                yield str(phrase), Meaning(group, ended)


def _list_like_words() -> Iterator[tuple[str, Meaning]]:
    """The words that WordNet adds to the groups. Raises KeyError where a group is not in synonyms.yml."""
    groups: dict[str, Group] = {}
    for _, meaning in _list_meanings(load_lexicon("synonyms")["groups"]):
        groups.setdefault(meaning.group.name, meaning.group)
    added: Mapping[str, list[str]] = load_lexicon("like_words")["words"]
    yield from ((str(phrase), Meaning(groups[name], False)) for name, phrases in added.items() for phrase in phrases)


@cache
def listed_phrases(lexicon: str, name: str) -> Phrases[str]:
    """One of the plain lists of a lexicon, compared by form; the value of each hit is the list's name."""
    return Phrases(BY_FORM, ((str(phrase), name) for phrase in load_lexicon(lexicon)[name]))


def small_words(name: str) -> Phrases[str]:
    """One of the plain lists of lexicon/gist.yml (`negators`, `enders_after`, ...), compared by form."""
    return listed_phrases("gist", name)


@cache
def enders() -> Phrases[str]:
    """Words that break off what follows, compared by stem."""
    return Phrases(BY_STEM, ((str(phrase), "enders") for phrase in load_lexicon("gist")["enders"]))


@cache
def labelled_words(name: str) -> Phrases[str]:
    """A list of lexicon/gist.yml whose entries stand under labels (`stages`, `scale`, `bounds`), compared by form."""
    listed: Mapping[str, list[str]] = load_lexicon("gist")[name]
    return Phrases(BY_FORM, ((str(phrase), label) for label, phrases in listed.items() for phrase in phrases))


@cache
def function_words() -> frozenset[str]:
    """Words that name nothing by themselves, folded."""
    listed: str = load_lexicon("gist")["function_words"]
    return frozenset(listed.split())


@cache
def contraries() -> tuple[tuple[str, frozenset[str]], ...]:
    """Sets of words that exclude each other, by stem or as `~group`, each with its reason."""
    listed = load_lexicon("gist")["contraries"]
    return tuple((str(each["reason"]), frozenset(_term(str(word)) for word in each["words"])) for each in listed)


def _term(word: str) -> str:
    return word if word[0] in "~+-" else split_words(word)[0].stem


@cache
def are_near(one: str, other: str) -> bool:
    """Whether two groups may be used of one happening."""
    return other in _near().get(one, frozenset())


def near_groups(one: str) -> frozenset[str]:
    """The groups that may be used of one happening with this one, whichever of the two says so."""
    return _near().get(one, frozenset()) | {other for other, near in _near().items() if one in near}


@cache
def _near() -> Mapping[str, frozenset[str]]:
    groups: list[Mapping[str, Any]] = load_lexicon("synonyms")["groups"]
    return {str(each["name"]): frozenset(each["near"]) for each in groups if "near" in each}


@cache
def are_opposite(one: str, other: str) -> bool:
    """Whether two groups say the contrary of one another."""
    return other in _opposites().get(one, frozenset())


def opposite_groups(one: str) -> frozenset[str]:
    """The groups that say the contrary of this one."""
    return _opposites().get(one, frozenset())


@cache
def _opposites() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for each in load_lexicon("synonyms")["groups"]:
        for other in each.get("opposite", ()):
            found.setdefault(str(each["name"]), set()).add(str(other))
            found.setdefault(str(other), set()).add(str(each["name"]))
    return {name: frozenset(others) for name, others in found.items()}


@cache
def composites() -> Mapping[tuple[str, str], str]:
    """What an event group and a thing group mean together, by (event, thing)."""
    listed: list[Mapping[str, str]] = load_lexicon("gist")["composites"]
    return {(each["event"], each["thing"]): each["means"] for each in listed}


@cache
def kin_of(event: str) -> str:
    """What a signed event counts as among consequences: its kin, else the event itself."""
    return _kin().get(event, event)


@cache
def _kin() -> Mapping[str, str]:
    groups: list[dict[str, str]] = load_lexicon("synonyms")["groups"]
    going = {f"+{each['name']}": f"+{each['kin']}" for each in groups if "kin" in each}
    return going | {f"-{each['name']}": f"+{each['ended_kin']}" for each in groups if "ended_kin" in each}
