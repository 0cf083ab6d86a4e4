"""The list of articles, and the page of one: its text as printed, marked, with notes level with their paragraph."""

import re
from dataclasses import dataclass
from functools import partial
from typing import Annotated

from fastapi import Query

from onrecord.ledger.contract import View
from onrecord.lexicon.labels import ACT, DIRECTNESS, doubt_words
from onrecord.reading.versions import compare_versions, find_versions, last_seen
from onrecord.records.documents import ANNOTATED, Candidate, Document, Part
from onrecord.records.findings import Condition
from onrecord.records.rows import DocumentRow, Filter, LineRow, Printed, StatementRow
from onrecord.records.spans import Span, Spans, cover, overlaps, quote_spans
from onrecord.web.addresses import Addresses, Held
from onrecord.web.asking import MOST_ROWS, Wanted
from onrecord.web.kept import Revision
from onrecord.web.marks import Mark, Role, paragraphs_of
from onrecord.web.pages.links import LinkShown, answered
from onrecord.web.pages.statements import condition_marks, statement_marks
from onrecord.web.problems import RequestError
from onrecord.web.render import Row
from onrecord.web.sheets import Sheet
from onrecord.web.shown import (
    ArticleShown,
    PassageShown,
    ReviewShown,
    WhoShown,
    bare_hash,
    find_article,
    show_article,
    show_passage,
    show_review,
    show_speaker,
)

MOST_PARAGRAPHS = 400  # a page; longer texts go on on the next
TURNS_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")  # replaced, or of private use


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """Articles in order of publication."""

    articles: tuple[ArticleShown, ...]
    next: str | None


def sources_page(view: View, wanted: Wanted) -> SourcesPage:
    """The articles that meet the filter, undated ones last."""
    found = view.documents(wanted)
    return SourcesPage(tuple(show_article(row) for row in found.rows), found.next)


@dataclass(frozen=True, slots=True)
class NoteShown:
    """What stands beside a paragraph about one statement. number: its place in the text, from 1."""

    number: int
    statement: str
    who: WhoShown
    directness: str
    act: str
    cue: str
    conditional: bool
    lines: tuple[str, ...]
    doubt: str
    review: ReviewShown
    flags: tuple[str, ...]
    nested: bool


@dataclass(frozen=True, slots=True)
class ParagraphShown:
    """A paragraph as printed, what kind it is, and the notes level with it."""

    number: int
    kind: str
    passage: PassageShown
    notes: tuple[NoteShown, ...]


