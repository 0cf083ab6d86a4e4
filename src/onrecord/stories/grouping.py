"""Documents about the same dispute, by the rare words they share.

Two documents belong together where the cosine of their weighted words passes a threshold; a story is what hangs
together. That depends on the set of documents only, never on the order in which they came.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from onrecord.lexicon.loader import load_lexicon
from onrecord.records.documents import Document

SAME_STORY = (
    0.20  # cosine; with the two below the highest pairwise F1 (95) on the tuning topics (evaluation/stories.py)
)
BACKGROUND = 200  # texts read in imagination
EVERYDAY = 0.4  # part of them in which an everyday word stands
LONGEST_WORD = 12  # letters kept of a word, so that its endings count as one
WORD = re.compile(r"[^\W\d_]{3,}")

Weights = Mapping[str, float]


def group_documents(documents: Sequence[Document], threshold: float = SAME_STORY) -> tuple[tuple[str, ...], ...]:
    """Ids of the documents of each story, the largest story first; within a story by id."""
    vectors = weigh_words({document.id: f"{document.title} {document.text}" for document in documents})
    joined = {id: id for id in vectors}

    def root(id: str) -> str:
        while joined[id] != id:
            joined[id] = joined[joined[id]]
            id = joined[id]
        return id

    for one, other in similar_pairs(vectors, threshold):
        low, high = sorted((root(one), root(other)))
        joined[high] = low
    stories: dict[str, list[str]] = defaultdict(list)
    for id in sorted(vectors):
        stories[root(id)].append(id)
    return tuple(sorted((tuple(ids) for ids in stories.values()), key=lambda ids: (-len(ids), ids)))


def weigh_words(texts: Mapping[str, str]) -> dict[str, Weights]:
    """Unit vectors, one a text: (1 + log tf) · log(n / df), counted as if BACKGROUND other texts had been read.

    Without that background the dispute's own names, which stand in every document of a small ledger, would count for
    nothing.
    """
    counts = {id: Counter(_stems(text)) for id, text in texts.items()}
    spread = Counter(word for counted in counts.values() for word in counted)
    rarity = {word: math.log((BACKGROUND + len(texts)) / (_expected(word) + times)) for word, times in spread.items()}
    vectors: dict[str, Weights] = {}
    for id, counted in counts.items():
        weights = {word: (1 + math.log(times)) * max(rarity[word], 0.0) for word, times in counted.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        vectors[id] = {word: weight / length for word, weight in weights.items() if weight}
    return vectors


def _expected(stem: str) -> float:
    """In how many of the background texts a stem is taken to stand."""
    if stem in _listed("small_words", "function"):
        return BACKGROUND
    return BACKGROUND * EVERYDAY if stem in _listed("common_words", "words") else 0.0


@cache
def _listed(name: str, key: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in load_lexicon(name)[key].split())


def similar_pairs(vectors: Mapping[str, Weights], threshold: float) -> list[tuple[str, str]]:
    """Pairs with a cosine of at least `threshold`, through an index of the words."""
    holders: dict[str, list[tuple[str, float]]] = defaultdict(list)
    found = []
    for id in sorted(vectors):
        cosines: dict[str, float] = defaultdict(float)
        for word, weight in vectors[id].items():
            for other, its in holders[word]:
                cosines[other] += weight * its
            holders[word].append((id, weight))
        found += [(other, id) for other, cosine in cosines.items() if cosine >= threshold]
    return found


def _stems(text: str) -> list[str]:
    return [_stem(word.casefold()) for word in WORD.findall(text)]


def _stem(word: str) -> str:
    for ending in ("ings", "ing", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)][:LONGEST_WORD]
    return word[:LONGEST_WORD]
