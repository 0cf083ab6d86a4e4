"""Inputs → sets of files, one input at a time: by the plain loop or a pool of processes here, or by Ray elsewhere.

Every engine runs `annotate_input`; what differs is only where.
"""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from onrecord.batch.annotating import Loop, Runner, load_annotator
from onrecord.batch.inputs import hash_input, name_input, read_input
from onrecord.batch.pool import Load, Pool
from onrecord.batch.sets import SetWriter, clear_aside, is_whole, manifest_path, read_manifest
from onrecord.errors import ExportError, OnRecordError
from onrecord.reading.inputs import shown_path
from onrecord.records.documents import Document, Rejected
from onrecord.settings import Settings

ENGINES = ("loop", "pool", "ray")


@dataclass(frozen=True, slots=True)
class Job:
    """What every input is to become: where, by which annotator. load: how a process gets its annotator."""

    out: Path
    annotator: str
    settings: Settings
    load: Load = load_annotator


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one input came to. skipped: its set was there already; problem: why there is no set."""

    input: str
    documents: int = 0
    failures: tuple[Rejected, ...] = ()
    skipped: bool = False
    problem: Rejected | None = None


def run_batch(
    paths: Iterable[Path], job: Job, *, engine: str = "pool", workers: int = 2, address: str | None = None
) -> Iterator[Outcome]:
    """The outcome of each input, as they are finished. Inputs whose sets are there are not read again.

    address: of a Ray cluster; None runs Ray on this machine.
    Raises ExportError where the folder cannot be written to, or the engine or its cluster is not there.
    """
    listed = tuple(paths)
    prepare_folder(job.out)
    clear_aside(job.out, map(name_input, listed))
    if engine == "ray":
        from onrecord.batch.distributing import run_on_ray

        yield from run_on_ray(listed, job, workers, address)
        return
    with _open_runner(job, engine, workers) as runner:
        for path in listed:
            yield annotate_input(path, job, runner)


def _open_runner(job: Job, engine: str, workers: int) -> AbstractContextManager[Runner]:
    if engine == "loop":
        return nullcontext(Loop(job.load(job.settings)))
    return Pool(job.settings, workers, load=job.load)


def prepare_folder(out: Path) -> None:
    """Make the folder. Raises ExportError where something else stands there or it may not be written to."""
    try:
        (out / "done").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"{out}: needed a folder to write sets to: {error.strerror}", code="unwritable") from error


def annotate_input(path: Path, job: Job, runner: Runner) -> Outcome:
    """Annotate one input and write its set, unless that has been done."""
    shown = shown_path(path)
    try:
        hashed = hash_input(path)
    except OnRecordError as error:
        return Outcome(shown, problem=Rejected(shown, "reading", error.code, str(error)))
    manifest = read_manifest(manifest_path(job.out, job.annotator, name_input(path)))
    if manifest and manifest.input_hash == hashed and is_whole(job.out, manifest):
        return Outcome(shown, manifest.documents, skipped=True)
    writer = SetWriter(job.out, name_input(path), shown, hashed, job.annotator)
    try:
        return _write_set(path, job, runner, writer)
    except OSError as error:
        raise ExportError(f"{job.out}: the set of {shown} cannot be written: {error}", code="unwritable") from error
    finally:
        writer.discard()


def _write_set(path: Path, job: Job, runner: Runner, writer: SetWriter) -> Outcome:
    for result in runner.run(_documents_of(path, job.settings, writer)):
        writer.add(result)
    writer.finish()
    return Outcome(writer.input, writer.documents, tuple(writer.failures))


def _documents_of(path: Path, settings: Settings, writer: SetWriter) -> Iterator[Document]:
    for each in read_input(path, settings):
        if isinstance(each, Rejected):
            writer.add(each)
        else:
            yield each
