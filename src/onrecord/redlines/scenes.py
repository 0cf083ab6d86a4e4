"""What sentences tell as fact, whatever their verb: ready to be compared with lines by their sense.

A report (reports.py) is compared by its words, so that a list must know its happening. "No trains were running" and
"officers opened six wagons" are told in words that no list will ever hold; what they say is compared as a whole.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from onrecord.lexicon.loader import load_lexicon
from onrecord.records.documents import PartKind
from onrecord.records.findings import Attribution, EventRealis, Findings
from onrecord.records.spans import Covered, Span, overlaps, quote_span
from onrecord.redlines.concepts import labelled_words, listed_phrases
from onrecord.redlines.drafts import has_words
from onrecord.redlines.reports import Report, form_sentence, own_words
from onrecord.redlines.sentences import split_sentences_of
from onrecord.redlines.words import Word, list_forms, split_words, without_month

PARTED = re.compile(r"[;:—–]\s|,\s+(?:and|but|while|as|after|when|yet)\s|\s(?:after|as|while|when|because|since|yet)\s")
OBJECT = 3  # words from a verb to what it is done to
LEAST = 3  # words that tell something by themselves
BEING = frozenset({"is", "are", "was", "were", "been"})
PERFECT = frozenset({"has", "have", "had"})
SHORT = 4  # letters: "need" and "shed" are no verbs of the past


def list_scenes(findings: Findings) -> tuple[Report, ...]:
    """What the sentences of a document's body tell as fact, each whole and by its clauses, in the order of the text.

    Left out are questions, and what is supposed, planned, feared or threatened. Words of others stand for themselves.
    """
    document = findings.document
    keys = {actor.id: actor.key for actor in findings.actors}
    aside = [part.span for part in document.parts if part.kind is not PartKind.BODY]
    supposed = Covered(_list_supposed(findings))
    found: dict[Span, Report] = {}
    for whole, teller in _list_pieces(findings):
        if any(overlaps(part, whole) for part in aside) or _is_question(document.text, whole):
            continue
        for piece in _list_parts(document.text, whole):
            told = supposed.first_in(piece) is None and tells_fact(quote_span(document.text, piece))
            if told and piece not in found:
                found[piece] = _form_scene(findings, piece, teller, keys)
    return tuple(found[piece] for piece in sorted(found))


def _list_supposed(findings: Findings) -> Iterator[Span]:
    """Where conditions stand, and events that are neither said to have happened nor not to."""
    for condition in findings.conditions:
        yield from (span for alternative in condition.condition for span in alternative)
    for event in findings.events:
        if event.realis not in (EventRealis.ASSERTED, EventRealis.DENIED):
            yield from event.spans


def _list_pieces(findings: Findings) -> Iterator[tuple[Span, Attribution | None]]:
    """The outlet's own sentences, and those that somebody is quoted with."""
    yield from own_words(findings)
    text = findings.document.text
    for each in findings.attributions:
        for content in each.content:
            for span in split_sentences_of(quote_span(text, content)):
                yield Span(content.start + span.start, content.start + span.end), each


def _is_question(text: str, piece: Span) -> bool:
    return text[piece.start : piece.end + 1].rstrip("\"'”’ ").endswith("?")


def _list_parts(text: str, whole: Span) -> Iterator[Span]:
    """A piece as a whole, and its clauses where it has several."""
    yield whole
    bounds = list(PARTED.finditer(text, whole.start, whole.end))
    starts = (whole.start, *(match.end() for match in bounds))
    ends = (*(match.start() for match in bounds), whole.end)
    for start, end in zip(starts, ends, strict=True):
        if bounds and len(split_words(text[start:end])) >= LEAST:
            yield Span(start, end)


def tells_fact(words: str) -> bool:
    """Whether words tell in the past, or as going on, and suppose nothing."""
    listed = split_words(words)
    supposed = listed_phrases("scenes", "supposed").stand_in(list_forms(without_month(words)))
    if len(listed) < LEAST or supposed or has_words("long_ago", words):
        return False
    inverted = listed[0].folded == "had"  # "had they asked" is contrary to fact
    return not inverted and any(_is_told(listed, place) for place in range(1, len(listed)))


def _is_told(words: Sequence[Word], place: int) -> bool:
    """Whether a word is a verb of the past, a participle behind a form of "be" or "have", or says that it lasts."""
    folded = words[place].folded
    if folded == "still":
        return True
    before = {word.folded for word in words[max(0, place - 3) : place]}
    if folded.endswith("ing"):
        return not BEING.isdisjoint(before)
    if folded in _listed("participles"):
        return not (BEING | PERFECT).isdisjoint(before)
    return folded in _listed("past") or (folded.endswith("ed") and len(folded) > SHORT)


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(str(word) for word in load_lexicon("scenes")[name])


def _form_scene(findings: Findings, piece: Span, teller: Attribution | None, keys: Mapping[str, str]) -> Report:
    words = quote_span(findings.document.text, piece)
    scene = form_sentence(findings, piece, words, words, teller, keys, EventRealis.ASSERTED)
    stage = scene.gist.stage if _has_stage(words) else None
    return replace(scene, gist=replace(scene.gist, stage=stage))


def _has_stage(text: str) -> bool:
    """Whether a word of planning stands at the first verb told ("signed the decree"), not in an aside behind it."""
    words = split_words(text)
    first = next((place for place in range(1, len(words)) if _is_told(words, place)), len(words))
    return any(hit.first <= first + OBJECT for hit in labelled_words("stages").find(words) if hit.value != "done")
