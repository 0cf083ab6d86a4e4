"""Time expressions as agencies, business papers and broadcasters write them: a table of sentences and TIMEX3 values."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from onrecord.annotation.sentences import split_sentences
from onrecord.annotation.times import find_times
from onrecord.records.documents import Basis, DateRange, Document

TABLE = yaml.safe_load(Path(__file__).with_name("news_times.yml").read_text(encoding="utf-8"))
CASES = [(group["day"], marked, values) for group in TABLE for marked, *values in group["cases"]]


def type_and_value(written: str) -> tuple[str, str]:
    """The TIMEX3 type that a value is of; SET is told."""
    if written.startswith("SET "):
        return "SET", written.removeprefix("SET ")
    if re.match(r"P[\dXT]", written):
        return "DURATION", written
    return "TIME" if re.search(r"\dT|XXT", written) else "DATE", written


@pytest.mark.parametrize(("day", "marked", "values"), CASES)
def test_news_is_read_by_the_guidelines(day: date, marked: str, values: list[str]) -> None:
    text = re.sub(r"[\[\]]", "", marked)
    document = Document("d", "", "", text, published=DateRange(day, day, Basis.GIVEN))
    found = find_times(document, split_sentences(document))
    wanted = zip(re.findall(r"\[(.*?)\]", marked), map(type_and_value, values), strict=True)
    assert [(text[slice(*each.span)], (each.type, each.value)) for each in found] == list(wanted)
