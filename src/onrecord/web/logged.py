"""Log entries → what a reader is told of them."""

import json
from dataclasses import dataclass
from typing import Any

from onrecord.lexicon.labels import STATUS
from onrecord.records.redlines import Status
from onrecord.records.rows import Entry

ANSWERED = {"accept": "accepted", "correct": "corrected", "reject": "rejected", "unsure": "could not decide on"}


@dataclass(frozen=True, slots=True)
class LogShown:
    """One entry of the log: when, and what was done by whom in one line. sequence: its place in the log.

    proposed: the step in quotation marks, where the program proposed one; else "".
    """

    sequence: int
    recorded_at: str
    words: str
    proposed: str = ""


def show_entry(entry: Entry, names: dict[str, str]) -> LogShown:
    """An entry in words. names: what to call each subject."""
    subject = names.get(entry.subject, "this")
    try:
        payload = json.loads(entry.payload) if entry.payload else {}
    except ValueError:
        payload = {}
    proposed = f"“{_status(payload)}”" if entry.kind == "status" else ""
    return LogShown(entry.sequence, _minute(entry.recorded_at), _tell(entry, subject, payload), proposed)


def _minute(recorded_at: str) -> str:
    return recorded_at[:16].replace("T", " ")


def _tell(entry: Entry, subject: str, payload: dict[str, Any]) -> str:
    by = entry.by or "the program"
    if entry.kind == "status":
        return f"the program proposed the step “{_status(payload)}”"
    if entry.kind in ("judgement", "contested"):
        answered = ANSWERED.get(str(payload.get("answer")), "answered about")
        late = " too late, which changed nothing" if entry.kind == "contested" else ""
        reason = f", “{payload['reason']}”" if payload.get("reason") else ""
        return f"{by} {answered} {subject}{late}{reason}"
    return f"{entry.kind} by {by}"


def _status(payload: dict[str, Any]) -> str:
    try:
        return STATUS[Status(str(payload.get("status")))].text
    except ValueError:
        return "step"
