"""Conflicts between figures where copies of one text count once: each side with all who carry it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from onrecord.records.redlines import Passage
from onrecord.records.rows import FigureRow
from onrecord.stories.copies import Copies
from onrecord.stories.figures import FigureConflict, FigureSide

CHANGED_COPY = "changed_copy"  # the reason of a conflict: the two texts are one but for this figure


@dataclass(frozen=True, slots=True)
class Conflict:
    """A conflict between two figures. one, other: their rows, which name the other documents that carry them."""

    conflict: FigureConflict
    one: FigureRow
    other: FigureRow


def tell_conflicts(
    conflicts: Iterable[FigureConflict], rows: Sequence[FigureRow], copies: Copies
) -> tuple[Conflict, ...]:
    """The conflicts whose sides are among the rows, those between the same two texts once, in the order given.

    Where the articles of both sides are copies but for the figure, that is named as a reason.
    """
    heads = _find_heads(rows, copies)
    told: dict[frozenset[str], Conflict] = {}
    for each in conflicts:
        one, other = heads.get(_key(each.one)), heads.get(_key(each.other))
        if one is None or other is None:
            continue
        of_heads = replace(each, one=_at(each.one, one), other=_at(each.other, other))
        told.setdefault(frozenset((one.id, other.id)), Conflict(_with_reason(of_heads, one, other, copies), one, other))
    return tuple(told.values())


def _find_heads(rows: Sequence[FigureRow], copies: Copies) -> dict[tuple[str, str], FigureRow]:
    """For each figure, by its document and its id there, the row of the text that it is a copy of."""
    local = {row.id: (row.document, row.figure.id) for row in rows}
    heads: dict[tuple[str, str], FigureRow] = {}
    for head in copies.join(rows):
        for id in (head.id, *(each.id for each in head.carriers)):
            heads[local[id]] = head
    return heads


def _at(side: FigureSide, row: FigureRow) -> FigureSide:
    """The side as the row prints it, which it may be a copy of."""
    passage = Passage(row.document, (row.figure.span,), row.text)
    return replace(side, document=row.document, figure=row.figure.id, outlet=row.outlet, passage=passage)


def _with_reason(conflict: FigureConflict, one: FigureRow, other: FigureRow, copies: Copies) -> FigureConflict:
    if not copies.stand_alike(one, other):
        return conflict
    return replace(conflict, reasons=(*conflict.reasons, CHANGED_COPY))


def _key(side: FigureSide) -> tuple[str, str]:
    return side.document, side.figure
