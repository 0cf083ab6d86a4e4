"""What must hold for any bytes whatever: one function a format. The long runs and the test suite call the same ones.

A harness returns quietly or raises. A ReadingError with a code is an answer; anything else that leaves a parser is a
finding, and so is a document that breaks its own contract.
"""

import io
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from datetime import date

from onrecord.annotation.figures import find_figures
from onrecord.annotation.sentences import split_sentences
from onrecord.annotation.times import find_times
from onrecord.annotation.wordings import find_wordings
from onrecord.errors import LedgerError, OnRecordError, ReadingError
from onrecord.ledger.folding import find_terms, read_query
from onrecord.reading import read_text
from onrecord.reading.decoding import decode_text
from onrecord.reading.extracts import Extract, form_document
from onrecord.reading.feeds import parse_feed
from onrecord.reading.jsons import parse_article, parse_articles
from onrecord.reading.limits import Limits
from onrecord.reading.pages import parse_page
from onrecord.reading.warc import read_records
from onrecord.reading.web_records import parse_record
from onrecord.records.codec import from_plain, to_plain
from onrecord.records.documents import Basis, DateRange, Document, Rejected, hash_text
from onrecord.records.spans import Span, quote_span

LIMITS = Limits(items=50)
MOST_BYTES = 1_000_000
PACKED = b"\x1f\x8b"  # how gzip begins
DAY = DateRange(date(2031, 3, 4), date(2031, 3, 4), Basis.GIVEN)


def fuzz_html(raw: bytes) -> None:
    """A page is read, or refused with a code."""
    _read_all(lambda: (parse_page(raw),))


def fuzz_feeds(raw: bytes) -> None:
    """A feed gives at most so many items, each read or refused."""
    _read_all(lambda: parse_feed(raw, "feed", LIMITS))


def fuzz_jsonl(raw: bytes) -> None:
    """Each line is read or refused alone; so is the whole as one JSON file."""
    for number, line in enumerate(raw.split(b"\n")[:50], 1):
        _read_all(lambda line=line, number=number: (parse_article(line, str(number)),))  # type: ignore[misc]
    _read_all(lambda: parse_articles(raw, "file", LIMITS.items))


def fuzz_warc(raw: bytes) -> None:
    """Every record of a plain file lies in it, in order; each is read or refused."""
    last = -1
    for record in read_records(io.BytesIO(raw), MOST_BYTES):
        # Several records packed in one member count on from where the member begins.
        assert record.at >= 0 if raw.startswith(PACKED) else last < record.at <= len(raw), (last, record.at)
        last = record.at
        assert record.problem or record.raw
        if not record.problem:
            _read_all(lambda record=record: parse_record(record.raw))  # type: ignore[misc]


def fuzz_offsets(raw: bytes) -> None:
    """Every span of every record fits its text and quotes something; a text is its own; records survive JSON."""
    try:
        document = read_text(decode_text(raw).text, "a.txt")
    except ReadingError as error:
        _check_refusal(error)
        return
    _check_document(document)
    sentences = split_sentences(document)
    _check_order(document.text, sentences)
    times = find_times(document, sentences)
    found = (times, find_figures(document, sentences, (), times), find_wordings(document, sentences, ()))
    for span in spans_in(found):
        assert quote_span(document.text, span)
    _search(document.text)


HARNESSES: dict[str, Callable[[bytes], None]] = {
    "html": fuzz_html,
    "feeds": fuzz_feeds,
    "jsonl": fuzz_jsonl,
    "warc": fuzz_warc,
    "offsets": fuzz_offsets,
}


def _read_all(parse: Callable[[], Iterable[Extract | Rejected]]) -> None:
    try:
        items = list(parse())
    except ReadingError as error:
        _check_refusal(error)
        return
    except RecursionError:
        return  # the child process answers with `too_deep`
    assert len(items) <= LIMITS.items + 1
    for item in items:
        if isinstance(item, Rejected):
            assert item.code
            assert item.reason
        else:
            _form(item)


def _check_refusal(error: OnRecordError) -> None:
    assert error.code
    assert str(error)


def _form(extract: Extract) -> None:
    """What the child sends survives JSON, and becomes a document or is refused."""
    assert from_plain(Extract, to_plain(extract)) == extract
    try:
        _check_document(form_document(extract, "a", ""))
    except ReadingError as error:
        _check_refusal(error)


def _check_document(document: Document) -> None:
    assert document.id == hash_text(document.text)
    _check_order(document.text, tuple(part.span for part in document.parts))
    assert from_plain(Document, to_plain(document)) == document


def _check_order(text: str, spans: tuple[Span, ...]) -> None:
    """Spans in reading order that do not overlap, each quoting words."""
    end = 0
    for span in spans:
        assert end <= span.start < span.end <= len(text), (end, span, len(text))
        assert quote_span(text, span).strip()
        end = span.end


def spans_in(value: object) -> Iterable[Span]:
    """Every span in a record, however deep."""
    if isinstance(value, Span):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from spans_in(getattr(value, each.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from spans_in(item)


def _search(text: str) -> None:
    """What is searched for is found where it stands, or the query is refused."""
    try:
        terms = read_query(text[:80])
    except LedgerError as error:
        _check_refusal(error)
        return
    for span in find_terms(text, terms):
        assert quote_span(text, span)
