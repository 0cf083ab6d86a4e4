"""Roles that stand alone: who in this document, or in office at its date, "the president" is."""

from functools import cache

from onrecord.lexicon.loader import load_lexicon
from onrecord.lexicon.vocabulary import load_vocabulary
from onrecord.linking.bodies import find_body
from onrecord.linking.clusters import Choice, Clusters
from onrecord.linking.drafts import Draft, gender_of, tenure_fits
from onrecord.linking.knowledge import Entry, Knowledge
from onrecord.linking.names import fold
from onrecord.linking.phrases import Phrase
from onrecord.records.actors import ActorType, LinkBasis

NEAR, AROUND = 250, 600  # characters: somebody named so near, and nobody else so far around, is meant
MUCH_NEARER = 200  # characters: of two fitting people, the last named counts only if the other is this much farther


def find_holder(phrase: Phrase, position: int, clusters: Clusters, *, ahead: bool = False) -> Choice:
    """The draft a role means at a position of the text, or None with the reason.

    ahead: it stands in a headline, and means whoever the text below names in that role.
    """
    words = load_vocabulary()
    if phrase.noun in words.bodies:
        return find_body(phrase, position, clusters)
    if phrase.noun in words.groups and phrase.noun not in words.persons:
        return _none("a group without a name")
    if not phrase.definite:
        return _none("someone without a name")
    if phrase.determiner in ("its", "their"):
        return _none("whose it is is not said")
    if phrase.noun in words.kin or (phrase.owner and _is_personal(phrase, clusters)):
        return _none("a relation of someone, not named here")
    if phrase.noun in words.unnamed or (phrase.head in words.speaks_for and not _is_met_again(phrase)):
        return _none("someone without a name")
    return _find_person(phrase, position, clusters, ahead)


def _is_met_again(phrase: Phrase) -> bool:
    """Whether a spokesman may be one named before: "the press secretary", and nobody's."""
    return phrase.determiner == "the" and phrase.owner is None and phrase.complement is None


def _none(reason: str) -> Choice:
    return Choice(None, LinkBasis.NONE, 0.0, reason)


def _is_personal(phrase: Phrase, clusters: Clusters) -> bool:
    """Whether the owner is a person ("Trump's doctor") and not a state or body ("Ukraine's president")."""
    return phrase.of is None and bool(phrase.owner) and fold(phrase.owner or "") in clusters.by_word


def _find_person(phrase: Phrase, position: int, clusters: Clusters, ahead: bool) -> Choice:
    people = [draft for draft in clusters.near(position) if draft.type is ActorType.PERSON]
    fitting = [draft for draft in people if role_fits(draft, phrase, clusters)]
    named = [draft for draft in fitting if draft.last_before(position) is not None]
    if len(named) > 1:
        return _nearest(named, phrase, position, clusters)
    if named or (len(fitting) == 1 and (phrase.of is not None or ahead)):
        chosen = (named or fitting)[0]
        stranger = _stranger(chosen, people, phrase, position)
        if stranger is not None:
            return _none(f"{phrase.head}: {chosen.full_name} fits, but {stranger.full_name} was named since")
        return _chosen(chosen, phrase, position, 0.9, "the only one here in that role")
    return _from_knowledge(phrase, position, clusters)


def _stranger(chosen: Draft, people: list[Draft], phrase: Phrase, position: int) -> Draft | None:
    """Someone of unknown role named just before, where the one who fits was named long ago: it may be their role."""
    if position - (chosen.last_before(position) or 0) < NEAR or phrase.of is not None or phrase.noun == "president":
        return None
    near = [
        d for d in people if not d.roles and d.entry is None and gender_of(d) in (None, phrase.gender or gender_of(d))
    ]
    return next((d for d in near if position - (d.last_before(position) or -NEAR) < NEAR), None)


def _chosen(draft: Draft, phrase: Phrase, position: int, score: float, reason: str) -> Choice:
    draft.add_role_mention(position)
    return Choice(draft, LinkBasis.ROLE, score, f"{phrase.head}: {draft.full_name}, {reason}")


def _nearest(named: list[Draft], phrase: Phrase, position: int, clusters: Clusters) -> Choice:
    """The one named last, unless another stands about as near; whoever holds the office that day goes before others."""
    sitting = [draft for draft in named if draft.entry is not None and _sits(draft.entry, phrase, clusters)]
    if len(sitting) == 1 and not phrase.past:
        return _chosen(sitting[0], phrase, position, 0.85, "in that office then")
    ranked = sorted(named, key=lambda draft: -(draft.last_before(position) or 0))
    gap = (ranked[0].last_before(position) or 0) - (ranked[1].last_before(position) or 0)
    counts = [draft.count_before(position) for draft in ranked[:2]]
    if (gap < MUCH_NEARER and counts[0] < 2 * counts[1]) or (gap < AROUND and counts[0] < counts[1]):
        return _none(f"{phrase.head} fits {ranked[0].full_name} and {ranked[1].full_name}")
    return _chosen(ranked[0], phrase, position, 0.75, "named last of those in that role")


