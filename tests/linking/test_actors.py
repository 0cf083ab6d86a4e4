from datetime import date
from pathlib import Path

import pytest

from onrecord.annotation.mentions import find_mentions
from onrecord.annotation.sentences import split_sentences
from onrecord.linking.actors import link_actors
from onrecord.linking.knowledge import load_knowledge
from onrecord.records.actors import Actor, ActorLink, ActorType, LinkBasis, Mention, MentionKind
from onrecord.records.documents import Basis, DateRange, Document, hash_text
from onrecord.records.scores import empty_scores


def link(text: str, day: date | None = None) -> tuple[tuple[Mention, ...], tuple[Actor, ...], tuple[ActorLink, ...]]:
    published = DateRange(day, day, Basis.GIVEN) if day else DateRange()
    document = Document(hash_text(text), "invented.txt", "", text, published=published)
    mentions = find_mentions(document, split_sentences(document), empty_scores())
    return link_actors(document, mentions, load_knowledge())


def actor_named(text: str, name: str, day: date | None = None) -> Actor:
    return next(actor for actor in link(text, day)[1] if actor.name == name)


def link_of(text: str, words: str, day: date | None = None) -> ActorLink:
    links = link(text, day)[2]
    return next(each for each in links if text[each.span.start : each.span.end] == words)


def test_a_surname_joins_the_full_name_and_keeps_its_printed_forms() -> None:
    found = actor_named("Harbour Minister Ilona Bek spoke. Bek left, and Mrs. Bek waved.", "Ilona Bek")
    assert found.printed == ("Ilona Bek", "Bek")


def test_the_first_of_two_surnames_alone_is_who_bears_both() -> None:
    text = "Wilber Mamari Condo spoke to drivers. “We wait,” Mamari said."
    assert actor_named(text, "Wilber Mamari Condo").printed == ("Wilber Mamari Condo", "Mamari")
    assert link_of(text, "Mamari").reason == "the first surname of Wilber Mamari Condo"


def test_a_speaker_s_label_in_capitals_is_who_bears_the_name() -> None:
    text = "We met Petra Vosse on the quay.\n\nVOSSE: We counted eleven boats."
    assert actor_named(text, "Petra Vosse").printed == ("Petra Vosse", "VOSSE")


def test_spellings_of_one_person_are_one_actor() -> None:
    text = "They quoted Volodymyr Hrushko. Vladimir Grushko had said so, and Hrushko agreed."
    assert [actor.printed for actor in link(text)[1]] == [("Volodymyr Hrushko", "Vladimir Grushko", "Hrushko")]


def test_known_spellings_carry_the_knowledge_key_and_country() -> None:
    found = actor_named("The guests heard Dimitry Medvedev.", "Dmitry Medvedev")
    assert (found.key, found.country, found.qid) == ("Q23530", "RU", "Q23530")


OWN = """
states:
  - {iso: XD, name: Dravonia, seats: [Delbin], adjectives: [Dravonian], people: [Dravonians]}
people:
  - name: Damir Kholvat
    country: XD
    offices:
      - {office: head_of_state, title: President, of: XD, since: 2030-01-01, until: 2034-01-01}
"""


