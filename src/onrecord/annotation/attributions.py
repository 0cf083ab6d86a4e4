"""Who hands which words to whom: spans from the tagger, joined by its links.

Each content asks for its cue and each cue for its source. Contents that choose the same cue are fragments of one
attribution, so split and multi-paragraph quotations need no rule of their own.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from onrecord.annotation.calibration import calibrate
from onrecord.annotation.decoding import WordSpan, decode_spans, link_probabilities
from onrecord.annotation.mending import mend
from onrecord.annotation.quotation import judge_directness, quoted_regions
from onrecord.annotation.transcripts import find_laid_out, prefer_laid_out
from onrecord.annotation.unmarked import find_unmarked
from onrecord.records.actors import LinkBasis
from onrecord.records.documents import Document, PartKind
from onrecord.records.findings import Act, Attribution, Directness, Speaker
from onrecord.records.scores import ATTRIBUTION_LABELS, WordScores
from onrecord.records.spans import Span, Spans, contains, cover
from onrecord.settings import Settings

UNLINKED = Speaker(None, None, LinkBasis.NONE, 0.0, "not linked yet")
PRODUCER = "tagger"
SHORTEST_NEST = 6  # words a content needs before it is searched for speech within speech

UNENDED = re.compile(r"\w[^\S\n]*\n\s*")  # a line that just stops: 2 of 22,948 contents in PolNeAR train cross one

ISLANDS = (PartKind.HEADLINE, PartKind.HEADING, PartKind.CAPTION)
NEVER_SPEECH = (PartKind.FURNITURE, PartKind.DATELINE)

Scorer = Callable[[str], WordScores]


@dataclass(frozen=True, slots=True)
class Draft:
    """One attribution as word spans, before offsets."""

    source: tuple[WordSpan, ...]
    cue: tuple[WordSpan, ...]
    content: tuple[WordSpan, ...]
    score: float


def find_attributions(
    document: Document,
    sentences: tuple[Span, ...],
    scores: WordScores,
    settings: Settings,
    *,
    score_again: Scorer | None = None,
) -> tuple[Attribution, ...]:
    """Every attribution of a document, in reading order, speakers not linked yet.

    score_again: scores a stretch of text on its own; with it, speech within speech is found as well and linked by
    `within` (a relay). Attributions below `settings.threshold` and those inside site furniture are left out.
    """
    regions = quoted_regions(document.text)
    drafts = draft_attributions(scores, find_walls(document, scores.words), find_openings(sentences, scores.words))
    drafts = keep_to_islands(document, scores.words, drafts)
    outer = [
        mend(document.text, _form(document.text, draft, scores, regions, offset=0))
        for draft in drafts
        if calibrate(draft.score) >= settings.threshold
    ]
    outer = [each for each in outer if not _in_furniture(document, each)]
    outer = prefer_laid_out(outer, find_laid_out(document))
    outer += find_unmarked(document, outer)
    pairs: list[tuple[Attribution, Attribution | None]] = [(each, None) for each in outer]
    if score_again is not None:
        pairs += [
            (inner, each)
            for each in outer
            for inner in _find_nested(document.text, each, regions, score_again, settings)
        ]
    return _number(pairs)


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
            kept.append(replace(draft, content=content))
    return tuple(kept)


def draft_attributions(
    scores: WordScores, walls: frozenset[int] = frozenset(), openings: tuple[int, ...] = ()
) -> tuple[Draft, ...]:
    """Tagger spans joined by their links, in reading order of their contents."""
    roles: dict[str, list[WordSpan]] = defaultdict(list)
    lines = find_lines(scores)
    for span in decode_spans(scores.attribution, ATTRIBUTION_LABELS):
        roles[span.role].extend(split_span(span, walls if span.role == "content" else walls | lines))
    contents_of = _link_contents(scores, roles["content"], roles["cue"])
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
        sure = _weigh(contents, (cues[index],), source) * linked * float(chances[best])
        drafts.append(Draft(source, (cues[index],), contents, sure))
    for content, probability in contents_of.get(-1, []):
        drafts.append(Draft((), (), (content,), content.score * probability))
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


def _form(text: str, draft: Draft, scores: WordScores, regions: tuple[Span, ...], offset: int) -> Attribution:
    def place(spans: tuple[WordSpan, ...]) -> Spans:
        placed = [Span(scores.words[a].start + offset, scores.words[b - 1].end + offset) for a, b, _, _ in spans]
        return _join_touching(text, sorted(placed))

    content = place(draft.content)
    directness = judge_directness(text, content, regions)
    if not draft.cue and directness is Directness.INDIRECT:
        directness = Directness.UNMARKED
    return Attribution(
        id="",
        source=place(draft.source),
        cue=place(draft.cue),
        content=content,
        directness=directness,
        speaker=UNLINKED,
        act=Act.OTHER,
        within=None,
        said_on=None,
        score=round(calibrate(draft.score), 3),
        produced_by=PRODUCER,
    )


def _join_touching(text: str, spans: Sequence[Span]) -> Spans:
    """Fragments with only white space between them as one."""
    joined: list[Span] = []
    for span in spans:
        if joined and not text[joined[-1].end : span.start].strip():
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return tuple(joined)


def _in_furniture(document: Document, attribution: Attribution) -> bool:
    place = cover(attribution.content)
    return any(part.kind in NEVER_SPEECH and contains(part.span, place) for part in document.parts)


def _find_nested(
    text: str, outer: Attribution, regions: tuple[Span, ...], score_again: Scorer, settings: Settings
) -> list[Attribution]:
    """Attributions inside the content of one; each must be smaller than the content it stands in."""
    found = []
    for span in outer.content:
        inside = text[span.start : span.end]
        if outer.directness is Directness.DIRECT or len(inside.split()) < SHORTEST_NEST:
            continue
        scores = score_again(inside)
        for draft in draft_attributions(scores):
            if draft.cue and calibrate(draft.score) >= settings.threshold:
                found.append(_form(text, draft, scores, regions, span.start))
    return found


def _number(pairs: Sequence[tuple[Attribution, Attribution | None]]) -> tuple[Attribution, ...]:
    """Ids in reading order; an inner attribution names its outer one."""
    ordered = sorted(pairs, key=lambda pair: (cover(pair[0].content), pair[1] is not None))
    ids = {id(attribution): f"s{index}" for index, (attribution, _) in enumerate(ordered, 1)}
    return tuple(
        replace(attribution, id=ids[id(attribution)], within=ids[id(outer)] if outer is not None else None)
        for attribution, outer in ordered
    )
