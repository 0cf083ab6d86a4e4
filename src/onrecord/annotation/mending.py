"""Faults of the tagger that a rule sees at once; each rule holds on PolNeAR train, and its count stands beside it."""

import re
from dataclasses import replace

from onrecord.records.findings import Attribution
from onrecord.records.spans import Span, cover

# 0 of 18,404 sources with such a cue stand before it: who "was asked" is the one spoken to
ASKED = re.compile(
    r"\b(?:was|were|is|are|been|being)\s+(?:\w+\s+)?(?:asked|told|warned|urged|pressed|questioned|informed|advised)\b",
    re.IGNORECASE,
)
LOOSE_TAIL = re.compile(r",\s+[a-z]+ly$|,\s+almost$")  # "the governor of the region, almost": the rest was not seen

LEFT_WORD = re.compile(r"\s[a-z]+(?=,\s$)")  # between content and its own cue or source: 1 of 5,805 contents ends so


def mend(text: str, attribution: Attribution) -> Attribution:
    """The attribution with the faults put right that its own words show."""
    for rule in (free_asked, cut_tail, finish_headline, finish_opening):
        attribution = rule(text, attribution)
    return attribution


def free_asked(text: str, attribution: Attribution) -> Attribution:
    """Who was asked or told did not say it: the source goes, unless it stands behind the cue ("by reporters")."""
    cue, source = attribution.cue, attribution.source
    if not source or not cue or source[0].start > cue[0].start:
        return attribution
    said = text[cue[0].start : cue[-1].end]
    return replace(attribution, source=()) if ASKED.search(said) and not said.endswith(" that") else attribution


def cut_tail(text: str, attribution: Attribution) -> Attribution:
    """A source without the adverb after its last comma."""
    if not attribution.source:
        return attribution
    *before, last = attribution.source
    tail = LOOSE_TAIL.search(text, last.start, last.end)
    return replace(attribution, source=(*before, Span(last.start, tail.start()))) if tail else attribution


def finish_headline(text: str, attribution: Attribution) -> Attribution:
    """In a headline, what follows a name and a colon reaches to the end of the line (79 of 79)."""
    line = text.find("\n")
    place = cover(attribution.content)
    if [text[span.start : span.end] for span in attribution.cue] != [":"] or place.end > line:
        return attribution
    if text[attribution.cue[0].end : place.start].strip():
        return attribution
    end = place.start + len(text[place.start : line].rstrip(" .\t\xa0"))
    return replace(attribution, content=(Span(place.start, max(end, place.end)),))


def finish_opening(text: str, attribution: Attribution) -> Attribution:
    """Content takes in the one word that parts it from the comma before its own cue or source ("At the same time,")."""
    own = sorted((*attribution.source, *attribution.cue))

    def finish(piece: Span) -> Span:
        following = next((span.start for span in own if span.start >= piece.end), piece.end)
        left = LEFT_WORD.match(text, piece.end, following)
        return Span(piece.start, left.end()) if left else piece

    return replace(attribution, content=tuple(map(finish, attribution.content)))
