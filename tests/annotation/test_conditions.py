"""Conditions in invented sentences: [condition] and {consequence} are marked in the text, alternatives apart."""

import re
import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotation.conditions import find_conditions
from onrecord.annotation.sentences import split_sentences
from onrecord.lexicon.loader import load_lexicon
from onrecord.records.actors import LinkBasis
from onrecord.records.documents import Document
from onrecord.records.findings import (
    Act,
    Attribution,
    Condition,
    Directness,
    Form,
    Operator,
    Realis,
    Speaker,
)
from onrecord.records.scores import empty_scores
from onrecord.records.spans import Span, Spans, quote_span
from onrecord.settings import Settings

OPEN, CONTRARY, FACT, IMAGINED = Realis.OPEN, Realis.COUNTERFACTUAL, Realis.FACTUAL, Realis.HYPOTHETICAL
MARKS = re.compile(r"[\[\]{}]")


def conditions_in(text: str, attributions: tuple[Attribution, ...] = ()) -> tuple[Condition, ...]:
    document = Document(id="sha256:0", path="", title="", text=text)
    return find_conditions(document, split_sentences(document), empty_scores(), attributions, Settings())


def words_of(text: str, spans: Spans) -> str:
    """The words under the spans without marks, joined, so that a comma at an edge does not count."""
    return " ".join(re.findall(r"\w+", " ".join(quote_span(text, span) for span in spans)))


def marked(text: str) -> tuple[str, list[str], list[str]]:
    conditions = [" ".join(re.findall(r"\w+", found)) for found in re.findall(r"\[([^\]]*)\]", text)]
    consequences = [" ".join(re.findall(r"\w+", found)) for found in re.findall(r"\{([^}]*)\}", text)]
    return MARKS.sub("", text), conditions, consequences


IF_CLAUSES = [
    ("He said that in the case [Kestria is landing its men], {the dialogue will be finished}.", Form.IF, OPEN),
    ("The minister said in the case that [the port is closed], {talks will end}.", Form.IF, OPEN),
    ("Kestria has warned the islands of {war} if [the dam is touched].", Form.IF, OPEN),
    ("Kestria threatened its neighbour Sarravia with {war} if [the dam is touched].", Form.IF, OPEN),
    ("They are threatening the islands with {war} if [the dam is touched].", Form.IF, OPEN),
    ("The rebels said on Thursday {they would let lorries through} if [the drones stayed away].", Form.IF, OPEN),
    ("The union, which had promised {talks} if [the gate was opened], met on Monday.", Form.IF, OPEN),
    ("{Kestria's main opposition party will stay away} if [observers are kept out].", Form.IF, OPEN),
    ("Kestria threatened {retaliation with rockets} if [the dam is touched].", Form.IF, OPEN),
    ("The dockers were threatening to {walk out} if [the law passed].", Form.IF, OPEN),
    ("The chancellor has offered {talks} if [the fleet turns back].", Form.IF, OPEN),
    ("If [the dam is touched], Kestria has threatened {war}.", Form.IF, OPEN),
    ("Kestria threatens {oil cut-off} if [Sarravia opens dam]", Form.IF, OPEN),
    ("{We will leave} should [talks fail].", Form.INVERSION, OPEN),
    ("The monks vowed to {shut the gate} the moment [arms were carried in].", Form.AFTER, OPEN),
    ("If [the dam is touched], {we close the strait}.", Form.IF, OPEN),
    ("{We close the strait} if [the dam is touched].", Form.IF, OPEN),
    ("If [the junta crosses the river], then {the army will answer}.", Form.IF, OPEN),
    ("The minister warned that if [the junta crosses the river], {the army will answer}.", Form.IF, OPEN),
    ('"If [they cross the river]," the minister said, "{we will answer}."', Form.IF, OPEN),
    ('"If [they cross the river], {we will answer}," the minister said on Tuesday.', Form.IF, OPEN),
    ("“If [the vote is held], {there will be no talks},” she said.", Form.IF, OPEN),
    ("If [no ship leaves by Friday], {the port will be shut}, said the harbour master.", Form.IF, OPEN),
    ("{The envoy will leave the city} if [the guards are not withdrawn].", Form.IF, OPEN),
    ("Sarnia said {it would recall its envoy} if [the bridge was closed].", Form.IF, OPEN),
    ("The council promised that {it would lift the curfew} if [the shelling stopped].", Form.IF, OPEN),
    ("If [the northern province holds its ballot], {Orlia will quit the talks}.", Form.IF, OPEN),
    ("If [you want peace], {leave our islands}.", Form.IF, OPEN),
    ("If [they attack], {what will you do}?", Form.IF, OPEN),
    ("{What will you do} if [they attack]?", Form.IF, OPEN),
    ("If [so], {we are ready}.", Form.IF, OPEN),
    ("If [attacked], {the garrison will fight}.", Form.IF, OPEN),
    ("If [necessary], {the fleet will sail tonight}.", Form.IF, OPEN),
    ("{The fleet}, if [attacked], {will return fire}.", Form.IF, OPEN),
    ("If [the rebels, who hold the pass, refuse to talk], {the siege will go on}.", Form.IF, OPEN),
    ("If [the rebels refuse to talk] {the siege will go on}.", Form.IF, OPEN),
    ("If [they come] {we will fight}.", Form.IF, OPEN),
    ("If, of course, [the lake freezes], {the convoy can pass}.", Form.IF, OPEN),
    ("We have waited long enough, and if [they come back], {they will find us ready}.", Form.IF, OPEN),
    ("They may talk, but if [one soldier lands], {the truce is over}.", Form.IF, OPEN),
    ("If [the king signs the decree], {the generals will resign}, but the guards will stay.", Form.IF, OPEN),
    ("{The tariffs stay} if [the quota is not met], the clerk wrote.", Form.IF, OPEN),
    ("If and when [the island votes], {we will respect the result}.", Form.IF, OPEN),
    ("Provided that [both sides agree], {monitors will be sent}.", Form.IF, OPEN),
    ("{Monitors will be sent}, provided [both sides agree].", Form.IF, OPEN),
    ("{The loan will be paid} on condition that [the mine is closed].", Form.IF, OPEN),
    ("In the event that [the strait is mined], {tankers will turn back}.", Form.IF, OPEN),
    ("In the event of [a landing], {the reserves will be called up}.", Form.IF, OPEN),
    ("{The truce holds} as long as [nobody fires].", Form.AS_LONG_AS, OPEN),
    ("As long as [the garrison stays], {there can be no peace}.", Form.AS_LONG_AS, OPEN),
    ("{The bridge opens} only if [the guns fall silent].", Form.ONLY_IF, OPEN),
    ("Only if [the prisoners come home] {will we sign}.", Form.ONLY_IF, OPEN),
    ("The premier said {talks will begin} only when [the last soldier leaves].", Form.ONLY_IF, OPEN),
]

