"""Who did what to whom, where and when, on whose word: the events a text reports, and how each of them stands.

An event is asserted only where its clause says that it happened. What someone urges, plans, fears, supposes or denies
keeps that standing, and so does what stands in a condition or its consequence.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from onrecord.annotation.conditions.cues import find_cues
from onrecord.annotation.conditions.holders import Holders
from onrecord.annotation.conditions.parts import find_parts
from onrecord.annotation.triggers import Trigger, find_triggers
from onrecord.annotation.words import Kind, Word, lemma, read_words
from onrecord.lexicon.loader import load_lexicon
from onrecord.records.actors import Actor, ActorType, Mention
from onrecord.records.documents import DateRange, Document
from onrecord.records.findings import Attribution, Condition, Event, EventRealis, Realis, TimeExpression
from onrecord.records.spans import Span, Spans, overlaps

Words = Sequence[Word]

GOVERNOR_REACH = 14  # words before a trigger among which its governing verb stands
NOUN_REACH = 6  # the same before a noun, which other nouns easily part from the verb
CLAUSE_REACH = 25  # words on either side of a trigger in which who, whom and where are looked for
SCORES = {"object": 0.8, "verb": 0.65, "noun": 0.5}  # a verb with the object it needs is surest
_IN = frozenset({"in", "at", "near", "around", "outside", "inside", "on", "off", "across", "into", "from", "of"})


def find_events(
    document: Document,
    sentences: tuple[Span, ...],
    attributions: tuple[Attribution, ...],
    actors: tuple[Actor, ...],
    mentions: tuple[Mention, ...],
    times: tuple[TimeExpression, ...],
    conditions: tuple[Condition, ...] = (),
) -> tuple[Event, ...]:
    """The events of a document in reading order, ids "e1", "e2", ...

    conditions: those of the document; without them only the clauses behind "if" and its kind are taken as supposed.
    """
    reader = _Reader(document.text, attributions, actors, mentions, times, conditions)
    found = [event for sentence in sentences for event in reader.read(sentence)]
    return tuple(replace(event, id=f"e{number}") for number, event in enumerate(found, 1))


@dataclass(frozen=True, slots=True)
class _Clause:
    """The words of a sentence with its trigger and the stretch of the clause around it."""

    words: Words
    trigger: Trigger
    first: int
    last: int

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


class _Reader:
    """What is known of one document, by place."""

    def __init__(
        self,
        text: str,
        attributions: Sequence[Attribution],
        actors: Sequence[Actor],
        mentions: Sequence[Mention],
        times: Sequence[TimeExpression],
        conditions: Sequence[Condition],
    ) -> None:
        self._text = text
        self._holders = Holders(attributions)
        self._types = {actor.id: actor.type for actor in actors}
        self._mentions = sorted((each for each in mentions if each.actor is not None), key=lambda each: each.span)
        self._starts = [each.span.start for each in self._mentions]
        self._times = sorted((each for each in times if each.type in ("DATE", "TIME")), key=lambda each: each.span)
        self._time_starts = [each.span.start for each in self._times]
        self._supposed = sorted(
            span
            for condition in conditions
            if condition.realis is not Realis.FACTUAL
            for part in (condition.consequence, *condition.condition)
            for span in part
        )

    def read(self, sentence: Span) -> Iterator[Event]:
        words = read_words(self._text, sentence)
        triggers = find_triggers(words)
        if not triggers:
            return
        supposed = self._supposed_in(sentence, words)
        for trigger in triggers:
            yield self._event(_clause(words, trigger), supposed)

    def _supposed_in(self, sentence: Span, words: Words) -> list[Span]:
        low = bisect_left(self._supposed, (sentence.start, 0))
        high = bisect_right(self._supposed, (sentence.end, 0))
        given = [span for span in self._supposed[low:high] if overlaps(span, sentence)]
        return given or list(_supposed_by_cues(words))

    def _event(self, clause: _Clause, supposed: Sequence[Span]) -> Event:
        words, trigger = clause.words, clause.trigger
        span = Span(words[trigger.first].start, words[trigger.last - 1].end)
        attribution = self._holders.innermost((span,), (span,))
        realis = self._realis(clause, span, supposed, attribution)
        who, whom = self._actors(clause)
        return Event(
            id="",
            spans=_spans(words, trigger),
            trigger=span,
            kind=trigger.rule.kind,
            who=who,
            whom=whom,
            where=self._where(clause),
            when=self._when(clause),
            realis=realis,
            attribution=attribution.id if attribution else None,
            code=trigger.rule.code,
            score=SCORES["noun" if trigger.nominal else "object" if trigger.object >= 0 else "verb"],
            produced_by=f"event:{trigger.rule.kind}",
            negated=realis is EventRealis.DENIED,
        )

    def _realis(
        self, clause: _Clause, span: Span, supposed: Sequence[Span], attribution: Attribution | None
    ) -> EventRealis:
        if any(overlaps(span, each) for each in supposed):
            return EventRealis.HYPOTHETICAL
        own = _standing(clause)
        if own is not EventRealis.ASSERTED or attribution is None:
            return own
        return _handed_over(read_words(self._text, cue) for cue in attribution.cue)

    def _actors(self, clause: _Clause) -> tuple[tuple[str, ...], tuple[str, ...]]:
        trigger = clause.trigger
        before = self._named(clause.words, clause.first, trigger.first)
        behind = self._named(clause.words, trigger.last, min(clause.last, _comma(clause.words, trigger.last)))
        lead = {each.id: self._word_before(clause.words, each) for each in (*before, *behind)}
        by = [each for each in behind if lead[each.id] == "by"]
        if trigger.nominal:
            owner = [each for each in before[-1:] if _near(clause.words, each, trigger.first)]
            of = [each for each in behind if lead[each.id] in ("of", "with", "on", "against", "between")]
            return _ids(by or owner), _ids(of[:1])
        if clause.passive:
            return _ids(by), _ids(before[-1:])
        subjects = [each for each in before if lead[each.id] not in _IN | {"by", "to", "with"}]
        partners = [each for each in behind if lead[each.id] == "with"]
        objects = [each for each in behind if lead[each.id] not in _IN | {"by", "with", "for", "after", "before"}]
        meets = trigger.rule.code is not None and trigger.rule.code.plover == "CONSULT"
        return _ids(subjects[-1:]), _ids((partners if meets and partners else objects)[:1])

    def _named(self, words: Words, first: int, last: int) -> list[Mention]:
        if first >= last:
            return []
        low = bisect_left(self._starts, words[first].start)
        high = bisect_left(self._starts, words[last - 1].end)
        return self._mentions[low:high]

    def _word_before(self, words: Words, mention: Mention) -> str:
        place = bisect_left(words, mention.span.start, key=lambda word: word.start) - 1
        while place >= 0 and words[place].kind is Kind.DETERMINER:
            place -= 1
        return words[place].lower if place >= 0 else ""

    def _where(self, clause: _Clause) -> Spans:
        places = [
            each.span
            for each in self._named(clause.words, clause.first, clause.last)
            if each.type in (ActorType.PLACE, ActorType.STATE)
            and self._word_before(clause.words, each) in _IN - {"of", "from"}
        ]
        return tuple(places[:2])

    def _when(self, clause: _Clause) -> DateRange | None:
        words = clause.words
        low = bisect_left(self._time_starts, words[0].start)
        high = bisect_left(self._time_starts, words[-1].end)
        within = [each for each in self._times[low:high] if each.resolved.is_known]
        middle = words[clause.trigger.first].start
        inside = [each for each in within if words[clause.first].start <= each.span.start < words[clause.last - 1].end]
        nearest = min(inside, key=lambda each: abs(each.span.start - middle), default=None)
        return nearest.resolved if nearest else None


def _comma(words: Words, first: int) -> int:
    """The place of the first comma from `first` on, or the end."""
    return next((place for place in range(first, len(words)) if words[place].lower == ","), len(words))


def _near(words: Words, mention: Mention, place: int) -> bool:
    """Whether a mention owns the noun at `place`: at most two words stand between ("Ruritania's unprovoked attack")."""
    return words[max(0, place - 3)].start < mention.span.end


def _ids(mentions: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.actor for each in mentions if each.actor is not None))


def _spans(words: Words, trigger: Trigger) -> Spans:
    verb = Span(words[trigger.first].start, words[trigger.last - 1].end)
    if trigger.object < 0:
        return (verb,)
    noun = words[trigger.object].span
    if noun.start < verb.start:
        return noun, verb
    return (verb, noun) if noun.start >= verb.end else (verb,)


def _supposed_by_cues(words: Words) -> Iterator[Span]:
    cues = find_cues(words)
    for number, cue in enumerate(cues):
        parts = find_parts(words, cues, number) if not cue.rule.weak else None
        if parts:
            for first, last in (parts.condition, *parts.consequence):
                yield Span(words[first].start, words[last - 1].end)


def _clause(words: Words, trigger: Trigger) -> _Clause:
    """The stretch around a trigger up to marks and words that part clauses."""
    first = trigger.first
    while first > max(0, trigger.first - CLAUSE_REACH) and not _parts(words, first - 1, back=True):
        first -= 1
    last = trigger.last
    while last < min(len(words), trigger.last + CLAUSE_REACH) and not _parts(words, last, back=False):
        last += 1
    return _Clause(words, trigger, first, last)


_PARTING = frozenset({";", ":", "?", "!", "“", "”", '"'})


def _parts(words: Words, place: int, *, back: bool) -> bool:
    word = words[place]
    if word.lower in _PARTING or word.lower in ("because", "although", "while", "whereas", "but"):
        return True
    if word.kind is Kind.COORDINATOR and place and words[place - 1].lower == ",":
        return True
    if word.lower in ("that", "who", "which", "when", "where", "after", "before", "until", "if", "unless"):
        return word.kind is not Kind.DETERMINER and (not back or place + 1 < len(words))
    return False


@cache
def _governors() -> Mapping[str, frozenset[str]]:
    lists = load_lexicon("events")["realis"]
    return {name: frozenset(words) for name, words in lists.items()}


_ORDER = (
    ("denied_by", EventRealis.DENIED),
    ("imagined_by", EventRealis.HYPOTHETICAL),
    ("planned_by", EventRealis.PLANNED),
    ("possible_by", EventRealis.POSSIBLE),
)


def _standing(clause: _Clause) -> EventRealis:
    """How the event stands by the words of its own clause."""
    words, trigger = clause.words, clause.trigger
    reach = NOUN_REACH if trigger.nominal else GOVERNOR_REACH
    lead = words[max(clause.first, trigger.first - reach) : trigger.first]
    lists = _governors()
    if trigger.nominal and _presupposed(clause, lead):
        return EventRealis.ASSERTED
    if _is_left_open(lead):
        return EventRealis.POSSIBLE
    governed = _governed(words, clause, lead)
    if _is_denied(clause, lead):
        return EventRealis.POSSIBLE if governed is EventRealis.DENIED else EventRealis.DENIED  # "did not refuse to go"
    if not trigger.nominal and lemma(words[trigger.first].lower) in _ANNOUNCING:
        return EventRealis.PLANNED
    auxiliary = _auxiliaries(lead)
    if auxiliary & lists["planned_modals"]:
        return EventRealis.PLANNED
    if auxiliary & lists["possible_modals"]:
        return EventRealis.POSSIBLE
    if governed is not None:
        return governed
    outer = _clause_governor(words, clause)
    if outer is not None:
        return outer
    return _of_noun(clause, lead) if trigger.nominal else EventRealis.ASSERTED


def _is_left_open(lead: Words) -> bool:
    """Whether a denial is itself denied: "has not ruled out a meeting"."""
    for place in range(len(lead) - 1, -1, -1):
        verbal = lead[place].kind in (Kind.FINITE, Kind.BASE, Kind.ING, Kind.PARTICIPLE)
        if verbal and lemma(lead[place].lower) in _governors()["denied_by"]:
            return any(word.lower in ("not", "never", "n't") for word in lead[max(0, place - 3) : place])
    return False


def _presupposed(clause: _Clause, lead: Words) -> bool:
    """Whether a noun's event is taken as having come about: "after the talks", "the talks took place"."""
    words, last = clause.words, clause.trigger.last
    if any(word.lower in _PRESUPPOSING for word in lead[-4:]) and not any(word.lower in _UNSURE for word in lead[-4:]):
        return True
    behind = words[last : last + 4]
    happened = any(word.lower in _HAPPENED for word in behind)
    return happened and not any(word.kind is Kind.MODAL or word.lower in ("not", "be") for word in behind)


