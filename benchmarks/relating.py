"""How relating grows: `python -m benchmarks.relating [ARTICLES ...]`, by default 100 300 1000.

200 generated articles are annotated, and their findings told again under other names for as many as are asked for.
Printed are processor seconds to relate them all out of a ledger, then to relate a day of 50 more: the last five of each
of ten disputes, or more of each where there are fewer. Beside them: how many documents of how many lines the day
concerned, and what is kept for the next day, in kB an article. Sentence vectors count words here: embedding is done
once a text and kept, so it belongs to the price of the day.
"""

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from benchmarks.generate import DISPUTE
from benchmarks.growth import make_document
from benchmarks.measuring import describe, most_memory
from benchmarks.renaming import renamed_findings
from onrecord.cli.coverage import relate_all
from onrecord.ledger import View, Writer, open_ledger
from onrecord.pipeline import Resources, annotate, load_resources
from onrecord.records.findings import Findings
from onrecord.records.scores import Float, WordScores, empty_scores
from onrecord.redlines.statements import form_statements
from onrecord.settings import Settings

DISPUTES, REPORTS = 4, 50  # what is annotated: every other article of the first disputes
DAY, FOLLOWED = 50, 10  # articles a day, and the most disputes that it goes on with
KEPT = (  # tables and indexes of what is kept for the next day
    "relating", "fact", "family", "sqlite_autoindex_family_1", "family_clue", "family_clue_family", "drawing", "clue",
)  # fmt: skip
WIDTH = 384


SHORT, LITTLE = 3, 0.5  # letters of a word that counts less: then as many sentences are near as to the encoder


class CountedWords:
    """An encoder whose sentence vectors count words.

    Of 1,915 sentences of benchmarks.archive that share a term with a line, 42 are near enough to it to be compared, and
    50 to the encoder itself; of 229 lines 32 have such a sentence with both.
    """

    version = "counted words"

    def score(self, text: str) -> WordScores:
        """Nothing: what is related was scored before."""
        return empty_scores()

    def embed(self, sentences: tuple[str, ...]) -> Float:
        """[sentences, WIDTH], each of length 1."""
        rows = np.zeros((len(sentences), WIDTH), np.float32)
        for row, sentence in zip(rows, sentences, strict=True):
            for word in sentence.casefold().split():
                row[int(sha256(word.encode()).hexdigest(), 16) % WIDTH] += LITTLE if len(word) <= SHORT else 1
        unit: Float = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1)
        return unit

    sense = embed


def split_day(articles: int) -> tuple[list[int], list[int]]:
    """The numbers of the articles on record, and those of the day that goes on with their disputes."""
    disputes = (articles + DAY) // REPORTS
    followed = min(disputes, FOLLOWED)
    chosen = [disputes * place // followed for place in range(followed)]
    day = [chosen[place % followed] * REPORTS + REPORTS - 1 - place // followed for place in range(DAY)]
    return sorted(set(range(articles + DAY)) - set(day)), day


def measure(base: Sequence[tuple[int, Findings]], articles: int, resources: Resources) -> tuple[float, ...]:
    """Processor seconds to relate all and the day, documents read and lines formed for it, kB an article kept."""
    before, day = split_day(articles)
    with (
        TemporaryDirectory() as folder,
        open_ledger(Path(folder) / "relating.db") as ledger,
        ledger.writer() as writer,
        ledger.view() as view,
    ):
        add(writer, base, before)
        whole = timed(lambda: relate_all(resources, writer, view))
        add(writer, base, day)
        noting = Noting(view)
        spent = timed(lambda: relate_all(resources, writer, noting))  # type: ignore[arg-type]
        kept = view.database.value(f"SELECT sum(pgsize) FROM dbstat WHERE name IN ({', '.join(map(repr, KEPT))})")
        return whole, spent, len(noting.read), len(view.all_lines()), kept / 1000 / (articles + DAY)


class Noting:
    """A view that notes which documents are read."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.read: set[str] = set()

    def findings(self, document: str) -> Findings:
        """See contract.View.findings."""
        self.read.add(document)
        return self.view.findings(document)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.view, name)


def add(writer: Writer, base: Sequence[tuple[int, Findings]], numbers: Iterable[int]) -> None:
    """Store the articles with these numbers."""
    for number in numbers:
        findings = renamed_findings(base, number)
        writer.add(findings, form_statements(findings))


def timed(work: Callable[[], object]) -> float:
    """Processor seconds."""
    began = time.process_time()
    work()
    return time.process_time() - began


def main(arguments: list[str]) -> None:
    """Print one row a size."""
    resources = load_resources(Settings(), threads=1)
    numbers = [dispute * DISPUTE + 2 * report for dispute in range(DISPUTES) for report in range(REPORTS)]
    base = [(number, annotate(make_document(number), resources)) for number in numbers]
    counting = replace(resources, encoder=CountedWords())
    print(f"{describe()}\n\n  articles     whole    day of 50    read     lines   kB kept        MB")
    for size in [int(each) for each in arguments] or [100, 300, 1000]:
        whole, day, read, lines, kept = measure(base, size, counting)
        print(f"{size:10}{whole:10.1f}{day:13.2f}{read:8}{lines:10}{kept:10.1f}{most_memory():10.0f}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
