"""Writes lexicon/cue_words.yml: words that often stand in the cue of an attribution.

usage: python training/count_cues.py DATA        DATA: a folder with polnear/train.jsonl

Speech within speech is looked for only where a content holds one of them (annotation/nesting.py). Only single words and
their shares are written, no text of the corpus.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

from folding import fold_words

FEWEST = 3  # times a word must stand in a cue: what stood there less often stood there by chance
LEAST = 15  # per cent of a word's uses that must be cues
TARGET = Path(__file__).resolve().parent.parent / "src/onrecord/lexicon/cue_words.yml"
WORD = re.compile(r"\w\w+")
HEAD = """# Words that stand in a cue at least {fewest} times and in at least {least} of 100 uses, with that share.
# Why: scoring every paraphrase again for speech within it took 30 of 130 ms an article, and few hold any. On PolNeAR
# dev, which was not counted here, these words keep 43 of 100 such passages and 140 of 152 nested attributions; least
# shares of 10, 20 and 30 (without `fruitless`) keep 65, 41 and 23 passages and 150, 134 and 107 attributions.
# Written by training/count_cues.py from PolNeAR train; single words only, no text. Do not edit `shares` by hand.
version: 1
least: {least}
# Words that count for nothing here. Numbers: passages of train (half of it) with this word and no other of the list,
# and the nested attributions found in them; with the other words it is one in five.
fruitless:
  - {{word: has, reason: 146 passages held 3}}
  - {{word: support, reason: 77 passages held 3}}
  - {{word: made, reason: 36 passages held 2}}
  - {{word: did, reason: 27 passages held none}}
  - {{word: see, reason: 17 passages held 1}}
  - {{word: focus, reason: 12 passages held none}}
  - {{word: clear, reason: 10 passages held none}}
  - {{word: question, reason: 9 passages held none}}
shares: >-
"""


def count_words(path: Path) -> tuple[Counter[str], Counter[str]]:
    """How often each word stands in a cue, and anywhere."""
    in_cues, anywhere = Counter[str](), Counter[str]()
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            text = article["text"]
            anywhere.update(WORD.findall(text.lower()))
            for attribution in article["attributions"]:
                for start, end in attribution["cue"]:
                    in_cues.update(WORD.findall(text[start:end].lower()))
    return in_cues, anywhere


def main(folder: Path) -> None:
    in_cues, anywhere = count_words(folder / "polnear" / "train.jsonl")
    shares = {word: 100 * count // max(count, anywhere[word]) for word, count in in_cues.items() if count >= FEWEST}
    often = [f"{word}:{share}" for word, share in sorted(shares.items()) if share >= LEAST]
    TARGET.write_text(HEAD.format(fewest=FEWEST, least=LEAST) + fold_words(often), encoding="utf-8")
    print(f"{len(often)} of {len(shares)} words")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
