"""Who did what to whom, where and when, on whose word: the events a text reports, and how each of them stands.

An event is asserted only where its clause says that it happened. What someone urges, plans, fears, supposes or denies
keeps that standing, and so does what stands in a condition or its consequence.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from onrecord.annotation.conditions.cues import find_cues
from onrecord.annotation.conditions.holders import Holders
from onrecord.annotation.conditions.parts import find_parts
from onrecord.annotation.parties import Cast, Name, find_parties
from onrecord.annotation.reasons import SUPPOSED, explain_cue, explain_standing
from onrecord.annotation.triggers import Trigger, find_triggers, is_number, named_object
from onrecord.annotation.words import Kind, Word, lemma, read_words, word_classes
from onrecord.lexicon.loader import load_lexicon
from onrecord.lexicon.vocabulary import capitals
from onrecord.records.actors import Actor, ActorType, Mention
from onrecord.records.documents import Basis, DateRange, Document
from onrecord.records.findings import (
    Attribution,
    Condition,
    Directness,
    Event,
    EventRealis,
    Realis,
    TimeExpression,
)
from onrecord.records.spans import Span, Spans, overlaps

Words = Sequence[Word]

GOVERNOR_REACH = 14  # words before a trigger among which its governing verb stands
AWAITED_REACH = 10  # the same for "is to begin"
HAPPENED_REACH = 7  # words behind a noun among which "began" or "took place" stands
WHETHER_REACH = 7  # words between "whether" and the verb of its clause
NOUN_REACH = 6  # the same before a noun, which other nouns easily part from the verb
OBJECT_REACH = 4  # words before a noun among which a verb whose object it is stands
CLAUSE_REACH = 25  # words on either side of a trigger in which who, whom and where are looked for
SCORES = {"object": 0.8, "verb": 0.65, "noun": 0.5}  # a verb with the object it needs is surest


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
    reader = _Reader(document, attributions, actors, mentions, times, conditions)
    found = [event for sentence in sentences for event in reader.read(sentence)]
    return tuple(replace(event, id=f"e{number}") for number, event in enumerate(found, 1))


@dataclass(frozen=True, slots=True)
class _Clause:
    """The words of a sentence with its trigger and the stretch of the clause around it."""

    words: Words
    trigger: Trigger
    first: int
    last: int


class _Reader:
    """What is known of one document, by place."""

    def __init__(
        self,
        document: Document,
        attributions: Sequence[Attribution],
        actors: Sequence[Actor],
        mentions: Sequence[Mention],
        times: Sequence[TimeExpression],
        conditions: Sequence[Condition],
    ) -> None:
        self._text = document.text
        self._published = document.published
        self._holders = Holders(attributions)
        self._sources = sorted(span for each in attributions for span in each.source)
        self._cast = Cast(actors, mentions)
        self._seats = _states_of_seats(actors)
        self._times = sorted((each for each in times if _dates(each)), key=lambda each: each.span)
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
        triggers = [each for each in find_triggers(words) if not self._is_date(words, each)]
        if not triggers:
            return
        supposed = self._supposed_in(sentence, words)
        names = _behind_dateline(words, self._cast.names(words))
        starts = frozenset(each.span.start for each in self._times_in(sentence.start, sentence.end))
        deeds = [words[each.first].span for each in triggers if not each.nominal]
        for trigger in triggers:
            if trigger.rule.takes_names and trigger.object < 0 and not _takes_place(words, trigger, names):
                continue
            if self._speaks(words, trigger) or _only_tells_what(words, trigger) or _is_in_name(words, trigger, names):
                continue
            if trigger.rule.kind == "in_force" and _is_of_event(triggers, trigger, words):
                continue
            yield self._event(_clause(words, trigger, starts), supposed, names, deeds)

    def _speaks(self, words: Words, trigger: Trigger) -> bool:
        """Whether a noun names who speaks and not what happened: "The Summit calls on Orlia"."""
        word = words[trigger.first]
        at = bisect_right(self._sources, (word.start, word.end))
        alone = at > 0 and self._sources[at - 1].end == word.end
        return trigger.nominal and trigger.last == trigger.first + 1 and word.capital and alone

    def _supposed_in(self, sentence: Span, words: Words) -> list[Span]:
        low = bisect_left(self._supposed, (sentence.start, 0))
        high = bisect_right(self._supposed, (sentence.end, 0))
        given = [span for span in self._supposed[low:high] if overlaps(span, sentence)]
        return given or list(_supposed_by_cues(words))

    def _is_date(self, words: Words, trigger: Trigger) -> bool:
        """Whether the trigger's noun or verb is part of a date: "on March 27" is no march."""
        return any(
            overlaps(words[place].span, each.span)
            for place in (trigger.first, trigger.object)
            if place >= 0
            for each in self._times_in(words[0].start, words[-1].end)
        )

    def _event(self, clause: _Clause, supposed: Sequence[Span], names: Sequence[Name], deeds: Sequence[Span]) -> Event:
        words, trigger = clause.words, clause.trigger
        span = Span(words[trigger.first].start, words[trigger.last - 1].end)
        attribution = self._holders.innermost((span,), (span,))
        if attribution is not None and any(overlaps(each, cue) for each in deeds for cue in attribution.cue):
            attribution = None  # "recognised the republic on the eve of the invasion" vouches for nothing
        if attribution is not None and _is_limited(clause):
            attribution = None  # nor does "agreed to limit the raids": it is the outlet that takes them as going on
        realis, reason = self._realis(clause, span, supposed, attribution)
        parties = find_parties(words, trigger, names, clause.first, clause.last)
        who = () if _has_told_subject(clause) else parties.who
        return Event(
            id="",
            spans=_spans(words, trigger),
            trigger=span,
            kind=trigger.rule.kind,
            who=self._acting(who),
            whom=self._acting(parties.whom)
            if trigger.rule.code and trigger.rule.code.plover == "CONSULT"
            else parties.whom,
            where=parties.where,
            when=self._until_published(self._when(clause, realis), realis),
            realis=realis,
            attribution=attribution.id if attribution else None,
            code=trigger.rule.code,
            score=SCORES["noun" if trigger.nominal else "object" if trigger.object >= 0 else "verb"],
            produced_by=f"event:{trigger.rule.kind}",
            negated=realis is EventRealis.DENIED,
            reason=reason,
        )

    def _acting(self, actors: Sequence[str]) -> tuple[str, ...]:
        """The actors, a capital as the state that acts there: "under Moscow's control"."""
        return tuple(dict.fromkeys(self._seats.get(actor, actor) for actor in actors))

    def _realis(
        self, clause: _Clause, span: Span, supposed: Sequence[Span], attribution: Attribution | None
    ) -> tuple[EventRealis, str]:
        """How the event stands, and why."""
        if any(overlaps(span, each) for each in supposed):
            return EventRealis.HYPOTHETICAL, SUPPOSED
        own = _standing(clause, dated=self._has_past_day(clause))
        judged = clause.trigger.nominal and self._has_past_day(clause) and _is_judged(_lead(clause))
        if (
            own is EventRealis.ASSERTED
            and attribution is not None
            and not judged
            and not _is_added(clause, attribution)
        ):
            handed = _handed_over(read_words(self._text, cue) for cue in attribution.cue)
            if handed is not EventRealis.ASSERTED:
                return handed, explain_cue(" … ".join(self._text[cue.start : cue.end] for cue in attribution.cue))
        return own, explain_standing(own, _lead(clause), clause.words[clause.trigger.last : clause.last])

    def _times_in(self, start: int, end: int) -> list[TimeExpression]:
        low, high = bisect_left(self._time_starts, start), bisect_left(self._time_starts, end)
        return [each for each in self._times[low:high] if each.resolved.is_known]

    def _when(self, clause: _Clause, realis: EventRealis) -> DateRange | None:
        """The nearest day of the clause that belongs to the event and not to another verb of the clause."""
        words, trigger = clause.words, clause.trigger
        middle = words[trigger.first].start
        within = self._times_in(words[clause.first].start, words[clause.last - 1].end)
        inside = [each for each in within if not _parted(clause, each) and each.value != "PRESENT_REF"]
        inside = [each for each in inside if not _is_of_other_noun(clause, each) and not _is_compared(clause, each)]
        if _is_second_verb(clause) and any(each.span.start > middle for each in inside):
            inside = [each for each in inside if each.span.start > middle]  # "fought in May and signed a day later"
        nearest = min(inside, key=lambda each: abs(each.span.start - middle), default=self._taken_up(clause))
        if nearest is None or (trigger.nominal and self._is_eve(nearest, middle)):
            return None
        if realis in (EventRealis.PLANNED, EventRealis.POSSIBLE) and self._is_past(nearest.resolved):
            return None  # the day on which it was planned or asked for
        open_ended = nearest.relation == "since" and (not trigger.nominal or bool(trigger.rule.led_by))
        return self._since(nearest.resolved) if open_ended else nearest.resolved

    def _until_published(self, when: DateRange | None, realis: EventRealis) -> DateRange | None:
        """The days, up to the publication where the event is told as done: "twice this year"."""
        last = self._published.latest
        if when is None or realis is not EventRealis.ASSERTED or None in (last, when.earliest, when.latest):
            return when
        if when.latest <= last or when.earliest > last:  # type: ignore[operator]
            return when
        reason = f"{when.reason}; told as done when this was published"
        return DateRange(when.earliest, last, Basis.INFERRED, reason.removeprefix("; "))

    def _taken_up(self, clause: _Clause) -> TimeExpression | None:
        """The date that a "when" or "during which" right behind it takes up: "in 2014, during which Sarn voted"."""
        words = clause.words
        opens = clause.first - 1
        if opens < 2 or words[opens].lower not in ("when", "which") or clause.trigger.nominal:
            return None
        opens -= words[opens - 1].lower in ("during", "in")
        comma = words[opens - 1]
        within = self._times_in(words[0].start, comma.start)
        led = words[opens].lower in ("when", "during", "in")
        return within[-1] if led and within and comma.lower == "," and within[-1].span.end == comma.start else None

    def _is_eve(self, time: TimeExpression, start: int) -> bool:
        """Whether a time tells the day before the event whose noun follows: "on the eve of the February invasion"."""
        words = self._text[time.span.start : time.span.end].lower()
        return words.startswith(_EVES) and time.span.end <= start and not self._text[time.span.end : start].strip()

    def _has_past_day(self, clause: _Clause) -> bool:
        """Whether the clause dates its noun before the publication: "on March 18, talks between ..."."""
        within = self._times_in(clause.words[clause.first].start, clause.words[clause.last - 1].end)
        return any(self._is_past(each.resolved) and not _parted(clause, each) for each in within)

    def _is_past(self, day: DateRange) -> bool:
        published = self._published.earliest
        return published is not None and day.latest is not None and day.latest < published

    def _since(self, day: DateRange) -> DateRange:
        """From that day to the publication, where that is known."""
        reason = f"since then, until this was published; {day.reason}".removesuffix("; ")
        return DateRange(day.earliest, self._published.latest, Basis.INFERRED, reason)


