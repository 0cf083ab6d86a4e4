"""Attributions from hand-made scores: no model is loaded."""

from collections.abc import Callable

import numpy as np
import pytest

from onrecord.annotation.attributions import find_attributions
from onrecord.encoder.words import split_words
from onrecord.records.documents import Document, Part, PartKind, hash_text
from onrecord.records.findings import Attribution, Directness
from onrecord.records.scores import ATTRIBUTION_LABELS, Float, LinkTable, WordScores
from onrecord.records.spans import Span, quote_spans
from onrecord.settings import Settings

ROLES = {"S": "source", "C": "cue", "T": "content"}


def marked(text: str) -> tuple[str, list[tuple[str, int, int]]]:
    """`{S:the envoy} {C:said}` → bare text and (role, start, end)."""
    bare, spans, opened = "", [], []
    index = 0
    while index < len(text):
        if text[index] == "{" and text[index + 2] == ":":
            opened.append((ROLES[text[index + 1]], len(bare)))
            index += 3
        elif text[index] == "}":
            role, start = opened.pop()
            spans.append((role, start, len(bare)))
            index += 1
        else:
            bare += text[index]
            index += 1
    return bare, spans


def score_marked(text: str) -> tuple[str, WordScores]:
    """Scores that say what the marks say; links prefer what stands near."""
    bare, spans = marked(text)
    words = split_words(bare)
    labels = np.zeros(len(words), np.int64)
    for role, start, end in sorted(spans, key=lambda span: span[1] - span[2]):
        inside = [index for index, word in enumerate(words) if start <= word.start and word.end <= end]
        begin = ATTRIBUTION_LABELS.index(f"B-{role}")
        labels[inside] = begin + 1
        labels[inside[0]] = begin
    rows = np.full((len(words), 7), 0.001, np.float32)
    rows[np.arange(len(words)), labels] = 0.994
    near: Float = np.array([*range(-9, 1), *range(0, -10, -1)], np.float32)
    table = LinkTable(
        np.zeros((2, 1), np.float32), np.full(2, -6, np.float32), np.stack([near, near]), np.zeros((2, 4), np.float32),
        np.cumsum([bare.count("\n", 0 if i == 0 else words[i - 1].end, word.start) for i, word in enumerate(words)]),
    )  # fmt: skip
    empty = np.zeros((len(words), 2, 1), np.float32)
    return bare, WordScores(words, rows, rows, np.zeros((len(words), 9), np.float32), empty, empty, table)


def find(text: str, parts: tuple[Part, ...] = (), threshold: float = 0.0) -> tuple[str, tuple[Attribution, ...]]:
    bare, scores = score_marked(text)
    document = Document(hash_text(bare), "test", "", bare, parts=parts)
    return bare, find_attributions(document, (), scores, Settings(threshold=threshold))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{S:The envoy} {C:said} {T:the talks were over}.", [("The envoy", "said", "the talks were over")]),
        ("{T:“We stay,”} {S:she} {C:said}, {T:“and we wait.”}", [("she", "said", "“We stay,” … “and we wait.”")]),
        ("{C:According to} {S:the port}, {T:ships wait}.", [("the port", "According to", "ships wait")]),
        ("{T:No deal was near}.", [("", "", "No deal was near")]),
        ("Nothing was said.", []),
        ("{S:The premier} {C:spoke} without being quoted.", []),
    ],
)
def test_spans_become_attributions(text: str, found: list[tuple[str, str, str]]) -> None:
    bare, attributions = find(text)
    quoted: Callable[[Attribution], tuple[str, str, str]] = lambda a: (  # noqa: E731 (one line reads better here)
        quote_spans(bare, a.source),
        quote_spans(bare, a.cue),
        quote_spans(bare, a.content),
    )
    assert [quoted(each) for each in attributions] == found


def test_fragments_with_only_white_space_between_them_are_one() -> None:
    bare, (attribution,) = find("{S:She} {C:said}: {T:first paragraph.}\n{T:second paragraph}")
    assert attribution.content == (Span(10, len(bare)),)


def test_a_quotation_nobody_is_named_for_is_unmarked_or_direct() -> None:
    _, (unmarked,) = find("{T:We will not go there}")
    _, (direct,) = find('"{T:We will not go there}"')
    assert unmarked.directness is Directness.UNMARKED
    assert direct.directness is Directness.DIRECT


