"""Marks that lie inside and across each other become well-nested tokens over exactly the printed words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.records.documents import Document, PartKind
from onrecord.records.spans import Span
from onrecord.web.marks import (
    Close,
    Mark,
    Open,
    Role,
    Tokens,
    Words,
    nest_marks,
    paragraphs_of,
    sentence_window,
    window_around,
    with_quotation_marks,
)

TEXT = "abcdefghij"
SIGN = {Role.CONTENT: "q", Role.SOURCE: "s", Role.CUE: "c", Role.CONDITION: "i", Role.HERE: "h", Role.HIT: "x"}


def written(tokens: Tokens) -> str:
    """`<q ab<s cd>>`; a mark that goes on after a break is written `<+q`, one that is broken off `->`."""
    told = []
    for token in tokens:
        if isinstance(token, Words):
            told.append(token.text)
        elif isinstance(token, Open):
            told.append("<" + ("" if token.first else "+") + SIGN[token.mark.role] + " ")
        else:
            told.append(">" if token.last else "->")
    return "".join(told)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], "abcdefghij"),
        ([(0, 10, Role.CONTENT)], "<q abcdefghij>"),
        ([(2, 8, Role.CONTENT), (3, 5, Role.SOURCE)], "ab<q c<s de>fgh>ij"),
        ([(3, 5, Role.SOURCE), (2, 8, Role.CONTENT)], "ab<q c<s de>fgh>ij"),
        ([(2, 5, Role.CONTENT), (2, 5, Role.CONDITION)], "ab<q <i cde>>fghij"),
        ([(1, 5, Role.CONTENT), (3, 8, Role.SOURCE)], "a<q bc<s de->><+s fgh>ij"),
        ([(0, 3, Role.CONTENT), (3, 6, Role.CUE)], "<q abc><c def>ghij"),
        ([(0, 6, Role.CONTENT), (2, 8, Role.SOURCE), (4, 9, Role.CUE)], "<q ab<s cd<c ef->->><+s <+c gh->><+c i>j"),
        ([(4, 4, Role.CONTENT)], "abcdefghij"),
    ],
)
def test_marks_nest_as_markup_needs(marks: list[tuple[int, int, Role]], expected: str) -> None:
    made = [Mark(Span(start, end), role, "r") for start, end, role in marks]
    assert written(nest_marks(TEXT, Span(0, 10), made)) == expected


def test_marks_that_reach_beyond_the_window_are_cut_and_say_that_they_go_on() -> None:
    tokens = nest_marks(TEXT, Span(3, 6), [Mark(Span(0, 10), Role.CONTENT, "r")])
    assert written(tokens) == "<+q def->"


def test_a_stretch_of_a_document_is_marked_by_the_documents_own_offsets() -> None:
    tokens = nest_marks(TEXT[4:8], Span(4, 8), [Mark(Span(5, 7), Role.CUE, "r")], offset=4)
    assert written(tokens) == "e<c fg>h"


spans = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda ends: Span(min(ends), max(ends)))
marks = st.lists(st.builds(Mark, spans, st.sampled_from(list(Role)), st.sampled_from(["a", "b", "c"])), max_size=12)


@given(st.text(min_size=30, max_size=30), spans.filter(lambda span: span.start < span.end), marks)
def test_tokens_hold_every_word_and_are_well_nested_whatever_the_marks(
    text: str, window: Span, made: list[Mark]
) -> None:
    tokens = nest_marks(text, window, made)
    assert "".join(token.text for token in tokens if isinstance(token, Words)) == text[window.start : window.end]
    stack: list[Mark] = []
    covered: set[tuple[int, Mark]] = set()
    at = window.start
    for token in tokens:
        if isinstance(token, Open):
            stack.append(token.mark)
        elif isinstance(token, Close):
            assert stack.pop() == token.mark
        else:
            covered |= {(place, mark) for place in range(at, at + len(token.text)) for mark in stack}
            at += len(token.text)
    assert stack == []
    inside = range(window.start, window.end)
    assert covered == {(place, mark) for mark in made for place in range(*mark.span) if place in inside}


def test_a_text_without_parts_is_shown_by_its_lines() -> None:
    document = Document("sha256:0", "a.txt", "", "One line.\n\n  \nAnother.\n")
    parts = paragraphs_of(document)
    assert [document.text[part.span.start : part.span.end] for part in parts] == ["One line.", "Another."]
    assert {part.kind for part in parts} == {PartKind.BODY}


def test_a_passage_over_two_paragraphs_is_shown_with_both() -> None:
    document = Document("sha256:0", "a.txt", "", "First here.\nSecond there.\nThird.")
    assert document.text[slice(*window_around(document, Span(6, 15)))] == "First here.\nSecond there."


def test_a_window_is_cut_between_words_and_within_the_line() -> None:
    text = "A line before.\nSome words stand here and go on for long.\nAfter."
    passage = Span(text.index("stand"), text.index("stand") + 5)
    assert text[slice(*sentence_window(text, passage, reach=8))] == "words stand here"
    assert text[slice(*sentence_window(text, passage))] == "Some words stand here and go on for long."


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("He said: “We will go.” Then he left.", "We will go", "“We will go.”"),
        ('"We stay," she said.', "We stay", '"We stay,"'),
        ("‘We stay’, she said.", "We stay", "‘We stay’"),
        ("They call it («our sea»).", "our sea", "«our sea»"),
        ("``We stay'' is what he said.", "We stay", "``We stay''"),
        ("the envoys’ letters", "the envoys", "the envoys"),
        ('a 5" pipe, said Oto', "pipe", "pipe"),
        ("it’s “ours” now", "it", "it"),
        ("We stay, she said.", "We stay", "We stay"),
        ("“We stay,” and “we sail”", "We stay,” and “we sail", "“We stay,” and “we sail”"),
        ("“We stay”", "“We stay”", "“We stay”"),
        ("“We stay”", "We stay”", "“We stay”"),
        ("", "", ""),
    ],
)
def test_quotation_marks_just_outside_a_passage_are_shown_with_it(text: str, words: str, shown: str) -> None:
    start = text.index(words)
    assert text[slice(*with_quotation_marks(text, Span(start, start + len(words))))] == shown
