"""The application: every page in its three forms, the answers of reviewers, and one shape for errors."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio.to_thread
from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.exceptions import HTTPException as RoutingError

from onrecord import __version__
from onrecord.errors import OnRecordError
from onrecord.web.addresses import Addresses
from onrecord.web.asking import Ledgers
from onrecord.web.directly import Directly
from onrecord.web.files import add_files
from onrecord.web.judging import add_judging
from onrecord.web.kept import Kept, KeptFirst
from onrecord.web.pages import (
    about,
    figures,
    lines,
    links,
    moments,
    people,
    review,
    search,
    sources,
    statements,
    story,
    whatif,
    wording,
)
from onrecord.web.problems import HTTP_WORDS, Problem, problem_json, problem_of
from onrecord.web.render import STATIC, STATIC_TYPES, render_html, static_file
from onrecord.web.renewing import Renewing
from onrecord.web.safety import SAFE_HEADERS, Gate, Guard, wants_page
from onrecord.web.sheets import Sheet, add_sheet

SHEETS: tuple[Sheet[Any], ...] = (
    story.STORY, lines.LINES, lines.LINE, statements.STATEMENTS, statements.STATEMENT, sources.SOURCES, sources.SOURCE,
    links.LINKS, wording.WORDING, figures.FIGURES, people.PEOPLE, people.PERSON, moments.TIMELINE, review.QUEUE,
    review.REVIEW, search.SEARCH, whatif.WHATIF, about.ABOUT,
)  # fmt: skip
# What is read and searched here is nobody's business: not even an environment that asks for telemetry is told.
SILENT: Any = {"tracing": False, "metrics": False, "logs": False, "operation_spans": False, "auto_configure": False}
READERS = 2  # threads that read at once: one long search holds up nobody, and more would only fight for the interpreter
FOREVER = {"cache-control": "public, max-age=31536000, immutable"}  # the address carries the file's hash


def create_app(
    ledger_path: Path | str, *, token: str | None = None, hosts: Iterable[str] = ("127.0.0.1", "localhost")
) -> FastAPI:
    """The pages of one ledger.

    token: what visitors must bring (as Jupyter's), or None. hosts: the names this server answers to, without ports.
    Raises LedgerError where the ledger is missing or cannot be read.
    """
    app = FastAPI(
        title="OnRecord", version=__version__, summary="Who said what, on what condition, and what came of it.",
        docs_url=None, redoc_url=None, lifespan=_serving, redirect_slashes=False, telemetry=SILENT,
    )  # fmt: skip
    app.state.ledgers = Ledgers(Path(ledger_path))
    app.state.renewing = Renewing(Path(ledger_path))
    app.state.kept = Kept()
    app.state.addresses = Addresses()
    for sheet in SHEETS:
        add_sheet(app, sheet)
    add_judging(app)
    add_files(app)
    app.add_api_route("/static/{name:path}", static_answer, include_in_schema=False)
    app.add_api_route("/story", lambda: RedirectResponse("/", 308), include_in_schema=False)
    app.add_api_route("/favicon.ico", lambda: RedirectResponse("/static/mark.svg", 308), include_in_schema=False)
    _answer_problems(app)
    gate = Gate(frozenset(host.strip("[]").lower() for host in hosts), token)
    app.add_middleware(Directly, sheets=SHEETS)
    app.add_middleware(KeptFirst, kept=app.state.kept, ledgers=app.state.ledgers)
    app.add_middleware(Guard, gate=gate)  # outermost: what it refuses reaches nothing else
    return app


@asynccontextmanager
async def _serving(_app: FastAPI) -> AsyncIterator[None]:
    anyio.to_thread.current_default_thread_limiter().total_tokens = READERS
    yield


async def static_answer(name: str) -> Response:
    """One of our own files; there are no others."""
    if name not in STATIC:
        raise HTTPException(404)
    data, _ = static_file(name)
    return Response(data, media_type=STATIC_TYPES[name.rpartition(".")[2]], headers=FOREVER)


def _answer_problems(app: FastAPI) -> None:
    async def ours(request: Request, error: Exception) -> Response:
        assert isinstance(error, OnRecordError)
        return answer_problem(request, problem_of(error))

    async def routing(request: Request, error: Exception) -> Response:
        assert isinstance(error, RoutingError)
        code = {404: "not_found", 405: "wrong_method"}.get(error.status_code, "request")
        told = Problem(error.status_code, code, HTTP_WORDS.get(error.status_code, error.detail))
        answer = answer_problem(request, told)
        answer.headers.update(error.headers or {})  # which methods an address takes
        return answer

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return answer_problem(request, Problem(422, "bad_field", _tell_invalid(error)))

    async def unforeseen(request: Request, _error: Exception) -> Response:
        told = Problem(500, "error", "this should not have happened; the server's own output says what did")
        answer = answer_problem(request, told)
        answer.raw_headers.extend(SAFE_HEADERS)  # sent from outside the Guard
        return answer

    app.add_exception_handler(OnRecordError, ours)
    app.add_exception_handler(RoutingError, routing)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(Exception, unforeseen)


def _tell_invalid(error: RequestValidationError) -> str:
    """The first thing that is wrong, and where; what was sent is not repeated."""
    first = error.errors()[0]
    where = ".".join(str(part) for part in first.get("loc", ()) if part not in ("query", "path", "body"))
    if str(first.get("type", "")).startswith("date"):
        return f"{where.removesuffix('.date')}: needed a day such as 2024-05-18"
    return f"{where or 'the request'}: {first.get('msg', 'not valid')}"


def answer_problem(request: Request, problem: Problem) -> Response:
    """The problem as a page where a page was asked for, else as JSON."""
    data = request.url.path.endswith((".json", ".csv")) or request.headers.get("content-type") == "application/json"
    if data or not wants_page(request.scope["headers"]):
        return JSONResponse(problem_json(problem), status_code=problem.status)
    html = render_html("problem.html", problem=problem)
    return Response(html, status_code=problem.status, media_type="text/html; charset=utf-8")
