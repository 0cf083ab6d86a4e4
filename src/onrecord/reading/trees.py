"""How deep a tree of markup is: libxml2 loses what lies too deep without a word."""

from lxml.etree import LxmlError, iterwalk
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from onrecord.errors import ReadingError

DEEPEST = 255  # libxml2's own bound is 256; an element at it may have lost its content


def check_depth(tree: HtmlElement) -> None:
    """Raises ReadingError `too_deep` where the parser may have stopped reading."""
    if depth_of(tree) >= DEEPEST:
        raise ReadingError(f"needed elements nested less than {DEEPEST} deep, got more", code="too_deep")


def depth_of(tree: HtmlElement) -> int:
    """How deep elements are nested, counted without recursion."""
    depth = deepest = 0
    for event, _ in iterwalk(tree, ("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def explain_failure(text: str) -> None:
    """Raise what libxml2 says was wrong with a page that gave no tree: MemoryError, or ReadingError `too_deep`."""
    parser = HTMLParser(encoding="utf-8")
    try:
        document_fromstring(text.encode("utf-8"), parser=parser)
    except LxmlError as error:  # what it was stands in the log
        problem = str(error)
    else:
        problem = ""
    found = {entry.type_name for entry in parser.error_log}
    if "ERR_NO_MEMORY" in found:
        raise MemoryError(problem)
    if "ERR_RESOURCE_LIMIT" in found:
        raise ReadingError(f"needed elements nested less than {DEEPEST} deep, got more", code="too_deep")
