"""Faults of the tagger that its own words show, put right; nothing else is touched."""

import pytest

from onrecord.annotation.forming import UNLINKED
from onrecord.annotation.mending import mend
from onrecord.records.findings import Act, Attribution, Directness
from onrecord.records.spans import Span, Spans, quote_spans


def place(text: str, words: str) -> Spans:
    return (Span(text.index(words), text.index(words) + len(words)),) if words else ()


def mended(text: str, source: str, cue: str, content: str) -> tuple[str, str]:
    """Source and content after mending."""
    who, how, what = (place(text, words) for words in (source, cue, content))
    given = Attribution("s1", who, how, what, Directness.INDIRECT, UNLINKED, Act.OTHER, None, None, 0.9, "tagger")
    after = mend(text, given)
    return quote_spans(text, after.source), quote_spans(text, after.content)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "left"),
    [
        ("Vale was asked how the port would pay.", "Vale", "was asked", "how the port would pay", ""),
        ("The crews were once told to wait.", "The crews", "were once told", "to wait", ""),
        ("Vale was asked by the board to pay.", "the board", "was asked by", "to pay", "the board"),
        ("Vale asked how the port would pay.", "Vale", "asked", "how the port would pay", "Vale"),
    ],
)
def test_who_was_asked_did_not_say_it(text: str, source: str, cue: str, content: str, left: str) -> None:
    assert mended(text, source, cue, content) == (left, content)


def test_a_source_loses_the_adverb_after_its_last_comma() -> None:
    text = "The mayor of Orrin, almost wholly cut off, hinted at a vote."
    assert mended(text, "The mayor of Orrin, almost", "hinted", "at a vote") == ("The mayor of Orrin", "at a vote")
    long = "The mayor of Orrin, largely under water for several weeks,"
    text = f"{long} hinted at a vote."
    assert mended(text, long, "hinted", "at a vote") == ("The mayor of Orrin", "at a vote")
    text = "Orrin, Vale and Marsh agreed to a vote."
    assert mended(text, "Orrin, Vale and Marsh", "agreed", "to a vote")[0] == "Orrin, Vale and Marsh"


def test_a_headline_after_a_colon_reaches_to_the_end_of_its_line() -> None:
    text = "Mayor Vale: They Shut The Port, We Will Not Pay.\nVale wrote: nobody pays, ever."
    assert mended(text, "Mayor Vale", ":", "They")[1] == "They Shut The Port, We Will Not Pay"
    body = "Port Shut\nVale: nobody pays, ever."
    assert mended(body, "Vale", ":", "nobody pays")[1] == "nobody pays"


def test_what_stands_before_the_name_of_a_headline_is_not_said_by_it() -> None:
    text = "Orrin Keeps Its Port Closed, Mayor Vale: They Locked The Door\nVale spoke on Monday."
    said = "Keeps Its Port Closed, Mayor Vale: They Locked The Door"
    assert mended(text, "Mayor Vale", ":", said)[1] == "They Locked The Door"


def test_a_headline_with_two_names_gives_each_their_own() -> None:
    text = "Orrin Warns Of Floods, Mayor Vale: We Told You\nVale spoke on Monday."
    assert mended(text, "Orrin", "Warns", "Of Floods, Mayor Vale: We Told You")[1] == "Of Floods"


@pytest.mark.parametrize(
    ("text", "cue", "who"),
    [
        ("When asked by reporters what he would do, Vale left.", "asked", "reporters"),
        ("Pressed by the opposition about the tolls, Vale left.", "Pressed", "the opposition"),
        ("When asked what he would do, Vale left.", "asked", ""),
    ],
)
def test_who_asked_stands_behind_the_cue(text: str, cue: str, who: str) -> None:
    assert mended(text, "", cue, "he would do" if "he would" in text else "the tolls")[0] == who


