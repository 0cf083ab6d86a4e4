"""The day an article appeared, worked out from its own text, against the day it bears.

    python -m evaluation.dating FILE.jsonl... [--misses N] [--floors]

Lines: {"id", "text", "date"}. The date is hidden; what the text leaves is an interval, open at one end or both, and
wrong where the true day lies outside. People are found by the lists alone, without the model: only listed ones have
dated offices.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from onrecord.annotation.dating import date_document
from onrecord.annotation.mentions import find_mentions
from onrecord.annotation.sentences import split_sentences
from onrecord.annotation.times import find_times
from onrecord.linking.actors import link_actors
from onrecord.linking.knowledge import Knowledge, load_knowledge
from onrecord.linking.settling import settle_actors
from onrecord.reading.reader import read_text
from onrecord.records.documents import DateRange
from onrecord.records.scores import empty_scores

MOST_WRONG = 0.03  # share of a file's articles whose interval may leave out the true day


@dataclass
class Counts:
    """What was counted over articles; `misses` are lines for a person to read."""

    articles: int = 0
    after: int = 0
    before: int = 0
    wrong: int = 0
    contradictory: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, identifier: str, true: date, found: DateRange) -> None:
        """Counts one article."""
        self.articles += 1
        self.after += found.earliest is not None
        self.before += found.latest is not None
        self.contradictory += not found.is_known and "contradicts" in found.reason
        outside = bool(found.earliest and true < found.earliest) or bool(found.latest and true > found.latest)
        self.wrong += outside
        if outside:
            self.misses.append(f"{identifier}: {true} is outside {found.earliest}..{found.latest}: {found.reason}")


def read_articles(path: Path) -> Iterator[tuple[str, str, date]]:
    """Id, text and day of each article of a file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            yield article["id"], article["text"], date.fromisoformat(article["date"][:10])


def interval(text: str, knowledge: Knowledge) -> DateRange:
    """The days that a text leaves for its own appearing."""
    document = read_text(text, "d")
    sentences = split_sentences(document)
    named = find_mentions(document, sentences, empty_scores())
    _, actors, _ = settle_actors(document, *link_actors(document, named, knowledge), knowledge)
    return date_document(document, find_times(document, sentences), actors)


def measure(path: Path) -> Counts:
    """The counts of a file."""
    knowledge, counts = load_knowledge(), Counts()
    for identifier, text, true in read_articles(path):
        counts.add(identifier, true, interval(text, knowledge))
    return counts


def main() -> int:
    """Prints the table; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--misses", type=int, default=0, help="print so many wrong intervals of each file")
    parser.add_argument("--floors", action="store_true", help="fail where too many of a file are wrong")
    arguments = parser.parse_args()
    print(f"{'':10}articles  from a day on  up to a day  wrong  contradictory")
    failed = False
    for path in arguments.files:
        found = measure(path)
        print(
            f"{path.stem:10}{found.articles:8}{found.after:15}{found.before:13}{found.wrong:7}{found.contradictory:15}"
        )
        for miss in found.misses[: arguments.misses]:
            print(f"    {miss}")
        failed |= found.wrong > MOST_WRONG * found.articles
    if arguments.floors:
        print("below the floor" if failed else "all floors held")
    return 1 if failed and arguments.floors else 0


if __name__ == "__main__":
    sys.exit(main())
