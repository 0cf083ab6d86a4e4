"""Official statements: what a ministry or a union says in its own voice, in invented press releases."""

import pytest

from onrecord.linking.own_voice import FLAG
from onrecord.pipeline import Resources, annotate, load_resources
from onrecord.reading.parts import find_parts
from onrecord.records.documents import Document, hash_text
from onrecord.records.findings import Attribution, Findings
from onrecord.records.spans import quote_spans
from onrecord.settings import Settings


@pytest.fixture(scope="module")
def resources() -> Resources:
    return load_resources(Settings(), threads=1)


def read(text: str, resources: Resources) -> Findings:
    return annotate(Document(hash_text(text), "made.txt", "", text, parts=find_parts(text)), resources)


def words_of(findings: Findings, start: str) -> Attribution:
    text = findings.document.text
    return next(each for each in findings.attributions if quote_spans(text, each.content).startswith(start))


MINISTER = """Statement by the Minister of Transport on the ferries of the Delta

12 April 2033

The Government of Peru has followed the works on the other bank with patience.

Our landing will be closed to the ferries if the pier is moved. Chile announced on Friday that it would move the pier.

For further information: Press Office, Lima
"""
RELEASE = """Republic of Vosland
Ministry of Foreign Affairs
Press release no. 4/2033

12 April 2033

The Ministry of Foreign Affairs of the Republic of Vosland follows the works on the other bank with concern.

Moving the pier would break the treaty, and Vosland would be compelled to close the landing to the ferries.

END
"""
UNION = """FKM – National Union of Ferrymen

To the members and to the press

Colleagues,

The harbour office moved the pier on Friday. We will stop work if it is moved again, and the mail will wait with us.

Ilona Bek, President
Sund, 12 April 2033
"""
COMPANY = """SUND FERRIES S.A.

To our customers

Sund, 12 April 2033

Dear neighbours,

Much has been said about the pier. We will stop the night boat if the pier is moved again.

Yours sincerely,
Ilona Bek
Managing Director
"""
HERMITS = """THE COMMUNITY OF MOUNT SUND
A letter to two harbours

To those who row:

Nobody asked for a pier. We will keep the gate shut if the pier is moved again.

With kind greetings,
Ilona Bek, abbot
"""
NEWS = """Ferries to stop, union says

SUND, May 4 (Plain Wire) - The ferries will stop if the pier is moved again. We have been here before.

The union gave no date.
"""


@pytest.mark.parametrize(
    ("text", "start", "speaker", "side"),
    [
        (MINISTER, "Our landing", "the Minister of Transport", "Peru"),
        (RELEASE, "Moving the pier", "Foreign Ministry of Vosland", "Vosland"),
        (UNION, "We will stop work", "Ilona Bek", "FKM"),
        (COMPANY, "We will stop the night", "Ilona Bek", "Sund Ferries S.A."),
        (HERMITS, "We will keep", "Ilona Bek", "The Community of Mount Sund"),
    ],
    ids=["minister", "ministry", "union", "company", "hermits"],
)
def test_the_own_words_of_a_statement_are_its_issuers(
    text: str, start: str, speaker: str, side: str, resources: Resources
) -> None:
    findings = read(text, resources)
    said = words_of(findings, start)
    names = {actor.id: actor.name for actor in findings.actors}
    assert said.flags == (FLAG,)
    assert (said.speaker.name, names.get(said.speaker.on_behalf_of or "")) == (speaker, side)
    assert said.speaker.reason
    assert 0 < said.speaker.score < 1


def test_what_a_statement_hands_to_others_stays_theirs(resources: Resources) -> None:
    findings = read(MINISTER, resources)
    assert words_of(findings, "that it would move").speaker.name == "Chile"


def test_an_outlets_own_words_are_nobodys(resources: Resources) -> None:
    assert not any(FLAG in each.flags for each in read(NEWS, resources).attributions)


def test_attributions_stay_in_reading_order_with_ids_of_their_own(resources: Resources) -> None:
    found = read(UNION, resources).attributions
    starts = [min(span.start for span in (*each.source, *each.cue, *each.content)) for each in found]
    assert starts == sorted(starts)
    assert len({each.id for each in found}) == len(found)
