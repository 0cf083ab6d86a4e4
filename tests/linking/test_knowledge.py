from datetime import date
from pathlib import Path

import pytest

from onrecord.errors import LexiconError
from onrecord.linking.knowledge import load_knowledge
from onrecord.records.actors import ActorType


def test_a_spelling_with_an_article_is_found_without_it(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("places:\n  - {name: Bek Islands, aliases: [the Beks]}\n", encoding="utf-8")
    (found,) = load_knowledge(path).named("Beks")
    assert found.name == "Bek Islands"


def test_office_holders_are_found_by_day() -> None:
    known = load_knowledge()
    day = date(2018, 1, 1)
    assert [entry.name for entry in known.holders("head_of_state", "UA", day, day)] == ["Petro Poroshenko"]
    assert known.holders("head_of_state", "XX", day, day) == ()


def test_every_state_has_codes_and_an_id() -> None:
    states = load_knowledge().states
    assert len(states) >= 190
    assert all(len(code) == 2 and entry.qid and entry.qid[0] == "Q" for code, entry in states.items())


def test_every_tenure_belongs_to_something_known() -> None:
    known = load_knowledge()
    homes = {tenure.of for entry in known.entries for tenure in entry.offices}
    assert {home for home in homes if home not in known.states and not known.named(home)} == set()


def test_no_tenure_ends_before_it_begins() -> None:
    tenures = [tenure for entry in load_knowledge().entries for tenure in entry.offices]
    assert all(each.since is None or each.until is None or each.since <= each.until for each in tenures)


def test_the_two_regions_are_places_of_ukraine() -> None:
    known = load_knowledge()
    for name in ("Donetsk", "Luhansk", "Lugansk", "Crimea"):
        assert [(entry.type, entry.country) for entry in known.named(name)] == [(ActorType.PLACE, "UA")]


def test_a_users_file_adds_and_replaces(tmp_path: Path) -> None:
    path = tmp_path / "mine.yml"
    path.write_text("people:\n  - {name: Ilona Bek, country: LV, offices: [{office: mayor, title: Mayor, of: LV}]}\n")
    known = load_knowledge(path)
    assert known.named("Ilona Bek")[0].country == "LV"
    assert known.named("Ukraine")


WRONG = [
    ("people:\n  - name: Ana\n  - name: Ana\n", "line 3", "field name"),
    ("people:\n  - name: Ana\n  - name: Bea\n    aliases: [Ana]\n", "line 3", "'Ana'"),
    ("people:\n  - {name: Ana, shoe: 3}\n", "line 2", "field shoe"),
    ("people:\n  - {nmae: Ana}\n", "line 2", "field nmae: not known in people; there are aliases, country"),
    ("people:\n  - Ana\n", "line 2", "needed fields such as `name:`, got words"),
    ("", "line 1", "got nothing"),
    ("people:\n  - {country: LV}\n", "line 2", "field name"),
    ("people:\n  - {name: Ana, aliases: Bea}\n", "line 2", "field aliases"),
    ("states:\n  - {name: Atlantis, iso: ATL}\n", "line 2", "field iso"),
    ("seats:\n  - {name: A, stands_for: B}\n  - {name: B, stands_for: A}\n", "line", "circle"),
    ("seats:\n  - {name: Old Mill, stands_for: Nowhere}\n", "line 2", "'Nowhere'"),
    ("people:\n  - {name: Ana, offices: [{office: x, title: y, of: LV, since: soon}]}\n", "line 2", "offices.since"),
    (
        "people:\n  - {name: A, offices: [{office: x, title: y, of: LV, since: 2020-01-02, until: 2020-01-01}]}\n",
        "line 2",
        "lies after",
    ),
    (
        "people:\n  - {name: Ana}\n  - {name: Bo, offices: [{office: x, title: y, of: LV, since: 2020-02-31}]}\n",
        "line 3",
        "field since: no calendar has a day 2020-02-31",
    ),
    ("people:\n  - {name: Ana, name: Bea}\n", "line 2", "field name: given twice"),
    ("people:\n  - {name: Ana, gender: both}\n", "line 2", "field gender"),
    ("people:\n  - {name: Ana, country: QQ}\n", "line 2", "field country: no state has the code 'QQ'"),
    ("states:\n  - {name: Orlia, iso: XO}\n  - {name: Vadia, iso: XO}\n", "line 3", "field iso: 'XO' already belongs"),
    (
        "states:\n  - {name: Orlia, iso: XO, seats: [Sarn]}\n  - {name: Vadia, iso: XV, seats: [Sarn]}\n",
        "line 3",
        "field seats",
    ),
    (
        "states:\n  - {name: Orlia, iso: XO, people: [Orls]}\n  - {name: Vadia, iso: XV, adjectives: [Orls]}\n",
        "line 3",
        "field adjectives",
    ),
    ("people:\n  - {name: Ana, qid: banana}\n", "line 2", "field qid: needed a Wikidata id such as Q64, got 'banana'"),
    ("people:\n  - {name: Ana, qid: 7747}\n", "line 2", "field qid: needed a Wikidata id"),
    (
        "people:\n  - {name: Ana, qid: Q5}\n  - {name: Bo, qid: Q5}\n",
        "line 3",
        "field qid: Q5 already belongs to 'Ana'",
    ),
    ("people:\n  - {name: Ana Bek, qid: Q7747}\n", "line 2", "field qid: Q7747 is 'Vladimir Putin'"),
    ("people:\n  - {name: Ukraine, qid: Q212}\n", "line 2", "field qid: Q212 is 'Ukraine', a state, in the shipped"),
    ("states:\n  - {iso: RU, name: Orlia}\n", "line 2", "field iso: RU is 'Russia' in the shipped lists"),
    ("states:\n  - {iso: XO, name: Russia}\n", "line 2", "field iso: 'Russia' has RU in the shipped lists, got XO"),
    (
        "states:\n  - {iso: XO, name: Orlia, seats: [Moscow]}\n",
        "line 2",
        "field seats: 'Moscow' already belongs to 'Rus",
    ),
    (
        "states:\n  - {iso: XO, name: Orlia, people: [Latvians]}\n",
        "line 2",
        "field adjectives: 'Latvians' already belongs",
    ),
    ("seats:\n  - {name: Riga, stands_for: EE}\n", "line 2", "field stands_for: 'Riga' already stands for 'Latvia'"),
    (
        "people:\n  - {name: A, offices: [{office: x, title: y, of: LV, untill: 2020-01-02}]}\n",
        "line 2",
        "field offices.untill",
    ),
    ("cities:\n  - {name: Ana}\n", "line 1", "no such section"),
    ("- Ana\n", "line 1", "sections"),
    ("people: [", "", "not YAML"),
    ("people: 3\n", "line 1", "needed a list"),
]


@pytest.mark.parametrize(("text", "line", "field"), WRONG)
def test_a_wrong_file_is_refused_with_line_and_field(tmp_path: Path, text: str, line: str, field: str) -> None:
    path = tmp_path / "mine.yml"
    path.write_text(text)
    with pytest.raises(LexiconError) as caught:
        load_knowledge(path)
    assert line in str(caught.value)
    assert field in str(caught.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="readable"):
        load_knowledge(tmp_path / "none.yml")


MEANS = [
    ("people:\n  - {name: Wladimir Putin, qid: Q7747}\n", "Wladimir Putin", "Vladimir Putin"),
    (
        "states:\n  - {iso: LV, name: Republic of the Latvians, aliases: [Latvia]}\n",
        "Republic of the Latvians",
        "Latvia",
    ),
]


@pytest.mark.parametrize(("text", "given", "shipped"), MEANS)
def test_a_known_id_or_code_under_a_name_of_its_own_extends_the_shipped_entry(
    tmp_path: Path, text: str, given: str, shipped: str
) -> None:
    path = tmp_path / "mine.yml"
    path.write_text(text)
    (ours,) = load_knowledge().named(shipped)
    known = load_knowledge(path)
    (entry,) = known.named(given)
    assert known.named(shipped) == (entry,)
    assert (entry.key, entry.type, entry.country, entry.offices) == (ours.key, ours.type, ours.country, ours.offices)
    assert (entry.capitals, entry.demonyms) == (ours.capitals, ours.demonyms)
    assert len(known.entries) == len(load_knowledge().entries)


def test_a_file_that_was_changed_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "mine.yml"
    path.write_text("people:\n  - {name: Ada Orvo}\n")
    first = load_knowledge(path)
    path.write_text("people:\n  - {name: Ada Orvo, aliases: [Ada Orwo]}\n")
    assert (first.named("Ada Orwo"), len(load_knowledge(path).named("Ada Orwo"))) == ((), 1)
