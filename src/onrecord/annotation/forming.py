"""An attribution as every finder of them hands it on: without an id, an act and a speaker, which later stages give."""

from onrecord.records.actors import LinkBasis
from onrecord.records.findings import Act, Attribution, Directness, Speaker
from onrecord.records.spans import Spans

UNLINKED = Speaker(None, None, LinkBasis.NONE, 0.0, "not linked yet")


def form_attribution(
    source: Spans,
    cue: Spans,
    content: Spans,
    directness: Directness,
    *,
    score: float,
    produced_by: str,
    flags: tuple[str, ...] = (),
) -> Attribution:
    """The attribution with these parts."""
    return Attribution(
        id="",
        source=source,
        cue=cue,
        content=content,
        directness=directness,
        speaker=UNLINKED,
        act=Act.OTHER,
        within=None,
        said_on=None,
        score=score,
        produced_by=produced_by,
        flags=flags,
    )
