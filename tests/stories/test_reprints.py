"""Reprints: text carried over, however long the story around it."""

import random

import pytest

from onrecord.records.documents import Document, hash_text
from onrecord.stories.reprints import find_reprints, shingle

AGENCY = (
    "The harbour authority of Port Ardel said on Monday that the ferry link to Skarne would close for the winter. "
    "Officials blamed a shortage of pilots and the state of the northern pier, which was damaged in the October storm. "
    "Islanders said they had been told nothing and would ask the assembly to step in."
)
OWN = (
    "Skarne's bakers, teachers and two doctors met in the school hall last night and drew up a list of questions. "
    "Nobody from the ministry came, although three had been invited by letter, telephone and in person."
)


def document(text: str) -> Document:
    return Document(hash_text(text), "x", "", text)


def test_an_agency_text_inside_a_longer_story_is_found() -> None:
    wire, story = document(AGENCY), document(f"{OWN} {AGENCY} {OWN.replace('Skarne', 'The island')}")
    (pair,) = find_reprints([wire, story])
    assert {pair.document, pair.other} == {wire.id, story.id}
    assert pair.share > 0.95


def test_case_and_punctuation_do_not_hide_a_reprint() -> None:
    (pair,) = find_reprints([document(AGENCY), document(AGENCY.upper().replace(".", " –"))])
    assert pair.share == pytest.approx(1.0)


def test_two_reports_of_their_own_are_no_reprint() -> None:
    assert find_reprints([document(AGENCY), document(OWN)]) == ()


def test_the_order_of_documents_does_not_matter() -> None:
    documents = [document(AGENCY), document(AGENCY + " " + OWN), document(OWN), document(OWN + " More later.")]
    shuffled = documents[:]
    random.Random(3).shuffle(shuffled)
    assert find_reprints(documents) == find_reprints(shuffled)


def test_a_text_shorter_than_a_shingle_has_none() -> None:
    assert shingle("two words") == frozenset()
