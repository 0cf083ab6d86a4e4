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
    "Dole": ActorType.PLACE,
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
    # what a step would bring is supposed, by whoever speaks of it; what a report told wrongly did not happen
    ("It was the step that Orlia had warned would end the talks.", "talks_halted", SUPPOSED),
    ("Orlia named two steps by its neighbour that would end the talks.", "talks_halted", SUPPOSED),
    ("A report that a miner had died proved false.", "death", DENIED),
    # headlines tell in the present what was done
    ("Police clear the road blockade in Sarn", "crackdown", ASSERTED),
    ("Truce in Sarn valley holds", "ceasefire", ASSERTED),
    # what is counted is told as done by whoever counts it
    ("They spoke of more than 120 arrests.", "arrest", ASSERTED),
    ("They called for 120 arrests.", "arrest", POSSIBLE),
    ("Vadia says the talks are over.", "talks_halted", ASSERTED),
    ("The talks are over two islands.", "talks", ASSERTED),
    # who is brought out of harm's way retreats from nothing
    ("About 12,500 people were evacuated to schools.", "evacuation", ASSERTED),
    ("The evacuation of Sarn, planned for Sunday, was postponed.", "evacuation", PLANNED),
    ("The army evacuated the hill.", "withdrawal", ASSERTED),
    ("Vadia evacuated 210 of its nationals.", "evacuation", ASSERTED),
    ("Sarn was annexed, a step recognised by no state.", "recognition", DENIED),
    ("Six jets are to be delivered in June.", "aid", PLANNED),
    ("The evacuation of the northern town of Sarn, set for Sunday, was delayed.", "evacuation", PLANNED),
    ("The measures would freeze assets of nine men.", "sanctions", PLANNED),
    ("Sarn, which is controlled by rebels, is quiet.", "control", ASSERTED),
    # what bodies decide, what befalls people, what is stopped, seized, summoned
    ("Deputies approved on Monday, by 41 votes to 12, a resolution on the strait.", "vote", ASSERTED),
    ("Three fishermen drowned off Sarn.", "death", ASSERTED),
    ("A fever has killed 280 people since June.", "killing", ASSERTED),
    ("An epidemic has killed 280 people since June.", "death", ASSERTED),
    ("Four sailors were hurt in Dole.", "injury", ASSERTED),
    ("Vadia said the ferry had rammed its cutter.", "collision", ASSERTED),
    ("Vadia has stopped nine trawlers since May.", "interception", ASSERTED),
    ("Guards arrested the crew and seized nine boats.", "property_destroyed", ASSERTED),
    ("Orlia called in the envoy over the raid.", "summons", ASSERTED),
    ("Troops arrived in Sarn hours later.", "mobilization", ASSERTED),
    ("The levy, which took effect in May, is steep.", "in_force", ASSERTED),
    ("Orlia will reopen the bridge in June.", "opening", PLANNED),
    ("The island proclaimed independence in May.", "independence_declared", ASSERTED),
    ("The mayor dismissed the walkout as theatre.", "protest", ASSERTED),
    ("A court is to rule in May whether the walkout was legal.", "protest", POSSIBLE),
    ("They debated a bill that bans rallies.", "ban", PLANNED),
    ("Orlia gave in to none of the demands.", "concession", DENIED),
    ("A court fined the crew in Sarn.", "sentence", ASSERTED),
    ("She said so in a message at a meeting of the board.", "meeting", ASSERTED),
    ("She will say so at a meeting of the board.", "meeting", POSSIBLE),
    # what is arranged, what goes on, what is only named
    ("The two ministers are to meet in Dole.", "meeting", PLANNED),
    ("Talks on the strait are to begin in Sarn.", "talks", PLANNED),
    ("Strait talks open without Orlia", "talks", ASSERTED),
    ("They are sending a battalion to Sarn.", "mobilization", ASSERTED),
    ("Orlia is conducting a farce called a 'referendum' in Sarn.", "referendum", POSSIBLE),
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
    ("The army was also regaining territory in the north.", "recapture", ASSERTED),
    ("After the talks, both left.", "talks", ASSERTED),
    ("Vadia announced the seizure of the fort.", "seizure", ASSERTED),
    ("Soldiers came ashore at dawn.", "landing", ASSERTED),
    ("Three rounds of talks have resulted in nothing.", "talks", ASSERTED),
    ("Marshal Haddo agreed to limit the attacks.", "attack", ASSERTED),
    ("Guards go on offering resistance to Orlia's unprovoked invasion.", "invasion", ASSERTED),
    ("Rebels now control large parts of the coast.", "control", ASSERTED),
    ("The port has been under Orlia's military control for years.", "control", ASSERTED),
    ("The guards began to withdraw.", "withdrawal", ASSERTED),
    ("The referendum was held in the occupied town.", "referendum", ASSERTED),
    ("Talks between Orlia and Vadia broke up in Sarn.", "talks_halted", ASSERTED),
    ("Vadia was ready to hand over the men once Orlia apologised.", "apology", SUPPOSED),
    ("The referendums in the occupied towns were important to her.", "referendum", POSSIBLE),
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
    ("Vadia is unable to recapture the town.", "recapture", POSSIBLE),
    ("They accuse Vadia of committing crimes and violating international law.", "violation", POSSIBLE),
    ("Vadia has not named a date for the referendum.", "referendum", PLANNED),
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
    ("Orlia has nothing to negotiate about.", "talks", DENIED),
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
        ("Orlia quit the peace talks with Vadia.", "talks_halted", ["Orlia"], ["Vadia"], []),
        ("Orlia and Vadia launched an offensive.", "attack", ["Orlia", "Vadia"], [], []),
        ("On Monday talks between Orlia and Vadia began.", "talks", ["Orlia"], ["Vadia"], []),
        ("Marshal Haddo, during a phone call with Vadia, was calm.", "call", ["Marshal Haddo"], ["Vadia"], []),
        ("The votes were held in the northern regions of Sarn and Dole.", "vote", [], [], ["Sarn", "Dole"]),
        ("Vadia launched its invasion of Orlia.", "attack", ["Vadia"], ["Orlia"], []),
        ("Boats from the coast of Sarn attacked Orlia.", "attack", [], ["Orlia"], []),
        ("Orlia, which left the talks in May, was silent.", "talks_halted", ["Orlia"], [], []),
        ("Orlia recalled its ambassador.", "recall", ["Orlia"], [], []),
        ("Residents of Dole voted to join Vadia.", "vote", [], [], []),
        ("Envoys opened the Sarn talks.", "talks", [], [], ["Sarn"]),
        ("Orlia asked for bread and they sent a battalion.", "mobilization", [], [], []),
        ("If it rains in Sarn, Orlia will quit the talks.", "talks_halted", ["Orlia"], [], []),
        ("Vadia seized the town of Sarn.", "seizure", ["Vadia"], ["Sarn"], ["Sarn"]),
        ("Marshal Haddo visited Dole.", "visit", ["Marshal Haddo"], [], ["Dole"]),
        ("The port of Sarn was captured by Orlia.", "seizure", ["Orlia"], [], ["Sarn"]),
        ("Orlia withdrew its guards from Sarn.", "withdrawal", ["Orlia"], [], ["Sarn"]),
        ("Orlia says crews attacked Vadia.", "attack", [], ["Vadia"], []),
        ("Council members in Dole said Orlia attacked Vadia.", "attack", ["Orlia"], ["Vadia"], []),
        ("The board reopened the Dole crossing, closed by Orlia in May.", "closure", ["Orlia"], [], ["Dole"]),
        ("The truce between Orlia and Sarn took effect.", "ceasefire", ["Orlia"], ["Sarn"], []),
    ],
)
def test_who_did_it_to_whom_and_where(text: str, kind: str, who: list[str], whom: list[str], where: list[str]) -> None:
    event = next(each for each in events_in(text) if each.kind == kind)
    assert names_of(event.who) == who
    assert names_of(event.whom) == whom
    assert [quote_span(text, span) for span in event.where] == where