@pytest.mark.parametrize(
    ("text", "day", "name"),
    [
        ("President Holvat warned Dravonia.", date(2031, 5, 4), "Damir Kholvat"),
        ("Damir Holvat warned Dravonia.", date(2031, 5, 4), "Damir Kholvat"),
        ("Dravonian President Damir Kholvath left.", date(2031, 5, 4), "Damir Kholvat"),
        ("President Holvat warned Dravonia.", date(2036, 5, 4), "Holvat"),  # no longer in office
        ("Minister Holvat warned Dravonia.", date(2031, 5, 4), "Holvat"),
        ("Former president Damir Holvat warned Dravonia.", date(2031, 5, 4), "Damir Holvat"),
        ("Anton Holvat warned Dravonia.", date(2031, 5, 4), "Anton Holvat"),
        ("Damir Holvat warned Peru.", date(2031, 5, 4), "Damir Holvat"),
    ],
)
def test_a_spelling_of_who_holds_the_office_is_that_person(text: str, day: date, name: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.yml"
    path.write_text(OWN)
    known = load_knowledge(path)
    document = Document(hash_text(text), "made.txt", "", text, published=DateRange(day, day, Basis.GIVEN))
    mentions = find_mentions(document, split_sentences(document), empty_scores(), names=known.surface_types())
    people = [actor for actor in link_actors(document, mentions, known)[1] if actor.type is ActorType.PERSON]
    assert [actor.name for actor in people] == [name]


def test_a_body_that_every_state_has_is_no_other_state_s_than_those_named() -> None:
    assert actor_named("Peru's National Security Council met.", "National Security Council").country is None
    met = link("The American envoy left. The National Security Council met.")[1]
    assert next(actor for actor in met if "National Security Council" in actor.printed).country == "US"


def test_whoever_holds_an_office_by_the_lists_is_not_printed_by_the_office() -> None:
    found = actor_named("The French president left.", "Emmanuel Macron", date(2022, 5, 4))
    assert found.printed == ("Emmanuel Macron",)


def test_the_lone_noun_of_a_body_is_the_one_that_begins_with_it() -> None:
    text = "The Front for Harbour Unity met. The Front left."
    assert link_of(text, "Front").reason == "short for Front for Harbour Unity"


def test_initials_are_who_is_named_in_full() -> None:
    text = "Papua New Guinea left. PNG pays nobody."
    assert actor_named(text, "Papua New Guinea").printed == ("Papua New Guinea", "PNG")
    assert link_of(text, "PNG").reason == "the initials of Papua New Guinea"


def test_a_role_somebody_without_a_name_had_before_is_no_one_named() -> None:
    text = "Moldova's foreign minister, Ilona Bek, left. A Moldovan diplomat wept. The diplomat went home."
    assert link_of(text, "The diplomat").reason == "a diplomat without a name was met before"


def test_a_person_may_have_two_offices_in_time() -> None:
    text = (
        "Dmitry Medvedev, the former Russian president, who is now the deputy chairman of the Security Council, spoke."
    )
    former = actor_named(text, "Dmitry Medvedev", date(2023, 5, 1)).offices[0]
    assert (former.title, former.of, former.until) == ("former Russian president", "RU", "2012-05-07")


def test_a_word_that_judges_is_no_office() -> None:
    assert actor_named("Dictator Ana Lor refused. Ana Lor left.", "Ana Lor").offices == ()


@pytest.mark.parametrize("role", ["Her successor", "His Chilean counterpart", "A cousin"])
def test_a_word_that_only_relates_is_no_office(role: str) -> None:
    assert actor_named(f"{role}, Ana Lor, refused. Ana Lor left.", "Ana Lor").offices == ()


def test_whose_member_somebody_is_is_kept() -> None:
    offices = actor_named("Ana Lor, a member of ruling Harvest Dawn party, refused.", "Ana Lor").offices
    assert [office.title for office in offices] == ["a member of ruling Harvest Dawn"]


THE_OPPOSITION = "the main opposition Pier Party"


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Ana Lor, the former home secretary who now chairs the Pier Board, left.", "former home secretary"),
        ("Ana Lor, floor leader of the main opposition Pier Party, left.", f"floor leader of {THE_OPPOSITION}"),
        ("The head of the Federation of Pilots (FDP), Ana Lor, left.", "head of the Federation of Pilots"),
        ("Ana Lor of Dole, the former speaker of parliament, left.", "former speaker"),
        ("Ana Lor, now shadow chancellor, left.", "now shadow chancellor"),
        ("Ana Lor, also a member of the Pier Board, left.", "a member of the Pier Board"),
    ],
)  # fmt: skip
def test_what_stands_beside_a_name_is_an_office(text: str, office: str) -> None:
    assert office in [each.title for each in actor_named(text, "Ana Lor").offices]


def test_a_family_name_that_stands_first_tells_no_gender() -> None:
    assert "gender:female" not in actor_named("Kim Jae-hyuk refused. Kim left.", "Kim Jae-hyuk").flags
    assert "gender:female" in actor_named("Kim Lorris refused. Kim Lorris left.", "Kim Lorris").flags


def test_two_roles_on_two_mentions_are_two_offices() -> None:
    text = "Ana Lor, a former mayor of Riga, won. The harbour chief Ana Lor thanked her crew."
    assert [office.title for office in actor_named(text, "Ana Lor").offices] == [
        "a former mayor of Riga",
        "harbour chief",
    ]


