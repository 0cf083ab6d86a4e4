"""Conditions in whatever words: what the encoder takes for a deed and for what hangs on it, where no rule words one.

Whoever draws a line seldom says "if": "one more drone and our pilots fire", "signing it would bring the capital to a
standstill". No list holds all such wordings, so the encoder learnt them from invented coverage (training/coverage). It
tells of each word how likely it is part of a condition that somebody lays down, or of its consequence; here words
become spans.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onrecord.annotation.clauses import has_finite
from onrecord.annotation.decoding import decode_spans
from onrecord.annotation.words import Kind, read_words
from onrecord.records.findings import Operator
from onrecord.records.scores import DRAWN_LABELS, Float, WordScores
from onrecord.records.spans import Span, Spans, quote_span

LIKELY = 0.5  # of a word
SURE = 0.8  # mean of a part's words; chosen on the stories for tuning (docs/model-card.md)
NEAR = 12  # characters before a part in which the word before it stands
FULL = 3  # words of an alternative; "a raid on ships or ports" names one
SHORTEST = 2  # words of a part: a single one is a slip more often than not

_CONDITION = [at for at, label in enumerate(DRAWN_LABELS) if label[2:] == "condition"]
_PARTS = [at for at, label in enumerate(DRAWN_LABELS) if label[2:] in ("condition", "consequence")]


_OR = re.compile(r",? or (?=(?:an?|any|another|the|one|every|no)\s)", re.IGNORECASE)


# Words behind which more must come; "on", "off", "up" and "in" end whole clauses ("the talks are off").
_OPEN_ENDS = frozenset(
    {"the", "a", "an", "any", "our", "their", "his", "its", "my", "your", "every", "of", "to", "with", "by", "at",
     "from", "for", "and", "or", "but", "that", "than", "as", "if", "would", "will", "shall", "is", "are", "be",
     "was", "were", "has", "have", "had", "may", "might", "can", "could", "must", "should"}
)  # fmt: skip
_FURTHER = re.compile(r" ([^\W\d_]+)")
# Words that may follow a whole clause.
_LINKING = frozenset(
    {"and", "or", "but", "nor", "if", "unless", "until", "till", "when", "whenever", "once", "while", "as",
     "because", "since", "so", "that", "which", "who", "before", "after", "in", "on", "at", "by", "from", "for",
     "to", "of", "with", "without", "within", "under", "over", "against", "through", "during", "despite", "should",
     "were", "had", "provided", "except", "he", "she", "they", "it", "we", "i", "said", "says", "told"}
)  # fmt: skip
_PLACING = frozenset({"on", "at", "in", "near", "into", "onto", "along", "across", "around"})


class Drawn(NamedTuple):
    """Alternatives of a condition with what is said to follow. score: how likely the least likely of its spans is.

    without: the word before the condition that makes the consequence hold where it fails ("without their release").
    """

    condition: Spans
    operator: Operator
    consequence: Spans
    score: float
    without: Span | None = None


def is_drawn(condition: Spans, scores: WordScores) -> bool:
    """Whether the encoder takes words in which a rule found a condition for a line that somebody lays down."""
    if scores.drawn is None:
        return False
    places = [at for span in condition for at in range(*(bisect_left(scores.words, (end, 0)) for end in span))]
    return bool(places) and float(scores.drawn[places][:, _CONDITION].sum(axis=1).mean()) >= SURE


# "the guests who come with a band": what only tells whom is meant has nothing to follow from it in another sentence
_ASIDE = re.compile(r"(?:who|which|that)\s")


class _Run(NamedTuple):
    """The words of one part. sure: how likely they are on the whole."""

    span: Span
    sure: float


class _Runs(NamedTuple):
    """Those of one sentence."""

    conditions: tuple[_Run, ...]
    consequences: tuple[_Run, ...]


def find_drawn(text: str, sentences: Sequence[Span], scores: WordScores) -> Iterator[Drawn]:
    """The conditions of a document that the encoder reads, in the order of their sentences.

    What follows from a condition may stand in the sentence behind or before it, in the same line of text.
    """
    if scores.drawn is None or not scores.words:
        return
    read = [_read(text, sentence, scores, scores.drawn) for sentence in sentences]
    for number, runs in enumerate(read):
        if not runs.conditions:
            continue
        aside = all(_ASIDE.match(text, run.span.start) for run in runs.conditions)
        consequences = runs.consequences or (() if aside else _beside(text, sentences, read, number))
        yield from (_form(text, conditions, own) for conditions, own in _paired(runs.conditions, consequences))


def _beside(text: str, sentences: Sequence[Span], read: Sequence[_Runs], number: int) -> tuple[_Run, ...]:
    """The consequences of the sentence behind or before, where that one has no condition of its own."""
    for other in (number + 1, number - 1):
        if not 0 <= other < len(sentences) or read[other].conditions or not read[other].consequences:
            continue
        first, last = sorted((number, other))
        if "\n" not in text[sentences[first].end : sentences[last].start]:
            return read[other].consequences
    return ()


def _paired(conditions: Sequence[_Run], consequences: Sequence[_Run]) -> Iterator[tuple[list[_Run], list[_Run]]]:
    """Each condition with the consequences nearest to it; those with the same ones are its alternatives."""
    own: dict[tuple[_Run, ...], list[_Run]] = {}
    for condition in conditions:
        nearest = min(consequences, key=lambda each: _between(condition, each), default=None)
        if nearest is None:
            continue
        claimed = tuple(
            each
            for each in consequences
            if each is nearest or min(conditions, key=lambda other: _between(other, each)) is condition
        )
        own.setdefault(claimed if len(conditions) == 1 else (nearest,), []).append(condition)
    for claimed, alternatives in own.items():
        yield alternatives, list(claimed)


def _between(one: _Run, other: _Run) -> int:
    """Characters between two runs."""
    return max(one.span.start - other.span.end, other.span.start - one.span.end)


def _form(text: str, conditions: Sequence[_Run], consequences: Sequence[_Run]) -> Drawn:
    words = text[conditions[0].span.end : conditions[-1].span.start].casefold().split()
    return Drawn(
        condition=tuple(each.span for each in conditions),
        operator=Operator.OR if "or" in words else Operator.AND,
        consequence=tuple(each.span for each in consequences),
        score=min(each.sure for each in (*conditions, *consequences)),
        without=_without(text, conditions[0].span),
    )


_WITHOUT = re.compile(r"\b(without|unless|until|absent|barring)\s+\Z", re.IGNORECASE)


def _without(text: str, condition: Span) -> Span | None:
    """The word right before a condition by which the consequence holds where that fails."""
    lead = _WITHOUT.search(text[: condition.start][-2 * NEAR :])
    if lead is None:
        return None
    start = condition.start - len(lead.group())
    return Span(start, start + len(lead.group(1)))


def _read(text: str, sentence: Span, scores: WordScores, drawn: Float) -> _Runs:
    """The conditions and consequences of a sentence that are sure enough."""
    first, last = (bisect_left(scores.words, (place, 0)) for place in sentence)
    if first == last or drawn[first:last, _PARTS].sum(axis=1).max() < LIKELY:
        return _Runs((), ())
    found: dict[str, list[_Run]] = {"condition": [], "consequence": []}
    for span in decode_spans(drawn[first:last], DRAWN_LABELS):
        words = [word for word in scores.words[first + span.first : first + span.last] if _is_word(text, word)]
        if span.role in found and len(words) >= SHORTEST and span.score >= SURE:
            whole = Span(words[0].start, words[-1].end)
            if span.role == "consequence" and not _is_clause(text, whole):
                continue
            parts = _alternatives(text, whole) if span.role == "condition" else (whole,)
            found[span.role] += [_Run(part, span.score) for part in parts if _is_whole(text, part)]
    return _Runs(tuple(found["condition"]), tuple(found["consequence"]))


def _alternatives(text: str, whole: Span) -> tuple[Span, ...]:
    """A condition read in one piece, divided where it names two: "a guard on the mole, or a fee in the strait"."""
    between = _OR.search(text, *whole)
    if between is None:
        return (whole,)
    parts = Span(whole.start, between.start()), Span(between.end(), whole.end)
    return parts if all(len(quote_span(text, part).split()) >= FULL for part in parts) else (whole,)


def _is_whole(text: str, span: Span) -> bool:
    """Whether no bracket is cut, nothing is missing behind its last word, and before it stands no place's "on"."""
    words = quote_span(text, span)
    closed = all(words.count(opening) == words.count(closing) for opening, closing in ("()", "[]"))
    before = text[max(0, span.start - NEAR) : span.start].split()
    placed = bool(before) and before[-1].casefold() in _PLACING  # "soldiers on | the islands"
    hangs = words.split()[0].casefold() == "of"  # "within a year | of taking office"
    return closed and not placed and not hangs and words.split()[-1].casefold() not in _OPEN_ENDS


def _is_clause(text: str, consequence: Span) -> bool:
    """Whether something is said to follow, to its end: not "a toll on ships", not "would end the | talks"."""
    words = read_words(text, consequence)
    following = _FURTHER.match(text, consequence.end)
    ends = following is None or following[1].casefold() in _LINKING
    return ends and (words[0].kind is not Kind.DETERMINER or has_finite(words, 0, len(words)))


def _is_word(text: str, span: Span) -> bool:
    return any(sign.isalnum() or sign in "%$€£" for sign in text[span.start : span.end])
