"""How cost grows with the archive: `python -m benchmarks.growth [STEP ...]`, by default 100 300 1000.

To a growing ledger the articles of each step are added, then one more day of 25. Printed are seconds to annotate and
store that day, to relate all that came since the last row and then the day, the ledger's size, memory, and milliseconds
a query.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.generate import make_article
from benchmarks.measuring import describe, most_memory
from onrecord.batch.annotating import load_annotator
from onrecord.batch.pool import Pool
from onrecord.cli.coverage import relate_all
from onrecord.ledger import Filter, View, Writer, open_ledger
from onrecord.pipeline import Resources, load_resources
from onrecord.reading import read_text
from onrecord.records.documents import Basis, DateRange, Document, Outlet, Rejected
from onrecord.settings import Settings

DAY = 25  # articles a day of one desk
QUERIES: dict[str, Callable[[View], object]] = {
    "counts": lambda view: view.counts(),
    "statements": lambda view: view.statements(Filter(limit=50)),
    "redlines": lambda view: view.lines(Filter(limit=50)),
    "timeline": lambda view: view.timeline(Filter(limit=50)),
    "search": lambda view: view.search("ferry harbour wall"),
    "people": lambda view: view.people(Filter(limit=50)),
    "review": lambda view: view.review_queue(Filter(limit=50)),
}


def make_document(place: int) -> Document:
    """A generated article as a document with its outlet and day."""
    made = make_article(place)
    day = date.fromisoformat(made["published"])
    document = read_text(made["text"], f"{place}.txt")
    published = DateRange(day, day, Basis.GIVEN)
    return replace(document, outlet=Outlet(made["outlet"], Basis.GIVEN), published=published)


def fill(writer: Writer, first: int, last: int) -> float:
    """Seconds to annotate and store these articles, by two workers."""
    began = time.monotonic()
    with Pool(Settings(), 2, load=load_annotator) as pool:
        for result in pool.run(make_document(place) for place in range(first, last)):
            if isinstance(result, Rejected):
                sys.exit(result.reason)
            writer.add(*result)
    return time.monotonic() - began


def measure(path: Path, steps: list[int], resources: Resources) -> None:
    """Print one row a step."""
    head = ("articles", "add 25", "relate", "relate+25", "lines", "MB", "kB/doc", "memory", *QUERIES)
    print("".join(f"{name:>11}" for name in head))
    held = 0
    with open_ledger(path) as ledger, ledger.writer() as writer, ledger.view() as view:
        for step in steps:
            fill(writer, held, step)
            whole, _ = timed(lambda: relate_all(resources, writer, view))
            added = fill(writer, step, step + DAY)
            again, lines = timed(lambda: relate_all(resources, writer, view))
            held = step + DAY
            size = path.stat().st_size / 1e6
            asked = [median(timed(partial(ask, view))[0] for _ in range(5)) * 1000 for ask in QUERIES.values()]
            row = (held, added, whole, again, lines, size, 1000 * size / held, most_memory(), *asked)
            print("".join(f"{each:11.2f}" if isinstance(each, float) else f"{each:11}" for each in row), flush=True)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and the answer."""
    began = time.monotonic()
    answer = work()
    return time.monotonic() - began, answer


def main(arguments: list[str]) -> None:
    """Print the table."""
    print(f"{describe()}\nseconds, MB, and milliseconds a query (median of 5)\n")
    with TemporaryDirectory() as held:
        measure(
            Path(held) / "growth.db", [int(each) for each in arguments] or [100, 300, 1000], load_resources(Settings())
        )


if __name__ == "__main__":
    main(sys.argv[1:])
