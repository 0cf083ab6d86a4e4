"""Every format by name, and the one way to write a ledger in it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedIOBase, TextIOWrapper
from typing import Any, BinaryIO, TextIO, cast

from onrecord.errors import ExportError
from onrecord.export.arrow import export_parquet
from onrecord.export.bibtex import export_bibtex
from onrecord.export.citations import Citation
from onrecord.export.corrections import export_corrections
from onrecord.export.csl_json import export_csl_json
from onrecord.export.csv import export_csv
from onrecord.export.jsonl import export_jsonl
from onrecord.export.markdown import export_markdown
from onrecord.export.schema_org import export_schema_org
from onrecord.export.selection import Held, leave_out, may_leave, without_held
from onrecord.export.source import Source, every
from onrecord.export.tables import Step, Table, all_tables, list_steps
from onrecord.export.web_annotation import Marked, export_web_annotation
from onrecord.records.redlines import Passage
from onrecord.records.rows import ConditionRow, FigureRow, StatementRow
from onrecord.records.spans import Spans, quote_spans

TextExport = Callable[[Source, Held, TextIO], None]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the ending of its files, its media type, what it is good for.

    write: for formats that hold the whole ledger in one text file; None for those that hold one table a file.
    """

    name: str
    suffix: str
    media_type: str
    meaning: str
    write: TextExport | None = None