PEOPLES: tuple[tuple[str, str, list[str], list[str]], ...] = (
    ("Freedonian troops control the port.", "control", ["Freedonia"], []),
    ("Freedonian bakers attacked the tax office.", "attack", [], []),
    ("Marshal Haddo agreed to limit Freedonian attacks on the port.", "attack", ["Freedonia"], []),
    ("They met the Freedonian President Marshal Haddo.", "meeting", [], ["Marshal Haddo"]),
)


@pytest.mark.parametrize(("text", "kind", "who", "whom"), PEOPLES)
def test_a_peoples_name_acts_where_its_troops_do(text: str, kind: str, who: list[str], whom: list[str]) -> None:
    mentions, actors = mentions_in(text)
    start = text.index("Freedonian")
    people = Mention("f", Span(start, start + 10), ActorType.STATE, MentionKind.NAME, "f", 1.0, "test")
    cast = (*actors, Actor("f", "Freedonia", ActorType.STATE, "freedonia"))
    document = Document(id="", path="", title="", text=text)
    found = find_events(document, split_sentences(document), (), cast, (*mentions, people), ())
    event = next(each for each in found if each.kind == kind)
    named = {actor.id: actor.name for actor in cast}
    assert [named[each] for each in event.who] == who
    assert [named[each] for each in event.whom] == whom


