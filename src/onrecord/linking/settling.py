"""Actors of one document settled: one name one actor, its type by a visible table, a people's name with its state.

Names that the knowledge lists hold are left as they are. For all others the words of the whole document are asked
(clues.py), so that a state nobody ever heard of is told from a person by what the text says of it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from onrecord.lexicon.loader import load_lexicon
from onrecord.lexicon.vocabulary import demonyms as known_demonyms
from onrecord.lexicon.vocabulary import known_names, load_vocabulary
from onrecord.linking.clues import (
    ENOUGH,
    REACH,
    STATE_ENOUGH,
    TITLE,
    Ballot,
    body_nouns,
    clues_at,
    demonyms_of,
    is_titled,
    vote_on,
)
from onrecord.linking.generic import keep_apart
from onrecord.linking.knowledge import Entry, Knowledge, entry_key, load_knowledge
from onrecord.linking.names import fold
from onrecord.records.actors import Actor, ActorLink, ActorType, LinkBasis, Mention, MentionKind, Office
from onrecord.records.changing import changed
from onrecord.records.documents import Document, PartKind
from onrecord.records.findings import Attribution, Speaker
from onrecord.records.spans import Span, contains, overlaps

PRODUCED_BY = "settling/1"
INFERRED_STATE = "inferred_state"
CAPITAL_OF = "capital_of:"
WORKED_OUT = "office_of_worked_out"  # of a person: what tells for whom they speak (holding.py)
LIES_IN = "lies_in:"  # of a town: the state that a dateline names behind it
SPEAKS = "speaks"  # of a name of no known kind: it is handed words
ADJECTIVE = "adjective"  # of a state that is not named; never stored

Linked = tuple[tuple[Mention, ...], tuple[Actor, ...], tuple[ActorLink, ...]]

# Votes that come with the name itself; the rest stands in lexicon/settling.yml.
LISTED = 0.95  # a mention's type at this score comes from a list, a title or a given name
OWN_WORDS = 0.8  # at this score from the words of the name
LONG = 6  # letters of a country's name that is not like its people's by chance
WEIGHTS = {
    "listed": 3.0,
    "own_words": 2.0,
    "guessed": 0.5,
    "alone": -1.5,
    "body": 3.0,
    "outlet": 5.0,
    "dateline": 5.0,
    "in_full": 6.0,
}


def settle_actors(
    document: Document,
    mentions: tuple[Mention, ...],
    actors: tuple[Actor, ...],
    links: tuple[ActorLink, ...],
    knowledge: Knowledge | None = None,
) -> Linked:
    """The same mentions, actors and links with each name's type settled; ids of kept actors do not change.

    A name glued to the name of a place in front of it is cut there. A mention that turns out to name nobody keeps
    actor None, and its link says why. knowledge: the states that a name settled as a state's may be; None: the shipped.
    """
    known = knowledge or load_knowledge()
    settled = _Settling(document, list(mentions), {actor.id: actor for actor in actors}, links, known).settle()
    return settled[0], keep_apart(document, settled[1]), settled[2]


@dataclass(slots=True)
class _Unit:
    """One folded name with all that bears it."""

    key: str
    forms: list[str] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)
    actors: list[str] = field(default_factory=list)
    ballot: Ballot = field(default_factory=Ballot.empty)
    demonyms: frozenset[str] = frozenset()
    flags: list[str] = field(default_factory=list)

    @property
    def single(self) -> bool:
        return " " not in self.key

    def add_form(self, form: str) -> None:
        if form not in self.forms:
            self.forms.append(form)


_OF_LANDS = {ActorType.STATE, ActorType.PLACE, ActorType.UNKNOWN}
_CAPITALISED = re.compile(r"[^\W\d_a-zß-ÿ][\w’'-]*")
_OWNS = re.compile(r"['’](?:s|S)?$")
_DATELINE = re.compile(
    r"(?m)^[ \t\u00a0]*(?P<place>[^\W\d_a-z][^a-z\n(–—,]{2,30}?)(?P<wider>,\s[^\n(–—]{2,50}?)?"
    r"\s?(?:\((?P<outlet>[A-Z][^()\n]{1,40})\)\s?)?\s?[-–—]{1,2}\s"
)

_NEWS = re.compile(r"\b(?:news|press|wire|media)")
_DATELINE_PLACE = re.compile(r"[^\W\d_a-z]{3,}(?:[ -][^\W\d_a-z]{2,}){0,3}(?=[,.:])")
_DASHED_PLACE = re.compile(r"[^\W\d_a-z][\w’'-]+(?:[ -][^\W\d_a-z][\w’'-]+){0,2}(?=,\s|\s\(|\s[-–—])")


@dataclass(slots=True)
class _Settling:
    """One document being settled."""

    document: Document
    mentions: list[Mention]
    actors: dict[str, Actor]
    links: tuple[ActorLink, ...]
    knowledge: Knowledge
    units: dict[str, _Unit] = field(default_factory=dict)
    reasons: dict[int, tuple[str | None, LinkBasis, float, str]] = field(default_factory=dict)
    capitals: dict[str, list[Span]] = field(default_factory=dict)  # folded capitalised word -> where
    outlets: list[tuple[Span, str]] = field(default_factory=list)
    datelines: list[Span] = field(default_factory=list)
    merged: dict[str, str] = field(default_factory=dict)  # actor id -> the id it became
    dropped: set[str] = field(default_factory=set)
    cut: dict[Span, Span] = field(default_factory=dict)  # a glued name's span -> the person's

    @property
    def text(self) -> str:
        return self.document.text

    def settle(self) -> Linked:
        self._look_around()
        self._gather()
        self._unglue()
        self._join_demonyms()
        for unit in self.units.values():
            self._vote(unit)
        self._infer_states()
        self._share_words()
        self._raise_acting()
        self._share_out()
        for unit in list(self.units.values()):
            self._decide(unit)
        self._name_capitals()
        self._merge_governments()
        self._merge_known()
        return self._finish()

    # looking around

    def _words(self, mention: Mention) -> str:
        return " ".join(_OWNS.sub("", self.text[mention.span.start : mention.span.end]).split())

    def _look_around(self) -> None:
        for match in _CAPITALISED.finditer(self.text):
            word = _OWNS.sub("", match.group())
            self.capitals.setdefault(fold(word), []).append(Span(match.start(), match.start() + len(word)))
        names = {self.document.outlet.name or ""}
        for match in _DATELINE.finditer(self.text):
            words = match.group("place").lower().split()
            bare = match.group("wider") is None and len(words) < 3 and load_vocabulary().common.isdisjoint(words)
            if match.group("outlet") or bare or re.search(r"\d", match.group("wider") or ""):
                self.datelines.append(Span(*match.span("place")))
                named = match.group("outlet") or ""
                names |= {named} - {_initials(self.document.outlet.name or "")}
        names |= set(self._bracketed_outlets())
        self.datelines += [span for span in self._stopped_datelines() if span not in self.datelines]
        self.outlets = [(span, name) for name in names if fold(name) for span in self._printed(name)]
        self.outlets += [(span, name) for name in names for span in self._labels(name)]

    def _stopped_datelines(self) -> Iterator[Span]:
        """The places that open what the reading told apart before a sentence: "BEKCITY, 4 May.", "Bek City —"."""
        for part in self.document.parts:
            if part.kind is not PartKind.DATELINE:
                continue
            dashed = self.text[part.span.end - 1] in "-–—"
            opens = _DATELINE_PLACE.match(self.text, *part.span) or (
                _DASHED_PLACE.match(self.text, *part.span) if dashed else None
            )
            if opens:
                yield Span(*opens.span())

    def _bracketed_outlets(self) -> Iterator[str]:
        """The outlets in brackets in what the reading told apart before a dash: "Bek City (Plain News Service) -"."""
        for part in self.document.parts:
            words = self.text[part.span.start : part.span.end]
            found = re.search(r"\(([A-Z][^()\n]{1,40})\)\.?\s?[-–—]{1,2}$", words)
            if part.kind is PartKind.DATELINE and found is not None:
                yield found.group(1)

    def _labels(self, name: str) -> Iterator[Span]:
        """Where an outlet's initials open a line as who asks, or stand in brackets: "BW: Are you leaving?", "(BW)"."""
        initials = re.escape(_initials(name))
        label = rf"(?m)^{initials}(?=:\s)|(?<=\(){initials}(?=\))"
        for match in re.finditer(label, self.text) if len(initials) > 1 else ():
            yield Span(*match.span())

    def _printed(self, name: str) -> Iterator[Span]:
        """Where an outlet's name is printed, its article and what stands before its last two words left out or not."""
        words = [re.escape(word) for word in name.split() if word.lower() != "the"]
        starts = (start for start in range(max(1, len(words) - 1)) if words[start][0].isupper())
        runs = {" ".join(words[start:]) for start in starts} or {" ".join(words)}
        whole = sorted(runs, key=len, reverse=True)
        for match in re.finditer(r"\b(?:" + "|".join(whole) + r")\b", self.text):
            yield Span(*match.span())

    # gathering

    def _is_known(self, actor: Actor) -> bool:
        listed = any(name in known_names() and not self._is_unsure(name) for name in (actor.name, *actor.printed))
        return listed or actor.qid is not None or actor.country is not None or "|" not in actor.key

    def _is_unsure(self, name: str) -> bool:
        """Whether a state's name often means something else, so that the text has to tell: "Georgia"."""
        return any(name in each.unsure for each in self.knowledge.named(name) if each.type is ActorType.STATE)

    def _gather(self) -> None:
        for number, mention in enumerate(self.mentions):
            actor = self.actors.get(mention.actor or "")
            if mention.kind is not MentionKind.NAME or actor is None or self._is_known(actor):
                continue
            outlet = next((name for span, name in self.outlets if contains(span, mention.span)), None)
            own = self._unit_name(mention, actor)
            name = outlet or _state_in_full(self._words(mention)) or _state_in_full(own) or own
            self._put(number, name, actor)

    def _unit_name(self, mention: Mention, actor: Actor) -> str:
        """The full name of whoever has one; what is printed, where the actor was gathered from single words."""
        words = self._words(mention)
        if " " not in actor.name or self._opens_other_name(words, actor):
            return words
        single = " " not in words and actor.type in (ActorType.BODY, ActorType.UNKNOWN, ActorType.OUTLET)
        return words if single and self._only_opens(mention.span) else actor.name

    def _opens_other_name(self, words: str, actor: Actor) -> bool:
        """Whether a lone word is how a longer name begins, and no given name: the city of a club called after it."""
        opens = fold(actor.name).startswith(fold(words) + " ")
        if " " in words and actor.type is ActorType.PERSON:
            return False  # "Ana Rhee" of Ana Rhee-Bek
        if actor.name.removeprefix(words).strip() in load_lexicon("roles")["firm_suffixes"]:
            return False
        if not opens or words in load_vocabulary().given or fold(actor.name).endswith(" " + fold(words)):
            return False
        return actor.type is not ActorType.PERSON or not self._is_called_by(words)

    def _is_called_by(self, given: str) -> bool:
        """Whether somebody goes by the first of their names alone, as in half of Asia: it has a title, says something,
        or what stands behind it is said of people.
        """
        spans = self.capitals.get(fold(given), ())
        alone = [s for s in spans if not re.match(r"[\s\u00a0][A-Z]", self.text[s.end : s.end + 2])]
        behind = (self.text[span.end : span.end + REACH] for span in alone)
        says = any(_acting().match(words) or _told_of().match(words) for words in behind)
        return not self._is_located(alone) and (says or any(is_titled(self.text, span) for span in alone))

    def _put(self, number: int, name: str, actor: Actor) -> None:
        unit = self.units.setdefault(fold(name), _Unit(fold(name)))
        unit.mentions.append(number)
        unit.add_form(self._words(self.mentions[number]))
        if actor.id not in unit.actors:
            unit.actors.append(actor.id)

    def _only_opens(self, span: Span) -> bool:
        """Whether a word is an everyday one that is capitalised because a sentence begins."""
        before = self.text[: span.start][-40:].rstrip(" “\"'‘\u00a0")[-1:]
        after = self.text[span.end : span.end + 2]
        if before not in ("", ".", "\n", "!", "?", "”") or not re.match(r"[\s\u00a0][a-z]", after):
            return False
        word = self.text[span.start : span.end].lower()
        return word in load_vocabulary().common or f" {word} " in self.text

    # a place's name glued to a person's

    def _unglue(self) -> None:
        for unit in list(self.units.values()):
            first, _, rest = unit.key.partition(" ")
            if " " not in rest or not self._is_place(first, unit):
                continue
            for number in list(unit.mentions):
                self._cut(number, unit, first, rest)
            if not unit.mentions:
                del self.units[unit.key]

    def _is_place(self, word: str, unit: _Unit) -> bool:
        """Whether the first word of a person's name stands elsewhere for a state or place."""
        if word in load_vocabulary().common or any(self.actors[a].type is not ActorType.PERSON for a in unit.actors):
            return False
        inside = [self.mentions[number].span for number in unit.mentions if " " in self._words(self.mentions[number])]
        elsewhere = [s for s in self.capitals.get(word, ()) if not any(overlaps(s, span) for span in inside)]
        ballot = Ballot.empty()
        vote_on(self.text, elsewhere, self._demonym_spans(demonyms_of(word)), ballot)
        governed = [span for span in inside if re.search(r"\b(?:of|for)\s$", self.text[: span.start][-6:])]
        if governed and elsewhere:
            ballot.vote(ActorType.STATE, ENOUGH, "stands behind an office")
        return ballot.winner()[0] in (ActorType.STATE, ActorType.PLACE)

    def _cut(self, number: int, unit: _Unit, first: str, rest: str) -> None:
        """Cut the place off one mention: the mention is the person's, a new one the place's."""
        mention, words = self.mentions[number], self._words(self.mentions[number])
        unit.mentions.remove(number)
        actor = self.actors[mention.actor or ""]
        place, _, name = words.partition(" ")
        if fold(place) != first:
            self._put(number, rest, actor)
            return
        if not name:
            self._put(number, place, self._new_actor(place))
            return
        at = self.text.index(name.split()[0], mention.span.start)
        self.cut[mention.span] = Span(at, mention.span.end)
        self.mentions[number] = replace(mention, span=self.cut[mention.span])
        offices = (*actor.offices, *self._office_before(mention.span, place))
        self.actors[actor.id] = replace(actor, name=name, printed=(name,), offices=offices)
        self._put(number, rest, actor)
        span = Span(mention.span.start, mention.span.start + len(place))
        self.mentions.append(replace(mention, id=f"{mention.id}a", span=span, type=ActorType.UNKNOWN))
        self._put(len(self.mentions) - 1, place, self._new_actor(place))

    def _office_before(self, span: Span, place: str) -> Iterator[Office]:
        """The office of "the former president of" in front of a place and a person's name."""
        before = self.text[max(0, span.start - 60) : span.start]
        found = re.search(r"((?:[a-z][\w-]*\s){0,4}[A-Za-z-]+)\sof\s$", before)
        if found is not None and found.group(1).split()[-1].lower() in load_vocabulary().roles:
            yield Office(" ".join(_title_words(found.group(1).split())), place)

    def _new_actor(self, name: str) -> Actor:
        unit = self.units.get(fold(name))
        return self.actors[unit.actors[0]] if unit is not None and unit.actors else self._add_actor(name)

    def _add_actor(self, name: str) -> Actor:
        number = 1 + max(int(each[1:]) for each in self.actors)
        actor = Actor(f"a{number}", name, ActorType.UNKNOWN, entry_key(name, ActorType.UNKNOWN, None), printed=(name,))
        actor = replace(actor, produced_by=PRODUCED_BY)
        self.actors[actor.id] = actor
        return actor

    # peoples' names

    def _demonym_spans(self, forms: Iterable[str]) -> list[Span]:
        return [span for form in sorted(forms) for span in self.capitals.get(form, ())]

    def _join_demonyms(self) -> None:
        """A people's name goes with the country's, where both stand in the document."""
        for word in sorted(self.capitals):
            forms = demonyms_of(word) & self.capitals.keys() if len(word) > 2 else frozenset()
            if not forms or (word not in self.units and not forms & self.units.keys()):
                continue
            if any(self._bears_title(form) for form in (word, *forms)) or not self._may_describe(word, forms):
                continue
            self._take_over(word, frozenset(forms))

    def _bears_title(self, word: str) -> bool:
        return any(is_titled(self.text, span) for span in self.capitals.get(word, ()))

    def _may_describe(self, word: str, forms: Iterable[str]) -> bool:
        if self._is_located(self._demonym_spans(forms)):
            return False
        return len(word) >= LONG or self._describes(forms)

    def _is_located(self, spans: Iterable[Span]) -> bool:
        """Whether something is in or at a name that stands alone, as a place's would, and not as an adjective."""
        alone = [span for span in spans if not re.match(r"[\s\u00a0][A-Za-z]", self.text[span.end : span.end + 2])]
        return any(clue.type is ActorType.PLACE for span in alone for clue in clues_at(self.text, span))

    def _describes(self, forms: Iterable[str]) -> bool:
        """Whether one of the forms stands before a noun in lower case, an office in capitals, or is a plural."""
        for span in self._demonym_spans(forms):
            after = re.match(r"\s([\w-]+)", self.text[span.end : span.end + 30])
            plural = self.text[span.start : span.end].endswith("s")
            if plural or (after and (after.group(1)[0].islower() or after.group(1).lower() in _official_words())):
                return True
        return False

    def _take_over(self, word: str, forms: frozenset[str]) -> None:
        unit = self.units.get(word)
        if unit is None:
            at = self.capitals[word][0]
            unit = self.units.setdefault(word, _Unit(word, [self.text[at.start : at.end]]))
        unit.demonyms |= forms
        for form in sorted(forms & self.units.keys()):
            other = self.units.pop(form)
            for number in other.mentions:
                unit.mentions.append(number)
                words = self._words(self.mentions[number])
                unit.add_form(words)
                base = self.units[word].forms[0]
                self.reasons[number] = (None, LinkBasis.ALIAS, 0.85, f"{words} is said of {base} and its people")
            unit.actors += [each for each in other.actors if each not in unit.actors]

    def _infer_states(self) -> None:
        """A people's name alone before a government's words means a state whose own name is not printed."""
        for unit in self.units.values():
            if not unit.single or unit.demonyms or self._bears_title(unit.key) or not _looks_demonym(unit.key):
                continue
            if unit.key in load_vocabulary().common:
                continue
            spans = self.capitals.get(unit.key, [])
            votes = [clue for span in spans for clue in clues_at(self.text, span, "demonym")]
            if any(clue.weight >= TITLE for clue in votes) and not self._is_located(spans):
                unit.ballot = Ballot.empty()
                unit.ballot.vote(ActorType.STATE, TITLE, votes[0].reason)
                unit.flags.append(INFERRED_STATE)
            elif votes and len(votes) >= len(spans):
                unit.flags.append(ADJECTIVE)

    # votes

    def _spans(self, unit: _Unit) -> list[Span]:
        """Every place of a one-word name that is not part of a longer one; the mentions of a longer name."""
        own = [self.mentions[n].span for n in unit.mentions if fold(self._words(self.mentions[n])) not in unit.demonyms]
        if not unit.single:
            return own
        places = self.capitals.get(unit.key, ())
        if not places:
            return []
        longer = [m.span for m in self.mentions if m.kind is MentionKind.NAME and m.span not in own]
        longer += [span for span, _ in self.outlets]
        return [place for place in places if not any(start < place.end and place.start < end for start, end in longer)]

    def _vote(self, unit: _Unit) -> None:
        spans = self._spans(unit)
        vote_on(self.text, spans, self._demonym_spans(unit.demonyms), unit.ballot)
        self._vote_as_printed(unit)
        if any(_state_in_full(form) for form in unit.forms):
            unit.ballot.vote(ActorType.STATE, WEIGHTS["in_full"], "is called a republic or the like")
        if self._is_named_otherwise(unit):
            unit.ballot.vote(ActorType.STATE, WEIGHTS["listed"], "its capital or people are named as well")
        if unit.key in load_vocabulary().common or (not unit.single and self._called_person(unit)):
            unit.ballot.withdraw(ActorType.STATE)  # people have governments and armies too
        if unit.single and all(self._owns_as_many(span) for span in spans):
            unit.ballot.withdraw(ActorType.STATE)
        if any(overlaps(span, place) for span in spans for place in self.datelines):
            unit.ballot.vote(ActorType.PLACE, WEIGHTS["dateline"], "opens a dateline")
        outlet = any(contains(span, self.mentions[n].span) for span, _ in self.outlets for n in unit.mentions)
        if outlet:
            unit.ballot.vote(ActorType.OUTLET, WEIGHTS["outlet"], "is the outlet's name")
        elif unit.single and self._is_part_of_outlet(unit):
            unit.ballot.vote(ActorType.OUTLET, WEIGHTS["own_words"], "is short for the outlet's name")
        noun = _noun_of(unit.forms[0])
        if noun in body_nouns() and (not unit.single or noun == "Treasury"):
            unit.ballot.vote(ActorType.BODY, WEIGHTS["body"], f"is called {_with_article(noun.lower())}")
        if outlet and _NEWS.search(unit.key):
            unit.ballot.withdraw(ActorType.BODY)  # a service or an agency of news
        given = any(form in load_vocabulary().given for form in unit.forms)
        if unit.single and not given and not any(is_titled(self.text, span) for span in spans):
            unit.ballot.vote(ActorType.PERSON, WEIGHTS["alone"], "")

    def _is_named_otherwise(self, unit: _Unit) -> bool:
        """Whether the text has the sure capital or people of a state whose name often means something else."""
        named = (each for form in unit.forms if self._is_unsure(form) for each in self.knowledge.named(form))
        states = (each for each in named if each.type is ActorType.STATE)
        sure = (form for each in states for form in (*each.capitals, *each.demonyms) if form not in each.unsure)
        return any(self._prints(form) for form in sure)

    def _prints(self, words: str) -> bool:
        return re.search(rf"\b{re.escape(words)}\b", self.text, re.IGNORECASE) is not None

    def _owns_as_many(self, span: Span) -> bool:
        """Whether a name owns as a plural does: "Dockers' leader"."""
        return self.text[span.end - 1] == "s" and re.match(r"['’]\s", self.text[span.end : span.end + 2]) is not None

    def _called_person(self, unit: _Unit) -> bool:
        return any(self.mentions[number].type is ActorType.PERSON for number in unit.mentions)

    def _is_part_of_outlet(self, unit: _Unit) -> bool:
        words = fold(self.document.outlet.name or "").split()
        before = (self.text[: self.mentions[n].span.start][-8:].lower() for n in unit.mentions)
        told = all(re.search(r"\b(?:the|told)\s$", each) for each in before)
        return unit.key in words and unit.ballot.winner()[0] is ActorType.UNKNOWN and told

    def _vote_as_printed(self, unit: _Unit) -> None:
        """What find_mentions said, by its surest mention of each type."""
        best: dict[ActorType, float] = {}
        for number in unit.mentions:
            mention = self.mentions[number]
            words = self._words(mention)
            told = mention.type is not ActorType.UNKNOWN and not self._is_unsure(words)
            if told and fold(words) not in unit.demonyms:
                best[mention.type] = max(best.get(mention.type, 0.0), mention.score)
        for kind, score in best.items():
            shouted = kind is ActorType.BODY and unit.single and all(form.isupper() for form in unit.forms)
            if not shouted or self.text.upper() == self.text or not self._dated(unit):
                unit.ballot.vote(kind, _own_weight(unit, kind, score), "by its own words")

    def _dated(self, unit: _Unit) -> bool:
        return any(overlaps(self.mentions[n].span, place) for n in unit.mentions for place in self.datelines)

    def _share_words(self) -> None:
        """A name for which nothing speaks is a place where it shares a word with one ("Bek Islands", "Great Bek")."""
        places = [unit for unit in self.units.values() if unit.ballot.winner()[0] is ActorType.PLACE]
        listed = (fold(a.name) for a in self.actors.values() if a.type is ActorType.PLACE and self._is_known(a))
        names = [*(unit.key for unit in places), *listed]
        told = {stem for name in names if " " in name for stem in map(_stem, name.split())}
        told -= _everyday_stems()
        for unit in self.units.values():
            if unit.ballot.winner()[0] is ActorType.UNKNOWN and told & set(map(_stem, unit.key.split())):
                unit.ballot.vote(ActorType.PLACE, ENOUGH, "shares a word with a place")

    def _raise_acting(self) -> None:
        """A place that says something ("Bekland threatens") is a state; a town that opens a dateline is none."""
        for unit in self.units.values():
            sure = _sure_places() & set(unit.ballot.reasons[ActorType.PLACE])
            if not unit.single or sure or unit.ballot.winner()[0] is not ActorType.PLACE:
                continue
            spans = self._spans(unit)
            if any(self._acts(span) for span in spans):
                unit.ballot.vote(ActorType.STATE, STATE_ENOUGH, "acts as a state does")

    def _acts(self, span: Span) -> bool:
        """Whether a name is handed words itself, and not somebody there: "an official in Ostmark says"."""
        there = re.search(r"\b(?:in|at|from|near|of|for|to|on)\s$", self.text[max(0, span.start - 6) : span.start])
        return there is None and _acting().match(self.text[span.end : span.end + REACH]) is not None

    def _share_out(self) -> None:
        """Each actor to the unit that has most of its mentions; a unit left without one gets a new one."""
        counted: Counter[tuple[str, str]] = Counter()
        for unit in self.units.values():
            counted.update((self.mentions[number].actor or "", unit.key) for number in unit.mentions)
        best: dict[str, str] = {}
        for (actor, key), _ in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
            best.setdefault(actor, key)
        for unit in self.units.values():
            unit.actors = [each for each in unit.actors if best.get(each, unit.key) == unit.key]
        for unit in self.units.values():
            if not unit.actors:
                unit.actors.append(self._add_actor(unit.forms[0]).id)

    # deciding

    def _decide(self, unit: _Unit) -> None:
        kind, votes = unit.ballot.winner()
        nothing = kind is ActorType.UNKNOWN and self._names_nobody(unit)
        adjective = ADJECTIVE in unit.flags and kind in (ActorType.UNKNOWN, ActorType.PERSON)
        if nothing or adjective:
            self._unlink(unit, "said of a people or state that is not named" if adjective else "an everyday word")
            return
        kept = self._keep(unit, kind)
        for number in unit.mentions:
            mention = self.mentions[number]
            self.mentions[number] = changed(mention, actor=kept.id, type=kind)
            if number not in self.reasons and (why := unit.ballot.why(kind)):
                self.reasons[number] = (kept.id, LinkBasis.NAME, 0.0, f"{kind.value} by {votes:.1f} votes: {why}")

    def _names_nobody(self, unit: _Unit) -> bool:
        spans = [self.mentions[number].span for number in unit.mentions]
        if not unit.single or not spans or unit.demonyms:
            return False
        return all(self._only_opens(span) for span in spans) or (
            len(self.capitals.get(unit.key, ())) == 1 and self._opens_noun(spans[0])
        )

    def _opens_noun(self, span: Span) -> bool:
        """Whether a word opens a sentence before a noun: "Harvest prices rose", and no "Bekland says"."""
        before = self.text[: span.start].rstrip(" “\"'‘\u00a0")[-1:]
        after = re.match(r"\s([a-z]+)\b", self.text[span.end : span.end + 30])
        words = load_vocabulary()
        verbal = words.saying | words.verbs | words.stops | words.function
        noun = after is not None and after.group(1) not in verbal and not after.group(1).endswith(("ed", "ly"))
        return noun and before in ("", ".", "\n", "!", "?", "”")

    def _unlink(self, unit: _Unit, why: str) -> None:
        for number in unit.mentions:
            self.mentions[number] = replace(self.mentions[number], actor=None)
            self.reasons[number] = (None, LinkBasis.NONE, 0.0, why)
        self.dropped.update(unit.actors)

    def _keep(self, unit: _Unit, kind: ActorType) -> Actor:
        """The unit's one actor, with its name, type and key; the others' ids go over into it."""
        held = [self.actors[each] for each in unit.actors]
        first = held[0]
        forms = tuple(unit.forms)
        outlet = next((name for _, name in self.outlets if fold(name) == unit.key), None)
        short = (form for form in unit.forms if outlet and form == _initials(outlet))
        name = outlet or _best_name(unit, forms, kind, first.name)
        forms = tuple(dict.fromkeys((*self._outlet_forms(name), *short))) if outlet else forms
        own = (flag for flag in unit.flags if flag != ADJECTIVE)
        flags = tuple(dict.fromkeys((*(flag for a in held for flag in a.flags), *own)))
        if kind is not ActorType.PERSON:
            flags = tuple(flag for flag in flags if not flag.startswith("gender:"))
        offices = tuple(dict.fromkeys(o for a in held for o in a.offices)) if kind is ActorType.PERSON else ()
        kept = replace(
            first, name=name, type=kind, key=entry_key(name, kind, None), printed=forms, flags=flags, offices=offices
        )
        kept = replace(kept, score=max(a.score for a in held))
        listed = self._listed_state(unit) if kind is ActorType.STATE and self._is_named_otherwise(unit) else None
        if listed is not None:
            kept = replace(kept, name=listed.name, key=listed.key, country=listed.country, qid=listed.qid)
        self.actors[kept.id] = kept
        for other in held:
            if other.id not in self.merged:
                self.merged[other.id] = kept.id
        return kept

    def _listed_state(self, unit: _Unit) -> Entry | None:
        """The state that a name often meaning something else stands for, where this text shows it to be a state's."""
        found = [each for form in unit.forms for each in self.knowledge.named(form) if each.type is ActorType.STATE]
        return found[0] if len({each.key for each in found}) == 1 and not self._is_met(found[0]) else None

    def _is_met(self, entry: Entry) -> bool:
        return any(actor.key == entry.key for actor in self.actors.values())

    def _outlet_forms(self, name: str) -> Iterator[str]:
        """How an outlet's name is printed, whole."""
        return (self.text[span.start : span.end] for span, each in self.outlets if each == name)

    def _name_capitals(self) -> None:
        """A city that the text calls a people's capital is flagged with its state."""
        states = {f: unit for unit in self.units.values() for f in (unit.key, *unit.demonyms)}
        pattern = re.compile(r",\s(?:the\s)?([A-Z][\w-]+?)(?:['’]s?)?\scapital\b|,\s(?:the\s)?capital\sof\s([A-Z]\w+)")
        for unit in self.units.values():
            for span in self._spans(unit):
                found = pattern.match(self.text[span.end : span.end + 50])
                state = states.get(fold(found.group(1) or found.group(2))) if found else None
                if state is None or not state.actors or not unit.actors or state is unit:
                    continue
                city = self.actors[self.merged.get(unit.actors[0], unit.actors[0])]
                self._flag(city, CAPITAL_OF + state.key)
        for line in self.datelines:
            self._locate(line)

    def _locate(self, dateline: Span) -> None:
        """The town of "BEKTOWN, Bekland, May 4 (Plain Wire) -" lies in Bekland."""
        found = re.match(r",\s([A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?)(?=,|\s?[(–—-])", self.text[dateline.end :][:50])
        if found is None:
            return
        town = self.units.get(fold(self.text[dateline.start : dateline.end]))
        held = [self.mentions[n].actor for n in range(len(self.mentions)) if self._stands_at(n, dateline, found.end(1))]
        states = [self.actors[each] for each in held if each is not None and each in self.actors]
        may_be = (ActorType.STATE, ActorType.UNKNOWN)  # whether it is one, other texts may tell
        if town is not None and town.actors and states and states[0].type in may_be:
            place = self.actors[self.merged.get(town.actors[0], town.actors[0])]
            self._flag(place, LIES_IN + fold(states[0].name))

    def _stands_at(self, number: int, dateline: Span, end: int) -> bool:
        span = self.mentions[number].span
        return dateline.end < span.start and span.end == dateline.end + end

    def _flag(self, actor: Actor, flag: str) -> None:
        if flag not in actor.flags:
            self.actors[actor.id] = replace(actor, flags=(*actor.flags, flag))

    def _merge_governments(self) -> None:
        """The body "Bekland government", made where Bekland was taken for a person, is the state itself."""
        held = {mention.actor for mention in self.mentions if mention.kind is MentionKind.NAME}
        for actor in self.actors.values():
            owner, _, noun = fold(actor.name).removeprefix("government of ").partition(" ")
            noun = noun or ("government" if fold(actor.name).startswith("government of ") else "")
            unit = self.units.get(owner)
            if (
                (actor.id in held and noun != "government")
                or self._is_known(actor)
                or unit is None
                or noun not in load_vocabulary().bodies
            ):
                continue
            state = self.actors[self.merged.get(unit.actors[0], unit.actors[0])]
            if state.type in (ActorType.STATE, ActorType.PLACE, ActorType.UNKNOWN):
                self.merged[actor.id] = state.id

    def _merge_known(self) -> None:
        """A name or people's name that was settled here goes to the one listed state or place that bears it."""
        bearers: dict[str, set[str]] = {}
        for actor in self.actors.values():
            if self._is_known(actor) and actor.type in (ActorType.STATE, ActorType.PLACE):
                peoples = demonyms_of(fold(actor.name)) if actor.type is ActorType.STATE else ()
                for form in (*map(fold, (actor.name, *actor.printed)), *peoples):
                    bearers.setdefault(form, set()).add(actor.id)
        for unit in self.units.values():
            held = {self.merged.get(each, each) for each in unit.actors}
            types = {self.actors[each].type for each in held}
            if any(map(self._is_unsure, unit.forms)) and not self._is_named_otherwise(unit):
                continue  # "from Georgia" is not the Georgia that a title was taken to be of
            if len(found := bearers.get(unit.key, set()) - held) == 1 and types <= _OF_LANDS:
                self._give(held, next(iter(found)), unit.forms)

    def _give(self, held: set[str], known: str, forms: Iterable[str]) -> None:
        """The mentions of actors settled here to one that is listed, with how they were printed."""
        self.merged = {each: known if to in held else to for each, to in self.merged.items()}
        self.merged |= dict.fromkeys(held, known)
        actor = self.actors[known]
        self.actors[known] = replace(actor, printed=tuple(dict.fromkeys((*actor.printed, *forms))))

    # finishing

    def _finish(self) -> Linked:
        """Everything in reading order, with actors that nothing refers to any more left out."""
        numbers = sorted(
            range(len(self.mentions)), key=lambda n: (self.mentions[n].span.start, -self.mentions[n].span.end)
        )
        moved = [self._moved(self.mentions[number]) for number in numbers]
        used = {mention.actor for mention in moved}
        states = self._state_names()
        bodies = {fold(n): a.name for a in self.actors.values() if a.type is ActorType.BODY for n in a.printed}
        actors = tuple(
            _clean_offices(actor, states, bodies)
            for actor in sorted(self.actors.values(), key=lambda a: int(a.id[1:]))
            if actor.id in used or (self._is_known(actor) and self.merged.get(actor.id, actor.id) == actor.id)
        )
        return tuple(moved), actors, tuple(self._relinked())

    def _moved(self, mention: Mention) -> Mention:
        actor = self.merged.get(mention.actor or "", mention.actor)
        actor = None if actor in self.dropped else actor
        told = mention.kind is MentionKind.NAME and mention.type is ActorType.UNKNOWN and actor in self.actors
        kind = self.actors[actor].type if told and actor is not None else mention.type
        return changed(mention, actor=actor, type=kind)

    def _relinked(self) -> Iterator[ActorLink]:
        by_span = {self.mentions[number].span: number for number in self.reasons}
        for link in self.links:
            span = self.cut.get(link.span, link.span)
            number = by_span.pop(span, None)
            actor = self.merged.get(link.actor or "", link.actor)
            if number is None:
                lost = changed(link, span=span, actor=None, basis=LinkBasis.NONE) if actor in self.dropped else None
                yield lost or changed(link, span=span, actor=actor)
                continue
            yield self._relink(changed(link, span=span), number)
        for span, number in by_span.items():
            yield self._relink(ActorLink(span, None, LinkBasis.NAME, 0.8, "cut off the name behind it"), number)

    def _relink(self, link: ActorLink, number: int) -> ActorLink:
        _, basis, score, why = self.reasons[number]
        actor = self.mentions[number].actor
        if actor is None or basis is LinkBasis.ALIAS:
            return replace(link, actor=actor, basis=basis, score=score, reason=why)
        return replace(link, actor=actor, reason=f"{link.reason}; {why}")

    def _state_names(self) -> Mapping[str, str]:
        """Folded name or people's name of each state that was settled here -> its name."""
        found: dict[str, str] = {}
        for unit in self.units.values():
            held = [self.actors[self.merged.get(each, each)] for each in unit.actors]
            for actor in held[:1]:
                if actor.type in (ActorType.STATE, ActorType.PLACE, ActorType.UNKNOWN):
                    found |= dict.fromkeys((unit.key, *unit.demonyms), actor.name)
        return found


