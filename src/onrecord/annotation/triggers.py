"""Words that report an event: a verb with the object it needs, or a noun that names the event by itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.annotation.words import Kind, Word, verb_forms, word_classes
from onrecord.lexicon.loader import load_lexicon
from onrecord.records.findings import EventCode

Words = Sequence[Word]

OBJECT_REACH = 14  # words between a verb and the noun that makes its meaning sure
BARRED_REACH = 4  # words behind a verb among which a word of `never` bars it
SUBJECT_REACH = 6  # the same before a passive one: "a survey begun in 2011 was abandoned"
LED_REACH = 4  # words before a noun among which a word of `led_by` stands: "under Orlia's military control"
PARTICLE_REACH = 4  # words between a verb and its particle ("pulled its troops out")
_VERBAL = frozenset({Kind.FINITE, Kind.BASE, Kind.ING, Kind.PARTICIPLE})
_CLAUSE_BREAKS = frozenset(
    {"that", "because", "after", "before", "if", "unless", "until", "while", "when", "since", "who", "which"}
)


@dataclass(frozen=True, slots=True)
class TriggerRule:
    """One entry of `rules` in lexicon/events.yml."""

    number: int
    kind: str
    code: EventCode | None
    tone: str
    objects: tuple[tuple[str, ...], ...]
    subjects: frozenset[str]
    intransitive: bool = False
    never: frozenset[str] = frozenset()
    led_by: frozenset[str] = frozenset()
    not_after: frozenset[str] = frozenset()  # words right before a noun that make it another thing
    takes_names: bool = False  # a name may stand for the object ("seized Sarn"); whether of a place, the events ask


@dataclass(frozen=True, slots=True)
class Trigger:
    """A place where an event is named: word indices of the verb or noun, and of its object (-1 if it has none)."""

    rule: TriggerRule
    first: int
    last: int
    object: int
    nominal: bool


@dataclass(frozen=True, slots=True)
class _Lists:
    verbs: Mapping[str, tuple[tuple[tuple[str, ...], TriggerRule], ...]]  # by form: particles, rule
    nouns: Mapping[str, tuple[tuple[tuple[str, ...], TriggerRule], ...]]  # by first word: words, rule


@cache
def _lists() -> _Lists:
    verbs: dict[str, list[tuple[tuple[str, ...], TriggerRule]]] = {}
    nouns: dict[str, list[tuple[tuple[str, ...], TriggerRule]]] = {}
    for number, entry in enumerate(load_lexicon("events")["rules"]):
        rule = _rule(number, entry)
        for verb in entry.get("verbs", ()):
            base, *particles = verb.split()
            for form in dict.fromkeys(verb_forms(base)):
                verbs.setdefault(form, []).append((tuple(particles), rule))
        for noun in entry.get("nouns", ()):
            words = tuple(noun.split())
            nouns.setdefault(words[0], []).append((words, rule))
    return _Lists(
        {form: tuple(sorted(found, key=_sureness)) for form, found in verbs.items()},
        {first: tuple(sorted(found, key=lambda each: -len(each[0]))) for first, found in nouns.items()},
    )


def _rule(number: int, entry: Mapping[str, Any]) -> TriggerRule:
    plover = entry.get("plover")
    code = EventCode(plover, entry.get("mode"), None, entry.get("cameo")) if plover else None
    objects = tuple(form for name in entry.get("objects", ()) for form in _noun_forms(name))
    subjects = frozenset(entry.get("subjects", ()))
    return TriggerRule(
        number,
        entry["kind"],
        code,
        entry["tone"],
        objects,
        subjects,
        bool(entry.get("intransitive")),
        frozenset(entry.get("never", ())),
        frozenset(entry.get("led_by", ())),
        frozenset(entry.get("not_after", ())),
        bool(entry.get("takes_names")),
    )


def _noun_forms(name: str) -> tuple[tuple[str, ...], ...]:
    words = tuple(name.split())
    return words, (*words[:-1], words[-1] + "s")


def _sureness(entry: tuple[tuple[str, ...], TriggerRule]) -> tuple[bool, bool, int]:
    """Rules with an object, subject or particle first, then as listed."""
    particles, rule = entry
    return not (rule.objects or rule.subjects), not particles, rule.number


def find_triggers(words: Words) -> tuple[Trigger, ...]:
    """The triggers of a sentence in reading order; a noun that is a verb's object is no trigger of its own."""
    lists = _lists()
    verbs = [
        found
        for place, word in enumerate(words)
        if word.lower in lists.verbs and (found := _verb_trigger(words, place))
    ]
    taken = {place for trigger in verbs for place in (trigger.first, trigger.object)}
    nouns = [
        found
        for place, word in enumerate(words)
        if word.lower in lists.nouns and place not in taken and (found := _noun_trigger(words, place))
    ]
    nouns = [_as_over(words, noun) for noun in nouns]
    kept = [noun for noun in nouns if not any(place in taken for place in range(noun.first, noun.last))]
    return tuple(sorted((*_without_echoes(verbs), *kept), key=lambda trigger: trigger.first))


