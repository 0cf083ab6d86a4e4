"""Bodies named by a noun alone, and whose they are: invented states, unions and armies."""

import pytest

from onrecord.pipeline import Resources, annotate, load_resources
from onrecord.reading.parts import find_parts
from onrecord.records.documents import Document, hash_text
from onrecord.settings import Settings


@pytest.fixture(scope="module")
def resources() -> Resources:
    return load_resources(Settings(), threads=1)


def side_of_words(text: str, words: str, resources: Resources) -> str | None:
    """For whom those speak to whom the words are handed."""
    found = annotate(Document(hash_text(text), "made.txt", "", text, parts=find_parts(text)), resources)
    names = {actor.id: actor.name for actor in found.actors}
    at = text.index(words)
    said = next(e for e in found.attributions if any(span.start <= at < span.end for span in e.content))
    return names.get(said.speaker.on_behalf_of or "")


LINE = "the ferries would be stopped if the levy came"


@pytest.mark.parametrize(
    ("text", "side"),
    [
        (f"Dravonia's army said nothing. Its foreign ministry said {LINE}.", "Dravonia"),
        (f"Dravonia's foreign ministry said no. It rained for days. The ministry said {LINE}.", "Dravonia"),
        (f"Dravonia will not pay, the government said, and {LINE}.", "Dravonia"),
        (f"DELBIN, Dravonia, June 4 (Plain Wire) - It rained. The army said {LINE}.", "Dravonia"),
        (f"The Kelp Workers Union met. The union said {LINE}.", None),  # it is the one who speaks
        (f"Dravonia's army left. Ostland's army left as well. The police said {LINE}.", None),
    ],
    ids=["its", "taken up", "told of", "dateline", "a speaker", "two states"],
)
def test_a_part_of_a_state_speaks_for_the_state_that_the_text_tells(
    text: str, side: str | None, resources: Resources
) -> None:
    assert side_of_words(f"A day of quarrels\n\n{text}\n", LINE, resources) == side


@pytest.mark.parametrize(
    ("text", "side"),
    [
        (f"The Kelp Workers Union met. The union's president, Ines Quiroga, said {LINE}.", "Kelp Workers Union"),
        (f"The Delta Front met. The group's leader, Ines Quiroga, said {LINE}.", "Delta Front"),
        (f"Dravonia's foreign ministry met. The ministry's spokeswoman, Ines Quiroga, said {LINE}.", "Dravonia"),
        (f"The Greens met and left. Their leader, Ines Quiroga, said {LINE}.", "Greens"),
        (f"The Kelp Union and the Reed Union met. The union's president, Ines Quiroga, said {LINE}.", None),
    ],
    ids=["union", "group", "ministry", "their", "two unions"],
)
def test_a_title_that_names_a_body_by_a_noun_is_of_the_one_named_before(
    text: str, side: str | None, resources: Resources
) -> None:
    assert side_of_words(f"A day of quarrels\n\n{text}\n", LINE, resources) == side


@pytest.mark.parametrize(
    ("text", "side"),
    [
        (f"Kelpgas lost money, said Kelpgas. A company spokeswoman said {LINE}.", "Kelpgas"),
        (f"Kelpgas lost money, said Kelpgas. A shipping company spokeswoman said {LINE}.", None),
        (f"In Warsaw the line is firm. The ministry says {LINE}.", "Poland"),
        (f"It rained in Poland. A foreign ministry spokesman in Warsaw said {LINE}.", "Poland"),
        (f"Nothing moved in Brodna. A foreign ministry spokesman in Brodna said {LINE}.", "Brodna"),
        (f"Dravonia's army left. “We refuse,” Dravonia said. The foreign ministry said {LINE}.", "Dravonia"),
        (f"Brodna has answered. Officials there say {LINE}.", "Brodna"),
        (f"Dravonia's energy minister left. It rained. The energy minister said {LINE}.", "Dravonia"),
        (f"The Kelp Workers Union met. Its president said {LINE}.", "Kelp Workers Union"),
        (f"It rained. The government said {LINE}. Prime Minister Ines Quiroga said nothing.", "Ines Quiroga"),
        (f"A Polish official said no. It rained in Poland. The official said {LINE}.", "Poland"),
        (f"A Polish official said no. It rained in Poland. The diplomat said {LINE}.", None),
        (f"The leadership in Brodna goes on. It said {LINE}.", "Brodna"),
        (f"The leadership of the club goes on. It said {LINE}.", None),
        (f"Premier Oto Rhee and Premier Ines Quiroga met. The government said {LINE}.", None),
    ],
    ids=[
        "attribute",
        "another firm",
        "setting",
        "seat",
        "unlisted seat",
        "answer",
        "there",
        "minister",
        "its president",
        "own minister",
        "met again",
        "another one",
        "it",
        "nobody's",
        "two ministers",
    ],
)
def test_who_has_no_name_speaks_for_what_the_text_tells(text: str, side: str | None, resources: Resources) -> None:
    assert side_of_words(f"A day of quarrels\n\n{text}\n", LINE, resources) == side


def test_a_bare_surname_alone_in_its_paragraph_is_who_speaks(resources: Resources) -> None:
    told = "It was enough to make Quiroga see red. “If the levy comes, we sail,” she thundered at a rally."
    text = f"A day of quarrels\n\nIt rained in Delbin.\n\n{told}\n"
    found = annotate(Document(hash_text(text), "made.txt", "", text, parts=find_parts(text)), resources)
    assert "Quiroga" in {each.speaker.name for each in found.attributions}
