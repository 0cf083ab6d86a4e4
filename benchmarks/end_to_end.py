"""Articles a second, from text to ledger: `python -m benchmarks.end_to_end [ARTICLES [RUNS [WORKERS ...]]]`.

Each run is `onrecord add` on a fresh ledger in a process of its own: starting, reading, annotating, storing, red lines.
On a machine that has other work to do, only the processor time means anything.
"""

import ctypes
import os
import re
import resource
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.generate import make_articles
from benchmarks.measuring import describe, spread
from onrecord.ledger import open_ledger

ADOPT = 36  # prctl's PR_SET_CHILD_SUBREAPER
RUN = "import sys; from onrecord.cli.door import run; sys.exit(run(sys.argv[1:]))"


def write_folder(number: int, folder: Path) -> int:
    """One text file an article; how many words there are."""
    folder.mkdir()
    words = 0
    for place, article in enumerate(make_articles(number)):
        (folder / f"{place:06}.txt").write_text(article["text"], encoding="utf-8")
        words += len(article["text"].split())
    return words


def add_all(folder: Path, ledger: Path, workers: int) -> tuple[float, float, float]:
    """Seconds until the first document was stored, until the end, and of processor time in all processes."""
    began, spent = time.monotonic(), _spent()
    command = [sys.executable, "-c", RUN, "add", str(folder), "--ledger", str(ledger), "--workers", str(workers)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as child:
        first = _wait_for_first(ledger, child, began)
        _, said = child.communicate()
    _wait_for_orphans()
    if child.returncode or not re.search(r"\b0 rejected", said):
        sys.exit(said)
    return first, time.monotonic() - began, _spent() - spent


def adopt_orphans() -> None:
    """Become the parent of what our children leave behind: the process that workers are copies of goes last, and its
    processor time, with theirs, would be nobody's.
    """
    ctypes.CDLL(None).prctl(ADOPT, 1, 0, 0, 0)


def _wait_for_orphans() -> None:
    with suppress(ChildProcessError):
        while True:
            os.wait()


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _wait_for_first(ledger: Path, child: "subprocess.Popen[str]", began: float) -> float:
    while child.poll() is None:
        if ledger.exists() and ledger.stat().st_size:
            with open_ledger(ledger).view() as view:
                if view.counts().documents:
                    break
        time.sleep(0.05)
    return time.monotonic() - began


def main(arguments: list[str]) -> None:
    """Print the table."""
    adopt_orphans()
    number, runs, *workers = [int(each) for each in (*arguments, *("100", "3", "1", "2")[len(arguments) :])]
    print(describe())
    with TemporaryDirectory() as held:
        home = Path(held)
        words = write_folder(number, home / "articles")
        print(f"{number} generated articles of {words / number:.0f} words, one file each; {runs} runs\n")
        for place, each in enumerate(workers):
            taken = [add_all(home / "articles", home / f"{place}-{run}.db", each) for run in range(runs)]
            print(f"{each} worker(s): articles a second {spread([number / whole for _, whole, _ in taken])}")
            print(f"             seconds to the first {spread([first for first, _, _ in taken])}")
            print(f"             processor s an article {spread([spent / number for _, _, spent in taken])}")


if __name__ == "__main__":
    main(sys.argv[1:])
