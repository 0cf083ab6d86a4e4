"""A story → Markdown: red lines with their histories, figures with who vouches for them, the documents.

Our words stand as plain text, words from a document stand in a block quotation, and nothing of a document is taken for
Markdown or HTML.
"""

import re
from collections.abc import Iterable, Mapping
from typing import TextIO

from onrecord.export.steering import show_controls
from onrecord.export.tables import list_steps, write_change, write_spans
from onrecord.lexicon.days import describe_when
from onrecord.lexicon.labels import NO_OUTLET, ROLLUP, STATUS
from onrecord.records.redlines import Hole, StatusEntry
from onrecord.records.rows import DocumentRow, FigureRow, LineRow

SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&$:@])")


def export_markdown(
    lines: Iterable[LineRow], figures: Iterable[FigureRow], documents: Iterable[DocumentRow], stream: TextIO
) -> None:
    """Write one page: red lines first, then figures, then the documents they come from."""
    listed = {document.id: document for document in documents}
    stream.write("# On record\n\nWords of a source stand in block quotations, as printed. All other words are ours.\n")
    for row in lines:
        stream.write("\n" + write_line(row, listed))
    _write_figures(tuple(figures), stream)
    _write_documents(listed.values(), stream)


def write_line(row: LineRow, documents: Mapping[str, DocumentRow]) -> str:
    """One red line: if and then in our words, each step with its passage, what the coverage leaves open."""
    line = row.line
    head = [
        f"## {escape(line.issuer_name)}: {escape(line.condition)}\n",
        f"- **{'Unless' if line.negated else 'If'}** {escape(line.condition)}",
        f"- **Then** {escape(line.consequence) or '(not said)'}",
        f"- State: {ROLLUP[line.rollup].text}. {ROLLUP[line.rollup].meaning}",
        f"- Review: {row.review.review.value}",
        f"- Id: {line.id}",
    ]
    steps = [_write_step(step.number, step.entry, documents) for step in list_steps([row])]
    holes = [f"No document of this coverage falls between {_write_hole(hole)}.\n" for hole in line.holes]
    return "\n".join(["\n".join(head), "", *steps, *holes])


def _write_hole(hole: Hole) -> str:
    return f"{hole.after} and {hole.before}, {hole.days} days"


def _write_step(number: int, entry: StatusEntry, documents: Mapping[str, DocumentRow]) -> str:
    when = describe_when(entry.when)
    inferred = f" Inferred: {escape(entry.reason)}." if entry.inferred else ""
    changes = "".join(f"   - Changed: {escape(write_change(change))}\n" for change in entry.changes)
    return (
        f"{number}. **{STATUS[entry.status].text}**, {when.words} ({when.basis}).{inferred}\n\n"
        f"{quote(entry.passage.text)}\n\n"
        f"   {escape(_name_source(entry, documents))}, characters {write_spans(entry.passage.spans)}\n{changes}"
    )


def _name_source(entry: StatusEntry, documents: Mapping[str, DocumentRow]) -> str:
    document = documents.get(entry.passage.document)
    title = document.title if document else entry.passage.document
    return f"{entry.outlet.name or NO_OUTLET}: {title}"


def _write_figures(figures: tuple[FigureRow, ...], stream: TextIO) -> None:
    if not figures:
        return
    stream.write("\n## Figures\n\n| as printed | counts | claimed by | carried by | published | warnings |\n")
    stream.write("|---|---|---|---|---|---|\n")
    for row in figures:
        claimant = row.claimant.name if row.claimant else "the outlet"
        cells = (
            row.text,
            row.counts,
            claimant or "not linked to anyone",
            row.outlet.name or NO_OUTLET,
            describe_when(row.published).words,
            " ".join(row.figure.flags),
        )
        stream.write("| " + " | ".join(escape(cell) for cell in cells) + " |\n")


def _write_documents(documents: Iterable[DocumentRow], stream: TextIO) -> None:
    stream.write("\n## Documents\n\n")
    for row in documents:
        outlet = row.outlet.name or NO_OUTLET
        stream.write(f"- {escape(outlet)}, {describe_when(row.published).words}: {escape(row.title)}. {row.id}\n")


def escape(text: str) -> str:
    """The text as Markdown that shows it as it is, on one line."""
    return SPECIAL.sub(r"\\\1", " ".join(show_controls(text).split()))


def quote(text: str) -> str:
    """The text as a block quotation within a list item; its own line breaks stay."""
    return "\n".join(f"   > {escape(line)}" for line in text.splitlines())
