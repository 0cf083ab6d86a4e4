"""A red line's history laid out as in print: if and then, each step with its passage, what changed, the holes."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from onrecord.cli.screen import one_line, out, quoted
from onrecord.cli.shown import describe_line, name_half, name_outlet, short_day, short_id
from onrecord.export.steering import show_controls
from onrecord.export.tables import write_change, write_spans
from onrecord.lexicon.days import describe_when
from onrecord.lexicon.labels import ACT, STATUS, VOICE
from onrecord.records.redlines import Hole, LineMention, Match, StatusEntry
from onrecord.records.rows import DocumentRow, LineRow, Review

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

Documents = Mapping[str, DocumentRow]
NOT_REVIEWED = "suggested by the machine, not reviewed"


def print_history(row: LineRow, documents: Documents, *, brief: bool = False) -> None:
    """Print one red line. brief: leave out offsets, reasons and the passages that word it again."""
    from rich.console import Group

    out().print(Group(*_head(row), *_steps(row, documents, brief), *_rest(row, brief)))


def _head(row: LineRow) -> "Iterator[RenderableType]":
    from rich.rule import Rule
    from rich.text import Text

    line = row.line
    review = NOT_REVIEWED if row.review.review is Review.SUGGESTED else row.review.review.value
    yield Rule(style="dim")
    yield Text(
        f"{one_line(line.issuer_name)} · {ACT[line.act]} {line.id} · {describe_line(row)} · {review}", style="bold"
    )
    yield Text()
    yield _hanging("UNLESS" if line.negated else "IF", name_half(line.condition), "bold")
    yield _hanging("THEN", name_half(line.consequence), "bold")
    yield Text()


def _steps(row: LineRow, documents: Documents, brief: bool) -> "Iterator[RenderableType]":
    from rich.text import Text

    for entry in row.line.history:
        yield from _step(entry, documents, brief)
        yield Text()


def _step(entry: StatusEntry, documents: Documents, brief: bool) -> "Iterator[RenderableType]":
    from rich.text import Text

    label, when = STATUS[entry.status], describe_when(entry.when)
    inferred = " · inferred" if entry.inferred else ""
    yield Text.assemble((f"{label.sign} {label.text}", "bold"), f"  {when.words}  ({when.basis}){inferred}")
    yield _indented(Text(quoted(entry.passage.text), style="italic"))
    yield _indented(Text(_source(entry, documents, brief), style="dim"))
    for change in entry.changes:
        yield _indented(Text(f"changed, {show_controls(write_change(change))}"))
    if entry.inferred or not brief:
        yield _indented(Text(f"why: {one_line(entry.reason)}", style="dim"))


def _source(entry: StatusEntry, documents: Documents, brief: bool) -> str:
    document = documents.get(entry.passage.document)
    published = f", {short_day(document.published)}" if document else ""
    place = f" · characters {write_spans(entry.passage.spans)} of {short_id(entry.passage.document)} · step {entry.id}"
    return one_line(f"{name_outlet(entry.outlet)}{published}" + ("" if brief else place))


def _rest(row: LineRow, brief: bool) -> "Iterator[RenderableType]":
    from rich.text import Text

    line = row.line
    if line.mentions and not brief:
        yield Text("Where it is worded", style="bold")
        yield from map(_mention, line.mentions)
        yield Text()
    yield from _holes(line.holes, brief)
    if line.successor_of:
        yield Text(f"Named in place of line {line.successor_of}.")
    if line.related:
        yield Text(f"Named beside: {', '.join(line.related)}.")
    for near in line.near:
        why = "" if brief else f" ({one_line(near.reason)})"
        yield Text(f"Perhaps the same line, in other words: {near.line}{why}.")
    if not brief:
        yield Text(
            "IF and THEN are our wording, built from the passages. Only words in quotation marks are a source's.",
            style="dim",
        )


def _holes(holes: tuple[Hole, ...], brief: bool) -> "Iterator[RenderableType]":
    from rich.text import Text

    if brief and len(holes) > 1:
        longest = max(holes, key=lambda hole: hole.days)
        yield Text(f"Not told: {len(holes)} stretches without any document, the longest {_describe_hole(longest)}.")
        return
    yield from (Text(f"Not told: no document of this coverage falls {_describe_hole(hole)}.") for hole in holes)


def _mention(mention: LineMention) -> "RenderableType":
    from rich.text import Text

    start, end = mention.passage
    place = f"characters {start}-{end} of {short_id(mention.document)}"
    words = f"{quoted(mention.condition_text)} → {quoted(mention.consequence_text)}"
    said = f"{name_outlet(mention.outlet)}, {short_day(mention.said_on)}, {VOICE.get(mention.voice, mention.voice)}"
    return _indented(Text(f"{words}  {one_line(said)} · {place}"))


def _describe_hole(hole: Hole) -> str:
    return f"between {hole.after} and {hole.before}, {hole.days} days"


def _indented(words: "Text") -> "RenderableType":
    from rich.padding import Padding

    return Padding(words, (0, 2), expand=False)


def _hanging(label: str, words: str, style: str) -> "RenderableType":
    """A label in the margin and the words beside it, wrapped within their own column."""
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2))
    grid.add_column(width=len("UNLESS"))
    grid.add_column(overflow="fold")
    grid.add_row(Text(label), Text(one_line(words), style=style))
    return grid


def print_match(match: Match) -> None:
    """Print one answer to a what-if: whose line, if and then, why it fits, the passages it rests on."""
    from rich.console import Group
    from rich.text import Text

    passages = dict.fromkeys(quoted(passage.text) for passage in match.passages)
    out().print(
        Group(
            Text(f"{one_line(match.issuer_name)} · line {match.line}", style="bold"),
            _hanging("UNLESS" if match.negated else "IF", name_half(match.condition), "bold"),
            _hanging("THEN", name_half(match.consequence), "bold"),
            Text(f"why: {one_line(match.reason)} (score {match.score:.2f})", style="dim"),
            *(_indented(Text(words, style="italic")) for words in passages),
            Text(),
        )
    )
