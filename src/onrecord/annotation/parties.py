"""Who takes part in an event and where it is set: names and peoples' names, by the words that lead them.

A name belongs to an event by its preposition ("with Orlia"), by owning the noun ("Orlia's invasion") or by standing
where a subject or object stands. Names joined by "and" share what leads the first of them. A possessive pronoun owns
something and takes no part itself; "Orlian troops" act for Orlia, an "Orlian baker" does not.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest

from onrecord.annotation.triggers import Trigger
from onrecord.annotation.words import Kind, Word, word_classes
from onrecord.lexicon.loader import load_lexicon
from onrecord.lexicon.vocabulary import demonyms
from onrecord.records.actors import Actor, ActorType, Mention, MentionKind
from onrecord.records.spans import Span, Spans

Words = Sequence[Word]

WALK = 7  # words before a name in which what leads it is looked for: "in the eastern Orlian regions of Sarn"
OWNER_REACH = 3  # words between an owner and the noun owned: "Orlia's unprovoked full-scale invasion"
_VERBAL = frozenset({Kind.FINITE, Kind.AUXILIARY, Kind.MODAL, Kind.BASE, Kind.ING, Kind.CONTRACTED})
_LEADING = frozenset({Kind.PREPOSITION, Kind.DETERMINER})
_PEOPLES = ("an", "ian", "ish", "ese", "ch", "ic")
_PASSED = frozenset({Kind.DETERMINER, Kind.ADVERB, Kind.NUMBER, Kind.NOUN})  # may part a name from its lead


@dataclass(frozen=True, slots=True)
class Parties:
    """Ids of those who act and of those acted upon, and the spans of the places."""

    who: tuple[str, ...]
    whom: tuple[str, ...]
    where: Spans


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a sentence: its words [first, last), what leads it, and whether it only describes what follows."""

    actor: str
    type: ActorType
    span: Span
    first: int
    last: int
    lead: str
    owner: bool
    people: bool
    joined: int  # place among the names of the one it is joined to by "and"; -1 if none


class Cast:
    """The names of one document, by place."""

    def __init__(self, actors: Sequence[Actor], mentions: Sequence[Mention]) -> None:
        self._types = {actor.id: actor.type for actor in actors}
        self._full = {actor.id: actor.name.lower() for actor in actors}
        self._states = {a.country: a.id for a in reversed(actors) if a.type is ActorType.STATE and a.country}
        self._mentions = sorted((each for each in mentions if each.actor is not None), key=lambda each: each.span)
        self._starts = [each.span.start for each in self._mentions]

    def names(self, words: Words) -> tuple["Name", ...]:
        """The names of a sentence in reading order."""
        found: list[Name] = []
        for span, actor, pronoun in self._spans(words):
            first, last = _places(words, span)
            if first < last and not (pronoun and words[first].lower in _POSSESSIVE) and _is_new(found, first):
                found.append(self._name(words, found, actor, span, (first, last)))
        return tuple(_titled(words, each, then) for each, then in zip_longest(found, found[1:]))

    def _is_listed(self, words: Words, before: Name, actor: str, last: int) -> bool:
        """Whether a name behind a comma goes on a list: of the same type, and followed by more of it."""
        goes_on = last < len(words) and words[last].lower in (",", "and", "or")
        return goes_on and self._types.get(actor) is before.type

    def _spans(self, words: Words) -> list[tuple[Span, str, bool]]:
        low = bisect_left(self._starts, words[0].start)
        high = bisect_left(self._starts, words[-1].end)
        near = self._mentions[low:high]
        near = [each for each in near if not self._is_we(words, each)]
        named = [(each.span, each.actor or "", each.kind is MentionKind.PRONOUN) for each in near]
        return sorted((*named, *self._peoples(words)))

    def _is_we(self, words: Words, mention: Mention) -> bool:
        """Whether a person says "we": the side acts, and the words do not say which."""
        if mention.kind is not MentionKind.PRONOUN or self._types.get(mention.actor or "") is not ActorType.PERSON:
            return False
        return any(word.lower in _WE for word in words if word.start == mention.span.start)

    def _peoples(self, words: Words) -> Iterator[tuple[Span, str, bool]]:
        """Names of peoples whose state the document has as an actor."""
        for word in words:
            state = self._states.get(demonyms().get(word.lower, "")) if word.capital else None
            if state is not None:
                yield word.span, state, False

    def _name(self, words: Words, found: list[Name], actor: str, span: Span, at: tuple[int, int]) -> Name:
        lead, joined = _lead(words, found, at[0])
        if joined >= 0 and words[at[0] - 1].lower == "," and not self._is_listed(words, found[joined], actor, at[1]):
            lead, joined = "", -1
        owner = words[at[1] - 1].lower.endswith(("'s", "s'", "’s", "s’")) and words[at[1] - 1].end > span.end
        kind = self._types.get(actor, ActorType.UNKNOWN)
        printed = " ".join(word.lower for word in words[at[0] : at[1]])
        other = kind is ActorType.STATE and printed != self._full.get(actor)
        people = not owner and other and (_describes(words, at[1]) or _is_peoples(printed))
        if joined < 0 and at[0] and words[at[0] - 1].kind not in _LEADING and _has_verb_behind(words, at[1]):
            lead = ""  # "with soldiers on the islands Orlia will leave"
        return Name(actor, kind, span, *at, lead, owner, people, joined)