def _behind_dateline(words: Words, names: Sequence[Name]) -> Sequence[Name]:
    """The names, without the town of a dateline: "SARN - A miner shot on Sunday ..." is told of no town."""
    dash = next((at for at, word in enumerate(words[:DATELINE_REACH]) if word.lower in ("-", "–", "—", "--")), 0)
    opened = (
        bool(dash) and (words[0].capital or words[0].lower == "(") and not any(word.is_finite for word in words[:dash])
    )
    led = any(word.kind in (Kind.DETERMINER, Kind.PREPOSITION) for word in words[:dash])
    if not opened or led:
        return names
    behind = [name for name in names if name.first > dash]
    before = len(names) - len(behind)  # names are known to one another by their places in the list
    return [replace(name, joined=max(-1, name.joined - before)) for name in behind]


DATELINE_REACH = 12  # words: "SARN, Orlia, March 4 (Harbour Wire) -"

_EVES = ("the eve of", "the day before", "the night before", "the week before")


def _states_of_seats(actors: Sequence[Actor]) -> Mapping[str, str]:
    """Ids of capitals with that of their state, where the document names both."""
    states = {each.country: each.id for each in reversed(actors) if each.type is ActorType.STATE and each.country}
    return {
        each.id: states[each.country]
        for each in actors
        if each.type is ActorType.PLACE and each.country in states and capitals().get(each.name.lower()) == each.country
    }


