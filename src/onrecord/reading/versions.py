"""Versions of one article: documents of one web address whose texts differ, and what differs between two of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import cache
from urllib.parse import parse_qsl, urlencode, urlsplit

from onrecord.lexicon.loader import load_lexicon
from onrecord.reading.lines import split_paragraphs
from onrecord.reading.tokens import split_words
from onrecord.records.documents import Document
from onrecord.records.spans import Span

# Pieces of one side times pieces of the other that are still compared one by one; beyond that, the time explodes.
MOST_PRODUCT = 4_000_000


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that differ between two versions. None: nothing stands there in that version."""

    before: Span | None
    after: Span | None


def find_versions(documents: Iterable[Document]) -> tuple[tuple[Document, ...], ...]:
    """Documents of one address with different texts, oldest first by what is known of their dates."""
    groups: dict[str, dict[str, Document]] = defaultdict(dict)
    for document in documents:
        if document.url:
            groups[article_address(document.url)].setdefault(document.id, document)
    return tuple(tuple(sorted(group.values(), key=_age)) for group in groups.values() if len(group) > 1)


def _age(document: Document) -> tuple[date, str, str]:
    """Publication day, then when it was changed or seen, then the id, so that the order is always the same."""
    return document.published.earliest or date.min, last_seen(document), document.id


def last_seen(document: Document) -> str:
    """When the article was changed, fetched or saved, the last of these, as it was found; "" where nothing says it."""
    seen = [each.value for each in document.candidates if each.field in ("modified", "fetched", "captured", "saved")]
    return max(seen, default="")


def article_address(url: str) -> str:
    """The address without what does not tell articles apart: scheme, `www.`, fragment, tracking, closing slash."""
    try:
        parts = urlsplit(url)
    except ValueError:  # no address, such as one with half a bracket: only the very same one is its like
        return url
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("amp.")
    query = [(name, value) for name, value in parse_qsl(parts.query) if name.lower() not in _tracking()]
    path = parts.path.rstrip("/").removesuffix("/amp")
    return f"{host}{path}" + (f"?{urlencode(sorted(query))}" if query else "")


@cache
def _tracking() -> frozenset[str]:
    return frozenset(load_lexicon("page_fields")["tracking"])


def compare_versions(before: Document, after: Document) -> tuple[Difference, ...]:
    """What differs between two texts, in reading order: paragraphs first, words within paragraphs that changed."""
    ours = tuple(paragraph.span for paragraph in split_paragraphs(before.text))
    theirs = tuple(paragraph.span for paragraph in split_paragraphs(after.text))
    return tuple(
        difference
        for left, right in _changed(_folded(before.text, ours), _folded(after.text, theirs))
        for difference in _compare_words(before.text, after.text, ours[left], theirs[right])
    )


def _compare_words(before: str, after: str, ours: tuple[Span, ...], theirs: tuple[Span, ...]) -> Iterator[Difference]:
    """Differences within paragraphs that stand at the same place; whole ones where the other side has none."""
    left = tuple(word for span in ours for word in split_words(before, span))
    right = tuple(word for span in theirs for word in split_words(after, span))
    if not left or not right:
        yield Difference(_cover(left), _cover(right))
        return
    for old, new in _changed(_folded(before, left), _folded(after, right)):
        yield Difference(_cover(left[old]), _cover(right[new]))


def _changed(before: list[str], after: list[str]) -> Iterator[tuple[slice, slice]]:
    """Stretches of the two lists that are not equal; all of both where they are too long to compare."""
    if len(before) * len(after) > MOST_PRODUCT and before != after:
        yield slice(None), slice(None)
        return
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            yield slice(start, end), slice(new_start, new_end)


def _folded(text: str, spans: tuple[Span, ...]) -> list[str]:
    """The words under the spans, white space folded: another line break is no other version."""
    return [" ".join(text[span.start : span.end].split()) for span in spans]


def _cover(spans: tuple[Span, ...]) -> Span | None:
    return Span(spans[0].start, spans[-1].end) if spans else None
