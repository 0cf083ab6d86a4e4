"""The command for reviewing in the terminal: one key and on to the next."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.door import Exit
from onrecord.cli.options import read_settings, with_filters, with_ledger
from onrecord.cli.screen import note, out

if TYPE_CHECKING:
    from onrecord.ledger import View, Writer
    from onrecord.records.judgements import Answer, Judgement
    from onrecord.records.rows import Filter, ReviewRow

KEYS = {"a": "accept", "r": "reject", "u": "unsure"}
SKIP, STOP = "s", "q"
QUESTION = "[a] accept  [r] reject  [u] unsure  [s] skip  [q] stop"


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who judges, and the ledger they judge in."""

    name: str
    writer: "Writer"
    view: "View"


@click.command()
@click.option("--as", "name", metavar="NAME", help="Your name in the log; the login name unless given.")
@with_filters("who", "outlet", "act", "document", "review")
@with_ledger
def review(name: str | None, ledger: Path, **given: str | None) -> None:
    """Judge what the machine found, one record after the other, those most in doubt first.

    Keys: a accept, r reject (asks for a reason), u unsure, s skip, q stop. Answers are appended to the log with your
    name; nothing is overwritten. `onrecord serve` offers the same with the text beside it and corrections.
    """
    from getpass import getuser

    from onrecord.cli.options import form_filter
    from onrecord.ledger import open_ledger

    wanted = form_filter(dict(given))
    with open_ledger(read_settings(ledger).ledger) as opened, opened.writer() as writer, opened.view() as view:
        judged, seen = review_all(Reviewer(name or getuser(), writer, view), wanted)
    if not seen:
        note("Nothing waits for review.")
        raise click.exceptions.Exit(Exit.NOTHING_FOUND)
    note(f"{judged} of {seen} records judged.")


def review_all(reviewer: Reviewer, wanted: "Filter") -> tuple[int, int]:
    """Ask about each record that waits; returns how many were judged and how many were shown."""
    judged = seen = 0
    for row in _waiting(reviewer.view, wanted):
        seen += 1
        _show(reviewer.view, row)
        key = _ask()
        if key == STOP:
            break
        judged += key in KEYS and _judge(reviewer, row, KEYS[key])
    return judged, seen


def _waiting(view: "View", wanted: "Filter") -> "Iterator[ReviewRow]":
    """The queue as it stands now: judging changes it, so its keys are listed first."""
    from onrecord.export.source import every

    yield from tuple(every(view.review_queue, wanted))


def _show(view: "View", row: "ReviewRow") -> None:
    from onrecord.cli.looking import print_found
    from onrecord.records.rows import LineRow

    if not isinstance(row.found.record, LineRow):
        out().rule(style="dim")
    print_found(view, row.found)


def _ask() -> str:
    click.echo(QUESTION, err=True)
    while (key := click.getchar().lower()) not in (*KEYS, SKIP, STOP):
        if key in ("\x03", "\x04"):
            raise KeyboardInterrupt
    return key


def _judge(reviewer: Reviewer, row: "ReviewRow", answer: str) -> bool:
    """Log the answer; False where someone else was faster, whose answer is then shown."""
    from onrecord.errors import ConflictError
    from onrecord.records.judgements import Answer

    reason = click.prompt("Why", err=True) if answer == Answer.REJECT else ""
    try:
        reviewer.writer.judge(_form_judgement(reviewer.name, row, Answer(answer), reason), row.review.sequence)
    except ConflictError as error:
        note(f"{error.reviewer or 'Someone'} was faster: {error.review}. Your answer was logged and changed nothing.")
        return False
    return True


def _form_judgement(name: str, row: "ReviewRow", answer: "Answer", reason: str) -> "Judgement":
    from onrecord.cli.clock import now
    from onrecord.records.judgements import Judgement

    found = row.found
    return Judgement(found.id, found.kind, found.passages[0], answer, name, reason, "", now())
