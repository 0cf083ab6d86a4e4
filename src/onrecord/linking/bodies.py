"""Bodies that are named by a noun alone: "the ministry", "the Bek campaign", "the agency" right after one."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from onrecord.lexicon.loader import load_lexicon
from onrecord.linking.clusters import Choice, Clusters, Printed
from onrecord.linking.drafts import Draft
from onrecord.linking.names import fold
from onrecord.linking.phrases import Phrase
from onrecord.records.actors import ActorType, LinkBasis

NEAR = 600  # characters: a body named so near, and no other one like it, is taken up again by its noun
ACRONYM = 5  # letters: longer words in capitals are shouting
_POSSESSIVES = frozenset(("his", "her", "its", "their", "our", "my", "your"))
_PLACES = frozenset(("city", "country", "state", "nation", "region", "republic", "center", "centre"))
_OWNED = frozenset(("campaign", "administration", "government", "team", "regime", "family", "camp"))
_KINDS = (ActorType.BODY, ActorType.OUTLET, ActorType.UNKNOWN)


def find_body(phrase: Phrase, position: int, clusters: Clusters) -> Choice:
    """The body meant by a noun at a position of the text, or None with the reason."""
    if phrase.noun in _OWNED:
        choice = _named_after(phrase, position, clusters)
        if choice is not None:
            return choice
    if not phrase.definite or phrase.owner or phrase.complement or phrase.determiner in _POSSESSIVES:
        return _none("a body that is not named")
    if phrase.noun in _PLACES:
        return _none(f"which {phrase.noun} is not said")
    around = clusters.near(position)
    pool = [draft for draft in around if draft.type in _KINDS and draft.last_before(position) is not None]
    wanted = {phrase.noun, *phrase.modifiers}
    named = [draft for draft in pool if wanted <= set(fold(draft.full_name).split())]
    if not named:
        return _taken_up(phrase, position, pool)
    return _meant(phrase, position, _last(named, position), 0.8 if len(named) == 1 else 0.65, "so called here")


def _none(reason: str) -> Choice:
    return Choice(None, LinkBasis.NONE, 0.0, reason)


def _meant(phrase: Phrase, position: int, draft: Draft, score: float, reason: str) -> Choice:
    draft.add_role_mention(position)
    return Choice(draft, LinkBasis.ROLE, score, f"{phrase.noun}: {draft.full_name}, {reason}")


def _last(drafts: list[Draft], position: int) -> Draft:
    return max(drafts, key=lambda draft: draft.last_before(position) or 0)


def _named_after(phrase: Phrase, position: int, clusters: Clusters) -> Choice | None:
    """The body a person's name describes: "the Bek campaign", "Bek's campaign". An actor of its own."""
    owner = (phrase.owner or "").removeprefix("the ")
    words = [owner] if owner else sorted(word for word in phrase.modifiers if word in clusters.by_word)
    people = clusters.by_word.get(fold(words[0]), []) if len(words) == 1 else []
    if len(people) != 1 or phrase.complement:
        return None
    name = f"{people[0].full_name.split()[-1]} {phrase.noun}"
    draft = clusters.by_name.get((fold(name), ActorType.BODY))
    if draft is None:
        draft = clusters.place(Printed(name, position, ActorType.BODY)).draft
    if draft is None:
        return None
    draft.add_role_mention(position)
    clusters.mark(draft, position)
    return Choice(draft, LinkBasis.NAME, 0.85, f"the {phrase.noun} of {people[0].full_name}")


def _taken_up(phrase: Phrase, position: int, pool: list[Draft]) -> Choice:
    """The one body of that kind named shortly before."""
    rule = _rules()["bodies"].get(phrase.noun)
    if rule is None or phrase.modifiers & set(_rules()["another"]):
        return _none(f"no body named before is called a {phrase.noun}")
    near = [draft for draft in pool if position - (draft.last_before(position) or -NEAR) < NEAR]
    fitting = [draft for draft in near if fits(draft, phrase.noun, rule)]
    if rule.get("firm") and fitting and fitting[0] is not _last(near, position):
        return _none(f"{phrase.noun}: {fitting[0].full_name} fits, but another was named since")
    if len(fitting) != 1:
        names = " and ".join(draft.full_name for draft in fitting[:2])
        return _none(
            f"{phrase.noun}: could be {names}" if names else f"no body named shortly before is a {phrase.noun}"
        )
    return _meant(phrase, position, fitting[0], 0.65, "the only one of that kind named near")


def fits(draft: Draft, noun: str, rule: Mapping[str, Any]) -> bool:
    """Whether a body can be called by a noun, by the rule of lexicon/taking_up.yml."""
    if draft.type.value not in rule["types"]:
        return False
    words = {word for name in draft.names for word in fold(name).split()}
    names = {fold(name) for name in draft.names}
    if names & set(map(fold, rule.get("not_named", ()))):
        return False
    last = fold(draft.full_name).rsplit(" ", 1)[-1]
    if (rule.get("not_state") or rule.get("firm")) and last in _rules()["state_bodies"] and last != noun:
        return False
    if rule.get("firm") and (last in _rules()["no_firms"] or _is_acronym(draft)):
        return False
    listed = rule.get("words"), rule.get("named")
    if listed == (None, None):
        return True
    acronym = bool(rule.get("acronym")) and _is_acronym(draft)
    return bool(acronym or words & set(listed[0] or ()) or names & set(map(fold, listed[1] or ())))


def _is_acronym(draft: Draft) -> bool:
    return any(name.isupper() and 1 < len(name) <= ACRONYM for name in draft.names)


@cache
def _rules() -> Any:
    """The lists of taking_up.yml."""
    return load_lexicon("taking_up")
