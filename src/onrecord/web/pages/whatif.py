"""What if: a supposed event, and the open lines whose condition it would meet; or plainly none."""

from dataclasses import dataclass
from functools import cache
from typing import Annotated

from fastapi import Query

from onrecord.ledger.contract import View
from onrecord.records.redlines import Match, Passage, RedLine
from onrecord.records.scores import Encoder
from onrecord.records.spans import cover
from onrecord.web.marks import sentence_window
from onrecord.web.render import Row
from onrecord.web.sheets import Sheet
from onrecord.web.shown import LineShown, PassageShown, show_line, show_passage

MOST_SUPPOSED = 500  # characters: one sentence, not an article


@dataclass(frozen=True, slots=True)
class MatchShown:
    """An open line that the event would meet, why, and where it is worded."""

    line: LineShown
    score: float
    reason: str
    passages: tuple[PassageShown, ...]


@dataclass(frozen=True, slots=True)
class WhatIfPage:
    """What was supposed, how many lines were looked at, and those it would meet, best first."""

    supposed: str
    lines: int
    matches: tuple[MatchShown, ...]


Supposed = Annotated[str, Query(max_length=MOST_SUPPOSED, description="A sentence that supposes one event.")]


def whatif_page(view: View, text: Supposed = "") -> WhatIfPage:
    """The open lines whose condition a supposed event would meet."""
    supposed = text.strip()
    lines = view.all_lines() if supposed else ()
    matches = _find_matches(supposed, lines) if lines else ()
    return WhatIfPage(supposed, len(lines), tuple(_show_match(view, match) for match in matches))


def _find_matches(supposed: str, lines: tuple[RedLine, ...]) -> tuple[Match, ...]:
    from onrecord.redlines.whatif import match_event

    return match_event(supposed, lines, shared_encoder())


@cache
def shared_encoder() -> Encoder:
    """The encoder. It is imported and loaded when the first question comes: most visits never ask one."""
    from onrecord.encoder import load_encoder

    return load_encoder(1)


def _show_match(view: View, match: Match) -> MatchShown:
    return MatchShown(
        show_line(view.line(match.line)),
        match.score,
        match.reason,
        tuple(_show_passage(view, passage) for passage in match.passages),
    )


def _show_passage(view: View, passage: Passage) -> PassageShown:
    text = view.text(passage.document)
    window = sentence_window(text, cover(passage.spans), reach=160)
    return show_passage(passage.document, view.document(passage.document).title, text, window, passage.spans, ())


MATCH_COLUMNS = ("line", "issuer", "if", "then", "score", "reason", "passage", "document", "start", "end")


def _rows(page: WhatIfPage) -> list[Row]:
    return [
        (
            match.line.id,
            match.line.issuer.name,
            match.line.condition,
            match.line.consequence,
            round(match.score, 4),
            match.reason,
            passage.text,
            passage.document,
            passage.start,
            passage.end,
        )
        for match in page.matches
        for passage in match.passages
    ]


WHATIF = Sheet(
    "whatif", "/whatif", "whatif.html", WhatIfPage, whatif_page, MATCH_COLUMNS, _rows, "lines",
    "The open lines that a supposed event would meet",
)  # fmt: skip
