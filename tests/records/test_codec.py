"""Record → JSON → record gives the record back, whatever it holds."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.errors import RecordError
from onrecord.records.actors import Actor, ActorLink, Mention
from onrecord.records.codec import from_plain, to_json, to_plain
from onrecord.records.documents import Basis, DateRange, Document, hash_text
from onrecord.records.findings import Attribution, Condition, Event, Figure, Findings, TimeExpression, WordingUse
from onrecord.records.judgements import Judgement
from onrecord.records.redlines import RedLine, Statement, StatusEntry
from onrecord.records.spans import Span

KINDS: list[type[Any]] = [
    Document, Mention, Actor, ActorLink, Attribution, Condition, Event, Figure, TimeExpression, WordingUse, Statement,
    StatusEntry, Judgement,
]  # fmt: skip
spans = st.tuples(st.integers(0, 9), st.integers(10, 99)).map(lambda ends: Span(*ends))
st.register_type_strategy(Span, spans)
st.register_type_strategy(float, st.integers(0, 1000).map(lambda thousandths: thousandths / 1000))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.__name__))
def test_every_record_survives_the_round_trip(kind: type[Any]) -> None:
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.from_type(kind))
    def survives(record: Any) -> None:
        assert from_plain(kind, json.loads(to_json(record))) == record

    survives()


def test_the_exchange_record_has_the_published_shape() -> None:
    text = "She said no."
    published = DateRange(date(2031, 5, 4), date(2031, 5, 4), Basis.GIVEN)
    plain = to_plain(Findings(Document(hash_text(text), "a.txt", "She said no.", text, published=published)))
    assert plain["document"]["published"] == {"from": "2031-05-04", "to": "2031-05-04", "basis": "given", "reason": ""}
    assert plain["document"]["outlet"] == {"name": None, "basis": "unknown", "reason": ""}
    assert list(plain)[:8] == [
        "document", "mentions", "actors", "attributions", "conditions", "events", "figures", "times",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "plain", "message"),
    [
        (DateRange, {"from": "4 May"}, "record.from: needed a date, got '4 May'"),
        (DateRange, {"basis": "rumour"}, "record.basis: needed one of"),
        (RedLine, [], "record: needed an object for RedLine"),
        (ActorLink, {"span": [5]}, r"record.span: needed a span \[start, end\], got \[5\]"),
        (ActorLink, {"span": [9, 5]}, "needed a span"),
        (Judgement, {"record": 3}, "record.record: needed str, got 3"),
        (Actor, {"id": "a1"}, "Actor lacks a field"),
        (Findings, {"document": None}, "needed an object for Document, got None"),
        (Actor, {"printed": "x"}, "record.printed: needed a list, got 'x'"),
    ],
)
def test_a_wrong_shape_names_its_place(kind: type[Any], plain: Any, message: str) -> None:
    with pytest.raises(RecordError, match=message):
        from_plain(kind, plain)


def test_unknown_keys_are_ignored() -> None:
    assert from_plain(DateRange, {"from": None, "later": 1}) == DateRange()


def test_only_plain_values_go_into_a_record() -> None:
    with pytest.raises(RecordError, match="got a set"):
        to_plain({1, 2})
