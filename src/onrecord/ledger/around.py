"""The sentence in which words stand, cut short where it is long: what a list prints as the evidence of an event.

Sentences are found when a document is annotated and not kept; near enough to them is enough for reading.
"""

import re
from functools import cache

from onrecord.lexicon.loader import load_lexicon
from onrecord.records.spans import Span, trim

MOST = 280  # characters of a sentence that a row of a list prints; nine in ten news sentences are shorter
_STOP = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[A-Z0-9])|[\n\r\u2028\u2029]")
_WORD_BEFORE = re.compile(r"[^\s\"'“”‘’«»()\[\]—–]*\Z")


def sentence_around(text: str, span: Span) -> str:
    """The words around a span up to the stops on both sides, with … where more than MOST characters were cut."""
    if span.start >= span.end:
        return ""
    first = _last_stop(text, max(0, span.start - 4 * MOST), span.start)
    last = min(len(text), span.end + 4 * MOST)
    stop = next((found for found in _STOP.finditer(text, span.end, last) if _is_stop(text, found)), None)
    whole = trim(text, Span(first, stop.end() if stop else last))
    return _cut(text, whole, span) if whole is not None else ""


def _last_stop(text: str, first: int, last: int) -> int:
    ends = [found.end() for found in _STOP.finditer(text, first, last + 1) if _is_stop(text, found)]
    return max((end for end in ends if end <= last), default=first)


def _is_stop(text: str, found: re.Match[str]) -> bool:
    """Not the full stop of an initial or of a title before a name."""
    if text[found.start()] != ".":
        return True
    before = _WORD_BEFORE.search(text, max(0, found.start() - 12), found.start())
    word = before.group() if before else ""
    return not (len(word) == 1 and word.isupper()) and word.lower() not in _titles()


@cache
def _titles() -> frozenset[str]:
    return frozenset(load_lexicon("sentences")["before_names"])


def _cut(text: str, whole: Span, span: Span) -> str:
    if whole.end - whole.start <= MOST:
        return text[whole.start : whole.end]
    room = max(0, MOST - (span.end - span.start)) // 2
    start, end = max(whole.start, span.start - room), min(whole.end, max(span.end, span.start + MOST - room))
    start = whole.start if start == whole.start else text.find(" ", start, span.start) + 1 or span.start
    if end < whole.end:
        gap = text.rfind(" ", span.end, end)
        end = gap if gap >= 0 else span.end
    return ("… " if start > whole.start else "") + text[start:end] + (" …" if end < whole.end else "")
