"""Which figures stand together: those in conflict, then those for the same thing, then those that do not say what."""

from dataclasses import replace
from datetime import date

import pytest

from onrecord.records.documents import Basis, DateRange, Outlet
from onrecord.records.findings import Figure
from onrecord.records.redlines import Passage
from onrecord.records.rows import FigureRow
from onrecord.records.spans import Span
from onrecord.stories.figures import FigureConflict, FigureSide
from onrecord.web.pages.figures import group_figures, grouped, show_figure

DAY = DateRange(date(2024, 5, 18), date(2024, 5, 18), Basis.GIVEN)


def row(value: str, counts: str = "soldiers landed", document: str = "a", place: str = "") -> FigureRow:
    figure = Figure("f" + value, Span(0, 3), value, value, None, "people", (), (), (), None, None, 0.9, "made")
    return FigureRow(
        f"{document}{value}",
        f"sha256:{document}",
        figure,
        value,
        "",
        counts,
        place,
        None,
        None,
        Outlet(),
        DAY,
        "A title",
    )


def conflict(one: FigureRow, other: FigureRow, *reasons: str) -> FigureConflict:
    return FigureConflict(("soldie",), None, side(one), side(other), reasons, 0.7, "")


def side(of: FigureRow) -> FigureSide:
    figure = of.figure
    passage = Passage(of.document, (figure.span,), of.text)
    return FigureSide(
        of.document, figure.id, of.outlet, figure.low, figure.high, None, figure.unit, None, None, passage
    )


def test_figures_that_hang_together_by_conflicts_are_one_group_with_its_reasons() -> None:
    one, two, three, other = row("400"), row("700", "men", "b"), row("1200", "troops", "c"), row("5", "boats")
    first, second = group_figures([one, other, two, three], [conflict(one, two, "rounding"), conflict(two, three)])
    assert [figure.id for figure in first.figures] == [one.id, two.id, three.id]
    assert first.what == "soldiers landed / men / troops"
    assert first.conflict
    assert first.reasons == ("one may be the other, rounded",)
    assert not second.conflict


def test_a_conflict_with_a_figure_that_is_not_shown_is_no_conflict_here() -> None:
    (group,) = group_figures([row("400")], [conflict(row("400"), row("700", document="b"))])
    assert not group.conflict


def test_the_same_thing_stands_together_and_another_place_is_another_thing() -> None:
    rows = [row("5"), row("5", document="b"), row("5", document="c", place="Vigil")]
    assert [len(group.figures) for group in group_figures(rows)] == [2, 1]


def test_figures_that_do_not_say_what_they_count_stand_alone_and_last() -> None:
    groups = group_figures([row("5", ""), row("6", "", "b"), row("7")])
    assert [(group.known, group.what) for group in groups] == [
        (True, "soldiers landed"),
        (False, "what it counts is not said"),
        (False, "what it counts is not said"),
    ]


@pytest.mark.parametrize(
    ("number", "shown"),
    [("3100", "3,100"), ("87.05", "87.05"), ("1234567.5", "1,234,567.5"), ("99", "99"), ("many", "many")],
)
def test_thousands_stand_apart(number: str, shown: str) -> None:
    assert grouped(number) == shown


@pytest.mark.parametrize(("about", "shown"), [("some", "some 400"), ("≈", "≈400"), (">", ">400"), (None, "400")])
def test_how_near_a_value_is_stands_before_it(about: str | None, shown: str) -> None:
    made = row("400")
    assert show_figure(replace(made, figure=replace(made.figure, approximate=about))).value == shown
