"""Scoring of time expressions: what counts as the same value, and the counts of one document."""

import pytest
from evaluation.times import Counts, annotate, cause, day_of, plain, score

SAME = (
    ("1998-XX-XX", "1998"),
    ("2000-W7", "2000-W07"),
    ("187", "187X"),
    ("19", "19XX"),
    ("XXXX-WXX-7", "XXXX-WXX-7"),
)
OTHER = (("1998-08", "1998"), ("1998-W32", "1998-08-04"), ("P1W", "P7D"), ("1998-Q3", "1998"))


@pytest.mark.parametrize(("one", "other"), SAME)
def test_notations_of_one_time_are_the_same(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_other_times_stay_apart(one: str, other: str) -> None:
    assert plain(one) != plain(other)


@pytest.mark.parametrize(
    ("value", "day"),
    [("1998-08-07TNI", "1998-08-07"), ("1998-08-07T10:35", "1998-08-07"), ("PT5H", "PT5H"), ("1998", "1998")],
)
def test_the_part_of_a_day_is_left_aside_and_lengths_are_kept(value: str, day: str) -> None:
    assert day_of(value) == day


@pytest.mark.parametrize(
    ("gold", "found", "differs"),
    [
        ("1998-08-07", "1998-08-07TNI", "the part of the day or hour"),
        ("P1M", "1998-08", "a length or PAST_REF for a date, or the reverse"),
        ("P12Y", "P13Y", "another length"),
        ("1998-08-04", "1998-W32", "a day or month for a week, or the reverse"),
        ("1998-12-XX", "1998", "as fine as a day, month or year"),
        ("1998-08-07", "1998-08-14", "another day, month or year"),
    ],
)
def test_a_wrong_value_is_counted_by_what_differs(gold: str, found: str, differs: str) -> None:
    assert cause(gold, found) == differs


def test_a_document_is_counted() -> None:
    text = "The pier burned Friday night. Crews left two days later, and now it is shut."
    gold = {
        "id": "own-1",
        "text": text,
        "document_date": "1998-08-10",
        "times": [
            {"span": [16, 28], "type": "DATE", "value": "1998-08-07"},
            {"span": [41, 55], "type": "DATE", "value": "1998-08-11"},
            {"span": [text.index("shut"), text.index("shut") + 4], "type": "DATE", "value": "1998"},
        ],
    }
    counts = Counts()
    score(counts, gold, annotate(gold))
    assert (counts.gold, counts.found, counts.matched) == (3, 3, 2)
    assert (counts.values, counts.days) == (0, 1)
    assert [miss.split()[0] for miss in counts.misses] == ["VALUE", "VALUE", "MISSED", "EXTRA"]
