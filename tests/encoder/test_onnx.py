"""The shipped files: checked by hash, loaded from the bytes that were checked."""

import numpy as np
import pytest

from onrecord.encoder import load_encoder
from onrecord.encoder.manifest import MANIFEST
from onrecord.encoder.onnx import check_bytes, read_file
from onrecord.errors import ModelError
from onrecord.records.scores import Encoder


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


@pytest.mark.parametrize("name", sorted(MANIFEST))
def test_attack_63_a_flipped_byte_is_refused_before_loading(name: str) -> None:
    content = bytearray(read_file(name))
    content[len(content) // 2] ^= 1
    with pytest.raises(ModelError, match="was changed"):
        check_bytes(name, bytes(content))


def test_attack_63_an_unknown_file_is_refused() -> None:
    with pytest.raises(ModelError, match="a known file"):
        check_bytes("other.onnx", b"anything")


def test_a_missing_file_says_what_to_do() -> None:
    with pytest.raises(ModelError, match="install again"):
        read_file("absent.onnx")


def test_scores_are_probabilities_for_every_word(encoder: Encoder) -> None:
    scores = encoder.score("The harbour council said it would close the port if the dam is touched.")
    assert len(scores.words) == len(scores.attribution) == len(scores.condition) == len(scores.name) == 15
    for layer in (scores.attribution, scores.condition, scores.name):
        np.testing.assert_allclose(layer.sum(axis=1), 1, atol=1e-5)


def test_a_long_text_is_scored_in_windows_of_one_length(encoder: Encoder) -> None:
    text = "The envoy said the talks were over. " * 200
    assert len(encoder.score(text).words) == 8 * 200


def test_scoring_twice_gives_the_same(encoder: Encoder) -> None:
    text = "“No vote, no deal,” the premier warned."
    np.testing.assert_array_equal(encoder.score(text).attribution, encoder.score(text).attribution)


def test_a_text_without_words_has_no_scores(encoder: Encoder) -> None:
    assert encoder.score(" \n").words == ()
    assert encoder.embed(()).shape == (0, 384)


def test_sentences_that_mean_the_same_lie_closer(encoder: Encoder) -> None:
    same, paraphrase, other = encoder.embed(
        ("They will close the strait.", "The strait will be shut by them.", "The bakery sells bread.")
    )
    assert float(same @ paraphrase) > 0.6 > float(same @ other)
