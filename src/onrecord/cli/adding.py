"""The commands that read coverage: `add` keeps it in the ledger, `read` only prints what was found."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain, islice
from os import cpu_count
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.door import Exit
from onrecord.cli.fetching import Place, open_fetching, part_places
from onrecord.cli.options import read_settings, with_format, with_ledger
from onrecord.cli.screen import counted, note, one_line, progress

if TYPE_CHECKING:
    from onrecord.cli.coverage import Inputs, Report
    from onrecord.records.documents import Rejected
    from onrecord.records.findings import Findings
    from onrecord.records.rows import StatementRow
    from onrecord.settings import Settings

PATHS = click.argument(
    "paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True)
)
META = click.option(
    "--meta",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.csv",
    help="A CSV with a column `file` and any of outlet, published, title, url, author: it outranks what a page says.",
)

ACTORS = click.option(
    "--actors",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="ONRECORD_KNOWLEDGE",
    metavar="FILE.yml",
    help="Your own list of states, people and bodies, added to ours; or set ONRECORD_KNOWLEDGE.",
)


PLACES = click.argument("places", metavar="PATH...", nargs=-1, required=True, type=Place())
FETCH = click.option(
    "--fetch", is_flag=True, help="PATH may be a web address: fetch it. Nothing else goes to the network."
)
FOLLOW = click.option("--follow", is_flag=True, help="With --fetch: read the pages that a feed links to.")
WATCH = click.option("--watch", is_flag=True, help="Stay, and add what is new in the folders, until Ctrl-C.")
EVERY = click.option(
    "--every",
    type=click.FloatRange(min=0.1),
    default=5.0,
    show_default=True,
    metavar="SECONDS",
    help="With --watch: the pause between two looks.",
)
WORKERS = click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes that annotate side by side; two (or one a core) unless given, none for a few documents.",
)


@click.command()
@PLACES
@META
@ACTORS
@FETCH
@FOLLOW
@WATCH
@EVERY
@WORKERS
@with_ledger
def add(
    places: tuple[Path | str, ...],
    meta: Path | None,
    actors: Path | None,
    fetch: bool,
    follow: bool,
    watch: bool,
    every: float,
    workers: int | None,
    ledger: Path,
) -> None:
    """Read coverage and keep it in the ledger.

    PATH is a text file, a saved page, a feed, a JSON Lines file, a web archive, or a folder of them; - is standard
    input. Of a folder, hidden files, README, LICENSE and the like, and settings are left out; a file that you name is
    always read. With --fetch it may be a web address: public ones only, robots.txt is obeyed, and what was fetched is
    kept with its address and time. Adding the same input twice changes nothing, and a run that was interrupted goes on
    where it stopped. A file that cannot be read is named, and the others are added.
    """
    paths, addresses = part_places(places)
    _prepare(paths, workers)
    from onrecord.cli.coverage import Report, add_coverage, files_of, find_coverage

    fetching = open_fetching(addresses, allowed=fetch, follow=follow)
    settings = form_settings(ledger, actors)
    skip = (*files_of(ledger), *([actors] if actors else []))
    if watch:
        _stay(paths, addresses, meta, skip, settings, workers, every)
        return
    inputs, report = replace(find_coverage(paths, meta, skip), fetching=fetching), Report()
    _need_inputs(inputs)
    with progress("adding", inputs.number + 1) as bar:
        add_coverage(inputs, settings, bar.step, report, workers)
    _summarise(report, ledger)
    leave_by(report.rejected)


def _prepare(paths: Sequence[Path], workers: int | None) -> None:
    """Let workers get ready beside our own start where there will be any: many files, or more than one asked for."""
    from onrecord.batch.forks import FEW, MOST_WORKERS, prepare_workers

    if workers is None:
        files: tuple[Path, ...] = ()
        with suppress(OSError):  # a folder that cannot be read is named by those who read it
            files = tuple(islice(chain.from_iterable(map(_files_in, paths)), FEW + 1))
        workers = min(MOST_WORKERS, cpu_count() or 1) if len(files) > FEW else 1
    if workers > 1:
        prepare_workers()


def _files_in(path: Path) -> Iterable[Path]:
    return path.iterdir() if path.is_dir() else (path,)


def _stay(
    paths: tuple[Path, ...],
    addresses: tuple[str, ...],
    meta: Path | None,
    skip: tuple[Path, ...],
    settings: "Settings",
    workers: int | None,
    every: float,
) -> None:
    """Add what the folders hold, then what comes in, until an interrupt; that leaves by the door as any other does."""
    from onrecord.cli.coverage import Report, add_coverage
    from onrecord.cli.watching import Watch, watch_folders
    from onrecord.reading import read_metadata

    if addresses or Path("-") in paths:
        raise click.UsageError("needed folders to watch, got a web address or standard input")
    if meta:
        read_metadata(meta)  # a file that is wrong from the start is the user's to mend now

    def take(inputs: "Inputs") -> None:
        report = Report()
        add_coverage(inputs, settings, lambda _: None, report, workers)
        report.unmatched = ()  # most rows describe files that were read before
        _summarise(report, settings.ledger)

    note(f"Watching {', '.join(one_line(str(path)) for path in paths)}; Ctrl-C ends it.")
    for _ in watch_folders(Watch(paths, skip, meta), take, note, every):
        pass  # until the interrupt


def form_settings(ledger: Path | None, actors: Path | None) -> "Settings":
    """Settings with the user's own actors, checked first. Raises ReadingError where they are wrong."""
    from onrecord.errors import LexiconError, ReadingError
    from onrecord.linking.knowledge import load_knowledge

    try:
        load_knowledge(actors)
    except LexiconError as error:
        raise ReadingError(str(error), code="actors") from error
    return replace(read_settings(ledger), knowledge=actors)


