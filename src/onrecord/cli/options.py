"""The options that several commands share."""

import os
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from onrecord.records.rows import Filter
    from onrecord.settings import Settings

Command = TypeVar("Command", bound=Callable[..., Any])
FORMATS = ("table", "json", "jsonl", "csv", "md")
SCREENFUL = 50  # rows of a table unless --limit says otherwise; the other formats give all
EPILOG = (
    "Exit codes: 0 done, 1 our fault, 2 wrong use, 3 nothing found, 4 some inputs failed and the rest is done, "
    "5 text and hash disagree, 130 interrupted. Data goes to stdout, notes and progress to stderr."
)


class Day(click.ParamType[date]):
    """A day, a month or a year; `last` takes the last day of the month or year instead of the first."""

    name = "day"

    def __init__(self, *, last: bool = False) -> None:
        self.last = last

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day meant. Fails with what was needed and what came."""
        try:
            return self._read(str(value).split("-"))
        except ValueError:
            self.fail(f"needed a day, month or year as 2024-05-18, 2024-05 or 2024; got {value!r}", param, ctx)

    def _read(self, parts: list[str]) -> date:
        year, month, day = (*map(int, parts), *(0,) * (3 - len(parts)))
        if day:
            return date(year, month, day)
        if not self.last:
            return date(year, month or 1, 1)
        return date(year + (month or 12) // 12, (month or 12) % 12 + 1, 1) - timedelta(days=1)


def with_ledger(command: Command) -> Command:
    """Give a command `--ledger`; it receives the path as `ledger`."""
    return click.option(
        "--ledger",
        type=click.Path(path_type=Path, dir_okay=False),
        envvar="ONRECORD_LEDGER",
        default=Path("onrecord.db"),
        show_default=True,
        help="The ledger's file; or set ONRECORD_LEDGER.",
    )(command)


def with_format(command: Command) -> Command:
    """Give a command `--format`; it receives it as `form`."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="table",
        show_default=True,
        help="table to look at, json or jsonl for programs, csv for spreadsheets, md to paste.",
    )(command)


def _complete(name: str) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """Completes the values of a filter in the shell."""

    def complete(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
        return [each.value for each in _kinds()[name] if each.value.startswith(begun)]

    return complete


FILTERS: dict[str, Callable[[Command], Command]] = {
    "who": click.option(
        "--who", metavar="NAME", help="Only this speaker or issuer, in any spelling of case and accents."
    ),
    "outlet": click.option("--outlet", metavar="NAME", help="Only from this outlet."),
    "since": click.option("--since", type=Day(), metavar="DAY", help="Only from this day on (or 2024-05, 2024)."),
    "until": click.option("--until", type=Day(last=True), metavar="DAY", help="Only up to this day."),
    "act": click.option(
        "--act",
        shell_complete=_complete("act"),
        metavar="ACT",
        help="Only this act: red_line, threat, ultimatum, demand, promise, denial …",
    ),
    "directness": click.option(
        "--directness",
        shell_complete=_complete("directness"),
        metavar="HOW",
        help="Only direct, mixed, indirect or unmarked ones.",
    ),
    "state": click.option(
        "--state",
        shell_complete=_complete("state"),
        metavar="STATE",
        help="Only lines that are standing, tested, invoked_in_words …",
    ),
    "review": click.option(
        "--review",
        shell_complete=_complete("review"),
        metavar="STATE",
        help="Only suggested, confirmed, corrected, disputed … ones.",
    ),
    "document": click.option(
        "--document", metavar="ID", help="Only from this document (the beginning of its id is enough)."
    ),
    "thing": click.option("--thing", metavar="WORDS", help="Only terms for this thing."),
    "unit": click.option("--unit", metavar="UNIT", help="Only figures of this unit."),
    "limit": click.option(
        "--limit", type=click.IntRange(min=0), help=f"Most rows; a table shows {SCREENFUL}, 0 shows all."
    ),
}


def with_filters(*names: str) -> Callable[[Command], Command]:
    """Give a command these filters; it receives them by name."""

    def decorate(command: Command) -> Command:
        for name in reversed(names):
            command = FILTERS[name](command)
        return command

    return decorate


def with_copies(command: Command) -> Command:
    """Give a command the flag that shows each copy of one text by itself; it receives `copies`."""
    return click.option(
        "--copies", is_flag=True, help="Each article by itself, also those that print one text or report one event."
    )(command)


def form_filter(given: dict[str, Any]) -> "Filter":
    """The filter that the given options describe. Raises click.BadParameter for a value that does not exist."""
    from onrecord.records.rows import ALL, Filter

    kinds = _kinds()
    names = {field.name for field in fields(Filter)} - {"limit"}
    values = {
        name: _choose(kinds[name], value, name) if name in kinds else value
        for name, value in given.items()
        if name in names and value is not None
    }
    since, until = values.get("since"), values.get("until")
    if since and until and since > until:
        raise click.BadParameter(f"needed a day no earlier than --since {since}; got {until}", param_hint="--until")
    return replace(ALL, **values)


def _kinds() -> "Mapping[str, type[StrEnum]]":
    """The values that some filters take."""
    from onrecord.records.findings import Act, Directness
    from onrecord.records.redlines import RollUp
    from onrecord.records.rows import Review

    return {"act": Act, "directness": Directness, "state": RollUp, "review": Review}


def _choose(kind: Any, value: str, name: str) -> Any:
    folded = value.strip().lower().replace("-", "_").replace(" ", "_")
    if folded not in {each.value for each in kind}:
        known = ", ".join(each.value for each in kind)
        raise click.BadParameter(f"needed one of {known}; got {value!r}", param_hint=f"--{name}")
    return kind(folded)


def read_settings(ledger: Path | None = None) -> "Settings":
    """Settings from the environment, with the ledger the command was given."""
    from onrecord.settings import settings_from

    settings = settings_from(os.environ)
    return replace(settings, ledger=ledger) if ledger else settings
