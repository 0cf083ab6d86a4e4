"""Wording: which term each outlet uses for a thing, in whose voice; and with which verb it hands words to whom."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
MOST_SPEAKERS = 20  # those with most words; the others stand in the statements
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
class OutletVerbs:
    """The words with which one outlet hands words to one speaker, in order of its texts."""

    outlet: str
    verbs: tuple[VerbShown, ...]


@dataclass(frozen=True, slots=True)
class SpeakerVerbs:
    """The reporting words of each outlet for one speaker, side by side."""

    who: WhoShown
    outlets: tuple[OutletVerbs, ...]


@dataclass(frozen=True, slots=True)
class WordingPage:
    """Terms by thing. articles: the columns, empty where there are too many to stand side by side."""

    articles: tuple[ArticleShown, ...]
    things: tuple[ThingShown, ...]
    verbs: tuple[SpeakerVerbs, ...]
    verb_articles: int
    verbs_left_out: int
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
    verbs = speaker_verbs(view, read)
    return WordingPage(
        articles=articles,
        things=group_terms(found.rows, articles),
        verbs=verbs[:MOST_SPEAKERS],
        verb_articles=len(read),
        verbs_left_out=max(0, len(verbs) - MOST_SPEAKERS),
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
    """The cue words for each linked speaker by outlet, linked to their places; speakers with most words first."""
    told: dict[str, dict[str, list[tuple[StatementRow, str]]]] = defaultdict(lambda: defaultdict(list))
    for document in documents:
        text = view.text(document.id)
        outlet = document.outlet.name or document.title or document.path
        rows = view.statements(Filter(document=document.id, limit=MOST_ROWS)).rows
        for row in sorted(rows, key=lambda row: row.statement.cue[:1]):
            if row.statement.cue and row.statement.actor:
                told[row.statement.actor][outlet].append((row, text))
    formed = [_verbs_of(by_outlet) for by_outlet in told.values()]
    return tuple(sorted(formed, key=lambda each: -sum(len(outlet.verbs) for outlet in each.outlets)))


def _verbs_of(by_outlet: Mapping[str, Sequence[tuple[StatementRow, str]]]) -> SpeakerVerbs:
    first = next(iter(by_outlet.values()))[0][0].statement
    outlets = (OutletVerbs(name, tuple(_verb(row, text) for row, text in rows)) for name, rows in by_outlet.items())
    return SpeakerVerbs(show_speaker(first.speaker, first.actor), tuple(outlets))


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
