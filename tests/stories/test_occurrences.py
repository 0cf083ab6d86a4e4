"""The same event across outlets, on hand-made rows."""

from datetime import date

import pytest

from onrecord.records.documents import Basis, DateRange, Outlet
from onrecord.records.findings import Event, EventRealis
from onrecord.records.rows import EventRow, Moment
from onrecord.records.spans import Span
from onrecord.stories.occurrences import explain_again, explain_same, join_events, join_moments

MAY_4 = DateRange(date(2024, 5, 4), date(2024, 5, 4), Basis.TEXT)
MAY_9 = DateRange(date(2024, 5, 9), date(2024, 5, 9), Basis.TEXT)
SPRING = DateRange(date(2024, 3, 1), date(2024, 5, 31), Basis.INFERRED)
ASSERTED = EventRealis.ASSERTED


def row(
    document: str,
    kind: str = "seizure",
    who: str = "Orlia",
    whom: str = "",
    where: str = "Sarn",
    when: DateRange | None = MAY_4,
    realis: EventRealis = ASSERTED,
) -> EventRow:
    event = Event("e1", (), Span(0, 1), kind, (), (), (), when, realis, None, None, 0.8, "made")
    parties = [tuple(filter(None, names.split("; "))) for names in (who, whom)]
    return EventRow(
        f"id {document}", document, event, "seized", parties[0], parties[1], (), (), where, None, None,
        Outlet(f"Outlet {document}"), MAY_9, "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (row("b"), True),
        (row("b", who=""), True),
        (row("b", who="ORLIA"), True),
        (row("b", kind="recapture"), True),
        (row("a"), False),
        (row("b", kind="withdrawal"), False),
        (row("b", who="Vadia"), False),
        (row("b", where="Dole"), False),
        (row("b", where=""), False),
        (row("b", when=MAY_9), False),
        (row("b", when=None), False),
        (row("b", when=SPRING), False),
        (row("b", realis=EventRealis.PLANNED), False),
        (row("b", who="", where=""), False),
    ],
)
def test_an_event_is_joined_where_kind_day_parties_and_place_agree(other: EventRow, same: bool) -> None:
    assert (explain_same(row("a"), other) is not None) is same
    assert (explain_same(other, row("a")) is not None) is same


def test_who_stands_first_counts_only_where_one_acts_on_the_other() -> None:
    met = row("a", "meeting", "Orlia", "Vadia", "")
    assert explain_same(met, row("b", "talks", "Vadia", "Orlia", "")) is not None
    assert explain_same(met, row("b", "talks", "Vadia; Sund", "", "")) is None
    banned = row("a", "sanctions", "Orlia", "Vadia", "")
    assert explain_same(banned, row("b", "sanctions", "Vadia", "Orlia", "")) is None
    assert explain_same(banned, row("b", "sanctions", "Orlia", "Vadia", "")) is not None


def test_the_reason_names_what_agrees() -> None:
    assert explain_same(row("a"), row("b")) == "the same kind, on 2024-05-04; both name Orlia; both in sarn"


def test_each_row_stands_in_one_group() -> None:
    rows = [row("a"), row("b"), row("c", where="Dole"), row("d")]
    assert [[each.document for each in group] for group in join_events(rows)] == [["a", "b", "d"], ["c"]]


def test_a_timeline_shows_an_event_once_with_all_who_report_it() -> None:
    moments = [Moment("event", each.id, MAY_4, each) for each in (row("a"), row("b"), row("c", where="Dole"))]
    shown = list(join_moments(moments, lambda _: ""))
    told = [(each.id, [(one.outlet.name, one.copy, one.reason) for one in each.carriers]) for each in shown]
    why = "the same kind, on 2024-05-04; both name Orlia; both in sarn"
    assert told == [("id a", [("Outlet b", False, why)]), ("id c", [])]


@pytest.mark.parametrize(
    ("other", "again"),
    [
        (row("a", when=None), True),
        (row("a", who=""), True),
        (row("b", when=None), False),
        (row("a", kind="withdrawal", when=None), False),
        (row("a", where="Dole", when=None), False),
        (row("a", who="Vadia", when=None), False),
        (row("a", when=MAY_9), False),
        (row("a", who="", where="", when=None), False),
        (row("a", when=None, realis=EventRealis.PLANNED), False),
    ],
)
def test_an_article_tells_an_event_again_where_kind_and_place_agree_and_no_day_differs(
    other: EventRow, again: bool
) -> None:
    assert (explain_again(row("a"), other) is not None) is again


def test_what_an_article_tells_again_joins_its_event_whoever_else_reports_that() -> None:
    first, again, other = row("a"), row("a", when=None), row("b")
    assert join_events([first, other, again]) == ((first, other, again),)
