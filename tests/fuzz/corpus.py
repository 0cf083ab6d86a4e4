"""The seeds of fuzzing: small inputs of our own invention that reach far into each parser."""

import gzip
from pathlib import Path

SEEDS = Path(__file__).with_name("seeds")


def seeds_of(name: str) -> tuple[bytes, ...]:
    """The seeds of one harness, in order of name; packed WARCs are made here, so that no binary file is needed."""
    seeds = tuple(path.read_bytes() for path in sorted((SEEDS / name).iterdir()))
    return (*seeds, *map(_pack, seeds)) if name == "warc" else seeds


def _pack(raw: bytes) -> bytes:
    return gzip.compress(raw, mtime=0)
