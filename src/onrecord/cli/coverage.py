"""Coverage into a ledger: read each file, annotate what is new, store it, and relate everything at the end.

Each document is one transaction, so a stop at any moment loses nothing that was stored, and the next run goes on.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from traceback import extract_tb

from onrecord.cli.clock import now
from onrecord.errors import ConflictError, LedgerError, OnRecordError
from onrecord.ledger import View, Writer, open_ledger
from onrecord.pipeline import Resources, annotate, load_resources, relate
from onrecord.reading import Metadata, apply_metadata, find_inputs, find_unmatched, read_metadata, read_path
from onrecord.records.documents import Document, Rejected
from onrecord.records.findings import Findings
from onrecord.records.redlines import Statement
from onrecord.records.rows import Run
from onrecord.redlines.statements import form_statements
from onrecord.settings import Settings

RELATE_TRIES = 5  # two runs at once seldom collide twice
BUG = "bug"  # the code of a rejection that is our fault


@dataclass
class Report:
    """What one run did so far. unmatched: files named in the metadata that no document came from."""

    started_at: str = field(default_factory=now)
    added: int = 0
    known: int = 0
    lines: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    unmatched: tuple[str, ...] = ()

    def form_run(self, annotator: str) -> Run:
        """The report as the ledger keeps it."""
        return Run(self.started_at, now(), annotator, self.added, self.known, tuple(self.rejected))


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files to read and what was typed in about them."""

    found: tuple[Path | Rejected, ...]
    metadata: Metadata | None

    def read(self, settings: Settings, step: Callable[[str], None]) -> Iterator[Document | Rejected]:
        """Every document of every file. `step` is told of each file before it is read."""
        for each in self.found:
            if isinstance(each, Rejected):
                yield each
                continue
            step(each.name)
            for read in read_path(each, settings):
                known = isinstance(read, Document) and self.metadata
                yield apply_metadata(read, self.metadata) if known else read  # type: ignore[arg-type]


def find_coverage(paths: Iterable[Path], meta: Path | None) -> Inputs:
    """The files that the paths stand for. Raises ReadingError for a metadata file that cannot be read."""
    metadata = read_metadata(meta) if meta else None
    return Inputs(tuple(find_inputs(paths, skip=[meta] if meta else [])), metadata)


def add_coverage(inputs: Inputs, settings: Settings, step: Callable[[str], None], report: Report) -> None:
    """Add documents to the ledger, then form its red lines anew. `report` grows as the work goes on.

    Raises LedgerError where the ledger cannot be used; a document that cannot be read or annotated is reported.
    """
    with open_ledger(settings.ledger) as ledger, ledger.writer() as writer, ledger.view() as view:
        resources = load_resources(settings)
        paths = tuple(_add_each(inputs.read(settings, step), resources, writer, view, report))
        report.unmatched = tuple(row.file for row in find_unmatched(inputs.metadata, paths)) if inputs.metadata else ()
        step("red lines")
        report.lines = relate_all(resources, writer, view)
        writer.record_run(report.form_run(resources.annotator))


def _add_each(
    documents: Iterable[Document | Rejected], resources: Resources, writer: Writer, view: View, report: Report
) -> Iterator[str]:
    """Add each document; gives the paths of all that were read, also of rejected ones."""
    for each in documents:
        yield each.path
        if isinstance(each, Rejected):
            report.rejected.append(each)
        elif not view.lacks(each, resources.annotator):
            report.known += 1
        else:
            _add_one(each, resources, writer, report)


def _add_one(document: Document, resources: Resources, writer: Writer, report: Report) -> None:
    annotated = annotate_one(document, resources)
    if isinstance(annotated, Rejected):
        report.rejected.append(annotated)
    elif writer.add(*annotated):
        report.added += 1
    else:
        report.known += 1


def annotate_one(document: Document, resources: Resources) -> tuple[Findings, tuple[Statement, ...]] | Rejected:
    """What was found in one document, or why it could not be annotated. Never raises for the document's sake."""
    try:
        findings = annotate(document, resources)
        return findings, form_statements(findings)
    except LedgerError:
        raise
    except OnRecordError as error:
        return Rejected(document.path, "annotation", error.code, str(error))
    except Exception as error:  # noqa: BLE001 - one bad document must not stop a batch; it is reported as our bug
        last = extract_tb(error.__traceback__)[-1]
        reason = f"{document.path}: {type(error).__name__} in {last.name}, line {last.lineno}: {error}"
        return Rejected(document.path, "annotation", BUG, reason)


def relate_all(resources: Resources, writer: Writer, view: View) -> int:
    """Form the red lines of the whole ledger, store them, and return how many there are.

    Where another run adds documents meanwhile, the lines are old before they are stored, and are formed again.
    Raises ConflictError where that happens RELATE_TRIES times in a row; the other run then stores lines of its own.
    """
    for attempt in range(1, RELATE_TRIES + 1):
        generation = view.generation()
        lines = relate(view.all_findings(), resources)
        try:
            writer.record_lines(lines, generation=generation)
        except ConflictError:
            if attempt == RELATE_TRIES:
                raise
        else:
            break
    return len(lines)
