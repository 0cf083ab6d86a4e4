"""How much two sets of terms have in common, where words that mean nearly the same count as well.

Equal terms match first. What is left is matched by the vectors of single words: "journalist" with "reporter". Two
listed happenings of different groups never match: the lists know better that they differ.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.redlines.gist import Gist
from onrecord.redlines.vectors import Vectors

LIKE = 0.70  # cosine of two words from which they count as one: "spy", "espionage" have 0.72, "bridge", "tunnel" 0.45


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


def _likeness(term: str, match: str, one: Gist, other: Gist, vectors: Vectors) -> float | None:
    if term in one.events and match in other.events:
        return None
    cosine = vectors.cosine(one.forms.get(term, ""), other.forms.get(match, ""))
    return cosine if cosine is not None and cosine >= LIKE else None