NO_EVENTS = (
    "The soldiers met no resistance.",
    "The leaflets were withdrawn for translation.",
    "Askel spoke at a briefing.",
    "The round will open on March 27 as planned.",
    "From the islands were taken away 250 boxes.",
    "She takes her garrison off the island.",
)


@pytest.mark.parametrize("text", NO_EVENTS)
def test_what_only_sounds_like_an_event_is_none(text: str) -> None:
    start = text.find("March 27")
    day = DateRange(date(2031, 3, 27), date(2031, 3, 27), Basis.TEXT)
    times = (TimeExpression("t1", Span(start, start + 8), "DATE", "2031-03-27", day, None, 1.0, "test"),)
    assert events_in(text, times=times if start >= 0 else ()) == ()


NAMED_ONLY = (
    ("They never saw what others call a strike.", "protest"),
    ("This is not our referendum.", "referendum"),
    ("It passed by four votes to one.", "vote"),
    ("A deadline dies quietly.", "death"),
    ("That would hurt.", "injury"),
    ("He had a heart attack.", "attack"),
    ("Orlia took Vadia's side.", "seizure"),
    ("Orlia will withdraw the border fee.", "withdrawal"),
    ("Orlia declared independence.", "concession"),
)


@pytest.mark.parametrize(("text", "kind"), NAMED_ONLY)
def test_what_is_only_named_or_counted_or_no_ones_fate_is_no_event(text: str, kind: str) -> None:
    assert kind not in {event.kind for event in events_in(text)}


REASONS = (
    ("Orlia will hold a plebiscite in Sarn.", "referendum", "“will” stands beside it"),
    ("Orlia urged Vadia to hold talks.", "talks", "“urged” stands beside it"),
    ("Orlia has never held a plebiscite.", "referendum", "“never” stands beside it"),
    ("If Orlia invades, Vadia will leave the talks.", "invasion", "in a condition or what hangs on it"),
    ("Orlia held a plebiscite in Sarn.", "referendum", "told as done"),
)


@pytest.mark.parametrize(("text", "kind", "reason"), REASONS)
def test_an_event_says_what_makes_it_stand_so(text: str, kind: str, reason: str) -> None:
    assert {event.kind: event.reason for event in events_in(text)}[kind] == reason


def test_a_dateline_takes_no_part() -> None:
    (event, *_) = events_in("Sarn - Guards detained nine men on Sunday.")
    assert (event.kind, event.who, event.whom, event.where) == ("arrest", (), (), ())


