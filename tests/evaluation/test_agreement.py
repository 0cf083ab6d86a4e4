"""Two labellers' answers compared; sheets that give no label away."""

from pathlib import Path

import pytest
from evaluation.agreement import compare, measure_kappa, print_answers, print_sheet, read_answers
from evaluation.marked import read_cases

GOLD = Path(__file__).parents[2] / "evaluation" / "gold"
CASES = read_cases(GOLD / "redlines_tuning_4.yml")
ONE = """
answers:
  - case: a weir
    lines:
      A: {mentions: ["1.1", "2.1"], steps: [declared 2031-03-04, condition_reported 2031-05-01], rollup: tested}
      B: {mentions: ["1.2"], steps: [declared 2031-03-04, hardened 2031-04-02 scope], rollup: standing}
    whatif: [[A], []]
"""
OTHER = """
answers:
  - case: a weir
    lines:
      weir: {mentions: ["1.1"], steps: [declared 2031-03-04], rollup: standing}
      lock: {mentions: ["1.2", "2.1"], steps: [declared 2031-03-04, hardened 2031-04-03 condition], rollup: standing}
    whatif: [[weir], [lock]]
"""


def test_a_sheet_gives_no_label_away(capsys: pytest.CaptureFixture[str]) -> None:
    print_sheet(CASES)
    sheet = capsys.readouterr().out
    assert all(case.name in sheet for case in CASES)
    assert "[[1.1: " in sheet
    assert "what if 1: " in sheet
    assert not any(word in sheet for word in ("<if", "line=", "who=", "rollup", "condition_reported", "declared"))


def test_the_answers_of_a_gold_file_agree_with_themselves(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    print_answers(CASES)
    path = tmp_path / "answers.yml"
    path.write_text(capsys.readouterr().out, encoding="utf-8")
    answers = read_answers(path)
    table = compare(answers, answers)
    assert table.cases == len(CASES)
    assert (table.pairs.f1, table.steps.f1, table.parts.f1, table.differences) == (1.0, 1.0, 1.0, [])
    assert measure_kappa(table.states) == measure_kappa(table.matches) == 1.0


def test_differences_of_two_labellers_are_counted(tmp_path: Path) -> None:
    one, other = tmp_path / "one.yml", tmp_path / "other.yml"
    one.write_text(ONE, encoding="utf-8")
    other.write_text(OTHER, encoding="utf-8")
    table = compare(read_answers(one), read_answers(other))
    assert (table.pairs.right, table.pairs.ours, table.pairs.gold) == (0, 1, 1)
    assert (table.steps.right, table.steps.ours, table.steps.gold) == (3, 4, 3)
    assert (table.parts.right, table.parts.ours, table.parts.gold) == (0, 1, 1)
    assert sorted(table.days) == [False, True, True]
    assert table.states == [("tested", "standing"), ("standing", "standing")]
    assert [ours == theirs for ours, theirs in table.matches].count(False) == 1


def test_kappa_takes_out_what_chance_would_give() -> None:
    assert measure_kappa([("yes", "yes"), ("no", "no"), ("yes", "no"), ("no", "yes")]) == 0.0
    assert measure_kappa([("yes", "yes"), ("no", "no")]) == 1.0
    assert measure_kappa([]) == 1.0