def _is_added(clause: _Clause, attribution: Attribution) -> bool:
    """Whether the event stands in a clause that the outlet adds to what somebody refuses, wants or fears:
    "refused to recognise the poll, in which few voted".
    """
    words, at = clause.words, clause.trigger.first
    if words[at].kind is Kind.PARTICIPLE and at and words[at - 1].lower == ",":
        return True  # "urged it to reopen the crossing, closed since May"
    behind_after = clause.first and words[clause.first - 1].lower == "after" and words[at].kind in _TOLD_BY
    if behind_after and words[at].lower in word_classes().past | word_classes().either:
        return attribution.directness is Directness.INDIRECT  # "had asked it to leave after 31 men died"
    begun = max((cue.end for cue in attribution.cue), default=0)
    relative = [
        place
        for place in range(1, at)
        if words[place].lower in ("which", "who", "whose", "whom", "where") and words[place].start >= begun
    ]
    return attribution.directness is Directness.INDIRECT and any(
        words[place - 1].lower == "," or (place > 1 and words[place - 2].lower == ",") for place in relative
    )


_TOLD_BY = (Kind.FINITE, Kind.PARTICIPLE)  # "31 men died" has the form of both


def _is_limited(clause: _Clause) -> bool:
    """Whether a verb that takes its object as going on governs a noun: "to limit the raids"."""
    words, trigger = clause.words, clause.trigger
    lead = words[max(clause.first, trigger.first - OBJECT_REACH) : trigger.first]
    return trigger.nominal and any(lemma(word.lower) in _governors()["presupposed_by"] for word in lead)


def _dates(time: TimeExpression) -> bool:
    """Whether a time expression can say when something happened: a day, or a length "over the past five days"."""
    return time.type in ("DATE", "TIME") or (time.type == "DURATION" and time.relation in _LENGTH_LEADS)


_LENGTH_LEADS = frozenset({"over", "during", "in", "within", "throughout", "since"})


def _parted(clause: _Clause, time: TimeExpression) -> bool:
    """Whether another verb of the clause stands between its trigger and a time."""
    words, trigger = clause.words, clause.trigger
    ahead = time.span.start >= words[trigger.first].start
    between = [
        word
        for word in words[clause.first : clause.last]
        if (words[trigger.last - 1].end <= word.start and word.end <= time.span.start and ahead)
        or (time.span.end <= word.start and word.end <= words[trigger.first].start and not ahead)
    ]
    if any(word.lower in ("(", ")") for word in between) or (not ahead and _in_aside(words, clause, time)):
        return True
    if not ahead and _is_of_participle(words, clause, time):
        return True
    verbs = [
        word
        for before, word, behind in zip((words[clause.first], *between), between, (*between[1:], None), strict=False)
        if word.kind in _OTHER_VERBS
        and word.lower not in ("been", "being")
        and not _is_opening(before)
        and not (trigger.nominal and behind is not None and (word.lower, behind.lower) in _CAME_ABOUT)
    ]
    return any(lemma(word.lower) not in _governors()["happened_by"] for word in verbs)


_CAME_ABOUT = frozenset(
    {("set", "up"), ("took", "place"), ("took", "effect"), ("came", "into"), ("entered", "into"), ("went", "into")}
)


def _is_second_verb(clause: _Clause) -> bool:
    """Whether the trigger is joined to another verb before it by "and" or "but"."""
    before = [word for word in clause.words[clause.first : clause.trigger.first] if word.kind is not Kind.ADVERB]
    joined = bool(before) and before[-1].kind is Kind.COORDINATOR
    return joined and not clause.trigger.nominal and any(word.kind in _OTHER_VERBS for word in before)