@cache
def _sure_places() -> frozenset[str]:
    """Reasons for a place beside which it is one even if it is handed words: a capital's name means its state."""
    return frozenset(load_lexicon("settling")["sure_places"])


@cache
def _acting() -> re.Pattern[str]:
    """Verbs of saying behind the name of who says it."""
    verbs = "|".join(sorted(load_lexicon("settling")["acting"]))
    return re.compile(
        rf"(?:,\s[^,.;\n]{{3,60}},)?[\s\u00a0](?:(?:has|had|have|also|again|then|now|so|far)\s){{0,3}}(?:{verbs})\b"
    )


@cache
def _told_of() -> re.Pattern[str]:
    """What stands behind a person's name and no place's: "Rhee, who", "Rhee, also a member", "Rhee later wrote"."""
    verbs = "|".join(sorted(load_vocabulary().saying))
    return re.compile(
        rf",\s(?:who|himself|herself|also)\b|[\s\u00a0](?:[a-z]+ly|later|earlier|also|did\snot|didn['’]t)\s(?:{verbs}|[a-z]+)\b"
    )


def _own_weight(unit: _Unit, kind: ActorType, score: float) -> float:
    if unit.single and kind is ActorType.PERSON and score < LISTED:
        # A model that never saw the name takes any subject for a person; a given name is one.
        return ENOUGH if any(form in load_vocabulary().given for form in unit.forms) else WEIGHTS["guessed"]
    if unit.single and kind is ActorType.BODY and all(form.isupper() for form in unit.forms):
        return WEIGHTS["own_words"]  # an acronym
    sure = "listed" if score >= LISTED else "own_words" if score >= OWN_WORDS else "guessed"
    return WEIGHTS[sure] + (ENOUGH / 2 if sure == "guessed" and not unit.single else 0.0)


