"""The review queue, and the page on which one record is judged: its passage, what was found, four keys."""

import json
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends, Query, Request

from onrecord.ledger.contract import View
from onrecord.ledger.parts import join_ids, name_of
from onrecord.lexicon.days import describe_when
from onrecord.lexicon.labels import ACT, DIRECTNESS, LINK_BASIS, NO_OUTLET, STATUS, doubt_words, tell_reading
from onrecord.records.judgements import Judgement
from onrecord.records.redlines import LineMention, Passage
from onrecord.records.rows import (
    ConditionRow,
    EventRow,
    FigureRow,
    Filter,
    Found,
    JoinRow,
    LineRow,
    LinkRow,
    Review,
    StatementRow,
    StatusRow,
    WordingRow,
)
from onrecord.records.spans import Span, cover
from onrecord.web.asking import Wanted
from onrecord.web.correcting import Choice, Field, fields_of, fill_fields, read_move
from onrecord.web.marks import Mark, Role, marks_of, window_around
from onrecord.web.naming import NAMED, names_in_article
from onrecord.web.pages.statements import condition_marks, statement_marks
from onrecord.web.problems import RequestError
from onrecord.web.render import Row
from onrecord.web.sheets import Sheet
from onrecord.web.shown import (
    PassageShown,
    ReviewShown,
    if_then,
    lead_word,
    line_words,
    name_article,
    show_passage,
    show_review,
    source_href,
)

MOST_WAITING = 100  # records that the page counts and leads on to
MOST_PASSAGES = 12  # of one record on its review page; a line has one for each mention and step
KIND = {
    "statement": "Statement",
    "condition": "Condition",
    "red_line": "Red line",
    "status": "Step of a red line",
    "figure": "Figure",
    "event": "Event",
    "wording": "Wording",
    "link": "Who is meant",
    "join": "Passage of a red line",
}
QUESTION = {
    "statement": "Do these words belong to this speaker, and are all of them marked?",
    "condition": "Is this the condition, and this what would follow?",
    "red_line": "Are these passages one and the same line of this issuer?",
    "status": "Does the passage say this, and no more?",
    "figure": "Is this the number, and is this what it counts?",
    "event": "Does the passage report this, and in this way?",
    "wording": "Is this term used for that thing, in that voice?",
    "link": "Do these words mean this person or body?",
    "join": "Do these words belong to this line, and not to another one?",
}


@dataclass(frozen=True, slots=True)
class QueuedShown:
    """A record that waits. words: as printed for statements; our wording for lines."""

    id: str
    kind: str
    who: str
    words: str
    ours: bool
    doubt: str
    score: float
    review: ReviewShown
    href: str


@dataclass(frozen=True, slots=True)
class QueuePage:
    """What waits for a reviewer, lines first, those most in doubt first."""

    waiting: tuple[QueuedShown, ...]
    next: str | None


def queue_page(view: View, wanted: Wanted) -> QueuePage:
    """The records that nobody has judged yet, or that have the review asked for."""
    found = view.review_queue(wanted)
    return QueuePage(tuple(show_queued(row.found, show_review(row.review)) for row in found.rows), found.next)


def show_queued(found: Found, review: ReviewShown) -> QueuedShown:
    """A record in the queue."""
    who, words, score = _gist(found)
    ours = isinstance(found.record, LineRow | StatusRow | JoinRow)
    return QueuedShown(found.id, KIND.get(found.kind, found.kind), who, words, ours, doubt_words(score), score, review,
                       review_href(name_of(found)))  # fmt: skip


def review_href(name: str) -> str:
    """Where a record is judged."""
    return f"/review/{name}"


def _gist(found: Found) -> tuple[str, str, float]:
    """Who it is about, its words, its score."""
    record = found.record
    if isinstance(record, StatementRow):
        statement = record.statement
        return statement.speaker.name or "speaker not identified", statement.quote, statement.score
    if isinstance(record, LineRow):
        line = record.line
        return line.issuer_name, line_words(line), line.score
    if isinstance(record, StatusRow):
        label = STATUS[record.entry.status].text
        told = if_then(record.condition, record.consequence, lead_word(record.negated))
        return record.issuer_name, f"{label}: {told}", record.entry.score
    return _gist_of_part(found)


