"""Whose line it is, and what is no line of its own: outlets, pronouns, parts of another line, forecasts, refusals."""

from dataclasses import replace

from tests.redlines.redlines_made import article, entry_of, line_about, lines_of, steps_of

from onrecord.records.actors import ActorType
from onrecord.records.findings import Findings
from onrecord.records.redlines import Status
from onrecord.records.scores import Encoder
from onrecord.records.spans import Span

QUOTED = article(
    '"<s who=tarn said=2031-03-04><if c=1>If anyone touches the Orle dam</if>, <then c=1>we will close the '
    'strait</then></s>," the paper writes.'
)


def as_outlet(findings: Findings) -> Findings:
    actors = tuple(replace(each, type=ActorType.OUTLET) if each.id == "tarn" else each for each in findings.actors)
    return replace(findings, actors=actors)


def test_an_outlet_draws_no_line(encoder: Encoder) -> None:
    assert len(lines_of(encoder, QUOTED)) == 1
    assert lines_of(encoder, as_outlet(QUOTED)) == ()


def test_a_pronoun_is_no_name(encoder: Encoder) -> None:
    said = article(
        '"<s name=she said=2031-03-04><if c=1>If anyone touches the Orle dam</if>, <then c=1>we will close the '
        'strait</then></s>," she said.'
    )
    (line,) = lines_of(encoder, said)
    assert (line.issuer, line.issuer_name) == (None, "speaker not linked (“she”)")


def test_what_only_says_more_of_a_consequence_is_no_line_of_its_own(encoder: Encoder) -> None:
    said = article(
        '"<s who=tarn for=velland said=2031-03-04><if c=1>Any search of a Vellish boat</if> would mean <then c=1>war, '
        'and <if c=2>the crews that try it</if> <then c=2>will be legitimate targets</then></then></s>," Tarn said.'
    )
    (line,) = lines_of(encoder, said)
    assert line.condition == "Any search of a Vellish boat"


def with_cue(findings: Findings, cue: str) -> Findings:
    start = findings.document.text.index(cue)
    conditions = (replace(each, cue=(Span(start, start + len(cue)),)) for each in findings.conditions)
    return replace(findings, conditions=tuple(conditions))


def test_a_refusal_to_recognise_is_not_met_by_what_is_not_recognised(encoder: Encoder) -> None:
    refused = article(
        "Tarn said that <s who=tarn for=velland as=indirect act=refusal said=2031-03-04>Velland will never recognise "
        "<if c=1 form=nominal>a referendum in the harbour towns</if></s>."
    )
    held = article("<e who=morrow when=2031-03-20>The referendum in the harbour towns was held</e>.", "2031-03-21")
    (line,) = lines_of(encoder, with_cue(refused, "will never recognise"), held)
    assert line.consequence == "will never recognise"
    assert steps_of(line) == ["declared"]


def test_a_consequence_told_by_the_month_stands_behind_the_condition_that_was_met_in_it(encoder: Encoder) -> None:
    drawn = article(
        '"<s who=tarn for=velland said=2031-03-04><if c=1>If anyone touches the Orle dam</if>, <then c=1>Velland will '
        'close the strait</then></s>," Tarn said.'
    )
    met = article("<e who=morrow when=2031-05-17>Morrovian engineers blew a hole in the Orle dam</e>.", "2031-05-18")
    done = article("<e who=velland when=2031-05-01..2031-05-31>Velland closed the strait in May</e>.", "2031-06-10")
    line = line_about("dam", lines_of(encoder, drawn, met, done))
    assert steps_of(line) == ["declared", "condition_reported", "consequence_reported"]
    assert str(entry_of(line, Status.CONSEQUENCE_REPORTED).when.earliest) == "2031-05-01"