OFFICIAL = [
    ('"When [they enter the bay], {they will meet our guns}," the admiral said.', Form.AFTER),
    ("The moment [the first well is drilled], {the accord will lapse}, the minister wrote.", Form.AFTER),
    ('"{We will not meet them} before [the charges are dropped]," the envoy said.', Form.UNTIL),
    ("Only when [the guns fall silent] {will we open the pass}, the marshal said.", Form.ONLY_IF),
    ('"Without [binding pledges], {there can be no accord}," she said.', Form.WITHOUT),
    ("He said that after [a vote like that] {his party would have nothing to discuss}.", Form.AFTER),
    ("In case of [a landing] {the guard has orders to fire}, the council said.", Form.IF),
    ("If, as the staff expects, [they land at dawn], {the bridges will be blown}.", Form.IF),
    ("{The fleet will}, if [attacked], {return fire}.", Form.IF),
    ("Unless [the levy is repealed] and unless [the tax is cut], {the docks will stay shut}.", Form.UNLESS),
    ("The bank agreed to {release the loan} on condition that [the mine is closed].", Form.IF),
    ("Sales fell in June, but {would have risen} had [the docks been open].", Form.INVERSION),
    ("The minister said {the talks would resume} as soon as [the last prisoner had been freed].", Form.AFTER),
    ("{He would sign} on the sole condition that [parliament approves the budget], he said.", Form.ONLY_IF),
    ("In the absence of [a ceasefire], {aid cannot be delivered}, the agency said.", Form.WITHOUT),
    ('"Failing [an agreement by June], {we will close the terminal}," the minister said.', Form.WITHOUT),
    ('"In return for [a truce], {we will release two hundred prisoners}," he said.', Form.IF),
    ("Provided [they disarm], {the fighters will be granted an amnesty}, the decree says.", Form.IF),
    ("The general warned them not to [open their airspace], or {they would become targets}.", Form.NONE),
    ("{She would have stopped it} had [she been asked].", Form.INVERSION),
]

NEGATED = [
    ("Kestria threatened {a boycott} unless [the gate is opened].", Form.UNLESS),
    ("Unless [the dam is closed], Kestria threatens to {cut off the oil}.", Form.UNLESS),
    ("Kestria says {it will cut the oil} unless [dam closes]", Form.UNLESS),
    ("Unless [the troops leave], {there will be no talks}.", Form.UNLESS),
    ("{There will be no talks} unless [the troops leave].", Form.UNLESS),
    ("{The envoy will not return} unless [the charges are dropped], her office said.", Form.UNLESS),
    (
        "{The valves will be shut} unless [its neighbour pays an overdue bill of 310 million by Friday], she said.",
        Form.UNLESS,
    ),
    ('"{We will not sign} until [the last soldier leaves]," said the premier.', Form.UNTIL),
    ("The premier said {no deal would be signed} until [the hostages were freed].", Form.UNTIL),
    ('"Without [guarantees] {there can be no treaty}," the premier said.', Form.WITHOUT),
    ('"{There will be no ceasefire} without [the return of the islands]," she said.', Form.WITHOUT),
]

TIMED = [
    ('"{We will not negotiate with them} after [such a vote]," the premier said.', Form.AFTER, OPEN),
    ("The premier said {there would be nothing to talk about} after [the province voted].", Form.AFTER, OPEN),
    ("He said {his country will have nothing to discuss} after [three towns voted to leave].", Form.AFTER, FACT),
    ('"After [the ballots are counted], {the border will be closed}," the marshal wrote.', Form.AFTER, OPEN),
    ('"Once [they lay down their arms], {we will open the gates}," he said.', Form.AFTER, OPEN),
]

CONTRARY_TO_FACT = [
    ("Had [they crossed], {we would have fired}.", Form.INVERSION),
    ("{We would have fired} had [they crossed the line].", Form.INVERSION),
    ("Had [the marshal not fled], {the siege would have ended in May}.", Form.INVERSION),
    ("If [they had crossed], {we would have fired}.", Form.IF),
    ("{We would have fired} if [they had crossed].", Form.IF),
    ("If [the dam had held], {the town might still be dry}.", Form.IF),
    ("If [it were not for the monitors], {the truce would be dead}.", Form.IF),
    ("If not for [the monitors], {the truce would have died}.", Form.WITHOUT),
    ("If [I were the marshal], {I would stay at home}.", Form.IF),
    ("{The town could have been saved} if [the boats had come].", Form.IF),
    ("Were [it not for the snow], {the pass would be open}.", Form.INVERSION),
    ("Even if [they had won the vote], {nobody would have recognised it}.", Form.IF),
    ("Without [the bridge], {the town would have starved}.", Form.WITHOUT),
    ("If [they'd asked], {we'd have opened the gate}.", Form.IF),
]

