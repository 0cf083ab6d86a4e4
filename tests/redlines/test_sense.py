"""What is told in words that no list knows: carried out, met and run out, and what only looks like it."""

from dataclasses import replace
from datetime import date

import pytest
from tests.redlines.redlines_made import article, entry_of, line_about, lines_of, steps_of

from onrecord.records.documents import Basis, DateRange
from onrecord.records.findings import TimeExpression
from onrecord.records.redlines import Status
from onrecord.records.scores import Encoder
from onrecord.records.spans import Span
from onrecord.redlines.flow import goes_on, read_flow
from onrecord.redlines.gist import read_gist
from onrecord.redlines.overdue import says_overdue
from onrecord.redlines.scenes import list_scenes, tells_fact
from onrecord.redlines.sense import Sense, least_near, likely, tells_contrary

FERRY = article(
    '"<s who=tarn for=velland said=2031-03-04>'
    "<if c=1>If a single Vellish crate is opened in the harbour of Sundmark</if>, "
    '<then c=1>no Vellish ferry will sail to Sundmark in Morrow</then></s>," Tarn said.'
)
OPENED = "Morrovian customs men opened nine Vellish crates in the harbour of Sundmark on Monday."


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Six trains were held up at the frontier", -1),
        ("not one barge of sand passes upstream", -1),
        ("no lorries were running by evening", -1),
        ("the cable was switched off", -1),
        ("the ferries sailed as on any other day", 1),
        ("Morrow lifts the ban on apples", 1),
        ("the minister bought a hat", 0),
    ],
)
def test_a_text_tells_what_comes_to_a_stand_and_what_goes_on(text: str, way: int) -> None:
    assert read_flow(text) == way


@pytest.mark.parametrize(
    ("told", "least"),
    [
        ("the minister bought a hat", 0.45),
        ("six trains were held up at the frontier", 0.35),
        ("the minister never bought a hat", 0.40),
        ("no lorries were running by evening", 0.30),
    ],
)
def test_nothing_comes_of_what_is_less_near_than_a_told_text_needs(told: str, least: float) -> None:
    assert least_near(told) == least
    wanted = read_gist("the ferries and trains are stopped")
    for flow in {0, abs(read_flow(told)), -abs(read_flow(told))}:
        if flow <= 0 or read_flow(told) < 0:  # that both go on is not counted
            sense = Sense(near=least - 0.01, words=1.0, things=2, happening=1.0, flow=flow, placed=True)
            assert likely(sense) == 0
            assert not tells_contrary(read_gist(told), wanted, sense)


def test_what_goes_on_as_it_did_is_told_apart_from_what_begins_again() -> None:
    assert goes_on("Vellish oil was still flowing on Friday")
    assert not goes_on("Vellish oil was flowing again on Friday")
    assert not goes_on("Vellish oil is still shut off")


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("By noon no trams were running in the lower town", True),
        ("Clerks turned the lorries round at the bridge", True),
        ("Had they turned the lorries round, nobody would know", False),
        ("The lorries would be turned round", False),
        ("The lorries are to be turned round from midnight", False),
        ("He threatened that they closed the bridge", False),
        ("They closed the bridge on 3 May", True),
        ("They may have closed the bridge", False),
        ("The town has its own quarrel with the lorries", False),
    ],
)
def test_only_what_happened_or_lasts_is_told_as_fact(text: str, fact: bool) -> None:
    assert tells_fact(text) is fact


def test_a_sentence_is_a_scene_as_a_whole_and_by_its_clauses() -> None:
    found = list_scenes(article("The quay was empty after clerks sent the ferry back. Who paid for it?"))
    assert {scene.gist.text for scene in found} == {
        "The quay was empty after clerks sent the ferry back.",
        "The quay was empty",
        "clerks sent the ferry back.",
    }


