"""Pronouns: whom "he", "she", "it" and "they" mean, by what stands before them. Sums of visible weights, no model."""

import re
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Any

from onrecord.lexicon.loader import load_lexicon
from onrecord.lexicon.vocabulary import Pronoun
from onrecord.records.actors import ActorType, Mention, MentionKind
from onrecord.records.spans import Span

NEAREST = 12  # people looked at for one pronoun: more than any sentence can have in mind
REMEMBERED = 3  # mentions kept of each
BEHIND = 2_000  # stretches before a mention that are remembered: those of a few documents


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands. quoted: inside quotation marks."""

    start: int
    sentence: int
    paragraph: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class Referent:
    """A mention with what tells whether a later pronoun may mean it.

    located: behind a preposition: "in Bek" is no person. opens: it begins its sentence, an article left out.
    """

    actor: str
    place: Place
    subject: bool
    owner: bool
    source: bool
    located: bool = False
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Guess:
    """Whom a pronoun means, or None and why. unnamed: the mention of one without a name whom it most likely means."""

    actor: str | None
    score: float
    reason: str
    unnamed: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A pronoun of one gender and where it stands.

    is_source: words are handed to it. is_object: "him". ahead: people named later in its sentence. barred: who cannot
    be meant, as the speaker of the words it stands in. in_words: who is named in the words that are handed to it.
    goes_on: the verb says that whoever spoke last does.
    """

    pronoun: Pronoun
    place: Place
    is_source: bool
    is_object: bool
    ahead: tuple[Referent, ...] = ()
    barred: str | None = None
    in_words: frozenset[str] = frozenset()
    goes_on: bool = False


@cache
def _weights() -> Mapping[str, float]:
    weights: Mapping[str, float] = load_lexicon("reference")["weights"]
    return weights


def rules() -> Any:
    """The lists of reference.yml."""
    return load_lexicon("reference")


class Layout:
    """Sentence, paragraph and quotation of every offset. Built once, asked by bisection."""

    def __init__(self, text: str, sentences: tuple[Span, ...]) -> None:
        self._sentences = [sentence.start for sentence in sentences]
        self._breaks = [match.end() for match in re.finditer(r"\n+", text)]
        self._quoted = find_quoted(text)
        self._starts = [span.start for span in self._quoted]

    def place(self, position: int) -> Place:
        """Where an offset stands."""
        at = bisect_right(self._starts, position) - 1
        quoted = at >= 0 and position < self._quoted[at].end
        sentence = bisect_right(self._sentences, position) - 1
        return Place(position, sentence, bisect_right(self._breaks, position), quoted)

    def sentence_start(self, place: Place) -> int:
        """Where the sentence begins."""
        return self._sentences[place.sentence] if place.sentence >= 0 else 0


_MARKS = re.compile(r"[\"“”„«»]|''|\n+")


def find_quoted(text: str) -> list[Span]:
    """Stretches inside quotation marks; a mark left open closes with its paragraph. Linear."""
    found: list[Span] = []
    opened: int | None = None
    for match in _MARKS.finditer(text):
        mark = match.group()
        if mark[0] == "\n":
            _close(found, opened, match.start())
            opened = None
        elif mark in "“„«" or (opened is None and mark in ('"', "''")):
            opened = match.start() if opened is None else opened
        else:
            _close(found, opened, match.end())
            opened = None
    _close(found, opened, len(text))
    return found


def _close(found: list[Span], opened: int | None, end: int) -> None:
    if opened is not None:
        found.append(Span(opened, end))


