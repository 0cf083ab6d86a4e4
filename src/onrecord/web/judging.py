"""Where reviewers' answers come in: from the forms of the review page, and as JSON. Every answer is a log entry."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import parse_qsl, quote, unquote

from fastapi import Body, Depends, FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from onrecord.errors import ConflictError
from onrecord.ledger.contract import View
from onrecord.ledger.parts import name_of
from onrecord.records.judgements import Answer, Judgement
from onrecord.records.redlines import Passage
from onrecord.records.rows import Found, Review, ReviewState
from onrecord.web.asking import Ledgers
from onrecord.web.correcting import fields_of, fill_fields, write_correction
from onrecord.web.naming import name_meant
from onrecord.web.pages.review import QUESTION, judging_page, next_in, waiting_beside
from onrecord.web.problems import ProblemAnswer, RequestError
from onrecord.web.render import render_json
from onrecord.web.renewing import Renewing
from onrecord.web.safety import wants_page
from onrecord.web.sheets import ERRORS, answer_html

MOST_REASON = 2_000
MOST_NAME = 60
YEAR = 31_536_000  # seconds
MOST_FORM_FIELDS = 60


@dataclass(frozen=True, slots=True)
class Judging:
    """A reviewer's answer as it is sent. seen: the `sequence` of the state that the reviewer looked at.

    correction: for `correct`, the changed fields by name; spans as `12-50,60-70`.
    """

    record: str
    answer: Answer
    reviewer: str
    seen: int
    reason: str = ""
    correction: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judged:
    """What an answer led to: the record's new state, and the next record in the queue."""

    record: str
    review: Review
    sequence: int
    reviewer: str | None
    next: str | None


def add_judging(app: FastAPI) -> None:
    """Register the three addresses that change something."""
    common: dict[str, Any] = {"methods": ["POST"], "tags": ["review"], "response_model": None}
    conflict: dict[int | str, dict[str, Any]] = {
        409: {"model": ProblemAnswer},
        413: {"model": ProblemAnswer},
        415: {"model": ProblemAnswer},
    }
    as_json: dict[int | str, dict[str, Any]] = {201: {"model": Judged}, **ERRORS, **conflict}
    as_page: dict[int | str, dict[str, Any]] = {200: {"content": {"text/html": {}}}, **ERRORS, **conflict}
    app.add_api_route("/judgements", judge_json, summary="Judge a record", responses=as_json, status_code=201, **common)
    app.add_api_route(
        "/reviewer", name_reviewer, summary="Say who reviews", responses=as_page, openapi_extra=FORM, **common
    )
    app.add_api_route(
        "/review/{record_id}",
        judge_form,
        summary="Judge a record by form",
        responses=as_page,
        openapi_extra=FORM,
        **common,
    )


FORM = {
    "requestBody": {
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {"type": "object", "additionalProperties": {"type": "string"}}
            }
        }
    }
}


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a posted form. Raises RequestError for any other kind of content."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise RequestError(415, "wrong_content", "needed a form (application/x-www-form-urlencoded)")
    body = await request.body()
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FORM_FIELDS)
    except ValueError as error:
        raise RequestError(400, "bad_form", "the form cannot be read") from error
    return dict(pairs)


Form = Annotated[dict[str, str], Depends(read_form)]


def name_reviewer(form: Form) -> Response:
    """Remember in a cookie whose answers these are, and go back to the queue."""
    name = clean_name(form.get("reviewer", ""))
    back = form.get("back", "/review")
    target = back if back.startswith("/review") and "\\" not in back and "//" not in back else "/review"
    answer = RedirectResponse(target, status_code=303)
    answer.set_cookie("reviewer", quote(name), max_age=YEAR, httponly=True, samesite="strict")
    return answer


def clean_name(name: str) -> str:
    """A reviewer's name without outer space. Raises RequestError where it is empty, too long or not printable."""
    shown = name.strip()
    if not shown or len(shown) > MOST_NAME or not shown.isprintable():
        raise RequestError(422, "reviewer", f"needed a name or initials of 1 to {MOST_NAME} printable characters")
    return shown


def judge_json(request: Request, judging: Annotated[Judging, Body()]) -> Response:
    """Judge one record. 409 where somebody else answered since `seen`; the answer is then logged as contested."""
    ledgers: Ledgers = request.app.state.ledgers
    view = ledgers.view()
    found = find_reviewable(view, judging.record)
    state = settle(request, found, judging, judging.correction)
    judged = Judged(found.id, state.review, state.sequence, state.reviewer, _next(ledgers, found, before=[]))
    return Response(render_json(judged), status_code=201, media_type="application/json")


def judge_form(request: Request, record_id: str, form: Form) -> Response:
    """Judge one record and go on to the next; where that cannot be done, the same page again with the reason why."""
    ledgers: Ledgers = request.app.state.ledgers
    view = ledgers.view()
    found = find_reviewable(view, record_id)
    try:
        judging = _read_judging(found.id, form, unquote(request.cookies.get("reviewer", "")))
        queue = waiting_beside(view, found)
        settle(request, found, judging, form)
    except ConflictError as error:
        if not wants_page(request.scope["headers"]):
            raise
        return _again(request, found, form, 409, _tell_conflict(error, form))
    except RequestError as error:
        if not wants_page(request.scope["headers"]):
            raise
        return _again(request, found, form, error.problem.status, str(error))
    following = _next(ledgers, found, before=queue)
    done = name_of(found)
    target = f"/review/{following}?done={done}" if following else f"/review?done={done}"
    return RedirectResponse(target, status_code=303)


