#!/usr/bin/env python3
"""Everything a developer does, from a fresh clone with nothing but Python 3.11 or later.

    python3 dev.py demo         set up, then show the sample story
    python3 dev.py test         set up, then lint, type-check and test
    python3 dev.py lint         ruff, mypy, import rules
    python3 dev.py pytest ...   only the tests, with any options of pytest
    python3 dev.py run ...      any onrecord command, for example: python3 dev.py run redlines
    python3 dev.py fuzz [SECONDS]   every harness of tests/fuzz for so long (60 unless given), guided by coverage
    python3 dev.py sbom         write docs/sbom/onrecord.cdx.json from the lock
    python3 dev.py audit        ask whether anything in the locks is known to be vulnerable (network)
    python3 dev.py setup        only the set-up

The set-up makes .venv, installs requirements.lock with every hash checked, and the package itself. It is done once and
again when the lock changes. Only the standard library is used here.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

NEEDED = (3, 11)
ROOT = Path(__file__).resolve().parent
HOME = ROOT / ".venv"
PROGRAMS = HOME / ("Scripts" if os.name == "nt" else "bin")
LOCK = ROOT / "requirements.lock"
DONE = HOME / "installed-lock"  # the hash of what was installed, so that nothing is installed twice

# Neither installs anything: the first reads the lock, the second sends names and versions of the locks to a registry.
TASKS = {"sbom": ("python", "docs/sbom.py"), "audit": ("python", "docs/audit.py")}
FUZZ_LOCK = ROOT / "requirements-fuzz.lock"  # apart from the other: atheris has wheels for Linux only
HARNESSES = ("html", "feeds", "jsonl", "warc", "offsets")
LINT = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
)


def main(arguments: list[str]) -> int:
    """Do what was asked and return its exit code."""
    task, *rest = arguments or ["help"]
    if task not in ("setup", "demo", "test", "lint", "pytest", "run", "fuzz", *TASKS):
        print(__doc__)
        return 0 if task in ("help", "-h", "--help") else 2
    set_up()
    if task == "setup":
        return 0
    if task in ("demo", "run"):
        return call("onrecord", *(["demo", *rest] if task == "demo" else rest))
    if task == "fuzz":
        return fuzz(rest[0] if rest else "60")
    if task in TASKS:
        return call(*TASKS[task], *rest)
    if task == "pytest":
        return call("pytest", *rest)
    return check() if task == "lint" else check() or call("pytest", *rest)


def check() -> int:
    """Every linter in turn, all of them also when one fails; the first failing exit code."""
    return next((code for code in [call(*command) for command in LINT] if code), 0)


def fuzz(seconds: str) -> int:
    """Every harness in turn for so many seconds; the first failing exit code."""
    install("--require-hashes", "--requirement", str(FUZZ_LOCK))
    codes = [call("python", "-m", "tests.fuzz", name, f"-max_total_time={seconds}") for name in HARNESSES]
    return next((code for code in codes if code), 0)


def call(program: str, *arguments: str) -> int:
    """Run a program of the virtual environment in the repository's folder."""
    if program != "onrecord":
        print(f"$ {' '.join([program, *arguments])}", file=sys.stderr, flush=True)
    try:
        return subprocess.run([str(PROGRAMS / program), *arguments], cwd=ROOT, check=False).returncode
    except KeyboardInterrupt:
        return 130


def set_up() -> None:
    """Make the virtual environment and install what the lock names, unless that is done."""
    if sys.version_info < NEEDED:
        sys.exit(f"OnRecord needs Python {NEEDED[0]}.{NEEDED[1]} or later; this is {sys.version.split()[0]}.")
    wanted = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes() + str(ROOT).encode()).hexdigest()
    if DONE.exists() and DONE.read_text(encoding="utf-8") == wanted:
        return
    print("Setting up .venv (once; a few hundred megabytes are downloaded) ...", file=sys.stderr, flush=True)
    if not (PROGRAMS / "python").exists() and not (PROGRAMS / "python.exe").exists():
        make_environment()
    install("--require-hashes", "--requirement", str(LOCK))
    install("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    DONE.write_text(wanted, encoding="utf-8")


def make_environment() -> None:
    """Make .venv with pip in it. Debian ships Python without what that needs, hence the advice."""
    try:
        venv.create(HOME, with_pip=True)
    except (subprocess.CalledProcessError, ImportError):
        shutil.rmtree(HOME, ignore_errors=True)
        sys.exit("Python's venv could not be made; on Debian or Ubuntu: sudo apt install python3-venv")


def install(*arguments: str) -> None:
    """Let pip of the virtual environment install; leave with its code where it fails."""
    command = [str(PROGRAMS / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", *arguments]
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    if code:
        sys.exit(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