def _is_of_other_noun(clause: _Clause, time: TimeExpression) -> bool:
    """Whether a time is another's than the event's: its owner's noun follows ("refused Sunday's poll"), or the event
    is only what the main verb is about and the time stands before that ("marched on Sunday over the blockade").
    """
    words, trigger = clause.words, clause.trigger
    behind = [word for word in words if word.start >= time.span.end][:3]
    owner = any(word.start < time.span.end <= word.end and word.lower.endswith("'s") for word in words)
    owner = owner or (bool(behind) and behind[0].lower in ("'s", "s") and behind[0].start <= time.span.end + 1)
    if not trigger.nominal:
        return owner and time.span.start >= words[trigger.first].start
    return (
        time.span.end < words[trigger.first].start
        and _matter(clause) >= 0
        and time.span.end <= (words[_matter(clause)].start)
    )


def _matter(clause: _Clause) -> int:
    """The place of the preposition by which a noun's event is what another deed is about; -1 where there is none."""
    words, trigger = clause.words, clause.trigger
    at = trigger.first - 1
    while at > clause.first and words[at].kind in (Kind.DETERMINER, Kind.NOUN, Kind.NUMBER, Kind.ADVERB):
        at -= 1
    about = at > clause.first and words[at].lower in _ABOUT
    return at if about and any(word.kind in _OTHER_VERBS for word in words[clause.first : at]) else -1


_ABOUT = frozenset({"of", "for", "over", "about", "against", "with", "to"})


def _is_compared(clause: _Clause, time: TimeExpression) -> bool:
    """Whether a time behind "since" is only what a superlative spans: "the gravest raid since June"."""
    if time.relation != "since":
        return False
    near = [word for word in clause.words[clause.first : clause.last] if word.end <= time.span.start]
    return any(
        one.kind is Kind.DETERMINER and (other.lower in ("most", "worst", "first") or other.lower.endswith("est"))
        for one, other in pairwise(near)
    )


def _in_aside(words: Words, clause: _Clause, time: TimeExpression) -> bool:
    """Whether a time before the trigger stands with a verb between commas: "the board, chosen in May, voted"."""
    if words[clause.trigger.first].kind is Kind.ING:
        return False  # "seized the town in May, holding a vote": the verb before is the main one
    before = [word for word in words[clause.first : clause.trigger.first] if word.end <= time.span.start]
    marks = [at for at, word in enumerate(before) if word.lower == ","]
    closed = any(word.lower == "," and word.start >= time.span.end for word in words[: clause.trigger.first])
    aside = before[marks[-1] :] if marks else []
    return closed and any(word.kind in _OTHER_VERBS for word in aside)


def _is_of_participle(words: Words, clause: _Clause, time: TimeExpression) -> bool:
    """Whether a date before a passive trigger is of the participle it follows: "a survey begun in 2011 was dropped"."""
    before = [word for word in words if word.end <= time.span.start and word.kind is not Kind.PREPOSITION]
    behind = [word for word in words if word.start >= time.span.end and word.end <= words[clause.trigger.first].start]
    if len(before) < 2 or not any(word.kind is Kind.AUXILIARY for word in behind):
        return False
    return before[-1].kind is Kind.PARTICIPLE and before[-2].kind is Kind.NOUN


def _is_opening(word: Word) -> bool:
    """Whether what follows modifies a noun: "its unprovoked invasion"."""
    return word.kind is Kind.DETERMINER or word.lower.endswith(("'s", "s'"))


_OTHER_VERBS = frozenset({Kind.FINITE, Kind.BASE, Kind.ING, Kind.PARTICIPLE})


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


def _is_in_name(words: Words, trigger: Trigger, names: Sequence[Name]) -> bool:
    """Whether a noun with a capital is only part of a longer name: "the Sarn Liberation Front"."""
    first, last = trigger.first, trigger.last
    longer = any(each.first <= first and last <= each.last and each.last - each.first > last - first for each in names)
    return trigger.nominal and words[first].capital and longer


def _is_of_event(triggers: Sequence[Trigger], trigger: Trigger, words: Words) -> bool:
    """Whether what comes into force is told as an event of its own: "a truce came into force" is one event."""
    before = [each for each in triggers if each.nominal and each.last <= trigger.first]
    return any(not any(word.is_finite for word in words[each.last : trigger.first]) for each in before)


def _only_tells_what(words: Words, trigger: Trigger) -> bool:
    """Whether a noun says what something is not ("this is not our referendum") or how many there were ("112 votes")."""
    ballot = trigger.rule.kind == "vote" and words[trigger.first].lower in ("vote", "votes") and trigger.object < 0
    if ballot and trigger.first and is_number(words[trigger.first - 1]):
        return True
    lead = [word.lower for word in words[max(0, trigger.first - 4) : trigger.first]]
    return (
        trigger.nominal
        and any(one in ("is", "was", "are", "were") and other in ("not", "no") for one, other in pairwise(lead))
        and (lead[-1] in ("not", "no", "a", "an", "the", "our", "your", "my", "their", "its"))
    )


