"""Numbers put at something, names given in marks, and writers behind agencies, in invented sentences."""

import pytest

from onrecord.annotation.fixed import add_fixed, find_fixed
from onrecord.annotation.forming import form_attribution
from onrecord.annotation.quotation import quoted_regions
from onrecord.records.findings import Attribution, Directness
from onrecord.records.spans import Span, quote_span, quote_spans


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The crane union puts the crowd at 900.", [("The crane union", "puts", "the crowd at 900")]),
        (
            "Vadia's envoy, Ilona Bek, was quoted by the state agency as saying the pier would close on Friday.",
            [("Ilona Bek", "was quoted by the state agency as saying", "the pier would close on Friday")],
        ),
        (
            "Vadia's ruling council on Monday gave neighbouring Orlia ten days to free the crews, or it would act.",
            [("Vadia's ruling council", "gave", "neighbouring Orlia ten days to free the crews, or it would act")],
        ),
        ("Vadia gave Orlia ten boats to free the crews.", []),
        ("Vadia's navy put it at about 40 boats.", [("Vadia's navy", "put", "it at about 40 boats")]),
        (
            "The Orlian monitors speak of around 70 tents, Commissioner Ana Bek of 20.",
            [
                ("The Orlian monitors", "speak of", "around 70 tents"),
                ("Commissioner Ana Bek", "of", "20"),
            ],
        ),
        ("Six boats came, the coast guard said, but Vadia admits to two.", [("Vadia", "admits to", "two")]),
        (
            "Hydrologists have put the loss at between 12% and 18% in dry years.",
            [("Hydrologists", "have put", "the loss at between 12% and 18% in dry years")],
        ),
        (
            "Nine crew were aboard, according to the navy; Bek said six.",
            [("the navy", "according to", "Nine crew were aboard")],
        ),
        (
            "Four boats were stopped, according to the Net Board, which puts the damage at 2 million.",
            [("the Net Board", "puts", "the damage at 2 million")],
        ),
        (
            "Vadia's\u00a0navy put it at\u00a0about 40 boats.",
            [("Vadia's\u00a0navy", "put", "it at\u00a0about 40 boats")],
        ),
        ("The board put the new lock into service.", []),
        ("They put the blame at one door.", []),
        (
            "The tug stayed in port with what the pilot called “a tired rope”.",
            [("the pilot", "called", "a tired rope")],
        ),
        (
            "Orlia calls it a “fish tax”, in the words of Ana Bek, its spokeswoman.",
            [("Ana Bek", "in the words of", "fish tax")],
        ),
    ],
)
def test_fixed_wordings_name_whose_words_they_are(text: str, told: list[tuple[str, str, str]]) -> None:
    found = [
        tuple(quote_span(text, span) for span in (each.who, each.cue, each.what))
        for each in find_fixed(text, Span(0, len(text)))
    ]
    assert found == told


def attribution(text: str, source: str, cue: str, *contents: str) -> Attribution:
    def at(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    content = tuple(at(words) for words in contents)
    return form_attribution((at(source),), (at(cue),), content, Directness.MIXED, score=0.9, produced_by="test")


def told_by(text: str, given: list[Attribution]) -> list[tuple[str, str, str | None]]:
    """(source, content, source of the relay)."""
    pairs = add_fixed(text, (Span(0, len(text)),), given, quoted_regions(text))
    return [
        (
            quote_spans(text, each.source),
            quote_spans(text, each.content),
            quote_spans(text, relay.source) if relay is not None else None,
        )
        for each, relay in pairs
    ]


def test_a_piece_of_another_told_number_goes_to_who_told_it() -> None:
    text = "Orlia's staff put the number at 120. Monitors counted 70, Colonel Reed said."
    given = attribution(text, "Colonel Reed", "said", "the number at 120", "Monitors counted 70")
    pairs = add_fixed(text, (Span(0, 36), Span(37, len(text))), [given], quoted_regions(text))
    assert [quote_spans(text, each.content) for each, _ in pairs] == ["Monitors counted 70", "the number at 120", "70"]
    assert pairs[2][1] is pairs[0][0]


def test_who_wrote_it_speaks_and_the_agency_relays() -> None:
    text = "“If the lamp goes out, so do we,” Odo Venn, a former pilot, wrote on his page, the agency Sund reported."
    given = attribution(text, "the agency Sund", "reported", "“If the lamp goes out, so do we,”")
    assert told_by(text, [given]) == [
        (
            "the agency Sund",
            "“If the lamp goes out, so do we,” Odo Venn, a former pilot, wrote on his page",
            None,
        ),
        ("Odo Venn", "“If the lamp goes out, so do we,”", "the agency Sund"),
    ]
    plain = "“If the lamp goes out, so do we,” on his page, the agency Sund reported."
    given = attribution(plain, "the agency Sund", "reported", "“If the lamp goes out, so do we,”")
    assert told_by(plain, [given]) == [("the agency Sund", "“If the lamp goes out, so do we,”", None)]


def test_what_is_known_is_not_found_twice() -> None:
    text = "The crane union puts the crowd at 900."
    given = attribution(text, "The crane union", "puts", "the crowd at 900")
    assert told_by(text, [given]) == [("The crane union", "the crowd at 900", None)]


def test_a_second_verb_that_puts_a_number_has_the_subject_of_the_first() -> None:
    text = "The railway called the figure “invented” and put the debt at 11 million crowns."
    given = attribution(text, "The railway", "called", "the figure “invented”")
    assert told_by(text, [given])[1] == ("The railway", "the debt at 11 million crowns", None)


def test_reported_words_end_before_somebody_elses_number_behind_a_comma() -> None:
    text = "Vadia thinks that 30 boats are left, Orlia speaks of 13."
    spans = [(Span(text.index(words), text.index(words) + len(words)),) for words in ("Vadia", "thinks")]
    content = (Span(text.index("that"), len(text) - 1),)
    told = form_attribution(spans[0], spans[1], content, Directness.INDIRECT, score=0.9, produced_by="tagger")
    pairs = add_fixed(text, (Span(0, len(text)),), [told], ())
    assert [(quote_spans(text, each.content), outer) for each, outer in pairs] == [
        ("that 30 boats are left", None),
        ("13", None),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "By Monday evening, 31 of 204 ships had paid, the pilots' guild said.",
            [("the pilots' guild", "By Monday evening, 31 of 204 ships had paid", None)],
        ),
        ("Nobody was hurt, the port office told Radio Marn on Monday.", [("the port office", "Nobody was hurt", None)]),
        ("In an early speech, the mayor said.", []),
    ],
)
def test_a_sentence_that_ends_in_who_said_it_is_theirs(text: str, told: list[tuple[str, str, str | None]]) -> None:
    assert told_by(text, []) == told


def test_a_sentence_whose_teller_was_read_is_not_given_twice() -> None:
    text = "Nobody was hurt, the port office said."
    given = attribution(text, "office", "said", "Nobody was hurt")
    assert told_by(text, [given]) == [("office", "Nobody was hurt", None)]


def test_who_counts_may_stand_before_an_aside_and_their_chief_may_tell_it() -> None:
    text = "Orlian monitors, who watched from a quay, counted “about 70” boats, their chief, Colonel Bek, told Marn TV."
    assert told_by(text, []) == [
        ("Colonel Bek", text[: text.index(", their")], None),
        ("Orlian monitors", "“about 70” boats", "Colonel Bek"),
    ]
