"""One line told on different days in quite other words: known by sense, where each mention is the other's nearest.

Who draws a line again seldom repeats it word for word: "they take our gas without leave", "any unauthorised offtake".
Sense alone would also join what a speaker holds apart (a bridge and a ferry, pollution and diversion of one river).
So two mentions are taken for one line only where each is the nearest that the other document has of that issuer,
and where no telling thing in one is of the same kind as another thing in the other.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from onrecord.redlines.accounts import Side, account_text, list_nearest, side_of
from onrecord.redlines.alignment import are_of_a_kind, different_things
from onrecord.redlines.drafts import Draft
from onrecord.redlines.features import OTHER_CONSEQUENCES, Verdict, Verdicts, share_events
from onrecord.redlines.gist import plain
from onrecord.redlines.settled import Couple, in_order
from onrecord.redlines.vectors import Vectors

# Chosen on the stories for tuning and evaluation/gold/redlines_tuning*.yml; of their couples that nothing else keeps
# apart, all of this sense are of one line (docs/method.md).
LEAST, MEAN = 0.42, 0.50  # of the senses of condition and whole: the lesser, and their mean
PLAIN = 0.95  # score of words that are nearly the same: sense adds nothing
OTHER_THINGS = 0.55  # the lesser, where the conditions name other things or happenings


def find_retold(drafts: Sequence[Draft], verdicts: Verdicts) -> Mapping[Couple, float]:
    """For every two drafts that tell one line by their sense, by mention ids in order, the sense of the whole.

    verdicts: of the words alone.
    """
    vectors = verdicts.vectors

    def compare(one: Draft, other: Draft) -> float:
        return whole_sense(one, other, vectors)

    sides: dict[Side, list[Draft]] = defaultdict(list)
    for draft in drafts:
        sides[side_of(draft)].append(draft)
    found: dict[Couple, float] = {}
    for mine, theirs in _meeting_sides(drafts):
        for one, other, sense in list_nearest(_couples(sides[mine], sides[theirs]), compare):
            alike = not _is_plain(verdicts.on(one, other)) and is_one(one, other, vectors)
            if alike and not _have_nearer(one, other, sides[mine] + sides[theirs], verdicts):
                found[in_order(one.mention.id, other.mention.id)] = sense
    return found


def _is_plain(verdict: Verdict) -> bool:
    """Whether words alone tell: the same ones, or ones that keep the two apart (outlets pick parts of what follows)."""
    return verdict.veto not in (None, OTHER_CONSEQUENCES) or (verdict.apart is None and verdict.score >= PLAIN)


def shared_words(draft: Draft) -> frozenset[str]:
    """The signless terms of a condition and its consequence: two mentions without any in common are not compared."""
    return plain((*draft.compared.terms, *(draft.consequence.terms if draft.consequence is not None else ())))


def is_one(one: Draft, other: Draft, vectors: Vectors) -> bool:
    """Whether two mentions are near enough in sense, and name no things that are two of a kind."""
    if shared_words(one).isdisjoint(shared_words(other)) or one.borrowed or other.borrowed:
        return False
    condition = vectors.sense(one.compared.text, other.compared.text)
    whole = whole_sense(one, other, vectors)
    least = min(condition, whole)
    if least < LEAST or condition + whole < 2 * MEAN:
        return False
    if share_events(one.compared, other.compared) == 0 and least < OTHER_THINGS:
        return False  # "any boarding of a ship", "if it touches a tug": lists know that these are two happenings
    things = different_things(one.compared, other.compared, vectors)
    return things is None or (least >= OTHER_THINGS and not are_of_a_kind(things, vectors))


def whole_sense(one: Draft, other: Draft, vectors: Vectors) -> float:
    """How near two mentions are in sense, condition and consequence together."""
    return vectors.sense(account_text(one), account_text(other))


def _meeting_sides(drafts: Sequence[Draft]) -> Iterator[tuple[Side, Side]]:
    """The sides in which one issuer draws lines that share a word, each couple once."""
    index: dict[tuple[str, str], set[Side]] = defaultdict(set)
    for draft in drafts:
        for key in draft.issuer.keys:
            for term in shared_words(draft):
                index[key, term].add(side_of(draft))
    yield from sorted({couple for sides in index.values() for couple in combinations(sorted(sides), 2)})


def _couples(one: Sequence[Draft], other: Sequence[Draft]) -> list[tuple[Draft, Draft]]:
    """The couples of two sides that are of one issuer."""
    return [(mine, theirs) for mine in one for theirs in other if mine.issuer.keys & theirs.issuer.keys]


def _have_nearer(one: Draft, other: Draft, beside: Sequence[Draft], verdicts: Verdicts) -> bool:
    """Whether either has the words of another one over there, more than the words of this one."""
    own = verdicts.on(one, other)
    for draft, across in ((one, side_of(other)), (other, side_of(one))):
        rivals = (each for each in beside if side_of(each) == across and each.issuer.keys & draft.issuer.keys)
        verdicts_on = (verdicts.on(draft, rival) for rival in rivals)
        if any(each.veto is None and each.apart is None and each.score > own.score for each in verdicts_on):
            return True
    return False
