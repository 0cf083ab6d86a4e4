"""Writes the pages of the documentation that follow from the code: commands, data dictionary, and the README's picture.

python3 docs/make.py            write docs/commands.md and docs/data-dictionary.md
python3 docs/make.py picture    also write docs/demo.svg from a real run of `onrecord demo`
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import click
from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME
from rich.text import Text

from onrecord.cli.commands import SECTIONS, onrecord
from onrecord.export.tables import Kind, all_tables

DOCS = Path(__file__).parent
PICTURE = DOCS / "demo.svg"
FONT = re.compile(r"@font-face\s*\{[^}]*\}\s*")
WIDTH = 118  # columns of the picture
HEIGHT = 84  # lines of the demo that the picture shows
TYPES = {
    Kind.TEXT: "string",
    Kind.DAY: "date32",
    Kind.WHOLE: "int64",
    Kind.NUMBER: "double",
    Kind.YES_NO: "bool",
}

DICTIONARY = """\
The tables of `onrecord export --format csv` and `parquet`, of `--format csv` on every list, and of `.to_arrow()` and
`.to_pandas()`. Every cell may be empty. Days are ISO 8601 in CSV, yes and no are words there, and a text that a
spreadsheet would run as a formula (`=`, `+`, `-`, `@`, tab, return first) has an apostrophe in front. Spans count
Unicode code points of the document's text; the end is excluded.
"""


def write_commands() -> str:
    """Every command with its help text, as `onrecord COMMAND --help` prints it."""
    return "\n".join(_commands()) + "\n"


def _commands() -> Iterator[str]:
    yield "# Commands\n"
    yield "This page is what `--help` prints; `python3 docs/make.py` writes it anew and a test compares the two.\n"
    for title, names in SECTIONS.items():
        yield f"## {title}\n"
        for name in names:
            yield f"### onrecord {name}\n\n```text\n{_help(name)}\n```\n"


def _help(name: str) -> str:
    context = click.Context(onrecord, info_name="onrecord", terminal_width=100, help_option_names=["-h", "--help"])
    command = onrecord.get_command(context, name)
    assert command is not None
    return command.get_help(click.Context(command, info_name=name, parent=context, terminal_width=100))


def write_dictionary() -> str:
    """Every table and column, its type and meaning."""
    return "\n".join(_tables()) + "\n"


def _tables() -> Iterator[str]:
    yield "# Data dictionary\n"
    yield DICTIONARY
    for table in all_tables().values():
        yield f"## {table.name}\n\n{table.meaning}\n\n| column | type | meaning |\n|---|---|---|"
        yield from (
            f"| `{each.name}` | {TYPES[each.kind]} | {each.meaning.replace('|', chr(92) + '|')} |"
            for each in table.columns
        )
        yield ""


def write_picture() -> None:
    """The beginning of a real `onrecord demo`, as an SVG that fetches nothing."""
    environment = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": str(WIDTH)}
    command = [sys.executable, "-c", "from onrecord.cli import main; main()", "demo"]
    said = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout
    shown = Console(record=True, width=WIDTH, file=StringIO(), highlight=False)
    shown.print(Text.from_ansi("\n".join(said.strip().splitlines()[:HEIGHT])))
    shown.save_svg(str(PICTURE), title="onrecord demo", theme=SVG_EXPORT_THEME)
    # rich names a font on a content delivery network; the reader's own monospace does as well.
    PICTURE.write_text(FONT.sub("", PICTURE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    os.environ.pop("ONRECORD_LEDGER", None)
    os.environ.pop("ONRECORD_KNOWLEDGE", None)
    (DOCS / "commands.md").write_text(write_commands(), encoding="utf-8")
    (DOCS / "data-dictionary.md").write_text(write_dictionary(), encoding="utf-8")
    if "picture" in sys.argv:
        write_picture()
