"""Wording: which term each outlet uses for a thing, in whose voice; and with which verb it hands words to whom."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Query

from onrecord.ledger.contract import View
from onrecord.records.rows import DocumentRow, Filter, StatementRow, WordingRow
from onrecord.records.spans import Span, quote_spans
from onrecord.web.asking import MOST_ROWS, Wanted
from onrecord.web.pages.lines import in_order
from onrecord.web.render import Row
from onrecord.web.sheets import Sheet
from onrecord.web.shown import ArticleShown, WhoShown, show_article, show_speaker, source_href

MOST_COLUMNS = 8  # articles side by side; more are told as a list for each thing
VERB_ARTICLES = 40  # articles whose reporting verbs are read for one page


@dataclass(frozen=True, slots=True)
class TermShown:
    """A term as printed. quoted: it stands in someone else's mouth; distanced: scare quotes or "so-called"."""

    id: str
    term: str
    quoted: bool
    by: str
    distanced: str | None
    document: str
    outlet: str
    href: str


@dataclass(frozen=True, slots=True)
class ThingShown:
    """The terms used for one thing; `columns` has one cell for each article of the page, in order."""

    thing: str
    columns: tuple[tuple[TermShown, ...], ...]
    terms: tuple[TermShown, ...]


@dataclass(frozen=True, slots=True)
class VerbShown:
    """A reporting verb at its place."""

    cue: str
    href: str


@dataclass(frozen=True, slots=True)
class SpeakerVerbs:
    """The words with which one outlet hands words to one speaker, in order of the text."""

    who: WhoShown
    outlet: str
    verbs: tuple[VerbShown, ...]


@dataclass(frozen=True, slots=True)
class WordingPage:
    """Terms by thing. articles: the columns, empty where there are too many to stand side by side."""

    articles: tuple[ArticleShown, ...]
    things: tuple[ThingShown, ...]
    verbs: tuple[SpeakerVerbs, ...]
    verb_articles: int
    next: str | None


Thing = Annotated[str, Query(max_length=300, description="Only terms for this thing.")]


def wording_page(view: View, wanted: Wanted, thing: Thing = "") -> WordingPage:
    """Who calls it what, and who is said to have said, and who to have claimed."""
    narrowed = Filter(
        outlet=wanted.outlet,
        since=wanted.since,
        until=wanted.until,
        document=wanted.document,
        thing=thing or None,
        after=wanted.after,
        limit=MOST_ROWS,
    )
    found = view.wordings(narrowed)
    articles = _columns(view, found.rows)
    read = view.documents(Filter(outlet=wanted.outlet, document=wanted.document, limit=VERB_ARTICLES)).rows
    return WordingPage(
        articles=articles,
        things=group_terms(found.rows, articles),
        verbs=speaker_verbs(view, read),
        verb_articles=len(read),
        next=found.next,
    )


def _columns(view: View, rows: Sequence[WordingRow]) -> tuple[ArticleShown, ...]:
    ids = {row.document for row in rows}
    if len(ids) > MOST_COLUMNS:
        return ()
    return in_order(show_article(view.document(document)) for document in ids)


def group_terms(rows: Iterable[WordingRow], articles: Sequence[ArticleShown]) -> tuple[ThingShown, ...]:
    """The terms by thing, the same term of the same voice once for each article."""
    by_thing: dict[str, dict[tuple[str, str, bool, str | None], TermShown]] = defaultdict(dict)
    for row in rows:
        term = show_term(row)
        by_thing[row.wording.thing].setdefault((term.document, term.term.casefold(), term.quoted, term.distanced), term)
    return tuple(_thing(thing, tuple(terms.values()), articles) for thing, terms in by_thing.items())


def _thing(thing: str, terms: tuple[TermShown, ...], articles: Sequence[ArticleShown]) -> ThingShown:
    columns = tuple(tuple(term for term in terms if term.document == article.id) for article in articles)
    return ThingShown(thing, columns, terms)


def show_term(row: WordingRow) -> TermShown:
    """A term as shown."""
    return TermShown(
        row.id,
        row.text,
        row.claimant is not None,
        row.claimant.name or "speaker not identified" if row.claimant else "the outlet itself",
        row.wording.distanced,
        row.document,
        row.outlet.name or "outlet not named",
        source_href(row.document, row.wording.span),
    )


def speaker_verbs(view: View, documents: Sequence[DocumentRow]) -> tuple[SpeakerVerbs, ...]:
    """For each speaker of each article: the cue words, linked to their places. Speakers without a name are left out."""
    told: dict[tuple[str, str], list[tuple[StatementRow, str]]] = defaultdict(list)
    for document in documents:
        text = view.text(document.id)
        for row in view.statements(Filter(document=document.id, limit=MOST_ROWS)).rows:
            if row.statement.cue and row.statement.speaker.name:
                outlet = document.outlet.name or document.title or document.path
                told[row.statement.actor or row.statement.speaker.name, outlet].append((row, text))
    return tuple(_verbs_of(outlet, rows) for (_, outlet), rows in sorted(told.items(), key=lambda item: item[0]))


def _verbs_of(outlet: str, rows: Sequence[tuple[StatementRow, str]]) -> SpeakerVerbs:
    first = rows[0][0].statement
    ordered = sorted(rows, key=lambda pair: pair[0].statement.cue[0])
    return SpeakerVerbs(
        show_speaker(first.speaker, first.actor), outlet, tuple(_verb(row, text) for row, text in ordered)
    )


def _verb(row: StatementRow, text: str) -> VerbShown:
    cue = row.statement.cue
    return VerbShown(quote_spans(text, cue), source_href(row.statement.document, Span(cue[0].start, cue[-1].end)))


WORDING_COLUMNS = ("id", "thing", "term", "voice", "by", "distanced", "outlet", "document", "passage")


def _rows(page: WordingPage) -> list[Row]:
    return [
        (
            term.id,
            thing.thing,
            term.term,
            "quoted" if term.quoted else "outlet",
            term.by,
            term.distanced,
            term.outlet,
            term.document,
            term.href,
        )
        for thing in page.things
        for term in thing.terms
    ]


WORDING = Sheet(
    "wording", "/wording", "wording.html", WordingPage, wording_page, WORDING_COLUMNS, _rows, "wording",
    "Which outlet calls it what",
)  # fmt: skip
