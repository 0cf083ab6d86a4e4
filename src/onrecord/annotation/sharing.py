"""Verbs that share a subject: "Bek agreed to pause, but refused a truce, as Orlia sought, and also demanded a ban"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.records.findings import Attribution
from onrecord.records.spans import Span, contains

# The subject of an aside in commas is not that of a verb behind the aside: 0 of 77 sources that stand before ", and"
# or ", but" and their cue open with such an aside on PolNeAR train.
_ASIDE = re.compile(r",\s(?:as|which|whom|while|when|where)\s(?:the\s|an?\s)?\Z")
_BEHIND = re.compile(r"\s[^.;:“”\"\n]{2,80},\s(?:and|but)\s(?:\w+\s)?\Z")


def share_subjects(text: str, sentences: Sequence[Span], attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions; one whose source is only the subject of an aside gets that of the verb before the aside."""
    return [_with_subject(text, sentences, attributions, each) for each in attributions]


def _with_subject(
    text: str, sentences: Sequence[Span], attributions: Sequence[Attribution], each: Attribution
) -> Attribution:
    if len(each.source) != 1 or not each.cue or not _is_asides(text, each.source[0], each.cue[0]):
        return each
    sentence = next((span for span in sentences if contains(span, each.source[0])), None)
    before = [
        other
        for other in attributions
        if sentence is not None
        and other.source
        and other.cue
        and sentence.start <= other.cue[0].start
        and other.cue[-1].end <= each.source[0].start
    ]
    nearest = max(before, key=lambda other: other.cue[0].start, default=None)
    return replace(each, source=nearest.source) if nearest is not None else each


def _is_asides(text: str, source: Span, cue: Span) -> bool:
    """Whether a source opens an aside that ends before its cue."""
    led = _ASIDE.search(text, max(0, source.start - 12), source.start)
    return led is not None and _BEHIND.fullmatch(text, source.end, cue.start) is not None
