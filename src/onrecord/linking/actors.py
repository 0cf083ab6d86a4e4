"""Who is meant by names, titles and roles: one Actor each within a document, joined to the knowledge list where known.

Names come first (clusters.py), then the titles and appositions beside them, then roles that stand alone. Pronouns are
left to speakers.py, which knows who is speaking.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from onrecord.lexicon.loader import load_lexicon
from onrecord.lexicon.vocabulary import load_vocabulary
from onrecord.linking.clusters import Choice, Clusters, Printed, initials
from onrecord.linking.drafts import Draft, finish
from onrecord.linking.knowledge import Entry, Knowledge
from onrecord.linking.listed import find_listed
from onrecord.linking.names import fold, is_mixed_script, surnames_alike
from onrecord.linking.phrases import Phrase, goes_on_to_name, parse_phrase, without_rank
from onrecord.linking.roles import find_holder
from onrecord.records.actors import Actor, ActorLink, ActorType, LinkBasis, Mention, MentionKind
from onrecord.records.documents import Document
from onrecord.records.spans import Span

Linked = tuple[tuple[Mention, ...], tuple[Actor, ...], tuple[ActorLink, ...]]
_NO_CHOICE = Choice(None, LinkBasis.NONE, 0.0, "a pronoun: see the speakers")


def link_actors(document: Document, mentions: tuple[Mention, ...], knowledge: Knowledge) -> Linked:
    """The mentions with their actors' ids, the actors in order of first mention, and one link a name or nominal.

    A mention that could be several actors, or none, keeps `actor` None; its link says why. Linear in the mentions.
    """
    reader = _Reader(document.text, mentions, Clusters(knowledge, document.published, document.text))
    choices = reader.read()
    numbers = _number(mentions, choices, reader.clusters.drafts)
    drafts = _in_order(reader.clusters.drafts, numbers)
    actors = tuple(finish(draft, numbers[id(draft)], document.published) for draft in drafts)
    linked = tuple(replace(m, actor=_actor_id(choices[i], numbers)) for i, m in enumerate(mentions))
    links = tuple(
        _link(mention, choices[i], numbers) for i, mention in enumerate(mentions) if mention.kind != "pronoun"
    )
    return linked, actors, links


def _number(mentions: tuple[Mention, ...], choices: list[Choice], drafts: list[Draft]) -> dict[int, int]:
    """Each draft's number, by identity: in order of first mention, those never mentioned last."""
    met = [id(choice.draft) for choice in choices if choice.draft is not None]
    return {key: number for number, key in enumerate(dict.fromkeys([*met, *map(id, drafts)]), 1)}


def _in_order(drafts: list[Draft], numbers: dict[int, int]) -> list[Draft]:
    return sorted(drafts, key=lambda draft: numbers[id(draft)])


def _actor_id(choice: Choice, numbers: dict[int, int]) -> str | None:
    return f"a{numbers[id(choice.draft)]}" if choice.draft is not None else None


def _link(mention: Mention, choice: Choice, numbers: dict[int, int]) -> ActorLink:
    return ActorLink(mention.span, _actor_id(choice, numbers), choice.basis, round(choice.score, 3), choice.reason)


