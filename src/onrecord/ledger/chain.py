"""The log's chain: every entry holds the hash of the one before, so that no past entry changes unseen."""

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from onrecord.records.rows import Entry, Problem


def hash_text_plainly(text: str) -> str:
    """SHA-256 of a text's UTF-8 bytes, in hex."""
    return sha256(text.encode("utf-8")).hexdigest()


def make_entry(
    last: tuple[int, str], kind: str, subject: str, document: str | None, by: str, recorded_at: str, payload: str
) -> Entry:
    """The entry that follows the last one, given as its sequence and hash: (0, "") at the beginning."""
    sequence, previous = last[0] + 1, last[1]
    payload_hash = hash_text_plainly(payload)
    made = Entry(sequence, kind, subject, document, by, recorded_at, payload, payload_hash, previous, "")
    return Entry(sequence, kind, subject, document, by, recorded_at, payload, payload_hash, previous, hash_entry(made))


def hash_entry(entry: Entry) -> str:
    """The hash that the entry must carry: over all its fields but the words, which their own hash stands for."""
    said = [
        entry.sequence,
        entry.kind,
        entry.subject,
        entry.document,
        entry.by,
        entry.recorded_at,
        entry.payload_hash,
        entry.previous,
    ]
    return hash_text_plainly(json.dumps(said, ensure_ascii=False, separators=(",", ":")))


def check_chain(entries: Iterable[Entry], erased: frozenset[str]) -> Iterator[Problem]:
    """What does not hold in the log, in its order. erased: documents whose words may be missing."""
    last = (0, "")
    for entry in entries:
        yield from _check_entry(entry, last, erased)
        last = (entry.sequence, entry.hash)


def sound_beginning(entries: Iterable[Entry], erased: frozenset[str]) -> tuple[Entry, ...]:
    """The entries before the first one that does not hold."""
    kept: list[Entry] = []
    last = (0, "")
    for entry in entries:
        if any(_check_entry(entry, last, erased)):
            break
        kept.append(entry)
        last = (entry.sequence, entry.hash)
    return tuple(kept)


def _check_entry(entry: Entry, last: tuple[int, str], erased: frozenset[str]) -> Iterator[Problem]:
    """What does not hold in an entry that follows the last one, given as its sequence and hash."""
    place = f"log entry {entry.sequence}"
    if entry.sequence != last[0] + 1:
        yield Problem(f"log entry {last[0] + 1}", f"is missing: {entry.sequence} comes next")
    elif entry.previous != last[1]:
        yield Problem(place, "does not follow from the entry before")
    if entry.hash != hash_entry(entry):
        yield Problem(place, "was changed: its hash is another")
    yield from _check_payload(entry, erased)


def _check_payload(entry: Entry, erased: frozenset[str]) -> Iterator[Problem]:
    if entry.payload is None:
        if entry.document not in erased:
            yield Problem(f"log entry {entry.sequence}", "lost its words")
    elif hash_text_plainly(entry.payload) != entry.payload_hash:
        yield Problem(f"log entry {entry.sequence}", "its words were changed")


def to_json_text(value: Mapping[str, object]) -> str:
    """A log entry's own words as JSON text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
