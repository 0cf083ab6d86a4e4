"""Bytes of a page, feed or archive → Document."""

from onrecord.reading.inputs import find_inputs
from onrecord.reading.metadata import Metadata, apply_metadata, find_unmatched, read_metadata
from onrecord.reading.parts import find_parts
from onrecord.reading.reader import read_path, read_text

__all__ = [
    "Metadata",
    "apply_metadata",
    "find_inputs",
    "find_parts",
    "find_unmatched",
    "read_metadata",
    "read_path",
    "read_text",
]
