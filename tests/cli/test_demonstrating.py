"""The whole path on the sample: real model, real stages, a ledger, and what comes out of it."""

import time
from pathlib import Path
from typing import Any

import pytest

from onrecord.cli.door import run
from onrecord.cli.sample import sample_folder
from onrecord.ledger import open_ledger

LONGEST = 15  # processor seconds, so that a busy machine fails no one; 7 measured


@pytest.fixture(scope="module")
def sample_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    assert add_sample(path) == 0
    return path


def add_sample(path: Path) -> int:
    with sample_folder() as folder:
        options = ("--meta", str(folder / "metadata.csv"), "--actors", str(folder / "actors.yml"))
        return run(["add", str(folder / "articles"), *options, "--ledger", str(path)])


def test_the_demo_tells_the_story_quickly(capsys: pytest.CaptureFixture[str]) -> None:
    started = time.process_time()
    assert run(["demo"]) == 0
    assert time.process_time() - started < LONGEST
    said = capsys.readouterr()
    order = [said.out.index(words) for words in ("Red lines", "IF ", "Figures, those", "Wording", "What if")]
    assert order == sorted(order)
    assert "16 articles added, 0 already there, 0 rejected" in said.err
    for words in ("Damir Kholvat", "walk out of the Marrenholm talks", "Declared", "11 Mar 2023"):
        assert words in said.out


def test_every_span_of_the_sample_fits_its_text(sample_ledger: Path) -> None:
    assert run(["verify", "--ledger", str(sample_ledger)]) == 0


def test_adding_the_sample_twice_changes_nothing(sample_ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = state_of(sample_ledger)
    assert add_sample(sample_ledger) == 0
    assert "0 added, 16 already there" in capsys.readouterr().err
    assert state_of(sample_ledger) == before


def state_of(path: Path) -> tuple[Any, ...]:
    with open_ledger(path, read_only=True) as opened, opened.view() as view:
        return view.counts(), view.all_lines(), tuple(view.all_statements())


def test_attack_52_two_runs_export_the_same_bytes(
    sample_ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.db"
    assert add_sample(other) == 0
    capsys.readouterr()
    for form in ("jsonl", "markdown", "web-annotation"):
        assert run(["export", "--format", form, "--ledger", str(sample_ledger)]) == 0
        first = capsys.readouterr().out
        assert run(["export", "--format", form, "--ledger", str(other)]) == 0
        assert capsys.readouterr().out == first != ""