_PRESUPPOSING = frozenset({"after", "during", "since", "amid", "amidst", "following", "despite", "throughout"})
_UNSURE = frozenset({"any", "possible", "such", "future", "planned", "no"})
_HAPPENED = frozenset(
    {"took", "began", "continued", "ended", "resumed", "lasted", "started", "collapsed", "happened", "occurred"}
)


def _clause_governor(words: Words, clause: _Clause) -> EventRealis | None:
    """The standing given by the verb that hands the clause over ("demanded that", "denied that"); None if none does."""
    if clause.first < 2 or words[clause.first - 1].lower != "that":
        return None
    lists = _governors()
    for word in reversed(words[max(0, clause.first - 5) : clause.first - 1]):
        for name, realis in _HANDED:
            if lemma(word.lower) in lists[name]:
                return realis
    return None


# What is announced or prepared has not happened yet.
_ANNOUNCING = frozenset(
    [
        "announce",
        "schedule",
        "plan",
        "prepare",
        "call",
        "set",
        "postpone",
        "delay",
        "cancel",
        "organize",
        "organise",
        "propose",
        "accept",
        "offer",
    ]
)


def _is_denied(clause: _Clause, lead: Words) -> bool:
    near = lead[-4:]
    if any(word.lower in _governors()["denied_words"] or word.lower.endswith("n't") for word in near):
        return True
    subject = clause.words[clause.first : clause.first + 2]  # "no meetings have been held", "neither side attacked"
    return any(word.lower in ("no", "neither", "none", "nobody") for word in subject)


