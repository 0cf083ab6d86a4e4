"""The commands by name, in the order a newcomer meets them. Each is loaded when it is asked for."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

from onrecord.cli.options import EPILOG

SECTIONS: dict[str, dict[str, str]] = {
    "Start here": {"demo": "demonstrating"},
    "Put coverage in": {"add": "adding", "read": "adding", "batch": "batching", "import": "batching"},
    "Ask the ledger": {
        "redlines": "listing",
        "redline": "looking",
        "statements": "listing",
        "who": "looking",
        "figures": "listing",
        "wording": "wordings",
        "timeline": "listing",
        "documents": "listing",
        "stories": "telling",
        "search": "listing",
        "whatif": "looking",
        "show": "looking",
    },
    "Review and hand on": {"review": "reviewing", "export": "exporting", "serve": "serving"},
    "Keep it sound": {
        "verify": "keeping",
        "doctor": "doctoring",
        "backup": "keeping",
        "restore": "keeping",
        "salvage": "keeping",
        "withdraw": "keeping",
    },
}
HOMES = {name: home for section in SECTIONS.values() for name, home in section.items()}


@contextmanager
def _until_closed() -> Iterator[None]:
    """Leave with 0 where the reader of stdout has closed the pipe."""
    try:
        yield
    except BrokenPipeError:
        # Python would try to flush once more on its way out.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
        raise click.exceptions.Exit(0) from None


class Sections(click.Group):
    """A group whose commands are loaded one by one and listed by what they are for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of the help text."""
        return list(HOMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, loaded now."""
        if cmd_name not in HOMES:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        found = getattr(import_module(f"onrecord.cli.{HOMES[cmd_name]}"), name)
        return found if isinstance(found, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command named first; a name that is none is answered with the one most like it."""
        near = get_close_matches(args[0], HOMES, n=1) if args[0] not in HOMES else ()
        if near and not ctx.resilient_parsing:
            ctx.fail(f"No such command {args[0]!r}. Did you mean {near[0]!r}?")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. A reader that closes the pipe early (`| head`) is no failure."""
        with _until_closed():
            answer = super().invoke(ctx)
            sys.stdout.flush()
        return answer

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The same for what is answered before any command runs: --help, --version."""
        with _until_closed():
            return super().make_context(info_name, args, parent, **extra)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands under their sections."""
        for title, names in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name, self._short_help(ctx, name)) for name in names])

    def _short_help(self, ctx: click.Context, name: str) -> str:
        command = self.get_command(ctx, name)
        return command.get_short_help_str(100) if command else ""


@click.group(
    cls=Sections, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="onrecord", message="%(prog)s %(version)s")
def onrecord() -> None:
    """Who said what, on what condition, and what came of it.

    OnRecord reads news coverage of a dispute and keeps a ledger: statements with their speakers, conditions with their
    consequences, red lines with their histories, figures with who vouches for them. Every record is pinned to its words
    in the source. It judges no truth, and nothing goes to the network unless a flag says so.
    """
