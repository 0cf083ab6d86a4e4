"""An article as named fields (JSON, CSV) → Extract. Which names mean what is data: `lexicon/article_fields.yml`."""

from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.errors import ReadingError
from onrecord.lexicon.loader import load_lexicon
from onrecord.reading.days import read_stamp, read_typed
from onrecord.reading.extracts import Extract
from onrecord.reading.fragments import fragment_text, looks_like_markup
from onrecord.reading.links import web_address
from onrecord.records.documents import Basis, Candidate, DateRange, Outlet, Part, PartKind
from onrecord.records.spans import Span

Fields = Mapping[str, Any]
LONGEST_VALUE = 1_000  # characters of any field but the text


def form_extract(fields: Fields, at: str = "") -> Extract:
    """The article that the fields describe. at: where in its container it stands.

    Raises ReadingError `no_text` where no field holds text.
    """
    folded = fold_names(fields)
    title = " ".join((first_text(folded, "title") or "").split())[:LONGEST_VALUE]
    text = find_text(folded)
    if not text.strip():
        raise ReadingError(f"needed an article with a field such as text or body, got {_shown(fields)}", code="no_text")
    known: tuple[Part, ...] = ()
    if title and not " ".join(text[: 2 * len(title) + 200].split()).casefold().startswith(title.casefold()):
        text = f"{title}\n{text}"
        known = (Part(Span(0, len(title)), PartKind.HEADLINE),)
    outlet = first_text(folded, "outlet")
    printed = first_text(folded, "published")
    published = read_published(printed)
    extract = Extract(
        text=text,
        title=title,
        outlet=Outlet(outlet[:LONGEST_VALUE], Basis.METADATA) if outlet else Outlet(),
        published=published,
        url=web_address(first_text(folded, "url")),
        author=(first_text(folded, "author") or "")[:LONGEST_VALUE] or None,
        known=known,
        candidates=(Candidate("published", printed[:LONGEST_VALUE], "field"),)
        if published.is_known and printed
        else (),
        notes=("absurd_date",) if printed and not published.is_known else (),
        at=at,
    )
    refuse_bad_text(extract)
    return extract


def refuse_bad_text(extract: Extract) -> None:
    """Raises ReadingError `bad_text` for NUL characters and halves of surrogate pairs, which JSON can spell."""
    for value in (extract.text, extract.title, extract.outlet.name, extract.url, extract.author):
        if value and ("\0" in value or any("\ud800" <= character <= "\udfff" for character in value)):
            raise ReadingError("needed Unicode text, got a NUL character or half a surrogate pair", code="bad_text")


def fold_names(fields: Fields) -> dict[str, Any]:
    """The fields by their names in small letters, without `-`, `_` and spaces; the first of equal names stays."""
    folded: dict[str, Any] = {}
    for name, value in fields.items():
        folded.setdefault("".join(c for c in str(name).lower() if c not in "-_ "), value)
    return folded


def find_text(folded: Fields) -> str:
    """The article's text: a text field as it is, an HTML field or one that holds markup by its paragraphs."""
    text = first_text(folded, "text")
    if text is not None:
        return fragment_text(text) if looks_like_markup(text) else text
    html = first_text(folded, "html") or _ninjs_body(folded.get("bodies"))
    return fragment_text(html) if html else ""


def _ninjs_body(bodies: Any) -> str | None:
    """The value of the first body in ninjs 2 and 3, where `bodies` is a list of objects."""
    if isinstance(bodies, list):
        for body in bodies:
            if isinstance(body, Mapping) and isinstance(body.get("value"), str):
                value: str = body["value"]
                return value
    return None


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


def _shown(fields: Fields) -> str:
    names = ", ".join(str(name) for name in list(fields)[:12])
    return f"fields {names}"[:200] if names else "no fields"