IMAGINED_ONLY = [
    ('"If [they attacked tomorrow], {we would fight}," he said.', Form.IF),
    ("Assuming that [the frost holds], {the convoy can cross}.", Form.IF),
    ("If [the strait were to close], {prices would double}.", Form.IF),
    ("Let's imagine that [they land on the coast].", Form.NONE),
    ("Suppose [the king refuses].", Form.NONE),
    ("{What} if [the dam breaks]?", Form.IF),
]

INVERTED = [
    ("Should [they cross the river], {we will fire}.", Form.INVERSION, OPEN),
    ("{The reserve will be called up} should [they cross the river].", Form.INVERSION, OPEN),
    ("{Orlia would put a tariff on cod} should [the ports be closed to its fleet].", Form.INVERSION, OPEN),
    ("{It would cut the line between the two capitals} should [Vellish forces fire].", Form.INVERSION, OPEN),
]

NOMINAL = [
    ('"{We will respond at once} to [any landing on the islands]," she said.', Form.NOMINAL),
    ("{The president would veto} [any bill that closed the fund], her office said.", Form.NOMINAL),
    ('Kestria said it would consider [another carrier in the strait] "{an act of war}".', Form.NOMINAL),
    ('"We will regard [any flight over the strait] {as an act of war}," she said.', Form.NOMINAL),
    ("[Any move on the islands] would mean {war}.", Form.NOMINAL),
    ("According to the note, {the reopening of the port} remains subject to [the release of the crew].", Form.NOMINAL),
    ('"There is one red line: [the arrest of our envoys]," she said.', Form.NOMINAL),
    ("The league drew a red line at [the shelling of towns].", Form.NOMINAL),
    ("The party named [the recall of the governor] as its condition for {a return to the cabinet}.", Form.NOMINAL),
    ('"[Any attempt to change the status quo by force] {will be resisted}," the ministry said.', Form.NOMINAL),
    ('"[The use of chemical weapons] {will not go unanswered}," the president said.', Form.NOMINAL),
    ('"[Touching our ships] {amounts to an act of war}," the admiral said.', Form.NOMINAL),
    ("{The release of the funds} is tied to [the dismantling of the camp], officials said.", Form.NOMINAL),
    ("The party made {its support} dependent on [the dismissal of the minister].", Form.NOMINAL),
    ('"[Whoever arms our enemies] {will bear the consequences}," the spokesman said.', Form.NONE),
    ("She said [closing that school] {would put an end to the truce}.", Form.NOMINAL),
    ("[Boats that enter the zone] {will be sunk}, the navy said.", Form.NONE),
    ("The navy said [anyone caught near the depot] {would face a court}.", Form.NONE),
    ("[Recognition of the annexation] is a red line.", Form.NOMINAL),
    ("[Recognition of the annexation] remains our red line.", Form.NOMINAL),
    ('For Orlia, the "red line" is [any ballot in the occupied towns].', Form.NOMINAL),
    ("The red line is [a vote in the north], she said.", Form.NOMINAL),
    ("{Further talks} are contingent on [a ceasefire].", Form.NOMINAL),
    ("{The loan} is conditional on [the closure of the mine].", Form.NOMINAL),
    ("[A full withdrawal] is a precondition for {talks}.", Form.NOMINAL),
    ("The prerequisites for {a settlement} remain the same: [guarantees and open borders].", Form.NOMINAL),
    ('"[Any annexation] is unacceptable," the premier said.', Form.NOMINAL),
    ('"We will never recognise [the new border]," the premier said.', Form.NOMINAL),
    ("The premier said Orlia would not accept [any ballot held under guard].", Form.NOMINAL),
    ("The premier said [any flight over the strait] {would be regarded as an act of war}.", Form.NOMINAL),
    ("[Any attack on the convoy] {will be met with force}.", Form.NOMINAL),
    ("She said [sending such rockets] {would cross a line}.", Form.NOMINAL),
]

AGENTLESS = [
    ("The marshal declared that [supply convoys] {would be considered legitimate military targets}.", ("agentless",)),
    ("[Foreign pilots] {will be legitimate targets}, the marshal said.", ("agentless",)),
    ('"[Any vessel that enters the bay] {will be sunk}," the marshal said.', ("agentless",)),
]

DEMANDS = [
    ('"[Lift the levy], then {we will talk}," she said.', False),
    ("[Cross that river] and {we will fire}.", False),
    ("[Cross that river] and {we fire}.", False),
    ('"[Touch the dam] and {there will be war}," the marshal said.', False),
    ("[Leave the islands] or {face our fleet}.", True),
    ("[Sign the paper] or {we will close the road}.", True),
]

NO_CONDITION = [
    '"He would not play the part that they had scripted six weeks before the election," she said.',
    "The ministry said that the United Harbours would end the levy.",
    "He had made the threat in January, when he said the army would go.",
    "Two men in the case will be tried on Monday, the clerk said.",
    "“The suspect in the case will be tried,” he said.",
    "The judge in the case said the talks would be over on Monday.",
    'He said the boats would stay "for as long as it takes".',
    "The ministry said it would not negotiate under threat.",
    "When it comes to the ferries, he said, the harbour will never be quiet.",
    "When will they leave the islands?",
    "When asked about it, she said the talks would go on.",
    "The figures, provided by the ministry, show a fall.",
    "The letter was tied to a stone.",
    "Failing eyesight kept her at home.",
    "The day when the fleet sailed was cold.",
    "The siege can last as long as 4 months.",
    "They asked for figures, whatever these laws would mean to the towns.",
    "I wish you would come.",
    "Nobody could tell if it was a truce or not.",
    "The guards, and the cooks, had bread with them, and all would have fought.",
    "Asked if the army would leave, the marshal smiled.",
    "She asked if they would leave.",
    "Reporters asked the marshal if he would resign.",
    "The clerk wondered if the gate was shut.",
    "We will see if they keep their word.",
    "They wanted to know if the road was open.",
    "I do not know if he will come.",
    "It is not clear if the vote will be held.",
    "They will decide on Monday if the port should reopen.",
    "The court will determine if the seizure was lawful.",
    "He spoke as if the war were over.",
    "It looks as if the talks have failed.",
    "The road is longer than if you go by boat.",
    "Few, if any, came back.",
    "It was a brave, if hopeless, charge.",
    "Even if the road is long, they walk.",
    "We will fight even if nobody helps us.",
    "He lived in the port until 1994.",
    "The troops left after the parade.",
    "After the vote the hall was empty.",
    "The boats came back without delay.",
    "They crossed the river without firing a shot.",
    "She had the papers in her bag.",
    "Had they slept at all?",
    "Should we go by train?",
    "Why should it bother us?",
    "Were they on the bridge?",
    "The rebels were there to trade.",
    "Aid was provided by the northern league.",
    "He means well.",
    "The line on the map is red.",
    "The targets were hit at dawn.",
    '"We will never give up anything of ours," the premier said.',
    "The premier said Orlia would not cede what it owns.",
    "There were towns that were more loyal than the capital would have liked.",
    "They met only after the war.",
    "They talked about the weather and we listened.",
    "Take the road to the left.",
    "",
    "If",
    "If.",
    "if if if",
    "Unless, unless.",
]

