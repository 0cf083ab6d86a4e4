"""Lines of a bare text and the paragraphs they make: usually one each, several where the text is hard-wrapped."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.records.spans import Span, trim

LINE = re.compile(r"[^\r\n\f\x0b\x85\u2028\u2029]+")
BREAKS = re.compile(r"\r\n|[\r\n\f\x0b\x85\u2028\u2029]")
SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
PERIOD = re.compile(r"[.…。][\"'”’»)\]]*$")
BULLET = re.compile(r"^(?:[-–—*•·▪●◦]\s?(?=\w)|\(?\d{1,2}[.)]\s)")
BREAKS_OFF = re.compile(r"\w ?(?:--|[–—])[\"'”’]?$")  # speech that was interrupted
INTRODUCES = re.compile(r" [a-z]+:$")  # "she said:", "the minister added:"
OPENS_QUOTE = re.compile(r"^[\"“«„]")
WIDEST = 110  # columns; no mail program or text editor wraps wider by itself
# A wrapped line of proportional type (PDF) is at least this part of the longest one.
FULL = 0.85
LONG = 20  # words; a line longer than that is running text even without a full stop
SAMPLE = 400  # characters of a paragraph that its features are read from


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its span, its words with white space folded (the first 400 characters), and its features."""

    span: Span
    text: str
    words: int
    ends: bool  # closes with . ! ? or …
    period: bool  # closes with a full stop or …

    @property
    def is_sentence(self) -> bool:
        """Whether this is running text rather than a title, label or list of names."""
        if self.ends or self.words > LONG or BULLET.match(self.text) or BREAKS_OFF.search(self.text):
            return True
        if INTRODUCES.search(self.text) or (self.text.endswith((",", ";", ":")) and self.words > 2):
            return True
        return bool(OPENS_QUOTE.match(self.text)) and self.words > 8


def split_paragraphs(text: str, apart: tuple[Span, ...] = ()) -> tuple[Paragraph, ...]:
    """All paragraphs in reading order; together they cover every character that is not white space.

    apart: spans, in order, whose lines are paragraphs of their own (a running head within wrapped text).
    """
    return tuple(_paragraph(text, span) for run in _runs(text, apart) for span in _join_wrapped(text, run))


def _runs(text: str, apart: tuple[Span, ...]) -> Iterator[list[Span]]:
    """Lines that follow each other without an empty one between."""
    run: list[Span] = []
    at = 0
    for match in LINE.finditer(text):
        line = trim(text, Span(*match.span()))
        if line is None:
            continue
        while at < len(apart) and apart[at].end <= line.start:
            at += 1
        alone = at < len(apart) and apart[at].start < line.end
        if run and (alone or len(BREAKS.findall(text, run[-1].end, line.start)) != 1):
            yield run
            run = []
        if alone:
            yield [line]
        else:
            run.append(line)
    if run:
        yield run


def _join_wrapped(text: str, run: list[Span]) -> list[Span]:
    """The run's paragraphs: its lines, or several lines joined where the text goes on in the next one."""
    widest = max(line.end - line.start for line in run)
    if len(run) == 1 or widest > WIDEST:
        return run
    pairs = list(zip(run, run[1:], strict=False))
    joins = [_goes_on(text, line, after, widest) for line, after in pairs]
    lower = [goes and _goes_on_in_small(text, *pair) for goes, pair in zip(joins, pairs, strict=True)]
    if sum(lower) * 2 < sum(joins) or not any(lower):
        return run
    joined = [run[0]]
    for goes, line in zip(joins, run[1:], strict=True):
        if goes:
            joined[-1] = Span(joined[-1].start, line.end)
        else:
            joined.append(line)
    return joined


def _goes_on(text: str, line: Span, after: Span, widest: int) -> bool:
    """Whether the line is full: the next line's first word would not have fitted."""
    first = len(text[after.start : after.end].split(maxsplit=1)[0])
    return line.end - line.start + 1 + first > FULL * widest


def _goes_on_in_small(text: str, line: Span, after: Span) -> bool:
    """Whether a sentence that the line leaves open goes on in small letters: lines of their own never do."""
    return text[after.start].islower() and not SENTENCE_END.search(text[max(line.start, line.end - 12) : line.end])


def _paragraph(text: str, span: Span) -> Paragraph:
    folded = " ".join(text[span.start : min(span.end, span.start + SAMPLE)].split())
    last = text[max(span.start, span.end - 12) : span.end]
    words = len(folded.split(" "))
    return Paragraph(span, folded, words, bool(SENTENCE_END.search(last)), bool(PERIOD.search(last)))