@pytest.mark.parametrize(
    "text",
    [
        "By evening no Vellish ferries were sailing to Sundmark.",
        "No Vellish ferry has sailed to Sundmark since Tuesday.",
    ],
)
def test_a_deed_told_in_other_words_carries_it_out(encoder: Encoder, text: str) -> None:
    line = line_about("crate", lines_of(encoder, FERRY, article(f"{OPENED} {text}", "2031-05-08")))
    assert "consequence_reported" in steps_of(line)
    assert entry_of(line, Status.CONSEQUENCE_REPORTED).rule in ("deed", "deed by sense")


@pytest.mark.parametrize(
    "text",
    [
        "The Vellish ferries were sailing to Sundmark on Tuesday.",
        "Morrow stopped its own ferries to Sundmark on Tuesday.",
        "No Vellish ferry would sail to Sundmark before June.",
        "Hask said <s who=hask for=morrow as=indirect>no Vellish ferries were sailing to Sundmark</s>.",
        "Tarn said <s who=tarn for=velland as=indirect>no Vellish ferries were sailing to Sundmark</s>.",
        "No Vellish bishop was sailing on the lake.",
    ],
    ids=["they sail", "another's", "foretold", "a party says so", "the issuer says so", "another thing"],
)
def test_what_only_looks_like_the_deed_does_not_carry_it_out(encoder: Encoder, text: str) -> None:
    line = line_about("crate", lines_of(encoder, FERRY, article(f"{OPENED} {text}", "2031-05-08")))
    assert "consequence_reported" not in steps_of(line)


def test_a_deed_before_the_condition_was_met_carries_nothing_out(encoder: Encoder) -> None:
    early = article("By evening no Vellish ferries were sailing to Sundmark.", "2031-04-08")
    assert "consequence_reported" not in steps_of(line_about("crate", lines_of(encoder, FERRY, early)))


@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("The deadline for the payment had passed", True),
        ("Tarn's ultimatum ran out at noon", True),
        ("Morrow let the deadline slip", True),
        ("The deadline is Friday", False),
        ("If the deadline passed, he would act", False),
    ],
)
def test_words_tell_that_a_time_ran_out(text: str, over: bool) -> None:
    assert says_overdue(text) is over


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The Vellish ferry to Sundmark in Morrow sailed on Tuesday as on any other day.", True),
        ("Not a single Vellish ferry to Sundmark was held up.", True),
        ("The Vellish ferry to Sundmark in Morrow sails again.", False),
        ("The Morrovian tram to the hills ran as on any other day.", False),
    ],
    ids=["it goes on", "none is held up", "it sails again", "another thing"],
)
def test_what_goes_on_as_it_did_was_not_carried_out(encoder: Encoder, text: str, told: bool) -> None:
    line = line_about("crate", lines_of(encoder, FERRY, article(f"{OPENED} {text}", "2031-05-08")))
    assert ("not_enforced" in steps_of(line)) is told
    assert told is any(entry.inferred for entry in line.history if entry.status is Status.NOT_ENFORCED)


def test_the_issuer_s_own_deed_needs_no_report_of_the_condition(encoder: Encoder) -> None:
    deed = article("Velland let no Vellish ferry sail to Sundmark in Morrow.", "2031-04-08")
    other = article("Morrow let no Vellish ferry sail to Sundmark in Morrow.", "2031-04-08")
    assert "consequence_reported" in steps_of(line_about("crate", lines_of(encoder, FERRY, deed)))
    assert "consequence_reported" not in steps_of(line_about("crate", lines_of(encoder, FERRY, other)))


def test_a_sentence_is_dated_by_the_one_day_it_names() -> None:
    found = article("Clerks sent the ferry back on 3 May.", "2031-05-08")
    start = found.document.text.index("3 May")
    day = date(2031, 5, 3)
    when = DateRange(day, day, Basis.TEXT, "printed")
    time = TimeExpression("t1", Span(start, start + 5), "DATE", "2031-05-03", when, None, 1.0, "test")
    (scene,) = list_scenes(replace(found, times=(time,)))
    assert (scene.when.earliest, scene.dated) == (day, True)
    (undated,) = list_scenes(found)
    assert not undated.dated
