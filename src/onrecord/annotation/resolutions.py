"""Resolutions and communiqués: a body is named once, and each paragraph below it opens with what the body does.

    The Council of the League, meeting in Marn,
    Having heard the envoy,
    1. Demands that the fleet withdraw;
    Declares that it will not take part as long as one ship remains.

So printed by parliaments, councils and movements (United Nations Editorial Manual, "Resolutions": preambular paragraphs
open with a participle, operative ones with a verb in the present), and in the past by meetings. The tagger learnt from
running prose and misses them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.annotation.forming import form_attribution
from onrecord.annotation.quotation import judge_directness
from onrecord.annotation.words import Kind, read_words, verb_forms, word_classes
from onrecord.lexicon.loader import load_lexicon
from onrecord.records.documents import Document
from onrecord.records.findings import Attribution
from onrecord.records.spans import Span, Spans

PRODUCER = "rule:resolution"
SCORE = 0.95  # the layout is the cue; no corpus at hand counts it apart
FEWEST = 2  # paragraphs that open with a verb: one alone may be a headline
LONGEST_HEAD = 300  # characters

_LINE = re.compile(r"[^\n]*[^\s][^\n]*")
_HEAD = re.compile(r"\s*(?P<who>(?:The|We, the)\s[^,:;]{2,120}?)(?:,[^:;]*)?[,:]\s*")
_NUMBER = r"(?:(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]|[-–—•*])\s*)?"
_OPERATIVE = re.compile(
    rf"\s*{_NUMBER}(?:(?:Also|Further|Strongly|Again|Once again|Firmly)\s)?"
    r"(?P<cue>[A-Za-z]+(?:\s(?:upon|on|for|to|against)\b|\s(?:with\s)?(?:\w+\s)?(?:concern|regret|satisfaction|appreciation|hope)(?=\sthat\b))?)"
    r"\s+(?P<said>\S[^\n]*?)[\s;.,]*(?:;\s*and\s*)?"
)
_TOLD_THAT = re.compile(r"[^;]{2,160}?\s(?=that\s)")  # "Warns | the governor, Mr Vale, | that he will answer"


@dataclass(frozen=True, slots=True)
class _Paragraph:
    span: Span
    cue: Span
    said: Span


def find_resolved(document: Document, regions: Spans) -> Iterator[Attribution]:
    """What the paragraphs of a resolution say, each with the body named above them as its source."""
    text = document.text
    lines = [Span(*match.span()) for match in _LINE.finditer(text)]
    for place, line in enumerate(lines):
        who = _body(text, line)
        if who is None:
            continue
        paragraphs = list(_operative(text, lines[place + 1 :]))
        if len(paragraphs) >= FEWEST:
            for each in paragraphs:
                directness = judge_directness(text, (each.said,), regions)
                yield form_attribution((who,), (each.cue,), (each.said,), directness, score=SCORE, produced_by=PRODUCER)


def _body(text: str, line: Span) -> Span | None:
    """The body that a line names without saying anything of it: "The Council, meeting in Marn,"."""
    if line.end - line.start > LONGEST_HEAD:
        return None
    named = _HEAD.fullmatch(text, *line)
    if named is None:
        return None
    who = Span(*named.span("who"))
    return None if any(word.is_finite for word in read_words(text, who)) else who


def _operative(text: str, lines: Sequence[Span]) -> Iterator[_Paragraph]:
    """The paragraphs that open with what the body does, up to the first that opens otherwise; recitals are left out."""
    for line in lines:
        words = read_words(text, line)
        opening = next((word for word in words if word.kind is not Kind.NUMBER and word.lower.isalpha()), None)
        match = _OPERATIVE.fullmatch(text, *line)
        if match is None or match["cue"].split()[0].lower() not in _verbs():
            if opening is not None and opening.kind in (Kind.ING, Kind.PARTICIPLE):
                continue  # a recital
            return
        cue, said = Span(*match.span("cue")), Span(*match.span("said"))
        if match["cue"].split()[0].lower() in _to_somebody():
            told = _TOLD_THAT.match(text, *said)
            said = Span(told.end(), said.end) if told is not None else said
        yield _Paragraph(line, cue, said)


@cache
def _verbs() -> frozenset[str]:
    return _told("verbs")


@cache
def _to_somebody() -> frozenset[str]:
    return _told("to_somebody")


def _told(name: str) -> frozenset[str]:
    """The third persons and pasts of listed verbs: a resolution demands, the communiqué of a meeting demanded."""
    forms = {form for verb in load_lexicon("resolutions")[name] for form in verb_forms(verb)}
    return frozenset(form for form in forms if form.endswith(("s", "ed")) or form in word_classes().past)
