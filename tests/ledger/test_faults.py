"""Faults of disk, file and process: nothing acknowledged is lost, nothing is half there."""

import os
import shutil
import sqlite3
import subprocess
import traceback
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from threading import Barrier, Thread

import apsw
import pytest
from tests.ledger.ledger_faults import Fault, Step, broken, check_sound, faulty, full, killed, rows_of, run_steps
from tests.ledger.ledger_killing import kill_many
from tests.ledger.ledger_made import made_findings, made_judgement, made_line, made_statements, with_metadata

from onrecord.errors import LedgerBusyError, LedgerError, LedgerVersionError
from onrecord.ledger import backup, database, open_ledger, restore
from onrecord.ledger.contract import Writer
from onrecord.ledger.copying import copy_database
from onrecord.ledger.database import check_library, open_database
from onrecord.ledger.migrating import Migration, load_migrations, migrate
from onrecord.records.rows import Filter

COVERAGE = tuple(made_findings(seed) for seed in range(4))


def _clock() -> str:
    return "2024-01-01T00:00:00Z"


def _steps() -> tuple[Step, ...]:
    """One of everything a writer does."""
    statement = made_statements(COVERAGE[1])[0]
    better = with_metadata(COVERAGE[2], "Harbour Gazette", date(2020, 1, 2))
    return (
        *(lambda writer, f=findings: writer.add(f, made_statements(f)) for findings in COVERAGE),
        lambda writer: writer.record_lines((made_line(COVERAGE[:3]),)),
        lambda writer: writer.judge(made_judgement(statement)) if not writer.database.value(
            "SELECT 1 FROM review WHERE record = ?", (statement.id,)) else None,
        lambda writer: writer.add(better, made_statements(better)),
        lambda writer: writer.withdraw(COVERAGE[0].document.id, "asked", erase=True),
    )  # fmt: skip


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("undisturbed") / "whole.db"
    assert run_steps(path, _steps()) == len(_steps())
    return path


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    path = tmp_path / "filled.db"
    run_steps(path, _steps()[:6])
    return path


# Kills


def test_attack_37_kill_at_random_moments_of_adding_loses_and_doubles_nothing(tmp_path: Path) -> None:
    outcome = kill_many(10, tmp_path, documents=25)
    assert outcome.kills == 10
    assert (outcome.lost, outcome.doubled, outcome.unsound) == (0, 0, 0)
    assert outcome.equal


