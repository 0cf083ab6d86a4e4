"""What may leave the ledger: accusations that no person has reviewed stay, unless asked for; rejected records stay."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from onrecord.export.source import Source, every
from onrecord.export.tables import Step
from onrecord.records.findings import Act, Findings
from onrecord.records.rows import Moment, Review, StatementRow, StatusRow

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Held:
    """The statements that stay in the ledger: their ids, and their attributions by document.

    accusations, rejected: how many of each.
    """

    statements: frozenset[str] = frozenset()
    attributions: frozenset[tuple[str, str]] = frozenset()
    accusations: int = 0
    rejected: int = 0


def hold_back(source: Source, *, accusations: bool = False) -> Held:
    """What an export of this source leaves out. accusations: whether unreviewed ones were asked for."""
    held = [
        row
        for row in every(source.statements)
        if is_rejected(row) or (is_unreviewed_accusation(row) and not accusations)
    ]
    rejected = sum(map(is_rejected, held))
    return Held(
        frozenset(row.statement.id for row in held),
        frozenset((row.statement.document, row.statement.attribution) for row in held),
        len(held) - rejected,
        rejected,
    )


def is_unreviewed_accusation(row: StatementRow) -> bool:
    """Whether the statement accuses someone and no person has confirmed or corrected the record."""
    return row.statement.act is Act.ACCUSATION and row.review.review not in (Review.CONFIRMED, Review.CORRECTED)


def is_rejected(row: Any) -> bool:
    """Whether reviewers rejected the record. Rows without a review (documents, people, steps) never are."""
    if isinstance(row, Moment):
        return is_rejected(row.record)
    return hasattr(row, "review") and bool(row.review.review is Review.REJECTED)


def may_leave(row: Any, held: Held) -> bool:
    """Whether a row of any kind may be exported: not rejected, and not part of a statement that is held back."""
    return not is_rejected(row) and _statement_of(row) not in held.statements


def _statement_of(row: Any) -> str | None:
    if isinstance(row, StatementRow):
        return row.statement.id
    if isinstance(row, Moment):
        return _statement_of(row.record)
    if isinstance(row, Step | StatusRow):
        return row.entry.statement
    return getattr(row, "statement", None)


def leave_out(rows: Iterable[Row], held: Held) -> Iterable[Row]:
    """The rows that may be exported."""
    return (row for row in rows if may_leave(row, held))


def without_held(findings: Findings, held: Held) -> Findings:
    """The findings without the attributions that are held back and all that hangs on them. The text stays whole."""
    gone = {attribution for document, attribution in held.attributions if document == findings.document.id}
    if not gone:
        return findings

    def keep(records: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(record for record in records if getattr(record, "attribution", None) not in gone)

    return replace(
        findings,
        attributions=tuple(
            replace(each, within=None if each.within in gone else each.within)
            for each in findings.attributions
            if each.id not in gone
        ),
        conditions=keep(findings.conditions),
        events=keep(findings.events),
        figures=keep(findings.figures),
        wordings=keep(findings.wordings),
    )
