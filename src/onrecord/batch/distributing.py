"""Ray Data: each input goes to a worker of the cluster, which writes its set. The only module that knows Ray.

Ray runs an input again where its worker or machine is lost; the set appears whole, once, whoever wrote it. It is
driven from a process of its own, because it ends the process that drives it, without a word to it, where its own on
that machine (`raylet`) is killed.
"""

import json
import logging
import multiprocessing
import os
import signal
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from traceback import format_exc
from typing import Any

from onrecord import errors
from onrecord.batch.annotating import BUG
from onrecord.batch.pool import Pool
from onrecord.batch.running import Job, Outcome, annotate_input
from onrecord.errors import ExportError, OnRecordError
from onrecord.records.codec import from_plain, to_json

PATIENCE = 5.0  # seconds a cluster may take to answer
SHOWN = 200  # characters of what Ray says
LOCAL = "local"  # Ray's word for: start one here, whatever the environment says
APART = multiprocessing.get_context("spawn")
ENDING = 4.0  # seconds Ray has to stop what it started
STAYS = "what is written stays, and the same command goes on from there"
END: dict[str, str] = {}  # the row behind the last


def run_on_ray(paths: Sequence[Path], job: Job, workers: int, address: str | None) -> Iterator[Outcome]:
    """See running.run_batch. On a cluster, inputs and folder must lie where every machine sees them."""
    ours, theirs = APART.Pipe()
    driver = APART.Process(target=_drive, args=(theirs, paths, job, workers, address), daemon=True)
    driver.start()
    theirs.close()
    try:
        while row := receive(ours, driver):
            if row["kind"]:
                raise _error_of(row)
            yield from_plain(Outcome, json.loads(row["outcome"]))
    finally:
        ours.close()  # which the driver takes as the sign to stop
        driver.join(ENDING)
        driver.kill()
        driver.join()


def receive(pipe: Connection, driver: Any) -> dict[str, str]:
    """The next row from the process that drives Ray; END behind the last.

    Raises ExportError where that process ended before it had said so.
    """
    try:
        row: dict[str, str] = pipe.recv()
    except (EOFError, OSError) as error:
        driver.join(ENDING)
        said = f"Ray stopped (the process that drove it ended with {driver.exitcode}); {STAYS}"
        raise ExportError(said, code="cluster_lost") from error
    return row


def _drive(pipe: Connection, paths: Sequence[Path], job: Job, workers: int, address: str | None) -> None:
    """Drive Ray, and send a row for each input that is finished, or for the error that stopped it all.

    Ray's own words go nowhere. An interrupt is the business of the process that started this one.
    """
    os.set_inheritable(pipe.fileno(), False)  # whoever held it would keep the other end from seeing this process end
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    for stream in (sys.stdout, sys.stderr):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    Thread(target=_leave_with, args=(pipe,), daemon=True).start()
    try:
        for row in _list_rows(paths, job, workers, address):
            pipe.send(row)
        pipe.send(END)
    except OnRecordError as error:
        pipe.send(_row_of(error))
    except Exception:  # noqa: BLE001 - goes to the parent, which raises it
        pipe.send({"outcome": "", "kind": BUG, "code": "", "reason": format_exc()})


def _leave_with(pipe: Connection) -> None:
    """End this process, in good order, when nobody listens at the other end any more."""
    try:
        pipe.recv()
    except (EOFError, OSError):
        os.kill(os.getpid(), signal.SIGTERM)


def _list_rows(paths: Sequence[Path], job: Job, workers: int, address: str | None) -> Iterator[dict[str, str]]:
    """What workers say of each input, as they finish."""
    with connected(workers, address) as ray:
        rows = ray.data.from_items([{"path": str(path)} for path in paths], override_num_blocks=max(1, len(paths)))
        spread = ray.data.ActorPoolStrategy(min_size=1, max_size=workers)
        done = rows.map(_Task, fn_constructor_args=(job,), compute=spread, num_cpus=1)
        rows = iter(done.iter_rows())
        while (row := next_row(ray, rows)) is not None:
            yield row


