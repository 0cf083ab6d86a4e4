"""Words for comparing texts: stretches of letters and digits, and single other characters."""

import re

from onrecord.records.spans import Span

WORD = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")


def split_words(text: str, span: Span) -> tuple[Span, ...]:
    """The words of a stretch of the text, in reading order."""
    return tuple(Span(*match.span()) for match in WORD.finditer(text, span.start, span.end))
