"""Transcripts and signed quotations, as a table of layouts."""

import time

import pytest

from onrecord.annotation.quotation import quoted_regions
from onrecord.annotation.transcripts import find_laid_out, prefer_laid_out
from onrecord.reading import read_text
from onrecord.records.documents import Document
from onrecord.records.findings import Directness
from onrecord.records.spans import quote_spans

TALK = "MAYOR: We stay where we are.\nHOST: And the harbour itself?\nMAYOR: Ask the pilots about that."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            f"The mayor spoke to the host.\n{TALK}",
            [
                ("MAYOR", ":", "We stay where we are."),
                ("HOST", ":", "And the harbour itself?"),
                ("MAYOR", ":", "Ask the pilots about that."),
            ],
        ),
        (
            "Readers wrote in.\n“The tolls are robbery, and the council knows it.” — Ida Marsh, Sund Harbour",
            [("Ida Marsh, Sund Harbour", "—", "“The tolls are robbery, and the council knows it.”")],
        ),
        (
            "Readers wrote in.\n“The tolls are robbery, and the council knows it.”\n\n― Ida Marsh",
            [("Ida Marsh", "―", "“The tolls are robbery, and the council knows it.”")],
        ),
        ("HARBOUR CITY: The pilots met.\nLater they dispersed.", []),  # one line in capitals is a dateline
        ("NEWS: all of it here\nSPORT: all of that too\nFOOD: what to cook now", []),  # nobody speaks twice: a list
        ("“Too short” — Ida", []),
        ("The envoy — a former pilot — said nothing.", []),
    ],
)
def test_speech_that_is_laid_out(text: str, found: list[tuple[str, str, str]]) -> None:
    document = read_text(text, "test.txt")
    told = [
        tuple(quote_spans(document.text, spans) for spans in (each.source, each.cue, each.content))
        for each in find_laid_out(document, quoted_regions(document.text))
    ]
    assert told == found


def test_a_laid_out_turn_replaces_what_was_told_of_the_same_words() -> None:
    document = read_text(f"The mayor spoke.\n{TALK}", "test.txt")
    laid_out = find_laid_out(document, quoted_regions(document.text))
    assert prefer_laid_out(laid_out[:2], laid_out[1:]) == [laid_out[0], *laid_out[1:]]


@pytest.mark.parametrize("text", ['"' * 200_000, "A" * 200_000, " \n" * 100_000, '"a" — ' * 40_000], ids=range(4))
def test_attack_28_odd_texts_take_linear_time(text: str) -> None:
    begun = time.process_time()
    document = read_text(f"Head\n{text}", "test.txt")
    find_laid_out(document, quoted_regions(document.text))
    assert time.process_time() - begun < 5  # a quadratic search takes minutes


ASKED = """The dam is not for sale

Orla Vale has run the water board of Marn for a year. She spoke to Ilse Bek in Orrin.

Your board says it will close the weirs. Is that a threat?

It is a sum. If Orrin does not pay by March, the weirs close.

What would you call it, then?

A bill, and a late one.

The mayor said that you were playing.

He is a friend. He knows our red line, which is the lake.

And the upper valley?

We will never give it up.
"""


def test_answers_of_an_interview_without_labels_belong_to_who_was_introduced() -> None:
    document = Document(id="", path="", title="", text=ASKED)
    found = find_laid_out(document, ())
    assert [quote_spans(ASKED, each.content).split()[0] for each in found] == ["It", "A", "He", "We"]
    assert {(quote_spans(ASKED, each.source), each.produced_by) for each in found} == {("She", "rule:interview")}
    assert {each.directness for each in found} == {Directness.UNMARKED}


@pytest.mark.parametrize(
    "text",
    [
        ASKED.replace("She spoke to Ilse Bek in Orrin.", "It is full."),  # nobody is introduced
        ASKED.replace("A bill, and a late one.", "Who says that it is one?"),  # questions on both sides
        ASKED.replace("then?", "then.").replace("threat?", "threat."),  # hardly a question at all
    ],
)
def test_questions_alone_make_no_interview(text: str) -> None:
    assert find_laid_out(Document(id="", path="", title="", text=text), ()) == ()
