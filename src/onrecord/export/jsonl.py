"""Findings ↔ JSON Lines: one exchange record (`onrecord/findings/1`) a line, one line a document."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from onrecord.errors import RecordError
from onrecord.records.codec import SCHEMA, from_plain, to_plain
from onrecord.records.findings import Findings


def write_record(findings: Findings) -> dict[str, Any]:
    """The exchange record of one document as plain values, its schema first."""
    return {"schema": SCHEMA, **to_plain(findings)}


def export_jsonl(findings: Iterable[Findings], stream: TextIO) -> None:
    """Write each document's findings as one line."""
    for each in findings:
        stream.write(json.dumps(write_record(each), ensure_ascii=False, separators=(",", ":")))
        stream.write("\n")


def read_jsonl(stream: TextIO) -> Iterator[Findings]:
    """The findings of an exported file.

    Raises RecordError naming the line that is no JSON or no exchange record.
    """
    for number, line in enumerate(stream, start=1):
        if line.strip():
            yield from_plain(Findings, _parse(line, number), f"line {number}")


def _parse(line: str, number: int) -> dict[str, Any]:
    try:
        plain = json.loads(line)
    except ValueError as error:
        raise RecordError(f"line {number}: needed an {SCHEMA} record as JSON: {error}") from error
    if not isinstance(plain, dict) or plain.get("schema") != SCHEMA:
        raise RecordError(f"line {number}: needed an {SCHEMA} record, got {line[:60].strip()!r}")
    return plain
