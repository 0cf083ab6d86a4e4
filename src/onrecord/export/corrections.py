"""What reviewers made of the findings, as gold data: one judged document a line, in the shape that the scorers read.

    {"id", "text", "whole", "attributions": [...], "conditions": [...], "refused": {"attributions", "conditions"}}

`attributions` and `conditions` are those that reviewers accepted, or as they corrected them. `refused` holds what they
rejected: a program that still finds one of these is wrong. Where `whole` is false, something of the document is not
judged yet, and what a program finds beyond the gold there says nothing about its precision.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, TextIO

from onrecord.export.source import Source, every
from onrecord.records.codec import to_plain
from onrecord.records.rows import ConditionRow, Review, ReviewState, StatementRow

Plain = dict[str, Any]
AGREED = (Review.CONFIRMED, Review.CORRECTED)
SPANS = ("source", "cue", "content")


def export_corrections(source: Source, stream: TextIO) -> None:
    """Write every document with a statement or condition that reviewers agreed on, in order of document id."""
    for gold in list_gold(source):
        stream.write(json.dumps(gold, ensure_ascii=False, separators=(",", ":")) + "\n")


def list_gold(source: Source) -> Iterator[Plain]:
    """The judged documents as gold data. What reviewers dispute or are unsure of is neither gold nor refused."""
    statements: dict[str, list[StatementRow]] = defaultdict(list)
    conditions: dict[str, list[ConditionRow]] = defaultdict(list)
    for said in every(source.statements):
        statements[said.statement.document].append(said)
    for row in every(source.conditions):
        conditions[row.document].append(row)
    for document in sorted(statements.keys() | conditions.keys()):
        said_here = sorted(statements[document], key=lambda row: row.statement.attribution)
        found = sorted(conditions[document], key=lambda row: row.condition.id)
        if any(map(_is_settled, (*(row.review for row in said_here), *(row.review for row in found)))):
            yield _gold(document, source.text(document), said_here, found)


def _is_settled(state: ReviewState) -> bool:
    return state.review in AGREED or state.review is Review.REJECTED


def _gold(document: str, text: str, said: list[StatementRow], found: list[ConditionRow]) -> Plain:
    return {
        "id": document.removeprefix("sha256:")[:12],
        "text": text,
        "whole": all(_is_settled(row.review) for row in said),
        "attributions": [_attribution(row) for row in said if row.review.review in AGREED],
        "conditions": [_condition(row) for row in found if row.review.review in AGREED],
        "refused": {
            "attributions": [_attribution(row) for row in said if row.review.review is Review.REJECTED],
            "conditions": [_condition(row) for row in found if row.review.review is Review.REJECTED],
        },
    }


def _attribution(row: StatementRow) -> Plain:
    statement = row.statement
    return {
        **{role: to_plain(getattr(statement, role)) for role in SPANS},
        "directness": statement.directness.value,
        "act": statement.act.value,
        "speaker": statement.speaker.name,
        **_corrected(row.review, (*SPANS, "directness", "act", "speaker")),
        **_judged(row.review),
    }


def _condition(row: ConditionRow) -> Plain:
    condition = row.condition
    corrected = _corrected(row.review, ("consequence", "realis"))
    # Gold conditions are one list of pieces, whatever the number of alternatives.
    alternatives = {f"condition_{place}": to_plain(spans) for place, spans in enumerate(condition.condition)}
    alternatives |= _corrected(row.review, tuple(alternatives))
    return {
        "condition": sorted(piece for spans in alternatives.values() for piece in spans),
        "consequence": to_plain(condition.consequence),
        "cue": to_plain(condition.cue),
        "form": condition.form.value,
        "realis": condition.realis.value,
        **corrected,
        **_judged(row.review),
    }


def _corrected(state: ReviewState, fields: tuple[str, ...]) -> Plain:
    """Those of the fields that the reviewer changed."""
    changed: Plain = json.loads(state.correction) if state.correction else {}
    return {name: changed[name] for name in fields if name in changed}


def _judged(state: ReviewState) -> Plain:
    return {"review": state.review.value, "reviewer": state.reviewer, "judged_at": state.recorded_at}
