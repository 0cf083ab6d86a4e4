"""The command that opens the pages."""

import errno
import socket
from importlib import import_module
from pathlib import Path

import click

from onrecord.cli.options import with_ledger
from onrecord.cli.screen import note
from onrecord.errors import OnRecordError

PORT = 8400


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Bound elsewhere, the pages ask for a token.")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(1, 65535))
@click.option("--browser/--no-browser", default=True, show_default=True, help="Whether to open the browser.")
@click.option(
    "--processes",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    metavar="N",
    help="How many processes answer; one is enough for a few people, a newsroom may want one for each core.",
)
@with_ledger
def serve(host: str, port: int, browser: bool, processes: int, ledger: Path) -> None:
    """Open the ledger as pages in the browser.

    Only this machine can reach them unless --host says otherwise. Stop with Ctrl-C.
    """
    open_pages(ledger, host, port, browser, processes)


def open_pages(
    ledger: Path, host: str = "127.0.0.1", port: int = PORT, browser: bool = True, processes: int = 1
) -> None:
    """Serve the pages until interrupted. Raises LedgerError where the ledger is missing or cannot be read."""
    _need_port(host, port)
    # By name, because edges do not import one another.
    try:
        web = import_module("onrecord.web")
    except ImportError as error:
        raise OnRecordError(f"needed the libraries for the pages: {error}", code="missing_library") from error
    web.serve(
        ledger, host, port, browser, announce=lambda address: note(f"The pages are at {address}"), processes=processes
    )


def _need_port(host: str, port: int) -> None:
    """Raise click.BadParameter where another program listens there; the server would say so only after its address."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host.strip("[]"), port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                return  # the server says what is wrong
            reason = f"needed a free port; another program listens on {port} of {host}"
            raise click.BadParameter(reason, param_hint="--port") from error
