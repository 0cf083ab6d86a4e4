"""One page, three forms: each is registered once and answers as HTML, with `.json` and with `.csv`."""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import unquote, urlencode

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse

from onrecord.ledger.contract import View
from onrecord.web.asking import Ledgers
from onrecord.web.facets import offer
from onrecord.web.kept import FRESH, Kept, Revision, address_of, answer_written, stand, write_down
from onrecord.web.problems import ProblemAnswer
from onrecord.web.render import Row, render_csv, render_html, render_json

Model = TypeVar("Model")
ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemAnswer} for status in (400, 401, 403, 404, 410, 414, 416, 422, 431, 503)
}


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Model]):
    """A kind of page.

    path: its address without suffix. build: from a View and the request's parameters to the model; its signature says
    which parameters there are. columns, rows: the model as a table. revision: from the model and the parameters to how
    to ask for a text that is another one whenever the page would be; such pages are kept as written. None: not to be.
    brief: from the parameters to whether the page is so soon made that it needs no thread of its own. None: it is not.
    """

    name: str
    path: str
    template: str
    model: type[Model]
    build: Callable[..., Model]
    columns: Sequence[str]
    rows: Callable[[Model], Sequence[Row]]
    section: str
    summary: str
    revision: Callable[..., Revision | None] | None = None
    brief: Callable[..., bool] | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """What every page shows around its own content. json, csv: the addresses of its other two forms."""

    section: str
    path: str
    query: str
    json: str
    csv: str
    marks: bool


Answer = Callable[[Request, Sheet[Any], View, dict[str, Any]], Response]


def add_sheet(app: FastAPI, sheet: Sheet[Any]) -> None:
    """Register a page's three forms; the suffixed ones first, because an id would swallow the suffix."""
    contents: dict[str, dict[str, Any]] = {
        ".json": {"model": sheet.model},
        ".csv": {"content": {"text/csv": {}}},
        "": {"content": {"text/html": {}}},
    }
    for form, answer in FORMS.items():
        responses: dict[int | str, dict[str, Any]] = {200: contents[form] | {"description": sheet.summary}, **ERRORS}
        app.add_api_route(
            form_path(sheet, form),
            _endpoint(sheet, answer),
            name=f"{sheet.name}{form.replace('.', '_')}",
            responses=responses,
            methods=["GET"],
            summary=sheet.summary,
            tags=[sheet.section],
            response_model=None,
        )


def form_path(sheet: Sheet[Any], form: str) -> str:
    """The address of one form of a page."""
    return ("/story" if form and sheet.path == "/" else sheet.path) + form


def _endpoint(sheet: Sheet[Any], answer: Answer) -> Callable[..., Response]:
    """A route function with the parameters of `sheet.build`, its View excepted."""
    built_with = inspect.signature(sheet.build, eval_str=True)
    asked = [value for name, value in built_with.parameters.items() if name != "view"]

    def endpoint(request: Request, **given: Any) -> Response:
        return answer_sheet(request, sheet, answer, given)

    own = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Request)
    keyed = [value.replace(kind=inspect.Parameter.KEYWORD_ONLY) for value in asked]
    endpoint.__signature__ = inspect.Signature([own, *keyed])  # type: ignore[attr-defined]
    endpoint.__doc__ = inspect.getdoc(sheet.build)
    return endpoint


def answer_sheet(request: Request, sheet: Sheet[Any], answer: Answer, given: dict[str, Any]) -> Response:
    """One form of a page, made of one moment throughout. given: the parameters of `sheet.build`, its View excepted."""
    ledgers: Ledgers = request.app.state.ledgers
    view = ledgers.view()
    with view.snapshot():
        return answer(request, sheet, view, given)


def _as_json(_request: Request, sheet: Sheet[Any], view: View, given: dict[str, Any]) -> Response:
    return Response(render_json(sheet.build(view, **given)), media_type="application/json", headers=FRESH)


def _as_csv(_request: Request, sheet: Sheet[Any], view: View, given: dict[str, Any]) -> Response:
    headers = {"content-disposition": f'attachment; filename="{sheet.name}.csv"', **FRESH}
    rows = sheet.rows(sheet.build(view, **given))
    return Response(render_csv(sheet.columns, rows), media_type="text/csv; charset=utf-8", headers=headers)


def _as_html(request: Request, sheet: Sheet[Any], view: View, given: dict[str, Any]) -> Response:
    model = sheet.build(view, **given)
    page = _write_page(request, sheet.template, sheet.section, page=model)
    ask = sheet.revision(model, **given) if sheet.revision is not None else None
    if ask is None:
        return HTMLResponse(stand(page, view.counts()), headers=FRESH)
    kept: Kept = request.app.state.kept
    written = write_down(page, ask, view)
    kept.keep(address_of(request.scope), written)
    return answer_written(written, view, request.scope)


FORMS: dict[str, Answer] = {".json": _as_json, ".csv": _as_csv, "": _as_html}  # by the suffix of their addresses


def answer_html(request: Request, template: str, section: str, status: int = 200, **context: Any) -> Response:
    """A page with its surroundings."""
    ledgers: Ledgers = request.app.state.ledgers
    page = _write_page(request, template, section, **context)
    return HTMLResponse(stand(page, ledgers.view().counts()), status_code=status, headers=FRESH)


def _write_page(request: Request, template: str, section: str, **context: Any) -> str:
    """A page with its surroundings; STANDING stands for how much there is."""
    query = request.query_params
    site = site_of(request, section)
    surroundings = {
        "site": site,
        "asked": lambda field: query.get(field, ""),
        "facet_choices": lambda facets, field: offer(facets, field, query.get(field, "")),
        "next_page": lambda key: _with(request, after=key) if key else "",
        "toggle_marks": lambda: _with(request, marks="off" if site.marks else ""),
        "reviewer": unquote(request.cookies.get("reviewer", "")),
        "done": query.get("done", ""),
    }
    return render_html(template, **surroundings, **context)


def _with(request: Request, **changed: str) -> str:
    """The same address with some of its query changed; what is empty is left out."""
    asked = {**dict(request.query_params), **changed}
    return request.url.path + "?" + urlencode({key: value for key, value in asked.items() if value})


def site_of(request: Request, section: str) -> Site:
    """What stands around the page that this request asks for."""
    path = request.url.path
    asked = [(key, value) for key, value in request.query_params.multi_items() if value]
    query = "?" + urlencode(asked) if asked else ""
    base = "/story" if path == "/" else path
    return Site(
        section=section,
        path=path,
        query=query,
        json=f"{base}.json{query}",
        csv=f"{base}.csv{query}",
        marks=request.query_params.get("marks") != "off",
    )
