"""What follows from a reviewer's word on who is meant: the parties of events, and the days of words."""

from dataclasses import replace
from datetime import date

from onrecord.records.actors import Actor, ActorLink, ActorType, LinkBasis, Mention, MentionKind
from onrecord.records.documents import Basis, DateRange, Document, hash_text
from onrecord.records.findings import Act, Attribution, Directness, Event, EventRealis, Findings, Speaker
from onrecord.records.rulings import WhoRuling, link_of, rule_findings, rule_statements
from onrecord.records.spans import Span
from onrecord.redlines.statements import form_statements

TEXT = (
    "Orlia shelled the port on Sunday. Aides met in Vadia. Dole is held by troops under Sarn's control.\n"
    "Ana Bek said on Sunday it was over. The minister said talks would follow."
)
SUNDAY = DateRange(date(2031, 3, 2), date(2031, 3, 2), Basis.TEXT, "“Sunday”")
PUBLISHED = DateRange(date(2031, 3, 4), date(2031, 3, 4), Basis.GIVEN)
ORLIA = Actor("a1", "Orlia", ActorType.STATE, "orlia|state", country="XO")
SARN = Actor("a2", "Sarn", ActorType.PLACE, "sarn|place", country="XO")
BEK = Actor("a3", "Ana Bek", ActorType.PERSON, "ana bek|person")


def place(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def linked(words: str, actor: Actor) -> tuple[Mention, ActorLink]:
    span = place(words)
    return (
        Mention(words, span, actor.type, MentionKind.NAME, actor.id, 0.9, "made"),
        ActorLink(span, actor.id, LinkBasis.NAME, 0.9, "named"),
    )


def happened(id: str, trigger: str, *who: str) -> Event:
    return Event(id, (place(trigger),), place(trigger), "attack", who, (), (), None, EventRealis.ASSERTED, None, None,
                 0.8, "made")  # fmt: skip


def said(id: str, source: str, content: str, day: DateRange | None) -> Attribution:
    return Attribution(
        id, (place(source),), (place("said"),), (place(content),), Directness.INDIRECT,
        Speaker("a3", "Ana Bek", LinkBasis.ROLE), Act.OTHER, None, day, 0.9, "made",
    )  # fmt: skip


LINKED = [linked("Orlia", ORLIA), linked("Sarn", SARN), linked("Ana Bek", BEK), linked("The minister", BEK)]
FOUND = Findings(
    Document(hash_text(TEXT), "a.txt", "", TEXT, published=PUBLISHED),
    mentions=tuple(mention for mention, _ in LINKED),
    actors=(ORLIA, SARN, BEK),
    attributions=(said("s1", "Ana Bek", "it was over", SUNDAY), said("s2", "The minister", "talks", None)),
    events=(happened("e1", "shelled", "a1"), happened("e2", "control", "a1"), happened("e3", "met", "a1")),
    links=tuple(link for _, link in LINKED),
)


def ruling(words: str, name: str | None) -> WhoRuling:
    link = next(each for each in FOUND.links if each.span == place(words))
    return WhoRuling(link_of(FOUND, link), FOUND.document.id, name, None, ActorType.STATE, "Kim")


def parties(*rulings: WhoRuling) -> dict[str, list[str]]:
    ruled = rule_findings(FOUND, rulings)
    names = {actor.id: actor.name for actor in ruled.actors}
    return {event.id: [names[each] for each in event.who] for event in ruled.events}


def test_who_acts_in_an_event_follows_the_corrected_words_of_its_own_sentence() -> None:
    assert parties(ruling("Orlia", "Vadia")) == {"e1": ["Vadia"], "e2": ["Orlia"], "e3": ["Orlia"]}


def test_an_event_goes_on_without_whoever_its_words_do_not_mean() -> None:
    assert parties(ruling("Orlia", None))["e1"] == []


def test_a_capital_that_acted_for_its_state_acts_for_it_no_more() -> None:
    assert parties(ruling("Sarn", "Vadia")) == {"e1": ["Orlia"], "e2": ["Vadia"], "e3": ["Orlia"]}


def test_a_day_taken_over_from_the_same_speaker_goes_with_a_corrected_speaker() -> None:
    first, second = form_statements(FOUND)
    assert second.said_on.earliest == first.said_on.earliest == date(2031, 3, 2)
    settled = replace(ruling("The minister", "Oto Lund"), type=ActorType.PERSON)
    kept, moved = rule_statements((first, second), FOUND, rule_findings(FOUND, (settled,)))
    assert kept == first
    assert moved.speaker.name == "Oto Lund"
    assert (moved.said_on.earliest, moved.said_on.latest) == (date(2031, 2, 25), date(2031, 3, 4))
    assert "before publication" in moved.said_on.reason
