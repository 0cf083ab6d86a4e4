"""Addresses → documents, when the user allowed the network."""

from collections.abc import Iterator

from onrecord.errors import ReadingError
from onrecord.reading.fetching import Fetcher
from onrecord.reading.reader import read_fetched
from onrecord.records.documents import Document, Rejected
from onrecord.settings import Settings


def read_url(
    url: str, fetcher: Fetcher, settings: Settings | None = None, *, follow: bool = False
) -> Iterator[Document | Rejected]:
    """The documents at an address; what cannot be fetched or read is Rejected.

    follow: for a feed, read the pages its items link to instead of the items; an item whose page fails is kept as it
    is, beside the reason.
    """
    for item in _read_page(url, fetcher, settings):
        linked = item.url if isinstance(item, Document) and "#" in item.path else None
        if not (follow and linked):
            yield item
            continue
        pages = list(_read_page(linked, fetcher, settings))
        yield from pages
        if not any(isinstance(page, Document) for page in pages):
            yield item


def _read_page(url: str, fetcher: Fetcher, settings: Settings | None) -> Iterator[Document | Rejected]:
    try:
        fetched = fetcher.fetch(url)
    except ReadingError as error:
        yield Rejected(url, "fetching", error.code, str(error) if url in str(error) else f"{url}: {error}")
        return
    yield from read_fetched(fetched, settings)
