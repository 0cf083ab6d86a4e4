"""Names of invented states and people settled by what one document says of them."""

from pathlib import Path

import pytest

from onrecord.annotation.mentions import find_mentions
from onrecord.annotation.sentences import split_sentences
from onrecord.linking.actors import link_actors
from onrecord.linking.clues import demonyms_of
from onrecord.linking.knowledge import load_knowledge
from onrecord.linking.settling import CAPITAL_OF, INFERRED_STATE, clean_office, represents, settle_actors, settle_sides
from onrecord.reading.parts import find_parts
from onrecord.records.actors import Actor, ActorLink, ActorType, LinkBasis, Mention, MentionKind, Office
from onrecord.records.documents import Basis, Document, Outlet, hash_text
from onrecord.records.findings import Act, Attribution, Directness, Speaker
from onrecord.records.scores import empty_scores
from onrecord.records.spans import Span

Settled = tuple[Document, tuple[Mention, ...], tuple[Actor, ...], tuple[ActorLink, ...]]


def settle(text: str, outlet: str | None = None) -> Settled:
    document = Document(hash_text(text), "made.txt", "", text, "en", Outlet(outlet, Basis.GIVEN))
    mentions = find_mentions(document, split_sentences(document), empty_scores())
    return document, *settle_actors(document, *link_actors(document, mentions, load_knowledge()))


def types(settled: Settled) -> dict[str, ActorType]:
    return {actor.name: actor.type for actor in settled[2]}


def named(settled: Settled, words: str) -> list[str | None]:
    """The names of the actors that these words are linked to, in reading order."""
    document, mentions, actors, _ = settled
    names = {actor.id: actor.name for actor in actors}
    return [
        names.get(mention.actor or "")
        for mention in mentions
        if mention.kind is MentionKind.NAME and document.text[mention.span.start : mention.span.end] == words
    ]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Dravonia's parliament met. Nobody asked Dravonia twice.", "Dravonia", ActorType.STATE),
        ("The army of Dravonia left, said Dravonia.", "Dravonia", ActorType.STATE),
        ("Dravonian soldiers left. Aid came to Dravonia.", "Dravonia", ActorType.STATE),
        ("He lives in Ostmark. The bakeries in Ostmark are shut.", "Ostmark", ActorType.PLACE),
        ("He lives in Ostmark. Ostmark threatens to shut the bakeries.", "Ostmark", ActorType.STATE),
        ("He lives in Ostmark. Ostmark, our oldest ally, has refused a loan.", "Ostmark", ActorType.STATE),
        ("The city of Ostmark slept. Ostmark said nothing.", "Ostmark", ActorType.PLACE),
        ("He lives in Ostmark. An official in Ostmark says nothing.", "Ostmark", ActorType.PLACE),
        (
            "Ilka Borevan, the leader of the Sunrise alliance, slept. Sunrise leader Borevan left.",
            "Sunrise",
            ActorType.BODY,
        ),
        ("Ilka Borevan, the party leader, left.", "Ilka Borevan", ActorType.PERSON),
        ("OSTMARK, June 3 (Plain Wire) - It rained. Trams in Ostmark stopped.", "Ostmark", ActorType.PLACE),
        ("The figures come from the Fishing Inspectorate.", "Fishing Inspectorate", ActorType.BODY),
        ("She put it in a post on Brieflet. A post on Brieflet is short.", "Brieflet", ActorType.OUTLET),
        ("They built a police post on Brieflet. Boats left Brieflet.", "Brieflet", ActorType.PLACE),
        ("Ilka Borevan said no. Borevan, who is 61, left.", "Ilka Borevan", ActorType.PERSON),
        ("The mining company Tolva Bek cut its output.", "Tolva Bek", ActorType.BODY),
        ("Tolva Bek, which employs 900 people, is for sale.", "Tolva Bek", ActorType.BODY),
        ("UNMOD, the UN mission in Dravonia, kept silent.", "UNMOD", ActorType.BODY),
        ("Power for the Tolva Bek mine was cut.", "Tolva Bek", ActorType.PLACE),
        ("The Tolva Bek mayor wept.", "Tolva Bek", ActorType.PLACE),
        ("The governor of Tolva Bek wept.", "Tolva Bek", ActorType.PLACE),
        ("Treasury says the bill has grown.", "Treasury", ActorType.BODY),
        ("They left the Seven Seas Forum.", "Seven Seas Forum", ActorType.BODY),
        ("Polls by Tolva Bek show a lead.", "Tolva Bek", ActorType.BODY),
        ("They drill the Tolva gas field.", "Tolva", ActorType.PLACE),
        ("He spoke on state television ORV.", "ORV", ActorType.OUTLET),
        ("The government in Ostmark calls it a coup. Ostmark promised them jobs.", "Ostmark", ActorType.PLACE),
        ("A law of Chad. Chad's parliament met.", "Chad", ActorType.STATE),
        ("N'DJAMENA, May 4 (Plain Wire) - Trucks left Chad.", "Chad", ActorType.STATE),
    ],
)
def test_the_words_around_a_name_settle_its_type(text: str, name: str, kind: ActorType) -> None:
    assert types(settle(text))[name] is kind


