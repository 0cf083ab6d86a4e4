"""Whose office it is, where a title beside a name leaves out the state: the local press writes "President Rhee said".

The words around a person vote for a state (lexicon/holding.yml). No single weak sign settles it, and a person whose
office already names a state keeps it. What is settled here is marked as worked out, with the reasons.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from onrecord.lexicon.loader import load_lexicon
from onrecord.lexicon.vocabulary import load_vocabulary
from onrecord.linking.generic import generic_names
from onrecord.linking.knowledge import Entry, Knowledge
from onrecord.linking.names import fold
from onrecord.linking.settling import CAPITAL_OF, WORKED_OUT, advising_titles, represents
from onrecord.records.actors import Actor, ActorType, Mention, MentionKind, Office
from onrecord.records.documents import Document, PartKind
from onrecord.records.findings import Act, Attribution, Directness
from onrecord.records.spans import Span, contains

PERHAPS = "office_of_perhaps"  # the same where one text alone tells too little; other texts may tell the rest
REACH = 60  # characters before a name in which its title stands
# A name of which one text does not tell that it is a state's may be one: other texts decide (linking/joining.py).
MAY_BE_STATES = (ActorType.STATE, ActorType.UNKNOWN)
HEAD = 300  # characters in which a town on a line by itself is where the text was written
SHORT = 10  # words of a sentence that only tells who answers: the next one has the answer
LEAD = 4  # sentences, the headline counted, whose words a headline sums up

Vote = tuple[str, str, dict[str, str]]  # id of the state, the sign, what its reason names


def settle_offices(
    document: Document,
    sentences: Sequence[Span],
    attributions: Sequence[Attribution],
    mentions: Sequence[Mention],
    actors: tuple[Actor, ...],
    knowledge: Knowledge | None = None,
) -> tuple[Actor, ...]:
    """The actors, with the state of an office that names none filled in where the text tells whose it is.

    sentences: of the document, in order. attributions: with their speakers. knowledge: where the outlet may be listed.
    """
    people = [actor for actor in actors if actor.type is ActorType.PERSON]
    wanting = [(actor, office) for actor in people if (office := open_office(actor)) is not None]
    advising = [(actor, office) for actor in people if (office := _advising(actor)) is not None]
    if not wanting and not advising:
        return actors
    scene = set_scene(document, sentences, attributions, mentions, actors, knowledge)
    settled = {actor.id: _settle(actor, office, scene) for actor, office in wanting}
    settled |= {actor.id: _settle_adviser(actor, office, scene) for actor, office in advising}
    return tuple(settled.get(actor.id, actor) for actor in actors)


def _advising(actor: Actor) -> Office | None:
    """The office of an adviser, where it is not said whose."""
    if any(represents(office) for office in actor.offices):
        return None
    told = (o for o in actor.offices if o.of is None and o.title.casefold().split()[-1] in advising_titles())
    return next(told, None)


def _settle_adviser(actor: Actor, office: Office, scene: "Scene") -> Actor:
    """An adviser of whom "his" or "her" tells that a state's office-holder is advised."""
    served = {state.id: state for state in scene.served(actor)}
    if len(served) != 1:
        return actor
    state = next(iter(served.values()))
    offices = tuple(replace(o, of=state.country or state.name) if o == office else o for o in actor.offices)
    return replace(
        actor, offices=offices, flags=(*actor.flags, f"{WORKED_OUT}:serves an office-holder of {state.name}")
    )


def set_scene(
    document: Document,
    sentences: Sequence[Span],
    attributions: Sequence[Attribution],
    mentions: Sequence[Mention],
    actors: Sequence[Actor],
    knowledge: Knowledge | None = None,
) -> "Scene":
    """What was found in a document so far, to be asked whose something is. attributions: with their speakers.

    knowledge: where the outlet may be listed.
    """
    named = knowledge.named(document.outlet.name or "") if knowledge is not None else ()
    outlet = next((entry for entry in named if entry.type is ActorType.OUTLET and entry.country), None)
    datelines = tuple(part.span for part in document.parts if part.kind is PartKind.DATELINE)
    by_id = {actor.id: actor for actor in actors}
    return Scene(document.text, tuple(sentences), tuple(attributions), tuple(mentions), by_id, datelines, outlet)


