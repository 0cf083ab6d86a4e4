"""What a record's judgements, in order, make of its review."""

from collections.abc import Iterable
from dataclasses import replace

from onrecord.records.judgements import Answer, Judgement
from onrecord.records.rows import Review, ReviewState

ANSWERED = {
    Answer.ACCEPT: Review.CONFIRMED,
    Answer.CORRECT: Review.CORRECTED,
    Answer.REJECT: Review.REJECTED,
    Answer.UNSURE: Review.UNSURE,
}
OPEN = (Review.SUGGESTED, Review.UNSURE, Review.DISPUTED)


def form_state(judged: Iterable[tuple[int, Judgement]]) -> ReviewState:
    """The state after all judgements of one record, given with their sequence in order."""
    state = ReviewState()
    for sequence, judgement in judged:
        state = next_state(state, sequence, judgement)
    return state


def next_state(state: ReviewState, sequence: int, judgement: Judgement) -> ReviewState:
    """The state after one more judgement.

    Another reviewer's different answer makes a dispute; whoever answers next settles it. Not being sure undoes no
    answer of somebody else.
    """
    answer = ANSWERED[judgement.answer]
    own = state.reviewer == judgement.reviewer
    if not own and answer is Review.UNSURE and state.review not in OPEN:
        return replace(state, sequence=sequence)
    if own or state.review in OPEN or _agrees(state, judgement):
        return ReviewState(answer, sequence, judgement.reviewer, judgement.recorded_at, judgement.correction)
    return ReviewState(Review.DISPUTED, sequence, judgement.reviewer, judgement.recorded_at)


def _agrees(state: ReviewState, judgement: Judgement) -> bool:
    return state.review is ANSWERED[judgement.answer] and state.correction == judgement.correction
