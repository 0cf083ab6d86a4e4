"""Where attribution is hard: recall by phenomenon, intervals over articles, and what damaged marks cost.

Called by `python -m evaluation.attribution --full`. Shares are over PolNeAR dev's gold attributions.
"""

import random
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from onrecord.annotation.sentences import split_sentences
from onrecord.records.documents import Document, hash_text
from onrecord.records.spans import Span

sys.path.insert(0, str(Path(__file__).with_name("scorers")))
from score_attribution import Doc, pair, source_ok
from score_attribution import score as score

Article = dict[str, Any]
SHORT = 3  # words
RESAMPLED = 1000
INTERVALS = ("linked", "linked.direct", "linked.mixed", "linked.indirect", "exact_w.content", "exact_w.whole")
SEED = 17
MARKS = re.compile('["“”]')
STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
STOP_BEFORE_BREAK = re.compile(r"\.(?=\s*\n)")


class Case(NamedTuple):
    """One gold attribution as the phenomena see it."""

    text: str
    gold: dict[str, Any]  # the scorer's normalised attribution
    kind: str  # of the source: name, pronoun, nominal, none
    sentences: int  # that the content touches
    known: frozenset[str]  # words of the training part's cues
    cues: frozenset[str]  # whole cues of the training part

    @property
    def cue(self) -> str:
        """The cue's words, lower-case."""
        return " ".join(self.text[start:end] for start, end in self.gold["cue"]).lower()

    @property
    def place(self) -> Span:
        """From the content's first character to its last."""
        return Span(self.gold["content"][0][0], self.gold["content"][-1][1])

    @property
    def paragraphs(self) -> int:
        """How many the content touches."""
        return 1 + len(re.findall(r"\n+", self.text[self.place.start : self.place.end]))


PHENOMENA: dict[str, Callable[[Case], bool]] = {
    "all": lambda case: True,
    "cue never seen in train": lambda case: bool(case.cue) and case.cue not in case.cues,
    "a word of the cue never seen in train": lambda case: bool(set(re.findall(r"\w+", case.cue)) - case.known),
    "no source": lambda case: case.kind == "none",
    "source is a pronoun": lambda case: case.kind == "pronoun",
    "source is a nominal": lambda case: case.kind == "nominal",
    "content of 1-3 words": lambda case: len(case.gold["content_w"]) <= SHORT,
    "several fragments": lambda case: len(case.gold["content"]) > 1,
    "several sentences": lambda case: case.sentences > 1,
    "several sentences, no quotation mark": lambda case: case.sentences > 1 and case.gold["type"] == "indirect",
    "several paragraphs": lambda case: case.paragraphs > 1,
    "according to": lambda case: "according to" in case.cue,
    "headline": lambda case: case.place.start < case.text.find("\n"),
    "colon or dash as the cue": lambda case: bool(case.cue) and not re.search(r"\w", case.cue),
}


def recall(gold: Sequence[Article], predicted: Sequence[Article], train: Iterable[Article]) -> dict[str, list[int]]:
    """Phenomenon → found and linked right, found at all, number in gold."""
    cues = [_cue(article["text"], each) for article in train for each in article["attributions"]]
    known = frozenset(word for cue in cues for word in re.findall(r"\w+", cue))
    counts = {name: [0, 0, 0] for name in PHENOMENA}
    for article, told in zip(gold, predicted, strict=True):
        for case, detected, linked in _cases(article, told, known, frozenset(cues)):
            for name, holds in PHENOMENA.items():
                if holds(case):
                    counts[name] = [a + b for a, b in zip(counts[name], (linked, detected, 1), strict=True)]
    return counts


def _cases(
    article: Article, told: Article, known: frozenset[str], cues: frozenset[str]
) -> Iterator[tuple[Case, bool, bool]]:
    document = Doc(article)
    golds, found = document.prep(article["attributions"]), document.prep(told["attributions"])
    pairs = {j: i for i, j in pair(document, found, golds)}
    text = article["text"]
    sentences = split_sentences(Document(hash_text(text), "gold", "", text))
    for j, each in enumerate(golds):
        if not each["content"]:
            continue
        touched = sum(any(a < end and start < b for a, b in each["content"]) for start, end in sentences)
        case = Case(text, each, document.kind(each), touched, known, cues)
        yield case, j in pairs, j in pairs and source_ok(document, found[pairs[j]], each)


def _cue(text: str, attribution: dict[str, Any]) -> str:
    return " ".join(text[start:end] for start, end in attribution["cue"]).lower()


def intervals(gold: Sequence[Article], predicted: Sequence[Article]) -> dict[str, tuple[float, float]]:
    """95% bootstrap intervals of F1, articles drawn with replacement (Efron 1979), in points of 100."""
    results = [score([article], [told]) for article, told in zip(gold, predicted, strict=True)]
    drawn = np.random.default_rng(SEED).integers(0, len(gold), (RESAMPLED, len(gold)))
    return {name: _interval(np.array([_counts(each[name]) for each in results])[drawn]) for name in INTERVALS}


def _counts(part: dict[str, float]) -> tuple[float, float, float, float]:
    """Right of the predicted, predicted, right of the gold, gold: a type's two sides are counted apart."""
    return part["P"] * part["pred"], part["pred"], part["R"] * part["gold"], part["gold"]


def _interval(counts: Any) -> tuple[float, float]:
    right, told, met, gold = counts.sum(axis=1).T
    precision, reach = right / np.maximum(told, 1), met / np.maximum(gold, 1)
    f1 = 200 * precision * reach / np.maximum(precision + reach, 1e-9)
    low, high = np.percentile(f1, [2.5, 97.5])
    return float(low), float(high)


class Damaged(NamedTuple):
    """A text with something done to it, and the place in the first text that each character came from."""

    text: str
    origin: Sequence[int]

    def back(self, spans: Iterable[Sequence[int]]) -> list[list[int]]:
        """Spans of the damaged text as spans of the first one."""
        return [[self.origin[start], self.origin[end - 1] + 1] for start, end in spans if end > start]


def drop_mark(text: str) -> Damaged:
    """One quotation mark, drawn at random, is missing."""
    marks = [match.start() for match in MARKS.finditer(text)]
    lost = {random.Random(f"{SEED}{text[:200]}").choice(marks)} if marks else set()
    return _without(text, lost)


def straighten(text: str) -> Damaged:
    """All curly marks straight."""
    return Damaged(text.translate(STRAIGHT), range(len(text)))


def drop_headline_stop(text: str) -> Damaged:
    """The headline ends without its full stop."""
    stop = STOP_BEFORE_BREAK.search(text, 0, text.find("\n") + 1)
    return _without(text, {stop.start()} if stop else set())


def glue_spaces(text: str) -> Damaged:
    """Every space is a no-break space."""
    return Damaged(text.replace(" ", "\xa0"), range(len(text)))


def _without(text: str, lost: set[int]) -> Damaged:
    kept = [index for index in range(len(text)) if index not in lost]
    return Damaged("".join(text[index] for index in kept), kept)


DAMAGES: dict[str, Callable[[str], Damaged]] = {
    "one quotation mark missing in each article": drop_mark,
    "all curly marks made straight": straighten,
    "headlines without their full stop": drop_headline_stop,
    "every space a no-break space": glue_spaces,
}
