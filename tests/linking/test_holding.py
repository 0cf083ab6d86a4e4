"""Whose office it is where the title leaves out the state: invented coverage as the local press writes it."""

import pytest

from onrecord.linking.holding import WORKED_OUT
from onrecord.pipeline import Resources, annotate, load_resources
from onrecord.reading.parts import find_parts
from onrecord.records.documents import Document, hash_text
from onrecord.records.findings import Findings
from onrecord.relating import tell, who_is_who
from onrecord.settings import Settings


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

Peru and Chile both claim the landing. In Lima, government spokeswoman Ines Quiroga said the cabinet would meet at noon.
Chile said nothing.
"""
TWO_PRESIDENTS = """Presidents meet in Lima

President Mateo Salvado told reporters in Lima that the ferries would run. President Tomas Alvear told reporters in Lima
that they would not. Peru and Chile have quarrelled for years.
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
