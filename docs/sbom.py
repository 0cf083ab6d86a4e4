"""Writes the bill of materials, CycloneDX 1.6, from requirements.lock alone: no network, the same bytes always.

python3 docs/sbom.py            write docs/sbom/onrecord.cdx.json

Every package has the SHA-256 of each file that the lock allows. `scope` is `required` for what OnRecord needs when it
runs, `optional` for its extras; what only development needs is left out. What is carried in this repository from others
(vendored) is listed with the hash of the file here.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
SBOM = ROOT / "docs" / "sbom" / "onrecord.cdx.json"
PIN = re.compile(r"(?P<name>[\w.-]+)(?:\[[\w,.-]+\])?==(?P<version>[^\s;]+)(?: ; (?P<marker>[^\\]+?))? \\$")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
PARENT = re.compile(r"\s+# (?:via )?\s*(?P<parent>[\w.-]+(?: \(pyproject\.toml(?::\w+)?\))?)$")
OURS = "onrecord (pyproject.toml)"
# name, version, licence, file here
VENDORED = (("htmx.org", "2.0.11", "0BSD", "src/onrecord/web/static/vendor/htmx.min.js"),)


@dataclass(frozen=True, slots=True)
class Pin:
    """One package of the lock: who asks for it, under which condition, and the hashes of its files."""

    name: str
    version: str
    marker: str | None
    hashes: tuple[str, ...]
    parents: tuple[str, ...]


def read_lock(text: str) -> Iterator[Pin]:
    """Every pin of the lock, in its order."""
    block: list[str] = []
    for line in [*text.splitlines(), "end"]:
        if not line.startswith((" ", "#")) and block:
            yield _read_pin(block)
            block = []
        block.append(line)


def _read_pin(block: list[str]) -> Pin:
    found = PIN.match(block[0])
    if found is None:
        raise ValueError(f"needed a pinned package with hashes, got {block[0]!r}")
    hashes = tuple(HASH.findall("\n".join(block)))
    parents = tuple(each["parent"] for line in block[1:] if (each := PARENT.match(line)))
    return Pin(found["name"], found["version"], found["marker"], hashes, parents)


def find_scopes(pins: tuple[Pin, ...], needed: frozenset[str]) -> dict[str, str]:
    """`required` or `optional` for each name that ships. needed: what the package itself cannot run without."""
    ours = _reach(pins, {pin.name for pin in pins if OURS in pin.parents})
    return dict.fromkeys(ours, "optional") | dict.fromkeys(_reach(pins, needed), "required")


def _reach(pins: tuple[Pin, ...], starts: AbstractSet[str]) -> set[str]:
    """The names and all that they bring along."""
    reached = {pin.name for pin in pins if pin.name in starts}
    while new := {pin.name for pin in pins if pin.name not in reached and reached.intersection(pin.parents)}:
        reached |= new
    return reached


def write_sbom() -> str:
    """The bill of materials as JSON."""
    project: Mapping[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins = tuple(read_lock(LOCK.read_text(encoding="utf-8")))
    needed = frozenset(re.split(r"[\[<>=!~ ]", each)[0].lower() for each in project["dependencies"])
    scopes = find_scopes(pins, needed)
    sbom = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": _describe_us(project)},
        "components": [
            *(_describe(pin, scopes[pin.name]) for pin in pins if pin.name in scopes),
            *map(_describe_vendored, VENDORED),
        ],
    }
    return json.dumps(sbom, indent=1) + "\n"


def _describe_us(project: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "application",
        "bom-ref": "onrecord",
        "name": project["name"],
        "version": project["version"],
        "licenses": [{"license": {"id": project["license"]}}],
    }


def _describe(pin: Pin, scope: str) -> dict[str, Any]:
    address = f"pkg:pypi/{pin.name}@{pin.version}"
    marker = [{"name": "python:marker", "value": pin.marker}] if pin.marker else []
    return {
        "type": "library",
        "bom-ref": address,
        "name": pin.name,
        "version": pin.version,
        "scope": scope,
        "purl": address,
        "hashes": [{"alg": "SHA-256", "content": each} for each in pin.hashes],
        **({"properties": marker} if marker else {}),
    }


def _describe_vendored(vendored: tuple[str, str, str, str]) -> dict[str, Any]:
    name, version, licence, path = vendored
    return {
        "type": "library",
        "bom-ref": f"pkg:npm/{name}@{version}",
        "name": name,
        "version": version,
        "scope": "required",
        "purl": f"pkg:npm/{name}@{version}",
        "hashes": [{"alg": "SHA-256", "content": sha256((ROOT / path).read_bytes()).hexdigest()}],
        "licenses": [{"license": {"id": licence}}],
        "properties": [{"name": "path", "value": path}],
    }


if __name__ == "__main__":
    SBOM.parent.mkdir(exist_ok=True)
    SBOM.write_text(write_sbom(), encoding="utf-8")
