"""Who is meant: the words of one article that mean a person, state or body, each to be reviewed."""

import json
from dataclasses import dataclass

from onrecord.ledger.contract import View
from onrecord.ledger.parts import link_name
from onrecord.lexicon.labels import LINK_BASIS, doubt_words
from onrecord.records.actors import LinkBasis
from onrecord.records.rows import LinkRow, Review
from onrecord.web.render import Row
from onrecord.web.sheets import Sheet
from onrecord.web.shown import ArticleShown, ReviewShown, WhoShown, find_article, show_article, show_review, source_href


@dataclass(frozen=True, slots=True)
class LinkShown:
    """Words as printed, whom they are taken to mean, how we know, and how that stands with its reviewers.

    settled: whom they mean by a reviewer's answer; "" where it is whom the program took them for.
    """

    id: str
    words: str
    who: WhoShown
    document: str
    title: str
    start: int
    end: int
    passage_href: str
    review: ReviewShown
    doubt: str
    review_href: str
    settled: str


@dataclass(frozen=True, slots=True)
class LinksPage:
    """The links of one article in reading order. unlinked: words that mean nobody who could be named."""

    article: ArticleShown
    links: tuple[LinkShown, ...]
    unlinked: tuple[LinkShown, ...]


def links_page(view: View, document: str) -> LinksPage:
    """Which words of an article mean whom."""
    row = find_article(view, document)
    links = tuple(show_link(each) for each in view.links(row.id))
    linked = tuple(each for each in links if each.who.key is not None)
    return LinksPage(show_article(row), linked, tuple(each for each in links if each.who.key is None))


def show_link(row: LinkRow) -> LinkShown:
    """A link as shown."""
    link = row.link
    who = WhoShown(
        row.actor.key if row.actor else None,
        row.actor.name if row.actor else "nobody who could be named",
        LINK_BASIS[link.basis],
        link.basis not in (LinkBasis.NAME, LinkBasis.NONE),
        link.reason,
    )
    return LinkShown(
        row.id, row.words, who, row.document, row.title, link.span.start, link.span.end,
        source_href(row.document, link.span), show_review(row.review), doubt_words(link.score),
        f"/review/{link_name(row)}", _settled(row),
    )  # fmt: skip


def _settled(row: LinkRow) -> str:
    if row.review.review is Review.REJECTED:
        return "somebody else"
    if row.review.review is not Review.CORRECTED:
        return ""
    return str(json.loads(row.review.correction or "{}").get("actor") or "nobody who could be named")


def answered(links: tuple[LinkRow, ...]) -> tuple[LinkShown, ...]:
    """The links that a person has answered, as shown."""
    return tuple(show_link(row) for row in links if row.review.review is not Review.SUGGESTED)


LINK_COLUMNS = (
    "id", "words", "actor", "actor_key", "basis", "reason", "document", "start", "end", "review", "settled",
)  # fmt: skip


def _rows(page: LinksPage) -> list[Row]:
    return [
        (
            each.id,
            each.words,
            each.who.name if each.who.key else "",
            each.who.key,
            each.who.basis,
            each.who.reason,
            each.document,
            each.start,
            each.end,
            each.review.review,
            each.settled,
        )
        for each in sorted((*page.links, *page.unlinked), key=lambda each: (each.start, each.end))
    ]


LINKS = Sheet(
    "links", "/links/{document}", "links.html", LinksPage, links_page, LINK_COLUMNS, _rows, "sources",
    "Which words of an article mean whom",
)  # fmt: skip