@pytest.mark.parametrize(
    ("text", "source", "who"),
    [
        (
            "Papers wrote that the so-called port council in Orrin, two members of which live abroad, urged a vote.",
            "two members of which live abroad,",
            "the so-called port council in Orrin",
        ),
        (
            "It rained, parts of which was snow, urged a vote.",
            "parts of which was snow,",
            "",
        ),
        ("Two members of the council urged a vote.", "Two members of the council", "Two members of the council"),
    ],
)
def test_a_relative_clause_is_no_source(text: str, source: str, who: str) -> None:
    assert mended(text, source, "urged", "a vote")[0] == who


def test_who_stands_behind_the_verb_at_the_end_of_a_headline_said_it() -> None:
    text = "No more aid for Vadia, says donor"
    given = Attribution(
        "s1",
        (),
        place(text, "says"),
        (*place(text, "No more aid for Vadia"), *place(text, "donor")),
        Directness.INDIRECT,
        UNLINKED,
        Act.OTHER,
        None,
        None,
        0.4,
        "tagger",
    )
    after = mend(text, given)
    assert (quote_spans(text, after.source), quote_spans(text, after.content)) == ("donor", "No more aid for Vadia")


def test_a_warning_named_after_a_people_is_theirs() -> None:
    text = "Orrin's board agreed, brushing aside a Vadian warning that the lock would shut."
    assert mended(text, "Orrin's board", "brushing aside a Vadian warning", "that the lock would shut")[0] == "Vadian"
    text = "Orrin's board agreed, brushing off Vadia's warning that the lock would shut."
    assert mended(text, "Orrin's board", "brushing off Vadia's warning", "that the lock would shut")[0] == "Vadia's"
    text = "Orrin's board repeated a warning that the lock would shut."
    assert mended(text, "Orrin's board", "repeated a warning", "that the lock would shut")[0] == "Orrin's board"


@pytest.mark.parametrize(
    ("text", "cue", "who"),
    [
        ("Orrin said it would tow the boats away.", "said", "Orrin"),
        ("In the last year President Vale was warning that it would.", "was warning", "President Vale"),
        ("All told it would tow the boats away.", "told", ""),
        ("The aide to Vale said it would.", "said", ""),
        ("Vale was told it would rain.", "was told", ""),
    ],
)
def test_a_name_right_before_the_verb_is_its_source(text: str, cue: str, who: str) -> None:
    assert mended(text, "", cue, "it would")[0] == who


def test_a_paper_speaks_not_who_has_seen_it() -> None:
    text = "A draft seen by the Orrin Echo speaks of nine tugs."
    assert mended(text, "Orrin Echo", "speaks of", "nine tugs")[0] == "A draft seen by the Orrin Echo"
    text = "The Orrin Echo speaks of nine tugs."
    assert mended(text, "The Orrin Echo", "speaks of", "nine tugs")[0] == "The Orrin Echo"


def test_content_loses_an_article_or_preposition_whose_noun_it_lacks() -> None:
    text = "Vale repeated his warnings at the lock on Monday."
    assert mended(text, "Vale", "repeated", "his warnings at the lock on")[1] == "his warnings at the lock"
    text = "Vale told them what the tolls are for."
    assert mended(text, "Vale", "told", "what the tolls are for")[1] == "what the tolls are for"


def test_content_takes_in_the_last_words_before_the_comma_of_its_own_cue() -> None:
    text = "By the same token, according to Vale, the port is shut."
    given = Attribution(
        "s1", place(text, "Vale"), place(text, "according to"),
        (*place(text, "By the same"), *place(text, "the port is shut")), Directness.INDIRECT, UNLINKED, Act.OTHER,
        None, None, 0.9, "tagger",
    )  # fmt: skip
    assert quote_spans(text, mend(text, given).content) == "By the same token … the port is shut"
    text = "The port is shut for good now, Vale said."
    assert mended(text, "Vale", "said", "The port is shut")[1] == "The port is shut for good now"
    text = "The port is shut, and the lock too, Vale said."
    assert mended(text, "Vale", "said", "The port is shut")[1] == "The port is shut"


