"""The table of red lines, and the page of one line: its history, step by step, with the words of each passage."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from onrecord.ledger.contract import View
from onrecord.ledger.parts import join_ids
from onrecord.lexicon.days import When, describe_when
from onrecord.lexicon.labels import FORM, OPERATOR, REALIS, SPOKEN, STATUS, VOICE, doubt_words
from onrecord.records.findings import Directness
from onrecord.records.ids import join_id
from onrecord.records.redlines import Change, Hole, LineMention, Near, RedLine, StatusEntry
from onrecord.records.rows import Facets, Filter, LineRow, ReviewState, StatementRow
from onrecord.records.rulings import join_rulings
from onrecord.records.spans import Span, Spans, cover, overlaps
from onrecord.web.asking import Wanted
from onrecord.web.logged import LogShown, show_entry
from onrecord.web.marks import Mark, Role, marks_of, sentence_window, with_quotation_marks
from onrecord.web.pages.settled import SettledShown, settled_of
from onrecord.web.pages.strip import is_open_end
from onrecord.web.render import Row
from onrecord.web.sheets import Sheet
from onrecord.web.shown import (
    ArticleShown,
    LineShown,
    OutletShown,
    PassageShown,
    ReviewShown,
    show_article,
    show_line,
    show_outlet,
    show_passage,
    show_review,
)
from onrecord.web.signs import CHANGED_PART, STATUS_SIGN
from onrecord.web.untold import HoleShown, show_hole, untold


@dataclass(frozen=True, slots=True)
class LinesPage:
    """Red lines as a table. `articles` are those that carry any of them, in order, for the squares."""

    lines: tuple[LineShown, ...]
    articles: tuple[ArticleShown, ...]
    facets: Facets
    next: str | None


MOST_SQUARES = 12  # more squares in a row are not told apart; a count stands there instead


def lines_page(view: View, wanted: Wanted) -> LinesPage:
    """The red lines that meet the filter, in order of their first step."""
    found = view.lines(wanted)
    return LinesPage(
        tuple(show_line(row) for row in found.rows), carriers(view, found.rows), view.facets(Filter()), found.next
    )


def carriers(view: View, rows: Sequence[LineRow]) -> tuple[ArticleShown, ...]:
    """The articles that carry any of the lines, in order of publication; none where they are too many to draw."""
    ids = {document for row in rows for document in row.documents}
    if len(ids) > MOST_SQUARES:
        return ()
    return in_order(show_article(view.document(document)) for document in ids)


def in_order(articles: Iterable[ArticleShown]) -> tuple[ArticleShown, ...]:
    """Articles by day of publication, undated ones last."""
    return tuple(sorted(articles, key=lambda article: (article.published.earliest or "9999", article.id)))


@dataclass(frozen=True, slots=True)
class JoinShown:
    """That words belong to this line: why, and how it stands with its reviewers."""

    reason: str
    review: ReviewShown
    href: str


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step of a history: what it is, when, the passage, what changed, and on whose word.

    join: of the step's passage to the line, where it is one of its wordings.
    voice: whose words the passage shows. manner: `quoted`, `partly` or `told`, for the way it is set.
    """

    id: str
    sign: str
    status: str
    meaning: str
    when: When
    passage: PassageShown
    voice: str
    manner: str
    outlet: OutletShown
    by: str | None
    changes: tuple[Change, ...]
    inferred: bool
    reason: str
    statement: str | None
    doubt: str
    review: ReviewShown
    hole_before: HoleShown | None
    open_end: bool
    join: JoinShown | None


@dataclass(frozen=True, slots=True)
class WordedShown:
    """Another place where the line is worded: a headline, a paraphrase, a second report of the same words.

    join: how it stands with reviewers that these words belong to the line.
    """

    voice: str
    manner: str
    form: str
    realis: str
    passage: PassageShown
    outlet: OutletShown
    said_on: When
    reason: str
    join: JoinShown


@dataclass(frozen=True, slots=True)
class NearShown:
    """Another line that may be this one, what they share, and where a reviewer says whether they are."""

    line: LineShown
    reason: str
    href: str


@dataclass(frozen=True, slots=True)
class LinePage:
    """A red line with its history. condition and consequence are our wording; the passages are the sources' words."""

    line: LineShown
    operator: str
    passages: int
    steps: tuple[StepShown, ...]
    worded: tuple[WordedShown, ...]
    articles: tuple[ArticleShown, ...]
    untold: tuple[str, ...]
    successor_of: LineShown | None
    related: tuple[LineShown, ...]
    near: tuple[NearShown, ...]
    settled: tuple[SettledShown, ...]
    log: tuple[LogShown, ...]


