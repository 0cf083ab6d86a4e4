import pytest

from onrecord.lexicon.tokens import find_tokens, split_words
from onrecord.records.spans import Span

CASES = [
    ("Kyiv's mayor", ["Kyiv", "mayor"]),
    ("Kiev's'red lines", ["Kiev", "red", "lines"]),
    ("the U.S. envoy", ["the", "U.S.", "envoy"]),
    ("Sen. J. Hale Jr.", ["Sen.", "J.", "Hale", "Jr"]),
    ("N'Djamena and Cote d'Ivoire", ["N'Djamena", "and", "Cote", "d'Ivoire"]),
    ("pro-Kremlin end.The ship", ["pro-Kremlin", "end", "The", "ship"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "words"), CASES)
def test_words_are_cut_one_way_for_texts_and_lists(text: str, words: list[str]) -> None:
    assert list(split_words(text)) == words


def test_a_token_knows_its_possessive_and_its_place() -> None:
    text = "“The allies' envoys, Latvia’s too.”"
    tokens = find_tokens(text, (Span(0, len(text)),))
    assert [token.text for token in tokens if token.owns] == ["allies", "Latvia"]
    assert [token.text for token in tokens if token.opens] == ["The"]
    assert [token.text for token in tokens if not token.joined] == ["The", "Latvia"]


def test_every_token_lies_where_it_says() -> None:
    text = "Dr. Ana Bek-Lor’s 3 ships — the “Zoë” 🚢 — left."
    assert all(text[t.start : t.end] == t.text for t in find_tokens(text, (Span(0, len(text)),)))