def open_office(actor: Actor) -> Office | None:
    """The office whose holder speaks for a state, where none of the actor's offices says for which."""
    speaking = [office for office in actor.offices if represents(office)]
    return speaking[0] if speaking and all(_names_no_state(office.of) for office in speaking) else None


def _names_no_state(of: str | None) -> bool:
    """Whether what an office is said to be of is nothing, or what every state has: "Presidential", "Energy"."""
    if of is None or fold(of) in generic_names() | _own_names():
        return True
    return bool(set(fold(of).split()) & set(load_lexicon("settling")["departments"]))


@cache
def _own_names() -> frozenset[str]:
    return frozenset(fold(name) for name in _rules()["own"])


def _settle(actor: Actor, office: Office, scene: "Scene") -> Actor:
    rules = _rules()
    votes: Mapping[str, dict[str, str]] = defaultdict(dict)  # state -> sign -> reason
    for voted, sign, named in scene.votes(actor, office):
        votes[voted].setdefault(sign, rules["signs"][sign]["reason"].format(**named))
    if len(votes) > 1:  # a text that tells of two states has both at hand
        votes = {state: {sign: why for sign, why in told.items() if sign != "alone"} for state, told in votes.items()}
    ranked = sorted(((sum(map(_weight, signs)), voted) for voted, signs in votes.items()), reverse=True)
    rivals = [each for each in ranked if scene.actors[each[1]].type in MAY_BE_STATES]
    towns = [each for each in ranked if each not in rivals]  # a town may well lie in the state: other texts may tell
    clear = [
        found[0] for found in (rivals, towns) if found and found[0][0] - sum(v for v, _ in found[1:2]) >= rules["lead"]
    ]
    if not clear:
        return actor
    state = scene.actors[clear[0][1]]
    if None not in (actor.country, state.country) and actor.country != state.country:
        return actor  # whose president a listed person is, is listed
    if clear[0][0] < rules["enough"] or state.type is not ActorType.STATE:
        doubted = (f"{PERHAPS}:{counted}:{scene.actors[voted].name}" for counted, voted in clear)
        return replace(actor, flags=(*actor.flags, *doubted))
    told = f"{office.title} of {office.of}" if office.of and office.title.casefold() == "minister" else office.title
    worked_out = Office(told, state.country or state.name, office.since, office.until)
    offices = tuple(worked_out if each == office else each for each in actor.offices)
    why = "; ".join(votes[state.id].values())
    return replace(actor, offices=offices, flags=(*actor.flags, f"{WORKED_OUT}:{why}"))


