"""Speech within speech is looked for where a word of the passage often hands words to someone."""

import pytest

from onrecord.annotation.nesting import cue_words, may_hold_speech, skip_opening
from onrecord.records.spans import Span


@pytest.mark.parametrize(
    ("passage", "may"),
    [
        ("that the council urged the fleet to leave the strait", True),
        ("that, According to the harbour office, the crane is safe", True),
        ("that the crane would stand on the east quay by spring", False),
        ("that the ferry has been late on every day since spring", False),
        ("the council urged calm", False),
        ("", False),
    ],
)
def test_only_a_long_passage_with_a_word_of_cues_is_looked_into(passage: str, may: bool) -> None:
    assert may_hold_speech(passage) is may


def test_words_that_find_nothing_on_their_own_are_left_out() -> None:
    assert {"said", "urged", "denied"} <= cue_words()
    assert cue_words().isdisjoint({"has", "did", "support", "the", "of"})


@pytest.mark.parametrize(
    ("passage", "rest"),
    [
        ("that the envoy had warned of a siege", "the envoy had warned of a siege"),
        ("“that the envoy had warned of a siege”", "the envoy had warned of a siege”"),
        ("the envoy had warned of a siege", "the envoy had warned of a siege"),
        ("thatched roofs burned, the envoy said", "thatched roofs burned, the envoy said"),
        ("that", ""),
    ],
)
def test_a_passage_is_read_from_where_it_sounds_like_a_sentence(passage: str, rest: str) -> None:
    text = f"He said {passage}"
    assert text[skip_opening(text, Span(8, len(text))) :] == rest
