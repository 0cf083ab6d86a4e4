import csv
import json
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from tests.ledger.ledger_made import made_findings, made_line

from onrecord.cli.shown import describe_line
from onrecord.export.tables import all_tables
from onrecord.records.documents import Basis, DateRange
from onrecord.records.redlines import RollUp, Status
from onrecord.records.rows import LineRow

LISTS = ("redlines", "statements", "figures", "wording", "timeline", "documents")


@pytest.mark.parametrize("command", LISTS)
def test_every_list_comes_in_every_format(onrecord: Any, command: str) -> None:
    array = json.loads(onrecord(command, "--format", "json").out)
    lines = [json.loads(line) for line in onrecord(command, "--format", "jsonl").out.splitlines()]
    rows = list(csv.reader(StringIO(onrecord(command, "--format", "csv").out)))
    page = onrecord(command, "--format", "md").out.splitlines()
    assert array == lines != []
    carried = ["outlets", "carriers"] if command in ("figures", "wording", "timeline") else []
    assert rows[0] == [*all_tables()[command].names, *carried]
    assert len(rows) - 1 == len(page) - 2 == len(array)
    assert onrecord(command).code == 0


@pytest.mark.parametrize("command", LISTS)
def test_data_goes_to_stdout_and_is_free_of_control_signs(onrecord: Any, command: str) -> None:
    for form in ("table", "md"):
        said = onrecord(command, "--format", form)
        assert said.out.strip()
        assert not {"\x1b", "\u202e"} & set(said.out)


def test_red_lines_are_a_table_of_line_whose_if_then_what_happened_and_carriers(onrecord: Any) -> None:
    head, _, row = onrecord("redlines").out.splitlines()[:3]
    assert head.split("  ")[0] == "line"
    for words in ("11aa22bb33cc", "Mara Oduvel", "the bridge is tolled", "the ferries stop", "Tested", "Quay Wire"):
        assert words in row


@pytest.mark.parametrize(
    ("filters", "number"),
    [
        (("--who", "oduvel"), 2),
        (("--act", "threat"), 1),
        (("--act", "Accusation"), 1),
        (("--directness", "direct"), 1),
        (("--since", "2024-03"), 2),
        (("--until", "2024"), 2),
        (("--limit", "1"), 1),
        (("--outlet", "Quay Wire"), 2),
    ],
)
def test_filters_narrow_statements(onrecord: Any, filters: tuple[str, ...], number: int) -> None:
    assert len(onrecord("statements", "--format", "jsonl", *filters).out.splitlines()) == number


@pytest.mark.parametrize(
    "arguments",
    [
        ("statements", "--since", "2025"),
        ("statements", "--who", "Nobody"),
        ("redlines", "--state", "withdrawn"),
        ("who", "Nobody"),
        ("show", "ffffffffffff"),
        ("redline", "ffffffffffff"),
    ],
)
def test_nothing_found_is_exit_code_3_and_a_line_on_stderr(onrecord: Any, arguments: tuple[str, ...]) -> None:
    said = onrecord(*arguments)
    assert said.code == 3
    assert said.out == ""
    assert len(said.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("statements", "--act", "shouting"), "'shouting'"),
        (("statements", "--since", "yesterday"), "'yesterday'"),
        (("statements", "--since", "2024-13"), "'2024-13'"),
        (
            ("statements", "--since", "2024-06", "--until", "2024-05"),
            "no earlier than --since 2024-06-01; got 2024-05-31",
        ),
        (("statements", "--limit", "-1"), "-1"),
        (("statements", "--format", "xml"), "'xml'"),
        (("nonsense",), "nonsense"),
        (("redline",), "ID"),
        (("whatif", " "), "sentence"),
        (("export", "--format", "csv"), "--table"),
        (("export", "--table", "documents"), "--table"),
        (("export", "--format", "csv", "--table", "nonsense"), "nonsense"),
    ],
)
def test_wrong_use_is_exit_code_2_and_names_what_came(onrecord: Any, arguments: tuple[str, ...], named: str) -> None:
    said = onrecord(*arguments)
    assert (said.code, said.out) == (2, "")
    assert named in said.err