def _auxiliaries(lead: Words) -> frozenset[str]:
    """The modals that belong to the verb behind `lead`: only adverbs, auxiliaries and other verbs between."""
    found: set[str] = set()
    for word in reversed(lead):
        if word.kind in (Kind.MODAL, Kind.CONTRACTED):
            found.add("will" if word.lower.endswith("'ll") else "would" if word.lower.endswith("'d") else word.lower)
            break
        if word.kind not in (Kind.ADVERB, Kind.BASE, Kind.AUXILIARY, Kind.PARTICIPLE, Kind.COORDINATOR):
            break
    return frozenset(found)


def _governed(words: Words, clause: _Clause, lead: Words) -> EventRealis | None:
    """The standing that a verb or noun before the event gives it; None if nothing governs it."""
    lists = _governors()
    form = words[clause.trigger.first]
    infinitive = form.kind is Kind.BASE or (lead and lead[-1].lower == "to")
    bound = infinitive or form.kind is Kind.ING or clause.trigger.nominal or _is_subjunctive(words, clause)
    if not bound:
        return None
    for place in range(len(lead) - 1, -1, -1):
        word, base = lead[place], lemma(lead[place].lower)
        verbal = word.kind in (Kind.FINITE, Kind.BASE, Kind.ING, Kind.PARTICIPLE)
        if verbal and infinitive and base in lists["happened_by"]:
            return None
        found = _by_verb(clause, lead, place) if verbal else None
        if found is not None:
            return found
        if word.lower in lists["planned_words"]:
            return EventRealis.PLANNED
        if word.lower in lists["possible_words"]:
            return EventRealis.POSSIBLE
        if word.lower in lists["planned_modals"] and not clause.trigger.nominal:
            return EventRealis.PLANNED
    return EventRealis.POSSIBLE if infinitive else None


