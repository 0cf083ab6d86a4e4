"""An article as named fields (JSON, CSV) → Extract with its text."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from onrecord.errors import ReadingError
from onrecord.reading.extracts import Extract, put_above
from onrecord.reading.fields import Fields, describe, first_text, fold_names
from onrecord.reading.fragments import fragment_text, looks_like_markup


def form_extract(fields: Fields, at: str = "") -> Extract:
    """The article that the fields describe, its title above its text. at: where in its container it stands.

    Raises ReadingError `no_text` where no field holds text, `bad_text` where one cannot be stored.
    """
    folded = fold_names(fields)
    text = find_text(folded)
    if not text.strip():
        raise ReadingError(f"needed an article with a field such as text or body, got {_shown(fields)}", code="no_text")
    described = describe(folded)
    extract = put_above(replace(described, text=text, at=at), described.title)
    refuse_bad_text(extract)
    return extract


def refuse_bad_text(extract: Extract) -> None:
    """Raises ReadingError `bad_text` for NUL characters and halves of surrogate pairs, which JSON can spell."""
    for value in (
        *(each.value for each in extract.candidates),
        extract.text,
        extract.title,
        extract.outlet.name,
        extract.author,
    ):
        if value and ("\0" in value or any("\ud800" <= character <= "\udfff" for character in value)):
            raise ReadingError("needed Unicode text, got a NUL character or half a surrogate pair", code="bad_text")


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


def _shown(fields: Fields) -> str:
    names = ", ".join(str(name) for name in list(fields)[:12])
    return f"fields {names}"[:200] if names else "no fields"
