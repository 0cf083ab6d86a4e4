"""What a document reports by itself, in invented sentences."""

import pytest

from onrecord.records.actors import LinkBasis
from onrecord.records.documents import Document, Part, PartKind, hash_text
from onrecord.records.findings import Act, Attribution, Directness, Findings, Speaker
from onrecord.records.spans import Span
from onrecord.redlines.gist import read_gist
from onrecord.redlines.reports import list_reports


def read(text: str, said: str = "", dateline: str = "") -> list[str]:
    """The words of the reports of a text of which some words are somebody else's."""
    parts = (Part(Span(0, len(dateline)), PartKind.DATELINE),) if dateline else ()
    document = Document(hash_text(text), "made.txt", "", text, parts=parts)
    start = text.find(said) if said else 0
    speaker = Speaker(None, None, LinkBasis.NONE)
    spoken = (
        Attribution(
            "s1",
            (),
            (),
            (Span(start, start + len(said)),),
            Directness.INDIRECT,
            speaker,
            Act.OTHER,
            None,
            None,
            1.0,
            "made",
        ),
    )
    findings = Findings(document, attributions=spoken if said else ())
    return [report.gist.text.strip() for report in list_reports(findings)]


@pytest.mark.parametrize(
    ("text", "said", "dateline", "told"),
    [
        ("Velland has begun to fill the lake.", "", "", ["Velland has begun to fill the lake."]),
        ("Velland has filled the lake.", "", "", ["Velland has filled the lake."]),
        (
            "The lake has been filled, in a step that Orlia has said means war.",
            "Orlia has said means war",
            "",
            ["The lake has been filled"],
        ),
        (
            "BROD (Coast Wire) — Velland has filled the lake.",
            "",
            "BROD (Coast Wire) —",
            ["Velland has filled the lake."],
        ),
        ("Velland will fill the lake.", "", "", []),
    ],
    ids=["begun", "perfect", "before others' words", "no dateline", "to come"],
)
def test_what_is_told_of_the_past_is_a_report(text: str, said: str, dateline: str, told: list[str]) -> None:
    assert read(text, said, dateline) == told


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("they build the dam before a treaty is signed", {"+construction"}),
        ("they build on the disputed island", {"+construction"}),
        ("they dispute the vote", {"-vote"}),
    ],
)
def test_tails_and_describing_words_change_no_happening(text: str, events: set[str]) -> None:
    assert read_gist(text).events == events
