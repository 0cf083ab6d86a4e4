"""Verbs that share a subject across an aside, in invented sentences."""

from dataclasses import replace

from onrecord.annotation.forming import form_attribution
from onrecord.annotation.sharing import share_subjects
from onrecord.records.findings import Attribution, Directness
from onrecord.records.spans import Span, quote_spans

TEXT = "Bek agreed to pause the dredging, but refused a truce, as Orlia sought, and also demanded a ban on nets."


def at(words: str) -> tuple[Span, ...]:
    start = TEXT.index(words)
    return (Span(start, start + len(words)),)


def told_in(text: str, *parts: str) -> Attribution:
    """The attribution with source, cue and content at their first places."""
    source, cue, content = ((Span(text.index(words), text.index(words) + len(words)),) for words in parts)
    return form_attribution(source, cue, content, Directness.INDIRECT, score=0.9, produced_by="test")


def attribution(source: str, cue: str, content: str) -> Attribution:
    return form_attribution(at(source), at(cue), at(content), Directness.INDIRECT, score=0.9, produced_by="test")


def test_a_verb_behind_an_aside_has_the_subject_before_it() -> None:
    refused = attribution("Bek", "refused", "a truce")
    demanded = attribution("Orlia", "also demanded", "a ban on nets")
    shared = share_subjects(TEXT, (Span(0, len(TEXT)),), [refused, demanded])
    assert [each.source for each in shared] == [at("Bek"), at("Bek")]


def test_without_a_verb_before_the_aside_nothing_changes() -> None:
    demanded = attribution("Orlia", "also demanded", "a ban on nets")
    assert share_subjects(TEXT, (Span(0, len(TEXT)),), [demanded]) == [demanded]


def test_the_verb_of_the_aside_keeps_its_subject() -> None:
    refused, sought = attribution("Bek", "refused", "a truce"), attribution("Orlia", "sought", "a truce")
    assert share_subjects(TEXT, (Span(0, len(TEXT)),), [refused, sought]) == [refused, sought]


def test_the_subject_of_a_joined_clause_is_no_end_of_anothers_words() -> None:
    text = "The port board wants to raise the tolls on tugs as island crews keep up their blockade of the lock."

    def told(source: str, cue: str, content: str) -> Attribution:
        return told_in(text, source, cue, content)

    wants = told("The port board", "wants to", "raise the tolls on tugs as island crews")
    keep = told("The port board", "keep up", "their blockade of the lock")
    shared = share_subjects(text, (Span(0, len(text)),), [wants, keep])
    assert [quote_spans(text, each.source) for each in shared] == ["The port board", "island crews"]
    assert [quote_spans(text, each.content) for each in shared] == [
        "raise the tolls on tugs",
        "their blockade of the lock",
    ]
    apart = told("The port board", "wants to", "raise the tolls on tugs")
    assert share_subjects(text, (Span(0, len(text)),), [apart, keep]) == [apart, keep]


def test_reported_words_end_with_their_sentence() -> None:
    text = "We urge that both publish their data. Without it, nobody will agree."

    def told(content: str) -> Attribution:
        return told_in(text, "We", "urge", content)

    sentences = (Span(0, 37), Span(38, len(text)))
    (ended,) = share_subjects(text, sentences, [told("that both publish their data. Without it")])
    assert quote_spans(text, ended.content) == "that both publish their data"
    whole = told("that both publish their data. Without it, nobody will agree.")
    assert share_subjects(text, sentences, [whole]) == [whole]


def test_reported_words_lose_a_piece_from_the_middle_of_an_earlier_sentence() -> None:
    text = "It asks ships to pay 4.50 a tonne. By dusk 31 of them had paid, the guild said."
    said = told_in(text, "the guild", "said", "By dusk 31 of them had paid")
    stray = (Span(text.index("to pay"), text.index(".50")), *said.content)
    sentences = (Span(0, 34), Span(35, len(text)))
    assert share_subjects(text, sentences, [replace(said, content=stray)]) == [said]
    whole = replace(said, content=(Span(0, 34), *said.content))
    assert share_subjects(text, sentences, [whole]) == [whole]


def test_an_item_of_a_list_is_the_word_of_whoever_stands_above_the_list() -> None:
    text = "The Ministers:\n\n1. Strongly condemned the raid;\n\n2. Agreed that the port stays shut."
    cue, content = ((Span(text.index(words), text.index(words) + len(words)),) for words in ("Agreed", "that the port"))
    item = form_attribution((), cue, content, Directness.INDIRECT, score=0.9, produced_by="test")
    (shared,) = share_subjects(text, (Span(0, len(text)),), [item])
    assert quote_spans(text, shared.source) == "The Ministers"


def test_a_sentence_below_a_heading_is_not_the_headings_word() -> None:
    text = "The harbour:\n\nBoats came in all day.\n\nAgreed that the port stays shut."
    cue, content = ((Span(text.index(words), text.index(words) + len(words)),) for words in ("Agreed", "that the port"))
    item = form_attribution((), cue, content, Directness.INDIRECT, score=0.9, produced_by="test")
    assert share_subjects(text, (Span(0, len(text)),), [item]) == [item]