def next_row(ray: Any, rows: Iterator[dict[str, Any]]) -> dict[str, Any] | None:
    """The next row that a worker finished; None when all are.

    Raises ExportError where Ray, a worker, a machine or the memory they share is lost, or the cluster no longer
    answers. What our own code raises in a worker is a bug and stays as Ray tells it.
    """
    try:
        return next(rows, None)
    except (ray.exceptions.RayTaskError, ray.exceptions.UserCodeException):
        raise
    except (ray.exceptions.RayError, ray.data.exceptions.ExecutionTimeoutError, ConnectionError, TimeoutError) as error:
        said = f"Ray stopped ({_shorten(error)}); {STAYS}"
        raise ExportError(said, code="cluster_lost") from error


def _error_of(row: dict[str, str]) -> Exception:
    """The error that stopped a worker or all, as it would have been raised here."""
    if row["kind"] == BUG:
        return RuntimeError(row["reason"])
    kind: type[OnRecordError] = getattr(errors, row["kind"])
    return kind(row["reason"], code=row["code"])


def _row_of(error: OnRecordError) -> dict[str, str]:
    return {"outcome": "", "kind": type(error).__name__, "code": error.code, "reason": str(error)}


def _shorten(error: Exception) -> str:
    """An error's kind and the first of what it says: Ray's own texts run over pages."""
    said = " ".join(str(error).split())
    return f"{type(error).__name__}: {said}"[:SHOWN]


class _Task:
    """One worker of the cluster. The document is annotated in a process of its own, so that one that kills it is
    quarantined here as on a single machine.
    """

    def __init__(self, job: Job) -> None:
        self.job = job
        self.pool = Pool(job.settings, 1, load=job.load)

    def __call__(self, row: dict[str, Any]) -> dict[str, str]:
        try:
            outcome = annotate_input(Path(row["path"]), self.job, self.pool)
        except OnRecordError as error:  # as a value: Ray hands exceptions over as text
            return _row_of(error)
        return {"outcome": to_json(outcome), "kind": "", "code": "", "reason": ""}


@contextmanager
def connected(workers: int, address: str | None) -> Iterator[Any]:
    """Ray, started here or reached at its address. Raises ExportError where it is not installed or not there."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # nothing goes to the network
    os.environ.setdefault("RAY_DATA_DISABLE_PROGRESS_BARS", "1")
    os.environ["RAY_ENABLE_AUTO_CONNECT"] = "0"  # a run that was broken off would start another Ray to end with
    try:
        import ray
        import ray.data.exceptions
    except ImportError as error:
        raise ExportError("needed Ray: pip install 'onrecord[ray]'", code="missing_library") from error
    if address:
        knock(address)
    try:
        if address:
            ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
        else:
            ray.init(
                address=LOCAL,
                num_cpus=workers + 1,
                include_dashboard=False,
                log_to_driver=False,
                logging_level=logging.ERROR,
            )
    except Exception as error:  # Ray raises a bare Exception where its processes do not start in time
        reason = f"needed a Ray cluster at {address or 'this machine'}: {_shorten(error)}"
        raise ExportError(reason, code="unreachable") from error
    for name in ("ray", "ray.data"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # it says on every run what it executes; errors come to us
    try:
        yield ray
    finally:
        ray.shutdown()


def knock(address: str) -> None:
    """Raise ExportError where nothing answers at the address; Ray itself would go on trying for many minutes."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if not host or not port.isdecimal():
        raise ExportError(f"needed a Ray cluster's address as HOST:PORT, got {address}", code="unreachable")
    try:
        socket.create_connection((host, int(port)), PATIENCE).close()
    except (OSError, OverflowError) as error:
        raise ExportError(f"needed a Ray cluster at {address}, got no answer: {error}", code="unreachable") from error
