"""Whether memory stays flat: `python -m benchmarks.memory [ARTICLES [MINUTES]]`, by default 20000 10.

Headlines and first paragraphs of articles of benchmarks.archive, some 70 words, no two of one dispute in the same words
and each dispute with names of its own, go through two workers as `add` and `batch` start them. After every thousand:
the highest resident memory of each worker and of the process that hands them out since the row before, and the workers'
processor milliseconds an article. What is found is dropped, as `batch` drops it once it is written.
"""

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from benchmarks.archive import FIRST, write_article
from benchmarks.measuring import describe
from onrecord.batch.pool import Pool
from onrecord.reading import read_text
from onrecord.records.documents import Basis, DateRange, Document, Rejected
from onrecord.settings import Settings

WORKERS, STEP, REPORTS = 2, 1000, 3  # REPORTS: articles of a dispute
DAILY = 500  # articles a day
KEPT = 3  # the headline and two paragraphs
RESET: Final = "5"  # what makes Linux count the highest resident memory anew


def list_documents(articles: int) -> Iterator[Document]:
    """The articles, by day."""
    for number in range(articles):
        dispute, report = divmod(number, REPORTS)
        day = FIRST + timedelta(days=number // DAILY)
        text = "\n\n".join(write_article(dispute, report).split("\n\n")[:KEPT])
        yield replace(read_text(text, f"{dispute}-{report}.txt"), published=DateRange(day, day, Basis.GIVEN))


def take_peak(process: int) -> float:
    """Highest resident memory of a process since this was asked last, in MB."""
    status = Path(f"/proc/{process}/status").read_text().splitlines()
    peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
    Path(f"/proc/{process}/clear_refs").write_text(RESET)
    return peak / 1024


def seconds_of(process: int) -> float:
    """Processor seconds that a process has taken."""
    taken = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(taken[11]) + int(taken[12])) / os.sysconf("SC_CLK_TCK")


def measure(articles: int, minutes: float) -> None:
    """Print one row a thousand articles."""
    began, before = time.monotonic(), 0.0
    with Pool(Settings(), WORKERS) as pool:
        for number, result in enumerate(pool.run(list_documents(articles)), 1):
            if isinstance(result, Rejected):
                sys.exit(result.reason)
            if number % STEP == 0:
                peaks = [take_peak(process) for process in (*pool.processes, os.getpid())]
                spent = sum(map(seconds_of, pool.processes))
                each = 1000 * (spent - before) / STEP
                print(f"{number:10}" + "".join(f"{peak:12.1f}" for peak in peaks) + f"{each:12.1f}", flush=True)
                before = spent
                if time.monotonic() - began > 60 * minutes:
                    return


def main(arguments: list[str]) -> None:
    """Print the table."""
    articles, minutes = [int(each) for each in (*arguments, *("20000", "10")[len(arguments) :])]
    heads = (*(f"worker {number + 1}" for number in range(WORKERS)), "driver", "ms/article")
    print(f"{describe()}\nhighest MB of each thousand\n")
    print(f"{'articles':>10}" + "".join(f"{head:>12}" for head in heads), flush=True)
    measure(articles, minutes)


if __name__ == "__main__":
    main(sys.argv[1:])
