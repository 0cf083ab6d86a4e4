"""JSON → articles: one object or a list of them, a line of JSON Lines, ninjs, or our own exchange record."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.errors import ReadingError
from onrecord.reading.articles import form_extract
from onrecord.reading.extracts import Extract
from onrecord.records.documents import Rejected


def parse_article(raw: bytes, at: str = "") -> Extract:
    """The article of one JSON object in UTF-8.

    Raises ReadingError `bad_json`, `bad_text` (half a surrogate pair, NUL), `no_text`.
    """
    return _form(_load(raw), at)


def parse_articles(raw: bytes, path: str, most_items: int) -> Iterator[Extract | Rejected]:
    """The articles of a JSON file: one object, a list, or an object that holds a list under a usual name."""
    value = _load(raw)
    items = _items(value)
    if items is None:
        yield _form(value, "")
        return
    for number, item in enumerate(items[:most_items], 1):
        try:
            yield _form(item, str(number))
        except ReadingError as error:
            yield Rejected(f"{path}#{number}", "reading", error.code, f"{path} item {number}: {error}")
    if len(items) > most_items:
        reason = f"{path}: needed at most {most_items:,} items, got {len(items):,}; the first {most_items:,} were read"
        yield Rejected(path, "reading", "truncated", reason)


def _items(value: Any) -> list[Any] | None:
    if isinstance(value, list):
        return value
    if isinstance(value, Mapping) and "document" not in value:
        for name in ("items", "articles", "documents", "results", "hits"):
            if isinstance(value.get(name), list):
                items: list[Any] = value[name]
                return items
    return None


def _form(value: Any, at: str) -> Extract:
    if not isinstance(value, Mapping):
        raise ReadingError(f"needed a JSON object, got {type(value).__name__}", code="bad_json")
    inner = value.get("document")
    return form_extract(inner if isinstance(inner, Mapping) else value, at)


def _load(raw: bytes) -> Any:
    try:
        return json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise ReadingError(
            f"needed JSON in UTF-8, got byte {error.start} of another charset", code="bad_json"
        ) from error
    except RecursionError as error:
        raise ReadingError("needed JSON nested less deeply", code="too_deep") from error
    except ValueError as error:
        raise ReadingError(f"needed JSON: {error}"[:300], code="bad_json") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ReadingError(f"needed each key once, got {name[:80]!r} twice", code="bad_json")
        found[name] = value
    return found


def _refuse_constant(name: str) -> Any:
    raise ReadingError(f"needed a JSON number, got {name}", code="bad_json")
