"""Whose head or spokesman somebody is, where that is no state: of a firm, a union, a party, a town.

Titles leave it out as well ("its chief executive, Irina Kolt"), or the text tells it with a verb ("who chairs the
Farmers' Union"). What stands around a name says whose it is; it is kept as an office, marked with the reason. Whoever
only works somewhere, or heads a place of study, speaks for nobody.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from onrecord.lexicon.loader import load_lexicon
from onrecord.linking.generic import generic_names
from onrecord.linking.holding import REACH, Scene, open_office
from onrecord.linking.names import fold
from onrecord.linking.phrases import without_rank
from onrecord.linking.settling import WORKED_OUT, draws_lines, governs_place, leads, represents
from onrecord.linking.whose import of_complement, of_title
from onrecord.records.actors import Actor, ActorType, Mention, MentionKind, Office
from onrecord.records.findings import Attribution
from onrecord.records.spans import Span, contains, overlaps

Found = tuple[Actor, str, str]  # the body, the title, why


def settle_heads(scene: Scene) -> tuple[Actor, ...]:
    """The actors, with the body named that somebody heads or speaks for, where the text says so of one alone."""
    page = _Page(scene)
    people = {a.id for a in scene.actors.values() if a.type is ActorType.PERSON and not _is_settled(a)}
    return tuple(_settle(actor, page) if actor.id in people else actor for actor in scene.actors.values())


def settle_unnamed_heads(scene: Scene) -> tuple[Attribution, ...]:
    """The attributions, with the body whose head or spokesman speaks of whom there is only a title: "its chairman"."""
    page = _Page(scene)
    return tuple(_settle_unnamed(each, page) for each in scene.attributions)


def _settle_unnamed(attribution: Attribution, page: "_Page") -> Attribution:
    speaker = attribution.speaker
    if speaker.actor is not None or speaker.on_behalf_of is not None or not attribution.source:
        return attribution
    found = list(page.headed_by_title(attribution.source[0]))
    if len({body.id for body, _, _ in found}) != 1:
        return attribution
    body, _, why = found[0]
    return replace(attribution, speaker=replace(speaker, on_behalf_of=body.id, reason=f"{speaker.reason}; {why}"))


def _is_settled(actor: Actor) -> bool:
    """Whether an office says for whom somebody speaks, or is a minister's, whose state others look for."""
    minister = open_office(actor)
    spokesman = minister is not None and minister.title.split()[-1].lower() in _rules()["speaking"]
    return (minister is not None and not spokesman) or any(
        office.of is not None and (represents(office) or leads(office)) for office in actor.offices
    )


def _settle(actor: Actor, page: "_Page") -> Actor:
    found = list(page.bodies_of(actor))
    if len({body.id for body, _, _ in found}) != 1:
        return actor
    body, title, why = found[0]
    if any(_is_title(office.title, title) and office.of == body.name for office in actor.offices):
        return actor
    held = next((office for office in actor.offices if office.of is None and _is_title(office.title, title)), None)
    offices = tuple(replace(each, title=title, of=body.name) if each == held else each for each in actor.offices)
    if held is None:
        offices = (*offices, Office(title, body.name))
    return replace(actor, offices=offices, flags=(*actor.flags, f"{WORKED_OUT}:{why}"))


