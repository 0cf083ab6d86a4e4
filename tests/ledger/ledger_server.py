"""A PostgreSQL server of our own for the tests: made in a temporary folder, gone with it."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


@cache
def find_programs() -> Path | None:
    """The folder of initdb and pg_ctl, None where no server is installed or it could not be run."""
    found = shutil.which("initdb")
    folder = Path(found).resolve().parent if found else next(iter(PROGRAMS), None)
    return folder if folder and (os.getuid() or _unprivileged()) else None


def _unprivileged() -> str | None:
    """A user that is not root, since the server refuses to run as root."""
    names = {each.pw_name for each in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in names), None)


@contextmanager
def running_server() -> Iterator[str]:
    """The address of a server that listens on a socket in its own folder only."""
    programs = find_programs()
    assert programs is not None
    user = None if os.getuid() else _unprivileged()
    home = Path(tempfile.mkdtemp(prefix="onrecord-pg-"))
    if user:
        shutil.chown(home, user)
    data = home / "data"
    _run([programs / "initdb", "-D", data, "-U", "desk", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"], user, home)
    # Tests lose nothing when the machine stops: no waiting for its disk.
    options = f"-c listen_addresses='' -c unix_socket_directories='{home}' -c fsync=off -c max_connections=50"
    _run([programs / "pg_ctl", "-D", data, "-o", options, "-w", "-l", home / "log", "start"], user, home)
    try:
        yield f"postgresql://desk@/postgres?host={home}"
    finally:
        _run([programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], user, home)
        shutil.rmtree(home, ignore_errors=True)


def _run(command: list[object], user: str | None, home: Path) -> None:
    said = home / f"said-{Path(str(command[0])).name}" if os.access(home, os.W_OK) else home / "said"
    with said.open("ab") as stream:
        done = subprocess.run(list(map(str, command)), user=user, cwd="/", stdout=stream, stderr=stream, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {said.read_text()[-800:]}")