def test_what_is_named_loses_the_day_of_the_telling() -> None:
    text = "Orlia dismissed the charge as baseless on Tuesday."
    assert mended(text, "Orlia", "dismissed", "the charge as baseless on Tuesday")[1] == "the charge as baseless"
    told = "Orlia said the lock opened on Tuesday."
    assert mended(told, "Orlia", "said", "the lock opened on Tuesday")[1] == "the lock opened on Tuesday"


def test_content_ends_before_the_and_of_the_next_clause() -> None:
    text = "Orlia assured that the debt would be paid and asked for water."
    assert mended(text, "Orlia", "assured", "that the debt would be paid and")[1] == "that the debt would be paid"


def test_who_carried_the_words_is_no_part_of_them() -> None:
    text = "“Never,” Bek wrote on his page, as the agency Vadpress reports with a link to it."
    said, carried = place(text, "“Never,”"), place(text, "as the agency Vadpress reports with a link to it")
    given = Attribution("s1", place(text, "Bek"), place(text, "wrote"), said + carried, Directness.MIXED, UNLINKED,
                        Act.OTHER, None, None, 0.9, "tagger")  # fmt: skip
    assert mend(text, given).content == said


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "left"),
    [
        ("Aide Han Ji-won said the port shut.", "Aide Han Ji-", "said", "the port shut", "Aide Han Ji-won"),
        ("The town of Calby said no.", "The town of", "said", "no", "The town of Calby"),
        ("Herders who fled to Nesk said no.", "Herders who fled to", "said", "no", "Herders who fled to Nesk"),
        ("An official, who asked not to be named, said no.", "An official, who", "said", "no", "An official"),
        ("3. Agreed that it shuts.", "3.", "Agreed", "that it shuts", ""),
        ("The port of call said no.", "The port", "said", "no", "The port"),
    ],
)
def test_a_source_ends_with_a_whole_name(text: str, source: str, cue: str, content: str, left: str) -> None:
    assert mended(text, source, cue, content) == (left, content)


def mended_pieces(text: str, source: str, cue: str, *pieces: str) -> list[str]:
    """The pieces of content after mending."""
    who, how = place(text, source), place(text, cue)
    what = tuple(span for words in pieces for span in place(text, words))
    given = Attribution("s1", who, how, what, Directness.INDIRECT, UNLINKED, Act.OTHER, None, None, 0.9, "tagger")
    return [text[span.start : span.end] for span in mend(text, given).content]


def test_what_a_relative_clause_tells_ends_with_it() -> None:
    text = "The tug that Orlia had promised to bring to the islands lay at anchor."
    told = mended_pieces(text, "Orlia", "had promised", "that", "to bring to the islands lay at anchor")
    assert told == ["that", "to bring to the islands"]
    text = "The dam, which engineers say is nearly full, would flood the town."
    told = mended_pieces(text, "engineers", "say", "which", "is nearly full, would flood the town")
    assert told == ["which", "is nearly full"]


def test_who_speaks_in_an_aside_says_nothing_before_it() -> None:
    text = "Bek said that the dam, which engineers say is nearly full, would flood the town."
    inside = mended_pieces(
        text, "engineers", "say", "the dam, which engineers say is nearly full, would flood the town"
    )
    assert inside == ["which", "is nearly full"]
    whole = mended_pieces(text, "Bek", "said", "that the dam,")
    assert whole == ["that the dam, which engineers say is nearly full, would flood the town"]
    text = "Bek said that the dam would hold, which engineers doubt, as they told us."
    assert mended_pieces(text, "Bek", "said", "that the dam would hold") == ["that the dam would hold"]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "left"),
    [
        (
            "Bek claims his party has nothing to talk about with Orlia after the vote.",
            "Bek",
            "claims",
            "his party has nothing to talk about with Orlia after",
            "his party has nothing to talk about with Orlia",
        ),
        (
            "Bek is looking to hold a vote as Orlian troops fight on.",
            "Bek",
            "is looking",
            "to hold a vote as Orlian troops",
            "to hold a vote",
        ),
        (
            "Bek is looking to quicken a vote as Orlian troops continue to fight.",
            "Bek",
            "is looking to",
            "quicken a vote as Orlian troops",
            "quicken a vote",
        ),
        ("Bek kept her place as mayor.", "Bek", "kept", "her place as mayor", "her place as mayor"),
        ("Bek wants a pause until Monday.", "Bek", "wants", "a pause until", "a pause"),
        ("Bek knows whom it is meant for.", "Bek", "knows", "whom it is meant for", "whom it is meant for"),
    ],
)
def test_words_that_end_before_what_they_lead_lose_their_last(
    text: str, source: str, cue: str, content: str, left: str
) -> None:
    assert mended(text, source, cue, content) == (source, left)


