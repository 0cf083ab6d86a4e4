from dataclasses import replace
from datetime import date

import pytest
from tests.redlines.redlines_made import article, entry_of, line_about, lines_of, steps_of

from onrecord.records.documents import Basis, DateRange
from onrecord.records.redlines import RollUp, Status
from onrecord.records.scores import Encoder
from onrecord.redlines.changes import find_changes
from onrecord.redlines.history import order_entries
from onrecord.redlines.lines import ids_of


def drawn(
    condition: str, consequence: str, said: str = "2031-03-04", published: str = "2031-03-05", **more: str
) -> str:
    """A sentence in which Tarn draws a line."""
    settings = " ".join(f"{name}={value}" for name, value in more.items())
    return (
        f'"<s who=tarn for=velland said={said} {settings}><if c=1>If {condition}</if>, <then '
        f'c=1>{consequence}</then></s>," '
        f"Tarn said on {published}."
    )


LINE = article(drawn("anyone touches the Orle dam", "Velland will leave the talks"))
TOUCHED = article("<e who=morrow when=2031-09-01>Morrovian engineers damaged the Orle dam on Monday</e>.", "2031-09-02")


def test_the_first_mention_is_declared_with_its_day_and_passage(encoder: Encoder) -> None:
    (line,) = lines_of(encoder, LINE)
    assert steps_of(line) == ["declared"]
    declared = entry_of(line, Status.DECLARED)
    assert declared.when.latest == date(2031, 3, 4)
    assert declared.passage.text.startswith("If anyone touches")
    assert not declared.inferred
    assert line.rollup is RollUp.STANDING


def test_words_that_say_again_are_not_called_a_declaration(encoder: Encoder) -> None:
    again = article(
        "Tarn reiterated that <s who=tarn for=velland as=indirect cue=reiterated><if c=1>if anyone touches "
        "the Orle dam</if> "
        "<then c=1>Velland would leave the talks</then></s>."
    )
    (line,) = lines_of(encoder, again)
    assert steps_of(line) == ["reiterated"]
    assert "said before" in line.history[0].reason


def test_a_second_report_of_the_same_day_is_no_second_step(encoder: Encoder) -> None:
    report = article(
        "Tarn said that <s who=tarn for=velland as=indirect said=2031-03-04><then c=1>Velland would leave "
        "the talks</then> "
        "<if c=1>if anyone touched the Orle dam</if></s>.",
        "2031-03-06",
        "Northern Wire",
    )
    (line,) = lines_of(encoder, LINE, report)
    assert steps_of(line) == ["declared"]
    assert "carried by 1 more document" in line.history[0].reason


def test_words_without_a_day_are_no_step_of_their_own(encoder: Encoder) -> None:
    undated = article(
        "Tarn says <s who=tarn for=velland as=indirect><then c=1>Velland will leave the talks</then> "
        "<if c=1>if anyone touches the Orle dam</if></s>.",
        None,
    )
    (line,) = lines_of(encoder, LINE, undated)
    assert steps_of(line) == ["declared"]
    assert len(line.mentions) == 2


SECOND_WORDS = [
    ("anyone touches the Orle dam", "Velland will leave the talks", Status.REITERATED, set()),
    ("anyone touches the Orle dam", "Velland would leave the talks", Status.SOFTENED, {"consequence"}),
    (
        "anyone touches the Orle dam",
        "Velland might consider leaving the talks for a while",
        Status.SOFTENED,
        {"consequence"},
    ),
    (
        "anyone so much as touches the Orle dam",
        "Velland will leave the talks at once",
        Status.HARDENED,
        {"condition", "consequence"},
    ),
    (
        "anyone touches the Orle dam",
        "Velland will never again talk and leave the talks",
        Status.HARDENED,
        {"consequence"},
    ),
    ("anyone touches the Orle dam or its gates", "Velland will leave the talks", Status.CLARIFIED, {"condition"}),
    ("anyone touches the Orle dam", "Velland will leave the talks with Morrow", Status.CLARIFIED, {"counterpart"}),
]


@pytest.mark.parametrize(("condition", "consequence", "status", "parts"), SECOND_WORDS)
def test_a_step_names_what_changed(
    encoder: Encoder, condition: str, consequence: str, status: Status, parts: set[str]
) -> None:
    later = article(drawn(condition, consequence, "2031-06-01", "2031-06-02"), "2031-06-02")
    (line,) = lines_of(encoder, LINE, later)
    assert steps_of(line) == ["declared", status.value]
    assert {change.part for change in line.history[1].changes} >= parts


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ("Velland will leave the talks", "there is nothing left to talk about", False),
        ("Velland will leave the talks", "the talks will be left", False),
        ("Velland will leave the talks", "its whole delegation will leave the talks", True),
    ],
)
def test_who_acts_has_changed_only_where_both_wordings_name_somebody(
    encoder: Encoder, before: str, after: str, named: bool
) -> None:
    (line,) = lines_of(encoder, LINE)
    one = replace(line.mentions[0], consequence_text=before)
    changes = find_changes(one, replace(one, consequence_text=after))
    assert ("actor" in {change.part for change in changes}) is named


