"""Roles that open a text and wait for their name: invented coverage as agencies write it."""

import pytest

from onrecord.pipeline import Resources, annotate, load_resources
from onrecord.records.actors import LinkBasis
from onrecord.records.documents import Document, hash_text
from onrecord.records.findings import Attribution
from onrecord.settings import Settings


@pytest.fixture(scope="module")
def resources() -> Resources:
    return load_resources(Settings(), threads=1)


def first_said(text: str, resources: Resources) -> Attribution:
    return annotate(Document(hash_text(text), "made.txt", "", text), resources).attributions[0]


LEAD = """The country's fisheries minister said on Monday that Iceland would close its ports.

"The ports will be closed," Halla Brands told parliament. "We mean it."
"""


def test_the_role_of_the_lead_is_the_person_named_next(resources: Resources) -> None:
    speaker = first_said(LEAD, resources).speaker
    assert speaker.name == "Halla Brands"
    assert speaker.basis is LinkBasis.ROLE
    assert "first one named behind" in speaker.reason


@pytest.mark.parametrize(
    "text",
    [
        LEAD.replace("Halla Brands", "Defence Minister Halla Brands"),
        LEAD.replace("The country's fisheries minister", "A fisheries minister"),
        LEAD.replace("The country's fisheries minister", "The former fisheries minister"),
        LEAD.replace(" on Monday that", " after meeting Halla Brands that"),
        LEAD.replace("\n\n", "\n\nThe admiral kept silent. "),
        LEAD.replace("\n\n", "\n\nIt rained. It snowed. It hailed. It thawed. It rained again.\n\n"),
    ],
    ids=["another office", "somebody", "no longer", "named before", "a second role", "too far"],
)
def test_a_role_stays_unlinked_where_something_speaks_against_it(text: str, resources: Resources) -> None:
    assert first_said(text, resources).speaker.actor is None


UNION = """The head of the dockers' federation said on Monday that the ports of Iceland would be shut.

"Not one crane will move," Halla Brands, president of the National Federation of Dockers, said at the quay.
"""


def test_a_plain_word_for_who_leads_a_body_is_its_president(resources: Resources) -> None:
    assert first_said(UNION, resources).speaker.name == "Halla Brands"


def test_the_leader_of_something_else_is_no_president_of_a_state(resources: Resources) -> None:
    text = UNION.replace("president of the National Federation of Dockers", "president of Iceland")
    assert first_said(text, resources).speaker.actor is None
