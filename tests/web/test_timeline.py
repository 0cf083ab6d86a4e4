"""Dates become geometry: days where they fall, ranges as ranges, holes as holes, labels that touch nothing."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.records.documents import DateRange
from onrecord.web.timeline import LEAST_HOLE, LEFT, Dated, Row, Timeline, draw_timeline, find_holes, shorten, span_words


def on(*numbers: int) -> DateRange:
    return DateRange(date(*numbers), date(*numbers))


def at(when: DateRange, label: str = "said again") -> Dated:
    return Dated("s", label, "ring", when.earliest, when.latest, "/there")


def drawn(articles: list[DateRange], *lines: list[DateRange]) -> Timeline:
    rows = [Row("Somebody", "if this", "/lines/1", tuple(at(when) for when in line)) for line in lines]
    timeline = draw_timeline(Row("Articles", "", "", tuple(at(when, "") for when in articles)), rows)
    assert timeline is not None
    return timeline


def test_without_any_date_nothing_is_drawn() -> None:
    assert draw_timeline(Row("Articles", "", "", (at(DateRange()),)), []) is None


def test_a_range_is_drawn_as_a_range_and_a_day_as_a_day() -> None:
    timeline = drawn([on(2023, 3, 1)], [DateRange(date(2023, 3, 1), date(2023, 3, 31)), on(2023, 3, 16)])
    month, day = sorted(timeline.rows[1].points, key=lambda point: point.first)
    assert month.last - month.first > 100
    assert day.first == day.last == day.x


def test_an_undated_step_is_kept_beside_the_drawing() -> None:
    row = drawn([on(2023, 3, 1)], [on(2023, 3, 2), DateRange()]).rows[1]
    assert len(row.points) == len(row.undated) == 1


def test_a_long_hole_is_folded_and_said() -> None:
    timeline = drawn([on(2022, 4, 23), on(2022, 9, 20), on(2025, 3, 19)], [on(2022, 4, 23)])
    assert [(gap.words, gap.folded) for gap in timeline.gaps] == [
        (("5 months", "no article"), False),
        (("30 months", "no article"), True),
    ]
    assert [tick.text for tick in timeline.ticks][-1] == "Mar 2025"
    assert "No article between 20 Sep 2022 and 19 Mar 2025" in timeline.words


def test_a_range_that_covers_a_hole_leaves_none() -> None:
    covering = DateRange(date(2023, 1, 1), date(2023, 12, 31))
    assert find_holes([on(2023, 1, 5), covering, on(2023, 12, 20)]) == ()


def test_holes_shorter_than_two_months_are_not_holes() -> None:
    first = date(2023, 1, 1)
    assert find_holes([on(2023, 1, 1), DateRange(first + timedelta(LEAST_HOLE), first + timedelta(LEAST_HOLE))]) == ()
    assert find_holes([on(2023, 1, 1), on(2023, 3, 3)]) == ((first, date(2023, 3, 3)),)


def test_signs_of_one_day_stand_above_each_other() -> None:
    points = drawn([on(2023, 3, 1)], [on(2023, 3, 9), on(2023, 3, 9)]).rows[1].points
    assert points[0].x == points[1].x
    assert points[0].y != points[1].y


days = st.dates(date(1900, 1, 1), date(9990, 1, 1))
ranges = st.tuples(days, st.integers(0, 900)).map(
    lambda pair: DateRange(pair[0], min(pair[0] + timedelta(pair[1]), date(9998, 12, 31)))
)


@given(st.lists(ranges, min_size=1, max_size=8), st.lists(ranges, max_size=6))
def test_everything_stays_inside_and_in_order_whatever_the_dates(
    articles: list[DateRange], steps: list[DateRange]
) -> None:
    timeline = drawn(articles, steps)
    for row in timeline.rows:
        assert row.bottom <= timeline.height
        placed = sorted(row.points, key=lambda point: point.item.when.earliest or date.min)
        assert all(LEFT <= point.first <= point.x <= point.last <= timeline.width for point in row.points)
        assert [point.first for point in placed] == sorted(point.first for point in placed)
    assert timeline.ticks


@given(st.lists(ranges, min_size=2, max_size=7))
def test_labels_that_are_drawn_do_not_touch(steps: list[DateRange]) -> None:
    points = [point for point in drawn([on(2023, 3, 1)], steps).rows[1].points if point.labelled]
    width = len("said again") * 6.4
    lefts = {"start": 0.0, "middle": width / 2, "end": width}
    boxes = [(point.label_x - lefts[point.anchor], point.label_y) for point in points]
    for index, (left, top) in enumerate(boxes):
        for other_left, other_top in boxes[index + 1 :]:
            assert abs(left - other_left) >= width or abs(top - other_top) >= 13


@pytest.mark.parametrize(
    ("days", "words"), [(1, "1 day"), (9, "9 days"), (27, "27 days"), (98, "14 weeks"), (904, "30 months")]
)
def test_a_hole_is_told_in_the_unit_a_reader_would_use(days: int, words: str) -> None:
    assert span_words(days) == words


@pytest.mark.parametrize(
    ("text", "room", "short"),
    [("short", 10, "short"), ("some words here", 11, "some words…"), ("unbreakable", 5, "unbr…"), ("", 3, "")],
)
def test_long_names_are_cut_between_words(text: str, room: int, short: str) -> None:
    assert shorten(text, room, 1.0) == short


def test_months_are_drawn_as_columns_that_grow_with_what_they_hold() -> None:
    months = tuple(
        Dated(f"2023-0{month}", "", "bar", date(2023, month, 1), date(2023, month, 28), "/there", count=count)
        for month, count in ((1, 100), (2, 25), (9, 4))
    )
    timeline = draw_timeline(Row("Statements", "by month", "/statements", months), [])
    assert timeline is not None
    high, quarter, low = timeline.rows[0].points
    assert quarter.height == pytest.approx(high.height / 2)
    assert 0 < low.height < quarter.height
    assert len(timeline.gaps) == 1