def _need_inputs(inputs: "Inputs") -> None:
    if not inputs.number:
        note("Nothing to read: the folders named hold no files.")
        raise click.exceptions.Exit(Exit.NOTHING_FOUND)


def _summarise(report: "Report", ledger: Path) -> None:
    from onrecord.ledger import show_place

    done = f"{report.added} added, {report.known} already there, {len(report.rejected)} rejected"
    note(f"{done}; {counted(report.lines, 'red line')} on record in {show_place(ledger)}.")
    if report.anew:
        note(f"  {report.anew} of those added were on record and were annotated anew.")
    if report.former is not None and report.former != report.actors and report.added:
        note(f"  {_tell_actors(report.former, report.actors)}")
    if report.foreign:
        note(f"  {report.foreign} of those added not in English: stored and searchable, not annotated.")
    list_rejected(report.rejected)
    if report.unmatched:
        note(f"The metadata describes files that were not read: {', '.join(map(one_line, report.unmatched))}")


def _tell_actors(former: str, now: str) -> str:
    """That this run read another list of actors than the last one, and what that means."""
    lists = [f"a list of actors of your own (actors-{each})" if each else "no such list" for each in (former, now)]
    told = f"The last run here read {lists[0]}, this one {lists[1]}: what this run added is annotated"
    told += " with it" if now else " without it, and --actors FILE brings it back"
    return f"{told}; documents that it did not read stay as they are."


def list_rejected(rejected: "Iterable[Rejected]") -> None:
    """Name each input that could not be taken in, with its reason and code."""
    for each in rejected:
        reason = each.reason if each.path in each.reason else f"{each.path}: {each.reason}"
        note(f"  {one_line(reason)} [{each.code}]")


def leave_by(rejected: "Iterable[Rejected]") -> None:
    """Leave with 1 where an input met a bug of ours, with 4 where inputs were rejected; else go on."""
    from onrecord.cli.coverage import BUG

    codes = {each.code for each in rejected}
    if codes:
        raise click.exceptions.Exit(Exit.OUR_FAULT if BUG in codes else Exit.SOME_FAILED)


@click.command()
@PATHS
@META
@ACTORS
@with_format
def read(paths: tuple[Path, ...], meta: Path | None, actors: Path | None, form: str) -> None:
    """Read coverage and print what was found, without a ledger.

    json and jsonl print the exchange record `onrecord/findings/1`, one object a document; offsets in it count code
    points of document.text. csv prints the statements.
    """
    from onrecord.cli.coverage import find_coverage

    inputs, rejected = find_coverage(paths, meta), list["Rejected"]()
    _need_inputs(inputs)
    number = _print_findings(_read_each(inputs, form_settings(None, actors), rejected), form)
    note(f"{number} read, {len(rejected)} rejected.")
    list_rejected(rejected)
    leave_by(rejected)


def _read_each(inputs: "Inputs", settings: "Settings", rejected: "list[Rejected]") -> "Iterator[Findings]":
    from onrecord.cli.coverage import annotate_one
    from onrecord.pipeline import load_resources
    from onrecord.records.documents import Rejected

    resources = load_resources(settings)
    with progress("reading", len(inputs.found)) as bar:
        for each in inputs.read(settings, bar.step):
            annotated = each if isinstance(each, Rejected) else annotate_one(each, resources)
            if isinstance(annotated, Rejected):
                rejected.append(annotated)
            else:
                yield annotated[0]


def _print_findings(found: "Iterator[Findings]", form: str) -> int:
    """Print the findings and return how many documents there were."""
    from onrecord.export.jsonl import export_jsonl, write_record

    counted = _Counted(found)
    if form == "jsonl":
        export_jsonl(counted, sys.stdout)
    elif form == "json":
        from onrecord.cli.rows import print_json

        print_json([write_record(each) for each in counted])
    else:
        _print_statements(counted, form)
    return counted.number


def _print_statements(found: "Iterable[Findings]", form: str) -> None:
    from onrecord.cli.rows import print_rows
    from onrecord.cli.shown import STATEMENTS

    print_rows(STATEMENTS, (row for each in found for row in list_statements(each)), form, 0)


def list_statements(findings: "Findings") -> "tuple[StatementRow, ...]":
    """The statements of one document, as a ledger would list them."""
    from onrecord.records.rows import StatementRow
    from onrecord.redlines.statements import form_statements

    return tuple(StatementRow(each, findings.document.title) for each in form_statements(findings))


class _Counted:
    """Findings, and how many of them there were."""

    def __init__(self, found: "Iterator[Findings]") -> None:
        self.number = 0
        self._found = found

    def __iter__(self) -> "Iterator[Findings]":
        for each in self._found:
            self.number += 1
            yield each
