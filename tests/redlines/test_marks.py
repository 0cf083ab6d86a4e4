"""Names that may mean one place or party share a mark, whatever lists or letters say so."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from onrecord.redlines.marks import agreeing_marks, kept_marks, read_known, sought_marks, write_known
from onrecord.redlines.names import Kind, Known, Relation, name_of, relate_names

PRINTED = ("Sarravia", "Sarravian", "Jelm", "Zhelm", "Mali", "Malian", "Upper Orle", "Orle", "Vellmoor", "Vellingstead",
           "Ukraine", "Crimea", "Donbas", "Kyiv", "Moscow", "Brussels", "Port Ministry", "Øster-Orle")  # fmt: skip
LETTERS = st.text("abelmoz ", min_size=1, max_size=9).map(lambda text: " ".join(text.split()) or "a")
STATES = st.frozensets(st.sampled_from(("UA", "RU", "ML")), max_size=2)
KNOWN = st.builds(Known, LETTERS, st.sampled_from(Kind), STATES).map(
    lambda known: known if known.kind is not Kind.UNKNOWN else Known(known.key, Kind.UNKNOWN, frozenset())
)


def check(one: Known, other: Known) -> None:
    relation = relate_names(one, other)
    if relation is not Relation.UNRELATED:
        assert kept_marks([one]) & sought_marks([other])
    if relation in (Relation.SAME, Relation.CONTAINED):
        assert agreeing_marks([one]) & agreeing_marks([other])
    assert read_known(write_known(one)) == one


def test_printed_names_that_may_mean_the_same_share_a_mark() -> None:
    names = [name_of(printed) for printed in PRINTED]
    for one, other in product(names, names):
        check(one, other)


@given(KNOWN, KNOWN)
def test_names_that_may_mean_the_same_share_a_mark(one: Known, other: Known) -> None:
    check(one, other)


def test_names_of_other_places_share_none() -> None:
    places = [name_of(printed) for printed in ("Vellmoor", "Karrisund", "Upper Orle", "Crimea", "Tartu")]
    for one, other in product(places, places):
        assert one == other or not kept_marks([one]) & sought_marks([other])
