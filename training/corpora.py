"""The corpora as examples: words with the labels and links each corpus has.

One example is one document. `attribution`, `condition`, `name` and `drawn` are int64 [words] or None where a corpus
does not annotate that layer; `links` are pairs of word ranges.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from marked import named, read_marks
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.encoder.pieces import PieceTable
from onrecord.encoder.words import describe_words, split_words
from onrecord.records.scores import ATTRIBUTION_LABELS, CONDITION_LABELS, DRAWN_LABELS, NAME_LABELS
from onrecord.records.spans import Span

Labels = NDArray[np.int64]
Range = tuple[int, int]  # words [first, last)
SHIPPED_LICENCE = "open"  # weights that ship see no GUM text under non-commercial or unstated terms
NAMED = {"person": "person", "place": "place", "organization": "organization"}


@dataclass
class Attributed:
    """One attribution as word ranges."""

    source: list[Range]
    cue: list[Range]
    content: list[Range]


@dataclass
class Example:
    """One document of one corpus."""

    id: str
    texts: list[str]
    pieces: list[list[int]]
    features: NDArray[np.int64]
    attribution: Labels | None = None
    condition: Labels | None = None
    name: Labels | None = None
    drawn: Labels | None = None
    attributed: list[Attributed] = field(default_factory=list)
    told: Labels | None = None  # our own coverage: the first of the two labels of a word's role, 0 where none is marked


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The records of one JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


class Reader:
    """Makes examples with one tokenizer."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.pieces = PieceTable(tokenizer)

    def example(self, id: str, text: str) -> tuple[Example, list[Span]]:
        words = split_words(text)
        pieces = self.pieces.split(text, words)
        return Example(id, [text[s:e] for s, e in words], pieces, describe_words(text, words)), list(words)

    def polnear(self, path: Path) -> Iterator[Example]:
        for row in rows(path):
            example, words = self.example(row["id"], row["text"])
            example.attribution = np.zeros(len(words), np.int64)
            for part in ("content", "source", "cue"):  # a later one overwrites: a cue inside a content is a cue
                for each in row["attributions"]:
                    for span in ranges_of(words, each[part] or [], row["text"]):
                        paint(example.attribution, span, ATTRIBUTION_LABELS.index(f"B-{part}"))
            for each in row["attributions"]:
                example.attributed.append(
                    Attributed(
                        *(ranges_of(words, each[part] or [], row["text"]) for part in ("source", "cue", "content"))
                    )
                )
            yield example

    def gum(self, path: Path) -> Iterator[Example]:
        for row in rows(path):
            if row["licence_class"] != SHIPPED_LICENCE:
                continue
            example, words = self.example(row["id"], row["text"])
            example.condition = paint_conditions(words, row["text"], row["conditions"])
            example.name = np.zeros(len(words), np.int64)
            for entity in sorted(row["entities"], key=lambda each: each["span"][0] - each["span"][1]):
                if entity["mention"] == "proper":
                    kind = NAMED.get(entity["type"], "other")
                    head = entity["min"] if len(entity["min"]) == 1 else [entity["span"]]
                    for span in ranges_of(
                        words, [entity["span"] if proper_only(row, entity) else head[0]], row["text"]
                    ):
                        paint(example.name, span, NAME_LABELS.index(f"B-{kind}"))
            yield example

    def conditions(self, path: Path, prefix: str) -> Iterator[Example]:
        for row in rows(path):
            example, words = self.example(prefix + row["id"], row["text"])
            example.condition = paint_conditions(words, row["text"], row["conditions"])
            yield example

    def causal(self, path: Path) -> Iterator[Example]:
        """Causal News Corpus: a relation whose signal is a conditional word is a condition, any other is none."""
        for row in rows(path):
            example, words = self.example(row["id"], row["text"])
            found = []
            for relation in row["relations"]:
                signal = " ".join(row["text"][s:e].lower() for s, e in relation["signal"])
                if signal.split()[:1] and signal.split()[0] in {"if", "unless", "until", "provided"}:
                    found.append(
                        {"cue": relation["signal"], "condition": relation["cause"], "consequence": relation["effect"]}
                    )
            example.condition = paint_conditions(words, row["text"], found)
            yield example

    def drawn(self, block: str) -> Example:
        """One block of our own marked coverage (marked.py).

        Who says what is marked there too, but only what is said: no belief, no wish. So a word without a mark may
        still belong to an attribution.
        """
        text, marks = read_marks(block)
        example, words = self.example("own", text)
        example.drawn = np.zeros(len(words), np.int64)
        for mark in sorted(named(marks), key=lambda each: each.start - each.end):  # a shorter one overwrites
            for span in ranges_of(words, [[mark.start, mark.end]], text):
                paint(example.drawn, span, DRAWN_LABELS.index(f"B-{mark.label}"))
        split_cut(example.drawn)
        example.told = np.zeros(len(words), np.int64)
        for role in ("content", "source", "cue"):  # a later one overwrites, as in the corpus
            for mark in marks:
                if mark.label == role:
                    for first, last in ranges_of(words, [[mark.start, mark.end]], text):
                        example.told[first:last] = ATTRIBUTION_LABELS.index(f"B-{role}")
        return example

    def plain(self, path: Path) -> Iterator[Example]:
        """Texts without labels; one record a line with `text`."""
        for row in rows(path):
            if row.get("licence_class", SHIPPED_LICENCE) == SHIPPED_LICENCE:
                yield self.example(path.stem, row["text"])[0]


def proper_only(row: dict[str, Any], entity: dict[str, Any]) -> bool:
    """Whether the mention is little more than a name: no clause or long phrase hangs on it."""
    first, last = entity["tokens"]
    return last - first <= 6 and not any(
        token[2] in {"VERB", "AUX", "PRON", "SCONJ"} for token in row["tokens"][first:last]
    )


def ranges_of(words: list[Span], spans: list[list[int]], text: str) -> list[Range]:
    """Word ranges of character spans; fragments with only white space between them are one."""
    found: list[Range] = []
    starts = np.array([word.start for word in words])
    ends = np.array([word.end for word in words])
    for start, end in sorted(map(tuple, spans)):
        first, last = int(np.searchsorted(ends, start, "right")), int(np.searchsorted(starts, end, "left"))
        if first >= last:
            continue
        if found and found[-1][1] >= first:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def paint(labels: Labels, span: Range, begin: int) -> None:
    """Writes B and I labels over the range; I is always the label after its B."""
    labels[span[0]] = begin
    labels[span[0] + 1 : span[1]] = begin + 1


def paint_conditions(words: list[Span], text: str, conditions: list[dict[str, Any]]) -> Labels:
    """Labels of the condition layer. Cues are cut out of conditions, conditions out of consequences."""
    labels = np.zeros(len(words), np.int64)
    for part in ("consequence", "condition", "cue"):
        for each in conditions:
            for span in ranges_of(words, each.get(part) or [], text):
                paint(labels, trim_marks(span, words, text), CONDITION_LABELS.index(f"B-{part}"))
    split_cut(labels)
    return labels


def split_cut(labels: Labels) -> None:
    """What follows a cut is a new piece: its first word becomes a B."""
    for index in range(1, len(labels)):
        label = labels[index]
        if label and label % 2 == 0 and labels[index - 1] not in (label, label - 1):
            labels[index] = label - 1


def trim_marks(span: Range, words: list[Span], text: str) -> Range:
    """The range without closing punctuation, on which the corpora disagree."""
    first, last = span
    while last - first > 1 and not text[words[last - 1].start].isalnum():
        last -= 1
    while last - first > 1 and not text[words[first].start].isalnum():
        first += 1
    return first, last
