"""Where sentences begin and end.

A line break always ends one (news prints a paragraph, headline or caption a line). Within a line a sentence ends at
`. ! ? …` with the quotation marks and brackets that close right after it, unless the mark belongs to an abbreviation,
an initial, a number or words that go on in lower case. One pass, no look-back over text: linear in its length.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from onrecord.lexicon.loader import load_lexicon
from onrecord.records.documents import Document, PartKind
from onrecord.records.spans import Span, trim

# Longest sentence kept whole, in characters. The longest in a sample of 84 news articles has 700; beyond this a text
# has no sentence ends and is cut into windows at white space.
LONGEST = 2000

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_MARK = re.compile(r"[.!?…]++[\"'”’»)\]}]*+")
_WORD_BEFORE = re.compile(r"[^\s\"'“”‘’«»()\[\]—–]*\Z")
_NEXT = re.compile(r"(\s*+)([\"'“”‘’«»(\[{—–-]*+)\s*+([^\W_]*+)")
_LONE_CLOSER = re.compile(r"\s+[\"”»](?=\s|\Z)")
_SPEAKER = re.compile(r"(?:[A-Z][\w.'’-]*\s+){1,4}([a-z]+)\b")
_LOOK = 80  # characters read on either side of a mark: enough for the longest abbreviation or name
_QUOTES = "\"'”’»"


def split_sentences(document: Document) -> tuple[Span, ...]:
    """The sentences in reading order; every character that is not white space lies in exactly one."""
    text = document.text
    lines = (trim(text, Span(*line.span())) for line in _LINE.finditer(text))
    sentences = (sentence for line in lines if line for sentence in _split_line(text, *line))
    pieces = (piece for sentence in sentences for piece in _windows(text, sentence))
    return tuple(span for piece in pieces if (span := trim(text, piece)) is not None)


def behind_datelines(document: Document, sentences: Sequence[Span]) -> tuple[Span, ...]:
    """The sentences without the datelines that open them: town, day and agency are the document's and tell no news."""
    lines = [part.span for part in document.parts if part.kind is PartKind.DATELINE]
    if not lines:
        return tuple(sentences)
    left = (_behind(document.text, sentence, lines) for sentence in sentences)
    return tuple(span for span in left if span is not None)


def _behind(text: str, sentence: Span, lines: Sequence[Span]) -> Span | None:
    opening = next((line for line in lines if line.start <= sentence.start < line.end), None)
    if opening is None:
        return sentence
    return trim(text, Span(opening.end, sentence.end)) if opening.end < sentence.end else None


def _split_line(text: str, start: int, end: int) -> Iterator[Span]:
    begin = start
    for mark in _MARK.finditer(text, start, end):
        if mark.start() >= begin and _ends_sentence(text, begin, mark, end):
            stop = _with_lone_closer(text, mark.end(), end)
            yield Span(begin, stop)
            begin = stop
    if begin < end:
        yield Span(begin, end)


def _with_lone_closer(text: str, stop: int, end: int) -> int:
    """`stop`, or the end of a quotation mark that a printed space parted from its sentence (`… there. ”`)."""
    closer = _LONE_CLOSER.match(text, stop, min(end, stop + _LOOK))
    return closer.end() if closer else stop


def _ends_sentence(text: str, begin: int, mark: re.Match[str], end: int) -> bool:
    following = _NEXT.match(text, mark.end(), min(end, mark.end() + _LOOK))
    assert following is not None  # every part of the pattern may be empty
    space, opener, word = following.groups()
    if following.end() >= end:
        return True
    if not space:
        return _is_missing_space(text, begin, mark, opener + word)
    if word[:1].islower() or (not word and text[following.end()] in ".!?…"):
        return False
    signs = mark.group()
    if signs[0] in "!?":
        return not _is_asked_by(text, mark, following.start(3))
    if signs.startswith("..") or signs[0] == "…":
        return bool(word) or not opener
    return not _is_abbreviation(text, begin, mark.start(), opener, word)


def _is_missing_space(text: str, begin: int, mark: re.Match[str], after: str) -> bool:
    """`the talks.The envoy`: a space lost in print between two plain words, not a name such as `Node.JS`."""
    before = _word_before(text, begin, mark.start())
    signs = mark.group()
    if signs[-1] in "”»" and after[:1].isupper():
        return True
    plain = len(before) > 2 and before.isalpha() and before[1:].islower()
    return (
        plain and len(signs) == 1 and len(after) > 1 and after.isalpha() and after[0].isupper() and after[1:].islower()
    )


def _is_asked_by(text: str, mark: re.Match[str], at: int) -> bool:
    """Whether the speaker of a quoted question or exclamation follows it in the same sentence."""
    if mark.group()[-1] not in _QUOTES:
        return False
    speaker = _SPEAKER.match(text, at, at + _LOOK)
    return speaker is not None and speaker.group(1) in _words("reporting_verbs")


def _word_before(text: str, begin: int, at: int) -> str:
    window = text[max(begin, at - _LOOK) : at]
    found = _WORD_BEFORE.search(window)
    return found.group() if found else ""


def _is_abbreviation(text: str, begin: int, at: int, opener: str, word: str) -> bool:
    before = _word_before(text, begin, at)
    short = re.sub(r"^[$€£#]+|^\d+[-–](?=\D)", "", before.lower())  # "31-Nov", of "Oct. 31-Nov. 3"
    if word[:1].isdigit() and short in _words("before_digits"):
        return True
    if short in _words("before_names"):
        return before[:1].isupper() or "." in short or short not in _words("before_digits")
    if (
        before.isdigit() and not text[begin : at - len(before)][-_LOOK:].strip()
    ):  # "1. Open the border": a list's number
        return True
    if short in _words("may_end") or _is_initial(before):
        aside = opener == "(" and word[:1].isdigit()  # "10 a.m. (0800 GMT) Friday"
        return (aside or not opener) and word.lower() not in _words("starters")
    return False


def _is_initial(word: str) -> bool:
    """`J`, `J.K` and `U.S`: single letters, with stops between them."""
    letters = word.split(".")
    return all(len(letter) == 1 and letter.isupper() for letter in letters)


@cache
def _words(group: str) -> frozenset[str]:
    return frozenset(load_lexicon("sentences")[group])


def _windows(text: str, sentence: Span) -> Iterator[Span]:
    """The sentence, or pieces of at most LONGEST characters cut at white space where there is any."""
    start, end = sentence
    while end - start > LONGEST:
        space = max(text.rfind(" ", start, start + LONGEST), text.rfind("\u00a0", start, start + LONGEST))
        cut = space if space > start else start + LONGEST
        yield Span(start, cut)
        start = cut
    yield Span(start, end)