def _gist_of_part(found: Found) -> tuple[str, str, float]:
    record = found.record
    if isinstance(record, LinkRow):
        return record.actor.name if record.actor else "nobody", record.words, record.link.score
    if isinstance(record, JoinRow):
        return record.line.issuer_name, line_words(record.line), record.mention.score
    if isinstance(record, ConditionRow):
        speaker = record.speaker.name if record.speaker else None
        words = f"{' / '.join(record.alternatives)} → {record.consequence}"
        return speaker or "the outlet itself", words, record.condition.score
    if isinstance(record, FigureRow):
        return (
            (record.claimant.name if record.claimant else None) or "the outlet itself",
            record.text,
            record.figure.score,
        )
    if isinstance(record, EventRow):
        return ", ".join(record.who), record.text, record.event.score
    if isinstance(record, WordingRow):
        speaker = record.claimant.name if record.claimant else None
        return speaker or "the outlet itself", record.text, record.wording.score
    raise RequestError(404, "not_reviewable", f"a {found.kind} is not reviewed")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that was found, how we know it, and whether it is printed or worked out."""

    label: str
    words: str
    note: str


@dataclass(frozen=True, slots=True)
class JudgementShown:
    """An earlier answer."""

    answer: str
    reviewer: str
    reason: str
    correction: str
    recorded_at: str


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One record to be judged. seen: the log entry that the answer replies to. fields: what may be changed."""

    record: QueuedShown
    kind: str
    question: str
    passages: tuple[PassageShown, ...]
    more_passages: int
    facts: tuple[Fact, ...]
    why: tuple[str, ...]
    fields: tuple[Field, ...]
    correcting: bool
    reason: str
    seen: int
    earlier: tuple[JudgementShown, ...]
    href: str
    following: str | None
    left: int
    more_left: bool
    done: str
    problem: str


def typed_fields(request: Request) -> dict[str, str]:
    """What stands in the address: while an end is moved, all that was typed so far travels in it."""
    return dict(request.query_params)


Typed = Annotated[dict[str, str], Depends(typed_fields)]
Moved = Annotated[str, Query(max_length=60, description="An end to move by words, such as `content.0.end.1`.")]
Correcting = Annotated[str, Query(max_length=5, description="`yes` opens the form for corrections.")]
Done = Annotated[str, Query(max_length=60, description="The record answered just before.")]


def review_page(
    view: View, record_id: str, typed: Typed, move: Moved = "", correct: Correcting = "", done: Done = ""
) -> ReviewPage:
    """One record with its passages, ready to be judged."""
    found = view.find(record_id)
    if found.kind not in QUESTION:
        raise RequestError(404, "not_reviewable", f"a {found.kind} is not reviewed")
    return judging_page(view, found, typed, move=move, correcting=bool(correct or move), done=done)


def judging_page(
    view: View,
    found: Found,
    typed: dict[str, str],
    *,
    move: str = "",
    correcting: bool = False,
    done: str = "",
    problem: str = "",
) -> ReviewPage:
    """The page for a record that was found, with what was typed so far."""
    passages = _passages(view, found)
    text = view.text(found.passages[0].document) if found.passages else ""
    fields = tuple(_offer_names(view, found, each) for each in fields_of(found, text))
    if correcting:
        fields = fill_fields(fields, typed, read_move(move), text)
        passages = _redraw(passages, fields)
    state = view.state(found.id)
    queue = waiting_beside(view, found)
    return ReviewPage(
        record=show_queued(found, show_review(state)),
        kind=found.kind,
        question=QUESTION[found.kind],
        passages=passages[:MOST_PASSAGES],
        more_passages=max(0, len(passages) - MOST_PASSAGES),
        facts=_facts(found),
        why=_why(found),
        fields=fields,
        correcting=correcting,
        reason=typed.get("reason", "")[:2000],
        seen=state.sequence,
        earlier=tuple(_show_judgement(judgement) for judgement in view.judgements(found.id)),
        href=_own_page(found),
        following=next_in(queue, name_of(found)),
        left=len(queue),
        more_left=len(queue) == MOST_WAITING,
        done=done,
        problem=problem,
    )


def _offer_names(view: View, found: Found, field: Field) -> Field:
    """The field, with whom the article names to choose from where it names somebody."""
    if field.name != NAMED.get(found.kind):
        return field
    return replace(field, choices=tuple(Choice(name, name) for name in names_in_article(view, found)))


