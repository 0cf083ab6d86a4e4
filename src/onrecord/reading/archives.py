"""zip and tar → their members' bytes, one at a time. Nothing is ever written to disk, so nothing can leave a folder.

An archive that is out of proportion is refused whole, before anything of it is read; a member that is a link, a device,
another archive, or points outside is refused alone.
"""

import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from onrecord.errors import ReadingError
from onrecord.reading.gzips import GzipStream
from onrecord.reading.limits import Limits

ZIP_END = struct.Struct("<4s4H2LH")  # end of central directory (PKWARE APPNOTE 4.3.16)
ZIP_END_MARK = b"PK\x05\x06"
LONGEST_COMMENT = 65_535


@dataclass(frozen=True, slots=True)
class Member:
    """One plain file of an archive: its name and bytes, or why it was refused."""

    name: str
    raw: bytes
    problem: str = ""
    code: str = ""


def read_zip(stream: BinaryIO, limits: Limits, most_bytes: int) -> Iterator[Member]:
    """The files of a zip in its own order. stream: seekable.

    Raises ReadingError `too_many`, `too_large` or `damaged`, before the first member where it concerns the whole.
    """
    _check_listing(stream, limits)
    try:
        with zipfile.ZipFile(stream) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            _check_count(len(members), limits)
            left = limits.unpacked_bytes
            for member in members:
                found = _refuse_member(member.filename, _zip_type(member), most_bytes, member.file_size)
                found = found or _read_zip_member(archive, member, min(most_bytes, left))
                left -= len(found.raw)
                yield found
    except (zipfile.BadZipFile, ValueError, struct.error) as error:
        raise ReadingError(f"needed a zip archive: {error}"[:200], code="damaged") from error


