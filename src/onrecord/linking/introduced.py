"""Roles that come before their name: the lead says "the country's fisheries minister", the next paragraph names her.

Agencies open with the office and name its holder behind. The first person the text names after such a role, and whom
it then lets speak, is taken for its holder, unless another office is printed beside the name. What is settled here has
a score of its own and says so.
"""

from collections.abc import Sequence
from dataclasses import replace

from onrecord.lexicon.loader import load_lexicon
from onrecord.lexicon.vocabulary import load_vocabulary
from onrecord.linking.knowledge import Knowledge
from onrecord.linking.names import fold
from onrecord.linking.phrases import Phrase, parse_phrase
from onrecord.records.actors import Actor, ActorType, LinkBasis, Mention, MentionKind, Office
from onrecord.records.documents import Document
from onrecord.records.findings import Attribution, Speaker
from onrecord.records.spans import Span, cover, overlaps, quote_span, quote_spans

OPENING = 4  # sentences, the headline counted, in which a role may wait for its name
WAIT = 4  # sentences behind the role within which the name must come
SCORE = 0.7
RANKS = frozenset(load_lexicon("heads")["ranks"])  # whoever has one may hold any office


def introduce_speakers(
    document: Document,
    sentences: Sequence[Span],
    attributions: tuple[Attribution, ...],
    mentions: Sequence[Mention],
    actors: tuple[Actor, ...],
    knowledge: Knowledge,
) -> tuple[tuple[Attribution, ...], tuple[Actor, ...]]:
    """The attributions with such roles linked, and the actors with the office that was met so."""
    by_id = {actor.id: actor for actor in actors}
    linked: list[Attribution] = []
    for each in attributions:
        phrase = _waiting_role(document.text, sentences, each, knowledge)
        phrase = phrase if phrase is not None and not _names_somebody(each, mentions, by_id) else None
        holder = _first_named(each, sentences, attributions, mentions, by_id) if phrase is not None else None
        if phrase is None or holder is None or not _may_hold(holder, phrase, knowledge):
            linked.append(each)
            continue
        if _another_waits(document.text, each, phrase, holder, mentions, knowledge):
            linked.append(each)
            continue
        by_id[holder.id] = _with_office(holder, phrase)
        reason = f"{phrase.text}: {holder.name} is the first one named behind"
        speaker = Speaker(holder.id, holder.name, LinkBasis.ROLE, SCORE, reason, each.speaker.on_behalf_of)
        linked.append(replace(each, speaker=speaker))
    return tuple(linked), tuple(by_id[actor.id] for actor in actors)


def _waiting_role(
    text: str, sentences: Sequence[Span], attribution: Attribution, knowledge: Knowledge
) -> Phrase | None:
    """The role of an unlinked source that opens the text: of one person, definite, and no nameless kind."""
    if attribution.speaker.actor is not None or not attribution.source or attribution.within is not None:
        return None
    if not any(span.start <= attribution.source[0].start < span.end for span in sentences[:OPENING]):
        return None
    phrase, words = parse_phrase(quote_spans(text, attribution.source), knowledge), load_vocabulary()
    if phrase is None or not phrase.definite or phrase.past:
        return None
    single = phrase.noun in words.roles and not any(
        phrase.noun in each for each in (words.bodies, words.groups, words.unnamed, words.kin)
    )
    return phrase if single else None


def _names_somebody(attribution: Attribution, mentions: Sequence[Mention], actors: dict[str, Actor]) -> bool:
    """Whether the source has a person's name of its own, and waits for none."""
    inside = (m for m in mentions if m.kind is MentionKind.NAME and overlaps(m.span, cover(attribution.source)))
    return any(_is_person(actors.get(m.actor or "")) for m in inside)


def _first_named(
    role: Attribution,
    sentences: Sequence[Span],
    attributions: Sequence[Attribution],
    mentions: Sequence[Mention],
    actors: dict[str, Actor],
) -> Actor | None:
    """The first person named behind a role, where nobody was before and the next words are that person's."""
    at = next((span.end for span in sentences if span.end >= cover(role.source).end), cover(role.source).end)
    named = [m for m in mentions if m.kind is MentionKind.NAME and _is_person(actors.get(m.actor or ""))]
    fresh = [m for m in named if m.span.start >= at and not _named_before(m, named, at)]
    if not fresh:
        return None
    first = min(fresh, key=lambda mention: mention.span)
    behind = [span for span in sentences if span.end > at][:WAIT]
    if not behind or first.span.start >= behind[-1].end:
        return None
    speaks = any(
        each.speaker.actor == first.actor and each.source and each.source[0].start >= at and each.within is None
        for each in attributions
    )
    return actors[first.actor or ""] if speaks else None


def _another_waits(
    text: str, role: Attribution, phrase: Phrase, holder: Actor, mentions: Sequence[Mention], knowledge: Knowledge
) -> bool:
    """Whether a second role stands between the first and the name: "The general ... Nor will the minister. Ms Bek"."""
    start = cover(role.source).end
    end = min(m.span.start for m in mentions if m.actor == holder.id and m.span.start >= start)
    unnamed = (m for m in mentions if m.kind is MentionKind.NOMINAL and m.actor is None and start <= m.span.start < end)
    others = (parse_phrase(quote_span(text, m.span), knowledge) for m in unnamed if m.type is ActorType.PERSON)
    return any(o is not None and o.definite and o.owner is None and o.noun != phrase.noun for o in others)


def _is_person(actor: Actor | None) -> bool:
    return actor is not None and actor.type is ActorType.PERSON


def _named_before(mention: Mention, named: Sequence[Mention], place: int) -> bool:
    return any(other.actor == mention.actor and other.span.start < place for other in named)


def _may_hold(actor: Actor, phrase: Phrase, knowledge: Knowledge) -> bool:
    """Whether nothing printed of a person speaks against a role: another office, or another gender."""
    if phrase.gender and any(flag.startswith("gender:") and flag != f"gender:{phrase.gender}" for flag in actor.flags):
        return False
    roles = [role for office in actor.offices if (role := parse_phrase(office.title, knowledge)) is not None]
    printed = [role for role in roles if role.head not in RANKS]
    if not printed or _leads(actor, phrase):
        return True
    return any(_title_of(role) <= _title_of(phrase) or _title_of(role) >= _title_of(phrase) for role in printed)


LEADERS = frozenset({"head", "leader", "chief", "boss"})  # whoever decides for a body, whatever the title


def _leads(actor: Actor, phrase: Phrase) -> bool:
    """Whether a plain word for who leads fits an office: "the head of their federation" and "president of the National
    Federation of Dockers"; without a word in common only a title that no state has, as "chairwoman".
    """
    if phrase.noun not in LEADERS:
        return False
    words, titles = set(fold(phrase.text).split()), load_lexicon("heads")
    return any(
        fold(office.title) in titles["bodies_only"]
        or (fold(office.title) in titles["leading"] and bool(words & (set(fold(office.of or "").split()) - _LINKING)))
        for office in actor.offices
    )


_LINKING = frozenset({"of", "the", "and", "for", "in"})


def _title_of(phrase: Phrase) -> frozenset[str]:
    """The words of a title: "fisheries minister" holds no less than "minister", and not "defence minister"."""
    return phrase.modifiers | frozenset(phrase.head.split())


def _with_office(actor: Actor, phrase: Phrase) -> Actor:
    """The actor with the office, where none but a rank is printed beside the name."""
    if any(office.title.lower() not in RANKS for office in actor.offices):
        return actor
    title = " ".join((*sorted(phrase.modifiers), phrase.head))
    return replace(actor, offices=(*actor.offices, Office(title, phrase.of)))
