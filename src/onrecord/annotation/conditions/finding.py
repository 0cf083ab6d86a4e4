"""The stage: sentences in, conditions out."""

from collections.abc import Iterator, Sequence

from onrecord.annotation.conditions.cues import Cue, cue_pattern, find_cues
from onrecord.annotation.conditions.parts import Parts, Piece, find_parts
from onrecord.annotation.words import Word, read_words
from onrecord.records.documents import Document
from onrecord.records.findings import Attribution, Condition, Operator, Realis
from onrecord.records.scores import WordScores
from onrecord.records.spans import Span, Spans
from onrecord.settings import Settings


def find_conditions(
    document: Document,
    sentences: tuple[Span, ...],
    scores: WordScores,
    attributions: tuple[Attribution, ...],
    settings: Settings,
) -> tuple[Condition, ...]:
    """The conditions of a document in reading order."""
    found = [condition for sentence in sentences for condition in _in_sentence(document.text, sentence)]
    return tuple(found)


def _in_sentence(text: str, sentence: Span) -> Iterator[Condition]:
    if cue_pattern().search(text, *sentence) is None:
        return
    words = read_words(text, sentence)
    cues = tuple(find_cues(words))
    for number, cue in enumerate(cues):
        if cue.rule.weak or cue.concessive:
            continue
        parts = find_parts(words, cues, number, ())
        if parts:
            yield _condition(words, parts)


def _span(words: Sequence[Word], piece: Piece) -> Span:
    return Span(words[piece[0]].start, words[piece[1] - 1].end)


def _condition(words: Sequence[Word], parts: Parts) -> Condition:
    cue: Cue = parts.cue
    return Condition(
        id="",
        attribution=None,
        form=cue.rule.form,
        cue=(_span(words, (cue.first, cue.last)),),
        condition=(tuple(_span(words, piece) for piece in parts.condition),),
        operator=Operator.AND,
        consequence=tuple(_span(words, piece) for piece in parts.consequence),
        realis=Realis.OPEN,
        score=cue.rule.score,
        produced_by=cue.rule.name,
        negated=cue.rule.negated,
    )
