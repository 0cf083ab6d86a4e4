"""Coverage into a ledger: read each file, annotate what is new, store it, and relate everything at the end.

Each document is one transaction, so a stop at any moment loses nothing that was stored, and the next run goes on.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from glob import escape
from itertools import chain, islice
from os import cpu_count
from pathlib import Path

from onrecord.batch.annotating import BUG, Annotated, Loop, Runner, annotate_one
from onrecord.batch.forks import FEW, MOST_WORKERS
from onrecord.batch.pool import Pool
from onrecord.batch.relating import relate_all
from onrecord.cli.clock import now
from onrecord.cli.fetching import Fetching
from onrecord.errors import LedgerError
from onrecord.ledger import View, Writer, open_ledger
from onrecord.pipeline import Resources, load_resources
from onrecord.reading import Metadata, apply_metadata, find_inputs, find_unmatched, read_metadata, read_path
from onrecord.records.annotators import actors_of
from onrecord.records.documents import ANNOTATED, Basis, Document, Rejected
from onrecord.records.rows import DocumentRow, Run
from onrecord.settings import Settings

__all__ = [
    "BUG",
    "Inputs",
    "Report",
    "add_coverage",
    "annotate_one",
    "files_of",
    "find_coverage",
    "form_inputs",
    "import_coverage",
    "relate_all",
]

TYPED = (Basis.GIVEN, Basis.METADATA)  # how an outlet or a date is known that no annotator worked out


@dataclass
class Report:
    """What one run did so far.

    anew: documents added that were on record and that another annotator had read. foreign: documents added that are
    not in English. unmatched: files named in the metadata that no document came from. actors, former: the digits of the
    user's list of actors in this run and in the last one, empty for none; None where there was no last one.
    """

    started_at: str = field(default_factory=now)
    added: int = 0
    known: int = 0
    anew: int = 0
    foreign: int = 0
    lines: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    unmatched: tuple[str, ...] = ()
    actors: str = ""
    former: str | None = None

    def form_run(self, annotator: str) -> Run:
        """The report as the ledger keeps it."""
        return Run(self.started_at, now(), annotator, self.added, self.known, tuple(self.rejected))


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files to read, what was typed in about them, and the addresses to fetch if the user allowed that."""

    found: tuple[Path | Rejected, ...]
    metadata: Metadata | None
    fetching: Fetching | None = None

    @property
    def number(self) -> int:
        """How many files and addresses there are."""
        return len(self.found) + (len(self.fetching.addresses) if self.fetching else 0)

    def read(self, settings: Settings, step: Callable[[str], None]) -> Iterator[Document | Rejected]:
        """Every document of every file and address. `step` is told of each before it is read."""
        for read in self._read_all(settings, step):
            known = isinstance(read, Document) and self.metadata
            yield apply_metadata(read, self.metadata) if known else read  # type: ignore[arg-type]

    def _read_all(self, settings: Settings, step: Callable[[str], None]) -> Iterator[Document | Rejected]:
        for each in self.found:
            if isinstance(each, Rejected):
                yield each
                continue
            step(each.name)
            yield from read_path(each, settings)
        if self.fetching:
            yield from self.fetching.read(settings, step)


def find_coverage(paths: Iterable[Path], meta: Path | None, skip: Iterable[Path] = ()) -> Inputs:
    """The files that the paths stand for. Raises ReadingError for a metadata file that cannot be read.

    skip: files in the folders that are no coverage, such as the ledger itself.
    """
    return form_inputs(tuple(find_inputs(paths, skip=[*skip, *([meta] if meta else [])])), meta)


def form_inputs(found: tuple[Path | Rejected, ...], meta: Path | None) -> Inputs:
    """These files with what was typed in about them. Raises ReadingError for a metadata file that cannot be read."""
    return Inputs(found, read_metadata(meta) if meta else None)


def files_of(ledger: Path) -> tuple[Path, ...]:
    """The ledger and what SQLite and we lay beside it: no coverage, wherever they lie."""
    beside = ("-wal", "-shm", "-journal", ".damaged")
    copies = ledger.parent.glob(f"{escape(ledger.name)}.before-*") if ledger.parent.is_dir() else ()
    return (ledger, *(ledger.with_name(ledger.name + end) for end in beside), *copies)


