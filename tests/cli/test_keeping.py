import csv
import json
import sqlite3
from io import StringIO
from pathlib import Path
from typing import Any

import click
import pytest
from pyarrow import parquet

from onrecord.export.jsonl import read_jsonl
from onrecord.export.tables import all_tables
from onrecord.ledger import open_ledger


def test_verify_counts_what_holds(onrecord: Any) -> None:
    said = onrecord("verify")
    assert (said.code, said.out) == (0, "")
    assert "2 documents" in said.err
    assert "all hold" in said.err
    assert json.loads(onrecord("verify", "--format", "json").out)["problems"] == []


def test_verify_leaves_with_5_where_a_text_was_changed(onrecord: Any, ledger: Path) -> None:
    with sqlite3.connect(ledger) as connection:
        triggers = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("UPDATE document SET text = replace(text, 'bridge', 'brigde')")
    connection.close()
    said = onrecord("verify", "--format", "jsonl")
    assert said.code == 5
    assert said.out
    assert "do not hold" in said.err


def test_a_backup_is_a_ledger_and_is_never_overwritten(onrecord: Any, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert onrecord("backup", str(copy)).code == 0
    assert onrecord("redlines", "--ledger", str(copy)).out == onrecord("redlines").out
    said = onrecord("backup", str(copy))
    assert said.code == 2
    assert "copy.db" in said.err


def test_restore_puts_a_backup_in_place_only_after_a_yes(
    onrecord: Any, ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy.db"
    onrecord("backup", str(copy))
    with open_ledger(ledger) as opened, opened.writer() as writer, opened.view() as view:
        for row in view.documents().rows:
            writer.withdraw(row.id, "a test")
    assert onrecord("documents").code == 3
    monkeypatch.setattr(click.termui, "visible_prompt_func", lambda _prompt: "n")
    assert onrecord("restore", str(copy)).code == 130
    assert onrecord("documents").code == 3
    assert onrecord("restore", str(copy), "--yes").code == 0
    assert len(onrecord("documents", "--format", "jsonl").out.splitlines()) == 2


def test_what_is_no_ledger_is_not_restored_and_nobody_is_asked(onrecord: Any, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("The ferry stays in port.\n", encoding="utf-8")
    said = onrecord("restore", str(tmp_path / "notes.txt"))
    assert (said.code, "[not_a_ledger]" in said.err, "Replace" in said.err) == (2, True, False)


def test_a_table_is_named_where_one_file_is_wanted(onrecord: Any, tmp_path: Path) -> None:
    said = onrecord("export", "--format", "csv", "--out", str(tmp_path / "all.csv"))
    assert (said.code, "--table NAME" in said.err) == (2, True)
    assert not (tmp_path / "all.csv").exists()


def test_export_writes_the_exchange_record_to_stdout(onrecord: Any) -> None:
    said = onrecord("export")
    found = list(read_jsonl(StringIO(said.out)))
    assert [len(each.attributions) for each in sorted(found, key=lambda each: each.document.path)] == [1, 0]
    assert "1 accusations" in said.err
    asked = list(read_jsonl(StringIO(onrecord("export", "--with-accusations").out)))
    assert sum(len(each.attributions) for each in asked) == 2


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_tables_are_written_to_a_folder_one_file_each(onrecord: Any, tmp_path: Path, form: str) -> None:
    assert onrecord("export", "--format", form, "--out", str(tmp_path / "out")).code == 0
    files = sorted((tmp_path / "out").iterdir())
    assert [each.name for each in files] == sorted(f"{name}.{form}" for name in all_tables())
    statements = tmp_path / "out" / f"statements.{form}"
    if form == "parquet":
        assert parquet.read_table(statements).num_rows == 1
    else:
        assert len(list(csv.DictReader(StringIO(statements.read_text(encoding="utf-8"), newline="")))) == 1


@pytest.mark.parametrize("form", ["markdown", "web-annotation", "csl-json", "bibtex", "schema-org"])
def test_a_file_is_what_stdout_would_have_been(onrecord: Any, tmp_path: Path, form: str) -> None:
    out = tmp_path / "out.txt"
    assert onrecord("export", "--format", form, "--out", str(out)).code == 0
    assert out.read_text(encoding="utf-8") == onrecord("export", "--format", form).out
    assert [each.name for each in tmp_path.iterdir() if each.name.endswith(".partial")] == []


def test_an_export_that_cannot_be_written_leaves_the_old_file(onrecord: Any, tmp_path: Path) -> None:
    said = onrecord("export", "--out", str(tmp_path / "no" / "such" / "folder.jsonl"))
    assert said.code == 2
    assert "folder.jsonl" in said.err


def test_one_table_goes_to_stdout(onrecord: Any) -> None:
    rows = list(csv.DictReader(StringIO(onrecord("export", "--format", "csv", "--table", "steps").out)))
    assert [row["status"] for row in rows] == ["declared", "condition_reported"]


def answer_with(monkeypatch: pytest.MonkeyPatch, keys: str, reason: str = "") -> None:
    pressed = iter(keys)
    monkeypatch.setattr("click.getchar", lambda: next(pressed))
    monkeypatch.setattr("click.prompt", lambda *_args, **_named: reason)


def test_reviewing_by_key_appends_judgements(onrecord: Any, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer_with(monkeypatch, "xarus", "not a threat")
    said = onrecord("review", "--as", "Ada")
    assert said.code == 0
    assert "3 of 3 records judged" in said.err
    with open_ledger(ledger, read_only=True) as opened, opened.view() as view:
        judged = view.judgements()
    assert sorted(each.answer.value for each in judged) == ["accept", "reject", "unsure"]
    assert {each.reviewer for each in judged} == {"Ada"}
    assert [each.reason for each in judged if each.answer.value == "reject"] == ["not a threat"]
    assert onrecord("review").code == 3


def test_a_review_can_be_stopped_and_gone_on_with(onrecord: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    answer_with(monkeypatch, "sq")
    assert "0 of 2 records judged" in onrecord("review").err
    answer_with(monkeypatch, "\x03")
    assert onrecord("review").code == 130


def test_doctor_finds_nothing_bad_here(onrecord: Any) -> None:
    said = onrecord("doctor", "--format", "csv")
    rows = {row["what"]: row for row in csv.DictReader(StringIO(said.out))}
    assert said.code == 0
    assert {"SQLite", "model", "word lists", "page parser", "ledger"} <= set(rows)
    assert rows["ledger"]["detail"].endswith("2 documents, 2 statements, 1 red lines")


def test_doctor_names_a_broken_ledger_and_fails(onrecord: Any, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.db"
    wrong.write_text("no ledger" * 100)
    said = onrecord("doctor", "--format", "jsonl", "--ledger", str(wrong))
    bad = [json.loads(line) for line in said.out.splitlines() if '"bad"' in line]
    assert (said.code, [each["what"] for each in bad]) == (1, ["ledger"])


def test_a_withdrawn_document_is_gone_from_every_answer_and_its_reason_stays(onrecord: Any) -> None:
    document = json.loads(onrecord("documents", "--format", "jsonl", "--outlet", "Quay Wire").out)["id"]
    said = onrecord("withdraw", document[:20], "--reason", "a court order", "--as", "Ada")
    assert (said.code, said.out) == (0, "")
    assert "a court order" in said.err
    assert onrecord("statements").code == 3
    assert onrecord("search", "ferries").code == 3
    assert document not in onrecord("export").out
    assert onrecord("verify").code == 0


def test_withdrawing_needs_a_reason_and_a_document(onrecord: Any) -> None:
    assert onrecord("withdraw", "ffffffff", "--reason", "x").code == 3
    assert onrecord("withdraw", "ffffffff").code == 2