def test_a_role_alone_means_its_holder_in_the_document() -> None:
    text = "Moldovan President Ana Lor met Petra Vos. The president smiled."
    assert link_of(text, "The president").actor == link_of(text, "Ana Lor").actor
    assert link_of(text, "The president").basis is LinkBasis.ROLE


def test_a_role_nobody_here_holds_comes_from_the_knowledge_of_that_day() -> None:
    text = "The ship was late. The Ukrainian president was told."
    _, actors, links = link(text, date(2022, 9, 20))
    assert [actor.name for actor in actors] == ["Volodymyr Zelensky"]
    assert links[0].score == 0.85


def test_a_role_without_a_day_or_a_state_stays_unlinked_with_a_reason() -> None:
    for text in ("The Ukrainian president was told.", "The ship was late. The president was told."):
        found = next(each for each in link(text)[2] if "president" in text[each.span.start : each.span.end])
        assert found.actor is None
        assert "president" in found.reason


def test_a_role_that_fits_two_people_alike_stays_unlinked() -> None:
    text = "Senator Ana Lor and Senator Petra Vos sat down. The senator laughed."
    found = link_of(text, "The senator")
    assert found.actor is None
    assert "Ana Lor" in found.reason


def test_relatives_share_a_surname_and_stay_apart() -> None:
    text = "Ilona Bek spoke. Her brother Anton Bek listened. Ilona Bek left with Anton Bek."
    assert [actor.name for actor in link(text)[1] if actor.type is ActorType.PERSON] == ["Ilona Bek", "Anton Bek"]


def test_a_form_of_address_chooses_between_relatives() -> None:
    text = "Olena Bek met Anton Bek on Friday. Mr. Bek had no comment."
    mentions, actors, _ = link(text)
    last = [mention for mention in mentions if mention.kind is MentionKind.NAME][-1]
    assert next(actor.name for actor in actors if actor.id == last.actor) == "Anton Bek"


def test_a_seat_of_power_means_who_sits_there_and_a_capital_keeps_one_name() -> None:
    text = "The Kremlin refused. Kiev waited; talks in Kyiv went on."
    _, actors, links = link(text)
    assert link_of(text, "Kremlin").basis is LinkBasis.METONYM
    assert {actor.name: actor.printed for actor in actors if actor.type is ActorType.PLACE} == {
        "Kyiv": ("Kiev", "Kyiv")
    }
    assert {"Russia", "Ukraine"} <= {actor.name for actor in actors}
    assert links


@pytest.mark.parametrize(("printed", "name"), [("Lugansk", "Luhansk"), ("Lughansk", "Luhansk"), ("Donetsk", "Donetsk")])
def test_places_of_ukraine_are_never_republics(printed: str, name: str) -> None:
    found = actor_named(f"Rain fell in {printed} yesterday.", name)
    assert (found.type, found.country) == (ActorType.PLACE, "UA")


def test_two_states_ministries_stay_two() -> None:
    text = "The Russian Foreign Ministry wrote to Moldova's Foreign Ministry."
    names = [actor.name for actor in link(text)[1] if actor.type is ActorType.BODY]
    assert names == ["Foreign Ministry of Russia", "Foreign Ministry of Moldova"]


def test_a_republic_named_in_full_is_the_state() -> None:
    assert [actor.qid for actor in link("Rain fell on the Republic of Niger.")[1]] == ["Q1032"]


def test_a_ministry_is_of_the_state_named_behind_it() -> None:
    text = "The Ministry of Foreign Affairs of Moldova wrote to a ministry."
    assert [actor.name for actor in link(text)[1] if actor.type is ActorType.BODY] == ["Foreign Ministry of Moldova"]


def test_attack_26_a_homoglyph_name_is_flagged_and_not_merged() -> None:
    text = "Ilona Bek spoke first. Then Ilona B\u0435k spoke again, and Bek left."
    actors = link(text)[1]
    assert [actor.flags for actor in actors] == [(), ("mixed_script",)]


def test_offices_and_ids_do_not_depend_on_a_second_reading() -> None:
    text = "Harbour Minister Ilona Bek spoke. The minister left."
    assert link(text) == link(text)
