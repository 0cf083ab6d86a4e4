"""The word lists about people, roles, bodies and places, as sets that are looked up word by word."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.lexicon.loader import load_lexicon
from onrecord.lexicon.tokens import Token, split_words
from onrecord.records.actors import ActorType


@dataclass(frozen=True, slots=True)
class Pronoun:
    """What a pronoun says of whom it means. gender: male, female, thing or None."""

    person: int
    number: str
    gender: str | None
    possessive: bool
    relative: bool


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The lists of roles.yml, pronouns.yml, given_names.yml and common_words.yml. All words in lower case but names."""

    honorifics: Mapping[str, str]  # "Mrs." -> female
    offices: Mapping[str, str]  # "foreign minister" -> foreign_minister
    generic: frozenset[str]
    persons: frozenset[str]
    gendered: Mapping[str, str]  # "spokeswoman" -> female
    kin: frozenset[str]
    also_adjectives: frozenset[str]
    speaks_for: frozenset[str]
    groups: frozenset[str]
    unnamed: frozenset[str]
    bodies: frozenset[str]
    carriers: frozenset[str]
    modifiers: frozenset[str]
    past: frozenset[str]
    present: frozenset[str]
    heads: Mapping[str, ActorType]  # last word of a capitalised name -> its type
    other_heads: frozenset[str]
    never: frozenset[str]
    particles: frozenset[str]
    connectors: frozenset[str]
    suffixes: frozenset[str]
    given: Mapping[str, str]  # "Olena" -> female
    common: frozenset[str]
    pronouns: Mapping[str, Pronoun]
    indefinite: frozenset[str]
    covers: Mapping[str, frozenset[str]]  # "leader" -> president, chancellor, ...
    parties: Mapping[str, str]  # "gop" -> republican
    function: frozenset[str]
    determiners: frozenset[str]
    stops: frozenset[str]
    saying: frozenset[str]
    locating: frozenset[str]
    peoples: frozenset[str]
    verbs: frozenset[str]
    roles: frozenset[str]  # every noun by which a single person is named without a name


@cache
def load_vocabulary() -> Vocabulary:
    """The word lists that ship with the package. Raises LexiconError if one is missing."""
    roles, pronouns, small = load_lexicon("roles"), load_lexicon("pronouns"), load_lexicon("small_words")
    gendered = {word: gender for gender in ("female", "male") for word in roles[gender]}
    persons = frozenset(roles["persons"]) | frozenset(_singulars(roles)) - frozenset(roles["bodies"])
    return Vocabulary(
        honorifics={word.lower(): gender for gender, words in roles["honorifics"].items() for word in words},
        offices=roles["offices"],
        persons=persons,
        roles=persons | gendered.keys() | frozenset(roles["kin"]),
        gendered=gendered,
        heads=_heads(roles),
        covers={noun: frozenset(others) for noun, others in roles["covers"].items()},
        parties=roles["parties"],
        given=_given(),
        common=frozenset(load_lexicon("common_words")["words"].split()),
        pronouns={word: _pronoun(entry) for word, entry in pronouns["pronouns"].items()},
        indefinite=frozenset(pronouns["indefinite"]),
        groups=frozenset(roles["groups"]) | frozenset(map(_plural, roles["persons"])),
        **{name: frozenset(roles[name]) for name in _ROLE_SETS},
        **{name: frozenset(small[name].split()) for name in _SMALL_SETS},
    )


_ROLE_SETS = (
    *(
        "kin",
        "generic",
        "also_adjectives",
        "speaks_for",
        "unnamed",
        "bodies",
        "carriers",
        "modifiers",
        "past",
        "present",
        "other_heads",
    ),
    *("never", "particles", "connectors", "suffixes"),
)
_SMALL_SETS = ("function", "determiners", "stops", "saying", "locating", "peoples", "verbs")


def _plural(noun: str) -> str:
    """The plural ("envoys", "deputies"); compounds in -man are listed in full."""
    return noun[:-1] + "ies" if noun[-1] == "y" and noun[-2] not in "aeiou" else noun + "s"


