"""The list of statements with its facets, and the page of one statement: its passage and all that is known of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.export.citations import Citation, describe_citation
from onrecord.ledger.contract import View
from onrecord.lexicon.labels import ACT, FORM, OPERATOR, REALIS, tell_reading
from onrecord.records.findings import Act, Condition
from onrecord.records.redlines import LineMention
from onrecord.records.rows import ALL, ConditionRow, Facets, Filter, Review, StatementRow
from onrecord.records.spans import cover, overlaps
from onrecord.web.asking import MOST_ROWS, Wanted
from onrecord.web.marks import Mark, Role, marks_of, window_around
from onrecord.web.render import Row
from onrecord.web.sheets import Sheet
from onrecord.web.shown import (
    CUT,
    ArticleShown,
    PassageShown,
    StatementShown,
    bare_hash,
    show_article,
    show_passage,
    show_statement,
)

MOST_COUNTED = 20_000  # counting takes 2 ms for a thousand statements; beyond, a list would wait for it

OPENING, CLOSING = tuple('"“„«'), tuple('"”“»')  # quotation marks as outlets print them


@dataclass(frozen=True, slots=True)
class StatementsPage:
    """A page of statements, what to narrow them by, and how they were narrowed.

    counted: the facets are counted among those that meet the filter; in a large ledger they are those of all.
    """

    statements: tuple[StatementShown, ...]
    facets: Facets
    counted: bool
    act: Act | None
    next: str | None


def statements_page(view: View, wanted: Wanted) -> StatementsPage:
    """The statements that meet the filter, in order of when they were said."""
    found = view.statements(wanted)
    counted = view.counts().statements <= MOST_COUNTED
    facets = view.facets(wanted if counted else ALL)
    return StatementsPage(tuple(show_statement(row) for row in found.rows), facets, counted, wanted.act, found.next)


@dataclass(frozen=True, slots=True)
class ConditionShown:
    """The *if* and the *then* of a statement, in the words of the text."""

    id: str
    alternatives: tuple[str, ...]
    operator: str
    consequence: str
    form: str
    realis: str
    negated: bool
    reading: str


@dataclass(frozen=True, slots=True)
class StatementPage:
    """One statement in its paragraph, with its conditions and the chain through which the words came.

    link: the name under which it is reviewed whom the words for the speaker mean; None where no words do.
    """

    statement: StatementShown
    passage: PassageShown
    article: ArticleShown
    conditions: tuple[ConditionShown, ...]
    relay: tuple[StatementShown, ...]
    lines: tuple[str, ...]
    citation: str
    link: str | None


def statement_page(view: View, statement_id: str) -> StatementPage:
    """One statement, by id or unique prefix."""
    row = view.statement(statement_id)
    document = row.statement.document
    everything = Filter(document=document, limit=MOST_ROWS)
    conditions = [each for each in view.conditions(everything).rows if each.statement == row.statement.id]
    lines = [line.line.id for line in view.lines(everything).rows if _carries(line.line.mentions, row.statement.id)]
    article = view.document(document)
    return StatementPage(
        statement=show_statement(row),
        passage=_in_paragraph(view, row, conditions),
        article=show_article(article),
        conditions=tuple(show_condition(each) for each in conditions),
        relay=tuple(show_statement(view.statement(other)) for other in row.statement.relay),
        lines=tuple(lines),
        citation=f"{in_marks(row.statement.quote)} {describe_citation(Citation(row, article))}",
        link=_speaker_link(view, row),
    )


def in_marks(quote: str) -> str:
    """Printed words in quotation marks; those that stand in marks already get no second ones."""
    marked = quote[:1] in OPENING and quote[-1:] in CLOSING
    return quote if marked else f"“{quote}”"


def _speaker_link(view: View, row: StatementRow) -> str | None:
    source = row.statement.source
    links = view.findings(row.statement.document).links
    span = next((each.span for each in links if any(overlaps(each.span, piece) for piece in source)), None)
    return f"{bare_hash(row.statement.document)[:CUT]}:{span.start}-{span.end}" if span is not None else None


def _carries(mentions: tuple[LineMention, ...], statement: str) -> bool:
    return any(mention.statement == statement for mention in mentions)


def _in_paragraph(view: View, row: StatementRow, conditions: list[ConditionRow]) -> PassageShown:
    """The statement in the paragraphs that hold it, everything of it marked."""
    statement = row.statement
    document = view.printed(statement.document).document
    spans = statement.content or statement.cue or statement.source
    window = window_around(document, cover((*statement.source, *statement.cue, *statement.content)))
    inner = tuple(mark for each in conditions for mark in condition_marks(each.condition, statement.id))
    marks = (*statement_marks(row), *inner)
    return show_passage(statement.document, row.title, document.text, window, spans, marks)


def statement_marks(row: StatementRow) -> tuple[Mark, ...]:
    """Source, cue and content of a statement as marks."""
    statement = row.statement
    return (
        *marks_of(statement.source, Role.SOURCE, statement.id),
        *marks_of(statement.cue, Role.CUE, statement.id),
        *marks_of(statement.content, Role.CONTENT, statement.id),
    )


def condition_marks(condition: Condition, record: str) -> tuple[Mark, ...]:
    """Each alternative of the condition, and the consequence, as marks."""
    alternatives = (mark for spans in condition.condition for mark in marks_of(spans, Role.CONDITION, record))
    return (*alternatives, *marks_of(condition.consequence, Role.CONSEQUENCE, record))


def show_condition(row: ConditionRow) -> ConditionShown:
    """A condition as shown."""
    condition = row.condition
    return ConditionShown(
        row.id,
        row.alternatives,
        OPERATOR[condition.operator],
        row.consequence,
        FORM[condition.form],
        REALIS[condition.realis],
        condition.negated,
        tell_reading(condition),
    )


STATEMENT_COLUMNS = (
    "id", "speaker", "speaker_key", "speaker_basis", "speaker_reason", "act", "directness", "quote",
    "said_from", "said_to", "said_basis", "said_reason", "outlet", "outlet_basis", "document", "start", "end", "score",
    "review",
)  # fmt: skip


def statement_row(statement: StatementShown) -> Row:
    """A statement as one row."""
    return (
        statement.id,
        statement.who.name,
        statement.who.key,
        statement.who.basis,
        statement.who.reason,
        statement.act,
        statement.directness,
        statement.quote,
        statement.said_on.earliest,
        statement.said_on.latest,
        statement.said_on.basis,
        statement.said_on.reason,
        statement.outlet.name,
        statement.outlet.basis,
        statement.document,
        statement.start,
        statement.end,
        round(statement.score, 4),
        statement.review.review,
    )


def _list_rows(page: StatementsPage) -> list[Row]:
    return statement_rows(page.statements, asked_for=page.act == Act.ACCUSATION)


def statement_rows(statements: Iterable[StatementShown], *, asked_for: bool = False) -> list[Row]:
    """Statements as rows of a file. Accusations that nobody has reviewed stay, unless they were asked for."""
    return [statement_row(each) for each in statements if asked_for or not _is_held(each)]


def _is_held(statement: StatementShown) -> bool:
    reviewed = statement.review.review in (Review.CONFIRMED, Review.CORRECTED)
    return statement.act == ACT[Act.ACCUSATION] and not reviewed


def _one_row(page: StatementPage) -> list[Row]:
    return [statement_row(page.statement)]


STATEMENTS = Sheet(
    "statements", "/statements", "statements.html", StatementsPage, statements_page, STATEMENT_COLUMNS, _list_rows,
    "statements", "Statements, narrowed by who, outlet, date, directness, act and review",
)  # fmt: skip
STATEMENT = Sheet(
    "statement", "/statements/{statement_id}", "statement.html", StatementPage, statement_page, STATEMENT_COLUMNS,
    _one_row, "statements", "One statement in its passage", brief=lambda **_: True,
)  # fmt: skip
