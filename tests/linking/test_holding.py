"""Whose office it is where the title leaves out the state: invented coverage as the local press writes it."""

import pytest

from onrecord.linking.settling import WORKED_OUT
from onrecord.pipeline import Resources, annotate, load_resources
from onrecord.reading.parts import find_parts
from onrecord.records.documents import Document, hash_text
from onrecord.records.findings import Findings
from onrecord.settings import Settings
from onrecord.who import tell, who_is_who


@pytest.fixture(scope="module")
def resources() -> Resources:
    return load_resources(Settings(), threads=1)


def read(text: str, resources: Resources) -> Findings:
    return annotate(Document(hash_text(text), "made.txt", "", text, parts=find_parts(text)), resources)


def office_of(findings: Findings, name: str) -> str | None:
    person = next(actor for actor in findings.actors if actor.name == name)
    return next((office.of for office in person.offices if office.of is not None), None)


def side_of(findings: Findings, name: str) -> str | None:
    names = {actor.id: actor.name for actor in findings.actors}
    said = next(each for each in findings.attributions if each.speaker.name == name)
    return names.get(said.speaker.on_behalf_of or "")


LOCAL = """Sudan vows to keep ferries running

KHARTOUM, March 3 (Plain Wire) - President Osman Tariq said on Monday that Sudan would keep its ferries running.

"The boats will sail," Mr Tariq told parliament in Khartoum. Ethiopia did not comment.
"""
PRONOUN = """Ferry row goes on

Kenya rejected the offer on Friday. Its foreign minister, Wanja Odera, called the plan "an insult" and said Uganda had
broken its word. Uganda's government did not reply.
"""
SEAT = """Cabinet to meet over ferries

Peru and Chile both claim the landing. In Lima, government spokeswoman Ines Quiroga told reporters that the cabinet
would meet at noon. Chile said nothing.
"""
TWO_PRESIDENTS = """Presidents meet in Lima

"The ferries will run," President Mateo Salvado told reporters in Lima.

President Tomas Alvear told reporters in Lima that the ferries would stay in port.
Peru and Chile have quarrelled for years.
"""
ABROAD = """A visit without results

President Osman Tariq said on Monday that Ethiopia would regret the closure. He spoke on a ferry. Kenya said nothing.
"""


@pytest.mark.parametrize(
    ("text", "name", "code", "state"),
    [
        (LOCAL, "Osman Tariq", "SD", "Sudan"),
        (PRONOUN, "Wanja Odera", "KE", "Kenya"),
        (SEAT, "Ines Quiroga", "PE", "Peru"),
        (TWO_PRESIDENTS, "Mateo Salvado", None, None),
        (TWO_PRESIDENTS, "Tomas Alvear", None, None),
        (ABROAD, "Osman Tariq", None, None),
    ],
    ids=["local press", "its minister", "seat of government", "two presidents", "the other president", "a threat"],
)
def test_the_words_around_a_title_tell_whose_it_is(
    text: str, name: str, code: str | None, state: str | None, resources: Resources
) -> None:
    findings = read(text, resources)
    assert office_of(findings, name) == code
    assert side_of(findings, name) == state


def test_a_state_that_was_worked_out_is_marked_with_its_reasons(resources: Resources) -> None:
    findings = read(LOCAL, resources)
    person = next(actor for actor in findings.actors if actor.name == "Osman Tariq")
    marks = [flag for flag in person.flags if flag.startswith(WORKED_OUT)]
    assert len(marks) == 1
    assert "spoke in Khartoum" in marks[0]


def test_an_office_that_names_its_state_is_left_alone(resources: Resources) -> None:
    findings = read(LOCAL.replace("President Osman", "Ethiopian President Osman"), resources)
    person = next(actor for actor in findings.actors if actor.name == "Osman Tariq")
    assert [office.of for office in person.offices] == ["ET"]
    assert not any(flag.startswith(WORKED_OUT) for flag in person.flags)


def test_what_one_text_tells_too_little_of_is_left_to_others(resources: Resources) -> None:
    wire = """Valves to be shut

BRODNA, Velmora, May 4 (Plain Wire) - Prime Minister Zora Melk said that Velmora will shut the valves. It rained.
"""
    state = """A quiet day

Velmora's army left the border. Velmora's parliament met. Nothing would change, Prime Minister Zora Melk said on Friday.
"""
    one, other = read(wire, resources), read(state, resources)
    assert side_of(other, "Zora Melk") is None
    settled = who_is_who(tell([one, other])).settle(other)
    names = {actor.id: actor.name for actor in settled.actors}
    said = next(each for each in settled.attributions if each.speaker.name == "Zora Melk")
    assert names.get(said.speaker.on_behalf_of or "") == "Velmora"