def line_page(view: View, line_id: str) -> LinePage:
    """One red line, by id or unique prefix."""
    row = view.line(line_id)
    line = row.line
    reader = _Reader(view)
    steps = tuple(_show_step(entry, line, reader) for entry in line.history)
    return LinePage(
        line=show_line(row),
        operator=OPERATOR[line.operator],
        passages=len({(step.passage.document, step.passage.start) for step in steps if not step.open_end}),
        steps=_with_holes(steps, [_told_on(step, reader) for step in steps], line.holes),
        worded=tuple(_show_mention(each, line, reader) for each in line.mentions if not _is_step(each, line)),
        articles=in_order(reader.article(document) for document in row.documents),
        untold=untold(line, len(row.documents)),
        successor_of=show_line(view.line(line.successor_of)) if line.successor_of else None,
        related=tuple(show_line(view.line(other)) for other in line.related),
        near=tuple(_show_near(view, line, each) for each in line.near),
        settled=settled_of(view, line),
        log=_log(view, line),
    )


def _show_near(view: View, line: RedLine, near: Near) -> NearShown:
    href = f"/review/{line.id}:{near.mention}?correct=yes&line={near.line}"
    return NearShown(show_line(view.line(near.line)), near.reason, href)


def _log(view: View, line: RedLine) -> tuple[LogShown, ...]:
    taken_off = (join_id(each.line, each.mention) for each in join_rulings(view.rulings()) if each.line == line.id)
    joins = dict.fromkeys((*join_ids(line), *taken_off), "that a passage belongs to the line")
    names = {
        line.id: "the line",
        **joins,
        **{entry.id: f"the step “{STATUS[entry.status].text}”" for entry in line.history},
    }
    return fold_proposals(tuple(show_entry(entry, names) for entry in view.log_of(tuple(names))))


def fold_proposals(log: tuple[LogShown, ...]) -> tuple[LogShown, ...]:
    """The log with what the program proposed in one minute as one line: a reader looks for people in it."""
    folded: list[LogShown] = []
    for minute, entries in groupby(log, key=lambda each: each.recorded_at if each.proposed else each.sequence):
        several = tuple(entries)
        names = ", ".join(each.proposed for each in several)
        if len(several) > 1:
            words = f"the program proposed {len(several)} steps: {names}"
            folded.append(LogShown(several[0].sequence, str(minute), words, names))
        else:
            folded += several
    return tuple(folded)


class _Reader:
    """Texts and articles of one page, each read once."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._texts: dict[str, str] = {}
        self._articles: dict[str, ArticleShown] = {}
        self._statements: dict[str, tuple[StatementRow, ...]] = {}

    def text(self, document: str) -> str:
        if document not in self._texts:
            self._texts[document] = self.view.text(document)
        return self._texts[document]

    def statements(self, document: str) -> tuple[StatementRow, ...]:
        if document not in self._statements:
            self._statements[document] = self.view.statements(Filter(document=document, limit=500)).rows
        return self._statements[document]

    def article(self, document: str) -> ArticleShown:
        if document not in self._articles:
            self._articles[document] = show_article(self.view.document(document))
        return self._articles[document]


def _show_step(entry: StatusEntry, line: RedLine, reader: _Reader) -> StepShown:
    label = STATUS[entry.status]
    mention = next((each for each in line.mentions if _same_place(each, entry)), None)
    state: ReviewState = reader.view.state(entry.id)
    return StepShown(
        id=entry.id,
        sign=STATUS_SIGN[entry.status],
        status=label.text,
        meaning=label.meaning,
        when=describe_when(entry.when),
        passage=_passage(entry.passage.document, entry.passage.spans, mention, reader),
        voice=_voice(mention, reader) if mention else _step_voice(entry, reader),
        manner=_manner(mention, reader) if mention else "told",
        outlet=show_outlet(entry.outlet),
        by=entry.by,
        changes=tuple(
            Change(CHANGED_PART.get(each.part, each.part), each.before, each.after) for each in entry.changes
        ),
        inferred=entry.inferred,
        reason=entry.reason,
        statement=entry.statement,
        doubt=doubt_words(entry.score),
        review=show_review(state),
        hole_before=None,
        open_end=is_open_end(entry),
        join=_show_join(mention, line, reader) if mention else None,
    )


def _voice(mention: LineMention, reader: _Reader) -> str:
    """Whose words a mention shows: quoted, paraphrased or printed without marks, where a statement tells."""
    if mention.voice != "speaker" or mention.statement is None:
        return VOICE.get(mention.voice, mention.voice)
    return SPOKEN[reader.view.statement(mention.statement).statement.directness]


def _step_voice(entry: StatusEntry, reader: _Reader) -> str:
    """Whose words a step shows that is no mention: the issuer's, where a statement makes it (taken back, invoked)."""
    if entry.statement is None:
        quoted = _quoted_in(entry, reader)
        return f"the words of {quoted}, as quoted" if quoted else NARRATED
    return SPOKEN[reader.view.statement(entry.statement).statement.directness]


NARRATED = "the outlet’s own sentence"


def _quoted_in(entry: StatusEntry, reader: _Reader) -> str | None:
    """Who is quoted with the words of a step's passage, where a quotation fills most of it."""
    passage = cover(entry.passage.spans) if entry.passage.spans else None
    if passage is None:
        return None
    for row in reader.statements(entry.passage.document):
        said = [span for span in row.statement.content if overlaps(span, passage)]
        length = sum(min(span.end, passage.end) - max(span.start, passage.start) for span in said)
        if row.statement.directness is Directness.DIRECT and 2 * length > passage.end - passage.start:
            return row.statement.speaker.name or "somebody"
    return None


