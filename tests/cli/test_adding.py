"""What `add` and `read` do around the pipeline: a stand-in finds nothing in any document, quickly."""

import json
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from onrecord.batch import annotating, relating
from onrecord.cli import coverage
from onrecord.errors import RecordError
from onrecord.ledger import open_ledger
from onrecord.records.documents import Document, hash_text
from onrecord.records.findings import Findings
from onrecord.relating import Related


@dataclass(frozen=True)
class StandIn:
    """Resources that nothing is done with."""

    annotator: str = "stand-in"
    encoder: None = None


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stages that find nothing; the list names the documents they were given."""
    seen: list[str] = []

    def annotate(document: Document, _resources: Any) -> Findings:
        seen.append(document.path)
        return Findings(document, annotator="stand-in")

    monkeypatch.setattr(coverage, "load_resources", lambda _settings: StandIn())
    monkeypatch.setattr(annotating, "annotate", annotate)
    monkeypatch.setattr(relating, "relate_archive", lambda _view, _resources, whole: Related((), ()))
    return seen


def test_what_is_not_in_english_is_searchable_and_said_not_to_be_annotated(
    onrecord: Any, stand_in: list[str], tmp_path: Path
) -> None:
    text = "Fähre bleibt im Hafen\n\nDas Hafenamt sagte, dass die Fähre auch heute nicht auslaufen werde.\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert "1 of those added not in English" in onrecord("add", str(tmp_path / "a.txt")).err
    (row,) = json.loads(onrecord("search", "fahre", "--format", "json").out)
    assert "was not annotated" in onrecord("show", row["document"]["id"]).err
    assert "not_annotated:de" in onrecord("documents").out


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three short articles."""
    made = tmp_path / "articles"
    made.mkdir()
    for name in ("a", "b", "c"):
        (made / f"{name}.txt").write_text(
            f"Ferry {name} is late\nThe harbour office said that ferry {name} would be late again today.\n"
        )
    return made


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return tmp_path / "new.db"


def documents_in(ledger: Path) -> list[str]:
    with open_ledger(ledger, read_only=True) as opened, opened.view() as view:
        return sorted(row.path.rpartition("/")[2] for row in view.documents().rows)


def test_adding_twice_changes_nothing(onrecord: Any, stand_in: list[str], folder: Path, new: Path) -> None:
    first = onrecord("add", str(folder), "--ledger", str(new))
    assert (first.code, first.out) == (0, "")
    assert "3 added, 0 already there, 0 rejected" in first.err
    again = onrecord("add", str(folder), "--ledger", str(new))
    assert "0 added, 3 already there, 0 rejected" in again.err
    assert len(stand_in) == 3


def test_what_cannot_be_read_is_named_and_the_rest_is_done(
    onrecord: Any, stand_in: list[str], folder: Path, new: Path
) -> None:
    (folder / "empty.txt").write_text("")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    said = onrecord("add", str(folder), str(folder / "missing.txt"), "--ledger", str(new))
    assert said.code == 4
    assert "3 added, 0 already there, 3 rejected" in said.err
    for name in ("empty.txt", "picture.txt", "missing.txt"):
        (line,) = [line for line in said.err.splitlines() if name in line]
        assert line.endswith("]")
    assert documents_in(new) == ["a.txt", "b.txt", "c.txt"]


