"""Grammatical gender of people, only to choose between antecedents; it is never stored or shown."""

import re

from onrecord.lexicon.vocabulary import load_vocabulary
from onrecord.linking.knowledge import Knowledge
from onrecord.linking.phrases import parse_phrase
from onrecord.records.actors import Actor, ActorType, Mention, MentionKind

_HONORIFIC = re.compile(r"([A-Z][a-z]{0,12}\.?)[\s\u00a0]$")


def find_genders(
    text: str, mentions: tuple[Mention, ...], actors: tuple[Actor, ...], known: Knowledge
) -> dict[str, str | None]:
    """Each actor's id with male, female, or None: by knowledge, form of address, role, given name, in that order."""
    addressed = _by_address(text, mentions)
    return {actor.id: _gender(actor, addressed.get(actor.id), known) for actor in actors}


def _by_address(text: str, mentions: tuple[Mention, ...]) -> dict[str, str]:
    """Actor ids with the gender of a "Mr." or "Mrs." before one of their names."""
    found: dict[str, str] = {}
    honorifics = load_vocabulary().honorifics
    for mention in mentions:
        if mention.actor is None or mention.kind is not MentionKind.NAME:
            continue
        before = _HONORIFIC.search(text[max(0, mention.span.start - 14) : mention.span.start])
        gender = honorifics.get(before.group(1).lower()) if before else None
        if gender in ("male", "female"):
            found.setdefault(mention.actor, gender or "")
    return found


def _gender(actor: Actor, addressed: str | None, known: Knowledge) -> str | None:
    if actor.type is not ActorType.PERSON:
        return None
    entry = next((each for each in known.named(actor.name) if each.key == actor.key), None)
    if entry is not None and entry.gender:
        return entry.gender
    return addressed or _by_role(actor, known) or given_gender(actor.printed)


def _by_role(actor: Actor, known: Knowledge) -> str | None:
    phrases = (parse_phrase(office.title, known) for office in actor.offices)
    return next((phrase.gender for phrase in phrases if phrase is not None and phrase.gender), None)


def given_gender(names: tuple[str, ...]) -> str | None:
    """The gender that a full name's given name usually has; None where it has none or both."""
    words = load_vocabulary()
    western = (name for name in names if len(name.split()) > 1 and not _FAMILY_FIRST.fullmatch(name))
    given = next((words.given.get(name.split()[0]) for name in western), None)
    return given if given in ("male", "female") else None


_FAMILY_FIRST = re.compile(r"[A-Z]\w+\s[A-Z][a-z]+-[a-z]+")  # "Kim Jae-hyuk": the first word is the family's
