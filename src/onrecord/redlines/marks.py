"""Marks of names: whatever may mean one place or party shares a mark, so that documents are found by hashes of them.

What `relate_names` calls unrelated may share one too; what it does not always does. A name unknown to the lists is
compared by its letters, so that each beginning counts that another spelling may share with it.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from onrecord.redlines.names import MOST_LEFT, SHARED_LETTERS, Kind, Known
from onrecord.redlines.people import sound_of

KNOWN, STATELESS = "known", "stateless"  # what no list hands to a state may be any known name


def kept_marks(names: Iterable[Known]) -> frozenset[str]:
    """The marks under which what holds these names is kept."""
    return frozenset(mark for known in names for mark in (*_own_marks(known), *_classes(known)))


def sought_marks(names: Iterable[Known]) -> frozenset[str]:
    """The marks under which whatever may mean one of these names is found."""
    return frozenset(mark for known in names for mark in (*_own_marks(known), *_sought_classes(known)))


def agreeing_marks(names: Iterable[Known]) -> frozenset[str]:
    """Marks of which any two names share one that are the same, or one in the other, for all that is known."""
    return frozenset(mark for known in names for mark in _own_marks(known))


def _classes(known: Known) -> tuple[str, ...]:
    if known.kind is Kind.UNKNOWN:
        return ()
    return (KNOWN,) if known.states else (KNOWN, STATELESS)


def _sought_classes(known: Known) -> tuple[str, ...]:
    if known.kind is Kind.UNKNOWN:
        return ()
    return (STATELESS,) if known.states else (KNOWN, STATELESS)


@lru_cache(maxsize=100_000)
def _own_marks(known: Known) -> frozenset[str]:
    return frozenset((*_letters(known.key), *(f"@{state}" for state in known.states)))


def _letters(key: str) -> Iterator[str]:
    """By every way in which letters agree: a word of the other name, the sound, the beginning."""
    yield from (f"={word}" for word in (key, *key.split()))
    yield f"~{sound_of(key)}"
    yield from (f"{key[:length]}-" for length in range(max(SHARED_LETTERS, len(key) - MOST_LEFT), len(key) + 1))


def write_known(known: Known) -> str:
    """A known name as it is kept."""
    return f"{known.kind} {','.join(sorted(known.states))} {known.key}"


@lru_cache(maxsize=100_000)
def read_known(written: str) -> Known:
    """The name that was kept."""
    kind, states, key = written.split(" ", 2)
    return Known(key, Kind(kind), frozenset(filter(None, states.split(","))))