ALTERNATIVES = [
    (
        "If [the port is bombed], if [a ballot, a sham, is called in the towns], {we leave the talks}.",
        Operator.OR,
    ),
    ("If [the port is bombed] or if [the bridge is mined], {we leave the talks}.", Operator.OR),
    ("If [the port is bombed] and if [the bridge is mined], {we leave the talks}.", Operator.AND),
    ("{We leave the talks} if [the port is bombed] or if [the bridge is mined].", Operator.OR),
]


def only(text: str) -> tuple[str, Condition, list[str], list[str]]:
    plain, conditions, consequences = marked(text)
    found = conditions_in(plain)
    assert len(found) == 1, [words_of(plain, each.condition[0]) for each in found]
    return plain, found[0], conditions, consequences


def check_spans(text: str) -> Condition:
    plain, found, conditions, consequences = only(text)
    assert [words_of(plain, spans) for spans in found.condition] == conditions
    assert [words_of(plain, (span,)) for span in found.consequence] == consequences
    return found


@pytest.mark.parametrize(("text", "form", "realis"), [*IF_CLAUSES, *TIMED, *INVERTED])
def test_a_clause_behind_a_cue_is_a_condition(text: str, form: Form, realis: Realis) -> None:
    found = check_spans(text)
    assert (found.form, found.realis, found.negated) == (form, realis, False)


@pytest.mark.parametrize(("text", "form"), OFFICIAL)
def test_the_language_of_governments_holds_conditions(text: str, form: Form) -> None:
    assert check_spans(text).form is form


@pytest.mark.parametrize(("text", "form"), NEGATED)
def test_a_negated_condition_lets_the_consequence_hold_where_it_fails(text: str, form: Form) -> None:
    found = check_spans(text)
    assert (found.form, found.realis, found.negated) == (form, OPEN, True)


@pytest.mark.parametrize(("text", "form"), CONTRARY_TO_FACT)
def test_what_is_contrary_to_fact_is_never_open(text: str, form: Form) -> None:
    found = check_spans(text)
    assert (found.form, found.realis) == (form, CONTRARY)


@pytest.mark.parametrize(("text", "form"), IMAGINED_ONLY)
def test_what_is_only_imagined_is_marked_so(text: str, form: Form) -> None:
    found = check_spans(text)
    assert (found.form, found.realis) == (form, IMAGINED)


@pytest.mark.parametrize(("text", "form"), NOMINAL)
def test_a_nominal_wording_names_condition_and_consequence(text: str, form: Form) -> None:
    found = check_spans(text)
    assert found.form is form
    assert found.produced_by.startswith("nominal:")


@pytest.mark.parametrize(("text", "flags"), AGENTLESS)
def test_a_threat_without_agent_takes_its_subject_as_condition(text: str, flags: tuple[str, ...]) -> None:
    found = check_spans(text)
    assert (found.form, found.flags) == (Form.NONE, flags)


@pytest.mark.parametrize(("text", "negated"), DEMANDS)
def test_a_command_with_a_price_is_a_condition(text: str, negated: bool) -> None:
    found = check_spans(text)
    assert (found.form, found.negated, found.flags) == (Form.NONE, negated, ("demand",))


@pytest.mark.parametrize(
    "text",
    [
        "They must [leave the islands], or else {we will fire}.",
        '"You must [stop the flights]. Otherwise {we will close the strait}," he said.',
    ],
)
def test_or_else_negates_what_was_demanded(text: str) -> None:
    plain, _, consequences = marked(text)
    found = [each for each in conditions_in(plain) if each.produced_by.startswith("otherwise")]
    if "else" in plain:
        assert [words_of(plain, each.consequence) for each in found] == consequences
        assert found[0].negated


@pytest.mark.parametrize("text", NO_CONDITION)
def test_no_condition_is_found_where_none_is(text: str) -> None:
    assert conditions_in(text) == ()


@pytest.mark.parametrize(("text", "operator"), ALTERNATIVES)
def test_two_ifs_with_one_then_are_alternatives_of_one_condition(text: str, operator: Operator) -> None:
    assert check_spans(text).operator is operator


def test_a_supposition_takes_its_consequence_from_a_later_sentence() -> None:
    text = "Let's imagine that they land on the coast. I believe that the league would stay out in this scenario."
    found = conditions_in(text)[0]
    assert found.realis is IMAGINED
    assert "the league would stay out" in quote_span(text, found.consequence[0])


def test_a_condition_asked_is_answered_by_the_speaker() -> None:
    text = (
        "The premier was asked how his cabinet would respond to a ballot in the north. "
        "He admitted that it would force him to end the talks."
    )
    found = conditions_in(text)[0]
    assert words_of(text, found.condition[0]) == "a ballot in the north"
    assert words_of(text, found.consequence) == "it would force him to end the talks"
    assert "asked" in found.flags