def test_site_furniture_is_never_a_statement() -> None:
    text = "{S:App} {C:says} {T:download now}\n{S:The envoy} {C:said} {T:no}"
    furniture = (Part(Span(0, 21), PartKind.FURNITURE),)
    bare, attributions = find(text, furniture)
    assert [quote_spans(bare, each.source) for each in attributions] == ["The envoy"]


def test_what_is_not_sure_enough_is_left_out() -> None:
    assert find("{S:She} {C:said} {T:no}", threshold=0.999)[1] == ()


def test_speech_within_speech_is_linked_as_a_relay() -> None:
    outer, scores = score_marked(
        "{S:The agency} {C:reported} {T:that the council urged the fleet to leave the strait}."
    )
    _, inner_scores = score_marked("{S:the council} {C:urged} {T:the fleet to leave the strait}")
    document = Document(hash_text(outer), "test", "", outer)
    first, second = find_attributions(document, (), scores, Settings(threshold=0), score_again=lambda _: inner_scores)
    assert (first.within, second.within) == (None, first.id)
    assert quote_spans(outer, second.source) == "the council"
    assert quote_spans(outer, second.content) == "the fleet to leave the strait"


def test_a_passage_that_can_hold_no_speech_is_not_scored_again() -> None:
    text, scores = score_marked(
        "{S:The agency} {C:reported} {T:that the fleet would leave the strait by noon} and "
        "{S:it} {C:said} {T:that the council urged the crews to stay on land}."
    )
    asked: list[str] = []

    def score_again(passage: str) -> WordScores:
        asked.append(passage)
        return score_marked(passage)[1]

    find_attributions(Document(hash_text(text), "test", "", text), (), scores, Settings(), score_again=score_again)
    assert asked == ["the council urged the crews to stay on land"]


def test_a_headline_does_not_run_on_into_the_dateline() -> None:
    text = "{S:Premier}: {T:no deal\nHARBOUR CITY - The envoys} left."
    parts = (Part(Span(0, 16), PartKind.HEADLINE), Part(Span(17, 31), PartKind.DATELINE))
    bare, attributions = find(text, parts)
    assert [quote_spans(bare, each.content) for each in attributions] == ["no deal", "The envoys"]


def test_a_source_never_crosses_a_line() -> None:
    bare, (attribution,) = find("{S:Wire\nThe envoy} {C:said} {T:no}")
    assert quote_spans(bare, attribution.source) == "The envoy"


def test_a_line_that_just_stops_does_not_run_on_into_the_next() -> None:
    bare, (attribution,) = find("{S:Vale} {C:says} {T:no deal with the port\n\nThe mayor of Orrin}\n\nHe left.")
    assert quote_spans(bare, attribution.content) == "no deal with the port"


def test_no_source_is_taken_from_a_later_sentence() -> None:
    bare, scores = score_marked("Crews left, {C:claiming} {T:the pier is safe}. {S:Vale} left.")
    sentences = (Span(0, bare.index("Vale")), Span(bare.index("Vale"), len(bare)))
    document = Document(hash_text(bare), "test", "", bare)
    (attribution,) = find_attributions(document, sentences, scores, Settings(threshold=0))
    assert attribution.source == ()


def test_a_headline_is_no_part_of_what_the_first_paragraph_reports() -> None:
    text = "{T:Fleet to leave strait\nThe tolls must go}, {C:according to} {S:the premier}."
    parts = (Part(Span(0, 21), PartKind.HEADLINE),)
    bare, (attribution,) = find(text, parts)
    assert quote_spans(bare, attribution.content) == "The tolls must go"


def test_the_dateline_is_no_part_of_what_is_said() -> None:
    text = "{T:PORT SUND} - {S:The premier} {C:repeated} {T:that no ship would sail}."
    parts = (Part(Span(0, 11), PartKind.DATELINE), Part(Span(12, 63), PartKind.BODY))
    bare, (found,) = find(text, parts)
    assert quote_spans(bare, found.content) == "that no ship would sail"


def test_what_a_paragraph_without_marks_holds_is_found_once() -> None:
    told = (
        "We have waited for the tugs all winter and {S:we} {C:told the board} {T:that it was late}. "
        "I am sure that our letters were read."
    )
    text, scores = score_marked("{T:“The pier stays shut,”} {S:the harbour mistress} {C:said}.\n" + told)
    document = Document(hash_text(text), "test", "", text)
    again = score_marked(told)[1]
    found = find_attributions(document, (), scores, Settings(threshold=0), score_again=lambda _: again)
    inside = [each for each in found if quote_spans(text, each.content) == "that it was late"]
    assert [each.within is not None for each in inside] == [True]
