"""Roles that take up someone in mind: "the actress" after a paragraph about one woman.

Who bears a role by title is settled before (roles.py). What is left is resolved as a pronoun would be, by what stands
before it, and only where nothing that is known of the one in mind speaks against the role.
"""

from functools import cache
from typing import Any

from onrecord.lexicon.loader import load_lexicon
from onrecord.lexicon.vocabulary import load_vocabulary
from onrecord.linking.drafts import tenure_fits
from onrecord.linking.knowledge import Knowledge
from onrecord.linking.phrases import Phrase, parse_phrase
from onrecord.records.actors import Actor


def may_take_up(phrase: Phrase) -> bool:
    """Whether a role phrase can mean one person just spoken of: definite, nobody else's, and of no nameless kind."""
    words = load_vocabulary()
    noun, alone = phrase.noun, phrase.owner is None and phrase.complement is None and phrase.of is None
    single = noun in words.roles and noun not in words.bodies and noun not in words.groups
    nameless = noun in words.unnamed or noun in words.kin or phrase.head in words.speaks_for
    another = phrase.modifiers & set(_rules()["another"])
    listed = noun in _rules()["nameless"] and not phrase.past
    return phrase.determiner in ("the", "that", "this") and alone and single and not (nameless or listed or another)


def contradicts(actor: Actor, phrase: Phrase, known: Knowledge) -> bool:
    """Whether what is known or printed of someone's offices says that the role is another's."""
    if phrase.gender and f"gender:{_OTHER[phrase.gender]}" in actor.flags:
        return True
    if not _is_office(phrase):
        return False
    entry = next((each for each in known.named(actor.name) if each.key == actor.key), None)
    if entry is not None and entry.offices:
        return not any(tenure_fits(phrase, tenure) for tenure in entry.offices)
    printed = (parse_phrase(office.title, known) for office in actor.offices)
    return any(role is not None and _is_office(role) for role in printed)


def _is_office(phrase: Phrase) -> bool:
    """Whether a role is an office that one holds and others do not."""
    offices = load_vocabulary().offices
    return phrase.head in offices or phrase.noun in offices or phrase.noun in _rules()["offices"]


_OTHER = {"male": "female", "female": "male"}


@cache
def _rules() -> Any:
    """The lists of taking_up.yml."""
    return load_lexicon("taking_up")