@dataclass(frozen=True, slots=True)
class DifferenceShown:
    """Words of the older of two versions and what stands in their place in the newer; None: nothing."""

    was: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class VersionShown:
    """Another version of the article. age: `older` or `newer`. seen: when it was changed or fetched, as it was found.

    differences: only of the version just before and of the one just after, None for those further away.
    """

    article: ArticleShown
    age: str
    seen: str
    differences: tuple[DifferenceShown, ...] | None


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One article. id: the hash of its text. at: the passage asked for; hits: where the searched words stand.

    links: words that mean somebody, those that a person has answered.
    """

    id: str
    raw_hash: str
    article: ArticleShown
    language: str
    author: str | None
    url: str | None
    annotator: str
    paragraphs: tuple[ParagraphShown, ...]
    first: int
    total: int
    warnings: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    at: Span | None
    at_text: str
    query: str
    hits: Spans
    next_article: str | None
    versions: tuple[VersionShown, ...]
    links: tuple[LinkShown, ...]


At = Annotated[str, Query(pattern=r"^(\d{1,9}-\d{1,9})?$", description="A passage, as START-END in code points.")]
Searched = Annotated[str, Query(max_length=4000, description="Words to keep lit.")]
First = Annotated[int, Query(ge=0, le=10_000_000, description="The first paragraph shown of a long text.")]
MarksWanted = Annotated[str, Query(pattern="^(on|off)?$", description="`off` shows the text without marks.")]


def source_page(
    view: View,
    document: str,
    addresses: Held,
    at: At = "",
    q: Searched = "",
    first: First = 0,
    marks: MarksWanted = "",
) -> SourcePage:
    """One article by the hash of its text or a unique prefix, with everything found in it."""
    row = find_article(view, document)
    printed = view.printed(row.id)
    passage = _asked_passage(at, printed.document)
    hits, following = _find_hits(view, row.id, q)
    shown = _choose_paragraphs(paragraphs_of(printed.document), passage, first)
    return SourcePage(
        id=row.id,
        raw_hash=printed.document.raw_hash,
        article=show_article(row),
        language=row.language,
        author=row.author,
        url=row.url,
        annotator=row.annotator,
        paragraphs=_show_paragraphs(view, printed, shown, passage, hits),
        first=shown[0][0] if shown else 0,
        total=len(paragraphs_of(printed.document)),
        warnings=read_warnings(row, printed.document.text),
        candidates=row.candidates,
        at=passage,
        at_text=printed.document.text[passage.start : passage.end] if passage else "",
        query=q,
        hits=hits,
        next_article=following,
        versions=_find_versions(view, printed.document, addresses),
        links=answered(view.links(row.id, judged=True)),
    )


def source_revision(
    page: SourcePage, document: str, addresses: Addresses, q: str = "", **_where: object
) -> Revision | None:
    """How to ask whether the page of a document has changed; None where words are searched for: others change it."""
    return None if q.strip() else partial(_revision, document=document, url=page.url, addresses=addresses)


def needs_no_search(q: str = "", **_where: object) -> bool:
    """Whether a page is of one article only: searching takes as long as there are articles that hold the words."""
    return not q.strip()


def _revision(view: View, document: str, url: str | None, addresses: Addresses) -> str:
    """Another text whenever this document or another version of its article is."""
    versions = sorted(addresses.sharing(view, url).items()) if url else []
    return " ".join((view.revision(document), *(word for version in versions for word in version)))


def _find_versions(view: View, document: Document, addresses: Addresses) -> tuple[VersionShown, ...]:
    """The other versions of an article, oldest first; the one before and the one after with what differs."""
    ids = addresses.sharing(view, document.url) if document.url else {}
    others = (view.printed(id).document for id in ids if id != document.id)
    found = next(iter(find_versions((document, *others))), (document,))
    at = found.index(document)
    return tuple(
        _show_version(view, document, other, place - at) for place, other in enumerate(found) if other is not document
    )


def _show_version(view: View, document: Document, other: Document, later: int) -> VersionShown:
    """later: how many versions after this one the other comes; negative before."""
    before, after = (other, document) if later < 0 else (document, other)
    return VersionShown(
        article=show_article(view.document(other.id)),
        age="older" if later < 0 else "newer",
        seen=last_seen(other),
        differences=_show_differences(before, after) if abs(later) == 1 else None,
    )


def _show_differences(before: Document, after: Document) -> tuple[DifferenceShown, ...]:
    return tuple(
        DifferenceShown(_words(before.text, each.before), _words(after.text, each.after))
        for each in compare_versions(before, after)
    )


def _words(text: str, span: Span | None) -> str | None:
    return text[span.start : span.end] if span else None


def _asked_passage(at: str, document: Document) -> Span | None:
    if not at:
        return None
    start, end = (int(number) for number in at.split("-"))
    if not start < end <= len(document.text):
        raise RequestError(404, "no_passage", f"this text has {len(document.text)} characters: no passage {at} in it")
    return Span(start, end)


def _find_hits(view: View, document: str, query: str) -> tuple[Spans, str | None]:
    """Where the searched words stand in this article, and the next article that holds them."""
    if not query.strip():
        return (), None
    here = view.search(query, Filter(document=document)).rows
    others = [hit.document.id for hit in view.search(query, Filter(limit=MOST_ROWS)).rows]
    place = others.index(document) if document in others else -1
    following = others[place + 1] if 0 <= place < len(others) - 1 else None
    return (here[0].spans if here else ()), bare_hash(following)[:12] if following else None


def _choose_paragraphs(parts: tuple[Part, ...], passage: Span | None, first: int) -> list[tuple[int, Part]]:
    """MOST_PARAGRAPHS numbered paragraphs from `first` on, or from just before the passage."""
    numbered = list(enumerate(parts))
    if passage is not None and len(numbered) > MOST_PARAGRAPHS:
        holding = next((number for number, part in numbered if part.span.end > passage.start), 0)
        first = max(0, holding - 3) if not first <= holding < first + MOST_PARAGRAPHS else first
    return numbered[first : first + MOST_PARAGRAPHS]


def _show_paragraphs(
    view: View, printed: Printed, shown: list[tuple[int, Part]], passage: Span | None, hits: Spans
) -> tuple[ParagraphShown, ...]:
    document = printed.document
    everything = Filter(document=document.id, limit=MOST_ROWS)
    statements = sorted(view.statements(everything).rows, key=_reading_place)
    marks = (*_all_marks(statements, printed.conditions), *_place_marks(passage, hits))
    notes = _notes(statements, printed, view.lines(everything).rows)
    return tuple(_show_paragraph(number, part, document, marks, notes) for number, part in shown)


def _reading_place(row: StatementRow) -> int:
    """Where a statement's note belongs: at its cue, else where its words begin."""
    statement = row.statement
    return cover(statement.cue or statement.content or statement.source).start


