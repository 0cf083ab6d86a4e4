"""Speech laid out rather than told: transcript lines ("MAYOR: We stay."), quotations signed below ("— Ida Marsh") and
the paragraphs of resolutions; interviews printed as questions and answers without labels.

The tagger learnt from running prose and misses both. The layout is the cue, so a rule is surer than a score.
"""

import re
from collections.abc import Iterator, Sequence

from onrecord.annotation.forming import form_attribution
from onrecord.annotation.quotation import judge_directness
from onrecord.annotation.resolutions import find_resolved
from onrecord.records.documents import Document, PartKind
from onrecord.records.findings import Attribution, Directness
from onrecord.records.spans import Span, Spans, overlaps, trim

TRANSCRIPT, SIGNED, INTERVIEW = "rule:transcript", "rule:signed_quotation", "rule:interview"
SCORE = 0.95  # words and speaker right in 33 of 34 on PolNeAR dev; the other turn runs on into the next paragraph
FEWEST_TURNS = 3  # fewer capitals with a colon are headlines, kickers and lists
SHORTEST = 3  # words of a turn
FEWEST_QUESTIONS = 3  # fewer lines that ask are headlines, or a writer's own questions
LEAST_ASKED = 0.4  # of an interviewer's lines end in a question mark; the others put something to the one asked
LINE = re.compile(r"[^\n]+")
TURN = re.compile(r"[\"“]?(?P<who>(?:[A-Z][A-Z.'’\-]+(?: [A-Z][A-Z.'’\-]+){0,4})|Q|A)(?P<cue>:)\s+(?P<said>\S.*)")
QUOTED = r"(?P<said>[\"“”].{20,}[\"”])"
SIGNATURE = r"(?P<cue>[―—–])\s*(?P<who>[A-Z][^\d:;!?\"“”]{2,60}?)"
# "She spoke to Ilse Marr in Orrin.", "Orla Vale talked to us about the dam."
INTRODUCED = re.compile(
    r"(?:^|(?<=[.!?:] ))(?P<who>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}) "
    r"(?P<cue>(?:spoke|speaks|talked|talks) (?:to|with)|answered (?:our|the) questions|answers (?:our|the) questions)\b"
)
SIGNED_BLOCK = re.compile(
    rf"^[^\S\n]*{QUOTED}\s{{0,3}}{SIGNATURE}[^\S\n]*$", re.MULTILINE
)  # on one line, or the name on the next


def find_laid_out(document: Document, regions: Spans) -> tuple[Attribution, ...]:
    """Attributions that the layout alone gives, ids still empty; () for running prose. regions: what is quoted."""
    lines = [match.span() for match in LINE.finditer(document.text)]
    turns, signed = _find_turns(document, regions, lines), _find_signed(document, regions)
    answers = _find_answers(document, regions, [Span(*line) for line in lines])
    return (*turns, *signed, *find_resolved(document, regions), *answers)


def prefer_laid_out(told: Sequence[Attribution], laid_out: Sequence[Attribution]) -> list[Attribution]:
    """The told attributions whose content meets no laid-out one, and the laid-out ones."""
    taken = [span for each in laid_out for span in each.content]
    kept = [each for each in told if not any(overlaps(span, other) for span in each.content for other in taken)]
    return [*kept, *laid_out]


def _find_turns(document: Document, regions: Spans, lines: Sequence[tuple[int, int]]) -> Iterator[Attribution]:
    matches = [TURN.fullmatch(document.text, *line) for line in lines]
    turns = [match for match in matches if match and len(match["said"].split()) >= SHORTEST]
    turns = [match for match in turns if not _is_aside(document, Span(*match.span()))]
    if len(turns) < FEWEST_TURNS or len({match["who"] for match in turns}) == len(turns):
        return
    for match in turns:
        content = trim(document.text, Span(*match.span("said")), also='"”')
        if content is not None:
            who, cue = Span(*match.span("who")), Span(*match.span("cue"))
            yield _form(document, regions, (who, cue, content), TRANSCRIPT)


def _find_answers(document: Document, regions: Spans, lines: Sequence[Span]) -> Iterator[Attribution]:
    """The answers of an interview without labels: below a line that names who "spoke to" the outlet, questions and
    answers take turns. None where questions stand on both sides: then nobody can tell them apart.
    """
    text = document.text
    lines = [line for line in lines if text[slice(*line)].strip() and not _is_aside(document, line)]
    asked = [place for place, line in enumerate(lines) if text[slice(*line)].rstrip(' ”"').endswith("?")]
    if len(asked) < FEWEST_QUESTIONS or len({place % 2 for place in asked}) > 1:
        return
    first = asked[0]
    introduced = (INTRODUCED.search(text, *line) for line in lines[:first])
    named = next((match for match in introduced if match is not None), None)
    answers = lines[first + 1 :: 2]
    if named is None or not answers or len(asked) < len(answers) * LEAST_ASKED:
        return
    who, cue = (Span(*named.span(part)) for part in ("who", "cue"))
    for line in answers:
        content = trim(text, line)
        if content is not None and not TURN.fullmatch(text, *line):
            yield _form(document, regions, (who, cue, content), INTERVIEW)


def _is_aside(document: Document, line: Span) -> bool:
    kinds = (PartKind.FURNITURE, PartKind.DATELINE)
    return any(part.kind in kinds and overlaps(part.span, line) for part in document.parts)


def _find_signed(document: Document, regions: Spans) -> Iterator[Attribution]:
    for match in SIGNED_BLOCK.finditer(document.text):
        who, cue, said = (Span(*match.span(group)) for group in ("who", "cue", "said"))
        yield _form(document, regions, (who, cue, said), SIGNED)


def _form(document: Document, regions: Spans, parts: tuple[Span, Span, Span], rule: str) -> Attribution:
    source, cue, content = parts
    directness = judge_directness(document.text, (content,), regions)
    if directness is Directness.INDIRECT:  # a transcript prints spoken words, with marks or without
        directness = Directness.UNMARKED
    return form_attribution((source,), (cue,), (content,), directness, score=SCORE, produced_by=rule)