OWN = """
states:
  - {iso: XD, name: Dravonia, seats: [Ostmark], adjectives: [Dravonian], people: [Dravonians]}
"""


@pytest.mark.parametrize(
    "text",
    [
        "Dravonia left the talks. A Dravonian envoy said so, and the Dravonians cheered.",
        "OSTMARK, June 3 (Plain Wire) - Dravonia left the talks. A Dravonian envoy in Ostmark said so.",
    ],
)
def test_a_listed_state_and_its_people_and_capital_are_each_one_actor(text: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.yml"
    path.write_text(OWN)
    known = load_knowledge(path)
    document = Document(hash_text(text), "made.txt", "", text, "en")
    mentions = find_mentions(document, split_sentences(document), empty_scores(), names=known.surface_types())
    _, actors, _ = settle_actors(document, *link_actors(document, mentions, known))
    lands = {actor.name: actor.type for actor in actors if actor.type is not ActorType.OUTLET}
    assert len(lands) == sum(actor.type is not ActorType.OUTLET for actor in actors)
    assert lands["Dravonia"] is ActorType.STATE
    assert lands.get("Ostmark", ActorType.PLACE) is ActorType.PLACE


def test_who_goes_by_the_first_name_is_one_person() -> None:
    settled = settle("Deputy Minister Anurat Vosawong spoke. Anurat said no. General Anurat left.")
    assert {actor.name for actor in settled[2]} == {"Anurat Vosawong"}


@pytest.mark.parametrize(
    "text",
    [
        "Lieutenant General Anurat Vosawong led the army. Anurat later said both sides were tired.",
        "Anurat Vosawong, who is on a visit, spoke. Anurat, also a member of the council, left.",
        "The council met Ana Vos, who until 2019 was known as Ana Vos-Lind. Ms Vos-Lind spoke.",
        "Ana Vos-Lind, a sailor once known as Ana Vos, spoke. Ana Vos left. Ms Vos wept.",
        "Ana Vos Lindqvist spoke. Ana Vos left.",
        "President Salome Vardanova, who was born in Paris as Salomé Vardan, spoke.",
        "Premier Li Vosong came. Li did not respond.",
    ],
)
def test_the_names_that_one_person_goes_by_are_one_actor(text: str) -> None:
    assert [actor.type for actor in settle(text)[2] if actor.type is ActorType.PERSON] == [ActorType.PERSON]


def test_a_town_that_opens_a_person_s_name_is_not_that_person() -> None:
    settled = settle("Anurat Vosawong spoke. The bakeries in Anurat were shut. He went to Anurat.")
    assert ActorType.PERSON not in {a.type for a in settled[2] if a.name == "Anurat"}


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("The Dockers' League of Vos (FDK) met. FDK left.", ("Dockers' League of Vos", "FDK")),
        ("The EU Harbour Mission (EUHM) met. EUHM left.", ("EU Harbour Mission", "EUHM")),
        ("The Vosan Armed Forces (FAVa) met. FAVa left.", ("Vosan Armed Forces", "FAVa")),
        ("AquaVos Zrt. sold it. AquaVos denied that.", ("AquaVos Zrt", "AquaVos")),
    ],
)
def test_a_body_and_its_short_name_are_one_actor(text: str, printed: tuple[str, ...]) -> None:
    assert printed in [actor.printed for actor in settle(text)[2]]


def test_letters_in_brackets_are_not_of_the_end_of_a_longer_name() -> None:
    settled = settle("The Council for the Rescue of Vosland (CRB) met. The Strategic Plan for Vosland (SPB) failed.")
    assert not any({"Vosland", "SPB"} <= set(actor.printed) for actor in settled[2])


def test_letters_in_brackets_may_be_of_the_body_named_inside() -> None:
    settled = settle("The Political Bureau of the Common Party of Vos (CPV) met. CPV members left.")
    assert not any("CPV" in actor.printed and len(actor.printed) > 1 for actor in settled[2])


def test_a_name_in_the_other_order_is_the_same_person() -> None:
    settled = settle("Eszter Vos, the foreign minister, spoke. “Vos Eszter is shouting,” Géza Lind said.")
    assert {actor.name for actor in settled[2]} == {"Eszter Vos", "Géza Lind"}


