"""What was recorded stays as it was recorded, and whoever changes it is found out."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import apsw
import pytest
from tests.ledger.ledger_faults import rows_of
from tests.ledger.ledger_made import made_findings, made_judgement, made_line, made_statements, with_metadata

from onrecord.ledger import backup, open_ledger
from onrecord.ledger.chain import check_chain, make_entry
from onrecord.records.documents import hash_text
from onrecord.records.findings import Findings
from onrecord.records.judgements import Answer
from onrecord.records.rows import Entry, Filter, Problem, Review, Verification

COVERAGE = tuple(made_findings(seed) for seed in range(4))
REST = "recorded_at, payload_hash, previous, hash"
STATEMENT = made_statements(COVERAGE[1])[0]


def _clock() -> str:
    return "2024-01-01T00:00:00Z"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "audited.db"
    with open_ledger(made, now=_clock).writer() as writer:
        for findings in COVERAGE:
            writer.add(findings, made_statements(findings))
        writer.record_lines((made_line(COVERAGE[:3]),))
        writer.judge(made_judgement(STATEMENT))
        writer.judge(made_judgement(STATEMENT, Answer.REJECT, "bo"))
    return made


def _change(path: Path, *statements: str) -> None:
    """Run SQL as somebody with another program would, foreign keys and all guards off where SQL can switch them off."""
    connection = apsw.Connection(str(path))
    try:
        for sql in statements:
            connection.execute(sql)
    finally:
        connection.close()


def _verify(path: Path) -> Verification:
    with open_ledger(path, read_only=True).view() as view:
        return view.verify()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE log SET by = 'nobody' WHERE sequence = 4",
        "UPDATE log SET recorded_at = '1999-01-01T00:00:00Z'",
        "DELETE FROM log",
        "DELETE FROM log WHERE sequence = 5",
        f"INSERT OR REPLACE INTO log SELECT sequence, kind, subject, document, 'x', {REST} FROM log WHERE sequence = 2",
        "INSERT INTO log VALUES (99, 'judgement', 'a', NULL, 'x', '', '', '', '')",
        f"INSERT INTO log SELECT 6, kind, subject, document, by, {REST} FROM log LIMIT 1",
        "UPDATE log_payload SET payload = '{}'",
        "DELETE FROM log_payload WHERE sequence = 1",
        "INSERT OR REPLACE INTO log_payload VALUES (1, '{}')",
        "UPDATE document SET text = 'other words'",
        "UPDATE document SET text = NULL",
        "UPDATE document SET id = 'sha256:00' WHERE number = 1",
        "DELETE FROM document",
        "UPDATE findings SET annotator = 'other'",
        "DELETE FROM findings",
    ],
)
def test_attack_49_sql_that_changes_what_must_not_change_is_aborted(path: Path, sql: str) -> None:
    before = rows_of(path)
    for recursive in ("ON", "OFF"):
        with pytest.raises(apsw.ConstraintError):
            _change(path, f"PRAGMA recursive_triggers = {recursive}", sql)
    assert rows_of(path) == before
    assert _verify(path).holds


def test_attack_49_a_byte_edited_in_the_file_is_found_and_the_first_bad_entry_named(path: Path) -> None:
    stored = path.read_bytes()
    for words, place in ((b'"reviewer":"bo"', "log entry 5"), (b'"reviewer":"ana"', "log entry 4")):
        at = stored.index(words)
        path.write_bytes(stored[:at] + words.replace(b'":"', b'":"B', 1)[: len(words)] + stored[at + len(words) :])
        outcome = _verify(path)
        assert outcome.problems[0] == Problem(place, "its words were changed")


def test_attack_49_entries_changed_behind_the_guards_are_named_the_first_one_first(path: Path) -> None:
    _change(path, "DROP TRIGGER log_keeps_its_entries", "UPDATE log SET by = 'x' WHERE sequence IN (2, 4)")
    problems = _verify(path).problems
    assert problems[0] == Problem("schema log_keeps_its_entries", "was taken away")
    assert [problem.place for problem in problems[1:]] == ["log entry 2", "log entry 4"]


def test_attack_49_a_lost_entry_is_named(path: Path) -> None:
    _change(path, "PRAGMA foreign_keys = OFF", "DROP TRIGGER log_loses_no_entry", "DELETE FROM log WHERE sequence = 3")
    assert Problem("log entry 3", "is missing: 4 comes next") in _verify(path).problems


@pytest.mark.parametrize(
    ("sql", "place", "what"),
    [
        (("DROP TRIGGER document_keeps_its_text", "UPDATE document SET text = replace(text, 'Rain', 'Snow')"),
         "document sha256", "its text is not the one"),
        (("UPDATE record SET act = 'promise' WHERE number = 1",), "rows of sha256", "differ from its findings"),
        (("DELETE FROM record WHERE number = 2",), "rows of sha256", "differ from its findings"),
        (("UPDATE counter SET value = 7 WHERE name = 'document'",), "count of counter document", "needed 4, got 7"),
        (("UPDATE facet SET count = 9 WHERE kind = 'act'",), "count of act", "needed"),
        (("DROP TRIGGER findings_do_not_change", "UPDATE findings SET hash = 'x' WHERE number = 1"),
         "findings of sha256", "were changed"),
        (("DROP TRIGGER findings_do_not_change", "UPDATE findings SET body = x'00' WHERE number = 1"),
         "findings of sha256", "cannot be read"),
        (("UPDATE line SET body = replace(body, 'we ', 'We ')",), "status", "does not quote"),
        (("UPDATE line SET body = '{}'",), "red line", "cannot be read"),
        (("INSERT INTO review VALUES ('a', 'statement', 'confirmed', 999, 'x')",), "review row", "refers to a missing"),
        (("UPDATE record SET review = 'rejected' WHERE number = 1",), "count of review", "needed"),
        (("DELETE FROM review",), "review of", "is not what the log says"),
        (("UPDATE document SET withdrawn = 1 WHERE number = 3",), "document sha256", "without a tombstone"),
        (("INSERT INTO search (search, rowid, words) SELECT 'delete', sought, 'if' FROM document",), "search",
         "other words"),
    ],
)  # fmt: skip
def test_verify_names_what_was_changed(path: Path, sql: tuple[str, ...], place: str, what: str) -> None:
    _change(path, "PRAGMA foreign_keys = OFF", *sql)
    problems = _verify(path).problems
    assert any(problem.place.startswith(place) and what in problem.what for problem in problems), problems


def test_a_chain_that_was_wholly_rewritten_has_another_head(path: Path) -> None:
    told = _verify(path).head
    entries: list[Entry] = []
    with open_ledger(path, read_only=True).view() as view:
        for entry in view.log():
            last = (entries[-1].sequence, entries[-1].hash) if entries else (0, "")
            by = "someone" if entry.sequence == 4 else entry.by
            payload = entry.payload or ""
            entries.append(make_entry(last, entry.kind, entry.subject, entry.document, by, entry.recorded_at, payload))
    assert list(check_chain(entries, frozenset())) == []
    assert entries[-1].hash != told


def test_attack_51_erased_words_leave_the_file_and_a_copy_of_it(path: Path, tmp_path: Path) -> None:
    gone = with_metadata(made_findings(40), "Unlikely Gazette", date(2021, 2, 3))
    text = gone.document.text.replace("Nobody", "Qwyzzle").replace("mayor", "qwyzzle") + " Qwyzzle ended it."
    gone = replace(
        made_findings(40), document=replace(gone.document, text=text, id=hash_text(text), path="q/qwyzzle.txt")
    )
    actor = replace(made_findings(40).actors[0], name="Qwyzzle", key="qwyzzle")
    gone = Findings(gone.document, actors=(actor,), annotator=gone.annotator)
    with open_ledger(path, now=_clock).writer() as writer:
        assert writer.add(gone, ())
        writer.withdraw(gone.document.id, "by law", erase=True)
    backup(path, tmp_path / "copy.db")
    for stored in (path, Path(f"{path}-wal"), tmp_path / "copy.db"):
        if stored.exists():
            assert b"qwyzzle" not in stored.read_bytes().lower()
    assert _verify(path).holds


def test_attack_51_the_words_of_judgements_on_an_erased_document_are_gone_and_the_chain_holds(path: Path) -> None:
    with open_ledger(path, now=_clock).writer() as writer:
        writer.withdraw(COVERAGE[1].document.id, "by law", by="ana", erase=True)
    outcome = _verify(path)
    assert outcome.holds, outcome.problems
    with open_ledger(path, read_only=True).view() as view:
        erased = [entry for entry in view.log() if entry.document == COVERAGE[1].document.id]
        assert [entry.kind for entry in erased] == ["status", "judgement", "judgement"]
        assert all(entry.payload is None for entry in erased)
        assert view.log()[-1].by == "ana"


def test_attack_52_the_same_input_twice_makes_the_same_ledger(path: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.db"
    with open_ledger(again, now=_clock).writer() as writer:
        for _ in range(2):
            for findings in COVERAGE:
                writer.add(findings, made_statements(findings))
            writer.record_lines((made_line(COVERAGE[:3]),))
        writer.judge(made_judgement(STATEMENT))
        writer.judge(made_judgement(STATEMENT, Answer.REJECT, "bo"))
    assert rows_of(again) == rows_of(path)


def test_attack_52_the_answers_do_not_depend_on_the_order_of_adding(path: Path, tmp_path: Path) -> None:
    turned = tmp_path / "turned.db"
    with open_ledger(turned, now=_clock).writer() as writer:
        for findings in reversed(COVERAGE):
            writer.add(findings, made_statements(findings))
        writer.record_lines((made_line(COVERAGE[:3]),))
        writer.judge(made_judgement(STATEMENT))
        writer.judge(made_judgement(STATEMENT, Answer.REJECT, "bo"))
    assert _answers(turned) == _answers(path)


def _answers(path: Path) -> list[object]:
    every = Filter(limit=500)
    with open_ledger(path, read_only=True).view() as view:
        names = (
            "documents",
            "statements",
            "conditions",
            "figures",
            "events",
            "wordings",
            "lines",
            "people",
            "timeline",
        )
        pages = [getattr(view, name)(every).rows for name in names]
        return [*pages, view.search("warned", every).rows, view.facets(), view.counts(), list(view.all_findings())]


def test_a_reader_leaves_nothing_beside_the_ledger(path: Path) -> None:
    with open_ledger(path, read_only=True).view() as view:
        view.counts()
    assert sorted(os.listdir(path.parent)) == [path.name]


def test_a_view_cannot_write(path: Path) -> None:
    with open_ledger(path, read_only=True).view() as view, pytest.raises(Exception, match="may not be written"):
        view.database.run("DELETE FROM record")


@pytest.mark.parametrize("review", [Review.DISPUTED])
def test_two_different_answers_are_shown_as_a_dispute(path: Path, review: Review) -> None:
    with open_ledger(path, read_only=True).view() as view:
        assert view.statement(STATEMENT.id).review.review is review
