"""What a supposed event would meet: the open lines whose condition it fits, or none, said plainly."""

from collections.abc import Iterator

from onrecord.records.redlines import LineMention, Match, Passage, RedLine, RollUp, Status
from onrecord.records.scores import Encoder
from onrecord.redlines.concepts import small_words
from onrecord.redlines.gist import Gist, Part, read_gist, turn
from onrecord.redlines.meeting import Meeting, Scope, best_meeting, condition_names, may_meet, meet
from onrecord.redlines.names import Known, known_key, name_of
from onrecord.redlines.vectors import Vectors
from onrecord.redlines.words import split_words

CLOSED = frozenset({RollUp.WITHDRAWN, RollUp.SUPERSEDED})
CONDITION_STEPS = frozenset({Status.CONDITION_ANNOUNCED, Status.CONDITION_REPORTED, Status.TESTED_BELOW_THRESHOLD})
MOST_PASSAGES = 3


def match_event(text: str, lines: tuple[RedLine, ...], encoder: Encoder) -> tuple[Match, ...]:
    """The open lines whose condition the event would meet, best first; () where it would meet none.

    text: a sentence that supposes one event ("a toll is announced in the strait").
    """
    event = read_gist(text)
    candidates = () if _is_only_possible(text) else find_candidates(event, lines)
    conditions = [read_gist(mention.condition_text) for line in candidates for mention in line.mentions]
    texts = (each for gist in (event, *conditions) for each in (gist.text, *gist.forms.values()))
    vectors = Vectors(encoder, texts)
    matches = (match for line in candidates if (match := _match_line(event, line, vectors)) is not None)
    return tuple(sorted(matches, key=lambda match: (-match.score, match.line)))


def _is_only_possible(text: str) -> bool:
    """Whether the sentence says that it may happen, not that it does. "May" with a capital is the month."""
    words = split_words(text)
    return any(words[hit.first].printed.islower() for hit in small_words("possible").find(words))


def find_candidates(event: Gist, lines: tuple[RedLine, ...]) -> tuple[RedLine, ...]:
    """The open lines that share enough plain words with the event for a closer look."""
    return tuple(
        line
        for line in lines
        if line.rollup not in CLOSED and any(may_meet(event, _wanted(mention)) for mention in line.mentions)
    )


def _match_line(event: Gist, line: RedLine, vectors: Vectors) -> Match | None:
    scope = line_scope(line)
    found = tuple(_meet_mentions(event, line, scope, vectors))
    best = best_meeting(meeting for meeting, _ in found)
    if best is None or best.short is not None:
        return None
    met = sorted((each for each in found if each[0].short is None), key=lambda each: (-each[0].score, each[1].id))
    return Match(
        line=line.id,
        issuer_name=line.issuer_name,
        condition=line.condition,
        consequence=line.consequence,
        score=best.score,
        reason=best.reason,
        passages=tuple(_passage(mention, line) for _, mention in met[:MOST_PASSAGES]),
        negated=line.negated,
    )


def _meet_mentions(event: Gist, line: RedLine, scope: Scope, vectors: Vectors) -> Iterator[tuple[Meeting, LineMention]]:
    for mention in line.mentions:
        condition = read_gist(mention.condition_text)
        meeting = meet(event, condition, mention.negated, scope, vectors) if condition.terms else None
        if meeting is not None:
            yield meeting, mention


def line_scope(line: RedLine) -> Scope:
    """Every name in a line's mentions and in the reports that concern its condition, and the names of its issuer."""
    texts = [text for mention in line.mentions for text in (mention.condition_text, mention.consequence_text)]
    texts += [entry.passage.text for entry in line.history if entry.status in CONDITION_STEPS]
    names = (name.known for text in texts for name in read_gist(text).names)
    issuer = tuple(_issuer_names(line))
    wanted = [_wanted(mention) for mention in line.mentions]
    events = frozenset(event for gist in wanted for event in gist.events)
    doers = [name.known for gist in wanted for name in gist.named(Part.AGENT)]
    named = condition_names(wanted)
    return Scope(tuple(dict.fromkeys((*names, *issuer))), issuer, events, tuple(dict.fromkeys(doers)), named)


def _wanted(mention: LineMention) -> Gist:
    gist = read_gist(mention.condition_text)
    return turn(gist) if mention.negated else gist


def _issuer_names(line: RedLine) -> Iterator[Known]:
    if line.issuer_name:
        yield name_of(line.issuer_name)
    for key in (line.issuer, line.on_behalf_of):
        if key is not None:
            yield known_key(key) or name_of(key.rsplit(":", 1)[-1].title())


def _passage(mention: LineMention, line: RedLine) -> Passage:
    """The passage of a mention: the one its step shows where it has one, else the words of the condition."""
    for entry in line.history:
        shown = entry.passage
        if shown.document == mention.document and mention.passage in shown.spans:
            return shown
    return Passage(mention.document, mention.condition[0], mention.condition_text)
