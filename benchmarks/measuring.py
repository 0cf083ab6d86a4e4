"""What every benchmark prints with its figures: the machine, the commit, medians and spreads."""

import os
import platform
import resource
import subprocess
from collections.abc import Sequence
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]


def describe() -> str:
    """The commit, the machine, and how busy it is with other things: figures from a busy machine say so."""
    commit = _ask("git", "-C", str(ROOT), "rev-parse", "--short", "HEAD")
    changed = "+changes" if _ask("git", "-C", str(ROOT), "status", "--porcelain", "-uno") else ""
    cores, load = len(os.sched_getaffinity(0)), os.getloadavg()[0]
    return (
        f"commit {commit}{changed}, {cores} cores, {_processor()}, Python {platform.python_version()}, load {load:.1f}"
    )


def _ask(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def spread(values: Sequence[float]) -> str:
    """Median, and the lowest and highest."""
    return f"{median(values):8.2f}  ({min(values):.2f} to {max(values):.2f}, {len(values)} runs)"


def most_memory() -> float:
    """Largest resident set of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
