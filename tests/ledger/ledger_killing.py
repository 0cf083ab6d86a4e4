"""Kill a real `add` at random moments, again and again, and see what is left.

Run by itself for the long count: `python -m tests.ledger.ledger_killing 100`.
"""

import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.ledger.ledger_faults import rows_of
from tests.ledger.ledger_made import made_findings, made_line, made_statements

from onrecord.ledger import open_ledger

ADDING = (sys.executable, "-m", "tests.ledger.ledger_killing", "--add")
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the kills came to. acknowledged: documents whose adding was told of before a kill."""

    kills: int
    ledgers: int
    acknowledged: int
    lost: int
    doubled: int
    unsound: int
    equal: bool


def add_all(path: Path, documents: int) -> None:
    """What the child does: add everything, tell of each document once it is stored, then record the red lines."""
    with open_ledger(path, now=lambda: "2024-01-01T00:00:00Z").writer() as writer:
        coverage = tuple(made_findings(seed) for seed in range(documents))
        print("ready", flush=True)  # noqa: T201
        for findings in coverage:
            writer.add(findings, made_statements(findings))
            print(findings.document.id, flush=True)  # noqa: T201
        writer.record_lines((made_line(coverage),))
        print("done", flush=True)  # noqa: T201


def kill_many(kills: int, folder: Path, documents: int) -> Outcome:
    """Kill `kills` times; a ledger whose adding got to its end is compared, and the next one begun."""
    whole = folder / "whole.db"
    subprocess.run([*ADDING, whole, str(documents)], cwd=ROOT, check=True, capture_output=True)
    wanted, random = rows_of(whole), Random(37)
    done = ledgers = acknowledged = lost = unsound = doubled = 0
    equal = True
    path = folder / "killed-0.db"
    while done < kills:
        told, finished = _add_and_kill(path, documents, random.uniform(0, 0.012 * documents))
        done += not finished
        acknowledged += len(told)
        counts = _look(path, set(told))
        lost, doubled, unsound = lost + counts[0], doubled + counts[1], unsound + counts[2]
        if finished:
            equal, ledgers, path = equal and rows_of(path) == wanted, ledgers + 1, folder / f"killed-{done}.db"
    _add_and_kill(path, documents, 3_600)
    return Outcome(done, ledgers + 1, acknowledged, lost, doubled, unsound, equal and rows_of(path) == wanted)


def _add_and_kill(path: Path, documents: int, after: float) -> tuple[list[str], bool]:
    """Ids acknowledged in this life, and whether it came to its end before it was killed."""
    child = subprocess.Popen([*ADDING, path, str(documents)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    with child, child.stdout as told:
        told.readline()  # ready: from here on there is something to interrupt
        deadline = time.monotonic() + after
        while child.poll() is None and time.monotonic() < deadline:
            time.sleep(0.001)
            if after > 60:
                child.wait()
        child.send_signal(signal.SIGKILL)
        lines = [line.strip() for line in told.readlines() if line.endswith("\n")]
    return [line for line in lines if line.startswith("sha256:")], "done" in lines


def _look(path: Path, told: set[str]) -> tuple[int, int, int]:
    """Documents lost, documents doubled, and 1 if any check fails."""
    open_ledger(path, now=lambda: "2024-01-01T00:00:00Z")
    with open_ledger(path, read_only=True).view() as view:
        held = Counter(findings.document.id for findings in view.all_findings())
        return len(told - held.keys()), sum(held.values()) - len(held), int(not view.verify().holds)


if __name__ == "__main__":
    if sys.argv[1] == "--add":
        add_all(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        with tempfile.TemporaryDirectory() as scratch:
            print(kill_many(int(sys.argv[1]), Path(scratch), documents=60))  # noqa: T201
