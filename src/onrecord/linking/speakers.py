"""Who says what: each attribution's source → Speaker, with basis and reason. Unsure means unlinked, never a guess.

One walk through the document in reading order: names and roles are remembered, third-person pronouns are settled as
they come, then sources. Words in the first person wait until every other speaker is known.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from onrecord.lexicon.vocabulary import Pronoun, load_vocabulary
from onrecord.linking.genders import find_genders
from onrecord.linking.knowledge import Knowledge
from onrecord.linking.names import fold
from onrecord.linking.phrases import goes_on_to_name, parse_phrase, without_rank
from onrecord.linking.reference import Asked, Discourse, Guess, Layout, Place, Referent, describe, is_reference, rules
from onrecord.linking.taking_up import contradicts, may_take_up
from onrecord.records.actors import Actor, ActorLink, ActorType, LinkBasis, Mention, MentionKind
from onrecord.records.documents import Document
from onrecord.records.findings import Attribution, Directness, Speaker
from onrecord.records.spans import Span, cover, overlaps

_FIRST_PERSON_SCORE = 0.9
DEEPEST = 64  # contents looked back at for the one around a position; real ones nest three deep
_OTHER_CLAUSE = re.compile(r"\b(?:who|whose|that|which|seen|obtained|reviewed|quoted|fled|close)\s")
_THINGS = ("it", "its", "itself")
_WORDS = re.compile(r"[\w-]+")
_LETTERS = re.compile(r"[A-Za-z]+")
_NEXT_WORD = re.compile(r"[\s\u00a0](\w[\w-]*)")
_NEXT_SMALL_WORD = re.compile(r"[\s\u00a0]([a-z][\w-]*)")
_OPENS_COMPLEMENT = re.compile(r"\b(of|for|in|at|with|from|by|to|on|near|about|inside|around|among)\s(?:the\s|a\s)?$")


def link_speakers(
    document: Document,
    sentences: tuple[Span, ...],
    attributions: tuple[Attribution, ...],
    mentions: tuple[Mention, ...],
    actors: tuple[Actor, ...],
    knowledge: Knowledge,
) -> tuple[Attribution, ...]:
    """The attributions, each with its Speaker; order and everything else as given. Linear in the text."""
    walk = _Walk(document, sentences, attributions, mentions, actors, knowledge)
    walk.go()
    return tuple(replace(each, speaker=walk.speakers[i]) for i, each in enumerate(attributions))


def link_pronouns(
    document: Document,
    sentences: tuple[Span, ...],
    attributions: tuple[Attribution, ...],
    mentions: tuple[Mention, ...],
    actors: tuple[Actor, ...],
    knowledge: Knowledge,
) -> tuple[tuple[Mention, ...], tuple[ActorLink, ...]]:
    """The mentions with their pronouns linked as well, and one link a pronoun; for stages after the speakers."""
    walk = _Walk(document, sentences, attributions, mentions, actors, knowledge)
    walk.go()
    linked = tuple(replace(m, actor=walk.meant[i].actor) if i in walk.meant else m for i, m in enumerate(mentions))
    links = tuple(_pronoun_link(mentions[i], guess) for i, guess in sorted(walk.meant.items()))
    return linked, links


def _pronoun_link(mention: Mention, guess: Guess) -> ActorLink:
    basis = LinkBasis.PRONOUN if guess.actor else LinkBasis.NONE
    return ActorLink(mention.span, guess.actor, basis, round(guess.score, 3), guess.reason)


@dataclass(slots=True)
class _Walk:
    """One walk through a document."""

    document: Document
    sentences: tuple[Span, ...]
    attributions: tuple[Attribution, ...]
    mentions: tuple[Mention, ...]
    actors: tuple[Actor, ...]
    knowledge: Knowledge
    speakers: dict[int, Speaker] = field(default_factory=dict)
    meant: dict[int, Guess] = field(default_factory=dict)  # pronoun's mention number -> whom it means
    text: str = ""
    layout: Layout = field(init=False)
    by_id: dict[str, Actor] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)
    contents: list[tuple[int, int, int]] = field(default_factory=list)  # start, end, attribution; in order
    source_starts: dict[int, list[int]] = field(default_factory=dict)  # start of a source -> its attributions
    opened: set[int] = field(default_factory=set)  # sentences whose subject was met
    described: set[int] = field(default_factory=set)  # names inside a role ("Hale spokesman")
    discourse: Discourse = field(init=False)
    last: int | None = None  # the attribution met before
    subject: int | None = None  # the mention that was a subject last
    introduced: dict[str, int] = field(default_factory=dict)  # noun of someone without a name -> where "a" first has it

    def __post_init__(self) -> None:
        self.text = self.document.text
        self.layout = Layout(self.text, self.sentences)
        self.by_id = {actor.id: actor for actor in self.actors}
        self.starts = [mention.span.start for mention in self.mentions]
        for number, each in enumerate(self.attributions):
            for span in each.source[:1]:
                self.source_starts.setdefault(span.start, []).append(number)
        self.contents = sorted(
            (piece.start, piece.end, number) for number, each in enumerate(self.attributions) for piece in each.content
        )
        self.described = set(_inner_names(self.text, self.mentions))
        genders = find_genders(self.text, self.mentions, self.actors, self.knowledge)
        names = {actor.id: actor.name for actor in self.actors}
        types = {actor.id: actor.type for actor in self.actors}
        for mention in self._unnamed_people():
            words = self.text[mention.span.start : mention.span.end]
            phrase = parse_phrase(words, self.knowledge)
            names[mention.id], types[mention.id] = f"“{words}”", ActorType.PERSON
            genders[mention.id] = phrase.gender if phrase else None
            if phrase is not None and not phrase.definite:
                self.introduced.setdefault(phrase.noun, mention.span.start)
        self.discourse = Discourse(names, types, genders)

    def _unnamed_people(self) -> Iterator[Mention]:
        """Roles of one person that mean nobody named: they too can be "he"."""
        for mention in self.mentions:
            if mention.kind is MentionKind.NOMINAL and mention.type is ActorType.PERSON and mention.actor is None:
                yield mention

    def go(self) -> None:
        """Settle every pronoun and speaker."""
        for _, kind, number in sorted(self._stops()):
            if kind:
                self._meet_attribution(number)
            else:
                self._meet_mention(number)
        for number in range(len(self.attributions)):
            if number not in self.speakers:
                self.speakers[number] = self._first_person(number)
        self._settle_first_person_mentions()

    def _stops(self) -> Iterator[tuple[int, int, int]]:
        for number, mention in enumerate(self.mentions):
            yield mention.span.start, 0, number
        for number, each in enumerate(self.attributions):
            yield self._anchor(each), 1, number

    def _anchor(self, each: Attribution) -> int:
        """Where an attribution is met: at the end of its source, else at its cue, else at its content."""
        if each.source:
            return each.source[0].end - 1
        pieces = each.cue or each.content
        return pieces[0].start if pieces else 0

    # mentions

    def _meet_mention(self, number: int) -> None:
        mention = self.mentions[number]
        if is_reference(mention):
            self._note(number, mention.actor or "")
        elif mention.id in self.discourse.names:
            self._note(number, self._taken_up_in_passing(number) or mention.id)
        elif mention.kind is MentionKind.PRONOUN:
            guess = self._pronoun(mention.span)
            if guess is not None:
                self.meant[number] = guess
                if guess.actor is not None:
                    self._note(number, guess.actor)

    def _note(self, number: int, actor: str) -> None:
        described = number in self.described
        referent = describe(self.mentions[number], self.text, self.layout, described, self.opened, actor)
        if self._goes_with_subject(number):
            referent = replace(referent, subject=True)
        self.subject = number if referent.subject else self.subject
        self.discourse.note(referent)

    def _goes_with_subject(self, number: int) -> bool:
        """Whether "and" joins a mention to its clause's subject: both are then what the text goes on about."""
        if self.subject is None or self.subject >= number:
            return False
        gap = self.text[self.mentions[self.subject].span.end : self.mentions[number].span.start]
        return gap in (" and ", " or ", " and the ", ", and ")

    def _pronoun(self, span: Span) -> Guess | None:
        """Whom a third-person pronoun means; None for the first and second person."""
        word = self.text[span.start : span.end].lower()
        pronoun = load_vocabulary().pronouns.get(word)
        if pronoun is None or pronoun.person != 3:
            return None
        place = self.layout.place(span.start)
        if pronoun.relative:
            return self._relative(span)
        if pronoun.gender in ("male", "female"):
            barred = self._enclosing_actor(span.start) if place.quoted or self._is_verbatim(span.start) else None
            source, ahead = span.start in self.source_starts, tuple(self._ahead(span, place))
            named = self._named_in_words(span) if source else frozenset()
            goes_on = source and any(self._carries_on(number) for number in self.source_starts[span.start])
            return self.discourse.person(Asked(pronoun, place, source, word == "him", ahead, barred, named, goes_on))
        if word in _THINGS:
            return self.discourse.thing(place, span.start in self.source_starts)
        return Guess(None, 0.0, "several, and not one actor")

    def _carries_on(self, number: int) -> bool:
        """Whether the verb says that who spoke before goes on: "he went on to say", "she also said"."""
        cue = " ".join(self.text[span.start : span.end].lower() for span in self.attributions[number].cue)
        return cue.startswith(tuple(rules()["carrying_on"]))

    def _named_in_words(self, span: Span) -> frozenset[str]:
        """Who is named in the words handed to a source."""
        pieces = (piece for number in self.source_starts[span.start] for piece in self.attributions[number].content)
        inside = (m for piece in pieces for m in self._mentions_between(piece.start, piece.end))
        return frozenset(m.actor for m in inside if m.actor is not None and m.kind is MentionKind.NAME)

    def _ahead(self, span: Span, place: Place) -> Iterator[Referent]:
        """People named after a pronoun in its sentence, where the sentence opens so that one may come first."""
        opening = re.match(r"[\W_]*([A-Za-z]+)", self.text[self.layout.sentence_start(place) :][:40])
        if opening is None or opening.group(1).lower() not in rules()["ahead"]:
            return
        first = bisect_left(self.starts, span.end)
        for number in range(first, min(first + 12, len(self.mentions))):
            mention = self.mentions[number]
            there = self.layout.place(mention.span.start)
            if there.sentence != place.sentence:
                return
            if is_reference(mention) and mention.kind is MentionKind.NAME and there.quoted == place.quoted:
                described = number in self.described
                yield describe(mention, self.text, self.layout, described, set(self.opened), mention.actor or "")

    def _relative(self, span: Span) -> Guess:
        """Whom "who" or "which" means: the name or role right before it, over an aside in commas or brackets."""
        for mention in reversed(self.mentions[: bisect_left(self.starts, span.start)][-6:]):
            if mention.kind is MentionKind.PRONOUN:
                continue
            gap = self.text[mention.span.end : span.start]
            word = self.text[span.start : span.end].lower()
            fits = word == "which" or mention.type in (ActorType.PERSON, ActorType.GROUP)
            if fits and _RIGHT_BEFORE.fullmatch(gap):
                return self._named_by_relative(mention)
            aside = re.fullmatch(r",(?:[^.;:“”\"]|\.(?=,)){1,60},\s", gap)
            if aside and mention.kind is MentionKind.NAME and mention.type is ActorType.PERSON:
                return self._named_by_relative(mention)
        return Guess(None, 0.0, "nobody named stands right before it")

    def _named_by_relative(self, mention: Mention) -> Guess:
        if mention.actor is None:
            return Guess(None, 0.0, "stands behind someone without a name", mention.id)
        return Guess(mention.actor, 0.92, f"stands right behind {self.by_id[mention.actor].name}")

    def _mentions_between(self, start: int, end: int) -> tuple[Mention, ...]:
        return self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    # sources

    def _meet_attribution(self, number: int) -> None:
        each = self.attributions[number]
        if self._is_first_person(each):
            return
        speaker = self._from_source(each) if each.source else self._missing(number)
        self.speakers[number] = speaker
        place = self.layout.place(self._anchor(each))
        if each.within is None and not place.quoted:
            self._note_speaker(each, speaker, place)
            self.last = number

    def _note_speaker(self, each: Attribution, speaker: Speaker, place: Place) -> None:
        """Remember who was handed words, someone without a name included."""
        unnamed = (self.mentions[n].id for n in self._inside(each) if self.mentions[n].id in self.discourse.names)
        spoke = speaker.actor or next(unnamed, None)
        if spoke is not None:
            self.discourse.note(Referent(spoke, place, True, False, True), counted=False)
            self.discourse.note_speaker(spoke)

    def _is_first_person(self, each: Attribution) -> bool:
        if not each.source:
            return False
        word = _LETTERS.match(self.text, *each.source[0])
        pronoun = load_vocabulary().pronouns.get(word.group().lower()) if word else None
        if pronoun is None or word is None or word.group() == "US":
            return False
        alone = word.end() == each.source[0].end - each.source[0].start
        return pronoun.person in (1, 2) and (alone or not pronoun.possessive)  # "our surveyors": someone else

    def _inside(self, each: Attribution) -> list[int]:
        """Numbers of the mentions in the source, in order; of nested ones the outer first."""
        if not each.source:
            return []
        whole = cover(each.source)
        first = bisect_left(self.starts, whole.start)
        found = []
        for number in range(first, len(self.mentions)):
            span = self.mentions[number].span
            if span.start >= whole.end:
                break
            if any(overlaps(span, piece) for piece in each.source):
                found.append(number)
        return sorted(found, key=lambda n: (self.mentions[n].span.start, -self.mentions[n].span.end))

    def _from_source(self, each: Attribution) -> Speaker:
        inside = self._inside(each)
        pronoun = self._leading_pronoun(each, inside)
        if pronoun is not None:
            return self._from_pronoun(each, pronoun)
        head, behalf = self._head(each, inside)
        if head is None or self.mentions[head].actor is None:
            taken_up = self._taken_up(each, inside)
            if taken_up is not None:
                return taken_up
        if head is None:
            return self._unnamed(each, behalf, "no name and no role stands in the source")
        mention = self.mentions[self._closing_subject(each, inside, head)]
        if mention.kind is MentionKind.NOMINAL and self._goes_on(each, mention):
            return self._unnamed(each, None, "the role goes on with words that name someone else")
        if mention.actor is None:
            return self._unnamed(each, behalf, self._why_unlinked(mention))
        return self._with_others(each, mention, self._from_mention(mention))

    def _taken_up(self, each: Attribution, inside: list[int]) -> Speaker | None:
        """Whom a role means that fits nobody by title: the one in mind, if nothing known speaks against it."""
        if any(self.mentions[number].kind is MentionKind.NAME for number in inside) or len(each.source) != 1:
            return None
        words = self._printed(each).removesuffix("'s").removesuffix("’s")
        guess = self._in_mind(words, each.source[0].start, frozenset(self.mentions[number].id for number in inside))
        if guess is None or guess.actor is None:
            return None
        return self._speaker(guess.actor, LinkBasis.ROLE, guess.score, f"“{words}”: {guess.reason}")

    def _in_mind(self, words: str, start: int, same: frozenset[str], is_source: bool = True) -> Guess | None:
        """Whom a role at a place of the text takes up; None where its words can take up nobody. same: its own ids."""
        phrase = parse_phrase(words, self.knowledge)
        if phrase is None or not may_take_up(phrase) or not words.lower().endswith(phrase.noun):
            return None
        earlier = self.introduced.get(phrase.noun)
        if earlier is not None and earlier < start:
            return None
        place = self.layout.place(start)
        barred = self._enclosing_actor(start) if place.quoted else None
        asked = Asked(Pronoun(3, "one", phrase.gender, False, False), place, is_source, False, (), barred)
        against = {a.id for a in self.actors if contradicts(a, phrase, self.knowledge)} | same
        return self.discourse.role(asked, frozenset(against))

    def _taken_up_in_passing(self, number: int) -> str | None:
        """Whom a role means that begins a sentence and is handed no words, as in "And Ana Rhee? The minister left"."""
        span = self.mentions[number].span
        place = self.layout.place(span.start)
        if place.quoted or self.layout.sentence_start(place) != span.start or span.start in self.source_starts:
            return None
        words = self.text[span.start : span.end]
        guess = self._in_mind(words, span.start, frozenset((self.mentions[number].id,)), is_source=False)
        return guess.actor if guess is not None else None

    def _with_others(self, each: Attribution, mention: Mention, speaker: Speaker) -> Speaker:
        """Where several speak as one, the first is the actor kept, and the name and the reason tell of the others."""
        other = self._named_beside(each, mention) or self._group_beside(each, mention)
        if other is None:
            return speaker
        name, score = f"{speaker.name} and {other}", round(0.85 * speaker.score, 3)
        return replace(speaker, name=name, score=score, reason=f"{speaker.reason}, together with {other}")

    def _named_beside(self, each: Attribution, mention: Mention) -> str | None:
        behind = (n for n in self._inside(each) if self.mentions[n].span.start > mention.span.end)
        rest = [self.mentions[n] for n in behind if n not in self.described]  # "Ana Bek, HBC spokeswoman" is one
        alone = (m for m in rest if not self._is_owner(each, m))  # "Ana Bek, Orlia's minister" is one who speaks
        joined = (m for m in alone if re.search(r"(?:,|\band|\bor)\s$", self.text[mention.span.end : m.span.start]))
        other = next((m for m in joined if m.kind is MentionKind.NAME and m.actor not in (None, mention.actor)), None)
        if other is None or other.actor is None or not self._is_listed(mention, other):
            return None
        return self._speaking_actor(other.actor).name

    def _group_beside(self, each: Attribution, mention: Mention) -> str | None:
        """As printed, those without a name who speak with the first: "Orlia and its eastern allies"."""
        if mention.span.end >= each.source[-1].end:
            return None
        rest = " ".join(self.text[mention.span.end : each.source[-1].end].split())
        found = _ALLIES.match(rest)
        return found.group(1) if found else None

    def _is_listed(self, mention: Mention, other: Mention) -> bool:
        """Whether only names, commas and "and" stand between the two."""
        gap = self.text[mention.span.end : other.span.start]
        return bool(re.fullmatch(r"(?:\([^)]*\)|[\s,]|and\b|or\b|the\b|[A-Z][\w.'’-]*)+", gap))

    def _printed(self, each: Attribution) -> str:
        return " ".join(" ".join(self.text[s.start : s.end] for s in each.source).split()).rstrip(",; ")

    def _leading_pronoun(self, each: Attribution, inside: list[int]) -> tuple[int | None, str, Span] | None:
        """The pronoun that a source is or begins with, with its mention's number where it has one."""
        span = each.source[0]
        word = re.match(r"[A-Za-z]+", self.text[span.start : span.end])
        pronoun = load_vocabulary().pronouns.get(word.group().lower()) if word else None
        if word is None or pronoun is None or word.group() == "US":
            return None
        rest = self.text[span.start + word.end() : span.end].strip()
        told = {self.mentions[n].kind for n in inside}
        if pronoun.possessive and rest and (MentionKind.NOMINAL in told or (pronoun.relative and len(told) > 1)):
            return None  # "his wife", "their lawyers", "whose envoy, Ana Bek": someone else
        at = Span(span.start, span.start + word.end())
        number = next((n for n in inside if self.mentions[n].span == at), None)
        return number, word.group().lower(), at

    def _from_pronoun(self, each: Attribution, pronoun: tuple[int | None, str, Span]) -> Speaker:
        number, word, span = pronoun
        guess = self.meant.get(number) if number is not None else None
        guess = guess or self._pronoun(span) or Guess(None, 0.0, "no antecedent")
        reason = f"“{word}”: {guess.reason}"
        if guess.actor is None:
            known = self._without_name(guess) or Speaker(None, self._printed(each), LinkBasis.NONE)
            return replace(known, score=0.0, reason=reason)
        return self._speaker(guess.actor, LinkBasis.PRONOUN, guess.score, reason)

    def _without_name(self, guess: Guess) -> Speaker | None:
        """Whoever without a name, as "Orlia's defence minister", a pronoun most likely means: as printed there."""
        meant = next((m for m in self.mentions if m.id == guess.unnamed), None)
        if meant is None:
            return None
        told = next((n for n in sorted(self.speakers, reverse=True) if meant.id in self._ids_inside(n)), None)
        if told is not None:
            return self.speakers[told] if self.speakers[told].actor is None else None
        words = " ".join(self.text[meant.span.start : meant.span.end].split())
        return Speaker(None, words, LinkBasis.NONE)

    def _ids_inside(self, number: int) -> frozenset[str]:
        return frozenset(self.mentions[each].id for each in self._inside(self.attributions[number]))

    def _head(self, each: Attribution, inside: list[int]) -> tuple[int | None, str | None]:
        """The mention the source is about and, where it is unnamed, the actor it speaks for."""
        nominal: int | None = None
        behalf: str | None = None
        covered = -1
        for number in inside:
            mention = self.mentions[number]
            if mention.kind is MentionKind.PRONOUN:
                continue
            within = mention.span.start < covered or number in self.described or self._describes(each, mention)
            if within or self._is_owner(each, mention) or self._is_complement(each, mention):
                behalf = behalf or (mention.actor if self._stands_for(each, mention) else None)
                continue
            if mention.kind is MentionKind.NAME:
                if nominal is None or self._is_beside(self.mentions[nominal], mention):
                    return number, None
                break
            if nominal is None or self._renames(self.mentions[nominal], mention):
                nominal, covered = number, mention.span.end
        closing = self._closing_name(each, inside, nominal) if nominal is not None else None
        return (closing, None) if closing is not None else (nominal, behalf)

    def _closing_subject(self, each: Attribution, inside: list[int], head: int) -> int:
        """The name that speaks where an aside before it was taken into the source: "(with the envoy), Ana Bek, Minister
        Rhee said". Two people with nothing but a comma and a title between them are no list.
        """
        first, last = self.mentions[head], self.mentions[inside[-1]]
        people = all(m.kind is MentionKind.NAME and m.type is ActorType.PERSON for m in (first, last))
        if not people or first.actor == last.actor or last.span.end < each.source[-1].end:
            return head
        between = self._mentions_between(first.span.end, last.span.start)
        titled = len(between) == 1 and between[0].kind is MentionKind.NOMINAL
        gap = self.text[first.span.end : last.span.start]
        plain = titled and gap.startswith(", ") and self.text[between[0].span.end : last.span.start] == " "
        return inside[-1] if plain and between[0].span.start == first.span.end + 2 else head

    def _closing_name(self, each: Attribution, inside: list[int], nominal: int) -> int | None:
        """The name that closes a source behind a comma and says who a definite role is.

        "The adviser to the President on trade, Mr Erik Stam": not where the name may say who somebody else's is, as in
        "the spokeswoman for the mayor, Ilona Bek".
        """
        role = self.mentions[nominal]
        phrase = parse_phrase(self.text[role.span.start : role.span.end], self.knowledge)
        last = self.mentions[inside[-1]]
        rest = self.text[last.span.end : each.source[-1].end]
        plain = role.actor is None and role.type is ActorType.PERSON and phrase is not None and phrase.definite
        if not plain or last.kind is not MentionKind.NAME or last.type is not ActorType.PERSON or rest.strip(" ,"):
            return None
        gap = without_rank(self.text[role.span.end : last.span.start])
        between = self._mentions_between(role.span.end, last.span.start)
        others = [m for m in between if m.type is ActorType.PERSON]
        beside = any(self.text[m.span.end : last.span.start].lstrip().startswith(",") for m in others)
        return inside[-1] if gap.endswith(", ") and " and " not in gap and not beside else None

    def _stands_for(self, each: Attribution, mention: Mention) -> bool:
        """Whether who has no name may speak for a name inside the source: not where a clause of its own has it.

        "Herders who fled to Bek", "a plan seen by the Bek Post"; nor for a state whose people are counted.
        """
        before = self.text[each.source[0].start : mention.span.start]
        if _OTHER_CLAUSE.search(before) is not None:
            return False
        words = self.text[mention.span.start : mention.span.end].lower()
        return not (words.endswith("s") and words in self.knowledge.demonyms)

    def _renames(self, role: Mention, other: Mention) -> bool:
        """Whether a second role says who an unnamed first one is ("a negotiator, the ministry's head Ana Bek")."""
        gap = self.text[role.span.end : other.span.start]
        return role.actor is None and other.actor is not None and gap.endswith(", ") and len(gap) < 60

    def _is_owner(self, each: Attribution, mention: Mention) -> bool:
        """Whether it owns what follows in the source ("Hale's spokesman", "the party's rules")."""
        after = self.text[mention.span.end : mention.span.end + 2]
        owns = after in ("'s", "’s") or after[:1] in ("’", "'")
        return owns and each.source[-1].end > mention.span.end + 3

    def _goes_on(self, each: Attribution, role: Mention) -> bool:
        """Whether a noun stands right behind a role in its source: "the website fivethirtyeight"."""
        after = _NEXT_WORD.match(self.text, role.span.end, each.source[-1].end)
        words = load_vocabulary()
        return (
            after is not None and after.group(1).lower() not in words.stops and after.group(1).lower() not in _LINKING
        )

    def _describes(self, each: Attribution, mention: Mention) -> bool:
        """Whether a noun of the source stands right behind the name: "the Hale poll" is not Hale."""
        named = mention.kind is MentionKind.NAME
        after = _NEXT_SMALL_WORD.match(self.text, mention.span.end, each.source[-1].end) if named else None
        words = load_vocabulary()
        return after is not None and after.group(1) not in words.stops and after.group(1) not in _LINKING

    def _is_complement(self, each: Attribution, mention: Mention) -> bool:
        """Whether a preposition in the source stands before the mention ("officials in Kyiv")."""
        before = self.text[each.source[0].start : mention.span.start]
        found = _OPENS_COMPLEMENT.search(before)
        return found is not None and each.source[0].start < mention.span.start and found.start() > 0

    def _is_beside(self, role: Mention, name: Mention) -> bool:
        """Whether a name is that of the role before it, over a comma or the words that say of what."""
        gap = without_rank(self.text[role.span.end : name.span.start])
        if re.fullmatch(r",?\s", gap) is not None or role.span.end > name.span.start:
            return True
        people = (ActorType.PERSON, ActorType.GROUP)
        between = self._mentions_between(role.span.end, name.span.start)
        return goes_on_to_name(gap) and not any(mention.type in people for mention in between)

    def _why_unlinked(self, mention: Mention) -> str:
        words = " ".join(self.text[mention.span.start : mention.span.end].split())
        if mention.kind is MentionKind.NAME:
            return f"“{words}” could mean several people named here"
        return (
            f"“{words}” is not named here" if mention.type is ActorType.PERSON else f"“{words}”: a group without a name"
        )

    def _unnamed(self, each: Attribution, behalf: str | None, reason: str) -> Speaker:
        printed = self._printed(each).lower()
        if behalf and self.by_id[behalf].type is ActorType.OUTLET and any(word in printed for word in _CORRESPONDENTS):
            return self._speaker(behalf, LinkBasis.OUTLET, 0.9, f"{self.by_id[behalf].name}'s own correspondent")
        spoken_for = self._speaking_actor(behalf) if behalf else None
        if spoken_for is not None and spoken_for.type is ActorType.PLACE:
            return Speaker(None, self._printed(each), LinkBasis.NONE, 0.0, reason)  # "unions in Bek" speak for no town
        for_whom = spoken_for.id if spoken_for else self._body_in(each) or self._state_in(each)
        words = frozenset(_WORDS.findall(printed))
        if any(word in words for word in rules()["against"]):
            for_whom = None  # "authorities in the occupied districts of Bekland" do not speak for Bekland
        return Speaker(None, self._printed(each), LinkBasis.NONE, 0.0, reason, for_whom)

    def _body_in(self, each: Attribution) -> str | None:
        """The body last named that "the ministry" of "the ministry's spokeswoman" takes up."""
        found = _OF_BODY.search(self._printed(each))
        noun = (found.group(1) or found.group(2)).lower() if found else ""
        if noun not in load_vocabulary().bodies:
            return None
        for mention in reversed(self.mentions[: bisect_left(self.starts, each.source[0].start)]):
            actor = self.by_id.get(mention.actor or "")
            if actor is not None and actor.type is ActorType.BODY and noun in fold(actor.name).split():
                return actor.id
        return None

    def _state_in(self, each: Attribution) -> str | None:
        """The state whose officials speak ("a senior Moldovan official"), by its adjective."""
        role = re.split(r",|\s(?:of|in|from|for|who|that)\s", self._printed(each), maxsplit=1)[0]
        words = _WORDS.findall(role.lower())
        if any(word in rules()["private"] for word in words[1:]):
            return None  # "Beklandic engineers" speak for themselves
        for word in re.findall(r"[A-Z][\w.]*", role):
            code = self.knowledge.demonyms.get(word.lower())
            if code:
                return next((a.id for a in self.actors if a.type is ActorType.STATE and a.country == code), None)
        return None

    def _from_mention(self, mention: Mention) -> Speaker:
        actor = self.by_id[mention.actor or ""]
        words = self.text[mention.span.start : mention.span.end]
        if mention.kind is MentionKind.NOMINAL:
            return self._speaker(actor.id, LinkBasis.ROLE, mention.score, f"“{words}” is {actor.name}")
        speaking = self._speaking_actor(actor.id)
        if speaking is not actor or (fold(words) in self.knowledge.seats and actor.type is not ActorType.PERSON):
            return self._speaker(speaking.id, LinkBasis.METONYM, 0.93, f"{words} stands for {speaking.name}")
        if actor.type is ActorType.PLACE:
            return self._speaker(actor.id, LinkBasis.METONYM, 0.6, f"{words}: whoever speaks for the place")
        basis = LinkBasis.ALIAS if actor.qid and fold(words) != fold(actor.name) else LinkBasis.NAME
        return self._speaker(actor.id, basis, min(0.97, actor.score), f"named {words}")

    def _speaking_actor(self, actor_id: str) -> Actor:
        """The state behind a capital that speaks; the actor itself otherwise."""
        actor = self.by_id[actor_id]
        code = self.knowledge.seats.get(fold(actor.name)) if actor.type is ActorType.PLACE else None
        states = (a for a in self.actors if a.type is ActorType.STATE and a.country == code)
        return next(states, actor) if code else actor

    def _speaker(self, actor_id: str, basis: LinkBasis, score: float, reason: str) -> Speaker:
        actor = self.by_id[actor_id]
        return Speaker(actor_id, actor.name, basis, round(score, 3), reason, self._represents(actor))

    def _represents(self, actor: Actor) -> str | None:
        """The state for which a person in high office speaks, where the document has it as an actor."""
        entry = next((e for e in self.knowledge.named(actor.name) if e.key == actor.key), None)
        days = self.document.published.earliest, self.document.published.latest
        if entry is None or actor.type is not ActorType.PERSON or not self.document.published.is_known:
            return None
        codes = {t.of for t in entry.offices if t.office in _REPRESENTING and t.covers(*days)}
        return next((a.id for a in self.actors if a.type is ActorType.STATE and a.country in codes), None)

    # missing sources and the first person

    def _missing(self, number: int) -> Speaker:
        """A source the text leaves out: the speaker before, only where the text shows that the same one goes on."""
        each = self.attributions[number]
        if self.last is None or self.last not in self.speakers:
            return Speaker(None, None, LinkBasis.NONE, 0.0, "the text names nobody")
        before, speaker = self.attributions[self.last], self.speakers[self.last]
        if speaker.actor is None:
            return Speaker(None, None, LinkBasis.NONE, 0.0, "the text names nobody, and the speaker before has no name")
        here, there = self.layout.place(self._anchor(each)), self.layout.place(self._anchor(before))
        cue = " ".join(self.text[s.start : s.end].lower() for s in each.cue)
        if cue and here.sentence == there.sentence and _goes_on(cue):
            return replace(speaker, basis=LinkBasis.CONTINUED, score=0.85, reason="the same sentence goes on with it")
        if not cue and self._quote_continues(each, here, there):
            return replace(speaker, basis=LinkBasis.CONTINUED, score=0.75, reason="the quotation before goes on")
        if each.directness is Directness.UNMARKED and here.paragraph - there.paragraph in (0, 1):
            reason = "a passage in the first person, printed without marks right after their words"
            return replace(speaker, basis=LinkBasis.CONTINUED, score=0.6, reason=reason)
        reason = "the text does not say by whom" if cue else "nothing shows that the speaker before goes on"
        return Speaker(None, None, LinkBasis.NONE, 0.0, reason)

    def _quote_continues(self, each: Attribution, here: Place, there: Place) -> bool:
        """Whether words without a speaker open their paragraph in quotation marks, right after someone's paragraph."""
        if not each.content or here.paragraph - there.paragraph not in (0, 1):
            return False
        before = self.text[max(0, each.content[0].start - 2) : each.content[0].start].strip(" \"“'‘")
        quoted = self.layout.place(each.content[0].start + 1).quoted
        return quoted and (not before or before.endswith("\n") or here.paragraph == there.paragraph)

    def _enclosing(self, position: int, own: int | None) -> int | None:
        """Number of the attribution with the smallest content around a position."""
        at = bisect_left(self.contents, (position + 1, -1, -1))
        nearest = self.contents[max(0, at - DEEPEST) : at]
        around = [(end - start, number) for start, end, number in nearest if position < end and number != own]
        return min(around)[1] if around else None

    def _is_verbatim(self, position: int) -> bool:
        """Whether a position stands in words laid out as in a transcript: nobody there says "he" of himself."""
        number = self._enclosing(position, None)
        return number is not None and bool(self.attributions[number].source) and self._is_laid_out(number)

    def _is_laid_out(self, number: int) -> bool:
        """Whether the words go on over several sentences behind a name and a colon."""
        each = self.attributions[number]
        return [self.text[span.start : span.end] for span in each.cue] == [":"]

    def _enclosing_actor(self, position: int) -> str | None:
        number = self._enclosing(position, None)
        return self.speakers[number].actor if number is not None and number in self.speakers else None

    def _first_person(self, number: int) -> Speaker:
        """I and we inside someone's words are that someone; elsewhere they are the text's author. "You" is nobody."""
        each = self.attributions[number]
        word = self.text[each.source[0].start : each.source[0].end].split()[0].lower()
        if word.startswith("you"):
            return Speaker(None, self._printed(each), LinkBasis.NONE, 0.0, "“you” names nobody")
        outer = self._enclosing(each.source[0].start, number)
        speaker = self.speakers.get(outer) if outer is not None else None
        if speaker is None:
            author = self.document.author
            return Speaker(
                None, author, LinkBasis.NONE, 0.0, "the author of the text, or words whose speaker was not found"
            )
        if speaker.actor is None:
            return replace(speaker, reason=f"“{word}” of a speaker without a name")
        score = round(_FIRST_PERSON_SCORE * (1.0 if word == "i" else 0.85), 3)
        return replace(speaker, basis=LinkBasis.PRONOUN, score=score, reason=f"“{word}” inside {speaker.name}'s words")

    def _settle_first_person_mentions(self) -> None:
        for number, mention in enumerate(self.mentions):
            if mention.kind is MentionKind.PRONOUN and number not in self.meant:
                self.meant[number] = self._first_person_mention(mention)

    def _first_person_mention(self, mention: Mention) -> Guess:
        word = self.text[mention.span.start : mention.span.end].lower()
        pronoun: Pronoun | None = load_vocabulary().pronouns.get(word)
        actor = self._enclosing_actor(mention.span.start) if pronoun is not None and pronoun.person == 1 else None
        if actor is None:
            return Guess(None, 0.0, "no speaker around it" if pronoun and pronoun.person == 1 else "names nobody")
        return Guess(
            actor, 0.9 if pronoun and pronoun.number == "one" else 0.75, f"inside {self.by_id[actor].name}'s words"
        )


