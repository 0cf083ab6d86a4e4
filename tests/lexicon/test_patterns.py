"""Word lists as patterns."""

import re

from hypothesis import given
from hypothesis import strategies as st

from onrecord.lexicon.patterns import any_of, in_small_letters, small_letters

WORDS = st.lists(st.text("abs ", min_size=1, max_size=5), min_size=1, max_size=12)


@given(WORDS, st.text("abs -", max_size=30))
def test_fits_what_one_alternative_a_word_fits_longest_first(words: list[str], text: str) -> None:
    listed = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    one, other = (re.compile(rf"(?<!-)(?:{source})(?!-)") for source in (listed, any_of(map(re.escape, words))))
    assert [each.span() for each in one.finditer(text)] == [each.span() for each in other.finditer(text)]


def test_reads_classes_and_optional_letters_and_keeps_groups_whole() -> None:
    pattern = re.compile(any_of([r"defen[cs]e\s+minister", "diplomats?", "(?:will|shall) go"]))
    for fits in ("defense minister", "defence  minister", "diplomat", "diplomats", "shall go"):
        assert pattern.fullmatch(fits)
    assert not pattern.fullmatch("defen")


@given(st.text(max_size=40))
def test_small_letters_stand_where_the_letters_stood(text: str) -> None:
    small = small_letters(text)
    assert len(small) == len(text)
    assert all(its.lower().startswith(mine) for mine, its in zip(small, text, strict=True))


def test_small_letters_do_not_grow() -> None:
    assert small_letters("In İZMIR") == "in izmir"


@given(st.text("iwİI '\n", max_size=20))
def test_a_pattern_in_small_letters_finds_what_ignoring_case_does(text: str) -> None:
    source = r"(?P<Who>\bI|[A-V]W)\W(?:W|\Z)"
    ours = in_small_letters(source).search(small_letters(text))
    theirs = re.search(source, text, re.IGNORECASE)
    assert (ours and ours.span("Who")) == (theirs and theirs.span("Who"))
