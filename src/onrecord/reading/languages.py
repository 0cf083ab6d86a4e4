"""Which language a text is in. English is recognised by its function words; only other texts cost a model."""

import re
from functools import cache
from typing import Any

from onrecord.lexicon.loader import load_lexicon

SAMPLE = 4000  # characters looked at; py3langid's answers settle within a few hundred
LEAST_WORDS = 12  # fewer words say too little about function words
# Share of words that are English function words: 99% of 840 English news articles have 0.154 or more (median 0.25),
# texts in nine other European languages at most 0.03. What lies below is left to the model.
ENGLISH_SHARE = 0.16
# Probabilities, 0..1. Of a headline of two or three words the model is sure of nothing: then English that it does not
# rule out is taken to be English, since this tool is fed English coverage.
SURE, POSSIBLE = 0.5, 0.04
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
    """The language that py3langid is sure of; English where it is sure of none and English is possible; else `und`."""
    ranked: list[tuple[str, float]] = _classifier().rank(text)
    language, probability = ranked[0]
    if probability >= SURE:
        return language
    return "en" if dict(ranked)["en"] >= POSSIBLE else "und"


@cache
def _function_words() -> frozenset[str]:
    return frozenset(load_lexicon("english")["function_words"])


@cache
def _classifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # numpy and a model: a second that English need not pay

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