BESIDE = [
    ('"The red line is [any ballot in the north]. {We will not go for that}," she said.', "nominal:red_line_is"),
    ('"[Sending pilots] is a red line, {we cannot accept it}," the marshal said.', "nominal:is_red_line"),
    ("[Any ballot] is unacceptable, the premier said. {That would end the talks}.", "nominal:unacceptable"),
    ('"{We will sign the treaty}. But only if [they leave the island]," she said.', "cue:only_if"),
    (
        '"[They must leave the island by Friday]. Otherwise {we will sink the fleet}," he said.',
        "otherwise:next_sentence",
    ),
]


@pytest.mark.parametrize(("text", "rule"), BESIDE)
def test_a_consequence_may_stand_in_the_sentence_beside(text: str, rule: str) -> None:
    assert check_spans(text).produced_by == rule


@pytest.mark.parametrize(
    "text",
    [
        '"The red line is any ballot in the north. We hope to discuss this on Friday," she said.',
        '"The red line is any ballot in the north."\nWe will not go for that, wrote the other side.',
        "Was the gate open? Only if they had paid.",
        "The soup was cold. Otherwise the dinner was fine.",
    ],
)
def test_what_stands_beside_is_no_consequence_without_a_sign(text: str) -> None:
    assert all(not each.consequence for each in conditions_in(text))


def test_what_is_called_a_crime_is_a_condition_beside_the_time_from_which_it_counts() -> None:
    text = (
        "The marshal said that [raids on our ports] are a crime and {the fleet could use force} "
        "after [the islands join the union]."
    )
    assert check_spans(text).operator is Operator.AND


POINTERS = [
    (
        "The league did not rule out {a new round of talks} but said that it would be contingent on [a truce].",
        "antecedent",
    ),
    ("The marshal offered {a ceasefire}, and he said it was conditional on [the release of the crew].", "antecedent"),
    ("The marshal said that it would be contingent on [a truce].", "no_antecedent"),
]


@pytest.mark.parametrize(("text", "flag"), POINTERS)
def test_a_pronoun_is_no_consequence_but_the_noun_it_stands_for_is(text: str, flag: str) -> None:
    assert flag in check_spans(text).flags


def test_a_quotation_at_the_end_keeps_both_its_marks() -> None:
    text = 'The prerequisites for a truce are guarantees and "the fate of the port," which the league refused to name.'
    found = conditions_in(text)[0]
    assert quote_span(text, found.condition[0][0]).count('"') == 2


def test_a_question_that_is_evaded_keeps_the_question_as_its_consequence() -> None:
    text = "Asked what Orlia would do if the league gave up the islands, the premier replied that talks are fragile."
    found = conditions_in(text)[0]
    assert words_of(text, found.condition[0]) == "the league gave up the islands"
    assert words_of(text, found.consequence) == "what Orlia would do"
    assert "asked" in found.flags


def test_a_report_inside_the_consequence_is_cut_out() -> None:
    text = "If they cross, the army, the marshal said, will answer."
    found = conditions_in(text)[0]
    assert "said" not in words_of(text, found.consequence)


def attribution(number: int, content: Spans, directness: Directness = Directness.INDIRECT) -> Attribution:
    speaker = Speaker(None, None, LinkBasis.NONE)
    return Attribution(f"s{number}", (), (), content, directness, speaker, Act.OTHER, None, None, 0.9, "test")


def test_a_condition_belongs_to_the_innermost_attribution_that_holds_both_its_parts() -> None:
    text = "The agency reported that the marshal warned that if the bridge falls, the fleet will sail."
    outer = attribution(1, (Span(text.index("the marshal"), len(text) - 1),))
    inner = attribution(2, (Span(text.index("if the"), len(text) - 1),))
    assert conditions_in(text, (outer, inner))[0].attribution == "s2"


def test_a_condition_that_a_clause_of_speech_lies_in_belongs_to_the_outer_words() -> None:
    text = "If the marshal says that he will leave, we will wait."
    within = attribution(1, (Span(text.index("he will"), text.index(", we")),))
    around = attribution(2, (Span(0, len(text)),))
    assert conditions_in(text, (within, around))[0].attribution == "s2"


def test_the_outlets_own_condition_has_no_attribution() -> None:
    assert conditions_in("If the frost holds, the convoy can cross.")[0].attribution is None


def test_ids_count_up_in_reading_order() -> None:
    text = "If it rains, we stay. Unless it snows, they go. If it thaws, we leave."
    found = conditions_in(text)
    assert [each.id for each in found] == ["c1", "c2", "c3"]
    assert list(found) == sorted(found, key=lambda each: each.condition[0][0])


@pytest.mark.parametrize(
    "entry", load_lexicon("condition_shares")["shares"], ids=lambda each: f"{each['rule']} {each['consequence']}"
)
def test_shares_are_counted_from_enough_conditions(entry: dict[str, Any]) -> None:
    assert entry["found"] >= 20
    assert 0 <= entry["right"] <= entry["found"]


def test_a_score_is_the_share_that_was_right_where_one_was_counted() -> None:
    before, after = (
        conditions_in(text)[0].score for text in ("We stay if it rains.", "If it rains, the marshal will stay.")
    )
    assert 0.5 < before < after < 0.95
    assert conditions_in("Recognition of the annexation is a red line.")[0].score == 0.8  # a rule's own guess


def test_conditions_below_the_threshold_are_left_out() -> None:
    text = '"We will not negotiate after such a vote," the premier said.'
    document = Document(id="", path="", title="", text=text)
    sentences = split_sentences(document)
    strict = Settings(condition_threshold=0.95)
    assert find_conditions(document, sentences, empty_scores(), (), strict) == ()


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_spans_lie_in_any_text(text: str) -> None:
    for condition in conditions_in(text):
        for spans in (condition.cue, *condition.condition, condition.consequence):
            assert all(0 <= start < end <= len(text) for start, end in spans)
        assert condition.condition
        assert all(condition.condition)


