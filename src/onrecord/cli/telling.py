"""What several articles tell together: stories, shared text, figures that disagree."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.listing import open_view
from onrecord.cli.options import with_format, with_ledger
from onrecord.records.rows import Carrier, DocumentRow

if TYPE_CHECKING:
    from onrecord.ledger import View
    from onrecord.stories.figures import FigureConflict
    from onrecord.stories.reprints import Reprint


@dataclass(frozen=True, slots=True)
class Shared:
    """Another document with the same text in it, and the part, 0..1, of the shorter one that both have."""

    document: DocumentRow
    share: float


@dataclass(frozen=True, slots=True)
class Told:
    """One document of one story. story: its number, the largest story first."""

    story: int
    document: DocumentRow
    shared: tuple[Shared, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two figures that cannot both hold, and what they count, as one of the documents prints it.

    one, other: the other documents that carry the text of each side.
    """

    conflict: "FigureConflict"
    counts: str
    one: tuple[Carrier, ...] = ()
    other: tuple[Carrier, ...] = ()


def list_disagreements(view: "View") -> tuple[Disagreement, ...]:
    """Figures of different documents that count the same thing and do not agree; those of copies once."""
    from onrecord.export.source import every
    from onrecord.stories.copies import Copies
    from onrecord.stories.disagreements import tell_conflicts
    from onrecord.stories.figures import find_figure_conflicts

    rows = tuple(every(view.figures))
    told = tell_conflicts(find_figure_conflicts(tuple(view.all_findings())), rows, Copies(view.text))
    return tuple(Disagreement(each.conflict, each.one.counts, each.one.carriers, each.other.carriers) for each in told)


@click.command()
@with_format
@with_ledger
def stories(ledger: Path, form: str) -> None:
    """Group the articles by the dispute they are about, and show which carry each other's text.

    A share of 100 per cent means that all of the shorter text stands in the other: a reprint, or a copy of an agency.
    """
    from onrecord.cli.door import Exit
    from onrecord.cli.rows import print_rows
    from onrecord.cli.screen import note
    from onrecord.cli.shown import STORIES

    with open_view(ledger) as view:
        number = print_rows(STORIES, tell_stories(view), form, 0)
    if not number:
        note("No documents on record.")
        raise click.exceptions.Exit(Exit.NOTHING_FOUND)


def tell_stories(view: "View") -> Iterator[Told]:
    """Every document by story, in order of publication within each."""
    from onrecord.export.source import every
    from onrecord.stories.grouping import group_documents
    from onrecord.stories.reprints import find_reprints

    rows = {row.id: row for row in every(view.documents)}
    documents = [findings.document for findings in view.all_findings()]
    shared = _list_shared(find_reprints(documents), rows)
    for number, story in enumerate(group_documents(documents), start=1):
        members = set(story)
        yield from (Told(number, row, tuple(shared[row.id])) for row in rows.values() if row.id in members)


def _list_shared(reprints: "tuple[Reprint, ...]", rows: dict[str, DocumentRow]) -> dict[str, list[Shared]]:
    shared: dict[str, list[Shared]] = defaultdict(list)
    for pair in reprints:
        shared[pair.document].append(Shared(rows[pair.other], pair.share))
        shared[pair.other].append(Shared(rows[pair.document], pair.share))
    return shared
