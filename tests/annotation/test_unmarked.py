"""Speech printed without marks, as a table of paragraphs."""

import pytest

from onrecord.annotation.forming import form_attribution
from onrecord.annotation.quotation import judge_directness, quoted_regions
from onrecord.annotation.unmarked import add_unmarked, find_unmarked
from onrecord.records.actors import LinkBasis
from onrecord.records.documents import Document, hash_text
from onrecord.records.findings import Act, Attribution, Directness, Speaker
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


def test_a_line_that_announces_words_is_followed_by_them_without_marks() -> None:
    announced, said = "The harbour mistress explained the closure this way.", f"We said in May that it leaks. {WE}"
    text = f"{announced}\n{said}"

    def told(source: str, content: str) -> Attribution:
        spans = [(Span(text.index(words), text.index(words) + len(words)),) for words in (source, content)]
        return form_attribution(spans[0], (), spans[1], Directness.INDIRECT, score=0.9, produced_by="test")

    document = Document(hash_text(text), "test", "", text)
    explained, own = told("The harbour mistress", "the closure"), told("We", "in May that it leaks. We have asked")
    found = add_unmarked(document, [explained, own])
    assert [quote_spans(text, each.content) for each in found] == ["the closure", said]
    assert add_unmarked(document, [own]) == [own]
