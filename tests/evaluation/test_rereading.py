"""Two readers' labels of one story compared."""

from pathlib import Path

import pytest
from evaluation.labelled import Story, form_story, read_stories
from evaluation.rereading import ANSWERS, Agreement, compare, main, print_agreement, read_other

ONE = "Ada Holt said: “If the kiln is lit, we close the lane.” The baker said he would move if rents rose."
TWO = "Holt said the lane would be shut once the kiln burned. On 9 May the kiln was lit."
FIRST = {
    "part": "tuning",
    "lines": [
        {
            "name": "kiln",
            "issuer": ["Ada Holt"],
            "on_behalf": ["Millers' Guild"],
            "mentions": [
                {"file": "1.txt", "condition": "If the kiln is lit", "voice": "speaker"},
                {"file": "2.txt", "condition": "once the kiln burned", "voice": "speaker"},
            ],
            "steps": [
                {"file": "1.txt", "status": "declared", "words": "If the kiln is lit"},
                {"file": "2.txt", "status": "condition_reported", "words": "the kiln was lit"},
            ],
            "rollup": "tested",
        }
    ],
    "distractors": [{"file": "1.txt", "words": "if rents rose"}],
    "whatif": [{"text": "The kiln is lit.", "lines": ["kiln"]}, {"text": "Rents rise.", "lines": []}],
}
SECOND = """
part: tuning
lines:
  - name: lane
    issuer: [Holt]
    on_behalf: [millers' guild]
    mentions: [{file: 1.txt, condition: the kiln is lit, voice: speaker}]
    steps: [{file: 1.txt, status: declared, words: we close the lane}]
    rollup: standing
  - name: rents
    issuer: [the baker]
    mentions: [{file: 1.txt, condition: rents rose, voice: speaker}]
    steps: [{file: 1.txt, status: declared, words: rents rose}]
    rollup: standing
whatif: [[lane], [rents]]
"""


@pytest.fixture
def story(tmp_path: Path) -> Story:
    for name, text in (("1.txt", ONE), ("2.txt", TWO)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return form_story(tmp_path, FIRST)


def test_labels_agree_with_themselves(story: Story) -> None:
    table = Agreement()
    compare(story, story, table)
    assert (table.mentions.f1, table.pairs.f1, table.lines.f1) == (1.0, 1.0, 1.0)
    assert {status: rate.f1 for status, rate in table.steps.items()} == {"declared": 1.0, "condition_reported": 1.0}
    assert all((*table.passages, *table.issuers, *table.sides, *table.others, *table.questions))
    assert table.differences == []


def test_differences_of_two_readers_are_counted(
    story: Story, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "second.yml"
    path.write_text(SECOND, encoding="utf-8")
    table = Agreement()
    compare(story, read_other(story, path), table)
    assert (table.mentions.right, table.mentions.ours, table.mentions.gold) == (1, 2, 2)
    assert (table.pairs.right, table.pairs.ours, table.pairs.gold) == (0, 0, 0)
    assert (table.lines.right, table.lines.ours, table.lines.gold) == (1, 1, 2)
    declared, reported = table.steps["declared"], table.steps["condition_reported"]
    assert (declared.right, declared.ours, declared.gold) == (1, 1, 2)
    assert (reported.right, reported.ours, reported.gold) == (0, 1, 0)
    assert table.passages == [False]
    assert (table.issuers, table.sides) == ([False], [True])
    assert table.states == [("tested", "standing")]
    assert table.others == [False]
    assert table.questions == [True, False]
    assert table.matches == [("True", "True"), ("False", "False"), ("False", "False"), ("False", "True")]
    assert len(table.differences) == 10
    print_agreement(table, [story.name])
    shown = capsys.readouterr().out
    assert all(difference in shown for difference in table.differences)


def test_every_label_of_the_second_reader_holds(capsys: pytest.CaptureFixture[str]) -> None:
    stories = {story.name: story for story in read_stories()}
    second = sorted(ANSWERS.glob("*.yml"))
    assert len(second) == 28
    for path in second:
        other = read_other(stories[path.stem], path)
        assert other.part == stories[path.stem].part
        assert other.lines
    assert main([]) == 0
    assert "28 stories labelled by both" in capsys.readouterr().out
    assert main(["--part", "tuning", "--stories", "1_fishing_box", "3_nuclear_inspection"]) == 0
    assert "1 stories labelled by both" in capsys.readouterr().out  # the other is for measuring
