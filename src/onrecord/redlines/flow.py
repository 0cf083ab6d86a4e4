"""Whether a text says that something is brought to a stand or goes on: a cut, a closure and a ban say one thing."""

from collections.abc import Sequence
from functools import cache, lru_cache

from onrecord.lexicon.loader import load_lexicon
from onrecord.redlines.concepts import BY_STEM, Phrases, listed_phrases
from onrecord.redlines.words import Word, split_words

REACH = 5  # words from a verb that undoes to what it undoes: "lifts its wholesale ban"
MARKS = ",;:"  # a word turns round the verb of its own clause only
STOPS, GOES = -1, 1


@lru_cache(maxsize=20_000)
def read_flow(text: str) -> int:
    """STOPS or GOES by the first word that tells, 0 where none does."""
    words = split_words(text)
    if _lifts(words):
        return GOES
    first = next(iter(_ways().find(words)), None)
    if first is None:
        return 0
    before = text[: words[first.first].start]
    start = max(before.rfind(mark) for mark in MARKS)
    turns = listed_phrases("flow", "turning").find(words)
    turned = sum(1 for hit in turns if hit.last < first.first and words[hit.first].start > start)
    return first.value if turned % 2 == 0 else -first.value


def goes_on(text: str) -> bool:
    """Whether a text says of something that it goes on as it did."""
    return read_flow(text) == GOES and any(True for _ in listed_phrases("flow", "going_on").find(split_words(text)))


@lru_cache(maxsize=20_000)
def denies(text: str) -> bool:
    """Whether a text has a word that turns another round."""
    return any(True for _ in listed_phrases("flow", "turning").find(split_words(text)))


@lru_cache(maxsize=20_000)
def undone_words(text: str) -> frozenset[str]:
    """The stems right behind a verb that undoes: "withdrew a rise in prices" tells of no rise."""
    words = split_words(text)
    found = (words[hit.last + 1 : hit.last + 1 + REACH] for hit in _by_stem("lifting").find(words))
    return frozenset(word.stem for stretch in found for word in stretch)


def _lifts(words: Sequence[Word]) -> bool:
    """Whether something is lifted that held something up ("lifts the ban")."""
    lifted = [hit.last for hit in _by_stem("lifting").find(words)]
    held = [hit.first for hit in _by_stem("barriers").find(words)]
    return any(0 < barrier - lifting <= REACH for lifting in lifted for barrier in held)


@cache
def _ways() -> Phrases[int]:
    listed = load_lexicon("flow")
    entries = [(str(phrase), way) for name, way in (("stops", STOPS), ("goes", GOES)) for phrase in listed[name]]
    return Phrases(BY_STEM, entries)


@cache
def _by_stem(name: str) -> Phrases[str]:
    return Phrases(BY_STEM, ((str(phrase), name) for phrase in load_lexicon("flow")[name]))
