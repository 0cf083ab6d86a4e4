import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.records.scores import Encoder
from onrecord.records.spans import Span
from onrecord.redlines.alignment import align, different_things
from onrecord.redlines.bounds import find_bound, find_quantity
from onrecord.redlines.gist import read_gist
from onrecord.redlines.people import sound_of, unify_people
from onrecord.redlines.sentences import clause_around, sentence_around, split_sentences_of
from onrecord.redlines.vectors import Vectors
from onrecord.redlines.weights import word_weight

BOUNDS = [
    ("if more than 500 soldiers land", True, 500.0, 800.0, True),
    ("if over 1,000 troops cross", True, 1000.0, 200.0, False),
    ("if fewer than 3 observers stay", False, 3.0, 2.0, True),
    ("if at least two boats come", True, 2.0, 2.0, True),
    ("if it costs more than ten crowns", True, 10.0, 4.5, False),
]


@pytest.mark.parametrize(("text", "above", "value", "quantity", "holds"), BOUNDS)
def test_an_amount_is_read_with_what_it_measures(
    text: str, above: bool, value: float, quantity: float, holds: bool
) -> None:
    bound = find_bound(text)
    assert bound is not None
    assert (bound.above, bound.value) == (above, value)
    assert bound.holds(quantity) is holds


def test_a_text_without_an_amount_has_none() -> None:
    assert find_bound("if anyone crosses the river") is None
    assert find_bound("if more than ever is asked") is None


def test_the_amount_of_the_same_thing_is_found() -> None:
    assert find_quantity("Some 3,000 Morrovian soldiers and 12 boats came", "~troops") == 3000
    assert find_quantity("Some 3,000 Morrovian soldiers and 12 boats came", "~vessel") == 12
    assert find_quantity("Nobody came in 2031", "~troops") is None


SPELLINGS = [
    ("Damir Kholvat", "Damir Holvat", True),
    ("Damir Kholvat", "Damir Kholvath", True),
    ("Volodymyr Zorenko", "Wolodymyr Zorenko", True),
    ("Yulia Brask", "Iulia Brask", True),
    ("Marek Odo", "Marek Ado", False),
    ("Ilse Tarn", "Else Tarn", False),
]


@pytest.mark.parametrize(("one", "other", "same"), SPELLINGS)
def test_spellings_of_one_name_sound_alike(one: str, other: str, same: bool) -> None:
    assert (sound_of(one) == sound_of(other)) is same


def test_a_surname_alone_goes_with_the_one_full_name_that_has_it() -> None:
    names = {"k1": "Damir Kholvat", "k2": "Holvat"}
    assert unify_people(names)["k2"] == unify_people(names)["k1"]
    assert len(set(unify_people({**names, "k3": "Petra Kholvat"}).values())) == 3


def test_two_wikidata_ids_are_never_one_person() -> None:
    unified = unify_people({"Q1": "Ilse Tarn", "Q2": "Ilse Tarn"})
    assert unified == {"Q1": "Q1", "Q2": "Q2"}


def test_rare_words_weigh_more_than_common_ones() -> None:
    assert 0 < word_weight("the") < word_weight("council") < word_weight("isthmus") == 1.0


def test_a_text_aligned_with_itself_shares_all(encoder: Encoder) -> None:
    gist = read_gist("Morrow bombs the railway bridge")
    found = align(gist, gist, Vectors(encoder, ()))
    assert found is not None
    assert found.of_smaller == found.of_both == 1.0


def test_other_things_are_named(encoder: Encoder) -> None:
    one, other = read_gist("they bomb the bridge"), read_gist("they bomb the hospital")
    vectors = Vectors(encoder, (*one.forms.values(), *other.forms.values()))
    assert different_things(one, other, vectors) == ("bridge", "hospital")
    assert different_things(one, one, vectors) is None


TEXT = "The dam broke. “We wait,” said Tarn. Kestria, which left the talks in May, did not answer."


def test_a_sentence_ends_behind_its_marks() -> None:
    sentences = [TEXT[span.start : span.end] for span in split_sentences_of(TEXT)]
    assert sentences == [
        "The dam broke.",
        "“We wait,” said Tarn.",
        "Kestria, which left the talks in May, did not answer.",
    ]


def test_a_relative_clause_takes_its_doer_along() -> None:
    start = TEXT.index("left")
    clause = clause_around(TEXT, Span(start, start + 4))
    assert TEXT[clause.start : clause.end] == "Kestria, which left the talks in May"


@given(st.text(max_size=300), st.data())
def test_sentences_and_clauses_lie_in_the_text_and_hold_what_they_are_around(text: str, data: st.DataObject) -> None:
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    for found in (sentence_around(text, span), clause_around(text, span)):
        assert 0 <= found.start <= span.start
        assert found.end <= len(text)
    assert all(text[each.start : each.end] for each in split_sentences_of(text))
