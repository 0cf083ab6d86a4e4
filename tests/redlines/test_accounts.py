"""Accounts of one day's words, and amounts that no vaguer wording makes up for."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np
import pytest
from tests.redlines.redlines_made import article, lines_of

from onrecord.records.findings import Findings
from onrecord.records.scores import Encoder, Float, WordScores, empty_scores
from onrecord.redlines.bounds import find_bound
from onrecord.redlines.whatif import match_event

SENSES = ("ceiling", "cap on"), ("licence", "permit")  # words by which the encoder of these tests knows one sense
WIDTH = 4096


class Senses:
    """An encoder to which texts with words of one sense are one, and all others have nothing in common."""

    version = "senses"

    def score(self, text: str) -> WordScores:
        """No scores."""
        return empty_scores()

    def embed(self, sentences: Sequence[str]) -> Float:
        """A direction for each sense, and for each text without one."""
        vectors = np.zeros((len(sentences), WIDTH), np.float32)
        for row, sentence in zip(vectors, sentences, strict=True):
            sense = next((at for at, words in enumerate(SENSES) if any(word in sentence for word in words)), None)
            row[len(SENSES) + crc32(sentence.encode()) % (WIDTH - len(SENSES)) if sense is None else sense] = 1.0
        return vectors

    def sense(self, sentences: Sequence[str]) -> Float:
        """Vectors of nought: what is told on other days is not asked here."""
        return np.zeros((len(sentences), WIDTH), np.float32)


def told(text: str, published: str, said: str = "2031-03-04", outlet: str = "Quay Gazette") -> Findings:
    marked = text.replace("<s>", f"<s who=tarn for=velland as=indirect said={said}>")
    return article(marked, published, outlet)


CEILING = told(
    "Tarn said <s><if c=1>a ceiling for ferry tickets</if> <then c=1>would mean empty quays</then></s>. "
    "She said <s><if c=2>a licence for anglers</if> <then c=2>would mean a strike</then></s>.",
    "2031-03-05",
)
CAP = "Tarn said <s><if c=1>should a cap on fares come</if>, <then c=1>no boat sails to Morrow</then></s>."


def test_two_accounts_of_one_days_words_are_one_line_in_whatever_words() -> None:
    lines = lines_of(Senses(), CEILING, told(CAP, "2031-03-06", outlet="Northern Wire"))
    assert sorted(len(line.mentions) for line in lines) == [1, 2]
    joined = next(line for line in lines if len(line.mentions) == 2)
    assert {mention.condition_text.split()[-1] for mention in joined.mentions} == {"tickets", "come"}
    assert any("two accounts of one day's words" in mention.reason for mention in joined.mentions)
    assert [entry.status.value for entry in joined.history] == ["declared"]


def test_words_of_another_day_are_no_account_of_these() -> None:
    lines = lines_of(Senses(), CEILING, told(CAP, "2031-05-06", said="2031-05-05"))
    reasons = [mention.reason for line in lines for mention in line.mentions]
    assert not any("two accounts of one day's words" in reason for reason in reasons)
    assert any("told again in other words" in reason for reason in reasons)  # by sense and words, not by the day


@pytest.mark.parametrize(
    ("text", "printed", "value"),
    [
        ("missiles that reach 300 kilometres or more", "300 kilometres or more", 300),
        ("more than 500 soldiers", "more than 500 soldiers", 500),
        ("two lorries or more a day", "two lorries or more", 2),
        ("300 kilometres or a mile", None, None),
    ],
)
def test_an_amount_may_have_its_measure_before_or_behind(text: str, printed: str | None, value: float | None) -> None:
    bound = find_bound(text)
    assert (bound.printed, bound.value) == (printed, value) if bound else printed is None


def test_what_is_too_little_by_count_is_not_met_by_a_vaguer_wording(encoder: Encoder) -> None:
    counted = told(
        "Tarn said <s><if c=1>if Morrow sends missiles that reach 300 kilometres or more to Orle</if>, "
        "<then c=1>Velland will be at war with it</then></s>.",
        "2031-03-05",
    )
    vague = told(
        "Tarn said <s><if c=1>if Morrow sends missiles to Orle</if>, <then c=1>Velland will be at war with "
        "it</then></s>.",
        "2031-03-06",
        outlet="Northern Wire",
    )
    lines = lines_of(encoder, counted, vague)
    assert len(lines) == 1
    assert match_event("Morrow sends missiles that reach 50 kilometres to Orle.", lines, encoder) == ()
    assert match_event("Morrow sends missiles that reach 400 kilometres to Orle.", lines, encoder)
