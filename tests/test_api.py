import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas
import pytest

import onrecord
from onrecord.api import Rows, mark_passages
from onrecord.export.tables import all_tables
from onrecord.records.actors import LinkBasis
from onrecord.records.documents import Document, hash_text
from onrecord.records.findings import Act, Attribution, Directness, Findings, Speaker
from onrecord.records.rows import Filter
from onrecord.records.spans import Span

TEXT = "“<b>Stop</b>,” said Orvo & sons.\u202e"


def make_findings() -> Findings:
    speaker = Speaker(None, None, LinkBasis.NONE)
    said = Attribution(
        "s1",
        (Span(20, 24),),
        (Span(15, 19),),
        (Span(0, 14),),
        Directness.DIRECT,
        speaker,
        Act.OTHER,
        None,
        None,
        0.9,
        "made",
    )
    return Findings(Document(hash_text(TEXT), "a.txt", "<Title>", TEXT), attributions=(said,))


def test_all_that_is_public_exists_and_nothing_else_is_promised() -> None:
    assert sorted(onrecord.__all__) == sorted(set(onrecord.__all__)) == dir(onrecord)
    assert all(getattr(onrecord, name) is not None for name in onrecord.__all__)
    with pytest.raises(AttributeError, match="nonsense"):
        onrecord.nonsense  # noqa: B018


def test_importing_loads_nothing_of_weight() -> None:
    code = (
        "import sys, onrecord; print(sorted(set(sys.modules) & {'numpy', 'apsw', 'click', 'onnxruntime', 'pyarrow'}))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_a_ledger_gives_frozen_typed_records(ledger: Path) -> None:
    with onrecord.open(ledger) as book:
        (line,) = book.red_lines()
        assert (line.line.issuer_name, len(line.line.history)) == ("Mara Oduvel", 2)
        assert [row.statement.act for row in book.statements(Filter(act=Act.THREAT))] == [Act.THREAT]
        assert book.findings(book.documents()[0].id[:20]).document.text
        assert book.find(line.line.id).kind == "red_line"
        with pytest.raises(AttributeError):
            line.line.issuer_name = "someone else"  # type: ignore[misc]


def test_every_table_comes_as_arrow_and_pandas(ledger: Path) -> None:
    with onrecord.open(ledger) as book:
        given: tuple[Rows[Any], ...] = (
            book.documents(),
            book.statements(),
            book.conditions(),
            book.red_lines(),
            book.steps(),
            book.figures(),
            book.events(),
            book.wordings(),
            book.people(),
            book.timeline(),
        )
        for rows, table in zip(given, all_tables().values(), strict=True):
            assert rows.to_arrow().column_names == list(table.names)
            frame = rows.to_pandas()
            assert isinstance(frame, pandas.DataFrame)
            assert len(frame) == len(rows)


def test_a_table_in_a_notebook_is_escaped(ledger: Path) -> None:
    with onrecord.open(ledger) as book:
        page = book.figures()._repr_html_()
        assert "<th>claimant</th>" in page
        assert "no_unit" in page
        assert "red lines" in book._repr_html_()


def test_passages_in_a_notebook_are_marked_named_and_escaped() -> None:
    page = mark_passages(make_findings())
    assert "&lt;Title&gt;" in page
    assert "<b>Stop" not in page
    assert '<span title="content"' in page
    assert "&lt;b&gt;Stop&lt;/b&gt;" in page
    assert "Orvo</span> &amp; sons.⟨U+202E⟩" in page


def test_a_missing_ledger_and_an_unreadable_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(onrecord.OnRecordError, match=r"none\.db"):
        onrecord.open(tmp_path / "none.db")
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    with pytest.raises(onrecord.OnRecordError, match=r"empty\.txt"):
        onrecord.read(empty)
