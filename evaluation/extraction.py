"""Saved pages as we read them, beside trafilatura alone: `python -m evaluation.extraction PAGES TEXTS`.

PAGES holds NAME.html, TEXTS holds NAME.txt with the words that belong to the article (a public extraction test set laid
out so; none is kept here). The headline that stands above our text is not counted: trafilatura prints none, and most
test sets leave it out.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import trafilatura

from onrecord.reading.reader import read_raw
from onrecord.records.documents import Document, PartKind

# A word; or one sign of a script that is written without spaces.
TOKEN = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")


@dataclass(frozen=True, slots=True)
class Overlap:
    """Tokens of a text that belong to the article, of how many in each: 0..1 for the three measures."""

    shared: int
    read: int
    wanted: int

    @property
    def precision(self) -> float:
        """Share of what was read that belongs to the article."""
        return self.shared / self.read if self.read else 0.0

    @property
    def recall(self) -> float:
        """Share of the article that was read."""
        return self.shared / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return 2 * self.shared / (self.read + self.wanted) if self.read + self.wanted else 0.0


def overlap(read: str, wanted: str) -> Overlap:
    """How the words of two texts overlap, each counted as often as it stands there."""
    ours, gold = count_tokens(read), count_tokens(wanted)
    return Overlap((ours & gold).total(), ours.total(), gold.total())


def count_tokens(text: str) -> Counter[str]:
    """The words of a text and how often each stands in it."""
    return Counter(TOKEN.findall(text.casefold()))


def read_ours(raw: bytes, name: str = "page.html") -> str:
    """The text that OnRecord keeps of a page, without its headline; empty where it is refused."""
    found = tuple(read_raw(raw, name))
    return "\n".join(_body(each) for each in found if isinstance(each, Document))


def _body(document: Document) -> str:
    headline = next((part.span for part in document.parts if part.kind is PartKind.HEADLINE), None)
    return document.text if headline is None else document.text[: headline.start] + document.text[headline.end :]


def read_alone(raw: bytes) -> str:
    """What trafilatura alone makes of the same bytes, comments left out."""
    return trafilatura.extract(raw, include_comments=False) or ""


def compare(pages: Path, texts: Path) -> Iterator[tuple[str, Overlap, Overlap]]:
    """Name, our overlap and trafilatura's, for every page that has a text."""
    for page in sorted(pages.glob("*.html")):
        text = texts / f"{page.stem}.txt"
        if text.exists():
            raw, wanted = page.read_bytes(), text.read_text(encoding="utf-8")
            yield page.stem, overlap(read_ours(raw, page.name), wanted), overlap(read_alone(raw), wanted)


def main(arguments: list[str]) -> int:
    """Print every page and the means; 1 where we read worse than trafilatura alone."""
    pages, texts = map(Path, arguments)
    rows = tuple(compare(pages, texts))
    print(f"{'page':32} {'ours: P':>8} {'R':>6} {'F1':>6}   {'alone: P':>8} {'R':>6} {'F1':>6}")
    for name, *sides in rows:
        _tell(name, *((side,) for side in sides))
    all_ours, all_alone = tuple(row[1] for row in rows), tuple(row[2] for row in rows)
    _tell(f"mean of {len(rows)}", all_ours, all_alone)
    return int(mean(each.f1 for each in all_ours) < mean(each.f1 for each in all_alone))


def _tell(name: str, ours: tuple[Overlap, ...], alone: tuple[Overlap, ...]) -> None:
    cells = [
        f"{mean(each.precision for each in side):8.3f} {mean(each.recall for each in side):6.3f} "
        f"{mean(each.f1 for each in side):6.3f}"
        for side in (ours, alone)
    ]
    print(f"{name:32} {cells[0]}   {cells[1]}")


def mean(values: Iterable[float]) -> float:
    """The mean, 0 of nothing."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