def _singulars(roles: Mapping[str, Any]) -> Iterable[str]:
    """The singular of regular plurals: "employees" stand in the list of groups, one "employee" is a person."""
    plural = (noun for noun in roles["groups"] if noun not in roles["no_singular"])
    return (noun[:-1] for noun in plural if noun.endswith("s") and not noun.endswith(("ss", "ies", "ches", "us")))


def _heads(roles: Mapping[str, Any]) -> Mapping[str, ActorType]:
    kinds = {"body_heads": ActorType.BODY, "outlet_heads": ActorType.OUTLET, "place_heads": ActorType.PLACE}
    return {word: kind for name, kind in kinds.items() for word in roles[name]}


def _given() -> Mapping[str, str]:
    names = load_lexicon("given_names")
    return {name: gender for gender in ("male", "female", "either") for name in names[gender].split()}


def _pronoun(entry: Mapping[str, Any]) -> Pronoun:
    flags = bool(entry.get("possessive")), bool(entry.get("relative"))
    return Pronoun(entry["person"], entry["number"], entry.get("gender"), *flags)


class Gazetteer:
    """Known names by their words: finds the longest one that begins at a word."""

    def __init__(self, names: Mapping[str, ActorType]) -> None:
        self._single: dict[str, ActorType] = {}
        self._longer: dict[tuple[str, str], list[tuple[tuple[str, ...], ActorType]]] = {}  # by the first two words
        for name, kind in names.items():
            words = split_words(name)
            if len(words) == 1:
                self._single[words[0]] = kind
            elif words:
                self._longer.setdefault((words[0], words[1]), []).append((words, kind))
        for entries in self._longer.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def match(self, tokens: tuple[Token, ...], at: int) -> tuple[int, ActorType] | None:
        """Where the longest known name beginning at token `at` ends (exclusive), and its type."""
        if at + 1 < len(tokens):
            for words, kind in self._longer.get((tokens[at].text, tokens[at + 1].text), ()):
                end = at + len(words)
                if end <= len(tokens) and _spelled(tokens, at, end, words):
                    return end, kind
        single = self._single.get(tokens[at].text)
        return (at + 1, single) if single is not None else None


def _spelled(tokens: tuple[Token, ...], at: int, end: int, words: tuple[str, ...]) -> bool:
    inner = all(tokens[i].text == words[i - at] and tokens[i].joined for i in range(at + 1, end))
    return inner and not any(tokens[i].owns for i in range(at, end - 1))


@cache
def known_names() -> Mapping[str, ActorType]:
    """Every name the shipped knowledge lists print, with its type; a seat of power is a place until it speaks."""
    names: dict[str, ActorType] = {}
    for entry in load_lexicon("states")["states"]:
        names |= dict.fromkeys(entry.get("seats", ()), ActorType.PLACE)
        names |= dict.fromkeys((entry["name"], *entry.get("aliases", ())), ActorType.STATE)
    for section, kind in _SECTIONS.items():
        for entry in load_lexicon("bodies")[section]:
            names |= dict.fromkeys((entry["name"], *entry.get("aliases", ())), kind)
    for regions in load_lexicon("bodies")["regions"].values():
        names |= dict.fromkeys(regions, ActorType.PLACE)
    for entry in load_lexicon("people")["people"]:
        names |= dict.fromkeys((entry["name"], *entry.get("aliases", ())), ActorType.PERSON)
    return {name: kind for name, kind in names.items() if name[0].isupper() or name[0].isdigit()}


_SECTIONS = {
    "bodies": ActorType.BODY,
    "seats": ActorType.BODY,
    "outlets": ActorType.OUTLET,
    "places": ActorType.PLACE,
    "blocs": ActorType.GROUP,
}


@cache
def demonyms() -> Mapping[str, str]:
    """Adjectives and peoples of states, in lower case, with the state's ISO code ("ukrainian" -> UA)."""
    found: dict[str, str] = {}
    for entry in load_lexicon("states")["states"]:
        forms: Iterable[str] = (*entry.get("adjectives", ()), *entry.get("people", ()))
        found |= {form.lower(): entry["iso"] for form in forms if form != "US"}
    return found


@cache
def capitals() -> Mapping[str, str]:
    """Cities and seats that stand for a state when they act, in lower case, with its ISO code ("moscow" -> RU)."""
    return {seat.lower(): entry["iso"] for entry in load_lexicon("states")["states"] for seat in entry.get("seats", ())}
