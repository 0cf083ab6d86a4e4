"""What belongs to a condition and stands outside its sentence, or behind it without a cue.

"The red line is any vote there. We will not go for that." "We will sign. But only if they leave." "They must leave.
Otherwise we will fire." "They must leave. Only then will we talk." "If they come, we will fire. We will also close the
road." Nothing is taken across a line break: a new paragraph is a new thought.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.annotation.clauses import Start, opening, reporting
from onrecord.annotation.conditions.parts import Piece, text_end, trimmed
from onrecord.annotation.conditions.ranking import best, consequence_end_features
from onrecord.annotation.words import Kind, Word, read_words, word_classes
from onrecord.lexicon.loader import load_lexicon
from onrecord.records.findings import Condition
from onrecord.records.spans import Span

Words = Sequence[Word]

REPORT_LEAD = 14  # words in which a report before a clause has its "that"
_BETWEEN = " \t\u00a0,;.\"'“”’–—-"
_MUST = frozenset({"must", "should", "shall", "ought"})
_MUST_BEFORE_TO = frozenset({"has", "have", "need", "needs"})


@dataclass(frozen=True, slots=True)
class Apart:
    """A demand and what follows from not meeting it (`negated`) or only from meeting it, in sentences of their own."""

    cue: Span
    condition: Span
    consequence: Span
    negated: bool
    score: float


@cache
def _patterns() -> Mapping[str, Any]:
    lists = load_lexicon("conditions")
    clauses = "|".join(f"(?:{each['clause']})" for each in lists["pointing"]["clauses"])
    return {
        "of": frozenset(lists["pointing"]["of"]),
        "clause": re.compile(rf"(?:{clauses})", re.IGNORECASE),
        "lead": re.compile(lists["apart"]["lead"], re.IGNORECASE),
        "otherwise": re.compile(lists["apart"]["otherwise"], re.IGNORECASE),
        "only_then": re.compile(lists["apart"]["only_then"], re.IGNORECASE),
        "further": re.compile(lists["apart"]["further"], re.IGNORECASE),
        "score": float(lists["apart"]["score"]),
    }


def find_beyond(text: str, sentences: Sequence[Span], number: int, condition: Condition) -> Span | None:
    """The consequence of a condition of `sentences[number]` that has none there; None if none stands beside it."""
    if condition.produced_by in _patterns()["of"]:
        return _pointing_back(text, sentences, number, condition)
    if condition.produced_by.startswith("cue:") and number and _is_all(text, sentences[number], condition):
        return _clause_before(text, sentences[number - 1], sentences[number])
    return None


def _pointing_back(text: str, sentences: Sequence[Span], number: int, condition: Condition) -> Span | None:
    """A clause right behind the condition and its cue, or at the next sentence's beginning, that points back to it."""
    end = max(span.end for span in (*condition.cue, *condition.condition[0]))
    sentence = sentences[number]
    here = _pointing_at(text, end, sentence.end)
    if here is not None or number + 1 >= len(sentences):
        return here
    following = sentences[number + 1]
    return None if "\n" in text[end : following.start] else _pointing_at(text, following.start, following.end)


def _pointing_at(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start] in _BETWEEN:
        start += 1
    match = _patterns()["clause"].match(text, start, end)
    return Span(start, start + len(match.group().rstrip())) if match else None


def _is_all(text: str, sentence: Span, condition: Condition) -> bool:
    """Whether a sentence is nothing but the condition with its cue."""
    lead = text[sentence.start : condition.cue[0].start]
    end = condition.condition[-1][-1].end
    opens = _patterns()["lead"].fullmatch(lead) is not None
    return opens and "?" not in text[end : sentence.end] and _is_report(read_words(text, Span(end, sentence.end)))


def _is_report(words: Words) -> bool:
    """Whether nothing but marks and a report stands there: '," she said.'."""
    first = next((place for place, word in enumerate(words) if word.kind is not Kind.MARK), len(words))
    return first + reporting(words, first, len(words)) >= text_end(words)


def _clause_before(text: str, before: Span, sentence: Span) -> Span | None:
    """The clause of the sentence before, if that is a statement in the same paragraph."""
    if "\n" in text[before.end : sentence.start] or "?" in text[before.start : before.end]:
        return None
    words = read_words(text, before)
    piece = said_clause(words)
    finite = piece is not None and any(word.is_finite for word in words[piece[0] : piece[1]])
    return _span(words, piece) if piece is not None and finite else None


def find_further(text: str, sentences: Sequence[Span], number: int, condition: Condition) -> Span | None:
    """A further consequence at the next sentence's beginning, of a condition whose own one ends `sentences[number]`."""
    if not condition.consequence or number + 1 >= len(sentences):
        return None
    following = sentences[number + 1]
    between = text[condition.consequence[-1].end : following.start]
    if between.strip(" .!\u00a0") or _patterns()["further"].match(text, *following) is None:
        return None  # a quotation that closes there, or a report: the words may be another's
    words = read_words(text, following)
    piece = said_clause(words)
    return _span(words, piece) if piece is not None else None


def find_apart(text: str, sentences: Sequence[Span], number: int) -> Apart | None:
    """The demand of the sentence before, where `sentences[number]` begins with "otherwise" or "only then"; or None."""
    sentence = sentences[number]
    otherwise = _patterns()["otherwise"].match(text, *sentence)
    match = otherwise or _patterns()["only_then"].match(text, *sentence)
    if match is None or not number or "\n" in text[sentences[number - 1].end : sentence.start]:
        return None
    before, words = read_words(text, sentences[number - 1]), read_words(text, sentence)
    demanded = said_clause(before)
    first, last = bisect_left([word.start for word in words], match.end()), text_end(words)
    if demanded is None or not _demands(before, demanded) or opening(words, first, last).start is Start.NONE:
        return None
    then = trimmed(words, first, best("consequence_end", consequence_end_features(words, first, last)))
    if then is None:
        return None
    cue = Span(words[0].start if words[0].kind is not Kind.MARK else words[1].start, words[first - 1].end)
    return Apart(cue, _span(before, demanded), _span(words, then), otherwise is not None, _patterns()["score"])


def _demands(words: Words, piece: Piece) -> bool:
    """Whether a clause commands, or says what must be done."""
    first, last = piece
    if words[first].kind is Kind.BASE:
        return True
    return any(
        word.lower in _MUST or (word.lower in _MUST_BEFORE_TO and words[place + 1].lower == "to")
        for place, word in enumerate(words[first : last - 1], first)
    )


def said_clause(words: Words) -> Piece | None:
    """The clause of a sentence without a report before or behind it ("I believe that ...", "he went on to say ...")."""
    last = text_end(words)
    speech = word_classes().speech
    first = 0
    for place in range(min(last, REPORT_LEAD)):
        if words[place].lower == "that" and place and (words[place - 1].lower in speech):
            first = place + 1
    stop = best("consequence_end", consequence_end_features(words, first, last)) if first < last else last
    return trimmed(words, first, stop)


def _span(words: Words, piece: Piece) -> Span:
    return Span(words[piece[0]].start, words[piece[1] - 1].end)
