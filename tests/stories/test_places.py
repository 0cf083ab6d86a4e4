"""How a place stands by each side, on hand-made rows."""

from datetime import date

import pytest

from onrecord.records.documents import Basis, DateRange, Outlet
from onrecord.records.findings import Event, EventRealis
from onrecord.records.rows import EventRow, Moment
from onrecord.records.spans import Span
from onrecord.stories.places import tell_place

NAMES = ("Sarn", "Sarn Bay")
ASSERTED, DENIED, IMAGINED = EventRealis.ASSERTED, EventRealis.DENIED, EventRealis.HYPOTHETICAL


def moment(
    id: str, kind: str, where: str = "Sarn", whom: str = "", realis: EventRealis = ASSERTED, document: str = "a"
) -> Moment:
    day = DateRange(date(2024, 5, 4), date(2024, 5, 4), Basis.TEXT)
    event = Event("e1", (), Span(0, 4), kind, (), (), (), day, realis, None, None, 0.8, "made")
    row = EventRow(
        id, document, event, "held", ("Orlia",), (whom,) if whom else (), (), (), where, None, None,
        Outlet(f"Outlet {document}"), day, "",
    )  # fmt: skip
    return Moment("event", id, day, row)


@pytest.mark.parametrize(
    ("told", "is_told"),
    [
        (moment("x", "control"), True),
        (moment("x", "control", "the east of SARN"), True),
        (moment("x", "control", "Dole … Sarn Bay"), True),
        (moment("x", "recognition", "", "Sarn"), True),
        (moment("x", "recognition", "", "Sarn", DENIED), True),
        (moment("x", "recognition", "", "Sarn", IMAGINED), False),
        (moment("x", "control", "Sarnia"), False),
        (moment("x", "control", ""), False),
        (moment("x", "recognition", "", "Sarnia"), False),
        (moment("x", "talks"), False),
    ],
)
def test_a_place_is_told_by_who_holds_takes_or_recognizes_it(told: Moment, is_told: bool) -> None:
    assert bool(tell_place([told], NAMES, lambda _: "")) is is_told


def test_reports_of_one_seizure_stand_once_with_who_carries_them() -> None:
    rows = [moment("x", "seizure"), moment("y", "annexation", document="b"), moment("z", "control", document="b")]
    told = tell_place(rows, NAMES, lambda _: "")
    assert [each.id for each in told] == ["x", "z"]
    assert [each.outlet.name for each in told[0].carriers] == ["Outlet b"]