def find_reviewable(view: View, record: str) -> Found:
    """The record, if it is of a kind that is reviewed."""
    found = view.find(record)
    if found.kind not in QUESTION or not found.passages:
        raise RequestError(404, "not_reviewable", f"a {found.kind} is not reviewed")
    return found


def _read_judging(record: str, form: Mapping[str, str], reviewer: str) -> Judging:
    try:
        answer, seen = Answer(form.get("answer", "")), int(form.get("seen", ""))
    except ValueError as error:
        raise RequestError(422, "bad_field", "needed an answer and the state it replies to") from error
    return Judging(record, answer, form.get("reviewer", "") or reviewer, seen, form.get("reason", ""))


def settle(request: Request, found: Found, judging: Judging, typed: Mapping[str, str]) -> ReviewState:
    """The record's new state; where the answer settles who is meant or what is one line, lines are formed again."""
    ledgers: Ledgers = request.app.state.ledgers
    before = ledgers.view().rulings()
    state = record_judgement(ledgers, found, judging, typed)
    if ledgers.view().rulings() != before:
        renewing: Renewing = request.app.state.renewing
        renewing.ask()
    return state


def record_judgement(ledgers: Ledgers, found: Found, judging: Judging, typed: Mapping[str, str]) -> ReviewState:
    """The record's new state after this answer.

    Raises RequestError where a reason or a correction is missing, ConflictError where somebody else was faster.
    """
    view = ledgers.view()
    judgement = form_judgement(view, found, judging, typed)
    with ledgers.writer() as writer:
        return writer.judge(judgement, expected_state=judging.seen)


def form_judgement(view: View, found: Found, judging: Judging, typed: Mapping[str, str]) -> Judgement:
    """The answer, pinned to the words it is about."""
    correction = _correction(view, found, typed) if judging.answer is Answer.CORRECT else ""
    check_reason(judging, found, view.state(found.id))
    passage: Passage = found.passages[0]
    return Judgement(
        record=found.id,
        kind=found.kind,
        passage=passage,
        answer=judging.answer,
        reviewer=clean_name(judging.reviewer),
        reason=judging.reason.strip(),
        correction=correction,
        recorded_at=datetime.now(UTC).isoformat(timespec="milliseconds"),
    )


def _correction(view: View, found: Found, typed: Mapping[str, str]) -> str:
    text = view.text(found.passages[0].document)
    before = fields_of(found, text)
    correction = write_correction(before, fill_fields(before, typed, None, text))
    if not correction:
        raise RequestError(422, "nothing_corrected", "a correction needs a field that was changed; accept it otherwise")
    return json.dumps(name_meant(view, found, json.loads(correction)), ensure_ascii=False, separators=(",", ":"))


def check_reason(judging: Judging, found: Found, state: ReviewState) -> None:
    """Raises RequestError where the log would not say why: on reject, on a changed step, on a changed answer."""
    if len(judging.reason) > MOST_REASON:
        raise RequestError(422, "reason", f"a reason may have {MOST_REASON} characters")
    changes_step = found.kind == "status" and judging.answer is Answer.CORRECT
    changes_answer = state.review not in (Review.SUGGESTED, Review.UNSURE)
    if not judging.reason.strip() and (judging.answer is Answer.REJECT or changes_step or changes_answer):
        raise RequestError(422, "reason", "this answer needs a reason: it goes into the log for whoever reads it later")


def _next(ledgers: Ledgers, found: Found, before: list[str]) -> str | None:
    """The record that followed this one in the queue, if it still waits; else the first that waits."""
    record = name_of(found)
    waiting = [each for each in waiting_beside(ledgers.view(), found) if each != record]
    following = next_in(before, record) if record in before else None
    return following if following in waiting else waiting[0] if waiting else None


def _again(request: Request, found: Found, form: dict[str, str], status: int, problem: str) -> Response:
    ledgers: Ledgers = request.app.state.ledgers
    correcting = form.get("answer") == Answer.CORRECT
    typed = form if correcting else {"reason": form.get("reason", "")}
    try:
        page = judging_page(ledgers.view(), found, typed, correcting=correcting, problem=problem)
    except RequestError:
        page = judging_page(ledgers.view(), found, {"reason": form.get("reason", "")}, problem=problem)
    return answer_html(request, "review.html", "review", status, page=page)


def _tell_conflict(error: ConflictError, form: Mapping[str, str]) -> str:
    return (
        f"{error.reviewer or 'Someone'} answered while you were reading: it is now {error.review}. Your answer "
        f"({form.get('answer', '')}) is in the log as contested and changed nothing. Look again, and answer to the "
        "newer state."
    )
