"""Events in invented sentences: what is reported, how it stands, who did it to whom, where and when."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotation.conditions import find_conditions
from onrecord.annotation.events import find_events
from onrecord.annotation.sentences import split_sentences
from onrecord.records.actors import Actor, ActorType, LinkBasis, Mention, MentionKind
from onrecord.records.documents import Basis, DateRange, Document
from onrecord.records.findings import Act, Attribution, Directness, Event, EventRealis, Speaker, TimeExpression
from onrecord.records.scores import empty_scores
from onrecord.records.spans import Span, quote_span
from onrecord.settings import Settings

ASSERTED, PLANNED, POSSIBLE = EventRealis.ASSERTED, EventRealis.PLANNED, EventRealis.POSSIBLE
SUPPOSED, DENIED = EventRealis.HYPOTHETICAL, EventRealis.DENIED
NAMES = {
    "Orlia": ActorType.STATE,
    "Vadia": ActorType.STATE,
    "Sarn": ActorType.PLACE,
    "Marshal Haddo": ActorType.PERSON,
}


def mentions_in(text: str) -> tuple[tuple[Mention, ...], tuple[Actor, ...]]:
    mentions, actors = [], []
    for number, (name, kind) in enumerate(NAMES.items()):
        actors.append(Actor(f"a{number}", name, kind, name.lower()))
        start = text.find(name)
        while start >= 0:
            span = Span(start, start + len(name))
            mentions.append(Mention(f"m{number}.{start}", span, kind, MentionKind.NAME, f"a{number}", 1.0, "test"))
            start = text.find(name, start + 1)
    return tuple(mentions), tuple(actors)


def events_in(
    text: str, attributions: tuple[Attribution, ...] = (), times: tuple[TimeExpression, ...] = ()
) -> tuple[Event, ...]:
    document = Document(id="", path="", title="", text=text)
    sentences = split_sentences(document)
    mentions, actors = mentions_in(text)
    conditions = find_conditions(document, sentences, empty_scores(), attributions, Settings())
    return find_events(document, sentences, attributions, actors, mentions, times, conditions)


def names_of(ids: tuple[str, ...]) -> list[str]:
    return [list(NAMES)[int(each[1:])] for each in ids]


STANDING = [
    # what happened
    ("The referendums have been held in four provinces.", "referendum", ASSERTED),
    ("Orlia held a plebiscite in Sarn.", "referendum", ASSERTED),
    ("Residents of Sarn voted to join Vadia.", "vote", ASSERTED),
    ("The votes were held amid heavy fighting.", "vote", ASSERTED),
    ("Vadian troops seized the town.", "seizure", ASSERTED),
    ("Orlia recognised the republic.", "recognition", ASSERTED),
    ("Rebels shelled the port.", "strike", ASSERTED),
    ("Orlia launched a counteroffensive in the north.", "attack", ASSERTED),
    ("The envoys met in Sarn.", "meeting", ASSERTED),
    ("Marshal Haddo telephoned the king.", "call", ASSERTED),
    ("Vadia and Orlia exchanged prisoners.", "prisoner_exchange", ASSERTED),
    ("Orlia walked out of the talks.", "talks_halted", ASSERTED),
    ("Orlia suspended the negotiations.", "talks_halted", ASSERTED),
    ("Both sides declared a ceasefire.", "ceasefire", ASSERTED),
    ("Vadia annexed the islands.", "annexation", ASSERTED),
    ("The league imposed sanctions on Vadia.", "sanctions", ASSERTED),
    ("The garrison withdrew from the fort.", "withdrawal", ASSERTED),
    ("After the talks, both left.", "talks", ASSERTED),
    ("Vadia announced the seizure of the fort.", "seizure", ASSERTED),
    ("The guards began to withdraw.", "withdrawal", ASSERTED),
    # what is planned
    ("Orlia will hold a referendum in May.", "referendum", PLANNED),
    ("Vadia plans to hold a referendum.", "referendum", PLANNED),
    ("The council announced a referendum.", "referendum", PLANNED),
    ("Vadia is preparing a referendum.", "referendum", PLANNED),
    ("Orlia decided to delay the referendum.", "referendum", PLANNED),
    ("Vadia agreed to withdraw its troops.", "withdrawal", PLANNED),
    ("Marshal Haddo vowed to attack the port.", "attack", PLANNED),
    # what is wanted, feared or only possible
    ("The council urged the governor to hold a referendum.", "referendum", POSSIBLE),
    ("The council demanded that Vadia withdraw.", "withdrawal", POSSIBLE),
    ("The party called for a referendum.", "referendum", POSSIBLE),
    ("Officials raised the possibility of holding a referendum.", "referendum", POSSIBLE),
    ("A referendum could be held in May.", "referendum", POSSIBLE),
    ("Vadia may annex the islands.", "annexation", POSSIBLE),
    ("Orlia fears that Vadia attacked its patrol.", "attack", POSSIBLE),
    ("Orlia threatened to quit the talks.", "talks_halted", POSSIBLE),
    ("Marshal Haddo underlined his desire to meet the king.", "meeting", POSSIBLE),
    ("The king proposed an exchange of prisoners.", "prisoner_exchange", POSSIBLE),
    ("The king has not ruled out a meeting.", "meeting", POSSIBLE),
    ("Vadia is unable to seize the town.", "seizure", POSSIBLE),
    # what is supposed
    ("If Vadia holds a referendum, Orlia will act.", "referendum", SUPPOSED),
    ("Orlia will leave the talks if the port falls.", "talks_halted", SUPPOSED),
    ("Had they attacked, we would have won.", "attack", SUPPOSED),
    ("Recognition of the annexation is a red line.", "recognition", SUPPOSED),
    # what is denied
    ("No meetings have been held since March.", "talks", DENIED),
    ("Vadia has not held a referendum.", "referendum", DENIED),
    ("Orlia refused to sign the treaty.", "agreement", DENIED),
    ("Orlia did not attack the port.", "attack", DENIED),
    ("Vadia denied that it had shelled the port.", "strike", DENIED),
    ("They will never recognise the border.", "recognition", DENIED),
]


@pytest.mark.parametrize(("text", "kind", "realis"), STANDING)
def test_an_event_stands_as_its_words_say(text: str, kind: str, realis: EventRealis) -> None:
    found = {event.kind: event.realis for event in events_in(text)}
    assert found.get(kind) is realis, found


@pytest.mark.parametrize(("text", "kind", "realis"), [row for row in STANDING if row[2] is not ASSERTED])
def test_what_is_not_asserted_has_no_asserted_event_of_its_kind(text: str, kind: str, realis: EventRealis) -> None:
    assert all(event.realis is not ASSERTED for event in events_in(text) if event.kind == kind)


@pytest.mark.parametrize("text", [row[0] for row in STANDING if row[2] is DENIED])
def test_a_denied_event_is_negated(text: str) -> None:
    assert any(event.negated for event in events_in(text))


@pytest.mark.parametrize(
    ("text", "kind", "who", "whom", "where"),
    [
        ("Orlia recognised Vadia in May.", "recognition", ["Orlia"], ["Vadia"], []),
        ("Vadia was attacked by Orlia.", "attack", ["Orlia"], ["Vadia"], []),
        ("Marshal Haddo negotiated with Orlia in Sarn.", "talks", ["Marshal Haddo"], ["Orlia"], ["Sarn"]),
        ("Vadia's invasion of Orlia began.", "invasion", ["Vadia"], ["Orlia"], []),
        ("Troops shelled the port in Sarn.", "strike", [], [], ["Sarn"]),
    ],
)
def test_who_did_it_to_whom_and_where(text: str, kind: str, who: list[str], whom: list[str], where: list[str]) -> None:
    event = next(each for each in events_in(text) if each.kind == kind)
    assert names_of(event.who) == who
    assert names_of(event.whom) == whom
    assert [quote_span(text, span) for span in event.where] == where


def test_when_is_the_nearest_time_of_the_clause() -> None:
    text = "Vadia annexed the islands in 2014, and rebels shelled the port on Monday."
    year = DateRange(date(2014, 1, 1), date(2014, 12, 31), Basis.TEXT)
    monday = DateRange(date(2031, 5, 5), date(2031, 5, 5), Basis.TEXT)
    times = tuple(
        TimeExpression(
            f"t{number}", Span(text.index(words), text.index(words) + len(words)), "DATE", "", when, None, 1.0, "t"
        )
        for number, (words, when) in enumerate({"2014": year, "Monday": monday}.items())
    )
    found = {event.kind: event.when for event in events_in(text, times=times)}
    assert (found["annexation"], found["strike"]) == (year, monday)


def attribution(text: str, cue: str, content: str) -> Attribution:
    spans = [(Span(text.index(words), text.index(words) + len(words)),) for words in (cue, content)]
    nobody = Speaker(None, None, LinkBasis.NONE)
    return Attribution("s1", (), spans[0], spans[1], Directness.INDIRECT, nobody, Act.OTHER, None, None, 0.9, "test")


def test_an_event_in_a_statement_is_on_the_speakers_word() -> None:
    text = "The governor said rebels had shelled the port. Vadia seized the town."
    said = attribution(text, "said", "rebels had shelled the port")
    assert [(event.kind, event.attribution) for event in events_in(text, (said,))] == [
        ("strike", "s1"),
        ("seizure", None),
    ]


@pytest.mark.parametrize(
    ("cue", "realis"), [("said", ASSERTED), ("demanded", POSSIBLE), ("feared", POSSIBLE), ("denied", DENIED)]
)
def test_the_verb_of_the_attribution_says_how_its_content_stands(cue: str, realis: EventRealis) -> None:
    text = f"The governor {cue} the guards attacked the port."
    said = attribution(text, cue, "the guards attacked the port")
    assert events_in(text, (said,))[0].realis is realis


def test_a_noun_before_another_noun_is_not_asserted() -> None:
    assert all(event.realis is not ASSERTED for event in events_in("The monitors watch the ceasefire line."))


def test_occupied_territories_are_no_event() -> None:
    assert events_in("They live in the occupied territories and the newly captured towns.") == ()


def test_ids_count_up_in_reading_order() -> None:
    found = events_in("Orlia recognised the republic. Vadia annexed the islands. Rebels shelled the port.")
    assert [event.id for event in found] == ["e1", "e2", "e3"]


@given(st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_spans_lie_in_any_text(text: str) -> None:
    for event in events_in(text):
        assert all(quote_span(text, span) for span in (*event.spans, event.trigger, *event.where))


@given(
    st.lists(
        st.sampled_from(["held", "referendum", "talks", "not", "will", "Orlia", "by", ",", ".", "that", "the", "if"]),
        max_size=40,
    )
)
@settings(max_examples=150, deadline=None)
def test_spans_lie_in_any_heap_of_words(words: list[str]) -> None:
    text = " ".join(words)
    for event in events_in(text):
        assert all(quote_span(text, span) for span in (*event.spans, event.trigger, *event.where))
