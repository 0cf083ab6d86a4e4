"""Words and their features: what the tagger sees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.encoder.words import BREAKS, QUOTES, SHAPES, describe_words, split_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The port's gate won't open.", ["The", "port", "'s", "gate", "won't", "open", "."]),
        ("“We will stay,” he said", ["“", "We", "will", "stay", ",", "”", "he", "said"]),
        ("Strait-wide 3.5%", ["Strait", "-", "wide", "3", ".", "5", "%"]),
        ("O’Hara’s boat", ["O’Hara", "’s", "boat"]),
        ("", []),
        ("\u00a0\n ", []),
    ],
)
def test_a_text_is_split_into_words(text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in split_words(text)] == words


@given(st.text())
def test_every_visible_character_lies_in_exactly_one_word(text: str) -> None:
    covered = [place for start, end in split_words(text) for place in range(start, end)]
    assert covered == sorted(set(covered))
    assert {place for place, letter in enumerate(text) if letter.isalnum()} <= set(covered)


@pytest.mark.parametrize(
    ("text", "shapes"),
    [
        ("port Port PORT McPort 3rd ,", ["lower", "title", "upper", "mixed", "digit", "other"]),
        ("A a", ["title", "lower"]),
    ],
)
def test_shapes_tell_names_from_nouns(text: str, shapes: list[str]) -> None:
    described = describe_words(text, split_words(text))
    assert [SHAPES[row[0]] for row in described] == shapes


def test_line_and_paragraph_breaks_are_seen() -> None:
    text = "Head\nline one\n\nnext"
    described = describe_words(text, split_words(text))
    assert [BREAKS[row[1]] for row in described] == ["none", "line", "none", "paragraph"]


def test_a_mark_that_never_closes_ends_with_its_line() -> None:
    text = '"Stay here\nThey left. "Go," he said'
    words = split_words(text)
    quotes = {text[a:b]: QUOTES[row[2]] for (a, b), row in zip(words, describe_words(text, words), strict=True)}
    assert quotes["Stay"] == "inside"
    assert quotes["They"] == "outside"
    assert quotes["Go"] == "inside"
    assert quotes["said"] == "outside"