_HONORIFIC = re.compile(r"(?:^|[\s(“\"'‘])([A-Z][a-z]{0,12}\.?)[\s\u00a0]$")
_OWNER = re.compile(r"((?:[A-Z][\w.]*[\s\u00a0])?[A-Z][\w.]*)['’]s?[\s\u00a0]$")
_AFTER_NAME = re.compile(
    r",?\s(?:who\s)?(?:is|was|has\sbeen|serves\sas|served\sas|became)?\s?(?:also\s|now\s|currently\s)*$"
)
_IN_FULL = re.compile(
    r"(?:[A-Z][\w’'-]+\s){0,3}(?:Government|Republic|Kingdom|Principality|Sultanate|Emirate|Union|Commonwealth|State)"
    r"\sof\s(?:the\s)?(.+)"
)
_OF_STATE = re.compile(r"\sof\s(?:the\s)?(?P<state>[A-Z][\w-]+(?:\s[A-Z][\w-]+){0,2})")
_TAIL = re.compile(
    r"(?:\s(?:of|for)\s(?:the\s)?(?:country['’]s\s)?(?:(?:ruling|governing|opposition|main|largest)\s){0,2}|['’]s\s)"
    r"[A-Z][^,.;()\n]{0,60}"
)
_ACTING = re.compile(r"[\s\u00a0](?:and\s)?[a-z]")  # a verb may follow: not a dateline, not the end of a clause
_SPOKE_IN = re.compile(r"\b(?:said|says|told|spoke|speaking|announced)\b[^.\n]{0,32}\sin\s$")
_OPENS_BRACKET = re.compile(r"\s(?:[a-z][\w-]*\s)?\(")  # "the Dockers' League (DLX)", "Unity for Bek party (UBP)"
_GOES_ON_NAMING = re.compile(r"[A-Z][\w’'-]*\s(?:of|for|on)\s(?:the\s)?$")
_LETTERS_BEHIND = re.compile(r"^\s\([A-Z][\w-]{1,7}\)")  # "the head of the Dockers' League | (DLX), | Ana Rhee"
# A place behind a name, and a word that says when: "Ana Rhee of Bek, now the speaker of parliament".
_BEFORE_ASIDE = re.compile(r"^(?:\s(?:of|from)\s[A-Z][\w-]+(?:\s[A-Z][\w-]+)?)?,\s(?:(?:also|now|currently|then)\s)?$")
_JOINS_NAMING = re.compile(r"[A-Z][\w’'-]*\sand\s$")
_LETTERED = (ActorType.BODY, ActorType.GROUP, ActorType.UNKNOWN)
# What stands between a name and another of the same person: that they were born or once known as.
_KNOWN_AS = re.compile(
    r",?\s(?:[a-z][\w-]*,?\s|\d{4}\s|[A-Z]\w+\s){0,10}?(?:(?:known|born|christened|registered|baptised|baptized)\s"
    r"(?:in\s[A-Z]\w+\s|[a-z]+\s){0,2}?as\s|(?:formerly|previously|née|nee|born)\s)|\s\((?:formerly|previously|née|nee|born)\s"
)
_LOCATING = re.compile(r"\b(?:in|at|near|from|to|outside|around|across|of|for|visit|visited|over)\s(?:the\s)?$")


