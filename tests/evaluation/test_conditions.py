"""How sure the figures of conditions are."""

from evaluation.conditions import interval

RIGHT = (1, 1, [{"joint": True}])
WRONG = (1, 1, [{"joint": False}])


def test_the_interval_of_what_is_all_right_or_all_wrong_is_a_point() -> None:
    assert interval([RIGHT] * 5) == (1.0, 1.0)
    assert interval([WRONG] * 5) == (0.0, 0.0)


def test_the_interval_holds_the_figure_and_narrows_with_more_records() -> None:
    (few_low, few_high), (low, high) = interval([RIGHT, WRONG] * 5), interval([RIGHT, WRONG] * 50)
    assert few_low < low < 0.5 < high < few_high
