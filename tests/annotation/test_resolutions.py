"""Resolutions and communiqués: each paragraph is said by the body named above it."""

import pytest

from onrecord.annotation.resolutions import PRODUCER, find_resolved
from onrecord.records.documents import Document
from onrecord.records.spans import quote_spans

COMMUNIQUE = """STATEMENT OF THE LEAGUE

The Council of the League, meeting in Marn under the chairmanship of Mr Orrin Vale,

Having heard the envoy of Vadia,
Recalling its decision of 3 May,

Considers that the closing of the weirs breaks the accord;

2. Demands the immediate release of the crews;

Declares that it will not take part in the talks as long as one ship is held;

Further warns the governor, Mr Ildo Bek, that he will answer for any harm;

Calls upon Vadia to send an envoy without delay.

The weirs were closed in April.
"""


def read(text: str) -> list[tuple[str, str, str]]:
    document = Document(id="sha256:0", path="", title="", text=text)
    found = list(find_resolved(document, ()))
    assert all(each.produced_by == PRODUCER for each in found)
    return [
        (quote_spans(text, each.source), quote_spans(text, each.cue), quote_spans(text, each.content)) for each in found
    ]


def test_each_paragraph_is_said_by_the_body_above_it() -> None:
    body = "The Council of the League"
    assert read(COMMUNIQUE) == [
        (body, "Considers", "that the closing of the weirs breaks the accord"),
        (body, "Demands", "the immediate release of the crews"),
        (body, "Declares", "that it will not take part in the talks as long as one ship is held"),
        (body, "warns", "that he will answer for any harm"),
        (body, "Calls upon", "Vadia to send an envoy without delay"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The council met in Marn.\nDemands for bread grew;\nCalls on the mayor went unanswered.",
        "The Council of the League,\nWarns of floods\nThe river rose.",
        "Demands grow in Marn\nWarns the mayor: no more\n",
        "",
    ],
)
def test_running_prose_and_headlines_are_no_resolution(text: str) -> None:
    assert read(text) == []
