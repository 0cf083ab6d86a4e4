"""Names in a text: which state each belongs to, and whether two of them can mean the same place or party.

What is known comes from the word lists (states, bodies, regions, people). A name in none of them is compared by its own
letters, so that an unknown state's name and its adjective still fall together.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from onrecord.lexicon.loader import load_lexicon
from onrecord.redlines.concepts import BY_FORM, Hit, Phrases, function_words
from onrecord.redlines.people import sound_of
from onrecord.redlines.words import POSSESSIVE, Word, fold, split_words

SHARED_LETTERS = 4  # "Sarravia" and "Sarravian" share 7, "Mali" and "Malian" 4; shorter beginnings are chance
MOST_LEFT = 4  # letters of the longer name behind those that both share


class Kind(StrEnum):
    """What a known name stands for."""

    STATE = "state"
    PLACE = "place"
    PERSON = "person"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Known:
    """A name of the word lists. key: one for all its spellings. states: ISO codes it belongs to, if known."""

    key: str
    kind: Kind
    states: frozenset[str]


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text, at words `first` to `last`, both included."""

    known: Known
    printed: str
    first: int
    last: int


class Relation(StrEnum):
    """How two names stand to each other."""

    SAME = "same"
    CONTAINED = "contained"
    UNRELATED = "unrelated"
    UNCLEAR = "unclear"


def find_names(text: str, words: Sequence[Word]) -> tuple[Name, ...]:
    """The names of a text in reading order, known ones and unknown ones."""
    listed = tuple(_find_known(words))
    taken = {place for name in listed for place in range(name.first, name.last + 1)}
    unknown = tuple(_find_unknown(text, words, taken))
    return tuple(sorted((*listed, *unknown), key=lambda name: name.first))


def relate_names(one: Known, other: Known) -> Relation:
    """How two names stand to each other, as far as the word lists or their letters tell."""
    if one.key == other.key:
        return Relation.SAME
    if Kind.UNKNOWN in (one.kind, other.kind):
        return Relation.SAME if _letters_agree(one, other) else Relation.UNRELATED
    if not one.states or not other.states:
        return Relation.UNCLEAR
    if not one.states & other.states:
        return Relation.UNRELATED
    return Relation.UNRELATED if one.kind is other.kind is Kind.PLACE else Relation.CONTAINED


def known_key(key: str) -> Known | None:
    """What an actor's key means as a name: a state by its Wikidata id or ISO code, else nothing known."""
    return _by_id().get(key.rsplit(":", 1)[-1])


def _find_known(words: Sequence[Word]) -> Iterator[Name]:
    for hit in _known_names().find(words):
        if words[hit.first].capitalised:
            yield _form_name(words, hit)


def _form_name(words: Sequence[Word], hit: Hit[Known]) -> Name:
    return Name(hit.value, _print(words[hit.first : hit.last + 1]), hit.first, hit.last)


def _print(words: Sequence[Word]) -> str:
    return POSSESSIVE.sub("", " ".join(word.printed for word in words))


def _find_unknown(text: str, words: Sequence[Word], taken: set[int]) -> Iterator[Name]:
    run: list[int] = []
    for place in range(len(words)):
        if place not in taken and _looks_like_name(words, place) and (not run or _adjoins(text, words, run[-1], place)):
            run.append(place)
            continue
        yield from _name_run(words, _with_epithet(text, words, run, taken))
        run = [place] if place not in taken and _looks_like_name(words, place) else []
    yield from _name_run(words, _with_epithet(text, words, run, taken))


def _with_epithet(text: str, words: Sequence[Word], run: list[int], taken: set[int]) -> list[int]:
    """The run with an everyday word before it that is printed as a part of the name ("in Coral Island")."""
    if not run or run[0] < 2 or _is_titled(words):
        return run
    before = run[0] - 1
    word = words[before]
    part = word.capitalised and word.folded not in function_words() and word.folded not in _never()
    return [before, *run] if part and before not in taken and _adjoins(text, words, before, run[0]) else run


def _name_run(words: Sequence[Word], run: list[int]) -> Iterator[Name]:
    if run:
        printed = _print([words[place] for place in run])
        yield Name(Known(fold(printed), Kind.UNKNOWN, frozenset()), printed, run[0], run[-1])


def _adjoins(text: str, words: Sequence[Word], last: int, place: int) -> bool:
    return place == last + 1 and text[words[last].end : words[place].start] in (" ", "-", "\u00a0")


def _looks_like_name(words: Sequence[Word], place: int) -> bool:
    """Whether a capitalised word is a name: not an everyday word, or one inside a text that is not all capitals."""
    word = words[place]
    if not word.capitalised or word.folded in function_words() or word.folded in _never():
        return False
    if word.folded not in _everyday():
        return True
    return place > 0 and not _is_titled(words) and words[place - 1].capitalised and place > 1


