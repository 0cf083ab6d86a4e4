"""Which documents carry each other's text: word 3-gram containment.

Containment and not resemblance: a third of an agency text inside a longer story leaves MinHash at .5 blind
(Broder, "On the resemblance and containment of documents", 1997).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from onrecord.records.documents import Document

SHINGLE = 3  # words
LEAST_SHARE = 0.3  # of the shorter text; below it two reports merely quote the same speech
LEAST_SHARED = 20  # shingles; a shared slogan or dateline is no reprint
COMMON = 200  # documents; a shingle in more of them is furniture and tells nothing
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Reprint:
    """Two documents that share text. `share`: part of the shorter one's shingles that stand in the longer, 0..1."""

    document: str
    other: str
    share: float
    shared: int


def shingle(text: str) -> frozenset[int]:
    """Hashes of all runs of three words, case folded; the same on every machine and in every process."""
    words = [word.casefold() for word in WORD.findall(text)]
    runs = {" ".join(words[index : index + SHINGLE]) for index in range(len(words) - SHINGLE + 1)}
    return frozenset(int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), "big") for run in runs)


def find_reprints(documents: Iterable[Document]) -> tuple[Reprint, ...]:
    """All pairs of documents that share enough text, most first. The order of documents does not matter."""
    shingles = {document.id: shingle(document.text) for document in documents}
    shared = _count_shared(shingles)
    found = []
    for (one, other), count in shared.items():
        shorter = min(len(shingles[one]), len(shingles[other]))
        if is_enough(count, shorter):
            found.append(Reprint(one, other, count / shorter, count))
    return tuple(sorted(found, key=lambda pair: (-pair.share, pair.document, pair.other)))


def is_enough(shared: int, shorter: int) -> bool:
    """Whether so many shared shingles make a reprint. shorter: how many the shorter of the two documents has."""
    return shared >= LEAST_SHARED and shared >= LEAST_SHARE * shorter


def _count_shared(shingles: Mapping[str, frozenset[int]]) -> Counter[tuple[str, str]]:
    holders: dict[int, list[str]] = defaultdict(list)
    for document in sorted(shingles):
        for each in shingles[document]:
            holders[each].append(document)
    shared: Counter[tuple[str, str]] = Counter()
    for listed in holders.values():
        if 1 < len(listed) <= COMMON:
            shared.update((one, other) for index, one in enumerate(listed) for other in listed[index + 1 :])
    return shared
