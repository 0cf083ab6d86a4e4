"""The loader of whole stories and the scoring of a result made up by hand."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from evaluation.coverage import Answer, Worded, choose_stories, score
from evaluation.labelled import Place, Story, read_stories, read_story

from onrecord.records.documents import Basis, DateRange, Outlet
from onrecord.records.findings import Act, Form, Operator, Realis
from onrecord.records.redlines import LineMention, Passage, RedLine, RollUp, Status, StatusEntry
from onrecord.records.spans import Span

ONE = "Ada Holt said: “If the kiln is lit, we close the lane.” The baker said he would move if rents rose."
TWO = "Holt said the lane would be shut once the kiln burned. On 9 May the kiln was lit."
LABELS = """
part: tuning
lines:
  - name: kiln
    issuer: [Ada Holt]
    on_behalf: Millers' Guild
    mentions:
      - {file: 1.txt, condition: "If the kiln is lit", consequence: "we close the lane", voice: speaker}
      - {file: 2.txt, condition: "once the kiln burned", consequence: null, voice: speaker}
    steps:
      - {file: 1.txt, status: declared, words: "If the kiln is lit", day: 2034-05-01}
      - {file: 2.txt, status: condition_reported, words: "the kiln was lit", day: 2034-05-09}
    rollup: tested
distractors:
  - {file: 1.txt, words: "if rents rose", own: true}
whatif:
  - {text: The kiln is lit., lines: [kiln]}
  - {text: The kiln is cold., lines: []}
"""
DAY = DateRange(date(2034, 5, 1), date(2034, 5, 1), Basis.TEXT)


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return write_story(tmp_path, LABELS)


def write_story(folder: Path, labels: str) -> Story:
    for name, text in (("1.txt", ONE), ("2.txt", TWO), ("gold.yml", labels)):
        (folder / name).write_text(text, encoding="utf-8")
    return read_story(folder)


def span_of(story: Story, file: str, words: str) -> Span:
    return story.span(Place(file, words))


def make_line(story: Story, name: str, *conditions: tuple[str, str]) -> RedLine:
    """A line with a mention for each (file, words) and one step, the first mention's."""
    mentions = tuple(
        LineMention(
            id=f"{name}{number}",
            document=file,
            attribution=None,
            condition_id="c1",
            statement=None,
            cue=(),
            condition=((span_of(story, file, words),),),
            operator=Operator.AND,
            consequence=(),
            condition_text=words,
            consequence_text="",
            passage=span_of(story, file, words),
            form=Form.IF,
            realis=Realis.OPEN,
            negated=False,
            voice="speaker",
            said_on=DAY,
            outlet=Outlet(),
            rule="first",
            score=1.0,
            reason="made up",
        )
        for number, (file, words) in enumerate(conditions)
    )
    first = mentions[0]
    declared = StatusEntry(
        id=f"{name} declared",
        line=name,
        status=Status.DECLARED,
        when=DAY,
        passage=Passage(first.document, (first.passage,), first.condition_text),
        statement=None,
        outlet=Outlet(),
        by=None,
        changes=(),
        inferred=False,
        score=1.0,
        rule="first",
        reason="made up",
    )
    return RedLine(
        id=name,
        issuer="holt|person",
        issuer_name="A. Holt",
        on_behalf_of="guild|body",
        act=Act.THREAT,
        condition=first.condition_text,
        consequence="",
        operator=Operator.AND,
        mentions=mentions,
        history=(declared,),
        rollup=RollUp.STANDING,
    )


def make_answer(lines: tuple[RedLine, ...], *met: str) -> Answer:
    return Answer(
        conditions=(Worded("1.txt", Span(0, 40), linked=True, draws=False),),
        lines=lines,
        files={"1.txt": "1.txt", "2.txt": "2.txt"},
        names={"holt|person": frozenset({"Ada Holt"}), "guild|body": frozenset({"Millers' Guild"})},
        met=(frozenset(met), frozenset()),
    )


def test_every_label_in_the_repository_holds() -> None:
    stories = read_stories()
    assert len(stories) == 28
    assert sum(story.part == "measuring" for story in stories) == 14
    assert all(len(story.texts) >= 4 and len(story.lines) >= 2 for story in stories)


def test_stories_are_chosen_by_name() -> None:
    stories = read_stories()
    assert choose_stories(stories, None) == stories
    assert [story.name for story in choose_stories(stories, ["9_reservoir", "none"])] == ["9_reservoir"]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("If the kiln is lit", "If the kiln was lit", "0 times 'If the kiln was lit'"),
        ("once the kiln burned", "the kiln", "2 times 'the kiln'"),
        ("condition_reported", "reported", "no such status"),
        ("rollup: tested", "rollup: fine", "no such state"),
        ("lines: [kiln]", "lines: [oven]", "no such line: oven"),
        ("part: tuning", "part: other", "no such part"),
    ],
)
def test_a_label_that_does_not_hold_is_told(tmp_path: Path, before: str, after: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        write_story(tmp_path, LABELS.replace(before, after))


def test_one_whole_line_is_scored(story: Story) -> None:
    line = make_line(story, "L", ("1.txt", "If the kiln is lit"), ("2.txt", "the kiln burned"))
    table = score(story, make_answer((line,), "L"))
    assert (table.conditions.right, table.linked.right, table.acts.right) == (1, 1, 0)
    assert (table.found.right, table.found.gold) == (2, 2)
    assert (table.pairs.right, table.pairs.ours, table.pairs.gold) == (1, 1, 1)
    assert table.cubed == [(1.0, 1.0), (1.0, 1.0)]
    assert (table.issuers.right, table.sides.right, table.rollups.right) == (1, 1, 0)
    assert (table.steps.right, table.worded.right, table.steps.gold, table.days.right) == (1, 1, 2, 1)
    assert (table.questions.right, table.meeting.right, table.meeting.gold) == (2, 1, 1)
    assert any("step missed: kiln: condition_reported" in each for each in table.differences)


def test_a_split_line_joins_nothing_and_counts_twice(story: Story) -> None:
    lines = tuple(
        make_line(story, name, place)
        for name, place in (("L", ("1.txt", "If the kiln is lit")), ("M", ("2.txt", "once the kiln burned")))
    )
    table = score(story, make_answer(lines))
    assert (table.found.right, table.pairs.right, table.pairs.ours) == (2, 0, 0)
    assert (table.lines.right, table.lines.ours, table.extra) == (1, 2, 0)
    assert (table.questions.right, table.meeting.right) == (1, 0)


def test_another_actors_line_is_let_be_and_an_invented_one_is_not(story: Story) -> None:
    own = make_line(story, "O", ("1.txt", "if rents rose"))
    assert score(story, make_answer((own,))).lines.ours == 0
    invented = make_line(story, "I", ("2.txt", "On 9 May"))
    table = score(story, make_answer((own, invented)))
    assert (table.lines.ours, table.extra, table.distractors.right) == (1, 1, 1)
    taken = make_line(story, "T", ("1.txt", "If the kiln is lit"), ("1.txt", "if rents rose"))
    assert score(story, make_answer((taken,))).distractors.right == 0


def test_what_is_only_supposed_draws_nothing(story: Story) -> None:
    line = make_line(story, "L", ("1.txt", "If the kiln is lit"))
    supposed = replace(line, mentions=tuple(replace(each, realis=Realis.HYPOTHETICAL) for each in line.mentions))
    table = score(story, make_answer((supposed,)))
    assert (table.found.right, table.lines.ours, table.steps.right) == (0, 0, 0)