def waiting_beside(view: View, found: Found) -> list[str]:
    """The names of the records that wait: links of the same article, passages of the same line, else the queue."""
    match found.record:
        case LinkRow(document=document):
            links = view.links(document)
            return [name_of(Found("link", row.id, row, ())) for row in links if row.review.review is Review.SUGGESTED]
        case JoinRow(line=line):
            named = zip(line.mentions, join_ids(line), strict=True)
            open_ = (mention.id for mention, id in named if view.state(id).review is Review.SUGGESTED)
            return [f"{line.id}:{mention}" for mention in open_]
    return [row.found.id for row in view.review_queue(Filter(limit=MOST_WAITING)).rows]


def next_in(queue: list[str], record: str) -> str | None:
    """The record after this one in the queue; the first one, where this one is not in it; None at the end."""
    if record not in queue:
        return queue[0] if queue else None
    place = queue.index(record)
    return queue[place + 1] if place + 1 < len(queue) else None


def _passages(view: View, found: Found) -> tuple[PassageShown, ...]:
    record = found.record
    shown: list[PassageShown] = []
    for passage in found.passages:
        marks = _marks_in(found, passage)
        if isinstance(record, StatementRow):
            marks = (*marks, *_inner_conditions(view, record))
        shown.append(_in_paragraph(view, passage, marks))
    return tuple(shown)


def _in_paragraph(view: View, passage: Passage, marks: tuple[Mark, ...]) -> PassageShown:
    document = view.printed(passage.document).document
    row = view.document(passage.document)
    around = cover((*passage.spans, *(mark.span for mark in marks)))
    window = window_around(document, around)
    title = f"{name_article(row)} · {row.outlet.name or NO_OUTLET}"
    return show_passage(passage.document, title, document.text, window, passage.spans, marks)


def _inner_conditions(view: View, row: StatementRow) -> tuple[Mark, ...]:
    if not row.statement.conditions:
        return ()
    own = view.conditions(Filter(document=row.statement.document, limit=500)).rows
    mine = [each for each in own if each.statement == row.statement.id]
    return tuple(mark for each in mine for mark in condition_marks(each.condition, row.statement.id))


def _marks_in(found: Found, passage: Passage) -> tuple[Mark, ...]:
    """The marks of a record in one of its passages."""
    record = found.record
    if isinstance(record, StatementRow):
        return statement_marks(record)
    if isinstance(record, ConditionRow):
        return condition_marks(record.condition, record.id)
    if isinstance(record, LineRow | JoinRow):
        mentions = record.line.mentions if isinstance(record, LineRow) else (record.mention,)
        return tuple(mark for mark in _line_marks(mentions, passage.document) if _inside(mark, passage))
    role = Role.FIGURE if isinstance(record, FigureRow) else Role.HERE
    return marks_of(passage.spans, role, found.id)


def _line_marks(mentions: tuple[LineMention, ...], document: str) -> list[Mark]:
    return [
        mark
        for mention in mentions
        if mention.document == document
        for mark in (
            *(each for spans in mention.condition for each in marks_of(spans, Role.CONDITION, mention.id)),
            *marks_of(mention.consequence, Role.CONSEQUENCE, mention.id),
        )
    ]


def _inside(mark: Mark, passage: Passage) -> bool:
    outer = cover(passage.spans) if passage.spans else Span(0, 0)
    return outer.start <= mark.span.start and mark.span.end <= outer.end


SPAN_ROLES = {"source": Role.SOURCE, "cue": Role.CUE, "content": Role.CONTENT, "consequence": Role.CONSEQUENCE}


def _redraw(passages: tuple[PassageShown, ...], fields: tuple[Field, ...]) -> tuple[PassageShown, ...]:
    """The first passage with the marks where the reviewer has moved them to."""
    moved = tuple(
        mark
        for field in fields
        if field.kind == "spans"
        for mark in marks_of(field.pieces, SPAN_ROLES.get(field.name, Role.CONDITION), field.name)
    )
    if not moved or not passages:
        return passages
    return (replace(passages[0], marks=moved), *passages[1:])


def _facts(found: Found) -> tuple[Fact, ...]:
    record = found.record
    if isinstance(record, StatementRow):
        return _statement_facts(record)
    if isinstance(record, LineRow | JoinRow):
        line = record.line
        return (
            Fact("Issuer", line.issuer_name, ""),
            Fact(lead_word(line.negated).capitalize(), line.condition, "our wording"),
            Fact("Then", line.consequence, "our wording"),
        )
    if isinstance(record, StatusRow):
        entry = record.entry
        when = describe_when(entry.when)
        note = "inferred: nothing in the passage states it" if entry.inferred else "stated in the passage"
        return (Fact("Step", STATUS[entry.status].text, note), Fact("When", when.words, when.basis))
    return _part_facts(found)