def test_names_joined_behind_a_dateline_stay_joined() -> None:
    (event, *_) = events_in("SARN, July 9 (Plain Wire) -- Orlia and Marshal Haddo attacked Vadia on Sunday.")
    assert (names_of(event.who), names_of(event.whom)) == (["Orlia", "Marshal Haddo"], ["Vadia"])
    (event, *_) = events_in("Sarn - Guards said Orlia and Vadia attacked Dole on Sunday.")
    assert names_of(event.who) == ["Orlia", "Vadia"]


def test_who_dies_does_nothing_to_anybody() -> None:
    (event,) = events_in("Marshal Haddo died.")
    assert (event.kind, event.who, names_of(event.whom)) == ("death", (), ["Marshal Haddo"])


def test_two_verbs_of_one_object_are_one_event() -> None:
    assert [each.kind for each in events_in("Vadia decided to delay holding the referendum.")] == ["referendum"]


def test_a_day_of_another_verb_is_not_the_events() -> None:
    friday = DateRange(date(2031, 5, 2), date(2031, 5, 2), Basis.TEXT)
    for text in ("Deputies on Friday agreed to quit the talks.", "The board, chosen on Friday, quit the talks."):
        span = Span(text.index("Friday"), text.index("Friday") + 6)
        time = TimeExpression("t1", span, "DATE", "2031-05-02", friday, None, 1.0, "test")
        (found,) = events_in(text, times=(time,))
        assert found.when is None


def test_a_deed_told_along_has_the_day_of_the_main_one() -> None:
    year = DateRange(date(2014, 1, 1), date(2014, 12, 31), Basis.TEXT)
    text = "In Sarn, rebels seized the town in 2014, holding a referendum."
    span = Span(text.index("2014"), text.index("2014") + 4)
    found = events_in(text, times=(TimeExpression("t1", span, "DATE", "2014", year, None, 1.0, "test"),))
    assert [(each.kind, each.when) for each in found] == [("seizure", year), ("referendum", year)]


def test_what_is_joined_is_no_place_of_an_attack() -> None:
    text = "They speed up votes on joining Vadia while guards resist Orlia's invasion."
    (event,) = (each for each in events_in(text) if each.kind == "invasion")
    assert event.where == ()


def test_since_runs_until_the_publication() -> None:
    text = "No meetings have been held since May."
    may = DateRange(date(2031, 5, 1), date(2031, 5, 31), Basis.TEXT)
    span = Span(text.index("May"), text.index("May") + 3)
    times = (TimeExpression("t1", span, "DATE", "2031-05", may, None, 1.0, "test", "since"),)
    published = DateRange(date(2031, 8, 9), date(2031, 8, 9), Basis.GIVEN)
    document = Document(id="", path="", title="", text=text, published=published)
    (found,) = find_events(document, split_sentences(document), (), (), (), times)
    assert found.when is not None
    assert (found.when.earliest, found.when.latest) == (date(2031, 5, 1), date(2031, 8, 9))


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


