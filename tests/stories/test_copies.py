"""What several documents carry as copies of one text counts once, on hand-made rows."""

from datetime import date

from onrecord.records.documents import Basis, DateRange, Outlet
from onrecord.records.findings import Event, EventRealis, Figure
from onrecord.records.redlines import Passage
from onrecord.records.rows import EventRow, FigureRow
from onrecord.records.spans import Span
from onrecord.stories.copies import Copies, join_copies
from onrecord.stories.disagreements import tell_conflicts
from onrecord.stories.figures import FigureConflict, FigureSide

WIRE = (
    "SARN, 4 May (Norda) - The harbour office said on Saturday that 14 dockers had been hurt when a crane fell into "
    "the old basin. Inspectors closed the quay for a week and called the owner in. Nobody has been charged so far, "
    "and the union wants every crane of that make taken out of service before the season opens in June."
)
OWN = (
    "Fourteen families in Sarn wait for news. The harbour office said that 14 dockers had been hurt, and that it would "
    "publish a report of its own within ten days; relatives stood in the rain outside the clinic all night."
)
TEXTS = {
    "wire": WIRE,
    "herald": "Crane falls in Sarn\n\nBy our staff\n\n" + WIRE + "\n\nRead more on page 4.",
    "mirror": "Accident at the docks\n\n" + WIRE.replace("14 dockers", "41 dockers"),
    "star": WIRE.split(" Inspectors")[0] + " Inspectors closed the quay for a week and called the owner in.",
    "own": OWN,
}
NAMES = {"wire": "Norda", "herald": "Herald", "mirror": "Mirror", "star": "Star", "own": "Voice"}
DAYS = {"wire": 5, "herald": 4, "mirror": 4, "star": 5, "own": 5}


def published(document: str) -> DateRange:
    day = date(2024, 5, DAYS[document])
    return DateRange(day, day, Basis.GIVEN)


def figure(document: str, printed: str) -> FigureRow:
    start = TEXTS[document].index(f"{printed} dockers")
    span = Span(start, start + len(printed))
    found = Figure("f1", span, printed, printed, None, None, (), (), (), None, None, 0.9, "made")
    return FigureRow(
        f"figure {document}", document, found, printed, "", "", "", None, None, Outlet(NAMES[document]),
        published(document), "",
    )  # fmt: skip


def event(document: str) -> EventRow:
    start = TEXTS[document].index("been hurt") + 5
    span = Span(start, start + 4)
    found = Event("e1", (span,), span, "injury", (), (), (), None, EventRealis.ASSERTED, None, None, 0.9, "made")
    return EventRow(
        f"event {document}", document, found, "hurt", (), (), (), (), "", None, None, Outlet(NAMES[document]),
        published(document), "",
    )  # fmt: skip


def carriers(row: FigureRow | EventRow) -> tuple[str, ...]:
    return tuple(f"{each.outlet.name} {each.id}" for each in row.carriers)


def test_copies_of_one_text_count_once_under_the_agency_that_they_credit() -> None:
    rows = [figure("herald", "14"), figure("star", "14"), figure("wire", "14")]
    (joined,) = join_copies(rows, TEXTS.__getitem__)
    assert joined.id == "figure wire"
    assert carriers(joined) == ("Herald figure herald", "Star figure star")
    assert {each.reason for each in joined.carriers} == {"the same text"}


def test_a_report_of_its_own_in_the_same_words_is_no_copy() -> None:
    rows = [figure("wire", "14"), figure("own", "14")]
    assert [each.carriers for each in join_copies(rows, TEXTS.__getitem__)] == [(), ()]


def test_a_figure_that_a_copy_changed_stands_alone_and_its_event_does_not() -> None:
    figures = [figure("herald", "14"), figure("mirror", "41")]
    assert [each.carriers for each in join_copies(figures, TEXTS.__getitem__)] == [(), ()]
    (told,) = join_copies([event("herald"), event("mirror")], TEXTS.__getitem__)
    assert carriers(told) == ("Mirror event mirror",)
    assert Copies(TEXTS.__getitem__).stand_alike(figure("herald", "14"), figure("mirror", "41"))


def test_one_document_carries_what_it_says_twice_twice() -> None:
    again = figure("wire", "14")
    assert len(list(join_copies([again, again], TEXTS.__getitem__))) == 2


def test_which_copies_are_joined_does_not_hang_on_the_order() -> None:
    rows = [figure(each, "14") for each in ("herald", "star", "wire", "own")]
    one = {each.id: frozenset(carriers(each)) for each in join_copies(rows, TEXTS.__getitem__)}
    other = {each.id: frozenset(carriers(each)) for each in join_copies(rows[::-1], TEXTS.__getitem__)}
    assert one == other


def side(row: FigureRow) -> FigureSide:
    return FigureSide(
        row.document, row.figure.id, row.outlet, row.figure.low, row.figure.high, None, None, None, None,
        Passage(row.document, (row.figure.span,), row.text),
    )  # fmt: skip


def test_a_conflict_with_copies_is_told_once_and_names_the_copy_that_was_changed() -> None:
    rows = [figure("wire", "14"), figure("herald", "14"), figure("star", "14"), figure("mirror", "41")]
    changed = side(rows[3])
    conflicts = [FigureConflict(("docker",), None, side(row), changed, (), 0.8, "made") for row in rows[2::-1]]
    (told,) = tell_conflicts(conflicts, rows, Copies(TEXTS.__getitem__))
    assert (told.conflict.one.document, told.conflict.other.document) == ("wire", "mirror")
    assert carriers(told.one) == ("Herald figure herald", "Star figure star")
    assert told.conflict.reasons == ("changed_copy",)


def test_a_conflict_of_which_a_side_is_not_among_the_rows_is_left_out() -> None:
    one, other = figure("wire", "14"), figure("mirror", "41")
    conflict = FigureConflict(("docker",), None, side(one), side(other), (), 0.8, "made")
    assert tell_conflicts([conflict], [one], Copies(TEXTS.__getitem__)) == ()
