"""A hand-made source: two documents, a line with two steps, an unreviewed accusation, awkward signs throughout."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import pytest

from onrecord.records.actors import ActorType, LinkBasis
from onrecord.records.documents import Basis, DateRange, Document, Outlet, hash_text
from onrecord.records.findings import (
    Act,
    Attribution,
    Condition,
    Directness,
    Figure,
    Findings,
    Form,
    Operator,
    Realis,
    Speaker,
)
from onrecord.records.redlines import Change, Hole, Passage, RedLine, RollUp, Statement, Status, StatusEntry
from onrecord.records.rows import (
    ALL,
    ConditionRow,
    DocumentRow,
    EventRow,
    FigureRow,
    Filter,
    LineRow,
    LinkRow,
    Moment,
    Page,
    PersonRow,
    Review,
    ReviewState,
    StatementRow,
    StatusRow,
    WordingRow,
)
from onrecord.records.spans import Span

Row = TypeVar("Row")
TEXT = (
    "=1+1 was chalked on the quay 🚢.\n“If one tent stands, we close the strait,” said Ilan Orvo_Tek & others. "
    "Orvo_Tek accused the harbour of {theft} of 93 % <b>fish</b>."
)
OTHER = "A tent stands, the monitors said."
WIRE = Outlet("Wire & Sons", Basis.GIVEN)
DAY = DateRange(date(2024, 5, 18), date(2024, 5, 18), Basis.GIVEN)
MONTH = DateRange(date(2024, 6, 1), date(2024, 6, 30), Basis.INFERRED, "a month named in the text")


def find(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def make_statement(id_: str, text: str, source: str, content: str, act: Act, directness: Directness) -> Statement:
    speaker = Speaker("a1", source, LinkBasis.NAME)
    spans = (find(text, content),)
    return Statement(
        id=id_,
        document=hash_text(text),
        attribution="s" + id_[-1],
        actor="person:orvo",
        speaker=speaker,
        source=(find(text, source),),
        cue=(),
        content=spans,
        quote=content,
        directness=directness,
        act=act,
        said_on=DAY,
        outlet=WIRE,
        published=DAY,
        conditions=("c1",) if act is Act.THREAT else (),
        relay=(),
        score=0.91234,
    )


def make_document(text: str, title: str, url: str | None, published: DateRange) -> DocumentRow:
    return DocumentRow(
        id=hash_text(text),
        path="-quay.txt",
        title=title,
        language="en",
        outlet=WIRE,
        published=published,
        url=url,
        author="Joss {Amberley}",
        notes=(),
        candidates=(),
        annotator="test",
        recorded_at="2026-01-01T00:00:00+00:00",
        statements=2,
        characters=len(text),
    )


@dataclass
class HandMade:
    """A source whose rows are lists, given one a page."""

    rows: dict[str, tuple[Any, ...]]
    found: tuple[Findings, ...]
    texts: dict[str, str]
    pages: int = field(default=0)
    states: dict[str, ReviewState] = field(default_factory=dict)

    def give(self, kind: str, wanted: Filter) -> Page[Any]:
        at = int(wanted.after or 0)
        listed = self.rows.get(kind, ())
        self.pages += 1
        return Page(listed[at : at + 1], str(at + 1) if at + 1 < len(listed) else None)

    def documents(self, wanted: Filter = ALL) -> Page[DocumentRow]:
        return self.give("documents", wanted)

    def statements(self, wanted: Filter = ALL) -> Page[StatementRow]:
        return self.give("statements", wanted)

    def conditions(self, wanted: Filter = ALL) -> Page[ConditionRow]:
        return self.give("conditions", wanted)

    def lines(self, wanted: Filter = ALL) -> Page[LineRow]:
        return self.give("redlines", wanted)

    def figures(self, wanted: Filter = ALL) -> Page[FigureRow]:
        return self.give("figures", wanted)

    def events(self, wanted: Filter = ALL) -> Page[EventRow]:
        return self.give("events", wanted)

    def wordings(self, wanted: Filter = ALL) -> Page[WordingRow]:
        return self.give("wording", wanted)

    def people(self, wanted: Filter = ALL) -> Page[PersonRow]:
        return self.give("people", wanted)

    def timeline(self, wanted: Filter = ALL) -> Page[Moment]:
        return self.give("timeline", wanted)

    def document(self, document: str) -> DocumentRow:
        found: DocumentRow = next(row for row in self.rows["documents"] if row.id == document)
        return found

    def text(self, document: str) -> str:
        return self.texts[document]

    def links(self, document: str, *, judged: bool = False) -> tuple[LinkRow, ...]:
        answered = (row for row in self.rows.get("links", ()) if not judged or row.review.sequence)
        return tuple(row for row in answered if row.document == document)

    def state(self, record: str) -> ReviewState:
        return self.states.get(record, ReviewState())

    def all_findings(self) -> Iterator[Findings]:
        yield from self.found


def make_condition() -> Condition:
    return Condition(
        id="c1",
        attribution="s1",
        form=Form.IF,
        cue=(find(TEXT, "If"),),
        condition=((find(TEXT, "one tent"), find(TEXT, "stands")),),
        operator=Operator.OR,
        consequence=(find(TEXT, "we close the strait"),),
        realis=Realis.OPEN,
        score=0.8,
        produced_by="test",
    )


def make_figure() -> Figure:
    return Figure(
        "f1", find(TEXT, "93 %"), "93", "93", None, "percent", (), (find(TEXT, "fish"),), (), None, "s2", 0.9, "test"
    )


def make_line() -> RedLine:
    def step(id_: str, status: Status, text: str, words: str, when: DateRange, *, inferred: bool) -> StatusEntry:
        passage = Passage(hash_text(text), (find(text, words),), words)
        changes = (Change("condition", "one tent", "a tent"),) if inferred else ()
        return StatusEntry(
            id_, "11aa22bb33cc", status, when, passage, None, WIRE, None, changes, inferred, 0.7, "test", "same words"
        )

    return RedLine(
        id="11aa22bb33cc",
        issuer="person:orvo",
        issuer_name="Ilan Orvo_Tek",
        on_behalf_of=None,
        act=Act.THREAT,
        condition="one tent stands",
        consequence="we close the strait",
        operator=Operator.OR,
        mentions=(),
        history=(
            step("aa0000000001", Status.DECLARED, TEXT, "If one tent stands, we close the strait", DAY, inferred=False),
            step("aa0000000002", Status.CONDITION_REPORTED, OTHER, "A tent stands", MONTH, inferred=True),
        ),
        rollup=RollUp.TESTED,
        holes=(Hole("2024-05-19", "2024-05-31", 11),),
    )


def make_moments(line: RedLine, *statements: Statement) -> Iterator[Moment]:
    for entry in line.history:
        row = StatusRow(entry, line.issuer, line.issuer_name, line.condition, line.consequence)
        yield Moment("status", entry.id, entry.when, row)
    for statement in statements:
        yield Moment("statement", statement.id, statement.said_on, StatementRow(statement, "=Quay"))


def make_findings() -> Findings:
    speaker = Speaker("a1", "Ilan Orvo_Tek", LinkBasis.NAME)

    def attribution(id_: str, content: str, act: Act, within: str | None) -> Attribution:
        spans = (find(TEXT, content),)
        return Attribution(id_, (), (), spans, Directness.DIRECT, speaker, act, within, None, 0.9, "test")

    return Findings(
        Document(hash_text(TEXT), "-quay.txt", "=Quay", TEXT, outlet=WIRE, published=DAY),
        attributions=(
            attribution("s1", "If one tent stands, we close the strait", Act.THREAT, "s2"),
            attribution("s2", "{theft} of 93 % <b>fish</b>", Act.ACCUSATION, None),
        ),
        conditions=(make_condition(),),
        figures=(make_figure(),),
        annotator="test",
    )


@pytest.fixture
def hand_made() -> HandMade:
    """Statement `…1` is a reviewed threat, `…2` an accusation that nobody reviewed and the figure's claim."""
    threat = make_statement(
        "000000000001", TEXT, "Ilan Orvo_Tek", "If one tent stands, we close the strait", Act.THREAT, Directness.DIRECT
    )
    accusation = make_statement(
        "000000000002", TEXT, "Orvo_Tek", "{theft} of 93 % <b>fish</b>", Act.ACCUSATION, Directness.INDIRECT
    )
    line, quay = make_line(), hash_text(TEXT)
    return HandMade(
        rows={
            "documents": (
                make_document(TEXT, "=Quay “news” #1", "https://quay.example/a{b}?c=1&d=%20", DAY),
                make_document(OTHER, "Tents_ & lamps", "javascript:alert(1)", MONTH),
            ),
            "statements": (
                StatementRow(threat, "=Quay", ReviewState(Review.CONFIRMED, 1)),
                StatementRow(accusation, "=Quay"),
            ),
            "conditions": (
                ConditionRow(
                    "cc0000000001",
                    quay,
                    make_condition(),
                    ("one tent … stands",),
                    "we close the strait",
                    "000000000001",
                    threat.speaker,
                    WIRE,
                    DAY,
                    "=Quay",
                ),
            ),
            "redlines": (LineRow(line, (quay, hash_text(OTHER))),),
            "figures": (
                FigureRow(
                    "ff0000000001",
                    quay,
                    make_figure(),
                    "93 %",
                    "",
                    "fish",
                    "",
                    "000000000002",
                    accusation.speaker,
                    WIRE,
                    DAY,
                    "=Quay",
                ),
            ),
            "timeline": tuple(make_moments(line, threat, accusation)),
            "people": (PersonRow("person:orvo", "Ilan Orvo_Tek", ActorType.PERSON, None, None, ("Orvo_Tek",), 2, 1),),
        },
        found=(make_findings(),),
        texts={quay: TEXT, hash_text(OTHER): OTHER},
    )