def test_a_place_before_a_long_dash_is_a_place() -> None:
    text = "A headline here\n\nSan Anurat — The ferry left early on Sunday, the pilots said.\n"
    document = Document(hash_text(text), "made.txt", "", text, "en", Outlet(None), parts=find_parts(text))
    mentions = find_mentions(document, split_sentences(document), empty_scores())
    settled = document, *settle_actors(document, *link_actors(document, mentions, load_knowledge()))
    assert types(settled).get("San Anurat") is ActorType.PLACE


def test_who_stands_in_brackets_in_a_dateline_is_the_outlet() -> None:
    text = "A headline\n\nSan Anurat (Levant News Service) - The ferry left on Sunday. Levant News Service saw it.\n"
    document = Document(hash_text(text), "made.txt", "", text, "en", Outlet(None), parts=find_parts(text))
    mentions = find_mentions(document, split_sentences(document), empty_scores())
    settled = document, *settle_actors(document, *link_actors(document, mentions, load_knowledge()))
    assert types(settled).get("Levant News Service") is ActorType.OUTLET


def test_a_name_that_often_means_something_else_is_the_listed_state_s_where_the_text_shows_it() -> None:
    (state,) = settle("Chad's transitional government closed the road. A Chadian convoy left for Chad.")[2]
    assert (state.name, state.country, state.qid, state.key) == ("Chad", "TD", "Q657", "Q657")
    unlisted = settle("Georgia's government closed the road. A convoy left for Georgia.")[2]  # perhaps the American one
    assert [(each.name, each.qid) for each in unlisted] == [("Georgia", None)]


def test_an_outlet_s_initials_before_its_questions_are_the_outlet() -> None:
    settled = settle("We met Ilka Borevan.\n\nBW: Are you leaving?\n\nBOREVAN: No.", outlet="Bek Weekly")
    assert types(settled)["Bek Weekly"] is ActorType.OUTLET
    assert named(settled, "BW") == ["Bek Weekly"]


def test_an_outlet_s_initials_in_brackets_are_the_outlet() -> None:
    settled = settle("DELBIN, May 4 (BW) -- It rained.", outlet="Bek Weekly")
    assert [actor.name for actor in settled[2] if actor.type is ActorType.OUTLET] == ["Bek Weekly"]


def test_forms_of_address_are_no_office() -> None:
    settled = settle("Committee chairman MP Dr Ilka Borevan left.")
    assert [office.title for office in settled[2][0].offices] == ["Committee chairman"]


def test_one_name_is_one_actor() -> None:
    settled = settle("Dravonia warned of war. In Dravonia it is cold. Dravonia's government fell, said Dravonia.")
    assert [actor.name for actor in settled[2]] == ["Dravonia"]


def test_a_people_s_name_goes_with_its_state() -> None:
    settled = settle("A Dravonian ship sank. The Dravonian president wept. Dravonia mourns, and Dravonians pray.")
    (state,) = settled[2]
    assert (state.name, state.type, state.key) == ("Dravonia", ActorType.STATE, "dravonia|state")
    assert "Dravonian" in state.printed
    assert set(named(settled, "Dravonian")) <= {"Dravonia"}


def test_a_people_s_name_before_its_army_means_a_state_that_is_not_named() -> None:
    (state,) = settle("The Ostrelian army crossed the bridge. The Ostrelian army went home.")[2]
    assert state.type is ActorType.STATE
    assert INFERRED_STATE in state.flags


def test_a_person_of_such_an_ending_stays_a_person() -> None:
    settled = settle("President Marta Ostrelian spoke. Ostrelian said no, and Ostrelian left.")
    assert types(settled) == {"Marta Ostrelian": ActorType.PERSON}


def test_a_place_glued_to_a_person_is_cut_off() -> None:
    text = "The former prime minister of Dravonia Ilko Beran answered. Dravonia's army waits. Beran left."
    settled = settle(text)
    assert types(settled) == {"Dravonia": ActorType.STATE, "Ilko Beran": ActorType.PERSON}
    assert named(settled, "Ilko Beran") == ["Ilko Beran"]
    assert named(settled, "Beran") == ["Ilko Beran"]


def test_the_outlet_is_known_by_its_name_and_its_place_is_not_its_state() -> None:
    settled = settle("Echo of Dravonia can be heard at night. Dravonia's parliament met.", "Echo of Dravonia")
    assert types(settled)["Dravonia"] is ActorType.STATE
    assert types(settled).get("Echo of Dravonia", ActorType.OUTLET) is ActorType.OUTLET


def test_an_everyday_word_that_opens_a_sentence_names_nobody() -> None:
    settled = settle("They waited. Harvest prices rose again. Dravonia's government said so.")
    assert "Harvest" not in types(settled)


