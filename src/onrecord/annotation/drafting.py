"""Spans and links of the tagger → drafts: who hands which words to whom, still in words rather than characters.

Each content asks for its cue and each cue for its source. Contents that choose the same cue are fragments of one
attribution, so split and multi-paragraph quotations need no rule of their own.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from onrecord.annotation.decoding import WordSpan, decode_spans, link_probabilities
from onrecord.records.changing import changed
from onrecord.records.documents import Document, PartKind
from onrecord.records.scores import ATTRIBUTION_LABELS, WordScores
from onrecord.records.spans import Span, contains

LEAN = {"source": 0.4, "cue": 0.8, "content": 0.4}
"""What is added to a role's log probability before spans are read: at even odds the tagger stays silent too often.
PolNeAR dev, with sureness judged afterwards: linked F1 72.7 without, 73.4 with 0.2/0.4/0.2, 73.6 with these."""

FRAGMENT = 0.7
"""A second content stays with the cue it chose from this chance on; below, it is a draft of its own without a cue.
PolNeAR dev, linked F1: 72.4 at 0 (always), 72.5 at 0.5, 72.7 at 0.7."""

UNENDED = re.compile(r"\w[^\S\n]*\n\s*")  # a line that just stops: 2 of 22,948 contents in PolNeAR train cross one

ISLANDS = (PartKind.HEADLINE, PartKind.HEADING, PartKind.CAPTION)


@dataclass(frozen=True, slots=True)
class Draft:
    """One attribution as word spans. parts: mean label probability of its weakest part; links: chance of its links."""

    source: tuple[WordSpan, ...]
    cue: tuple[WordSpan, ...]
    content: tuple[WordSpan, ...]
    parts: float
    links: float


def draft_document(document: Document, sentences: Sequence[Span], scores: WordScores) -> tuple[Draft, ...]:
    """The drafts of a whole document, in reading order of their contents."""
    walls, openings = find_walls(document, scores.words), find_openings(sentences, scores.words)
    return keep_to_islands(document, scores.words, draft_attributions(scores, walls, openings))


def find_walls(document: Document, words: Sequence[Span]) -> frozenset[int]:
    """Words before which no span may go on: where a headline, heading, dateline or caption begins or ends.

    Such lines often lack a full stop, and the tagger then reads on into the next one; so it does after any other line
    that ends without a mark.
    """
    starts = [word.start for word in words]
    edges = [edge for part in document.parts if part.kind is not PartKind.BODY for edge in part.span]
    edges += [match.end() for match in UNENDED.finditer(document.text)]
    return frozenset(bisect_left(starts, edge) for edge in edges)


def find_openings(sentences: Sequence[Span], words: Sequence[Span]) -> tuple[int, ...]:
    """Words that open a sentence, rising."""
    starts = [word.start for word in words]
    return tuple(sorted({bisect_left(starts, sentence.start) for sentence in sentences}))


def keep_to_islands(document: Document, words: Sequence[Span], drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """The drafts without contents in a headline or heading whose cue stands elsewhere."""
    islands = [part.span for part in document.parts if part.kind in ISLANDS]

    def island_of(span: WordSpan) -> Span | None:
        return next((each for each in islands if contains(each, words[span.first])), None)

    kept = []
    for draft in drafts:
        home = {island_of(cue) for cue in draft.cue}
        content = tuple(each for each in draft.content if not home or island_of(each) in home)
        if content:
            kept.append(changed(draft, content=content))
    return tuple(kept)


def draft_attributions(
    scores: WordScores, walls: frozenset[int] = frozenset(), openings: tuple[int, ...] = ()
) -> tuple[Draft, ...]:
    """Tagger spans joined by their links, in reading order of their contents."""
    roles: dict[str, list[WordSpan]] = defaultdict(list)
    lines = find_lines(scores)
    for span in decode_spans(scores.attribution, ATTRIBUTION_LABELS, LEAN):
        roles[span.role].extend(split_span(span, walls if span.role == "content" else walls | lines))
    contents_of = _part_unsure(_link_contents(scores, roles["content"], roles["cue"]))
    for index in contents_of.keys() - {-1}:
        contents_of[index] = _keep_near(contents_of[index], roles["cue"][index], walls)
    drafts = _join(scores, contents_of, roles["cue"], roles["source"], openings)
    return tuple(sorted(drafts, key=lambda draft: draft.content[0].first))


def _keep_near(
    contents: list[tuple[WordSpan, float]], cue: WordSpan, walls: frozenset[int]
) -> list[tuple[WordSpan, float]]:
    """Of two contents that touch at a wall, only the one nearer their cue."""
    spans = [each for each, _ in contents]
    far = set()
    for one, other in pairwise(sorted(spans)):
        if one.last == other.first and other.first in walls:
            far.add(one if cue.first >= other.first else other)
    return [(each, chance) for each, chance in contents if each not in far]


def find_lines(scores: WordScores) -> frozenset[int]:
    """Words that open a line: no name and no verb of saying runs on over a line break."""
    if scores.link_table is None:
        return frozenset()
    breaks = scores.link_table.breaks
    return frozenset(index for index in range(1, len(breaks)) if breaks[index] != breaks[index - 1])


def split_span(span: WordSpan, stops: frozenset[int]) -> list[WordSpan]:
    """The pieces of a span between stops."""
    cuts = [span.first, *(index for index in range(span.first + 1, span.last) if index in stops), span.last]
    return [WordSpan(first, last, span.role, span.score) for first, last in pairwise(cuts)]


def _link_contents(
    scores: WordScores, contents: Sequence[WordSpan], cues: Sequence[WordSpan]
) -> dict[int, list[tuple[WordSpan, float]]]:
    """Contents by the cue they choose; -1 for those that have none."""
    chosen: dict[int, list[tuple[WordSpan, float]]] = defaultdict(list)
    if contents:
        table = link_probabilities(scores, 1, contents, cues)
        for content, row in zip(contents, table, strict=True):
            best = int(row.argmax())
            chosen[best if best < len(cues) else -1].append((content, float(row[best])))
    return chosen


def _part_unsure(contents_of: dict[int, list[tuple[WordSpan, float]]]) -> dict[int, list[tuple[WordSpan, float]]]:
    """Contents by cue, where all but the surest content of a cue must have chosen it with a chance of FRAGMENT."""
    parted: dict[int, list[tuple[WordSpan, float]]] = defaultdict(list)
    for index, contents in contents_of.items():
        surest = max(chance for _, chance in contents)
        for content, chance in contents:
            if index < 0 or chance >= FRAGMENT or chance == surest:
                parted[index].append((content, chance))
            else:
                parted[-1].append((content, 1 - chance))
    return parted


def _join(
    scores: WordScores,
    contents_of: dict[int, list[tuple[WordSpan, float]]],
    cues: Sequence[WordSpan],
    sources: Sequence[WordSpan],
    openings: tuple[int, ...],
) -> list[Draft]:
    drafts = []
    used = [index for index in contents_of if index >= 0]
    rows = list(link_probabilities(scores, 0, [cues[index] for index in used], sources)) if used else []
    for index, row in zip(used, rows, strict=True):
        chances = _rule_out_later(row, cues[index], sources, openings)
        best = int(chances.argmax())
        source = (sources[best],) if best < len(sources) else ()
        contents = tuple(content for content, _ in contents_of[index])
        linked = min(probability for _, probability in contents_of[index])
        parts = _weigh(contents, (cues[index],), source)
        drafts.append(Draft(source, (cues[index],), contents, parts, linked * float(chances[best])))
    for content, probability in contents_of.get(-1, []):
        drafts.append(Draft((), (), (content,), content.score, probability))
    return drafts


def _rule_out_later(
    row: NDArray[np.float64], cue: WordSpan, sources: Sequence[WordSpan], openings: tuple[int, ...]
) -> NDArray[np.float64]:
    """Chances without sources behind the cue's sentence: there stand 8 of 18,404 in PolNeAR train."""
    here = bisect_right(openings, cue.last - 1)
    later = [place for place, source in enumerate(sources) if bisect_right(openings, source.first) > here]
    row = row.copy()
    row[later] = 0.0
    return row


def _weigh(*parts: tuple[WordSpan, ...]) -> float:
    """The weakest part's mean score: an attribution is no surer than its least sure part."""
    return min(sum(span.score for span in part) / len(part) for part in parts if part)
