"""Lines from marked-up sentences, for the tests of this room."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evaluation.marked import form_actors, mark_document

from onrecord.records.findings import Findings
from onrecord.records.redlines import RedLine, Status, StatusEntry
from onrecord.records.scores import Encoder
from onrecord.redlines.lines import form_red_lines
from onrecord.redlines.statements import form_statements

GOLD = Path(__file__).parents[2] / "evaluation" / "gold" / "redlines_tuning.yml"
ACTORS = form_actors(
    {
        "tarn": {"names": ["Ilse Tarn", "Tarn"], "office": "president"},
        "velland": {"names": ["Velland", "Vellish"], "type": "state"},
        "morrow": {"names": ["Morrow", "Morrovian"], "type": "state"},
        "hask": {"names": ["Piet Hask", "Hask"], "office": "minister"},
        "odo": {"names": ["Marek Odo", "Odo"], "office": "spokesman"},
    }
)


def article(text: str, published: str | None = "2031-03-05", outlet: str = "Quay Gazette", **more: Any) -> Findings:
    """The findings of one marked article."""
    given = {"text": text, "published": published, "outlet": outlet, **more}
    return mark_document(given, ACTORS)[0]


def lines_of(encoder: Encoder, *articles: Findings) -> tuple[RedLine, ...]:
    """The red lines of some articles."""
    statements = tuple(statement for each in articles for statement in form_statements(each))
    return form_red_lines(tuple(articles), statements, encoder)


def line_about(words: str, lines: Sequence[RedLine]) -> RedLine:
    """The one line whose condition has these words."""
    (found,) = (line for line in lines if words in line.condition)
    return found


def steps_of(line: RedLine) -> list[str]:
    """The statuses of a line's history, in order."""
    return [entry.status.value for entry in line.history]


def entry_of(line: RedLine, status: Status) -> StatusEntry:
    """The first step of a status."""
    return next(entry for entry in line.history if entry.status is status)


def texts_of(articles: Sequence[Findings]) -> Mapping[str, str]:
    """The texts of some articles by document id."""
    return {each.document.id: each.document.text for each in articles}
