"""Ray Data: each input goes to a worker of the cluster, which writes its set. The only module that knows Ray.

Ray runs an input again where its worker or machine is lost; the set appears whole, once, whoever wrote it.
"""

import json
import logging
import os
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from onrecord import errors
from onrecord.batch.pool import Pool
from onrecord.batch.running import Job, Outcome, annotate_input
from onrecord.errors import ExportError, OnRecordError
from onrecord.records.codec import from_plain, to_json

PATIENCE = 5.0  # seconds a cluster may take to answer
SHOWN = 200  # characters of what Ray says
LOCAL = "local"  # Ray's word for: start one here, whatever the environment says


def run_on_ray(paths: Sequence[Path], job: Job, workers: int, address: str | None) -> Iterator[Outcome]:
    """See running.run_batch. On a cluster, inputs and folder must lie where every machine sees them."""
    with _connected(workers, address) as ray:
        rows = ray.data.from_items([{"path": str(path)} for path in paths], override_num_blocks=max(1, len(paths)))
        spread = ray.data.ActorPoolStrategy(min_size=1, max_size=workers)
        done = rows.map(_Task, fn_constructor_args=(job,), compute=spread, num_cpus=1)
        rows = iter(done.iter_rows())
        while (row := next_row(ray, rows)) is not None:
            if row["kind"]:
                raise _error_of(row)
            yield from_plain(Outcome, json.loads(row["outcome"]))


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
        said = f"Ray stopped ({_shorten(error)}); what is written stays, and the same command goes on from there"
        raise ExportError(said, code="cluster_lost") from error


def _error_of(row: dict[str, str]) -> OnRecordError:
    """The error that stopped a worker, as it would have been raised here."""
    kind: type[OnRecordError] = getattr(errors, row["kind"])
    return kind(row["reason"], code=row["code"])


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
            return {"outcome": "", "kind": type(error).__name__, "code": error.code, "reason": str(error)}
        return {"outcome": to_json(outcome), "kind": "", "code": "", "reason": ""}


@contextmanager
def _connected(workers: int, address: str | None) -> Iterator[Any]:
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
        _knock(address)
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


def _knock(address: str) -> None:
    """Raise ExportError where nothing answers at the address; Ray itself would go on trying for many minutes."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    try:
        socket.create_connection((host, int(port)), PATIENCE).close()
    except (OSError, ValueError, OverflowError) as error:
        raise ExportError(f"needed a Ray cluster at {address}, got no answer: {error}", code="unreachable") from error
