"""What is installed is what was looked at: hashes in the lock, in the set-up, and in the bill of materials."""

import base64
import json
import os
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


# What pip-audit would print, and how it ends, by the service that is asked.
AUDITOR = """
import sys
printed, code = {answers}[sys.argv[sys.argv.index("--vulnerability-service") + 1]]
print(printed) if printed else print("ConnectionError: no route to host", file=sys.stderr)
sys.exit(code)
"""
WHOLE = {"name": "lantern-oil", "version": "1.0", "vulns": []}
WEAK = {"id": "PYSEC-2031-7", "fix_versions": ["1.1"], "aliases": [], "description": ""}
UNKNOWN = {"name": "tallow", "skip_reason": "Dependency not found"}
NO_ANSWER = ("", 1)


def audit(folder: Path, pypi: tuple[str, int], osv: tuple[str, int] = NO_ANSWER) -> "subprocess.CompletedProcess[str]":
    """The audit as CI runs it, with another auditor in the place of pip-audit."""
    (folder / "pip_audit.py").write_text(AUDITOR.format(answers={"pypi": pypi, "osv": osv}))
    return subprocess.run(
        [sys.executable, str(ROOT / "docs" / "audit.py")],
        env={**os.environ, "PYTHONPATH": str(folder)}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def answer(*packages: object) -> tuple[str, int]:
    return json.dumps({"dependencies": packages, "fixes": []}), 0


def test_an_audit_without_an_answer_is_skipped_aloud_and_fails_nothing(tmp_path: Path) -> None:
    done = audit(tmp_path, NO_ANSWER)
    assert done.returncode == 0
    assert "AUDIT SKIPPED" in done.stdout
    assert "no route to host" in done.stdout


def test_an_audit_by_a_mirror_that_knows_nothing_is_no_audit(tmp_path: Path) -> None:
    done = audit(tmp_path, answer(UNKNOWN))
    assert done.returncode == 0
    assert "AUDIT SKIPPED" in done.stdout
    assert "pypi: knows none of 1 packages" in done.stdout


def test_the_second_service_is_asked_where_the_first_knows_nothing(tmp_path: Path) -> None:
    done = audit(tmp_path, answer(UNKNOWN), answer(WHOLE))
    assert done.returncode == 0
    assert "osv knows 1 packages of the locks, 0 known weaknesses" in done.stdout
    assert "SKIPPED" not in done.stdout


def test_a_known_weakness_that_a_release_mends_fails_the_audit(tmp_path: Path) -> None:
    done = audit(tmp_path, (answer({**WHOLE, "vulns": [WEAK]}, UNKNOWN)[0], 1))
    assert done.returncode == 1
    assert "lantern-oil 1.0: PYSEC-2031-7, mended in 1.1" in done.stdout
    assert "Not checked, unknown to pypi: tallow" in done.stdout


def test_a_weakness_that_no_release_mends_is_told_and_fails_nothing(tmp_path: Path) -> None:
    done = audit(tmp_path, (answer({**WHOLE, "vulns": [{**WEAK, "fix_versions": []}]})[0], 1))
    assert done.returncode == 0
    assert "lantern-oil 1.0: PYSEC-2031-7, no release mends it yet" in done.stdout


def test_ci_audits_after_the_tests() -> None:
    steps = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert steps.index("python3 dev.py audit") > steps.index("python3 dev.py test")
