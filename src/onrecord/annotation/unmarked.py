"""Speech printed without quotation marks: a paragraph in the first person right after somebody's own words, or after a
line that announces it ("the mayor put it this way.").

The tagger cannot see it, since nothing in the paragraph hands the words to anyone; what shows it is that a newspaper's
own voice does not say "we" and "I am sure" in the middle of a report.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.annotation.forming import form_attribution
from onrecord.lexicon.loader import load_lexicon
from onrecord.records.documents import Document, PartKind
from onrecord.records.findings import Attribution, Directness
from onrecord.records.spans import Span, contains, cover, overlaps, quote_spans, trim

PRODUCER = "rule:unmarked_speech"
SCORE = 0.6  # one right and three letters to the editor on PolNeAR dev; always shown as worked out
FEWEST_WORDS = 12  # a shorter line in the first person is as often a caption or an advertisement
FEWEST_FIRST_PERSON = 2
MOST_ATTRIBUTED = 0.3  # of the line's characters; more, and the line has a speaker of its own
LINE = re.compile(r"[^\n]+")
FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|us|[Mm]y|me|ours|mine)\b")
HANDED = re.compile(r",\s(?:says|said|adds|added|writes|wrote)\s")  # "…, says a money changer, …": somebody's own
MARKS = re.compile(r"[\"“”„«»]")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of the body."""

    span: Span
    personal: bool  # in the first person, without marks, and nobody else's words


def add_unmarked(document: Document, attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions with the spoken passages without marks; what a passage's own speaker hands on in it ("we said
    that") is left to a look at the passage by itself.
    """
    found = find_unmarked(document, attributions)
    passages = [span for each in found for span in each.content]

    def is_inside(each: Attribution) -> bool:
        return _is_own(document.text, each) and any(contains(span, cover(each.source)) for span in passages)

    return [each for each in attributions if not is_inside(each)] + list(found)


def find_unmarked(document: Document, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Spoken passages without marks, ids still empty.

    None at all where the first person stands in other paragraphs too: then it is the author's own.
    """
    found: list[Attribution] = []
    spoken = False  # whether the line before is somebody's own words
    for line in _body_lines(document, attributions):
        if line.personal and not spoken:
            return ()
        if line.personal:
            found.append(_form(line.span))
        spoken = line.personal or _ends_in_speech(document.text, line.span, attributions)
    return tuple(found)


def _body_lines(document: Document, attributions: Sequence[Attribution]) -> Iterator[Line]:
    aside = [part.span for part in document.parts if part.kind is not PartKind.BODY]
    for match in LINE.finditer(document.text):
        span = trim(document.text, Span(*match.span()))
        if span is not None and not any(overlaps(span, other) for other in aside):
            yield Line(span, _is_personal(document.text, span, attributions))


def _is_personal(text: str, line: Span, attributions: Sequence[Attribution]) -> bool:
    words = text[line.start : line.end]
    if MARKS.search(words) or HANDED.search(words) or len(words.split()) < FEWEST_WORDS:
        return False
    if len(FIRST_PERSON.findall(words)) < FEWEST_FIRST_PERSON:
        return False
    return _attributed(text, line, attributions) <= MOST_ATTRIBUTED * (line.end - line.start)


def _is_own(text: str, attribution: Attribution) -> bool:
    """Whether the passage's own speaker hands on words: "we said in March that"."""
    return FIRST_PERSON.fullmatch(quote_spans(text, attribution.source)) is not None


def _attributed(text: str, line: Span, attributions: Sequence[Attribution]) -> int:
    """Characters of the line that are already somebody's words by name."""
    named = (each for each in attributions if each.source and each.within is None)
    spans = [span for each in named if not _is_own(text, each) for span in each.content]
    return sum(max(0, min(span.end, line.end) - max(span.start, line.start)) for span in spans)


def _ends_in_speech(text: str, line: Span, attributions: Sequence[Attribution]) -> bool:
    """Whether the line holds quoted words of a named source, or ends by announcing what a named source says."""
    quoted = (Directness.DIRECT, Directness.MIXED)
    announces = _announcing().search(text, line.start, line.end) is not None
    return any(
        (announces or each.directness in quoted) and each.source and any(overlaps(span, line) for span in each.content)
        for each in attributions
    )


@cache
def _announcing() -> re.Pattern[str]:
    """The end of a line below which words follow (lexicon/announced.yml)."""
    return re.compile(rf"\b(?:{'|'.join(load_lexicon('announced')['below'])})[.:]\s*\Z")


def _form(span: Span) -> Attribution:
    flags = ("unmarked_speech",)
    return form_attribution((), (), (span,), Directness.UNMARKED, score=SCORE, produced_by=PRODUCER, flags=flags)
