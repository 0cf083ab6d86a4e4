"""Speech printed without marks, as a table of paragraphs."""

import pytest

from onrecord.annotation.quotation import judge_directness, quoted_regions
from onrecord.annotation.unmarked import find_unmarked
from onrecord.records.actors import LinkBasis
from onrecord.records.documents import Document, hash_text
from onrecord.records.findings import Act, Attribution, Speaker
from onrecord.records.spans import Span, quote_spans

SPOKEN = "“The pier stays shut,” the harbour mistress said."
WE = "We have asked three times for pilots and we will ask again. I am sure that our letters were read by them."


def quoting(text: str) -> tuple[Attribution, ...]:
    """One attribution for the quoted words of SPOKEN, if the text has them."""
    start = text.find("“")
    if start < 0:
        return ()
    content = (Span(start, text.index("”") + 1),)
    source = (Span(content[0].end + 1, content[0].end + 21),)
    directness = judge_directness(text, content, quoted_regions(text))
    nobody = Speaker(None, None, LinkBasis.NONE)
    return (Attribution("s1", source, (), content, directness, nobody, Act.OTHER, None, None, 0.9, "test"),)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{SPOKEN}\n{WE}", [WE]),
        (f"{SPOKEN}\n\n{WE}\n{WE} Again.", [WE, f"{WE} Again."]),
        (f"{SPOKEN}\nThe pier was built by the navy and has been shut for most of the winter since then.", []),
        (f"The pier has been shut since the storm.\n{WE}", []),  # nobody spoke before: the author's own we
        (f"{WE}\n{SPOKEN}\n{WE}", []),  # the author says we elsewhere
        (f"{SPOKEN}\nWe are sorry. So am I.", []),  # too short to tell
        (f"{SPOKEN}\n“{WE}”", []),  # marked
        ("", []),
    ],
)
def test_unmarked_speech(text: str, found: list[str]) -> None:
    document = Document(hash_text(text), "test", "", text)
    assert [quote_spans(text, each.content) for each in find_unmarked(document, quoting(text))] == found
