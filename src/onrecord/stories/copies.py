"""One record for one text: what several documents carry as copies of each other counts once, with all its carriers.

A record is a copy of another where both documents share text (see reprints.py), the same words stand in both, and what
stands around them is the same. The same words in two reports of their own stay two records.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

from onrecord.records.rows import Carrier, EventRow, FigureRow, StatementRow, WordingRow
from onrecord.records.spans import Span, cover
from onrecord.stories.reprints import SHINGLE, is_enough, shingle

Row = TypeVar("Row", StatementRow, FigureRow, EventRow, WordingRow)
Copied = StatementRow | FigureRow | EventRow | WordingRow
TextOf = Callable[[str], str]  # a document's text by its id

MOST = 500  # rows among which copies are sought: lists come in order of time, so the copies of one text stand near
BESIDE = 8  # words on either side of a record that are compared
SAME_BESIDE = 0.5  # share of word runs that both have; a changed number or a lost paragraph leaves more
SAME_TEXT = "the same text"
_WORD = re.compile(r"\w+")
_CREDIT = 400  # characters in which a text names the agency that it is from: "SARN, 4 May (NPA)"


@dataclass(frozen=True, slots=True)
class _Words:
    """A document's words, folded, and where each begins."""

    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    shingles: frozenset[int]


class Copies:
    """Which records are copies, over the texts of a ledger; a text is read once and compared once with another."""

    def __init__(self, text_of: TextOf) -> None:
        self._text_of = text_of
        self._read: dict[str, _Words] = {}
        self._pairs: dict[tuple[str, str], bool] = {}

    def join(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows, copies as the one that they are copies of, which names its carriers; in the order given."""
        rest = iter(rows)
        while near := tuple(islice(rest, MOST)):
            yield from self._join(near)

    def _join(self, near: Sequence[Row]) -> Iterator[Row]:
        for group in self.group(near):
            head = self._head(group)
            others = tuple(carry(row) for row in group if row is not head)
            yield replace(head, carriers=one_each(others, place_of(head).document)) if others else head

    def group(self, rows: Sequence[Row]) -> tuple[tuple[Row, ...], ...]:
        """The rows by the text they are copies of; one that stands alone is a group of one."""
        groups: dict[tuple[str, ...], list[list[Row]]] = defaultdict(list)
        order: list[list[Row]] = []
        for row in rows:
            of_kind = groups[_key(row)]
            home = next((group for group in of_kind if self._is_copy(row, group)), None)
            if home is None:
                home = []
                of_kind.append(home)
                order.append(home)
            home.append(row)
        return tuple(map(tuple, order))

    def are_reprints(self, one: str, other: str) -> bool:
        """Whether two documents (ids) share enough text for one to be from the other."""
        pair = (min(one, other), max(one, other))
        if pair not in self._pairs:
            ours, theirs = (self._words(each).shingles for each in pair)
            self._pairs[pair] = is_enough(len(ours & theirs), min(len(ours), len(theirs)))
        return self._pairs[pair]

    def stand_alike(self, one: Copied, other: Copied) -> bool:
        """Whether two records stand in the same text of two documents, whatever their own words are."""
        ours, theirs = place_of(one), place_of(other)
        if ours.document == theirs.document or not self.are_reprints(ours.document, theirs.document):
            return False
        mine, yours = self._beside(ours), self._beside(theirs)
        return bool(mine and yours) and len(mine & yours) >= SAME_BESIDE * min(len(mine), len(yours))

    def _is_copy(self, row: Row, group: Sequence[Row]) -> bool:
        document = place_of(row).document
        return all(place_of(other).document != document for other in group) and self.stand_alike(row, group[0])

    def _head(self, group: Sequence[Row]) -> Row:
        """The record of the outlet that the others credit, such as an agency; else of the first to publish it."""
        texts = [self._words(place_of(row).document).text[:_CREDIT] for row in group]

        def rank(row: Row) -> tuple[int, str]:
            carried = carry(row)
            name = carried.outlet.name
            latest = carried.published.latest
            credits = sum(f"({name})" in text for text in texts) if name else 0
            return -credits, latest.isoformat() if latest else "9999"

        return min(group, key=rank)

    def _words(self, document: str) -> _Words:
        if document not in self._read:
            text = self._text_of(document)
            found = list(_WORD.finditer(text))
            words = tuple(each.group().casefold() for each in found)
            self._read[document] = _Words(text, words, tuple(each.start() for each in found), shingle(text))
        return self._read[document]

    def _beside(self, place: "Place") -> frozenset[tuple[str, ...]]:
        """The runs of words around a record, its own words among them."""
        held = self._words(place.document)
        first = max(0, bisect_left(held.starts, place.span.start) - BESIDE)
        last = bisect_left(held.starts, place.span.end) + BESIDE
        words = held.words[first:last]
        return frozenset(words[at : at + SHINGLE] for at in range(len(words) - SHINGLE + 1))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record's words stand."""

    document: str
    span: Span


def place_of(row: Copied) -> Place:
    """The document of a record and the stretch that its words cover."""
    match row:
        case StatementRow(statement):
            return Place(statement.document, cover(statement.content or statement.cue or statement.source))
        case FigureRow(document=document, figure=figure):
            return Place(document, figure.span)
        case EventRow(document=document, event=event):
            return Place(document, event.trigger)
        case WordingRow(document=document, wording=wording):
            return Place(document, wording.span)


def carry(row: Copied, reason: str = SAME_TEXT, *, copy: bool = True) -> Carrier:
    """A record as another's carrier."""
    place = place_of(row)
    if isinstance(row, StatementRow):
        said = row.statement
        return Carrier(said.id, said.document, said.outlet, said.published, row.title, place.span, reason, copy)
    return Carrier(row.id, row.document, row.outlet, row.published, row.title, place.span, reason, copy)


def join_copies(rows: Iterable[Row], text_of: TextOf) -> Iterator[Row]:
    """See `Copies.join`."""
    return Copies(text_of).join(rows)


def one_each(carriers: Iterable[Carrier], but: str = "") -> tuple[Carrier, ...]:
    """The carriers by the first of each document, the one `but` left out; copies first, then in order of time."""
    kept: dict[str, Carrier] = {}
    for each in carriers:
        if each.document != but:
            kept.setdefault(each.document, each)
    return tuple(sorted(kept.values(), key=_place_of_carrier))


def _place_of_carrier(carrier: Carrier) -> tuple[bool, str, str]:
    day = carrier.published.latest
    return not carrier.copy, day.isoformat() if day else "9999", carrier.outlet.name or ""


def _key(row: Copied) -> tuple[str, ...]:
    """What two records must share to be copies at all: their kind and their words."""
    match row:
        case StatementRow(statement):
            return "statement", _fold(statement.quote)
        case FigureRow(text=text):
            return "figure", _fold(text)
        case EventRow(event=event, text=text):
            return "event", event.kind, _fold(text)
        case WordingRow(wording=wording, text=text):
            return "wording", wording.thing, _fold(wording.term or text)


def _fold(text: str) -> str:
    return " ".join(word.casefold() for word in _WORD.findall(text))
