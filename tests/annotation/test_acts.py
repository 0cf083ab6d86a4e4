"""Acts in invented sentences. Source, cue and content are marked: <source> /cue/ {content}."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotation.acts import classify_acts, code_sentence
from onrecord.annotation.conditions import find_conditions
from onrecord.annotation.sentences import split_sentences
from onrecord.records.actors import Actor, ActorType, LinkBasis
from onrecord.records.documents import Basis, DateRange, Document
from onrecord.records.findings import Act, Attribution, Directness, Speaker, TimeExpression
from onrecord.records.scores import empty_scores
from onrecord.records.spans import Span, Spans
from onrecord.settings import Settings

NOBODY = Speaker(None, None, LinkBasis.NONE)


def read(marked: str, times: tuple[TimeExpression, ...] = ()) -> tuple[str, Attribution]:
    """The text without marks and its one attribution, classified."""
    text, spans = unmark(marked)
    day = DateRange(date(2031, 5, 4), date(2031, 5, 4), Basis.GIVEN)
    document = Document(id="sha256:0", path="", title="", text=text, published=day)
    attribution = Attribution(
        "s1", spans["<"], spans["/"], spans["{"], Directness.INDIRECT, NOBODY, Act.OTHER, None, None, 0.9, "test"
    )
    conditions = find_conditions(document, split_sentences(document), empty_scores(), (attribution,), Settings())
    return text, classify_acts(document, (attribution,), conditions, times)[0]


RELAYED = [
    ("<The agency> /reported/ {that <Vadia> /threatened/ {to close the strait}}.", Act.OTHER, Act.THREAT),
    ("<The daily> /recalls/ {that <the king> /demanded/ {that the fleet withdraw}}.", Act.OTHER, Act.DEMAND),
    ("<Bek> /noted/ {that <we> /will never sign/ {the treaty}}.", Act.REFUSAL, Act.REFUSAL),
    ("<Bek> /demanded/ {that <Vadia> /apologise/ {for the raid}}.", Act.DEMAND, Act.OTHER),
]


@pytest.mark.parametrize(("marked", "outer", "inner"), RELAYED)
def test_who_relays_words_does_not_do_what_is_done_with_them(marked: str, outer: Act, inner: Act) -> None:
    start = marked.index("{") + 1
    plain = marked[:start] + re.sub(r"[</{}>]", "", marked[start:]).removesuffix(".") + "}."
    text, around = read(plain)
    within = read(marked[start:].removesuffix("}.") + ".")[1]
    shift = around.content[0].start

    def moved(spans: Spans) -> Spans:
        return tuple(Span(span.start + shift, span.end + shift) for span in spans)

    within = replace(within, id="s2", within="s1", source=moved(within.source), cue=moved(within.cue),
                     content=moved(within.content))  # fmt: skip
    document = Document(id="sha256:0", path="", title="", text=text)
    assert [each.act for each in classify_acts(document, (around, within), ())] == [outer, inner]


def unmark(marked: str) -> tuple[str, dict[str, Spans]]:
    plain, spans, begun = "", {"<": (), "/": (), "{": ()}, {}  # type: tuple[str, dict[str, Spans], dict[str, int]]
    for letter in marked:
        opener = {">": "<", "}": "{", "/": "/"}.get(letter, letter)
        if opener in begun and letter in ">}/":
            spans[opener] = (*spans[opener], Span(begun.pop(opener), len(plain)))
        elif letter in spans:
            begun[letter] = len(plain)
        else:
            plain += letter
    return plain, spans


ACTS = [
    # the verb says it
    ("<The marshal> /threatened/ {to close the strait}.", Act.THREAT, "THREATEN"),
    ("<Orlia> /threatens/ {to quit the talks}.", Act.THREAT, "THREATEN"),
    ("<The junta> /warned/ the league /against/ {arming the rebels}.", Act.THREAT, "THREATEN"),
    ("<The premier> /demanded/ {that the fleet withdraw}.", Act.DEMAND, "DEMAND"),
    ("<The council> /urged/ {both sides to lay down their arms}.", Act.DEMAND, "DEMAND"),
    ("<She> /called for/ {an end to the siege}.", Act.DEMAND, "DEMAND"),
    ("<The envoy> /asked for/ {more time}.", Act.DEMAND, "DEMAND"),
    ("<The envoy> /will ask for/ {more time}.", Act.OTHER, None),
    ("<The aide> /said/ {nothing was off the table}.", Act.OTHER, None),
    ("<The envoy> /said/ {the field lies west of the line}.", Act.OTHER, None),
    ("<Sarnia> /offered/ {to host the talks}.", Act.OFFER, "AGREE"),
    ("<The league> /proposed/ {an exchange of prisoners}.", Act.OFFER, "AGREE"),
    ("<The king> /promised/ {to free the captives}.", Act.PROMISE, "AGREE"),
    ("<Vadia> /agreed/ {to send monitors}.", Act.PROMISE, "AGREE"),
    # an end of what burdens the other side is offered, where the condition is wanted
    (
        "<The reeve> /said/ {the filling of the lake could be suspended if they came back to the talks}.",
        Act.OFFER,
        "AGREE",
    ),
    ("“{Lift the levy, then we will talk},” <the reeve> /said/.", Act.PRECONDITION, "DEMAND"),
    ("<The reeve> /said/ {the road would be reopened by force if they held it}.", Act.THREAT, "THREATEN"),
    (
        "<The guild> /said/ {it would stop rocket fire once the soldiers had left the pier}.",
        Act.OFFER,
        "AGREE",
    ),
    ("<The reeve> /said/ {aid would be suspended if they went back to raiding}.", Act.THREAT, "THREATEN"),
    # who only asks does nothing else
    ("<A reporter> /asked/: {“Will you quit the talks if the vote is held?”}", Act.OTHER, None),
    ("<A reporter> /asked/ {if the ultimatum had been a threat of war}.", Act.OTHER, None),
    ("<One, a smith,> /wanted/ {to know who would pay if the fleet attacked}.", Act.OTHER, None),
    # one's own means are no threat to another
    (
        "<The premier> /said/ {the army would hold the pass and, depending on deliveries, would attack the port}.",
        Act.PROMISE,
        "THREATEN",
    ),
    ("<The rebels> /rejected/ {the plan}.", Act.REFUSAL, "REJECT"),
    ("<The marshal> /refused/ {to leave the fort}.", Act.REFUSAL, "REJECT"),
    ("<The premier> /ruled out/ {any talks}.", Act.REFUSAL, "REJECT"),
    ("<The ministry> /denied/ {that its ships had crossed the line}.", Act.DENIAL, "REJECT"),
    ("<Orlia> /accused/ {Vadia of shelling the port}.", Act.ACCUSATION, "DISAPPROVE"),
    ("<The bishop> /condemned/ {the raid}.", Act.ACCUSATION, "DISAPPROVE"),
    # the content says it
    ("<The premier> /said/ {any ballot there was a red line}.", Act.RED_LINE, "THREATEN"),
    ("<She> /said/ {our red lines have not moved}.", Act.RED_LINE, "THREATEN"),
    ("{Vadian “red lines”} /were stressed/ at the talks.", Act.POSITION, None),
    ("<The marshal> /said/ {supply ships would be legitimate targets}.", Act.THREAT, "THREATEN"),
    ("<The marshal> /said/ {his men were ready to use force}.", Act.THREAT, "THREATEN"),
    ("<He> /said/ {there would be serious consequences}.", Act.THREAT, "THREATEN"),
    ("<He> /said/ {the junta would pay for the raid}.", Act.THREAT, "THREATEN"),
    ("<The marshal> /wrote/ {that his navy would not shy away from using nuclear shells}.", Act.THREAT, "THREATEN"),
    ("<The premier> /said/ {Orlia would never recognise the new border}.", Act.REFUSAL, "REJECT"),
    ("<She> /said/ {there was nothing to talk about with the junta}.", Act.REFUSAL, "REJECT"),
    ("<The premier> /stated/ {that a ballot under guard is unacceptable}.", Act.REFUSAL, "REJECT"),
    ("<She> /said/ {we will not give up our islands}.", Act.REFUSAL, "REJECT"),
    ("<The premier> /said/ {the fleet must leave the bay}.", Act.DEMAND, "DEMAND"),
    ("<The king> /said/ {he was ready to meet the rebels}.", Act.OFFER, "AGREE"),
    ("<She> /stressed/ {her willingness to meet the envoy}.", Act.OFFER, "AGREE"),
    ("<The king> /said/ {his guards would withdraw from the pass}.", Act.PROMISE, "AGREE"),
    ("<The junta> /announced/ {it would blockade the island}.", Act.THREAT, "THREATEN"),
    ("<She> /said/ {a ceasefire is a precondition for talks}.", Act.PRECONDITION, "DEMAND"),
    ("<She> /said/ {the raid was a violation of the truce}.", Act.ACCUSATION, "DISAPPROVE"),
    # conditions decide
    ("<He> /said/ {that if the ballot is held, there will be no talks}.", Act.THREAT, "THREATEN"),
    ("<He> /said/ {Orlia will leave the talks if the port is bombed}.", Act.THREAT, "THREATEN"),
    ("<She> /said/ {we would lift the embargo if the shelling stopped}.", Act.OFFER, "AGREE"),
    ("<The party> /said/ {it will boycott the council unless the curfew ends}.", Act.THREAT, "THREATEN"),
    ("<She> /alleged/ {that the sham ballot means that there is nothing to talk about}.", Act.REFUSAL, "REJECT"),
    ("<He> /said/ {his country will have nothing to discuss after three towns voted to leave}.", Act.REFUSAL, "REJECT"),
    (
        "<He> /said/ {no envoy will be sent until the charges are dropped and no talks will be held}.",
        Act.REFUSAL,
        "REJECT",
    ),
    ("<She> /said/ {there can be no treaty without a ceasefire}.", Act.REFUSAL, "REJECT"),
    ("<She> /said/ {the ban will be lifted only if the mine is closed}.", Act.PRECONDITION, "DEMAND"),
    ("<She> /said/ {a visit was contingent on the release of the crew}.", Act.PRECONDITION, "DEMAND"),
    ("<He> /said/ {if the fleet sails, we shall regard the accord as void}.", Act.THREAT, "THREATEN"),
    ("<He> /said/ {if the tolls are scrapped, we will reopen the pass}.", Act.PROMISE, "AGREE"),
    ("<He> /said/ {once the guns are silent, our men will return to barracks}.", Act.PROMISE, "AGREE"),
    ("<He> /said/ {“leave the harbour or face the guns”}.", Act.THREAT, "THREATEN"),
    ("<He> /said/ {the levies must be paid, otherwise the gates will stay shut}.", Act.THREAT, "THREATEN"),
    # wordings
    ("<He> /said/ {his guards had nothing to do with the fire}.", Act.DENIAL, "REJECT"),
    ("<He> /said/ {our rockets can reach their capital}.", Act.THREAT, "THREATEN"),
    ("<She> /said/ {we will send a team of doctors}.", Act.PROMISE, "AGREE"),
    ("<She> /said/ {you have until noon to leave the square}.", Act.ULTIMATUM, "THREATEN"),
    ("<She> /said/ {the clerks had waited until noon to eat}.", Act.OTHER, None),
    ("<We> /will never recognise/ {the council of the north}.", Act.REFUSAL, "REJECT"),
    ("<Orlia> /does not discuss/ {the status of the isle}.", Act.REFUSAL, "REJECT"),
    ("<The king> /wants/ {the rebels to leave the pass}.", Act.DEMAND, "DEMAND"),
    ("<We> /want/ {to see the end of the siege}.", Act.OTHER, None),
    # promises that harm
    ("<The marshal> /vowed/ {that his men will attack the port}.", Act.THREAT, "THREATEN"),
    ("<The chief of police> /warned/ {that his men will no longer tolerate rallies}.", Act.THREAT, "THREATEN"),
    # negated verbs
    ("<The king> /has not ruled out/ {a meeting}.", Act.POSITION, None),
    ("<Vadia> /has not agreed/ {to the plan}.", Act.REFUSAL, "REJECT"),
    # nothing more than words
    ("<The clerk> /said/ {the hall was full}.", Act.OTHER, None),
    ("<The agency> /reported/ {that the bridge was closed}.", Act.OTHER, None),
    ("<The governor> /suggested/ {that the league was preparing a ballot}.", Act.OTHER, None),
    ("<The premier> /reiterated/ {that the islands are ours}.", Act.POSITION, None),
    ("<She> /said/ {Orlia was sticking to its position}.", Act.POSITION, None),
    ("<He> /wrote/: {Let's imagine that they land on the coast and attack the port}.", Act.OTHER, None),
    ("<He> /said/ {they would have attacked if the bridge had held}.", Act.OTHER, None),
]


@pytest.mark.parametrize(("marked", "act", "plover"), ACTS)
def test_what_a_speaker_does_with_their_words(marked: str, act: Act, plover: str | None) -> None:
    _, attribution = read(marked)
    assert (attribution.act, attribution.code.plover if attribution.code else None) == (act, plover)


@pytest.mark.parametrize(
    ("marked", "cameo"),
    [
        ("<Orlia> /threatened/ {to halt the negotiations}.", "134"),
        ("<He> /said/ {that if the ballot is held, there will be no talks}.", "134"),
        ("<Vadia> /threatened/ {to impose sanctions}.", "1312"),
        ("<The marshal> /threatened/ {to attack the port}.", "138"),
        ("<She> /demanded/ {a ceasefire}.", "1056"),
        ("<She> /demanded/ {that they release the prisoners}.", "1053"),
        ("<The king> /offered/ {to hold talks}.", "036"),
        ("<The rebels> /refused/ {to accept a ceasefire}.", "1246"),
        ("<She> /said/ {there was nothing to negotiate about}.", "125"),
        ("<Sarnia> /rejected/ {the offer of mediation}.", "126"),
    ],
)
def test_the_code_says_what_the_act_is_about(marked: str, cameo: str) -> None:
    _, attribution = read(marked)
    assert attribution.code is not None
    assert attribution.code.cameo == cameo


@pytest.mark.parametrize(
    ("marked", "addressee"),
    [
        ("<The junta> /warned/ the Northern League {against arming the rebels}.", "the Northern League"),
        ("<The council> /urged/ {the rebel leaders to lay down their arms}.", "the rebel leaders"),
        ("<Orlia> /accused/ {Vadia of shelling the port}.", "Vadia"),
        ("<The bishop> /called on/ {Vadia and Orlia to stop}.", "Vadia and Orlia"),
        ("<The premier> /demanded/ {that Vadia withdraw its fleet}.", "Vadia"),
        ("<The premier> /said/ {Vadia must withdraw its fleet}.", None),
        ("<She> /urged/ {him to stay}.", None),
    ],
)
def test_whom_an_act_addresses(marked: str, addressee: str | None) -> None:
    assert read(marked)[1].addressee == addressee


def time_at(text: str, words: str, value: str, kind: str, resolved: DateRange) -> TimeExpression:
    start = text.index(words)
    return TimeExpression("t1", Span(start, start + len(words)), kind, value, resolved, None, 1.0, "test")


def test_a_threat_with_a_deadline_is_an_ultimatum() -> None:
    marked = "<The marshal> /said/ {his men will attack the port unless the fleet leaves by Friday}."
    friday = DateRange(date(2031, 5, 9), date(2031, 5, 9), Basis.TEXT)
    text, _ = read(marked)
    _, attribution = read(marked, (time_at(text, "Friday", "2031-05-09", "DATE", friday),))
    assert (attribution.act, attribution.deadline) == (Act.ULTIMATUM, friday)
    assert attribution.code is not None
    assert attribution.code.cameo == "139"


def test_a_deadline_in_hours_counts_from_publication() -> None:
    marked = "<The marshal> /threatened/ {to close the road within 48 hours}."
    text, _ = read(marked)
    _, attribution = read(marked, (time_at(text, "48 hours", "PT48H", "DURATION", DateRange()),))
    assert attribution.deadline is not None
    assert attribution.deadline.latest == date(2031, 5, 6)
    assert attribution.deadline.basis is Basis.INFERRED


def test_a_day_that_is_no_deadline_makes_no_ultimatum() -> None:
    marked = "<The marshal> /threatened/ {on Friday to close the road}."
    friday = DateRange(date(2031, 5, 9), date(2031, 5, 9), Basis.TEXT)
    text, _ = read(marked)
    _, attribution = read(marked, (time_at(text, "Friday", "2031-05-09", "DATE", friday),))
    assert (attribution.act, attribution.deadline) == (Act.THREAT, None)


@pytest.mark.parametrize(
    ("text", "plover"),
    [
        ("Vadian troops shelled the port on Monday, officials said.", "FIGHT"),
        ("Orlia has agreed to send observers.", "AGREE"),
        ("The king met the rebel leaders in Sarn.", "CONSULT"),
        ("Vadia released forty prisoners.", "CONCEDE"),
        ("Rebels withdrew from the pass.", "RETREAT"),
        ("The league imposed an embargo on Vadia.", "SANCTION"),
        ("Police arrested six students.", "COERCE"),
        ("Gunmen kidnapped the bishop.", "ASSAULT"),
        ("Thousands marched through the capital.", "PROTEST"),
        ("Orlia deployed troops along the river.", "MOBILIZE"),
        ("Sarnia delivered food to the island.", "AID"),
        ("The court opened an inquiry into the raid.", "INVESTIGATE"),
        ("The two fleets held joint exercises in the bay.", "COOPERATE"),
        ("Orlia praised the truce.", "SUPPORT"),
        ("The premier said the fleet will not leave the bay.", "REJECT"),
        ("The union demanded that the mine be closed.", "DEMAND"),
    ],
)
def test_the_first_code_of_a_sentence_is_what_it_reports(text: str, plover: str) -> None:
    codes = code_sentence(text, Span(0, len(text)))
    assert codes[0].plover == plover


@given(st.text(max_size=300), st.integers(0, 300), st.integers(0, 300))
@settings(max_examples=150, deadline=None)
def test_any_text_and_any_content_is_classified(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    content = (Span(start, end),) if start < end else ()
    cue = (Span(0, start),) if start else ()
    attribution = Attribution("s1", (), cue, content, Directness.DIRECT, NOBODY, Act.OTHER, None, None, 0.9, "test")
    document = Document(id="", path="", title="", text=text)
    found = classify_acts(document, (attribution,), ())[0]
    assert found.act in Act
    assert found.addressee is None or found.addressee in text


def test_marks_are_taken_out() -> None:
    text, spans = unmark("<She> /said/ {no}.")
    assert (text, [text[slice(*spans[mark][0])] for mark in "</{"]) == ("She said no.", ["She", "said", "no"])
    assert not re.search(r"[<>{}/]", text)


ANNOUNCED = [
    # what the own side will do, where the other's conduct is unwanted
    ("<The carrier> /said/ {it would move its flights to Marn if the curfew was extended}.", Act.THREAT),
    ("<She> /said/ {they would remember it if a single fence post was moved}.", Act.THREAT),
    ("<The marshal> /said/ {the treaty is dead if they touch the wells}.", Act.THREAT),
    ("<The union> /demanded that/ {the fee be halved, failing which no bus would leave}.", Act.THREAT),
    ("<The premier> /promised/ {a tariff on steel in the event of a ban}.", Act.THREAT),
    # where it is wanted
    ("<The minister> /said/ {we will think of them kindly if they stop the shelling}.", Act.PROMISE),
    # a forecast, what one does oneself, and "even if" announce nothing to another
    ("<The bank> /said/ {prices would rise if the fleet crossed the line}.", Act.OTHER),
    ("<The mayor> /said/ {it would be easier if they moved the road}.", Act.OTHER),
    ("<She> /said/ {I will be sorry if I cross him}.", Act.OTHER),
    # without a condition
    ("<He> /said/ {there will be no amnesty for them}.", Act.REFUSAL),
    ("<The guild> /said/ {it had no intention of calling it off}.", Act.REFUSAL),
    ("<The bank> /said/ {every crown will be paid back}.", Act.PROMISE),
    ("<The minister> /said/ {my door is open to both}.", Act.OFFER),
    ("<The elder> /said/ {it is time that they went home}.", Act.DEMAND),
    ("<The brigade> /said/ {not a single shot came from our side}.", Act.DENIAL),
    ("<The envoy> /said/ {they are starving a city}.", Act.ACCUSATION),
    ("<The king> /said/ {the islands have always been ours}.", Act.POSITION),
    ("<The envoy> /said/ {first the prisoners, then the talks}.", Act.PRECONDITION),
]


@pytest.mark.parametrize(("marked", "act"), ANNOUNCED)
def test_conduct_that_is_wanted_or_not_decides_where_no_word_does(marked: str, act: Act) -> None:
    assert read(marked)[1].act is act


def test_who_says_yes_to_a_threat_threatens() -> None:
    text, asked = read("/Asked/ {whether Orlia would quit the talks if the vote was held}, the envoy said yes.")
    start = text.index("yes")
    said = replace(asked, id="s2", cue=(Span(start - 5, start - 1),), content=(Span(start, start + 3),))
    document = Document(id="sha256:0", path="", title="", text=text)
    held = (replace(asked, id="s1"), said)
    conditions = find_conditions(document, split_sentences(document), empty_scores(), held, Settings())
    assert [each.act for each in classify_acts(document, held, conditions)] == [Act.OTHER, Act.THREAT]


SIDES = [
    # what the own side will do unless something happens, and what somebody warns that it will do
    ("<The minister> /said/ {unless the barges leave, his government will ring the bell}.", Act.THREAT),
    ("<The minister> /said/ {unless the barges leave, the tide will take them}.", Act.OTHER),
    ("<The king> /warned/ {that his country would leave Marn if soldiers came}.", Act.THREAT),
    ("<The king> /warned/ {that the price of bread would rise if soldiers came}.", Act.OTHER),
    ("<The envoy> /said/ {we will go ahead with the round on Monday unless one side refused to come}.", Act.THREAT),
    ("<The envoy> /said/ {the round would go ahead on Monday unless one side refused to come}.", Act.OTHER),
    # a thing that closes by itself is no deed
    ("<The teacher> /said/ {the school will close in autumn if the ferry stops}.", Act.OTHER),
    # what another had said before is no act of who recalls it
    ("<Officials> /said/ {troops landed by noon, the very step that Orlia had warned would end the talks}.", Act.OTHER),
]


@pytest.mark.parametrize(("marked", "act"), SIDES)
def test_whose_step_it_is_decides_whether_it_is_threatened(marked: str, act: Act) -> None:
    assert read(marked)[1].act is act


def test_a_deed_of_the_speakers_own_state_is_known_by_its_name() -> None:
    text, spans = unmark("<The minister> /said/ {unless the barges leave, the Orlian council will ring the bell}.")
    state = Actor("a1", "Orlia", ActorType.STATE, "orlia")
    speaker = replace(NOBODY, on_behalf_of="a1")
    attribution = Attribution(
        "s1", spans["<"], spans["/"], spans["{"], Directness.INDIRECT, speaker, Act.OTHER, None, None, 0.9, "test"
    )
    document = Document(id="sha256:0", path="", title="", text=text)
    conditions = find_conditions(document, split_sentences(document), empty_scores(), (attribution,), Settings())
    assert classify_acts(document, (attribution,), conditions)[0].act is Act.OTHER
    assert classify_acts(document, (attribution,), conditions, (), (state,))[0].act is Act.THREAT
