"""Whose line it is where nobody is said to say it, or somebody unknown is: invented sentences through every stage."""

import pytest

from onrecord.pipeline import Resources, annotate, load_resources
from onrecord.reading.parts import find_parts
from onrecord.records.documents import Document, hash_text
from onrecord.redlines.drafts import draft_lines
from onrecord.settings import Settings


@pytest.fixture(scope="module")
def resources() -> Resources:
    return load_resources(Settings(), threads=1)


def issuers_of(text: str, resources: Resources) -> list[str]:
    found = annotate(Document(hash_text(text), "made.txt", "", text, parts=find_parts(text)), resources)
    return [draft.issuer.name for draft in draft_lines(found, {})]


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        # whose warning it is stands before the noun, and not at the opening of the sentence
        (
            "Chile's parliament backed it, shrugging off a Peruvian threat that any such pier would end the talks.",
            "Chile",
        ),
        # somebody unknown says it; a state inside the threat is not who makes it
        (
            "The harbour master said flights from Chile would be turned back unless the lists were sent.",
            "Chile",
        ),
        (
            "“One crate moved, and there will be no boat left between Chile and Peru,” she thundered at a rally.",
            "Chile",
        ),
    ],
    ids=["a warning of another", "from a state", "between two"],
)
def test_a_name_inside_a_threat_is_not_who_makes_it(sentence: str, wrong: str, resources: Resources) -> None:
    assert wrong not in issuers_of(f"A day at the pier\n\n{sentence}\n", resources)


def test_the_subject_of_what_follows_makes_the_threat_where_a_stranger_tells_it(resources: Resources) -> None:
    text = "A day at the pier\n\nOfficials said Chile will close the strait if any boat crosses the line.\n"
    assert issuers_of(text, resources) == ["Chile"]


def test_whoever_is_warned_of_a_price_does_not_make_the_threat(resources: Resources) -> None:
    told = "Peru's defence minister said the boats would stay."
    text = f"A day at the pier\n\n{told} He warned that if a single shell fell, Chile would pay the price.\n"
    assert issuers_of(text, resources) == ["Peru's defence minister"]


def test_a_state_named_in_what_will_be_done_does_not_announce_it(resources: Resources) -> None:
    deed = "the region will hold a vote on joining Peru if the last customs posts are closed"
    assert "Peru" not in issuers_of(f"A day at the pier\n\nOn Monday {deed}.\n", resources)


def test_whose_dockers_they_are_does_not_make_the_threat(resources: Resources) -> None:
    told = "Peru's dockers will shut every port if the government sells the terminal, the head of their guild said."
    assert "Peru" not in issuers_of(f"A day at the pier\n\n{told}\n", resources)


def test_what_is_done_by_force_if_necessary_is_no_line(resources: Resources) -> None:
    text = "A day at the pier\n\nPeru's president Ines Quiroga said the road would be reopened by force if necessary.\n"
    assert issuers_of(text, resources) == []


def test_the_owner_of_a_warning_makes_it_and_not_who_brushes_it_aside(resources: Resources) -> None:
    vote = "Chile's parliament on Tuesday approved the stationing of up to 900 soldiers on the islands"
    text = f"A day of votes\n\n{vote}, brushing aside Peru's warning that such a force would end the talks.\n"
    assert issuers_of(text, resources) == ["Peru"]


@pytest.mark.parametrize(
    ("sentence", "issuer"),
    [
        # the outlet's own words: whoever has vowed it, also over an aside
        ("Peru, its oldest neighbour, has threatened to shut the bridge unless the levy is dropped.", "Peru"),
        # a name that only tells whose the subject is
        ("Peru's opposition threatened on Tuesday to shut the bridge if the levy came.", "Peru's opposition"),
    ],
    ids=["over an aside", "whose"],
)
def test_a_vow_told_by_the_outlet_is_of_its_subject(sentence: str, issuer: str, resources: Resources) -> None:
    assert issuers_of(f"A day at the bridge\n\nChile's envoy slept. {sentence}\n", resources) == [issuer]


def test_what_is_done_to_us_is_no_plan_of_ours(resources: Resources) -> None:
    text = (
        "A day at the pier\n\n“If we are rerouted over the reef, we don't sail,” Peru's president Ines Quiroga said.\n"
    )
    assert issuers_of(text, resources) == ["Ines Quiroga"]


def test_a_promise_with_a_kindness_in_it_stays_one(resources: Resources) -> None:
    text = "A day at the pier\n\nPeru promised to return the boats if Chile paid for the pier.\n"
    assert issuers_of(text, resources) == []


@pytest.mark.parametrize(
    ("sentence", "issuers"),
    [
        ("Peru warned that grain deliveries would stop if Chile went ahead with the pier.", ["Peru"]),
        ("“If they turn the gas off, I'll burn wood,” said Ines Quiroga, a pensioner.", []),
        ("“If they turn the gas off, I'll burn wood,” said Ines Quiroga, 62.", []),
        ("Without its clause on grain, the accord would be just paper with a seal, Peru's president said.", []),
    ],
    ids=["a warning is no offer", "private", "private, of no trade", "a judgement"],
)
def test_who_warns_threatens_and_who_tells_of_a_private_matter_does_not(
    sentence: str, issuers: list[str], resources: Resources
) -> None:
    assert issuers_of(f"A day at the pier\n\nChile's envoy slept. {sentence}\n", resources) == issuers


@pytest.mark.parametrize(
    ("called", "same"),
    [("The dockers' federation", True), ("The pilots' federation", False), ("The dockers' leader", False)],
)
def test_an_association_is_met_by_whom_it_is_of(called: str, same: bool, resources: Resources) -> None:
    def keys(who: str) -> frozenset[str]:
        text = f"A day at the pier\n\n{who} said it would close all ports if the terminal was sold.\n"
        found = annotate(Document(hash_text(text), "made.txt", "", text, parts=find_parts(text)), resources)
        return frozenset(key for draft in draft_lines(found, {}) for key in draft.issuer.keys)

    assert keys("Rosa Quispe, president of the National Federation of Dockers,")
    shared = keys("Rosa Quispe, president of the National Federation of Dockers,") & keys(called)
    assert bool(shared) is same
