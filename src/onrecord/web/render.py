"""A page's model → HTML, JSON or CSV. Templates escape everything; nothing here makes markup."""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from onrecord.export.csv import guard_cell
from onrecord.ledger.folding import fold_words
from onrecord.records.codec import to_plain
from onrecord.records.rows import Counts
from onrecord.records.spans import Span
from onrecord.web.drawn import ANCHORED, basis, day, marked, review, shape, sign, who
from onrecord.web.facets import FACET_NAMES
from onrecord.web.marks import Mark, Tokens, nest_marks
from onrecord.web.pages.strip import draw_strip
from onrecord.web.shown import REPEATED, LineShown, PassageShown, StatementShown, TermShown, if_then
from onrecord.web.timeline import shorten

Cell = str | int | float | None
Row = Sequence[Cell]
STATIC_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}
NAV = (
    ("/", "Story", "story"),
    ("/lines", "Lines", "lines"),
    ("/statements", "Statements", "statements"),
    ("/wording", "Wording", "wording"),
    ("/figures", "Figures", "figures"),
    ("/people", "People", "people"),
    ("/timeline", "Timeline", "timeline"),
    ("/sources", "Sources", "sources"),
    ("/review", "Review", "review"),
)
# Where a page says how much there is: put in last, so that the rest can be kept. No text from outside can hold
# it, because every `<` of theirs is escaped.
STANDING = "<!-- standing -->"
STATIC = ("style.css", "keys.js", "vendor/htmx.min.js", "mark.svg")


@cache
def static_file(name: str) -> tuple[bytes, str]:
    """A file's bytes and the first digits of their hash, which its address carries so that it may be cached."""
    data = files("onrecord.web").joinpath("static", *name.split("/")).read_bytes()
    return data, sha256(data).hexdigest()[:12]


def static_href(name: str) -> str:
    """The address of a file of ours."""
    return f"/static/{name}?v={static_file(name)[1]}"


def marked_passage(passage: PassageShown) -> Markup:
    """A passage with its marks."""
    return marked(_nest(passage, passage.marks))


def unmarked_passage(passage: PassageShown) -> Markup:
    """A passage with its statements' marks switched off; the passage asked for and hits stay."""
    return marked(_nest(passage, tuple(mark for mark in passage.marks if mark.role in ANCHORED)))


def _nest(passage: PassageShown, marks: tuple[Mark, ...]) -> Tokens:
    window = Span(passage.offset, passage.offset + len(passage.text))
    return nest_marks(passage.text, window, marks, passage.offset)


@cache
def environment() -> Environment:
    """The templates: everything is escaped, and a name that is not there is an error rather than nothing."""
    jinja = Environment(
        loader=PackageLoader("onrecord.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    jinja.globals.update(
        static=static_href,
        sign=sign,
        shape=shape,
        nav=NAV,
        day=day,
        basis=basis,
        who=who,
        review=review,
        statement_item=statement_item,
        facet_names=FACET_NAMES,
        standing=Markup(STANDING),
        draw=draw_strip,
    )
    jinja.filters.update(
        marked=marked_passage,
        unmarked=unmarked_passage,
        shorten=_shorten,
        plural=plural,
        group=_group,
        sentence=_sentence,
        ends=both_ends,
        by_term=by_term,
        spacing=spacing,
        capitalize_first=capitalize_first,
        safe_style=_own_style,
    )
    return jinja


def _sentence(line: LineShown) -> str:
    return if_then(line.condition, line.consequence, line.lead)


def _shorten(text: str, letters: int) -> str:
    return shorten(text, letters, 1.0)


def _group(number: int) -> str:
    """`12,345`."""
    return f"{number:,}"


def _own_style(style: str) -> Markup:
    """Our own style sheet, which must stand unescaped in the one page that carries it."""
    if style.encode("utf-8") != static_file("style.css")[0]:
        raise ValueError("only our own style sheet may stand in a page as it is")
    return Markup(style)


def spacing(text: str) -> str:
    """The class of words whose white space must be kept as printed: only where there is more than single spaces."""
    return " kept" if any(sign in text for sign in ("  ", "\n", "\t", "\r")) else ""


def capitalize_first(text: str) -> str:
    """The text with its first letter as a capital and the rest untouched."""
    return text[:1].upper() + text[1:]


def both_ends(text: str, words: int = 5) -> str:
    """The first and the last words of a long text: where its ends are moved, only they matter."""
    listed = text.split()
    return text if len(listed) <= 2 * words + 1 else f"{' '.join(listed[:words])} … {' '.join(listed[-words:])}"


def by_term(terms: Iterable[TermShown]) -> tuple[tuple[TermShown, ...], ...]:
    """Terms of one cell, the same words in the same kind of voice together: printed once for all who use them."""
    grouped: dict[tuple[str, bool, str], list[TermShown]] = defaultdict(list)
    for term in terms:
        grouped[fold_words(term.term), term.quoted, term.distanced or ""].append(term)
    return tuple(map(tuple, grouped.values()))


def plural(number: int, one: str, many: str = "") -> str:
    """`1 article`, `1,204 articles`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def render_html(template: str, **context: Any) -> str:
    """The page as HTML."""
    return environment().get_template(template).render(**context)


@lru_cache(8)
def render_standing(counts: Counts) -> str:
    """How much there is, as every page says it at its foot."""
    return environment().get_template("standing.html").render(counts=counts)


@lru_cache(REPEATED)
def statement_item(statement: StatementShown) -> Markup:
    """A statement as lists show it; kept, because lists that are narrowed and turned show the same ones again."""
    module: Any = environment().get_template("macros.html").module
    item: Markup = module.statement_item(statement)
    return item


def render_json(model: object) -> str:
    """The model as JSON, its field names as keys."""
    return json.dumps(to_plain(model), ensure_ascii=False, indent=1)


def render_csv(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """RFC 4180 CSV. A cell that a spreadsheet would take for a formula is preceded by an apostrophe."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([guard_cell(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return buffer.getvalue()
