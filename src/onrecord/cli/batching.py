"""The commands for archives: `batch` writes sets of Parquet files, `import` brings sets into a ledger."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.adding import ACTORS, PATHS, leave_by, list_rejected
from onrecord.cli.door import Exit
from onrecord.cli.options import Day, read_settings, with_ledger
from onrecord.cli.screen import counted, note, progress

if TYPE_CHECKING:
    from onrecord.batch.running import Job, Outcome
    from onrecord.records.documents import Rejected

SHOWN = 20  # failures named on the screen; all of them stand in the sets


@click.command()
@PATHS
@ACTORS
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="DIR", help="The folder for the sets.")
@click.option(
    "--engine",
    type=click.Choice(("loop", "pool", "ray")),
    default="pool",
    show_default=True,
    help="Where the work is done: here in one process, here in several, or by Ray.",
)
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="How many processes; one a core unless given.")
@click.option("--address", metavar="HOST:PORT", help="A Ray cluster that sees the inputs and the folder; else here.")
def batch(
    paths: tuple[Path, ...], actors: Path | None, out: Path, engine: str, workers: int | None, address: str | None
) -> None:
    """Annotate archives without a ledger: one input in, one set of Parquet files out.

    PATH is anything `add` reads, or a Parquet file with a column `text`; a large archive is worth more here than many
    small files. A set appears whole with its manifest or not at all; inputs whose set is there are skipped, so an
    interrupted batch goes on where it stopped. The engines give identical rows.
    """
    from os import cpu_count

    from onrecord.batch.running import run_batch
    from onrecord.reading import find_inputs
    from onrecord.records.documents import Rejected

    if address and engine != "ray":
        raise click.UsageError(
            f"--address names a Ray cluster; {engine} works here: leave it out, or say --engine ray."
        )
    found = tuple(find_inputs(paths))
    rejected = [each for each in found if isinstance(each, Rejected)]
    inputs = [each for each in found if not isinstance(each, Rejected)]
    if not found:
        note("Nothing to read: the folders named hold no files.")
        raise click.exceptions.Exit(Exit.NOTHING_FOUND)
    job = _form_job(out, actors)
    outcomes: list[Outcome] = []
    with progress("annotating", len(inputs)) as bar:
        for outcome in run_batch(inputs, job, engine=engine, workers=workers or cpu_count() or 1, address=address):
            bar.step(outcome.input)
            outcomes.append(outcome)
    _tell(outcomes, rejected, out)


def _form_job(out: Path, actors: Path | None) -> "Job":
    from onrecord.batch.running import Job
    from onrecord.cli.adding import form_settings
    from onrecord.pipeline import load_resources

    settings = form_settings(None, actors)
    return Job(out, load_resources(settings, threads=1).annotator, settings)


def _tell(outcomes: "list[Outcome]", rejected: "list[Rejected]", out: Path) -> None:
    rejected += [each.problem for each in outcomes if each.problem]
    failures = [failure for each in outcomes for failure in each.failures]
    written = [each for each in outcomes if not each.problem and not each.skipped]
    counted = f"{sum(each.documents for each in written)} documents, {len(failures)} failures"
    skipped = sum(each.skipped for each in outcomes)
    note(f"{len(written)} sets written to {out}: {counted}; {skipped} were there already, {len(rejected)} rejected.")
    list_rejected((rejected + failures)[:SHOWN])
    leave_by(rejected + failures)


@click.command(name="import")
@click.argument("source", metavar="PATH", type=click.Path(path_type=Path, exists=True))
@click.option("--annotator", metavar="NAME", help="Whose sets, where a folder holds those of several annotators.")
@click.option("--outlet", metavar="NAME", help="Only documents from this outlet.")
@click.option("--since", type=Day(), metavar="DAY", help="Only documents from this day on (or 2024-05, 2024).")
@click.option("--until", type=Day(last=True), metavar="DAY", help="Only documents up to this day.")
@click.option("--language", metavar="CODE", help="Only documents in this language.")
@with_ledger
def import_(
    source: Path,
    annotator: str | None,
    outlet: str | None,
    since: date | None,
    until: date | None,
    language: str | None,
    ledger: Path,
) -> None:
    """Bring what `batch` or `export` wrote to PATH, or a part of it, into the ledger.

    PATH is the folder of a batch, or a file of `export --format jsonl`: its findings are stored as they are, nothing is
    annotated again. Every row and line is checked against its hash before anything is stored. Importing twice changes
    nothing. Answers of reviewers do not come along: `backup` and `restore` take them too.
    """
    from onrecord.batch.importing import Wanted, check_exchange, check_sets
    from onrecord.cli.coverage import Report, import_coverage
    from onrecord.ledger import show_place

    if annotator and not source.is_dir():
        raise click.UsageError("--annotator chooses among the sets of a folder; a file of an export has one of each.")
    if since and until and since > until:
        raise click.BadParameter(f"needed a day no earlier than --since {since}; got {until}", param_hint="--until")
    found, report = check_sets(source, annotator) if source.is_dir() else check_exchange(source), Report()
    wanted = Wanted(outlet, since, until, language)
    if next(found.read(wanted), None) is None:
        note(f"None of the {counted(found.documents, 'document')} in {source} meets this; nothing was imported.")
        raise click.exceptions.Exit(Exit.NOTHING_FOUND)
    with progress("importing", found.documents) as bar:
        import_coverage(found.read(wanted), read_settings(ledger), bar.step, report, found.annotator)
    lines = counted(report.lines, "red line")
    note(f"{report.added} added, {report.known} already there; {lines} on record in {show_place(ledger)}.")
