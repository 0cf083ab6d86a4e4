"""What reviewers made of the findings, as gold data: one judged document a line, in the shape that the scorers read.

    {"id", "text", "whole", "attributions": [...], "conditions": [...], "links": [...], "joins": [...],
     "refused": {"attributions", "conditions", "links", "joins"}}

Each list holds what reviewers accepted, or as they corrected it: `links` the words that mean an actor, `joins` the
wordings that belong to a red line. `refused` holds what they rejected: a program that still finds one of these is
wrong. Where `whole` is false, some statement of the document is not judged yet, and what a program finds beyond the
gold there says nothing about its precision.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, TextIO

from onrecord.export.source import Source, every
from onrecord.records.codec import to_plain
from onrecord.records.ids import join_id
from onrecord.records.redlines import LineMention, RedLine
from onrecord.records.rows import ConditionRow, LinkRow, Review, ReviewState, StatementRow

Plain = dict[str, Any]
Judged = dict[str, list[tuple[Plain, ReviewState]]]
Join = tuple[RedLine, LineMention, ReviewState]
AGREED = (Review.CONFIRMED, Review.CORRECTED)
SPANS = ("source", "cue", "content")


def export_corrections(source: Source, stream: TextIO) -> None:
    """Write every document with anything that reviewers agreed on or rejected, in order of document id."""
    for gold in list_gold(source):
        stream.write(json.dumps(gold, ensure_ascii=False, separators=(",", ":")) + "\n")


def list_gold(source: Source) -> Iterator[Plain]:
    """The judged documents as gold data. What reviewers dispute or are unsure of is neither gold nor refused."""
    statements: dict[str, list[StatementRow]] = defaultdict(list)
    conditions: dict[str, list[ConditionRow]] = defaultdict(list)
    joins: dict[str, list[Join]] = defaultdict(list)
    for said in every(source.statements):
        statements[said.statement.document].append(said)
    for row in every(source.conditions):
        conditions[row.document].append(row)
    for line in every(source.lines):
        for mention in line.line.mentions:
            joins[mention.document].append((line.line, mention, source.state(join_id(line.line.id, mention.id))))
    for document in sorted(statements.keys() | conditions.keys() | joins.keys()):
        said_here = sorted(statements[document], key=lambda row: row.statement.attribution)
        found = sorted(conditions[document], key=lambda row: row.condition.id)
        judged: Judged = {
            "attributions": [(_attribution(row), row.review) for row in said_here],
            "conditions": [(_condition(row), row.review) for row in found],
            "links": [(_link(row), row.review) for row in source.links(document, judged=True)],
            "joins": [(_join(*each), each[2]) for each in joins[document]],
        }
        if any(_is_settled(state) for each in judged.values() for _, state in each):
            whole = all(_is_settled(row.review) for row in said_here)
            yield _gold(document, source.text(document), judged, whole=whole)


def _is_settled(state: ReviewState) -> bool:
    return state.review in AGREED or state.review is Review.REJECTED


def _gold(document: str, text: str, judged: Judged, *, whole: bool) -> Plain:
    agreed = {name: [plain for plain, state in each if state.review in AGREED] for name, each in judged.items()}
    refused = {
        name: [plain for plain, state in each if state.review is Review.REJECTED] for name, each in judged.items()
    }
    return {
        "id": document.removeprefix("sha256:")[:12],
        "text": text,
        "whole": whole,
        **agreed,
        "refused": refused,
    }


def _link(row: LinkRow) -> Plain:
    return {
        "span": to_plain(row.link.span),
        "words": row.words,
        "actor": row.actor.name if row.actor else None,
        **_corrected(row.review, ("actor",)),
        **_judged(row.review),
    }


def _join(line: RedLine, mention: LineMention, state: ReviewState) -> Plain:
    return {
        "passage": to_plain(mention.passage),
        "line": line.id,
        "issuer": line.issuer_name,
        "condition": line.condition,
        "consequence": line.consequence,
        **_corrected(state, ("line",)),
        **_judged(state),
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
