"""What only a shared ledger must do: many writers at once, the way from one database to the other, refusals."""

import re
import threading
from pathlib import Path

import psycopg
import pytest
from tests.ledger.ledger_made import made_findings, made_judgement, made_line, made_statements

from onrecord.errors import ConflictError, LedgerError, LedgerVersionError
from onrecord.ledger import backup, open_ledger, restore, salvage, show_place
from onrecord.ledger.database import Database
from onrecord.ledger.postgres import PostgresLedger, open_postgres, schema
from onrecord.ledger.salvaging import salvage_ledger
from onrecord.records.judgements import Answer

COVERAGE = tuple(made_findings(seed) for seed in range(8))


def opened(address: str) -> PostgresLedger:
    return open_postgres(address, now=lambda: "2024-01-01T00:00:00Z")


def fill(ledger: PostgresLedger) -> None:
    with ledger.writer() as writer:
        for findings in COVERAGE:
            writer.add(findings, made_statements(findings))
        writer.record_lines((made_line(COVERAGE[:3]),))
        writer.judge(made_judgement(made_statements(COVERAGE[0])[0]))
        writer.withdraw(COVERAGE[7].document.id, "asked for", by="ana")


def hashes(database: Database) -> list[tuple[object, ...]]:
    """The log, every document and the hash of its findings, every red line."""
    log = database.rows("SELECT sequence, hash FROM log ORDER BY sequence")
    documents = database.rows(
        "SELECT id, annotator, hash FROM document JOIN findings ON findings.number = document.findings "
        "WHERE withdrawn IS NULL ORDER BY id"
    )
    return [*log, *documents, *database.rows("SELECT id, body FROM line ORDER BY id")]


def test_a_filled_ledger_verifies(address: str) -> None:
    fill(opened(address))
    with opened(address).view() as view:
        checked = view.verify()
    assert (checked.documents, checked.problems) == (8, ())


def test_a_ledger_of_an_older_schema_is_brought_up_to_date_by_a_writer_only(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
        patch.setattr(schema, "VERSION", 1)
        opened(address)
    with pytest.raises(LedgerVersionError, match="open it once for writing"):
        open_postgres(address, read_only=True, now=lambda: "2024-01-01T00:00:00Z")
    fill(opened(address))
    with open_postgres(address, read_only=True, now=lambda: "2024-01-01T00:00:00Z").view() as view:
        assert view.verify().holds


def test_from_postgres_to_a_file_and_back_every_hash_is_the_same(address: str, server: str, tmp_path: Path) -> None:
    fill(opened(address))
    file, back = open_ledger(tmp_path / "file.db"), opened(_another(server))
    with opened(address).view() as source, file.writer() as writer:
        saved = salvage_ledger(source.database, writer)
        assert (saved.documents, saved.documents_lost, saved.lines_lost, saved.entries_lost) == (7, 0, 0, 0)
        wanted = hashes(source.database)
    with file.view() as source, back.writer() as writer:
        assert hashes(source.database) == wanted
        assert source.verify().holds
        salvage_ledger(source.database, writer)
    with back.view() as view:
        assert hashes(view.database) == wanted
        assert view.verify().holds


def _another(server: str) -> str:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE another")
    return server.replace("/postgres?", "/another?")


def test_writers_at_once_add_each_document_once(address: str) -> None:
    ledger = opened(address)
    added: list[bool] = []

    def add_all() -> None:
        with ledger.writer() as writer:
            added.extend(writer.add(findings, made_statements(findings)) for findings in COVERAGE)

    run_at_once([add_all] * 4)
    assert sorted(added) == [False] * 24 + [True] * 8
    with ledger.view() as view:
        assert view.counts().documents == 8
        assert view.verify().holds


def test_of_reviewers_at_once_one_is_first_and_both_are_logged(address: str) -> None:
    ledger = opened(address)
    fill(ledger)
    statement = made_statements(COVERAGE[1])[0]
    late: list[ConflictError] = []

    def judge(name: str) -> None:
        with ledger.writer() as writer:
            try:
                writer.judge(made_judgement(statement, Answer.REJECT, name), expected_state=0)
            except ConflictError as error:
                late.append(error)

    run_at_once([lambda name=name: judge(name) for name in ("ana", "bo", "ida")])
    with ledger.view() as view:
        kinds = [entry.kind for entry in view.log_of((statement.id,))]
        assert view.verify().holds
    assert (len(late), sorted(kinds)) == (2, ["contested", "contested", "judgement"])


def run_at_once(tasks: list[object]) -> None:
    threads = [threading.Thread(target=task) for task in tasks]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE log SET by = 'nobody'",
        "DELETE FROM log",
        "TRUNCATE log CASCADE",
        "UPDATE log_payload SET payload = ''",
        "DELETE FROM log_payload",
        "UPDATE document SET text = 'other'",
        "DELETE FROM document",
        "UPDATE findings SET hash = ''",
        "DELETE FROM findings",
    ],
)
def test_attack_49_what_must_not_change_cannot_be_changed_by_sql(address: str, sql: str) -> None:
    fill(opened(address))
    with psycopg.connect(address) as connection, pytest.raises(psycopg.Error, match="append-only|never|only with"):
        connection.execute(sql.encode())


