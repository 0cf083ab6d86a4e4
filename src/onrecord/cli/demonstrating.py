"""The command to start with: the sample coverage in a ledger of its own, and the story it tells."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from onrecord.cli.screen import note, out, progress
from onrecord.cli.serving import open_pages

if TYPE_CHECKING:
    from onrecord.cli.coverage import Report
    from onrecord.ledger import View
    from onrecord.records.rows import FigureRow, LineRow
    from onrecord.settings import Settings

SUPPOSED = "A toll is imposed on ships in the Ormund Strait"
MOST_LINES = 3  # histories shown in full; the others stand in the table
MOST_ROWS = 12  # rows of figures and of wording


@click.command()
@click.option(
    "--keep", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Keep the ledger as FILE."
)
@click.option("--serve", "pages", is_flag=True, help="Open the story in the browser instead.")
def demo(keep: Path | None, pages: bool) -> None:
    """Read the sample coverage of an invented dispute and show its story.

    Sixteen short articles by five invented outlets over three years: red lines with their histories first, then figures
    with who claims them, wording, and a supposed event. Nothing of it is real.
    """
    from onrecord.cli.adding import leave_by, list_rejected
    from onrecord.cli.coverage import Report

    report = Report()
    with _place(keep) as path:
        settings = _add_sample(path, report)
        if pages:
            open_pages(path)
            return
        _show_story(settings)
    note(f"{report.added} articles added, {report.known} already there, {len(report.rejected)} rejected.")
    list_rejected(report.rejected)
    _say_what_next(keep)
    leave_by(report.rejected)


@contextmanager
def _place(keep: Path | None) -> Iterator[Path]:
    """Where the ledger lies: the file to keep, or one that is gone afterwards."""
    if keep:
        yield keep
        return
    with TemporaryDirectory(prefix="onrecord-demo-") as folder:
        yield Path(folder) / "demo.db"


def _add_sample(path: Path, report: "Report") -> "Settings":
    from onrecord.cli.coverage import add_coverage, find_coverage
    from onrecord.cli.options import read_settings
    from onrecord.cli.sample import sample_folder

    with sample_folder() as folder:
        settings = replace(read_settings(path), knowledge=folder / "actors.yml")
        inputs = find_coverage([folder / "articles"], folder / "metadata.csv")
        with progress("reading the sample", len(inputs.found) + 1) as bar:
            add_coverage(inputs, settings, bar.step, report, workers=1)  # sixteen are done before processes start
    return settings


def _show_story(settings: "Settings") -> None:
    from onrecord.cli.listing import open_view
    from onrecord.cli.looking import find_matches, print_matches
    from onrecord.cli.rows import print_rows
    from onrecord.cli.shown import CONFLICTS, FIGURES, RED_LINES
    from onrecord.cli.telling import list_disagreements
    from onrecord.cli.wordings import list_terms, print_wordings
    from onrecord.export.source import every

    with open_view(settings.ledger) as view:
        lines = tuple(every(view.lines))
        _title("Red lines")
        print_rows(RED_LINES, lines, "table", 0)
        _show_histories(view, lines)
        _title("Figures, those that disagree first, and who vouches for them")
        print_rows(CONFLICTS, list_disagreements(view), "table", MOST_ROWS)
        out().print()
        print_rows(FIGURES, _claimed_first(view), "table", MOST_ROWS)
        _title("Wording")
        print_wordings(list_terms(view), MOST_ROWS)
        _title(f"What if: “{SUPPOSED}”?")
        matches = find_matches(SUPPOSED, view.all_lines())
        print_matches(matches, "table")
        if not matches:
            out().print("No line on record would be crossed by this.")


def _claimed_first(view: "View") -> "list[FigureRow]":
    """Figures that someone vouches for, then those that an outlet states."""
    from onrecord.export.source import every
    from onrecord.stories.copies import join_copies

    return sorted(join_copies(every(view.figures), view.text), key=lambda row: row.claimant is None)


def _show_histories(view: "View", lines: "Iterable[LineRow]") -> None:
    """The lines that moved most, in full."""
    from onrecord.cli.history import print_history

    moved = sorted(lines, key=lambda row: -len(row.line.history))
    for row in moved[:MOST_LINES]:
        out().print()
        print_history(row, {id_: view.document(id_) for id_ in row.documents}, brief=True)


def _title(words: str) -> None:
    out().print(f"\n{words}\n", style="bold underline")


def _say_what_next(keep: Path | None) -> None:
    if keep:
        note(f"Go on with: onrecord redlines --ledger {keep}   or: onrecord serve --ledger {keep}")
        return
    note("See it as pages: onrecord demo --serve   Keep it: onrecord demo --keep demo.db")
    note("Your own coverage: onrecord add FOLDER --meta FILE.csv")
