"""The measure of intervals worked out for articles: what counts as wrong."""

import json
from datetime import date
from pathlib import Path

from evaluation.dating import Counts, interval, measure

from onrecord.linking.knowledge import load_knowledge
from onrecord.records.documents import Basis, DateRange


def test_an_interval_is_wrong_where_the_day_lies_outside() -> None:
    counts = Counts()
    counts.add("a", date(2021, 5, 4), DateRange(date(2021, 1, 1), None, Basis.INFERRED, "not before “2021”"))
    counts.add("b", date(2021, 5, 4), DateRange(date(2022, 1, 1), None, Basis.INFERRED, "not before “2022”"))
    counts.add("c", date(2021, 5, 4), DateRange(None, date(2021, 5, 3), Basis.INFERRED, "not after “May 3”"))
    counts.add("d", date(2021, 5, 4), DateRange(reason="the text contradicts itself: a; b"))
    assert (counts.articles, counts.after, counts.before, counts.wrong, counts.contradictory) == (4, 2, 1, 2, 1)
    assert [miss[0] for miss in counts.misses] == ["b", "c"]


def test_the_date_of_the_file_is_hidden(tmp_path: Path) -> None:
    text = "The pier was shut in 2019. It opens again on Monday."
    assert interval(text, load_knowledge()).earliest == date(2019, 1, 1)
    path = tmp_path / "articles.jsonl"
    lines = [json.dumps({"id": "n", "text": text, "date": day}) for day in ("2020-03-02", "2018-03-02")]
    path.write_text("\n".join(lines), encoding="utf-8")
    counts = measure(path)
    assert (counts.articles, counts.after, counts.wrong) == (2, 2, 1)
