"""What worker processes are copied from, and that it can begin to get ready before its parent has read its own modules.

Nothing of ours is imported here: what the parent imports before it calls `prepare_workers` is time that both wait.
"""

import multiprocessing
from multiprocessing.forkserver import ensure_running

FORKS = multiprocessing.get_context("forkserver")  # a copy of this process, with its threads and its ledger, may hang
WARM = "onrecord.batch.warm"  # imported once, by the process that all workers are copies of
MOST_WORKERS = 2  # unless more are asked for: a desk's machine has other work to do
FEW = 4  # documents that are read before a pool of processes would have started


def prepare_workers() -> None:
    """Begin to get ready what workers are copied from, and do not wait for it. It goes when this process does."""
    FORKS.set_forkserver_preload([WARM])
    ensure_running()
