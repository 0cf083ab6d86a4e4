"""Word pieces: remembered by word, and never others than the tokenizer gives."""

import pytest
from tokenizers import Tokenizer

from onrecord.encoder.onnx import read_file
from onrecord.encoder.pieces import MOST_PIECES, PieceTable
from onrecord.encoder.words import LONGEST, split_words
from onrecord.errors import ModelError


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    loaded = Tokenizer.from_str(read_file("tokenizer.json").decode("utf-8"))
    loaded.no_truncation()
    loaded.no_padding()
    return loaded


def split(table: PieceTable, text: str) -> list[tuple[int, ...]]:
    return table.split(text, split_words(text))


def test_remembered_pieces_are_those_of_the_tokenizer(tokenizer: Tokenizer) -> None:
    text = "The envoy’s ferry, the Zaporozhets, won't leave Überhafen before 14:30 \u200b \u0e01"
    words = [text[start:end] for start, end in split_words(text)]
    fresh = [tokenizer.encode([word], is_pretokenized=True, add_special_tokens=False).ids for word in words]
    table = PieceTable(tokenizer)
    first = split(table, text)
    unknown = tokenizer.token_to_id("[UNK]")
    assert unknown is not None
    assert [list(each) for each in first] == [ids[:MOST_PIECES] or [unknown] for ids in fresh]
    assert split(table, text) == first


def test_a_table_that_is_full_forgets_and_still_gives_the_same(tokenizer: Tokenizer) -> None:
    small, large = PieceTable(tokenizer, most=2), PieceTable(tokenizer)
    for text in ("Crane ferry quay harbour", "Quay crane", "Harbour strait ferry"):
        assert split(small, text) == split(large, text)


def test_a_word_without_known_pieces_is_one_unknown_piece(tokenizer: Tokenizer) -> None:
    unknown = tokenizer.token_to_id("[UNK]")
    assert unknown is not None
    assert split(PieceTable(tokenizer), "\U000103a0\U000103a1") == [(unknown,)]


def test_a_word_of_five_megabytes_is_cut(tokenizer: Tokenizer) -> None:
    table, word = PieceTable(tokenizer), "abcdefgh" * 600_000
    assert split(table, word) == split(table, word[:LONGEST])


def test_a_vocabulary_without_the_unknown_piece_is_refused() -> None:
    from tokenizers.models import WordLevel

    with pytest.raises(ModelError, match="UNK"):
        PieceTable(Tokenizer(WordLevel({"a": 0}, unk_token="a")))
