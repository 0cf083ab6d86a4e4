"""Speech within speech on invented sentences: is each inner attribution found, with its words and its source?

    python -m evaluation.nested [--part tune|report|all] [--misses]

An inner attribution counts as found where one of ours, `within` another, shares at least half of the content's words
(Jaccard) and a word of the source. Ours that match none count against precision.
"""

import argparse
import re
from pathlib import Path
from typing import Any

import yaml

from onrecord.annotation.attributions import find_attributions
from onrecord.annotation.sentences import split_sentences
from onrecord.encoder import load_encoder
from onrecord.reading import read_text
from onrecord.records.findings import Attribution
from onrecord.records.scores import Encoder
from onrecord.records.spans import quote_spans
from onrecord.settings import Settings

GOLD = Path(__file__).with_name("gold") / "nested.yml"
ENOUGH = 0.5
SMALL = frozenset(["a", "an", "the", "of", "his", "her", "their", "its"])


def read_gold(part: str) -> list[dict[str, Any]]:
    """The sentences of one half, or all."""
    listed: list[dict[str, Any]] = yaml.safe_load(GOLD.read_text(encoding="utf-8"))["sentences"]
    half = len(listed) // 2
    return {"tune": listed[:half], "report": listed[half:], "all": listed}[part]


def words_of(text: str) -> set[str]:
    """The words that count."""
    return set(re.findall(r"\w+", text.lower())) - SMALL


def matches(text: str, told: Attribution, gold: dict[str, str]) -> bool:
    """Whether the two say the same of the same source."""
    ours, theirs = words_of(quote_spans(text, told.content)), words_of(gold["content"])
    same_words = len(ours & theirs) >= ENOUGH * len(ours | theirs)
    return same_words and bool(words_of(quote_spans(text, told.source)) & words_of(gold["source"]))


def find_inner(text: str, encoder: Encoder) -> list[Attribution]:
    """What stands within the speech of another."""
    document = read_text(text, "gold")
    scores = encoder.score(document.text)
    found = find_attributions(document, split_sentences(document), scores, Settings(), score_again=encoder.score)
    return [each for each in found if each.within is not None]


def main() -> None:
    """Prints precision, recall and F1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=("tune", "report", "all"), default="report")
    parser.add_argument("--misses", action="store_true")
    chosen = parser.parse_args()
    encoder = load_encoder()
    hits = told = gold = 0
    for row in read_gold(chosen.part):
        ours, theirs = find_inner(row["text"], encoder), list(row["inner"])
        told, gold = told + len(ours), gold + len(theirs)
        for one in ours:
            right = next((each for each in theirs if matches(row["text"], one, each)), None)
            if right is not None:
                theirs.remove(right)
                hits += 1
            elif chosen.misses:
                print(f"extra: {quote_spans(row['text'], one.source)} | {quote_spans(row['text'], one.content)}")
        if chosen.misses:
            for each in theirs:
                print(f"missed: {each['source']} | {each['content']}  ({row['text']})")
    print(f"{chosen.part}: P {100 * hits / max(told, 1):.1f} R {100 * hits / gold:.1f}", end=" ")
    print(f"F1 {200 * hits / (told + gold):.1f} ({gold} inner attributions, {told} told)")


if __name__ == "__main__":
    main()
