"""Mentions that are one line for other reasons than the words of their conditions.

One deed announced twice: conditions in unlike words that one issuer names for the same consequence.

"If they drop their nets there, we close the ports" and "closed ports if they take redfish from the area" share no word
of the condition, and no vector tells that they are one. But an issuer seldom names one deed for two things, and an
article that tells of two says so: where neither article has a second condition for that deed, nothing speaks against
the conditions being one, and both consequences are the same in happening and thing, they are joined.

Told and quoted: an article tells what somebody threatened and then quotes it, as most news of a threat does. Where what
is quoted next is the same person's, and no word of it or of its cue says that it is another thing, they are joined.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, pairwise

from onrecord.records.findings import Directness
from onrecord.redlines.accounts import account_text
from onrecord.redlines.alignment import LAND, TELLING, share_happenings
from onrecord.redlines.drafts import Draft, has_words
from onrecord.redlines.features import (
    VAGUE,
    Pair,
    Verdicts,
    as_kin,
    find_condition_vetoes,
    find_consequence_vetoes,
    share,
)
from onrecord.redlines.gist import Gist
from onrecord.redlines.settled import Couple, in_order
from onrecord.redlines.vectors import Vectors
from onrecord.redlines.words import split_words

ONE_DEED = "the same is announced, for one condition as far as both articles tell"
QUOTED = "told, and then quoted, of one person in one article"
NEAR = 700  # characters between what is told and its quotation: a few paragraphs of news
ASIDE = 20  # characters between two sentences of one breath: there other things are other lines
LEAST_QUOTED, LEAST_OTHER = 0.15, 0.30  # cosine of both wholes from which they may be one; where the things differ
WHOLE = 0.60  # cosine of condition and consequence together, where the consequences share a thing
SAME = 0.60  # cosine of two consequences that name one happening and are one deed: of all seen files no wrong couple
LIKE = 0.50  # the same, where they name one thing
COMMON = 0.25  # share of the things of two consequences from which they are about one thing
AHEAD = frozenset({"will", "would", "shall", "to", "ll", "d"})  # a verb follows
AREA = LAND | {"~border"}  # stands in every consequence of a dispute over land


def find_alike(drafts: Sequence[Draft], verdicts: Verdicts) -> dict[Couple, str]:
    """Every two drafts that are joined for what is announced or because one quotes the other, each with the reason.

    verdicts: of the words alone.
    """
    vectors = verdicts.vectors
    quoted, same = find_quoted(drafts, verdicts, vectors), find_same_deeds(drafts, verdicts, vectors)
    return dict.fromkeys(quoted, QUOTED) | dict.fromkeys(same, ONE_DEED)


def find_quoted(drafts: Sequence[Draft], verdicts: Verdicts, vectors: Vectors) -> frozenset[Couple]:
    """Every two drafts, by mention ids in order, of which one tells and the next one of that person quotes."""
    spoken: dict[tuple[str, str], list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.issuer.key is not None and draft.mention.voice != "headline":
            spoken[draft.mention.document, draft.issuer.person_key or draft.issuer.key].append(draft)
    ordered = (sorted(told, key=lambda draft: draft.mention.passage) for told in spoken.values())
    couples = (couple for told in ordered for couple in pairwise(told))
    quoting = (couple for couple in couples if _quotes(*couple, verdicts, vectors))
    return frozenset(in_order(one.mention.id, other.mention.id) for one, other in quoting)


def _quotes(told: Draft, quoted: Draft, verdicts: Verdicts, vectors: Vectors) -> bool:
    """Whether the second may word what the first tells."""
    gap = quoted.mention.passage.start - told.mention.passage.end
    beside = told.siblings == quoted.siblings or has_words("another", quoted.cue)
    if is_quoted(told) or not is_quoted(quoted) or not 0 <= gap <= NEAR or beside:
        return False
    if next(find_condition_vetoes(Pair(told, quoted, vectors)), None) is not None:
        return False
    whole = vectors.cosine(account_text(told), account_text(quoted)) or 0.0
    if verdicts.on(told, quoted).apart is None:
        return whole >= LEAST_QUOTED
    return gap > ASIDE and whole >= LEAST_OTHER


def find_same_deeds(drafts: Sequence[Draft], verdicts: Verdicts, vectors: Vectors) -> frozenset[Couple]:
    """Every two drafts of one issuer, by mention ids in order, that announce one deed for what may be one condition."""
    by_id = {draft.mention.id: draft for draft in drafts}
    alike = {couple for couple in _meeting(drafts) if _is_one_deed(by_id[couple[0]], by_id[couple[1]], vectors)}
    two = {couple for couple in alike if are_two(by_id[couple[0]], by_id[couple[1]], verdicts)}
    rivals: dict[str, set[str]] = defaultdict(set)  # mention -> the documents that name another condition for its deed
    for one, other in two:
        rivals[one].add(by_id[other].mention.document)
        rivals[other].add(by_id[one].mention.document)
    return frozenset(couple for couple in alike - two if not _has_rival(couple, rivals, by_id))


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
    verbs = _verbs_ahead(consequence.text)
    telling = (term for term, weight in consequence.objects.items() if weight >= TELLING and term not in AREA)
    return frozenset(term for term in telling if consequence.forms.get(term) not in verbs)


@lru_cache(maxsize=20_000)
def _verbs_ahead(text: str) -> frozenset[str]:
    """The words behind "will" and its like; each draft's text is asked for with every other draft."""
    return frozenset(word.folded for before, word in pairwise(split_words(text)) if before.folded in AHEAD)


def _is_one_deed(one: Draft, other: Draft, vectors: Vectors) -> bool:
    """Whether both announce the same: a happening done to one thing, or what is near in sense and shares a word."""
    mine, theirs = one.consequence, other.consequence
    if mine is None or theirs is None or next(find_consequence_vetoes(Pair(one, other, vectors)), None) is not None:
        return False
    cosine = vectors.cosine(mine.text, theirs.text) or 0.0
    common = bool(things_of(mine) & things_of(theirs)) and (share(mine.objects, theirs.objects) or 0.0) >= COMMON
    happening = bool((as_kin(mine) & as_kin(theirs)) - VAGUE)
    whole = vectors.cosine(account_text(one), account_text(other)) or 0.0
    return (common and (happening or cosine >= LIKE or whole >= WHOLE)) or (happening and cosine >= SAME)


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


def _has_rival(couple: Couple, rivals: Mapping[str, set[str]], by_id: Mapping[str, Draft]) -> bool:
    """Whether one of the two articles names another condition for the deed."""
    documents = {by_id[name].mention.document for name in couple}
    return any(not documents.isdisjoint(rivals.get(name, ())) for name in couple)
