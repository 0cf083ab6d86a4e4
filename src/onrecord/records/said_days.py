"""On which day words were said: as the text tells, else as the same speaker's other words, the relay or the day of
publication tell. It is worked out anew where a reviewer names another speaker.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from onrecord.records.actors import ActorType, LinkBasis
from onrecord.records.documents import Basis, DateRange
from onrecord.records.findings import Attribution, Findings

SHORTLY = timedelta(days=7)  # news names a weekday alone only within the week; anything older gets its date printed
SHORTLY_REASON = "no day is given: taken as on or within a week before publication"
RELAY_REASON = "no day is given: not later than the statement that relays it"
UNDATED_REASON = "neither the words nor the document are dated"


def date_words(findings: Findings) -> Mapping[str, DateRange]:
    """The days on which each attribution's words were said, by the attribution's id."""
    spoken = {each.id: each for each in _dated_alike(findings) if each.content}
    published = findings.document.published
    return {id: _date_words(each, outer_attributions(each, spoken), published) for id, each in spoken.items()}


def outer_attributions(attribution: Attribution, spoken: Mapping[str, Attribution]) -> tuple[Attribution, ...]:
    """The attributions that this one is nested in, outermost first. A chain that bites its tail is cut."""
    chain: list[Attribution] = []
    seen = {attribution.id}
    within = attribution.within
    while within is not None and within in spoken and within not in seen:
        seen.add(within)
        chain.append(spoken[within])
        within = spoken[within].within
    return tuple(reversed(chain))


def date_before(published: DateRange) -> DateRange:
    """On or shortly before publication: what is known of words whose day the text does not tell."""
    return _days_before(published, SHORTLY_REASON)


def _dated_alike(findings: Findings) -> tuple[Attribution, ...]:
    """The attributions; undated words that follow dated ones of the same person take over that day, as inferred.

    Only where all of the person's dated words in the document are of one day, which the reason names. A state or body
    speaks through many mouths, on many days: only its next words count, where a pronoun takes it up.
    """
    people = {actor.id for actor in findings.actors if actor.type is ActorType.PERSON}
    before: tuple[Attribution | None, ...] = (None, *findings.attributions[:-1])
    return tuple(
        _take_day(each, findings.attributions)
        if each.speaker.actor in people
        else _take_day_before(findings.document.text, each, last)
        for each, last in zip(findings.attributions, before, strict=False)
    )


def _take_day_before(text: str, attribution: Attribution, last: Attribution | None) -> Attribution:
    """What "it" said is of the day of the words right before it in the same paragraph, of the same state or body."""
    if last is None or last.said_on is None or not last.said_on.is_day or attribution.said_on is not None:
        return attribution
    same = last.speaker.actor is not None and last.speaker.actor == attribution.speaker.actor
    taken_up = attribution.speaker.basis is LinkBasis.PRONOUN and bool(attribution.source and last.content)
    if not same or not taken_up or "\n" in text[last.content[0].start : attribution.source[0].start]:
        return attribution
    reason = f"no day of its own; the same speaker's words right before it are of {last.said_on.earliest}"
    return replace(attribution, said_on=replace(last.said_on, basis=Basis.INFERRED, reason=reason))


def _take_day(attribution: Attribution, others: tuple[Attribution, ...]) -> Attribution:
    if attribution.said_on is not None or not attribution.content:
        return attribution
    dated = [
        each
        for each in others
        if each.speaker.actor == attribution.speaker.actor and each.said_on is not None and each.said_on.is_day
    ]
    days = {each.said_on.earliest for each in dated if each.said_on is not None}
    before = [each for each in dated if each.content and each.content[0].start <= attribution.content[0].start]
    if len(days) != 1 or not before or before[-1].said_on is None:
        return attribution
    reason = f"no day of its own; words of the same speaker above it are of {min(str(day) for day in days)}"
    return replace(attribution, said_on=replace(before[-1].said_on, basis=Basis.INFERRED, reason=reason))


def _date_words(attribution: Attribution, outer: tuple[Attribution, ...], published: DateRange) -> DateRange:
    """When it was said: as the text tells, else not later than its relay, else shortly before publication."""
    if attribution.said_on is not None and attribution.said_on.is_known:
        return attribution.said_on
    for relay in reversed(outer):
        if relay.said_on is not None and relay.said_on.latest is not None:
            return _days_before(relay.said_on, RELAY_REASON)
    if published.is_known:
        return date_before(published)
    return DateRange(basis=Basis.UNKNOWN, reason=UNDATED_REASON)


def _days_before(known: DateRange, reason: str) -> DateRange:
    earliest = known.earliest or known.latest
    return replace(
        known,
        earliest=earliest - SHORTLY if earliest is not None else None,
        basis=Basis.INFERRED,
        reason=reason,
    )