def _check_listing(stream: BinaryIO, limits: Limits) -> None:
    """Refuse a zip whose table of contents alone would fill the memory: it is read whole before the first member."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - ZIP_END.size - LONGEST_COMMENT))
    tail = stream.read()
    found = tail.rfind(ZIP_END_MARK)
    if found < 0 or len(tail) - found < ZIP_END.size:
        raise ReadingError("needed a zip archive, got one that breaks off", code="truncated")
    _, _, _, _, count, listing, start, _ = ZIP_END.unpack_from(tail, found)
    stream.seek(0)
    if 0xFFFF in (count,) or 0xFFFFFFFF in (listing, start):
        raise ReadingError("needed a zip with fewer members, got one of 65,535 or more", code="too_many")
    _check_count(count, limits)
    if listing > limits.listing_bytes:
        raise ReadingError(f"needed a zip with a shorter table of contents, got {listing:,} bytes", code="too_many")


def _check_count(count: int, limits: Limits) -> None:
    if count > limits.members:
        raise ReadingError(f"needed an archive of at most {limits.members:,} members, got {count:,}", code="too_many")


def _zip_type(member: zipfile.ZipInfo) -> str:
    """What the member is, by the Unix mode that the archiver kept (0 where it kept none)."""
    mode = member.external_attr >> 16 & 0o170000
    if member.flag_bits & 0x1:
        return "encrypted"
    return {0: "", 0o100000: "", 0o120000: "link"}.get(mode, "device")


def _refuse_member(name: str, kind: str, most_bytes: int, size: int) -> Member | None:
    """The refusal of a member that is no plain file within the archive, or too large; None for the others."""
    path = PurePosixPath(name.replace("\\", "/"))
    if kind:
        return Member(name, b"", f"needed a plain file, got a member that is {_article(kind)}", kind)
    if path.is_absolute() or ".." in path.parts or (path.parts and path.parts[0].endswith(":")):
        return Member(name, b"", "needed a member inside the archive, got a path that leads outside", "outside")
    if "\0" in name or any(ord(character) < 32 for character in name):
        return Member(name, b"", "needed a printable name, got one with control characters", "odd_name")
    if size > most_bytes:
        return Member(name, b"", f"needed at most {most_bytes:,} bytes, got {size:,}", "too_large")
    return None


def _article(kind: str) -> str:
    return kind if kind == "encrypted" else f"a {kind}"


def _read_zip_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most_bytes: int) -> Member:
    try:
        with archive.open(member) as stream:
            raw = stream.read(most_bytes + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        return Member(member.filename, b"", f"cannot be unpacked: {error}"[:200], "damaged")
    if len(raw) > most_bytes:
        return Member(member.filename, b"", f"unpacks to more than {most_bytes:,} bytes", "too_large")
    return Member(member.filename, raw)


def read_tar(stream: BinaryIO, limits: Limits, most_bytes: int) -> Iterator[Member]:
    """The files of a tar, packed by gzip or not, in its own order. stream: seekable.

    Raises ReadingError `too_many` or `too_large` before the first member, `truncated` or `damaged` after the last one.
    """
    _count_members(stream, limits, most_bytes)
    yield from _tar_members(stream, limits, most_bytes)


def _count_members(stream: BinaryIO, limits: Limits, most_bytes: int) -> None:
    """A tar has no table of contents: its headers are passed once, so that a bomb is refused before it is read."""
    count = 0
    try:
        with _open_tar(stream, limits, most_bytes) as archive:
            for _ in archive:
                count += 1
                archive.members = []  # type: ignore[attr-defined]  # tarfile keeps every header otherwise
                _check_count(count, limits)
    except (tarfile.TarError, EOFError, zlib.error, OSError, ValueError):
        return  # damage is reported where it is met, after the members before it


def _tar_members(stream: BinaryIO, limits: Limits, most_bytes: int) -> Iterator[Member]:
    try:
        with _open_tar(stream, limits, most_bytes) as archive:
            for member in archive:
                archive.members = []  # type: ignore[attr-defined]
                if member.isdir():
                    continue
                refused = _refuse_member(member.name, _tar_type(member), most_bytes, member.size)
                yield refused or _read_tar_member(archive, member)
    except (EOFError, zlib.error) as error:
        raise ReadingError("the archive breaks off", code="truncated") from error
    except (tarfile.TarError, OSError, ValueError) as error:
        code = "truncated" if "unexpected end" in str(error) else "damaged"
        raise ReadingError(f"needed a tar archive: {error}"[:200], code=code) from error


def _open_tar(stream: BinaryIO, limits: Limits, most_bytes: int) -> tarfile.TarFile:
    stream.seek(0)
    packed = stream.read(2) == b"\x1f\x8b"
    stream.seek(0)
    source = BoundedReader(stream, packed, limits.unpacked_bytes, most_bytes)
    return tarfile.open(fileobj=source, mode="r|", errorlevel=2)  # type: ignore[call-overload,no-any-return]


def _tar_type(member: tarfile.TarInfo) -> str:
    if member.isreg():
        return ""
    return "link" if member.issym() or member.islnk() else "device"


def _read_tar_member(archive: tarfile.TarFile, member: tarfile.TarInfo) -> Member:
    stream = archive.extractfile(member)
    return Member(member.name, stream.read() if stream else b"")


class BoundedReader:
    """A byte stream, unpacked if need be, that refuses to give more than it should: a header may claim any size."""

    def __init__(self, stream: BinaryIO, packed: bool, most_total: int, most_at_once: int) -> None:
        self._stream = GzipStream(stream) if packed else stream
        self._left = most_total
        self._most_at_once = most_at_once

    def read(self, size: int) -> bytes:
        """The next `size` bytes, fewer at the end. Raises ReadingError `too_large`."""
        if size > self._most_at_once + tarfile.RECORDSIZE or size > self._left:
            raise ReadingError("needed an archive that unpacks to less, got too much", code="too_large")
        piece = self._stream.read(size)
        self._left -= len(piece)
        return piece
