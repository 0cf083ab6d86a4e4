# ruff: noqa: E501 - tables of cases read better unbroken
"""JSON, JSON Lines and CSV of articles. A line or row that is broken fails alone, with its number and a code."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from onrecord.reading.limits import Limits
from onrecord.reading.reader import read_path
from onrecord.records.codec import to_json
from onrecord.records.documents import Basis, Document, PartKind, Rejected
from onrecord.records.findings import Findings
from onrecord.settings import Settings

Read = Callable[..., Document]
Reject = Callable[..., Rejected]
ReadAll = Callable[..., list[Document | Rejected]]

TEXT = "The lift bridge stays shut until the towns have voted, the council said. Nobody asked the ferry owners."
GOOD = json.dumps({"text": TEXT})


def codes(items: list[Document | Rejected]) -> list[str]:
    """What came of each line: `read` and its number, or the code and the number."""
    return [f"{item.code if isinstance(item, Rejected) else 'read'} {item.path.rsplit('#', 1)[-1]}" for item in items]


def test_each_line_is_a_document_with_its_number(read_file: ReadAll) -> None:
    items = read_file("a.jsonl", f"{GOOD}\n\n{json.dumps({'text': TEXT + ' So be it.', 'title': 'Bridge'})}\n")
    assert codes(items) == ["read 1", "read 3"]
    first, third = items
    assert isinstance(first, Document)
    assert isinstance(third, Document)
    assert first.text == TEXT
    assert (third.title, third.text.split("\n")[0], third.parts[0].kind) == ("Bridge", "Bridge", PartKind.HEADLINE)


FIELDS = [
    {"text": TEXT, "title": "Bridge", "outlet": "The Lantern", "published": "2031-03-04", "url": "https://l.example/1", "author": "Ilya Marsh"},
    {"maintext": TEXT, "title": "Bridge", "source": "The Lantern", "date_publish": "2031-03-04 10:00:00", "url": "https://l.example/1", "authors": ["Ilya Marsh"]},
    {"body_text": TEXT, "headline": "Bridge", "copyrightholder": "The Lantern", "versioncreated": "2031-03-04T10:00:00Z", "uri": "https://l.example/1", "byline": "Ilya Marsh"},
    {"bodies": [{"role": "main", "value": f"<p>{TEXT}</p>"}], "headlines": [{"value": "Bridge"}], "source": {"name": "The Lantern"}, "firstCreated": "2031-03-04T10:00:00Z", "url": "https://l.example/1", "bylines": [{"name": "Ilya Marsh"}]},
    {"Content": f"<div><p>{TEXT}</p></div>", "Title": "Bridge", "source": {"id": "l", "name": "The Lantern"}, "publishedAt": "2031-03-04T10:00:00Z", "URL": "https://l.example/1", "author": "Ilya Marsh"},
]  # fmt: skip


@pytest.mark.parametrize("fields", FIELDS)
@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.ninjs"])
def test_the_usual_names_of_fields_are_understood(read_one: Read, fields: dict[str, object], name: str) -> None:
    document = read_one(name, json.dumps(fields))
    assert document.text == f"Bridge\n{TEXT}"
    assert (document.outlet.name, document.outlet.basis) == ("The Lantern", Basis.METADATA)
    assert (document.published.earliest, document.published.basis) == (date(2031, 3, 4), Basis.METADATA)
    assert (document.url, document.author) == ("https://l.example/1", "Ilya Marsh")


@pytest.mark.parametrize(
    "wrap", [lambda items: items, lambda items: {"articles": items}, lambda items: {"items": items}]
)
def test_a_json_file_may_hold_a_list(read_file: ReadAll, wrap: Callable[[list[object]], object]) -> None:
    items = read_file("a.json", json.dumps(wrap([{"text": TEXT}, {"no": "text"}, 7, {"body": TEXT + "!"}])))
    assert sorted(codes(items)) == ["bad_json 3", "no_text 2", "read 1", "read 4"]


def test_our_own_exchange_record_can_be_read_back(read_one: Read) -> None:
    document = read_one("a.txt", f"Bridge stays shut\n{TEXT}")
    again = read_one("b.jsonl", to_json(Findings(document)))
    assert (again.id, again.text, again.title) == (document.id, document.text, document.title)


BROKEN = [
    (b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "too_deep"),
    (b'{"text": "x", "n": ' + b"9" * 10_000 + b"}", "bad_json"),
    (b'{"text": "words here", "score": NaN}', "bad_json"),
    (b'{"text": "words here", "score": -Infinity}', "bad_json"),
    (b'{"text": "half a pair \\ud800 here"}', "bad_text"),
    (b'{"text": "words", "title": "\\udc00"}', "bad_text"),
    (b'{"text": "a hole \\u0000 here"}', "bad_text"),
    (b'{"text": "words", "author": "\\u0000"}', "bad_text"),
    (b'{"text": "one", "text": "two"}', "bad_json"),
    (b'{"text": "caf\xe9"}', "bad_json"),
    (b'{"text": "cut', "bad_json"),
    (b'["text"]', "bad_json"),
    (b'{"text": ""}', "no_text"),
    (b'{"title": "only a title"}', "no_text"),
    (b'{"text": 7}', "no_text"),
    (b'{"text": "2031: 14"}', "no_text"),
    (b"null", "bad_json"),
    (b"\0\0\0", "bad_json"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "code"), BROKEN)
def test_attack_18_a_broken_line_fails_alone_with_its_number_and_code(
    read_file: ReadAll, line: bytes, code: str
) -> None:
    items = read_file("a.jsonl", GOOD.encode() + b"\n" + line + b"\n" + GOOD.encode() + b"\n")
    assert codes(items) == ["read 1", f"{code} 2", "read 3"]
    assert isinstance(items[1], Rejected)
    assert any(place in items[1].reason for place in (" line 2: ", "#2: "))
    assert len(items[1].reason) < 500


@pytest.mark.parametrize(
    ("start", "ending"), [(b"\xef\xbb\xbf", b"\n"), (b"", b"\r\n"), (b"", b""), (b"\xef\xbb\xbf", b"\r\n")]
)
def test_attack_18_byte_order_marks_and_line_ends_do_not_matter(
    read_file: ReadAll, start: bytes, ending: bytes
) -> None:
    assert codes(read_file("a.jsonl", start + GOOD.encode() + ending)) == ["read 1"]


def test_attack_18_a_line_of_100_mb_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as stream:
        stream.write(GOOD.encode() + b'\n{"text": "')
        for _ in range(100):
            stream.write(b"a" * 1_000_000)
        stream.write(b'"}\n' + GOOD.encode() + b"\n")
    assert codes(list(read_path(path))) == ["read 1", "too_large 2", "read 3"]


def test_attack_18_the_cut_last_line_fails_and_the_others_are_read(read_file: ReadAll) -> None:
    assert codes(read_file("a.jsonl", f"{GOOD}\n{GOOD}\n{GOOD[:-9]}")) == ["read 1", "read 2", "bad_json 3"]


def test_lists_are_capped_and_said_to_be(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"text": f"{TEXT} {number}"} for number in range(5)]))
    items = list(read_path(path, Settings(), Limits(items=3)))
    assert codes(items)[:3] == ["read 1", "read 2", "read 3"]
    assert [item.code for item in items if isinstance(item, Rejected)] == ["truncated"]


def test_a_script_link_is_dropped_and_an_absurd_date_noted(read_one: Read) -> None:
    document = read_one("a.jsonl", json.dumps({"text": TEXT, "url": "javascript:alert(1)", "date": "9999-99-99"}))
    assert document.url is None
    assert not document.published.is_known
    assert "absurd_date" in document.notes


# -- CSV


def test_rows_are_documents_with_their_line_numbers(read_file: ReadAll) -> None:
    rows = f'title,body,date\nBridge,"{TEXT}\nSecond paragraph, she said.",2031-03-04\nFerry,"{TEXT}",\n'
    items = read_file("a.csv", rows)
    assert codes(items) == ["read 3", "read 4"]
    assert isinstance(items[0], Document)
    assert items[0].text.endswith("Second paragraph, she said.")
    assert items[0].published.earliest == date(2031, 3, 4)


def test_a_broken_row_fails_alone(read_file: ReadAll) -> None:
    rows = f"title;text\nBridge;{TEXT}\nNone;\nMany;{TEXT};x\nLast;{TEXT}\n"
    assert sorted(codes(read_file("a.csv", rows))) == ["bad_csv 4", "no_text 3", "read 2", "read 5"]


def test_rows_beyond_the_cap_are_said_to_be_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text\n" + f'"{TEXT}"\n' * 5)
    items = list(read_path(path, Settings(), Limits(items=3)))
    assert [item.code for item in items if isinstance(item, Rejected)] == ["truncated"]
    assert len(items) == 4


@pytest.mark.parametrize(
    ("content", "code"), [("file,outlet\na.txt,x\n", "metadata"), ("a,b\n1,2\n", "wrong_type"), ('"open', "bad_csv")]
)
def test_tables_of_other_things_are_refused(reject_one: Reject, content: str, code: str) -> None:
    assert reject_one("a.csv", content).code == code
