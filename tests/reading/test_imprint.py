"""What a text prints about its own origin: outlet and author, with the basis text."""

import pytest

from onrecord.reading import read_text
from onrecord.records.documents import Basis, Outlet

BODY = "The harbour master said the strait would stay open.\nNobody had asked her to close it.\n"

PRINTED = [
    ("Strait open\n{}© 2031 The Lantern. All rights reserved.\n", "The Lantern", None),
    ("Strait open\n{}Copyright 2029-2031 by Lantern Media Group\n", "Lantern Media Group", None),
    ("Strait open\n{}Lantern TV’s website can also be reached at these mirror addresses:\n", "Lantern TV", None),
    ("Strait open\nDresva • KNT\n{}", "KNT", None),
    ("Strait open\nBy Ilya Marsh\n{}", None, "Ilya Marsh"),
    ("Strait open\nDRESVA (KNT) - {}", None, None),  # may be a reprint of the agency's text
    ("Strait open\nDresva • KNT\n{}© 2031 The Lantern\n", None, None),  # two names: neither is taken
    ("Strait open\n{}", None, None),
]


@pytest.mark.parametrize(("text", "outlet", "author"), PRINTED)
def test_outlet_and_author_are_read_from_lines_that_print_them(
    text: str, outlet: str | None, author: str | None
) -> None:
    document = read_text(text.format(BODY), "a.txt")
    assert document.outlet == (Outlet(outlet, Basis.TEXT) if outlet else Outlet())
    assert document.author == author


def test_both_names_of_a_contradiction_stay_as_candidates() -> None:
    document = read_text(f"Strait open\nDresva • KNT\n{BODY}© 2031 The Lantern\n", "a.txt")
    assert [each.value for each in document.candidates if each.field == "outlet"] == ["KNT", "The Lantern"]
    assert document.outlet.reason == "the text names several: KNT, The Lantern"


def test_an_outlet_that_nothing_names_says_so() -> None:
    assert read_text(f"Strait open\n{BODY}", "a.txt").outlet.reason == "neither metadata nor the text names it"


def test_a_byline_inside_the_body_is_no_author() -> None:
    assert read_text(f"Strait open\n{BODY}By evening the ferries had stopped.\n", "a.txt").author is None
