"""What is installed is what was looked at: hashes in the lock, in the set-up, and in the bill of materials."""

import base64
import json
import re
import runpy
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SBOM = runpy.run_path(str(ROOT / "docs" / "sbom.py"))


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    """A package of one line, as a registry would send it."""
    files = {
        "lantern_oil.py": b"LIT = True\n",
        "lantern_oil-1.0.dist-info/METADATA": b"Metadata-Version: 2.1\nName: lantern-oil\nVersion: 1.0\n",
        "lantern_oil-1.0.dist-info/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(
        f"{name},sha256={base64.urlsafe_b64encode(sha256(raw).digest()).rstrip(b'=').decode()},{len(raw)}\n"
        for name, raw in files.items()
    )
    files["lantern_oil-1.0.dist-info/RECORD"] = (record + "lantern_oil-1.0.dist-info/RECORD,,\n").encode()
    path = tmp_path / "index" / "lantern_oil-1.0-py3-none-any.whl"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as made:
        for name, raw in files.items():
            made.writestr(name, raw)
    return path


def install(wheel: Path, lock: str) -> "subprocess.CompletedProcess[str]":
    """Install from a lock as dev.py does, but from a folder instead of a registry."""
    requirements = wheel.parents[1] / "requirements.lock"
    requirements.write_text(lock)
    offline = ["--no-index", "--find-links", str(wheel.parent), "--target", str(wheel.parents[1] / "installed")]
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", *offline]
    return subprocess.run(
        [*command, "--require-hashes", "--requirement", str(requirements)], capture_output=True, text=True, check=False
    )


def test_attack_64_a_dependency_with_another_hash_is_not_installed(wheel: Path) -> None:
    known = sha256(wheel.read_bytes()).hexdigest()
    with zipfile.ZipFile(wheel, "a") as made:
        made.writestr("lantern_oil.pth", "import os")
    done = install(wheel, f"lantern-oil==1.0 \\\n    --hash=sha256:{known}\n")
    assert done.returncode != 0
    assert "DO NOT MATCH THE HASHES" in done.stderr
    assert not (wheel.parents[1] / "installed").exists()


def test_attack_64_a_dependency_without_a_hash_is_not_installed(wheel: Path) -> None:
    done = install(wheel, "lantern-oil==1.0\n")
    assert done.returncode != 0
    assert not (wheel.parents[1] / "installed").exists()


def test_a_dependency_with_the_right_hash_is_installed(wheel: Path) -> None:
    done = install(wheel, f"lantern-oil==1.0 \\\n    --hash=sha256:{sha256(wheel.read_bytes()).hexdigest()}\n")
    assert done.returncode == 0, done.stderr
    assert (wheel.parents[1] / "installed" / "lantern_oil.py").exists()


def test_attack_64_the_set_up_installs_only_what_the_lock_has_hashes_for() -> None:
    pins = tuple(SBOM["read_lock"]((ROOT / "requirements.lock").read_text(encoding="utf-8")))
    assert len(pins) > 50
    assert [pin.name for pin in pins if not pin.hashes] == []
    set_up = (ROOT / "dev.py").read_text(encoding="utf-8")
    assert re.search(r'install\("--require-hashes", "--requirement", str\(LOCK\)\)', set_up)


def test_the_bill_of_materials_is_up_to_date_and_names_every_package_that_runs() -> None:
    written = (ROOT / "docs" / "sbom" / "onrecord.cdx.json").read_text(encoding="utf-8")
    assert written == SBOM["write_sbom"](), "run: python3 dev.py sbom"
    sbom = json.loads(written)
    assert (sbom["bomFormat"], sbom["specVersion"]) == ("CycloneDX", "1.6")
    components = {each["bom-ref"]: each for each in sbom["components"]}
    assert len(components) == len(sbom["components"])
    required = {each["name"] for each in components.values() if each["scope"] == "required"}
    assert {"apsw", "onnxruntime", "trafilatura", "lxml", "htmx.org"} <= required
    assert not {"pytest", "mypy", "ruff"} & {each["name"] for each in components.values()}
