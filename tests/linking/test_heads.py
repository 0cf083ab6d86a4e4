"""Whose head or spokesman somebody is where that is no state: invented firms, unions and towns."""

import pytest

from onrecord.linking.settling import leads, represents
from onrecord.pipeline import Resources, annotate, load_resources
from onrecord.reading.parts import find_parts
from onrecord.records.actors import Office
from onrecord.records.documents import Document, hash_text
from onrecord.settings import Settings
from onrecord.who import tell, who_is_who


@pytest.fixture(scope="module")
def resources() -> Resources:
    return load_resources(Settings(), threads=1)


def side_in(text: str, resources: Resources) -> str | None:
    """Whom Ines Quiroga speaks for."""
    found = annotate(Document(hash_text(text), "made.txt", "", text, parts=find_parts(text)), resources)
    names = {actor.id: actor.name for actor in found.actors}
    said = next(each for each in found.attributions if each.speaker.name == "Ines Quiroga")
    return names.get(said.speaker.on_behalf_of or "")


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("“We will stop,” said Ines Quiroga, who heads Bekgas. Bekgas, a gas company, lost money.", "Bekgas"),
        ("“We will stop,” said Ines Quiroga, who leads the ferrymen's union FKM. The FKM has 900 members.", "FKM"),
        ("Bekgas chief executive Ines Quiroga said the taps would be turned off.", "Bekgas"),
        ("The lender, Bekbank, lost money. “No,” said Ines Quiroga, chairwoman of Bekbank.", "Bekbank"),
        (
            "The state gas company, Bekgas, disputed it. “No,” said its chief executive, Ines Quiroga.",
            "Bekgas",
        ),
        ("“No,” said Bekbank's head of network, Ines Quiroga. Bekbank, the lender, said more later.", "Bekbank"),
        (
            "“No,” said Ines Quiroga, who chairs the Bek Teachers' Union. The union has 900 members.",
            "Bek Teachers' Union",
        ),
        ("The Delta Front will burn it, its commander said. “It burns,” General Ines Quiroga told us.", "Delta Front"),
        (
            "The Delta Front (DFT) will leave once Peru reopens the port, its spokesperson Ines Quiroga told us.",
            "Delta Front",
        ),
        ("The Delta Council will pay, its deputy chairman, Ines Quiroga, said.", None),  # second, and not the head
        ("“No,” said Ines Quiroga, the former home secretary who now heads the Delta Board.", "Delta Board"),
        ("“No,” said Ines Quiroga, who led a crew until 2031 and now heads the Delta Board.", "Delta Board"),
        ("Exiled leader Ines Quiroga said the taps would be turned off.", None),
        ("Ines Quiroga, director of the Delta Institute, said the taps would be turned off.", None),
        ("Ines Quiroga, who heads the department, said Bekgas would turn off the taps.", None),
        ("The head of the barley growers of Lower Vos, Ines Quiroga, said the taps would be turned off.", None),
        ("Bekgas and Bekbank quarrelled. “No,” said Ines Quiroga, who once worked for Bekgas.", None),
    ],
)
def test_the_words_around_a_name_tell_whose_head_it_is(text: str, body: str | None, resources: Resources) -> None:
    assert side_in(f"A day of quarrels\n\n{text}\n", resources) == body


@pytest.mark.parametrize(
    "text",
    [
        "The Delta Council will pay, its deputy chairman, Major General Ines Quiroga, said.",
        "The Delta Council will pay once Peru reopens the port, its deputy chairman, Ines Quiroga, said.",
        "The Delta Council (DCL) will pay. DCL deputy chairman Ines Quiroga said so.",
        "Delta Council deputy chairman Ines Quiroga said it would pay.",
    ],
)
def test_a_deputy_is_the_deputy_of_that_body(text: str, resources: Resources) -> None:
    found = annotate(Document(hash_text(text), "made.txt", "", text), resources)
    told = next(actor for actor in found.actors if actor.name == "Ines Quiroga")
    assert ("deputy chairman", "Delta Council") in {(office.title, office.of) for office in told.offices}
    assert [office.title for office in told.offices if "chairman" in office.title] == ["deputy chairman"]


def test_a_mayor_without_a_town_is_of_the_one_that_the_text_is_from(resources: Resources) -> None:
    text = "SAN BEK, May 4 (Plain Wire) - It rained. Mayor Ines Quiroga said the taps would be turned off."
    assert side_in(f"Taps to be turned off\n\n{text}\n", resources) == "San Bek"


def test_a_commissioner_of_a_bloc_is_no_states(resources: Resources) -> None:
    told = "Its commissioner for dams, Ines Quiroga, said no more would come."
    text = f"The Delta Union, which pays for Peru's dams, met. {told}"
    assert side_in(f"No more dams\n\n{text}\n", resources) == "Delta Union"


def test_what_one_text_tells_of_a_head_holds_in_others(resources: Resources) -> None:
    texts = (
        "A warning\n\n“We will stop,” said Ines Quiroga, who heads Bekgas. Bekgas, a gas company, lost money.\n",
        "A second warning\n\nBekgas, a gas company, gave no date. Ines Quiroga said the taps would be turned off.\n",
    )
    one, other = (annotate(Document(hash_text(text), "made.txt", "", text), resources) for text in texts)
    settled = who_is_who(tell([one, other])).settle(other)
    names = {actor.id: actor.name for actor in settled.actors}
    said = next(each for each in settled.attributions if each.speaker.name == "Ines Quiroga")
    assert names.get(said.speaker.on_behalf_of or "") == "Bekgas"


@pytest.mark.parametrize(
    ("title", "state", "body"),
    [
        ("president", True, True),
        ("union president", False, True),
        ("company's president", False, True),
        ("former chairman", False, False),
        ("chief executive", False, True),
        ("environment secretary", True, True),
        ("party secretary", False, True),
        ("economist", False, False),
    ],
)
def test_titles_tell_for_whom_their_holders_decide(title: str, state: bool, body: bool) -> None:
    assert (represents(Office(title)), leads(Office(title))) == (state, body)
