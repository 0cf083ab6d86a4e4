"""The drawn strip of a story: its articles, its lines and the steps of each, still as dates."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from onrecord.ledger.contract import View
from onrecord.lexicon.labels import NO_OUTLET, STATUS
from onrecord.records.redlines import RedLine, Status, StatusEntry
from onrecord.records.rows import ALL, DocumentRow, Facet, Filter, LineRow
from onrecord.web.shown import if_then, issuer_words, lead_word, name_article, source_href
from onrecord.web.signs import STATUS_SIGN
from onrecord.web.timeline import Dated, Row, Timeline, draw_timeline, has_place

MOST_ARTICLES = 60  # more signs in a row are no longer told apart
MOST_LINES = 10  # rows of a drawing that is still taken in at a glance


@dataclass(frozen=True, slots=True)
class StripShown:
    """What the strip draws.

    articles: one sign for each article or, where they are too many, one column for the statements of each month.
    left_out: lines that found no room. undated: articles without a place in time.
    """

    articles: Row
    lines: tuple[Row, ...]
    left_out: int
    undated: int


def strip_of(view: View, lines: Sequence[LineRow]) -> StripShown:
    """The strip for these lines, those with most steps kept, in order of their first step."""
    kept = sorted(lines, key=lambda row: -len(row.line.history))[:MOST_LINES]
    drawn = [row for row in lines if row in kept]
    articles = articles_row(view)
    end = max((item.latest for item in articles.points if item.latest is not None), default=None)
    return StripShown(
        articles=articles,
        lines=tuple(_line(row.line, end) for row in drawn),
        left_out=len(lines) - len(drawn),
        undated=sum(not has_place(item) for item in articles.points),
    )


def articles_row(view: View) -> Row:
    """The articles of the ledger as one row of the strip."""
    if view.counts().documents > MOST_ARTICLES:
        months = tuple(_month(facet) for facet in view.facets(ALL).month)
        return Row("Statements", "by month", "/statements", months)
    found = view.documents(Filter(limit=MOST_ARTICLES))
    return Row("Articles", "", "/sources", tuple(_article(row) for row in found.rows))


def _month(facet: Facet) -> Dated:
    first = date.fromisoformat(f"{facet.value}-01")
    last = date(first.year + first.month // 12, first.month % 12 + 1, 1) - timedelta(days=1)
    href = f"/statements?since={first}&until={last}"
    return Dated(facet.value, "", "bar", first, last, href, f"{facet.count} statements", count=facet.count)


def _article(row: DocumentRow) -> Dated:
    title = f"{name_article(row)} ({row.outlet.name or NO_OUTLET})"
    return Dated(row.id, "", "bar", row.published.earliest, row.published.latest, source_href(row.id), title)


def _line(line: RedLine, end: date | None) -> Row:
    """The line's row. end: the last day of the coverage, to which a step of silence runs."""
    points = (replace(each, latest=each.latest or end) if each.tail else each for each in map(draw_step, line.history))
    return Row(
        issuer_words(line), if_then(line.condition, "", lead_word(line.negated)), f"/lines/{line.id}", tuple(points)
    )


def draw_step(entry: StatusEntry) -> Dated:
    """The step at its days. One known only to be no later than a day stands at that day, and its label says so."""
    tail = is_open_end(entry)
    by_then = entry.when.earliest is None and entry.when.latest is not None
    told = STATUS[entry.status].text.lower()
    return Dated(
        entry.id,
        "" if tail else f"{told} by then" if by_then else told,
        STATUS_SIGN[entry.status],
        entry.when.latest if by_then else entry.when.earliest,
        entry.when.latest,
        f"/lines/{entry.line}#s{entry.id}",
        entry.reason if tail else entry.passage.text,
        tail,
    )


def is_open_end(entry: StatusEntry) -> bool:
    """Whether the step only says that the coverage goes on and does not come back to the line."""
    return entry.inferred and entry.status is Status.UNKNOWN


def draw_strip(strip: StripShown) -> Timeline | None:
    """The strip's geometry."""
    return draw_timeline(strip.articles, strip.lines)
