"""The gist of a short text: which happenings it names, whether they are denied or broken off, how far they have come,
who does them and where. Two conditions are compared by their gists, and so are a condition and a reported event.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from functools import cache, lru_cache
from typing import Any

from onrecord.lexicon.loader import load_lexicon
from onrecord.redlines.concepts import (
    Hit,
    Meaning,
    composites,
    contraries,
    function_words,
    labelled_words,
    small_words,
    synonyms,
)
from onrecord.redlines.names import Kind, Name, find_names, is_everyday
from onrecord.redlines.numbers import is_number
from onrecord.redlines.signs import sign_events
from onrecord.redlines.weights import word_weight
from onrecord.redlines.words import Word, split_words

KEPT = 20_000  # gists kept in memory: each text is read several times while its line is formed
EVENT_WEIGHT = 1.5  # a happening tells two conditions apart better than any single rare word (at most 1.0)
THING_WEIGHT = 0.7  # a thing less than a rare word: "territory" stands in every line of a territorial dispute
ACT_WEIGHT = 0.5
SUBJECTS = frozenset({"they", "he", "she", "it", "we"})  # a verb follows, whichever it is
HEAD = 3  # words that stand before a tail: fewer are no clause of their own


class Stage(IntEnum):
    """How far a happening has come; PLANNED < ANNOUNCED < DONE."""

    PLANNED = 1
    ANNOUNCED = 2
    DONE = 3


class Part(StrEnum):
    """The part a name plays, mostly by the preposition before it. Only names in like parts are compared."""

    AGENT = "agent"
    PLACE = "place"  # in, at, near, on
    OF = "of"  # whose land or thing it is
    TO = "to"
    FROM = "from"
    WITH = "with"
    OBJECT = "object"  # behind a verb or happening, without a preposition
    CALLED = "called"  # what a ship or the like is called: "the gunboat Ormi"; no party
    HOLDER = "holder"  # "Morrow-controlled": who holds the land, told differently by every outlet


@dataclass(frozen=True, slots=True)
class Gist:
    """What a short text is about.

    events: happenings with their sign: `+vote`, `-talks` (none, or broken off).
    terms: every group and stem that carries meaning, with its weight; events come with their sign.
    objects: the terms that are no event. forms: for each term the words that stand for it, folded.
    stage: how far the happening has come, None where no word tells.
    negated: an odd number of negations that belong to no event.
    contraries: members of sets of words that exclude each other, as (set number, stem).
    small, large: words that make it less or more than plain. undoing: it undoes what was done.
    """

    text: str
    events: frozenset[str]
    terms: Mapping[str, float]
    objects: Mapping[str, float]
    forms: Mapping[str, str]
    parts: Mapping[Part, tuple[Name, ...]]
    stage: Stage | None
    negated: bool
    contraries: frozenset[tuple[int, str]]
    small: tuple[str, ...]
    large: tuple[str, ...]
    undoing: bool

    def named(self, *parts: Part) -> tuple[Name, ...]:
        """The names that play one of these parts."""
        if not self.parts:
            return ()
        return tuple(name for part in parts for name in self.parts.get(part, ()))

    @property
    def acts(self) -> frozenset[str]:
        """What is done to or with a thing, where the lists know it as an act only ("~removal")."""
        return frozenset(self.objects) & _act_terms()

    @property
    def names(self) -> tuple[Name, ...]:
        """Every name."""
        return tuple(name for names in self.parts.values() for name in names)


@lru_cache(maxsize=KEPT)
def read_gist(text: str) -> Gist:
    """The gist of a text of a clause or a few sentences."""
    words = _before_tail(split_words(text))
    meanings = _raise_acts(tuple(synonyms().find(words)))
    signed = sign_events(text, words, meanings)
    happenings = _compose(signed.events, meanings)
    names = find_names(text, words)
    things = _weigh_things(meanings)
    stages = tuple(labelled_words("stages").find(words))
    own = frozenset(place for place in _places(names) if not is_everyday(words[place]))
    taken = _places(meanings) | own | _places(stages) | signed.used
    stems = _weigh_stems(words, taken)
    events = dict.fromkeys(happenings, EVENT_WEIGHT)
    scale = [(hit.value, _printed(words, hit)) for hit in labelled_words("scale").find(words)]
    return Gist(
        text=text,
        events=frozenset(happenings),
        terms=events | things | stems,
        objects=things | stems,
        forms=_find_forms(words, meanings, happenings)
        | {word.stem: word.folded for word in words if word.stem in stems},
        parts=_sort_names(names, words, meanings),
        stage=_find_stage(stages),
        negated=signed.negated is not (not happenings and signed.broken),
        contraries=_find_contraries(words, meanings, happenings),
        small=tuple(printed for label, printed in scale if label == "small"),
        large=tuple(printed for label, printed in scale if label == "large"),
        undoing=any(True for _ in small_words("undoing").find(words)),
    )


def _before_tail(words: Sequence[Word]) -> Sequence[Word]:
    """The words before a clause that only tells until when or despite what ("they fill it before a treaty is signed").

    What such a clause names has not happened, or is not what the text is about. "Before a court" opens no clause.
    """
    tails = _tails()
    opening = (n for n, word in enumerate(words) if n >= HEAD and word.folded in tails and _has_verb(words[n + 1 :]))
    return words[: next(opening, len(words))]


def _has_verb(words: Sequence[Word]) -> bool:
    carrying = _listed("auxiliaries") | SUBJECTS
    return any(word.folded in carrying or word.folded.endswith("ed") for word in words)


@cache
def _tails() -> frozenset[str]:
    return frozenset(str(word) for word in load_lexicon("redlines")["tails"])


def _printed(words: Sequence[Word], hit: Hit[str]) -> str:
    return " ".join(word.printed for word in words[hit.first : hit.last + 1])


def _sort_names(
    names: Sequence[Name], words: Sequence[Word], meanings: Sequence[Hit[Meaning]]
) -> Mapping[Part, tuple[Name, ...]]:
    sorted_names: dict[Part, list[Name]] = {}
    for name in names:
        sorted_names.setdefault(_part_of(name, words, meanings), []).append(name)
    return {part: tuple(found) for part, found in sorted_names.items()}


def _find_forms(words: Sequence[Word], meanings: Sequence[Hit[Meaning]], signed: Iterable[str]) -> dict[str, str]:
    signs = {event[1:]: event for event in signed}
    return {
        signs.get(hit.value.group.name, f"~{hit.value.group.name}"): " ".join(
            word.folded for word in words[hit.first : hit.last + 1]
        )
        for hit in meanings
    }


def _raise_acts(meanings: tuple[Hit[Meaning], ...]) -> tuple[Hit[Meaning], ...]:
    """The meanings, with an act that is a happening beside the things of the text as that ("cut the cable" is harm)."""
    things = {hit.value.group.name for hit in meanings}
    found = composites()
    raised = list(meanings)
    for place, hit in enumerate(meanings):
        group = hit.value.group
        means = next((found[group.name, each] for each in sorted(things) if (group.name, each) in found), None)
        if group.role == "act" and means is not None:
            raised[place] = replace(hit, value=replace(hit.value, group=replace(group, name=means, role="event")))
    return tuple(raised)


def _compose(signed: Iterable[str], meanings: Sequence[Hit[Meaning]]) -> tuple[str, ...]:
    """The events, each as what it means beside the things of the text ("send a battalion" is no delivery)."""
    things = [hit.value.group.name for hit in meanings]
    found = composites()
    return tuple(
        event[0] + next((found[event[1:], thing] for thing in things if (event[1:], thing) in found), event[1:])
        for event in signed
    )


def _weigh_things(meanings: Sequence[Hit[Meaning]]) -> dict[str, float]:
    weights = {"thing": THING_WEIGHT, "act": ACT_WEIGHT}
    implied = {f"~{hit.value.group.implies}": THING_WEIGHT for hit in meanings if hit.value.group.implies}
    return implied | {
        f"~{hit.value.group.name}": weights[hit.value.group.role] for hit in meanings if hit.value.group.role in weights
    }


def _weigh_stems(words: Sequence[Word], taken: frozenset[int]) -> dict[str, float]:
    """The words that stand in no group or list and are no name and no function word, each with its fixed weight."""
    return {
        word.stem: word_weight(word.stem)
        for place, word in enumerate(words)
        if place not in taken and word.folded not in _small_words() and len(word.folded) > 1 and not is_number(word)
    }


@cache
def _act_terms() -> frozenset[str]:
    return frozenset(f"~{each['name']}" for each in load_lexicon("synonyms")["groups"] if each["role"] == "act")


def _places(hits: Iterable[Hit[Any] | Name]) -> frozenset[int]:
    return frozenset(place for hit in hits for place in range(hit.first, hit.last + 1))


@cache
def _small_words() -> frozenset[str]:
    """Words that do not say what a text is about: function words, negators, and words that only pass judgement."""
    lists = load_lexicon("gist")
    return function_words() | frozenset(map(str, lists["negators"])) | frozenset(lists["judging_words"].split())


def _find_stage(stages: Iterable[Hit[str]]) -> Stage | None:
    """The lowest stage named: what is urged or planned to be held is not yet held."""
    return min((Stage[hit.value.upper()] for hit in stages), default=None)


def _find_contraries(
    words: Sequence[Word], meanings: Sequence[Hit[Meaning]], happenings: Iterable[str]
) -> frozenset[tuple[int, str]]:
    terms = {word.stem for word in words} | {f"~{hit.value.group.name}" for hit in meanings} | set(happenings)
    return frozenset((number, term) for number, (_reason, listed) in enumerate(contraries()) for term in listed & terms)


def _part_of(name: Name, words: Sequence[Word], meanings: Sequence[Hit[Meaning]]) -> Part:
    """By the word behind it ("Morrow-controlled", "Vellish land"), else by the preposition before, else by the verb."""
    behind = words[name.last + 1] if name.last + 1 < len(words) else None
    if behind is not None and behind.folded in _listed("holding"):
        return Part.HOLDER
    if _qualifies_thing(name, meanings):
        return Part.OF
    if name.known.kind is Kind.UNKNOWN and _is_called(name, meanings):
        return Part.CALLED
    before = _preposition_before(name, words)
    if before is not None:
        return _parts()[before]
    return Part.AGENT if _acts(name, words, meanings) else Part.OBJECT


def _qualifies_thing(name: Name, meanings: Sequence[Hit[Meaning]]) -> bool:
    """Whether the word behind a name is a thing that cannot act ("Ukrainian regions", "the Orle dam")."""
    return any(
        hit.first == name.last + 1
        and hit.value.group.role == "thing"
        and hit.value.group.name not in _listed("acting_things")
        for hit in meanings
    )


def _is_called(name: Name, meanings: Sequence[Hit[Meaning]]) -> bool:
    """Whether the word before a name is a ship or aircraft: then it is what that is called."""
    return any(hit.last == name.first - 1 and hit.value.group.name in _listed("called_things") for hit in meanings)


def _acts(name: Name, words: Sequence[Word], meanings: Sequence[Hit[Meaning]]) -> bool:
    """Whether a name without a preposition is the doer: before the first happening, and not of a passive."""
    if name.known.kind is Kind.PLACE:
        return False
    event = min((hit.first for hit in meanings if hit.value.group.role == "event"), default=None)
    verb = _first_verb(words)
    if event is None:
        return name.first < (verb if verb < len(words) else OPENING) and not _is_passive(words, verb)
    return name.first < event and name.first <= verb and not _is_passive(words, verb)


def _is_passive(words: Sequence[Word], verb: int) -> bool:
    """Whether the first verb is a form of "be" with a participle: what stands before it does not act."""
    if verb >= len(words) or words[verb].folded not in _listed("being"):
        return False
    following = (word.folded for word in words[verb + 1 : verb + 4])
    return any(word.endswith("ed") or word in _listed("participles") for word in following)


def _preposition_before(name: Name, words: Sequence[Word]) -> str | None:
    """The preposition whose phrase the name stands in, at most PHRASE words back."""
    for place in range(name.first - 1, max(-1, name.first - 1 - PHRASE), -1):
        folded = words[place].folded
        if folded in _parts():
            return folded
        if folded in _listed("auxiliaries") | _listed("conjunctions"):
            return None
    return None


OPENING = 3  # words in which a subject stands where no verb is known ("If Morrow ...")
PHRASE = 5  # "in any of the occupied regions of X" has "of"; a longer stretch without a verb is rare in conditions


@cache
def _parts() -> Mapping[str, Part]:
    listed: Mapping[str, list[str]] = load_lexicon("gist")["prepositions"]
    return {str(word): Part(part) for part, words in listed.items() for word in words}


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(str(word) for word in load_lexicon("gist")[name])


def _first_verb(words: Sequence[Word]) -> int:
    """Where the first modal or auxiliary stands; past the end if none does. One that opens the text is inverted."""
    listed = _listed("auxiliaries")
    return next((place for place, word in enumerate(words) if place and word.folded in listed), len(words))


def plain(terms: Iterable[str]) -> frozenset[str]:
    """The terms without the signs of happenings."""
    return frozenset(term.lstrip("+-") for term in terms)


def turn(condition: Gist) -> Gist:
    """The condition with every sign turned: what must happen for "unless" to take hold."""
    turned = {event: ("-" if event[0] == "+" else "+") + event[1:] for event in condition.events}
    terms = {turned.get(term, term): weight for term, weight in condition.terms.items()}
    negated = condition.negated if turned else not condition.negated
    return replace(condition, events=frozenset(turned.values()), terms=terms, negated=negated)


def land_names(gist: Gist) -> tuple[Name, ...]:
    """The names that tell where something is, or whose land it is."""
    return gist.named(Part.PLACE, Part.OF)


def scope_names(gist: Gist) -> tuple[Name, ...]:
    """The names that tell where, whose or to whom; doers and holders left out."""
    return gist.named(Part.PLACE, Part.OF, Part.TO, Part.FROM, Part.WITH, Part.OBJECT)
