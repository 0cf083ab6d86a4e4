"""The offices that documents tell of somebody, joined over how they are printed. Invented states and people."""

import pytest

from onrecord.records.actors import Actor, ActorType, Office
from onrecord.records.documents import Document, hash_text
from onrecord.records.findings import Findings
from onrecord.stories.offices import is_by_name_alone, tell_offices

ORLIA = Actor("a1", "Orlia", ActorType.STATE, "orlia|state", "XA", printed=("Orlia", "Orlian"))
COUNCIL = Actor(
    "a2", "Harvest Council of Orlia", ActorType.BODY, "harvest council of orlia|body", "XA", printed=("HCO",)
)


def found_in(*documents: tuple[Office, ...]) -> list[Findings]:
    return [
        Findings(
            Document(hash_text(str(number)), "made.txt", "", str(number)),
            actors=(ORLIA, COUNCIL, Actor("a3", "Ana Lor", ActorType.PERSON, "ana lor|person", offices=offices)),
        )
        for number, offices in enumerate(documents)
    ]


def told(*documents: tuple[Office, ...]) -> list[str]:
    found = found_in(*documents)
    return [f"{held} x{held.documents}" for held in tell_offices(found, {"ana lor|person"})]


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        (((Office("President", "XA"),), (Office("Orlian President", "XA"),)), ["President of Orlia x2"]),
        (((Office("envoy"),), (Office("envoy", "XA"),)), ["envoy of Orlia x2"]),  # one text leaves out the state
        (((Office("Former president", "XA"), Office("deputy head", "harvest council of orlia")),),
         ["deputy head of Harvest Council of Orlia x1", "former president of Orlia x1"]),
        (((Office("HCO chairman", "Harvest Council of Orlia"),),), ["chairman of Harvest Council of Orlia x1"]),
        (((Office("Foreign Ministry spokeswoman", "XA"),), (Office("foreign ministry's spokeswoman"),)),
         ["Foreign Ministry spokeswoman of Orlia x2"]),
        (((Office("President", "XA", "2031-01-02", "2033-01-02"),),),
         ["President of Orlia (2031-01-02 to 2033-01-02 by the lists) x1"]),
        (((Office("President", "XA", "2031-01-02"),),), ["President of Orlia (since 2031-01-02 by the lists) x1"]),
        (((Office("member"),),), []),  # of what is not said
        ((), []),
    ],
)  # fmt: skip
def test_offices_are_joined_over_how_they_are_printed(
    documents: tuple[tuple[Office, ...], ...], expected: list[str]
) -> None:
    assert told(*documents) == expected


def test_the_order_of_documents_does_not_matter() -> None:
    one, other = (Office("envoy"), Office("mayor", "Sarn")), (Office("envoy", "XA"),)
    assert told(one, other) == told(other, one)


MINISTER, JUDGE = Office("finance minister", "XA"), Office("judge")


@pytest.mark.parametrize(
    ("documents", "alone"),
    [
        (((MINISTER,), (JUDGE,)), True),
        (((MINISTER,), (JUDGE,), (MINISTER, JUDGE)), False),  # one article has both
        (((MINISTER,), (Office("former finance minister", "XA"),)), False),
        (((MINISTER,), (Office("former president"),), (Office("former judge"),)), True),
        (((MINISTER,), ()), False),
        ((), False),
    ],
)
def test_only_the_name_joins_offices_that_no_article_gives_together(
    documents: tuple[tuple[Office, ...], ...], alone: bool
) -> None:
    assert is_by_name_alone(found_in(*documents), {"ana lor|person"}) is alone


def test_whom_the_lists_know_is_one_person() -> None:
    assert not is_by_name_alone(found_in((MINISTER,), (JUDGE,)), {"ana lor|person", "Q17"})
