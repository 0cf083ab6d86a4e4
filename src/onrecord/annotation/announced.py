"""Words whose speaker is named in the sentence after: "… This was announced by the envoy during a briefing."

News agencies of many countries open so. The tagger, which learnt from American papers (one such sentence in 924 of
PolNeAR's articles), takes the agency for the speaker, or nobody.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from onrecord.annotation.forming import form_attribution
from onrecord.annotation.quotation import judge_directness
from onrecord.lexicon.loader import load_lexicon
from onrecord.records.findings import Attribution
from onrecord.records.spans import Span, Spans, contains, overlaps, trim

PRODUCER = "rule:announced_below"
SCORE = 0.9  # no gold has such sentences; read and right on the coverage at hand


def prefer_announced(
    text: str, sentences: Sequence[Span], told: Sequence[Attribution], regions: Spans
) -> list[Attribution]:
    """The attributions with those that a later sentence gives a speaker; ids of these still empty.

    regions: what is quoted. One told before is left out where it hands out the announcing sentence itself as
    somebody's words.
    """
    kept = list(told)
    for said, cue, who in find_announced(text, sentences):
        if any(_same(each, said, who) for each in kept):
            continue
        kept = [each for each in kept if not any(contains(span, cue) for span in each.content)]
        kept = [each for each in kept if not any(contains(said, span) for span in each.content)]
        directness = judge_directness(text, (said,), regions)
        kept.append(form_attribution((who,), (cue,), (said,), directness, score=SCORE, produced_by=PRODUCER))
    return kept


def find_announced(text: str, sentences: Sequence[Span]) -> Iterator[tuple[Span, Span, Span]]:
    """(words, cue, source) for each announcing sentence that has a sentence before it."""
    for before, sentence in zip(sentences, sentences[1:], strict=False):
        match = announcing().match(text, sentence.start, sentence.end)
        said = trim(text, before)
        if match and said is not None:
            yield said, Span(*match.span("cue")), Span(*match.span("who"))


def _same(told: Attribution, said: Span, who: Span) -> bool:
    """Whether it is known already that `who` said this."""
    return any(overlaps(span, said) for span in told.content) and any(overlaps(span, who) for span in told.source)


@cache
def announcing() -> re.Pattern[str]:
    """The beginning of a sentence that says who announced what stands before it (lexicon/announced.yml)."""
    listed = load_lexicon("announced")
    verbs, ends = "|".join(listed["verbs"]), "|".join(listed["ends"])
    return re.compile(
        rf"(?:This|It|That) (?P<cue>(?:was|is|has been)(?: \w+)? (?:{verbs}))(?: [\w ]+?)?? by "
        rf"(?P<who>[^\n.;,]*?[A-Z][^\n;,]*?)(?=[,;\n]| (?:{ends})\b|\.?[\"”]?\s*$|\.\s)"
    )