def _clause(words: Words, trigger: Trigger, times: frozenset[int]) -> _Clause:
    """The stretch around a trigger up to marks and words that part clauses; "before dawn" parts none.

    times: where the sentence's time expressions start.
    """
    dated = {place for place in range(len(words) - 1) if words[place + 1].start in times}
    first = trigger.first
    while first > max(0, trigger.first - CLAUSE_REACH) and (
        first - 1 in dated or not _parts(words, first - 1, back=True)
    ):
        first -= 1
    last = trigger.last
    while last < min(len(words), trigger.last + CLAUSE_REACH) and (
        last in dated or not _parts(words, last, back=False)
    ):
        last += 1
    return _Clause(words, trigger, first, last)


_PARTING = frozenset({";", ":", "?", "!", "“", "”", '"'})


def _parts(words: Words, place: int, *, back: bool) -> bool:
    word = words[place]
    if word.lower in _PARTING or word.lower in ("because", "although", "while", "whereas", "but"):
        return True
    if word.kind is Kind.COORDINATOR and place and words[place - 1].lower == ",":
        return _has_verb_ahead(words, place)
    if word.lower == "since" and place + 1 < len(words) and words[place + 1].kind is Kind.SUBJECT:
        return True  # "the worst quarrel since they restored ties"
    if word.lower in ("that", "who", "whose", "which", "when", "where", "after", "before", "until", "if", "unless"):
        return word.kind is not Kind.DETERMINER and (not back or place + 1 < len(words))
    return False


def _has_verb_ahead(words: Words, place: int) -> bool:
    """Whether a clause follows and not one more name: "..., and the islands of Sarn"."""
    ahead = words[place + 1 :]
    if ahead and ahead[0].kind is Kind.PREPOSITION:
        return True  # "and on Monday talks between ..." leaves the verb out
    end = next((at for at, word in enumerate(ahead) if word.kind is Kind.MARK and word.lower != ","), len(ahead))
    return any(word.kind in _VERBAL_KINDS for word in ahead[:end])


_VERBAL_KINDS = frozenset(
    {Kind.FINITE, Kind.AUXILIARY, Kind.MODAL, Kind.BASE, Kind.ING, Kind.PARTICIPLE, Kind.CONTRACTED}
)


def _takes_place(words: Words, trigger: Trigger, names: Sequence[Name]) -> bool:
    """Whether what a verb without its noun takes is a place by name: "seized Sarn", not "seized Bek"."""
    at = named_object(words, trigger.first, trigger.last)
    return trigger.nominal or any(
        each.first <= at < each.last and each.type in (ActorType.PLACE, ActorType.STATE) and not each.people
        for each in names
    )


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


def _standing(clause: _Clause, *, dated: bool = False) -> EventRealis:
    """How the event stands by the words of its own clause."""
    words, trigger = clause.words, clause.trigger
    lead = _lead(clause)
    lists = _governors()
    if trigger.nominal and (_presupposed(clause, lead) or (dated and _is_judged(lead))):
        return EventRealis.ASSERTED
    if _is_awaited(words, clause) or _is_behind_once(clause) or _is_of_step(clause):
        return EventRealis.HYPOTHETICAL
    if _is_false_report(clause):
        return EventRealis.DENIED
    if _is_left_open(lead) or (not trigger.nominal and _is_asked(lead)):
        return EventRealis.POSSIBLE
    governed = _governed(words, clause, lead)
    if _is_denied(clause, lead):
        return EventRealis.POSSIBLE if governed is EventRealis.DENIED else EventRealis.DENIED  # "did not refuse to go"
    announced = not trigger.nominal and lemma(words[trigger.first].lower) in _ANNOUNCING
    if announced and trigger.rule.kind != "summons":  # "called in the envoy"
        return EventRealis.PLANNED
    if _is_of_any(clause):
        return EventRealis.HYPOTHETICAL
    if _is_provided(clause) or (not trigger.nominal and _is_to_be(lead)):
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
    return _of_noun(clause, lead, dated=dated) if trigger.nominal else EventRealis.ASSERTED


def _lead(clause: _Clause) -> Words:
    """The words of the clause before its trigger among which its governing verb stands."""
    reach = NOUN_REACH if clause.trigger.nominal else GOVERNOR_REACH
    return clause.words[max(clause.first, clause.trigger.first - reach) : clause.trigger.first]


def _is_awaited(words: Words, clause: _Clause) -> bool:
    """Whether something is held back for it: "ready to leave once Orlia apologised"."""
    for at in range(clause.trigger.first - 1, max(0, clause.trigger.first - GOVERNOR_REACH), -1):
        opens = words[at].lower == "once" and words[at + 1].kind in (Kind.NOUN, Kind.DETERMINER, Kind.SUBJECT)
        if opens:
            before = words[max(0, at - GOVERNOR_REACH) : at]
            return any(word.kind is Kind.MODAL or word.lower in ("ready", "willing", "prepared") for word in before)
    return False


def _is_of_step(clause: _Clause) -> bool:
    """Whether it is what some step would bring: "a step that would end it", "the move Orlia said would mean war"."""
    words, at = clause.words, clause.trigger.first
    would = next((n for n in range(at - 1, max(0, at - STEP_REACH), -1) if words[n].kind is Kind.MODAL), 0)
    if not would or words[would].lower != "would" or any(word.kind is Kind.MARK for word in words[would:at]):
        return False
    relative = words[would - 1].lower in ("that", "which") or _is_speech(words[would - 1])
    before = words[max(0, would - STEP_REACH) : would]
    return relative and any(word.lower in _governors()["steps"] for word in before)


