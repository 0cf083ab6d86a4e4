"""A gzip stream unpacked piece by piece: never more than was asked for, across members packed one after another."""

import zlib
from typing import BinaryIO

CHUNK = 8_192  # small: what follows a member is copied once for each member
MARK = b"\x1f\x8b"


class GzipStream:
    """Reads the unpacked bytes of a packed stream. Bytes after the last member that start no other are left alone."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._unpacker = zlib.decompressobj(wbits=31)
        self._held = b""  # read, but not yet given to the unpacker
        self._ended = False

    def read(self, size: int) -> bytes:
        """The next `size` unpacked bytes, fewer at the end.

        Raises zlib.error where they cannot be unpacked, EOFError where the packed data breaks off.
        """
        pieces = bytearray()
        while len(pieces) < size and not self._ended:
            packed = self._unpacker.unconsumed_tail or self._held or self._stream.read(CHUNK)
            self._held = b""
            if not packed:
                raise EOFError("the packed data breaks off")
            pieces += self._unpacker.decompress(packed, size - len(pieces))
            if self._unpacker.eof:
                self._start_next(self._unpacker.unused_data)
        return bytes(pieces)

    def _start_next(self, rest: bytes) -> None:
        """Go on with another member, if one follows."""
        rest = rest or self._stream.read(CHUNK)
        if len(rest) == 1:
            rest += self._stream.read(1)
        if not rest.startswith(MARK):
            self._ended = True
            return
        self._held = rest
        self._unpacker = zlib.decompressobj(wbits=31)
