"""Milliseconds a document by stage, on one thread: `python -m benchmarks.stages [ARTICLES [RUNS]]`.

Processor time, so that a neighbour's work does not count. Each stage is timed where the pipeline calls it.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

from benchmarks.generate import make_articles
from benchmarks.measuring import describe
from onrecord import pipeline
from onrecord.ledger.bodies import pack
from onrecord.pipeline import annotate, load_resources
from onrecord.reading import read_text
from onrecord.records.documents import Document
from onrecord.redlines.statements import form_statements
from onrecord.settings import Settings

NAMES = [name for name in vars(pipeline) if name.split("_")[0] in ("split", "find", "link", "date", "classify")]


class Clock:
    """Processor seconds by stage."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self.under = 0.0  # spent in stages that the running one called

    def wrap(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same work, timed."""

        def timed(*given: Any, **named: Any) -> Any:
            outer, self.under = self.under, 0.0
            began = time.process_time()
            answer = work(*given, **named)
            spent = time.process_time() - began
            self.spent[name] += spent - self.under
            self.under = outer + spent
            return answer

        return timed


@contextmanager
def timed_stages(clock: Clock) -> Iterator[None]:
    """The pipeline with every stage timed."""
    former = {name: getattr(pipeline, name) for name in NAMES if callable(getattr(pipeline, name))}
    for name, work in former.items():
        setattr(pipeline, name, clock.wrap(name, work))
    try:
        yield
    finally:
        for name, work in former.items():
            setattr(pipeline, name, work)


class TimedEncoder:
    """The encoder, timed as a stage of its own."""

    def __init__(self, encoder: Any, clock: Clock) -> None:
        self.version = encoder.version
        self.score = clock.wrap("encoder.score", encoder.score)
        self.embed = encoder.embed


def measure(documents: list[Document], resources: Any) -> dict[str, float]:
    """Milliseconds a document by stage."""
    clock = Clock()
    own = pipeline.Resources(TimedEncoder(resources.encoder, clock), resources.knowledge, resources.settings)
    with timed_stages(clock):
        for document in documents:
            findings = clock.wrap("(rest of annotate)", annotate)(document, own)
            statements = clock.wrap("form_statements", form_statements)(findings)
            clock.wrap("pack for the ledger", pack)(findings, statements)
    return {name: 1000 * spent / len(documents) for name, spent in clock.spent.items()}


def main(arguments: list[str]) -> None:
    """Print the table."""
    number, runs = (int(each) for each in (*arguments, "40", "3")[:2]) if len(arguments) < 2 else map(int, arguments)
    documents = [read_text(each["text"], f"{place}.txt") for place, each in enumerate(make_articles(number))]
    resources = load_resources(Settings(), threads=1)
    measure(documents[:3], resources)
    measured = [measure(documents, resources) for _ in range(runs)]
    words = sum(len(each.text.split()) for each in documents) / number
    print(f"{describe()}\n{number} generated articles of {words:.0f} words, {runs} runs, processor ms a document\n")
    rows = {name: median(each[name] for each in measured) for name in measured[0]}
    total = sum(rows.values())
    for name, spent in sorted(rows.items(), key=lambda row: -row[1]):
        print(f"{name:24} {spent:8.1f} ms {spent / total:7.1%}")
    print(f"{'all':24} {total:8.1f} ms = {1000 / total:.1f} articles a second on one thread")


if __name__ == "__main__":
    main(sys.argv[1:])
