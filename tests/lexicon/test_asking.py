"""Words that are only asked, and answers that say yes."""

import pytest

from onrecord.lexicon.asking import affirms, asking_words, only_asks, question_words


@pytest.mark.parametrize(
    ("cue", "content"),
    [
        ("asked", "whether they would leave"),
        ("Asked", "if the bridge was open"),
        ("wondered aloud", "who would pay"),
        ("asked", "“Will you leave if it passes?”"),
        ("wanted", "to know what it would cost"),
        ("wants to", "know exactly when the train leaves"),
    ],
)
def test_a_question_is_only_asked(cue: str, content: str) -> None:
    assert only_asks(cue, content)


@pytest.mark.parametrize(
    ("cue", "content"),
    [
        ("said", "what the league does is wrong"),
        ("asked", "the guard to leave"),
        ("wants", "to leave"),
        ("said", "“Would I leave? Never.”"),
        ("knows", "who would pay"),
    ],
)
def test_other_words_are_more_than_a_question(cue: str, content: str) -> None:
    assert not only_asks(cue, content)


@pytest.mark.parametrize(
    "answer", ["yes", "“Yes, at once”", "“We will.”", "that it would", "of course", "he would, and soon"]
)
def test_a_yes_affirms(answer: str) -> None:
    assert affirms(answer)


@pytest.mark.parametrize(
    "answer",
    ["no", "“We will see”", "it was too early to tell", "he would not", "yes, but not now", "the bridge is old"],
)
def test_no_other_answer_affirms(answer: str) -> None:
    assert not affirms(answer)


def test_forms_are_lower_case() -> None:
    assert all(word == word.lower() for word in asking_words() | question_words())
