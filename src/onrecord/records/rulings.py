"""What reviewers settled: whom words mean, and which passages are one line. Findings are read as they settled it.

What the program had found stays stored beside it: a ruling names the record it is about, and says what was there.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from onrecord.records.actors import Actor, ActorLink, ActorType, LinkBasis
from onrecord.records.findings import Attribution, Event, Findings, Speaker
from onrecord.records.ids import link_id, said_id
from onrecord.records.redlines import Statement
from onrecord.records.said_days import date_words
from onrecord.records.spans import Span, quote_span, quote_spans


@dataclass(frozen=True, slots=True)
class WhoRuling:
    """Words mean another than they were taken for.

    record: the link's or the statement's id. name: whom they mean; None: nobody who could be named.
    key, type: of the actor meant, where they were known when it was judged.
    """

    record: str
    document: str
    name: str | None
    key: str | None
    type: ActorType | None
    reviewer: str


@dataclass(frozen=True, slots=True)
class JoinRuling:
    """A passage of a document belongs to a line, or does not.

    mention: its id. line: the id of the line that was judged, which is the id of a line with its earliest mention.
    to: the line it belongs to, or None: to none of those on record.
    """

    document: str
    mention: str
    line: str
    to: str | None
    reviewer: str


Ruling = WhoRuling | JoinRuling


def who_rulings(rulings: Iterable[Ruling]) -> tuple[WhoRuling, ...]:
    """Those that say whom words mean."""
    return tuple(each for each in rulings if isinstance(each, WhoRuling))


def join_rulings(rulings: Iterable[Ruling]) -> tuple[JoinRuling, ...]:
    """Those that say which passages are one line."""
    return tuple(each for each in rulings if isinstance(each, JoinRuling))


def rule_findings(findings: Findings, rulings: Iterable[WhoRuling]) -> Findings:
    """The findings of one document as reviewers settled them; those of records that are not found change nothing."""
    ruled = findings
    links = {link_of(findings, link): link for link in findings.links}
    said = {said_id(findings.document.id, each.source, each.cue, each.content): each for each in findings.attributions}
    # What was said of the words themselves counts more than what was said of a link in them.
    for ruling in sorted(rulings, key=lambda each: (each.record not in links, each.record)):
        if ruling.record in links:
            ruled = _rule_link(ruled, links[ruling.record], ruling)
        elif ruling.record in said:
            ruled = _rule_words(ruled, frozenset({said[ruling.record].id}), ruling, None)
    return ruled


def link_of(findings: Findings, link: ActorLink) -> str:
    """The id of a link of these findings."""
    key = next((actor.key for actor in findings.actors if actor.id == link.actor), None)
    return link_id(findings.document.id, link.span, key)


def rule_statements(statements: tuple[Statement, ...], stored: Findings, ruled: Findings) -> tuple[Statement, ...]:
    """The statements with the speakers of ruled findings, and with the days that these tell where others did.

    stored: the findings that the statements were formed of.
    """
    said = {each.id: each for each in ruled.attributions}
    keys = {actor.id: actor.key for actor in ruled.actors}
    before, after = date_words(stored), date_words(ruled)
    moved = {id: day for id, day in after.items() if day != before.get(id)}
    return tuple(
        replace(_speak(each, said, keys), said_on=moved.get(each.attribution, each.said_on)) for each in statements
    )


def _speak(statement: Statement, said: Mapping[str, Attribution], keys: Mapping[str, str]) -> Statement:
    attribution = said.get(statement.attribution)
    if attribution is None or attribution.speaker.basis is not LinkBasis.REVIEWED:
        return statement
    return replace(statement, actor=keys.get(attribution.speaker.actor or ""), speaker=attribution.speaker)


def _rule_link(findings: Findings, link: ActorLink, ruling: WhoRuling) -> Findings:
    meant, actors = _find_meant(findings, ruling)
    new = meant.id if meant is not None else None
    reason = _tell(findings, link.actor, ruling, link.reason)
    links = tuple(
        ActorLink(each.span, new, LinkBasis.REVIEWED, 1.0, reason) if each is link else each for each in findings.links
    )
    mentions = tuple(replace(each, actor=new) if each.span == link.span else each for each in findings.mentions)
    events = tuple(_take_part(findings, each, link, new) for each in findings.events)
    ruled = replace(findings, links=links, mentions=mentions, actors=actors, events=events)
    return _rule_words(
        ruled, frozenset(_spoken_by(findings, link)), ruling, quote_span(findings.document.text, link.span)
    )


def _take_part(findings: Findings, event: Event, link: ActorLink, new: str | None) -> Event:
    """The event with another in the place of whoever the linked words brought into it, or without them."""
    taken = {*_acting_for(findings, link.actor)}
    if taken.isdisjoint((*event.who, *event.whom)) or not _is_nearest(findings, event, link, taken):
        return event

    def settle(actors: tuple[str, ...]) -> tuple[str, ...]:
        put = (new if each in taken else each for each in actors)
        return tuple(dict.fromkeys(each for each in put if each is not None))

    return replace(event, who=settle(event.who), whom=settle(event.whom))


def _acting_for(findings: Findings, actor: str | None) -> Iterator[str]:
    """The actor, and the state that a place stands for as its capital: "under Moscow's control"."""
    found = next((each for each in findings.actors if each.id == actor), None)
    if found is None:
        return
    yield found.id
    if found.type is ActorType.PLACE and found.country:
        yield from (
            each.id for each in findings.actors if each.type is ActorType.STATE and each.country == found.country
        )


def _is_nearest(findings: Findings, event: Event, link: ActorLink, taken: set[str]) -> bool:
    """Whether of all words of the event's sentence that mean this actor the linked ones stand nearest to the event."""
    sentence = _sentence_around(findings.document.text, event.trigger)
    places = [
        each.span
        for each in findings.mentions
        if each.actor in taken and sentence.start <= each.span.start and each.span.end <= sentence.end
    ]
    return bool(places) and min(places, key=lambda each: abs(each.start - event.trigger.start)) == link.span


