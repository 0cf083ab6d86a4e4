"""What a text prints about its own origin outside its body: the outlet's name, the author's."""

import re
from functools import cache

from onrecord.lexicon.loader import load_lexicon
from onrecord.records.documents import Candidate, Part, PartKind

ORIGIN = (PartKind.FURNITURE, PartKind.DATELINE)


def find_imprint(text: str, parts: tuple[Part, ...]) -> tuple[Candidate, ...]:
    """Outlet and author as printed in furniture lines and datelines, in reading order."""
    found: list[Candidate] = []
    for part in parts:
        if part.kind in ORIGIN:
            line = " ".join(text[part.span.start : part.span.end][:300].split())
            found += [
                Candidate(field, match[field].rstrip("."), source)
                for field, source, pattern in _patterns()
                if (match := pattern.match(line))
            ]
    return tuple(dict.fromkeys(found))


@cache
def _patterns() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    data = load_lexicon("furniture")
    imprints = tuple(("outlet", entry["source"], re.compile(entry["pattern"])) for entry in data["imprints"])
    bylines = tuple(("author", "text:byline", re.compile(entry["pattern"])) for entry in data["bylines"])
    return imprints + bylines