@dataclass(frozen=True, slots=True)
class Scene:
    """One document with all that was found in it so far. datelines: as the reading told them apart.

    outlet: as the lists have it, where they do.
    """

    text: str
    sentences: tuple[Span, ...]
    attributions: tuple[Attribution, ...]
    mentions: tuple[Mention, ...]
    actors: dict[str, Actor]
    datelines: tuple[Span, ...] = ()
    outlet: Entry | None = None

    def votes(self, actor: Actor, office: Office) -> Iterator[Vote]:
        """Every sign that speaks for a state. Where it is "its" or "his" spokeswoman, only whose it or he is tells."""
        owned = tuple(self._by_pronoun(actor))
        yield from owned
        if owned or any(True for _ in self._served_at(actor)):
            return
        yield from self._by_owner(actor, office)
        if not self._has_rival(actor, office):  # of two presidents, neither is at home for being named in a capital
            yield from self._by_title(office)
            yield from self._by_place(actor)
            yield from self._by_dateline()
            yield from self._by_briefing(actor, office)
            yield from self._by_affairs()
            yield from self._by_house(actor)
            yield from self._by_outlet()
        yield from self._by_subject(actor)
        yield from self._by_stance(actor)
        yield from self._by_answer(actor)
        yield from self._by_reply(actor)
        yield from self._by_denial(actor)
        yield from self._by_headline(actor)

    def _by_pronoun(self, actor: Actor) -> Iterator[Vote]:
        """The state that "its" means: "Bekland rejected the offer. Its foreign minister, Ana Rhee, said"."""
        for mention in self._named(actor):
            before = self.text[max(0, mention.span.start - REACH) : mention.span.start]
            found = re.search(r"\b[Ii]ts\s(?:[\w-]+\s){0,3}[\w-]+,?\s$", before)
            state = self.spoken_of(mention.span.start - len(before) + found.start()) if found is not None else None
            if state is not None:
                yield state.id, "pronoun", {"state": state.name}
        for chief in self.served(actor):
            yield chief.id, "pronoun", {"state": chief.name}
        for each in self._said_by(actor):  # "its minister said", whom a later paragraph names
            start = each.source[0].start if each.source else 0
            owned = re.match(r"[Ii]ts\s[a-z]", self.text[start:][:REACH]) if each.source else None
            state = self.spoken_of(start) if owned is not None else None
            if state is not None:
                yield state.id, "pronoun", {"state": state.name}

    def served(self, actor: Actor) -> Iterator[Actor]:
        """The states of those whom "his" and "her" before a title mean: "President Rhee ... Her adviser, Jan Bek"."""
        for place in self._served_at(actor):
            chief = self._state_served(place)
            if chief is not None:
                yield chief

    def _served_at(self, actor: Actor) -> Iterator[int]:
        """Where "his" or "her" stands before the title of a person."""
        for mention in self._named(actor):
            before = self.text[max(0, mention.span.start - REACH) : mention.span.start]
            found = re.search(r"\b[Hh](?:is|er)\s(?:[\w-]+\s){0,3}[\w-]+,?\s$", before)
            if found is not None:
                yield mention.span.start - len(before) + found.start()

    def _by_title(self, office: Office) -> Iterator[Vote]:
        """The state of "Bekland's president", where the one president of the text is named elsewhere."""
        words = office.title.split()[-2:]
        title, more = re.escape(" ".join(words)), 3 if len(words) > 1 else 1
        for state, mention in self.states():
            pattern = rf"(?:['’]s?)?\s(?:(?!deputy|vice)[a-z-]+\s){{0,{more}}}{title}\b(?!\s[A-Z])"
            if re.match(pattern, self.text[mention.span.end : mention.span.end + REACH], re.IGNORECASE):
                yield state.id, "title", {"state": state.name, "title": office.title}

    def _by_owner(self, actor: Actor, office: Office) -> Iterator[Vote]:
        """The state that owns the title beside the name: "Bekland's icy minister Ana Rhee", "Minister Rhee of Bek"."""
        starts = {mention.span.start for mention in self._named(actor)}
        ends = {mention.span.end for mention in self._named(actor)}
        title = re.escape(office.title.split()[-1])
        for state, mention in self.states():
            after = self.text[mention.span.end : mention.span.end + REACH]
            found = re.match(rf"['’]s?\s(?:[\w-]+\s){{0,4}}{title},?\s", after, re.IGNORECASE)
            if found is not None and mention.span.end + found.end() in starts:
                yield state.id, "owner", {"state": state.name, "title": office.title}
            before = re.search(r"\sof\s(?:the\s)?$", self.text[max(0, mention.span.start - 8) : mention.span.start])
            if before is not None and mention.span.start - len(before.group()) in ends:
                yield state.id, "owner", {"state": state.name, "title": office.title}

    def _by_place(self, actor: Actor) -> Iterator[Vote]:
        """The state in whose capital the text was written, or the person spoke or is introduced."""
        for mention in self.mentions:
            state = self.state_of_capital(mention)
            sign = self._place_sign(mention.span, actor) if state is not None else None
            if state is not None and sign is not None:
                place = self.text[mention.span.start : mention.span.end]
                yield state.id, sign, {"state": state.name, "place": place}

    def _by_dateline(self) -> Iterator[Vote]:
        """The state that a dateline names behind its town: "BEKCITY, Bekland, May 4 (Plain Wire) -"."""
        for state, mention in self._states_and_capitals():
            if self._is_in_dateline(mention.span):
                place = self.text[mention.span.start : mention.span.end]
                yield state.id, "dateline", {"state": state.name, "place": place}
                if self._is_alone(state):
                    yield state.id, "alone", {"state": state.name}

        yield from self._by_town()

    def _by_briefing(self, actor: Actor, office: Office) -> Iterator[Vote]:
        """The state or town of the dateline once more for a spokesman: who speaks for others does so where they sit.

        Not for one named right behind a sentence that begins with another state: that may be the state spoken for.
        """
        briefs = office.title.casefold().endswith(tuple(_rules()["briefing"]))
        first = next(self._named(actor), None)
        before = self.opening_before(first.span.start) if briefs and first is not None else None
        for voted, sign, named in tuple(self._by_dateline()) if briefs else ():
            if sign == "dateline" and before in (None, self.actors[voted]):
                yield voted, "briefing", named

    def _by_affairs(self) -> Iterator[Vote]:
        """The one state that the text names, where it tells of what goes on inside: its courts, parties, elections."""
        for state, mention in self.states():
            after = self.text[mention.span.end : mention.span.end + REACH]
            if state.type is ActorType.STATE and self._is_alone(state) and _affairs().match(after):
                yield state.id, "affairs", {"state": state.name}
                yield state.id, "alone", {"state": state.name}

    def _by_outlet(self) -> Iterator[Vote]:
        """The state whose own the outlet is, by the lists: it leaves its own state out."""
        state = self.state_of_outlet()
        if state is not None:
            yield state.id, "outlet", {"state": state.name, "outlet": self.outlet.name if self.outlet else ""}

    def state_of_outlet(self) -> Actor | None:
        """The state that the text names and whose own the outlet is."""
        code = self.outlet.country if self.outlet is not None else None
        states = (a for a in self.actors.values() if a.type is ActorType.STATE and a.country == code)
        return next(states, None) if code is not None else None

    def home_town(self) -> Actor | None:
        """The one town or region that the datelines name; None where none or two are."""
        placed = [(m, self.actors.get(m.actor or "")) for m in self.mentions if m.kind is MentionKind.NAME]
        towns = {
            actor.id: actor
            for mention, actor in placed
            if actor is not None and actor.type is ActorType.PLACE and self._is_in_dateline(mention.span)
        }
        return next(iter(towns.values())) if len(towns) == 1 else None

    def _is_in_dateline(self, span: Span) -> bool:
        return any(contains(line, span) for line in self.datelines) or self._opens_dateline(span)

    def home(self) -> Actor | None:
        """The state that a dateline names, or whose own affairs the text tells alone; None where none or two are."""
        told = {state for state, _, _ in (*self._by_dateline(), *self._by_affairs())}
        states = [self.actors[each] for each in told if self.actors[each].type in MAY_BE_STATES]
        return states[0] if len(states) == 1 else None

    def _by_town(self) -> Iterator[Vote]:
        """The town that a dateline names, where its state is not told here: other texts may tell it."""
        for mention in self.mentions:
            place = self.actors.get(mention.actor or "")
            if place is None or place.type is not ActorType.PLACE or self.state_of_capital(mention) is not None:
                continue
            opens = self._opens_dateline(mention.span) or any(
                line.start == mention.span.start for line in self.datelines
            )
            if opens and not self._stated(mention.span):
                yield place.id, "dateline", {"state": place.name, "place": place.name}
                if not any(actor.type is ActorType.STATE for actor in self.actors.values()):
                    yield place.id, "alone", {"state": place.name}

    def _stated(self, town: Span) -> bool:
        """Whether a state stands in the same dateline."""
        return any(
            town.end < m.span.start < town.end + REACH
            and m.span.end - town.end < REACH
            and "\n" not in self.text[town.end : m.span.start]
            for _, m in self.states()
        )

    def _is_alone(self, state: Actor) -> bool:
        """Whether the text names no other state, and no other's capital."""
        others = (a for a in self.actors.values() if a.id != state.id)
        return not any(a.type is ActorType.STATE or _is_capital_beside(a, state) for a in others)

    def _place_sign(self, place: Span, actor: Actor) -> str | None:
        if self._introduces(place, actor):
            return "seat"
        return "setting" if self._is_setting(place, actor) else None

    def _by_subject(self, actor: Actor) -> Iterator[Vote]:
        """The state that the person's reported words begin with."""
        for each in self._said_for(actor):
            state = self.subject(each) if each.directness is Directness.INDIRECT else None
            if state is not None:
                yield state.id, "subject", {"state": state.name}

    def _by_stance(self, actor: Actor) -> Iterator[Vote]:
        """The state whose position the person tells: "set out the position of Bekland"."""
        sentences = {self._sentence_at(mention.span.start) for mention in self._named(actor)}
        for state, mention in self.states():
            before = self.text[max(0, mention.span.start - REACH) : mention.span.start]
            tells = re.search(rf"\b(?:{_words('stance')})\sof\s(?:the\s)?$", before) is not None
            if tells and self._sentence_at(mention.span.start) in sentences:
                yield state.id, "stance", {"state": state.name}

    def _by_answer(self, actor: Actor) -> Iterator[Vote]:
        """The state to which the sentence right before hands words: "Bekcity refused. Minister Rhee said"."""
        for each in self._said_by(actor):
            number = self._sentence_at(each.source[0].start) if each.source else None
            before = self.sentences[number - 1] if number else None
            if before is None or "\n" in self.text[before.end : each.source[0].start].strip(" "):
                continue
            answering = [
                a for a in self.attributions if a.source and a.within is None and contains(before, a.source[0])
            ]
            states = {a.speaker.actor for a in answering if a.source[0].start - before.start <= 4}
            state = self.actors.get(next(iter(states), None) or "")
            if len(states) == 1 and state is not None and state.type in MAY_BE_STATES:
                yield state.id, "answer", {"state": state.name}

    def _by_reply(self, actor: Actor) -> Iterator[Vote]:
        """The state that answers in the short sentence before: "Bekcity shrugged. President Rhee said"."""
        saying = {self._sentence_at(e.source[0].start) for e in self._said_for(actor) if e.source}
        for number in saying | self._opened_by(actor):
            before = self.sentences[number - 1] if number else None
            if before is None or "\n" in self.text[before.end : self.sentences[number or 0].start]:
                continue
            words = self.text[before.start : before.end]
            for state, mention in self._states_and_capitals():
                opens = before.start <= mention.span.start <= before.start + 5
                told = words[mention.span.end - before.start :] if opens else ""
                if _replying().match(told) and len(words.split()) <= SHORT:
                    yield state.id, "reply", {"state": state.name}

    def _opened_by(self, actor: Actor) -> set[int | None]:
        """The sentences that open with a person's name, the title before it left out, and a verb of saying."""
        named = ((m, self._sentence_at(m.span.start)) for m in self._named(actor))
        return {
            number
            for mention, number in named
            if number is not None
            and mention.span.start - self.sentences[number].start <= REACH / 2
            and re.match(r"\s(?:said|told|replied|answered)\b", self.text[mention.span.end : mention.span.end + REACH])
        }

    def _by_denial(self, actor: Actor) -> Iterator[Vote]:
        """The state that was accused in the sentence before one in which the person denies it."""
        for each in self._said_by(actor):
            number = self._sentence_at(each.source[0].start) if each.source else None
            if not number or each.act is not Act.DENIAL and not self._denies(each):
                continue
            before = self.text[self.sentences[number - 1].start : self.sentences[number - 1].end]
            for state, mention in self.states():
                at = mention.span.start - self.sentences[number - 1].start
                if 0 <= at <= len(before) and re.search(r"\baccus(?:ed|es|ing)\s(?:the\s)?$", before[:at]):
                    yield state.id, "denial", {"state": state.name}

    def _denies(self, attribution: Attribution) -> bool:
        return any(re.match(r"(?:has\s)?den(?:y|ies|ied)\b", self.text[cue.start : cue.end]) for cue in attribution.cue)

    def _by_house(self, actor: Actor) -> Iterator[Vote]:
        """The state to whose parliament the person speaks, where the text has no other's: "told deputies".

        Not where a place follows: "told lawmakers in Veld" may be the parliament of a state never named.
        """
        houses = {
            state.id: state
            for state, mention in self.states()
            if re.match(rf"['’]s?\s(?:[a-z-]+\s)?(?:{_words('house')})\b", self.text[mention.span.end :][:REACH])
        }
        spoke = any(
            re.match(rf"\s?(?:{_words('members')})\b(?!\sin\s(?:the\s)?[A-Z])", self.text[cue.end : cue.end + REACH])
            for each in self._said_by(actor)
            for cue in each.cue
        )
        for state in houses.values() if spoke and len(houses) == 1 else ():
            yield state.id, "house", {"state": state.name}

    def _by_headline(self, actor: Actor) -> Iterator[Vote]:
        """The state to which the headline hands words, where the person's own open the article."""
        lead = [span for span in self.sentences[1:LEAD] if any(span.start <= s < span.end for s in self._starts(actor))]
        for each in self.attributions if lead else ():
            state = self.actors.get(each.speaker.actor or "")
            titled = bool(each.source) and contains(self.sentences[0], each.source[0])
            if titled and state is not None and state.type in MAY_BE_STATES:
                yield state.id, "headline", {"state": state.name}

    # looking around

    def _has_rival(self, actor: Actor, office: Office) -> bool:
        """Whether somebody else here holds an office of that kind."""
        return any(_same_office(each, office) for each in self.actors.values() if each.id != actor.id)

    def _said_by(self, actor: Actor) -> Iterator[Attribution]:
        return (each for each in self.attributions if each.speaker.actor == actor.id and each.within is None)

    def _said_for(self, actor: Actor) -> Iterator[Attribution]:
        """What the person says, or somebody without a name says for the person."""
        yield from self._said_by(actor)
        yield from (each for each in self.attributions if each.speaker.on_behalf_of == actor.id and not each.within)

    def _starts(self, actor: Actor) -> list[int]:
        return [each.content[0].start for each in self._said_by(actor) if each.content]

    def _named(self, actor: Actor) -> Iterator[Mention]:
        return (m for m in self.mentions if m.actor == actor.id and m.kind is MentionKind.NAME)

    def states(self) -> Iterator[tuple[Actor, Mention]]:
        """Every name of a state, or of what may be one, in reading order."""
        for mention in self.mentions:
            actor = self.actors.get(mention.actor or "")
            if actor is not None and actor.type in MAY_BE_STATES and mention.kind is MentionKind.NAME:
                yield actor, mention

    def _states_and_capitals(self) -> Iterator[tuple[Actor, Mention]]:
        """The states as named, and as their capitals stand for them."""
        yield from self.states()
        for mention in self.mentions:
            state = self.state_of_capital(mention)
            place = self.actors.get(mention.actor or "")
            if state is not None and place is not None and place.type is ActorType.PLACE:
                yield state, mention

    def _sentence_at(self, place: int) -> int | None:
        return next((n for n, span in enumerate(self.sentences) if span.start <= place < span.end), None)

    def spoken_of(self, place: int) -> Actor | None:
        """The state a pronoun means: the one named before it in its sentence, else the first of the sentence before.

        Where a body opens that sentence, the body is meant: its state, if it is a state's, else none.
        """
        number = self._sentence_at(place)
        if number is None:
            return None
        before = [self.sentences[number - 1]] if number else []
        for part in (Span(self.sentences[number].start, place), *before):
            listed = [actor for actor, m in self.states() if part.start <= m.span.start < part.end]
            body = self.body_opening(part)
            if body is not None:
                return next((a for a in self.actors.values() if _is_state_of(a, body)), None)
            if listed:
                return listed[0]
            if any(True for _ in self._bodies_in(part)):
                return None  # nearer than the states of the sentence before
        return None

    def _bodies_in(self, part: Span) -> Iterator[Actor]:
        """The bodies and groups that a stretch of text names."""
        for mention in self.mentions:
            actor = self.actors.get(mention.actor or "")
            named = mention.kind is MentionKind.NAME and contains(part, mention.span)
            if named and actor is not None and actor.type in (ActorType.BODY, ActorType.GROUP):
                yield actor

    def body_opening(self, part: Span) -> Actor | None:
        """The body with whose name, behind a dateline or an article or not, a sentence begins."""
        dateline = _DATELINE.match(self.text, part.start, part.end)
        start = dateline.end() if dateline is not None else part.start
        first = next((m for m in self.mentions if m.kind is MentionKind.NAME and m.span.start >= start), None)
        body = self.actors.get(first.actor or "") if first is not None else None
        if first is None or body is None or body.type not in (ActorType.BODY, ActorType.GROUP):
            return None
        lead = self.text[start : first.span.start]
        return body if first.span.end <= part.end and re.fullmatch(r"\W*(?:the\s)?", lead, re.IGNORECASE) else None

    def opening_before(self, place: int) -> Actor | None:
        """The state with whose name, or capital's, the sentence before a place begins, in the same paragraph."""
        number = self._sentence_at(place)
        before = self.sentences[number - 1] if number else None
        if before is None or "\n" in self.text[before.end : place]:
            return None
        opening = (a for a, m in self._states_and_capitals() if before.start <= m.span.start <= before.start + 4)
        return next(opening, None)

    def _state_served(self, place: int) -> Actor | None:
        """The state of the one person with an office named in the sentence of a place or the one before."""
        number = self._sentence_at(place)
        if number is None:
            return None
        near = Span(self.sentences[max(0, number - 1)].start, place)
        named = {m.actor for m in self.mentions if m.kind is MentionKind.NAME and contains(near, m.span)}
        people = [a for a in self.actors.values() if a.id in named and a.type is ActorType.PERSON]
        served = {office.of for person in people for office in person.offices if office.of and represents(office)}
        states = [a for a in self.actors.values() if a.type is ActorType.STATE and {a.name, a.country} & served]
        return states[0] if len(people) == 1 and len(states) == 1 else None

    def state_of_capital(self, mention: Mention) -> Actor | None:
        """The state of this document whose capital a place is."""
        place = self.actors.get(mention.actor or "")
        if place is not None and place.type is ActorType.BODY:
            return self._state_of_house(place)
        if place is None or place.type is not ActorType.PLACE:
            return None
        told = {flag.removeprefix(CAPITAL_OF) for flag in place.flags if flag.startswith(CAPITAL_OF)}
        states = [each for each in self.actors.values() if each.type is ActorType.STATE]
        fitting = [s for s in states if fold(s.name) in told or (place.country and s.country == place.country)]
        return fitting[0] if len(fitting) == 1 else None

    def _state_of_house(self, body: Actor) -> Actor | None:
        """The state of this document whose parliament a body is, as the lists have it."""
        if body.country is None or not set(fold(body.name).split()) & set(_rules()["house"]):
            return None
        return next((s for s in self.actors.values() if s.type is ActorType.STATE and s.country == body.country), None)

    def _opens_dateline(self, span: Span) -> bool:
        opens = self.text[: span.start].rstrip(" \t\u00a0").endswith("\n") or span.start == 0
        alone = self.text[span.end : span.end + 1] in ("\n", "") and span.start < HEAD
        return opens and (alone or re.match(r"[^\n.]{0,40}?[(–—-]", self.text[span.end : span.end + 60]) is not None)

    def _introduces(self, span: Span, actor: Actor) -> bool:
        """Whether the place opens the sentence that first names the person: "In Bekcity, spokeswoman Ana Rhee"."""
        opens = re.search(r"(?:^|[\n.”\"]\s?)In\s$", self.text[max(0, span.start - 5) : span.start]) is not None
        first = next(self._named(actor), None)
        between = self.text[span.end : first.span.start] if first is not None else ""
        return opens and between.startswith(",") and len(between) < REACH and "." not in between

    def _is_setting(self, span: Span, actor: Actor) -> bool:
        """Whether the place stands behind "in" in the frame of the person's words: "told parliament in Bekcity"."""
        if not self.text[: span.start].endswith((" in ", "\u00a0in ", " in the ")):
            return False
        number = self._sentence_at(span.start)
        if number is not None and self._is_subject(actor, number, span.start):
            return True
        return number is not None and any(
            any(contains(self.sentences[number], cue) for cue in each.cue)
            and not any(contains(piece, span) for piece in each.content)
            for each in self._said_by(actor)
        )

    def _is_subject(self, actor: Actor, number: int, place: int) -> bool:
        """Whether the person's name opens a sentence that hands words to nobody: "Rhee hit back in the chamber"."""
        sentence = self.sentences[number]
        if any(contains(sentence, cue) for each in self.attributions for cue in each.cue):
            return False
        return any(
            sentence.start <= m.span.start <= sentence.start + 5 and m.span.end < place for m in self._named(actor)
        )

    def subject(self, attribution: Attribution) -> Actor | None:
        """The state that reported words begin with, where a verb behind it tells what it will do or is."""
        start = attribution.content[0].start if attribution.content else len(self.text)
        for actor, mention in self._states_and_capitals():
            if mention.span.start < start or not _LEAD_IN.fullmatch(self.text[start : mention.span.start]):
                continue
            after = re.match(r"[\s\u00a0]+([\w’']+)", self.text[mention.span.end : mention.span.end + 20])
            if after is not None and after.group(1).casefold() in _rules()["telling"]:
                return actor
        return None


