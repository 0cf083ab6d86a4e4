"""RSS and Atom files → their items. DTDs and entities are refused before anything is expanded; nothing is fetched."""

import io
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from onrecord.errors import ReadingError
from onrecord.reading.days import one_day, read_stamp
from onrecord.reading.extracts import Extract
from onrecord.reading.fragments import element_names, fragment_text, looks_like_markup
from onrecord.reading.limits import Limits
from onrecord.reading.links import web_address
from onrecord.records.documents import Basis, Candidate, DateRange, Outlet, Part, PartKind, Rejected
from onrecord.records.spans import Span

ITEMS = frozenset({"item", "entry"})
CHANNELS = frozenset({"channel", "feed", "RDF"})
# Local names of elements, best first: full text before summaries, publication before change.
TEXTS = ("encoded", "content", "description", "summary")
DATES = ("pubDate", "published", "issued", "date", "updated", "modified")
AUTHORS = ("creator", "author")
LONGEST_TITLE = 400  # characters


def parse_feed(raw: bytes, path: str, limits: Limits) -> Iterator[Extract | Rejected]:
    """The items of a feed, at most `limits.items`; then one Rejected `truncated`.

    Raises ReadingError `entities` for a DTD or entities, `wrong_type` where it is no feed, `damaged` where XML breaks
    off before the first item. An item without words is Rejected.
    """
    outlet = Outlet()
    number = 0
    try:
        for outlet_name, item in _items(raw):
            number += 1
            outlet = Outlet(outlet_name, Basis.METADATA, "feed:title") if outlet_name else outlet
            if number > limits.items:
                reason = (
                    f"{path}: needed at most {limits.items:,} items, got more; the first {limits.items:,} were read"
                )
                yield Rejected(path, "reading", "truncated", reason)
                return
            yield _form(item, number, outlet, path)
    except DefusedXmlException as error:
        raise ReadingError("needed a feed without DTD and entities, got one with", code="entities") from error
    except ParseError as error:
        if not number:
            raise ReadingError(f"needed a feed: {error}", code="damaged") from error
        yield Rejected(path, "reading", "truncated", f"{path}: the feed breaks off after item {number}: {error}")
    if not number:
        raise ReadingError("needed an RSS or Atom feed with items, found none", code="wrong_type")


def _events(raw: bytes) -> Iterator[tuple[str, Element]]:
    """Starts and ends of elements. Raises ReadingError `damaged` for a charset that the XML parser does not know."""
    try:
        yield from iterparse(io.BytesIO(raw), ("start", "end"), forbid_dtd=True)
    except DefusedXmlException:
        raise
    except (LookupError, ValueError) as error:
        raise ReadingError(f"needed a feed in a known charset: {error}", code="damaged") from error


def _items(raw: bytes) -> Iterator[tuple[str | None, Element]]:
    """The feed's title as far as it is known, and each item; what was read is let go of."""
    title: str | None = None
    root: Element | None = None
    inside = 0
    for event, element in _events(raw):
        name = _local(element)
        root = element if root is None else root
        if name in ITEMS:
            inside += 1 if event == "start" else -1
            if event == "end" and not inside:
                yield title, element
                element.clear()
        elif event == "end" and name == "title" and not inside and title is None:
            title = " ".join((element.text or "").split())[:LONGEST_TITLE] or None
        elif event == "end" and not inside and name not in CHANNELS:
            element.clear()


def _form(item: Element, number: int, outlet: Outlet, path: str) -> Extract | Rejected:
    title = _plain(_first(item, ("title",)))[:LONGEST_TITLE]
    try:
        body = _paragraphs(_first(item, TEXTS))
    except ReadingError as error:
        return Rejected(f"{path}#{number}", "reading", error.code, f"{path} item {number}: {error}")
    text = "\n".join(piece for piece in (title, body) if piece)
    if not any(character.isalpha() for character in text):
        reason = f"{path} item {number}: needed an item with a title or text, found none"
        return Rejected(f"{path}#{number}", "reading", "no_text", reason)
    printed = _first(item, DATES).strip()[:100]
    day = read_stamp(printed) if printed else None
    notes = (*(() if body else ("headline_only",)), *(("absurd_date",) if printed and not day else ()))
    return Extract(
        text=text,
        title=title,
        outlet=outlet,
        published=one_day(day, "feed") if day else DateRange(),
        url=_link(item),
        author=_plain(_first(item, AUTHORS))[:LONGEST_TITLE] or None,
        known=(Part(Span(0, len(title)), PartKind.HEADLINE),) if title else (),
        candidates=(Candidate("published", printed, "feed"),) if printed else (),
        notes=notes,
        at=str(number),
    )


def _local(element: Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1]


def _first(item: Element, names: tuple[str, ...]) -> str:
    """The text of the first child of one of these names that has any."""
    for name in names:
        for child in item:
            if _local(child) == name and (text := _text_of(child)):
                return text
    return ""


def _text_of(element: Element) -> str:
    """All text of an element; where it holds elements itself (Atom's XHTML), a line for each block."""
    if len(element) == 0:
        return (element.text or "").strip()
    pieces = []
    for child in element.iter():
        pieces += ["\n" if _local(child) in element_names("blocks") else "", child.text or "", child.tail or ""]
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _link(item: Element) -> str | None:
    """The item's web address; script links and the like are dropped."""
    for child in item:
        if _local(child) == "link" and child.get("rel", "alternate") == "alternate":
            address = web_address(child.get("href") or child.text)
            if address:
                return address
    guid = _first(item, ("guid", "id"))
    return web_address(guid)


def _plain(markup: str) -> str:
    """Markup in a title or name as one line of text."""
    text = fragment_text(markup) if looks_like_markup(markup) else markup
    return " ".join(text.split())


def _paragraphs(markup: str) -> str:
    return fragment_text(markup) if looks_like_markup(markup) else markup.strip()
