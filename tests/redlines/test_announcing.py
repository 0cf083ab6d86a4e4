"""Which consequences are announced as a deed of the speaker's side: invented words of officials and of others."""

import pytest

from onrecord.redlines.announcing import announces_deed, foretells, looks_on


@pytest.mark.parametrize(
    ("consequence", "own_subject", "announced"),
    [
        ("Orlia will close its ports to the fleet", True, True),
        ("Velland will lose its fleet", False, False),
        ("it would cut the cable between the two islands", False, True),
        ("our ferries will stop", False, True),
        ("we switch to the northern route", False, True),
        ("to bar every boat from its harbours", False, True),
        ("of closed harbours", False, True),
        ("no Vellish boat will land so much as a crate", False, True),
        ("the valves at Brod will be closed", False, True),
        ("the harbours would stay shut", False, True),
        ("the visas are finished", False, True),
        ("not a lorry crosses", False, True),
        ("no more petrol in our tanks", False, True),
        ("nobody will visit you", False, False),
        ("prices will go up", False, False),
        ("it would be better", False, False),
        ("they should change the laws", False, False),
        ("we will lift the ban", False, False),
        ("we will stop all rocket fire", False, False),
        ("we will stop all ferries", False, True),
        ("we will never lift the ban", False, True),
        ("the harbours will be reopened", False, False),
        ("what Orlia would do", True, False),
        ("bring a coat", False, False),
        ("", False, False),
    ],
)
def test_a_deed_of_the_own_side_is_announced(consequence: str, own_subject: bool, announced: bool) -> None:
    assert announces_deed(consequence, own_subject) is announced


@pytest.mark.parametrize(
    ("source", "onlooker"),
    [
        ("Nora Quist, an analyst at the Harbour Institute,", True),
        ("fishermen in Brod", True),
        ("the minister of harbours", False),
        ("Mr Rhee", False),
    ],
)
def test_who_only_looks_on_announces_nothing(source: str, onlooker: bool) -> None:
    assert looks_on(source) is onlooker


@pytest.mark.parametrize(
    ("consequence", "foretold"),
    [
        ("the lamps of Solm will go out", True),
        ("Morrow would lose its boats first and its harbour next", True),
        ("the lamps of Solm could go out", False),
        ("prices will double", False),
        ("the tenth round would go ahead on Friday", False),
        ("the harbours will be reopened", False),
        ("what will become of us", False),
        ("the lamps of Solm went out", False),
    ],
)
def test_what_will_befall_the_other_side_is_told_from_forecasts(consequence: str, foretold: bool) -> None:
    assert foretells(consequence) is foretold
