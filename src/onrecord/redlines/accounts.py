"""Accounts of one day's words: conditions by which two documents, or a headline and its article, tell the same.

Outlets reword what somebody said that day more freely than a speaker rewords himself: other words for the thing tell
nothing there. Each condition of one account goes with the nearest in sense of the other, if both are nearest.
What contradicts itself is kept apart as everywhere.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import product

from onrecord.records.findings import Directness
from onrecord.redlines.drafts import Draft
from onrecord.redlines.settled import Couple, in_order
from onrecord.redlines.vectors import Vectors

SAME = (
    0.50  # cosine of condition and consequence together: of one day's pairs, 9 in 10 of one line have 0.54, of two 0.49
)
POSSIBLE = 0.40  # cosine from which two are accounts if their words agree as well
AGREEING = 0.40  # score of the words that is enough for that; every such pair of the tuning files is of one line
WIDEST = timedelta(days=3)  # days that words printed without their day may be of

Side = tuple[str, bool, bool]  # a document's headlines, what it quotes or what it tells


def account_text(draft: Draft) -> str:
    """The whole of a mention, condition first, as one text to compare by sense."""
    mention = draft.mention
    return f"{mention.condition_text}, {mention.consequence_text}"


def find_accounts(drafts: Sequence[Draft], vectors: Vectors) -> Mapping[Couple, float]:
    """For every two drafts that may tell the same of one day's words, by mention ids in order, their cosine."""
    found: dict[Couple, float] = {}

    def compare(one: Draft, other: Draft) -> float:
        return vectors.cosine(account_text(one), account_text(other)) or 0.0

    for told in _by_issuer_and_day(drafts):
        sides = list(_sides(told))
        for place, one in enumerate(sides):
            for other in sides[place + 1 :]:
                for mine, theirs, cosine in list_nearest(list(product(one, other)), compare):
                    if cosine >= POSSIBLE:
                        found[in_order(mine.mention.id, theirs.mention.id)] = cosine
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


def side_of(draft: Draft) -> Side:
    """Where a draft stands: what a document's headlines, its quotations and its told words say are three accounts."""
    mention = draft.mention
    return mention.document, mention.voice == "headline", draft.directness is Directness.INDIRECT


def _sides(drafts: Sequence[Draft]) -> Iterator[list[Draft]]:
    """The accounts of drafts; see `side_of`."""
    sides: dict[Side, list[Draft]] = defaultdict(list)
    for draft in drafts:
        sides[side_of(draft)].append(draft)
    yield from sides.values()


def list_nearest(
    couples: Sequence[tuple[Draft, Draft]], likeness: Callable[[Draft, Draft], float]
) -> Iterator[tuple[Draft, Draft, float]]:
    """The couples of two accounts that are nearest to each other on both sides, with their likeness, 0 or more."""
    measured = [(one, other, likeness(one, other)) for one, other in couples]
    best_of: dict[str, float] = defaultdict(float)
    for one, other, near in measured:
        for draft in (one, other):
            best_of[draft.mention.id] = max(best_of[draft.mention.id], near)
    for one, other, near in measured:
        if near == best_of[one.mention.id] == best_of[other.mention.id]:
            yield one, other, near
