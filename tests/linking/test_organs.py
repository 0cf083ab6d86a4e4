"""Parts of a state that are called by name, and whose they are: invented states, and real ones."""

import pytest

from onrecord.linking.joining import rename_actors
from onrecord.pipeline import Resources, annotate, load_resources
from onrecord.reading.parts import find_parts
from onrecord.records.documents import Document, hash_text
from onrecord.records.findings import Findings
from onrecord.settings import Settings
from onrecord.who import tell, who_is_who

LINE = "the ferries would be stopped if the levy came"


@pytest.fixture(scope="module")
def resources() -> Resources:
    return load_resources(Settings(), threads=1)


def read(text: str, resources: Resources) -> Findings:
    whole = f"A day of quarrels\n\n{text}\n"
    return annotate(Document(hash_text(whole), "made.txt", "", whole, parts=find_parts(whole)), resources)


def side_of_words(found: Findings) -> str | None:
    """For whom those speak to whom the line is handed."""
    names = {actor.id: actor.name for actor in found.actors}
    at = found.document.text.index(LINE)
    said = next(e for e in found.attributions if any(span.start <= at < span.end for span in e.content))
    return names.get(said.speaker.on_behalf_of or "")


@pytest.mark.parametrize(
    ("text", "side"),
    [
        (f"Russia's Defence Ministry said {LINE}.", "Russia"),
        (f"The French Foreign Ministry said {LINE}.", "France"),
        (f"Dravonia's army left. The Dravonian Foreign Ministry said {LINE}.", "Dravonia"),
        (f"Dravonia's Border Guard Service said {LINE}.", "Dravonia"),
        (f"DELBIN, Dravonia, June 4 (Plain Wire) - It rained. The State Border Committee said {LINE}.", "Dravonia"),
        (f"DELBIN, Dravonia, June 4 (Plain Wire) - It rained. The Delta Liberation Army said {LINE}.", None),
        (f"Dravonia's army left. A spokesman for the Dravonian Foreign Ministry said {LINE}.", "Dravonia"),
        (f"Dravonia's army left. Ostland's army left too. The Foreign Ministry said {LINE}.", None),
        (f"Dravonia's army left. The Dravonian Seamen's Union said {LINE}.", None),
    ],
    ids=["owner", "adjective", "made up", "a service", "dateline", "rebels", "a spokesman", "two states", "a union"],
)
def test_a_named_part_of_a_state_speaks_for_it(text: str, side: str | None, resources: Resources) -> None:
    assert side_of_words(read(text, resources)) == side


def test_two_states_ministries_of_one_name_are_two(resources: Resources) -> None:
    text = "Dravonia's army left. The Dravonian Foreign Ministry said no. The Ostlandic Foreign Ministry said yes."
    bodies = {actor.name for actor in read(text, resources).actors if actor.name.endswith("Foreign Ministry")}
    assert len(bodies) == 2


def test_a_dateline_may_end_with_a_full_stop(resources: Resources) -> None:
    text = f"MINSK, 15 January. It rained. Foreign Ministry spokeswoman Ines Quiroga said {LINE}. Belarus is large."
    assert side_of_words(read(text, resources)) == "Belarus"


def test_who_speaks_for_a_government_speaks_for_the_state_that_another_text_puts_its_town_in(
    resources: Resources,
) -> None:
    wire = read("BRODNA, Velmora, May 4 (Plain Wire) - Velmora's army left. Velmora's parliament met.", resources)
    local = read(f"BRODNA, 5 May. Presidential press secretary Ines Quiroga said {LINE}.", resources)
    who = who_is_who(tell([wire, local]))
    assert who.sides["ines quiroga|person"] == "velmora|state"
    assert who.cast({}).sides["ines quiroga|person"] == frozenset({"velmora|state"})
    assert rename_actors(local, who.joined).actors


def test_a_mayor_does_not_speak_for_the_state_of_the_town(resources: Resources) -> None:
    wire = read("BRODNA, Velmora, May 4 (Plain Wire) - Velmora's army left. Velmora's parliament met.", resources)
    local = read(f"BRODNA, 5 May. The mayor of Brodna, Ines Quiroga, said {LINE}.", resources)
    assert who_is_who(tell([wire, local])).sides.get("ines quiroga|person") != "velmora|state"
