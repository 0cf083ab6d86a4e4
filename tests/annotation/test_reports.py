"""A report and what it reports are parted where one attribution was read for both."""

import pytest

from onrecord.annotation.forming import form_attribution
from onrecord.annotation.reports import PRODUCER, part_reports
from onrecord.records.findings import Attribution, Directness
from onrecord.records.spans import Span, quote_spans


def attributed(text: str, source: str, cue: str, content: str) -> Attribution:
    who, how, what = ((Span(text.index(words), text.index(words) + len(words)),) for words in (source, cue, content))
    return form_attribution(who, how, what, Directness.INDIRECT, score=0.6, produced_by="tagger")


TOLD = (
    "Two Orlian agencies reported on 3 May that the self-styled assembly of Vale, parts of which have met abroad since "
    "March, urged the governor to hold a vote."
)


def test_the_report_and_the_reported_words_each_have_their_speaker() -> None:
    read = attributed(TOLD, "Two Orlian agencies", "urged", "the governor to hold a vote")
    (report, none), (inner, outer) = part_reports(TOLD, [(read, None)], ())
    assert none is None
    assert outer is report
    assert quote_spans(TOLD, report.source) == "Two Orlian agencies"
    assert quote_spans(TOLD, report.cue) == "reported"
    assert quote_spans(TOLD, report.content).startswith("that the self-styled assembly of Vale, parts")
    assert quote_spans(TOLD, report.content).endswith("to hold a vote")
    assert quote_spans(TOLD, inner.source) == "the self-styled assembly of Vale"
    assert quote_spans(TOLD, inner.content) == "the governor to hold a vote"
    assert (report.produced_by, report.score) == (PRODUCER, 0.54)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Bek said that the dam held, and urged calm.", "Bek", "urged", "calm"),
        ("Bek said that the dam held, he was told, adding that it leaked.", "Bek", "adding", "that it leaked"),
        ("Bek, who chairs the board, urged calm.", "Bek", "urged", "calm"),
        ("Bek said that what he saw was bad, of all things, urged calm.", "Bek", "urged", "calm"),
    ],
)
def test_a_second_verb_of_the_same_speaker_stays_theirs(text: str, source: str, cue: str, content: str) -> None:
    read = attributed(text, source, cue, content)
    assert part_reports(text, [(read, None)], ()) == [(read, None)]
