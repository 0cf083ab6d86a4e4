"""Takes out of a page what a browser would not show, so that it is not quoted as if readers had seen it."""

import re

from lxml.html import HtmlElement

NOT_SHOWN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)"
    r"|font-size\s*:\s*0(?:px|em|rem|pt|%)?\s*(?:;|!|$)|(?:left|top|text-indent)\s*:\s*-\d{3,}"
    r"|clip\s*:\s*rect\(\s*0|clip-path\s*:\s*inset\(\s*(?:50|100)%"
    r"|(?:max-)?(?:height|width)\s*:\s*0(?:px)?\s*;.{0,80}overflow\s*:\s*hidden",
    re.IGNORECASE,
)
# Rules for a single class or id only: what a longer selector or a media query means depends on the browser.
SIMPLE_RULE = re.compile(r"(?:^|[};])\s*([.#][\w-]+(?:\s*,\s*[.#][\w-]+)*)\s*\{([^{}]{0,400})\}")
# `@media { … }` and the like, one level of braces inside.
AT_RULE = re.compile(r"@[\w-]+[^{};]{0,200}\{(?:[^{}]{0,2000}\{[^{}]{0,2000}\}){0,200}[^{}]{0,2000}\}")
LONGEST_STYLE = 200_000  # characters of a style sheet that are looked at


def remove_hidden(tree: HtmlElement) -> int:
    """Remove elements that are not shown; returns how many of them held words."""
    classes, ids = find_hiding_rules(tree)
    removed = 0
    for element in [found for found in tree.iter() if is_hidden(found, classes, ids)]:
        parent = element.getparent()
        if parent is None or element.tag in ("body", "html", "head"):
            continue
        removed += any(character.isalpha() for text in element.itertext() for character in text)
        element.drop_tree()
    return removed


def is_hidden(element: HtmlElement, classes: frozenset[str], ids: frozenset[str]) -> bool:
    """Whether the element itself is not shown, by attribute, style or a simple rule of the page's own style sheet."""
    if not isinstance(element.tag, str) or element.tag in ("script", "style", "meta", "link", "title", "head"):
        return False
    if element.tag == "template" or "hidden" in element.attrib:
        return True
    style = element.get("style")
    if style and NOT_SHOWN.search(style):
        return True
    if element.get("id") in ids:
        return True
    return bool(classes) and not classes.isdisjoint((element.get("class") or "").split())


def find_hiding_rules(tree: HtmlElement) -> tuple[frozenset[str], frozenset[str]]:
    """Classes and ids that the page's style elements hide everywhere."""
    classes: set[str] = set()
    ids: set[str] = set()
    for sheet in tree.iter("style"):
        text = AT_RULE.sub("", (sheet.text or "")[:LONGEST_STYLE])
        for match in SIMPLE_RULE.finditer(text):
            if NOT_SHOWN.search(match.group(2)):
                for selector in match.group(1).split(","):
                    (classes if selector.strip()[0] == "." else ids).add(selector.strip()[1:])
    return frozenset(classes), frozenset(ids)
