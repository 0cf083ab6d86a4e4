"""What leaves the ledger by command: the story as one page, and judgements as gold data."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from onrecord.ledger import open_ledger
from onrecord.records.judgements import Answer, Judgement
from onrecord.records.redlines import Passage


def test_the_story_is_written_as_one_page_without_scripts(onrecord: Any, tmp_path: Path) -> None:
    file = tmp_path / "story.html"
    said = onrecord("export", "--format", "html", "--out", str(file))
    assert (said.code, said.out) == (0, "")
    page = file.read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "<script" not in page
    assert "default-src 'none'" in page


def test_no_table_is_asked_of_the_story(onrecord: Any) -> None:
    assert onrecord("export", "--format", "html", "--table", "documents").code == 2


def test_what_reviewers_answered_is_written_as_gold_data(onrecord: Any, ledger: Path, tmp_path: Path) -> None:
    empty, file = tmp_path / "empty.jsonl", tmp_path / "gold.jsonl"
    assert onrecord("export", "--format", "corrections", "--out", str(empty)).code == 0
    assert empty.read_text(encoding="utf-8") == ""
    view = open_ledger(ledger, read_only=True).view()
    said, other = (row.statement for row in view.statements().rows[:2])
    with open_ledger(ledger).writer() as writer:
        for statement, answer in ((said, Answer.ACCEPT), (other, Answer.REJECT)):
            passage = Passage(statement.document, statement.content, statement.quote)
            now = "2024-05-18T10:00:00Z"
            writer.judge(Judgement(statement.id, "statement", passage, answer, "M.K.", "as printed", "", now))
    written = onrecord("export", "--format", "corrections", "--out", str(file))
    gold = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    kept = [(each, record) for each in gold for record in each["attributions"]]
    refused = [(each, record) for each in gold for record in each["refused"]["attributions"]]
    for ((document, record),), statement in ((kept, said), (refused, other)):
        assert " … ".join(document["text"][start:end] for start, end in record["content"]) == statement.quote
    assert "left out" not in written.err


def test_a_pipe_named_as_the_file_is_written_into_and_stays_a_pipe(onrecord: Any, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as reader:
        taken = reader.submit(pipe.read_text, encoding="utf-8")
        assert onrecord("export", "--format", "markdown", "--out", str(pipe)).code == 0
        assert taken.result(timeout=60).startswith("#")
    assert pipe.is_fifo()


def test_a_link_named_as_the_file_stays_a_link_and_its_file_is_written(onrecord: Any, tmp_path: Path) -> None:
    file, link = tmp_path / "story.md", tmp_path / "link.md"
    link.symlink_to(file)
    assert onrecord("export", "--format", "markdown", "--out", str(link)).code == 0
    assert link.is_symlink()
    assert file.read_text(encoding="utf-8").startswith("#")


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("command", [("export",), ("statements",), ("--help",)])
def test_output_that_finds_no_room_is_told_in_one_line(ledger: Path, command: tuple[str, ...]) -> None:
    code = f"from onrecord.cli.door import run; raise SystemExit(run({command!r}))"
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", code],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "ONRECORD_LEDGER": str(ledger)},
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("onrecord: needed room for what was to be written: ")
    assert "Traceback" not in done.stderr