def _best_name(unit: _Unit, forms: tuple[str, ...], kind: ActorType, otherwise: str) -> str:
    """The full name; of a name in capitals its quieter form; never a people's name where the state's is printed."""
    if not unit.single:
        whole = [form for form in forms if fold(form) == unit.key]
        longer = [form for form in forms if fold(form).endswith(" " + unit.key)]  # "Bekian Foreign Ministry"
        return _in_title_case(next((form for form in (*whole, *longer) if not form.isupper()), otherwise), kind)
    short = [name for form in forms if (name := _state_in_full(form)) is not None]
    own = [form for form in forms if fold(form) == unit.key] or short or list(forms)
    return _in_title_case(next((form for form in own if not form.isupper()), own[0]), kind)


def _with_article(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeio" else f"a {noun}"


def _initials(name: str) -> str:
    """The first letters of an outlet's words, its article left out."""
    return "".join(word[0] for word in name.split() if word[0].isupper() and word != "The")


def _in_title_case(name: str, kind: ActorType) -> str:
    """A long name in capitals as it would stand in a sentence; acronyms stay, and so does one word that may be one."""
    if " " not in name and kind in (ActorType.BODY, ActorType.OUTLET, ActorType.UNKNOWN):
        return name
    short = kind is ActorType.OUTLET and all(len(word) <= 5 for word in name.split())  # "TV ORTM", "RTS 1"
    return name.title() if name.isupper() and len(name) > 4 and "." not in name and not short else name


def _title_words(words: list[str]) -> list[str]:
    """The words of a title, back from its noun to the first that is part of no title."""
    known = load_vocabulary()
    start = len(words) - 1
    while start > 0 and words[start - 1].lower() in known.modifiers | known.past | known.present | {"prime", "foreign"}:
        start -= 1
    return words[start:]


def _noun_of(name: str) -> str:
    """The word of a longer name that tells what it is: its last, or the last before "of"."""
    last = name.split()[-1]
    before = name.split(" of ")[0].split()[-1]
    return before if " of " in name and last not in body_nouns() else last


_IN_FULL = re.compile(
    r"(?:Republic|Kingdom|Principality|Sultanate|Emirate|Commonwealth)\sof\s([A-Z]\w+(?:\s[A-Z]\w+)?)"
)


def _state_in_full(name: str) -> str | None:
    """The short name of a state called in full: "Republic of Bekland" → Bekland."""
    found = _IN_FULL.fullmatch(name)
    return found.group(1) if found is not None else None


def _stem(word: str) -> str:
    return word.removesuffix("s")


@cache
def _everyday_stems() -> frozenset[str]:
    """Words that two names may share without telling anything of each other."""
    return load_vocabulary().common.union(_stem(fold(word)) for word in load_vocabulary().heads)


@cache
def _official_words() -> frozenset[str]:
    words = load_vocabulary()
    return words.roles | words.bodies | words.groups | words.modifiers | {noun.lower() for noun in body_nouns()}


def _looks_demonym(word: str) -> bool:
    endings = {
        rule["add"] for rule in load_lexicon("settling")["demonyms"] if len(rule["add"]) > 1 and rule["add"] != "er"
    }
    return len(word) > 5 and word.removesuffix("s").endswith(tuple(sorted(endings)))


# offices


def _clean_offices(actor: Actor, states: Mapping[str, str], bodies: Mapping[str, str]) -> Actor:
    """The actor with offices that hold the title alone, and whose it is."""
    if not actor.offices:
        return actor
    held = (office for office in actor.offices if not _is_address(office.title))
    cleaned = tuple(dict.fromkeys(clean_office(office, states, bodies) for office in held))
    return replace(actor, offices=_without_repeats(cleaned))


def _is_address(title: str) -> bool:
    """Whether a title is but a form of address: "MP Dr"."""
    return all(word.lower().rstrip(".") in _ADDRESSES for word in title.split())


_ADDRESSES = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "mp", "mep", "hon"})  # beside a title they are none
_OWNER = re.compile(r"^([A-Z][\w.]*(?:\s[A-Z][\w.]*){0,2})['’]s?\s(?:so-called\s)?")
_OF = re.compile(
    r"^(.+?)\s(?:of|for)\s(?:the\s)?(?:(?:country|nation)['’]s\s)?(?:(?:ruling|governing|opposition|main|largest)\s){0,2}"
    r"([A-Z][^,]*)$"
)


