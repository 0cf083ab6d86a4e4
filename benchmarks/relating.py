"""How relating grows: `python -m benchmarks.relating [ARTICLES ...]`, by default 100 300 1000.

200 generated articles are annotated, and their findings told again under other names for as many as are asked for.
Printed are processor seconds to relate them all and the most memory. Sentence vectors count words here: embedding is
done once a text and kept, so it belongs to the price of the day.
"""

import sys
import time
from dataclasses import replace
from hashlib import sha256

import numpy as np

from benchmarks.generate import DISPUTE
from benchmarks.growth import make_document
from benchmarks.measuring import describe, most_memory
from benchmarks.renaming import renamed_findings
from onrecord.pipeline import annotate, load_resources, relate
from onrecord.records.scores import Float, WordScores, empty_scores
from onrecord.settings import Settings

DISPUTES, REPORTS = 4, 50  # what is annotated: every other article of the first disputes
WIDTH = 384


class CountedWords:
    """An encoder whose sentence vectors count words."""

    version = "counted words"

    def score(self, text: str) -> WordScores:
        """Nothing: what is related was scored before."""
        return empty_scores()

    def embed(self, sentences: tuple[str, ...]) -> Float:
        """[sentences, WIDTH], each of length 1."""
        rows = np.zeros((len(sentences), WIDTH), np.float32)
        for row, sentence in zip(rows, sentences, strict=True):
            for word in sentence.casefold().split():
                row[int(sha256(word.encode()).hexdigest(), 16) % WIDTH] += 1
        unit: Float = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1)
        return unit


def main(arguments: list[str]) -> None:
    """Print one row a size."""
    resources = load_resources(Settings(), threads=1)
    numbers = [dispute * DISPUTE + 2 * report for dispute in range(DISPUTES) for report in range(REPORTS)]
    base = [(number, annotate(make_document(number), resources)) for number in numbers]
    counting = replace(resources, encoder=CountedWords())
    print(f"{describe()}\n\n  articles   seconds        MB     lines     steps")
    for size in [int(each) for each in arguments] or [100, 300, 1000]:
        findings = tuple(renamed_findings(base, number) for number in range(size))
        began = time.process_time()
        lines = relate(findings, counting)
        spent = time.process_time() - began
        steps = sum(len(line.history) for line in lines)
        print(f"{size:10}{spent:10.1f}{most_memory():10.0f}{len(lines):10}{steps:10}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
