"""Writes lexicon/word_counts.yml: in how many sentences of open news-like text a word's stem stands.

usage: python training/count_words.py DATA        DATA: a folder with gum.jsonl and cnc_causal.jsonl

Only texts whose licence is open are counted (GUM documents of class `open`, Causal News Corpus, CC0). Names are left
out: a stem counts only where the word is printed in lower case. The counts weigh words when two conditions are
compared, and are fixed so that a comparison never depends on what else was read.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from folding import fold_words

from onrecord.redlines.words import split_words

FEWEST = 3  # a stem in fewer sentences weighs the same as one never seen
TARGET = Path(__file__).resolve().parent.parent / "src/onrecord/lexicon/word_counts.yml"
HEAD = """# In how many of {total} sentences of open news-like English a stem stands in lower case (at least {fewest}).
# Written by training/count_words.py from GUM (documents of licence class "open") and the Causal News Corpus (CC0).
version: 1
sentences: {total}
counts: >-
"""


def read_sentences(folder: Path) -> Iterator[str]:
    for line in (folder / "gum.jsonl").open(encoding="utf-8"):
        record = json.loads(line)
        if record["licence_class"] == "open":
            yield from (record["text"][start:end] for start, end in record["sentences"])
    for line in (folder / "cnc_causal.jsonl").open(encoding="utf-8"):
        yield json.loads(line)["text"]


def count_stems(sentences: Iterator[str]) -> tuple[int, Counter[str]]:
    total, counts = 0, Counter[str]()
    for sentence in sentences:
        total += 1
        counts.update(
            {word.stem for word in split_words(sentence) if word.printed.islower() and word.printed.isalpha()}
        )
    return total, counts


def main(folder: Path) -> None:
    total, counts = count_stems(read_sentences(folder))
    kept = sorted(
        ((stem, count) for stem, count in counts.items() if count >= FEWEST), key=lambda item: (-item[1], item[0])
    )
    counted = fold_words(f"{stem}:{count}" for stem, count in kept)
    TARGET.write_text(HEAD.format(total=total, fewest=FEWEST) + counted, encoding="utf-8")
    print(f"{len(kept)} stems from {total} sentences")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