def _is_titled(words: Sequence[Word]) -> bool:
    """Whether most of the longer words are capitalised, as in a headline."""
    longer = [word for word in words if len(word.printed) > 3]
    return len(longer) > 2 and sum(word.capitalised for word in longer) > 0.6 * len(longer)


def _letters_agree(one: Known, other: Known) -> bool:
    """Whether one is the other's adjective, part or transliteration ("Sarravia", "Sarravian"; "Jelm", "Zhelm")."""
    if Kind.PERSON in (one.kind, other.kind):
        return False
    shorter, longer = sorted((one.key, other.key), key=len)
    if shorter in longer.split() or sound_of(shorter) == sound_of(longer):
        return True
    shared = next((place for place in range(len(shorter)) if shorter[place] != longer[place]), len(shorter))
    return shared >= SHARED_LETTERS and shared >= len(shorter) - 2 and len(longer) - shared <= MOST_LEFT


def is_everyday(word: Word) -> bool:
    """Whether a word is an everyday one, though it may stand in a name ("City Theatre")."""
    return word.folded in _everyday()


@cache
def _everyday() -> frozenset[str]:
    listed: str = load_lexicon("common_words")["words"]
    return frozenset(fold(word) for word in listed.split())


@cache
def _never() -> frozenset[str]:
    """Capitalised words that are no place or party: days, months, titles."""
    listed: str = load_lexicon("gist")["not_names"]
    return frozenset(listed.split())


@cache
def _known_names() -> Phrases[Known]:
    seen: dict[str, Known] = {}
    for form, known in _list_known():
        seen.setdefault(fold(form), known)
    return Phrases(BY_FORM, seen.items())


def _list_known() -> Iterator[tuple[str, Known]]:
    """Every form with what it means; where lists disagree the earlier one holds."""
    regions, bodies = load_lexicon("regions"), load_lexicon("bodies")
    for entry in regions["disputed"]:
        yield from _list_forms(entry["place"].split(" / "), Kind.PLACE, entry["states"])
    for state in load_lexicon("states")["states"]:
        yield from _list_state(state)
    for entry in bodies["places"]:
        yield from _list_forms((entry["name"], *entry.get("aliases", ())), Kind.PLACE, _states_of(entry))
    for iso, names in (*bodies["regions"].items(), *regions["places"].items()):
        for name in names:
            yield from _list_forms(name.split(" / "), Kind.PLACE, (iso,))
    for entry in bodies["seats"]:
        if len(str(entry["stands_for"])) == 2:
            known = Known(str(entry["stands_for"]), Kind.STATE, frozenset((str(entry["stands_for"]),)))
            yield from ((str(form), known) for form in (entry["name"], *entry.get("aliases", ())))
    for person in load_lexicon("people")["people"]:
        yield from _list_person(person)


def _list_forms(forms: Sequence[str], kind: Kind, states: Iterable[str]) -> Iterator[tuple[str, Known]]:
    known = Known(fold(forms[0]), kind, frozenset(states))
    yield from ((form, known) for form in forms)


def _list_state(state: Mapping[str, object]) -> Iterator[tuple[str, Known]]:
    known = Known(str(state["iso"]), Kind.STATE, frozenset((str(state["iso"]),)))
    yield str(state["name"]), known
    for field in ("aliases", "adjectives", "people", "seats"):
        yield from ((str(form), known) for form in state.get(field, ()))  # type: ignore[attr-defined]


def _list_person(person: Mapping[str, object]) -> Iterator[tuple[str, Known]]:
    known = Known(fold(str(person["name"])), Kind.PERSON, frozenset(_states_of(person)))
    forms = [str(person["name"]), *(str(form) for form in person.get("aliases", ()))]  # type: ignore[attr-defined]
    yield from ((form, known) for form in forms)
    yield from ((form.split()[-1], known) for form in forms)


def _states_of(entry: Mapping[str, object]) -> tuple[str, ...]:
    return (str(entry["country"]),) if entry.get("country") else ()


@cache
def _by_id() -> Mapping[str, Known]:
    found: dict[str, Known] = {}
    for state in load_lexicon("states")["states"]:
        known = Known(str(state["iso"]), Kind.STATE, frozenset((str(state["iso"]),)))
        found |= {str(state["iso"]): known, str(state["qid"]): known, fold(str(state["name"])): known}
    return found


def name_of(printed: str) -> Known:
    """What a printed name means: as the word lists say, else unknown under its own letters."""
    words = split_words(printed)
    names = find_names(printed, words)
    return names[0].known if names else Known(fold(printed), Kind.UNKNOWN, frozenset())
