"""The command that looks at the installation: is everything there, unchanged, and able to work?"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.door import Exit
from onrecord.cli.options import read_settings, with_format, with_ledger
from onrecord.errors import OnRecordError

if TYPE_CHECKING:
    from onrecord.settings import Settings

OPTIONAL = {"pandas": "tables for notebooks", "ray": "the archive engine", "psycopg": "a PostgreSQL ledger"}
ROOM_NEEDED = 500_000_000  # bytes; a ledger of 100,000 documents at 4.8 kB each (DESIGN 8)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. verdict: ok, note or bad; only bad makes the command fail."""

    what: str
    verdict: str
    detail: str


@click.command()
@with_format
@with_ledger
def doctor(ledger: Path, form: str) -> None:
    """Check that this installation is whole: library, model, word lists, page parser, ledger.

    Nothing is changed and nothing goes to the network. Exits with 1 where something is wrong.
    """
    from onrecord.cli.rows import print_rows
    from onrecord.cli.shown import CHECKS

    found = tuple(look(read_settings(ledger)))
    print_rows(CHECKS, found, form, 0)
    if any(each.verdict == "bad" for each in found):
        raise click.exceptions.Exit(Exit.OUR_FAULT)


def look(settings: "Settings") -> Iterator[Finding]:
    """Every check, one after the other."""
    yield Finding("OnRecord", "ok", version("onrecord"))
    yield Finding("Python", "ok", sys.version.split()[0])
    yield _check("SQLite", _check_library)
    yield _check("model", _check_encoder)
    yield _check("word lists", _check_lexicon)
    yield _check("known actors", lambda: _check_knowledge(settings))
    yield _check("page parser", lambda: _check_reading(settings))
    from onrecord.ledger import is_shared

    shared = is_shared(settings.ledger)
    there = shared or settings.ledger.exists()
    yield _check("ledger", lambda: _check_ledger(settings.ledger)) if there else _no_ledger(settings)
    if not shared:
        yield _check_room(settings.ledger)
    yield _check_terminal()
    yield from (_check_optional(name, use) for name, use in OPTIONAL.items())


def _check(what: str, ask: Callable[[], str]) -> Finding:
    try:
        return Finding(what, "ok", ask())
    except OnRecordError as error:
        return Finding(what, "bad", f"{error} [{error.code}]")
    except ImportError as error:
        return Finding(what, "bad", f"a library is missing or broken: {error}")


def _check_library() -> str:
    import apsw

    from onrecord.ledger.database import check_library

    check_library()
    return f"{apsw.sqlite_lib_version()}, brought by apsw {version('apsw')}"


def _check_encoder() -> str:
    from onrecord.encoder import load_encoder

    encoder = load_encoder()
    scores = encoder.score("The council said that it would meet.")
    return f"{encoder.version}; its files are unchanged, and it scored {len(scores.words)} words"


def _check_lexicon() -> str:
    from importlib.resources import files

    from onrecord.lexicon.loader import load_lexicon

    names = sorted(
        each.name.removesuffix(".yml") for each in files("onrecord.lexicon").iterdir() if each.name.endswith(".yml")
    )
    for name in names:
        load_lexicon(name)
    return f"{len(names)} loaded"


def _check_knowledge(settings: "Settings") -> str:
    from onrecord.linking.knowledge import load_knowledge

    load_knowledge(settings.knowledge)
    return f"ours and {settings.knowledge}" if settings.knowledge else "ours; ONRECORD_KNOWLEDGE can add your own"


def _check_reading(settings: "Settings") -> str:
    from onrecord.cli.sample import sample_folder
    from onrecord.reading import read_path
    from onrecord.records.documents import Rejected

    with sample_folder() as folder:
        page = next(iter(sorted((folder / "articles").glob("*.html"))))
        for read in read_path(page, settings):
            if isinstance(read, Rejected):
                raise OnRecordError(read.reason, code=read.code)
    return "a saved page of the sample was read"


def _check_ledger(path: Path) -> str:
    from onrecord.ledger import open_ledger, show_place

    with open_ledger(path, read_only=True) as opened, opened.view() as view:
        counts = view.counts()
    return f"{show_place(path)}: {counts.documents} documents, {counts.statements} statements, {counts.lines} red lines"


def _no_ledger(settings: "Settings") -> Finding:
    return Finding("ledger", "note", f"none at {settings.ledger} yet; `onrecord add` makes one")


def _check_room(path: Path) -> Finding:
    from shutil import disk_usage

    folder = path.absolute().parent
    if not folder.is_dir():
        return Finding("disk", "bad", f"{folder}: needed a folder for the ledger, found none")
    free = disk_usage(folder).free
    return Finding("disk", "ok" if free > ROOM_NEEDED else "note", f"{free / 1e9:.1f} GB free beside the ledger")


def _check_terminal() -> Finding:
    encoding = (sys.stdout.encoding or "unknown").lower()
    if encoding.replace("-", "") == "utf8":
        return Finding("terminal", "ok", "UTF-8")
    return Finding("terminal", "note", f"{encoding}: some signs are shown as escapes; set PYTHONUTF8=1")


def _check_optional(name: str, use: str) -> Finding:
    if find_spec(name) is None:
        return Finding(name, "note", f"not installed; only needed for {use}")
    try:
        return Finding(name, "ok", f"{version(name)}, for {use}")
    except PackageNotFoundError:
        return Finding(name, "note", f"installed without its version, for {use}")
