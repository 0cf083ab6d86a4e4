"""Who hands which words to whom, in characters: drafts that are sure enough, mended, with speech within speech."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from onrecord.annotation.announced import prefer_announced
from onrecord.annotation.decoding import WordSpan
from onrecord.annotation.drafting import Draft, draft_attributions, draft_document
from onrecord.annotation.fixed import add_fixed
from onrecord.annotation.forming import form_attribution
from onrecord.annotation.mending import mend
from onrecord.annotation.nesting import may_hold_speech, skip_opening
from onrecord.annotation.quotation import judge_directness, quoted_regions
from onrecord.annotation.reports import part_reports
from onrecord.annotation.sharing import share_subjects
from onrecord.annotation.sureness import how_sure
from onrecord.annotation.transcripts import find_laid_out, prefer_laid_out
from onrecord.annotation.unmarked import add_unmarked
from onrecord.records.documents import Document, PartKind
from onrecord.records.findings import Attribution, Directness
from onrecord.records.scores import WordScores
from onrecord.records.spans import Span, Spans, contains, cover
from onrecord.settings import Settings

PRODUCER = "tagger"

NEVER_SPEECH = (PartKind.FURNITURE, PartKind.DATELINE)

Scorer = Callable[[str], WordScores]


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
    outer = [
        mend(document.text, _form(document.text, draft, sure, scores, regions, offset=0))
        for draft in draft_document(document, sentences, scores)
        if (sure := how_sure(draft, scores)) >= settings.threshold
    ]
    outer = [_without_dateline(document, each) for each in outer if not _in_furniture(document, each)]
    outer = prefer_laid_out(outer, find_laid_out(document, regions))
    outer = prefer_announced(document.text, sentences, outer, regions)
    outer = share_subjects(document.text, sentences, outer)
    outer = add_unmarked(document, outer)
    pairs = part_reports(document.text, add_fixed(document.text, sentences, outer, regions), regions)
    held = {id(relay) for _, relay in pairs}
    if score_again is not None:
        pairs += [
            (inner, each)
            for each, relay in tuple(pairs)
            if relay is None and id(each) not in held
            for inner in _find_nested(document.text, each, regions, score_again, settings)
        ]
    return _number(_once(pairs))


def _form(
    text: str, draft: Draft, sure: float, scores: WordScores, regions: tuple[Span, ...], offset: int
) -> Attribution:
    def place(spans: tuple[WordSpan, ...]) -> Spans:
        placed = [Span(scores.words[a].start + offset, scores.words[b - 1].end + offset) for a, b, _, _ in spans]
        return _join_touching(text, sorted(placed))

    content = place(draft.content)
    directness = judge_directness(text, content, regions)
    if not draft.cue and directness is Directness.INDIRECT:
        directness = Directness.UNMARKED
    return form_attribution(
        place(draft.source), place(draft.cue), content, directness, score=round(sure, 3), produced_by=PRODUCER
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


def _without_dateline(document: Document, attribution: Attribution) -> Attribution:
    """Nobody says the dateline: its pieces go where others are left."""
    lines = [part.span for part in document.parts if part.kind is PartKind.DATELINE]
    said = tuple(piece for piece in attribution.content if not any(contains(line, piece) for line in lines))
    return replace(attribution, content=said) if said and said != attribution.content else attribution


def _find_nested(
    text: str, outer: Attribution, regions: tuple[Span, ...], score_again: Scorer, settings: Settings
) -> list[Attribution]:
    """Attributions inside the content of one; each must be smaller than the content it stands in."""
    found = []
    for span in outer.content:
        start = skip_opening(text, span)
        inside = text[start : span.end]
        if outer.directness is Directness.DIRECT or not may_hold_speech(inside):
            continue
        scores = score_again(inside)
        for draft in draft_attributions(scores):
            sure = how_sure(draft, scores)
            if draft.cue and sure >= settings.threshold:
                inner = mend(text, _form(text, draft, sure, scores, regions, start))
                if inner.source or not _goes_on(text, span, inner):
                    found.append(inner)
    return found


def _goes_on(text: str, content: Span, inner: Attribution) -> bool:
    """Whether an inner cue only goes on with the outer one, without a subject: "refused | to agree | to a truce"."""
    return text[content.start : inner.cue[0].start].strip().lower() in ("", "to", "not to")


def _once(pairs: Sequence[tuple[Attribution, Attribution | None]]) -> list[tuple[Attribution, Attribution | None]]:
    """Each attribution once, as speech within speech where it was found so too: speech laid out without marks may
    hold what the first look found by itself.
    """
    return list({(each.source, each.cue, each.content): (each, outer) for each, outer in pairs}.values())


def _number(pairs: Sequence[tuple[Attribution, Attribution | None]]) -> tuple[Attribution, ...]:
    """Ids in reading order; an inner attribution names its outer one."""
    ordered = sorted(pairs, key=lambda pair: (cover(pair[0].content), pair[1] is not None))
    ids = {id(attribution): f"s{index}" for index, (attribution, _) in enumerate(ordered, 1)}
    return tuple(
        replace(attribution, id=ids[id(attribution)], within=ids[id(outer)] if outer is not None else None)
        for attribution, outer in ordered
    )