STEP_REACH = 10  # words from "step" to its "would": "two steps by neighbouring Orlia that would"


def _is_speech(word: Word) -> bool:
    return word.lower in word_classes().speech or lemma(word.lower) in ("warn", "fear", "threaten", "think", "hope")


def _has_told_subject(clause: _Clause) -> bool:
    """Whether the verb's subject is what somebody spoke of, not who spoke: "the step Orlia had warned would end"."""
    words, at = clause.words, clause.trigger.first
    lead = [word for word in words[max(0, at - 4) : at] if word.kind is not Kind.ADVERB]
    modal = next((n for n in range(len(lead) - 1, 0, -1) if lead[n].kind is Kind.MODAL), 0)
    before = [word.lower for word in words[max(0, at - STEP_REACH) : at]]
    relative = any(word in ("that", "which", "what", *_governors()["steps"]) for word in before)
    told = relative and bool(modal) and _is_speech(lead[modal - 1])
    return not clause.trigger.nominal and (told or _is_counted(words, clause.trigger))


def _is_counted(words: Words, trigger: Trigger) -> bool:
    """Whether a participle is what is counted: "spoke of two dozen injured"."""
    at = trigger.first
    ends = trigger.last >= len(words) or words[trigger.last].kind is Kind.MARK
    verbal = words[at].kind in (Kind.PARTICIPLE, Kind.FINITE)
    return verbal and ends and bool(at) and (is_number(words[at - 1]) or words[at - 1].lower == "dozen")


def _is_false_report(clause: _Clause) -> bool:
    """Whether it is what a report told wrongly: "a report that a man had died proved false"."""
    words, last = clause.words, clause.trigger.last
    if clause.first < 2 or words[clause.first - 1].lower != "that":
        return False
    end = next((at for at in range(last, len(words)) if words[at].kind is Kind.MARK), len(words))
    behind = [word.lower for word in words[last:end]]
    told = words[clause.first - 2].lower in (*_governors()["unsure_words"], "report")
    return told and not _governors()["false_words"].isdisjoint(behind)


def _is_behind_once(clause: _Clause) -> bool:
    """Whether the clause tells what will be so as soon as something comes: "once they land, the talks are over"."""
    words = clause.words
    start = clause.first
    while start and words[start - 1].lower not in (":", ";", ".", "“", "”", '"', "that"):
        start -= 1
    fronted = [word.lower for word in words[start : clause.first + 1]]
    opens = fronted[:1] == ["once"] or fronted[:2] == ["the", "moment"] or fronted[:3] == ["as", "soon", "as"]
    present = any(word.lower in _PRESENT for word in words[clause.trigger.first : clause.last])
    return opens and "," in (word.lower for word in words[start : clause.trigger.first]) and present


_PRESENT = frozenset({"is", "are", "will", "shall", "'s", "'re", "'ll"})


def _is_of_any(clause: _Clause) -> bool:
    """Whether it is told of whoever or whatever would do it: "any state which withdraws", "any shot fired"."""
    words, trigger = clause.words, clause.trigger
    lead = words[max(clause.first, trigger.first - 2) : trigger.first]
    if trigger.nominal or lead[-1:] and lead[-1].lower == "any":
        return any(word.lower in ("any", *_WHOEVER) for word in lead)
    if not clause.first or words[clause.first - 1].lower not in ("who", "which", "that"):
        return words[clause.first].lower in _WHOEVER
    before = words[max(0, clause.first - ANTECEDENT_REACH) : clause.first - 1]
    return any(word.lower in ("any", "every", "no", *_WHOEVER) for word in before)


def _is_provided(clause: _Clause) -> bool:
    """Whether it is what a text lays down: "a bill that bans strikes", "a decree which closes the port"."""
    words, trigger = clause.words, clause.trigger
    if trigger.nominal or clause.first < 2 or words[clause.first - 1].lower not in ("that", "which"):
        return False
    lead = words[clause.first : trigger.first]
    present = words[trigger.first].lower.endswith("s") and not any(word.kind is Kind.NOUN for word in lead)
    return present and words[clause.first - 2].lower in _governors()["laid_down_in"]


ANTECEDENT_REACH = 5  # words: "any of the states which"
_WHOEVER = frozenset({"whoever", "anyone", "anybody", "everyone", "whichever"})


def _is_asked(lead: Words) -> bool:
    """Whether the clause is one of "whether": asked or unclear."""
    return any(word.lower == "whether" for word in lead[-WHETHER_REACH:])


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
    if _is_attended(lead):
        return True
    if lead and lead[-1].kind is Kind.PREPOSITION and lead[-1].lower != "of":
        return False  # in "the vote on sanctions failed" the vote did
    behind = words[last : last + HAPPENED_REACH]
    behind = behind[: next((at for at, word in enumerate(behind) if word.lower == "to"), len(behind))]
    happened = any(word.lower in _HAPPENED for word in behind)
    opens = not any(
        word.kind in (Kind.DETERMINER, Kind.PREPOSITION) or word.is_finite for word in words[: clause.trigger.first]
    )
    verb = next((word.lower for word in behind if word.is_finite), "")
    goes_on = opens and clause.first == 0 and (verb in _GOES_ON or any(word.lower in _GOES_ON for word in behind[:2]))
    happened = happened or goes_on  # "Strait talks open without Orlia"
    return happened and not any(word.kind is Kind.MODAL or word.lower in ("not", "be") for word in behind)


