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

from onrecord.batch.pool import Pool
from onrecord.batch.running import Job, Outcome, annotate_input
from onrecord.errors import ExportError
from onrecord.records.codec import from_plain, to_json

PATIENCE = 5.0  # seconds a cluster may take to answer
LOCAL = "local"  # Ray's word for: start one here, whatever the environment says


def run_on_ray(paths: Sequence[Path], job: Job, workers: int, address: str | None) -> Iterator[Outcome]:
    """See running.run_batch. On a cluster, inputs and folder must lie where every machine sees them."""
    with _connected(workers, address) as ray:
        rows = ray.data.from_items([{"path": str(path)} for path in paths], override_num_blocks=max(1, len(paths)))
        spread = ray.data.ActorPoolStrategy(min_size=1, max_size=workers)
        done = rows.map(_Task, fn_constructor_args=(job,), compute=spread, num_cpus=1)
        for row in done.iter_rows():
            yield from_plain(Outcome, json.loads(row["outcome"]))


class _Task:
    """One worker of the cluster. The document is annotated in a process of its own, so that one that kills it is
    quarantined here as on a single machine.
    """

    def __init__(self, job: Job) -> None:
        self.job = job
        self.pool = Pool(job.settings, 1, load=job.load)

    def __call__(self, row: dict[str, Any]) -> dict[str, str]:
        return {"outcome": to_json(annotate_input(Path(row["path"]), self.job, self.pool))}


@contextmanager
def _connected(workers: int, address: str | None) -> Iterator[Any]:
    """Ray, started here or reached at its address. Raises ExportError where it is not installed or not there."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # nothing goes to the network
    os.environ.setdefault("RAY_DATA_DISABLE_PROGRESS_BARS", "1")
    try:
        import ray
        import ray.data
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
    except (ConnectionError, RuntimeError, ValueError) as error:
        reason = f"needed a Ray cluster at {address or 'this machine'}: {' '.join(str(error).split())[:200]}"
        raise ExportError(reason, code="unreachable") from error
    for name in ("ray", "ray.data"):
        logging.getLogger(name).setLevel(logging.ERROR)  # Ray Data says on every run what it executes
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
