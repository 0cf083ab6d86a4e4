"""Pages kept as they were written, each for as long as what it shows is unchanged."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, Response

from onrecord.errors import LedgerError
from onrecord.ledger.contract import View
from onrecord.records.rows import Counts
from onrecord.web.asking import Ledgers
from onrecord.web.render import STANDING, render_standing
from onrecord.web.safety import App, Receive, Scope, Send

MOST_KEPT = 64_000_000  # characters in all; a long article with its marks has some 60,000
FRESH = {"cache-control": "private, no-cache"}
Address = tuple[str, bytes]  # path and query
Revision = Callable[[View], str]


@dataclass(frozen=True, slots=True)
class Written:
    """A page as it was written, of which revision, and how to ask for the revision that is on record now.

    digest: of the page, all but how much there is.
    """

    page: str
    revision: str
    ask: Revision
    digest: str


def write_down(page: str, ask: Revision, view: View) -> Written:
    """A page that was just written, to be kept."""
    return Written(page, ask(view), ask, sha256(page.encode("utf-8")).hexdigest())


class Kept:
    """Written pages by address; those not asked for longest go first. Shared by the threads that read."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._pages: OrderedDict[Address, Written] = OrderedDict()
        self._held = 0
        self._lock = threading.Lock()

    def find(self, address: Address) -> Written | None:
        """The page kept for an address, whether or not it still shows what is on record."""
        with self._lock:
            if address in self._pages:
                self._pages.move_to_end(address)
            return self._pages.get(address)

    def keep(self, address: Address, written: Written) -> None:
        """Keep a page in place of the one before at its address."""
        with self._lock:
            before = self._pages.pop(address, None)
            self._pages[address] = written
            self._held += len(written.page) - (len(before.page) if before else 0)
            while self._held > self._most:
                _, gone = self._pages.popitem(last=False)
                self._held -= len(gone.page)


class KeptFirst:
    """Answers with a kept page where it still shows what is on record, and asks the app for all else.

    A plain ASGI wrapper: it spares such a request the routing, the parameters and a thread, which cost more than the
    three look-ups by key that it takes to know.
    """

    def __init__(self, app: App, kept: Kept, ledgers: Ledgers) -> None:
        self.app = app
        self.kept = kept
        self.ledgers = ledgers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        kept = self._current(scope) if scope["type"] == "http" and scope["method"] == "GET" else None
        await (kept or self.app)(scope, receive, send)

    def _current(self, scope: Scope) -> Response | None:
        written = self.kept.find(address_of(scope))
        if written is None:
            return None
        view = self.ledgers.view()
        try:
            with view.snapshot():
                return answer_written(written, view, scope) if written.ask(view) == written.revision else None
        except LedgerError:  # no longer to be found, or the name has become ambiguous: the app says so
            return None


def address_of(scope: Scope) -> Address:
    """What a request asks for."""
    return scope["path"], scope.get("query_string", b"")


def answer_written(written: Written, view: View, scope: Scope) -> Response:
    """The page, or no more than that it is unchanged (304) for a reader who has it as it would be sent."""
    standing = render_standing(view.counts())
    tag = f'"{sha256(f"{written.digest} {standing}".encode()).hexdigest()[:32]}"'
    headers = {**FRESH, "etag": tag}
    if tag in Headers(scope=scope).get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return HTMLResponse(written.page.replace(STANDING, standing, 1), headers=headers)


def stand(page: str, counts: Counts) -> str:
    """A written page with how much there is, which changes more often than what is above it."""
    return page.replace(STANDING, render_standing(counts), 1)
