"""A pool of processes of one thread each. One that dies or outlives its limits costs one document, never the run."""

import gc
import resource
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from onrecord.batch.annotating import Annotate, Annotated, load_annotator
from onrecord.batch.forks import FORKS, prepare_workers
from onrecord.records.documents import Document, Rejected
from onrecord.settings import Settings

Load = Callable[[Settings], Annotate]
AHEAD = 8  # documents a worker, read ahead and kept until their turn: enough that no worker waits for a long article
ATTEMPTS = 2  # a document is quarantined when two workers have died of it: one may have been killed from outside
CHECK = 0.5  # seconds between two looks at the clock
ENDING = 2.0  # seconds a worker has to leave by itself


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost. seconds: far more than the longest article takes. data: bytes a worker may allocate;
    the model and one article need a sixth of it.
    """

    seconds: float = 120.0
    data: int = 1_500_000_000


@dataclass(slots=True)
class _Task:
    """A document on its way: its place in the order, and how many workers have died of it."""

    place: int
    document: Document
    attempts: int = 0


@dataclass(slots=True)
class _Worker:
    """One process, the pipe to it, and what it is working on since when (monotonic seconds)."""

    process: BaseProcess
    pipe: Connection
    task: _Task | None = None
    since: float = 0.0


@dataclass(slots=True)
class _Flow:
    """What is left to hand out, what is under way, and what is finished but not yet in its turn."""

    documents: Iterator[Document]
    again: deque[_Task] = field(default_factory=deque)
    done: dict[int, Annotated | Rejected] = field(default_factory=dict)
    taken: int = 0
    given: int = 0
    ended: bool = False

    def next_task(self, most_ahead: int) -> _Task | None:
        """The next document to work on; None while enough are under way, or at the end."""
        if self.again:
            return self.again.popleft()
        if self.ended or self.taken - self.given >= most_ahead:
            return None
        document = next(self.documents, None)
        if document is None:
            self.ended = True
            return None
        self.taken += 1
        return _Task(self.taken - 1, document)

    @property
    def finished(self) -> bool:
        """Whether every document has been taken and given back."""
        return self.ended and self.given == self.taken


class Pool:
    """Worker processes; to be used in a `with` block, whose end leaves none behind."""

    def __init__(
        self, settings: Settings, workers: int, *, load: Load = load_annotator, limits: Limits | None = None
    ) -> None:
        prepare_workers()
        self._start_one = partial(_start_worker, settings, load, limits or Limits())
        self._limits = limits or Limits()
        self._workers = [self._start_one() for _ in range(workers)]

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """End the workers: at once where the block was left by an error or an interrupt."""
        for worker in self._workers:
            worker.pipe.close()  # a worker leaves when its pipe is closed
            if kind is not None:
                worker.process.kill()
        deadline = time.monotonic() + ENDING
        for worker in self._workers:
            worker.process.join(max(0.0, deadline - time.monotonic()))
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()

    @property
    def processes(self) -> tuple[int, ...]:
        """The workers' process ids."""
        return tuple(worker.process.pid or 0 for worker in self._workers)

    def run(self, documents: Iterable[Document]) -> Iterator[Annotated | Rejected]:
        """See Runner.run. A document that takes too long is Rejected (`timeout`), one that kills its worker twice or
        wants too much memory twice as well (`worker_killed`).
        """
        flow = _Flow(iter(documents))
        while True:
            self._hand_out(flow)
            while flow.given in flow.done:
                result = flow.done.pop(flow.given)
                flow.given += 1
                yield result
                self._hand_out(flow)
            if flow.finished:
                return
            self._collect(flow)

    def _hand_out(self, flow: _Flow) -> None:
        for number, worker in enumerate(self._workers):
            if worker.task is None:
                task = flow.next_task(AHEAD * len(self._workers))
                if task is None:
                    return
                self._send(number, task, flow)

    def _send(self, number: int, task: _Task, flow: _Flow) -> None:
        worker = self._workers[number]
        worker.task, worker.since = task, time.monotonic()
        try:
            worker.pipe.send(task.document)
        except OSError:
            self._bury(number, flow)

    def _collect(self, flow: _Flow) -> None:
        """Take what the workers have finished; replace those that died or take too long."""
        ready = wait([worker.pipe for worker in self._workers if worker.task], CHECK)
        for number, worker in enumerate(self._workers):
            if worker.task is None:
                continue
            if worker.pipe in ready:
                self._receive(number, flow)
            elif time.monotonic() - worker.since > self._limits.seconds:
                self._stop(number, flow)

    def _receive(self, number: int, flow: _Flow) -> None:
        worker = self._workers[number]
        assert worker.task is not None
        try:
            result: Any = worker.pipe.recv()
        except (EOFError, OSError):
            self._bury(number, flow)
            return
        if isinstance(result, BaseException):
            raise result
        flow.done[worker.task.place] = result
        worker.task = None

    def _bury(self, number: int, flow: _Flow) -> None:
        """Replace a worker that died; its document is tried once more, then quarantined."""
        task = self._replace(number)
        task.attempts += 1
        if task.attempts < ATTEMPTS:
            flow.again.append(task)
        else:
            flow.done[task.place] = _reject(task, "worker_killed", f"ended its worker {ATTEMPTS} times")

    def _stop(self, number: int, flow: _Flow) -> None:
        """Replace a worker that takes too long. Its document would only take as long again: it is not tried again."""
        task = self._replace(number)
        flow.done[task.place] = _reject(task, "timeout", f"took longer than {self._limits.seconds:g} s")

    def _replace(self, number: int) -> _Task:
        """Put a new worker in the place of one; what that one was working on."""
        worker = self._workers[number]
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        self._workers[number] = self._start_one()
        assert worker.task is not None
        return worker.task


def _reject(task: _Task, code: str, why: str) -> Rejected:
    return Rejected(task.document.path, "annotation", code, f"{task.document.path}: {why}")


def _start_worker(settings: Settings, load: Load, limits: Limits) -> _Worker:
    ours, theirs = FORKS.Pipe()
    process = FORKS.Process(target=_work, args=(theirs, settings, load, limits), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _work(pipe: Connection, settings: Settings, load: Load, limits: Limits) -> None:
    """Annotate what comes down the pipe until it is closed. An interrupt is the parent's business.

    An error that is no fault of a document (a model file that was changed) goes up the pipe and ends the run.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (limits.data, limits.data))
    annotate = _load(load, settings)
    gc.freeze()  # word lists and patterns stay for good: not looked through again at each collection
    while True:
        try:
            document = pipe.recv()
        except (EOFError, ConnectionError):
            return
        try:
            pipe.send(annotate(document))
        except (BrokenPipeError, MemoryError):
            return  # the parent is gone, or starts another worker
        except Exception as error:  # noqa: BLE001 - goes to the parent, which raises it
            pipe.send(error)


def _load(load: Load, settings: Settings) -> Annotate:
    """The annotator; where it cannot be loaded, one that says so at the first document."""
    try:
        return load(settings)
    except Exception as error:  # noqa: BLE001 - goes to the parent, which raises it
        failed = error

        def fail(_document: Document) -> Annotated | Rejected:
            raise failed

        return fail
