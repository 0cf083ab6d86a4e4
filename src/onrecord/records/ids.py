"""Identity from content: the same record of the same words has the same id in every ledger."""

import json
from collections.abc import Sequence
from hashlib import sha256

from onrecord.records.spans import Span, Spans

DIGITS = 12  # 48 bits: short enough to type; a look-up that finds two says so and asks for more


def form_id(kind: str, document: str, *pieces: Sequence[object]) -> str:
    """The id, 12 hex digits, of a record of `kind` whose identity is its document and these span lists or texts."""
    # A JSON list, because parts joined by a sign collide: "a.b" + "c" and "a" + "b.c".
    said = json.dumps([kind, document, *pieces], ensure_ascii=False, separators=(",", ":"))
    return sha256(said.encode("utf-8")).hexdigest()[:DIGITS]


def said_id(document: str, source: Spans, cue: Spans, content: Spans) -> str:
    """The id of the statement with these spans."""
    return form_id("statement", document, source, cue, content)


def link_id(document: str, span: Span, key: str | None) -> str:
    """The id of the decision that a span means the actor of a key; None: nobody."""
    return form_id("link", document, span, key or "")


def mention_id(document: str, condition: Sequence[Spans], consequence: Spans) -> str:
    """The id of a wording of a red line with these spans."""
    return form_id("line mention", document, condition, consequence)


def drawn_id(document: str, condition: Sequence[Spans], consequence: Spans) -> str:
    """The id of the red line whose earliest mention has these spans."""
    return form_id("red line", document, condition, consequence)


def join_id(line: str, mention: str) -> str:
    """The id of the decision that a mention is one of a red line: its name, by which both are found again."""
    return f"{line}:{mention}"
