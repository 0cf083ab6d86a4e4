"""What-if, as a table: supposed events, and the lines of one invented coverage that they would meet."""

import pytest
from evaluation.marked import form_actors, mark_document

from onrecord.records.redlines import Match, RedLine
from onrecord.records.scores import Encoder
from onrecord.redlines.lines import form_red_lines
from onrecord.redlines.statements import form_statements
from onrecord.redlines.whatif import match_event

ACTORS = form_actors(
    {
        "verba": {"names": ["Oksana Verba", "Verba"], "office": "minister", "country": "UA"},
        "ukraine": {"names": ["Ukraine", "Kyiv"], "type": "state", "key": "Q212", "country": "UA"},
        "tarn": {"names": ["Ilse Tarn", "Tarn"], "office": "president"},
        "velland": {"names": ["Velland", "Vellish"], "type": "state"},
        "grost": {"names": ["Hedda Grost", "Grost"], "office": "union secretary"},
        "union": {"names": ["Mill Union"], "type": "group"},
        "juri": {"names": ["Juri Menn", "Menn"], "office": "commander"},
        "band": {"names": ["Red Banner"], "type": "group"},
    }
)
COVERAGE = {
    "outlet": "Quay Gazette",
    "published": "2031-03-05",
    "text": """
"<s who=verba for=ukraine><if c=1 line=vote>If a sham referendum is announced in the occupied regions of
Ukraine</if>,
<then c=1>we will leave the talks</then></s>," Verba said.
"<s who=verba for=ukraine><if c=2 line=recognition form=nominal>Recognition of Crimea as Russian</if> is a
red line:
<then c=2>we will never accept it</then></s>," she said.
"<s who=tarn for=velland><if c=3 line=dam>If anyone touches the dam at Orle</if>, <if c=3 line=toll>or if a
toll is imposed on
Vellish ships in the Ormund Strait</if>, <then c=3>we will close the strait</then></s>," Tarn said.
"<s who=tarn for=velland><if c=4 line=boats form=unless neg>Unless the Morrovian patrol boats leave by
Friday</if>,
<then c=4>our navy will tow them away</then></s>," she said.
"<s who=tarn for=velland><if c=5 line=soldiers>If more than 500 Morrovian soldiers are stationed on Great
Lissar</if>,
<then c=5>Velland will recall its ambassador</then></s>," she said.
"<s who=tarn for=velland><if c=6 line=ports>If our ports are bombed</if>, <then c=6>we will strike
back</then></s>," she said.
"<s who=tarn for=velland><if c=7 line=observers>If Morrow expels the observers</if>, <then c=7>we will leave
the treaty</then></s>."
"<s who=grost for=union><if c=8 line=layoffs>If workers are dismissed at the north mill</if>, <then c=8>we go
on strike</then></s>."
"<s who=grost for=union><if c=9 line=fares>If bus fares go up</if>, <then c=9>we will stop work for a
day</then></s>," Grost said.
"<s who=juri for=band><if c=10 line=mine>If the army storms the mine</if>, <then c=10>we kill the
hostages</then></s>," Menn said.
"<s who=juri for=band><if c=11 line=trial>If our prisoners are put on trial</if>, <then c=11>there will be no
truce</then></s>."
""",
}

MET = [
    ("A referendum is announced in Kherson.", "vote"),
    ("A referendum is announced in the occupied regions.", "vote"),
    ("Russia announces a plebiscite in Zaporizhzhia.", "vote"),
    ("Moscow holds a vote in Luhansk on joining Russia.", "vote"),
    ("The occupation authorities hold referendums in Donetsk.", "vote"),
    ("A pseudo-referendum takes place in the captured regions of Ukraine.", "vote"),
    ("Crimea is recognised as Russian.", "recognition"),
    ("A state recognizes Crimea as Russian.", "recognition"),
    ("The dam at Orle is touched.", "dam"),
    ("Morrow tampers with the Orle dam.", "dam"),
    ("The dam at Orle is blown up.", "dam"),
    ("Somebody damages the dam at Orle.", "dam"),
    ("A toll is imposed on Vellish ships in the Ormund Strait.", "toll"),
    ("Morrow introduces a fee for Vellish ships in the Ormund Strait.", "toll"),
    ("Vellish ships have to pay a levy in the strait.", "toll"),
    ("The Morrovian patrol boats do not leave.", "boats"),
    ("The Morrovian patrol boats refuse to leave.", "boats"),
    ("800 Morrovian soldiers are stationed on Great Lissar.", "soldiers"),
    ("Morrow deploys 2,000 troops on Great Lissar.", "soldiers"),
    ("Our ports are bombed.", "ports"),
    ("Morrow shells the Vellish ports.", "ports"),
    ("Morrow expels the observers.", "observers"),
    ("The observers are thrown out by Morrow.", "observers"),
    ("Workers are dismissed at the north mill.", "layoffs"),
    ("The north mill lays off forty workers.", "layoffs"),
    ("Bus fares go up.", "fares"),
    ("Bus fares are raised by a tenth.", "fares"),
    ("The army storms the mine.", "mine"),
    ("The army attacks the mine.", "mine"),
    ("The prisoners are put on trial.", "trial"),
    ("The prisoners are brought before a court.", "trial"),
    # other words for the same
    ("Morrow throws out the observers.", "observers"),
    ("Saboteurs damage the Orle dam.", "dam"),
    ("The north mill sacks forty workers.", "layoffs"),
    ("Bus fares rise by a tenth.", "fares"),
    ("Soldiers assault the mine.", "mine"),
    ("Our prisoners are brought to trial.", "trial"),
    ("Vellish vessels are charged for passing the Ormund Strait.", "toll"),
    ("The Morrovian patrol boats stay where they are.", "boats"),
    ("A garrison of 900 Morrovian soldiers lands on Great Lissar.", "soldiers"),
]