class _Lent(BufferedIOBase):
    """A stream of bytes that stays open when what writes to it is closed or collected."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        return self._stream.write(data)


@contextmanager
def writing_text(stream: BinaryIO, newline: str = "\n") -> Iterator[TextIO]:
    """Text written to a stream of bytes, which stays open afterwards, also where writing to it failed."""
    text = TextIOWrapper(cast(BinaryIO, _Lent(stream)), encoding="utf-8", newline=newline)
    yield text
    text.flush()


def list_rows(source: Source, table: str, held: Held) -> Iterator[Any]:
    """All rows of a table that may leave the ledger. Raises ExportError for a table that does not exist."""
    asks: dict[str, Callable[[], Any]] = {
        "documents": lambda: every(source.documents),
        "statements": lambda: every(source.statements),
        "conditions": lambda: every(source.conditions),
        "redlines": lambda: every(source.lines),
        "steps": lambda: _every_step(source, held),
        "figures": lambda: every(source.figures),
        "events": lambda: every(source.events),
        "wording": lambda: every(source.wordings),
        "people": lambda: every(source.people),
        "timeline": lambda: every(source.timeline),
    }
    if table not in asks:
        raise ExportError(f"needed one of the tables {', '.join(asks)}; got {table!r}")
    yield from leave_out(asks[table](), held)


def find_table(name: str) -> Table[Any]:
    """The table of this name. Raises ExportError if there is none."""
    tables = all_tables()
    if name not in tables:
        raise ExportError(f"needed one of the tables {', '.join(tables)}; got {name!r}")
    return tables[name]


def write_table(source: Source, table: str, format_name: str, held: Held, stream: BinaryIO) -> None:
    """Write one table as CSV or Parquet."""
    rows = list_rows(source, table, held)
    if format_name == "parquet":
        export_parquet(find_table(table), rows, stream)
        return
    with writing_text(stream, newline="") as text:
        export_csv(find_table(table), rows, text)


def _every_step(source: Source, held: Held) -> tuple[Step, ...]:
    return list_steps(row for row in every(source.lines) if may_leave(row, held))


def _write_jsonl(source: Source, held: Held, stream: TextIO) -> None:
    export_jsonl((without_held(findings, held) for findings in source.all_findings()), stream)


def _write_markdown(source: Source, held: Held, stream: TextIO) -> None:
    lines = list_rows(source, "redlines", held)
    export_markdown(lines, list_rows(source, "figures", held), every(source.documents), stream)


def _write_web_annotation(source: Source, held: Held, stream: TextIO) -> None:
    export_web_annotation(((each, source.text(each.passage.document)) for each in list_marked(source, held)), stream)


def list_citations(source: Source, held: Held) -> Iterator[Citation]:
    """Every statement that may leave the ledger, with its document."""
    documents = {row.id: row for row in every(source.documents)}
    for row in list_rows(source, "statements", held):
        yield Citation(row, documents[row.statement.document])


def list_marked(source: Source, held: Held) -> Iterator[Marked]:
    """Every passage that may leave the ledger: statements, conditions, consequences, figures, steps."""
    links = {row.id: row.url for row in every(source.documents)}
    for row in list_rows(source, "statements", held):
        yield _mark_statement(row, links[row.statement.document])
    for row in list_rows(source, "conditions", held):
        yield from _mark_condition(row, links[row.document], source.text(row.document))
    for row in list_rows(source, "figures", held):
        yield _mark_figure(row, links[row.document])
    for step in list_rows(source, "steps", held):
        passage = step.entry.passage
        yield Marked(
            "step",
            step.entry.id,
            passage,
            step.line.line.issuer_name,
            step.entry.status.value,
            None,
            links[passage.document],
        )


def _mark_statement(row: StatementRow, link: str | None) -> Marked:
    statement = row.statement
    passage = Passage(statement.document, statement.content, statement.quote)
    return Marked(
        "statement", statement.id, passage, statement.speaker.name, statement.act.value, row.review.review.value, link
    )


def _mark_condition(row: ConditionRow, link: str | None, text: str) -> Iterator[Marked]:
    about, review = row.speaker.name if row.speaker else None, row.review.review.value

    def mark(kind: str, spans: Spans) -> Marked:
        passage = Passage(row.document, spans, quote_spans(text, spans))
        return Marked(kind, row.id, passage, about, row.condition.form.value, review, link)

    yield from (mark("condition", spans) for spans in row.condition.condition if spans)
    if row.condition.consequence:
        yield mark("consequence", row.condition.consequence)


def _mark_figure(row: FigureRow, link: str | None) -> Marked:
    passage = Passage(row.document, (row.figure.span,), row.text)
    claimant = row.claimant.name if row.claimant else None
    return Marked("figure", row.id, passage, claimant, row.figure.unit, row.review.review.value, link)


def _write_corrections(source: Source, _held: Held, stream: TextIO) -> None:
    # Nothing is held back: what is not judged is not in it, and what was rejected is what it is for.
    export_corrections(source, stream)


def _write_csl_json(source: Source, held: Held, stream: TextIO) -> None:
    export_csl_json(list_citations(source, held), stream)


def _write_bibtex(source: Source, held: Held, stream: TextIO) -> None:
    export_bibtex(list_citations(source, held), stream)


def _write_schema_org(source: Source, held: Held, stream: TextIO) -> None:
    export_schema_org(list_citations(source, held), stream)


FORMATS = {
    each.name: each
    for each in (
        Format("jsonl", ".jsonl", "application/jsonl", "the exchange record, one document a line", _write_jsonl),
        Format("csv", ".csv", "text/csv", "one table a file, safe to open in a spreadsheet"),
        Format("parquet", ".parquet", "application/vnd.apache.parquet", "one table a file, for DuckDB, pandas, Spark"),
        Format("markdown", ".md", "text/markdown", "the story to read and to paste", _write_markdown),
        Format(
            "web-annotation",
            ".jsonld",
            "application/ld+json",
            "W3C annotations by position and quote",
            _write_web_annotation,
        ),
        Format(
            "csl-json",
            ".json",
            "application/vnd.citationstyles.csl+json",
            "citations for Zotero and pandoc",
            _write_csl_json,
        ),
        Format("bibtex", ".bib", "application/x-bibtex", "citations for TeX", _write_bibtex),
        Format("schema-org", ".jsonld", "application/ld+json", "Quotation and Claim for web pages", _write_schema_org),
        Format(
            "corrections",
            ".jsonl",
            "application/jsonl",
            "what reviewers accepted, corrected and rejected, as gold data for the scorers",
            _write_corrections,
        ),
    )
}
