"""Sentences: a table of texts with `|` where one ends, and what holds of any text."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotation.sentences import LONGEST, behind_datelines, split_sentences
from onrecord.lexicon.loader import load_lexicon
from onrecord.reading.reader import read_text
from onrecord.records.documents import Document
from onrecord.records.spans import quote_span


def article(text: str) -> Document:
    return Document(id="d", path="", title="", text=text)


def sentences_of(text: str) -> list[str]:
    return [quote_span(text, span) for span in split_sentences(article(text))]


CASES = (
    "The ferry left. | It came back.",
    "Harbour reopens after strike\n|The harbour reopened. | Nobody cheered.",
    "JAKARTA - The minister resigned. | His deputy stayed.",
    "Mr. Brandt met Dr. Osei. | They spoke for an hour.",
    "The U.S. envoy left the U.S. | The talks went on.",
    "The U.S. Senate voted at 5 p.m. Monday.",
    "The pump failed at 5 p.m. (1700 GMT) Monday.",
    "They meet Oct. 31-Nov. 3 in the town hall.",
    "Lt. Gen. Mara Holt saluted. | No one spoke.",
    "It cost 3.5 million in 2.5 years. | 40 people came.",
    "Article No. 5 applies. | The answer was no. | They left.",
    "The vote on Sept. 3 was close. | It was won in Aug. | The others left.",
    "“We will not go.” | The hall fell silent.",
    "“We will not go,” she said. | “Never.”",
    '"Will they come?" Marlow asked. | Nobody knew.',
    '"Will they come?" he asked. | Nobody knew.',
    '"Leave!" | The crowd moved.',
    '"It is... the only way," he said. | "And then..." | She paused.',
    "Saving them is… a duty. | So it goes.",
    "He waited. . . and went on. | Then he left.",
    "J. K. Amsel and Peter V. Lund signed. | They left.",
    "It was plan B. | The others failed.",
    "(The bridge is shut.) | Ferries run.",
    "1. Open the border. | 2. Pay the fees.",
    "We use Node.JS and example.org here. | Fine.",
    "“Stop there. ” | Then it ended.",
    "Acme Inc. shares fell. | Acme Inc. | The rest rose.",
    "It happened in 2019. | 2020 was worse.",
    "Кordon fell. | Дальше ничего.",
    "Really?! | Yes.",
    "He has (see p. 4) two homes.",
    "The cease-fire vs. the war: e.g. Kessel, i.e. the north.",
    "\u00a0The ferry left.\u00a0| It came back.",
)


@pytest.mark.parametrize("marked", CASES)
def test_sentences_end_where_marked(marked: str) -> None:
    expected = [piece.strip() for piece in marked.split("|")]
    assert sentences_of(marked.replace("|", "")) == expected


def test_a_space_lost_in_print_still_parts_two_sentences() -> None:
    assert sentences_of("They ended the talks.The envoy left.") == ["They ended the talks.", "The envoy left."]


PROSE = st.text(alphabet=st.sampled_from("ab AB19.!?…\"'”“)(\n\u00a0-,USé\u200b😀"), max_size=300)


@given(st.one_of(PROSE, st.text(max_size=200)))
def test_every_character_but_white_space_lies_in_exactly_one_sentence(text: str) -> None:
    spans = split_sentences(article(text))
    covered = [index for span in spans for index in range(*span)]
    assert covered == sorted(set(covered))
    assert {index for index, character in enumerate(text) if not character.isspace()} <= set(covered)


@given(PROSE)
def test_sentences_are_in_order_without_outer_white_space(text: str) -> None:
    spans = split_sentences(article(text))
    assert list(spans) == sorted(spans)
    assert all(quote_span(text, span) == quote_span(text, span).strip() for span in spans)


def test_every_listed_word_is_text() -> None:
    listed = load_lexicon("sentences")
    assert all(isinstance(word, str) and word == word.lower() for words in listed.values() for word in words)


def test_no_text_has_no_sentences() -> None:
    assert split_sentences(article("")) == ()
    assert split_sentences(article(" \n\u00a0\n")) == ()


@pytest.mark.parametrize("unit", ['"', "(", " ", "said said ", ".", '."', "x", "?!", ". ", "U.S. ", "J. ", "1. ", "\n"])
def test_attack_28_and_29_a_megabyte_of_anything_is_cut_in_linear_time(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    began = process_time()
    spans = split_sentences(article(text))
    assert process_time() - began < 10.0
    assert all(span.end - span.start <= LONGEST for span in spans)


def test_attack_29_a_sentence_without_end_is_cut_at_white_space() -> None:
    text = "word " * 2000
    spans = split_sentences(article(text))
    assert len(spans) > 1
    assert all(quote_span(text, span).split()[-1] == "word" for span in spans)


DATELINES = (
    ("Bridge falls\n\nSARN, 4 May 2024 - At least 17 people died.\n\nThe mayor left.", "At least 17 people died."),
    ("Bridge falls\n\nSarn, May 4, 2024 (NPA) – 17 people died.\n\nThe mayor left.", "17 people died."),
    ("Bridge falls\n\n4 May 2024\n\nA bridge fell.\n\nThe mayor left.", "A bridge fell."),
)


@pytest.mark.parametrize(("text", "first"), DATELINES)
def test_news_begins_behind_the_dateline(text: str, first: str) -> None:
    document = read_text(text, "a.txt")
    left = [quote_span(text, span) for span in behind_datelines(document, split_sentences(document))]
    assert left == ["Bridge falls", first, "The mayor left."]
