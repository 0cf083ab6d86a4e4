"""Wording: which term each outlet uses for a thing, in whose voice; and with which verb it hands words to whom."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query

from onrecord.annotation.wordings import verb_of
from onrecord.ledger.contract import View
from onrecord.ledger.folding import fold_words
from onrecord.lexicon.labels import NO_OUTLET
from onrecord.lexicon.loader import load_lexicon
from onrecord.records.rows import DocumentRow, Filter, StatementRow, WordingRow
from onrecord.records.spans import Span, quote_spans
from onrecord.stories.copies import Copies, one_each
from onrecord.web.asking import MOST_ROWS, Wanted
from onrecord.web.pages.lines import in_order
from onrecord.web.render import Row
from onrecord.web.sheets import Sheet
from onrecord.web.shown import (
    CarrierShown,
    TermShown,
    WhoShown,
    list_carriers,
    show_article,
    show_carriers,
    show_speaker,
    source_href,
)

VERBS = "attribution_verb"  # the thing under which verbs that hand over words are kept; they have a table of their own
MOST_COLUMNS = 8  # articles or outlets side by side; more are told as a list for each thing
MOST_SPEAKERS = 20  # those with most words; the others stand in the statements
VERB_ARTICLES = 40  # articles whose reporting verbs are read for one page


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """An article, or an outlet where articles are too many. key: its document's id, or the outlet's name.

    carriers: of an article, the others that print the same text.
    """

    key: str
    label: str
    note: str
    href: str
    carriers: tuple[CarrierShown, ...] = ()


@dataclass(frozen=True, slots=True)
class ThingShown:
    """The terms used for one thing; `cells` has one for each column of the page, in order."""

    thing: str
    cells: tuple[tuple[TermShown, ...], ...]
    terms: tuple[TermShown, ...]


@dataclass(frozen=True, slots=True)
class VerbShown:
    """A reporting verb at its place. adds: what it says beyond "said", where it says more."""

    cue: str
    href: str
    adds: str


@dataclass(frozen=True, slots=True)
class OutletVerbs:
    """The words with which one outlet hands words to one speaker, in order of its texts.

    carriers: the others that print the same text.
    """

    outlet: str
    plain: tuple[VerbShown, ...]
    marked: tuple[VerbShown, ...]
    carriers: tuple[CarrierShown, ...] = ()


@dataclass(frozen=True, slots=True)
class SpeakerVerbs:
    """The reporting words of each outlet for one speaker, side by side."""

    who: WhoShown
    outlets: tuple[OutletVerbs, ...]


@dataclass(frozen=True, slots=True)
class WordingPage:
    """Terms by thing. columns: articles or outlets, none where there are too many to stand side by side."""

    columns: tuple[ColumnShown, ...]
    things: tuple[ThingShown, ...]
    verbs: tuple[SpeakerVerbs, ...]
    verb_articles: int
    verbs_left_out: int
    articles: int
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
    copies = Copies(view.text)
    rows = list(copies.join([row for row in found.rows if row.wording.thing != VERBS]))
    columns = form_columns(view, rows)
    read = view.documents(Filter(outlet=wanted.outlet, document=wanted.document, limit=VERB_ARTICLES)).rows
    verbs = speaker_verbs(view, read, copies)
    return WordingPage(
        columns=columns,
        things=group_terms(rows, columns),
        verbs=verbs[:MOST_SPEAKERS],
        verb_articles=len(read),
        verbs_left_out=max(0, len(verbs) - MOST_SPEAKERS),
        articles=view.counts().documents,
        next=found.next,
    )


def form_columns(view: View, rows: Sequence[WordingRow]) -> tuple[ColumnShown, ...]:
    """The articles that use any of the terms, in order; their outlets where the articles are too many."""
    documents = {row.document for row in rows}
    if len(documents) <= MOST_COLUMNS:
        articles = in_order(show_article(view.document(document)) for document in documents)
        carried = {id: [each for row in rows if row.document == id for each in row.carriers] for id in documents}
        return tuple(
            ColumnShown(
                each.id,
                each.outlet.name,
                each.published.words,
                each.href,
                show_carriers(one_each(carried[each.id], each.id)),
            )
            for each in articles
        )
    outlets = Counter(_outlet(row) for row in rows)
    if len(outlets) > MOST_COLUMNS:
        return ()
    return tuple(
        ColumnShown(name, name, f"{count} uses", f"/sources?{urlencode({'outlet': name})}")
        for name, count in sorted(outlets.items())
    )


def _outlet(row: WordingRow) -> str:
    return row.outlet.name or NO_OUTLET


def group_terms(rows: Iterable[WordingRow], columns: Sequence[ColumnShown]) -> tuple[ThingShown, ...]:
    """The terms by thing, those with most names first; the same term of the same voice once for each column."""
    by_article = bool(columns) and columns[0].key.startswith("sha256:")
    things: dict[str, dict[tuple[str, ...], TermShown]] = defaultdict(dict)
    for row in rows:
        terms, term = things[row.wording.thing], show_term(row)
        place = row.document if by_article else term.outlet
        key = (place, fold_words(term.term), term.by if term.quoted else "", term.distanced or "")
        terms[key] = replace(terms[key], times=terms[key].times + 1) if key in terms else term
    formed = [_thing(thing, terms, columns) for thing, terms in things.items()]
    return tuple(sorted(formed, key=lambda each: (-len({fold_words(term.term) for term in each.terms}), each.thing)))


def _thing(thing: str, terms: Mapping[tuple[str, ...], TermShown], columns: Sequence[ColumnShown]) -> ThingShown:
    cells = tuple(tuple(term for key, term in terms.items() if key[0] == column.key) for column in columns)
    return ThingShown(_as_printed(thing.replace("_", " "), terms.values()), cells, tuple(terms.values()))


def _as_printed(thing: str, terms: Iterable[TermShown]) -> str:
    """A thing's name as it is mostly printed, where it is one of its own terms ("Kyiv"); else as it is kept."""
    printed: Counter[str] = Counter()
    for term in terms:
        if fold_words(term.term) == fold_words(thing):
            printed[term.term] += term.times
    return printed.most_common(1)[0][0] if printed else thing


