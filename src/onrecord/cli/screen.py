"""The two streams: data on stdout, notes and progress on stderr; and a document's words made safe for a terminal."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from onrecord.export.steering import show_controls

if TYPE_CHECKING:
    from rich.console import Console

QUOTATION_MARKS = "\"“”„‟«»‘’'"
FILE_WIDTH = 120  # columns where no terminal says how wide it is


def one_line(text: str) -> str:
    """The text on one line, safe to show."""
    return " ".join(show_controls(text).split())


def out() -> "Console":
    """Where data goes. Colour, and a terminal's width, only on a terminal and without NO_COLOR."""
    return _console(sys.stdout.isatty(), stderr=False)


def err() -> "Console":
    """Where notes go."""
    return _console(sys.stderr.isatty(), stderr=True)


def _console(terminal: bool, *, stderr: bool) -> "Console":
    from rich.console import Console

    told = os.environ.get("COLUMNS", "")
    width = None if terminal or told.isdigit() else FILE_WIDTH

    class Told(Console):
        """A console that tells of a closed pipe, where Rich would leave with an exit code of its own."""

        def on_broken_pipe(self) -> None:
            raise

    return Told(stderr=stderr, markup=False, highlight=False, emoji=False, soft_wrap=False, width=width)


def counted(number: int, noun: str, several: str = "") -> str:
    """The number with its noun, in the plural but for one; `several` is a plural that does not end in s alone."""
    return f"{number} {noun if number == 1 else several or f'{noun}s'}"


def note(line: str) -> None:
    """One line to the user, on stderr."""
    err().print(show_controls(line), soft_wrap=True)


class Bar(Protocol):
    """What moves a progress bar."""

    def step(self, what: str) -> None:
        """One more is done; `what` comes next."""
        ...


class _NoBar:
    def step(self, what: str) -> None:
        """Show nothing: off a terminal a bar is noise."""


class _RichBar:
    def __init__(self, progress: object, task: object) -> None:
        self._progress, self._task = progress, task

    def step(self, what: str) -> None:
        """Move by one and show what comes next."""
        self._progress.update(self._task, advance=1, doing=one_line(what)[:40])  # type: ignore[attr-defined]


@contextmanager
def progress(doing: str, total: int | None) -> Iterator[Bar]:
    """A bar on stderr while the block runs, where stderr is a terminal."""
    if not sys.stderr.isatty():
        yield _NoBar()
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn(doing),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[doing]}"),
    )
    with Progress(*columns, console=err(), transient=True) as shown:
        yield _RichBar(shown, shown.add_task(doing, total=total, doing=""))


def quoted(text: str) -> str:
    """Words of a document as printed, between our quotation marks unless they stand between their own."""
    shown = show_controls(text.strip())
    enclosed = len(shown) > 1 and shown[0] in QUOTATION_MARKS and shown[-1] in QUOTATION_MARKS
    return shown if enclosed else f"“{shown}”"