def role_fits(draft: Draft, phrase: Phrase, clusters: Clusters) -> bool:
    """Whether a role phrase may mean a person: by roles printed beside the name, else by offices known."""
    if phrase.gender and gender_of(draft) not in (None, phrase.gender):
        return False
    if any(_same_role(role, phrase, draft, clusters.known) for role in draft.roles):
        return True
    return draft.entry is not None and _held(draft.entry, phrase, clusters)


def _same_role(role: Phrase, phrase: Phrase, draft: Draft, known: Knowledge) -> bool:
    words = load_vocabulary()
    heads = words.covers.get(phrase.head, frozenset()) | {phrase.head}
    parties, others = _parties(phrase), _parties(role)
    if phrase.head in words.parties:
        return bool(parties & others) and phrase.of in (None, role.of)
    if role.head not in heads and role.noun not in heads:
        return False
    if phrase.modifiers & _departments() and not phrase.modifiers & _departments() & _title_words(role):
        return False  # "the finance minister" is not the prime minister
    if phrase.of in known.states and draft.country_code not in (None, phrase.of):
        return False
    if phrase.of and phrase.of != role.of and (role.of or role.head != phrase.head) and phrase.of != draft.country_code:
        return False
    if phrase.complement and phrase.of is None and not _shares_word(phrase.complement, role):
        return False  # "the president of the Commission" is not the president of Bekland
    return not (parties and others and not parties & others) and (phrase.past <= role.past or not phrase.past)


def _shares_word(complement: str, role: Phrase) -> bool:
    """Whether two roles may be of one thing: a word of what the one is of stands in the other."""
    words = {word for word in fold(complement).split() if len(word) > 3}
    return not words or role.complement is None or bool(words & set(fold(role.text).split()))


@cache
def _departments() -> frozenset[str]:
    return frozenset(load_lexicon("settling")["departments"])


def _title_words(role: Phrase) -> frozenset[str]:
    return role.modifiers | frozenset(role.head.split()) | frozenset((role.complement or "").casefold().split())


def _parties(phrase: Phrase) -> set[str]:
    words = load_vocabulary()
    return {words.parties[word] for word in (*phrase.modifiers, phrase.head) if word in words.parties}


def _sits(entry: Entry, phrase: Phrase, clusters: Clusters) -> bool:
    """Whether someone held the very office a phrase names when the document was published."""
    office = load_vocabulary().offices.get(phrase.head)
    days = clusters.published.earliest, clusters.published.latest
    tenures = [tenure for tenure in entry.offices if tenure.office == office and tenure_fits(phrase, tenure)]
    return clusters.published.is_known and any(tenure.covers(*days) for tenure in tenures)


def _held(entry: Entry, phrase: Phrase, clusters: Clusters) -> bool:
    """Whether the person held that office: in the past if the phrase says so, else when the document was published."""
    days = clusters.published.earliest, clusters.published.latest
    tenures = [tenure for tenure in entry.offices if tenure_fits(phrase, tenure)]
    if phrase.past:
        return any(tenure.until is not None and (days[1] is None or tenure.until <= days[1]) for tenure in tenures)
    return clusters.published.is_known and any(tenure.covers(*days) for tenure in tenures)


def _from_knowledge(phrase: Phrase, position: int, clusters: Clusters) -> Choice:
    office = load_vocabulary().offices.get(phrase.head)
    if office is None or phrase.of is None:
        return _none(f"{phrase.head}: nobody here is known to be that")
    if not clusters.published.is_known or phrase.past:
        return _none(f"{phrase.head}: who it was is not said, and the document's day is not known")
    days = clusters.published.earliest, clusters.published.latest
    domain = phrase.of
    holders = clusters.known.holders(office, domain, *days)
    if len(holders) != 1:
        return _none(f"{phrase.head}: {len(holders)} people held that office then")
    entry = holders[0]
    draft = clusters.by_key.get(entry.key) or clusters.new(entry)
    if not draft.names:
        draft.names.append(entry.name)
    listed = clusters.known.known_until is None or days[1] is None or days[1] <= clusters.known.known_until
    reason = "in that office then, by the knowledge list" + ("" if listed else ", which ends before this document")
    return _chosen(draft, phrase, position, 0.85 if listed else 0.6, reason)
