import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import click
import pytest

from onrecord import errors
from onrecord.cli.commands import HOMES, onrecord
from onrecord.cli.door import exit_code, run
from onrecord.cli.screen import one_line, quoted

QUICK = 0.6  # processor seconds for --help, so that a busy machine fails no one; 0.13 measured


def all_errors(kind: type[errors.OnRecordError] = errors.OnRecordError) -> list[type[errors.OnRecordError]]:
    # What is wrong with a request is told at the door of the pages, and never comes to this one.
    children = (child for child in kind.__subclasses__() if not child.__module__.startswith("onrecord.web"))
    return [kind, *(each for child in children for each in all_errors(child))]


CODES = {
    "MismatchError": 5,
    "ReadingError": 2,
    "LedgerError": 2,
    "LedgerBusyError": 2,
    "LedgerVersionError": 2,
    "ConflictError": 2,
    "ExportError": 2,
}


@pytest.mark.parametrize("kind", all_errors(), ids=lambda kind: kind.__name__)
def test_every_error_of_ours_becomes_one_line_and_its_code(
    kind: type[errors.OnRecordError], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_args: Any, **_named: Any) -> None:
        raise kind("needed this,\ngot that")

    monkeypatch.setattr(onrecord, "main", fail)
    assert run([]) == CODES.get(kind.__name__, 1)
    assert capsys.readouterr().err == f"onrecord: needed this, got that [{kind.code}]\n"


def test_what_is_not_on_record_is_nothing_found() -> None:
    assert exit_code(errors.LedgerError("x", code="unknown_record")) == 3
    assert exit_code(errors.LedgerError("x", code="ambiguous")) == 2


def test_a_bug_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any, **_named: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(onrecord, "main", fail)
    with pytest.raises(ZeroDivisionError):
        run([])


@pytest.mark.parametrize(
    ("typed", "meant"), [("statemnts", "'statements'"), ("redlnies", "'redlines'"), ("verfy", "'verify'")]
)
def test_a_mistyped_command_is_answered_with_the_one_most_like_it(
    typed: str, meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([typed]) == 2
    assert f"Did you mean {meant}?" in capsys.readouterr().err
    assert run(["xyzzy"]) == 2
    assert "No such command 'xyzzy'." in capsys.readouterr().err


@pytest.mark.parametrize("stopped", [KeyboardInterrupt, click.Abort])
def test_an_interrupt_is_130(
    stopped: type[BaseException], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_args: Any, **_named: Any) -> None:
        raise stopped

    monkeypatch.setattr(onrecord, "main", stop)
    assert run([]) == 130
    assert "run the same command again" in capsys.readouterr().err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_attack_48_a_signal_stops_within_5_seconds(number: signal.Signals, tmp_path: Path) -> None:
    fifo = tmp_path / "never"
    os.mkfifo(fifo)
    code = f"""
import click, onrecord.cli.commands as c
from onrecord.cli.door import run
def wait(*a, **k):
    print("waiting", flush=True)
    open({str(fifo)!r}).read()
c.onrecord.main = wait
raise SystemExit(run([]))
"""
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "waiting\n"
    started = time.monotonic()
    child.send_signal(number)
    _, err = child.communicate(timeout=10)
    assert time.monotonic() - started < 5
    assert child.returncode == 130
    assert "Traceback" not in err


def test_a_closed_pipe_is_no_failure(ledger: Path) -> None:
    command = f"{sys.executable} -c 'from onrecord.cli import main; main()' statements --format jsonl --ledger {ledger}"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command} | true"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


CLOSED = [
    "redlines",
    "timeline",
    "documents",
    "statements --format md",
    "stories --format json",
    "doctor",
    "export",
    "export --format csv --table statements",
    "export --format markdown",
    "export --format html",
    "export --out /dev/stdout",
    "--help",
    "--version",
]


@pytest.mark.parametrize("asked", CLOSED)
def test_a_reader_that_has_left_is_no_failure_of_any_command(ledger: Path, asked: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-c", "from onrecord.cli import main; main()", *asked.split()],
        env={**os.environ, "ONRECORD_LEDGER": str(ledger)},
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, "Traceback" in done.stderr, "Exception" in done.stderr) == (0, False, False)


LIMITED = [
    name
    for name in HOMES
    if (command := onrecord.get_command(click.Context(onrecord), name))
    and "limit" in {each.name for each in command.params}
]
ASKS = {"who": ("Bek",), "search": ("the",)}


@pytest.mark.parametrize("name", LIMITED)
@pytest.mark.parametrize("form", ["table", "csv"])
def test_no_limit_is_too_large(ledger: Path, name: str, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    command = [name, *ASKS.get(name, ()), "--format", form, "--ledger", str(ledger), "--limit"]
    codes = [run([*command, limit]) for limit in ("0", str(10**20))]
    shown = capsys.readouterr().out
    assert codes[0] == codes[1] in (0, 3)
    assert shown[: len(shown) // 2] == shown[len(shown) // 2 :]


def test_help_is_quick_and_loads_nothing_heavy() -> None:
    code = """
import sys
from onrecord.cli.door import run
assert run(["--help"]) == 0
heavy = ("numpy", "rich.table", "apsw", "onnxruntime", "trafilatura", "pyarrow")
print([name for name in heavy if name in sys.modules])
"""
    before = os.times()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    after = os.times()
    assert done.stdout.splitlines()[-1] == "[]"
    assert after.children_user - before.children_user + after.children_system - before.children_system < QUICK


@pytest.mark.parametrize("name", list(HOMES))
def test_every_command_helps_a_newcomer(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0
    text = capsys.readouterr().out
    assert text.startswith(f"Usage: onrecord {name}")
    assert len(text.split("Options:")[0].split()) > 8
    command = onrecord.get_command(click.Context(onrecord), name)
    assert command is not None
    options = [each for each in command.params if isinstance(each, click.Option)]
    assert all(each.help for each in options if each.name not in ("port",))


def test_colour_is_off_with_no_color_and_off_a_terminal(onrecord: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in onrecord("redline", "11aa").out
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert "\x1b[3" not in onrecord("redline", "11aa").out.replace("\x1b[3m", "")


def test_words_stand_in_our_marks_unless_in_their_own() -> None:
    assert quoted("a tent") == "“a tent”"
    assert quoted("“a tent,”") == "“a tent,”"
    assert quoted('"a tent" he said') == '“"a tent" he said”'
    assert one_line("a\n b") == "a b"


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("onrecord redl", {"redlines", "redline"}),
        ("onrecord export --format w", {"web-annotation"}),
        ("onrecord statements --act t", {"threat"}),
        ("onrecord redlines --state st", {"standing"}),
    ],
)
def test_the_shell_completes_commands_options_and_values(words: str, offered: set[str]) -> None:
    asked = {"COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1), "_ONRECORD_COMPLETE": "bash_complete"}
    command = [str(Path(sys.executable).parent / "onrecord")]
    said = subprocess.run(command, env={**os.environ, **asked}, capture_output=True, text=True, check=True).stdout
    assert {line.partition(",")[2] for line in said.split()} == offered
