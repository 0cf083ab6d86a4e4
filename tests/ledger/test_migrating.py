"""A ledger of every earlier schema opens, and holds and answers what a new one does."""

from pathlib import Path

import pytest
from tests.ledger.ledger_faults import rows_of
from tests.ledger.ledger_made import made_findings, made_statements

from onrecord.ledger import open_ledger
from onrecord.ledger.database import open_database
from onrecord.ledger.migrating import load_migrations, migrate
from onrecord.ledger.writer import Writer
from onrecord.records.rows import Filter

COVERAGE = tuple(made_findings(seed) for seed in range(4))
OWN = ("migration", "run")  # tables that tell when and by what a ledger was made


def clock() -> str:
    return "2024-01-01T00:00:00Z"


def fill(path: Path, schema: int) -> Path:
    """A ledger as the program wrote it when this was the newest schema."""
    opened = open_database(path, read_only=False)
    migrate(opened, load_migrations()[:schema], clock)
    with Writer(opened, clock) as writer:
        for findings in COVERAGE:
            writer.add(findings, made_statements(findings))
    return path


@pytest.mark.parametrize("schema", [migration.number for migration in load_migrations()])
def test_a_ledger_of_every_schema_becomes_like_a_new_one(tmp_path: Path, schema: int) -> None:
    new, old = (
        fill(tmp_path / name, number) for name, number in (("new.db", len(load_migrations())), ("old.db", schema))
    )
    with open_ledger(old) as ledger, ledger.writer(), ledger.view() as view, open_ledger(new) as fresh:
        assert view.verify().holds
        with fresh.view() as expected:
            for name in ("documents", "statements", "conditions", "figures", "events", "wordings"):
                for wanted in (Filter(limit=3), Filter(limit=3, outlet="Delta Wire")):
                    assert getattr(view, name)(wanted) == getattr(expected, name)(wanted)
    held, made = rows_of(old), rows_of(new)
    assert {name: rows for name, rows in held.items() if name not in OWN} == {
        name: rows for name, rows in made.items() if name not in OWN
    }
