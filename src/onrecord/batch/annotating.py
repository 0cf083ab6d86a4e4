"""One document at a time, whatever runs it: its findings, or why there are none."""

from collections.abc import Callable, Iterable, Iterator
from traceback import extract_tb
from typing import Protocol

from onrecord.errors import LedgerError, OnRecordError
from onrecord.pipeline import Resources, annotate, load_resources
from onrecord.records.documents import Document, Rejected
from onrecord.records.findings import Findings
from onrecord.records.redlines import Statement
from onrecord.redlines.statements import form_statements
from onrecord.settings import Settings

BUG = "bug"  # the code of a rejection that is our fault

Annotated = tuple[Findings, tuple[Statement, ...]]
Annotate = Callable[[Document], Annotated | Rejected]


class Runner(Protocol):
    """What annotates many documents. Every runner gives the same results in the same order."""

    def run(self, documents: Iterable[Document]) -> Iterator[Annotated | Rejected]:
        """What was found in each document, in their order; documents are taken from the iterable as they are needed."""
        ...


class Loop:
    """The plain loop: one document after the other, in this process. What kills it kills the run."""

    def __init__(self, annotate_document: Annotate) -> None:
        self.annotate = annotate_document

    def run(self, documents: Iterable[Document]) -> Iterator[Annotated | Rejected]:
        """See Runner.run."""
        return map(self.annotate, documents)


def load_annotator(settings: Settings) -> Annotate:
    """The pipeline with its model on one thread: what each process of a pool runs."""
    resources = load_resources(settings, threads=1)
    return lambda document: annotate_one(document, resources)


def annotate_one(document: Document, resources: Resources) -> Annotated | Rejected:
    """What was found in one document, or why it could not be annotated. Never raises for the document's sake."""
    try:
        findings = annotate(document, resources)
        return findings, form_statements(findings)
    except LedgerError:
        raise
    except OnRecordError as error:
        return Rejected(document.path, "annotation", error.code, str(error))
    except MemoryError:
        reason = f"{document.path}: needed more memory than a document may cost"
        return Rejected(document.path, "annotation", "memory", reason)
    except Exception as error:  # noqa: BLE001 - one bad document must not stop a batch; it is reported as our bug
        last = extract_tb(error.__traceback__)[-1]
        reason = f"{document.path}: {type(error).__name__} in {last.name}, line {last.lineno}: {error}"
        return Rejected(document.path, "annotation", BUG, reason)
