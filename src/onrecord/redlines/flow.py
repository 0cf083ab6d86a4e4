"""Whether a text says that something is brought to a stand or goes on: a cut, a closure and a ban say one thing."""

from collections.abc import Sequence
from functools import cache, lru_cache

from onrecord.lexicon.loader import load_lexicon
from onrecord.redlines.concepts import BY_STEM, Phrases, listed_phrases
from onrecord.redlines.words import Word, split_words

REACH = 7  # words from "not" to the verb it turns round: "not one ferry from the island has sailed"
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
    turned = sum(1 for hit in listed_phrases("flow", "turning").find(words) if 0 < first.first - hit.last <= REACH)
    return first.value if turned % 2 == 0 else -first.value


def goes_on(text: str) -> bool:
    """Whether a text says of something that it goes on as it did."""
    return read_flow(text) == GOES and any(True for _ in listed_phrases("flow", "going_on").find(split_words(text)))


@lru_cache(maxsize=20_000)
def denies(text: str) -> bool:
    """Whether a text has a word that turns another round."""
    return any(True for _ in listed_phrases("flow", "turning").find(split_words(text)))


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