def _why(found: Found) -> tuple[str, ...]:
    """The machine's own reasons, for whoever wants to know them."""
    record = found.record
    if isinstance(record, JoinRow):
        return (f"{record.mention.rule}: {record.mention.reason}",) if record.mention.reason else ()
    if isinstance(record, LinkRow):
        return (record.link.reason,) if record.link.reason else ()
    if isinstance(record, LineRow):
        return tuple(f"{mention.rule}: {mention.reason}" for mention in record.line.mentions if mention.reason)
    return (f"{record.entry.rule}: {record.entry.reason}",) if isinstance(record, StatusRow) else ()


def _statement_facts(row: StatementRow) -> tuple[Fact, ...]:
    statement = row.statement
    said = describe_when(statement.said_on)
    directness = DIRECTNESS[statement.directness]
    return (
        Fact("Speaker", statement.speaker.name or "not identified",
             " · ".join(part for part in (LINK_BASIS[statement.speaker.basis], statement.speaker.reason) if part)),
        Fact("Act", ACT[statement.act], ""),
        Fact("Form", directness.text, directness.meaning),
        Fact("Said", said.words, " · ".join(part for part in (said.basis, said.reason) if part)),
    )  # fmt: skip


def _part_facts(found: Found) -> tuple[Fact, ...]:
    record = found.record
    if isinstance(record, LinkRow):
        actor = record.actor
        who = Fact("Means", actor.name if actor else "nobody", actor.type if actor else "")
        return (Fact("Printed", record.words, ""), who, Fact("How", LINK_BASIS[record.link.basis], ""))
    if isinstance(record, ConditionRow):
        return (
            Fact(lead_word(record.condition.negated).capitalize(), " / ".join(record.alternatives), ""),
            Fact("Then", record.consequence, ""),
            Fact("How", tell_reading(record.condition), ""),
        )
    if isinstance(record, FigureRow):
        value = f"{record.figure.low}–{record.figure.high} {record.figure.unit or '(no unit)'}"
        return (Fact("Value", value, ""), Fact("Counts", record.counts or "not said", ""), Fact("Of", record.base, ""))
    if isinstance(record, WordingRow):
        return (Fact("For", record.wording.thing, ""), Fact("Term", record.text, record.wording.distanced or ""))
    return ()


def _show_judgement(judgement: Judgement) -> JudgementShown:
    return JudgementShown(
        judgement.answer, judgement.reviewer, judgement.reason, tell_correction(judgement.correction),
        judgement.recorded_at,
    )  # fmt: skip


def tell_correction(correction: str) -> str:
    """A correction's JSON as words: "act: threat; content: 12–50"."""
    if not correction:
        return ""
    try:
        fields = json.loads(correction)
    except ValueError:
        return correction
    if not isinstance(fields, dict):
        return correction
    told = {name: value for name, value in fields.items() if name not in ("key", "type")}
    return "; ".join(f"{name}: {'nobody' if value is None else value}" for name, value in told.items())


def _own_page(found: Found) -> str:
    if isinstance(found.record, StatusRow):
        return f"/lines/{found.record.entry.line}#s{found.id}"
    if isinstance(found.record, JoinRow):
        return f"/lines/{found.record.line.id}"
    if found.kind in ("statement", "red_line"):
        return f"/{'statements' if found.kind == 'statement' else 'lines'}/{found.id}"
    passage = found.passages[0]
    return source_href(passage.document, cover(passage.spans))


QUEUE_COLUMNS = ("id", "kind", "who", "words", "score", "review")


def _queue_row(row: QueuedShown) -> Row:
    return row.id, row.kind, row.who, row.words, round(row.score, 4), row.review.review


def _queue_rows(page: QueuePage) -> list[Row]:
    return [_queue_row(row) for row in page.waiting]


def _one_row(page: ReviewPage) -> list[Row]:
    return [_queue_row(page.record)]


QUEUE = Sheet(
    "queue", "/review", "queue.html", QueuePage, queue_page, QUEUE_COLUMNS, _queue_rows, "review",
    "What waits for a reviewer",
)  # fmt: skip
REVIEW = Sheet(
    "review", "/review/{record_id}", "review.html", ReviewPage, review_page, QUEUE_COLUMNS, _one_row, "review",
    "One record, to be judged",
)  # fmt: skip