# A person or body, an aside in brackets, "of Vermont", a comma, and then "who".
_RIGHT_BEFORE = re.compile(
    r"(?:\s\([^)]*\))?(?:\s(?:of|from|in)\s[A-Z][\w.]*(?:\s[A-Z][\w.]*)?)?,?\s(?:of|to|with|for|from|by|among)?\s?"
)
_ADDRESSES = ("mr", "mrs", "ms", "miss")  # no office: "Ohio Mr Bek" is nobody
_TITLE_GAP = re.compile(r"\s(?:(?!and\s|or\s|with\s|of\s|said\s)[\w.-]+\s){1,4}")


def _inner_names(text: str, mentions: tuple[Mention, ...]) -> Iterator[int]:
    """Numbers of the names that only describe: inside a role, or before a title ("Ohio Gov. Ana Bek")."""
    end = -1
    for number, mention in enumerate(mentions):
        if mention.kind is MentionKind.NOMINAL:
            end = max(end, mention.span.end)
        elif mention.kind is MentionKind.NAME and (mention.span.end <= end or _opens_title(text, mentions, number)):
            yield number


def _opens_title(text: str, mentions: tuple[Mention, ...], number: int) -> bool:
    """Whether only a title stands between a name and a person's: each word in capitals, or the last a role noun."""
    later = (m for m in mentions[number + 1 : number + 4] if m.kind is MentionKind.NAME)
    person = next(later, None)
    if person is None or person.type is not ActorType.PERSON:
        return False
    gap = text[mentions[number].span.end : person.span.start]
    if not _TITLE_GAP.fullmatch(gap):
        return False
    *before, last = gap.split()
    words = load_vocabulary()
    if any(word in words.saying or word in words.verbs or word.endswith("ed") for word in before):
        return False  # "Bek accused Mr Hale": a clause, not a title
    last = last.lower()
    titled = last in words.honorifics and last.rstrip(".") not in _ADDRESSES
    return last in words.roles or titled or last.rsplit("-", 1)[-1] in words.roles


# Small words that may follow a speaker's name inside the source.
_LINKING = frozenset(
    ("who", "which", "himself", "herself", "itself", "also", "then", "now", "later", "here", "both", "alike", "about")
)
_ALLIES = re.compile(r"and ((?:its|his|her|their|the|other|some|several)\s[^,;:“”\"]{3,60}?)(?:,|$)")
_OF_BODY = re.compile(r"\b[Tt]he\s([a-z]+)['’]s\s|\b(?:of|for)\sthe\s([a-z]+)$")
_CORRESPONDENTS = ("correspondent", "reporter", "journalist")
_REPRESENTING = (
    "head_of_state",
    "head_of_government",
    "foreign_minister",
    "defence_minister",
    "press_secretary",
    "spokesperson",
    "supreme_leader",
)


def _goes_on(cue: str) -> bool:
    words = cue.split()
    return bool(words) and (
        words[0] in rules()["going_on"] or words[0].endswith("ing") or words[0] in ("and", "but", "also")
    )