def _without_echoes(verbs: Sequence[Trigger]) -> Iterator[Trigger]:
    """The verbs, one for each object: "delay holding the vote" is one event and not two."""
    seen: set[tuple[int, str]] = set()
    for each in verbs:
        if each.object < 0 or (each.object, each.rule.kind) not in seen:
            seen.add((each.object, each.rule.kind))
            yield each


def _verb_trigger(words: Words, place: int) -> Trigger | None:
    if not _is_verb(words, place):
        return None
    if _names_something(words, place):
        return None
    for particles, rule in _lists().verbs[words[place].lower]:
        last = _particle_end(words, place, particles)
        if last < 0:
            continue
        found = _object(words, place, last, rule)
        if found is not None:
            return Trigger(rule, place, last, found, nominal=found < 0 and _is_noun_of_verb(words, place))
    return None


def _is_noun_of_verb(words: Words, place: int) -> bool:
    """Whether an article makes a noun of an -ing form: "the 10th meeting will be held"."""
    if words[place].kind is not Kind.ING:
        return False
    for word in reversed(words[max(0, place - NOUN_LEAD) : place]):
        if word.kind is Kind.DETERMINER:
            return True
        if word.kind not in (Kind.NOUN, Kind.NUMBER) or word.lower.endswith("s"):
            return False  # "the ministers meeting there"
    return False


NOUN_LEAD = 3  # words between an article and the -ing form it makes a noun


def _names_something(words: Words, place: int) -> bool:
    """Whether a form of "call" gives a name: "what they call a strike", "a body called the Assembly"."""
    if words[place].lower not in ("call", "calls", "called", "calling") or place + 1 >= len(words):
        return False
    asked = any(word.lower in ("what", "which", "whom") for word in words[max(0, place - 3) : place])
    marked = any(word.lower in _QUOTES for word in words[place + 1 : place + 3])
    return asked or (words[place].lower == "called" and (marked or _is_passive(words, place)))


_QUOTES = frozenset({'"', "“", "'", "‘"})


def _is_verb(words: Words, place: int) -> bool:
    word = words[place]
    if word.kind in _VERBAL:
        return not _modifies(words, place)
    if word.kind is Kind.NOUN and not word.capital and (_is_infinitive(words, place) or _is_present(words, place)):
        return True
    unknown = word.lower not in word_classes().also_nouns and word.lower not in word_classes().no_verbs
    return word.kind is Kind.NOUN and not word.capital and unknown and word.lower.endswith(("ed", "ing"))


def _is_infinitive(words: Words, place: int) -> bool:
    """Whether a word that is also a noun is an infinitive with an object: "unable to recapture the town"."""
    if not place or words[place - 1].lower != "to" or place + 1 >= len(words):
        return False
    behind = words[place + 1]
    return behind.kind is Kind.DETERMINER or (behind.kind is Kind.NOUN and behind.capital)


def _is_present(words: Words, place: int) -> bool:
    """Whether a word that is also a noun is what troops do: "troops now control the town"."""
    subject = place - 1
    while subject > 0 and words[subject].kind is Kind.ADVERB:
        subject -= 1
    if subject < 0 or place + 1 >= len(words) or words[subject].lower not in _many():
        return False
    return words[place + 1].kind in (Kind.DETERMINER, Kind.NOUN, Kind.NUMBER, Kind.ADVERB)


@cache
def _many() -> frozenset[str]:
    lists = load_lexicon("events")["parties"]
    return frozenset(word for word in (*lists["groups"], *lists["fighters"]) if word.endswith("s"))


def _modifies(words: Words, place: int) -> bool:
    """Whether a participle stands before its noun ("the occupied territories", "newly annexed land")."""
    if (
        place + 1 >= len(words)
        or words[place + 1].kind is not Kind.NOUN
        or not words[place].lower.endswith(("ed", "ing", "en"))
    ):
        return False
    before = words[place - 1] if place else None
    if before is None or _follows_auxiliary(words, place):
        return False
    if before.kind is Kind.COORDINATOR and is_number(words[place + 1]):
        return False  # "arrested the crew and seized nine boats"
    if words[place].kind is Kind.ING:
        return before.kind is Kind.DETERMINER or (
            before.kind is Kind.ADVERB and place > 1 and words[place - 2].kind is Kind.DETERMINER
        )
    led = before.kind in (Kind.DETERMINER, Kind.PREPOSITION, Kind.COORDINATOR, Kind.ADVERB)
    return led or before.lower.endswith(("'s", "s'"))


