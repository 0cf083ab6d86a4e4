"""`batch`, `import` and `salvage` from the command line: what they say, and with which code they leave."""

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from onrecord.cli import coverage

ARTICLES = Path(coverage.__file__).parents[1] / "sample" / "articles"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One article, and one file that is none."""
    made = tmp_path / "inputs"
    made.mkdir()
    name = "01_wire_two_conditions.txt"
    (made / name).write_bytes((ARTICLES / name).read_bytes())
    (made / "empty.txt").write_text("")
    return made


def test_a_batch_is_imported_once_and_what_failed_has_its_code(onrecord: Any, folder: Path, tmp_path: Path) -> None:
    said = onrecord("batch", str(folder), "--out", str(tmp_path / "sets"), "--engine", "loop")
    assert (said.code, said.out) == (4, "")
    assert "2 sets written" in said.err
    assert "[empty]" in said.err
    again = onrecord("batch", str(folder), "--out", str(tmp_path / "sets"), "--engine", "loop")
    assert (again.code, "0 sets written" in again.err, "2 were there already" in again.err) == (0, True, True)
    new = str(tmp_path / "new.db")
    assert "1 added, 0 already there" in onrecord("import", str(tmp_path / "sets"), "--ledger", new).err
    assert "0 added, 1 already there" in onrecord("import", str(tmp_path / "sets"), "--ledger", new).err
    assert onrecord("verify", "--ledger", new).code == 0


def test_attack_36_a_refused_import_leaves_the_ledger_as_it_is(onrecord: Any, folder: Path, tmp_path: Path) -> None:
    onrecord("batch", str(folder), "--out", str(tmp_path / "sets"), "--engine", "loop")
    changed = next(iter((tmp_path / "sets").rglob("documents/**/*.parquet")))
    changed.write_bytes(changed.read_bytes() + b" ")
    said = onrecord("import", str(tmp_path / "sets"), "--ledger", str(tmp_path / "new.db"))
    assert (said.code, len(said.err.splitlines())) == (5, 1)
    assert not (tmp_path / "new.db").exists()


def test_a_batch_with_a_list_of_actors_is_another_annotators(onrecord: Any, folder: Path, tmp_path: Path) -> None:
    actors, out = tmp_path / "actors.yml", tmp_path / "sets"
    actors.write_text("people:\n  - {name: Ada Orvo}\n")
    batch = ("batch", str(folder), "--out", str(out), "--engine", "loop")
    assert "2 sets written" in onrecord(*batch).err
    assert "2 sets written" in onrecord(*batch, "--actors", str(actors)).err
    assert "2 were there already" in onrecord(*batch, "--actors", str(actors)).err
    first, second = sorted(each.name for each in (out / "documents").iterdir())
    assert second.startswith(f"{first}+actors-")
    said = onrecord("import", str(out), "--ledger", str(tmp_path / "new.db"))
    assert (said.code, "[mixed_annotators]" in said.err) == (2, True)


def test_the_address_of_a_cluster_is_for_ray_alone(onrecord: Any, folder: Path, tmp_path: Path) -> None:
    batch = ("batch", str(folder), "--out", str(tmp_path / "sets"), "--address", "127.0.0.1:6379")
    said = onrecord(*batch, "--engine", "pool")
    assert (said.code, "--address names a Ray cluster" in said.err) == (2, True)
    assert not (tmp_path / "sets").exists()


def hashes(ledger: Path) -> list[tuple[str, str]]:
    """Each document and the hash of what was found in it."""
    with sqlite3.connect(ledger) as connection:
        rows = connection.execute(
            "SELECT document.id, hash FROM document JOIN findings ON findings.number = document.findings ORDER BY 1"
        ).fetchall()
    connection.close()
    return rows


def test_an_export_is_imported_with_equal_hashes(
    onrecord: Any, finds_nothing: Any, ledger: Path, tmp_path: Path
) -> None:
    file, new = str(tmp_path / "all.jsonl"), tmp_path / "new.db"
    assert onrecord("export", "--with-accusations", "--out", file).code == 0
    assert "2 added, 0 already there" in onrecord("import", file, "--ledger", str(new)).err
    assert hashes(new) == hashes(ledger)
    assert len(hashes(new)) == 2
    assert "0 added, 2 already there" in onrecord("import", file, "--ledger", str(new)).err
    assert onrecord("verify", "--ledger", str(new)).code == 0
    again = str(tmp_path / "again.jsonl")
    onrecord("export", "--with-accusations", "--out", again, "--ledger", str(new))
    assert Path(again).read_bytes() == Path(file).read_bytes()
    assert finds_nothing == []  # nothing was annotated again


def test_a_part_of_an_export_is_imported(onrecord: Any, finds_nothing: Any, tmp_path: Path) -> None:
    file, new = str(tmp_path / "all.jsonl"), str(tmp_path / "new.db")
    onrecord("export", "--out", file)
    for asked in (("--language", "fr"), ("--outlet", "Nobody"), ("--since", "2190")):
        said = onrecord("import", file, *asked, "--ledger", new)
        assert (said.code, "None of the 2 documents" in said.err) == (3, True)
    said = onrecord("import", file, "--since", "2025", "--until", "2024", "--ledger", new)
    assert (said.code, "needed a day no earlier than --since 2025-01-01" in said.err) == (2, True)
    assert not Path(new).exists()
    assert onrecord("import", file, "--annotator", "x", "--ledger", new).code == 2


@pytest.mark.parametrize(
    ("old", "new", "code", "word"),
    [
        ("bridge", "brigde", 5, "[mismatch]"),
        ('"schema":"onrecord', '"schema":"other', 2, "[wrong_schema]"),
        ('"span":[', '"span":[99999999,', 5, "[mismatch]"),
        ('"mentions":[', '"mentions":[7,', 5, "[mismatch]"),
        ('"name":"', '"name":"Not ', 5, "[mismatch]"),
        ('"hash":"', '"was":"', 2, "needed the hash of the line"),
        ('"annotator":"', '"was":"', 2, "needed the annotator"),
        ('"mentions":[', '"mentions":' + "[" * 100_000, 2, "[wrong_schema]"),
    ],
)
def test_attack_36_a_changed_export_is_refused_whole(
    onrecord: Any, tmp_path: Path, old: str, new: str, code: int, word: str
) -> None:
    file, target = tmp_path / "all.jsonl", tmp_path / "new.db"
    onrecord("export", "--out", str(file))
    first, last = file.read_text(encoding="utf-8").splitlines()
    assert old in last
    file.write_text(f"{first}\n{last.replace(old, new, 1)}\n", encoding="utf-8")
    said = onrecord("import", str(file), "--ledger", str(target))
    assert (said.code, word in said.err, len(said.err.splitlines())) == (code, True, 1)
    assert not target.exists()


# A command whose process kills itself, as kill -9 would, when a function is called for the n-th time.
KILLED = """
import os, signal, sys
from importlib import import_module
home, name, at, *arguments = sys.argv[1:]
*way, last = name.split(".")
owner = import_module(home)
for step in way:
    owner = getattr(owner, step)
