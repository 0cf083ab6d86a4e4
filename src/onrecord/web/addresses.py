"""Which documents are of one web address, and so versions of one article: held in memory, followed as it grows."""

import threading
from typing import Annotated

from fastapi import Depends, Request

from onrecord.ledger.contract import View
from onrecord.reading.versions import article_address
from onrecord.records.rows import Addressed, Urls


class Addresses:
    """Documents by the address of their article. Shared by the threads that read.

    The first question reads the address of every document, later ones those of what came since.
    """

    def __init__(self) -> None:
        self._key = (0, 0)
        self._places: dict[str, str] = {}  # document to address
        self._groups: dict[str, dict[str, str]] = {}  # address to its documents with their stamps
        self._lock = threading.Lock()

    def sharing(self, view: View, url: str) -> dict[str, str]:
        """The ids of the documents of an article's address, each with a stamp that changes when it is read anew."""
        with self._lock:
            self._follow(view.urls(self._key))
            return dict(self._groups.get(article_address(url), {}))

    def _follow(self, news: Urls) -> None:
        if news.whole:
            self._places.clear()
            self._groups.clear()
        for row in news.rows:
            self._place(row)
        self._key = news.key

    def _place(self, row: Addressed) -> None:
        before = self._places.pop(row.document, None)
        if before is not None:
            del self._groups[before][row.document]
        if row.url:
            address = self._places[row.document] = article_address(row.url)
            self._groups.setdefault(address, {})[row.document] = row.stamp


def _held(request: Request) -> Addresses:
    held: Addresses = request.app.state.addresses
    return held


Held = Annotated[Addresses, Depends(_held)]
