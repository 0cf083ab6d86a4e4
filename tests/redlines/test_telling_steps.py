"""Steps told in other ways than a plain report: behind "after", by a denial beside it, by words on what is covered."""

from dataclasses import replace

import pytest
from tests.redlines.redlines_made import article, entry_of, line_about, lines_of, steps_of

from onrecord.records.findings import Findings
from onrecord.records.redlines import Status
from onrecord.records.scores import Encoder
from onrecord.records.spans import Span
from onrecord.redlines.gist import Part, read_gist
from onrecord.redlines.reports import list_reports, tells_undone

DAM = article(
    '"<s who=tarn for=velland said=2031-03-04><if c=1>If anyone touches the Orle dam</if>, '
    '<then c=1>Velland will stop its grain trains to Morrow</then></s>," Tarn said.'
)
TOUCHED = "Morrovian engineers damaged the Orle dam on Monday."


def steps_with(encoder: Encoder, text: str, published: str = "2031-09-09") -> list[str]:
    """The steps of the dam's line behind its first, with one more article."""
    return steps_of(line_about("Orle dam", lines_of(encoder, DAM, article(text, published))))[1:]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The border was quiet three days after Morrovian engineers damaged the Orle dam that feeds it.", "reported"),
        ("Morrow set a date for the first works that will touch the Orle dam.", "announced"),
        ("Morrovian engineers received orders to damage the Orle dam.", "announced"),
        ("Morrovian engineers damaged the Orle dam, in what would be a first.", "reported"),
    ],
    ids=["behind after", "a date is set", "ordered", "only what stands behind it is supposed"],
)
def test_what_is_told_beside_a_sentence_is_a_step(encoder: Encoder, text: str, status: str) -> None:
    assert steps_with(encoder, text)[0] == f"condition_{status}"


@pytest.mark.parametrize(
    "text",
    [
        "Shepherds say the Orle dam was damaged in their grandfathers' time.",
        "In time <s who=hask for=morrow as=indirect>the Orle dam will be damaged when spring comes</s>, Hask said.",
        "Hask asked what would become of the Orle dam.",
    ],
    ids=["long ago", "put off to another day", "only asked"],
)
def test_what_was_long_ago_or_is_left_open_is_no_step(encoder: Encoder, text: str) -> None:
    assert steps_with(encoder, text) in ([], ["unknown"])


@pytest.mark.parametrize(
    ("denial", "disputed"),
    [
        ("Hask denied <s who=hask for=morrow act=denial cue=denied>it</s>.", True),
        ("Morrow says <s who=hask for=morrow as=indirect cue=says>that it never came near</s>.", True),
        ("Tarn denied <s who=tarn for=velland act=denial cue=denied>it</s>.", False),
        ("Hask said <s who=hask for=morrow as=indirect cue=said>that the harvest was not good</s>.", False),
    ],
    ids=["in so many words", "with a pronoun for it", "by the issuer", "of something else"],
)
def test_a_denial_beside_a_report_disputes_it(encoder: Encoder, denial: str, disputed: bool) -> None:
    steps = steps_with(encoder, f"{TOUCHED} {denial}")
    assert ("condition_disputed" in steps) is disputed


def test_what_a_line_covers_is_told_by_the_issuer_alone(encoder: Encoder) -> None:
    own = "Tarn said <s who=tarn for=velland as=indirect said=2031-04-02>repairs of the Orle dam did not count</s>."
    assert "clarified" in steps_with(encoder, own, "2031-04-03")
    assert "clarified" not in steps_with(encoder, own.replace("tarn", "hask").replace("Tarn", "Hask"), "2031-04-03")


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("Velland stopped 14 grain trains bound for Morrow on Thursday.", {"consequence_reported"}),
        ("The grain trains to Morrow were stopped on Thursday.", {"consequence_reported"}),
        ("Morrow stopped the grain trains to Velland on Thursday.", set()),
        ("Velland would stop its grain trains to Morrow soon.", set()),
        ("Not one of the grain trains to Morrow has been stopped.", {"not_enforced"}),
    ],
    ids=["by the issuer", "nobody says by whom", "by somebody else", "only announced", "not done"],
)
def test_deeds_and_what_was_not_done_are_told_in_other_words(encoder: Encoder, text: str, steps: set[str]) -> None:
    found = {step for step in steps_with(encoder, f"{TOUCHED}\n\n{text}") if step.startswith(("consequence", "not_"))}
    assert found == steps