_NO_BODIES: Mapping[str, str] = {}


def clean_office(office: Office, states: Mapping[str, str], bodies: Mapping[str, str] = _NO_BODIES) -> Office:
    """A title without determiners, pronouns and whose it is: "that Bekian President" → President of Bekia.

    states, bodies: folded printed names with the name each is kept under.
    """
    words = [
        word for word in office.title.split() if word.lower().rstrip(".") not in _ADDRESSES
    ] or office.title.split()
    beside = (*load_lexicon("settling")["determiners"], *load_lexicon("settling")["no_part_of_title"])
    while len(words) > 1 and words[0].lower() in beside:
        words = words[1:]
    title, of = " ".join(words), office.of
    if (owner := _OWNER.match(title)) is not None and len(title) > owner.end():
        named = states.get(fold(owner.group(1)))
        if of is not None or named is not None:
            title, of = title[owner.end() :], of or named
    first, _, rest = title.partition(" ")
    acronym = re.sub(r"['’]s?$", "", first)
    if rest and acronym.isupper() and len(acronym) > 2 and fold(acronym) in bodies:
        plain = re.split(r"\s(?:for|of)\s", rest, maxsplit=1)[0]  # "HBC spokesman for the strait" is the HBC's
        return replace(office, title=plain, of=bodies[fold(acronym)])
    if rest and _is_people_of_two(title):
        return replace(office, title=title, of=None)
    if rest and fold(first) in states and first[0].isupper():
        title, of = rest, of or states[fold(first)]
    elif rest and of is not None and first.lower() in known_demonyms():
        title = rest
    if (behind := _OF.match(title)) is not None and behind.group(1).lower() not in ("secretary", "chief", "house"):
        title, of = behind.group(1), of or states.get(fold(behind.group(2)), behind.group(2))
    return replace(office, title=title, of=of)


