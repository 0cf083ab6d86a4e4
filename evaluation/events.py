"""The same event across outlets: pairs of reports, joined or not.

usage: python -m evaluation.events [--floors]

gold/event_pairs.jsonl holds 44 pairs of invented reports with their days and the words for the event, half of them of
one event, labelled before anything was run; every second pair is for measuring. A pair counts as joined where the event
found at those words in one report is joined with that in the other; an event that is not found is not joined.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from onrecord.pipeline import Resources, annotate, load_resources
from onrecord.reading import read_text
from onrecord.records.documents import Basis, DateRange
from onrecord.records.findings import Event, Findings
from onrecord.records.rows import EventRow
from onrecord.records.spans import Span, overlaps, quote_span
from onrecord.settings import Settings
from onrecord.stories.occurrences import explain_same

GOLD = Path(__file__).parent / "gold" / "event_pairs.jsonl"
FLOORS = {"tuning": (1.0, 0.6), "measuring": (1.0, 0.5)}  # precision, recall


def rows_at(report: Mapping[str, str], resources: Resources, name: str) -> tuple[EventRow, ...]:
    """The events of a report that stand at the words for its event."""
    day = date.fromisoformat(report["published"])
    document = replace(read_text(report["text"], name), published=DateRange(day, day, Basis.GIVEN))
    findings = annotate(document, resources)
    at = document.text.index(report["trigger"])
    words = Span(at, at + len(report["trigger"]))
    return tuple(
        _row(findings, event)
        for event in findings.events
        if any(overlaps(span, words) for span in (event.trigger, *event.spans))
    )


def _row(findings: Findings, event: Event) -> EventRow:
    document, actors = findings.document, {actor.id: actor for actor in findings.actors}
    who, whom = ([actors[each] for each in ids] for ids in (event.who, event.whom))
    where = " … ".join(quote_span(document.text, span) for span in event.where)
    return EventRow(
        event.id, document.id, event, "", tuple(each.name for each in who), tuple(each.name for each in whom),
        tuple(each.key for each in who), tuple(each.key for each in whom), where, None, None, document.outlet,
        document.published, "",
    )  # fmt: skip


def judge(pairs: Iterable[Mapping[str, Any]], resources: Resources) -> Iterator[tuple[str, bool, bool]]:
    """(part, whether gold says the same, whether they were joined) of each pair."""
    for pair in pairs:
        one, other = (rows_at(pair[side], resources, f"{pair['id']} {side}") for side in ("one", "other"))
        joined = any(explain_same(row, match) for row in one for match in other)
        yield pair["part"], pair["same"], joined


def main() -> int:
    """Prints precision and recall of joining by part; returns the exit code."""
    pairs = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    judged = list(judge(pairs, load_resources(Settings())))
    below = False
    for part, (precision, recall) in FLOORS.items():
        told = [(same, joined) for each, same, joined in judged if each == part]
        right = sum(same and joined for same, joined in told)
        ours, gold = sum(joined for _, joined in told), sum(same for same, _ in told)
        print(f"{part:10s} P {right} of {ours}  R {right} of {gold}  pairs {len(told)}")
        below |= right < precision * ours or right < recall * gold
    return 1 if below and "--floors" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
