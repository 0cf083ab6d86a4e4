"""Named fields (JSON, CSV, front matter) → what they say of an article. Which names mean what is data.

The names are in `lexicon/article_fields.yml`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.lexicon.loader import load_lexicon
from onrecord.reading.days import read_stamp, read_typed
from onrecord.reading.extracts import Extract
from onrecord.reading.links import web_address
from onrecord.records.documents import Basis, Candidate, DateRange, Outlet

Fields = Mapping[str, Any]
LONGEST_VALUE = 1_000  # characters of any field but the text


def describe(folded: Fields) -> Extract:
    """Title, outlet, date, address and author of an article, with an empty text. folded: see `fold_names`."""
    title = " ".join((first_text(folded, "title") or "").split())[:LONGEST_VALUE]
    outlet = first_text(folded, "outlet")
    printed = (first_text(folded, "published") or "")[:LONGEST_VALUE]
    published = read_published(printed)
    found = (("published", printed), ("language", (first_text(folded, "language") or "")[:LONGEST_VALUE]))
    return Extract(
        text="",
        title=title,
        outlet=Outlet(outlet[:LONGEST_VALUE], Basis.METADATA, "field") if outlet else Outlet(),
        published=published,
        url=web_address(first_text(folded, "url")),
        author=(first_text(folded, "author") or "")[:LONGEST_VALUE] or None,
        candidates=tuple(Candidate(name, value, "field") for name, value in found if value),
        notes=("absurd_date",) if printed and not published.is_known else (),
    )


def fold_names(fields: Fields) -> dict[str, Any]:
    """The fields by their names in small letters, without `-`, `_` and spaces; the first of equal names stays."""
    folded: dict[str, Any] = {}
    for name, value in fields.items():
        folded.setdefault("".join(c for c in str(name).lower() if c not in "-_ "), value)
    return folded


def first_text(folded: Fields, field: str) -> str | None:
    """The first non-empty value among the names that mean this field."""
    for entry in load_lexicon("article_fields")[field]:
        for value in _texts(folded.get(entry["name"])):
            return value
    return None


def _texts(value: Any) -> Iterator[str]:
    """Text as it is; an object by its name, title or value; a list by its items, joined for names."""
    if isinstance(value, str):
        if value.strip():
            yield value
    elif isinstance(value, Mapping):
        for key in ("name", "title", "value", "text"):
            yield from _texts(value.get(key))
    elif isinstance(value, list):
        found = [text for item in value[:50] for text in list(_texts(item))[:1]]
        if found:
            yield ", ".join(found)


def read_published(printed: str | None) -> DateRange:
    """The days a date field covers; unknown where it is missing, unreadable or absurd."""
    if not printed:
        return DateRange()
    typed = read_typed(printed, Basis.METADATA, "field")
    if typed:
        return typed
    day = read_stamp(printed)
    return DateRange(day, day, Basis.METADATA, "field") if day else DateRange()
