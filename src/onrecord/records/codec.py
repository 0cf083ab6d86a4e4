"""Records ↔ plain JSON values, by the records' own field names and types.

The exchange record (`onrecord/findings/1`) is exactly what `to_plain` gives for Findings, plus its schema line.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from onrecord.errors import RecordError
from onrecord.records.spans import Span

SCHEMA = "onrecord/findings/1"
Record = TypeVar("Record")
Plain = Any  # what the json module reads and writes


def to_plain(value: Any) -> Plain:
    """The value as dicts, lists, text, numbers, booleans and None. Spans become `[start, end]`."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if is_dataclass(value):
        return {field.metadata.get("json", field.name): to_plain(getattr(value, field.name)) for field in fields(value)}
    raise RecordError(f"a record holds plain values only: got a {type(value).__name__}")


def to_json(value: Any) -> str:
    """The value as one line of JSON, keys in record order, non-ASCII text kept."""
    return json.dumps(to_plain(value), ensure_ascii=False, separators=(",", ":"))


def from_plain(kind: type[Record], plain: Plain, where: str = "record") -> Record:
    """The record of type `kind` that `plain` describes; unknown keys are ignored, missing ones take their defaults.

    Raises RecordError naming the place (`record.attributions[3].cue`) where the shape is wrong.
    """
    record: Record = _build(kind, plain, where)
    return record


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _build(kind: Any, plain: Plain, where: str) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _build_optional(kind, plain, where)
    if kind is Span:
        return _build_span(plain, where)
    if origin is tuple:
        return _build_tuple(kind, plain, where)
    if is_dataclass(kind):
        return _build_record(kind, plain, where)
    return _build_scalar(kind, plain, where)


def _build_optional(kind: Any, plain: Plain, where: str) -> Any:
    if plain is None:
        return None
    (inner,) = (each for each in get_args(kind) if each is not NoneType)
    return _build(inner, plain, where)


def _build_span(plain: Plain, where: str) -> Span:
    whole = isinstance(plain, list | tuple) and len(plain) == 2 and all(type(end) is int for end in plain)
    if not whole or not 0 <= plain[0] <= plain[1]:
        raise RecordError(f"{where}: needed a span [start, end], got {plain!r}")
    return Span(plain[0], plain[1])


def _build_tuple(kind: Any, plain: Plain, where: str) -> tuple[Any, ...]:
    if not isinstance(plain, list | tuple):
        raise RecordError(f"{where}: needed a list, got {plain!r}")
    inner = get_args(kind)[0]
    return tuple(_build(inner, item, f"{where}[{index}]") for index, item in enumerate(plain))


def _build_record(kind: Any, plain: Plain, where: str) -> Any:
    if not isinstance(plain, Mapping):
        raise RecordError(f"{where}: needed an object for {kind.__name__}, got {plain!r}")
    hints = _hints(kind)
    named = {field.name: field.metadata.get("json", field.name) for field in fields(kind)}
    given = {name: _build(hints[name], plain[key], f"{where}.{key}") for name, key in named.items() if key in plain}
    try:
        return kind(**given)
    except TypeError as error:
        raise RecordError(f"{where}: {kind.__name__} lacks a field: {error}") from error


def _build_scalar(kind: Any, plain: Plain, where: str) -> Any:
    if kind is date and isinstance(plain, str):
        try:
            return date.fromisoformat(plain)
        except ValueError as error:
            raise RecordError(f"{where}: needed a date, got {plain!r}") from error
    if isinstance(kind, type) and issubclass(kind, Enum):
        try:
            return kind(plain)
        except ValueError as error:
            raise RecordError(f"{where}: needed one of {[each.value for each in kind]}, got {plain!r}") from error
    if kind is float and type(plain) in (int, float):
        return float(plain)
    if isinstance(kind, type) and type(plain) is kind:
        return plain
    raise RecordError(f"{where}: needed {getattr(kind, '__name__', kind)}, got {plain!r}")
