"""What leaves the ledger as a file: citations of one statement, the export formats, and the story as one page."""

import io
from base64 import b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, Any, TextIO

from fastapi import FastAPI, Query, Request, Response

from onrecord.export.bibtex import export_bibtex
from onrecord.export.citations import Citation
from onrecord.export.csl_json import export_csl_json
from onrecord.export.formats import FORMATS
from onrecord.export.schema_org import export_schema_org
from onrecord.export.selection import Held, hold_back, may_leave
from onrecord.export.source import every
from onrecord.ledger.contract import View
from onrecord.records.rows import Counts
from onrecord.web.asking import Ledgers
from onrecord.web.pages.figures import FigureGroup, compare_figures
from onrecord.web.pages.lines import LinePage, line_page
from onrecord.web.pages.story import Telling, period_of, tell_lead, title_of
from onrecord.web.pages.strip import StripShown, strip_of
from onrecord.web.render import render_html, static_file
from onrecord.web.sheets import ERRORS
from onrecord.web.shown import ArticleShown, line_words, show_article
from onrecord.web.timeline import Dated, Row

FORM_CITED: dict[str, tuple[str, str, Callable[[Iterable[Citation], TextIO], None]]] = {
    "csl": (".json", "application/vnd.citationstyles.csl+json", export_csl_json),
    "bibtex": (".bib", "application/x-bibtex", export_bibtex),
    "schema": (".jsonld", "application/ld+json", export_schema_org),
}


class CitationForm(StrEnum):
    """How a citation is written."""

    CSL = "csl"
    BIBTEX = "bibtex"
    SCHEMA = "schema"


class ExportForm(StrEnum):
    """The formats that hold a whole ledger in one text file."""

    JSONL = "jsonl"
    MARKDOWN = "markdown"
    WEB_ANNOTATION = "web-annotation"
    CSL_JSON = "csl-json"
    BIBTEX = "bibtex"
    SCHEMA_ORG = "schema-org"
    CORRECTIONS = "corrections"


Accusations = Annotated[bool, Query(description="Also accusations that no person has reviewed.")]


def add_files(app: FastAPI) -> None:
    """Register the addresses of files."""
    common: dict[str, Any] = {"methods": ["GET"], "tags": ["files"], "response_model": None, "responses": ERRORS}
    app.add_api_route("/statements/{statement_id}/cite/{form}", cite, summary="One statement as a citation", **common)
    app.add_api_route("/export/{form}", export, summary="The ledger in an export format", **common)
    app.add_api_route("/story.html", story_file, summary="The story as one file without scripts", **common)


def cite(request: Request, statement_id: str, form: CitationForm) -> Response:
    """One statement as a citation: passage, speaker, outlet, dates with their basis, hash."""
    ledgers: Ledgers = request.app.state.ledgers
    view = ledgers.view()
    row = view.statement(statement_id)
    suffix, media, write = FORM_CITED[form]
    stream = io.StringIO()
    write([Citation(row, view.document(row.statement.document))], stream)
    return _file(stream.getvalue(), media, f"statement-{row.statement.id}{suffix}")


def export(request: Request, form: ExportForm, accusations: Accusations = False) -> Response:
    """The whole ledger in one of the export formats; what reviewers rejected stays."""
    ledgers: Ledgers = request.app.state.ledgers
    view = ledgers.view()
    found = FORMATS[form]
    assert found.write is not None  # ExportForm lists only formats of one text file
    stream = io.StringIO()
    found.write(view, hold_back(view, accusations=accusations), stream)
    return _file(stream.getvalue(), found.media_type, f"onrecord{found.suffix}")


def story_file(request: Request, accusations: Accusations = False) -> Response:
    """The story as one HTML file that needs nothing else: no script, no server, no network."""
    ledgers: Ledgers = request.app.state.ledgers
    view = ledgers.view()
    html = render_story(view, hold_back(view, accusations=accusations))
    return _file(html, "text/html; charset=utf-8", "story.html")


def _file(text: str, media: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "private, no-cache"}
    return Response(text, media_type=media, headers=headers)


@dataclass(frozen=True, slots=True)
class StoryFile:
    """What the file holds: every line with its history, figures, and the articles with their hashes."""

    title: str
    period: str
    counts: Counts
    telling: tuple[Telling, ...]
    lead: str
    strip: StripShown
    lines: tuple[LinePage, ...]
    figures: tuple[FigureGroup, ...]
    articles: tuple[ArticleShown, ...]


def write_story(view: View, stream: TextIO, *, accusations: bool = False) -> None:
    """Write the story of a ledger as one HTML file."""
    stream.write(render_story(view, hold_back(view, accusations=accusations)))


def render_story(view: View, held: Held) -> str:
    """The story of a ledger as one HTML file."""
    style = static_file("style.css")[0].decode("utf-8")
    # The file's own policy: its one style sheet by hash, and nothing else at all.
    digest = b64encode(sha256(style.encode("utf-8")).digest()).decode("ascii")
    return render_html("story_file.html", page=story_of(view, held), style=style, digest=digest)


def story_of(view: View, held: Held) -> StoryFile:
    """What may leave the ledger, as one story."""
    rows = tuple(row for row in every(view.lines) if may_leave(row, held))
    documents = tuple(every(view.documents))
    figures = tuple(row for row in every(view.figures) if may_leave(row, held))
    lead, telling = tell_lead(rows)
    counts = view.counts()
    return StoryFile(
        title=title_of(tuple(row.line for row in rows), counts, view.joins()),
        period=period_of([row.published for row in documents]),
        counts=counts,
        telling=tuple(replace(told, href=inner_href(told.href)) for told in telling),
        lead=line_words(lead.line) if lead else "",
        strip=_inner_strip(strip_of(view, rows)),
        lines=tuple(_without_held(line_page(view, row.line.id), held) for row in rows),
        figures=compare_figures(view, figures),
        articles=tuple(show_article(row) for row in documents),
    )


def _without_held(page: LinePage, held: Held) -> LinePage:
    return replace(page, steps=tuple(step for step in page.steps if step.statement not in held.statements))


def inner_href(href: str) -> str:
    """Where an address of the server leads inside the file: `/lines/1f#s2a` → `#s2a`, `/sources/ab?…` → `#dab`."""
    path, _, anchor = href.partition("#")
    if path.startswith("/lines/"):
        return f"#{anchor}" if anchor else f"#l{path.removeprefix('/lines/')}"
    if path.startswith("/sources/"):
        return f"#d{path.removeprefix('/sources/').partition('?')[0]}"
    return "#articles"


def _inner_strip(strip: StripShown) -> StripShown:
    return replace(strip, articles=_inner_row(strip.articles), lines=tuple(_inner_row(row) for row in strip.lines))


def _inner_row(row: Row) -> Row:
    return replace(row, href=inner_href(row.href), points=tuple(_inner_point(point) for point in row.points))


def _inner_point(point: Dated) -> Dated:
    return replace(point, href=inner_href(point.href))