def _is_peoples(printed: str) -> bool:
    """Whether a state's printed name that is not its own is a people's: "Orlian"."""
    return printed in demonyms() or (" " not in printed and printed.endswith(_PEOPLES))


def _has_verb_behind(words: Words, last: int) -> bool:
    return last < len(words) and words[last].kind in (Kind.AUXILIARY, Kind.MODAL, Kind.FINITE)


def _titled(words: Words, name: Name, then: Name | None) -> Name:
    """The name, as one that only describes where a title parts it from a person's: "Orlian President Ana Bek"."""
    if then is None or name.type is not ActorType.STATE or then.type is not ActorType.PERSON or name.owner:
        return name
    gap = words[name.last : then.first]
    return replace(name, people=True) if gap and all(word.kind is Kind.NOUN for word in gap) else name


def find_parties(words: Words, trigger: Trigger, names: Sequence[Name], first: int, last: int) -> Parties:
    """Who takes part in the event of a trigger whose clause is the words [first, last)."""
    clause = _Setting(words, trigger, names, first, last)
    who, whom = clause.nominal() if trigger.nominal else clause.verbal()
    if trigger.rule.kind in _BEFALLS and not clause.passive and not trigger.nominal and trigger.object < 0:
        who, whom = [], who  # who dies does nothing to anybody
    told = [] if trigger.rule.kind in _WITHOUT_WHOM else [each for each in whom if not clause.is_scene(each)]
    taken = list(clause.places()) or clause.taken()
    fought_over = [each for each in told if each.type is ActorType.PLACE and trigger.rule.kind in _OVER_PLACES]
    places = taken or [each for each in whom if clause.is_scene(each)] or fought_over
    return Parties(_ids(who), _ids(told), tuple(dict.fromkeys(each.span for each in places)))


