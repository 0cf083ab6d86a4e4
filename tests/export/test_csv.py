import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.export.csv import export_csv, guard_cell, read_csv, unguard_cell
from onrecord.export.tables import Column, Kind, Table

WORDS: Table[str] = Table("words", "One word.", (Column("word", Kind.TEXT, "As printed.", lambda row: row),))


@pytest.mark.parametrize(
    ("text", "guarded"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-5", "'-5"),
        ("@sum", "'@sum"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("'tis late", "'tis late"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_attack_62_a_cell_that_a_spreadsheet_would_run_is_neutralised(text: str, guarded: str) -> None:
    assert guard_cell(text) == guarded
    assert unguard_cell(guarded) == text


@given(st.text(alphabet="'=+-@\t\r\n＝ab\" ,"))
def test_guarding_is_undone_exactly(text: str) -> None:
    assert unguard_cell(guard_cell(text)) == text
    assert not guard_cell(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"))))
def test_every_text_comes_back_from_a_file(texts: list[str]) -> None:
    stream = StringIO(newline="")
    export_csv(WORDS, texts, stream)
    stream.seek(0)
    assert [row["word"] for row in read_csv(stream)] == texts


def test_no_cell_is_empty_for_a_false_or_zero_value() -> None:
    table: Table[bool] = Table(
        "t", "T.", (Column("yes", Kind.YES_NO, "Y.", lambda row: row), Column("none", Kind.DAY, "N.", lambda _: None))
    )
    stream = StringIO(newline="")
    export_csv(table, [False, True], stream)
    assert list(csv.reader(StringIO(stream.getvalue()))) == [["yes", "none"], ["no", ""], ["yes", ""]]
