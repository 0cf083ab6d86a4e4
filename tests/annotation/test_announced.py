"""The sentence after names the speaker."""

import pytest

from onrecord.annotation.announced import find_announced, prefer_announced
from onrecord.annotation.quotation import quoted_regions
from onrecord.annotation.sentences import split_sentences
from onrecord.reading import read_text
from onrecord.records.actors import LinkBasis
from onrecord.records.findings import Act, Attribution, Directness, Speaker
from onrecord.records.spans import Span, quote_spans

AGENCY = """The strait stays open. \
This was announced by the Foreign Minister of Lorne Ilse Tandt during a briefing, reports the LNA correspondent."""
CASES = [
    (
        AGENCY,
        [("The strait stays open.", "was announced", "the Foreign Minister of Lorne Ilse Tandt")],
    ),
    (
        "No ship will pass. It was stated on Monday by Oren Vail.",
        [("No ship will pass.", "was stated", "Oren Vail")],
    ),
    (
        "Four people were hurt. This has been reported by the mayor's office in Vesk.",
        [("Four people were hurt.", "has been reported", "the mayor's office in Vesk")],
    ),
    ("The bill is long. It was written by Oren Vail.", []),
    ("This was announced by Ilse Tandt.", []),
    ("The fleet left. She said it was announced by radio.", []),
]


@pytest.mark.parametrize(("text", "told"), CASES)
def test_announcing_sentences_hand_the_sentence_before_to_whom_they_name(
    text: str, told: list[tuple[str, str, str]]
) -> None:
    document = read_text(text, "test")
    found = find_announced(document.text, split_sentences(document))
    assert [tuple(document.text[a:b] for a, b in parts) for parts in found] == told


def attribution(text: str, source: str, cue: str, content: str) -> Attribution:
    a, b, c = ((Span(text.index(part), text.index(part) + len(part)),) for part in (source, cue, content))
    nobody = Speaker(None, None, LinkBasis.NONE, 0.0, "")
    return Attribution("", a, b, c, Directness.INDIRECT, nobody, Act.OTHER, None, None, 0.8, "tagger")


def test_the_outlet_that_relays_an_announcement_is_not_its_speaker() -> None:
    text = AGENCY
    document = read_text(text, "test")
    relayed = attribution(text, "the LNA correspondent", "reports", text[: text.index(", reports")])
    kept = prefer_announced(text, split_sentences(document), [relayed], quoted_regions(text))
    assert [quote_spans(text, each.source) for each in kept] == ["the Foreign Minister of Lorne Ilse Tandt"]


def test_what_is_known_already_is_not_told_twice() -> None:
    text = CASES[1][0]
    document = read_text(text, "test")
    known = attribution(text, "Oren Vail", "was stated", "No ship will pass")
    assert prefer_announced(text, split_sentences(document), [known], quoted_regions(text)) == [known]
