"""What the user types in about files, and the one clear line where it is malformed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from onrecord.errors import ReadingError
from onrecord.reading import apply_metadata, find_unmatched, read_metadata, read_text
from onrecord.records.documents import Basis, Candidate, DateRange, Document, Outlet

TEXT = "The quay is shut, the harbour master said on Sunday, and it will stay shut until the towns have voted."


def metadata_from(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "meta.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def document_at(path: str) -> Document:
    return read_text(TEXT, path)


def test_a_row_gives_outlet_date_and_note(tmp_path: Path) -> None:
    rows = "file,outlet,published,note\na.txt,The Lantern,2031-03-04,Sunday was the 2nd\n"
    document = apply_metadata(document_at("in/a.txt"), read_metadata(metadata_from(tmp_path, rows)))
    assert document.outlet == Outlet("The Lantern", Basis.GIVEN)
    assert document.outlet.reason == "meta.csv line 2"
    assert document.published == DateRange(date(2031, 3, 4), date(2031, 3, 4), Basis.GIVEN, "meta.csv line 2")
    assert document.candidates == (Candidate("note", "Sunday was the 2nd", "meta.csv line 2"),)
    assert document.text == TEXT


DATES = [
    ("2031-03-04", (2031, 3, 4), (2031, 3, 4)),
    ("2031-02", (2031, 2, 1), (2031, 2, 28)),
    ("2032-02", (2032, 2, 1), (2032, 2, 29)),
    ("2031", (2031, 1, 1), (2031, 12, 31)),
    ("2031-03-04/2031-03-09", (2031, 3, 4), (2031, 3, 9)),
    ("2031-03..2031-04", (2031, 3, 1), (2031, 4, 30)),
    ("2031-03-04/", (2031, 3, 4), None),
    ("/2031", None, (2031, 12, 31)),
]


@pytest.mark.parametrize(("typed", "earliest", "latest"), DATES)
def test_dates_may_be_days_months_years_or_ranges(
    tmp_path: Path, typed: str, earliest: tuple[int, int, int] | None, latest: tuple[int, int, int] | None
) -> None:
    (row,) = read_metadata(metadata_from(tmp_path, f"file,published\na.txt,{typed}\n")).rows
    expected = (date(*earliest) if earliest else None, date(*latest) if latest else None)
    assert row.published
    assert (row.published.earliest, row.published.latest) == expected


def test_from_and_to_may_stand_in_columns_of_their_own(tmp_path: Path) -> None:
    (row,) = read_metadata(metadata_from(tmp_path, "file,from,to\na.txt,2031-03,2031-04-02\n")).rows
    assert row.published
    assert (row.published.earliest, row.published.latest) == (date(2031, 3, 1), date(2031, 4, 2))


def test_empty_cells_leave_what_the_page_said(tmp_path: Path) -> None:
    page = replace(document_at("a.txt"), outlet=Outlet("The Lantern", Basis.METADATA), author="Ilya Marsh")
    assert apply_metadata(page, read_metadata(metadata_from(tmp_path, "file,outlet,published\na.txt,,\n"))) == page


def test_what_the_page_said_stays_as_a_candidate(tmp_path: Path) -> None:
    day = DateRange(date(2031, 1, 1), date(2031, 1, 1), Basis.METADATA, "htmldate")
    page = replace(document_at("a.txt"), outlet=Outlet("Lantern Group", Basis.METADATA), published=day, title="Old")
    rows = "file,outlet,published,title\na.txt,The Lantern,2031-03-04,New\n"
    document = apply_metadata(page, read_metadata(metadata_from(tmp_path, rows)))
    assert document.title == "New"
    assert {(each.field, each.value) for each in document.candidates} == {
        ("outlet", "Lantern Group"),
        ("published", "2031-01-01/2031-01-01"),
        ("title", "Old"),
    }


MATCHES = [
    ("a.txt", "a.txt", True),
    ("a.txt", "in/deep/a.txt", True),
    ("deep/a.txt", "in/deep/a.txt", True),
    ("a.txt", "all.zip#in/a.txt", True),
    ("in/a.txt", "all.zip#in/a.txt", True),
    ("lines.jsonl#4", "in/lines.jsonl#4", True),
    ("all.zip", "in/all.zip#a.txt", True),
    ("deep\\a.txt", "in/deep/a.txt", True),
    ("a.txt", "aa.txt", False),
    ("deep/a.txt", "in/a.txt", False),
    ("lines.jsonl#4", "in/lines.jsonl#44", False),
]


@pytest.mark.parametrize(("file", "path", "matches"), MATCHES)
def test_rows_match_by_path_end_or_file_name(tmp_path: Path, file: str, path: str, matches: bool) -> None:
    metadata = read_metadata(metadata_from(tmp_path, f"file,outlet\n{file},The Lantern\n"))
    assert (apply_metadata(document_at(path), metadata).outlet.name == "The Lantern") is matches
    assert (find_unmatched(metadata, [path]) == ()) is matches


def test_the_most_exact_row_wins(tmp_path: Path) -> None:
    metadata = read_metadata(metadata_from(tmp_path, "file,outlet\na.txt,General\nin/a.txt,Exact\n"))
    assert apply_metadata(document_at("in/a.txt"), metadata).outlet.name == "Exact"


def test_rows_that_describe_no_file_are_reported(tmp_path: Path) -> None:
    metadata = read_metadata(metadata_from(tmp_path, "file,outlet\na.txt,One\nmispelt.txt,Two\n"))
    assert [row.file for row in find_unmatched(metadata, ["in/a.txt"])] == ["mispelt.txt"]


@pytest.mark.parametrize(("typed", "code"), [("en", "en"), ("EN", "en"), ("en-GB", "en"), ("pt_BR", "pt"), ("", None)])
def test_a_language_is_its_code_without_its_region(tmp_path: Path, typed: str, code: str | None) -> None:
    assert read_metadata(metadata_from(tmp_path, f"file,language\na.txt,{typed}\n")).rows[0].language == code


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_spreadsheet_dialects_are_read(tmp_path: Path, separator: str, start: str) -> None:
    rows = start + separator.join(["File", "Outlet"]) + "\r\n" + separator.join(["a.txt", "The Lantern"]) + "\r\n\r\n"
    assert read_metadata(metadata_from(tmp_path, rows)).rows[0].outlet == "The Lantern"


def test_columns_of_other_names_are_kept(tmp_path: Path) -> None:
    metadata = read_metadata(metadata_from(tmp_path, "file,desk\na.txt,coast\n"))
    assert apply_metadata(document_at("a.txt"), metadata).candidates == (Candidate("desk", "coast", "meta.csv line 2"),)


MALFORMED = [
    ("outlet,published\nThe Lantern,2031\n", "line 1: needed a header with the column `file`"),
    ("file,publised\na.txt,2031\n", "line 1: column `publised` looks like `published`"),
    ("file,outlet,outlet\na.txt,x,y\n", "line 1: column `outlet` comes twice"),
    ("file,published\na.txt,4.3.31\n", "line 2: needed a day .* got '4.3.31'"),
    ("file,published\na.txt,2031-02-30\n", "line 2: needed a day .* got '2031-02-30'"),
    (
        "file,published\na.txt,2031-05/2031-04\n",
        "line 2: needed a range .* begins in `published`, got",
    ),
    ("file,from,to\na.txt,2031-13,2031-04\n", "line 2: needed a day .* column `from`, got '2031-13'"),
    ("file,from,to\na.txt,2031-01,31 April\n", "line 2: needed a day .* column `to`, got '31 April'"),
    ("file,published\na.txt,2931-05-01\n", "line 2: needed a day .* column `published`, got '2931-05-01'"),
    (
        "file,from,to\na.txt,2031-05,2031-04\n",
        "line 2: needed a range .* `from` and `to`, got '2031-05/2031-04'",
    ),
    (
        "file,published,from,to\na.txt,2031-05-01,2031-06,2031-07\n",
        "line 2: .* contradict each other: `published` '2031-05",
    ),
    ("file,outlet\na.txt,x\n\n,y\n", "line 4: needed a file name"),
    ("file,outlet\na.txt,x,extra\n", "line 2: needed 2 cells, got 3"),
    ("file,outlet\na.txt,x\na.txt,y\n", "line 3: needed each file once"),
    ('file,outlet\na.txt,"open\n', "line 2: needed CSV"),
    ("file,language\na.txt,en\nb.txt,English\n", "line 3: needed a language's code .* `language`, got 'English'"),
    (b"PK\x03\x04\0\0\0", "binary"),
    ("", "empty"),
]


@pytest.mark.parametrize(("content", "message"), MALFORMED)
def test_malformed_metadata_names_the_line_and_what_was_needed(
    tmp_path: Path, content: str | bytes, message: str
) -> None:
    with pytest.raises(ReadingError, match=message):
        read_metadata(metadata_from(tmp_path, content))


def test_a_date_given_twice_alike_is_one_date(tmp_path: Path) -> None:
    (row,) = read_metadata(
        metadata_from(tmp_path, "file,published,from,to\na.txt,2031-05,2031-05-01,2031-05-31\n")
    ).rows
    assert row.published == DateRange(date(2031, 5, 1), date(2031, 5, 31), Basis.GIVEN, "meta.csv line 2")


def test_missing_metadata_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="found none") as caught:
        read_metadata(tmp_path / "none.csv")
    assert caught.value.code == "missing"
