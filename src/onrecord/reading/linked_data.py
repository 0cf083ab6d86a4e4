"""What a page says of its article in JSON-LD (schema.org), read leniently: broken blocks are passed over."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from onrecord.lexicon.loader import load_lexicon

LONGEST_BLOCK = 1_000_000  # characters
MOST_NODES = 5_000
LONGEST_VALUE = 1_000


@dataclass(frozen=True, slots=True)
class LinkedArticle:
    """Values as declared, in page order; several where the page contradicts itself."""

    headlines: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    paywalled: bool = False


def read_linked_data(tree: HtmlElement) -> LinkedArticle:
    """What the page's articles declare of themselves; nodes of other types are left aside."""
    articles = [node for node in _all_nodes(tree) if _is_article(node)]
    return LinkedArticle(
        headlines=_values(articles, "headline"),
        published=_values(articles, "datePublished"),
        modified=_values(articles, "dateModified"),
        publishers=_values(articles, "publisher"),
        authors=_values(articles, "author"),
        paywalled=any(str(node.get("isAccessibleForFree")).lower() == "false" for node in articles),
    )


def _all_nodes(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    waiting = list(_blocks(tree))
    for _ in range(MOST_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting[:0] = node[:MOST_NODES]
        elif isinstance(node, dict):
            yield node
            waiting[:0] = [node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node]


def _blocks(tree: HtmlElement) -> Iterator[Any]:
    for script in _scripts(tree):
        try:
            yield json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue  # a broken block tells nothing; the page's text is still there


def _scripts(tree: HtmlElement) -> Iterator[HtmlElement]:
    for script in list(tree.iter("script")):
        if "ld+json" in (script.get("type") or "").lower() and len(script.text or "") <= LONGEST_BLOCK:
            yield script


def remove_readable_blocks(tree: HtmlElement) -> None:
    """Take out the blocks that were read here, lest the date of a site be found in them as an article's."""
    for script in _scripts(tree):
        try:
            json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue  # htmldate may still find a date in it
        script.drop_tree()


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    articles = load_lexicon("page_fields")["article_types"]
    return any(kind in articles for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _values(nodes: list[dict[str, Any]], key: str) -> tuple[str, ...]:
    found = [name for node in nodes for name in _names(node.get(key))]
    return tuple(dict.fromkeys(found))


def _names(value: Any) -> Iterator[str]:
    """Text as it is, an object by its name, a list one by one."""
    if isinstance(value, str) and value.strip():
        yield value.strip()[:LONGEST_VALUE]
    elif isinstance(value, dict) and isinstance(value.get("name"), str):
        yield from _names(value["name"])
    elif isinstance(value, list):
        for item in value[:50]:
            if isinstance(item, str | dict):
                yield from _names(item)