DENIAL = """Dispute over the gauge

The company accused Peru of moving the gauge. Government spokeswoman Ines Quiroga denied the report. Chile said nothing.

Quiroga set out the position of Peru in the evening.
"""
OWNED = """Word for word

Peru's weary foreign minister Ines Quiroga said the gauge had not moved. Chile's envoy laughed.
"""
HOUSE = """Debate over the gauge

MAREN, Chile, May 4 (Plain Wire) - Chile's parliament met on Friday. Energy Minister Ines Quiroga told deputies that the
gauge had not moved. Peru said nothing.
"""
SECRETARY = """Debate over the gauge

LIMA

Environment Secretary Ines Quiroga said that Peru would move the gauge.
"""
PARTY = """Debate over the gauge

LIMA

Party Secretary Ines Quiroga said that Peru would move the gauge.
"""
ATTACK = """Night of fire

Peru said its boats had fired. Foreign Minister Ines Quiroga said Peru would pay for it. Chile's army was called out.
"""
OTHER_TITLE = """Two offices

Peru's deputy energy minister rang. The prime minister, Ines Quiroga, said the gauge had not moved. Chile said nothing.
"""


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (DENIAL, "Peru"),
        (OWNED, "Peru"),
        (HOUSE, "Chile"),
        (
            HOUSE.replace("MAREN, Chile, May 4 (Plain Wire) - ", "").replace(
                "told deputies", "told deputies in Oltburg"
            ),
            None,
        ),
        (SECRETARY, "Peru"),
        (PARTY, None),
        (ATTACK, None),
        (OTHER_TITLE, None),
    ],
    ids=[
        "denies, tells the position",
        "an owner",
        "parliament",
        "a parliament elsewhere",
        "a department",
        "a party",
        "of the foe",
        "another",
    ],
)
def test_what_an_office_holder_does_tells_whose_office_it_is(
    text: str, state: str | None, resources: Resources
) -> None:
    assert side_of(read(text, resources), "Ines Quiroga") == state


FOES_SPOKESWOMAN = """WARSAW, May 4 (Plain Wire) - It rained in Poland. Belarus called it blackmail, Belarus said. \
The end is near, said Ines Quiroga, spokeswoman for the foreign ministry."""
FOES_MINISTRY = """WARSAW, May 4 (Plain Wire) - The Belarusian Foreign Ministry urged Poland to wait. Its \
spokeswoman, Ines Quiroga, said Poland would not. Belarus is large."""


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("WARSAW, May 4 (Plain Wire) - Foreign Ministry spokeswoman Ines Quiroga said no. Poland is large.", "Poland"),
        (FOES_SPOKESWOMAN, None),
        (FOES_MINISTRY, "Belarus"),
        ("Chile's president, Zora Melk, left. Her adviser Ines Quiroga said no.", "Chile"),
        ("WARSAW, May 4 (Plain Wire) - It rained. Adviser Ines Quiroga said no.", None),
        ("WARSAW, May 4 (Plain Wire) - Ines Quiroga, president of the growers' federation, said no.", None),
    ],
    ids=[
        "briefing",
        "another state's words before",
        "its, of a ministry",
        "adviser",
        "anybody's adviser",
        "a federation's",
    ],
)
def test_who_speaks_for_others_speaks_where_they_sit(text: str, state: str | None, resources: Resources) -> None:
    assert side_of(read(f"A day of quarrels\n\n{text}\n", resources), "Ines Quiroga") == state


def test_an_adjective_in_a_title_is_enough_where_the_state_is_not_named(resources: Resources) -> None:
    text = "The Chilean defence ministry's spokeswoman, Ines Quiroga, said the gauge had not moved.\n"
    assert side_of(read(text, resources), "Ines Quiroga") == "Chile"


def test_a_dateline_tells_other_texts_in_which_state_a_town_lies(resources: Resources) -> None:
    wire = """Valves to be shut

BRODNA, Velmora, May 4 (Plain Wire) - Velmora's army left the border on Friday. Velmora's parliament met.
"""
    local = """A quiet day

BRODNA

Nothing would change, Prime Minister Zora Melk said on Friday. She met nobody in Brodna.
"""
    one, other = read(wire, resources), read(local, resources)
    sides = who_is_who(tell([one, other])).sides
    assert side_of(other, "Zora Melk") is None
    assert sides["zora melk|person"] == "velmora|state"
    assert who_is_who(tell([other])).sides["zora melk|person"] == "brodna|place"  # whatever state it stands for


def test_a_short_answer_tells_whose_the_next_speaker_is(resources: Resources) -> None:
    answer = "Lima shrugged. President Zora Melk said on Monday that nothing would change."
    text = f"A dispute over a gauge\n\nPeru is a large country. Chile's envoy complained. {answer}\n"
    assert side_of(read(text, resources), "Zora Melk") == "Peru"