def test_an_outlets_paraphrase_neither_hardens_nor_softens(encoder: Encoder) -> None:
    told = article(
        "Tarn said that <s who=tarn for=velland as=indirect said=2031-06-01><if c=1>if anyone touches the "
        "Orle dam</if> "
        "<then c=1>Velland might perhaps leave the talks</then></s>.",
        "2031-06-02",
    )
    (line,) = lines_of(encoder, LINE, told)
    assert steps_of(line) == ["declared", "reiterated"]


REPORTS = [
    ("<e who=morrow when=2031-05-01>Morrovian engineers damaged the Orle dam</e>.", "condition_reported"),
    ("<e who=morrow realis=planned>Morrow is preparing to dismantle the Orle dam</e>.", "condition_announced"),
    (
        "<s who=hask as=indirect act=denial>Hask denied that <e realis=denied>the Orle dam was damaged</e></s>.",
        "condition_disputed",
    ),
    ("<e who=morrow when=2031-05-01>Morrovian engineers tried to damage the Orle dam</e>.", "tested_below_threshold"),
    ("The Orle dam was damaged by Morrovian divers.", "condition_reported"),
]


@pytest.mark.parametrize(("text", "status"), REPORTS)
def test_reports_of_the_condition_are_steps(encoder: Encoder, text: str, status: str) -> None:
    (line,) = lines_of(encoder, LINE, article(text, "2031-05-02"))
    assert status in steps_of(line)


NO_STEPS = [
    "<e realis=possible>The Orle dam might be damaged</e>.",
    "<e realis=hypothetical>The Orle dam is touched</e> in the play.",
    "<e who=morrow when=2019-09-01>Morrovian engineers damaged the Orle dam</e> years ago.",
    "The Orle dam was damaged in 2019.",
    "<e who=velland when=2031-05-01>Velland damaged the Orle dam</e> by mistake.",
    "<e who=morrow when=2031-05-01>Morrovian engineers damaged the Norvale dam</e>.",
    "<e who=morrow negated when=2031-05-01>The Orle dam was not touched</e>.",
    "Nobody has damaged the Orle dam.",
    "If the Orle dam is damaged, fish will die.",
    "Was the Orle dam damaged?",
]


@pytest.mark.parametrize("text", NO_STEPS)
def test_what_does_not_report_the_condition_is_no_step(encoder: Encoder, text: str) -> None:
    lines = lines_of(encoder, LINE, article(text, "2031-05-02"))
    assert steps_of(line_about("dam", lines)) == ["declared"]


def test_words_after_the_condition_invoke_the_consequence(encoder: Encoder) -> None:
    words = article(
        '"<s who=tarn for=velland said=2031-09-03 act=refusal>There is nothing left to talk about with '
        'Morrow</s>," Tarn said.',
        "2031-09-04",
    )
    (line,) = lines_of(encoder, LINE, TOUCHED, words)
    assert steps_of(line) == ["declared", "condition_reported", "consequence_invoked"]
    assert line.rollup is RollUp.INVOKED_IN_WORDS


def test_the_same_words_before_the_condition_invoke_nothing(encoder: Encoder) -> None:
    words = article(
        '"<s who=tarn for=velland said=2031-05-03 act=refusal>There is nothing left to talk about with '
        'Morrow</s>," Tarn said.',
        "2031-05-04",
    )
    (line,) = lines_of(encoder, LINE, words)
    assert "consequence_invoked" not in steps_of(line)


def test_a_condition_put_as_fact_invokes_the_consequence(encoder: Encoder) -> None:
    words = article(
        '"<s who=tarn for=velland said=2031-09-03><if c=1 realis=factual>Now that the Orle dam has been touched</if> '
        '<then c=1>Velland leaves the talks</then></s>," Tarn said.',
        "2031-09-04",
    )
    (line,) = lines_of(encoder, LINE, words)
    assert steps_of(line) == ["declared", "consequence_invoked"]


