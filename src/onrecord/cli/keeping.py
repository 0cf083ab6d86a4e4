"""The commands that keep a ledger sound: verify, backup, restore."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.door import Exit
from onrecord.cli.options import with_format, with_ledger
from onrecord.cli.screen import counted, note, one_line

if TYPE_CHECKING:
    from onrecord.records.rows import Problem, Verification


@click.command()
@with_format
@with_ledger
def verify(ledger: Path, form: str) -> None:
    """Check every passage against its text, every text against its hash, and the log against its chain.

    Exits with 5 where something does not hold, and names it.
    """
    from onrecord.ledger import check

    checked = check(ledger)
    _print_verification(checked, form)
    if not checked.holds:
        raise click.exceptions.Exit(Exit.MISMATCH)


def _print_verification(checked: "Verification", form: str) -> None:
    from onrecord.cli.rows import print_json, print_rows
    from onrecord.cli.shown import PROBLEMS
    from onrecord.records.codec import to_plain

    if form == "json":
        print_json(to_plain(checked))
    else:
        print_rows(PROBLEMS, checked.problems, form)
    parts = ((checked.documents, "document"), (checked.records, "record"), (checked.spans, "span"))
    held = ", ".join(counted(number, noun) for number, noun in parts)
    verdict = "all hold" if checked.holds else f"{len(checked.problems)} do not hold, first {_first(checked.problems)}"
    log = counted(checked.entries, "log entry", "log entries")
    note(f"{held}, {log}: {verdict}. Head of the log: {checked.head or 'none yet'}")


def _first(problems: "tuple[Problem, ...]") -> str:
    return one_line(f"{problems[0].place}: {problems[0].what}")


@click.command()
@click.argument("target", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@with_ledger
def backup(target: Path, ledger: Path) -> None:
    """Copy the ledger, as it is at one moment, to a new FILE.

    Others may go on writing meanwhile. The copy appears whole or not at all.
    """
    from onrecord.ledger import backup as copy_ledger

    copy_ledger(ledger, target)
    note(f"{ledger} copied to {target}.")


@click.command()
@click.argument("source", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--yes", is_flag=True, help="Do not ask before a ledger that is there is replaced.")
@with_ledger
def restore(source: Path, yes: bool, ledger: Path) -> None:
    """Put the backup FILE in place of the ledger.

    A kill leaves the old ledger or the new one, never half of each. A damaged old one is moved aside.
    """
    from onrecord.ledger import is_shared, open_ledger
    from onrecord.ledger import restore as restore_ledger

    if not any(map(is_shared, (source, ledger))):
        with open_ledger(source, read_only=True):
            pass  # what is no ledger is refused before anybody is asked
    if ledger.exists() and not yes:
        click.confirm(f"Replace {ledger} with {source}?", abort=True, err=True)
    aside = restore_ledger(source, ledger)
    note(f"{ledger} restored from {source}." + (f" The damaged one is now {aside}." if aside else ""))


@click.command()
@click.argument("target", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@with_ledger
def salvage(target: Path, ledger: Path) -> None:
    """Save what can be saved of a damaged ledger in a new FILE.

    Every document whose text and findings still meet their hashes is kept, and the log as far as its chain holds. The
    damaged ledger is left as it is. Exits with 4 where something was lost.
    """
    from onrecord.ledger import salvage as save_ledger

    saved = save_ledger(ledger, target)
    kept = _count_saved(saved.documents, saved.lines, saved.entries)
    lost = _count_saved(saved.documents_lost, saved.lines_lost, saved.entries_lost)
    note(f"Saved in {target}: {kept}; lost: {lost}.")
    if saved.documents_lost or saved.lines_lost or saved.entries_lost:
        raise click.exceptions.Exit(Exit.SOME_FAILED)


@click.command()
@click.argument("document", metavar="ID")
@click.option("--reason", required=True, help="Why; it stays on record.")
@click.option("--as", "name", metavar="NAME", help="Your name in the log; the login name unless given.")
@click.option("--erase", is_flag=True, help="Also erase the words from the file, for good.")
@with_ledger
def withdraw(document: str, reason: str, name: str | None, erase: bool, ledger: Path) -> None:
    """Take a document out of every list, search, page and export.

    A tombstone with the reason stays, and the document is not added again. ID is the one `onrecord documents` prints.
    """
    from getpass import getuser

    from onrecord.ledger import open_ledger

    with open_ledger(ledger) as opened, opened.view() as view, opened.writer() as writer:
        found = view.document(document)
        writer.withdraw(found.id, reason, by=name or getuser(), erase=erase)
    note(f"{one_line(found.title)} withdrawn{' and its words erased' if erase else ''}: {one_line(reason)}")


def _count_saved(documents: int, lines: int, entries: int) -> str:
    told = (counted(documents, "document"), counted(lines, "red line"), counted(entries, "log entry", "log entries"))
    return ", ".join(told)