@dataclass(slots=True)
class Discourse:
    """What has been said so far: who was mentioned last and how, and who spoke last."""

    names: Mapping[str, str]  # by actor id, or by mention id for people without a name
    types: Mapping[str, ActorType]
    genders: Mapping[str, str | None]
    last_speaker: str | None = None
    chains: dict[str, tuple[str, Place]] = field(default_factory=dict)  # gender -> whom its last pronoun meant, where
    called: dict[str, str] = field(
        default_factory=dict
    )  # of no known gender -> that of a pronoun that surely meant them
    left: dict[str, str] = field(default_factory=dict)  # gender -> whom the paragraphs since then no longer go on about
    recent: OrderedDict[str, list[Referent]] = field(default_factory=OrderedDict)
    counts: dict[str, int] = field(default_factory=dict)

    def note(self, referent: Referent, counted: bool = True) -> None:
        """Take in one more mention, in reading order; not counted where it was taken in before."""
        kept = self.recent.setdefault(referent.actor, [])
        kept.append(referent)
        del kept[:-REMEMBERED]
        self.recent.move_to_end(referent.actor)
        self.counts[referent.actor] = self.counts.get(referent.actor, 0) + counted
        self._leave(referent)

    def _leave(self, referent: Referent) -> None:
        """A new paragraph that goes on about somebody else leaves those whom the last pronouns meant."""
        known = self.genders.get(referent.actor)
        for gender, (meant, place) in self.chains.items():
            newer = referent.subject and place.paragraph < referent.place.paragraph
            if newer and meant != referent.actor and known in (None, gender) and self._is_person(referent.actor):
                self.left[gender] = meant

    def _is_person(self, actor: str) -> bool:
        return self.types.get(actor) is ActorType.PERSON

    def note_speaker(self, actor: str | None) -> None:
        """Take in who was handed words last; None leaves the one before."""
        self.last_speaker = actor or self.last_speaker

    def person(self, asked: "Asked") -> Guess:
        """Whom a pronoun of one gender means; the next one of that gender is likely to mean the same."""
        guess = self._person(asked)
        if guess.actor is not None:
            if (
                asked.pronoun.gender
                and self.genders.get(guess.actor) is None
                and guess.score >= rules()["gender_score"]
            ):
                self.called[guess.actor] = asked.pronoun.gender
            self.chains[asked.pronoun.gender or ""] = (guess.actor, asked.place)
            self.left.pop(asked.pronoun.gender or "", None)
        return guess

    def role(self, asked: "Asked", against: frozenset[str]) -> Guess:
        """Whom a role takes up that nobody bears by title. against: those whom something known speaks against."""
        guess = self._person(asked, against)
        return guess if guess.score >= rules()["role_score"] else replace(guess, actor=None)

    def _person(self, asked: "Asked", against: frozenset[str] = frozenset()) -> Guess:
        ranked = [(score, actor) for score, actor in self._ranked(asked) if actor not in against]
        if not ranked or ranked[0][0] < rules()["least"]:
            lone = self._lone_name(asked)
            if lone is not None and lone not in against:
                return Guess(lone, 0.7, f"{self.names[lone]} is the only one named in the paragraph")
        if not ranked:
            return Guess(None, 0.0, "nobody of that gender is named near enough")
        best, actor = ranked[0]
        lead = best - ranked[1][0] if len(ranked) > 1 else rules()["certain"]
        if best < rules()["least"]:
            return Guess(None, 0.0, f"too far from {self.names[actor]}, the nearest")
        if lead < rules()["lead"]:
            names = " and ".join(self.names[each] for _, each in ranked[:2])
            return Guess(None, 0.0, f"could be {names}")
        if is_unnamed(actor):
            return Guess(None, 0.0, f"most likely {self.names[actor]}, who has no name", actor)
        score = 0.7 + 0.25 * min(lead, rules()["certain"]) / rules()["certain"]
        return Guess(actor, score, f"{self.names[actor]} is nearest in mind (lead {lead:.2f})")

    def _lone_name(self, asked: "Asked") -> str | None:
        """The one name of no known kind in the paragraph, where words are handed to the pronoun: a bare surname."""
        named = [
            actor
            for actor, met in self.recent.items()
            if self.types[actor] in (ActorType.UNKNOWN, ActorType.PERSON)
            and any(_is_beside(each, asked.place) and not each.located for each in met)
        ]
        unknown = len(named) == 1 and self.types[named[0]] is ActorType.UNKNOWN
        return named[0] if unknown and asked.is_source and " " not in self.names[named[0]] else None

    def _ranked(self, asked: "Asked") -> list[tuple[float, str]]:
        """Who may be meant, with sums of weights, highest first."""
        best: dict[str, float] = {}
        for actor in list(reversed(self.recent))[: 2 * NEAREST]:
            if self._may_be(actor, asked):
                near = [self._score(each, asked) for each in self.recent[actor] if _reaches(each, asked.place)]
                if near:
                    best[actor] = max(near) + self._standing(actor, asked)
        here = [actor for actor in best if any(_is_beside(each, asked.place) for each in self.recent[actor])]
        if len(here) == 1 and not is_unnamed(here[0]):
            best[here[0]] += _weights()["alone"]
        for referent in asked.ahead:
            if self._may_be(referent.actor, asked):
                later = self._score(referent, asked) + self._standing(referent.actor, asked)
                best[referent.actor] = max(later, best.get(referent.actor, later))
        return sorted(((score, actor) for actor, score in best.items()), reverse=True)[:NEAREST]

    def _may_be(self, actor: str, asked: "Asked") -> bool:
        known = self.genders.get(actor) or self.called.get(actor)
        kind = self.types[actor]
        spoke = kind is ActorType.UNKNOWN and any(referent.source for referent in self.recent.get(actor, ()))
        return (
            (kind is ActorType.PERSON or spoke)
            and actor != asked.barred
            and (known is None or asked.pronoun.gender in (None, known))
        )

    def _score(self, referent: Referent, asked: "Asked") -> float:
        """How well one mention serves as the antecedent."""
        weights, place = _weights(), asked.place
        sentences = min(abs(place.sentence - referent.place.sentence), 6)
        paragraphs = min(abs(place.paragraph - referent.place.paragraph), 4)
        total = weights["sentence"] * sentences + weights["paragraph"] * paragraphs
        total += weights["subject"] * referent.subject + weights["owner"] * referent.owner
        if referent.subject and sentences == 0:
            total += weights["object_of_own"] * asked.is_object
        return total + weights["quoted"] * (referent.place.quoted and not place.quoted)

    def _standing(self, actor: str, asked: "Asked") -> float:
        """What speaks for a person wherever they were mentioned."""
        weights, gender = _weights(), asked.pronoun.gender or ""
        total = weights["count"] * min(self.counts.get(actor, 0), 5)
        if not (asked.is_source and self.left.get(gender) == actor):
            total += weights["last_speaker"] * (asked.is_source and actor == self.last_speaker)
            total += weights["goes_on"] * (asked.goes_on and actor == self.last_speaker)
            meant, place = self.chains.get(gender, ("", asked.place))
            total += weights["chain"] * (meant == actor and asked.place.sentence - place.sentence <= 2)
        total += weights["named_in_words"] * (actor in asked.in_words)
        return total + weights["gender_known"] * (self.genders.get(actor) is not None)

    def thing(self, place: Place, is_source: bool = False) -> Guess:
        """Which state or body "it" means: the last speaker, or the subject of this or the sentence before.

        is_source: words are handed to it; then also whoever opens the sentence before, to whom none were.
        """
        kinds = (ActorType.STATE, ActorType.BODY, ActorType.OUTLET)
        near = [
            referent
            for actor in list(reversed(self.recent))[:NEAREST]
            if self.types[actor] in kinds
            for referent in self.recent[actor][-1:]
            if place.sentence - referent.place.sentence <= 1 and not referent.place.quoted
        ]
        meant = [r for r in near if r.actor == self.last_speaker or (r.subject and r.source)]
        chosen = {referent.actor for referent in meant}
        if len(chosen) == 1:
            actor = chosen.pop()
            return Guess(actor, 0.75, f"{self.names[actor]} was speaking")
        opening = [] if chosen or not is_source else list(self._opening(place))
        if len(opening) != 1:
            return Guess(None, 0.0, "no single state or body was speaking")
        return Guess(opening[0], 0.7, f"{self.names[opening[0]]} opens the sentence before")

    def _opening(self, place: Place) -> Iterator[str]:
        """Who begins the sentence before, in the same paragraph: a state, a body, or a name of no known kind."""
        for actor in list(reversed(self.recent))[:NEAREST]:
            told = any(
                each.opens and place.sentence - each.place.sentence == 1
                for each in self.recent[actor]
                if _is_beside(each, place)
            )
            if told and self.types[actor] not in (ActorType.PERSON, ActorType.OUTLET):
                yield actor


