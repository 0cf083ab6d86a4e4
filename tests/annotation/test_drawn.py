"""Conditions that the encoder alone reads, from hand-made word scores."""

from dataclasses import replace

import numpy as np
import pytest

from onrecord.annotation.conditions import find_conditions
from onrecord.annotation.conditions.drawn import find_drawn
from onrecord.annotation.sentences import split_sentences
from onrecord.encoder.words import split_words
from onrecord.records.documents import Document
from onrecord.records.findings import DRAWN, Condition, Form, Operator
from onrecord.records.scores import DRAWN_LABELS, WordScores, empty_scores
from onrecord.records.spans import Span, quote_span, quote_spans
from onrecord.settings import Settings

KINDS = {"[": "condition", "{": "consequence", "<": "ordinary-condition", "«": "ordinary-consequence"}


def read(marked: str, sure: float = 0.9) -> tuple[Document, WordScores]:
    """A text and its scores. Marks: `[` condition `]`, `{` consequence `}`, `<` and `«` ordinary ones."""
    text, role = "", ""
    roles: list[str] = []
    for sign in marked:
        if sign in KINDS or sign in "]}>»":
            role = KINDS.get(sign, "")
        else:
            text, roles = text + sign, [*roles, role]
    words = split_words(text)
    labels = [roles[word.start] for word in words]
    drawn = np.full((len(words), len(DRAWN_LABELS)), (1 - sure) / (len(DRAWN_LABELS) - 1), np.float32)
    for at, label in enumerate(labels):
        begins = not at or labels[at - 1] != label
        drawn[at, DRAWN_LABELS.index(f"{'B' if begins else 'I'}-{label}") if label else 0] = sure
    none, seven = empty_scores(), np.zeros((len(words), 7), np.float32)
    scores = replace(none, words=words, attribution=seven, condition=seven, drawn=drawn)
    return Document(id="d", path="", title="", text=text), replace(scores, name=np.zeros((len(words), 9), np.float32))


def found_in(marked: str, sure: float = 0.9) -> list[tuple[list[str], str, list[str]]]:
    document, scores = read(marked, sure)
    return [
        (
            [quote_span(document.text, span) for span in each.condition],
            each.operator.value,
            [quote_span(document.text, span) for span in each.consequence],
        )
        for each in find_drawn(document.text, split_sentences(document), scores)
    ]


@pytest.mark.parametrize(
    ("marked", "found"),
    [
        (
            "[Any landing on the sandbank] {will be met by our boats}, the harbour master said.",
            [(["Any landing on the sandbank"], "and", ["will be met by our boats"])],
        ),
        (
            "[A toll on the lock] or [a tax on barges] {would end the accord}.",
            [(["A toll on the lock", "a tax on barges"], "or", ["would end the accord"])],
        ),
        (
            "[Another raid on the depot] {ends the talks} and {brings back the curfew}.",
            [(["Another raid on the depot"], "and", ["ends the talks", "brings back the curfew"])],
        ),
        (
            "[One more tanker seized], the envoy said. {Then no oil leaves the gulf}.",
            [(["One more tanker seized"], "and", ["Then no oil leaves the gulf"])],
        ),
        (
            "{The guns will answer}. [A third ship at the mole] is all it takes.",
            [(["A third ship at the mole"], "and", ["The guns will answer"])],
        ),
        (
            "[A strike in the north] {shuts the mine} and [a strike in the south] {shuts the port}.",
            [
                (["A strike in the north"], "and", ["shuts the mine"]),
                (["a strike in the south"], "and", ["shuts the port"]),
            ],
        ),
        (
            "[A guard on the northern mole, or a fee in the strait], {would end the accord}.",
            [(["A guard on the northern mole", "a fee in the strait"], "or", ["would end the accord"])],
        ),
        (
            "[Any raid on ships or the port] {would end the accord}.",
            [(["Any raid on ships or the port"], "and", ["would end the accord"])],
        ),
        ("[The outcome of the northern vote] {would} depend on rain.", []),  # more must come behind "would"
        ("[A second raid on the depot] {will be the end of} it.", []),
        ("Soldiers on [the northern sandbank] {would end the accord}.", []),  # a piece of what is meant
        ("He named two: [soldiers on the northern mole] and {a toll on all ships}.", []),  # a thing, no clause
        ("[A third ship at the mole] {would end the} talks.", []),
        ("[A third ship at the mole] {would end the harbour} talks.", []),  # the clause goes on
        ("[Whatever they (the rebels] hold) {we will take back}.", []),  # a bracket is cut
        ("[A toll on the lock] was discussed on Monday.", []),  # nothing is said to follow
        ("[A toll on the lock] was discussed.\n{The accord would end}.", []),  # another paragraph
        ("The guests [who come with a brass band] wait. {The crates will be heavy}.", []),  # tells which guests
        ("[War] {would follow at once}.", []),  # a single word is a slip more often than not
        ("<Heavy rain in May> «delays the harvest» in the valley.", []),  # nobody lays it down
    ],
)  # fmt: skip
def test_what_hangs_on_what_is_read_from_the_words_scores(
    marked: str, found: list[tuple[list[str], str, list[str]]]
) -> None:
    assert found_in(marked) == found


def test_what_is_not_sure_enough_is_left_out() -> None:
    marked = "[Any landing on the sandbank] {will be met by our boats}."
    assert found_in(marked, 0.85)
    assert not found_in(marked, 0.75)


def conditions_of(marked: str) -> tuple[Document, tuple[Condition, ...]]:
    document, scores = read(marked)
    return document, find_conditions(document, split_sentences(document), scores, (), Settings())


def test_a_reading_without_a_rule_says_that_it_is_one() -> None:
    document, (condition,) = conditions_of("[One more barge at the sandbank] {brings out our boats}, he said.")
    assert (condition.produced_by, condition.operator) == ("head:drawn", Operator.AND)
    assert condition.flags == ("no_cue", DRAWN)
    assert quote_spans(document.text, condition.consequence) == "brings out our boats"


def test_without_before_a_reading_turns_it() -> None:
    document, (condition,) = conditions_of("Without [the release of both pilots], he said, {nothing is left to say}.")
    assert (condition.negated, condition.form) == (True, Form.WITHOUT)
    assert quote_spans(document.text, condition.cue) == "Without"


def test_where_a_rule_finds_it_the_rule_stands_and_the_reading_is_a_flag() -> None:
    _, (condition,) = conditions_of("If [they land on the sandbank], {our boats will meet them}, he said.")
    assert condition.produced_by == "cue:if"
    assert DRAWN in condition.flags


def test_without_scores_the_rules_stand_alone() -> None:
    document, _ = read("If [they land on the sandbank], {our boats will meet them}.")
    (condition,) = find_conditions(document, split_sentences(document), empty_scores(), (), Settings())
    assert DRAWN not in condition.flags


def test_an_encoder_without_such_labels_reads_nothing() -> None:
    document, scores = read("[Any landing on the sandbank] {will be met by our boats}.")
    assert not list(find_drawn(document.text, (Span(0, len(document.text)),), replace(scores, drawn=None)))
