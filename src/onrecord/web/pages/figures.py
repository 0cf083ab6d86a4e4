"""Figures, those for the same thing side by side: who claims each, who carries it, and where values differ."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Annotated

from fastapi import Query

from onrecord.ledger.contract import View
from onrecord.ledger.folding import fold_words
from onrecord.lexicon.days import When, describe_when
from onrecord.records.documents import DateRange
from onrecord.records.rows import FigureRow
from onrecord.web.asking import Wanted
from onrecord.web.render import Row
from onrecord.web.sheets import Sheet
from onrecord.web.shown import (
    OutletShown,
    ReviewShown,
    WhoShown,
    show_outlet,
    show_review,
    show_speaker,
    source_href,
)

FLAGS = {
    "missing_unit": "no unit in the source",
    "base_differs": "base differs from its neighbours",
    "base_inferred": "base worked out, not printed beside it",
    "claimant_inferred": "claimant worked out",
    "value_written_out": "written in words",
}
# What a reader must know before comparing; the others only tell how the value was read.
WARNINGS = frozenset({"missing_unit", "base_differs", "base_inferred", "vague"})


@dataclass(frozen=True, slots=True)
class FlagShown:
    """Something unusual about a figure. warning: it matters to whoever compares."""

    words: str
    warning: bool


@dataclass(frozen=True, slots=True)
class FigureShown:
    """A figure as printed, what it counts, on whose word, and what is missing or unusual about it."""

    id: str
    text: str
    value: str
    unit: str | None
    base: str
    counts: str
    place: str
    when: When
    claimant: WhoShown
    outlet: OutletShown
    published: When
    title: str
    document: str
    start: int
    end: int
    passage_href: str
    statement: str | None
    flags: tuple[FlagShown, ...]
    review: ReviewShown


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Figures for the same thing. known: the text says what they count. conflict: articles give different values."""

    what: str
    known: bool
    conflict: bool
    figures: tuple[FigureShown, ...]


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """Groups of figures; those in conflict first."""

    groups: tuple[FigureGroup, ...]
    conflicts: int
    next: str | None


Unit = Annotated[str, Query(max_length=100, description="Only figures in this unit.")]


def figures_page(view: View, wanted: Wanted, unit: Unit = "") -> FiguresPage:
    """Figures that meet the filter, grouped by what they count."""
    found = view.figures(replace(wanted, unit=unit or None))
    groups = group_figures(found.rows)
    return FiguresPage(groups, sum(group.conflict for group in groups), found.next)


NEAR = timedelta(days=31)  # values for the same thing that are further apart may both have been right in their time


def group_figures(rows: Iterable[FigureRow]) -> tuple[FigureGroup, ...]:
    """Figures with the same unit and the same words for what they count, of what and where, together.

    Those in conflict come first, those that do not say what they count last. One such figure stands alone: nothing
    tells that another one counts the same.
    """
    groups: dict[tuple[str, ...], list[FigureRow]] = defaultdict(list)
    for row in rows:
        groups[_same_thing(row)].append(row)
    formed = [_form_group(tuple(members)) for members in groups.values()]
    return tuple(sorted(formed, key=lambda group: (not group.conflict, not group.known)))


def _same_thing(row: FigureRow) -> tuple[str, ...]:
    counted = fold_words(row.counts)
    return (row.figure.unit or "", counted, fold_words(_base(row)), fold_words(row.place)) if counted else (row.id,)


def _base(row: FigureRow) -> str:
    """The base without the number itself, which some texts print inside it ("62 percent of residents")."""
    return row.base.replace(row.text, "")


def _form_group(rows: tuple[FigureRow, ...]) -> FigureGroup:
    first = rows[0]
    what = " · ".join(part for part in (first.counts, first.place) if part)
    shown = tuple(show_figure(row) for row in rows)
    return FigureGroup(what or "what it counts is not said", bool(what), differ(rows), shown)


def differ(rows: tuple[FigureRow, ...]) -> bool:
    """Whether two articles of about the same time give values that cannot both be meant: ranges that do not meet.

    One word alone ("people") does not tell which people: without a base or a place it is no conflict.
    """
    first = rows[0]
    if len(fold_words(first.counts).split()) < 2 and not (_base(first) or first.place):
        return False
    ranges = [(row, *bounds) for row in rows if (bounds := _bounds(row))]
    return any(
        row.document != other.document and _near(row, other) and (low > other_high or other_low > high)
        for index, (row, low, high) in enumerate(ranges)
        for other, other_low, other_high in ranges[index + 1 :]
    )


def _near(row: FigureRow, other: FigureRow) -> bool:
    """Whether the days the two figures are for, or were published on, come within NEAR of each other."""
    one, two = _when(row), _when(other)
    if not (one.earliest and one.latest and two.earliest and two.latest):
        return True
    return one.earliest - two.latest <= NEAR and two.earliest - one.latest <= NEAR


def _when(row: FigureRow) -> DateRange:
    return row.figure.when if row.figure.when is not None and row.figure.when.is_known else row.published


def _bounds(row: FigureRow) -> tuple[Decimal, Decimal] | None:
    try:
        return Decimal(row.figure.low), Decimal(row.figure.high)
    except InvalidOperation:
        return None


def show_figure(row: FigureRow) -> FigureShown:
    """A figure as shown."""
    figure = row.figure
    value = grouped(figure.low) if figure.low == figure.high else f"{grouped(figure.low)}–{grouped(figure.high)}"
    return FigureShown(
        id=row.id,
        text=row.text,
        value=_about(figure.approximate) + value,
        unit=figure.unit,
        base=row.base,
        counts=row.counts,
        place=row.place,
        when=describe_when(figure.when),
        claimant=show_speaker(row.claimant, None),
        outlet=show_outlet(row.outlet),
        published=describe_when(row.published),
        title=row.title,
        document=row.document,
        start=figure.span.start,
        end=figure.span.end,
        passage_href=source_href(row.document, figure.span),
        statement=row.statement,
        flags=tuple(FlagShown(FLAGS.get(flag, flag.replace("_", " ")), flag in WARNINGS) for flag in figure.flags),
        review=show_review(row.review),
    )


def grouped(number: str) -> str:
    """`3,100` for `3100`: digits as they were understood, thousands apart."""
    whole, point, rest = number.partition(".")
    return (f"{int(whole):,}" if whole.isdigit() else whole) + point + rest


def _about(word: str | None) -> str:
    """How near the value is: a word and a space, or a sign alone."""
    return f"{word} " if word and word[-1].isalpha() else word or ""


FIGURE_COLUMNS = (
    "id", "text", "value", "unit", "of", "counts", "place", "from", "to", "claimed_by", "outlet", "document", "start",
    "end", "conflict", "notes", "review",
)  # fmt: skip


def _figure_row(figure: FigureShown, conflict: bool) -> Row:
    return (
        figure.id,
        figure.text,
        figure.value,
        figure.unit,
        figure.base,
        figure.counts,
        figure.place,
        figure.when.earliest,
        figure.when.latest,
        figure.claimant.name,
        figure.outlet.name,
        figure.document,
        figure.start,
        figure.end,
        "yes" if conflict else "no",
        "; ".join(flag.words for flag in figure.flags),
        figure.review.review,
    )


def _rows(page: FiguresPage) -> list[Row]:
    return [_figure_row(figure, group.conflict) for group in page.groups for figure in group.figures]


FIGURES = Sheet(
    "figures", "/figures", "figures.html", FiguresPage, figures_page, FIGURE_COLUMNS, _rows, "figures",
    "Figures, who claims them and who carries them",
)  # fmt: skip
