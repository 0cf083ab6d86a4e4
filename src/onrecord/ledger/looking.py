"""Look-ups that writing, viewing and verifying share."""

import json
from collections.abc import Collection

from onrecord.errors import LedgerError
from onrecord.ledger.bodies import Body, Packed, read_stored
from onrecord.ledger.database import Database
from onrecord.ledger.ruling import form_rulings
from onrecord.records.judgements import Judgement
from onrecord.records.rulings import Ruling, WhoRuling, who_rulings


def load_body(database: Database, document: int) -> Body:
    """The findings that are shown of a document, by its number."""
    return load_bodies(database, [document])[document]


def load_bodies(database: Database, documents: Collection[int]) -> dict[int, Body]:
    """The findings that are shown of each of these documents, by their numbers."""
    found = database.rows(
        "SELECT document.number, body, statements, hash, text, id, ruled FROM document "
        "JOIN findings ON findings.number = document.findings "
        "WHERE document.number IN (SELECT CAST(value AS INTEGER) FROM json_each(?))",
        (json.dumps(list(documents)),),
    )
    bodies = {
        number: Body(Packed(*packed), text, read_who(database, id) if ruled else ())
        for number, *packed, text, id, ruled in found
    }
    if lost := [number for number in documents if number not in bodies]:
        raise LedgerError(f"{database.path}: document {lost[0]} lost its findings", code="damaged")
    return bodies


def shown_annotator(database: Database, document: int) -> str:
    """Whose findings are shown of a document, by its number."""
    sql = (
        "SELECT annotator FROM document JOIN findings ON findings.number = document.findings WHERE document.number = ?"
    )
    return str(database.value(sql, (document,)))


def resolve_document(database: Database, id: str) -> tuple[int, str, int | None]:
    """Number, id and withdrawal of the one document that an id or prefix names, with or without `sha256:`."""
    prefix = id if id.startswith("sha256:") else f"sha256:{id}"
    found = database.rows(
        "SELECT number, id, withdrawn FROM document WHERE id >= ? AND id < ? ORDER BY id LIMIT 2",
        (prefix, prefix + "~"),
    )
    if not found or len(prefix) <= len("sha256:"):
        raise LedgerError(f"no document on record is named {id}", code="unknown_record")
    if len(found) > 1:
        raise LedgerError(f"several documents are named {id}: type more of it", code="ambiguous")
    number, whole, withdrawn = found[0]
    return number, whole, withdrawn


def read_judgements(database: Database, record: str | None = None) -> list[tuple[int, Judgement]]:
    """Judgements that count, with their sequence in order: of one record, or all; not those on withdrawn documents."""
    on_record, values = ("", ()) if record is None else ("AND subject = ? ", (record,))
    found = database.rows(
        f"SELECT sequence, payload FROM log JOIN log_payload USING (sequence) WHERE kind = 'judgement' {on_record}"
        "AND document NOT IN (SELECT document FROM tombstone) ORDER BY sequence",
        values,
    )
    return [(sequence, read_stored(Judgement, payload)) for sequence, payload in found]


def read_rulings(database: Database, document: str) -> tuple[Ruling, ...]:
    """What reviewers settled about words of a document (full id)."""
    found = database.rows(
        "SELECT sequence, payload FROM log JOIN log_payload USING (sequence) WHERE kind = 'judgement' "
        "AND document = ? AND document NOT IN (SELECT document FROM tombstone) ORDER BY sequence",
        (document,),
    )
    return form_rulings((sequence, read_stored(Judgement, payload)) for sequence, payload in found)


def read_who(database: Database, document: str) -> tuple[WhoRuling, ...]:
    """Whom reviewers say that words of a document mean."""
    return who_rulings(read_rulings(database, document))
