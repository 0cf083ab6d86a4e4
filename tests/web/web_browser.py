"""A served ledger and Debian's Chromium, for tests that need a real browser."""

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn

from onrecord.web import create_app
from onrecord.web.server import server_settings

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find_chromium() -> str:
    """The browser's path. Without one, tests are skipped here and fail where CI is set."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None and os.environ.get("CI"):
        pytest.fail("needed Chromium for the tests in a real browser, found none: apt-get install -y chromium")
    if found is None:
        pytest.skip("no Chromium on this machine (apt-get install -y chromium)")
    return found


@contextmanager
def served(ledger: Path, token: str | None = None) -> Iterator[str]:
    """The address of a server for this ledger."""
    app = create_app(ledger, token=token)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, **server_settings()))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < deadline, "the server did not start"
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
