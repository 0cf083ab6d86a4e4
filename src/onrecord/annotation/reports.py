"""A report and what it reports, where one was read for both: "| The agencies | reported on Monday that the council,
parts of which sit abroad, | urged | a vote" has two who speak.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from onrecord.annotation.forming import form_attribution
from onrecord.annotation.quotation import judge_directness
from onrecord.annotation.words import Kind, read_words, word_classes
from onrecord.records.findings import Attribution
from onrecord.records.spans import Span, Spans

PRODUCER = "rule:report"

Pair = tuple[Attribution, Attribution | None]

_CAREFUL = 0.9  # share of the sureness left to both: the tagger saw one of them only


def part_reports(text: str, pairs: Sequence[Pair], regions: Spans) -> list[Pair]:
    """(attribution, the one that relays it or None); one whose source stands before "reported that" and its cue behind
    the subject of what is reported becomes the report and, relayed by it, the words of that subject.

    Of 18,404 attributions with a source in PolNeAR train none is of that form.
    """
    return [parted for pair in pairs for parted in _part(text, *pair, regions)]


def _part(text: str, each: Attribution, relay: Attribution | None, regions: Spans) -> Iterator[Pair]:
    found = _between(text, each)
    if found is None:
        yield each, relay
        return
    told, subject = found
    opens = text.index("that", told.end)
    content = (Span(opens, max(piece.end for piece in (*each.cue, *each.content))),)
    sure = round(each.score * _CAREFUL, 3)
    directness = judge_directness(text, content, regions)
    report = form_attribution(each.source, (told,), content, directness, score=sure, produced_by=PRODUCER)
    yield report, relay
    yield replace(each, source=(subject,), score=sure), report


def _between(text: str, each: Attribution) -> tuple[Span, Span] | None:
    """(the verb of the report, the subject of what it reports) between a source and its cue."""
    if len(each.source) != 1 or not each.cue:
        return None
    match = _report().fullmatch(text, each.source[0].end, each.cue[0].start)
    if match is None:
        return None
    subject = Span(*match.span("who"))
    free = not any(word.is_finite for word in read_words(text, subject))
    verb = read_words(text, each.cue[0])[0]
    return (Span(*match.span("told")), subject) if free and verb.kind is not Kind.ING else None


@cache
def _report() -> re.Pattern[str]:
    verbs = "|".join(sorted(map(re.escape, word_classes().speech), key=len, reverse=True))
    return re.compile(
        rf"\s(?P<told>(?:ha(?:s|ve|d)\s)?(?:{verbs}))(?:\s[^,.;:\n“”\"]{{1,40}}?)?\s(?:that\s)"
        r"(?P<who>[^,.;:\n“”\"]{2,80}),\s[^.;:\n“”\"]{2,120},\s"
    )