@dataclass(slots=True)
class _Reader:
    """One reading of a document's mentions."""

    text: str
    mentions: tuple[Mention, ...]
    clusters: Clusters

    def read(self) -> list[Choice]:
        """A choice a mention."""
        choices = [_NO_CHOICE] * len(self.mentions)
        names = [i for i, mention in enumerate(self.mentions) if mention.kind is MentionKind.NAME]
        full = [i for i in names if len(self._words(self.mentions[i]).split()) > 1]
        singles = [i for i in names if i not in set(full)]
        for i in (*full, *singles):
            choices[i] = self._told_alias(i, choices) or self._place(i)
        self.clusters.set_timeline()
        for i, owner in self._appositions(choices):
            choices[i] = owner
        self._join_listed(choices)
        for i, mention in enumerate(self.mentions):
            if mention.kind is MentionKind.NOMINAL and choices[i] is _NO_CHOICE:
                choices[i] = self._place_nominal(i)
        self._name_states()
        return choices

    def _join_listed(self, choices: list[Choice]) -> None:
        """People under another spelling than that of the lists become the listed ones."""
        clusters = self.clusters
        states = {d.entry.country for d in clusters.drafts if d.entry is not None and d.type is ActorType.STATE}
        for draft in [each for each in clusters.drafts if each.type is ActorType.PERSON]:
            named = {code for code in states if code is not None}
            entry = find_listed(draft, named, clusters.published, clusters.known)
            if entry is None or entry.key in clusters.by_key:
                continue
            draft.entry, clusters.by_key[entry.key] = entry, draft
            told = f"a spelling of {entry.name}, who held that office"
            for i, choice in enumerate(choices):
                if choice.draft is draft and choice.basis is LinkBasis.NAME:
                    choices[i] = replace(choice, basis=LinkBasis.ALIAS, score=min(choice.score, 0.9), reason=told)

    def _name_states(self) -> None:
        """States named by an adjective alone are made ready: "Bekian President Ana Rhee" speaks for Bekland."""
        known = self.clusters.known
        offices = (role for draft in self.clusters.drafts for role in draft.roles if not role.past)
        for state in dict.fromkeys(role.of for role in offices if role.of in known.states):
            self._meant(state or "")

    def _words(self, mention: Mention) -> str:
        return " ".join(self.text[mention.span.start : mention.span.end].split())

    def _before(self, mention: Mention, reach: int = 40) -> str:
        return self.text[max(0, mention.span.start - reach) : mention.span.start]

    # names

    def _place(self, i: int) -> Choice:
        mention = self.mentions[i]
        text = self._words(mention)
        if is_mixed_script(text):
            return self._place_mixed(mention, text)
        special = self._seat(mention, text) or self._government(mention, text) or self._ministry(mention, text)
        special = special or self._owned_body(mention, text)
        if special is not None:
            return special
        title = self._title(i) if mention.type is ActorType.PERSON else None
        return self.clusters.place(Printed(text, mention.span.start, mention.type, self._honorific(mention), title))

    def _told_alias(self, i: int, choices: list[Choice]) -> Choice | None:
        """The one named right before of whom the text says that this is another name of theirs."""
        names = [j for j in range(i - 1, max(-1, i - 6), -1) if self.mentions[j].kind is MentionKind.NAME]
        return (
            self._lettered(i, names[0], choices[names[0]].draft) or self._born_as(i, names, choices) if names else None
        )

    def _lettered(self, i: int, j: int, draft: Draft | None) -> Choice | None:
        """The body before letters in brackets."""
        mention, before = self.mentions[i], self.mentions[j]
        printed, named = self._words(mention), self._words(before)
        brackets = _OPENS_BRACKET.fullmatch(self.text[before.span.end : mention.span.start])
        closes = self.text[mention.span.end : mention.span.end + 1] == ")"
        if draft is None or not (brackets and closes and _are_letters(printed)) or named.isupper():
            return None
        if draft.type not in _LETTERED or mention.type in (ActorType.STATE, ActorType.OUTLET):
            return None
        inner = re.split(r"\s(?:of|for)\s(?:the\s)?", named, maxsplit=1)[1:]
        if inner and printed == initials(inner[0]):
            return None  # "the Bureau of the Common Party of Bek (CPB)"
        led = self._before(before)
        if _GOES_ON_NAMING.search(led) or (" " not in named and _JOINS_NAMING.search(led)):
            return None  # of a longer name that was not found whole: "Board for the Rescue of | Bek (BRB)"
        name = Printed(printed, mention.span.start, draft.type, None)
        self.clusters.by_letters[printed] = draft
        return self.clusters.give(draft, name, 0.9, f"in brackets behind {draft.full_name}: its letters")

    def _born_as(self, i: int, names: list[int], choices: list[Choice]) -> Choice | None:
        """The person before another full name that is said to be theirs."""
        mention = self.mentions[i]
        printed = self._words(mention)
        for j in names if mention.type is ActorType.PERSON and " " in printed else ():
            draft = choices[j].draft
            if draft is None or draft.type is not ActorType.PERSON:
                continue
            told = _KNOWN_AS.fullmatch(self.text[self.mentions[j].span.end : mention.span.start])
            if told is None or draft.entry is not None or " " not in draft.full_name:
                return None
            name = Printed(printed, mention.span.start, draft.type, self._honorific(mention))
            return self.clusters.give(draft, name, 0.85, f"{draft.full_name} is said to be known as {printed}")
        return None

    def _title(self, i: int) -> Phrase | None:
        """The role printed right before a name."""
        before = self.mentions[i - 1] if i else None
        if before is None or before.kind is not MentionKind.NOMINAL or before.type is not ActorType.PERSON:
            return None
        gap = self.text[before.span.end : self.mentions[i].span.start]
        return parse_phrase(self._words(before), self.clusters.known) if gap in (" ", "\u00a0") else None

    def _honorific(self, mention: Mention) -> str | None:
        found = _HONORIFIC.search(self._before(mention, 16))
        return found.group(1).lower() if found else None

    def _place_mixed(self, mention: Mention, text: str) -> Choice:
        """A name with letters of two alphabets is an actor of its own, flagged: it may imitate another's."""
        choice = self.clusters.place(Printed(text, mention.span.start, ActorType.UNKNOWN))
        return replace(choice, score=0.3, reason="letters of several alphabets in one word: not merged with any name")

    def _seat(self, mention: Mention, text: str) -> Choice | None:
        """Seats of power mean who sits there; capitals stay places, but their state is made ready to speak."""
        known = self.clusters.known
        meaning = known.seats.get(fold(text))
        if meaning is None or mention.type is ActorType.PERSON:
            return None
        if any(entry.stands_for for entry in known.named(text)):
            draft = self._meant(meaning)
            draft.add(text, mention.span.start)
            return Choice(draft, LinkBasis.METONYM, 0.93, f"{text} stands for {draft.full_name}")
        return self._capital(mention, text, known.states[meaning])

    def _government(self, mention: Mention, text: str) -> Choice | None:
        """The state whose government is named: "the Government of Bekland"."""
        found = _IN_FULL.fullmatch(text) if not self.clusters.known.named(text) else None
        state = self._state_of(found.group(1)) if found is not None else None
        if state is None:
            return None
        draft = self._meant(state)
        draft.add(text, mention.span.start)
        return Choice(draft, LinkBasis.METONYM, 0.93, f"{text} stands for {draft.full_name}")

    def _meant(self, meaning: str) -> Draft:
        """The state or body behind a seat, followed through further seats."""
        known = self.clusters.known
        while meaning not in known.states and fold(meaning) in known.seats:
            meaning = known.seats[fold(meaning)]
        entry = known.states.get(meaning) or known.named(meaning)[0]
        draft = self.clusters.by_key.get(entry.key) or self.clusters.new(entry)
        if not draft.names:
            draft.names.append(entry.name)
        return draft

    def _capital(self, mention: Mention, text: str, state: Entry) -> Choice:
        name = next((city for city in state.capitals if surnames_alike(fold(city), fold(text)) > 0.8), text)
        if text in state.unsure and state.key not in self.clusters.by_key:
            return self.clusters.place(Printed(text, mention.span.start, ActorType.PLACE))
        choice = self._relabelled(name, text, mention.span.start, ActorType.PLACE, state.country)
        choice = replace(choice, reason=f"listed as a capital: {state.name}'s")
        acting = _ACTING.match(self.text[mention.span.end : mention.span.end + 12]) is not None
        if (acting and not _LOCATING.search(self._before(mention))) or _SPOKE_IN.search(self._before(mention)):
            self._meant(state.country or "")
        return choice

    def _relabelled(self, name: str, text: str, start: int, kind: ActorType, country: str | None) -> Choice:
        """The draft called `name` for a mention printed otherwise."""
        choice = self.clusters.place(Printed(name, start, kind))
        if choice.draft is not None:
            choice.draft.country, choice.draft.label = country, name
            names = choice.draft.names
            choice.draft.names = list(dict.fromkeys([*(each for each in names if each != name), text]))
        return choice

    def _ministry(self, mention: Mention, text: str) -> Choice | None:
        """A ministry with the state named beside it, so that two states' ministries stay two."""
        known = self.clusters.known
        words = text.split()
        cuts = (n for n in range(len(words)) if fold(" ".join(words[n:])) in known.ministries)
        cut = next(cuts, None)
        if cut is None:
            return None
        state = self._state_of(" ".join(words[:cut])) or self._state_before(mention) or self._state_behind(mention)
        kind = known.ministries[fold(" ".join(words[cut:]))]
        if state is not None:
            return self._place_ministry(kind, state, text, mention.span.start)
        return self._unlisted_ministry(kind, " ".join(words[:cut]), text, mention)

    def _place_ministry(self, kind: str, state: str, text: str, start: int) -> Choice:
        name = f"{kind} of {self.clusters.known.states[state].name}"
        self._meant(state)
        reason = f"listed as a part of a state, and the state stands beside it: {name}"
        return replace(self._relabelled(name, text, start, ActorType.BODY, state), score=0.9, reason=reason)

    def _unlisted_ministry(self, kind: str, adjective: str, text: str, mention: Mention) -> Choice:
        """The ministry of a state that no list has: two owners' ministries are two, and a bare name is the one met."""
        owner = _OWNER.search(self._before(mention))
        own = f"{kind} of {owner.group(1)}" if owner is not None else text if adjective else None
        met = [draft for draft in self.clusters.drafts if draft.label is not None and _is_one_of(draft.label, kind)]
        name = own or (met[0].label if len(met) == 1 else None) or kind
        country = met[0].country if own is None and len(met) == 1 else None
        choice = self._relabelled(name, text, mention.span.start, ActorType.BODY, country)
        reason = f"{kind}: of which state is not said" if name == kind else name
        return replace(choice, score=0.6, reason=reason)

    def _owned_body(self, mention: Mention, text: str) -> Choice | None:
        """A body known under its state's name: "Russia's Security Council"."""
        known, state = self.clusters.known, self._state_before(mention)
        if mention.type is not ActorType.BODY or state is None:
            return None
        entry = known.states[state]
        forms = (f"{entry.name}'s {text}", *(f"{adjective} {text}" for adjective in entry.demonyms))
        found = next((each for form in forms for each in known.named(form)), None)
        if found is None:
            return None
        draft = self.clusters.by_key.get(found.key) or self.clusters.new(found)
        draft.add(text, mention.span.start)
        return Choice(draft, LinkBasis.ALIAS, 0.95, f"{text} of {entry.name}")

    def _state_of(self, words: str) -> str | None:
        known = self.clusters.known
        plain = words.removesuffix("'s").removesuffix("’s")
        entry = next((each for each in known.named(plain) if each.type is ActorType.STATE), None) if plain else None
        return known.demonyms.get(plain.lower()) or (entry.country if entry else None)

    def _state_before(self, mention: Mention) -> str | None:
        before = self._before(mention)
        owner = _OWNER.search(before)
        words = owner.group(1) if owner else (before.rstrip().rsplit(" ", 1)[-1] if before else "")
        return self._state_of(words) or (self._state_of(words.split()[-1]) if words.split() else None)

    def _state_behind(self, mention: Mention) -> str | None:
        """The state of "the Ministry of Foreign Affairs of Bekland"."""
        found = _OF_STATE.match(self.text, mention.span.end)
        return (
            next((state for words in _shorter(found["state"]) if (state := self._state_of(words))), None)
            if found
            else None
        )

    # titles and appositions

    def _appositions(self, choices: list[Choice]) -> Iterator[tuple[int, Choice]]:
        """Nominals that stand beside a person's name and say what the person is; the role is noted with the person."""
        for i, mention in enumerate(self.mentions):
            draft = choices[i].draft
            if mention.kind is not MentionKind.NAME or draft is None or draft.type is not ActorType.PERSON:
                continue
            self._note_short_title(mention, draft)
            for j in (*self._titles_left(i), *self._roles_right(i)):
                phrase = parse_phrase(self._role_text(j), self.clusters.known)
                if phrase is not None and phrase.noun in load_vocabulary().roles:
                    draft.roles.append(phrase)
                    draft.add_role_mention(self.mentions[j].span.start)
                    yield j, Choice(draft, LinkBasis.APPOSITION, 0.95, f"stands beside {draft.full_name}")

    def _note_short_title(self, mention: Mention, draft: Draft) -> None:
        """The office and, in brackets, party and state of "Sen. Hale (D-Ohio)"."""
        before = re.search(r"((?:[A-Z][\w.]*\s){0,2})((?:Sen|Rep|Gov|Gen|Pres|Prof|Dr)\.?)\s$", self._before(mention))
        if before is None:
            return
        phrase = parse_phrase(f"{before.group(1)}{before.group(2)}", self.clusters.known)
        after = re.match(r",?\s\(?(R|D|I)-([A-Z][\w. ]+?)[.)],?", self.text[mention.span.end : mention.span.end + 24])
        if phrase is not None:
            draft.roles.append(replace(phrase, modifiers=phrase.modifiers | _party(after.group(1) if after else "")))

    def _titles_left(self, i: int) -> Iterator[int]:
        start = self.mentions[i].span.start
        for j in range(i - 1, max(-1, i - 5), -1):
            other = self.mentions[j]
            if other.kind is not MentionKind.NOMINAL or other.type is not ActorType.PERSON or self._opens_longer(j):
                continue
            gap = _LETTERS_BEHIND.sub("", without_rank(self.text[other.span.end : start]))
            if gap in (" ", "\u00a0") or (gap == ", " and self._closes(i)):
                yield j
            elif self._closes(i) and goes_on_to_name(gap) and not self._has_person(j + 1, i, other.span.end + len(gap)):
                yield j
                break
            if gap.strip(" ,\u00a0"):
                break

    def _opens_longer(self, j: int) -> bool:
        """Whether a role is but how a longer one begins: "Bekland's deputy" of "Bekland's deputy energy minister"."""
        before, span = self.mentions[j - 1] if j else None, self.mentions[j].span
        return before is not None and before.kind is MentionKind.NOMINAL and before.span.end > span.end

    def _has_person(self, first: int, end: int, place: int) -> bool:
        """Whether one of these mentions that begin before a place is of people: theirs may be the name that follows."""
        people = (ActorType.PERSON, ActorType.GROUP)
        return any(m.type in people for m in self.mentions[first:end] if m.span.start < place)

    def _closes(self, i: int) -> bool:
        """Whether the name after a comma is an aside: "his deputy, Ana Bek, left"."""
        return self.text[self.mentions[i].span.end : self.mentions[i].span.end + 1] in (",", ".", ")", ";", "")

    def _roles_right(self, i: int) -> Iterator[int]:
        end = self.mentions[i].span.end
        for j in range(i + 1, min(len(self.mentions), i + 6)):
            other = self.mentions[j]
            if other.span.start < end:
                continue
            gap = self.text[end : other.span.start]
            if len(gap) > 40:
                break
            single = other.kind is MentionKind.NOMINAL and other.type is ActorType.PERSON
            if single and self._is_aside(gap, other):
                yield j

    def _is_aside(self, gap: str, role: Mention) -> bool:
        """Whether a role after a name says who that is, and does not begin a clause of its own."""
        plain = _BEFORE_ASIDE.sub(", ", re.sub(r"^,?\s\d{1,3},", ",", gap))
        if not re.fullmatch(
            r",\s|,?\swho\s(?:is|was|serves as|served as)\s(?:\w+\s)?|\s(?:is|was|serves as|became)\s(?:\w+\s)?", plain
        ):
            return False
        after = self.text[role.span.end : role.span.end + 60]
        if after.startswith(" and ") and self._words(role).rsplit(" ", 1)[-1].lower() in load_vocabulary().kin:
            return False  # "Bek, her mother and her sister" are three
        return (
            not plain.startswith(", ")
            or "who" in plain
            or bool(re.match(r"[,.;)]|\s(?:of|for|in|at|and|who|from|to|on)\s", after))
        )

    def _role_text(self, j: int) -> str:
        """The role with its complement, as far as the next comma or clause."""
        span = self.mentions[j].span
        body = _of_plain_body().match(self.text, span.end)
        if body is not None:  # "president of the growers' federation": no state's
            return self._words(Mention("", Span(span.start, body.end()), *_ANY))
        tail = _TAIL.match(self.text[span.end : span.end + 70])
        return self._words(Mention("", Span(span.start, span.end + (_name_end(tail.group()) if tail else 0)), *_ANY))

    # roles alone

    def _place_nominal(self, i: int) -> Choice:
        mention = self.mentions[i]
        words = self._words(mention)
        # A person's noun is lone only where a headline leaves out its article ("president says").
        lone = mention.type is ActorType.PERSON and words.islower() and " " not in words
        phrase = parse_phrase(f"the {words}" if lone else words, self.clusters.known)
        if phrase is None:
            return Choice(None, LinkBasis.NONE, 0.0, "no role noun")
        if re.match(r"\s(?:that|who|whose|which|of)\s(?!state)", self.text[mention.span.end : mention.span.end + 14]):
            return Choice(None, LinkBasis.NONE, 0.0, "described by a clause of its own, not named")
        ministry = self._nominal_ministry(mention, phrase)
        choice = ministry or find_holder(phrase, mention.span.start, self.clusters, ahead=lone)
        draft = choice.draft
        if draft is None or draft.type is not ActorType.PERSON or phrase.noun in {role.noun for role in draft.roles}:
            return choice
        if phrase.of is None and self._met_nameless(i, phrase.noun):
            draft.starts.remove(mention.span.start)
            return Choice(None, LinkBasis.NONE, 0.0, f"a {phrase.noun} without a name was met before")
        return choice

    def _met_nameless(self, i: int, noun: str) -> bool:
        """Whether somebody without a name was called so before: "a Beklandic diplomat said ... the diplomat"."""
        before = (m for m in self.mentions[max(0, i - NAMELESS) : i] if m.kind is MentionKind.NOMINAL)
        words = (self._words(m).lower() for m in before)
        return any(re.match(rf"(?:an?|one|another)\s(?:.*\s)?{re.escape(noun)}$", each) for each in words)

    def _nominal_ministry(self, mention: Mention, phrase: Phrase) -> Choice | None:
        """The ministry of "the Moldovan foreign ministry", not its spokesman."""
        if phrase.noun not in ("ministry", "staff"):
            return None
        words = self._words(mention).split()
        kind = self.clusters.known.ministries.get(fold(" ".join(words[-2:])))
        if kind is None or phrase.of is None or phrase.of not in self.clusters.known.states:
            return None
        return self._place_ministry(kind, phrase.of, self._words(mention), mention.span.start)


