"""Run commands as a user would, on the hand-made ledger."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from onrecord.batch import annotating
from onrecord.cli import coverage
from onrecord.cli.door import run
from onrecord.records.documents import Document
from onrecord.records.findings import Findings


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


@pytest.fixture
def finds_nothing(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stages that find nothing in any document, quickly; the list names the documents they were given."""
    seen: list[str] = []

    def annotate(document: Document, _resources: Any) -> Findings:
        seen.append(document.path)
        return Findings(document, annotator="stand-in")

    monkeypatch.setattr(coverage, "load_resources", lambda _settings: SimpleNamespace(annotator="stand-in"))
    monkeypatch.setattr(annotating, "annotate", annotate)
    monkeypatch.setattr(coverage, "relate_all", lambda _resources, _writer, _view: 0)
    return seen
