"""The documentation is tested: it names every command and value, and its examples run."""

import re
import runpy
import shlex
import subprocess
import sys
from enum import StrEnum
from pathlib import Path

import click
import pytest

from onrecord.cli.commands import HOMES, onrecord
from onrecord.records.documents import Basis
from onrecord.records.findings import Act, Directness, EventRealis, Form, Realis
from onrecord.records.redlines import RollUp, Status
from onrecord.records.rows import Review

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.glob("*.md"), ROOT / "README.md"])
MADE = runpy.run_path(str(DOCS / "make.py"))
LINK = re.compile(r"\]\(([^)#]+)")
COMMAND = re.compile(r"onrecord ([a-z]+)((?: +(?:--[a-z-]+|[^\s`|#]+))*)")


@pytest.mark.parametrize(
    ("page", "maker"), [("commands.md", "write_commands"), ("data-dictionary.md", "write_dictionary")]
)
def test_the_pages_made_from_the_code_are_up_to_date(page: str, maker: str) -> None:
    assert (DOCS / page).read_text(encoding="utf-8") == MADE[maker](), "run: python3 docs/make.py"


@pytest.mark.parametrize("name", list(HOMES))
def test_the_tutorial_names_every_command(name: str) -> None:
    assert re.search(rf"onrecord {name}\b", (DOCS / "tutorial.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_and_option_in_the_docs_exists(page: Path) -> None:
    for name, rest in COMMAND.findall(code_of(page)):
        if name not in HOMES:
            continue
        command = onrecord.get_command(click.Context(onrecord), name)
        assert command is not None
        known = {option for each in command.params for option in (*each.opts, *each.secondary_opts)} | {"--help"}
        assert set(re.findall(r"--[a-z-]+", rest)) <= known, f"{page.name}: onrecord {name}"


def code_of(page: Path) -> str:
    """The code blocks and inline code of a page."""
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", page.read_text(encoding="utf-8"), re.DOTALL))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize(
    "kind", [Basis, Directness, Act, Form, Realis, EventRealis, Status, RollUp, Review], ids=lambda kind: kind.__name__
)
def test_the_glossary_explains_every_value(kind: type[StrEnum]) -> None:
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    assert [each.value for each in kind if f"`{each.value}`" not in text] == []


def test_the_picture_fetches_nothing_and_shows_the_demo() -> None:
    picture = (DOCS / "demo.svg").read_text(encoding="utf-8")
    assert set(re.findall(r"https?://[^\"'\s)]+", picture)) <= {
        "http://www.w3.org/2000/svg",
        "https://www.textualize.io",
    }
    assert "url(" not in re.sub(r"url\(#[^)]+\)", "", picture)
    assert "Kholvat" in picture


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


def test_every_example_of_the_tutorial_runs(tmp_path: Path) -> None:
    (tmp_path / "src").symlink_to(ROOT / "src")
    environment = {"PATH": str(Path(sys.executable).parent), "HOME": str(tmp_path), "COLUMNS": "120"}

    def call(*command: str) -> str:
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"
        return done.stdout

    ids: dict[str, str] = {}
    for line in "".join(blocks(DOCS / "tutorial.md", "console")).splitlines():
        assert line.startswith("$ onrecord ")
        words = [ids.get(word, word) for word in shlex.split(line[2:])]
        call(*words)
        if words[1] == "add" and not ids:
            ids["LINE"] = first_id(call("onrecord", "redlines", "--format", "csv", "--limit", "1"))
            ids["STATEMENT"] = first_id(call("onrecord", "statements", "--format", "csv", "--limit", "1"))
    for block in blocks(DOCS / "tutorial.md", "python"):
        call(sys.executable, "-c", block)


def first_id(rows: str) -> str:
    return rows.splitlines()[1].split(",")[0]