def test_a_document_that_meets_a_bug_is_reported_as_our_fault_and_stops_nothing(
    onrecord: Any, stand_in: list[str], folder: Path, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    working = annotating.annotate  # type: ignore[attr-defined]  # the stand-in

    def annotate(document: Document, resources: Any) -> Findings:
        if "ferry b" in document.text:
            raise ZeroDivisionError("a bug")
        return working(document, resources)

    monkeypatch.setattr(annotating, "annotate", annotate)
    said = onrecord("add", str(folder), "--ledger", str(new))
    assert said.code == 1
    assert "2 added, 0 already there, 1 rejected" in said.err
    assert "ZeroDivisionError in annotate" in said.err
    assert documents_in(new) == ["a.txt", "c.txt"]


def test_a_record_that_breaks_its_contract_rejects_its_document(
    onrecord: Any, stand_in: list[str], folder: Path, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def annotate(_document: Document, _resources: Any) -> Findings:
        raise RecordError("a span outside its text")

    monkeypatch.setattr(annotating, "annotate", annotate)
    said = onrecord("add", str(folder), "--ledger", str(new))
    assert said.code == 4
    assert "a span outside its text [record]" in said.err


def test_attack_48_an_interrupted_run_goes_on_where_it_stopped(
    onrecord: Any, stand_in: list[str], folder: Path, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    working = annotating.annotate  # type: ignore[attr-defined]  # the stand-in

    def interrupt(document: Document, resources: Any) -> Findings:
        if "ferry b" in document.text:
            raise KeyboardInterrupt
        return working(document, resources)

    monkeypatch.setattr(annotating, "annotate", interrupt)
    assert onrecord("add", str(folder), "--ledger", str(new)).code == 130
    assert documents_in(new) == ["a.txt"]
    monkeypatch.setattr(annotating, "annotate", working)
    assert "2 added, 1 already there" in onrecord("add", str(folder), "--ledger", str(new)).err


@pytest.mark.parametrize("broken", ["", "name,outlet\na.txt,Wire\n", "file,published\na.txt,soon\n", "file,file\n"])
def test_a_metadata_file_that_is_wrong_stops_before_anything_is_stored(
    onrecord: Any, stand_in: list[str], folder: Path, new: Path, broken: str
) -> None:
    meta = folder.parent / "meta.csv"
    meta.write_text(broken)
    said = onrecord("add", str(folder), "--meta", str(meta), "--ledger", str(new))
    assert said.code == 2
    assert "meta.csv" in said.err
    assert not new.exists()


def test_metadata_for_a_file_that_was_not_read_is_mentioned(
    onrecord: Any, stand_in: list[str], folder: Path, new: Path
) -> None:
    meta = folder / "meta.csv"
    meta.write_text("file,outlet,published\na.txt,Wire,2024-03-04\nz.txt,Wire,2024\n")
    said = onrecord("add", str(folder), "--meta", str(meta), "--ledger", str(new))
    assert "z.txt" in said.err
    with open_ledger(new, read_only=True) as opened, opened.view() as view:
        assert [row.outlet.name for row in view.documents().rows] == ["Wire", None, None]


def test_a_list_of_actors_that_is_wrong_is_named_with_its_line(
    onrecord: Any, stand_in: list[str], folder: Path, new: Path
) -> None:
    actors = folder.parent / "actors.yml"
    actors.write_text("people:\n  - {name: Ada Orvo, shoe: 44}\n")
    said = onrecord("add", str(folder), "--actors", str(actors), "--ledger", str(new))
    assert said.code == 2
    assert "line 2" in said.err
    assert not new.exists()


def test_documents_are_annotated_anew_with_another_list_of_actors_and_that_is_said(
    onrecord: Any, stand_in: list[str], folder: Path, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(settings: Any) -> StandIn:
        return StandIn("stand-in+actors-1a" if settings.knowledge else "stand-in")

    def annotate(document: Document, resources: Any) -> Findings:
        return Findings(document, annotator=resources.annotator)

    monkeypatch.setattr(coverage, "load_resources", load)
    monkeypatch.setattr(annotating, "annotate", annotate)
    actors = folder.parent / "actors.yml"
    actors.write_text("people:\n  - {name: Ada Orvo}\n")
    plain = ("add", str(folder), "--ledger", str(new))
    listed = (*plain, "--actors", str(actors))
    assert "list of actors" not in onrecord(*listed).err
    without = onrecord(*plain).err
    assert "3 added, 0 already there" in without
    assert "3 of those added were on record and were annotated anew" in without
    assert "read a list of actors of your own (actors-1a), this one no such list" in without
    assert "annotated without it, and --actors FILE brings it back" in without
    again = onrecord(*listed).err
    assert "3 added, 0 already there" in again
    assert "read no such list, this one a list of actors of your own (actors-1a)" in again
    assert "0 added, 3 already there" in onrecord(*listed).err


def test_an_empty_folder_is_nothing_found(onrecord: Any, stand_in: list[str], tmp_path: Path, new: Path) -> None:
    (tmp_path / "none").mkdir()
    assert onrecord("add", str(tmp_path / "none"), "--ledger", str(new)).code == 3
    assert onrecord("read", str(tmp_path / "none")).code == 3


def test_a_run_is_kept_with_what_it_rejected(onrecord: Any, stand_in: list[str], folder: Path, new: Path) -> None:
    onrecord("add", str(folder), str(folder / "missing.txt"), "--ledger", str(new))
    with open_ledger(new, read_only=True) as opened, opened.view() as view:
        (run,) = view.runs()
    assert (run.added, run.known, [each.path.rpartition("/")[2] for each in run.rejected]) == (3, 0, ["missing.txt"])


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch, stand_in: list[str]) -> None:
    """`read` loads its resources from the pipeline itself."""
    monkeypatch.setattr("onrecord.pipeline.load_resources", lambda _settings: SimpleNamespace(annotator="stand-in"))
    return


def test_read_prints_exchange_records_and_makes_no_ledger(onrecord: Any, reading: None, folder: Path) -> None:
    before = sorted(each.name for each in folder.parent.iterdir())
    said = onrecord("read", str(folder), "--format", "jsonl")
    records = [json.loads(line) for line in said.out.splitlines()]
    assert [(each["schema"], each["document"]["title"]) for each in records] == [
        ("onrecord/findings/1", f"Ferry {name} is late") for name in "abc"
    ]
    assert json.loads(onrecord("read", str(folder), "--format", "json").out) == records
    assert "3 read, 0 rejected" in said.err
    assert sorted(each.name for each in folder.parent.iterdir()) == before


def test_read_goes_on_after_a_file_that_cannot_be_read(onrecord: Any, reading: None, folder: Path) -> None:
    said = onrecord("read", str(folder / "missing.txt"), str(folder), "--format", "jsonl")
    assert said.code == 4
    assert len(said.out.splitlines()) == 3


def test_attack_42_lines_are_formed_again_where_another_run_added_documents_meanwhile(
    onrecord: Any, stand_in: list[str], folder: Path, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    related: list[int] = []

    def relate(view: Any, _resources: Any, whole: bool) -> Related:
        related.append(view.counts().documents)
        if len(related) == 1:
            with open_ledger(new) as opened, opened.writer() as writer:
                text = "Another run was here."
                writer.add(Findings(Document(hash_text(text), "other.txt", "", text), annotator="stand-in"), ())
        return Related((), ())

    monkeypatch.setattr(relating, "relate_archive", relate)
    assert onrecord("add", str(folder), "--ledger", str(new)).code == 0
    assert related == [3, 4]
