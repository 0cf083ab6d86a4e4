"""The drawn strip of a story: its articles, its lines and the steps of each, still as dates."""

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.ledger.contract import View
from onrecord.lexicon.labels import STATUS
from onrecord.records.redlines import RedLine
from onrecord.records.rows import DocumentRow, Filter, LineRow
from onrecord.web.asking import MOST_ROWS
from onrecord.web.shown import source_href
from onrecord.web.signs import STATUS_SIGN
from onrecord.web.timeline import Dated, Row, Timeline, draw_timeline

MOST_LINES = 10  # rows of a drawing that is still taken in at a glance


@dataclass(frozen=True, slots=True)
class StripShown:
    """What the strip draws. left_out: lines that found no room. whole: every article of the ledger is drawn."""

    articles: Row
    lines: tuple[Row, ...]
    left_out: int
    whole: bool


def strip_of(view: View, lines: Sequence[LineRow]) -> StripShown:
    """The strip for these lines, those with most steps kept, in order of their first step."""
    found = view.documents(Filter(limit=MOST_ROWS))
    kept = sorted(lines, key=lambda row: -len(row.line.history))[:MOST_LINES]
    drawn = [row for row in lines if row in kept]
    return StripShown(
        Row("Articles", "", "/sources", tuple(_article(row) for row in found.rows)),
        tuple(_line(row.line) for row in drawn),
        len(lines) - len(drawn),
        found.next is None,
    )


def _article(row: DocumentRow) -> Dated:
    title = f"{row.title or row.path} ({row.outlet.name or 'outlet not named'})"
    return Dated(row.id, "", "bar", row.published.earliest, row.published.latest, source_href(row.id), title)


def _line(line: RedLine) -> Row:
    steps = tuple(
        Dated(
            entry.id,
            STATUS[entry.status].text.lower(),
            STATUS_SIGN[entry.status],
            entry.when.earliest,
            entry.when.latest,
            f"/lines/{line.id}#s{entry.id}",
            entry.passage.text,
        )
        for entry in line.history
    )
    return Row(line.issuer_name, f"if {line.condition}", f"/lines/{line.id}", steps)


def draw_strip(strip: StripShown) -> Timeline | None:
    """The strip's geometry; holes are drawn only where every article of the ledger is there to fill them."""
    articles = strip.articles if strip.whole else Row("Articles", "", "/sources", ())
    return draw_timeline(articles, strip.lines)