def _by(row: WordingRow) -> str:
    """Whose word it is; in a paraphrase the outlet's, reporting somebody."""
    who = row.claimant and (row.claimant.name or "speaker not identified")
    if not who:
        return "the outlet itself"
    return who if row.wording.quoted else f"the outlet, reporting {who}"


def show_term(row: WordingRow) -> TermShown:
    """A term as shown."""
    return TermShown(
        row.id,
        row.text,
        row.claimant is not None and row.wording.quoted,
        _by(row),
        row.wording.distanced,
        row.document,
        _outlet(row),
        source_href(row.document, row.wording.span),
        1,
        show_carriers(row.carriers),
    )


def speaker_verbs(view: View, documents: Sequence[DocumentRow], copies: Copies) -> tuple[SpeakerVerbs, ...]:
    """The cue words for each linked speaker by outlet, linked to their places; speakers with most words first.

    Articles whose outlet is not named stand apart, each with its title: they need not be of one outlet. What several
    print as one text counts once.
    """
    named = {each.id: each.outlet.name or f"{NO_OUTLET} (“{each.title or each.path}”)" for each in documents}
    said = [row for each in documents for row in _said_in(view, each.id)]
    told: dict[str, dict[_Voice, list[tuple[StatementRow, str]]]] = defaultdict(lambda: defaultdict(list))
    for row in copies.join(said):
        document = row.statement.document
        also = tuple(sorted({each.outlet.name or NO_OUTLET for each in row.carriers}))
        told[row.statement.actor or ""][named[document], also].append((row, view.text(document)))
    formed = [_verbs_of(by_outlet) for by_outlet in told.values()]
    return tuple(sorted(formed, key=lambda each: -sum(len(one.plain) + len(one.marked) for one in each.outlets)))


_Voice = tuple[str, tuple[str, ...]]  # an outlet, and the others that print the same text


def _said_in(view: View, document: str) -> list[StatementRow]:
    """What linked speakers say in a document, in order of its reporting words."""
    rows = view.statements(Filter(document=document, limit=MOST_ROWS)).rows
    return sorted(
        (row for row in rows if row.statement.cue and row.statement.actor), key=lambda row: row.statement.cue[:1]
    )


def _verbs_of(by_outlet: Mapping[_Voice, Sequence[tuple[StatementRow, str]]]) -> SpeakerVerbs:
    first = next(iter(by_outlet.values()))[0][0].statement
    outlets = tuple(_outlet_verbs(name, told) for (name, _), told in by_outlet.items())
    return SpeakerVerbs(show_speaker(first.speaker, first.actor), outlets)


def _outlet_verbs(outlet: str, told: Sequence[tuple[StatementRow, str]]) -> OutletVerbs:
    verbs = [_verb(row, text) for row, text in told]
    plain = tuple(verb for verb in verbs if not verb.adds)
    carriers = one_each(each for row, _ in told for each in row.carriers)
    return OutletVerbs(outlet, plain, tuple(verb for verb in verbs if verb.adds), show_carriers(carriers))


@cache
def _reporting() -> tuple[tuple[str, str], ...]:
    """The beginning of each verb that says more than "said", and what it adds."""
    listed = load_lexicon("reporting")
    return tuple((entry["word"], entry["why"]) for entries in listed.values() for entry in entries)


def what_it_adds(cue: str) -> str:
    """What a reporting verb says beyond "said"; "" for one that says no more."""
    words = fold_words(cue).split()
    return next((why for start, why in _reporting() if any(word.startswith(start) for word in words)), "")


def _verb(row: StatementRow, text: str) -> VerbShown:
    cue = row.statement.cue
    printed = quote_spans(text, cue)
    spoken = any(map(str.isalnum, printed))
    words = (verb_of(text, cue[0]) if len(cue) == 1 else printed) if spoken else f"“{printed}”"  # a headline's colon
    href = source_href(row.statement.document, Span(cue[0].start, cue[-1].end))
    return VerbShown(words, href, what_it_adds(words))


WORDING_COLUMNS = ("id", "thing", "term", "voice", "by", "distanced", "outlet", "carriers", "document", "passage")


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
            list_carriers(term.carriers),
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
