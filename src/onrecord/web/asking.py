"""What a request asks for: its filters, checked, and the ledger it reads from."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from fastapi import Depends, Query

from onrecord.ledger import open_ledger
from onrecord.ledger.contract import View, Writer
from onrecord.records.findings import Act, Directness
from onrecord.records.redlines import RollUp
from onrecord.records.rows import Filter, Review

MOST_ROWS = 500
ROWS = 50  # rows a page where nobody asks for another number
Empty = Literal[""]  # what a form sends for a field that was left blank
Short = Annotated[str, Query(max_length=300)]


class Ledgers:
    """One View for each thread that reads: a View belongs to its thread, and readers never wait for each other."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._reading = open_ledger(path, read_only=True)
        self._own = threading.local()
        self._writing = threading.Lock()

    def view(self) -> View:
        """The View of the thread that asks."""
        view: View | None = getattr(self._own, "view", None)
        if view is None:
            view = self._own.view = self._reading.view()
        return view

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """A Writer for one change; one at a time in this process."""
        with self._writing, open_ledger(self.path).writer() as writer:
            yield writer


def wanted(
    who: Annotated[Short, Query(description="An actor's key or name.")] = "",
    outlet: Annotated[Short, Query(description="An outlet as stored.")] = "",
    since: Annotated[date | Empty, Query(description="First day wanted.")] = "",
    until: Annotated[date | Empty, Query(description="Last day wanted.")] = "",
    directness: Annotated[Directness | Empty, Query(description="How much is quoted.")] = "",
    act: Annotated[Act | Empty, Query(description="What is done with the words.")] = "",
    state: Annotated[RollUp | Empty, Query(description="A red line's state.")] = "",
    review: Annotated[Review | Empty, Query(description="How a record stands with its reviewers.")] = "",
    document: Annotated[Short, Query(description="A document's id.")] = "",
    after: Annotated[Short, Query(description="The `next` of the page before.")] = "",
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS, description="Rows a page.")] = ROWS,
) -> Filter:
    """The filter that the address describes; blank fields ask for everything."""
    return Filter(
        who=who or None,
        outlet=outlet or None,
        since=since or None,
        until=until or None,
        directness=directness or None,
        act=act or None,
        state=state or None,
        review=review or None,
        document=document or None,
        after=after or None,
        limit=limit,
    )


Wanted = Annotated[Filter, Depends(wanted)]