@dataclass(frozen=True, slots=True)
class _Setting:
    """A trigger, the names of its sentence and the stretch of its clause."""

    words: Words
    trigger: Trigger
    names: Sequence[Name]
    first: int
    last: int

    @property
    def _before(self) -> list[Name]:
        start = self.first
        if start and self.words[start - 1].lower in _SUPPOSING:  # behind the comma the main clause begins
            start = max((at for at in range(start, self.trigger.first) if self.words[at].lower == ","), default=start)
        return [each for each in self.names if start <= each.first and each.last <= self.trigger.first]

    @property
    def _behind(self) -> list[Name]:
        end = min(self.last, _comma(self.words, self.trigger.last))
        ahead = [each for each in self.names if self.trigger.last <= each.first < end]
        return [each for each in ahead if each.lead or not _has_verb_behind(self.words, each.last)]

    @property
    def _plover(self) -> str:
        return self.trigger.rule.code.plover if self.trigger.rule.code is not None else ""

    @property
    def passive(self) -> bool:
        """Whether the trigger is a participle behind a form of be."""
        if self.words[self.trigger.first].kind is not Kind.PARTICIPLE:
            return False
        for word in reversed(self.words[self.first : self.trigger.first]):
            if word.lower in ("is", "are", "was", "were", "be", "been", "being", "get", "got"):
                return True
            if word.kind not in (Kind.ADVERB, Kind.AUXILIARY, Kind.MODAL):
                return False
        return False

    @property
    def _reduced(self) -> bool:
        """Whether the trigger is a participle behind what it befell: "the crossing, closed since May"."""
        at, noun = self.trigger.first, self.trigger.object
        return not self.passive and 0 <= noun < at and self.words[at - 1].lower == ","

    def nominal(self) -> tuple[list[Name], list[Name]]:
        """Who and whom of a noun: "Orlia's attack on Vadia", "talks between Orlia and Vadia", "an attack by Orlia"."""
        near = [each for each in self._behind if not self._has_verb(self.trigger.last, each.first)]
        between = [each for each in near if each.lead == "between" and not each.people]
        if len(between) > 1:
            return between[:1], between[1:]
        by = [each for each in near if each.lead == "by"]
        if self.trigger.rule.kind == "control":
            held = [e for e in self.names if e.type is ActorType.PLACE and not e.owner and e.last <= self.trigger.first]
            return by[:1] or self._owner(), held[-1:]
        consult = self._plover == "CONSULT"
        partners = [each for each in near if each.lead == "with"]
        whom = [each for each in near if each.lead in self._whom_leads and self._fits(each)]
        who = by[:1] or self._owner() or (self._subjects() if consult and partners else [])
        if consult and not who and not partners and whom and whom[0].lead == "of":
            return whom[:1], []  # "a meeting of the Council"
        return who, (partners or whom)[:1]

    @property
    def _whom_leads(self) -> frozenset[str]:
        return _TAKEN if self._strikes else _TAKEN - {"on"}

    @property
    def _strikes(self) -> bool:
        """Whether "on" leads the one struck: an attack or sanctions on Orlia, but talks on Orlia."""
        return self._plover in _HOSTILE and self.trigger.rule.kind != "talks_halted"

    def _owner(self) -> list[Name]:
        """Whoever owns the noun: a name in the genitive or a people's, with nothing but adjectives between."""
        for each in reversed(self._before):
            gap = self.words[each.last : self.trigger.first]
            plain = len(gap) <= OWNER_REACH and all(map(_is_modifier, gap))
            plain = plain and not any(word.kind is Kind.DETERMINER for word in gap)  # "Orlia condemned the attack"
            placed = each.type is ActorType.PLACE and not each.owner  # "the Sarn talks"
            return [each] if plain and not placed and each.lead not in _IN else []
        return []

    def verbal(self) -> tuple[list[Name], list[Name]]:
        """Who and whom of a verb, active or passive."""
        behind = [self._unled(each) for each in self._behind if not self._has_verb(self.trigger.last, each.first)]
        by = [each for each in behind if each.lead == "by"]
        behind = [each for each in behind if each.owner or each.last != self.trigger.object]  # "the Sarn talks"
        if self._reduced:
            return by[:1], []
        if self.passive:
            near = self.trigger.object - OWNER_REACH if 0 <= self.trigger.object < self.trigger.first else 0
            return by[:1], [each for each in self._subjects() if not each.people and each.last > near]
        if self.trigger.rule.kind in _OVER_PLACES and (held := self._held(behind)):
            return self._subjects() or self._leading_subject(), held
        partners = [each for each in behind if each.lead == "with"]
        direct = [each for each in behind if not each.lead and self._fits(each)]
        handed = [each for each in behind if each.lead in self._object_leads(each) and self._fits(each)]
        found = partners or direct if self._plover == "CONSULT" else direct or handed or self._partners(partners)
        return self._subjects() or self._leading_subject(), found[:1]

    def _unled(self, name: Name) -> Name:
        """The name, without the "to" of the infinitive whose object it is: "to recapture Sarn"."""
        gap = self.words[self.trigger.last : name.first]
        led = any(word.kind is Kind.PREPOSITION for word in gap)
        return name if led or name.lead != "to" else replace(name, lead="")

    def _held(self, behind: list[Name]) -> list[Name]:
        """Places that are taken or held: "controls most of the regions of Sarn and Dole"."""
        places = [each for each in behind if each.type is ActorType.PLACE and not each.people]
        deep = self.trigger.rule.kind in ("control", "seizure") and self.trigger.object >= 0
        return [each for each in places if not each.lead or (deep and each.lead in ("of", "in"))]

    def _partners(self, partners: list[Name]) -> list[Name]:
        return [] if self._plover in ("FIGHT", "ASSAULT") else partners

    def _object_leads(self, name: Name) -> frozenset[str]:
        """Prepositions behind the verb that lead those acted upon; "of" only right behind the verb's own noun."""
        leads = {"against", "on", "upon"} if self._strikes else {"against"}
        if self._plover in _GIVING:
            leads.add("to")
        gap = self.words[self.trigger.object + 1 : name.first] if self.trigger.object >= self.trigger.last else None
        if gap and gap[0].lower == "of" and all(map(_is_modifier, gap[1:])):
            leads.add("of")
        return frozenset(leads)

    def _fits(self, name: Name) -> bool:
        """Whether a people's name stands for its state: "Orlian troops", not "Orlian bread"."""
        return not name.people or self._acts(name) or name.lead in ("on", "against")

    def _acts(self, name: Name) -> bool:
        return any(word.lower in _groups() for word in self.words[name.last : name.last + 3])

    def _subjects(self) -> list[Name]:
        """The names right before the verb that no preposition leads, joined ones together."""
        able = [each for each in self._before if not each.lead and (not each.people or self._acts(each))]
        able = [each for each in able if not each.owner or each.type is not ActorType.PERSON]
        if not able or self._has_other_subject(able[-1].last) or self._only_tells(able[-1]):
            return []
        joined = [able[-1]]
        while joined[0].joined >= 0 and self.names[joined[0].joined] in able:
            joined.insert(0, self.names[joined[0].joined])
        return joined

    def _has_other_subject(self, place: int) -> bool:
        """Whether a pronoun without a name stands between a name and the trigger: "Orlia asked, and they sent"."""
        named = {place for each in self.names for place in range(each.first, each.last)}
        return any(
            self.words[at].kind in (Kind.SUBJECT, Kind.CONTRACTED) and at not in named
            for at in range(place, self.trigger.first)
        )

    def _only_tells(self, name: Name) -> bool:
        """Whether a name tells what others did: "Orlia says the crews crossed"."""
        between = self.words[name.last : self.trigger.first]
        told = next((at for at, word in enumerate(between) if word.lower in word_classes().speech), None)
        if told is None or any(word.kind is Kind.COORDINATOR for word in between[told:]):
            return False
        return any(word.kind in (Kind.NOUN, Kind.DETERMINER) for word in between[told + 1 :])

    def _leading_subject(self) -> list[Name]:
        """The name right before "who" or "which", or the sentence's first subject before "before landing"."""
        if not self.first or self._has_other_subject(self.first):
            return []
        word = self.words[self.first - 1].lower
        if word in ("who", "which", "that"):
            ends = {self.first - 1, self.first - 2 if self.words[self.first - 2].lower == "," else self.first - 1}
            return [each for each in self.names if each.last in ends and not each.owner and not each.lead][-1:]
        loose = self.words[self.trigger.first].kind is Kind.ING and self.trigger.first == self.first
        if loose and word in ("before", "after", "while", "since"):
            return [each for each in self.names if not each.lead and each.last < self.first and not each.people][:1]
        return []

    def is_scene(self, name: Name) -> bool:
        """Whether a place behind the event is where it is set and not whom it strikes: "visited Sarn"."""
        placed = name.type is ActorType.PLACE and self._plover not in _HOSTILE | {"SUPPORT"}
        return placed and name.lead != "between"

    def places(self) -> Iterator[Name]:
        """The places of the clause: "in Sarn", "in the regions of Sarn and Dole", "the Sarn talks"."""
        for each in self.names:
            if not self.first <= each.first < self.last or each.type not in (ActorType.PLACE, ActorType.STATE):
                continue
            if each.owner or each.people or self._is_elsewhere(each):
                continue
            head = self.trigger.first if self.trigger.nominal else self.trigger.object
            apposed = each.type is ActorType.PLACE and each.last == head
            if apposed or self._is_setting(each) or (each.lead == "of" and _region_lead(self.words, self.names, each)):
                yield each

    def taken(self) -> list[Name]:
        """The places in the subject of a passive verb of force: "the port of Sarn was captured"."""
        if self.trigger.nominal or not self.passive or self.trigger.rule.kind not in _OVER_PLACES:
            return []
        held = [
            each for each in self._before if each.type is ActorType.PLACE and each.lead in ("of", "at", "in", "near")
        ]
        return [each for each in held if not each.owner and not each.people]

    def _is_elsewhere(self, name: Name) -> bool:
        """Whether a verb or a comma parts a place from the trigger: it then belongs to other words."""
        if name.first < self.trigger.first:
            return name not in self._before or self._is_tellers(name)
        if self._has_verb(self.trigger.last, name.first):
            return True
        return _comma(self.words, self.trigger.last) < name.first and name.joined < 0 and name.lead != "of"

    def _is_tellers(self, name: Name) -> bool:
        """Whether a place is where the telling is set: "in Sarn police said", "the council in Sarn learned of"."""
        between = self.words[name.last : self.trigger.first]
        return any(word.kind is Kind.FINITE and word.lower in word_classes().speech for word in between)

    def _is_setting(self, name: Name) -> bool:
        if name.lead == "on":  # "talks on the strait" are about it
            return self._plover != "CONSULT" and self.trigger.rule.kind not in _ABOUT
        if name.lead == "from" and self.trigger.rule.kind == "withdrawal":
            return True
        if name.lead == "into":
            return name.first - self.trigger.last <= 2
        return name.lead in _SCENE

    def _has_verb(self, first: int, last: int) -> bool:
        return any(word.kind in _VERBAL and not _is_modifier(word) for word in self.words[first:last])


