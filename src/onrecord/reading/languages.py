"""Which language a text is in. English is recognised by its function words; only other texts cost a model."""

import re
from functools import cache
from typing import Any

from onrecord.lexicon.loader import load_lexicon

SAMPLE = 4000  # characters looked at; py3langid's answers settle within a few hundred
LEAST_WORDS = 12  # fewer words say too little about function words
# Share of English function words, distinct from other languages' ones: 120 English articles of the
# development data have 0.25 to 0.45, Dutch, German, French, Polish texts of our tests below 0.08.
ENGLISH_SHARE = 0.16
WORD = re.compile(r"[^\W\d_]+")


def identify_language(text: str) -> str:
    """ISO 639-1 code of the main language; `und` where there are no letters to judge by."""
    words = WORD.findall(text[:SAMPLE].lower())
    if not words:
        return "und"
    if len(words) >= LEAST_WORDS and english_share(words) >= ENGLISH_SHARE:
        return "en"
    return classify_language(text[:SAMPLE])


def english_share(words: list[str]) -> float:
    """Share of words that are English function words, 0..1."""
    return sum(1 for word in words if word in _function_words()) / len(words)


def classify_language(text: str) -> str:
    """The language py3langid finds most likely."""
    language: str = _classifier().classify(text)[0]
    return language


@cache
def _function_words() -> frozenset[str]:
    return frozenset(load_lexicon("english")["function_words"])


@cache
def _classifier() -> Any:
    import py3langid  # loads numpy and a model: half a second that English texts need not pay

    return py3langid
