"""Judgements as gold data: what the scorers read of them, and what they make of it."""

import json
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from onrecord.export.corrections import export_corrections
from onrecord.records.actors import ActorLink, LinkBasis
from onrecord.records.findings import Form, Operator, Realis
from onrecord.records.ids import join_id
from onrecord.records.redlines import LineMention
from onrecord.records.rows import LinkRow, Review, ReviewState

SCORERS = Path(__file__).parents[2] / "evaluation" / "scorers"


def exported(source: Any) -> list[dict[str, Any]]:
    stream = StringIO()
    export_corrections(source, stream)
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def judge(source: Any, kind: str, place: int, review: Review, **correction: Any) -> Any:
    """The source with one row judged."""
    rows = list(source.rows[kind])
    state = ReviewState(review, 1, "M.K.", "2024-06-01T10:00:00Z", json.dumps(correction) if correction else "")
    rows[place] = replace(rows[place], review=state)
    source.rows[kind] = tuple(rows)
    return source


def quotes(gold: dict[str, Any], spans: list[list[int]]) -> list[str]:
    return [gold["text"][start:end] for start, end in spans]


def test_an_accepted_statement_is_gold_with_its_spans(hand_made: Any) -> None:
    (gold,) = exported(hand_made)
    (attribution,) = gold["attributions"]
    assert quotes(gold, attribution["content"]) == ["If one tent stands, we close the strait"]
    assert quotes(gold, attribution["source"]) == ["Ilan Orvo_Tek"]
    assert (attribution["act"], attribution["review"]) == ("threat", "confirmed")


def test_a_document_is_whole_once_each_of_its_statements_is_judged(hand_made: Any) -> None:
    assert not exported(hand_made)[0]["whole"]
    (gold,) = exported(judge(hand_made, "statements", 1, Review.REJECTED))
    assert gold["whole"]
    assert len(gold["attributions"]) == 1
    assert quotes(gold, gold["refused"]["attributions"][0]["content"]) == ["{theft} of 93 % <b>fish</b>"]


@pytest.mark.parametrize("review", [Review.DISPUTED, Review.UNSURE, Review.SUGGESTED])
def test_what_is_not_agreed_on_is_neither_gold_nor_refused(hand_made: Any, review: Review) -> None:
    (gold,) = exported(judge(hand_made, "statements", 1, review))
    assert (len(gold["attributions"]), gold["refused"]["attributions"], gold["whole"]) == (1, [], False)


def test_a_link_and_a_join_that_reviewers_answered_are_gold_or_refused(hand_made: Any) -> None:
    row = hand_made.rows["statements"][0]
    span = row.statement.source[0]
    answered = ReviewState(Review.CORRECTED, 3, "M.K.", "2024-06-01T10:00:00Z", '{"actor": "Sana Orvo"}')
    link = ActorLink(span, "a1", LinkBasis.PRONOUN, 0.6, "nearest")
    hand_made.rows["links"] = (LinkRow("1", row.statement.document, link, None, "he", row.statement.outlet,
                                       row.statement.published, row.title, answered),)  # fmt: skip
    mention = LineMention(
        "77aa", row.statement.document, None, "", None, (), ((span,),), Operator.OR, (), "one tent stands", "", span,
        Form.IF, Realis.OPEN, False, "speaker", row.statement.said_on, row.statement.outlet, "same words", 0.9, "",
    )  # fmt: skip
    first = hand_made.rows["redlines"][0]
    line = replace(first.line, mentions=(mention,))
    hand_made.rows["redlines"] = (replace(first, line=line),)
    hand_made.states[join_id(line.id, mention.id)] = ReviewState(Review.REJECTED, 4, "A.R.", "2024-06-02T10:00:00Z")
    gold = {each["id"]: each for each in exported(hand_made)}
    (linked,) = gold[row.statement.document[7:19]]["links"]
    assert (linked["actor"], linked["span"], linked["review"]) == ("Sana Orvo", [span.start, span.end], "corrected")
    (refused,) = gold[mention.document[7:19]]["refused"]["joins"]
    assert (refused["line"], refused["passage"]) == (line.id, [mention.passage.start, mention.passage.end])


def test_a_ledger_that_nobody_judged_has_no_gold(hand_made: Any) -> None:
    assert exported(judge(hand_made, "statements", 0, Review.SUGGESTED)) == []


def test_corrected_fields_stand_in_place_of_what_was_found(hand_made: Any) -> None:
    text = hand_made.texts[hand_made.rows["statements"][0].statement.document]
    start = text.index("we close")
    span = [start, start + len("we close the strait")]
    judge(hand_made, "statements", 0, Review.CORRECTED, content=[span], act="promise")
    judge(hand_made, "conditions", 0, Review.CORRECTED, condition_0=[[start - 20, start - 2]], realis="hypothetical")
    (gold,) = exported(hand_made)
    (attribution,), (condition,) = gold["attributions"], gold["conditions"]
    assert (attribution["content"], attribution["act"]) == ([span], "promise")
    assert quotes(gold, attribution["source"]) == ["Ilan Orvo_Tek"]
    assert (condition["condition"], condition["realis"]) == ([[start - 20, start - 2]], "hypothetical")
    assert quotes(gold, condition["consequence"]) == ["we close the strait"]


def test_the_scorers_take_the_gold_and_tell_right_from_wrong(
    hand_made: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(SCORERS))
    import score_attribution
    import score_conditions

    judge(hand_made, "statements", 1, Review.CORRECTED)
    judge(hand_made, "conditions", 0, Review.CONFIRMED)
    (gold,) = exported(hand_made)
    missed = {**gold, "attributions": gold["attributions"][:1]}
    assert score_attribution.score([gold], [gold])["linked"]["F1"] == 1.0
    assert score_attribution.score([gold], [missed])["linked"]["R"] == 0.5
    found, predicted, pairs = score_conditions.score_record(gold, gold)
    assert (found, predicted, len(pairs)) == (1, 1, 1)