def _lead(words: Words, found: Sequence[Name], first: int) -> tuple[str, int]:
    """The preposition that leads the name at word `first`, and the place of the name it is joined to by "and"."""
    place = first - 1
    while place >= max(0, first - WALK):
        word = words[place]
        if _joins(words, place):
            return _joined_lead(words, found, place)
        if word.lower == "," and found and found[-1].last == place == first - 1:
            return found[-1].lead, len(found) - 1
        if word.kind is Kind.PREPOSITION:
            return _through_title(words, found, place, first)
        modifies = word.kind is Kind.PARTICIPLE and place and words[place - 1].kind in _OPENING
        modifies = modifies or word.lower in ("neighbouring", "neighboring")
        if word.kind not in _PASSED and not modifies:
            return "", -1
        place -= 1
    return "", -1


def _is_modifier(word: Word) -> bool:
    """Whether a word may stand between an owner and its noun; "unprovoked" looks like a verb."""
    return word.kind in _MODIFIERS or word.lower.endswith("ed")


def _joins(words: Words, place: int) -> bool:
    """Whether "and", "or" or the end of "as well as" stands here."""
    if words[place].lower in ("and", "or"):
        return True
    return place >= 2 and [word.lower for word in words[place - 2 : place + 1]] == ["as", "well", "as"]