def _is_attended(lead: Words) -> bool:
    """Whether something was done at it: "alleged in a message at a meeting", but not "will speak at a meeting"."""
    at = next((place for place in range(len(lead) - 1, -1, -1) if lead[place].kind is Kind.PREPOSITION), -1)
    if at < 0 or lead[at].lower != "at" or len(lead) - at > ATTENDED_REACH:
        return False
    return not any(word.kind is Kind.MODAL or word.lower == "to" or word.lower in _UNSURE for word in lead)


ATTENDED_REACH = 3  # words from "at" to the noun


def _is_judged(lead: Words) -> bool:
    """Whether a verb passes a judgement on a noun's event: "refused to recognise Sunday's poll" does not deny it."""
    verb = next((word for word in reversed(lead) if word.kind in _OTHER_VERBS), None)
    return verb is not None and lemma(verb.lower) in _governors()["judged_by"]


_PRESUPPOSING = frozenset({"after", "during", "since", "amid", "amidst", "following", "despite", "throughout"})
_UNSURE = frozenset({"any", "possible", "such", "future", "planned", "no"})
_GOES_ON = frozenset(
    {
        "enter",
        "enters",
        "open",
        "opens",
        "resume",
        "resumes",
        "continue",
        "continues",
        "end",
        "ends",
        "collapse",
        "collapses",
        "drag",
        "drags",
        "stall",
        "stalls",
        "fail",
        "fails",
        "hold",
        "holds",
    }
)
_HAPPENED = frozenset(
    [
        "took",
        "entered",
        "opened",
        "began",
        "continued",
        "ended",
        "resumed",
        "lasted",
        "started",
        "collapsed",
        "happened",
        "occurred",
        "resulted",
        "produced",
        "yielded",
        "failed",
        "stalled",
    ]
)


def _clause_governor(words: Words, clause: _Clause) -> EventRealis | None:
    """The standing given by the verb that hands the clause over ("demanded that", "denied that"); None if none does."""
    if clause.first < 2 or words[clause.first - 1].lower != "that":
        return None
    lists = _governors()
    if words[clause.first - 2].lower in lists["unsure_words"]:
        return EventRealis.POSSIBLE
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
    if [word.lower for word in near[-2:]] == ["short", "of"]:
        return True
    if any(word.lower in _governors()["denied_words"] or word.lower.endswith("n't") for word in near):
        return True
    if [word.lower for word in clause.words[clause.trigger.last : clause.trigger.last + 2]] in _BY_NOBODY:
        return True  # "a step recognised by no state"
    verb = clause.trigger
    between = clause.words[verb.first + 1 : max(verb.object, verb.last)]
    if not verb.nominal and any(word.lower in ("none", "nobody", "nothing") for word in between):
        return True  # "gave in to none of the demands"
    subject = clause.words[clause.first : clause.first + 2]  # "no meetings have been held", "neither side attacked"
    return any(word.lower in ("no", "neither", "none", "nobody") for word in subject)


_BY_NOBODY = (["by", "no"], ["by", "none"], ["by", "nobody"])


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
    bare = form.kind is Kind.BASE and not _is_headline_verb(clause, lead)
    infinitive = bare or (lead and lead[-1].lower == "to")
    progressive = form.kind is Kind.ING and bool(lead) and lead[-1].kind in (Kind.AUXILIARY, Kind.CONTRACTED)
    bound = (
        infinitive
        or (form.kind is Kind.ING and not progressive)
        or clause.trigger.nominal
        or _is_subjunctive(words, clause)
    )
    if not bound:
        return None
    if infinitive and _is_arranged(lead):
        return EventRealis.PLANNED
    for place in range(len(lead) - 1, -1, -1):
        word, base = lead[place], lemma(lead[place].lower)
        verbal = word.kind in (Kind.FINITE, Kind.BASE, Kind.ING, Kind.PARTICIPLE)
        verbal = verbal and not _is_beside(clause, lead, place) and not _is_farther(clause, lead, place)
        verbal = verbal and not _only_names(words, clause.trigger.first - len(lead) + place)
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


def _is_headline_verb(clause: _Clause, lead: Words) -> bool:
    """Whether a bare verb opens a line behind those who did it: "Police clear road"."""
    led = clause.first == 0 and bool(lead) and all(word.kind is Kind.NOUN for word in lead)
    return led and (lead[-1].lower.endswith("s") or lead[-1].lower == "police")


def _is_to_be(lead: Words) -> bool:
    """Whether "are to be" leads a participle: "six boats are to be delivered"."""
    near = [word.lower for word in lead if word.kind is not Kind.ADVERB][-3:]
    return near[1:] == ["to", "be"] and near[0] in ("is", "are", "was", "were")


def _is_arranged(lead: Words) -> bool:
    """Whether "is to" or "are to" leads an infinitive: "the ministers are to meet"."""
    near = [word.lower for word in lead if word.kind is not Kind.ADVERB][-2:]
    return len(near) == 2 and near[1] == "to" and near[0] in ("is", "are", "was", "were")


def _only_names(words: Words, at: int) -> bool:
    """Whether a form of "call" gives something a name: "a farce called a vote", but not "called for a vote"."""
    named = lemma(words[at].lower) == "call" and at + 1 < len(words)
    return named and words[at + 1].lower not in ("for", "on", "upon", "off")


