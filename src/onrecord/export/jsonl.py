"""Findings ↔ JSON Lines: one exchange record (`onrecord/findings/1`) a line, one line a document."""

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any, TextIO

from onrecord.errors import MismatchError, RecordError
from onrecord.records.codec import SCHEMA, from_plain, to_plain
from onrecord.records.findings import Findings


def write_record(findings: Findings) -> dict[str, Any]:
    """The exchange record of one document as plain values: its schema first, the hash of all the rest last."""
    plain = {"schema": SCHEMA, **to_plain(findings)}
    return {**plain, "hash": hash_record(plain)}


def hash_record(plain: dict[str, Any]) -> str:
    """SHA-256 over an exchange record without its hash, whatever order its keys stand in."""
    kept = {name: value for name, value in plain.items() if name != "hash"}
    return sha256(json.dumps(kept, sort_keys=True, separators=(",", ":")).encode("ascii")).hexdigest()


def export_jsonl(findings: Iterable[Findings], stream: TextIO) -> None:
    """Write each document's findings as one line."""
    for each in findings:
        stream.write(json.dumps(write_record(each), ensure_ascii=False, separators=(",", ":")))
        stream.write("\n")


def read_jsonl(stream: TextIO) -> Iterator[Findings]:
    """The findings of an exported file.

    Raises RecordError naming the line that is no JSON, no exchange record, or without its annotator or hash, and
    MismatchError where a line is not the one its hash was taken of.
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
    if not plain.get("annotator"):
        raise RecordError(f"line {number}: needed the annotator whose findings these are, got none")
    if "hash" not in plain:
        raise RecordError(f"line {number}: needed the hash of the line, got none: export it again")
    if plain["hash"] != hash_record(plain):
        raise MismatchError(f"line {number}: what the line says is not what its hash was taken of")
    return plain