def _joined_lead(words: Words, found: Sequence[Name], place: int) -> tuple[str, int]:
    """What leads the name right before the joining word at `place`; nothing where another word stands there."""
    end = place - 2 if words[place].lower == "as" else place
    end -= 1 if end and words[end - 1].lower == "," else 0
    for number in range(len(found) - 1, -1, -1):
        if found[number].last == end:
            return found[number].lead, number
    return "", -1


def _through_title(words: Words, found: Sequence[Name], place: int, first: int) -> tuple[str, int]:
    """The preposition at `place`, unless it belongs to a title: "(by) the President of Orlia Ana Bek"."""
    if words[place].lower == "of" and found and found[-1].last == first and found[-1].first > place:
        return _lead(words, [each for each in found if each.last <= place], place)
    return words[place].lower, -1


def _region_lead(words: Words, names: Sequence[Name], name: Name) -> bool:
    """Whether "in" stands before the "region of" that leads a name or the first of those joined to it."""
    head = name
    while head.joined >= 0:
        head = names[head.joined]
    place = next((at for at in range(head.first - 1, max(-1, head.first - 4), -1) if words[at].lower == "of"), 0)
    if not place or words[place - 1].lower not in _regions():
        return False
    earlier = [each for each in names if each.last < place]
    lead, joined = _lead(words, earlier, place - 1)
    if lead in _SCENE:
        return True
    return joined >= 0 and (lead == "of" and _region_lead(words, names, earlier[joined]))


