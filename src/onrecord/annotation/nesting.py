"""Which passages may hold speech within speech: only those are scored a second time."""

import re
from functools import cache

from onrecord.lexicon.loader import load_lexicon

SHORTEST = 6  # words a passage needs
WORD = re.compile(r"\w\w+")


def may_hold_speech(passage: str) -> bool:
    """Whether a passage is long enough and has a word that often hands words to someone (lexicon/cue_words.yml)."""
    return len(passage.split()) >= SHORTEST and not cue_words().isdisjoint(WORD.findall(passage.lower()))


@cache
def cue_words() -> frozenset[str]:
    """Words that stand in cues, in small letters."""
    listed = load_lexicon("cue_words")
    fruitless = {entry["word"] for entry in listed["fruitless"]}
    return frozenset(entry.partition(":")[0] for entry in listed["shares"].split()) - fruitless
