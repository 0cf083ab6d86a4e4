"""What reviewers say about records."""

from dataclasses import dataclass
from enum import StrEnum

from onrecord.records.redlines import Passage


class Answer(StrEnum):
    """A reviewer's answer."""

    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A reviewer's answer on one record, pinned to hash, offsets and quoted words so that it survives re-annotation.

    record: the record's id; kind: `statement`, `condition`, `red_line`, `status`, `figure`, `event`, `wording`,
    `link` (of words to an actor), `join` (of a mention to a red line).
    correction: for `correct`, the corrected fields as JSON text. recorded_at: ISO 8601 with zone.
    """

    record: str
    kind: str
    passage: Passage
    answer: Answer
    reviewer: str
    reason: str
    correction: str
    recorded_at: str