def _places(words: Words, span: Span) -> tuple[int, int]:
    """The words [first, last) that a span covers, in part or whole."""
    first = bisect_left(words, span.start + 1, key=lambda word: word.end)
    last = bisect_left(words, span.end, key=lambda word: word.start)
    return first, last


def _is_new(found: Sequence[Name], first: int) -> bool:
    """Whether a name starts behind the one before: of nested names the outer counts."""
    return not found or found[-1].last <= first


def _describes(words: Words, last: int) -> bool:
    """Whether a plain noun stands right behind a name: "Orlian troops", "the Sarn talks"."""
    if last >= len(words) or words[last].kind is not Kind.NOUN or words[last].capital:
        return False
    return words[last].lower.isalpha()


def _comma(words: Words, first: int) -> int:
    """The place of the first comma from `first` on, or the end."""
    return next((place for place in range(first, len(words)) if words[place].lower == ","), len(words))


def _ids(names: Sequence[Name]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.actor for each in names))


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in load_lexicon("events")["parties"].items()}


def _groups() -> frozenset[str]:
    return _lists()["groups"]


def _regions() -> frozenset[str]:
    return _lists()["regions"]


_WE = frozenset({"we", "us", "we'll", "we're", "we've", "we'd", "ourselves"})
_POSSESSIVE = frozenset({"his", "her", "its", "their", "our", "my", "your"})
_IN = frozenset({"in", "at", "near", "around", "outside", "inside", "on", "off", "across", "into", "from", "of"})
_SCENE = frozenset({"in", "at", "near", "around", "outside", "inside", "off", "across", "on"})
_TAKEN = frozenset({"of", "with", "on", "against", "between"})
_OPENING = frozenset({Kind.DETERMINER, Kind.PREPOSITION, Kind.COORDINATOR, Kind.ADVERB})
_MODIFIERS = frozenset({Kind.NOUN, Kind.PARTICIPLE, Kind.ADVERB, Kind.NUMBER, Kind.DETERMINER})
_HOSTILE = frozenset({"FIGHT", "ASSAULT", "THREATEN", "SANCTION", "ACCUSE", "DISAPPROVE", "COERCE"})
_GIVING = frozenset({"AID", "COOPERATE", "CONCEDE", "SUPPORT"})
_OVER_PLACES = frozenset({"seizure", "recapture", "strike", "attack", "blockade", "annexation", "invasion", "control"})
_ABOUT = frozenset({"talks_halted", "referendum", "vote", "election"})  # what stands behind "on" is their matter
_SUPPOSING = frozenset({"if", "unless", "when", "once", "after", "before", "until"})
_BEFALLS = frozenset({"death", "accident"})
_WITHOUT_WHOM = frozenset({"referendum", "vote", "election"})  # a ballot is held for or about something, not on someone
