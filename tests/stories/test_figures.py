"""Conflicts between figures: hand-made figures on texts of our own."""

import re
from dataclasses import replace
from datetime import date

import pytest

from onrecord.records.actors import Actor, ActorType, LinkBasis, Mention, MentionKind
from onrecord.records.documents import DateRange, Document, Outlet, hash_text
from onrecord.records.findings import Act, Attribution, Directness, Event, EventRealis, Figure, Findings, Speaker
from onrecord.records.spans import Span
from onrecord.stories.figures import FigureConflict, find_figure_conflicts


def told(
    text: str,
    value: str,
    *,
    unit: str | None = "percent",
    outlet: str = "Gazette",
    approximate: str | None = None,
    when: date | None = None,
    key: str | None = None,
) -> Findings:
    """One figure on a text that marks its [base], {counts} and <place>."""
    plain = re.sub(r"[\[\]{}<>]", "", text)
    spans = {sign: _marked(text, plain, sign) for sign in "[{<"}
    low, _, high = value.partition("..")
    figure = Figure(
        "f1",
        Span(0, 1),
        low,
        high or low,
        approximate,
        unit,
        spans["["],
        spans["{"],
        spans["<"],
        DateRange(when, when) if when else None,
        "s1",
        0.9,
        "by hand",
    )
    speaker = Speaker(None, "the clerks", LinkBasis.NONE)
    said = Attribution("s1", (), (), (Span(0, 1),), Directness.INDIRECT, speaker, Act.OTHER, None, None, 1.0, "by hand")
    place = (Mention("m1", spans["<"][0], ActorType.PLACE, MentionKind.NAME, "a1", 1.0, "by hand"),) if key else ()
    actors = (Actor("a1", "Orlov", ActorType.PLACE, key),) if key else ()
    document = Document(hash_text(plain + outlet), "", "", plain, outlet=Outlet(outlet))
    return Findings(document, mentions=place, actors=actors, attributions=(said,), figures=(figure,))


def _marked(text: str, plain: str, sign: str) -> tuple[Span, ...]:
    found = re.search(rf"\{sign}([^\]}}>]+)[\]}}>]", text)
    words = re.sub(r"[\[\]{}<>]", "", found.group(1)) if found else ""
    return (Span(plain.index(words), plain.index(words) + len(words)),) if words else ()


def conflicts(*coverage: Findings) -> tuple[FigureConflict, ...]:
    return find_figure_conflicts(coverage)


DAY = date(2024, 5, 4)


def on_a_day(text: str, value: str, kind: str, *, outlet: str = "Gazette", key: str = "orlov") -> Findings:
    """A figure of people on one day beside an event of that kind and a place; the text marks {what is counted}."""
    findings = told(text, value, unit="people", outlet=outlet, when=DAY)
    plain = findings.document.text
    at = plain.index("Orlov")
    place = Mention("m1", Span(at, at + 5), ActorType.PLACE, MentionKind.NAME, "a1", 1.0, "by hand")
    where = Span(len(plain) - 2, len(plain) - 1)
    event = Event("e1", (where,), where, kind, (), (), (), None, EventRealis.ASSERTED, None, None, 0.5, "by hand")
    actors = (Actor("a1", "Orlov", ActorType.PLACE, key),)
    return replace(findings, mentions=(place,), actors=actors, events=(event,))


def test_two_counts_of_one_days_event_disagree_though_no_place_is_printed_beside_them() -> None:
    one = on_a_day("Guards at Orlov held 37 {herders}.", "37", "arrest")
    (found,) = conflicts(one, on_a_day("Some 21 {herders} were taken in Orlov.", "21", "arrest", outlet="Herald"))
    assert (found.one.low, found.other.low) == ("37", "21")
    assert found.reason == "both tell of herder, of the same day, kind of event (arrest) and name (orlov)"
    assert conflicts(one, on_a_day("Some 21 {herders} died in Orlov.", "21", "death", outlet="Herald")) == ()
    assert conflicts(one, on_a_day("Orlov lost 21 {herders}.", "21", "arrest", outlet="Herald", key="marn")) == ()


