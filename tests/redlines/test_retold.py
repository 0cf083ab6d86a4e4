"""One line told again in quite other words: joined by sense, and only where nothing tells the two apart."""

import pytest
from tests.redlines.redlines_made import article, lines_of

from onrecord.encoder import load_encoder
from onrecord.records.scores import Encoder

SAID = (
    '"<s who=tarn for=velland said={day}><if c={c}>{condition}</if>, <then c={c}>{consequence}</then></s>," Tarn said.'
)
FIRST, AGAIN = "2031-03-04", "2031-06-10"


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    """The shipped one: what two clauses have in common in sense is what it learnt."""
    return load_encoder(threads=1)


def say(condition: str, consequence: str, day: str = FIRST, c: int = 1) -> str:
    """One sentence of Tarn's."""
    return SAID.format(day=day, c=c, condition=condition, consequence=consequence)


def sizes(encoder: Encoder, first: str, again: str) -> list[int]:
    """How many mentions each line has that two articles draw together."""
    lines = lines_of(encoder, article(first), article(again, "2031-06-11", "Northern Wire"))
    return sorted(len(line.mentions) for line in lines)


@pytest.mark.parametrize(
    ("first", "again"),
    [
        (
            ("If Morrow takes water from our lake", "we will close the road to its lorries"),
            ("If one more pump sucks at the lake", "not a truck of theirs will use our road"),
        ),
        (
            ("If they put our fishermen in prison", "the ferry will stay in port"),
            ("If another of our fishermen is arrested", "no ferry will leave for Morrow"),
        ),
        (
            ("If Morrow sells its grain to the rebels", "we will leave the customs union"),
            ("If a sack of Morrow's wheat reaches the insurgents", "our membership in the customs union is over"),
        ),
    ],
    ids=["water", "arrests", "grain"],
)
def test_other_words_of_one_sense_are_one_line(
    encoder: Encoder, first: tuple[str, str], again: tuple[str, str]
) -> None:
    assert sizes(encoder, say(*first), say(*again, day=AGAIN)) == [2]


@pytest.mark.parametrize(
    ("first", "again"),
    [
        (
            ("If they bomb the bridge at Solm", "we will close the road to their lorries"),
            ("If they bomb the ferry at Solm", "not a truck of theirs will use our road"),
        ),
        (
            ("If Morrow takes water from our lake", "we will close the road to its lorries"),
            ("If Morrow fills our lake with water again", "we will open the road to its lorries"),
        ),
        (
            ("If they arrest our fishermen", "the ferry will stay in port"),
            ("If they do not arrest the smugglers", "the ferry will stay in port"),
        ),
        (
            ("If Morrow boards one of our ships", "there will be war"),
            ("If it harms one of our tugs", "Morrow will lose its boats and its harbour"),
        ),
    ],
    ids=["things of a kind", "the contrary", "done and not done", "happenings that lists tell apart"],
)
def test_like_words_of_another_sense_are_two_lines(
    encoder: Encoder, first: tuple[str, str], again: tuple[str, str]
) -> None:
    assert sizes(encoder, say(*first), say(*again, day=AGAIN)) == [1, 1]


def test_a_mention_goes_with_the_nearest_of_two_conditions_in_the_other_article(encoder: Encoder) -> None:
    water = say("If Morrow takes water from our lake", "we will close the road to its lorries")
    filth = say("If Morrow lets its filth run into our lake", "we will close the road to its lorries", c=2)
    again = say("If one more pump sucks at the lake", "not a truck of theirs will use our road", AGAIN)
    lines = lines_of(encoder, article(f"{water} {filth}"), article(again, "2031-06-11", "Northern Wire"))
    joined = next(line for line in lines if len(line.mentions) == 2)
    assert {mention.condition_text for mention in joined.mentions} == {
        "If Morrow takes water from our lake",
        "If one more pump sucks at the lake",
    }


def test_another_issuer_draws_another_line(encoder: Encoder) -> None:
    again = say("If one more pump sucks at the lake", "not a truck of theirs will use our road", AGAIN)
    other = again.replace("who=tarn for=velland", "who=hask for=morrow").replace("Tarn said", "Hask said")
    first = say("If Morrow takes water from our lake", "we will close the road to its lorries")
    assert sizes(encoder, first, other) == [1, 1]


def test_the_reason_says_that_sense_joined_them(encoder: Encoder) -> None:
    first = say("If Morrow takes water from our lake", "we will close the road to its lorries")
    again = say("If one more pump sucks at the lake", "not a truck of theirs will use our road", AGAIN)
    (line,) = lines_of(encoder, article(first), article(again, "2031-06-11", "Northern Wire"))
    assert any("nearest to the other in sense" in mention.reason for mention in line.mentions)