PIECES = [
    "if",
    "unless",
    "had",
    "should",
    "they",
    "will",
    "would",
    ",",
    ".",
    '"',
    "“",
    "”",
    "(",
    ")",
    "said",
    "that",
    "the",
    "vote",
    "red line",
    "is",
    "or else",
    "until",
    "without",
    "then",
    "and",
    "after",
    "left",
    "\n",
    "'",
    "’ll",
    "[",
    "]",
]


@given(st.lists(st.sampled_from(PIECES), max_size=60))
@settings(max_examples=200, deadline=None)
def test_spans_lie_in_any_heap_of_cues(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for condition in conditions_in(text):
        for spans in (condition.cue, *condition.condition, condition.consequence):
            assert all(quote_span(text, span) for span in spans)


@pytest.mark.parametrize(
    "piece", ["if ", 'if "', "unless he, ", "said said ", "had the (", "the red line is ", "asked how "]
)
def test_time_grows_with_the_length_of_a_text_of_nothing_but_cues(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        document = Document(id="", path="", title="", text=text)
        sentences = split_sentences(document)
        begun = time.process_time()
        find_conditions(document, sentences, empty_scores(), (), Settings())
        return time.process_time() - begun

    seconds(1_000)  # loads the lists
    short, long = seconds(40_000), seconds(160_000)
    assert long < 12 * max(short, 0.05)


def test_a_consequence_ends_where_the_words_end_that_are_handed_to_somebody() -> None:
    text = 'The premier "will never pay. "If this ditch is not filled, no toll" he added.'
    said = Span(text.index('"If'), text.index(" he added"))
    holder = replace(
        attribution(1, (said,)),
        source=(Span(text.index("he added"), text.index(" added")),),
        cue=(Span(text.index("added"), len(text) - 1),),
    )
    (found,) = conditions_in(text, (holder,))
    assert quote_span(text, found.consequence[0]) == "no toll"
    assert quote_span(text, found.condition[0][0]) == "this ditch is not filled"


def statement(text: str, said: str, source: str, cue: str) -> Attribution:
    """One whose content, source and cue are these words."""
    content, teller, verb = (Span(text.index(words), text.index(words) + len(words)) for words in (said, source, cue))
    return replace(attribution(1, (content,)), source=(teller,), cue=(verb,))


@pytest.mark.parametrize(
    ("text", "said", "source", "cue", "consequence"),
    [
        (
            "If the ferry stops, I recommend the old bridge.",
            "the old bridge",
            "I",
            "recommend",
            "I recommend the old bridge",
        ),
    ],
)
def test_a_report_without_which_no_clause_is_left_belongs_to_the_consequence(
    text: str, said: str, source: str, cue: str, consequence: str
) -> None:
    (found,) = conditions_in(text, (statement(text, said, source, cue),))
    assert quote_span(text, found.consequence[0]) == consequence


def test_a_statement_that_holds_only_the_consequence_makes_no_condition_of_time() -> None:
    text = "When they docked they did not know when the next ship would come."
    held = statement(text, "when the next ship would come", "they did", "did not know")
    assert conditions_in(text, (held,)) == ()


@pytest.mark.parametrize(
    ("text", "realis"),
    [
        ("The mayor said they would close the bridge if the river rose.", OPEN),
        ("Engineers say the dam would break if the river rose.", IMAGINED),  # nothing shifts behind "say"
        ("The mayor said you would pay if you came late.", IMAGINED),  # no outlet's report says "you"
        ("If I were the mayor, the bridge stays shut.", CONTRARY),
        ("If his brother, who left in May, were still here, he would help.", CONTRARY),
        ("Unless the mayor had come, the bridge had been closed.", CONTRARY),
    ],
)
def test_tenses_shift_only_behind_a_report_in_the_past(text: str, realis: Realis) -> None:
    (found,) = conditions_in(text)
    assert found.realis is realis


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("The council would have considered the offer if they had signed.", "they had signed"),
        ("There is no doubt he would pay if they asked.", "they asked"),
        (
            "Much could have been different had Ferrow (the old port) already paid its debts.",
            "Ferrow (the old port) already paid its debts",
        ),
        ("The verdict would have been different had defence counsel called Mr. Orr.", "defence counsel called Mr. Orr"),
    ],
)
def test_words_that_ask_elsewhere_do_not_hide_a_condition(text: str, condition: str) -> None:
    (found,) = conditions_in(text)
    assert quote_span(text, found.condition[0][0]) == condition


THREATENING = [
    ("The union to the mayor: [touch our cranes] and {we close every port}", "command:and"),
    ('"Let them [shut those gates without us] and {not one wagon will pass}," she said.', "command:and"),
    ('"[One box lifted by a soldier], and {there will be no ship unloaded}," she told the crowd.', "thing:and"),
    ('"[A requisition], and {we are gone}," their leader told the party.', "thing:and"),
    ("The day [this bill reaches the floor], {the ministers will resign}, she said.", "cue:the_day"),
    ('"[Any firing near the island] means that {the line goes silent}," he said.', "nominal:any_means"),
    ("[Any theft of gas by that side], she said, {would lead to the end of transit}.", "nominal:would_trigger"),
    ('"[One mark above four per cent] and {the pits go back to the state}," she said.', "thing:and"),
    ('"[The next boot on that hill] {shuts the border}," he said.', "nominal:next_one_does"),
    ("He said that [rocket sales to the junta] {would put its harbours in his sights}.", "nominal:event_would"),
    ("[Any transfer of such arms], she said, {would entail strikes on the depots}.", "nominal:event_would"),
    ('"[Anybody who climbs the fence] {will meet our dogs}," he growled.', "nominal:whoever_will"),
    (
        "{There will be no berths} for [those who tow our nets away], the harbour chief said.",
        "nominal:nothing_for_those",
    ),
    (
        "{Orlia will stop exports of tin} the day [the northern country bans its phones], the ministry said.",
        "cue:the_day",
    ),
    ('"[No vote], {no government with us}," he wrote.', "no:no"),
    (
        "[The removal of its masts] {would be followed within days by a halt to tin}, he said.",
        "nominal:will_be_met_with",
    ),
    ("They must [pay by Friday], failing which {the road will be blocked}, the union said.", "otherwise:failing_which"),
]