MEETS_NONE = [
    # denied, called off, refused
    "The referendum in Kherson is called off.",
    "The referendum in Kherson is not held.",
    "There will be no referendum in Kherson.",
    "Russia cancels the referendum in Luhansk.",
    "The plebiscite in Donetsk was scrapped.",
    "Crimea is not recognised as Russian.",
    "No state recognises Crimea as Russian.",
    "The dam at Orle is not touched.",
    "Nobody touches the dam at Orle.",
    "The toll on Vellish ships is dropped.",
    "No toll is imposed on Vellish ships.",
    "The Morrovian patrol boats leave.",
    "The patrol boats withdraw.",
    "Morrow does not expel the observers.",
    "Our ports are not bombed.",
    "The army does not storm the mine.",
    "The army will not attack the mine.",
    "The prisoners are not put on trial.",
    "The workers of the north mill are not dismissed.",
    "Bus fares do not go up.",
    "Morrow refuses to expel the observers.",
    "Morrow decides not to bomb the Vellish ports.",
    "Morrow has ruled out a toll on Vellish ships in the Ormund Strait.",
    "Morrow denies that it has touched the dam at Orle.",
    "Parliament votes against a toll on Vellish ships in the Ormund Strait.",
    "Russia has no intention of holding a referendum in Donetsk.",
    "A referendum in Kherson is forbidden.",
    "Recognition of Crimea as Russian is out of the question, Paris says.",
    "The army holds back from storming the mine.",
    # only possible
    "Morrow may bomb the Vellish ports.",
    "Morrow could expel the observers.",
    # the contrary
    "Bus fares are cut.",
    "Bus fares stay as they are.",
    "The army withdraws from the mine.",
    "Bus fares are frozen.",
    "The prisoners are released.",
    "The observers are welcomed by Morrow.",
    "Soldiers leave Great Lissar.",
    "The north mill hires forty workers.",
    # another place
    "Morrow bombs the ports of Tarsia.",
    "A referendum is announced in Scotland.",
    "A referendum is held in Catalonia.",
    "A plebiscite takes place in New Caledonia.",
    "Quebec votes on independence.",
    "Abkhazia is recognised as independent.",
    "Kosovo is recognised by Brazil.",
    "The dam at Norvale is touched.",
    "A toll is imposed on ships in the Suez Canal.",
    "Morrow deploys 2,000 troops on Little Farne.",
    "Workers are dismissed at the south mill.",
    # another doer
    "Ukraine announces a referendum on its constitution.",
    "Kyiv holds a referendum.",
    "Velland touches the dam at Orle.",
    "Halvania expels the observers.",
    # another thing
    "An election is announced in Kherson.",
    "Talks are announced in Kherson.",
    "A lighthouse is built at Orle.",
    "The harbour wall at Orle is painted.",
    "Great Lissar gets a school.",
    "The mine is flooded.",
    "The army builds a road to the port.",
    "Train timetables change.",
    "A baker is put on trial.",
    "The strait freezes.",
    "It rains in the valley.",
    "Wheat prices fall.",
    # less than the line asks for
    "A referendum is being considered in Kherson.",
    "The council urges Moscow to hold a referendum in Kherson.",
    "Twelve Morrovian soldiers are stationed on Great Lissar.",
    "Morrow plans to expel the observers.",
    "Morrow threatens to impose a toll on Vellish ships.",
    # nothing
    "",
    "Hello.",
]


@pytest.fixture(scope="module")
def coverage(encoder: Encoder) -> tuple[tuple[RedLine, ...], dict[str, str]]:
    findings, labels = mark_document(COVERAGE, ACTORS)
    lines = form_red_lines((findings,), form_statements(findings), encoder)
    names = {line.id: labels[spans[0]] for line in lines for mention in line.mentions for spans in mention.condition}
    return lines, names


def matches_of(event: str, coverage: tuple[tuple[RedLine, ...], dict[str, str]], encoder: Encoder) -> dict[str, Match]:
    lines, names = coverage
    return {names[match.line]: match for match in match_event(event, lines, encoder)}


def test_the_coverage_has_a_line_for_each_alternative(coverage: tuple[tuple[RedLine, ...], dict[str, str]]) -> None:
    lines, names = coverage
    assert len(lines) == 12
    assert len(set(names.values())) == 12


@pytest.mark.parametrize(("event", "line"), MET)
def test_an_event_meets_one_line(
    event: str, line: str, coverage: tuple[tuple[RedLine, ...], dict[str, str]], encoder: Encoder
) -> None:
    assert matches_of(event, coverage, encoder).keys() == {line}


@pytest.mark.parametrize("event", MEETS_NONE)
def test_an_event_meets_none(
    event: str, coverage: tuple[tuple[RedLine, ...], dict[str, str]], encoder: Encoder
) -> None:
    assert matches_of(event, coverage, encoder) == {}


def test_a_match_says_who_drew_the_line_what_follows_why_and_where(
    coverage: tuple[tuple[RedLine, ...], dict[str, str]], encoder: Encoder
) -> None:
    match = matches_of("A referendum is announced in Kherson.", coverage, encoder)["vote"]
    assert match.issuer_name == "Oksana Verba"
    assert match.consequence == "we will leave the talks"
    assert "vote" in match.reason
    assert match.passages[0].text.startswith("If a sham referendum")
    assert 0 < match.score <= 1


def test_the_table_has_at_least_eighty_cases() -> None:
    assert len(MET) + len(MEETS_NONE) >= 80