@dataclass(frozen=True, slots=True)
class _Page:
    """One document, asked whom somebody heads."""

    scene: Scene

    def bodies_of(self, actor: Actor) -> Iterator[Found]:
        """Every body of which the words around a person's name say that the person heads it or speaks for it."""
        named = [m for m in self.scene.mentions if m.actor == actor.id and m.kind is MentionKind.NAME]
        for person in named:
            for mention in self._near(person):
                body = self.scene.actors[mention.actor or ""]
                title = self._title(mention, person)
                if title is not None and (leads(Office(title, body.name)) or _is_seconds(title)):
                    yield body, title, f"called the {title} of {body.name}"
            yield from self._by_pronoun(person.span.start)
            yield from self._behind(person)
        for office in (office for office in actor.offices if office.of is None and named):
            place = self.scene.home_town() if governs_place(office) else None
            if place is not None:
                yield place, office.title, f"the text is from {place.name}"
            owner = of_title(office.title, named[0].span.start, self.scene)
            if owner is not None:
                yield owner[0], office.title, owner[1]
        for each in self.scene.attributions:  # "its commander said", whom a later paragraph names
            if each.speaker.actor == actor.id and each.source:
                yield from self._by_pronoun(each.source[-1].end)

    def _behind(self, person: Mention) -> Iterator[Found]:
        """The body of the title behind a name: "Ana Rhee, spokeswoman for the foreign ministry"."""
        after = self.scene.text[person.span.end : person.span.end + 2 * REACH]
        title = re.match(rf",\s(?:(?:an?|the)\s)?({_titles()})\s(?=for|of|at|in)", after)
        owner = of_complement(after[title.end() :], person.span.start, self.scene) if title is not None else None
        if title is not None and owner is not None:
            yield owner[0], title.group(1), owner[1]

    def headed_by_title(self, source: Span) -> Iterator[Found]:
        """The body that "its" means in a source that is a title alone: "its chairman said"."""
        words = self.scene.text[source.start : source.end]
        if re.match(r"(?:its|their)\s", words, re.IGNORECASE):
            yield from self._by_pronoun(source.end)

    def _near(self, person: Mention) -> Iterator[Mention]:
        """The names of bodies within reach of a person's name, in the same line of text."""
        start, end = person.span
        reached = (m for m in self.scene.mentions if m.span.start - end <= REACH and start - m.span.end <= REACH)
        for mention in reached:
            body = self.scene.actors.get(mention.actor or "")
            if mention.kind is MentionKind.PRONOUN or body is None or not _can_be_headed(body):
                continue
            first, last = sorted((mention.span, person.span), key=lambda span: span.start)
            if "\n" not in self.scene.text[first.end : last.start]:
                yield mention

    def _title(self, body: Mention, person: Mention) -> str | None:
        """The title that stands with a body's name before or behind a person's."""
        if body.span.end <= person.span.start:
            gap = without_rank(self.scene.text[body.span.end : person.span.start])
            owned = re.fullmatch(
                rf"(?:['’]s?)?\s(?:[\w’'-]+\s){{0,3}}?({_SECONDS}(?:{_titles()}))(?:\sof\s[\w\s-]+)?,?\s", gap
            )
            before = self.scene.text[max(0, body.span.start - REACH) : body.span.start]
            headed = re.search(rf"\b({_titles()})\s(?:of|for)\s(?:the\s)?{_OWN}{{0,3}}$", before, re.IGNORECASE)
            if owned is not None:
                return owned.group(1)
            return headed.group(1) if headed is not None and gap == ", " else None
        gap = self.scene.text[person.span.end : body.span.start]
        told = re.fullmatch(rf",\s(?:(?:the|a)\s)?({_titles()})\s(?:of|for|at)\s(?:the\s)?{_OWN}{{0,3}}", gap)
        if told is not None:
            return told.group(1)
        verb = re.fullmatch(rf"(?:,\s[^,.;:]{{3,40}})?,?\swho\s{_WHEN}({_verbs()})\s(?:the\s)?{_OWN}{{0,3}}", gap)
        return str(_rules()["verbs"][verb.group(1)]) if verb is not None else None

    def _by_pronoun(self, end: int) -> Iterator[Found]:
        """The body that "its" means: "Bekgas disputes the bill. Its chief executive, Ana Rhee, said".

        end: where the words of the title end, or the name behind them begins.
        """
        before = self.scene.text[max(0, end - REACH) : end]
        found = re.search(
            rf"\b(?:[Ii]ts|[Tt]heir)\s(?:[\w’'-]+\s){{0,2}}?({_SECONDS}(?:{_titles()}))"
            r"(?:\s(?:for|of)\s[\w\s-]{3,30})?,?\s?$",
            without_rank(before),
        )
        if found is None:
            return
        at, title = end - len(before) + found.start(), found.group(1)
        for sentence in self._back_from(at):
            things = self._things_in(Span(sentence.start, min(at, sentence.end)), found.group().lower(), title)
            if things:
                # Of several named, the one that opens the sentence, unless a state could have such a head as well.
                opens = self.scene.body_opening(sentence) if self._no_states(title) else None
                body = opens if opens in things else things[0]
                if _can_be_headed(body) and (body == opens or all(map(_can_be_headed, things))):
                    yield body, title, f"“its {title}” goes back to {body.name}"
                return

    def _back_from(self, at: int) -> Iterator[Span]:
        """The sentence of a place, the one before, and the ones before that while they open with a pronoun."""
        sentences = self.scene.sentences
        number = next((n for n, span in enumerate(sentences) if span.start <= at < span.end), 0)
        yield sentences[number]
        while number:
            number -= 1
            yield sentences[number]
            if not re.match(r"(?:It|They|Its|Their)\s", self.scene.text[sentences[number].start :][:REACH]):
                return

    def _things_in(self, part: Span, pronoun: str, title: str) -> list[Actor]:
        """The states and bodies named in a part of a sentence that "its" or "their" may mean."""
        listed = [m for m in self.scene.mentions if contains(part, m.span) and m.kind is MentionKind.NAME]
        named = [self.scene.actors[m.actor] for m in listed if m.actor in self.scene.actors]
        things = [actor for actor in named if actor.type not in (ActorType.PERSON, ActorType.OUTLET)]
        if pronoun.startswith("their"):
            things = [thing for thing in things if thing.name.endswith("s")]
        if title.lower() in _rules()["bodies_only"]:
            things = [thing for thing in things if _can_be_headed(thing)]
        # A town's name of which nothing is known does not stand in a body's way.
        sure = [thing for thing in things if thing.type is not ActorType.UNKNOWN or self._speaks(thing, part)]
        return sure or things

    def _no_states(self, title: str) -> bool:
        """Whether a title is as soon a body's as a state's: a spokesman, a chairman, no president."""
        return re.sub(rf"^{_SECONDS}", "", title.lower()) in (*_rules()["speaking"], *_rules()["bodies_only"])

    def _speaks(self, body: Actor, sentence: Span) -> bool:
        """Whether words are handed to a name in a sentence: a town's is never."""
        sources = [span for each in self.scene.attributions for span in each.source if contains(sentence, span)]
        return any(m.actor == body.id and overlaps(m.span, source) for m in self.scene.mentions for source in sources)


