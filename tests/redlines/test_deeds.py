"""One deed announced for one condition in unlike words; and what shows that there are two."""

import pytest
from tests.redlines.redlines_made import article, lines_of

from onrecord.records.scores import Encoder

NETS = "Tarn said <s who=tarn for=velland as=indirect said=2031-03-04>{}</s>."
FIRST = article(
    NETS.format("<then c=1>Velland would close its ports to Morrow's boats</then> <if c=1>if one net is dropped</if>")
)
QUOTED = '"<s who=tarn for=velland said=2031-06-10><if c=1>{}</if>, <then c=1>{}</then></s>," Tarn said.'


def lines_with(encoder: Encoder, text: str, published: str = "2031-06-11") -> list[int]:
    """The numbers of mentions of the lines that the first article and another one draw together."""
    return sorted(len(line.mentions) for line in lines_of(encoder, FIRST, article(text, published, "Northern Wire")))


def test_one_deed_for_unlike_words_is_one_line(encoder: Encoder) -> None:
    text = QUOTED.format("If they so much as take a sprat from us", "we will shut our ports to their boats")
    assert lines_with(encoder, text) == [2]


@pytest.mark.parametrize(
    ("condition", "consequence"),
    [
        ("If they so much as take a sprat from us", "we will recall our ambassador"),
        ("If Morrow holds a vote in the valley", "we will shut our ports to their boats"),
        ("If no net is dropped", "we will open our ports to their boats"),
    ],
    ids=["another deed", "both conditions name a happening, and another", "the contrary deed"],
)
def test_another_deed_or_happening_is_another_line(encoder: Encoder, condition: str, consequence: str) -> None:
    first = NETS.format(
        "<then c=1>Velland would close its ports to Morrow's boats</then> <if c=1>if soldiers land at Orle</if>"
    )
    lines = lines_of(encoder, article(first), article(QUOTED.format(condition, consequence), "2031-06-11"))
    assert sorted(len(line.mentions) for line in lines) == [1, 1]


def test_an_article_that_names_two_conditions_for_one_deed_joins_neither(encoder: Encoder) -> None:
    one = QUOTED.format("If they so much as take a sprat from us", "we will shut our ports to their boats")
    two = QUOTED.format("If our pilots are insulted", "we will shut our ports to their boats").replace("c=1", "c=2")
    assert lines_with(encoder, f"{one} {two}") == [1, 1, 1]


def test_a_verb_alone_is_no_deed(encoder: Encoder) -> None:
    first = QUOTED.format("If their boats stay away", "we will keep our distance")
    other = QUOTED.format("If they never give up the cape", "we will keep our soldiers there")
    lines = lines_of(encoder, article(first, "2031-06-11"), article(other.replace("06-10", "09-10"), "2031-09-11"))
    assert sorted(len(line.mentions) for line in lines) == [1, 1]


TOLD = (
    "Tarn said <s who=tarn for=velland as=indirect said=2031-03-04><then c=1>Velland would turn back any lorry</then> "
    "<if c=1>if the weir is raised</if></s>."
)
BESIDE = (
    '"<s who={who} for={side} said=2031-03-04 cue={cue}><if c=2>{condition}</if>, '
    '<then c=2>not one wagon passes Solm</then></s>," she {cue}.'
)


@pytest.mark.parametrize(
    ("who", "side", "cue", "condition", "mentions"),
    [
        ("tarn", "velland", "said", "Let them close the gates without us", [2]),
        ("hask", "morrow", "said", "Let them close the gates without us", [1, 1]),
        ("tarn", "velland", "also", "Let them close the gates without us", [1, 1]),
        ("tarn", "velland", "said", "If the weir is not raised", [1, 1]),
    ],
    ids=["quoted next", "of somebody else", "another thing by its cue", "the contrary"],
)
def test_what_is_told_and_then_quoted_is_one_line(
    encoder: Encoder, who: str, side: str, cue: str, condition: str, mentions: list[int]
) -> None:
    quoted = BESIDE.format(who=who, side=side, cue=cue, condition=condition)
    lines = lines_of(encoder, article(f"{TOLD}\n\nThe valley was calm on Monday. {quoted}"))
    assert sorted(len(line.mentions) for line in lines) == mentions
