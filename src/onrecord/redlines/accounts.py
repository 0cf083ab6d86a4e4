"""Accounts of one day's words: conditions by which two documents, or a headline and its article, tell the same.

Outlets reword what somebody said that day more freely than a speaker rewords himself: other words for the thing tell
nothing there. Each condition of one account goes with the nearest in sense of the other, if both are nearest.
What contradicts itself is kept apart as everywhere.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from onrecord.records.findings import Directness
from onrecord.redlines.drafts import Draft
from onrecord.redlines.vectors import Vectors

SAME = (
    0.50  # cosine of condition and consequence together: of one day's pairs, 9 in 10 of one line have 0.54, of two 0.49
)
POSSIBLE = 0.40  # cosine from which two are accounts if their words agree as well
AGREEING = 0.40  # score of the words that is enough for that; every such pair of the tuning files is of one line
WIDEST = timedelta(days=3)  # days that words printed without their day may be of


def account_text(draft: Draft) -> str:
    """The whole of a mention, condition first, as one text to compare by sense."""
    mention = draft.mention
    return f"{mention.condition_text}, {mention.consequence_text}"


def find_accounts(drafts: Sequence[Draft], vectors: Vectors) -> Mapping[tuple[str, str], float]:
    """For every two drafts that may tell the same of one day's words, by mention ids in order, their cosine."""
    found: dict[tuple[str, str], float] = {}
    for told in _by_issuer_and_day(drafts):
        sides = list(_sides(told))
        for place, one in enumerate(sides):
            for other in sides[place + 1 :]:
                found |= {couple: cosine for couple, cosine in _nearest(one, other, vectors) if cosine >= POSSIBLE}
    return found


def _by_issuer_and_day(drafts: Sequence[Draft]) -> Iterator[list[Draft]]:
    """The drafts of one speaker's words of one day; each under every day it may be of."""
    told: dict[tuple[str, date], list[Draft]] = defaultdict(list)
    for draft in drafts:
        for key in told_by(draft):
            for day in list_days_of(draft):
                told[key, day].append(draft)
    yield from (each for each in told.values() if len(each) > 1)


def told_by(draft: Draft) -> frozenset[str]:
    """The keys of the one whose words they are, and of the one spoken for."""
    keys = (draft.issuer.person_key or draft.issuer.key, draft.issuer.behalf)
    return frozenset(key for key in keys if key is not None)


def list_days_of(draft: Draft) -> Iterator[date]:
    """Every day that the words may be of; none where that is not known well enough."""
    first, last = draft.mention.said_on.earliest, draft.mention.said_on.latest
    if first is not None and last is not None and last - first <= WIDEST:
        yield from (first + timedelta(days=each) for each in range((last - first).days + 1))


def _sides(drafts: Sequence[Draft]) -> Iterator[list[Draft]]:
    """The accounts: a document's drafts, its headlines apart, and what it quotes apart from what it tells."""
    sides: dict[tuple[str, bool, bool], list[Draft]] = defaultdict(list)
    for draft in drafts:
        told = draft.directness is Directness.INDIRECT
        sides[draft.mention.document, draft.mention.voice == "headline", told].append(draft)
    yield from sides.values()


def _nearest(one: Sequence[Draft], other: Sequence[Draft], vectors: Vectors) -> Iterator[tuple[tuple[str, str], float]]:
    """The couples of two accounts that are nearest to each other on both sides, with their cosines."""
    cosines = {
        (mine.mention.id, theirs.mention.id): vectors.cosine(account_text(mine), account_text(theirs)) or 0.0
        for mine in one
        for theirs in other
    }
    best_of: dict[str, float] = defaultdict(float)
    for couple, cosine in cosines.items():
        for name in couple:
            best_of[name] = max(best_of[name], cosine)
    for (mine, theirs), cosine in cosines.items():
        if cosine == best_of[mine] == best_of[theirs]:
            yield (min(mine, theirs), max(mine, theirs)), cosine
