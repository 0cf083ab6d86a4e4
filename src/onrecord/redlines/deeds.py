"""One deed announced twice: conditions in unlike words that one issuer names for the same consequence.

"If they drop their nets there, we close the ports" and "closed ports if they take redfish from the area" share no word
of the condition, and no vector tells that they are one. But an issuer seldom names one deed for two things, and an
article that tells of two says so: where neither article has a second condition for that deed, nothing speaks against
the conditions being one, and both consequences are the same in happening and thing, they are joined.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from onrecord.records.findings import Directness
from onrecord.redlines.alignment import LAND, TELLING, share_happenings
from onrecord.redlines.drafts import Draft
from onrecord.redlines.features import VAGUE, Pair, Verdicts, as_kin, find_consequence_vetoes, share
from onrecord.redlines.gist import Gist
from onrecord.redlines.vectors import Vectors
from onrecord.redlines.words import split_words

Couple = tuple[str, str]  # mention ids in order
SAME = 0.60  # cosine of two consequences that name one happening and are one deed: of all seen files no wrong couple
LIKE = 0.50  # the same, where they name one thing
COMMON = 0.25  # share of the things of two consequences from which they are about one thing
AHEAD = frozenset({"will", "would", "shall", "to", "ll", "d"})  # a verb follows
AREA = LAND | {"~border"}  # stands in every consequence of a dispute over land


def find_same_deeds(drafts: Sequence[Draft], vectors: Vectors) -> frozenset[Couple]:
    """Every two drafts of one issuer, by mention ids in order, that announce one deed for what may be one condition."""
    verdicts = Verdicts(vectors, {})
    by_id = {draft.mention.id: draft for draft in drafts}
    alike = {couple for couple in _meeting(drafts) if _is_one_deed(by_id[couple[0]], by_id[couple[1]], vectors)}
    others: dict[str, list[str]] = defaultdict(list)
    for one, other in alike:
        others[one].append(other)
        others[other].append(one)
    two = {couple for couple in alike if are_two(by_id[couple[0]], by_id[couple[1]], verdicts)}
    return frozenset(couple for couple in alike - two if not _has_rival(couple, others, two, by_id))


def _meeting(drafts: Sequence[Draft]) -> Iterator[Couple]:
    """The couples of one issuer whose consequences share a happening or a telling thing."""
    index: dict[tuple[str, str], set[str]] = defaultdict(set)
    for draft in drafts:
        for key in draft.issuer.keys:
            for term in deed_words(draft):
                index[key, term].add(draft.mention.id)
    seen = {couple for names in index.values() for couple in combinations(sorted(names), 2)}
    yield from sorted(seen)


def deed_words(draft: Draft) -> frozenset[str]:
    """The happenings and telling things of what a draft announces; none where that is a plain or an unnamed answer."""
    consequence = draft.consequence
    if consequence is None or draft.refused:
        return frozenset()
    return as_kin(consequence) - VAGUE | things_of(consequence)


def things_of(consequence: Gist) -> frozenset[str]:
    """The telling things of a consequence; land is left out, and the verb ("will keep") where no list knows it."""
    words = split_words(consequence.text)
    verbs = {word.folded for before, word in pairwise(words) if before.folded in AHEAD}
    telling = (term for term, weight in consequence.objects.items() if weight >= TELLING and term not in AREA)
    return frozenset(term for term in telling if consequence.forms.get(term) not in verbs)


def _is_one_deed(one: Draft, other: Draft, vectors: Vectors) -> bool:
    """Whether both announce the same: a happening done to one thing, or what is near in sense and shares a word."""
    mine, theirs = one.consequence, other.consequence
    if mine is None or theirs is None or next(find_consequence_vetoes(Pair(one, other, vectors)), None) is not None:
        return False
    cosine = vectors.cosine(mine.text, theirs.text) or 0.0
    common = bool(things_of(mine) & things_of(theirs)) and (share(mine.objects, theirs.objects) or 0.0) >= COMMON
    happening = bool((as_kin(mine) & as_kin(theirs)) - VAGUE)
    return (common and (happening or cosine >= LIKE)) or (happening and cosine >= SAME)


def are_two(one: Draft, other: Draft, verdicts: Verdicts) -> bool:
    """Whether something shows that two conditions of one deed are two: words, or that one account tells of both."""
    verdict = verdicts.on(one, other)
    same = one.mention.document == other.mention.document
    if verdict.veto is not None or one.siblings == other.siblings or (same and is_quoted(one) is is_quoted(other)):
        return True
    mine, theirs = one.compared.events, other.compared.events
    unlike = bool(mine) and bool(theirs) and not share_happenings(mine, theirs)
    return unlike or (verdict.apart is not None and not same)


def is_quoted(draft: Draft) -> bool:
    """Whether a mention stands in the speaker's own words."""
    quoted = (Directness.DIRECT, Directness.MIXED, Directness.UNMARKED)
    return draft.mention.voice == "speaker" and draft.directness in quoted


def _has_rival(couple: Couple, others: dict[str, list[str]], two: set[Couple], by_id: dict[str, Draft]) -> bool:
    """Whether one of the two articles names another condition for the deed."""
    documents = {by_id[name].mention.document for name in couple}
    return any(
        by_id[other].mention.document in documents and (min(name, other), max(name, other)) in two
        for name in couple
        for other in others[name]
    )
