"""A text's words with their shape. One definition for texts and for the word lists that are looked up in them."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from onrecord.records.spans import Span

# "U.S." and "J." keep their stops; a stop joins only before lower case ("amazon.com", not "end.The").
_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., D.C.
    r"|[A-Z][a-z]{0,3}\.(?=[\s\u00a0]+[A-Z])"  # J. Sen. Gov. before a capital
    r"|[^\W_]+(?:(?:-|\.(?=[a-z\d])|['’ʼ](?!s\b))[^\W_]+)*(?:['’ʼ]s\b)?"
)
_OWNED = ("'s", "’s", "ʼs")
_CLOCK = re.compile(r"\W*\d{1,2}[:.h]\d{2}(?:\s?(?:am|pm|AM|PM|GMT|UTC|h))?\W+")  # "09:10 Good morning" in a live blog
_STARTERS = frozenset("\"“”‘«»„(['—–-:•*|/")


class Token(NamedTuple):
    """One word.

    text, end: without a possessive ending; `owns` tells whether there was one ("Kyiv's", "the allies' envoys").
    opens: first of its sentence, or right after a quotation mark, colon or dash: a capital there says little.
    joined: nothing but one space stands between it and the word before.
    """

    start: int
    end: int
    text: str
    low: str
    capital: bool
    owns: bool
    opens: bool
    joined: bool


def find_tokens(text: str, sentences: Iterable[Span]) -> tuple[Token, ...]:
    """The words of the sentences, in reading order. Linear in the text's length."""
    return tuple(token for sentence in sentences for token in _sentence_tokens(text, sentence))


def split_words(phrase: str) -> tuple[str, ...]:
    """A phrase's words, cut as a text's are, possessive endings dropped."""
    return tuple(token.text for token in _sentence_tokens(phrase, Span(0, len(phrase))))


def _sentence_tokens(text: str, sentence: Span) -> Iterator[Token]:
    last = -1  # where the word before ended, its possessive ending included; -1 at the beginning
    clock = _CLOCK.match(text, sentence.start, sentence.end)
    begins = clock.end() if clock is not None else -1
    for match in _WORD.finditer(text, sentence.start, sentence.end):
        start, stop = match.span()
        word, owns = _without_possessive(text, match.group(), stop)
        gap = text[last:start] if last >= 0 else ""
        opens = last < 0 or start == begins or text[start - 1] in _STARTERS or gap[-2:] in (": ", "— ", "– ", "• ")
        yield Token(
            start, start + len(word), word, word.lower(), word[0].isupper(), owns, opens, gap in (" ", "\u00a0")
        )
        last = stop + (owns and word == match.group())  # over the apostrophe of "allies'"


def _without_possessive(text: str, word: str, stop: int) -> tuple[str, bool]:
    if word.endswith(_OWNED):
        return word[:-2], True
    plural = word[-1] == "s" and text[stop : stop + 1] in ("'", "’") and text[stop + 1 : stop + 2] in (" ", "\u00a0")
    return word, plural