def _by_verb(clause: _Clause, lead: Words, place: int) -> EventRealis | None:
    """The standing that the verb at `place` gives to the event behind it."""
    base = lemma(lead[place].lower)
    for name, realis in _ORDER:
        if base not in _governors()[name]:
            continue
        told = base == "announce" and clause.trigger.nominal and _is_definite(lead)
        return EventRealis.ASSERTED if told else realis
    return None


def _is_subjunctive(words: Words, clause: _Clause) -> bool:
    """Whether the clause hangs on a demand: "demanded that the army leave"."""
    before = words[max(0, clause.first - 3) : clause.first]
    return words[clause.trigger.first].kind is Kind.BASE and any(word.lower == "that" for word in before)


def _of_noun(clause: _Clause, lead: Words) -> EventRealis:
    """A noun that names an event asserts it only where it is definite and its clause speaks of the past or present."""
    words = clause.words
    stretch = words[clause.first : clause.last]
    future = any(word.lower in _governors()["planned_modals"] | _governors()["possible_modals"] for word in stretch)
    if future:
        return EventRealis.POSSIBLE
    modifies = clause.trigger.last < len(words) and words[clause.trigger.last].kind is Kind.NOUN  # "the truce line"
    if modifies or not _is_definite(lead):
        return EventRealis.POSSIBLE
    return EventRealis.ASSERTED if any(word.is_finite for word in stretch) else EventRealis.POSSIBLE


_DEFINITE = frozenset({"the", "this", "these", "its", "their", "his", "her", "our"})


def _is_definite(lead: Words) -> bool:
    """Whether the noun behind `lead` has a definite article or owner, with nothing but adjectives between."""
    for word in reversed(lead[-3:]):
        if word.lower in _DEFINITE or word.lower.endswith(("'s", "s'")):
            return True
        if word.kind not in (Kind.NOUN, Kind.NUMBER, Kind.PARTICIPLE, Kind.ADVERB):
            return False
    return False


def _handed_over(cues: Iterator[Words]) -> EventRealis:
    """The standing that the attribution's verb gives to everything in its content."""
    lists = _governors()
    for words in cues:
        for word in words:
            for name, realis in _HANDED:
                if lemma(word.lower) in lists[name] and word.lower not in ("called", "calls"):
                    return realis
    return EventRealis.ASSERTED


# Only verbs that leave open whether their content is so; "insist" and the like still assert it, on that word.
_HANDED = (
    ("denied_by", EventRealis.DENIED),
    ("imagined_by", EventRealis.HYPOTHETICAL),
    ("wanted_by", EventRealis.POSSIBLE),
)