def _in_killed_child(work: Callable[[], object]) -> bool:
    """Whether the work was killed; a child process does it, so that the kill is a real one."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.waitstatus_to_exitcode(status) == 0
    return os.WIFSIGNALED(status)


def test_attack_37_kill_at_every_write_of_adding_loses_nothing(tmp_path: Path, undisturbed: Path) -> None:
    wanted, at = rows_of(undisturbed), 1
    path, told = tmp_path / "killed.db", tmp_path / "told"

    def add() -> None:
        with faulty(at, killed) as system:
            steps = tuple(_telling(step, told) for step in _steps())
            run_steps(path, steps, system.name)

    while True:
        for left in tmp_path.iterdir():
            left.unlink()
        if not _in_killed_child(add):
            break
        acknowledged = told.stat().st_size if told.exists() else 0
        _check_continues(path, acknowledged, wanted)
        at += 3 if at < 30 else 23  # every write would take minutes; all kinds of moments are met
    assert at > 100


def _telling(step: Step, told: Path) -> Step:
    """The step, and one byte in a file once it is acknowledged."""

    def take(writer: object) -> None:
        step(writer)  # type: ignore[arg-type]
        with told.open("ab") as file:
            file.write(b".")

    return take


def _check_continues(path: Path, acknowledged: int, wanted: object) -> None:
    """What was acknowledged is there, all is sound, and running again leads to the undisturbed ledger."""
    open_ledger(path, now=_clock)
    check_sound(path)
    with open_ledger(path, read_only=True).view() as view:
        counts = view.counts()
        assert counts.documents + counts.withdrawn >= min(acknowledged, len(COVERAGE))
        assert counts.lines >= int(acknowledged > len(COVERAGE))
        assert counts.judgements >= int(acknowledged > len(COVERAGE) + 1)
        assert counts.withdrawn >= int(acknowledged == len(_steps()))
    left = _steps()[acknowledged:]  # the first of them may be done and untold of: doing it twice changes nothing
    assert run_steps(path, left) == len(left)
    check_sound(path)
    assert rows_of(path) == wanted


NEXT = Migration(
    load_migrations()[-1].number + 1,
    "next",
    "CREATE TABLE extra (word TEXT) STRICT; INSERT INTO extra SELECT id FROM document; "
    "ALTER TABLE run ADD COLUMN note TEXT;",
)


def test_attack_38_kill_during_a_migration_leaves_the_old_or_the_new_schema(filled: Path, tmp_path: Path) -> None:
    path, before, outcomes = tmp_path / "old.db", rows_of(filled), set()
    at = 1
    while True:
        _copy_fresh(filled, path)

        def bring_up(at: int = at) -> None:
            with faulty(at, killed) as system, open_database(path, read_only=False, vfs=system.name) as opened:
                migrate(opened, (*load_migrations(), NEXT), _clock)

        dead = _in_killed_child(bring_up)
        after = rows_of(path)
        outcomes.add(len(after["migration"]))
        assert {name: rows for name, rows in after.items() if name not in ("migration", "extra", "run")} == {
            name: rows for name, rows in before.items() if name not in ("migration", "run")
        }
        assert ("extra" in after) == (len(after["migration"]) == NEXT.number)
        if not dead:
            break
        at += 1
    assert outcomes == {NEXT.number - 1, NEXT.number}
    assert at > 5


def test_attack_38_a_backup_is_made_before_a_migration(filled: Path) -> None:
    before = rows_of(filled)
    with open_database(filled, read_only=False) as opened:
        migrate(opened, (*load_migrations(), NEXT), _clock)
    assert rows_of(Path(f"{filled}.before-{NEXT.number:04}")) == before
    assert "extra" in rows_of(filled)


def test_attack_38_a_failing_migration_leaves_the_old_schema(filled: Path) -> None:
    before = rows_of(filled)
    wrong = Migration(NEXT.number, "wrong", "CREATE TABLE extra (word TEXT) STRICT; INSERT INTO nowhere VALUES (1);")
    with open_database(filled, read_only=False) as opened, pytest.raises(LedgerError):
        migrate(opened, (*load_migrations(), wrong), _clock)
    assert rows_of(filled) == before


def _copy_fresh(source: Path, target: Path) -> None:
    for left in target.parent.glob(f"{target.name}*"):
        left.unlink()
    shutil.copy(source, target)


def test_attack_38_kill_during_a_restore_leaves_the_old_or_the_new_ledger(
    filled: Path, undisturbed: Path, tmp_path: Path
) -> None:
    path, copy = tmp_path / "restored.db", tmp_path / "copy" / "backup.db"
    copy.parent.mkdir()
    backup(undisturbed, copy)
    old, new, outcomes = rows_of(filled), rows_of(undisturbed), []
    for at in range(1, 200, 4):
        _copy_fresh(filled, path)

        def put_back(at: int = at) -> None:
            with faulty(at, killed) as system:
                _make_default(system.name)
                restore(copy, path)

        dead = _in_killed_child(put_back)
        after = rows_of(path)
        assert after in (old, new)
        check_sound(path)
        outcomes.append(after == new)
        if not dead:
            break
    assert set(outcomes) == {False, True}
    assert not list(tmp_path.glob("*.damaged*"))


def _make_default(name: str) -> None:
    """Let every connection of this (child) process use the faulty file system."""
    real = apsw.Connection

    class Connection(real):  # type: ignore[misc,valid-type]
        def __init__(self, path: str, flags: int = 6, vfs: str | None = None) -> None:
            super().__init__(path, flags, vfs or name)

    apsw.Connection = Connection  # type: ignore[assignment,misc]


def test_attack_38_kill_during_a_backup_leaves_no_half_backup(filled: Path, tmp_path: Path) -> None:
    target = tmp_path / "copies" / "backup.db"
    target.parent.mkdir()
    seen = set()
    for at in range(1, 400, 5):
        target.unlink(missing_ok=True)

        def keep(at: int = at) -> None:
            with faulty(at, killed) as system:
                _make_default(system.name)
                backup(filled, target)

        dead = _in_killed_child(keep)
        seen.add(target.exists())
        if target.exists():
            check_sound(target)
            assert rows_of(target) == rows_of(filled)
        if not dead:
            break
    assert seen == {False, True}


# A failing disk


@pytest.mark.parametrize(("fault", "lasting"), [(full, True), (full, False), (broken, False), (broken, True)])
def test_attack_39_40_a_disk_that_fails_at_any_write_corrupts_and_loses_nothing(
    tmp_path: Path, undisturbed: Path, fault: Fault, lasting: bool
) -> None:
    wanted, path = rows_of(undisturbed), tmp_path / "failing.db"
    at, failed = 1, 0
    while True:
        for left in tmp_path.iterdir():
            left.unlink()
        with faulty(at, fault, lasting=lasting) as system:
            acknowledged = run_steps(path, _steps(), system.name)
            if system.changes < at:
                break
        failed += acknowledged < len(_steps())
        _check_continues(path, acknowledged, wanted)
        at += 2 if at < 20 else 37
    assert failed > 5


def test_attack_39_a_full_disk_says_so_and_adding_goes_on_when_there_is_space(tmp_path: Path) -> None:
    path = tmp_path / "small.db"
    open_ledger(path)
    with faulty(4, full, lasting=True) as system, open_ledger(path, vfs=system.name).writer() as writer:
        with pytest.raises(LedgerError) as refused:
            writer.add(COVERAGE[0], made_statements(COVERAGE[0]))
        assert refused.value.code == "disk_full"
        assert "what was acknowledged is kept" in str(refused.value)
        system.lasting = False
        assert writer.add(COVERAGE[0], made_statements(COVERAGE[0]))
    check_sound(path)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of one megabyte; where this process may not mount one, the test says so."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode:
        pytest.skip("needs the right to mount a small file system")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.skipif(shutil.which("mount") is None, reason="needs the program mount")
def test_attack_39_a_small_file_system_that_fills_up_loses_nothing_and_adding_goes_on(small_disk: Path) -> None:
    path = small_disk / "full.db"
    ledger = open_ledger(path)
    acknowledged: list[str] = []
    with ledger.writer() as writer, pytest.raises(LedgerError) as refused:
        _fill_up(writer, acknowledged)
    assert refused.value.code == "disk_full"
    assert acknowledged
    check_sound(path)
    subprocess.run(["mount", "-o", "remount,size=20m", str(small_disk)], check=True)
    with ledger.writer() as writer, ledger.view() as view:
        assert {each.document.id for each in view.all_findings()} == set(acknowledged)
        following = made_findings(len(acknowledged))
        assert writer.add(following, made_statements(following))
    check_sound(path)


def _fill_up(writer: Writer, acknowledged: list[str]) -> None:
    """Add documents until the disk is full; what was acknowledged is noted."""
    while len(acknowledged) < 2_000:
        findings = made_findings(len(acknowledged))
        writer.add(findings, made_statements(findings))
        acknowledged.append(findings.document.id)


@pytest.mark.parametrize("name", ["replace", "fsync"])
def test_attack_40_a_backup_whose_rename_or_sync_fails_leaves_nothing(
    filled: Path, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(5, "the disk is broken, says the test")

    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr(f"onrecord.ledger.copying.os.{name}", fail)
    with pytest.raises(LedgerError, match="the copy could not be written"):
        backup(filled, tmp_path / "copy.db")
    monkeypatch.undo()
    assert sorted(tmp_path.iterdir()) == before


# Files that are no ledger, or may not be used


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize("made", ["words", "short", "other_database", "folder", "words_after_magic"])
def test_attack_44_what_is_no_ledger_is_refused_and_left_as_it_is(tmp_path: Path, made: str, read_only: bool) -> None:
    path = tmp_path / "other.db"
    _make_other(path, made)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(LedgerError) as refused:
        open_ledger(path, read_only=read_only)
    assert refused.value.code in ("not_a_ledger", "damaged")
    assert str(path) in str(refused.value)
    assert "\n" not in str(refused.value)
    assert (path.read_bytes() if path.is_file() else b"") == before


def _make_other(path: Path, made: str) -> None:
    if made == "folder":
        path.mkdir()
    elif made == "other_database":
        connection = sqlite3.connect(path)
        connection.execute("CREATE TABLE someone_elses (thing)")
        connection.commit()
        connection.close()
    else:
        texts = {"words": b"Dear reader, this is no ledger. " * 400, "short": b"SQL", "words_after_magic": b""}
        path.write_bytes(texts[made] or b"SQLite format 3\x00" + b"not really" * 1_000)


def test_attack_44_a_missing_ledger_cannot_be_read_and_a_missing_folder_cannot_hold_one(tmp_path: Path) -> None:
    for path, read_only in ((tmp_path / "none.db", True), (tmp_path / "none" / "none.db", False)):
        with pytest.raises(LedgerError) as refused:
            open_ledger(path, read_only=read_only)
        assert refused.value.code == "missing"
    assert list(tmp_path.iterdir()) == []


def test_attack_44_an_empty_file_becomes_a_ledger(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    open_ledger(path)
    check_sound(path)


def test_attack_44_a_newer_ledger_is_refused_and_left_as_it_is(filled: Path) -> None:
    connection = apsw.Connection(str(filled))
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = filled.read_bytes()
    for read_only in (True, False):
        with pytest.raises(LedgerVersionError, match="a newer OnRecord wrote this ledger"):
            open_ledger(filled, read_only=read_only)
    assert filled.read_bytes() == before


def test_attack_44_an_older_ledger_is_not_read_before_it_is_brought_up_to_date(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.ledger.load_migrations", lambda: (*load_migrations(), NEXT))
    with pytest.raises(LedgerVersionError, match="open it once for writing"):
        open_ledger(filled, read_only=True)
    open_ledger(filled)
    open_ledger(filled, read_only=True)


@pytest.mark.parametrize(
    ("version", "safe"), [("3.51.2", False), ("3.45.0", False), ("3.51.3", True), ("3.54.1", True)]
)
def test_attack_44_an_sqlite_that_can_lose_writes_is_refused(version: str, safe: bool) -> None:
    if safe:
        check_library(version)
    else:
        with pytest.raises(LedgerVersionError, match=r"needed SQLite 3\.51\.3 or later"):
            check_library(version)


def test_attack_44_a_damaged_page_is_refused_at_the_start_with_advice(filled: Path) -> None:
    for page in (1, 5, 9, 20):
        damaged = filled.with_name(f"damaged-{page}.db")
        stored = bytearray(filled.read_bytes())
        stored[page * 4096 : page * 4096 + 2048] = b"\xa5" * 2048
        damaged.write_bytes(bytes(stored))
        for read_only in (True, False):
            with pytest.raises(LedgerError, match="restore a backup") as refused:
                open_ledger(damaged, read_only=read_only)
            assert refused.value.code == "damaged"


def test_attack_44_a_cut_file_is_refused(filled: Path) -> None:
    stored = filled.read_bytes()
    cut = filled.with_name("cut.db")
    cut.write_bytes(stored[: len(stored) // 2])
    with pytest.raises(LedgerError) as refused:
        open_ledger(cut)
    assert refused.value.code == "damaged"


@pytest.mark.skipif(os.geteuid() != 0, reason="needs to become somebody who may not write")
@pytest.mark.parametrize("folder_mode", [0o555, 0o777])
def test_attack_41_a_ledger_that_may_not_be_written_is_refused_for_writing_and_can_be_read(
    filled: Path, folder_mode: int
) -> None:
    for folder in filled.parents[1:4]:
        folder.chmod(0o755)
    filled.chmod(0o444)
    filled.parent.chmod(folder_mode)
    before = filled.read_bytes()
    assert not _in_killed_child(lambda: _try_without_rights(filled))
    assert filled.read_bytes() == before


def _try_without_rights(path: Path) -> None:
    os.setgid(65534)
    os.setuid(65534)
    with pytest.raises(LedgerError) as refused:
        open_ledger(path)
    assert refused.value.code == "read_only"
    with open_ledger(path, read_only=True).view() as view:
        assert view.counts().documents == len(COVERAGE)


def test_attack_41_a_ledger_opened_for_reading_gives_no_writer(filled: Path) -> None:
    with pytest.raises(LedgerError) as refused:
        open_ledger(filled, read_only=True).writer()
    assert refused.value.code == "read_only"


def test_attack_41_a_locked_ledger_is_refused_with_one_line_and_nothing_is_written(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "WAIT", 0.05)
    before = rows_of(filled)
    other = apsw.Connection(str(filled))
    other.execute("BEGIN IMMEDIATE")
    with open_ledger(filled).writer() as writer, pytest.raises(LedgerBusyError, match="another process is writing"):
        writer.add(made_findings(99), made_statements(made_findings(99)))
    other.execute("ROLLBACK")
    other.close()
    assert rows_of(filled) == before


# Several at once


def test_attack_42_two_adds_of_the_same_input_at_once_store_each_document_once(tmp_path: Path) -> None:
    path = tmp_path / "shared.db"
    coverage = [made_findings(seed) for seed in range(30)]
    together, added = Barrier(2), []

    def add() -> None:
        together.wait()
        with open_ledger(path).writer() as writer:
            added.append(sum(writer.add(each, made_statements(each)) for each in coverage))

    _run_together(add, add)
    assert sum(added) == len(coverage)
    check_sound(path)


def _run_together(*works: Callable[[], None]) -> None:
    threads = [Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_attack_43_readers_beside_a_writer_never_hear_of_locks_and_see_whole_documents(tmp_path: Path) -> None:
    path = tmp_path / "shared.db"
    ledger = open_ledger(path)
    seen: list[int] = []

    def add() -> None:
        with ledger.writer() as writer:
            for seed in range(40):
                findings = made_findings(seed)
                writer.add(findings, made_statements(findings))

    def read() -> None:
        with ledger.view() as view:
            while not seen or seen[-1] < 40:
                counts = view.counts()
                rows = view.statements(Filter(limit=500)).rows
                assert counts.statements == 3 * counts.documents
                assert len(rows) % 3 == 0
                assert len(rows) >= counts.statements
                seen.append(counts.documents)

    _run_together(add, read)
    assert seen[-1] == 40
    assert len(set(seen)) > 1


def test_attack_45_a_clock_that_jumps_back_leaves_the_order_of_the_log(tmp_path: Path) -> None:
    times = iter([f"20{year:02}-01-01T00:00:00Z" for year in (*range(50, 20, -1), *range(20, 70))])
    ledger = open_ledger(tmp_path / "jumping.db", now=lambda: next(times))
    with ledger.writer() as writer, ledger.view() as view:
        for findings in COVERAGE:
            writer.add(findings, made_statements(findings))
        for reviewer in ("ana", "bo", "cleo"):
            writer.judge(made_judgement(made_statements(COVERAGE[0])[0], reviewer=reviewer))
        entries = view.log()
        assert [entry.by for entry in entries] == ["ana", "bo", "cleo"]
        assert [entry.recorded_at for entry in entries] == sorted((e.recorded_at for e in entries), reverse=True)
        assert view.verify().holds


def test_attack_48_an_interrupt_inside_a_write_leaves_nothing_half_done(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows_of(filled)

    def interrupt(*_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("onrecord.ledger.writer.fold_words", interrupt)
    with open_ledger(filled).writer() as writer:
        with pytest.raises(KeyboardInterrupt):
            writer.add(made_findings(99), made_statements(made_findings(99)))
        monkeypatch.undo()
        assert rows_of(filled) == before
        assert writer.add(made_findings(99), made_statements(made_findings(99)))
    check_sound(filled)


# Backup and restore


def test_a_backup_is_an_equal_ledger_and_replaces_nothing(filled: Path, tmp_path: Path) -> None:
    target = tmp_path / "backup.db"
    backup(filled, target)
    assert rows_of(target) == rows_of(filled)
    check_sound(target)
    with pytest.raises(LedgerError) as refused:
        backup(filled, target)
    assert refused.value.code == "exists"


def test_a_backup_beside_a_writer_is_of_one_moment(tmp_path: Path) -> None:
    path = tmp_path / "busy.db"
    ledger = open_ledger(path)

    def add() -> None:
        with ledger.writer() as writer:
            for seed in range(30):
                writer.add(made_findings(seed), made_statements(made_findings(seed)))

    def keep() -> None:
        for number in range(5):
            backup(path, tmp_path / f"copy-{number}.db")

    _run_together(add, keep)
    for number in range(5):
        check_sound(tmp_path / f"copy-{number}.db")


def test_a_restore_brings_back_what_was_there(filled: Path, tmp_path: Path) -> None:
    wanted = rows_of(filled)
    backup(filled, tmp_path / "backup.db")
    with open_ledger(filled).writer() as writer:
        writer.withdraw(COVERAGE[1].document.id, "by mistake")
    assert restore(tmp_path / "backup.db", filled) is None
    assert rows_of(filled) == wanted
    check_sound(filled)
    with open_ledger(filled).writer() as writer:
        assert writer.add(made_findings(98), made_statements(made_findings(98)))


def test_a_restore_sets_a_damaged_ledger_aside(filled: Path, tmp_path: Path) -> None:
    wanted = rows_of(filled)
    backup(filled, tmp_path / "backup.db")
    filled.write_bytes(b"nothing of use")
    Path(f"{filled}-wal").write_bytes(b"an old write-ahead log")
    aside = restore(tmp_path / "backup.db", filled)
    assert aside is not None
    assert aside.read_bytes() == b"nothing of use"
    assert rows_of(filled) == wanted
    check_sound(filled)


def test_a_restore_from_something_damaged_is_refused(filled: Path, tmp_path: Path) -> None:
    before = rows_of(filled)
    copy = tmp_path / "backup.db"
    backup(filled, copy)
    stored = bytearray(copy.read_bytes())
    stored[5 * 4096 : 6 * 4096] = b"\x5a" * 4096
    copy.write_bytes(bytes(stored))
    with pytest.raises(LedgerError, match="sound ledger"):
        restore(copy, filled)
    assert rows_of(filled) == before


def test_copying_over_a_file_is_possible_when_asked_for(filled: Path, tmp_path: Path) -> None:
    target = tmp_path / "there.db"
    target.write_bytes(b"old")
    with open_database(filled, read_only=True) as source:
        copy_database(source, target, replace=True)
    assert rows_of(target) == rows_of(filled)