def _is_people_of_two(title: str) -> bool:
    """Whether a title begins with two peoples' names, which is a people of no state: "Turkish Cypriot leader"."""
    words = title.split()
    return len(words) > 2 and all(word.lower() in known_demonyms() and word[0].isupper() for word in words[:2])


def _without_repeats(offices: tuple[Office, ...]) -> tuple[Office, ...]:
    """Offices once each: one that says less than another of that title goes."""
    fuller = {fold(office.title) for office in offices if office.of is not None}
    return tuple(office for office in offices if office.of is not None or fold(office.title) not in fuller)


# whose position it is


def settle_sides(attributions: tuple[Attribution, ...], actors: tuple[Actor, ...]) -> tuple[Attribution, ...]:
    """The attributions with the state or body for which its head or spokesperson speaks, as the text says."""
    by_id = {actor.id: actor for actor in actors}
    sides = {actor.id: by_id[side] for actor in actors if (side := find_side(actor, actors)) is not None}
    return tuple(replace(each, speaker=_sided(each.speaker, by_id, sides)) for each in attributions)


def _sided(speaker: Speaker, actors: Mapping[str, Actor], sides: Mapping[str, Actor]) -> Speaker:
    """The speaker with the side of the actor, or of the office-holder whose ministry it is."""
    if speaker.actor is not None and speaker.actor in sides and speaker.on_behalf_of is None:
        return _on_behalf(speaker, actors[speaker.actor], sides[speaker.actor])
    chief = actors.get(speaker.on_behalf_of or "")
    if speaker.actor is not None or chief is None or chief.id not in sides or chief.type is not ActorType.PERSON:
        return speaker
    state = sides[chief.id]
    if state.type is not ActorType.STATE or _GOVERNED.search(speaker.name or "") is None:
        return speaker
    return replace(speaker, on_behalf_of=state.id, reason=f"{speaker.reason}; {chief.name} speaks for {state.name}")