def test_attack_49_a_guard_taken_away_is_named(address: str) -> None:
    fill(opened(address))
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("DROP TRIGGER log_loses_no_entry ON log")
        connection.execute("ALTER TABLE log DISABLE TRIGGER log_keeps_its_entries")
        connection.execute("UPDATE log SET by = 'nobody' WHERE sequence = 2")
    with opened(address).view() as view:
        places = [problem.place for problem in view.verify().problems]
    assert {"schema log_loses_no_entry", "schema log_keeps_its_entries", "log entry 2"} <= set(places)


def test_a_wrong_address_a_foreign_database_and_a_newer_ledger_are_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(LedgerError) as raised:
        opened(f"postgresql://desk:secret@/none?host={tmp_path}")
    assert raised.value.code == "unreachable"
    assert "secret" not in str(raised.value)
    with pytest.raises(LedgerError, match="found none"):
        open_postgres(address, read_only=True, now=str)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE TABLE theirs (word text)")
    with pytest.raises(LedgerError) as raised:
        opened(address)
    assert raised.value.code == "not_a_ledger"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("DROP TABLE theirs")
        opened(address)
        connection.execute("INSERT INTO migration VALUES (99, 'later', '', '')")
    with pytest.raises(LedgerVersionError):
        opened(address)


def test_a_view_is_not_for_writing(address: str) -> None:
    with opened(address).view() as view, pytest.raises(LedgerError) as raised:
        view.database.run("DELETE FROM facet")
    assert raised.value.code == "read_only"


@pytest.mark.parametrize(
    ("old", "new", "missing"), [("/postgres?", "/nowhere?", "database"), ("desk@", "nobody@", "role")]
)
def test_a_database_or_role_that_is_not_there_is_named(address: str, old: str, new: str, missing: str) -> None:
    base = re.sub(r"@/[^?]*\?", "@/postgres?", address)
    with pytest.raises(LedgerError, match=f"the server answers, and has no such {missing}") as caught:
        open_ledger(base.replace(old, new))
    assert caught.value.code == "missing"
    assert str(caught.value).startswith("postgresql://")


def test_what_is_for_files_refuses_an_address_and_says_what_to_use(tmp_path: Path) -> None:
    address, file = Path("postgresql://desk:secret@host/onrecord"), tmp_path / "copy.db"
    for refused in (
        lambda: backup(address, file),
        lambda: restore(file, address),
        lambda: restore(address, file),
        lambda: salvage(address, file),
    ):
        with pytest.raises(
            LedgerError, match=r"^postgresql://desk@host/onrecord: needed a ledger's file.*pg_dump"
        ) as got:
            refused()
        assert got.value.code == "not_a_file"
    assert list(tmp_path.iterdir()) == []
    assert show_place(address) == "postgresql://desk@host/onrecord"
