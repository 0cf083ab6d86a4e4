"""`add --watch`: what is new or was changed is added, once it has settled; an interrupt ends it in time."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.cli.coverage import Inputs, files_of
from onrecord.cli.watching import Watch, watch_folders
from onrecord.errors import LedgerBusyError
from onrecord.ledger import open_ledger
from onrecord.records.documents import Rejected

RUN = "import sys; from onrecord.cli.door import run; sys.exit(run(sys.argv[1:]))"
TEXT = "Mill {0} stops\nThe millers of Tolmen said that mill {0} would stop unless the weir stays open.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    (made / "a.txt").write_text(TEXT.format("one"))
    return made


def names(news: tuple[Path | Rejected, ...]) -> list[str]:
    return [each.path if isinstance(each, Rejected) else each.name for each in news]


def test_a_file_is_taken_once_it_has_settled_and_again_only_when_it_changed(folder: Path) -> None:
    watch = Watch((folder,), ())
    assert names(watch.look()) == []
    news = watch.look()
    assert names(news) == ["a.txt"]
    watch.took(news)
    assert names(watch.look()) == []
    (folder / "b.txt").write_text(TEXT.format("two"))
    assert names(watch.look()) == []
    with (folder / "b.txt").open("a") as growing:
        growing.write("It is still being copied.\n")
    assert names(watch.look()) == []
    news = watch.look()
    assert names(news) == ["b.txt"]
    watch.took(news)
    (folder / "a.txt").unlink()
    assert names(watch.look()) == []


def test_what_is_no_file_is_named_once(folder: Path) -> None:
    (folder / "-odd.txt").write_text("x")
    watch = Watch((folder,), ())
    news = watch.look()
    assert [each.code for each in news if isinstance(each, Rejected)] == ["odd_name"]
    watch.took(news)
    assert [each for each in watch.look() if isinstance(each, Rejected)] == []


def test_a_change_of_the_metadata_concerns_every_file(folder: Path) -> None:
    meta = folder / "meta.csv"
    meta.write_text("file,outlet\na.txt,The Weir Post\n")
    watch = Watch((folder,), (), meta)
    watch.look()
    watch.took(watch.look())
    assert watch.look() == ()
    meta.write_text("file,outlet\na.txt,The Mill Gazette\n")
    assert names(watch.look()) == ["a.txt"]


def test_the_ledger_and_its_copies_in_the_folder_are_no_coverage(folder: Path) -> None:
    ledger = folder / "onrecord.db"
    for name in ("onrecord.db", "onrecord.db-wal", "onrecord.db-shm", "onrecord.db.before-0002", "onrecord.db.damaged"):
        (folder / name).write_bytes(b"\0\1\2")
    watch = Watch((folder,), files_of(ledger))
    watch.look()
    assert names(watch.look()) == ["a.txt"]


def test_a_ledger_among_the_articles_is_no_article(onrecord: Any, finds_nothing: list[str], folder: Path) -> None:
    for known in (0, 1):
        said = onrecord("add", str(folder), "--ledger", str(folder / "onrecord.db"))
        assert said.code == 0
        assert f"{known} already there, 0 rejected" in said.err


def test_a_ledger_that_is_busy_is_tried_again_and_said_once(folder: Path) -> None:
    said: list[str] = []
    taken: list[Inputs] = []
    tries = iter([True, True, False])

    def add(inputs: Inputs) -> None:
        if next(tries):
            raise LedgerBusyError("another process writes")
        taken.append(inputs)

    watching = watch_folders(Watch((folder,), ()), add, said.append, 0.0)
    for _ in range(4):
        next(watching)
    assert said == ["another process writes [ledger_busy]; trying again"]
    assert [names(inputs.found) for inputs in taken] == [["a.txt"]]


@pytest.mark.parametrize("places", [["-"], ["--fetch", "http://weir.example/"]])
def test_only_folders_can_be_watched(onrecord: Any, places: list[str]) -> None:
    said = onrecord("add", "--watch", *places)
    assert said.code == 2
    assert "needed folders to watch" in said.err


def test_attack_48_a_watch_keeps_the_ledger_current_and_ends_within_five_seconds(folder: Path) -> None:
    ledger = folder / "onrecord.db"
    command = [sys.executable, "-c", RUN, "add", "--watch", str(folder), "--every", "0.2", "--ledger", str(ledger)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as child:
        try:
            wait_until(lambda: documents_in(ledger) == 1, child)
            (folder / "b.txt").write_text(TEXT.format("two"))
            wait_until(lambda: documents_in(ledger) == 2, child)
            (folder / "b.txt").write_text(TEXT.format("three"))
            wait_until(lambda: documents_in(ledger) == 3, child)
        finally:
            child.send_signal(signal.SIGINT)
            began = time.monotonic()
            _, said = child.communicate(timeout=30)
        assert time.monotonic() - began < 5
    assert (child.returncode, b"Interrupted" in said) == (130, True)
    assert b"rejected: " not in said
    assert documents_in(ledger) == 3


def documents_in(ledger: Path) -> int:
    if not ledger.exists():
        return 0
    with open_ledger(ledger) as opened, opened.view() as view:
        return view.counts().documents


def wait_until(met: Callable[[], bool], child: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and child.poll() is None:
        if met():
            return
        time.sleep(0.2)
    raise AssertionError("what was waited for did not come within a minute")