MANNER = {
    Directness.DIRECT: "quoted",
    Directness.UNMARKED: "quoted",
    Directness.MIXED: "partly",
    Directness.INDIRECT: "told",
}


def _manner(mention: LineMention, reader: _Reader) -> str:
    """How the words of a mention are set, so that a quotation and the outlet's sentence do not look alike."""
    if mention.voice != "speaker" or mention.statement is None:
        return "told"
    return MANNER[reader.view.statement(mention.statement).statement.directness]


def _same_place(mention: LineMention, entry: StatusEntry) -> bool:
    here = mention.document == entry.passage.document
    return here and any(overlaps(mention.passage, span) for span in entry.passage.spans)


def _is_step(mention: LineMention, line: RedLine) -> bool:
    return any(_same_place(mention, entry) for entry in line.history)


def _passage(document: str, spans: Spans, mention: LineMention | None, reader: _Reader) -> PassageShown:
    """A passage in its sentence, with the condition's and the consequence's words marked where there are any."""
    text = reader.text(document)
    passage = cover((*spans, mention.passage)) if mention and spans else cover(spans or _mention_spans(mention))
    window = with_quotation_marks(text, sentence_window(text, passage, reach=0))
    marks = _mention_marks(mention) if mention else ()
    return show_passage(document, reader.article(document).title, text, window, (passage,), marks)


def _mention_spans(mention: LineMention | None) -> Spans:
    return (mention.passage,) if mention else (Span(0, 0),)


def _mention_marks(mention: LineMention) -> tuple[Mark, ...]:
    conditions = (mark for spans in mention.condition for mark in marks_of(spans, Role.CONDITION, mention.id))
    return (*conditions, *marks_of(mention.consequence, Role.CONSEQUENCE, mention.id))


def _show_join(mention: LineMention, line: RedLine, reader: _Reader) -> JoinShown:
    state = reader.view.state(join_id(line.id, mention.id))
    return JoinShown(mention.reason, show_review(state), f"/review/{line.id}:{mention.id}")


def _show_mention(mention: LineMention, line: RedLine, reader: _Reader) -> WordedShown:
    return WordedShown(
        voice=_voice(mention, reader),
        manner=_manner(mention, reader),
        form=FORM[mention.form],
        realis=REALIS[mention.realis],
        passage=_passage(mention.document, (mention.passage,), mention, reader),
        outlet=show_outlet(mention.outlet),
        said_on=describe_when(mention.said_on),
        reason=mention.reason,
        join=_show_join(mention, line, reader),
    )


def _told_on(step: StepShown, reader: _Reader) -> str:
    """The day of the article that tells of a step: holes lie between articles; "" where no day is known."""
    return reader.article(step.passage.document).published.earliest or step.when.earliest or ""


def _with_holes(steps: Sequence[StepShown], dated: Sequence[str], holes: Sequence[Hole]) -> tuple[StepShown, ...]:
    """The steps, each with the hole in the coverage that lies between it and the step before. dated: their days."""
    given = [
        next((hole for hole in holes if before and after and before <= hole.after and hole.before <= after), None)
        for before, after in zip(["", *dated], dated, strict=False)
    ]
    return tuple(
        replace(step, hole_before=show_hole(hole) if hole else None) for step, hole in zip(steps, given, strict=True)
    )


LINE_COLUMNS = (
    "id",
    "issuer",
    "issuer_key",
    "act",
    "if",
    "then",
    "state",
    "first",
    "last",
    "steps",
    "documents",
    "review",
)


def line_row(line: LineShown) -> Row:
    """A red line as one row."""
    return (
        line.id,
        line.issuer.name,
        line.issuer.key,
        line.act,
        line.condition,
        line.consequence,
        line.state,
        line.first.earliest,
        line.last.latest,
        line.steps,
        len(line.documents),
        line.review.review,
    )


def _lines_rows(page: LinesPage) -> list[Row]:
    return [line_row(line) for line in page.lines]


STEP_COLUMNS = (
    "line", "step", "status", "from", "to", "basis", "inferred", "passage", "document", "start", "end", "outlet",
    "changes", "reason", "review",
)  # fmt: skip


def _step_rows(page: LinePage) -> list[Row]:
    return [
        (
            page.line.id,
            step.id,
            step.status,
            step.when.earliest,
            step.when.latest,
            step.when.basis,
            "yes" if step.inferred else "no",
            step.passage.text,
            step.passage.document,
            step.passage.start,
            step.passage.end,
            step.outlet.name,
            "; ".join(f"{each.part}: {each.before} → {each.after}" for each in step.changes),
            step.reason,
            step.review.review,
        )
        for step in page.steps
    ]


LINES = Sheet(
    "lines", "/lines", "lines.html", LinesPage, lines_page, LINE_COLUMNS, _lines_rows, "lines", "Red lines as a table"
)
LINE = Sheet(
    "line", "/lines/{line_id}", "line.html", LinePage, line_page, STEP_COLUMNS, _step_rows, "lines",
    "One red line with its history",
)  # fmt: skip
