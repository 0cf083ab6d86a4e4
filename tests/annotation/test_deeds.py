"""Deeds are no words, and what was not said is flagged, in invented sentences."""

from dataclasses import replace

import pytest

from onrecord.annotation.deeds import keep_words
from onrecord.annotation.forming import form_attribution
from onrecord.records.findings import NOT_SAID, Attribution, Directness
from onrecord.records.spans import Span


def told(text: str, cue: str, content: str, directness: Directness = Directness.INDIRECT) -> Attribution:
    cues, contents = ((Span(text.index(words), text.index(words) + len(words)),) for words in (cue, content))
    return form_attribution((), cues, contents, directness, score=0.9, produced_by="test")


@pytest.mark.parametrize(
    ("text", "cue", "content", "kept"),
    [
        ("Vadia recognised the island council in May.", "recognised", "the island council", False),
        ("Vadia recognised that the talks had failed.", "recognised", "that the talks had failed", True),
        ("Vadia will not recognise the vote.", "will not recognise", "the vote", True),
        ("The dockers voted for a strike.", "voted for", "a strike", False),
        ("The board has approved the new tolls.", "has approved", "the new tolls", False),
        ("Crews continue to offer stiff resistance to the raids.", "continue to offer", "stiff resistance", False),
        ("Vadia offered to lend a tug.", "offered", "to lend a tug", True),
        ("Bek called his cabinet together.", "called", "his cabinet together", False),
        ("Bek called an urgent meeting of her cabinet.", "called", "an urgent meeting of her cabinet", False),
        ("The envoy is expected in Nesk on Friday.", "is expected", "in Nesk", False),
        ("The board has known about the debt since May.", "has known about", "the debt", False),
        ("The board learned how the debt grew.", "learned", "how the debt grew", True),
        ("Explained: why the port is shut", "Explained:", "why the port is shut", False),
        ("A baker wanted to know who would pay.", "wanted", "to know who would pay", False),
        ("Bek will decide whether to send a boat.", "will decide", "whether to send a boat", False),
        ("Bek would decide nothing, she feared.", "would decide", "nothing", True),
        ("The navy had identified nine hulls.", "had identified", "nine hulls", False),
        ("The navy identified the hull as a ferry.", "identified", "the hull as a ferry", True),
        ("Bek prefers plainer songs.", "prefers", "plainer songs", False),
        ("Bek prefers to wait.", "prefers", "to wait", True),
        ("Bek wanted an end to it all.", "wanted", "an end to it all", True),
        ("Both signed a treaty.", "signed", "a treaty", False),
        ("Bek called the vote a farce.", "called", "the vote a farce", True),
        ("Nine of them signed a petition for it.", "signed a petition for", "it", False),
        ("Bek denied it.", "denied", "it", True),
        ("The board is going ahead with plans for a dam.", "is going ahead", "with plans for a dam", False),
    ],
)
def test_a_deed_is_no_statement(text: str, cue: str, content: str, kept: bool) -> None:
    assert bool(keep_words(text, [told(text, cue, content)])) is kept


def test_what_nobody_wants_is_nobodys_word() -> None:
    text = "Nobody wanted to shut the lock."
    wanted = told(text, "wanted", "to shut the lock")
    assert keep_words(text, [wanted])
    assert not keep_words(text, [replace(wanted, source=(Span(0, 6),))])


def test_a_quotation_is_always_words() -> None:
    text = "The dockers voted for “a clean lock”."
    assert keep_words(text, [told(text, "voted for", "“a clean lock”", Directness.DIRECT)])


@pytest.mark.parametrize(
    ("text", "cue", "content", "withheld"),
    [
        ("Bek did not repeat the threat.", "did not repeat", "the threat", True),
        ("Bek would not say whether the lock would shut.", "would not say", "whether the lock would shut", True),
        ("Bek did not comment on the toll.", "did not comment on", "the toll", True),
        ("Bek made no mention of the toll.", "made no mention of", "the toll", True),
        ("Bek hasn’t announced a day.", "hasn’t announced", "a day", True),
        ("Bek declined to answer.", "declined", "to answer", True),
        ("Bek would not confirm that the lock leaks.", "would not confirm", "that the lock leaks", True),
        ("Bek refused to leave.", "refused", "to leave", False),
        ("Vadia does not discuss its borders.", "does not discuss", "its borders", False),
        ("Bek said the lock would not open.", "said", "the lock would not open", False),
        ("Bek did not rule out a toll.", "did not rule out", "a toll", False),
    ],
)
def test_what_was_not_said_is_flagged(text: str, cue: str, content: str, withheld: bool) -> None:
    (kept,) = keep_words(text, [told(text, cue, content)])
    assert (NOT_SAID in kept.flags) is withheld


def test_a_relay_through_a_deed_ends() -> None:
    text = "Vadia approved the plan that Bek had called mad."
    outer = replace(told(text, "approved", "the plan that Bek had called mad"), id="s1")
    inner = replace(told(text, "had called", "mad"), id="s2", within="s1")
    (kept,) = keep_words(text, [outer, inner])
    assert (kept.id, kept.within) == ("s2", None)


def test_voters_back_by_voting_and_ministers_in_words() -> None:
    for who, kept in (("Voters in Sarn", False), ("Ministers in Sarn", True)):
        text = f"{who} have backed leaving the union."
        backed = replace(told(text, "have backed", "leaving the union"), source=(Span(0, len(who)),))
        assert bool(keep_words(text, [backed])) is kept
