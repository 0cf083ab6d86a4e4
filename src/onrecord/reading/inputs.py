"""Which files a user's paths stand for, and their bytes, without ever waiting on or leaving a plain file."""

import os
import stat
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from onrecord.errors import ReadingError
from onrecord.lexicon.loader import load_lexicon
from onrecord.records.documents import Rejected

STDIN = Path("-")


def find_inputs(paths: Iterable[Path], skip: Iterable[Path] = ()) -> Iterator[Path | Rejected]:
    """Every plain file that the paths name or hold, folders in order of name, each file once.

    skip: files that are something else (the metadata file). `-` is standard input. Hidden files and folders are left
    out, and of a folder what lies beside articles by its name (`README.md`); links to folders are not followed; what is
    no plain file, or has a name no report can print, is Rejected.
    """
    seen = {_identity(path) for path in skip if path.exists()}
    for path in paths:
        for found in _find_in(Path(path)):
            if isinstance(found, Rejected) or found == STDIN:
                yield found
            elif (identity := _identity(found)) not in seen:
                seen.add(identity)
                yield found


def _find_in(path: Path) -> Iterator[Path | Rejected]:
    if path == STDIN:
        yield path
        return
    refused = _refuse_name(path)
    if refused:
        yield refused
    elif path.is_dir():
        yield from _walk(path)
    else:
        yield _check_plain(path)


def _walk(folder: Path) -> Iterator[Path | Rejected]:
    try:
        names = sorted(entry.name for entry in os.scandir(folder))
    except OSError as error:
        yield Rejected(shown_path(folder), "reading", "unreadable", f"{shown_path(folder)}: {error.strerror}")
        return
    for name in names:
        path = folder / name
        if name.startswith(".") or (is_beside(name) and not path.is_dir()):
            continue
        if path.is_symlink() and path.is_dir():
            reason = f"{shown_path(path)}: a link to a folder is not followed; name the folder itself"
            yield Rejected(shown_path(path), "reading", "link", reason)
        else:
            yield from _find_in(path)


def is_beside(name: str) -> bool:
    """Whether a file of this name lies beside articles and is none: `README.md`, `LICENSE`, `actors.yml`."""
    stem, _, ending = name.lower().rpartition(".")
    if not stem:
        return ending in _stems()
    return ending in _suffixes() or (ending in _endings() and stem in _stems(with_ending=True))


@cache
def _stems(*, with_ending: bool = False) -> frozenset[str]:
    listed = load_lexicon("beside_articles")["stems"]
    return frozenset(word for each in listed if not (with_ending and each.get("bare")) for word in each["words"])


@cache
def _suffixes() -> frozenset[str]:
    return frozenset(word for each in load_lexicon("beside_articles")["suffixes"] for word in each["words"])


@cache
def _endings() -> frozenset[str]:
    return frozenset(load_lexicon("beside_articles")["endings"])


def _refuse_name(path: Path) -> Rejected | None:
    """Names that would be taken for an option, or that would break a report of one line a file."""
    if path.name.startswith("-"):
        problem = "begins with a dash, as options do"
    elif not path.name.isprintable() and any(ord(character) < 32 for character in path.name):
        problem = "holds a line break or control character"
    else:
        return None
    return Rejected(shown_path(path), "reading", "odd_name", f"{shown_path(path)}: the name {problem}; rename the file")


def _check_plain(path: Path) -> Path | Rejected:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return Rejected(shown_path(path), "reading", "missing", f"{shown_path(path)}: needed a file, found none")
    except (OSError, ValueError) as error:
        return Rejected(shown_path(path), "reading", "unreadable", f"{shown_path(path)}: {error}")
    if stat.S_ISREG(mode):
        return path
    reason = f"{shown_path(path)}: needed a plain file, got a {_special(mode)}"
    return Rejected(shown_path(path), "reading", "wrong_type", reason)


def _special(mode: int) -> str:
    if stat.S_ISFIFO(mode):
        return "pipe"
    if stat.S_ISSOCK(mode):
        return "socket"
    if stat.S_ISDIR(mode):
        return "folder"
    return "device"


def _identity(path: Path) -> tuple[int, int]:
    status = path.stat()
    return (status.st_dev, status.st_ino)


def shown_path(path: Path) -> str:
    """The path as text that can be printed and stored: undecodable bytes and control characters are escaped."""
    text = os.fsencode(path).decode("utf-8", errors="backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def read_bytes(path: Path, most_bytes: int) -> bytes:
    """All bytes of a plain file. Raises ReadingError `missing`, `unreadable`, `wrong_type`, `empty` or `too_large`."""
    name = shown_path(path)
    try:
        with open(open_plain(path), "rb") as stream:
            raw = stream.read(most_bytes + 1)
    except OSError as error:
        raise ReadingError(f"{name}: {error.strerror}") from error
    if len(raw) > most_bytes:
        raise ReadingError(f"{name}: needed at most {most_bytes:,} bytes, got more", code="too_large")
    if not raw:
        raise ReadingError(f"{name}: needed text, got an empty file", code="empty")
    return raw


def open_plain(path: Path) -> int:
    """A descriptor of a plain file, opened so that a pipe or device put in its place cannot hold us up."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise ReadingError(f"{shown_path(path)}: needed a file, found none", code="missing") from error
    except (OSError, ValueError) as error:
        raise ReadingError(f"{shown_path(path)}: cannot be read: {error}") from error
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return descriptor
    os.close(descriptor)
    raise ReadingError(f"{shown_path(path)}: needed a plain file, got a {_special(mode)}", code="wrong_type")