def test_nothing_is_carried_out_before_the_condition_is_met(encoder: Encoder) -> None:
    assert "consequence_reported" not in steps_with(encoder, "The grain trains to Morrow were stopped on Thursday.")


@pytest.mark.parametrize(
    ("before", "status"),
    [
        ("On Sunday she trimmed that threat. ", "softened"),
        ("On Sunday she went further. ", "hardened"),
        ("", "reiterated"),
    ],
)
def test_a_change_that_the_text_names_is_a_step_in_reported_words(encoder: Encoder, before: str, status: str) -> None:
    later = (
        f"{before}Tarn said <s who=tarn for=velland as=indirect said=2031-04-06><then c=1>grain trains to Morrow "
        "would wait at the border</then> <if c=1>if anyone touched the Orle dam</if></s>."
    )
    assert status in steps_with(encoder, later, "2031-04-07")


def test_only_half_of_it_is_softer_in_reported_words_as_well(encoder: Encoder) -> None:
    later = (
        "Tarn said <s who=tarn for=velland as=indirect said=2031-04-06><then c=1>Velland would stop only half of its "
        "grain trains to Morrow</then> <if c=1>if anyone touched the Orle dam</if></s>."
    )
    line = line_about("Orle dam", lines_of(encoder, DAM, article(later, "2031-04-07")))
    assert steps_of(line) == ["declared", "softened"]
    assert "only half" in line.history[1].reason or "only" in line.history[1].reason


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Not one train has been stopped.", True),
        ("The trains were not stopped.", True),
        ("The trains will not be stopped.", False),
        ("The trains would not have been stopped.", False),
        ("The trains were stopped.", False),
    ],
)
def test_what_was_not_done_is_told_in_the_past(text: str, told: bool) -> None:
    assert tells_undone(text) is told


def test_a_clause_before_its_source_is_the_sources_word() -> None:
    found: Findings = article(
        "Three boats fished off Orle on Monday, Hask said "
        "<s who=hask for=morrow as=indirect cue=said>after dusk had fallen</s>."
    )
    at = found.document.text.index("Hask")
    (said,) = found.attributions
    found = replace(found, attributions=(replace(said, source=(Span(at, at + 4),)),))
    fished = next(report for report in list_reports(found) if "fished" in report.gist.text)
    assert fished.attributed
    assert fished.tellers


def test_a_denial_shows_its_own_sentence(encoder: Encoder) -> None:
    text = f"{TOUCHED} Hask denied <s who=hask for=morrow act=denial cue=denied>it</s>."
    line = line_about("Orle dam", lines_of(encoder, DAM, article(text, "2031-09-09")))
    assert entry_of(line, Status.CONDITION_DISPUTED).passage.text == "Hask denied it."


def test_a_verb_tells_the_happening_that_is_its_object(encoder: Encoder) -> None:
    vote = article(
        '"<s who=tarn for=velland said=2031-03-04><if c=1>If their parliament adopts the harbour law</if>, '
        '<then c=1>Velland will leave the talks</then></s>," Tarn said.'
    )
    lines = lines_of(encoder, vote, article("The parliament adopted the harbour law on Tuesday.", "2031-04-02"))
    assert steps_of(line_about("harbour law", lines))[:2] == ["declared", "condition_reported"]


@pytest.mark.parametrize(
    ("text", "called", "doers"),
    [
        ("The Morrovian gunboat Siskin fired at a raft", ("Siskin",), ("Morrovian",)),
        ("Siskin fired at a raft", (), ("Siskin",)),
    ],
)
def test_what_a_ship_is_called_is_no_doer(text: str, called: tuple[str, ...], doers: tuple[str, ...]) -> None:
    gist = read_gist(text)
    assert tuple(name.printed for name in gist.named(Part.CALLED)) == called
    assert tuple(name.printed for name in gist.named(Part.AGENT)) == doers


@pytest.mark.parametrize(
    ("text", "taken_back"),
    [
        ("<s who=tarn for=velland said=2031-06-02>The Orle dam was fixed. We take it back</s>, Tarn said.", True),
        ("<s who=hask for=morrow said=2031-06-02>The Orle dam was fixed. We take it back</s>, Hask said.", False),
        ("<s who=tarn for=velland said=2031-06-02>The hat was too small. We take it back</s>, Tarn said.", False),
    ],
    ids=["by the issuer", "by another", "another thing"],
)
def test_what_only_points_at_the_line_takes_it_back_in_its_own_paragraph(
    encoder: Encoder, text: str, taken_back: bool
) -> None:
    assert ("withdrawn" in steps_with(encoder, text, "2031-06-03")) is taken_back
