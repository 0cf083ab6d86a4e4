"""A piece of markup that is an article's body already (feeds, ninjs, mail) → its paragraphs, one a line."""

import re
from functools import cache

from lxml.etree import iterwalk
from lxml.html import HtmlElement, document_fromstring

from onrecord.lexicon.loader import load_lexicon
from onrecord.reading.hidden import remove_hidden
from onrecord.reading.trees import check_depth

MARKUP = re.compile(
    r"</?(?:p|div|br|h[1-6]|ul|ol|li|blockquote|span|a|em|strong|b|i|img|figure|table)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
SPACE = re.compile(r"[ \t\r\n\f]+")  # what HTML folds; no-break spaces stay


def looks_like_markup(text: str) -> bool:
    """Whether a text field holds HTML: a tag near its beginning or its end."""
    return bool(MARKUP.search(text[:2000]) or MARKUP.search(text[-500:]))


def fragment_text(markup: str) -> str:
    """The paragraphs of the markup, hidden elements left out; empty where it holds no words.

    Raises ReadingError `too_deep`.
    """
    if not markup.strip():
        return ""
    tree = document_fromstring(f"<div>{markup.replace(chr(0), '')}</div>")
    check_depth(tree)
    remove_hidden(tree)
    return tree_text(tree)


def tree_text(tree: HtmlElement) -> str:
    """The text of all blocks in page order, one a line. Walks without recursion."""
    pieces: list[str] = []
    silent = 0
    for event, element in iterwalk(tree, ("start", "end", "comment", "pi")):
        opening = event == "start"
        if element.tag in element_names("silent"):
            silent += 1 if opening else -1
        if element.tag in element_names("blocks"):
            pieces.append("\0")
        if not silent:  # of a comment only the tail is text of the page
            pieces.append((element.text if opening else element.tail) or "")
    lines = (SPACE.sub(" ", line).strip(" ") for line in "".join(pieces).split("\0"))
    return "\n".join(line for line in lines if line.strip())


@cache
def element_names(group: str) -> frozenset[str]:
    """Names of the HTML elements that are `blocks` or `silent`."""
    return frozenset(load_lexicon("page_fields")[group])
