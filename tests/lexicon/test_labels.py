"""What readers are told about values: the words for how a condition was recognised."""

import pytest

from onrecord.lexicon.labels import tell_reading
from onrecord.records.findings import DRAWN, Condition, Form, Operator, Realis
from onrecord.records.spans import Span

MODEL = "read by the trained model alone; no word such as “if” stands there"
CONTRARY = "read by the trained model as contrary to fact; no listed wording stands there"
BOTH = "recognised by its wording; the trained model too reads it as a line that somebody lays down"


@pytest.mark.parametrize(
    ("produced_by", "flags", "told"),
    [
        ("cue:if", (), "recognised by its wording"),
        ("cue:if", (DRAWN,), BOTH),
        ("nominal:red_line_is", ("red_line", DRAWN), BOTH),
        ("head:drawn", ("no_cue", DRAWN), MODEL),
        ("head:contrary", ("no_cue",), CONTRARY),
    ],
)
def test_how_a_condition_was_recognised_is_told_in_words(produced_by: str, flags: tuple[str, ...], told: str) -> None:
    condition = Condition(
        id="c1",
        attribution=None,
        form=Form.NONE,
        cue=(),
        condition=((Span(0, 3),),),
        operator=Operator.AND,
        consequence=(),
        realis=Realis.OPEN,
        score=0.7,
        produced_by=produced_by,
        flags=flags,
    )
    assert tell_reading(condition) == told
