"""Antecedents contrary to fact that no cue opens ("we should have left in May", "I wish they had asked").

Only the trained head sees where they begin and end; the rule adds that the words must be contrary to fact. They are
kept so that nobody takes them for open lines.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.annotation.conditions.evidence import Evidence
from onrecord.annotation.conditions.parts import Piece, trimmed
from onrecord.annotation.words import Kind, Word
from onrecord.lexicon.patterns import in_small_letters, small_letters
from onrecord.records.spans import Span

Words = Sequence[Word]

SURE = 0.75  # mean probability of a span; on documents the head has not seen, lower ones cost GUM more than they bring
WITHIN = 0.25  # lowest probability of a word inside a span
AT_ALL = 0.4  # of the word a span begins at
SHORTEST = 4  # words
NEXT = 6  # words behind the antecedent in which its consequence may begin

_REMOTE = frozenset({"should", "could", "would", "might", "shouldn't", "couldn't", "wouldn't", "mightn't", "ought"})
_WISHES = frozenset({"wish", "wishes", "wished"})
_ALONE = _WISHES | {"should", "shouldn't", "ought", "might", "mightn't"}  # what says by itself that it did not come so


@dataclass(frozen=True, slots=True)
class Contrary:
    """An antecedent with the consequence behind it, if any, as word indices of the sentence."""

    condition: Piece
    consequence: Piece | None
    score: float


_HINT = in_small_letters(r"\b(?:wish|(?:should|could|would|might|ought)(?:n['’]t)?\b.{0,20}?(?:\bhave\b|['’]ve\b))")


def may_be_contrary(text: str, sentence: Span) -> bool:
    """A cheap look whether a sentence can be contrary to fact at all."""
    return _HINT.search(small_letters(text), *sentence) is not None


def find_contrary(words: Words, head: Evidence) -> Iterator[Contrary]:
    """The antecedents contrary to fact of a sentence, as far as the head is sure of them."""
    if head.silent:
        return
    for first, last, mean in _runs(head.condition, AT_ALL):
        piece = trimmed(words, first, last)
        if mean < SURE or piece is None or piece[1] - piece[0] < SHORTEST or not _is_contrary(words, piece):
            continue
        follows = [run for run in _runs(head.consequence, 0.5) if last <= run[0] < last + NEXT]
        consequence = trimmed(words, follows[0][0], follows[0][1]) if follows else None
        if consequence is None and not any(word.lower in _ALONE for word in words[piece[0] : piece[1]]):
            continue  # "habits would have been shaped": a consequence of something else
        yield Contrary(piece, consequence, 0.5 + (mean - 0.5) * 0.6)


def _runs(values: Sequence[float], start: float) -> Iterator[tuple[int, int, float]]:
    """Stretches that begin at a value above `start` and go on above WITHIN, with their means."""
    index = 0
    while index < len(values):
        if values[index] <= start:
            index += 1
            continue
        last = index
        while last < len(values) and values[last] > WITHIN:
            last += 1
        yield index, last, sum(values[index:last]) / (last - index)
        index = last


def _is_contrary(words: Words, piece: Piece) -> bool:
    """Whether the words wish, or speak with "should have" and the like."""
    stretch = words[piece[0] : piece[1]]
    for place, word in enumerate(stretch):
        if word.lower in _WISHES and (place + 1 == len(stretch) or stretch[place + 1].lower != "to"):
            return not _asks_for(stretch[place + 1 : place + 8])
        if word.lower in _REMOTE and _has_perfect(stretch[place + 1 : place + 7]):
            return True
    return False


_VERB_FORMS = frozenset({Kind.PARTICIPLE, Kind.FINITE})


def _asks_for(behind: Words) -> bool:
    """Whether a wish asks for something still to come: "I wish you'd go", "wish they would stop"."""
    verb = next((word for word in behind if word.is_finite), None)
    return verb is not None and (verb.lower in ("would", "wouldn't") or verb.lower in ("you'd", "he'd", "she'd"))


def _has_perfect(behind: Words) -> bool:
    for place, word in enumerate(behind):
        if word.lower in ("have", "'ve"):
            return any(each.kind in _VERB_FORMS or each.lower == "been" for each in behind[place + 1 :])
        if word.kind is Kind.MARK:
            return False
    return False
