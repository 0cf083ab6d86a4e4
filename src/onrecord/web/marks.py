"""Text and spans → well-nested tokens, so that a template can draw marks that lie inside or across each other."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from onrecord.records.documents import Document, Part, PartKind
from onrecord.records.spans import Span, Spans, contains, overlaps


class Role(StrEnum):
    """What a mark says of its words. The order is the order of nesting, outermost first."""

    HERE = "here"  # the passage this page was opened for
    CONTENT = "content"
    CONDITION = "condition"
    CONSEQUENCE = "consequence"
    SOURCE = "source"
    FIGURE = "figure"
    CUE = "cue"
    HIT = "hit"  # a word that was searched for


RANK = {role: rank for rank, role in enumerate(Role)}


@dataclass(frozen=True, slots=True)
class Mark:
    """A span, what its words are, and the record that says so (empty for a hit)."""

    span: Span
    role: Role
    record: str = ""


@dataclass(frozen=True, slots=True)
class Open:
    """A mark begins, or goes on after another one that crossed it ended (`first` is then false)."""

    mark: Mark
    first: bool
    kind: str = "open"


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the text exactly as printed."""

    text: str
    kind: str = "words"


@dataclass(frozen=True, slots=True)
class Close:
    """A mark ends, or is broken off by another one that ends within it (`last` is then false)."""

    mark: Mark
    last: bool
    kind: str = "close"


Token = Open | Words | Close
Tokens = tuple[Token, ...]


def marks_of(spans: Spans, role: Role, record: str = "") -> tuple[Mark, ...]:
    """One mark for each span."""
    return tuple(Mark(span, role, record) for span in spans)


def nest_marks(text: str, window: Span, marks: Iterable[Mark], offset: int = 0) -> Tokens:
    """The words of `window` with the marks that touch it, every Open closed in the order that markup needs.

    Marks are cut to the window. Where two cross, the one that goes on is closed and opened again.
    offset: where `text` begins in its document, if it is a stretch of one.
    The texts of the Words tokens, joined, are exactly the document's text under the window.
    """
    opening = _opening_order(window, marks)
    if not opening:
        return (Words(text[window.start - offset : window.end - offset]),) if window.start < window.end else ()
    cuts = sorted({window.start, window.end, *(end for mark in opening for end in _clip(mark.span, window))})
    tokens: list[Token] = []
    stack: list[Mark] = []
    next_mark = 0
    for start, end in zip(cuts, cuts[1:], strict=False):
        _close_marks(tokens, stack, start, window)
        while next_mark < len(opening) and max(opening[next_mark].span.start, window.start) == start:
            mark = opening[next_mark]
            tokens.append(Open(mark, first=mark.span.start == start))
            stack.append(mark)
            next_mark += 1
        tokens.append(Words(text[start - offset : end - offset]))
    _close_marks(tokens, stack, window.end, window)
    return tuple(tokens)


def _opening_order(window: Span, marks: Iterable[Mark]) -> list[Mark]:
    touching = {mark for mark in marks if overlaps(mark.span, window) and mark.span.start < mark.span.end}
    return sorted(touching, key=lambda mark: _order(mark, window))


def _order(mark: Mark, window: Span) -> tuple[int, int, int, str]:
    start, end = _clip(mark.span, window)
    return start, -end, RANK[mark.role], mark.record


def _clip(span: Span, window: Span) -> Span:
    return Span(max(span.start, window.start), min(span.end, window.end))


def _close_marks(tokens: list[Token], stack: list[Mark], at: int, window: Span) -> None:
    """Close what ends at `at`; marks that were opened inside it but go on are opened again."""
    ending = [depth for depth, mark in enumerate(stack) if _clip(mark.span, window).end == at]
    if not ending:
        return
    lowest = ending[0]
    above = stack[lowest:]
    for mark in reversed(above):
        tokens.append(Close(mark, last=mark.span.end == at))
    going_on = [mark for mark in above if _clip(mark.span, window).end > at]
    stack[lowest:] = going_on
    tokens.extend(Open(mark, first=False) for mark in going_on)


def paragraphs_of(document: Document) -> tuple[Part, ...]:
    """The document's parts; where reading left none, its non-empty lines as body."""
    if document.parts:
        return document.parts
    return tuple(Part(span, PartKind.BODY) for span in _lines(document.text))


def _lines(text: str) -> Spans:
    """Spans of the lines that hold more than white space."""
    spans: list[Span] = []
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        if line.strip():
            spans.append(Span(start, start + len(line.rstrip())))
        start = end
    return tuple(spans)


def window_around(document: Document, passage: Span) -> Span:
    """The paragraphs that hold a passage, as one span; the passage itself where no paragraph does."""
    held = [part.span for part in paragraphs_of(document) if overlaps(part.span, passage)]
    if not held:
        return passage
    return Span(min(passage.start, held[0].start), max(passage.end, held[-1].end))


def sentence_window(text: str, passage: Span, reach: int = 240) -> Span:
    """A passage with up to `reach` characters of its paragraph on either side, cut between words."""
    first = max(text.rfind("\n", 0, passage.start) + 1, passage.start - reach)
    line_end = text.find("\n", passage.end)
    last = min(line_end if line_end >= 0 else len(text), passage.end + reach)
    while 0 < first < passage.start and not text[first - 1].isspace():
        first += 1
    while passage.end < last < len(text) and not text[last].isspace():
        last -= 1
    return Span(first, last)


# The marks that may close what each mark opens; an opening one follows white space, a bracket or a dash.
CLOSES = {"“": "”", "„": "“”", "«": "»", '"': '"”', "``": "''", "‘": "’", "'": "'"}
OPENING = re.compile(r"(?<![^\s(\[—–-])(?:``|[“„«\"‘'])\Z")
CLOSING = re.compile(r"[.,;:!?…]{0,2}(''|[”“»\"’'])(?!\w)")


def with_quotation_marks(text: str, span: Span) -> Span:
    """A span with the quotation marks that stand just outside it, so that what was quoted is seen to be.

    That is a mark that opens right before it, and one that closes right after it with the comma or stop between. A
    single mark closes only what a single one opened: it may be an apostrophe.
    """
    opened = OPENING.search(text[max(0, span.start - 3) : span.start])
    closed = CLOSING.match(text, span.end)
    mark = opened[0] if opened else text[span.start : span.start + 1]
    if closed and closed[1] in "’'" and closed[1] not in CLOSES.get(mark, ""):
        closed = None
    return Span(span.start - len(opened[0]) if opened else span.start, closed.end() if closed else span.end)


def within(spans: Spans, outer: Span) -> Spans:
    """Those spans that lie wholly in `outer`."""
    return tuple(span for span in spans if contains(outer, span))
