"""Ids that come from content: the same words in the same document always get the same id."""

import json
from hashlib import sha256

from onrecord.records.codec import to_plain
from onrecord.records.spans import Spans

ID_LENGTH = 12  # hex digits, 48 bits: a clash among a million records has odds of about 1 in 600


def content_id(document: str, kind: str, *spans: Spans) -> str:
    """The id of a record: a hash of its document's id, its kind and its spans.

    A JSON list is hashed, not joined text, so that no two different inputs look alike.
    """
    listed = json.dumps([document, kind, to_plain(spans)], ensure_ascii=False, separators=(",", ":"))
    return sha256(listed.encode("utf-8")).hexdigest()[:ID_LENGTH]


def derived_id(*parts: str) -> str:
    """The id of a record that is worked out from others: a hash of their ids and its kind."""
    listed = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return sha256(listed.encode("utf-8")).hexdigest()[:ID_LENGTH]