def _by_verb(clause: _Clause, lead: Words, place: int) -> EventRealis | None:
    """The standing that the verb at `place` gives to the event behind it."""
    base = lemma(lead[place].lower)
    behind = lead[place + 1].lower if place + 1 < len(lead) else ""
    if base == "rule" and behind != "out":
        return None  # "to rule whether the strike was legal"
    if base == "dismiss" and clause.trigger.nominal and _is_called(clause):
        return EventRealis.ASSERTED  # "dismissed the strike as theatre"
    if clause.trigger.nominal and base in _governors()["presupposed_by"]:
        return EventRealis.ASSERTED
    if clause.trigger.nominal and base in _governors()["brought_by"] and lead[place].kind is Kind.FINITE:
        return EventRealis.ASSERTED
    for name, realis in _ORDER:
        if base not in _governors()[name]:
            continue
        told = base == "announce" and clause.trigger.nominal and _is_definite(lead)
        return EventRealis.ASSERTED if told else realis
    return None


def _is_called(clause: _Clause) -> bool:
    """Whether "as" behind a noun tells what it is called."""
    words, last = clause.words, clause.trigger.last
    return last < len(words) and words[last].lower == "as"


def _is_beside(clause: _Clause, lead: Words, place: int) -> bool:
    """Whether a verb stands beside the event and not above it: "accused of committing crimes and violating law"."""
    parallel = clause.words[clause.trigger.first].kind is Kind.ING and lead[place].kind is Kind.ING
    return parallel and any(word.kind is Kind.COORDINATOR for word in lead[place + 1 :])


def _is_farther(clause: _Clause, lead: Words, place: int) -> bool:
    """Whether an owned noun hangs on another noun of the verb: "offer resistance to Orlia's invasion"."""
    if not clause.trigger.nominal or not _is_owned(lead):
        return False
    between = [word.kind for word in lead[place + 1 :]]
    return Kind.PREPOSITION in between and Kind.NOUN in between[: between.index(Kind.PREPOSITION)]


def _is_owned(lead: Words) -> bool:
    return any(word.lower.endswith(("'s", "s'")) or word.lower in ("its", "their") for word in lead[-3:])


def _is_subjunctive(words: Words, clause: _Clause) -> bool:
    """Whether the clause hangs on a demand: "demanded that the army leave"."""
    before = words[max(0, clause.first - 3) : clause.first]
    return words[clause.trigger.first].kind is Kind.BASE and any(word.lower == "that" for word in before)


def _of_noun(clause: _Clause, lead: Words, *, dated: bool) -> EventRealis:
    """A noun that names an event asserts it only where it is definite or has a past day, and nothing lies ahead."""
    words = clause.words
    stretch = words[clause.first : clause.last]
    future = any(word.lower in _governors()["planned_modals"] | _governors()["possible_modals"] for word in stretch)
    if future:
        return EventRealis.POSSIBLE
    behind = words[clause.trigger.last : clause.trigger.last + AWAITED_REACH]
    put_off = any(word.lower in _governors()["put_off_words"] for word in words[clause.trigger.last : clause.last])
    if (
        any(word.lower in _governors()["awaited_words"] for word in behind[:NOUN_REACH])
        or put_off
        or any(_is_arranged((one, other)) for one, other in pairwise(behind))
    ):
        return EventRealis.PLANNED
    if clause.trigger.rule.led_by:
        return EventRealis.ASSERTED  # "under Orlia's control" tells how things are
    modifies = clause.trigger.last < len(words) and words[clause.trigger.last].kind is Kind.NOUN  # "the truce line"
    if dated and not modifies and not any(word.lower in _UNSURE for word in lead[-4:]):
        return EventRealis.ASSERTED
    if modifies or not _is_definite(lead) or _is_matter(clause):
        return EventRealis.POSSIBLE
    return EventRealis.ASSERTED if any(word.is_finite for word in stretch) else EventRealis.POSSIBLE


def _is_matter(clause: _Clause) -> bool:
    """Whether a ballot is only spoken of: "the referendums are important" does not tell that they were held."""
    words, trigger = clause.words, clause.trigger
    opens = all(word.kind is Kind.DETERMINER for word in words[clause.first : trigger.first])
    behind = words[trigger.last : clause.last]
    verbs = [at for at, word in enumerate(behind) if word.is_finite]
    copulas = [at for at in verbs if behind[at].kind is Kind.AUXILIARY]
    at = next(iter(copulas or verbs), len(behind) - 1)
    judged = any(
        lemma(word.lower) in ("be", "is", "are", "was", "were", "remain", "seem") for word in behind[at : at + 1]
    )
    held = any(word.kind in (Kind.PARTICIPLE, Kind.ING) for word in behind[at:])
    return trigger.rule.kind in _BALLOTS and opens and judged and not held


_BALLOTS = frozenset({"referendum", "vote", "election"})
_DEFINITE = frozenset({"the", "this", "these", "its", "their", "his", "her", "our"})


def _is_definite(lead: Words) -> bool:
    """Whether the noun behind `lead` has a definite article or owner, with nothing but adjectives between."""
    for word in reversed(lead[-3:]):
        if word.lower in _DEFINITE or word.kind is Kind.NUMBER or word.lower.endswith(("'s", "s'")):
            return True
        if word.kind not in (Kind.NOUN, Kind.NUMBER, Kind.PARTICIPLE, Kind.ADVERB) and not word.lower.endswith("ed"):
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
