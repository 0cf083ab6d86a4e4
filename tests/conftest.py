"""A small ledger made by hand: a line declared and met, a figure without a unit, scare quotes, hostile signs."""

from datetime import date
from pathlib import Path

import pytest

from onrecord.ledger import open_ledger
from onrecord.records.actors import Actor, ActorType, LinkBasis, Mention, MentionKind
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
    WordingUse,
)
from onrecord.records.redlines import Change, Hole, LineMention, Passage, RedLine, RollUp, Status, StatusEntry
from onrecord.records.spans import Span
from onrecord.redlines.statements import form_statements

LINE = "11aa22bb33cc"
FIRST = (
    "=Ferry strike looms\n"
    "“If the bridge is tolled, the ferries stop,” said Mara Oduvel. "
    "Oduvel accused the port of theft. Some 40 of the crews\u202e agreed, \x1b[31mshe said, on the “voluntary” fee.\n"
)
SECOND = "Bridge toll begins\nThe bridge was tolled on Monday, the port said."
WIRE = Outlet("Quay Wire", Basis.GIVEN)
DAY = DateRange(date(2024, 3, 4), date(2024, 3, 4), Basis.GIVEN)
MONTH = DateRange(date(2024, 5, 1), date(2024, 5, 31), Basis.INFERRED, "a month named")


def find(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def make_attribution(id_: str, source: str, cue: str, content: str, act: Act, directness: Directness) -> Attribution:
    spans = [(find(FIRST, words),) for words in (source, cue, content)]
    speaker = Speaker("a1", "Mara Oduvel", LinkBasis.NAME if source == "Mara Oduvel" else LinkBasis.ALIAS)
    return Attribution(id_, spans[0], spans[1], spans[2], directness, speaker, act, None, DAY, 0.9, "made")


def make_first() -> Findings:
    document = Document(hash_text(FIRST), "first.txt", "=Ferry strike looms", FIRST, outlet=WIRE, published=DAY)
    name = find(FIRST, "Mara Oduvel")
    return Findings(
        document,
        mentions=(Mention("m1", name, ActorType.PERSON, MentionKind.NAME, "a1", 0.9, "made"),),
        actors=(Actor("a1", "Mara Oduvel", ActorType.PERSON, "person:mara oduvel", printed=("Mara Oduvel", "Oduvel")),),
        attributions=(
            make_attribution(
                "s1",
                "Mara Oduvel",
                "said",
                "“If the bridge is tolled, the ferries stop,”",
                Act.THREAT,
                Directness.DIRECT,
            ),
            make_attribution(
                "s2", "Oduvel accused"[:6], "accused", "the port of theft", Act.ACCUSATION, Directness.INDIRECT
            ),
        ),
        conditions=(
            Condition(
                "c1",
                "s1",
                Form.IF,
                (find(FIRST, "If"),),
                ((find(FIRST, "the bridge is tolled"),),),
                Operator.OR,
                (find(FIRST, "the ferries stop"),),
                Realis.OPEN,
                0.8,
                "made",
            ),
        ),
        figures=(
            Figure(
                "f1",
                find(FIRST, "Some 40"),
                "40",
                "40",
                "some",
                None,
                (),
                (find(FIRST, "the crews"),),
                (),
                None,
                None,
                0.7,
                "made",
                ("no_unit",),
            ),
        ),
        wordings=(WordingUse("w1", find(FIRST, "“voluntary”"), "fee", "voluntary", None, "scare quotes", 0.7, "made"),),
        annotator="made",
    )


def make_second() -> Findings:
    document = Document(hash_text(SECOND), "second.txt", "Bridge toll begins", SECOND, published=MONTH)
    return Findings(document, annotator="made")


def make_line(statement: str) -> RedLine:
    first, second = hash_text(FIRST), hash_text(SECOND)
    declared = find(FIRST, "If the bridge is tolled, the ferries stop")
    met = find(SECOND, "The bridge was tolled on Monday")
    mention = LineMention(
        id="22bb33cc44dd",
        document=first,
        attribution="s1",
        condition_id="c1",
        statement=statement,
        cue=(find(FIRST, "If"),),
        condition=((find(FIRST, "the bridge is tolled"),),),
        operator=Operator.OR,
        consequence=(find(FIRST, "the ferries stop"),),
        condition_text="the bridge is tolled",
        consequence_text="the ferries stop",
        passage=declared,
        form=Form.IF,
        realis=Realis.OPEN,
        negated=False,
        voice="speaker",
        said_on=DAY,
        outlet=WIRE,
        rule="made",
        score=0.9,
        reason="the same words",
    )
    return RedLine(
        id=LINE,
        issuer="person:mara oduvel",
        issuer_name="Mara Oduvel",
        on_behalf_of=None,
        act=Act.THREAT,
        condition="the bridge is tolled",
        consequence="the ferries stop",
        operator=Operator.OR,
        mentions=(mention,),
        history=(
            StatusEntry(
                "aa0000000001",
                LINE,
                Status.DECLARED,
                DAY,
                Passage(first, (declared,), "If the bridge is tolled, the ferries stop"),
                statement,
                WIRE,
                "person:mara oduvel",
                (),
                False,
                0.9,
                "made",
                "first worded here",
            ),
            StatusEntry(
                "aa0000000002",
                LINE,
                Status.CONDITION_REPORTED,
                MONTH,
                Passage(second, (met,), "The bridge was tolled on Monday"),
                None,
                Outlet(),
                None,
                (Change("condition", "is tolled", "was tolled"),),
                True,
                0.6,
                "made",
                "the same deed",
            ),
        ),
        rollup=RollUp.TESTED,
        holes=(Hole("2024-03-04", "2024-05-01", 57),),
    )


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """The path of the hand-made ledger."""
    path = tmp_path / "made.db"
    with open_ledger(path) as opened, opened.writer() as writer:
        first = make_first()
        statements = form_statements(first)
        writer.add(first, statements)
        writer.add(make_second(), ())
        writer.record_lines((make_line(statements[0].id),))
    return path