def is_number(word: Word) -> bool:
    """Whether a word is a number, in digits or in letters."""
    return word.kind is Kind.NUMBER or word.lower in load_lexicon("figures")["numbers"]


def _follows_auxiliary(words: Words, place: int) -> bool:
    """Whether a form of be or have stands before the participle, adverbs aside."""
    for word in reversed(words[max(0, place - 4) : place]):
        if word.kind in (Kind.AUXILIARY, Kind.CONTRACTED, Kind.MODAL) or word.lower in ("be", "been", "being", "have"):
            return True
        if word.kind is not Kind.ADVERB:
            return False
    return False


def _particle_end(words: Words, place: int, particles: tuple[str, ...]) -> int:
    """The place behind a verb and its particles; -1 if they are not there."""
    last = place + 1
    for particle in particles:
        limit = min(len(words), last + PARTICLE_REACH)
        found = next((at for at in range(last, limit) if words[at].lower == particle), -1)
        if found < 0:
            return -1
        last = found + 1
    return last


def _object(words: Words, place: int, last: int, rule: TriggerRule) -> int | None:
    """The place of the noun that the rule asks for, -1 where it asks for none, None where it is missing."""
    if rule.subjects:
        before = words[max(0, place - OBJECT_REACH) : place]
        if rule.kind == "death" and _is_named_subject(words, place):
            return -1
        return -1 if any(word.lower in rule.subjects for word in before) else None
    if rule.intransitive and last < len(words) and words[last].kind in (Kind.NOUN, Kind.DETERMINER, Kind.SUBORDINATOR):
        return None
    if _is_barred(words, place, last, rule):
        return None
    if not rule.objects:
        return -1
    ahead = _stretch(words, place + 1, min(len(words), last + OBJECT_REACH))
    if words[place].kind is Kind.PARTICIPLE and _is_passive(words, place):  # "was suspended and the borders closed"
        joined = next((at for at in ahead if words[at].kind is Kind.COORDINATOR), ahead.stop)
        ahead = range(ahead.start, joined)
    found = next((at for at in _find(words, ahead, rule.objects) if not _is_anothers(words, last, at)), None)
    if found is None and words[place].kind is Kind.PARTICIPLE:
        reach = OBJECT_REACH if _follows_auxiliary(words, place) else 2  # "a vote held", with nothing between
        behind = range(place - 1, max(-1, place - 1 - reach), -1)
        found = next((at for at in _find(words, behind, rule.objects) if not _is_led(words, at)), None)
    if found is None and rule.takes_names and named_object(words, place, last) >= 0:
        return -1
    return found


def _is_named_subject(words: Words, place: int) -> bool:
    """Whether a name stands right before the verb, adverbs and auxiliaries aside: "Marshal Haddo has died"."""
    at = place - 1
    while at >= 0 and words[at].kind in (Kind.ADVERB, Kind.AUXILIARY, Kind.MODAL):
        at -= 1
    return at >= 0 and words[at].capital and words[at].kind is Kind.NOUN


def named_object(words: Words, place: int, last: int) -> int:
    """The place of the capitalised word right behind a verb, or right before a passive one; -1 where there is none."""
    if words[place].kind is Kind.PARTICIPLE and _is_passive(words, place):
        at = place - 1
        while at > 0 and words[at].kind in (Kind.ADVERB, Kind.AUXILIARY, Kind.MODAL, Kind.BASE):
            at -= 1
        if at > 0 and words[at].lower in ("which", "that"):
            at -= 1 + (at > 1 and words[at - 1].lower == ",")  # "Sarn, which is controlled by rebels"
    else:
        at = last + (last < len(words) and words[last].lower == "the")
    owner = at < len(words) and words[at].lower.endswith(("'s", "s'"))  # "took Orlia's side"
    return at if at < len(words) and words[at].capital and words[at].kind is Kind.NOUN and not owner else -1


def _is_passive(words: Words, place: int) -> bool:
    """Whether a form of be stands before the participle, adverbs and auxiliaries aside."""
    for word in reversed(words[max(0, place - 4) : place]):
        if word.lower in ("is", "are", "was", "were", "be", "been", "being"):
            return True
        if word.kind not in (Kind.ADVERB, Kind.AUXILIARY, Kind.MODAL):
            return False
    return False