real, calls = getattr(owner, last), 0
def counted(*given, **named):
    global calls
    calls += 1
    if calls == int(at):
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*given, **named)
setattr(owner, last, counted)
from onrecord.cli.door import run
sys.exit(run(arguments))
"""


def kill_at(place: str, at: int, *arguments: str) -> None:
    home, name = place.split(":")
    done = subprocess.run([sys.executable, "-c", KILLED, home, name, str(at), *arguments], check=False)
    assert done.returncode == -signal.SIGKILL


@pytest.mark.parametrize(
    ("place", "at"),
    [("onrecord.export.jsonl:write_record", 1), ("onrecord.export.jsonl:write_record", 2), ("os:fsync", 1)],
)
def test_attack_38_kill_during_an_export_leaves_the_old_file(
    onrecord: Any, ledger: Path, tmp_path: Path, place: str, at: int
) -> None:
    file = tmp_path / "all.jsonl"
    file.write_text("as it was\n", encoding="utf-8")
    kill_at(place, at, "export", "--out", str(file), "--ledger", str(ledger))
    assert file.read_text(encoding="utf-8") == "as it was\n"
    assert onrecord("export", "--out", str(file)).code == 0
    assert len(file.read_text(encoding="utf-8").splitlines()) == 2
    assert onrecord("verify").code == 0


@pytest.mark.parametrize(
    ("place", "at", "stored"),
    [
        ("onrecord.ledger.writer:Writer._show", 1, 0),
        ("onrecord.ledger.writer:Writer._count", 2, 0),
        ("onrecord.ledger.writer:Writer._show", 2, 1),
        ("onrecord.cli.coverage:relate_all", 1, 2),
    ],
)
def test_attack_38_kill_during_an_import_leaves_whole_documents_and_it_goes_on(
    onrecord: Any, finds_nothing: Any, ledger: Path, tmp_path: Path, place: str, at: int, stored: int
) -> None:
    file, new = str(tmp_path / "all.jsonl"), tmp_path / "new.db"
    onrecord("export", "--with-accusations", "--out", file)
    kill_at(place, at, "import", file, "--ledger", str(new))
    assert onrecord("verify", "--ledger", str(new)).code == 0
    assert len(hashes(new)) == stored
    said = onrecord("import", file, "--ledger", str(new))
    assert f"{2 - stored} added, {stored} already there" in said.err
    assert hashes(new) == hashes(ledger)


def test_a_file_that_is_no_export_is_wrong_use(onrecord: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The ferry stays in port.\n", encoding="utf-8")
    (tmp_path / "empty.jsonl").write_text("", encoding="utf-8")
    for name, word in (("a.txt", "[wrong_schema]"), ("empty.jsonl", "[missing]")):
        said = onrecord("import", str(tmp_path / name))
        assert (said.code, word in said.err) == (2, True), said.err


def test_a_folder_without_sets_is_wrong_use(onrecord: Any, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    said = onrecord("import", str(tmp_path / "none"))
    assert (said.code, "[missing]" in said.err) == (2, True)


def damage(ledger: Path) -> None:
    """Change one sign of every stored text: it no longer meets its hash."""
    raw = ledger.read_bytes()
    assert raw.count(b"Ferry strike looms") >= 1
    ledger.write_bytes(raw.replace(b"Ferry strike looms", b"Ferry strike booms"))


def test_a_damaged_ledger_is_told_of_by_verify_and_saved_by_salvage(
    onrecord: Any, ledger: Path, tmp_path: Path
) -> None:
    damage(ledger)
    told = onrecord("verify", "--ledger", str(ledger))
    assert (told.code, "do not hold" in told.err) == (5, True)
    saved = onrecord("salvage", str(tmp_path / "saved.db"), "--ledger", str(ledger))
    assert saved.code == 4
    assert "lost:" in saved.err
    assert onrecord("verify", "--ledger", str(tmp_path / "saved.db")).code == 0
    assert onrecord("salvage", str(tmp_path / "saved.db"), "--ledger", str(ledger)).code == 2


def test_a_sound_ledger_is_saved_whole(onrecord: Any, ledger: Path, tmp_path: Path) -> None:
    saved = onrecord("salvage", str(tmp_path / "saved.db"), "--ledger", str(ledger))
    assert saved.code == 0
    assert "lost: 0 documents, 0 red lines, 0 log entries" in saved.err