def _all_marks(statements: list[StatementRow], conditions: tuple[Condition, ...]) -> tuple[Mark, ...]:
    owners = {row.statement.attribution: row.statement.id for row in statements}
    own = (mark for row in statements for mark in statement_marks(row))
    inner = (mark for each in conditions for mark in condition_marks(each, owners.get(each.attribution or "", each.id)))
    return (*own, *inner)


def _place_marks(passage: Span | None, hits: Spans) -> tuple[Mark, ...]:
    """The passage asked for and the words searched for; their record is the anchor that leads to them."""
    here = (Mark(passage, Role.HERE, f"c{passage.start}-{passage.end}"),) if passage else ()
    return (*here, *(Mark(span, Role.HIT, f"h{number}") for number, span in enumerate(hits, 1)))


def _notes(
    statements: list[StatementRow], printed: Printed, lines: tuple[LineRow, ...]
) -> tuple[tuple[int, NoteShown], ...]:
    """A note for each statement, with the offset that it stands level with."""
    of_line: dict[str, list[str]] = {}
    for line in lines:
        for mention in line.line.mentions:
            if mention.statement and line.line.id not in of_line.setdefault(mention.statement, []):
                of_line[mention.statement].append(line.line.id)
    nested = printed.nested
    return tuple(
        (_reading_place(row), _note(number, row, printed.document, tuple(of_line.get(row.statement.id, ())), nested))
        for number, row in enumerate(statements, 1)
    )


def _note(
    number: int, row: StatementRow, document: Document, lines: tuple[str, ...], nested: frozenset[str]
) -> NoteShown:
    statement = row.statement
    return NoteShown(
        number=number,
        statement=statement.id,
        who=show_speaker(statement.speaker, statement.actor),
        directness=DIRECTNESS[statement.directness].text,
        act=ACT[statement.act],
        cue=quote_spans(document.text, statement.cue),
        conditional=bool(statement.conditions),
        lines=lines,
        doubt=doubt_words(statement.score),
        review=show_review(row.review),
        flags=statement.flags,
        nested=statement.attribution in nested,
    )


def _show_paragraph(
    number: int, part: Part, document: Document, marks: tuple[Mark, ...], notes: tuple[tuple[int, NoteShown], ...]
) -> ParagraphShown:
    touching = tuple(mark for mark in marks if overlaps(mark.span, part.span))
    passage = show_passage(document.id, document.title, document.text, part.span, (part.span,), touching)
    level = tuple(note for place, note in notes if part.span.start <= place < part.span.end)
    return ParagraphShown(number, part.kind, passage, level)


def read_warnings(row: DocumentRow, text: str) -> tuple[str, ...]:
    """What a reader should know of this text before trusting their eyes."""
    warnings: list[str] = []
    if TURNS_DIRECTION.search(text):
        warnings.append("The text holds characters that turn its reading direction; each passage is shown on its own.")
    if UNREADABLE.search(text):
        warnings.append("Some characters could not be read when the article was taken in and are shown as �.")
    if row.language != ANNOTATED:
        warnings.append("The text is not in English: it is stored and searchable, and was not annotated.")
    return tuple(warnings)


ARTICLE_COLUMNS = (
    "id", "title", "path", "outlet", "outlet_basis", "published_from", "published_to", "published_basis", "statements",
    "characters",
)  # fmt: skip


def article_row(article: ArticleShown) -> Row:
    """An article as one row."""
    return (
        article.id,
        article.title,
        article.path,
        article.outlet.name,
        article.outlet.basis,
        article.published.earliest,
        article.published.latest,
        article.published.basis,
        article.statements,
        article.characters,
    )


def _list_rows(page: SourcesPage) -> list[Row]:
    return [article_row(article) for article in page.articles]


PARAGRAPH_COLUMNS = ("document", "paragraph", "kind", "start", "end", "text", "statements")


def _paragraph_rows(page: SourcePage) -> list[Row]:
    return [
        (
            page.id,
            paragraph.number,
            paragraph.kind,
            paragraph.passage.start,
            paragraph.passage.end,
            paragraph.passage.text,
            " ".join(note.statement for note in paragraph.notes),
        )
        for paragraph in page.paragraphs
    ]


SOURCES = Sheet(
    "sources", "/sources", "sources.html", SourcesPage, sources_page, ARTICLE_COLUMNS, _list_rows, "sources",
    "Articles in order of publication",
)  # fmt: skip
SOURCE = Sheet(
    "source", "/sources/{document}", "source.html", SourcePage, source_page, PARAGRAPH_COLUMNS, _paragraph_rows,
    "sources", "One article as printed, marked", source_revision, needs_no_search,
)  # fmt: skip