def _is_beside(referent: Referent, place: Place) -> bool:
    """Whether a mention stands in the same paragraph, in the outlet's own words."""
    return referent.place.paragraph == place.paragraph and not referent.place.quoted


def _reaches(referent: Referent, place: Place) -> bool:
    return bool(place.sentence - referent.place.sentence <= rules()["furthest"])


def is_unnamed(actor: str) -> bool:
    """Whether an id of the discourse is a mention's: someone without a name."""
    return actor.startswith("m")


def describe(
    mention: Mention, text: str, layout: Layout, described: bool, first_of_sentence: set[int], actor: str
) -> Referent:
    """A mention as a referent. described: it stands inside another mention and only describes ("Hale spokesman").

    first_of_sentence: sentences whose subject was met; this mention's may be added.
    """
    place = layout.place(mention.span.start)
    after = text[mention.span.end : mention.span.end + 2]
    owner = described or after in ("'s", "’s") or after[:1] == "’"
    preposition = _behind(text[max(0, mention.span.start - 24) : mention.span.start])
    subject = not owner and not preposition and not place.quoted and place.sentence not in first_of_sentence
    if subject:
        first_of_sentence.add(place.sentence)
    opens = subject and text[layout.sentence_start(place) : mention.span.start].strip().lower() in ("", "the")
    return Referent(actor, place, subject, owner, False, preposition, opens)


_LAST_WORDS = re.compile(
    r"([A-Za-z]+)[\s\u00a0]+(?:(?:the|former|then|President|Mr\.|Mrs\.|Ms\.|Sen\.|Gov\.|Rep\.)[\s\u00a0]+)*$"
)


@lru_cache(maxsize=BEHIND)
def _behind(before: str) -> bool:
    """Whether a preposition stands right before a mention; each is asked about again when pronouns are linked."""
    found = _LAST_WORDS.search(before)
    return found is not None and found.group(1).lower() in rules()["prepositions"]


def is_reference(mention: Mention) -> bool:
    """Whether a mention can be what a pronoun means: a name or role with an actor."""
    return mention.actor is not None and mention.kind is not MentionKind.PRONOUN
