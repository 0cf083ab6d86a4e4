"""`add` with a pool of processes: the same ledger as without, and stopped in time."""

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from onrecord.cli import coverage
from onrecord.cli.coverage import Report, add_coverage, find_coverage
from onrecord.ledger import open_ledger
from onrecord.records.findings import Findings
from onrecord.settings import Settings

ARTICLES = Path(coverage.__file__).parents[1] / "sample" / "articles"
RUN = "import sys; from onrecord.cli.door import run; sys.exit(run(sys.argv[1:]))"


def add(folder: Path, ledger: Path, workers: int | None) -> Report:
    report = Report()
    add_coverage(find_coverage([folder], None), Settings(ledger), lambda _: None, report, workers)
    return report


def findings_in(ledger: Path) -> list[Findings]:
    with open_ledger(ledger, read_only=True) as opened, opened.view() as view:
        return list(view.all_findings())


def test_a_pool_makes_the_ledger_that_the_loop_makes(tmp_path: Path) -> None:
    loop, pool = (add(ARTICLES, tmp_path / f"{workers}.db", workers) for workers in (1, 2))
    assert (loop.added, loop.lines) == (pool.added, pool.lines) == (16, loop.lines)
    assert findings_in(tmp_path / "1.db") == findings_in(tmp_path / "2.db")


def test_attack_48_sigterm_stops_a_pool_within_five_seconds_and_the_run_resumes(tmp_path: Path) -> None:
    ledger, many = tmp_path / "new.db", tmp_path / "many"
    many.mkdir()
    text = (ARTICLES / "01_wire_two_conditions.txt").read_text(encoding="utf-8")
    for number in range(24):
        (many / f"{number}.txt").write_text(f"{text}\nEdition {number} of the evening.\n", encoding="utf-8")
    command = [sys.executable, "-c", RUN, "add", str(many), "--ledger", str(ledger), "--workers", "2"]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as child:
        _wait_for_a_document(ledger, child)
        child.send_signal(signal.SIGTERM)
        began = time.monotonic()
        _, said = child.communicate(timeout=30)
        assert time.monotonic() - began < 5
    assert (child.returncode, b"Interrupted" in said) == (130, True)
    held = len(findings_in(ledger))
    assert 0 < held < 24
    report = add(many, ledger, 2)
    assert (report.known, report.added) == (held, 24 - held)


def _wait_for_a_document(ledger: Path, child: Any) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and child.poll() is None:
        if ledger.exists():
            with open_ledger(ledger) as opened, opened.view() as view:
                if view.counts().documents:
                    return
        time.sleep(0.1)
    raise AssertionError("no document was stored within a minute")