# Who is called so stands second, or no longer heads anything: the word belongs to the title.
_SECONDS = r"(?:(?:deputy|vice|assistant|former|acting|interim)[\s-])?"


def _is_seconds(title: str) -> bool:
    return re.match(r"(?:deputy|vice|assistant)[\s-]", title) is not None


def _is_title(printed: str, title: str) -> bool:
    """Whether an office was printed so, or with the body before it: "HBC deputy head" as deputy head."""
    folded = fold(printed)
    return folded == fold(title) or (_is_seconds(title) and folded.endswith(f" {fold(title)}"))


def _can_be_headed(body: Actor) -> bool:
    """Whether a head can draw lines for it: no place of study, and no ministry, whose state others look for."""
    return draws_lines(body.type, body.name) and fold(body.name) not in generic_names()


# What may stand between "who" and the verb: "who now heads", "who led the crew until 2031 and now heads".
_WHEN = r"(?:(?:[^,.;:]{3,40}\sand\s)?(?:now|currently|also)\s)?"
# A word between a title and a name that belongs to the name: "head of the stevedores' union | SET".
_OWN = r"(?:(?!of\s|for\s|in\s|at\s)[\w’'-]+\s)"


@cache
def _rules() -> dict[str, Any]:
    return dict(load_lexicon("heads"))


@cache
def _titles() -> str:
    titles = sorted((*_rules()["leading"], *_rules()["speaking"]), key=len, reverse=True)
    return "|".join(re.escape(title) for title in titles)


@cache
def _verbs() -> str:
    return "|".join(_rules()["verbs"])
