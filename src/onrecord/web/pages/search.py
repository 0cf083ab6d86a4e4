"""Full-text search: articles that hold every word, their hits lit, and the statements among them."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query

from onrecord.ledger.contract import View
from onrecord.records.rows import Hit
from onrecord.records.spans import overlaps
from onrecord.web.asking import Wanted
from onrecord.web.marks import Mark, Role
from onrecord.web.render import Row
from onrecord.web.sheets import Sheet
from onrecord.web.shown import ArticleShown, PassageShown, show_article, source_href

MOST_ASKED = 16_000  # characters that are listened to at all; the ledger itself answers to fewer


@dataclass(frozen=True, slots=True)
class HitShown:
    """An article with an excerpt around its first hit."""

    article: ArticleShown
    excerpt: PassageShown
    hits: int
    statements: tuple[str, ...]
    href: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What was asked and the articles that answer."""

    query: str
    hits: tuple[HitShown, ...]
    next: str | None


Asked = Annotated[str, Query(max_length=MOST_ASKED, description='Words, "quoted phrases" and beginnings of words*.')]


def search_page(view: View, wanted: Wanted, q: Asked = "") -> SearchPage:
    """Articles that hold every word and phrase, newest first. Case, accents and quotation marks do not matter."""
    if not q.strip():
        return SearchPage("", (), None)
    found = view.search(q, wanted)
    return SearchPage(q, tuple(_show_hit(hit, q) for hit in found.rows), found.next)


def _show_hit(hit: Hit, query: str) -> HitShown:
    article = show_article(hit.document)
    marks = tuple(
        Mark(span, Role.HIT, f"h{number}") for number, span in enumerate(hit.spans, 1) if overlaps(span, hit.excerpt)
    )
    excerpt = PassageShown(
        hit.document.id,
        article.title,
        hit.excerpt.start,
        hit.excerpt.end,
        hit.excerpt.start,
        hit.text,
        marks,
        source_href(hit.document.id, hit.excerpt),
    )
    href = f"{article.href}?{urlencode({'q': query})}#h1"
    return HitShown(article, excerpt, len(hit.spans), hit.statements, href)


SEARCH_COLUMNS = ("document", "title", "outlet", "published_from", "published_to", "hits", "excerpt", "start", "end")


def _rows(page: SearchPage) -> list[Row]:
    return [
        (
            hit.article.id,
            hit.article.title,
            hit.article.outlet.name,
            hit.article.published.earliest,
            hit.article.published.latest,
            hit.hits,
            hit.excerpt.text,
            hit.excerpt.start,
            hit.excerpt.end,
        )
        for hit in page.hits
    ]


SEARCH = Sheet(
    "search", "/search", "search.html", SearchPage, search_page, SEARCH_COLUMNS, _rows, "search",
    "Articles that hold every word asked for",
)  # fmt: skip