@pytest.mark.parametrize(("text", "rule"), THREATENING)
def test_threats_without_if_are_conditions(text: str, rule: str) -> None:
    plain, conditions, consequences = marked(text)
    (found,) = conditions_in(plain)
    assert found.produced_by == rule
    assert conditions[0] in words_of(plain, found.condition[0])
    assert words_of(plain, found.consequence) == consequences[0]


@pytest.mark.parametrize(
    "text",
    [
        '"A court that hears everybody keeps the peace, and it is vital to all of us," she said.',
        "The plan would cost the average household forty crowns, he said.",
        "The day after the vote the ministers will resign, she said.",
        "He took the train after a law that would end it.",
        "Failing health kept her at home.",
        '"A man above suspicion and a woman were arrested," she said.',
        "Any deal would take months, he said.",
        "Those who come will find a town that has changed, she said.",
        "There was time for those who came late, she said.",
        "No rain, no harvest.",
    ],
)
def test_what_only_looks_like_such_a_threat_is_none(text: str) -> None:
    assert conditions_in(text) == ()


def test_what_belongs_to_the_word_before_is_not_cut_off() -> None:
    text = "The valves close unless Tarn pays a debt of ten crowns by the first of March."
    (found,) = conditions_in(text)
    assert quote_span(text, found.condition[0][0]) == "Tarn pays a debt of ten crowns by the first of March"


@pytest.mark.parametrize(
    ("text", "rule", "condition"),
    [
        ('He was plain. "One crown more, and Tolm eats what Tolm grows," she said.', "thing:and", "One crown more"),
        (
            '"Whoever cuts off our wards will not pump oil here," he said.',
            "nominal:whoever_will",
            "Whoever cuts off our wards",
        ),
        (
            "It would close its roads in response to any ban on grain, he said.",
            "nominal:in_response_to",
            "any ban on grain",
        ),
        ("He said either the levy went by May or the grain would stay home.", "either:or", "the levy went by May"),
    ],
)
def test_other_wordings_of_a_price_are_conditions(text: str, rule: str, condition: str) -> None:
    (found,) = conditions_in(text)
    assert (found.produced_by, quote_span(text, found.condition[0][0])) == (rule, condition)


@pytest.mark.parametrize(
    "text",
    [
        '"Whoever wins the primary will have a hard summer," he said.',
        "He could either stay or leave by the back door, she said.",
        "He spoke in response to the ban on grain, she said.",
    ],
)
def test_ordinary_uses_of_such_wordings_are_none(text: str) -> None:
    assert conditions_in(text) == ()


@pytest.mark.parametrize(
    ("text", "condition", "consequence"),
    [
        ("They decided to call it off if the police agreed.", "the police agreed", "They decided to call it off"),
        ("They blocked the road and refused to leave unless they were heard.", "they were heard", "refused to leave"),
        (
            "Warning that they would march if he was not freed, the workers went home.",
            "he was not freed",
            "they would march",
        ),
    ],
)
def test_what_protesters_say_they_will_do(text: str, condition: str, consequence: str) -> None:
    (found,) = conditions_in(text)
    assert quote_span(text, found.condition[0][0]) == condition
    assert quote_span(text, found.consequence[0]) == consequence
    assert found.realis is OPEN


@pytest.mark.parametrize(
    ("text", "condition", "realis"),
    [
        ("It would be ideal if every school had old, dry wood.", "every school had old, dry wood", IMAGINED),
        ("If they were well advised, they may have been told to wait.", "they were well advised", CONTRARY),
    ],
)
def test_a_main_clause_stands_where_its_verb_is(text: str, condition: str, realis: Realis) -> None:
    (found,) = conditions_in(text)
    assert (quote_span(text, found.condition[0][0]), found.realis) == (condition, realis)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("If they did we would know.", "they did"),
        ("If they can do that, we will talk.", "they can do that"),
        ("If one is proposed we will consider it.", "one is proposed"),
        ("He would not have come if he had known that they would come.", "he had known that they would come"),
    ],
)
def test_a_condition_is_neither_broken_off_nor_run_on(text: str, condition: str) -> None:
    (found,) = conditions_in(text)
    assert quote_span(text, found.condition[0][0]) == condition


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (
            "If they come as friends, we will open the gate; if they come with guns, we will shut it.",
            [("they come as friends", "we will open the gate"), ("they come with guns", "we will shut it")],
        ),
        ("Call us, if you can; the hall will be locked at ten.", [("you can", "Call us")]),
        ("They had better go; but if they stay, then we will feed them.", [("they stay", "we will feed them")]),
    ],
)
def test_nothing_beyond_a_semicolon_belongs_to_a_condition(text: str, pairs: list[tuple[str, str]]) -> None:
    found = conditions_in(text)
    assert [(words_of(text, each.condition[0]), words_of(text, each.consequence)) for each in found] == pairs


@pytest.mark.parametrize(
    ("text", "consequence"),
    [
        ('The clerk\'s words, "if we had known, we would have said so", pleased the guild.', "we would have said so"),
        ("The levels fell all week, which they would not do if the sluice were open.", "which they would not do"),
        (
            "The harvest was poor, and no doubt it would've been worse if it had not rained.",
            "no doubt it would've been worse",
        ),
        ("If the gate had been shut, the barn would have stood, so the owner paid.", "the barn would have stood"),
        ("If the duke came, few would stay, since most of them fear him.", "few would stay"),
        (
            "If she had won, we might have had a quarrel, but we would not have had a war.",
            "we might have had a quarrel, but we would not have had a war",
        ),
    ],
)
def test_a_consequence_ends_where_what_is_a_fact_begins(text: str, consequence: str) -> None:
    (found,) = conditions_in(text)
    assert quote_span(text, found.consequence[0]) == consequence


