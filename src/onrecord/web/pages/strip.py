"""The drawn strip of a story: its articles, its lines and the steps of each, still as dates."""

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.ledger.contract import View
from onrecord.lexicon.labels import STATUS
from onrecord.records.redlines import RedLine, Status, StatusEntry
from onrecord.records.rows import DocumentRow, Filter, LineRow
from onrecord.web.asking import MOST_ROWS
from onrecord.web.shown import source_href
from onrecord.web.signs import STATUS_SIGN
from onrecord.web.timeline import Dated, Row, Timeline, draw_timeline, has_place

MOST_LINES = 10  # rows of a drawing that is still taken in at a glance


@dataclass(frozen=True, slots=True)
class StripShown:
    """What the strip draws.

    left_out: lines that found no room. undated: articles without a place in time. whole: no article is left out.
    """

    articles: Row
    lines: tuple[Row, ...]
    left_out: int
    undated: int
    whole: bool


def strip_of(view: View, lines: Sequence[LineRow]) -> StripShown:
    """The strip for these lines, those with most steps kept, in order of their first step."""
    found = view.documents(Filter(limit=MOST_ROWS))
    kept = sorted(lines, key=lambda row: -len(row.line.history))[:MOST_LINES]
    drawn = [row for row in lines if row in kept]
    articles = Row("Articles", "", "/sources", tuple(_article(row) for row in found.rows))
    return StripShown(
        articles=articles,
        lines=tuple(_line(row.line) for row in drawn),
        left_out=len(lines) - len(drawn),
        undated=sum(not has_place(item) for item in articles.points),
        whole=found.next is None,
    )


def _article(row: DocumentRow) -> Dated:
    title = f"{row.title or row.path} ({row.outlet.name or 'outlet not named'})"
    return Dated(row.id, "", "bar", row.published.earliest, row.published.latest, source_href(row.id), title)


def _line(line: RedLine) -> Row:
    return Row(line.issuer_name, f"if {line.condition}", f"/lines/{line.id}", tuple(map(_step, line.history)))


def _step(entry: StatusEntry) -> Dated:
    tail = is_open_end(entry)
    return Dated(
        entry.id,
        "" if tail else STATUS[entry.status].text.lower(),
        STATUS_SIGN[entry.status],
        entry.when.earliest,
        entry.when.latest,
        f"/lines/{entry.line}#s{entry.id}",
        entry.reason if tail else entry.passage.text,
        tail,
    )


def is_open_end(entry: StatusEntry) -> bool:
    """Whether the step only says that the coverage goes on and does not come back to the line."""
    return entry.inferred and entry.status is Status.UNKNOWN


def draw_strip(strip: StripShown) -> Timeline | None:
    """The strip's geometry; holes are drawn only where every article of the ledger is there to fill them."""
    articles = strip.articles if strip.whole else Row("Articles", "", "/sources", ())
    return draw_timeline(articles, strip.lines)