_DATELINE = re.compile(r"[A-Z][^\n.;“”\"]{2,60}?\s[-–—]{1,2}\s(?=[A-Z“\"])")  # "BEKCITY, May 4 (Plain Wire) - The"


# What may stand before the state that reported words begin with: "that the".
_LEAD_IN = re.compile(r"\W*(?:\b(?:that|the|what)\b\W*){0,2}", re.IGNORECASE)


def _is_capital_beside(place: Actor, state: Actor) -> bool:
    """Whether a place is another state's capital, by the lists or by the text."""
    told = {flag.removeprefix(CAPITAL_OF) for flag in place.flags if flag.startswith(CAPITAL_OF)}
    listed = place.type is ActorType.PLACE and place.country not in (None, state.country)
    return listed or bool(told - {fold(state.name)})


def _is_state_of(actor: Actor, body: Actor) -> bool:
    return actor.type is ActorType.STATE and actor.country is not None and actor.country == body.country


def _same_office(actor: Actor, office: Office) -> bool:
    """Whether somebody holds an office of that kind: the same title, or one the lists take for the same."""
    kinds = load_vocabulary().offices
    mine = kinds.get(office.title.lower(), office.title.lower())
    return any(represents(o) and kinds.get(o.title.lower(), o.title.lower()) == mine for o in actor.offices)


@cache
def _rules() -> dict[str, Any]:
    return dict(load_lexicon("holding"))


@cache
def _affairs() -> re.Pattern[str]:
    """What goes on inside a state, behind its name."""
    return re.compile(rf"['’]s?\s(?:[\w-]+\s){{0,2}}(?:{_words('affairs')})\b")


@cache
def _replying() -> re.Pattern[str]:
    """A verb of answering behind a state's name, over an aside in commas."""
    return re.compile(rf"(?:,\s[^,.;]{{3,50}},)?\s(?:(?:has|had|so|far|also)\s){{0,3}}(?:{_words('replying')})\b")


def _words(name: str) -> str:
    """The words of a list as alternatives of a pattern."""
    return "|".join(_rules()[name])


def perhaps(actor: Actor) -> Iterator[tuple[str, float]]:
    """The states by name that one text takes somebody to speak for, with its votes, where they are too few."""
    for flag in actor.flags:
        if flag.startswith(f"{PERHAPS}:"):
            _, votes, state = flag.split(":", 2)
            yield state, float(votes)


def _weight(sign: str) -> float:
    return float(_rules()["signs"][sign]["weight"])