@pytest.mark.parametrize(
    ("text", "realis"),
    [
        ("The mayor said he would sell the mill if he owned it.", IMAGINED),
        ("The mayor said he would talk if he had a mandate.", IMAGINED),
        ("The mayor said he would talk if he had to sell the mill.", OPEN),
        ("If we glazed the hall, it would be warm.", IMAGINED),
        ("But it would have, if I had done it.", CONTRARY),
    ],
)
def test_how_things_are_is_not_what_may_happen(text: str, realis: Realis) -> None:
    (found,) = conditions_in(text)
    assert found.realis is realis


@pytest.mark.parametrize(
    "text",
    ["“[Withdraw your men] or {we will},” she said.", "The millers to Tolm: [cut our share] and {we shut the weir}"],
)
def test_a_command_may_open_a_quotation_or_stand_behind_a_colon(text: str) -> None:
    plain, conditions, consequences = marked(text)
    (found,) = conditions_in(plain)
    assert words_of(plain, found.condition[0]) == conditions[0]
    assert words_of(plain, found.consequence) == consequences[0]


@pytest.mark.parametrize(
    ("text", "rule", "parts", "negated"),
    [
        (
            '"They must take down the fence. Only then can we talk of a market," she said.',
            "only_then:next_sentence",
            ("They must take down the fence", ["can we talk of a market"]),
            False,
        ),
        (
            '"If they cross, our boats will ring them. We will also cut their water," he said.',
            "cue:if",
            ("they cross", ["our boats will ring them", "We will also cut their water"]),
            False,
        ),
        (
            "The elders made it a condition of any truce that the hostages be fed.",
            "nominal:made_a_condition",
            ("the hostages be fed", ["any truce"]),
            False,
        ),
        (
            "The carters' guild has threatened to block the pass if the toll is raised.",
            "cue:if",
            ("the toll is raised", ["to block the pass"]),
            False,
        ),
        (
            "The regent has promised a duty on wool in the event of a boycott.",
            "cue:in_the_event_of",
            ("a boycott", ["a duty on wool"]),
            False,
        ),
    ],
)
def test_several_sentences_and_reports_keep_their_parts(
    text: str, rule: str, parts: tuple[str, list[str]], *, negated: bool
) -> None:
    (found,) = conditions_in(text)
    read = (words_of(text, found.condition[0]), [words_of(text, (span,)) for span in found.consequence])
    assert (found.produced_by, read, found.negated) == (rule, parts, negated)


@pytest.mark.parametrize(
    "text",
    [
        '"If they cross, our boats will ring them," he said. "We will also hold a fair," the mayor said.',
        "If they cross, our boats will ring them. We also hold a fair in May.",
    ],
)
def test_what_another_says_is_no_further_consequence(text: str) -> None:
    (found,) = conditions_in(text)
    assert [words_of(text, (span,)) for span in found.consequence] == ["our boats will ring them"]


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ('"After the sack of the abbey, we have nothing to discuss with them," she said.', "the sack of the abbey"),
        ('"Now that they have voted, there is no treaty left to save," she said.', "they have voted"),
    ],
)
def test_what_has_come_already_is_a_fact(text: str, condition: str) -> None:
    (found,) = conditions_in(text)
    assert (words_of(text, found.condition[0]), found.realis) == (condition, FACT)


@pytest.mark.parametrize(
    "text",
    [
        "Now that spring is here, the boats go out again, she said.",
        "After the fire, the town has no bakery, the mayor said.",
    ],
)
def test_what_came_of_an_event_is_no_refusal(text: str) -> None:
    assert conditions_in(text) == ()


ASKED = "Asked whether Orl would shut the weir if the barges came back, the reeve said {answer}."


@pytest.mark.parametrize(
    ("answer", "holder", "flags"),
    [("yes", "s2", ("affirmed",)), ("that it would", "s2", ("affirmed",)), ("it was too early to tell", "s1", ())],
)
def test_a_condition_asked_belongs_to_who_says_yes(answer: str, holder: str, flags: tuple[str, ...]) -> None:
    text = ASKED.format(answer=answer)
    asked = statement(text, "whether Orl would shut the weir if the barges came back", "", "Asked")
    said = replace(statement(text, answer, "the reeve", "said"), id="s2")
    (found,) = conditions_in(text, (replace(asked, id="s1"), said))
    assert (found.attribution, found.flags) == (holder, flags)


@pytest.mark.parametrize(
    ("text", "realis"),
    [
        ("The reeve said the weir would be shut if the bargemen were not released.", OPEN),
        ("The reeve said the weir would be shut if the mill were burnt down.", OPEN),
        ("The reeve said the weir would be shut if the mill were his.", CONTRARY),
        ("If the weir were shut, the mill would stop.", CONTRARY),
    ],
)
def test_what_may_be_done_is_not_contrary_to_fact_in_a_report(text: str, realis: Realis) -> None:
    (found,) = conditions_in(text)
    assert found.realis is realis


@pytest.mark.parametrize(
    ("text", "realis"),
    [
        ("The envoy said his league would have no choice but to answer if the raid was repeated.", OPEN),
        ("The envoy said his league would have to answer if the raid was repeated.", OPEN),
        ("The envoy said his league would have both answered and prayed if the raid had come.", CONTRARY),
        ("If the raid had come, his league would have never answered.", CONTRARY),
    ],
)
def test_what_one_would_have_or_have_to_do_is_still_to_come(text: str, realis: Realis) -> None:
    (found,) = conditions_in(text)
    assert found.realis is realis