# What an office-holder heads for the state: "Rhee's ministry", and no "Rhee's lawyer".
_GOVERNED = re.compile(r"['’]s?\s(?:[\w-]+\s){0,3}(?:ministry|government|cabinet|administration|department)\b")


def _on_behalf(speaker: Speaker, actor: Actor, side: Actor) -> Speaker:
    """The speaker with whom they speak for, and what tells so where no title names it."""
    worked_out = next((flag.partition(":")[2] for flag in actor.flags if flag.startswith(WORKED_OUT)), "")
    of = {fold(side.name), (side.country or side.name).lower()}
    named = (office.title for office in actor.offices if office.of is not None and fold(office.of) in of)
    why = worked_out or next(named, None) or next((office.title for office in actor.offices), "")
    why = why.removeprefix(f"{side.name}'s ").removeprefix(f"{side.name}’s ").removeprefix(f"{side.name} ")
    reason = f"{speaker.reason}; for {side.name}" + (f": {why}" if why else "")
    return replace(speaker, on_behalf_of=side.id, reason=reason)


def mark_surnames(attributions: tuple[Attribution, ...], actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """The actors, with a mark on lone names of no known kind that are handed words: they may be somebody's surname."""
    speaking = {each.speaker.actor for each in attributions}
    return tuple(
        replace(actor, flags=(*actor.flags, SPEAKS)) if actor.id in speaking and _is_lone_name(actor) else actor
        for actor in actors
    )


def _is_lone_name(actor: Actor) -> bool:
    return actor.type is ActorType.UNKNOWN and " " not in actor.name.strip()


def find_side(actor: Actor, actors: tuple[Actor, ...]) -> str | None:
    """Id of the state or body that an office-holder speaks for, or of a capital's state; None where nothing says so."""
    if actor.type is ActorType.PLACE:
        named = set(states_of_town(actor))
    elif actor.type is ActorType.PERSON:
        named = {fold(office.of) for office in actor.offices if office.of is not None and represents(office)}
    else:
        return None
    states = [each for each in actors if each.type is ActorType.STATE]
    fitting = [each for each in states if fold(each.name) in named or (each.country or "").lower() in named]
    if actor.type is ActorType.PERSON and not fitting:
        headed = {fold(office.of) for office in actor.offices if office.of is not None and leads(office)}
        fitting = [each for each in actors if fold(each.name) in headed and draws_lines(each.type, each.name)]
    if actor.type is ActorType.PERSON and not fitting:
        governing = (office for office in actor.offices if governs_place(office) or represents(office))
        governed = {fold(office.of) for office in governing if office.of is not None}
        fitting = [each for each in actors if each.type is ActorType.PLACE and fold(each.name) in governed]
    return fitting[0].id if len({each.key for each in fitting}) == 1 else None


def _is_acronym(word: str) -> bool:
    """Whether a word in capitals before an office is a body's initials, and no state's."""
    return word.isupper() and len(word) > 2 and word.lower() not in known_demonyms()


def _names_body(word: str) -> bool:
    """Whether a word before an office says that it is a body's, and no state's."""
    plain = re.sub(r"['’]s?$", "", word)
    return plain in load_vocabulary().bodies and plain not in ("state", "country", "nation", "republic")


def states_of_town(place: Actor) -> Iterator[str]:
    """Folded names of the states of which the text says that a town is the capital, or lies in."""
    for flag in place.flags:
        if flag.startswith((CAPITAL_OF, LIES_IN)):
            yield flag.split(":", 1)[1]


BODIES = (ActorType.BODY, ActorType.GROUP, ActorType.UNKNOWN)  # what a text that tells of a head shows to be a body


def draws_lines(kind: ActorType, name: str) -> bool:
    """Whether the head of what has this name can draw lines for it: no place of study, whose head gives opinions."""
    words = load_vocabulary()
    folded = fold(name)
    listed = any(folded in each for each in (words.modifiers, words.past, words.common))
    plain = listed and not name.isupper() and not name.endswith("s")  # a headline's "Exiled leader", and no "Greens"
    return kind in BODIES and not plain and set(folded.split()).isdisjoint(load_lexicon("heads")["studying"])


def leads(office: Office) -> bool:
    """Whether whoever holds this office decides for its body, and still holds it."""
    title = office.title.lower()
    told = set(re.findall(r"[a-z-]+", title))
    if told & load_vocabulary().past or told & {"deputy", "vice", "retired"} or office.until is not None:
        return False
    rules = load_lexicon("heads")
    return any(_ends_with(title, head) for head in (*rules["leading"], *rules["speaking"]))


def _ends_with(title: str, head: str) -> bool:
    """Whether a title ends with these words, and not in the middle of one."""
    return title.endswith(head) and not title[: -len(head)][-1:].isalnum()


def governs_place(office: Office) -> bool:
    """Whether whoever holds this office decides for a town or region, and still holds it."""
    return leads(office) and office.title.lower().split()[-1] in load_lexicon("heads")["local"]


def _is_deputy(title: str, of: str | None) -> bool:
    """Whether a deputy speaks for the government as well: a minister's, a state's vice president, no firm's."""
    last = title.split()[-1]
    return last in load_lexicon("settling")["deputed"] or (of is not None and title.endswith("vice president"))


@cache
def advising_titles() -> frozenset[str]:
    """Last words of the titles of those who advise: they speak for a state only where they are said to be its own."""
    return frozenset(load_lexicon("settling")["advising"])


def represents(office: Office) -> bool:
    """Whether whoever holds this office speaks for its state or body, and still holds it."""
    words, title = load_vocabulary(), office.title.lower()
    told = set(re.findall(r"[a-z-]+", title))
    if (
        told & words.past
        or office.until is not None
        or (told & {"deputy", "vice"} and not _is_deputy(title, office.of))
    ):
        return False
    kinds = {kind for head, kind in words.offices.items() if _ends_with(title, head)}
    *before, last = title.split()
    if last == "secretary" and before and before[-1] in load_lexicon("settling")["departments"]:
        return True
    if (
        before
        and words.offices.get(last) in ("head_of_state", "leader")
        and (_names_body(before[-1]) or _is_acronym(office.title.split()[-2]))
    ):
        return False  # "the union's president", "party leader", "NLU president"
    if before and before[-1] in load_lexicon("whose")["organs"] and leads(office):
        return True  # "army chief", "police commander"
    speaks = any(_ends_with(title, each) for each in words.speaks_for)
    speaks = speaks or last in load_lexicon("settling")["representing_titles"]
    speaks = speaks or (office.of is not None and last in advising_titles())
    return speaks or bool(kinds & set(load_lexicon("settling")["representing"]))
