"""Pages answered without the framework's detour: the same functions, with routing and parameters worked out here.

The app's routing, dependencies and threads cost more than most pages. Whatever is not plainly right (an unknown
address, a value that is not valid, an error of the ledger) is left to the app, which says what is wrong with it.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Annotated, Any, get_args, get_origin

from fastapi import params
from pydantic import TypeAdapter, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from onrecord.errors import OnRecordError
from onrecord.web.safety import App, Receive, Scope, Send
from onrecord.web.sheets import FORMS, Answer, Sheet, answer_sheet, form_path

Held = Mapping[str, str]  # what the address itself holds, by name
Read = Callable[[Request, Held], Any]


@dataclass(frozen=True, slots=True)
class Way:
    """One form of a kind of page, the name of what its address ends with, and how each parameter is read.

    deep: what the address ends with may hold slashes. brief: whether it is answered without a thread of its own.
    """

    sheet: Sheet[Any]
    answer: Answer
    held: str
    deep: bool
    readers: Mapping[str, Read]
    brief: Callable[..., bool] | None


class Directly:
    """Answers every form of every sheet, and asks the app for all else (ASGI)."""

    def __init__(self, app: App, sheets: Iterable[Sheet[Any]]) -> None:
        self.app = app
        self.ways = {_key(form_path(sheet, form)): _way(sheet, form) for sheet in sheets for form in FORMS}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        asked = scope["type"] == "http" and scope["method"] == "GET"
        answer = await self._answer(Request(scope)) if asked else None
        await (answer or self.app)(scope, receive, send)

    async def _answer(self, request: Request) -> Response | None:
        path: str = request.scope["path"]
        way = self.ways.get(_key(path))
        if way is None:
            return None
        rest = path.removesuffix(_form(path)).partition("/")[2].partition("/")[2]
        if bool(way.held) != bool(rest) or ("/" in rest and not way.deep):
            return None
        try:
            given = {name: read(request, {way.held: rest}) for name, read in way.readers.items()}
            if way.brief is not None and way.brief(**given):
                return answer_sheet(request, way.sheet, way.answer, given)
            return await run_in_threadpool(answer_sheet, request, way.sheet, way.answer, given)
        except (ValidationError, OnRecordError):
            return None


def _form(path: str) -> str:
    """The suffix that says which form of a page is asked for."""
    return next(form for form in FORMS if path.endswith(form))


def _key(path: str) -> tuple[str, bool, str]:
    """`("sources", True, ".json")` for `/sources/{document}.json`: what tells the kinds of pages and forms apart."""
    form = _form(path)
    first, slash, _ = path.removesuffix(form)[1:].partition("/")
    return first, bool(slash), form


def _way(sheet: Sheet[Any], form: str) -> Way:
    held, _, kind = sheet.path[1:].partition("/")[2].strip("{}").partition(":")
    readers = {name: _reader(each, held) for name, each in _parameters(sheet.build).items() if name != "view"}
    return Way(sheet, FORMS[form], held, kind == "path", readers, None if form else sheet.brief)


def _parameters(function: Callable[..., Any]) -> Mapping[str, inspect.Parameter]:
    return inspect.signature(function, eval_str=True).parameters


def _reader(parameter: inspect.Parameter, held: str) -> Read:
    """How the value of a parameter comes out of a request: by its annotation, as the framework would."""
    if parameter.name == held:
        return partial(_from_address, name=held)
    if parameter.annotation is Request:
        return _whole
    depends = _depends(parameter.annotation)
    if depends is not None:
        return _dependency_reader(depends)
    adapter: TypeAdapter[Any] = TypeAdapter(parameter.annotation)
    return partial(_from_query, name=parameter.name, validate=adapter.validate_python, default=parameter.default)


@cache
def _dependency_reader(depends: Callable[..., Any]) -> Read:
    """What reads what several pages depend on; it takes nothing from the address itself."""
    readers = {name: _reader(each, "") for name, each in _parameters(depends).items()}
    return partial(_from_dependency, depends=depends, readers=readers)


def _depends(annotation: Any) -> Callable[..., Any] | None:
    """What a parameter depends on, where it does: `wanted` for `Annotated[Filter, Depends(wanted)]`."""
    said = get_args(annotation)[1:] if get_origin(annotation) is Annotated else ()
    found = next((each for each in said if isinstance(each, params.Depends)), None)
    return found.dependency if found is not None else None


def _from_address(_request: Request, held: Held, *, name: str) -> str:
    return held[name]


def _whole(request: Request, _held: Held) -> Request:
    return request


def _from_query(request: Request, _held: Held, *, name: str, validate: Callable[[str], Any], default: Any) -> Any:
    sent = request.query_params.get(name) if request.scope.get("query_string") else None
    return default if sent is None else validate(sent)


def _from_dependency(request: Request, held: Held, *, depends: Callable[..., Any], readers: Mapping[str, Read]) -> Any:
    return depends(**{name: read(request, held) for name, read in readers.items()})
