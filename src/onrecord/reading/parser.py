"""The child process in which files are parsed, as seen from the parent.

Pages, PDFs and feeds are hostile input and their parsers are native code: they run in a child with limits on memory and
time, which is killed and replaced when it exceeds them or dies. One child serves many files, so that it stays quick.
"""

import atexit
import json
import os
import socket
import struct
import subprocess
import sys
import threading
import time
from functools import cache

from onrecord.errors import ReadingError
from onrecord.reading.extracts import Parsed
from onrecord.records.codec import from_plain
from onrecord.settings import Settings

LENGTHS = struct.Struct(">II")  # of the JSON header and of the bytes that follow it
STARTING = 30.0  # seconds a child may take to load its libraries, on a busy machine
MOST_FILES = 500  # after so many a child is replaced: native parsers leak
MOST_ANSWER = 500_000_000  # bytes; more than any cap on what a parser may return


class Parser:
    """One child process. Not for use by two threads at once; `parse` sees to that with a lock."""

    def __init__(self, settings: Settings) -> None:
        self._seconds = settings.parse_seconds
        self._bytes = settings.parse_bytes
        self._child: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None
        self._files = 0
        self._owner = 0  # the process that started the child; a fork of it must leave the child alone
        self._lock = threading.Lock()

    @property
    def pid(self) -> int | None:
        """The child's process id, None before the first file and after a death."""
        return self._child.pid if self._child else None

    def parse(self, kind: str, raw: bytes, **options: str) -> Parsed:
        """What the child gets out of the bytes. options: `path` for reports, `charset`, `url`, `at`, `items`.

        Raises ReadingError with the child's code, or `timeout`, `memory`, `crashed`; the next call gets a new child.
        """
        with self._lock:
            try:
                return self._ask({"kind": kind, **options}, raw)
            except TimeoutError as error:
                self.close()
                message = f"needed to be parsed within {self._seconds:g} s, was not"
                raise ReadingError(message, code="timeout") from error
            except (OSError, EOFError) as error:
                raise self._explain_death() from error
            except KeyboardInterrupt:
                self.close()  # the answer still to come would be taken for that to the next question
                raise

    def _ask(self, header: dict[str, str], raw: bytes) -> Parsed:
        connection = self._connect(header["kind"])
        deadline = time.monotonic() + self._seconds
        connection.settimeout(self._seconds)
        send_message(connection, header, raw)
        answer, body = receive_message(connection, deadline)
        if "error" in answer:
            if answer.get("spent"):
                self.close()
            raise ReadingError(answer["error"], code=answer["code"])
        return from_plain(Parsed, json.loads(body))

    def _connect(self, kind: str) -> socket.socket:
        if self._files >= MOST_FILES:
            self.close()
        if self._socket is None:
            self._start(kind)
        self._files += 1
        assert self._socket is not None
        return self._socket

    def _start(self, kind: str) -> None:
        ours, theirs = socket.socketpair()
        arguments = [str(self._seconds), str(self._bytes), kind]
        # -P: a trafilatura.py in the folder we are run from must not be imported.
        command = [sys.executable, "-P", "-m", "onrecord.reading.worker", *arguments]
        with theirs:
            self._child = subprocess.Popen(
                command, stdin=theirs.fileno(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        self._socket = ours
        self._owner = os.getpid()
        self._files = 0
        ours.settimeout(STARTING)
        receive_message(ours, time.monotonic() + STARTING)  # it says hello when its libraries are loaded

    def _explain_death(self) -> ReadingError:
        """The child is gone: killed for memory, by a signal, or by an error of its own."""
        child = self._child
        code = child.wait() if child else 0
        self.close()
        if code in (-9, -6):
            return ReadingError(f"needed less memory than {self._bytes:,} bytes, got killed", code="memory")
        return ReadingError(f"the parser died (exit status {code})", code="crashed")

    def close(self) -> None:
        """End the child."""
        if self._socket is not None:
            self._socket.close()
        if self._child is not None and self._owner == os.getpid():
            self._child.kill()
            self._child.wait()
        self._child = self._socket = None


@cache
def _parsers() -> dict[tuple[int, float, int], Parser]:
    return {}


def shared_parser(settings: Settings) -> Parser:
    """The parser of this process for these limits. A forked process gets its own: two must not share a socket."""
    key = (os.getpid(), settings.parse_seconds, settings.parse_bytes)
    parsers = _parsers()
    if key not in parsers:
        parsers[key] = Parser(settings)
        atexit.register(parsers[key].close)
    return parsers[key]


def send_message(connection: socket.socket, header: dict[str, str], body: bytes) -> None:
    """One framed message: lengths, JSON header, bytes."""
    head = json.dumps(header).encode()
    connection.sendall(LENGTHS.pack(len(head), len(body)) + head)
    connection.sendall(body)


def receive_message(connection: socket.socket, deadline: float | None) -> tuple[dict[str, str], bytes]:
    """The next framed message. deadline: monotonic seconds, or None to wait.

    Raises TimeoutError at the deadline, EOFError where the other end is gone.
    """
    head_length, body_length = LENGTHS.unpack(_receive(connection, LENGTHS.size, deadline))
    if body_length > MOST_ANSWER:
        raise EOFError("the other end sent an impossible length")
    header: dict[str, str] = json.loads(_receive(connection, head_length, deadline))
    return header, _receive(connection, body_length, deadline)


def _receive(connection: socket.socket, length: int, deadline: float | None) -> bytes:
    pieces = bytearray()
    while len(pieces) < length:
        if deadline is not None:
            connection.settimeout(max(0.001, deadline - time.monotonic()))
        piece = connection.recv(min(1_048_576, length - len(pieces)))
        if not piece:
            raise EOFError("the other end is gone")
        pieces += piece
    return bytes(pieces)
