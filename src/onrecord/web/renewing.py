"""After an answer that settles something, the lines it concerns are formed again beside the reader.

Only where relating kept its workings: a whole archive is formed again by `onrecord add`, not by one answer.
"""

import logging
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import OnRecordError
from onrecord.ledger import open_ledger
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.pipeline import Resources

LOG = logging.getLogger("onrecord")


class Renewing:
    """One thread at a time that brings the lines of a ledger up to date; asked again meanwhile, it starts over.

    What it loads for that it keeps.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._asked = False
        self._thread: threading.Thread | None = None
        self._resources: Resources | None = None

    def ask(self) -> None:
        """Have the lines formed again soon."""
        with self._lock:
            self._asked = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="lines", daemon=True)
                self._thread.start()

    def wait(self, seconds: float) -> None:
        """Until nothing is left to do, or so many seconds have passed."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)

    def _run(self) -> None:
        while self._is_asked():
            try:
                self._renew()
            except OnRecordError as error:
                LOG.warning("the red lines are as they were: %s", error)

    def _is_asked(self) -> bool:
        """Whether something was asked for since; the thread that is told no more is done."""
        with self._lock:
            asked, self._asked = self._asked, False
            if not asked:
                self._thread = None
            return asked

    def _renew(self) -> None:
        """Form again what answers of reviewers concern. Raises OnRecordError where that cannot be done now."""
        # With the first answer that needs them: most servers only show pages, and start in half the time without.
        from onrecord.batch.relating import relate_all
        from onrecord.encoder import encoder_version
        from onrecord.pipeline import lines_version, load_resources

        with open_ledger(self.path) as ledger, ledger.writer() as writer, ledger.view() as view:
            if view.workings(lines_version(encoder_version())) is not None:
                self._resources = self._resources or load_resources(Settings(ledger=self.path), threads=1)
                relate_all(self._resources, writer, view)
