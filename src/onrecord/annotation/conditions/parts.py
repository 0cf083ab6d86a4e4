"""From a cue to its condition and its consequence, within one sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.annotation.clauses import (
    Start,
    clause_begin,
    clause_end,
    condition_end,
    has_finite,
    is_quote,
    is_reporting,
    opening,
)
from onrecord.annotation.conditions.cues import Cue
from onrecord.annotation.words import Kind, Word, word_classes

Words = Sequence[Word]
Piece = tuple[int, int]  # word indices, end-exclusive

PHRASE_REACH = 25  # words a noun phrase may have as a condition ("without ...")
_SENTENCE_ENDS = frozenset(".!?…")


@dataclass(frozen=True, slots=True)
class Parts:
    """A cue with the pieces of its condition and consequence, as word indices of its sentence."""

    cue: Cue
    condition: tuple[Piece, ...]
    consequence: tuple[Piece, ...]


def find_parts(words: Words, cues: Sequence[Cue], number: int, quoted: Sequence[bool]) -> Parts | None:
    """Condition and consequence of `cues[number]`; None if no clause follows the cue."""
    cue = cues[number]
    limit = cues[number + 1].first if number + 1 < len(cues) else len(words)
    floor = 0
    last = _text_end(words)
    leading = _is_leading(words, cue, floor)
    end = _condition_end(words, cue, cues, number, last, leading)
    condition = _trimmed(words, cue.last, end)
    if condition is None:
        return None
    if leading:
        consequence = _consequence_after(words, end, last, cues[number + 1 :])
    else:
        consequence = _consequence_around(words, cue, end, last)
    return Parts(cue, (condition,), consequence)


def _text_end(words: Words) -> int:
    """The end of the sentence without its closing marks."""
    last = len(words)
    while last > 0 and (words[last - 1].lower in _SENTENCE_ENDS or is_quote(words[last - 1])):
        last -= 1
    return last


def _condition_end(words: Words, cue: Cue, cues: Sequence[Cue], number: int, last: int, leading: bool) -> int:
    if cue.rule.phrase:
        return _phrase_end(words, cue.last, last, leading)
    end = condition_end(words, cue.last, last, leading=leading)
    for later in cues[number + 1 :]:
        if later.first < end and _breaks_before(words, cue, later):
            return later.first
    return end


def _breaks_before(words: Words, cue: Cue, later: Cue) -> bool:
    """Whether another cue behind ", " or "or" ends this condition rather than nesting in it."""
    before = words[later.first - 1]
    return before.lower in (",", "or", "and", ";") and has_finite(words, cue.last, later.first)


def _phrase_end(words: Words, first: int, last: int, leading: bool) -> int:
    for index in range(first, min(last, first + PHRASE_REACH)):
        word = words[index]
        if index > first and (word.lower in (",", ";", ":") or is_quote(word)):
            return index
        if (
            leading
            and index > first + 1
            and word.kind is Kind.SUBJECT
            and opening(words, index, last).start >= Start.MODAL
        ):
            return index
    return min(last, first + PHRASE_REACH)


def _is_leading(words: Words, cue: Cue, floor: int) -> bool:
    """Whether nothing of the main clause stands before the cue."""
    first = cue.first
    while first > floor and _is_lead(words, first - 1):
        first -= 1
    if first == floor:
        return True
    before = words[first - 1]
    if before.lower in (":", ";") or before.lower in _SENTENCE_ENDS:
        return True
    if before.lower == "that" or before.lower in ("because", "and", "but", "so", "or", "although", "while", "whereby"):
        return _main_follows(words, cue)
    if is_quote(before):
        return True
    if before.lower in (",", "—", "–"):
        return _main_follows(words, cue)
    return bool(_ends_with_report(words, floor, first)) and _main_follows(words, cue)


def _is_lead(words: Words, index: int) -> bool:
    word = words[index]
    return (
        word.kind is Kind.ADVERB
        and word.lower not in ("not", "n't", "only", "even")
        or word.lower in ("then", "even", "only")
    )


def _ends_with_report(words: Words, floor: int, first: int) -> bool:
    return words[first - 1].lower in word_classes().speech


def _main_follows(words: Words, cue: Cue) -> bool:
    """Whether a main clause begins behind the condition."""
    last = _text_end(words)
    end = condition_end(words, cue.last, last, leading=True)
    if end >= last:
        return False
    first = end + 1 if words[end].kind is Kind.MARK or words[end].lower == "then" else end
    return opening(words, first, last).start > Start.NONE or words[end].lower == "then"


def _trimmed(words: Words, first: int, last: int) -> Piece | None:
    """The stretch without marks at its ends; None if nothing is left."""
    while first < last and words[first].kind is Kind.MARK and words[first].lower not in "$€£#":
        first += 1
    while last > first and words[last - 1].kind is Kind.MARK and words[last - 1].lower not in "%":
        last -= 1
    return (first, last) if first < last else None


def _consequence_after(words: Words, end: int, last: int, later: Sequence[Cue]) -> tuple[Piece, ...]:
    first = _skip_marks(words, end, last)
    skipped = is_reporting(words, first, last)
    if skipped:
        first = _skip_marks(words, first + skipped, last)
    if first < last and words[first].lower == "then":
        first += 1
    if first >= last or _is_later_cue(first, later):
        return ()
    stop = clause_end(words, first, last)
    piece = _trimmed(words, first, stop)
    return (piece,) if piece else ()


def _is_later_cue(first: int, later: Sequence[Cue]) -> bool:
    return any(cue.first <= first + 1 and first < cue.last for cue in later)


def _skip_marks(words: Words, first: int, last: int) -> int:
    while first < last and words[first].kind is Kind.MARK:
        first += 1
    return first


def _consequence_around(words: Words, cue: Cue, end: int, last: int) -> tuple[Piece, ...]:
    """The main clause before the cue, and its rest behind the condition where it was split."""
    stop = cue.first
    while (
        stop > 0
        and words[stop - 1].kind is Kind.ADVERB
        and words[stop - 1].lower in ("even", "only", "especially", "particularly")
    ):
        stop -= 1
    first = clause_begin(words, 0, stop)
    before = _trimmed(words, first, stop)
    split = stop > 0 and words[stop - 1].kind is Kind.MARK and end + 1 < last and words[end].kind is Kind.MARK
    pieces = [before] if before else []
    if split and before and (not has_finite(words, *before) or words[before[1] - 1].is_finite):
        after = _trimmed(words, end, clause_end(words, _skip_marks(words, end, last), last))
        pieces += [after] if after else []
    return tuple(pieces)
