"""What judgements settle about who is meant and which passages are one line: worked out of the log, never stored."""

import json
from collections.abc import Iterable, Iterator

from onrecord.ledger.reviewing import form_state
from onrecord.records.actors import ActorType
from onrecord.records.judgements import Judgement
from onrecord.records.rows import Review, ReviewState
from onrecord.records.rulings import JoinRuling, Ruling, WhoRuling

RULED = ("link", "statement", "join")  # kinds of records


def form_rulings(judged: Iterable[tuple[int, Judgement]]) -> tuple[Ruling, ...]:
    """What is settled by these judgements, given with their sequence in order: by document and record."""
    records: dict[str, list[tuple[int, Judgement]]] = {}
    for sequence, judgement in judged:
        if judgement.kind in RULED:
            records.setdefault(judgement.record, []).append((sequence, judgement))
    rulings = (ruling for each in records.values() for ruling in _rule(each[-1][1], form_state(each)))
    return tuple(sorted(rulings, key=lambda ruling: (ruling.document, repr(ruling))))


def _rule(judgement: Judgement, state: ReviewState) -> Iterator[Ruling]:
    """What a record's state settles; nothing where reviewers dispute it or are not sure."""
    changed = json.loads(state.correction) if state.correction else {}
    document, reviewer = judgement.passage.document, state.reviewer or ""
    match judgement.kind, state.review:
        case "join", Review.CONFIRMED | Review.CORRECTED | Review.REJECTED:
            line, _, mention = judgement.record.partition(":")
            to = line if state.review is Review.CONFIRMED else changed.get("line") or None
            if mention:
                yield JoinRuling(document, mention, line, to, reviewer)
        case "link", Review.REJECTED:
            yield WhoRuling(judgement.record, document, None, None, None, reviewer)
        case "link", Review.CORRECTED if "actor" in changed:
            yield _name(judgement, changed, changed["actor"], reviewer)
        case "statement", Review.CORRECTED if "speaker" in changed:
            yield _name(judgement, changed, changed["speaker"], reviewer)


def _name(judgement: Judgement, changed: dict[str, str | None], name: str | None, reviewer: str) -> WhoRuling:
    kind = changed.get("type")
    type = ActorType(kind) if kind in {each.value for each in ActorType} else None
    return WhoRuling(judgement.record, judgement.passage.document, name, changed.get("key"), type, reviewer)
