"""The rows of the attribution table: damaged texts map back, and the simple peer does what it says."""

from typing import Any

import pytest
from evaluation.peers import find_by_marks
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
