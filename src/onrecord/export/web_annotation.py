"""Marked passages ↔ W3C Web Annotation (Recommendation of 23 Feb 2017), with position and quote selectors.

The target is a text, named by its hash: positions are true of that text only, and the quote with what stands before and
after it finds the passage again in another version.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TextIO

from onrecord.errors import RecordError
from onrecord.export.citations import name_text, read_name
from onrecord.records.redlines import Passage
from onrecord.records.spans import Span, quote_span, quote_spans

CONTEXT_LENGTH = 32  # characters before and after; the specification leaves the length open, Hypothesis uses 32
COLLECTION = "AnnotationCollection"


@dataclass(frozen=True, slots=True)
class Marked:
    """A passage and what it is on record as.

    kind: statement, condition, consequence, figure, step. record: the record's id. about: who speaks or whose line,
    None where unknown. label: the act, form or status. link: where the page says it lives.
    """

    kind: str
    record: str
    passage: Passage
    about: str | None = None
    label: str | None = None
    review: str | None = None
    link: str | None = None


def export_web_annotation(marked: Iterable[tuple[Marked, str]], stream: TextIO) -> None:
    """Write passages, each given with its document's whole text, as one AnnotationCollection."""
    items = [write_annotation(each, text) for each, text in marked]
    collection = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": COLLECTION,
        "total": len(items),
        "first": {"type": "AnnotationPage", "startIndex": 0, "items": items},
    }
    json.dump(collection, stream, ensure_ascii=False, indent=1)
    stream.write("\n")


def write_annotation(marked: Marked, text: str) -> dict[str, Any]:
    """One annotation, one target for each piece of the passage."""
    source = name_text(marked.passage.document)
    return {
        "id": f"{source}#{marked.kind}-{marked.record}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": _write_bodies(marked),
        "target": [_write_target(source, text, span, marked.link) for span in marked.passage.spans],
    }


def _write_bodies(marked: Marked) -> list[dict[str, str]]:
    bodies = [
        ("tagging", marked.kind),
        ("identifying", marked.about),
        ("classifying", marked.label),
        ("assessing", marked.review),
    ]
    return [{"type": "TextualBody", "purpose": purpose, "value": value} for purpose, value in bodies if value]


def _write_target(source: str, text: str, span: Span, link: str | None) -> dict[str, Any]:
    selectors = [
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        {
            "type": "TextQuoteSelector",
            "exact": quote_span(text, span),
            "prefix": text[max(0, span.start - CONTEXT_LENGTH) : span.start],
            "suffix": text[span.end : span.end + CONTEXT_LENGTH],
        },
    ]
    resource = {"id": source, "type": "Text", "format": "text/plain"}
    return {"source": {**resource, "via": link} if link else resource, "selector": selectors}


def read_web_annotation(stream: TextIO) -> tuple[Marked, ...]:
    """The passages of a collection that `export_web_annotation` wrote, or of one page of such annotations.

    Raises RecordError naming the item that has no text, position or quote.
    """
    try:
        collection = json.load(stream)
    except ValueError as error:
        raise RecordError(f"needed Web Annotations as JSON: {error}") from error
    page = collection.get("first", collection) if isinstance(collection, dict) else {}
    items = page.get("items") if isinstance(page, dict) else None
    if not isinstance(items, list):
        raise RecordError("needed an AnnotationCollection or AnnotationPage with its items in the file, found none")
    return tuple(_read_annotation(item, index) for index, item in enumerate(items))


def _read_annotation(item: Any, index: int) -> Marked:
    try:
        bodies = {body["purpose"]: body["value"] for body in item["body"]}
        kind, _, record = item["id"].rpartition("#")[2].rpartition("-")
        targets = item["target"]
        document = read_name(targets[0]["source"]["id"])
        pieces = [_read_selectors(target["selector"]) for target in targets]
        link = targets[0]["source"].get("via")
    except (KeyError, TypeError, IndexError, AttributeError, StopIteration) as error:
        raise RecordError(f"items[{index}]: no annotation of a passage by position and quote: {error!r}") from error
    passage = Passage(document, tuple(span for span, _ in pieces), " … ".join(quote for _, quote in pieces))
    return Marked(
        kind, record, passage, bodies.get("identifying"), bodies.get("classifying"), bodies.get("assessing"), link
    )


def _read_selectors(selectors: list[dict[str, Any]]) -> tuple[Span, str]:
    position = next(each for each in selectors if each["type"] == "TextPositionSelector")
    quote = next(each for each in selectors if each["type"] == "TextQuoteSelector")
    return Span(int(position["start"]), int(position["end"])), str(quote["exact"])


def fits(marked: Marked, text: str) -> bool:
    """Whether the passage's words stand at its offsets in this text."""
    inside = all(0 <= span.start < span.end <= len(text) for span in marked.passage.spans)
    return inside and quote_spans(text, marked.passage.spans) == marked.passage.text