def test_a_deed_is_a_step_only_after_the_condition_and_only_of_the_issuer(encoder: Encoder) -> None:
    left = "<e who={} when=2031-09-10>{} left the talks on Wednesday</e>."
    ours = article(left.format("velland", "Velland"), "2031-09-11")
    theirs = article(left.format("morrow", "Morrow"), "2031-09-11")
    assert steps_of(lines_of(encoder, LINE, TOUCHED, ours)[0])[-1] == "consequence_reported"
    assert "consequence_reported" not in steps_of(lines_of(encoder, LINE, ours)[0])
    assert "consequence_reported" not in steps_of(lines_of(encoder, LINE, TOUCHED, theirs)[0])


def test_what_was_carried_out_stays_so_when_the_condition_is_told_again(encoder: Encoder) -> None:
    left = article("<e who=velland when=2031-09-10>Velland left the talks on Wednesday</e>.", "2031-09-11")
    again = article("<e who=morrow>Morrovian engineers have damaged the Orle dam</e>, divers say.", "2031-09-30")
    later = article("It rained in Orle.", "2032-03-01")
    (line,) = lines_of(encoder, LINE, TOUCHED, left, again, later)
    assert steps_of(line)[-2:] == ["consequence_reported", "condition_reported"]
    assert line.rollup is RollUp.CARRIED_OUT


def test_a_later_report_without_a_day_may_tell_of_the_day_on_which_the_condition_was_met(encoder: Encoder) -> None:
    again = article("<e who=morrow>Morrovian engineers have damaged the Orle dam</e>, divers say.", "2031-09-30")
    (line,) = lines_of(encoder, LINE, TOUCHED, again)
    first, second = (entry for entry in line.history if entry.status is Status.CONDITION_REPORTED)
    assert first.when.is_day
    assert (second.when.earliest, second.when.latest) == (date(2031, 9, 1), date(2031, 9, 30))
    alone = entry_of(lines_of(encoder, LINE, again)[0], Status.CONDITION_REPORTED)
    assert alone.when.earliest == date(2031, 9, 23)


def test_a_deed_on_somebodys_word_is_no_step(encoder: Encoder) -> None:
    claimed = article(
        "Hask claimed that <s who=hask for=morrow as=indirect act=other><e who=velland "
        "when=2031-09-10>Velland left the "
        "talks</e></s>.",
        "2031-09-11",
    )
    (line,) = lines_of(encoder, LINE, TOUCHED, claimed)
    assert "consequence_reported" not in steps_of(line)
    assert line.rollup is RollUp.TESTED


def test_what_was_not_done_is_inferred_and_says_so(encoder: Encoder) -> None:
    idle = article("Velland did not leave the talks over the Orle dam and took no action.", "2031-10-01")
    (line,) = lines_of(encoder, LINE, TOUCHED, idle)
    assert entry_of(line, Status.NOT_ENFORCED).inferred
    assert line.rollup is RollUp.NOT_ENFORCED


def test_a_line_taken_back_is_withdrawn_and_said_again_it_stands(encoder: Encoder) -> None:
    back = article(
        '"<s who=tarn for=velland said=2031-05-01 act=position>The Orle dam is no longer a red line for '
        'us</s>," Tarn said.',
        "2031-05-02",
    )
    again = article(
        drawn("anyone touches the Orle dam", "Velland will leave the talks", "2031-07-01", "2031-07-02"), "2031-07-02"
    )
    assert lines_of(encoder, LINE, back)[0].rollup is RollUp.WITHDRAWN
    assert lines_of(encoder, LINE, back, again)[0].rollup is RollUp.STANDING


def test_somebody_elses_word_withdraws_nothing(encoder: Encoder) -> None:
    back = article(
        '"<s who=hask for=morrow said=2031-05-01 act=position>The Orle dam is no longer a red line for '
        'them</s>," Hask said.',
        "2031-05-02",
    )
    assert lines_of(encoder, LINE, back)[0].rollup is RollUp.STANDING


def test_a_line_put_in_anothers_place_is_its_successor(encoder: Encoder) -> None:
    new = article(
        '"<s who=tarn for=velland act=red_line said=2031-06-01>The red line is no longer the Orle dam. Our line is now '
        '<if c=1 form=nominal>a bridge at Solm</if>: <then c=1>we would leave the talks over it</then></s>," '
        "Tarn said.",
        "2031-06-02",
    )
    lines = lines_of(encoder, LINE, new)
    old, bridge = line_about("dam", lines), line_about("bridge", lines)
    assert bridge.successor_of == old.id
    assert old.rollup is RollUp.SUPERSEDED