LEFT_OPEN = [
    "Orlia urged Vadia to withdraw its troops from Sarn.",
    "Orlia plans to hold a referendum in Sarn.",
    "Residents fear an attack on Sarn.",
    "Orlia denied shelling Sarn.",
    "Orlia has denied that its troops attacked Sarn.",
    "If Orlia attacks Sarn, Vadia will impose sanctions.",
    "Vadia warned of an invasion of Sarn.",
    "Vadia threatened Orlia with sanctions.",
    "The council called for a ceasefire in Sarn.",
    "Orlia ruled out talks with Vadia.",
    "Orlia rejected a ceasefire.",
    "A referendum in Sarn has been postponed.",
    "The planned referendum in Sarn drew protests.",
    "Talks between Orlia and Vadia were cancelled.",
    "Orlia is ready for talks with Vadia.",
    "Orlia is considering recognising Sarn.",
    "Marshal Haddo dismissed reports of an attack on Dole.",
    "There was no attack on Sarn.",
    "Nobody attacked Sarn.",
    "Orlia never recognised Sarn.",
    "Orlia failed to seize Sarn.",
    "Orlia tried to seize Sarn.",
    "An attack on Sarn was thwarted.",
    "Vadia accused Orlia of preparing an attack on Sarn.",
    "The envoy hoped for a prisoner exchange.",
    "Orlia would never annex Sarn.",
    "Vadia demanded the withdrawal of Orlia's troops from Sarn.",
    "Orlia is expected to annex Sarn.",
    "The plan foresees a ceasefire and a prisoner exchange.",
    "Orlia refuses to recognise Sarn.",
    "Had Orlia attacked Sarn, Vadia would have imposed sanctions.",
    "Orlia could seize Sarn within days.",
    "Orlia was to hold talks with Vadia on Monday.",
    "The talks with Vadia were due to begin on Monday.",
    "Orlia wants a ceasefire with Vadia.",
    "Experts discussed what an invasion of Sarn would cost.",
    "Without a ceasefire there will be no talks.",
    "The law bans attacks on hospitals.",
    "Orlia's threat of sanctions upset Vadia.",
    "The risk of an attack on Sarn grew.",
    "Vadia prepared for an invasion of Sarn.",
    "The vote on sanctions against Orlia failed.",
    "Orlia lacks the troops to attack Sarn.",
    "Orlia promised not to attack Sarn.",
    "Orlia's proposal of a ceasefire was ignored.",
    "Vadia asked whether Orlia had attacked Sarn.",
    "It is unclear whether Orlia attacked Sarn.",
    "Orlia allegedly shelled Sarn.",
    "Reports that Orlia seized Sarn are false.",
    "Orlia stopped short of annexing Sarn.",
    "Sanctions against Orlia remain an option.",
    "Sanctions on Vadia are off the table.",
    "Orlia delayed the recognition of Sarn.",
    "Unless Orlia leaves Dole, Vadia will suspend the talks.",
    "Vadia is bracing for an assault on Sarn.",
    "The deadline for a ceasefire passed.",
    "Orlia abandoned its plan to annex Sarn.",
    "Vadia rejects the annexation of Sarn.",
    "Orlia offered Vadia a truce.",
    "A draft treaty provides for a prisoner exchange.",
]


@pytest.mark.parametrize("text", LEFT_OPEN)
def test_nothing_is_asserted_that_a_sentence_leaves_open(text: str) -> None:
    assert [each.kind for each in events_in(text) if each.realis is ASSERTED] == []


TAKEN = [
    ("Orlia's troops have seized Sarn.", ["Orlia"], "Sarn"),
    ("Orlia took Sarn on Monday.", ["Orlia"], "Sarn"),
    ("Sarn was captured by Orlia.", ["Orlia"], "Sarn"),
]


@pytest.mark.parametrize(("text", "who", "where"), TAKEN)
def test_a_place_by_name_is_seized(text: str, who: list[str], where: str) -> None:
    (event,) = events_in(text)
    assert (event.kind, event.realis, names_of(event.who)) == ("seizure", ASSERTED, who)
    assert [quote_span(text, span) for span in event.where] == [where]


def test_taking_a_person_or_a_bow_is_no_seizure() -> None:
    assert events_in("Orlia captured Marshal Haddo in Sarn.") == ()
    assert events_in("Orlia took Monday off.") == ()


def test_whoever_condemns_a_deed_did_not_do_it() -> None:
    (event,) = events_in("Vadia condemned the seizure of Sarn.")
    assert event.who == ()


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


