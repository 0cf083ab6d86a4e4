"""Records ↔ plain JSON values, by the records' own field names and types.

The exchange record (`onrecord/findings/1`) is exactly what `to_plain` gives for Findings, plus its schema line.
"""

import json
from collections.abc import Callable, Mapping
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
    """The value as dicts, lists, text, numbers, booleans and None. Spans become `[start, end]`.

    Raises RecordError where a part is none of what records hold.
    """
    kind: Any = type(value)
    return _writer(kind)(value)


@cache
def _writer(kind: Any) -> Callable[[Any], Plain]:
    """What writes values of exactly this type; worked out once, because a ledger writes the same types all day."""
    if issubclass(kind, Enum):
        return lambda value: value.value
    if kind is NoneType or issubclass(kind, bool | int | float | str):
        return lambda value: value
    if issubclass(kind, date):
        return lambda value: value.isoformat()
    if kind is Span:
        return lambda span: [span.start, span.end]
    if issubclass(kind, tuple | list):
        return lambda value: [to_plain(item) for item in value]
    if is_dataclass(kind):
        return _record_writer(kind)
    raise RecordError(f"a record holds plain values only: got a {kind.__name__}")


def _record_writer(kind: Any) -> Callable[[Any], Plain]:
    parts = _keys(kind)

    def write_record(value: Any) -> Plain:
        plain = {}
        for name, key in parts:
            part = getattr(value, name)
            plain[key] = part if type(part) in _PLAIN else to_plain(part)
        return plain

    return write_record


_PLAIN = frozenset({str, int, float, bool, NoneType})


@cache
def _keys(kind: Any) -> tuple[tuple[str, str], ...]:
    """The fields of a record and their keys in JSON."""
    return tuple((field.name, field.metadata.get("json", field.name)) for field in fields(kind))


def to_json(value: Any) -> str:
    """The value as one line of JSON, keys in record order, non-ASCII text kept."""
    return json.dumps(to_plain(value), ensure_ascii=False, separators=(",", ":"))


def from_plain(kind: type[Record], plain: Plain, where: str = "record") -> Record:
    """The record of type `kind` that `plain` describes; unknown keys are ignored, missing ones take their defaults.

    A part of `plain` may be a record already.

    Raises RecordError naming the place (`record.attributions[3].cue`) where the shape is wrong.
    """
    wanted: Any = kind
    try:
        record: Record = _builder(wanted)(plain)
    except _Misfit as misfit:
        raise RecordError(f"{where}{''.join(reversed(misfit.place))}: {misfit}") from misfit
    return record


class _Misfit(Exception):
    """A value of the wrong shape. place: the way to it, innermost step first, added as the error climbs."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.place: list[str] = []


Build = Callable[[Plain], Any]


@cache
def _builder(kind: Any) -> Build:
    """What builds a value of this type; worked out once, because a ledger reads the same types all day."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _optional_builder(kind)
    if kind is Span:
        return _build_span
    if origin is tuple:
        return _tuple_builder(_builder(get_args(kind)[0]))
    if is_dataclass(kind):
        return _record_builder(kind)
    if kind is date:
        return _build_date
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _enum_builder(kind)
    return _build_float if kind is float else _scalar_builder(kind)


def _optional_builder(kind: Any) -> Build:
    (inner,) = (each for each in get_args(kind) if each is not NoneType)
    build = _builder(inner)
    return lambda plain: None if plain is None else build(plain)


def _build_span(plain: Plain) -> Span:
    if isinstance(plain, (list, tuple)) and len(plain) == 2:
        start, end = plain
        if type(start) is int and type(end) is int and 0 <= start <= end:
            return Span(start, end)
    raise _Misfit(f"needed a span [start, end], got {plain!r}")


def _tuple_builder(build: Build) -> Build:
    def build_tuple(plain: Plain) -> tuple[Any, ...]:
        if not isinstance(plain, (list, tuple)):
            raise _Misfit(f"needed a list, got {plain!r}")
        built: list[Any] = []
        try:
            built.extend(map(build, plain))
        except _Misfit as misfit:
            misfit.place.append(f"[{len(built)}]")
            raise
        return tuple(built)

    return build_tuple


def _record_builder(kind: Any) -> Build:
    hints = get_type_hints(kind)
    parts = tuple((name, key, _builder(hints[name])) for name, key in _keys(kind))

    def build_record(plain: Plain) -> Any:
        if type(plain) is not dict and not isinstance(plain, Mapping):
            if isinstance(plain, kind):  # a part that was built before
                return plain
            raise _Misfit(f"needed an object for {kind.__name__}, got {plain!r}")
        given: dict[str, Any] = {}
        for name, key, build in parts:
            if key in plain:
                try:
                    given[name] = build(plain[key])
                except _Misfit as misfit:
                    misfit.place.append(f".{key}")
                    raise
        try:
            return kind(**given)
        except TypeError as error:
            raise _Misfit(f"{kind.__name__} lacks a field: {error}") from error

    return build_record


def _build_date(plain: Plain) -> date:
    if not isinstance(plain, str):
        raise _Misfit(f"needed date, got {plain!r}")
    try:
        return date.fromisoformat(plain)
    except ValueError as error:
        raise _Misfit(f"needed a date, got {plain!r}") from error


def _enum_builder(kind: type[Enum]) -> Build:
    members: dict[Plain, Enum] = {each.value: each for each in kind}

    def build_enum(plain: Plain) -> Enum:
        try:
            return members[plain]
        except (KeyError, TypeError) as error:  # TypeError: a list or an object, which no dict can look up
            raise _Misfit(f"needed one of {list(members)}, got {plain!r}") from error

    return build_enum


def _build_float(plain: Plain) -> float:
    if type(plain) not in (int, float):
        raise _Misfit(f"needed float, got {plain!r}")
    return float(plain)


def _scalar_builder(kind: Any) -> Build:
    def build_scalar(plain: Plain) -> Any:
        if type(plain) is not kind:
            raise _Misfit(f"needed {getattr(kind, '__name__', kind)}, got {plain!r}")
        return plain

    return build_scalar
