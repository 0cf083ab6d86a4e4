"""Figures, those for the same thing side by side: who claims each, who carries it, and where values differ."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Query

from onrecord.export.tables import count_outlets
from onrecord.ledger.contract import View
from onrecord.ledger.folding import fold_words
from onrecord.lexicon.days import When, describe_when
from onrecord.records.rows import FigureRow
from onrecord.stories.copies import Copies
from onrecord.stories.disagreements import CHANGED_COPY, tell_conflicts
from onrecord.stories.figures import FigureConflict, FigureSide, find_figure_conflicts
from onrecord.web.asking import ROWS, Wanted
from onrecord.web.render import Row
from onrecord.web.sheets import Sheet
from onrecord.web.shown import (
    CarrierShown,
    OutletShown,
    ReviewShown,
    WhoShown,
    list_carriers,
    show_carriers,
    show_outlet,
    show_review,
    show_speaker,
    source_href,
)

COMPARED = 200  # figures are compared within a page, so a page of them is long
FLAGS = {
    "missing_unit": "no unit in the source",
    "base_differs": "base differs from its neighbours",
    "base_inferred": "base worked out, not printed beside it",
    "claimant_inferred": "claimant worked out",
    "claimant_not_linked": "somebody in the sentence counts it; not the outlet's word, and not linked",
    "value_written_out": "written in words",
    "unit_inferred": "unit worked out, not printed beside it",
    "currency_assumed": "a bare dollar read as a US dollar",
    "planned": "told as planned",
    "possible": "told as possible, wanted or feared",
    "hypothetical": "told as supposed",
    "denied": "told as not so",
}
# What a reader must know before comparing; the others only tell how the value was read.
WARNINGS = frozenset(
    {
        "missing_unit",
        "base_differs",
        "base_inferred",
        "vague",
        "claimant_not_linked",
        "planned",
        "possible",
        "hypothetical",
        "denied",
    }
)


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
    outlets: int = 1
    carriers: tuple[CarrierShown, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Figures for the same thing. known: the text says what they count.

    conflict: articles give values that cannot both hold; reasons: what the figures themselves show of why.
    """

    what: str
    known: bool
    conflict: bool
    reasons: tuple[str, ...]
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
    limit = COMPARED if wanted.limit == ROWS else wanted.limit
    found = view.figures(replace(wanted, unit=unit or None, limit=limit))
    groups = compare_figures(view, found.rows)
    return FiguresPage(groups, sum(group.conflict for group in groups), found.next)


REASONS = {
    "rounding": "one may be the other, rounded",
    "other_base": "they are shares of different things",
    "other_day": "they are for different days",
    "unit_missing": "one has no unit",
    CHANGED_COPY: "the articles are one text but for this",
}


def compare_figures(view: View, rows: Sequence[FigureRow]) -> tuple[FigureGroup, ...]:
    """The figures side by side, copies of one text as one, with the conflicts among the articles they stand in."""
    documents = dict.fromkeys(row.document for row in rows)
    copies = Copies(view.text)
    conflicts = find_figure_conflicts(tuple(view.findings(document) for document in documents))
    told = tell_conflicts(conflicts, rows, copies)
    return group_figures(tuple(copies.join(rows)), [each.conflict for each in told])


def group_figures(rows: Sequence[FigureRow], conflicts: Iterable[FigureConflict] = ()) -> tuple[FigureGroup, ...]:
    """Figures in conflict together; of the others those with the same unit and words for what they count and where.

    Conflicts come first, figures that do not say what they count last; each of those stands alone, because nothing
    tells that another one counts the same.
    """
    pairs = _pair_rows(rows, conflicts)
    component = _join_pairs(pairs)
    reasons: dict[str, dict[str, None]] = defaultdict(dict)
    for one, _, conflict in pairs:
        reasons[component[one]].update(dict.fromkeys(REASONS.get(reason, reason) for reason in conflict.reasons))
    groups: dict[tuple[str, ...], list[FigureRow]] = defaultdict(list)
    for row in rows:
        groups[(component[row.id],) if row.id in component else ("", *_same_thing(row))].append(row)
    formed = [_form_group(tuple(members), bool(key[0]), tuple(reasons[key[0]])) for key, members in groups.items()]
    return tuple(sorted(formed, key=lambda group: (not group.conflict, not group.known)))


def _pair_rows(rows: Sequence[FigureRow], conflicts: Iterable[FigureConflict]) -> list[tuple[str, str, FigureConflict]]:
    """The conflicts whose both sides are among the rows, with the ids of these rows."""
    ids = {(row.document, row.figure.id): row.id for row in rows}
    sides = ((ids.get(_key(each.one)), ids.get(_key(each.other)), each) for each in conflicts)
    return [(one, other, each) for one, other, each in sides if one is not None and other is not None]


def _key(side: FigureSide) -> tuple[str, str]:
    return side.document, side.figure


def _join_pairs(pairs: Iterable[tuple[str, str, FigureConflict]]) -> dict[str, str]:
    """For each row in a conflict, the name of the group of all that hang together with it."""
    root: dict[str, str] = {}
    for one, other, _ in pairs:
        kept, merged = root.setdefault(one, one), root.setdefault(other, other)
        root = {row: kept if at == merged else at for row, at in root.items()}
    return root


def _same_thing(row: FigureRow) -> tuple[str, ...]:
    counted = fold_words(row.counts)
    return (row.figure.unit or "", counted, fold_words(row.base), fold_words(row.place)) if counted else (row.id,)


def _form_group(rows: tuple[FigureRow, ...], conflict: bool, reasons: tuple[str, ...]) -> FigureGroup:
    told = dict.fromkeys(" · ".join(part for part in (row.counts, row.place) if part) for row in rows)
    what = " / ".join(words for words in told if words)
    shown = tuple(show_figure(row) for row in rows)
    return FigureGroup(what or "what it counts is not said", bool(what), conflict, reasons, shown)


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
        claimant=_show_claimant(row),
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
        outlets=count_outlets(row.outlet.name, row.carriers),
        carriers=show_carriers(row.carriers),
    )


def _show_claimant(row: FigureRow) -> WhoShown:
    """Who vouches for a figure; where somebody in its sentence counted it, it is not the outlet's word."""
    if row.claimant is None and "claimant_not_linked" in row.figure.flags:
        return WhoShown(None, "somebody not identified", "", inferred=False, reason="")
    return show_speaker(row.claimant, None)


def grouped(number: str) -> str:
    """`3,100` for `3100`: digits as they were understood, thousands apart."""
    whole, point, rest = number.partition(".")
    return (f"{int(whole):,}" if whole.isdigit() else whole) + point + rest


def _about(word: str | None) -> str:
    """How near the value is: a word and a space, or a sign alone."""
    return f"{word} " if word and word[-1].isalpha() else word or ""


FIGURE_COLUMNS = (
    "id", "text", "value", "unit", "of", "counts", "place", "from", "to", "claimed_by", "outlet", "outlets",
    "carriers", "document", "start", "end", "conflict", "notes", "review",
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
        figure.outlets,
        list_carriers(figure.carriers),
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