def test_a_noun_is_not_dated_by_its_own_eve() -> None:
    text = "Orlia recognised the port on the eve of the May invasion."
    eve = "the eve of the May"
    span = Span(text.index(eve), text.index(eve) + len(eve))
    day = DateRange(date(2021, 4, 30), date(2021, 5, 30), Basis.INFERRED)
    time = TimeExpression("t1", span, "DATE", "2021-05", day, "published", 1.0, "made")
    assert {each.kind: each.when for each in events_in(text, times=(time,))} == {"recognition": day, "invasion": None}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Engineers have put the loss at twelve percent in dry years.", "sentence"),
        ("Talks between Orlia and Vadia broke up in Sarn.", "crackdown"),
        ("Orlia withdrew from the agreement in May.", "withdrawal"),
        ("Orlia announced its withdrawal from the Northern Islands Forum in May.", "withdrawal"),
        ("Orlia took no position on the islets.", "seizure"),
        ("Guards shot and wounded a fisherman.", "killing"),
        ("The so-called sand row blew up on Tuesday.", "bombing"),
        ("A joint survey begun in 2011 was abandoned.", "withdrawal"),
        ("Orlia approved the purchase of 34 jets.", "aid"),
    ],
)
def test_what_is_told_of_numbers_talks_and_treaties_is_no_force(text: str, kind: str) -> None:
    assert kind not in {each.kind for each in events_in(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Any state which attacks Sarn will lose its vote.",
        "Whoever attacks Sarn will answer for it.",
        "Any attack on Sarn is a crime.",
        "He said that any attack fired at Sarn would end it.",
        "His words stood: once a soldier lands, the talks are over.",
    ],
)
def test_what_is_told_of_whoever_does_it_has_not_happened(text: str) -> None:
    assert {each.realis for each in events_in(text) if each.kind in ("attack", "talks_halted")} == {SUPPOSED}


def test_a_summit_that_speaks_is_no_event() -> None:
    text = "The Summit calls on Orlia to leave."
    said = Attribution("s1", (Span(0, 10),), (Span(11, 19),), (Span(20, 34),), Directness.INDIRECT,
                       Speaker(None, None, LinkBasis.NONE), Act.OTHER, None, None, 0.9, "made")  # fmt: skip
    assert "talks" not in {each.kind for each in events_in(text, (said,))}
    assert "talks" in {each.kind for each in events_in("The Summit was held in Sarn.")}


def test_a_date_behind_a_participle_is_not_of_the_verb_that_follows() -> None:
    text = "The port seized in 2011 was recaptured by Vadia."
    span = Span(text.index("2011"), text.index("2011") + 4)
    year = DateRange(date(2011, 1, 1), date(2011, 12, 31), Basis.TEXT)
    found = events_in(text, times=(TimeExpression("t1", span, "DATE", "2011", year, None, 1.0, "made"),))
    assert {each.kind: each.when for each in found}["recapture"] is None


def test_what_took_place_on_a_day_is_of_that_day() -> None:
    text = "The referendum in Sarn took place on Sunday."
    span = Span(text.index("Sunday"), text.index("Sunday") + 6)
    day = DateRange(date(2021, 5, 2), date(2021, 5, 2), Basis.INFERRED)
    (event,) = events_in(text, times=(TimeExpression("t1", span, "DATE", "2021-05-02", day, "published", 1.0, "made"),))
    assert event.when == day


def test_a_second_verb_has_the_time_behind_it() -> None:
    text = "Both fought a war in 1995 and signed a treaty in 1998."
    years = {
        year: TimeExpression(
            f"t{year}",
            Span(text.index(year), text.index(year) + 4),
            "DATE",
            year,
            DateRange(date(int(year), 1, 1), date(int(year), 12, 31), Basis.TEXT),
            None,
            1.0,
            "made",
        )
        for year in ("1995", "1998")
    }
    found = {each.kind: each.when for each in events_in(text, times=tuple(years.values()))}
    assert found == {"clash": years["1995"].resolved, "agreement": years["1998"].resolved}