def test_every_link_and_mention_points_at_an_actor_and_spans_stay_apart() -> None:
    text = "OSTMARK, June 3 (Plain Wire) - Dravonian President Ilka Borevan met Odo Brehl. Dravonia Ilka Borevan wins"
    _, mentions, actors, links = settle(text, "The Plain Wire")
    ids = {actor.id for actor in actors}
    assert {m.actor for m in mentions} - {None} <= ids
    assert {link.actor for link in links} - {None} <= ids
    assert len({link.span for link in links}) == len(links)
    assert len({mention.id for mention in mentions}) == len(mentions)


def test_known_actors_stay_as_they_are() -> None:
    text = "Ukraine's parliament met in Kyiv, and the Ukrainian president spoke. Russia protested."
    document = Document(hash_text(text), "made.txt", "", text, "en", Outlet(None, Basis.UNKNOWN))
    linked = link_actors(document, find_mentions(document, split_sentences(document), empty_scores()), load_knowledge())
    assert settle_actors(document, *linked)[1] == linked[1]


def test_a_body_s_letters_before_a_title_say_whose_it_is() -> None:
    bodies = {"hbc": "Harbour Bureau of Customs", "harbour bureau of customs": "Harbour Bureau of Customs"}
    for title, of in (
        ("HBC's spokesman", None),
        ("HBC spokesman for the Lower Sea", "lower sea"),
        ("HBC spokesman", "hbc"),
    ):
        office = clean_office(Office(title, of), {}, bodies)
        assert (office.title, office.of) == ("spokesman", "Harbour Bureau of Customs")


def test_a_people_of_two_names_is_no_state_s() -> None:
    text = "Turkish Cypriot leader Ana Vos refused. Turkey and Cyprus waited."
    (vos,) = [actor for actor in settle(text)[2] if actor.name == "Ana Vos"]
    assert [(office.title, office.of) for office in vos.offices] == [("Turkish Cypriot leader", None)]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Dravonian President", ("President", "Dravonia")),
        ("that President", ("President", None)),
        ("Its envoy", ("envoy", None)),
        ("Dravonia's foreign minister", ("foreign minister", "Dravonia")),
        ("the president of Dravonia", ("president", "Dravonia")),
        ("deputy chairman of the Harvest Council", ("deputy chairman", "Harvest Council")),
        ("secretary of state", ("secretary of state", None)),
        ("current deputy chairman of the country's Harvest Council", ("deputy chairman", "Harvest Council")),
        ("Breakaway Lower Dravonia's so-called envoy", ("Breakaway Lower Dravonia's so-called envoy", None)),
        ("member of the ruling Harvest Dawn", ("member", "Harvest Dawn")),
        ("Dravonia's so-called envoy", ("envoy", "Dravonia")),
    ],
)
def test_an_office_keeps_its_title_and_whose_it_is(title: str, expected: tuple[str, str | None]) -> None:
    office = clean_office(Office(title), {"dravonia": "Dravonia", "dravonian": "Dravonia"})
    assert (office.title, office.of) == expected


@pytest.mark.parametrize(
    ("title", "speaks"),
    [("president", True), ("foreign minister", True), ("spokeswoman", True), ("former president", False),
     ("deputy foreign minister", True), ("vice president", True), ("deputy speaker", False), ("poet", False)],
)  # fmt: skip
def test_who_speaks_for_a_state(title: str, speaks: bool) -> None:
    assert represents(Office(title, "Dravonia")) is speaks


def test_a_president_s_words_are_the_state_s_position() -> None:
    _, _, actors, _ = settle("Dravonian President Ilka Borevan said no. Dravonia's army waits.")
    person = next(actor for actor in actors if actor.type is ActorType.PERSON)
    state = next(actor for actor in actors if actor.type is ActorType.STATE)
    speaker = Speaker(person.id, person.name, LinkBasis.NAME)
    attribution = Attribution(
        "s1", (Span(0, 1),), (), (), Directness.INDIRECT, speaker, Act.OTHER, None, None, 1.0, "made"
    )
    (settled,) = settle_sides((attribution,), actors)
    assert settled.speaker.on_behalf_of == state.id
    assert settled.speaker.reason.endswith("; for Dravonia: President")


def test_a_city_called_a_capital_is_flagged_with_its_state() -> None:
    settled = settle("In Ostmark, the Dravonian capital, it rained. Dravonia's army waits near Ostmark.")
    city = next(actor for actor in settled[2] if actor.name == "Ostmark")
    assert CAPITAL_OF + "dravonia" in city.flags


def test_peoples_names_follow_the_rules() -> None:
    assert {"dravonian", "dravonians"} <= demonyms_of("Dravonia")
    assert "orvese" in demonyms_of("Orva")
    assert not any(len(form) < 5 for form in demonyms_of("Ur"))
