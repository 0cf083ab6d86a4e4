"""Bodies that every state has, called by nothing but that, and whose they are."""

from pathlib import Path

import pytest

from onrecord.linking.owning import STATE_TOLD
from onrecord.pipeline import Resources, annotate, load_resources
from onrecord.records.actors import Actor
from onrecord.records.documents import Basis, Document, Outlet, hash_text
from onrecord.settings import Settings

OWN = """
states:
  - {iso: XD, name: Dravonia, seats: [Delbin], adjectives: [Dravonian], people: [Dravonians]}
outlets:
  - {name: Voice of Dravonia, country: XD}
"""


@pytest.fixture(scope="module")
def resources(tmp_path_factory: pytest.TempPathFactory) -> Resources:
    path: Path = tmp_path_factory.mktemp("own") / "actors.yml"
    path.write_text(OWN)
    return load_resources(Settings(knowledge=path), threads=1)


def bodies(text: str, resources: Resources, outlet: str | None = None) -> list[Actor]:
    document = Document(hash_text(text), "made.txt", "", text, "en", Outlet(outlet, Basis.GIVEN))
    return [actor for actor in annotate(document, resources).actors if actor.type == "body"]


@pytest.mark.parametrize(
    ("text", "outlet", "name", "key"),
    [
        (
            "Dravonia will not talk about the size of its Armed Forces, the envoy said.",
            None,
            "Armed Forces",
            "armed forces@xd|body",
        ),
        (
            "Dravonia will leave the pier, the Defence Ministry said. The rain went on.",
            None,
            "Defence Ministry of Dravonia",
            "defence ministry of dravonia|body",
        ),
        (
            "Vladimir Putin spoke in Russia. Dmitry Medvedev sits on the country's Security Council.",
            None,
            "Security Council of Russia",
            None,
        ),
        (
            "Dravonia grew. Trade rose by a tenth, the Ministry of Trade says.",
            "Voice of Dravonia",
            "Ministry of Trade",
            "ministry of trade@xd|body",
        ),
    ],
    ids=["its", "what it says", "the country's", "the outlet"],
)
def test_a_body_that_every_state_has_is_the_one_the_text_tells(
    text: str, outlet: str | None, name: str, key: str | None, resources: Resources
) -> None:
    (body,) = bodies(text, resources, outlet)
    assert body.name == name
    assert key is None or body.key == key
    assert any(flag.startswith(STATE_TOLD) for flag in body.flags)


def test_where_nothing_tells_it_stays_nobody_s(resources: Resources) -> None:
    (body,) = bodies("Dravonia grew. Trade rose by a tenth, the Ministry of Trade says.", resources, "Plain Post")
    assert body.country is None
    assert "unknown_country" in body.flags


def office_of(text: str, resources: Resources, outlet: str | None = None) -> str | None:
    document = Document(hash_text(text), "made.txt", "", text, "en", Outlet(outlet, Basis.GIVEN))
    (person,) = (actor for actor in annotate(document, resources).actors if actor.type == "person")
    return next((office.of for office in person.offices), None)


@pytest.mark.parametrize(
    ("text", "outlet", "state"),
    [
        ("Foreign Minister Ilka Borevan of Dravonia left on Monday. Peru said nothing.", None, "XD"),
        ("Defence Minister Ilka Borevan said in Delbin that Peru would pay for it. Dravonia has boats.", None, None),
        (
            "Defence Minister Ilka Borevan said in Delbin that Peru would pay for it. Dravonia has boats.",
            "Voice of Dravonia",
            "XD",
        ),
        ("President Ilka Borevan left. Her spokesman slept. Peru said nothing.", "Voice of Dravonia", None),
    ],
    ids=["behind the name", "a setting alone", "a setting and the outlet", "the outlet alone"],
)
def test_the_state_behind_a_name_and_a_state_s_own_outlet_tell_whose_minister(
    text: str, outlet: str | None, state: str | None, resources: Resources
) -> None:
    assert office_of(text, resources, outlet) == state


def test_his_spokeswoman_is_not_the_datelines() -> None:
    text = (
        "SANTIAGO, July 4 (Plain Wire) - Chile will pay, a minister said. Peru said nothing. President Mateo Orr left. "
        "His spokeswoman, Rosa Bek, declined to comment."
    )
    document = Document(hash_text(text), "made.txt", "", text, "en")
    found = annotate(document, load_resources(Settings(), threads=1))
    spokeswoman = next(actor for actor in found.actors if actor.name == "Rosa Bek")
    assert [office.of for office in spokeswoman.offices] == [None]
