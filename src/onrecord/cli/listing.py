"""The commands that list: red lines, statements, figures, the timeline, documents."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.options import form_filter, read_settings, with_copies, with_filters, with_format, with_ledger

if TYPE_CHECKING:
    from onrecord.cli.rows import Listing
    from onrecord.ledger import View

Ask = Callable[["View"], Callable[..., Any]]
Join = Callable[[Iterable[Any], Callable[[str], str]], Iterable[Any]]  # rows, and the text of a document by its id


@contextmanager
def open_view(ledger: Path) -> Iterator["View"]:
    """A view of the ledger, closed at the end. Raises LedgerError and its kin."""
    from onrecord.ledger import open_ledger

    with open_ledger(read_settings(ledger).ledger, read_only=True) as opened, opened.view() as view:
        yield view


def list_rows(
    ask: Ask, listing: "Listing[Any]", ledger: Path, form: str, given: dict[str, Any], join: "Join | None" = None
) -> None:
    """Print what a view answers to the filters, joined where asked to; exit with 3 where nothing does."""
    from onrecord.cli.door import Exit
    from onrecord.cli.rows import print_rows
    from onrecord.cli.screen import note
    from onrecord.export.source import every

    wanted = form_filter(given)
    with open_view(ledger) as view:
        rows = every(ask(view), wanted)
        number = print_rows(listing, join(rows, view.text) if join else rows, form, given.get("limit"))
    if not number:
        note(f"No {listing.what} on record meet this.")
        raise click.exceptions.Exit(Exit.NOTHING_FOUND)


@click.command()
@with_filters("who", "act", "state", "review", "since", "until", "document", "limit")
@with_format
@with_ledger
def redlines(ledger: Path, form: str, **given: Any) -> None:
    """List red lines: whose, if what, then what, and what happened.

    A red line is the same condition and consequence of the same speaker, across all articles. `onrecord redline ID`
    shows the history of one.
    """
    from onrecord.cli.shown import RED_LINES

    list_rows(lambda view: view.lines, RED_LINES, ledger, form, given)


@click.command()
@with_filters("who", "outlet", "act", "directness", "review", "since", "until", "document", "limit")
@with_format
@with_ledger
def statements(ledger: Path, form: str, **given: Any) -> None:
    """List who said what, in order of when it was said.

    The words are as printed. `onrecord show ID` shows them in their place.
    """
    from onrecord.cli.shown import STATEMENTS

    list_rows(lambda view: view.statements, STATEMENTS, ledger, form, given)


@click.command()
@click.option(
    "--conflicts", is_flag=True, help="Only figures that count the same thing and do not agree, side by side."
)
@with_copies
@with_filters("who", "outlet", "unit", "review", "since", "until", "document", "limit")
@with_format
@with_ledger
def figures(ledger: Path, form: str, conflicts: bool, copies: bool, **given: Any) -> None:
    """List figures with who claims them and who carries them.

    A missing unit is shown as missing; one that other words of the article tell ("put the toll at 23") is marked as
    inferred. Articles that carry one text, such as an agency's, count once, with all who carry it. With --conflicts,
    two values for the same thing stand side by side with the reason where one is visible; nothing is decided between
    them, and no other filter applies.
    """
    from onrecord.cli.shown import FIGURES
    from onrecord.stories.copies import join_copies

    if conflicts:
        _list_conflicts(ledger, form, given.get("limit"))
    else:
        list_rows(lambda view: view.figures, FIGURES, ledger, form, given, None if copies else join_copies)


def _list_conflicts(ledger: Path, form: str, limit: int | None) -> None:
    from onrecord.cli.door import Exit
    from onrecord.cli.rows import print_rows
    from onrecord.cli.screen import note
    from onrecord.cli.shown import CONFLICTS
    from onrecord.cli.telling import list_disagreements

    with open_view(ledger) as view:
        found = list_disagreements(view)
    if not print_rows(CONFLICTS, found, form, limit):
        note("No figures on record disagree.")
        raise click.exceptions.Exit(Exit.NOTHING_FOUND)


@click.command()
@with_copies
@with_filters("who", "outlet", "since", "until", "document", "limit")
@with_format
@with_ledger
def timeline(ledger: Path, form: str, copies: bool, **given: Any) -> None:
    """List steps of red lines, threats, promises and reported events in order of time.

    A date that is not known to the day is shown as the range it lies in. What happened stands in our words as far as
    the text tells it, beside the printed sentence. An event that several outlets report, and a text that several carry,
    stand once with all of them.
    """
    from onrecord.cli.shown import TIMELINE
    from onrecord.stories.occurrences import join_moments

    list_rows(lambda view: view.timeline, TIMELINE, ledger, form, given, None if copies else join_moments)


@click.command()
@with_filters("outlet", "since", "until", "limit")
@with_format
@with_ledger
def documents(ledger: Path, form: str, **given: Any) -> None:
    """List the articles in the ledger with outlet and date, and how both are known."""
    from onrecord.cli.shown import DOCUMENTS

    list_rows(lambda view: view.documents, DOCUMENTS, ledger, form, given)


@click.command()
@click.argument("text", metavar="WORDS")
@with_filters("outlet", "since", "until", "limit")
@with_format
@with_ledger
def search(text: str, ledger: Path, form: str, **given: Any) -> None:
    """Find articles that hold every word, and every "quoted phrase", of WORDS.

    Case, accents, quotation marks and kinds of space do not matter; word* finds beginnings of words.
    """
    from onrecord.cli.shown import HITS

    list_rows(lambda view: lambda wanted: view.search(text, wanted), HITS, ledger, form, given)
