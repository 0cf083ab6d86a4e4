"""An event in our words."""

import pytest

from onrecord.lexicon.happenings import tell_happening
from onrecord.lexicon.loader import load_lexicon
from onrecord.records.actors import LinkBasis
from onrecord.records.documents import DateRange, Outlet
from onrecord.records.findings import Event, EventRealis, Speaker
from onrecord.records.rows import EventRow
from onrecord.records.spans import Span


def row(
    kind: str,
    who: tuple[str, ...] = (),
    whom: tuple[str, ...] = (),
    where: str = "",
    realis: EventRealis = EventRealis.ASSERTED,
    claimant: str | None = None,
    negated: bool = False,
) -> EventRow:
    event = Event("e1", (), Span(0, 4), kind, (), (), (), None, realis, None, None, 0.8, "made", negated)
    speaker = Speaker(None, claimant or None, LinkBasis.NAME) if claimant is not None else None
    return EventRow(
        "id", "doc", event, "took", who, whom, (), (), where, None, speaker, Outlet("Herald"), DateRange(), ""
    )


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (row("seizure", ("Orlia",), ("Sarn",), "Sarn"), "Seizure by Orlia of Sarn: reported to have happened"),
        (row("seizure"), "Seizure: reported to have happened"),
        (
            row("invasion", ("Orlia", "Sund"), ("Vadia",)),
            "Invasion by Orlia and Sund of Vadia: reported to have happened",
        ),
        (
            row("talks", ("Orlia",), ("Vadia",), "Dole"),
            "Talks between Orlia and Vadia (Dole): reported to have happened",
        ),
        (row("talks", ("Orlia",)), "Talks with Orlia: reported to have happened"),
        (
            row("killing", where="VESNA", claimant="The ministry"),
            "People killed (Vesna): said to have happened, on the word of the ministry",
        ),
        (
            row("injury", claimant=""),
            "People injured: said to have happened, on the word of somebody not named",
        ),
        (row("referendum", ("Orlia",), realis=EventRealis.PLANNED), "Referendum by Orlia: planned"),
        (
            row("strike", (), ("Sarn",), realis=EventRealis.DENIED, claimant="Orlia"),
            "Strike on Sarn: denied or ruled out, on the word of Orlia",
        ),
        (row("control", ("Orlia",), where="Sarn"), "Control by Orlia (Sarn): reported to be so"),
        (
            row("recognition", ("Sund",), realis=EventRealis.DENIED, negated=True),
            "Recognition by Sund: denied or ruled out",
        ),
        (row("visit", ("Orlia",), realis=EventRealis.POSSIBLE), "Visit by Orlia: called possible"),
        (
            row("recognition", ("Sund",), ("Vadia",), negated=True),
            "Recognition by Sund of Vadia: reported not to have happened",
        ),
        (row("parade_of_ships", ("Orlia",)), "Parade of ships by Orlia: reported to have happened"),
    ],
)
def test_an_event_is_told_with_what_is_known_and_nothing_else(event: EventRow, told: str) -> None:
    assert tell_happening(event) == told


def test_every_kind_of_event_has_a_noun() -> None:
    kinds = {each["kind"] for each in load_lexicon("events")["rules"]}
    assert kinds - set(load_lexicon("happenings")["kinds"]) == set()
