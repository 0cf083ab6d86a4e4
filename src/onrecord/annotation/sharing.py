"""Whose subject is whose: "Bek agreed to pause, but refused a truce, as Orlia sought, and also demanded a ban"."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.annotation.mending import NUMBER
from onrecord.annotation.words import read_words
from onrecord.records.changing import changed
from onrecord.records.findings import Attribution, Directness
from onrecord.records.spans import Span, contains

# The subject of an aside in commas is not that of a verb behind the aside: 0 of 77 sources that stand before ", and"
# or ", but" and their cue open with such an aside on PolNeAR train.
_ASIDE = re.compile(r",\s(?:as|which|whom|while|when|where)\s(?:the\s|an?\s)?\Z")
# The subject of a clause joined to somebody's words is no part of them: 3 of 22,948 contents end in what looks like
# such a joint right before another cue.
_JOINT = re.compile(r",?\s(?:as|while|whereas|,\s(?:and|but))\s(?=[\w’'-]+(?:\s[\w’'-]+){0,5}\Z)")
_BEHIND = re.compile(r"\s[^.;:“”\"\n]{2,80},\s(?:and|but)\s(?:\w+\s)?\Z")


def share_subjects(text: str, sentences: Sequence[Span], attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions; one whose source is only the subject of an aside gets that of the verb before the aside, and
    one whose own subject was read as the end of another's words gets it back.
    """
    whole = [drop_stray(text, sentences, each) for each in attributions]
    ended = [end_with_sentence(text, sentences, each) for each in whole]
    shared = [_with_subject(text, sentences, ended, each) for each in ended]
    shared = [_with_head(text, each) for each in shared]
    for joint, subject in _subjects_taken(text, shared):
        shared = [_part(text, each, joint, subject) for each in shared]
    return shared


# A line that only names somebody, and the items below it: "The Ministers:", "2. Agreed that …;".
_HEAD = re.compile(r"(?:\A|\n)[^\S\n]*(?P<who>[A-Z][^\n:,;.]{2,80}):[^\S\n]*\n")
_MARK = rf"(?:{NUMBER}|[-–—•*])"  # of an item
_ITEM = re.compile(rf"\n[^\S\n]*{_MARK}?[^\S\n]*(?:[A-Za-z]+ly\s)?\Z")
_LONGEST_LIST = 6_000  # characters: longer than the lists of communiqués


def _with_head(text: str, each: Attribution) -> Attribution:
    """Words without a source that open an item of a list are those of whoever the line above the list names."""
    if each.source or not each.cue:
        return each
    start = each.cue[0].start
    item = _ITEM.search(text[max(0, start - 40) : start])
    if item is None:
        return each
    heads = [match.span("who") for match in _HEAD.finditer(text, max(0, start - _LONGEST_LIST), start)]
    if not heads or any(word.is_finite for word in read_words(text, Span(*heads[-1]))):
        return each
    between = text[heads[-1][1] + 1 : start].split("\n")[:-1]  # the last line is the item itself
    listed = all(not line.strip() or _is_item(line) for line in between)
    return replace(each, source=(Span(*heads[-1]),)) if listed else each


def _is_item(line: str) -> bool:
    return re.match(rf"\s*{_MARK}\s", line) is not None


def drop_stray(text: str, sentences: Sequence[Span], each: Attribution) -> Attribution:
    """Reported words without a piece from the middle of an earlier sentence; 0 of 3,017 contents in pieces have one."""
    if len(each.content) < 2 or not each.cue:
        return each
    at = _sentence_at(sentences, each.cue[0].start)
    kept = tuple(piece for piece in each.content if not _is_stray(text, sentences, piece, at))
    return replace(each, content=kept) if kept else each


def _is_stray(text: str, sentences: Sequence[Span], piece: Span, cue: int) -> bool:
    """Whether a piece stands in a sentence before the cue's, opens it nowhere and is not quoted."""
    own = _sentence_at(sentences, piece.start)
    if not 0 <= own < cue:
        return False
    before = text[sentences[own].start : piece.start]
    quoted = before.count('"') % 2 == 1 or before.count("“") > before.count("”") or text[piece.start] in '"“”„«'
    return not quoted and re.search(r"\w", before) is not None


def _sentence_at(sentences: Sequence[Span], place: int) -> int:
    return bisect_right(sentences, place, key=lambda sentence: sentence.start) - 1


def end_with_sentence(text: str, sentences: Sequence[Span], each: Attribution) -> Attribution:
    """Reported words that run on into the first part of the next sentence end with their own."""
    if each.directness is not Directness.INDIRECT or not each.cue:
        return each
    return changed(each, content=tuple(_ended(text, sentences, piece, each.cue[0]) for piece in each.content))


def _ended(text: str, sentences: Sequence[Span], piece: Span, cue: Span) -> Span:
    first, last = _sentence_at(sentences, piece.start), _sentence_at(sentences, piece.end - 1)
    if first < 0 or first == last or cue.start >= sentences[last].start:
        return piece
    left = text[piece.end : sentences[last].end]
    ended = text[sentences[last - 1].end - 1]
    return piece if not re.search(r"\w", left) or ended not in ".!?" else Span(piece.start, sentences[last - 1].end - 1)


def _subjects_taken(text: str, attributions: Sequence[Attribution]) -> Iterator[tuple[int, Span]]:
    """(where the joint begins, the subject) of cues right behind another's words that end in "… as the troops"."""
    ends = {piece.end: piece for each in attributions for piece in each.content}
    for each in attributions:
        start = each.cue[0].start if each.cue else 0
        piece = ends.get(start - 1) if text[start - 1 : start] == " " else None
        if piece is None or any(contains(piece, cue) for cue in each.cue):
            continue
        joints = list(_JOINT.finditer(text, piece.start, piece.end))
        if joints and not any(word.is_finite for word in read_words(text, Span(joints[-1].end(), piece.end))):
            yield joints[-1].start(), Span(joints[-1].end(), piece.end)


def _part(text: str, each: Attribution, joint: int, subject: Span) -> Attribution:
    """The attribution without the words behind the joint; with the subject as its source where its cue follows it."""
    cut = tuple(
        Span(piece.start, joint) if piece.end == subject.end and piece.start < joint else piece
        for piece in each.content
    )
    follows = bool(each.cue) and each.cue[0].start > subject.end and not text[subject.end : each.cue[0].start].strip()
    return replace(each, source=(subject,), content=each.content) if follows else replace(each, content=cut)


def _with_subject(
    text: str, sentences: Sequence[Span], attributions: Sequence[Attribution], each: Attribution
) -> Attribution:
    if len(each.source) != 1 or not each.cue or not _is_asides(text, each.source[0], each.cue[0]):
        return each
    sentence = next((span for span in sentences if contains(span, each.source[0])), None)
    before = [
        other
        for other in attributions
        if sentence is not None
        and other.source
        and other.cue
        and sentence.start <= other.cue[0].start
        and other.cue[-1].end <= each.source[0].start
    ]
    nearest = max(before, key=lambda other: other.cue[0].start, default=None)
    return replace(each, source=nearest.source) if nearest is not None else each


def _is_asides(text: str, source: Span, cue: Span) -> bool:
    """Whether a source opens an aside that ends before its cue."""
    led = _ASIDE.search(text, max(0, source.start - 12), source.start)
    return led is not None and _BEHIND.fullmatch(text, source.end, cue.start) is not None