YES = "98 percent of [voters] in <Orlov> {backed the union}"


def test_two_values_for_the_same_thing_are_shown_with_both() -> None:
    (found,) = conflicts(told(YES, "98.42"), told("Some 87 percent in <Orlov> {backed a union}", "87", outlet="Herald"))
    assert (found.one.low, found.other.low) == ("98.42", "87")
    assert (found.one.outlet.name, found.other.outlet.name) == ("Gazette", "Herald")
    assert found.place == "orlov"
    assert found.one.claimant == "the clerks"
    assert found.reasons == ()
    assert "orlov" in found.reason


AGREE = (
    ("the same value", told(YES, "98"), told(YES, "98", outlet="B")),
    ("an inexact value near the other", told(YES, "93"), told(YES, "92.5", approximate="around", outlet="B")),
    ("a kept bound", told(YES, "60"), told(YES, "50", approximate="more than", outlet="B")),
    ("a kept upper bound", told(YES, "60", approximate="up to"), told(YES, "50", outlet="B")),
    ("overlapping ranges", told(YES, "10..15"), told(YES, "14..20", outlet="B")),
    ("another place", told(YES, "98"), told("87 percent in <Marn> {backed the union}", "87", outlet="B")),
    ("another thing", told(YES, "98"), told("67 percent in <Orlov> {stayed away}", "67", outlet="B")),
    ("another unit", told(YES, "98"), told("300 in <Orlov> {backed the union}", "300", unit="people", outlet="B")),
    ("the same document", told(YES, "98"), told(YES, "97")),
    ("an open number", told(YES, "98"), told(YES, "", outlet="B")),
    (
        "two things without a place",
        told("40 {ships left}", "40", unit="ships"),
        told("50 {ships sank}", "50", unit="ships", outlet="B"),
    ),
)


@pytest.mark.parametrize(("why", "one", "other"), AGREE, ids=[row[0] for row in AGREE])
def test_no_conflict_between_figures_with(why: str, one: Findings, other: Findings) -> None:
    assert conflicts(one, other) == ()


def test_a_rounded_value_is_called_rounded() -> None:
    (found,) = conflicts(told(YES, "98.42"), told(YES, "98", outlet="B"))
    assert found.reasons == ("rounding",)


def test_thousands_are_rounded_too() -> None:
    one = told("1312 {grain ships} at <Orlov>", "1312", unit="ships")
    (found,) = conflicts(one, told("1300 {grain ships} at <Orlov>", "1300", unit="ships", outlet="B"))
    assert found.reasons == ("rounding",)


def test_another_base_and_another_day_are_named() -> None:
    one = told(YES, "98", when=date(2022, 9, 27))
    other = told("87 percent of [residents] in <Orlov> {backed the union}", "87", outlet="B", when=date(2022, 9, 25))
    (found,) = conflicts(one, other)
    assert found.reasons == ("other_base", "other_day")


def test_a_unit_that_one_side_left_out_is_named() -> None:
    (found,) = conflicts(told(YES, "99.23", unit=None), told(YES, "87", outlet="B"))
    assert found.reasons == ("unit_missing",)


def test_spellings_of_a_linked_place_are_one_place() -> None:
    one = told(YES, "98", key="place:orlov")
    other = told("87 percent in <Orloff> {backed the union}", "87", outlet="B", key="place:orlov")
    assert len(conflicts(one, other)) == 1


def test_without_a_place_most_words_must_be_shared() -> None:
    one = told("40 {grain ships} left", "40", unit="ships")
    (found,) = conflicts(one, told("50 {grain ships} left", "50", unit="ships", outlet="B"))
    assert found.thing == ("grain", "ships")


def test_conflicts_come_in_the_order_of_the_coverage() -> None:
    three = [told(YES, value, outlet=value) for value in ("98", "87", "60")]
    assert [(each.one.low, each.other.low) for each in conflicts(*three)] == [("98", "87"), ("98", "60"), ("87", "60")]
