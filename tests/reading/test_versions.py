"""Two versions of one article are two documents of one address, with their differences."""

import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading import read_text
from onrecord.reading.versions import Difference, article_address, compare_versions, find_versions
from onrecord.records.documents import Basis, Candidate, DateRange, Document
from onrecord.records.spans import Span

FIRST = "Bridge stays shut\nThe council will open it after the vote, she said.\nNobody answered.\n"
SECOND = FIRST.replace("will", "may").replace("said", "said on Friday") + "A spokesman called later.\n"


def version_of(text: str, day: int = 1, url: str = "https://lantern.example/1", seen: str = "") -> Document:
    when = date(2031, 3, day)
    known = (Candidate("fetched", seen, url),) if seen else ()
    return replace(
        read_text(text, f"{day}.txt"), url=url, published=DateRange(when, when, Basis.GIVEN), candidates=known
    )


def shown(before: Document, after: Document) -> list[tuple[str | None, str | None]]:
    """The differing words of both sides."""

    def words(text: str, span: Span | None) -> str | None:
        return text[span.start : span.end] if span else None

    return [
        (words(before.text, each.before), words(after.text, each.after)) for each in compare_versions(before, after)
    ]


def test_the_differences_of_two_versions_are_the_words_that_changed() -> None:
    assert shown(version_of(FIRST), version_of(SECOND)) == [
        ("will", "may"),
        (None, "on Friday"),
        (None, "A spokesman called later."),
    ]


def test_a_paragraph_that_was_taken_out_is_one_difference() -> None:
    assert shown(version_of(SECOND), version_of(FIRST))[-1] == ("A spokesman called later.", None)


def test_other_line_breaks_and_spaces_are_no_difference() -> None:
    assert shown(version_of(FIRST), version_of(FIRST.replace("\n", "\r\n\r\n").replace("she ", "she\xa0"))) == []


def test_versions_are_grouped_by_address_oldest_first() -> None:
    later = version_of(SECOND, 2, "http://www.lantern.example/1/?utm_source=x#top")
    other = version_of(FIRST + "More.", 1, "https://lantern.example/2")
    first = version_of(FIRST)
    assert find_versions([later, other, first, first]) == ((first, later),)


def test_what_is_no_address_is_like_itself_only() -> None:
    assert article_address("https://[lantern.example/1") == "https://[lantern.example/1"


def test_versions_of_one_day_are_ordered_by_when_they_were_seen() -> None:
    one = version_of(FIRST, seen="2031-03-01T18:00:00+00:00")
    two = version_of(SECOND, seen="2031-03-01T09:00:00+00:00")
    assert find_versions([one, two]) == ((two, one),)


ADDRESSES = [
    ("https://www.lantern.example/a/?utm_source=x&fbclid=y", "lantern.example/a"),
    ("http://lantern.example/a#part", "lantern.example/a"),
    ("https://m.lantern.example/a?id=7&ref=tw", "lantern.example/a?id=7"),
    ("https://lantern.example/a?b=2&a=1", "lantern.example/a?a=1&b=2"),
    ("https://lantern.example/a/amp/", "lantern.example/a"),
    ("https://Lantern.example/A", "lantern.example/A"),
]


@pytest.mark.parametrize(("url", "address"), ADDRESSES)
def test_addresses_of_one_article_are_one(url: str, address: str) -> None:
    assert article_address(url) == address


TEXTS = st.lists(st.sampled_from(["The council met.", "Nobody came.", "She left", "“No.”", "At 9."]), min_size=1).map(
    "\n".join
)


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_taking_the_differences_out_leaves_equal_words(before: str, after: str) -> None:
    one, two = read_text(before, "a"), read_text(after, "b")
    found = compare_versions(one, two)
    assert (found == ()) is (before == after)
    left, right = one.text, two.text
    for each in reversed(found):
        left = left[: each.before.start] + " " + left[each.before.end :] if each.before else left
        right = right[: each.after.start] + " " + right[each.after.end :] if each.after else right
    assert left.split() == right.split()


def test_attack_28_comparing_hostile_texts_takes_bounded_time() -> None:
    one, two = read_text("a b\n" * 5_000, "a"), read_text("b a\n" * 5_000, "b")
    started = time.process_time()
    assert compare_versions(one, two) == (Difference(Span(0, 19_999), Span(0, 19_999)),)
    assert time.process_time() - started < 5