def test_a_capital_acts_for_its_state() -> None:
    text = "The coast has been under Rome's control for years. Italy kept silent."
    actors = (Actor("a1", "Rome", ActorType.PLACE, "rome", "IT"), Actor("a2", "Italy", ActorType.STATE, "italy", "IT"))
    mentions = tuple(
        Mention(f"m{each.id}", Span(at, at + len(each.name)), each.type, MentionKind.NAME, each.id, 1.0, "test")
        for each in actors
        if (at := text.index(each.name)) >= 0
    )
    document = Document(id="", path="", title="", text=text)
    (event,) = find_events(document, split_sentences(document), (), actors, mentions, ())
    assert event.who == ("a2",)
    (event,) = find_events(document, split_sentences(document), (), actors[:1], mentions[:1], ())
    assert event.who == ("a1",)


def test_who_agrees_to_limit_raids_vouches_for_none() -> None:
    text = "Marshal Haddo agreed to limit the attacks."
    cue, content = (
        Span(text.index(words), text.index(words) + len(words)) for words in ("agreed", "to limit the attacks")
    )
    nobody = Speaker(None, None, LinkBasis.NONE)
    told = Attribution("s1", (), (cue,), (content,), Directness.INDIRECT, nobody, Act.OTHER, None, None, 1.0, "test")
    (event,) = events_in(text, (told,))
    assert (event.realis, event.attribution) == (ASSERTED, None)


def test_who_only_spoke_of_a_step_is_not_who_does_what_it_brings() -> None:
    (event,) = events_in("It was the step that Orlia had warned would end the talks.")
    assert event.who == ()


def test_a_noun_in_a_longer_name_is_no_event() -> None:
    text = "The Sarn Liberation Front left."
    span = Span(text.index("Sarn"), text.index(" left"))
    actor = Actor("a1", "Sarn Liberation Front", ActorType.BODY, "sarn liberation front")
    mention = Mention("m1", span, ActorType.BODY, MentionKind.NAME, "a1", 1.0, "test")
    document = Document(id="", path="", title="", text=text)
    assert find_events(document, split_sentences(document), (), (actor,), (mention,), ()) == ()


def test_what_comes_into_force_is_one_event_with_its_coming() -> None:
    (event,) = events_in("A truce between Orlia and Vadia came into force.")
    assert event.kind == "ceasefire"


def test_what_was_suspended_is_not_what_was_closed_beside_it() -> None:
    text = "The charter was suspended and the borders closed."
    assert not any(quote_span(text, span) == "borders" for event in events_in(text) for span in event.spans)


def test_who_speaks_of_the_injured_did_not_injure_them() -> None:
    (event,) = events_in("Orlia spoke of two dozen injured.")
    assert event.who == ()


def test_what_was_done_this_year_was_done_by_the_day_of_publication() -> None:
    text = "Orlia attacked Vadia twice this year."
    year = DateRange(date(2024, 1, 1), date(2024, 12, 31), Basis.INFERRED, "this year")
    span = Span(text.index("this year"), text.index("."))
    time = TimeExpression("t1", span, "DATE", "2024", year, None, 1.0, "test")
    document = Document(id="", path="", title="", text=text, published=DateRange(date(2024, 4, 12), date(2024, 4, 12)))
    mentions, actors = mentions_in(text)
    (event,) = find_events(document, split_sentences(document), (), actors, mentions, (time,))
    assert event.when is not None
    assert event.when.latest == date(2024, 4, 12)


def test_what_had_come_about_before_something_was_asked_is_not_only_wanted() -> None:
    text = "Orlia had asked for a withdrawal after 31 civilians died in May."
    content = Span(text.index("a withdrawal"), text.index("."))
    speaker = Speaker("a0", "Orlia", LinkBasis.NAME)
    asked = Attribution(
        "s1",
        (Span(0, 5),),
        (Span(6, 19),),
        (content,),
        Directness.INDIRECT,
        speaker,
        Act.DEMAND,
        None,
        None,
        1.0,
        "test",
    )
    found = {event.kind: event.realis for event in events_in(text, (asked,))}
    assert (found["withdrawal"], found["death"]) == (POSSIBLE, ASSERTED)
