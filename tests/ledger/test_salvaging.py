"""Of a damaged ledger, what still holds is saved."""

from pathlib import Path

import apsw
import pytest
from tests.ledger.ledger_faults import check_sound
from tests.ledger.ledger_made import made_findings, made_judgement, made_line, made_statements

from onrecord.errors import LedgerError
from onrecord.ledger import check, open_ledger, salvage
from onrecord.records.judgements import Answer
from onrecord.records.rows import Review

COVERAGE = tuple(made_findings(seed) for seed in range(12))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "hurt.db"
    with open_ledger(made).writer() as writer:
        for findings in COVERAGE:
            writer.add(findings, made_statements(findings))
        writer.record_lines((made_line(COVERAGE[:3]), made_line(COVERAGE[6:8])))
        writer.judge(made_judgement(made_statements(COVERAGE[2])[0]))
        writer.judge(made_judgement(made_statements(COVERAGE[3])[0], Answer.REJECT))
        writer.withdraw(COVERAGE[11].document.id, "asked")
    return made


def test_a_sound_ledger_is_saved_whole(path: Path, tmp_path: Path) -> None:
    saved = salvage(path, tmp_path / "saved.db")
    assert (saved.documents, saved.lines, saved.entries) == (11, 2, 8)
    assert (saved.documents_lost, saved.lines_lost, saved.entries_lost) == (0, 0, 0)
    check_sound(tmp_path / "saved.db")
    with open_ledger(path).view() as old, open_ledger(tmp_path / "saved.db").view() as new:
        assert list(new.all_findings()) == list(old.all_findings())
        assert (new.all_lines(), new.facets(), new.tombstones()) == (old.all_lines(), old.facets(), old.tombstones())
        assert new.log() == old.log()
        assert new.counts() == old.counts()
        assert new.has(COVERAGE[11].document.id, "any")


def test_attack_44_of_a_ledger_with_damaged_pages_the_rest_is_saved(path: Path, tmp_path: Path) -> None:
    pages, saved_ever = path.stat().st_size // 4096, 0
    for page in range(2, pages, 5):
        hurt, target = tmp_path / f"hurt-{page}.db", tmp_path / f"saved-{page}.db"
        stored = bytearray(path.read_bytes())
        stored[page * 4096 : (page + 1) * 4096] = b"\xa5" * 4096
        hurt.write_bytes(bytes(stored))
        assert not check(hurt).holds
        try:
            saved = salvage(hurt, target)
        except LedgerError as error:
            assert error.code == "damaged"  # noqa: PT017
            continue
        saved_ever += 1
        check_sound(target)
        assert saved.documents >= 9 or saved.documents_lost > 0
    assert saved_ever >= pages // 5 // 2


def test_a_log_is_saved_as_far_as_its_chain_goes(path: Path, tmp_path: Path) -> None:
    connection = apsw.Connection(str(path))
    connection.execute("DROP TRIGGER log_keeps_its_entries")
    connection.execute("UPDATE log SET by = 'somebody' WHERE sequence = 7")
    connection.close()
    saved = salvage(path, tmp_path / "saved.db")
    assert (saved.entries, saved.entries_lost) == (6, 2)
    with open_ledger(tmp_path / "saved.db").view() as view:
        assert view.state(made_statements(COVERAGE[2])[0].id).review is Review.CONFIRMED
        assert view.state(made_statements(COVERAGE[3])[0].id).review is Review.SUGGESTED


def test_a_text_that_was_changed_is_not_saved(path: Path, tmp_path: Path) -> None:
    connection = apsw.Connection(str(path))
    connection.execute("DROP TRIGGER document_keeps_its_text")
    connection.execute("UPDATE document SET text = text || '.' WHERE number = 1")
    connection.close()
    saved = salvage(path, tmp_path / "saved.db")
    assert (saved.documents, saved.documents_lost, saved.lines, saved.lines_lost) == (10, 1, 1, 1)
    check_sound(tmp_path / "saved.db")


def test_a_salvage_needs_a_new_file(path: Path) -> None:
    with pytest.raises(LedgerError, match="needed a new file"):
        salvage(path, path)


def test_attack_44_a_damaged_ledger_is_checked_and_what_is_wrong_is_listed(path: Path) -> None:
    stored = bytearray(path.read_bytes())
    stored[4096 * 6 : 4096 * 7] = b"\x11" * 4096
    path.write_bytes(bytes(stored))
    with pytest.raises(LedgerError):
        open_ledger(path)
    outcome = check(path)
    assert not outcome.holds
    assert "\n" not in outcome.problems[0].place