def test_a_table_cut_without_being_asked_says_so_on_stderr(onrecord: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.cli.rows.SCREENFUL", 1)
    said = onrecord("statements")
    assert "The first 1 statements are shown. --limit 0 shows all." in said.err
    assert len(said.out.splitlines()) < len(onrecord("statements", "--limit", "0").out.splitlines())
    assert onrecord("statements", "--limit", "1").err == ""
    assert len(onrecord("statements", "--format", "jsonl").out.splitlines()) == 2


def test_a_history_shows_steps_dates_with_basis_passages_changes_and_holes(onrecord: Any) -> None:
    page = onrecord("redline", "11aa").out
    for words in (
        "IF      the bridge is tolled",
        "THEN    the ferries stop",
        "Declared  4 Mar 2024  (given by the user)",
        "“If the bridge is tolled, the ferries stop”",
        "Condition reported  May 2024  (worked out, not printed) · inferred",
        "changed, condition: “is tolled” → “was tolled”",
        "no document of this coverage falls between 2024-03-04 and 2024-05-01, 57 days",
        "outlet not named",
    ):
        assert words in page
    assert page.index("Declared") < page.index("Condition reported")


def test_a_history_comes_in_every_format(onrecord: Any) -> None:
    assert json.loads(onrecord("redline", "11aa", "--format", "json").out)["line"]["id"] == "11aa22bb33cc"
    assert json.loads(onrecord("redline", "11aa", "--format", "jsonl").out)["line"]["rollup"] == "tested"
    rows = list(csv.DictReader(StringIO(onrecord("redline", "11aa", "--format", "csv").out)))
    assert [row["status"] for row in rows] == ["declared", "condition_reported"]
    assert "- **If** the bridge is tolled" in onrecord("redline", "11aa", "--format", "md").out


def test_who_shows_the_forms_of_a_name_and_what_they_said(onrecord: Any) -> None:
    page = onrecord("who", "oduvel").out
    for words in ("Mara Oduvel · person", "printed as: Mara Oduvel, Oduvel", "the ferries stop", "the port of theft"):
        assert words in page
    (person,) = json.loads(onrecord("who", "oduvel", "--format", "json").out)
    assert (len(person["red_lines"]), len(person["statements"])) == (1, 2)
    assert len(onrecord("who", "oduvel", "--format", "csv").out.splitlines()) == 3


def test_show_names_the_parts_of_a_passage_in_its_place(onrecord: Any) -> None:
    statement = json.loads(onrecord("statements", "--format", "jsonl", "--act", "threat").out)["statement"]["id"]
    page = onrecord("show", statement).out
    assert "[content: “If the bridge is tolled, the ferries stop,”] [cue: said] [source: Mara Oduvel]." in page
    assert "sha256:" in page
    assert "4 Mar 2024 (given by the user)" in page


def test_show_makes_signs_visible_that_would_steer_a_terminal(onrecord: Any) -> None:
    document = json.loads(onrecord("documents", "--format", "jsonl", "--outlet", "Quay Wire").out)["id"]
    page = onrecord("show", document[:20]).out
    assert "crews⟨U+202E⟩ agreed, ␛[31mshe" in page
    assert "[condition: the bridge is tolled]" in page


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "md"])
def test_show_comes_in_every_format(onrecord: Any, form: str) -> None:
    assert "the ferries stop" in onrecord("show", "aa0000000001", "--format", form).out


def test_attack_62_csv_on_the_command_line_is_safe_in_a_spreadsheet(onrecord: Any) -> None:
    assert "'=Ferry strike looms" in onrecord("documents", "--format", "csv").out


def test_a_missing_ledger_is_one_line_with_advice(onrecord: Any, tmp_path: Path) -> None:
    said = onrecord("statements", "--ledger", str(tmp_path / "none.db"))
    assert said.code == 2
    assert len(said.err.splitlines()) == 1
    assert "onrecord add" in said.err


@pytest.mark.parametrize(
    "content", [b"not a ledger at all, but longer than a header " * 10, b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_what_is_no_ledger_is_refused_and_left_alone(onrecord: Any, tmp_path: Path, content: bytes) -> None:
    wrong = tmp_path / "wrong.db"
    wrong.write_bytes(content)
    said = onrecord("redlines", "--ledger", str(wrong))
    assert (said.code, said.out) == (2, "")
    assert "wrong.db" in said.err
    assert wrong.read_bytes() == content


@pytest.mark.parametrize(("words", "number"), [("ferries", 1), ("BRIDGE tolled", 2), ('"bridge was"', 1), ("toll*", 2)])
def test_search_finds_articles_by_words_phrases_and_beginnings(onrecord: Any, words: str, number: int) -> None:
    assert len(onrecord("search", words, "--format", "jsonl").out.splitlines()) == number


@pytest.mark.parametrize("words", ["nonsense", '"', "NEAR(", "*", "; DROP TABLE document", "a " * 65])
def test_a_search_that_finds_nothing_or_cannot_be_read_is_never_our_fault(onrecord: Any, words: str) -> None:
    said = onrecord("search", words)
    assert said.code in (0, 2, 3)
    assert "Traceback" not in said.err


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv", "md"])
def test_stories_list_every_document_once(onrecord: Any, form: str) -> None:
    said = onrecord("stories", "--format", form)
    assert said.code == 0
    assert said.out.count("Ferry strike looms") >= 1
    assert said.out.count("Bridge toll begins") >= 1


def test_stories_and_the_timeline_tell_how_days_outlets_and_speakers_are_known(onrecord: Any) -> None:
    stories = csv.DictReader(StringIO(onrecord("stories", "--format", "csv").out))
    for row in stories:
        assert row["outlet_basis"] in set(Basis)
        assert row["published_basis"] in set(Basis)
    moments = list(csv.DictReader(StringIO(onrecord("timeline", "--format", "csv").out)))
    assert all(row["reason"] for row in moments if row["kind"] == "status")
    assert all(row["word_of_basis"] for row in moments if row["kind"] == "statement")


def test_figures_that_do_not_disagree_are_nothing_found(onrecord: Any) -> None:
    said = onrecord("figures", "--conflicts")
    assert (said.code, said.out) == (3, "")


def test_a_state_s_day_is_that_of_the_step_that_made_it() -> None:
    coverage = tuple(made_findings(seed) for seed in (1, 2, 3))
    line = made_line(coverage, RollUp.CARRIED_OUT)
    statuses = (Status.DECLARED, Status.CONSEQUENCE_REPORTED, Status.CONDITION_REPORTED)
    days = (date(2031, 3, 4), date(2031, 9, 10), date(2031, 9, 30))
    history = tuple(
        replace(entry, status=status, when=DateRange(day, day, Basis.TEXT))
        for entry, status, day in zip(line.history, statuses, days, strict=True)
    )
    told = describe_line(LineRow(replace(line, history=history), ()))
    assert told.endswith("10 Sep 2031")
    standing = replace(line, history=history[:1], rollup=RollUp.STANDING)
    assert describe_line(LineRow(standing, ())).endswith("last heard 4 Mar 2031")
