"""Span ends move by word, stop where they must, and a correction holds exactly what was changed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import RecordError
from onrecord.ledger import open_ledger
from onrecord.records.spans import Span
from onrecord.web.correcting import (
    Move,
    fields_of,
    fill_fields,
    move_end,
    read_move,
    read_spans,
    write_correction,
    write_spans,
)
from onrecord.web.problems import RequestError

TEXT = "He said: “we’ll close the strait,” and left."


def quote(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


@pytest.mark.parametrize(
    ("words", "end", "by", "expected"),
    [
        ("close the strait", "end", 1, "close the strait,"),
        ("close the strait", "end", 2, "close the strait,”"),
        ("close the strait", "end", -1, "close the"),
        ("close the strait", "start", -1, "we’ll close the strait"),
        ("close the strait", "start", -2, "“we’ll close the strait"),
        ("close the strait", "start", 1, "the strait"),
        ("close", "start", 1, "close"),
        ("close", "end", -1, "close"),
        ("He said", "start", -1, "He said"),
        ("left.", "end", 1, "left."),
    ],
)
def test_an_end_moves_by_word_and_stops_at_its_other_end(words: str, end: str, by: int, expected: str) -> None:
    (moved,) = move_end(TEXT, (quote(words),), Move("content", 0, end, by))
    assert TEXT[slice(*moved)] == expected


def test_an_end_stops_at_the_next_piece() -> None:
    pieces = (quote("close"), quote("strait"))
    assert move_end(TEXT, pieces, Move("content", 0, "end", 9))[0] == quote("close the")


def test_a_piece_that_is_not_there_cannot_be_moved() -> None:
    with pytest.raises(RecordError, match="1 pieces"):
        move_end(TEXT, (quote("close"),), Move("content", 1, "end", 1))


@given(st.text(min_size=1, max_size=60), st.data())
def test_a_moved_span_still_lies_in_its_text_and_is_not_empty(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    move = Move("content", 0, data.draw(st.sampled_from(["start", "end"])), data.draw(st.sampled_from([-3, -1, 1, 3])))
    (moved,) = move_end(text, (span,), move)
    assert 0 <= moved.start < moved.end <= len(text)
    assert read_spans(write_spans((moved,)), text) == (moved,)


@pytest.mark.parametrize("written", ["5-5", "9-4", "0-99", "a-b", "1-2-3", "5-9,2-4", "1-6,5-9", "-1-4"])
def test_spans_that_are_none_are_refused(written: str) -> None:
    with pytest.raises(RecordError):
        read_spans(written, TEXT)


@pytest.mark.parametrize("written", ["content", "content.0.middle.1", "content.x.end.1", "content.0.end.0", "c" * 90])
def test_moves_that_are_none_are_refused(written: str) -> None:
    with pytest.raises(RecordError):
        read_move(written)


def test_a_correction_holds_what_was_changed_and_nothing_else(read_ledger: str) -> None:
    view = open_ledger(read_ledger, read_only=True).view()
    row = next(row for row in view.statements().rows if row.statement.act == "red_line")
    found, text = view.find(row.statement.id), view.text(row.statement.document)
    before = fields_of(found, text)
    assert write_correction(before, fill_fields(before, {}, None, text)) == ""
    first = row.statement.content[0]
    after = fill_fields(before, {"act": "threat", "speaker": " Venn "}, Move("content", 0, "end", -2), text)
    correction = json.loads(write_correction(before, after))
    assert set(correction) == {"act", "speaker", "content"}
    assert correction["act"] == "threat"
    assert correction["speaker"] == "Venn"
    assert correction["content"][0][0] == first.start
    assert correction["content"][0][1] < first.end


def test_values_that_are_not_offered_are_refused(read_ledger: str) -> None:
    view = open_ledger(read_ledger, read_only=True).view()
    found = view.find(view.statements().rows[0].statement.id)
    text = view.text(found.passages[0].document)
    fields = fields_of(found, text)
    with pytest.raises(RequestError, match="not one of the values"):
        fill_fields(fields, {"act": "blessing"}, None, text)
    with pytest.raises(RequestError, match="YYYY-MM-DD"):
        fill_fields(fields, {"said_from": "yesterday"}, None, text)
