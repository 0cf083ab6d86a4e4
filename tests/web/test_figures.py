"""Which figures are taken to be for the same thing, and when two values for it are called a conflict."""

from dataclasses import replace
from datetime import date

import pytest

from onrecord.records.documents import Basis, DateRange, Outlet
from onrecord.records.findings import Figure
from onrecord.records.rows import FigureRow
from onrecord.records.spans import Span
from onrecord.web.pages.figures import group_figures, grouped, show_figure

DAY = DateRange(date(2024, 5, 18), date(2024, 5, 18), Basis.GIVEN)


def row(value: str, counts: str = "soldiers landed", document: str = "a", **changed: object) -> FigureRow:
    low, _, high = value.partition("-")
    figure = Figure("f1", Span(0, 3), low, high or low, None, "people", (), (), (), None, None, 0.9, "made")
    made = FigureRow(
        f"{document}{value}", f"sha256:{document}", figure, value, "", counts, "", None, None, Outlet(), DAY, "A title"
    )
    return replace(made, **changed)  # type: ignore[arg-type]


LATER = DateRange(date(2024, 8, 18), date(2024, 8, 18), Basis.GIVEN)


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        (row("400"), row("700", document="b"), True),
        (row("400"), row("400", document="b"), False),
        (row("400"), row("700"), False),  # one article that gives two values says more than one thing
        (row("380-400"), row("400-900", document="b"), False),
        (row("380-400"), row("900-1100", document="b"), True),
        (row("400"), row("700", document="b", published=LATER), False),
        (row("400"), row("700", document="b", published=DateRange()), True),
        (row("400", "people"), row("700", "people", "b"), False),
        (row("400", "people", place="Vigil"), row("700", "people", "b", place="Vigil"), True),
        (row("many"), row("700", document="b"), False),
    ],
)
def test_a_conflict_is_two_articles_values_for_the_same_thing_of_one_time(
    one: FigureRow, other: FigureRow, conflict: bool
) -> None:
    (group,) = group_figures([one, other])
    assert group.conflict is conflict
    assert len(group.figures) == 2


def test_figures_that_do_not_say_what_they_count_stand_alone_and_last() -> None:
    groups = group_figures([row("5", ""), row("6", "", "b"), row("7")])
    assert [group.known for group in groups] == [True, False, False]


def test_another_unit_or_place_is_another_thing() -> None:
    assert len(group_figures([row("5"), row("5", document="b", place="Vigil")])) == 2


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
