"""The rows of the attribution table: damaged texts map back, and the simple peer does what it says."""

import sys
from pathlib import Path
from typing import Any

import pytest
from evaluation.peers import find_by_marks, find_by_textacy
from evaluation.phenomena import DAMAGES, PHENOMENA, intervals, recall

TEXT = "Port Shut For Good.\n\nMarlo Vale told reporters “we will not pay for the pier,” and left. He “never” ate.\n"


def gold(source: str, cue: str, content: str, text: str = TEXT) -> dict[str, Any]:
    spans = {"source": source, "cue": cue, "content": content}
    found = {role: [[text.index(words), text.index(words) + len(words)]] for role, words in spans.items() if words}
    return {"id": "a", "text": text, "attributions": [found]}


@pytest.mark.parametrize("name", DAMAGES)
def test_what_is_found_in_a_damaged_text_maps_back(name: str) -> None:
    damaged = DAMAGES[name](TEXT)
    assert damaged.text != TEXT
    start = damaged.text.index("pay")
    ((first, last),) = damaged.back([[start, start + 3]])
    assert TEXT[first:last] == "pay"


def test_one_mark_is_lost_and_always_the_same() -> None:
    drop = DAMAGES["one quotation mark missing in each article"]
    assert len(drop(TEXT).text) == len(TEXT) - 1
    assert drop(TEXT).text == drop(TEXT).text


def test_the_peer_takes_quotations_and_the_nearest_name() -> None:
    (found,) = find_by_marks(TEXT)  # one word in marks is no quotation
    assert [TEXT[slice(*found[role][0])] for role in ("source", "cue", "content")] == [
        "Marlo Vale", "told", "“we will not pay for the pier,”"
    ]  # fmt: skip


def test_a_phenomenon_counts_what_is_found_and_whose_source_is_right() -> None:
    article = gold("Marlo Vale", "told", "“we will not pay for the pier,”")
    wrong = gold("He", "told", "“we will not pay for the pier,”")
    train = [gold("He", "ate", "never")]
    counts = recall([article], [wrong], train)
    assert counts["all"] == [0, 1, 1]
    assert counts["cue never seen in train"] == [0, 1, 1]
    assert counts["headline"] == counts["several fragments"] == [0, 0, 0]
    assert recall([article], [article], [article])["cue never seen in train"] == [0, 0, 0]
    assert set(counts) == set(PHENOMENA)


def test_an_interval_holds_the_figure_itself() -> None:
    article = gold("Marlo Vale", "told", "“we will not pay for the pier,”")
    low, high = intervals([article, article], [article, article])["linked"]
    assert low == pytest.approx(100)
    assert high == pytest.approx(100)


QUOTING = """
from collections import namedtuple
Told = namedtuple("Told", "speaker cue content")
def direct_quotations(doc):
    if '"' in doc and doc.count('"') % 2:
        raise ValueError("unclosed")
    words = doc.split()
    if words[:1] == ["Ost"]:
        Word = type("Word", (str,), {})
        made, at = [], 0
        for text in words:
            word = Word(text)
            word.idx = doc.index(text, at)
            at = word.idx + len(text)
            made.append(word)
        yield Told(made[:1], made[1:2], made[2:3])
        yield Told(made[:1], made[1:2], made[3:])
"""


def test_what_textacy_finds_is_placed_in_the_text_and_an_unclosed_quotation_costs_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "textacy" / "extract").mkdir(parents=True)
    (tmp_path / "textacy" / "extract" / "triples.py").write_text(QUOTING)
    (tmp_path / "pipeline.py").write_text("def load():\n    return str\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    text = 'He said "no.\nOst said never, never'
    (found,), seconds = find_by_textacy([text], sys.executable, "pipeline")
    assert seconds >= 0
    assert found == [{"source": [[13, 16]], "cue": [[17, 21]], "content": [[22, 28], [29, 34]]}]
