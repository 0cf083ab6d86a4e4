"""Copies of one text count once on the command line, with all who carry them, on a hand-made ledger."""

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from tests.carried_made import made_ledger

from onrecord.cli.door import run


@pytest.fixture
def carried(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """What a command prints of the four articles."""
    monkeypatch.setenv("ONRECORD_LEDGER", str(made_ledger(tmp_path / "onrecord.db")))
    monkeypatch.setenv("COLUMNS", "220")

    def command(*arguments: str) -> str:
        assert run(arguments) == 0
        return capsys.readouterr().out

    return command


def rows(written: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(written)))


def names(carriers: str) -> list[str]:
    return sorted(each.split(",")[0] for each in carriers.split("; ") if each)


def test_figures_of_one_text_stand_once_with_their_carriers(carried: Callable[..., str]) -> None:
    told = {row["text"]: row for row in rows(carried("figures", "--format", "csv"))}
    assert set(told) == {"14", "41", "17"}
    assert told["14"]["outlet"] == "Norda"
    assert (told["14"]["outlets"], names(told["14"]["carriers"])) == ("2", ["Herald"])
    assert (told["17"]["outlets"], told["17"]["carriers"]) == ("1", "")
    assert len(rows(carried("figures", "--copies", "--format", "csv"))) == 4


def test_the_timeline_tells_an_event_once_as_a_sentence_with_the_printed_one(carried: Callable[..., str]) -> None:
    told = rows(carried("timeline", "--format", "csv"))
    held = [row for row in told if row["what"] == "control"]
    assert [(row["told"], row["outlets"]) for row in held] == [("Control by Orlia (Sarn): reported to be so", "3")]
    assert held[0]["sentence"] == "Orlia has controlled Sarn since the spring of last year."
    assert names(held[0]["carriers"]) == ["Herald", "Mirror"]
    assert sorted(row["outlets"] for row in told if row["what"] == "injury") == ["1", "3"]


def test_the_table_and_the_other_formats_show_the_same_rows(carried: Callable[..., str]) -> None:
    ids = [row["id"] for row in json.loads(carried("timeline", "--format", "json"))]
    table = carried("timeline", "--format", "md").splitlines()[2:]
    assert [line.split(" | ")[-1].removesuffix(" |") for line in table] == ids


def test_a_term_of_one_text_counts_once(carried: Callable[..., str]) -> None:
    (told,) = rows(carried("wording", "--format", "csv"))
    assert (told["outlet"], names(told["carriers"])) == ("Norda", ["Herald", "Mirror"])
    assert "Norda; the same text in Herald, Mirror" in carried("wording")


def test_a_conflict_is_told_once_for_each_two_texts(carried: Callable[..., str]) -> None:
    told = rows(carried("figures", "--conflicts", "--format", "csv"))
    assert sorted(sorted((row["one"], row["other"])) for row in told) == [["14", "17"], ["14", "41"], ["17", "41"]]
    changed = next(row for row in told if {row["one"], row["other"]} == {"14", "41"})
    assert "changed_copy" in changed["reasons"].split()
    assert names(changed["one_carriers"] or changed["other_carriers"]) == ["Herald"]


def test_who_a_place_is_said_to_be_held_by_is_told(carried: Callable[..., str]) -> None:
    told: list[dict[str, Any]] = json.loads(carried("who", "Sarn", "--format", "json"))
    (standing,) = told[0]["standing"]
    assert [each["outlet"]["name"] for each in standing["carriers"]] == ["Herald", "Mirror"]
    assert "Control by Orlia (Sarn): reported to be so" in carried("who", "Sarn")