def add_coverage(
    inputs: Inputs, settings: Settings, step: Callable[[str], None], report: Report, workers: int | None = None
) -> None:
    """Add documents to the ledger, then form its red lines anew. `report` grows as the work goes on.

    workers: processes that annotate; None starts a few of them where there are more than a few new documents.
    Raises LedgerError where the ledger cannot be used; a document that cannot be read or annotated is reported.
    """
    with open_ledger(settings.ledger) as ledger, ledger.writer() as writer, ledger.view() as view:
        resources = load_resources(settings)
        report.actors, report.former = actors_of(resources.annotator), _last_actors(view)
        paths: list[str] = []
        news = _find_news(inputs.read(settings, step), resources.annotator, view, report, paths)
        _add_all(news, resources, writer, report, workers)
        report.unmatched = tuple(row.file for row in find_unmatched(inputs.metadata, paths)) if inputs.metadata else ()
        step("red lines")
        report.lines = relate_all(resources, writer, view)
        writer.record_run(report.form_run(resources.annotator))


def import_coverage(
    found: Iterable[Annotated], settings: Settings, step: Callable[[str], None], report: Report, annotator: str
) -> None:
    """Store documents that were annotated elsewhere, then form the red lines anew."""
    with open_ledger(settings.ledger) as ledger, ledger.writer() as writer, ledger.view() as view:
        for each in found:
            step(each[0].document.title)
            _store(each, writer, report)
        report.lines = relate_all(load_resources(settings), writer, view)
        writer.record_run(report.form_run(annotator))


def _last_actors(view: View) -> str | None:
    """The digits of the list of actors that the last run read, empty for none; None where there was no run."""
    last = view.runs(1)
    return ", ".join(sorted({actors_of(each) for each in last[0].annotator.split(", ")})) if last else None


def _find_news(
    found: Iterable[Document | Rejected], annotator: str, view: View, report: Report, paths: list[str]
) -> Iterator[Document]:
    """The documents the ledger lacks. `paths` grows by everything that was read, also what is rejected."""
    for each in found:
        paths.append(each.path)
        if isinstance(each, Rejected):
            report.rejected.append(each)
            continue
        held = _find_held(each, view)
        document = _with_known(each, held) if held else each
        if view.lacks(document, annotator):
            report.anew += held is not None and held.annotator != annotator
            yield document
        else:
            report.known += 1


def _find_held(document: Document, view: View) -> DocumentRow | None:
    """The document as it is on record, None where it is not."""
    try:
        return view.document(document.id)
    except LedgerError as error:
        if error.code != "unknown_record":
            raise
        return None


def _with_known(document: Document, held: DocumentRow) -> Document:
    """The document with the outlet and date that were typed in when the ledger first met it, unless it brings its own.

    They stand before annotating, since the dates of statements follow from them.
    """
    if held.published.basis in TYPED and document.published.basis not in TYPED:
        document = replace(document, published=held.published)
    if held.outlet.basis in TYPED and document.outlet.basis not in TYPED:
        document = replace(document, outlet=held.outlet)
    return document


def _add_all(
    news: Iterator[Document], resources: Resources, writer: Writer, report: Report, workers: int | None
) -> None:
    """Annotate and store: here where there are few documents, in processes of one thread each where there are more."""
    few = tuple(islice(news, FEW + 1 if workers is None else 0))
    wanted = workers or (1 if len(few) <= FEW else min(MOST_WORKERS, cpu_count() or 1))
    documents = chain(few, news)
    if wanted == 1:
        _store_each(Loop(lambda document: annotate_one(document, resources)), documents, writer, report)
        return
    with Pool(resources.settings, wanted) as pool:
        _store_each(pool, documents, writer, report)


def _store_each(runner: Runner, documents: Iterator[Document], writer: Writer, report: Report) -> None:
    for result in runner.run(documents):
        _store(result, writer, report)


def _store(result: Annotated | Rejected, writer: Writer, report: Report) -> None:
    if isinstance(result, Rejected):
        report.rejected.append(result)
    elif writer.add(*result):
        report.added += 1
        report.foreign += result[0].document.language != ANNOTATED
    else:
        report.known += 1
