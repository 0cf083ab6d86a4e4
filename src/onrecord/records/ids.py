"""Identity from content: the same record of the same words has the same id in every ledger."""

import json
from collections.abc import Sequence
from hashlib import sha256

DIGITS = 12  # 48 bits: short enough to type; a look-up that finds two says so and asks for more


def form_id(kind: str, document: str, *pieces: Sequence[object]) -> str:
    """The id, 12 hex digits, of a record of `kind` whose identity is its document and these span lists or texts."""
    # A JSON list, because parts joined by a sign collide: "a.b" + "c" and "a" + "b.c".
    said = json.dumps([kind, document, *pieces], ensure_ascii=False, separators=(",", ":"))
    return sha256(said.encode("utf-8")).hexdigest()[:DIGITS]


def join_id(line: str, mention: str) -> str:
    """The id of the decision that a mention is one of a red line."""
    return form_id("join", line, mention)
