"""How much two sets of terms have in common, where words that mean nearly the same count as well.

Equal terms match first. What is left is matched by the vectors of single words: "journalist" with "reporter". Two
listed happenings of different groups match only where the list calls them near: it knows better how they differ.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from onrecord.lexicon.loader import load_lexicon
from onrecord.redlines.concepts import are_near, are_opposite, near_groups, opposite_groups
from onrecord.redlines.gist import Gist
from onrecord.redlines.vectors import Vectors

LIKE = 0.70  # cosine of two words from which they count as one: "spy", "espionage" have 0.72, "bridge", "tunnel" 0.45
UNLIKE = 0.52  # cosine of two words below which they name different things: "ferry", "bridge" have 0.50
OF_A_KIND = 0.28  # cosine of two words for things of a kind: "fuel", "base" 0.31, but "bottle", "offtake" 0.20
TELLING = 0.60  # weight of a word from which it tells things apart
LAND = frozenset({"~territory", "~occupied"})
NEAR = 0.60  # what two near happenings count ("enter", "are stationed")


@dataclass(frozen=True, slots=True)
class Alignment:
    """The weight two texts share, and each one's whole weight."""

    shared: float
    one: float
    other: float

    @property
    def of_smaller(self) -> float:
        """The part of the lighter text that the other one has, 0..1."""
        return self.shared / min(self.one, self.other)

    @property
    def of_both(self) -> float:
        """The shared part of all that both have, 0..1 (Jaccard)."""
        return self.shared / (self.one + self.other - self.shared)


def align(one: Gist, other: Gist, vectors: Vectors) -> Alignment | None:
    """How much of their terms two texts share; None where one has none."""
    if not one.terms or not other.terms:
        return None
    return Alignment(
        shared_weight(one.terms, other.terms, one, other, vectors), sum(one.terms.values()), sum(other.terms.values())
    )


def shared_weight(
    mine: Mapping[str, float], theirs: Mapping[str, float], one: Gist, other: Gist, vectors: Vectors
) -> float:
    """The weight of the terms that match; of a match of like words the lighter one's, times their cosine."""
    equal = mine.keys() & theirs.keys()
    shared = sum(mine[term] for term in equal)
    near = sorted(
        (-cosine, term, match)
        for term in mine.keys() - equal
        for match in theirs.keys() - equal
        if (cosine := _likeness(term, match, one, other, vectors)) is not None
    )
    used: set[str] = set()
    for cosine, term, match in near:
        if term not in used and match not in used:
            used |= {term, match}
            shared += -cosine * min(mine[term], theirs[match])
    return shared


def share_happenings(one: Iterable[str], other: Iterable[str]) -> float:
    """How many of one's happenings the other has, near ones counted in part; 0..len(one)."""
    theirs = frozenset(other)
    return sum(1.0 if event in theirs else NEAR if _is_near(event, theirs) else 0.0 for event in one)


def _is_near(event: str, others: Iterable[str]) -> bool:
    return any(_are_near(event, other) for other in others)


def _are_near(one: str, other: str) -> bool:
    """Whether two signed happenings may be told of one: near groups, or opposite ones with the sign turned."""
    same = one[0] == other[0]
    return are_near(one[1:], other[1:]) if same else are_opposite(one[1:], other[1:])


@cache
def kin_happenings(group: str) -> frozenset[str]:
    """The groups of happenings that may count as near this one, whatever their signs."""
    return near_groups(group) | opposite_groups(group)


def different_things(one: Gist, other: Gist, vectors: Vectors) -> tuple[str, str] | None:
    """Two telling things, one in each text, that the other text has nothing like; None where there are none.

    "Bomb the bridge" and "bomb the ferry" share all but what is bombed. Land is left out: it has too many names.
    """
    mine, theirs = leftover(one, other, vectors), leftover(other, one, vectors)
    return (mine, theirs) if mine is not None and theirs is not None else None


def are_of_a_kind(things: tuple[str, str], vectors: Vectors) -> bool:
    """Whether two things are of a kind, so that who names the one does not mean the other."""
    return (vectors.cosine(*things) or 0.0) >= OF_A_KIND


def leftover(one: Gist, other: Gist, vectors: Vectors) -> str | None:
    """A telling thing of one text that the other has nothing like; None if there is none."""
    for term, weight in sorted(one.objects.items()):
        form = one.forms.get(term, "")
        if term in other.terms or weight < TELLING or term in LAND or form in _doers() or form.endswith("ly"):
            continue
        cosines = (vectors.cosine(form, theirs) or 0.0 for theirs in other.forms.values())
        if max(cosines, default=0.0) < UNLIKE:
            return form or term
    return None


@cache
def _doers() -> frozenset[str]:
    """Words for those who act: a report names them where a condition does not, and the other way about."""
    return frozenset(str(word) for word in load_lexicon("redlines")["office_words"])


def _likeness(term: str, match: str, one: Gist, other: Gist, vectors: Vectors) -> float | None:
    if term in one.events and match in other.events:
        return NEAR if _are_near(term, match) else None
    cosine = vectors.cosine(one.forms.get(term, ""), other.forms.get(match, ""))
    return cosine if cosine is not None and cosine >= LIKE else None