_BY_ITSELF = frozenset(
    {"bombing", "killing"}
)  # "the row blew up": what the subject of the verb in the active tells as well


def _is_barred(words: Words, place: int, last: int, rule: TriggerRule) -> bool:
    """Whether a word right behind the verb, or the subject of a passive one, tells that something else is meant."""
    if not rule.never:
        return False
    near = [word.lower for word in words[last : last + BARRED_REACH]]
    passive = _follows_auxiliary(words, place) and words[place].kind is Kind.PARTICIPLE
    if passive or rule.kind in _BY_ITSELF:
        near += [word.lower for word in words[max(0, place - SUBJECT_REACH) : place]]
    return not rule.never.isdisjoint(near)


def _is_anothers(words: Words, first: int, place: int) -> bool:
    """Whether the noun at `place` hangs on another noun behind the verb: "take the garrison off the islands"."""
    for at in range(place - 1, first, -1):
        word = words[at]
        if word.kind is Kind.PREPOSITION and word.lower not in ("of", "to"):
            head = words[at - 1]
            return head.kind is Kind.NOUN and head.lower not in _openings()
    return False


def _is_led(words: Words, place: int) -> bool:
    """Whether a preposition leads the noun at `place`: "from the islands were taken" takes no islands."""
    for word in reversed(words[max(0, place - 4) : place]):
        if word.kind is Kind.PREPOSITION:
            return word.lower != "of"
        if word.kind not in (Kind.DETERMINER, Kind.NOUN, Kind.NUMBER, Kind.ADVERB):
            return False
    return False


@cache
def _openings() -> frozenset[str]:
    return frozenset(load_lexicon("events")["openings"])


def _stretch(words: Words, first: int, last: int) -> range:
    for place in range(first, last):
        word = words[place]
        if word.is_finite or word.lower in _CLAUSE_BREAKS or word.lower in (";", ":", "?", "!"):
            return range(first, place)
    return range(first, last)


def _find(words: Words, places: range, objects: tuple[tuple[str, ...], ...]) -> Iterator[int]:
    """The places of the last words of objects, in the order of `places`."""
    for place in places:
        for name in objects:
            if words[place].lower == name[0] and tuple(word.lower for word in words[place : place + len(name)]) == name:
                yield place + len(name) - 1 - (name[-1] == "of")
                break


def _noun_trigger(words: Words, place: int) -> Trigger | None:
    for names, rule in _lists().nouns[words[place].lower]:
        last = place + len(names)
        if rule.led_by and rule.led_by.isdisjoint(word.lower for word in words[max(0, place - LED_REACH) : place]):
            continue
        if place and words[place - 1].lower in rule.not_after:
            continue
        if rule.kind == "withdrawal" and _leaves_a_body(words, last, rule):
            continue
        if tuple(word.lower for word in words[place:last]) == names and words[place].kind not in _VERBAL:
            return Trigger(rule, place, last, -1, nominal=True)
    return None


def _as_over(words: Words, noun: Trigger) -> Trigger:
    """Talks that "are over" as talks halted; other nouns as they are."""
    halted = _halted()
    at = noun.last
    over = [word.lower for word in words[at : at + 3]]
    told = (
        over[:1] and over[0] in ("is", "are", "was", "were") and over[1:2] and over[1] in ("over", "dead", "finished")
    )
    goes_on = (
        over[1:2] == ["over"]
        and at + 2 < len(words)
        and words[at + 2].kind in (Kind.NUMBER, Kind.NOUN, Kind.DETERMINER)
    )
    if not told or goes_on or not any(name == (words[at - 1].lower,) for name in halted.objects):
        return noun
    return Trigger(halted, at, at + 2, at - 1, nominal=False)


@cache
def _halted() -> TriggerRule:
    entries = load_lexicon("events")["rules"]
    return next(_rule(number, each) for number, each in enumerate(entries) if each["kind"] == "talks_halted")


def _leaves_a_body(words: Words, last: int, rule: TriggerRule) -> bool:
    """Whether a withdrawal is from what is no ground: "its withdrawal from the regional forum"."""
    near = [word.lower for word in words[last : last + LEFT_REACH]]
    return near[:1] == ["from"] and not rule.never.isdisjoint(near)


LEFT_REACH = 7  # words behind "withdrawal": "from the Pacific Islands Forum"


def each_kind(words: Words) -> Iterator[str]:
    """The kinds of the triggers among the words, in reading order."""
    for trigger in find_triggers(words):
        yield trigger.rule.kind