def _sentence_around(text: str, span: Span) -> Span:
    """From the full stop or line break before a span to the one behind it."""
    before = [each.end() for each in _SENTENCE_END.finditer(text, 0, span.start)]
    behind = _SENTENCE_END.search(text, span.end)
    return Span(before[-1] if before else 0, behind.start() if behind else len(text))


_SENTENCE_END = re.compile(r"[.!?][”\"’']?\s|\n")


def _spoken_by(findings: Findings, link: ActorLink) -> Iterator[str]:
    """The attributions whose speaker was found by this link, with those in which the same speaker goes on."""
    goes_on = False
    for each in sorted(findings.attributions, key=lambda each: min((*each.source, *each.content), default=link.span)):
        if each.speaker.actor != link.actor:
            goes_on = False
        elif any(span.start < link.span.end and link.span.start < span.end for span in each.source):
            goes_on = True
        else:
            goes_on = goes_on and each.speaker.basis is LinkBasis.CONTINUED
        if goes_on:
            yield each.id


def _rule_words(findings: Findings, ids: frozenset[str], ruling: WhoRuling, words: str | None) -> Findings:
    """The findings with another speaker of these attributions. words: those that were linked, if it was by a link."""
    meant, actors = _find_meant(findings, ruling)
    sides = {each.speaker.on_behalf_of for each in findings.attributions if meant and each.speaker.actor == meant.id}
    behalf = next(iter(sides)) if len(sides) == 1 else None

    def speak(each: Attribution) -> Attribution:
        if each.id not in ids:
            return each
        printed = words or quote_spans(findings.document.text, each.source) or None
        speaker = Speaker(
            actor=meant.id if meant is not None else None,
            name=meant.name if meant is not None else printed,
            basis=LinkBasis.REVIEWED,
            reason=_tell(findings, each.speaker.actor, ruling, each.speaker.reason),
            on_behalf_of=behalf,
        )
        return replace(each, speaker=speaker)

    return replace(findings, attributions=tuple(map(speak, findings.attributions)), actors=actors)


def _tell(findings: Findings, before: str | None, ruling: WhoRuling, reason: str) -> str:
    """Who settled it, and what the program had found."""
    was = next((actor.name for actor in findings.actors if actor.id == before), "nobody")
    why = f" ({reason})" if reason else ""
    return f"settled by {ruling.reviewer or 'a reviewer'}; the program had found {was}{why}"


def _find_meant(findings: Findings, ruling: WhoRuling) -> tuple[Actor | None, tuple[Actor, ...]]:
    """The actor meant, and the actors of the document with it: one that the document does not know is added."""
    if ruling.name is None:
        return None, findings.actors
    name = ruling.name.casefold()
    for actor in findings.actors:
        own = ruling.key is None and name in {each.casefold() for each in (actor.name, *actor.printed)}
        if own or actor.key == ruling.key:
            return actor, findings.actors
    type = ruling.type or ActorType.UNKNOWN
    added = Actor(f"ruled-{ruling.record}", ruling.name, type, ruling.key or f"{name}|{type.value}",
                  produced_by="reviewer")  # fmt: skip
    return added, (*findings.actors, added)
