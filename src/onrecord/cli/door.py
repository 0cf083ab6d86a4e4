"""The way in and the way out: every error of ours becomes one line on stderr and an exit code."""

import contextlib
import errno
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from enum import IntEnum
from types import FrameType

import click

from onrecord.errors import (
    ExportError,
    LedgerError,
    MismatchError,
    OnRecordError,
    ReadingError,
)


class Exit(IntEnum):
    """Exit codes, as documented in every help text."""

    OK = 0
    OUR_FAULT = 1
    USAGE = 2
    NOTHING_FOUND = 3
    SOME_FAILED = 4
    MISMATCH = 5
    INTERRUPTED = 130


# A write that fails for want of space, quota or a working device is no bug of ours.
UNWRITABLE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)

NOTHING_CODES = ("unknown_record", "unknown_document")


def run(arguments: Sequence[str]) -> int:
    """Run one command. An error that is no OnRecordError is a bug: it keeps its traceback and exit code 1."""
    from onrecord.cli.commands import onrecord

    _prepare_streams()
    try:
        with _terminate_as_interrupt():
            code = onrecord.main(list(arguments), prog_name="onrecord", standalone_mode=False)
            sys.stdout.flush()  # at the interpreter's end it would be too late to say that it failed
        return int(code or Exit.OK)
    except click.exceptions.Exit as left:
        return left.exit_code
    except (click.Abort, KeyboardInterrupt):
        _say("Interrupted. What was stored stays stored; run the same command again to go on.")
        return Exit.INTERRUPTED
    except click.UsageError as error:
        error.show()
        return Exit.USAGE
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except OnRecordError as error:
        _say(f"{error} [{error.code}]")
        return exit_code(error)
    except OSError as error:
        if error.errno not in UNWRITABLE:
            raise
        _say(f"needed room for what was to be written: {error.strerror} [disk_full]")
        _drop_output()
        return Exit.USAGE


def exit_code(error: OnRecordError) -> int:
    """Which code an error leaves with: 5 for text and hash, 3 for what is not there, 2 for what the user can mend."""
    if isinstance(error, MismatchError):
        return Exit.MISMATCH
    if error.code in NOTHING_CODES:
        return Exit.NOTHING_FOUND
    return Exit.USAGE if isinstance(error, ReadingError | LedgerError | ExportError) else Exit.OUR_FAULT


def _say(line: str) -> None:
    click.echo(f"onrecord: {' '.join(line.split())}", err=True)


def _prepare_streams() -> None:
    """Let no sign of an article fail on a terminal that cannot show it."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")


def _drop_output() -> None:
    """Let what stdout still holds go nowhere, so that the interpreter does not try again at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


@contextlib.contextmanager
def _terminate_as_interrupt() -> Iterator[None]:
    """SIGTERM stops a command as Ctrl-C does. Only the main thread may say so; elsewhere nothing changes."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    try:
        former = signal.signal(signal.SIGTERM, interrupt)
    except ValueError:
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, former)