def test_a_later_line_without_such_words_is_no_successor(encoder: Encoder) -> None:
    new = article(
        '"<s who=tarn for=velland act=red_line said=2031-06-01>The red line is <if c=1 form=nominal>a bridge '
        "at Solm</if>: "
        '<then c=1>we would leave the talks over it</then></s>," Tarn said.',
        "2031-06-02",
    )
    lines = lines_of(encoder, LINE, new)
    assert [line.successor_of for line in lines] == [None, None]


def test_an_ultimatum_whose_time_ran_out_unheard_of_lapses_as_inferred(encoder: Encoder) -> None:
    ultimatum = article(
        '"<s who=tarn for=velland said=2031-03-04 act=ultimatum deadline=2031-03-20><if c=1 form=unless '
        "neg>Unless the patrol "
        'boats leave</if>, <then c=1>our navy will tow them away</then></s>," Tarn said.'
    )
    later = article("It rained in Orle.", "2031-04-02")
    (line,) = lines_of(encoder, ultimatum, later)
    lapsed = entry_of(line, Status.LAPSED_INFERRED)
    assert lapsed.inferred
    assert (lapsed.when.basis, lapsed.when.earliest) == (Basis.INFERRED, date(2031, 3, 21))


def test_where_coverage_runs_on_in_silence_the_state_is_unknown(encoder: Encoder) -> None:
    (line,) = lines_of(encoder, LINE, article("It rained in Orle.", "2031-12-24"))
    assert steps_of(line) == ["declared", "unknown"]
    assert line.history[1].inferred
    assert line.rollup is RollUp.UNKNOWN


def test_a_stretch_without_any_document_is_a_hole(encoder: Encoder) -> None:
    (line,) = lines_of(encoder, LINE, article("It rained in Orle.", "2031-12-24"))
    (hole,) = line.holes
    assert (hole.after, hole.before, hole.days) == ("2031-03-05", "2031-12-24", 293)


def test_less_than_the_amount_asked_for_tests_the_line_below_its_threshold(encoder: Encoder) -> None:
    line = article(drawn("more than 500 Morrovian soldiers cross the river", "Velland will leave the talks"))
    few = article("<e who=morrow when=2031-05-01>About 200 Morrovian soldiers crossed the river</e>.", "2031-05-02")
    many = article("<e who=morrow when=2031-06-01>Some 3,000 Morrovian soldiers crossed the river</e>.", "2031-06-02")
    assert steps_of(lines_of(encoder, line, few, many)[0]) == [
        "declared",
        "tested_below_threshold",
        "condition_reported",
    ]


def test_what_was_done_in_part_tests_the_line_below_its_threshold(encoder: Encoder) -> None:
    line = article(drawn("Morrow takes its soldiers off the Orle island", "Velland will leave the talks"))
    told = "<e who=morrow when=2031-05-01>Morrow took 250 soldiers off the Orle island</e>"
    some, all_of_them = article(f"{told}, and about 130 remain.", "2031-05-02"), article(f"{told}.", "2031-05-02")
    assert steps_of(lines_of(encoder, line, some)[0]) == ["declared", "tested_below_threshold"]
    assert steps_of(lines_of(encoder, line, all_of_them)[0]) == ["declared", "condition_reported"]


def test_steps_are_in_order_of_time_and_name_their_line(encoder: Encoder) -> None:
    (line,) = lines_of(encoder, TOUCHED, LINE)
    assert [entry.line for entry in line.history] == [line.id, line.id]
    assert steps_of(line) == ["declared", "condition_reported"]
    assert line.id in ids_of(line)


def test_words_of_no_known_last_day_stand_behind_the_declaration(encoder: Encoder) -> None:
    (line,) = lines_of(encoder, LINE)
    (declared,) = line.history
    open_end = DateRange(date(2020, 1, 1), None, Basis.INFERRED, "no earlier than what it tells of")
    again = replace(declared, id="again", status=Status.REITERATED, when=open_end)
    assert [entry.status for entry in order_entries((again, declared))] == [Status.DECLARED, Status.REITERATED]
    assert order_entries((again, declared))[1].when == open_end


def test_another_day_without_news_of_a_line_words_none_of_its_steps_anew(encoder: Encoder) -> None:
    ultimatum = article(
        '"<s who=tarn for=velland said=2031-03-04 act=ultimatum deadline=2031-03-20><if c=1 form=unless neg>Unless '
        'the patrol boats leave</if>, <then c=1>our navy will tow them away</then></s>," Tarn said.'
    )
    for drawn_line in (LINE, ultimatum):
        days = [article(f"It rained in Orle {n} times.", day) for n, day in enumerate(("2031-07-01", "2031-08-09"))]
        assert lines_of(encoder, drawn_line, *days)[0].history == lines_of(encoder, drawn_line, days[0])[0].history