NAMELESS = 60  # mentions, some five paragraphs, in which "the diplomat" may be "a diplomat" met before


@cache
def _of_plain_body() -> re.Pattern[str]:
    """What a role may be of that is no state and no part of one: "of the growers' federation", "for the company"."""
    nouns = "|".join(map(re.escape, load_lexicon("whose")["bodies"]))
    return re.compile(rf"\s(?:of|for|at)\s(?:the|a|an|its|their)\s(?:[a-z][\w’'-]*\s){{0,2}}(?:{nouns})\b(?!['’])")


def _are_letters(word: str) -> bool:
    """Whether a word may be a name's letters: "HBC", "PiP", "FAMa"."""
    return " " not in word and word[:1].isupper() and len(word) <= LONGEST_LETTERS and sum(map(str.isupper, word)) > 1


LONGEST_LETTERS = 8


def _is_one_of(name: str, kind: str) -> bool:
    """Whether a ministry's name has a kind and its state: "Foreign Ministry of Bekland", "Bekian Foreign Ministry"."""
    return name.startswith(f"{kind} of ") or name.endswith(f" {kind}")


_ANY = (ActorType.PERSON, MentionKind.NOMINAL, None, 1.0, "")


_INSIDE = (
    "of",
    "for",
    "the",
    "and",
    "country's",
    "country’s",
    "'s",
    "’s",
    "ruling",
    "governing",
    "opposition",
    "main",
    "largest",
)


def _shorter(words: str) -> Iterator[str]:
    """The words, then without the last of them, and so on."""
    parts = words.split()
    return (" ".join(parts[:end]) for end in range(len(parts), 0, -1))


def _name_end(tail: str) -> int:
    """Where the capitalised complement in " of the Harbour Office that" ends."""
    end = 0
    for match in re.finditer(r"\S+", tail):
        if not (match.group()[0].isupper() or match.group() in _INSIDE):
            break
        end = match.end() if match.group()[0].isupper() else end
    return end


def _party(letter: str) -> frozenset[str]:
    return frozenset({"R": ("republican",), "D": ("democratic",)}.get(letter, ()))
