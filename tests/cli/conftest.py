"""Run commands as a user would, on the hand-made ledger."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from onrecord.cli.door import run


@dataclass(frozen=True)
class Said:
    """What a command left with and wrote."""

    code: int
    out: str
    err: str


Command = Callable[..., Said]


@pytest.fixture
def onrecord(ledger: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run a command on the hand-made ledger."""
    monkeypatch.setenv("ONRECORD_LEDGER", str(ledger))
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.chdir(ledger.parent)

    def command(*arguments: str) -> Said:
        code = run(arguments)
        written = capsys.readouterr()
        return Said(code, written.out, written.err)

    return command
