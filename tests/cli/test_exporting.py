"""What leaves the ledger by command: the story as one page, and judgements as gold data."""

import json
from pathlib import Path
from typing import Any

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
