"""What this ledger is, how much it holds, what it could not take in, and what was taken out of it."""

from dataclasses import dataclass

from onrecord import __version__
from onrecord.ledger.contract import View
from onrecord.records.documents import Rejected
from onrecord.records.rows import Counts, Orphan, Run, Tombstone
from onrecord.web.render import Row
from onrecord.web.sheets import Sheet
from onrecord.web.shown import source_href


@dataclass(frozen=True, slots=True)
class RunShown:
    """One run of `add`."""

    started_at: str
    finished_at: str
    annotator: str
    added: int
    known: int
    rejected: int


@dataclass(frozen=True, slots=True)
class OrphanShown:
    """A judgement whose record is no longer found: shown, never re-guessed."""

    record: str
    kind: str
    words: str
    review: str
    reviewer: str | None
    passage_href: str


@dataclass(frozen=True, slots=True)
class AboutPage:
    """The ledger about itself."""

    version: str
    counts: Counts
    runs: tuple[RunShown, ...]
    rejected: tuple[Rejected, ...]
    tombstones: tuple[Tombstone, ...]
    orphans: tuple[OrphanShown, ...]


def about_page(view: View) -> AboutPage:
    """How much is on record, and what is not."""
    return AboutPage(
        __version__,
        view.counts(),
        tuple(_show_run(run) for run in view.runs()),
        view.rejected(),
        view.tombstones(),
        tuple(_show_orphan(orphan) for orphan in view.orphans()),
    )


def _show_run(run: Run) -> RunShown:
    return RunShown(run.started_at, run.finished_at, run.annotator, run.added, run.known, len(run.rejected))


def _show_orphan(orphan: Orphan) -> OrphanShown:
    passage = orphan.passage.spans[0] if orphan.passage.spans else None
    return OrphanShown(
        orphan.record,
        orphan.kind,
        orphan.passage.text,
        orphan.review.review,
        orphan.review.reviewer,
        source_href(orphan.passage.document, passage),
    )


COUNT_COLUMNS = ("what", "count")


def _rows(page: AboutPage) -> list[Row]:
    counts = page.counts
    return [
        ("documents", counts.documents),
        ("statements", counts.statements),
        ("conditions", counts.conditions),
        ("red lines", counts.lines),
        ("figures", counts.figures),
        ("events", counts.events),
        ("wordings", counts.wordings),
        ("people", counts.people),
        ("judgements", counts.judgements),
        ("withdrawn", counts.withdrawn),
        ("rejected inputs", len(page.rejected)),
        ("orphaned judgements", len(page.orphans)),
    ]


ABOUT = Sheet(
    "about", "/about", "about.html", AboutPage, about_page, COUNT_COLUMNS, _rows, "about", "What this ledger holds"
)