def attributed(text: str, source: str, cue: str, *content: str) -> Attribution:
    who, how = place(text, source), place(text, cue)
    what = tuple(span for words in content for span in place(text, words))
    return Attribution("s1", who, how, what, Directness.INDIRECT, UNLINKED, Act.OTHER, None, None, 0.9, "tagger")


def test_who_was_asked_is_no_part_of_the_question() -> None:
    text = "At a hearing Vale was asked how the port would pay."
    assert quote_spans(
        text, mend(text, attributed(text, "", "was asked", "Vale", "how the port would pay")).content
    ) == ("how the port would pay")
    told = "At a hearing Vale was asked to name a date."
    kept = mend(told, attributed(told, "", "was asked", "Vale", "to name a date")).content
    assert quote_spans(told, kept) == "Vale … to name a date"


def test_what_stands_before_a_relative_clause_in_commas_is_not_told_in_it() -> None:
    text = "They sailed for the families, who, according to Bek, had been short of water."
    read = attributed(text, "Bek", "according to", "They sailed", "the families", "had been short of water")
    assert quote_spans(text, mend(text, read).content) == "who … had been short of water"


def test_reported_words_that_open_with_a_verb_take_in_its_subject() -> None:
    text = "The port is shut. Orla Vale, head of the board, wrote on a wall that it would open, the agency reported."
    read = attributed(text, "the agency", "reported", "wrote on a wall that it would open")
    told = "Orla Vale, head of the board, wrote on a wall that it would open"
    assert quote_spans(text, mend(text, read).content) == told
    read = attributed(text, "the agency", "reported", "that it would open")
    assert quote_spans(text, mend(text, read).content) == told
    claimed = "The board won a claim that the port disputes, the agency reported."
    read = attributed(claimed, "the agency", "reported", "that the port disputes")
    assert mend(claimed, read) == read
    plain = "The port, the agency reported, opened on Monday."
    read = attributed(plain, "the agency", "reported", "The port", "opened on Monday")
    assert mend(plain, read) == read


def test_what_a_speaker_did_before_a_comma_and_the_verb_is_not_said() -> None:
    text = "Vale sets a date for the vote, says fee will return\nOrrin waits."
    read = attributed(text, "Vale", "says", "the vote", "fee will return")
    assert quote_spans(text, mend(text, read).content) == "fee will return"


def test_a_relative_clause_that_was_taken_for_the_subject_gives_way_to_its_noun() -> None:
    text = "Orrin's monitors, who watched from the quay, counted “about 70” boats."
    assert mended(text, "who watched from the quay", "counted", "“about 70” boats")[0] == "Orrin's monitors"
    those = "The board heard those who thought they had won."
    assert mended(those, "who thought they", "had won", "heard")[0] == "who thought they"


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "left"),
    [
        ("Warns the governor, Orla Vale, that she will answer.", "the governor, Orla Vale", "Warns", "that she", ""),
        ("“You will answer,” warned Vale.", "Vale", "warned", "“You will answer,”", "Vale"),
        ("Vale warned that she would answer.", "Vale", "warned", "that she would answer", "Vale"),
    ],
)
def test_who_is_told_right_behind_the_verb_did_not_say_it(
    text: str, source: str, cue: str, content: str, left: str
) -> None:
    assert mended(text, source, cue, content)[0] == left
