"""Asks whether anything in the locks is known to be vulnerable: `python3 dev.py audit`, also a step of CI.

The packages' names and versions go to PyPI's advisories, and to OSV where that has no answer. A known weakness that a
released version mends fails the audit; one that no release mends yet is told. Where no service answers, or none knows
the packages (a mirror without advisories), the audit says that it was skipped and fails nothing: no change of ours is
wrong because a network is missing.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-ray.lock", "requirements-fuzz.lock")
SERVICES = ("pypi", "osv")
SECONDS = 120  # for one service; an answer takes a few seconds, a network that drops packets takes for ever
ASK = ("-m", "pip_audit", "--require-hashes", "--disable-pip", "--format", "json", "--progress-spinner", "off")


@dataclass(frozen=True, slots=True)
class Weakness:
    """A package of the lock with a published weakness. mended_in: versions without it, none if there is none yet."""

    package: str
    version: str
    id: str
    mended_in: tuple[str, ...]

    def __str__(self) -> str:
        cure = f"mended in {', '.join(self.mended_in)}" if self.mended_in else "no release mends it yet"
        return f"{self.package} {self.version}: {self.id}, {cure}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service said. asked: packages it knew; unknown: packages it has no entry for."""

    service: str
    asked: int
    unknown: tuple[str, ...]
    weaknesses: tuple[Weakness, ...]


def main() -> int:
    """Ask one service after another until one knows the packages; print what it says."""
    reasons = []
    for service in SERVICES:
        printed, problem = ask(service)
        answer = read_answer(service, printed)
        if answer and answer.asked:
            return tell(answer)
        reasons.append(f"{service}: {problem if answer is None else f'knows none of {len(answer.unknown)} packages'}")
    print(f"AUDIT SKIPPED, nothing was checked for known weaknesses. {'; '.join(reasons)}")
    return 0


def ask(service: str) -> tuple[str, str]:
    """What pip-audit printed, and in one line what went wrong."""
    locks = [part for lock in LOCKS for part in ("--requirement", str(ROOT / lock))]
    command = [sys.executable, *ASK, "--vulnerability-service", service, "--timeout", "5", *locks]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return "", f"no answer within {SECONDS} seconds"
    return done.stdout, (done.stderr.strip().splitlines() or ["no answer"])[-1][:200]


def read_answer(service: str, printed: str) -> Answer | None:
    """The answer in pip-audit's JSON; None where it printed none."""
    try:
        packages = json.loads(printed)["dependencies"]
    except (ValueError, KeyError):
        return None
    unknown = tuple(each["name"] for each in packages if "skip_reason" in each)
    return Answer(service, len(packages) - len(unknown), unknown, tuple(_read_weaknesses(packages)))


def _read_weaknesses(packages: Sequence[dict[str, object]]) -> Iterator[Weakness]:
    for package in packages:
        found = package.get("vulns", [])
        for each in found if isinstance(found, list) else ():
            yield Weakness(str(package["name"]), str(package["version"]), each["id"], tuple(each["fix_versions"]))


def tell(answer: Answer) -> int:
    """Print the answer; 1 where a weakness has a cure that the lock does not take."""
    print(f"{answer.service} knows {answer.asked} packages of the locks, {len(answer.weaknesses)} known weaknesses.")
    if answer.unknown:
        print(f"Not checked, unknown to {answer.service}: {', '.join(answer.unknown)}")
    for weakness in answer.weaknesses:
        print(f"  {weakness}")
    return int(any(weakness.mended_in for weakness in answer.weaknesses))


if __name__ == "__main__":
    sys.exit(main())
