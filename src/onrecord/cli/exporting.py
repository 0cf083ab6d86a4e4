"""The command that hands on what is on record."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from onrecord.cli.listing import open_view
from onrecord.cli.options import with_ledger
from onrecord.cli.screen import note

if TYPE_CHECKING:
    from onrecord.export.selection import Held
    from onrecord.export.source import Source
    from onrecord.ledger.contract import View

Write = Callable[[BinaryIO], None]
NAMES = (
    "jsonl",
    "csv",
    "parquet",
    "markdown",
    "web-annotation",
    "csl-json",
    "bibtex",
    "schema-org",
    "corrections",
    "html",
)
STORY = "html"  # made by the pages, of their templates


@click.command()
@click.option("--format", "form", type=click.Choice(NAMES), default="jsonl", show_default=True, help="See below.")
@click.option(
    "--table", metavar="NAME", help="For csv and parquet: which table; all of them where --out names a folder."
)
@click.option("--out", type=click.Path(path_type=Path), metavar="PATH", help="A file, or a folder for csv and parquet.")
@click.option("--with-accusations", is_flag=True, help="Also accusations that no person has reviewed.")
@with_ledger
def export(form: str, table: str | None, out: Path | None, with_accusations: bool, ledger: Path) -> None:
    """Write the ledger, or one table of it, in a format that others read.

    jsonl: the exchange record, one document a line. csv, parquet: tables (documents, statements, conditions, redlines,
    steps, figures, events, wording, people, timeline). markdown: the story to paste. web-annotation: W3C annotations.
    csl-json, bibtex: citations. schema-org: Quotation and Claim. corrections: what reviewers accepted, corrected and
    rejected, as gold data for the scorers of evaluation/. html: the story as one page without scripts.

    Accusations that nobody has reviewed are left out unless asked for, and so is what reviewers rejected. In CSV, a
    text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    from onrecord.export.formats import FORMATS
    from onrecord.export.selection import Held, hold_back

    tabular = form != STORY and FORMATS[form].write is None
    _check_use(form, tabular, table, out)
    with open_view(ledger) as view:
        held = Held() if form == "corrections" else hold_back(view, accusations=with_accusations)
        if form == STORY:
            _write_file(lambda stream: _write_story(view, with_accusations, stream), out)
        elif not tabular:
            _write_file(lambda stream: _write_text(view, form, held, stream), out)
        elif table:
            _write_file(lambda stream: _write_one(view, str(table), form, held, stream), out)
        elif out:
            _write_folder(view, form, held, out)
    _tell_held(held)


def _check_use(form: str, tabular: bool, table: str | None, out: Path | None) -> None:
    from onrecord.export.formats import find_table

    if table and not tabular:
        raise click.UsageError(f"--table is for csv and parquet; {form} holds the whole ledger.")
    if table:
        find_table(table)
    if tabular and not table and not out:
        raise click.UsageError(f"{form} needs --table NAME, or --out FOLDER for all tables.")
    if tabular and not table and out and out.suffix and not out.is_dir():
        raise click.UsageError(
            f"{form} needs --table NAME to write one file such as {out}, or a folder for all tables."
        )
    if form == "parquet" and not out and sys.stdout.isatty():
        raise click.UsageError("parquet is no text: name a file with --out, or send it on with a pipe.")


def _write_story(view: "View", accusations: bool, stream: BinaryIO) -> None:
    from onrecord.export.formats import writing_text

    files = import_module("onrecord.web.files")  # by name, because edges do not import one another
    with writing_text(stream) as text:
        files.write_story(view, text, accusations=accusations)


def _write_text(source: "Source", form: str, held: "Held", stream: BinaryIO) -> None:
    from onrecord.export.formats import FORMATS, writing_text

    write = FORMATS[form].write
    assert write is not None  # only formats of one text file come here
    with writing_text(stream) as text:
        write(source, held, text)


def _write_one(source: "Source", table: str, form: str, held: "Held", stream: BinaryIO) -> None:
    from onrecord.export.formats import write_table

    write_table(source, table, form, held, stream)


def _write_folder(source: "Source", form: str, held: "Held", folder: Path) -> None:
    from onrecord.export.formats import FORMATS
    from onrecord.export.tables import all_tables

    with _translated(folder):
        folder.mkdir(parents=True, exist_ok=True)
    for name in all_tables():
        _write_file(_table_writer(source, name, form, held), folder / f"{name}{FORMATS[form].suffix}")


def _table_writer(source: "Source", name: str, form: str, held: "Held") -> Write:
    return lambda stream: _write_one(source, name, form, held, stream)


def _write_file(write: Write, path: Path | None) -> None:
    """Write to stdout, or to a file that appears whole or not at all."""
    if path is None:
        sys.stdout.flush()
        write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    with _translated(path):
        if path.exists() and not path.is_file():
            _write_through(write, path)
        else:
            _write_whole(write, path.resolve())  # a link keeps leading to its file
    note(f"Written: {path}")


def _write_through(write: Write, place: Path) -> None:
    """Into a device or pipe, /dev/null or /dev/stdout say, which nothing may replace."""
    with place.open("wb") as stream:
        write(stream)


def _write_whole(write: Write, place: Path) -> None:
    partial = place.with_name(f".{place.name}.{os.getpid()}.partial")
    try:
        with partial.open("wb") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(place)
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    from onrecord.errors import ExportError

    try:
        yield
    except BrokenPipeError:
        raise  # of /dev/stdout: the reader has seen enough
    except OSError as error:
        raise ExportError(f"{path}: needed a place to write to: {error.strerror}") from error


def _tell_held(held: "Held") -> None:
    if held.accusations:
        note(f"{held.accusations} accusations that nobody has reviewed were left out; --with-accusations brings them.")
    if held.rejected:
        note(f"{held.rejected} statements that reviewers rejected were left out.")
