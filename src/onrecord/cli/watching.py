"""Keeps a ledger current with folders: files that are new or were changed are added, until someone stops it.

The folders are looked at again and again; that works on every file system, network shares among them, which tell no
one of changes.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import ConflictError, LedgerBusyError, ReadingError
from onrecord.reading import find_inputs
from onrecord.records.documents import Rejected

if TYPE_CHECKING:
    from onrecord.cli.coverage import Inputs

State = tuple[int, int, int]  # which file it is, its size, and when it was last written
Look = dict[Path, State]
FIRST_PAUSE = 0.5  # seconds between the first two looks, so that what lies there already is not waited for
PASSING = (ConflictError, LedgerBusyError, ReadingError)  # another run, or a metadata file that is being saved


@dataclass(slots=True)
class Watch:
    """What was seen of the folders. changed: files to be read; read: the state in which each was read.

    A file is read when two looks in a row find it the same: one that is being copied in would be read half.
    """

    paths: tuple[Path, ...]
    skip: tuple[Path, ...]
    meta: Path | None = None
    _seen: Look = field(default_factory=dict)
    _read: Look = field(default_factory=dict)
    _refused: set[str] = field(default_factory=set)
    _meta_read: State | None = None

    def look(self) -> tuple[Path | Rejected, ...]:
        """The files that settled since they were last read, and what is no file and was not named yet."""
        found = tuple(find_inputs(self.paths, skip=[*self.skip, *([self.meta] if self.meta else [])]))
        now = {path: state for path in found if isinstance(path, Path) and (state := state_of(path))}
        if self.meta and state_of(self.meta) != self._meta_read:
            self._read.clear()  # what was typed in may concern any file
        settled = tuple(path for path, state in now.items() if self._seen.get(path) == state != self._read.get(path))
        refused = tuple(each for each in found if isinstance(each, Rejected) and each.path not in self._refused)
        self._seen = now
        return settled + refused

    def took(self, news: Iterable[Path | Rejected]) -> None:
        """These were read, in the state of the last look; they come again only when they change."""
        for each in news:
            if isinstance(each, Rejected):
                self._refused.add(each.path)
            else:
                self._read[each] = self._seen[each]
        self._meta_read = state_of(self.meta) if self.meta else None


def state_of(path: Path) -> State | None:
    """What tells one state of a file from another, None where there is no file now."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def watch_folders(
    watch: Watch, add: Callable[["Inputs"], None], tell: Callable[[str], None], every: float
) -> Iterator[None]:
    """One look after another, a pause of `every` seconds between them; each yield ends one. Stops only when left.

    add: takes in the files of one look. tell: is given one line where that failed for now; the next look
    tries again.
    """
    from onrecord.cli.coverage import form_inputs

    said = ""
    watch.look()
    time.sleep(min(every, FIRST_PAUSE))
    while True:
        news = watch.look()
        if news:
            try:
                add(form_inputs(news, watch.meta))
                watch.took(news)
                said = ""
            except PASSING as error:
                if str(error) != said:
                    said = str(error)
                    tell(f"{error} [{error.code}]; trying again")
        yield
        time.sleep(every)
